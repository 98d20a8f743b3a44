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

#[cfg(test)]
mod tests {
    use crate::features::sample::{book, day, refused, written};
    use crate::features::snooze::snooze;
    use crate::people::book::Found;
    use crate::people::vocabulary::Vocabulary;
    use expect_test::{Expect, expect};

    const ANA: &str = "---\nname: Ana\nsnooze_until: 2026-10-01 # was ill\n---\n";

    fn check(until: &str, expected: &Expect) {
        let notes = [("people/ana.md", ANA)];
        let book = book(&notes);
        let Found::One(ana) = book.find("ana") else { panic!("no Ana") };
        let vocabulary = Vocabulary::default();
        let shown = match snooze(&book, &vocabulary, day("2026-11-21"), ana, day(until)) {
            Ok(change) => format!("{}\n{}", change.title, written(&notes, &change)),
            Err(refusal) => refused(&refusal),
        };
        expected.assert_eq(&shown);
    }

    #[test]
    fn rest_has_an_end_that_is_still_to_come() {
        check(
            "2026-12-05",
            &expect![[r#"
            let Ana rest until 2026-12-05
            === people/ana.md
            ---
            name: Ana
            snooze_until: 2026-12-05 # was ill
            ---
        "#]],
        );
        check(
            "2026-11-21",
            &expect![[r#"
            refused: 2026-11-21 is not after today (name a day to come, such as `2w` or 2026-12-05)
        "#]],
        );
    }
}
