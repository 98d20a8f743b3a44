//! For a search that finds nothing: the name that is nearest to what was typed.

use crate::people::book::Book;
use crate::text::suggest::slips_between;
use crate::text::term::TextTerm;
use crate::text::tokens::tokens;

/// More words are not compared with every name.
const MOST_WORDS: usize = 5;

/// The name of somebody with a word that is nearest to one of `terms`, and not too far: at most half of the letters of
/// either differ, and where more than one does, not the first, which is hardly ever mistyped.
pub fn nearest_name(book: &Book, terms: &[&TextTerm]) -> Option<String> {
    let typed = terms.iter().flat_map(|term| words(term)).filter(|word| word.chars().count() > 2);
    let typed = typed.take(MOST_WORDS).collect::<Vec<_>>();
    let far = |word: &str, name: &str| {
        let tokens = tokens(name);
        tokens.iter().filter_map(|token| slips_if_near(word, &token.text)).min()
    };
    let names = book.written_names();
    let near = names.filter_map(|name| {
        let distance = typed.iter().filter_map(|word| far(word, name)).min()?;
        Some((distance, name))
    });
    near.min().map(|(_, name)| name.to_owned())
}

/// How many slips lie between two words; `None` where they are too many. Every name is asked for, so that lengths, first
/// and last letters are looked at before slips are counted.
fn slips_if_near(word: &str, token: &str) -> Option<usize> {
    let (length, other) = (word.chars().count(), token.chars().count());
    let (letters, more) = (length.min(other), length.abs_diff(other));
    let begins = word.chars().next() == token.chars().next();
    // One slip at the front leaves the end as it is.
    let ends = word.chars().next_back() == token.chars().next_back();
    if more * 2 > letters || (!begins && (more > 1 || !ends)) {
        return None;
    }
    let slips = slips_between(word, token);
    (slips * 2 <= letters && (slips <= 1 || begins)).then_some(slips)
}

fn words(term: &TextTerm) -> &[String] {
    match term {
        TextTerm::Word(word) | TextTerm::Prefix(word) => std::slice::from_ref(word),
        TextTerm::Phrase(parts) => parts,
    }
}
