//! Writing down an event in somebody's life: `- 2027-05-01 wedding: in Porto`.
//!
//! Always true here: the line is read back by the rules of the vault before it is wanted.

use crate::features::settings::Trigger;
use crate::note::change::{Change, FileChange, Refusal, Wish};
use crate::note::document::Document;
use crate::note::path::NotePath;
use crate::people::body::{Body, tagged_events};
use crate::people::book::{Book, ContactId, Role};
use crate::people::contact::Contact;
use crate::people::event::Event;
use crate::people::vocabulary::Vocabulary;
use crate::text::fold::fold;
use crate::text::partial_date::{LooseDate, PartialDate};
use crate::text::suggest::nearest;
use crate::text::typed::one_line;
use std::cmp::Reverse;

/// An event that is to be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// What kind, `new job` or `new-job`; perhaps with a colon.
    pub kind: String,
    /// More about it; may be empty.
    pub text: String,
    /// When, perhaps partial.
    pub date: LooseDate,
}

/// What writing an event down comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventWritten {
    /// Something is to be written.
    New {
        /// What.
        change: Change,
        /// How it will be read.
        read: Event,
        /// A kind that brings suggestions and is written nearly so, where this one brings none.
        near: Option<String>,
    },
    /// The same is there already.
    There {
        /// The note.
        path: NotePath,
        /// The line, from 1.
        line: u32,
    },
}

/// An event of somebody, and the note that tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The note: their own, or a journal.
    pub path: NotePath,
    /// The event.
    pub event: Event,
}

/// The events of `id`, the newest first: those of their note, and those that a journal tells of where it links them.
pub fn known(book: &Book, id: ContactId) -> Vec<Known> {
    let contact = book.contact(id);
    let own = contact.events.iter().cloned();
    let own = own.map(|event| Known { path: contact.path.clone(), event });
    let others = book.touches(id).filter(|touch| touch.role != Role::Own);
    let others = others.flat_map(|touch| {
        let (path, entry) = book.interaction(&touch);
        tagged_events(entry).map(|event| Known { path: path.clone(), event })
    });
    let mut known = own.chain(others).collect::<Vec<_>>();
    known.sort_by_key(|known| Reverse(known.event.date.earliest()));
    known
}

/// What comes every year is a key of the note.
const YEARLY: &[&str] = &["birthday", "anniversary"];

/// Writes `event` into the note of `contact`, of whom `known` is known. Any one word is a kind; `triggers` are those that
/// bring suggestions.
pub fn event(
    contact: &Contact,
    known: &[Known],
    vocabulary: &Vocabulary,
    triggers: &[Trigger],
    event: &NewEvent,
) -> Result<EventWritten, Refusal> {
    let kind = kind(&event.kind)?;
    let (text, date) = (one_line(&event.text), event.date);
    if is_day(&text) {
        let hint = format!("the day goes after `--on`: `ties event ana {kind} --on {text}`");
        return Err(refusal(&format!("`{text}` is a day, and says no more of the event"), &hint));
    }
    if date.year().is_none() {
        let hint = "write 2027-05-01, 2027-05 or 2027; what comes every year is `birthday` or `anniversary`";
        return Err(refusal("an event has a year", hint));
    }
    let more = if text.is_empty() { String::new() } else { format!(": {text}") };
    let line = format!("{date} {kind}{more}");
    let read = read_back(&line, vocabulary)
        .filter(|read| read.date == date && read.kind == fold(&kind) && read.text == text);
    let read = read.ok_or_else(|| {
        let hint = "write it into the note with `ties edit`";
        refusal("the event would not be read back as it is meant", hint)
    })?;
    let same = |there: &&Known| {
        let (there, own) = (&there.event, there.path == contact.path);
        // The text of a journal is that of the day.
        let same_text = fold(&there.text) == fold(&read.text) || !own && read.text.is_empty();
        there.date == read.date && there.kind == read.kind && same_text
    };
    if let Some(there) = known.iter().find(same) {
        return Ok(EventWritten::There { path: there.path.clone(), line: there.event.line });
    }
    let (headings, lines) = (vocabulary.event_headings.clone(), vec![line]);
    let wish = match date.date {
        PartialDate::Full(date) => Wish::InsertEntry { headings, date, lines },
        // Where a date is not whole, there is no place for it in the order of the others.
        _ => Wish::AppendItem { headings: Some(headings), lines },
    };
    let title = format!("event {}: {date} {}", contact.name, read.kind);
    let files = vec![FileChange::Edit { path: contact.path.clone(), wishes: vec![wish] }];
    let near = near(&read.kind, triggers);
    Ok(EventWritten::New { change: Change { title, files }, read, near })
}

/// Whether all that is typed is a day.
fn is_day(typed: &str) -> bool {
    let word = typed.to_lowercase();
    ["today", "tomorrow", "yesterday"].contains(&word.as_str()) || LooseDate::parse(typed).is_ok()
}

/// One word: `new job` becomes `new-job`.
fn kind(typed: &str) -> Result<String, Refusal> {
    let typed = one_line(typed);
    let kind = typed.trim_end_matches(':').trim().to_lowercase().replace(' ', "-");
    if kind.is_empty() {
        return Err(refusal("no kind of event is named", "say which: `ties event ana wedding`"));
    }
    if is_day(&typed) {
        let hint = format!("the day goes after `--on`: `ties event ana wedding --on {typed}`");
        return Err(refusal(&format!("`{typed}` is a day, and no kind of event"), &hint));
    }
    if YEARLY.contains(&kind.as_str()) {
        let reason = format!("what comes every year is a key of the note: `{kind}: 1988-03-04`");
        return Err(refusal(&reason, "write it with `ties edit`"));
    }
    match kind.contains(':') {
        true => {
            Err(refusal(&format!("`{typed}` is not one word"), "the text comes after the kind"))
        }
        false => Ok(kind),
    }
}

/// The one event that the line is, where it is nothing else.
fn read_back(line: &str, vocabulary: &Vocabulary) -> Option<Event> {
    let heading = vocabulary.event_headings.first()?;
    let note = format!("## {heading}\n- {line}\n");
    let body = Body::of_contact(&Document::read(&note), vocabulary, &mut Vec::new());
    let is_alone = body.log.is_empty() && body.gifts.is_empty() && body.promises.is_empty();
    match body.events.as_slice() {
        [event] if is_alone => Some(event.clone()),
        _ => None,
    }
}

fn near(kind: &str, triggers: &[Trigger]) -> Option<String> {
    let known = || triggers.iter().map(|trigger| trigger.event.as_str());
    let is_known = known().any(|known| fold(known) == kind);
    if is_known { None } else { nearest(kind, known()).map(str::to_owned) }
}

fn refusal(reason: &str, hint: &str) -> Refusal {
    Refusal { reason: reason.to_owned(), hint: Some(hint.to_owned()) }
}

#[cfg(test)]
mod tests {
    use crate::features::event::{EventWritten, NewEvent, event, known};
    use crate::features::sample::{book, day, refused, written};
    use crate::features::settings::Settings;
    use crate::people::book::Found;
    use crate::people::vocabulary::Vocabulary;
    use crate::text::partial_date::LooseDate;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    const ANA: &str = "---\nname: Ana\n---\n\n## Events\n- 2025-05-01 wedding: in Porto\n- 2026-12 exam\n- 2026-11-01 new-job\n\n## Gifts\n- idea: x\n";
    const NOTES: &[(&str, &str)] =
        &[("people/ana.md", ANA), ("people/bo.md", "---\nname: Bo\n---\nText.\n")];

    fn check(who: &str, on: &str, kind: &str, text: &str, expected: &Expect) {
        let book = book(NOTES);
        let Found::One(id) = book.find(who) else { panic!("{who}") };
        let (date, _) = LooseDate::parse(on).unwrap();
        let new = NewEvent { kind: kind.to_owned(), text: text.to_owned(), date };
        let triggers = Settings::default().triggers;
        let shown = match event(
            book.contact(id),
            &known(&book, id),
            &Vocabulary::default(),
            &triggers,
            &new,
        ) {
            Ok(EventWritten::New { change, near, .. }) => {
                format!("{} (near {near:?})\n{}", change.title, written(NOTES, &change))
            }
            Ok(EventWritten::There { path, line }) => format!("there in {path} on line {line}\n"),
            Err(refusal) => refused(&refusal),
        };
        expected.assert_eq(&shown);
    }

    #[test]
    fn an_event_is_a_line_in_its_order() {
        check(
            "ana",
            "2026-06-26",
            "Graduation:",
            "of the second\nclass",
            &expect![[r#"
            event Ana: 2026-06-26 graduation (near None)
            === people/ana.md
            ---
            name: Ana
            ---

            ## Events
            - 2025-05-01 wedding: in Porto
            - 2026-06-26 graduation: of the second class
            - 2026-12 exam
            - 2026-11-01 new-job

            ## Gifts
            - idea: x
        "#]],
        );
        check(
            "bo",
            "2026-12",
            "new job",
            "",
            &expect![[r#"
            event Bo: 2026-12 new-job (near None)
            === people/bo.md
            ---
            name: Bo
            ---
            Text.

            ## Events
            - 2026-12 new-job
        "#]],
        );
        check(
            "ana",
            "~2027",
            "move",
            "to Porto",
            &expect![[r#"
            event Ana: ~2027 move (near None)
            === people/ana.md
            ---
            name: Ana
            ---

            ## Events
            - 2025-05-01 wedding: in Porto
            - 2026-12 exam
            - 2026-11-01 new-job
            - ~2027 move: to Porto

            ## Gifts
            - idea: x
        "#]],
        );
    }

    #[test]
    fn a_kind_that_brings_nothing_may_be_a_slip() {
        check(
            "bo",
            "2027-05-01",
            "weding",
            "",
            &expect![[r#"
            event Bo: 2027-05-01 weding (near Some("wedding"))
            === people/bo.md
            ---
            name: Bo
            ---
            Text.

            ## Events
            - 2027-05-01 weding
        "#]],
        );
        check(
            "bo",
            "2027-05-01",
            "concert",
            "at last",
            &expect![[r#"
            event Bo: 2027-05-01 concert (near None)
            === people/bo.md
            ---
            name: Bo
            ---
            Text.

            ## Events
            - 2027-05-01 concert: at last
        "#]],
        );
    }

    #[test]
    fn what_is_there_is_not_written_again() {
        check(
            "ana",
            "2025-05-01",
            "Wedding",
            "in porto",
            &expect![[r#"
                there in people/ana.md on line 6
            "#]],
        );
    }

    #[test]
    fn an_odd_event_is_refused_with_a_word() {
        check(
            "bo",
            "--05-01",
            "wedding",
            "",
            &expect![[r#"
            refused: an event has a year (write 2027-05-01, 2027-05 or 2027; what comes every year is `birthday` or `anniversary`)
        "#]],
        );
        check(
            "bo",
            "1988-03-04",
            "birthday",
            "",
            &expect![[r#"
            refused: what comes every year is a key of the note: `birthday: 1988-03-04` (write it with `ties edit`)
        "#]],
        );
        check(
            "bo",
            "2027-05-01",
            " : ",
            "",
            &expect![[r#"
            refused: no kind of event is named (say which: `ties event ana wedding`)
        "#]],
        );
        check(
            "bo",
            "2027-05-01",
            "wedding:in",
            "Porto",
            &expect![[r#"
            refused: `wedding:in` is not one word (the text comes after the kind)
        "#]],
        );
    }

    proptest! {
        #[test]
        fn whatever_happens_is_one_event_more(kind in "[a-zé#:*_ -]{1,8}", text in "([-#>*+=_`~|<\\[\\]x1. \t]{0,6}[a-z%:]{0,4}[\n\r\u{b}\u{7}]{0,2}){0,6}|\\PC{0,24}") {
            let before = book(NOTES);
            let Found::One(id) = before.find("ana") else { panic!() };
            let (date, _) = LooseDate::parse("2026-05-01").unwrap();
            let new = NewEvent { kind, text, date };
            let Ok(EventWritten::New { change, read, .. }) = event(before.contact(id), &[], &Vocabulary::default(), &[], &new) else { return Ok(()) };
            let after = written(NOTES, &change);
            let after = after.trim_start_matches("=== people/ana.md\n");
            if after.starts_with("refused") { return Ok(()) }
            let after = book(&[("people/ana.md", after)]);
            let Found::One(id) = after.find("ana") else { panic!() };
            let contact = after.contact(id);
            prop_assert_eq!(contact.events.len(), 4);
            prop_assert_eq!(contact.gifts.len(), 1);
            prop_assert!(contact.events.iter().any(|there| there.kind == read.kind && there.text == read.text && there.day() == Some(day("2026-05-01"))));
        }
    }
}
