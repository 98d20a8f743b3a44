//! Changing the body: an entry or item is inserted and nothing else changes; a task gets another sign and field and
//! nothing else changes; what was inserted reads back.
//!
//! The first line of an input is `OPERATION<tab>HEADING|HEADING…<tab>DATE<tab>LINE|LINE…` (`e` entry, `a` item, `A`
//! item at the end of the file), or `s<tab>NUMBER<tab>SIGN<tab>FIELD`; the rest is the note.

#![no_main]

use libfuzzer_sys::fuzz_target;
use shared::{check_changed_within, difference, instruction_and_note};
use std::sync::LazyLock;
use ties::note::change::Wish;
use ties::note::document::Document;
use ties::note::path::NotePath;
use ties::note::rewrite::rewrite;
use ties::people::contact::Contact;
use ties::people::decode::decode;
use ties::people::note::Kind;
use ties::people::promise::Promise;
use ties::people::vocabulary::Vocabulary;
use ties::text::day::Day;

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::default);

fuzz_target!(|input: &str| {
    let Some((words, before)) = instruction_and_note(input) else { return };
    match words.as_slice() {
        ["s", number, sign, field] => set_task(before, number, sign, field),
        [operation, headings, date, lines] => insert(before, operation, headings, date, lines),
        _ => {}
    }
});

fn insert(before: &str, operation: &str, headings: &str, date: &str, lines: &str) {
    let headings = headings.split('|').map(str::to_owned).collect::<Vec<_>>();
    let lines = lines.split('|').map(str::to_owned).collect::<Vec<_>>();
    let wish = match (operation, Day::parse(date)) {
        ("e", Some(date)) => Wish::InsertEntry { headings, date, lines },
        ("a", _) => Wish::AppendItem { headings: Some(headings), lines },
        ("A", _) => Wish::AppendItem { headings: None, lines },
        _ => return,
    };
    let Ok(after) = rewrite(before, std::slice::from_ref(&wish)) else { return };
    let (place, _) = difference(before, &after);
    assert!(place.is_empty(), "an insertion has replaced {:?}", place.of(before));
    let (old, new) = (Document::read(before), Document::read(&after));
    // Its last line may get a line end.
    let said = |document: &Document<'_>| {
        document.front_matter.as_ref().map(|block| (block.content, block.entries.clone()))
    };
    assert_eq!(said(&old), said(&new), "the front matter has changed");
    let parts =
        |document: &Document<'_>| document.markdown.items.len() + document.markdown.headings.len();
    assert!(parts(&new) > parts(&old), "nothing was added");
    check_log(before, &after, &wish);
    assert!(old.markdown.hidden.len() <= new.markdown.hidden.len(), "code or a comment is gone");
}

/// An entry of the log is there afterwards, once more than before.
fn check_log(before: &str, after: &str, wish: &Wish) {
    let Wish::InsertEntry { headings, date, lines } = wish else { return };
    let is_call = lines.first().is_some_and(|line| line.starts_with(&format!("{date} call")));
    if headings.iter().any(|heading| heading == "Log") && is_call {
        let count = |text: &str| {
            let Some(contact) = contact(text) else { return 0 };
            contact.log.iter().filter(|entry| entry.day == *date).count()
        };
        assert_eq!(count(before) + 1, count(after), "the entry does not read back");
    }
}

fn set_task(before: &str, number: &str, sign: &str, field: &str) {
    let tasks = promises(before);
    let Some(task) = number.parse().ok().and_then(|number: usize| tasks.get(number)) else {
        return;
    };
    let Some(status) = sign.chars().next() else { return };
    let wish = Wish::SetTask {
        line: task.source_line.clone(),
        ordinal: task.ordinal,
        status,
        field: (!field.is_empty()).then(|| field.to_owned()),
        without: None,
    };
    let Ok(after) = rewrite(before, &[wish]) else { return };
    check_changed_within(before, &after, task.span);
    let now = promises(&after);
    assert_eq!(tasks.len(), now.len(), "a task has come or gone");
    assert_eq!(tasks.iter().zip(&now).filter(|(old, new)| old.line != new.line).count(), 0);
}

fn promises(text: &str) -> Vec<Promise> {
    contact(text).map_or_else(Vec::new, |contact| contact.promises)
}

fn contact(text: &str) -> Option<Contact> {
    match decode(&NotePath::new("people/ana.md")?, text, &VOCABULARY).kind {
        Kind::Contact(contact) => Some(*contact),
        _ => None,
    }
}
