//! From the text of a query to what is written in it. Nothing is known here of fields, people or days.
//!
//! `AND` binds tighter than `OR`, and standing side by side is `AND`. Nothing is ever guessed: what is not closed, or
//! stands alone where something must follow, is an objection at its place.

use crate::features::query::ast::{Clause, Comparison, Form, Node, Piece, Value};
use crate::features::query::trouble::Objection;
use crate::text::span::Span;

/// A query has at most so many characters.
pub const LONGEST: usize = 1_000;
/// Parentheses and minus signs stand at most so deep in each other.
pub const DEEPEST: usize = 32;

/// What is written in `text`.
pub fn parse(text: &str) -> Result<Clause, Objection> {
    if let Some((at, _)) = text.char_indices().nth(LONGEST) {
        let message = format!("a query has at most {LONGEST} characters");
        return Err(Objection::new(Span::new(at, text.len()), message)
            .hint("keep parts of it under `[views]` in ties.toml and name them with `view:`"));
    }
    let mut parser = Parser { text, at: 0, depth: 0 };
    parser.skip_space();
    if parser.rest().is_empty() {
        return Ok(Clause { node: Node::Everything, span: Span::at(text.len()) });
    }
    let clause = parser.alternatives()?;
    match parser.peek() {
        Some(_) => Err(Objection::new(parser.here(), "this parenthesis was never opened")
            .hint("take it out, or put the text in quotes")),
        None => Ok(clause),
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The span of the next character.
    fn here(&self) -> Span {
        Span::new(self.at, self.at + self.peek().map_or(0, char::len_utf8))
    }

    fn take(&mut self, expected: &str) -> bool {
        let found = self.rest().starts_with(expected);
        self.at += if found { expected.len() } else { 0 };
        found
    }

    fn skip_space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// Whether the word `word` stands here by itself.
    fn is_at_word(&self, word: &str) -> bool {
        self.rest().strip_prefix(word).is_some_and(|after| after.chars().next().is_none_or(ends))
    }

    fn alternatives(&mut self) -> Result<Clause, Objection> {
        let start = self.at;
        let mut clauses = vec![self.together()?];
        while self.is_at_word("OR") {
            let sign = Span::new(self.at, self.at + "OR".len());
            self.take("OR");
            self.skip_space();
            self.must_follow(sign, "OR")?;
            clauses.push(self.together()?);
        }
        Ok(self.several(clauses, Node::Any, start))
    }

    fn together(&mut self) -> Result<Clause, Objection> {
        let start = self.at;
        let mut clauses = vec![self.clause()?];
        loop {
            self.skip_space();
            let sign = Span::new(self.at, self.at + "AND".len());
            if self.is_at_word("AND") {
                self.take("AND");
                self.skip_space();
                self.must_follow(sign, "AND")?;
            } else if matches!(self.peek(), None | Some(')')) || self.is_at_word("OR") {
                break;
            }
            clauses.push(self.clause()?);
        }
        Ok(self.several(clauses, Node::All, start))
    }

    fn several(
        &self,
        mut clauses: Vec<Clause>,
        of: fn(Vec<Clause>) -> Node,
        start: usize,
    ) -> Clause {
        let end = clauses.last().map_or(start, |last| last.span.end);
        match clauses.len() {
            1 => clauses.remove(0),
            _ => Clause { node: of(clauses), span: Span::new(start, end) },
        }
    }

    fn must_follow(&self, sign: Span, word: &str) -> Result<(), Objection> {
        match self.peek() {
            None | Some(')') => Err(Objection::new(sign, format!("nothing follows this {word}"))
                .hint(format!("say what comes after it, or write \"{word}\" for the word itself"))),
            Some(_) => Ok(()),
        }
    }

    fn clause(&mut self) -> Result<Clause, Objection> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Objection::new(self.here(), "the query is nested too deeply")
                .hint(format!("at most {DEEPEST} parentheses and minus signs in each other")));
        }
        let clause = self.clause_here();
        self.depth -= 1;
        clause
    }

    fn clause_here(&mut self) -> Result<Clause, Objection> {
        let start = self.at;
        if let Some(sign) = self.negation() {
            self.must_not_stop(sign)?;
            let inner = self.clause()?;
            let span = Span::new(start, inner.span.end);
            return Ok(Clause { node: Node::Not(Box::new(inner)), span });
        }
        match self.peek() {
            Some('(') => self.group(),
            Some('"') => {
                let text = self.quoted()?;
                self.must_end("the closing quote")?;
                let node = Node::Text(Piece { text, quoted: true, starred: false });
                Ok(Clause { node, span: Span::new(start, self.at) })
            }
            _ if self.is_at_word("OR") || self.is_at_word("AND") => self.nothing_before(),
            _ => self.word(),
        }
    }

    /// `-`, `not:` and `NOT`.
    fn negation(&mut self) -> Option<Span> {
        let start = self.at;
        if self.is_at_word("NOT") {
            self.take("NOT");
            self.skip_space();
            return Some(Span::new(start, start + "NOT".len()));
        }
        (self.take("-") || self.take("not:")).then_some(Span::new(start, self.at))
    }

    fn must_not_stop(&self, sign: Span) -> Result<(), Objection> {
        match self.peek() {
            Some(next) if !next.is_whitespace() && next != ')' => Ok(()),
            _ => Err(Objection::new(
                sign,
                "nothing follows this; it takes away what stands right after it",
            )
            .hint("write `-group:work`, without a space")),
        }
    }

    fn nothing_before(&self) -> Result<Clause, Objection> {
        let length = if self.is_at_word("OR") { 2 } else { 3 };
        let span = Span::new(self.at, self.at + length);
        let word = span.of(self.text);
        Err(Objection::new(span, format!("nothing stands before this {word}"))
            .hint(format!("write \"{word}\" for the word itself")))
    }

    fn group(&mut self) -> Result<Clause, Objection> {
        let opening = self.here();
        self.take("(");
        self.skip_space();
        if self.peek() == Some(')') {
            return Err(Objection::new(
                Span::new(opening.start, self.at + 1),
                "nothing is in these parentheses",
            ));
        }
        let unclosed = || {
            Objection::new(opening, "this parenthesis is not closed")
                .hint("add `)`, or put the text in quotes")
        };
        if self.rest().is_empty() {
            return Err(unclosed());
        }
        let inner = self.alternatives()?;
        if !self.take(")") {
            return Err(unclosed());
        }
        Ok(Clause { span: Span::new(opening.start, self.at), ..inner })
    }

    /// What stands between quotes here; `\"` is a quote, `\\` a backslash.
    fn quoted(&mut self) -> Result<String, Objection> {
        let opening = self.here();
        self.take("\"");
        let mut text = String::new();
        while let Some(character) = self.peek() {
            self.at += character.len_utf8();
            match character {
                '"' => return Ok(text),
                '\\' if matches!(self.peek(), Some('"' | '\\')) => {
                    text.extend(self.peek());
                    self.at += 1;
                }
                other => text.push(other),
            }
        }
        Err(Objection::new(opening, "this quote is not closed")
            .hint("add `\"` at the end of the phrase"))
    }

    fn must_end(&self, after: &str) -> Result<(), Objection> {
        match self.peek() {
            Some(next) if !ends(next) => {
                Err(Objection::new(self.here(), format!("a space is missing after {after}")))
            }
            _ => Ok(()),
        }
    }

    /// A word, or a field with its values.
    fn word(&mut self) -> Result<Clause, Objection> {
        let start = self.at;
        if let Some(length) = field_name(self.rest()) {
            return self.field(length);
        }
        let piece = self.bare(&|_| false)?;
        if self.peek() == Some('"') {
            return Err(Objection::new(self.here(), "a space is missing before this quote"));
        }
        Ok(Clause { node: Node::Text(piece), span: Span::new(start, self.at) })
    }

    /// Text without quotes up to where `stops` says, white space, a parenthesis or a quote.
    fn bare(&mut self, stops: &dyn Fn(&str) -> bool) -> Result<Piece, Objection> {
        let start = self.at;
        while let Some(character) = self.peek().filter(|next| !ends(*next) && *next != '"') {
            if stops(self.rest()) {
                break;
            }
            self.at += character.len_utf8();
        }
        let span = Span::new(start, self.at);
        let text = span.of(self.text);
        let before = text.strip_suffix('*').unwrap_or(text);
        if let Some(star) = before.find('*') {
            let at = Span::new(start + star, start + star + 1);
            return Err(Objection::new(at, "a star stands only at the end of a word")
                .hint("for more, write a pattern on a field: `name:/jo.*a/`"));
        }
        if before.is_empty() && before.len() < text.len() {
            return Err(Objection::new(span, "a star needs the start of a word before it")
                .hint("`field:any` finds everybody who has it"));
        }
        let starred = before.len() < text.len();
        Ok(Piece { text: before.to_owned(), quoted: false, starred })
    }

    fn field(&mut self, length: usize) -> Result<Clause, Objection> {
        let start = self.at;
        let name_span = Span::new(start, start + length);
        self.at = name_span.end + 1;
        let name = name_span.of(self.text).to_owned();
        let mut values = vec![self.value(name_span)?];
        while self.take(",") {
            values.push(self.value(name_span)?);
        }
        self.must_end("the value")?;
        let node = Node::Field { name, name_span, values };
        Ok(Clause { node, span: Span::new(start, self.at) })
    }

    fn value(&mut self, name: Span) -> Result<Value, Objection> {
        if self.peek() == Some('(') { self.values_together(name) } else { self.value_alone(name) }
    }

    fn value_alone(&mut self, name: Span) -> Result<Value, Objection> {
        let start = self.at;
        let form = match self.peek() {
            Some('/') => Form::Pattern(self.pattern()?),
            _ => match self.comparison() {
                Some(comparison) => Form::Compared(comparison, self.piece(name)?),
                None if self.take("..") => Form::Range(None, Some(self.piece(name)?)),
                None => self.one_or_range(name)?,
            },
        };
        Ok(Value { form, span: Span::new(start, self.at) })
    }

    /// Values in parentheses, all of which are to hold for one thing.
    fn values_together(&mut self, name: Span) -> Result<Value, Objection> {
        let opening = self.here();
        self.take("(");
        let mut values = Vec::new();
        loop {
            self.skip_space();
            match self.peek() {
                None => {
                    return Err(Objection::new(opening, "this parenthesis is not closed")
                        .hint("add `)`, or put the text in quotes"));
                }
                Some(')') => break,
                Some('(' | '-') => return Err(self.no_logic(self.here(), name)),
                Some(_) => {}
            }
            if let Some(word) = ["OR", "AND", "NOT"].into_iter().find(|word| self.is_at_word(word))
            {
                return Err(self.no_logic(Span::new(self.at, self.at + word.len()), name));
            }
            values.push(self.value_alone(name)?);
            self.must_end("a value in parentheses")?;
        }
        self.take(")");
        let span = Span::new(opening.start, self.at);
        if values.is_empty() {
            return Err(Objection::new(span, "nothing is in these parentheses"));
        }
        Ok(Value { form: Form::Together(values), span })
    }

    fn no_logic(&self, span: Span, name: Span) -> Objection {
        let name = name.of(self.text);
        Objection::new(span, "in these parentheses stand values alone, all of which must hold")
            .hint(format!("for any of several write `{name}:one,other`"))
    }

    fn comparison(&mut self) -> Option<Comparison> {
        let signs = [Comparison::AtLeast, Comparison::AtMost, Comparison::More, Comparison::Less];
        signs.into_iter().find(|comparison| self.take(comparison.sign()))
    }

    fn one_or_range(&mut self, name: Span) -> Result<Form, Objection> {
        let from = self.piece(name)?;
        if !self.take("..") {
            return Ok(Form::One(from));
        }
        let open = self.peek().is_none_or(|next| ends(next) || next == ',');
        let to = if open { None } else { Some(self.piece(name)?) };
        Ok(Form::Range(Some(from), to))
    }

    fn piece(&mut self, name: Span) -> Result<Piece, Objection> {
        if self.peek() == Some('"') {
            let text = self.quoted()?;
            return Ok(Piece { text, quoted: true, starred: false });
        }
        let piece = self.bare(&|rest| rest.starts_with(',') || rest.starts_with(".."))?;
        if piece.text.is_empty() {
            // The sign that a value must follow.
            let sign = Span::new(self.at.saturating_sub(1), self.at);
            return Err(Objection::new(sign, "a value is missing after this").hint(format!(
                "write it without a space, `{}:value`; to look for text with a colon, put it in quotes",
                name.of(self.text)
            )));
        }
        Ok(piece)
    }

    /// What stands between slashes here; `\/` is a slash.
    fn pattern(&mut self) -> Result<String, Objection> {
        let opening = self.here();
        self.take("/");
        let mut pattern = String::new();
        while let Some(character) = self.peek() {
            self.at += character.len_utf8();
            match (character, self.peek()) {
                ('/', _) if pattern.is_empty() => {
                    return Err(Objection::new(
                        Span::new(opening.start, self.at),
                        "this pattern is empty",
                    ));
                }
                ('/', _) => return Ok(pattern),
                ('\\', Some('/')) => {
                    self.at += 1;
                    pattern.push('/');
                }
                ('\\', Some(escaped)) => {
                    self.at += escaped.len_utf8();
                    pattern.extend(['\\', escaped]);
                }
                (other, _) => pattern.push(other),
            }
        }
        Err(Objection::new(opening, "this pattern is not closed")
            .hint("add `/` at its end; for a text with a slash use quotes"))
    }
}

fn ends(character: char) -> bool {
    character.is_whitespace() || matches!(character, '(' | ')')
}

/// How long the name of a field at the start of `text` is, where a colon follows it: it begins with a letter and holds
/// letters, digits, `_`, `-` and `.`. An address on the web is text.
fn field_name(text: &str) -> Option<usize> {
    let length = text.find(|character: char| {
        !character.is_alphanumeric() && !matches!(character, '_' | '-' | '.')
    })?;
    let (name, rest) = text.split_at_checked(length)?;
    let is_name = name.starts_with(char::is_alphabetic);
    (is_name && rest.starts_with(':') && !rest.starts_with("://")).then_some(length)
}
