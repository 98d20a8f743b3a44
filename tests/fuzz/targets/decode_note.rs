//! A whole note, from bytes to what the book knows: never fails, places exist, the same bytes give the same note.
//!
//! The first byte of an input chooses the folder that the note stands in.

#![no_main]

use libfuzzer_sys::fuzz_target;
use shared::{check_findings, check_span};
use std::sync::LazyLock;
use ties::note::path::NotePath;
use ties::people::book::Book;
use ties::people::decode::decode;
use ties::people::interaction::Interaction;
use ties::people::note::{Kind, Note};
use ties::people::promise::Promise;
use ties::people::vocabulary::Vocabulary;

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::default);

const PATHS: &[&str] =
    &["people/ana.md", "journal/2026-11-20.md", "journal/meeting.md", "habits/walk.md", "inbox.md"];

const OTHERS: &[(&str, &str)] = &[
    ("people/rita-lima.md", "---\nname: Rita Lima\naliases: [Rita]\nsister: \"[[ana]]\"\n---\n"),
    ("people/joao.md", "# João Faria\n\n## Log\n- 2026-10-12 met [[ana]]: hello\n"),
];

fuzz_target!(|input: &str| {
    let Some(first) = input.chars().next() else { return };
    let text = &input[first.len_utf8()..];
    let Some(path) = NotePath::new(PATHS[first as usize % PATHS.len()]) else { return };
    let vocabulary = &*VOCABULARY;
    let note = decode(&path, text, vocabulary);
    check_note(text, &note);
    assert_eq!(note, decode(&path, text, vocabulary), "two readings differ");
    check_book(text, note, vocabulary);
});

fn check_note(text: &str, note: &Note) {
    check_findings(text, &note.findings);
    match &note.kind {
        Kind::Contact(contact) => {
            check_entries(text, &contact.log);
            check_promises(text, &contact.promises);
            contact.relations.iter().for_each(|relation| check_span(text, relation.to.span));
        }
        Kind::Journal(journal) => {
            check_entries(text, &journal.lines);
            check_promises(text, &journal.promises);
            journal.trips.iter().for_each(|trip| assert!(trip.from <= trip.to));
        }
        Kind::Inbox(promises) => check_promises(text, promises),
        Kind::Habit(_) | Kind::Other => {}
    }
}

fn check_entries(text: &str, entries: &[Interaction]) {
    for entry in entries {
        check_span(text, entry.span);
        assert!(entry.line >= 1);
        entry.with.iter().chain(&entry.mentions).for_each(|link| check_span(text, link.span));
    }
}

fn check_promises(text: &str, promises: &[Promise]) {
    for promise in promises {
        check_span(text, promise.span);
        assert!(text.contains(&promise.source_line));
    }
}

fn check_book(text: &str, note: Note, vocabulary: &Vocabulary) {
    let path = note.path.clone();
    let others = OTHERS.iter().filter_map(|(path, text)| Some((NotePath::new(path)?, text)));
    let mut notes = others.map(|(path, text)| decode(&path, text, vocabulary)).collect::<Vec<_>>();
    notes.push(note);
    let book = Book::new(notes, vocabulary, Some("people/ana"));
    let own = book.findings().filter(|(of, _)| **of == path);
    own.for_each(|(_, finding)| check_span(text, finding.span));
    for (id, _) in book.contacts() {
        let touches = book.touches(id).collect::<Vec<_>>();
        assert!(touches.iter().all(|touch| book.interaction(touch).1.line > 0));
        assert!(touches.windows(2).all(|pair| pair[0].day >= pair[1].day));
    }
    book.promises().for_each(drop);
}
