//! Putting somebody away, and taking them back: the note stays where it is and is found by every search.

use crate::features::add::note_entry;
use crate::note::change::{Change, FileChange, KeyValue, Refusal, Wish};
use crate::people::book::{Book, ContactId};
use crate::people::contact::{Contact, Status};
use crate::people::field::Field;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;

/// What makes a note say that somebody of this status is put away. Whoever has no rhythm keeps the line that says so,
/// for the way back.
pub fn archived(vocabulary: &Vocabulary, status: Status) -> Wish {
    let (field, value) = match status {
        Status::Active | Status::Archived => (Field::Status, KeyValue::Text("archived".to_owned())),
        Status::Later | Status::Reference => (Field::Archived, KeyValue::Flag(true)),
    };
    Wish::SetKey { keys: vocabulary.spellings(field), value }
}

/// What makes the note of somebody who is put away not say so any more.
pub fn taken_back(vocabulary: &Vocabulary, contact: &Contact) -> Wish {
    let stays = contact.archived_from.is_some_and(|status| status != Status::Archived);
    let fields: &[Field] = match stays {
        true => &[Field::Archived],
        false => &[Field::Archived, Field::Status],
    };
    let keys = fields.iter().flat_map(|field| vocabulary.spellings(*field)).collect();
    Wish::RemoveKey { keys }
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
    let mut wishes = vec![archived(vocabulary, contact.status)];
    let told = reason.map(str::trim).filter(|reason| !reason.is_empty());
    let told = told.map(|reason| format!("archived: {reason}"));
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
    let wishes = vec![taken_back(vocabulary, contact)];
    let file = FileChange::Edit { path: contact.path.clone(), wishes };
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
        ("people/di.md", "---\nname: Di\nstatus: archived # since the quarrel\n---\n"),
        ("people/el.md", "---\nname: El\nstatus: later # a rest\ncadence: weekly\n---\n"),
        ("people/fe.md", "---\nname: Fe\nstatus: later\narchived: true  # old import\n---\n"),
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
    fn a_note_is_as_it_was_after_the_way_back() {
        let vocabulary = Vocabulary::default();
        for text in [
            "# Ana\n",
            "\u{feff}# Ana\r\n\r\ntext\r\n",
            "",
            "no line end",
            "---\nname: Ana\n---\n",
            "---\n# only a word\n---\n# Ana\n",
        ] {
            let notes = [("people/ana.md", text)];
            let (all, day) = (book(&notes), day("2026-11-21"));
            let Found::One(who) = all.find("ana") else { panic!("{text}") };
            let there = archive(&all, &vocabulary, day, who, None).unwrap();
            let there = written(&notes, &there);
            let away = [("people/ana.md", there.split_once('\n').unwrap().1)];
            let all = book(&away);
            let Found::One(who) = all.find("ana") else { panic!("{text}") };
            let again = written(&away, &back(&all, &vocabulary, who).unwrap());
            assert_eq!(again.split_once('\n').unwrap().1, text, "{there}");
        }
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

    #[test]
    fn what_stands_beside_the_status_is_there_after_the_way_back() {
        check(
            "di",
            None,
            true,
            &expect![[r#"
                take Di back from the archive
                === people/di.md
                ---
                name: Di
                # since the quarrel
                ---
            "#]],
        );
        check(
            "el",
            Some(" "),
            false,
            &expect![[r#"
                archive El
                === people/el.md
                ---
                name: El
                status: later # a rest
                cadence: weekly
                archived: true
                ---
            "#]],
        );
        check(
            "fe",
            None,
            true,
            &expect![[r#"
                take Fe back from the archive
                === people/fe.md
                ---
                name: Fe
                status: later
                # old import
                ---
            "#]],
        );
    }
}
