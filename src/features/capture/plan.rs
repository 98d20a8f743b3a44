//! From what a sentence says to the change that writes it down: one entry, its promises below it, the next step.
//!
//! Always true here: the change writes for the people and the day of the sentence, as they are told, and for nobody
//! else; it is refused where the notes would be read in another way.

use crate::features::capture::sentence::{Captured, CapturedPromise};
use crate::features::log::{Entry, Logged, ReadBack, log};
use crate::features::promise::{Promised, promise};
use crate::note::change::{Change, FileChange, KeyValue, Refusal, Wish};
use crate::people::book::{Book, ContactId};
use crate::people::field::Field;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use crate::text::typed::one_line;

/// What writing a sentence down comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Planned {
    /// Something is to be written.
    New {
        /// What.
        change: Change,
        /// How the entry will be read; `None` where it is there already and only promises are new.
        read: Option<ReadBack>,
    },
    /// All of it is there already, the entry on this line of the first person's note.
    There {
        /// The line, from 1.
        line: u32,
    },
}

/// The change that writes `captured` down; `today` is the day it is written on. Refused while a doubt stops it.
pub fn plan(
    book: &Book,
    vocabulary: &Vocabulary,
    today: Day,
    captured: &Captured,
) -> Result<Planned, Refusal> {
    if captured.stopping().next().is_some() {
        return Err(refusal("the sentence can be read in more than one way", "say it in full"));
    }
    let entry = Entry {
        below: captured.below.clone(),
        day: captured.day,
        kind: captured.kind.clone(),
        text: captured.text.clone(),
        next: captured.next.clone(),
        follow_up: captured.follow_up,
    };
    let (mut change, read, there) = match log(book, vocabulary, today, &captured.people, &entry)? {
        Logged::New { change, read } => {
            check(captured, &read)?;
            (change, Some(read), 0)
        }
        Logged::There { line } => (Change { title: String::new(), files: Vec::new() }, None, line),
    };
    for promised in &captured.promises {
        add_promise(book, today, promised, &mut change)?;
    }
    if change.files.is_empty() {
        return Ok(Planned::There { line: there });
    }
    Ok(Planned::New { change, read })
}

/// What the note will say must be what was told.
fn check(captured: &Captured, read: &ReadBack) -> Result<(), Refusal> {
    if read.with == captured.people && read.meaning == captured.meaning {
        return Ok(());
    }
    let hint = "say it as `ties log WHO TEXT`, or write it with `ties edit`";
    Err(refusal("the entry would not be read back as it is told", hint))
}

fn add_promise(
    book: &Book,
    today: Day,
    promised: &CapturedPromise,
    change: &mut Change,
) -> Result<(), Refusal> {
    let Some(with) = promised.with else {
        return Err(refusal("a promise is to nobody", "name whoever it is for"));
    };
    let text = match promised.is_theirs {
        true => format!("waiting: {}", promised.text),
        false => promised.text.clone(),
    };
    let Promised::New(more) = promise(book, today, with, &text, promised.due)? else {
        return Ok(());
    };
    if change.title.is_empty() {
        change.title.clone_from(&more.title);
    }
    for file in more.files {
        if !put_below_entry(book, with, &file, change) {
            put(file, change);
        }
    }
    Ok(())
}

/// Below the entry of the same person, where that is written too: so it is known when it was promised.
fn put_below_entry(book: &Book, with: ContactId, file: &FileChange, change: &mut Change) -> bool {
    let FileChange::Edit { wishes, .. } = file else { return false };
    let [Wish::AppendItem { lines, .. }] = wishes.as_slice() else { return false };
    let path = &book.contact(with).path;
    let mut entries = change.files.iter_mut().filter_map(|file| match file {
        FileChange::Edit { path: of, wishes } if of == path => Some(wishes),
        _ => None,
    });
    let entry = entries.next().and_then(|wishes| {
        wishes.iter_mut().find_map(|wish| match wish {
            Wish::InsertEntry { lines, .. } => Some(lines),
            _ => None,
        })
    });
    match entry {
        Some(entry) => {
            entry.extend(lines.iter().map(|line| format!("- {line}")));
            true
        }
        None => false,
    }
}

/// The next step with somebody, instead of the one that is there; without a text only its day is another.
pub fn next_step(
    book: &Book,
    vocabulary: &Vocabulary,
    with: ContactId,
    text: &str,
    day: Option<Day>,
) -> Change {
    let set = |field, value| Wish::SetKey { keys: vocabulary.spellings(field), value };
    let day_wish = match day {
        Some(day) => set(Field::FollowUp, KeyValue::Date(day)),
        None => Wish::RemoveKey { keys: vocabulary.spellings(Field::FollowUp) },
    };
    let text = one_line(text);
    let next = (!text.is_empty()).then(|| set(Field::Next, KeyValue::Text(text)));
    let wishes = next.into_iter().chain(Some(day_wish)).collect();
    let contact = book.contact(with);
    let file = FileChange::Edit { path: contact.path.clone(), wishes };
    Change { title: format!("next step with {}", contact.name), files: vec![file] }
}

/// Adds what is wanted of one file to a change, in which each file stands once.
pub fn put(file: FileChange, change: &mut Change) {
    let same = change.files.iter_mut().find(|there| there.path() == file.path());
    match (same, file) {
        (Some(FileChange::Edit { wishes, .. }), FileChange::Edit { wishes: more, .. }) => {
            wishes.extend(more);
        }
        (_, file) => change.files.push(file),
    }
}

fn refusal(reason: &str, hint: &str) -> Refusal {
    Refusal { reason: reason.to_owned(), hint: Some(hint.to_owned()) }
}

#[cfg(test)]
mod tests {
    use crate::features::capture::doubt::Given;
    use crate::features::capture::names::NameTable;
    use crate::features::capture::plan::{Planned, plan};
    use crate::features::capture::sentence::understand;
    use crate::features::capture::told::told;
    use crate::features::capture::words::words;
    use crate::features::sample::{book, day, refused, written};
    use crate::note::change::FileChange;
    use crate::note::path::NotePath;
    use crate::note::rewrite::rewrite;
    use crate::people::decode::decode;
    use crate::people::note::Note;
    use crate::people::vocabulary::Vocabulary;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    const NOTES: &[(&str, &str)] = &[
        (
            "people/ana-lima.md",
            "---\nname: Ana Lima\nfollow_up: 2026-11-20\nnext: Ask about the move\n---\n\n## Log\n- 2026-10-12 call: New job\n",
        ),
        ("people/bo.md", "---\nname: Bo Berg\n---\n\n## Log\n- 2026-11-20 coffee: in Alfama\n"),
        ("people/joao-faria.md", "---\nname: João Faria\n---\n"),
        ("people/rita-a.md", "---\nname: Rita Alves\n---\n"),
        ("people/rita-b.md", "---\nname: Rita Barros\n---\n"),
    ];

    fn planned(text: &str) -> String {
        let (book, today) = (book(NOTES), day("2026-11-21"));
        let words = words(text);
        let names = NameTable::new(&book, words.iter());
        let vocabulary = Vocabulary::default();
        let said = understand(text, &names, &vocabulary, today, &Given::default());
        let told = told(&book, &said, today).join("\n");
        match plan(&book, &vocabulary, today, &said) {
            Ok(Planned::New { change, .. }) => {
                format!("{told}\n\n{}\n{}", change.title, written(NOTES, &change))
            }
            Ok(Planned::There { line }) => format!("{told}\n\nthere on line {line}\n"),
            Err(refusal) => format!("{told}\n\n{}", refused(&refusal)),
        }
    }

    fn check(text: &str, expected: &Expect) {
        expected.assert_eq(&planned(text));
    }

    #[test]
    fn a_sentence_becomes_an_entry_with_its_promise_below() {
        check(
            "coffee with Ana and João yesterday, talked about Porto; send her the kiln article by friday",
            &expect![[r#"
                Contact with Ana Lima and João Faria yesterday (Fri 20 Nov), coffee
                  talked about Porto
                Promise to Ana Lima by Friday (Fri 27 Nov): send her the kiln article

                log 2026-11-20 met with Ana Lima and João Faria
                === people/ana-lima.md
                ---
                name: Ana Lima
                ---

                ## Log
                - 2026-11-20 coffee [[people/joao-faria|João Faria]]: talked about Porto
                  - [ ] send her the kiln article 📅 2026-11-27
                - 2026-10-12 call: New job
            "#]],
        );
    }

    #[test]
    fn a_promise_to_somebody_else_goes_into_their_note() {
        check(
            "called Ana; send Bo the map; she will send me photos; next: ask about the kiln in 2 weeks",
            &expect![[r#"
                Contact with Ana Lima today (Sat 21 Nov), as no day is said, call
                Promise to Bo Berg: send Bo the map
                Promised by Ana Lima: she will send me photos
                Next on Sat 5 Dec: ask about the kiln

                log 2026-11-21 call with Ana Lima
                === people/ana-lima.md
                ---
                name: Ana Lima
                follow_up: 2026-12-05
                next: ask about the kiln
                ---

                ## Log
                - 2026-11-21 call
                  - [ ] waiting: she will send me photos
                - 2026-10-12 call: New job
                === people/bo.md
                ---
                name: Bo Berg
                ---

                ## Log
                - 2026-11-20 coffee: in Alfama

                ## Promises
                - [ ] send Bo the map
            "#]],
        );
    }

    #[test]
    fn what_is_there_is_not_written_twice() {
        check(
            "coffee with Bo yesterday in Alfama",
            &expect![[r#"
            Contact with Bo Berg yesterday (Fri 20 Nov), coffee
              in Alfama

            there on line 6
        "#]],
        );
        check(
            "coffee with Bo yesterday in Alfama; send him the map",
            &expect![[r#"
            Contact with Bo Berg yesterday (Fri 20 Nov), coffee
              in Alfama
            Promise to Bo Berg: send him the map

            promise Bo Berg: send him the map
            === people/bo.md
            ---
            name: Bo Berg
            ---

            ## Log
            - 2026-11-20 coffee: in Alfama

            ## Promises
            - [ ] send him the map
        "#]],
        );
    }

    #[test]
    fn plans_notes_and_doubts_are_told() {
        check(
            "lunch with Bo next friday, Alfama; no next",
            &expect![[r#"
            Plan with Bo Berg on Friday (Fri 27 Nov)
              lunch, Alfama
            No next step

            log 2026-11-27 plan about Bo Berg
            === people/bo.md
            ---
            name: Bo Berg
            ---

            ## Log
            - 2026-11-27 plan: lunch, Alfama
            - 2026-11-20 coffee: in Alfama
        "#]],
        );
        check(
            "Bo likes tea",
            &expect![[r#"
            Note about Bo Berg today (Sat 21 Nov), as no day is said, no contact
              likes tea

            log 2026-11-21 note about Bo Berg
            === people/bo.md
            ---
            name: Bo Berg
            ---

            ## Log
            - 2026-11-21 note: likes tea
            - 2026-11-20 coffee: in Alfama
        "#]],
        );
        check(
            "coffee with Rita",
            &expect![[r#"
            Contact with nobody yet today (Sat 21 Nov), as no day is said, coffee

            refused: the sentence can be read in more than one way (say it in full)
        "#]],
        );
    }

    proptest! {
        /// Sentence capture never writes a date or person that it did not show.
        #[test]
        fn nothing_is_written_that_is_not_told(
            parts in prop::collection::vec(
                prop_oneof![
                    "[a-z]{1,6}",
                    prop::sample::select(vec![
                        "Ana", "Rita Alves", "João Faria", "Bo", "with", "and", "coffee", "called", "yesterday,",
                        "on monday", "3 nov", ";", ",", ":", "I'll", "send", "her", "by friday", "; next:", "; no next",
                        "to", "about", "me", "tomorrow", "Bo's", "heard", "next fri:", "[[people/bo|Bo]]", "in 2 weeks",
                        "saw", "2026-11-02", "waiting:", "[[Ana Lima]]", "#event/move", "- [ ] x 📅 2026-12-24",
                    ]).prop_map(str::to_owned),
                ],
                0..12,
            ),
        ) {
            let text = parts.join(" ");
            let (book, today, vocabulary) = (book(NOTES), day("2026-11-21"), Vocabulary::default());
            let words = words(&text);
            let names = NameTable::new(&book, words.iter());
            let said = understand(&text, &names, &vocabulary, today, &Given::default());
            let told = told(&book, &said, today).join("\n");
            let Ok(Planned::New { change, .. }) = plan(&book, &vocabulary, today, &said) else { return Ok(()) };
            for file in &change.files {
                let FileChange::Edit { path, wishes } = file else { panic!("{file:?}") };
                let before = NOTES.iter().find(|(place, _)| *place == path.as_str()).unwrap().1;
                let Ok(after) = rewrite(before, wishes) else { continue };
                let note = |text: &str| -> Note { decode(&NotePath::new(path.as_str()).unwrap(), text, &vocabulary) };
                let (old, new) = (note(before), note(&after));
                let id = book.linked(path.without_extension()).unwrap();
                let name = &book.brief(id).name;
                prop_assert!(told.contains(name.as_str()), "{name} is written and not told: {told}");
                for entry in new.interactions().iter().filter(|entry| !old.interactions().iter().any(|o| o.text == entry.text && o.day == entry.day && o.kind == entry.kind)) {
                    prop_assert!(told.contains(&crate::text::phrase::short(entry.day, today)), "{} is not told: {told}", entry.day);
                    for link in &entry.with {
                        let name = &book.brief(book.linked(&link.target.note).unwrap()).name;
                        prop_assert!(told.contains(name.as_str()), "{name} is not told: {told}");
                    }
                }
                for promise in new.promises().iter().filter(|promise| !old.promises().iter().any(|o| o.text == promise.text)) {
                    if let Some(due) = promise.due {
                        let shown = told.contains(&crate::text::phrase::short(due, today)) || told.contains(&due.to_string());
                        prop_assert!(shown, "{due} is not told: {told}");
                    }
                }
            }
        }
    }
}
