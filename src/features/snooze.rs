//! Letting somebody rest: no suggestion before a day. Birthdays, dated promises and next steps still show.

use crate::note::change::{Change, FileChange, KeyValue, Refusal, Wish};
use crate::people::book::{Book, ContactId};
use crate::people::field::Field;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;

/// Lets `who` rest until `until`, on which suggestions come back; a day that is not after `today` is refused.
pub fn snooze(
    book: &Book,
    vocabulary: &Vocabulary,
    today: Day,
    who: ContactId,
    until: Day,
) -> Result<Change, Refusal> {
    if until <= today {
        return Err(Refusal {
            reason: format!("{until} is not after today"),
            hint: Some("name a day to come, such as `2w` or 2026-12-05".to_owned()),
        });
    }
    let contact = book.contact(who);
    let wish = Wish::SetKey {
        keys: vocabulary.spellings(Field::QuietUntil),
        value: KeyValue::Date(until),
    };
    let file = FileChange::Edit { path: contact.path.clone(), wishes: vec![wish] };
    Ok(Change { title: format!("let {} rest until {until}", contact.name), files: vec![file] })
}
