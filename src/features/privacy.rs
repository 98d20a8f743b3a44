//! What may leave the vault: `private` in the notes (section 3 of the format).
//!
//! Always true here: in doubt it stays. Somebody whose note is private as a whole is left out by name, also where
//! others link them; a text without a link is what its own note says it is.

use crate::note::link::links;
use crate::people::book::{Book, ContactId, PromiseRef};
use crate::people::contact::Privacy;
use crate::people::field::Field;
use crate::people::note::{Kind, Note};
use crate::people::promise::Promise;
use crate::people::vocabulary::Vocabulary;

/// Whether nothing of a person may leave: `private: true`, or a name that is private.
pub fn is_whole(book: &Book, id: ContactId, vocabulary: &Vocabulary) -> bool {
    match &book.brief(id).privacy {
        Privacy::Open => false,
        Privacy::Whole => true,
        parts @ Privacy::Parts(_) => names(parts, Field::Name, vocabulary),
    }
}

/// Whether the key of `field` of a person must stay.
pub fn keeps(book: &Book, id: ContactId, field: Field, vocabulary: &Vocabulary) -> bool {
    is_whole(book, id, vocabulary) || names(&book.brief(id).privacy, field, vocabulary)
}

fn names(privacy: &Privacy, field: Field, vocabulary: &Vocabulary) -> bool {
    match privacy {
        Privacy::Open => false,
        Privacy::Whole => true,
        Privacy::Parts(parts) => parts.iter().any(|part| vocabulary.field(part) == Some(field)),
    }
}

/// Whether `text` links somebody of whom nothing may leave.
pub fn links_private(book: &Book, text: &str, vocabulary: &Vocabulary) -> bool {
    let mut people = links(text).filter_map(|link| book.linked(&link.target.note));
    people.any(|id| is_whole(book, id, vocabulary))
}

/// Whether a promise of `note` must stay: it stands in a private note or under a private heading, or is about somebody
/// of whom nothing may leave.
pub fn keeps_promise(
    book: &Book,
    of: &PromiseRef,
    note: &Note,
    promise: &Promise,
    vocabulary: &Vocabulary,
) -> bool {
    let hidden_place = match &note.kind {
        Kind::Contact(contact) => contact.is_private_line(promise.line),
        Kind::Journal(journal) => journal.private,
        Kind::Habit(_) | Kind::Inbox(_) | Kind::Other => false,
    };
    let mut linked = promise.links.iter().filter_map(|link| book.linked(&link.target.note));
    hidden_place
        || of.people.iter().any(|id| is_whole(book, *id, vocabulary))
        || linked.any(|id| is_whole(book, id, vocabulary))
        || links_private(book, &promise.text, vocabulary)
}

#[cfg(test)]
mod tests {
    use crate::features::privacy::{is_whole, keeps, keeps_promise, links_private};
    use crate::features::sample::book;
    use crate::people::book::PromiseRef;
    use crate::people::field::Field;
    use crate::people::vocabulary::Vocabulary;

    const RAFAEL: (&str, &str) =
        ("people/rafael.md", "---\nname: Rafael Nunes\naliases: [Rafa]\nprivate: true\n---\n");

    #[test]
    fn a_key_stays_by_any_of_its_names_and_a_person_as_a_whole_or_without_a_name() {
        let kept = |private: &str, field: Field| {
            let text = format!("---\nname: Ana\nprivate: {private}\n---\n");
            let book = book(&[("people/ana.md", &text)]);
            let id = book.everyone().next().unwrap().0;
            let vocabulary = Vocabulary::default();
            (is_whole(&book, id, &vocabulary), keeps(&book, id, field, &vocabulary))
        };
        assert_eq!(kept("[bday, phone]", Field::Birthday), (false, true));
        assert_eq!(kept("phone", Field::Birthday), (false, false));
        assert_eq!(kept("yes", Field::Birthday), (true, true));
        assert_eq!(kept("[name]", Field::Birthday), (true, true));
        assert_eq!(kept("{phone: true}", Field::Birthday), (true, true));
        assert_eq!(kept("false", Field::Birthday), (false, false));
    }

    #[test]
    fn a_text_that_links_somebody_private_stays() {
        let book = book(&[RAFAEL, ("people/ana.md", "---\nname: Ana\n---\n")]);
        let vocabulary = Vocabulary::default();
        assert!(links_private(&book, "Ask [[Ana]] and [[rafa|him]]", &vocabulary));
        assert!(!links_private(&book, "Ask [[Ana]] and Rafael", &vocabulary));
    }

    #[test]
    fn a_promise_stays_with_its_people_its_heading_and_its_day() {
        let ana = "---\nname: Ana\nprivate: [Between us]\n---\n## Promises\n- [ ] open\n- [ ] [[Rafael Nunes]] too\n\
                   ## Between us:\n- [ ] under it\n### More\n- [ ] below it\n## Other\n- [ ] after it\n";
        let day = "---\nprivate: true\n---\n- [ ] [[Ana]]: of a private day\n";
        let book = book(&[
            RAFAEL,
            ("people/ana.md", ana),
            ("journal/2026-11-20.md", day),
            ("journal/2026-11-21.md", "- [ ] [[Ana]]: of an open day\n- [ ] [[rafael]]: his\n"),
        ]);
        let vocabulary = Vocabulary::default();
        let kept = |of: &PromiseRef| {
            keeps_promise(&book, of, book.note(of.note()), of.promise(), &vocabulary)
        };
        let open = book.promises().filter(|of| !kept(of));
        let open = open.map(|of| of.promise().text.clone()).collect::<Vec<_>>();
        assert_eq!(open, ["[[Ana]]: of an open day", "open", "after it"]);
    }
}
