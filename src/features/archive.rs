//! Putting somebody away, and taking them back: the note stays where it is and is found by every search.

use crate::features::add::note_entry;
use crate::note::change::{Change, FileChange, KeyValue, Refusal, Wish};
use crate::people::book::{Book, ContactId};
use crate::people::contact::Status;
use crate::people::field::Field;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;

/// What makes a note say that somebody is put away.
pub fn archived(vocabulary: &Vocabulary) -> Wish {
    let keys = vocabulary.spellings(Field::Status);
    Wish::SetKey { keys, value: KeyValue::Text("archived".to_owned()) }
}

/// Puts `who` away; `reason` becomes an entry of the log that is no contact.
pub fn archive(
    book: &Book,
    vocabulary: &Vocabulary,
    today: Day,
    who: ContactId,
    reason: Option<&str>,
) -> Result<Change, Refusal> {
    let contact = book.contact(who);
    if contact.status == Status::Archived {
        return Err(Refusal {
            reason: format!("{} is archived already", contact.name),
            hint: Some("`ties archive --back` takes somebody back".to_owned()),
        });
    }
    let mut wishes = vec![archived(vocabulary)];
    let told = reason.map(|reason| format!("archived: {reason}"));
    wishes.extend(told.and_then(|told| note_entry(vocabulary, today, &[told])));
    let file = FileChange::Edit { path: contact.path.clone(), wishes };
    Ok(Change { title: format!("archive {}", contact.name), files: vec![file] })
}

/// Takes `who` back.
pub fn back(book: &Book, vocabulary: &Vocabulary, who: ContactId) -> Result<Change, Refusal> {
    let contact = book.contact(who);
    if contact.status != Status::Archived {
        return Err(Refusal {
            reason: format!("{} is not archived", contact.name),
            hint: Some("`ties list is:archived` shows who is".to_owned()),
        });
    }
    let keys = [Field::Status, Field::Archived].map(|field| vocabulary.spellings(field)).concat();
    let file =
        FileChange::Edit { path: contact.path.clone(), wishes: vec![Wish::RemoveKey { keys }] };
    Ok(Change { title: format!("take {} back from the archive", contact.name), files: vec![file] })
}

#[cfg(test)]
mod tests {
    use crate::features::archive::{archive, back};
    use crate::features::sample::{book, day, refused, written};
    use crate::people::book::Found;
    use crate::people::vocabulary::Vocabulary;
    use expect_test::{Expect, expect};

    const NOTES: &[(&str, &str)] = &[
        ("people/ana.md", "---\nname: Ana\n---\n## Log\n- 2026-01-02 met\n"),
        ("people/bo.md", "---\nname: Bo # my\nstatus: archived\n---\n"),
        ("people/cy.md", "---\nname: Cy\narchived: true\n---\n"),
    ];

    fn check(who: &str, reason: Option<&str>, is_back: bool, expected: &Expect) {
        let (book, vocabulary) = (book(NOTES), Vocabulary::default());
        let Found::One(who) = book.find(who) else { panic!("{who}") };
        let change = match is_back {
            true => back(&book, &vocabulary, who),
            false => archive(&book, &vocabulary, day("2026-11-21"), who, reason),
        };
        expected.assert_eq(&match change {
            Ok(change) => format!("{}\n{}", change.title, written(NOTES, &change)),
            Err(refusal) => refused(&refusal),
        });
    }

    #[test]
    fn somebody_is_put_away_where_the_note_lies_and_taken_back() {
        check(
            "ana",
            Some("moved to Oslo"),
            false,
            &expect![[r#"
            archive Ana
            === people/ana.md
            ---
            name: Ana
            status: archived
            ---
            ## Log
            - 2026-11-21 note: archived: moved to Oslo
            - 2026-01-02 met
        "#]],
        );
        check(
            "bo",
            None,
            false,
            &expect![[r#"
            refused: Bo is archived already (`ties archive --back` takes somebody back)
        "#]],
        );
        check(
            "bo",
            None,
            true,
            &expect![[r#"
            take Bo back from the archive
            === people/bo.md
            ---
            name: Bo # my
            ---
        "#]],
        );
        check(
            "cy",
            None,
            true,
            &expect![[r#"
            take Cy back from the archive
            === people/cy.md
            ---
            name: Cy
            ---
        "#]],
        );
        check(
            "ana",
            None,
            true,
            &expect![[r#"
            refused: Ana is not archived (`ties list is:archived` shows who is)
        "#]],
        );
    }
}
