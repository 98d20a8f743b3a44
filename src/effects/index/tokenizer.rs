//! The words of a text as the index wants to be given them.

use crate::text::tokens::Walk;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Cuts text into the tokens that every search of `ties` uses.
#[derive(Debug, Clone)]
pub struct Words;

/// The tokens of one text.
#[derive(Debug)]
pub struct WordStream<'a> {
    walk: Walk<'a>,
    token: Token,
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        WordStream { walk: Walk::new(text), token: Token::default() }
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(next) = self.walk.advance() else { return false };
        self.token.text.clear();
        self.token.text.push_str(next.text);
        self.token.position = next.position;
        (self.token.offset_from, self.token.offset_to) = (next.span.start, next.span.end);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
