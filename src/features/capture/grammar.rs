//! Whether what follows `ties log` is WHO and TEXT, or one sentence.
//!
//! Invariant: whatever is WHO by itself stays WHO: a sentence is only what would have named nobody.

use crate::people::book::{Book, Found};
use crate::people::names::Resolution;
use crate::people::vocabulary::Vocabulary;

/// No name that is looked up by its beginning has more words.
const NAME_WORDS: usize = 6;

/// A slip is looked for in names of so many words at most: it costs a look at every name.
const SLIP_WORDS: usize = 3;

/// The sentence that the arguments are, where they are one: the first of them names nobody, is not near to a name, and
/// is several words, or one that is a kind of entry (`coffee with Ana`).
pub fn sentence(
    book: &Book,
    vocabulary: &Vocabulary,
    who: &str,
    text: &[String],
) -> Option<String> {
    let count = who.split_whitespace().count();
    let is_kind = count == 1 && !text.is_empty() && vocabulary.kind(who.trim()).is_some();
    if (count < 2 && !is_kind) || is_who(book, who) {
        return None;
    }
    let whole = std::iter::once(who).chain(text.iter().map(String::as_str));
    Some(whole.collect::<Vec<_>>().join(" "))
}

/// Whether it is a name or a list of names, or may be meant as one.
fn is_who(book: &Book, who: &str) -> bool {
    if is_name(book, who) {
        return true;
    }
    let mut parts = who.split(',').map(str::trim).filter(|part| !part.is_empty()).peekable();
    parts.peek().is_none() || parts.all(|part| is_name(book, part))
}

fn is_name(book: &Book, text: &str) -> bool {
    if book.resolve(text) != Resolution::Nobody {
        return true;
    }
    let count = text.split_whitespace().count();
    if count <= SLIP_WORDS {
        return !matches!(book.find(text), Found::Nobody(None));
    }
    let named = (count <= NAME_WORDS).then(|| book.outline().names().starting_with(text));
    named.unwrap_or_default().iter().any(|note| book.contact_of(*note).is_some())
}

#[cfg(test)]
mod tests {
    use crate::features::capture::grammar::sentence;
    use crate::features::sample::book;
    use crate::people::vocabulary::Vocabulary;

    fn check(who: &str, text: &[&str], expected: Option<&str>) {
        let book = book(&[
            ("people/ana-lima.md", "---\nname: Ana Lima\n---\n"),
            ("people/ana-sousa.md", "---\nname: Ana Sousa\n---\n"),
            ("people/callum.md", "---\nname: Callum Tea\n---\n"),
        ]);
        let text = text.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let found = sentence(&book, &Vocabulary::default(), who, &text);
        assert_eq!(found.as_deref(), expected, "{who:?} {text:?}");
    }

    #[test]
    fn whatever_is_who_stays_who() {
        check("ana", &["coffee", "in Alfama"], None);
        check("ana lima", &[], None);
        check("ana lima,callum", &["call: x"], None);
        check("an li", &[], None);
        check("people/ana-lima", &[], None);
        check("[[Ana Lima]]", &[], None);
        // Callum begins with it.
        check("call", &["with", "Ana"], None);
    }

    #[test]
    fn a_slip_in_a_name_is_no_sentence() {
        check("ana limaa", &["call: x"], None);
        check("anaa", &["call: x"], None);
        check("zed", &["call: x"], None);
        check("", &["call: x"], None);
        check(" , ", &[], None);
    }

    #[test]
    fn what_names_nobody_by_itself_may_be_a_sentence() {
        check("coffee with Ana", &[], Some("coffee with Ana"));
        check("coffee with Ana", &["and", "Bo"], Some("coffee with Ana and Bo"));
        check("coffee", &["with", "Ana"], Some("coffee with Ana"));
        check("Ana Lima, Callum and Bo: dinner", &[], Some("Ana Lima, Callum and Bo: dinner"));
    }
}
