//! WHO and TEXT that say one thing apart and another together.

use crate::features::capture::doubt::{Given, key};
use crate::features::capture::names::NameTable;
use crate::features::capture::sentence::understand;
use crate::features::capture::words::words;
use crate::people::book::Book;
use crate::people::kind::Meaning;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;

/// The sentence that `who` and `text` are together, with what is given for it, where apart they would be written as
/// something else than is said: `ana lima called` goes on with the name, and in `bea called yesterday` a day would stay a
/// word and today would be written. `None` where no word says contact on a day that was (`ana she moves on monday`), for
/// `ana call: …`, whatever follows, and for all that holds several lines.
pub fn as_sentence(
    book: &Book,
    vocabulary: &Vocabulary,
    today: Day,
    who: &str,
    text: &str,
    given: &Given,
) -> Option<(String, Given)> {
    let starts_with_kind =
        text.split_once(':').is_some_and(|(word, _)| vocabulary.kind(word.trim()).is_some());
    if text.trim().is_empty() || text.contains('\n') || starts_with_kind {
        return None;
    }
    let whole = format!("{} {text}", who.trim());
    let count = words(who).len();
    let words = words(&whole);
    let names = NameTable::new(book, words.iter());
    let found = names.at(&words, 0).filter(|found| found.count >= count)?;
    let mut given = given.clone();
    if let [one] = found.people.as_slice() {
        // Who is named apart is a person, and no word of the sentence.
        given.chosen.push((key(who), Some(*one)));
    }
    let asked = Given { kind: None, ..given.clone() };
    let read = understand(&whole, &names, vocabulary, today, &asked);
    let says_contact = read.kind.is_some() && read.meaning == Meaning::Contact;
    let is_other_day = given.day.is_none() && read.is_day_said && read.day < today;
    (found.count > count || (says_contact && is_other_day)).then_some((whole, given))
}

#[cfg(test)]
mod tests {
    use crate::features::capture::doubt::Given;
    use crate::features::capture::names::NameTable;
    use crate::features::capture::sentence::understand;
    use crate::features::capture::words::words;
    use crate::features::sample::{book, day};
    use crate::features::spoken::as_sentence;
    use crate::people::vocabulary::Vocabulary;

    /// On Saturday, 21 November 2026.
    fn check(who: &str, text: &str, is_sentence: bool) {
        let book = book(&[
            ("people/ana-lima.md", "---\nname: Ana Lima\n---\n"),
            ("people/bea.md", "---\nname: Bea\naliases: [mum]\n---\n"),
        ]);
        let vocabulary = Vocabulary::default();
        let found =
            as_sentence(&book, &vocabulary, day("2026-11-21"), who, text, &Given::default());
        let whole = format!("{who} {text}");
        let found = found.map(|(sentence, given)| {
            // Nothing is left to be asked of who it is.
            let all = words(&sentence);
            let names = NameTable::new(&book, all.iter());
            let read = understand(&sentence, &names, &vocabulary, day("2026-11-21"), &given);
            assert_eq!(read.stopping().count(), 0, "{sentence}: {:?}", read.doubts);
            sentence
        });
        assert_eq!(found.as_deref(), is_sentence.then_some(whole.as_str()), "{who:?} {text:?}");
    }

    #[test]
    fn a_day_or_the_rest_of_the_name_makes_it_a_sentence() {
        check("bea", "called yesterday, knee better", true);
        check("bea", "yesterday: coffee", true);
        check("mum", "met yesterday: her knee", true);
        check("ana", "lima called", true);
        check("ana", "coffee on 3 nov", true);
        check("ana", "coffee yesterday; send her the map", true);
    }

    #[test]
    fn all_else_stays_who_and_text() {
        check("ana", "coffee in Alfama", false);
        check("ana", "call: was in Porto yesterday", false);
        check("ana", "called", false);
        check("ana", "coffee today", false);
        check("ana", "the exam is on 3 dec", false);
        check("ana", "told me she will marry on 3 dec", false);
        check("ana", "she moves on monday", false);
        check("ana", "her exam was on monday", false);
        check("ana", "the exam is tomorrow", false);
        check("ana", "one line\nyesterday another", false);
        check("ana", "told me about yesterday's concert", false);
        check("ana,bea", "coffee yesterday", false);
        check("people/bea", "coffee yesterday", false);
        check("ana", "", false);
    }
}
