//! What following an answer took away from a note, or moved, brought back where the note has changed since, so that the
//! change as a whole cannot be undone.
//!
//! Always true here: what the person wrote into the note in the meantime stays.

use crate::note::change::{KeyValue, Wish};
use crate::note::path::NotePath;
use crate::people::contact::Contact;
use crate::people::decode::decode;
use crate::people::field::Field;
use crate::people::note::Kind;
use crate::people::vocabulary::Vocabulary;

/// What is to be set in the note `now`, which held `before` before the answer was followed and `after` when it was.
pub fn restored(before: &str, after: &str, now: &Contact, vocabulary: &Vocabulary) -> Vec<Wish> {
    let read = |text| contact(&now.path, text, vocabulary);
    let (Some(before), Some(after)) = (read(before), read(after)) else { return Vec::new() };
    let date = |of: fn(&Contact) -> Option<_>| {
        of(&before).filter(|day| of(&after) == of(now) && of(now) != Some(*day)).map(KeyValue::Date)
    };
    let next = before.next.clone();
    let next = next.filter(|_| after.next == now.next && now.next != before.next);
    let values = [
        (Field::QuietUntil, date(|contact| contact.quiet_until)),
        (Field::FollowUp, date(|contact| contact.follow_up)),
        (Field::Next, next.map(KeyValue::Text)),
    ];
    let set = |(field, value): (Field, Option<KeyValue>)| {
        Some(Wish::SetKey { keys: vocabulary.spellings(field), value: value? })
    };
    values.into_iter().filter_map(set).collect()
}

fn contact(path: &NotePath, text: &str, vocabulary: &Vocabulary) -> Option<Contact> {
    match decode(path, text, vocabulary).kind {
        Kind::Contact(contact) => Some(*contact),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::features::answering::restore::{contact, restored};
    use crate::note::path::NotePath;
    use crate::note::rewrite::rewrite;
    use crate::people::vocabulary::Vocabulary;

    fn check(before: &str, after: &str, now: &str, expected: &str) {
        let note = |keys: &str| format!("---\n{keys}---\nNotes.\n");
        let vocabulary = Vocabulary::default();
        let path = NotePath::new("people/ana.md").unwrap();
        let of_now = contact(&path, &note(now), &vocabulary).unwrap();
        let wishes = restored(&note(before), &note(after), &of_now, &vocabulary);
        assert_eq!(rewrite(&note(now), &wishes).unwrap(), note(expected));
    }

    #[test]
    fn a_next_step_that_was_settled_comes_back() {
        let before = "follow_up: 2026-11-20\nnext: Ask\n";
        check(before, "", "food: figs\n", "food: figs\nfollow_up: 2026-11-20\nnext: Ask\n");
    }

    #[test]
    fn what_was_moved_goes_back() {
        check(
            "follow_up: 2026-11-20\n",
            "follow_up: 2026-12-05\nquiet_until: 2026-12-05\n",
            "follow_up: 2026-12-05\nfood: figs\n",
            "follow_up: 2026-11-20\nfood: figs\n",
        );
    }

    #[test]
    fn what_was_written_since_stays() {
        check("next: Ask\n", "", "next: Call\n", "next: Call\n");
        check("follow_up: 2026-11-20\n", "", "follow_up: 2027-01-01\n", "follow_up: 2027-01-01\n");
        check("food: figs\n", "food: figs\nnext: Ask\n", "food: figs\n", "food: figs\n");
    }
}
