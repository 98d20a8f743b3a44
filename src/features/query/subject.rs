//! What a query asks about: the notes of a book, and what each is.
//!
//! How facts are read from the book is here and in `facts` alone.

use crate::note::path::NotePath;
use crate::people::book::{Book, ContactId};
use crate::people::gist::NoteKind;
use crate::people::habit::Habit;
use crate::people::journal::Journal;
use crate::people::names::NoteNumber;
use crate::people::note::Kind;
use crate::people::vocabulary::{Place, Vocabulary};
use crate::text::day::Day;

/// A note that a query can find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject<'a> {
    /// Its number in the book.
    pub note: NoteNumber,
    /// Where it is.
    pub path: &'a NotePath,
    /// What it is.
    pub kind: SubjectKind,
}

/// What a note is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubjectKind {
    /// A person.
    Person(ContactId),
    /// The owner: found by text, but fields of people do not ask about them.
    Me(ContactId),
    /// A dated note.
    Journal,
    /// A habit.
    Habit,
    /// Any other note.
    Note,
}

/// Every note that can be found, in path order. What `ties` wrote itself, and material (templates, drafts), is left
/// out.
pub fn subjects<'a>(book: &'a Book, vocabulary: &Vocabulary) -> Vec<Subject<'a>> {
    let notes = book.paths().iter().zip(book.kinds()).enumerate();
    let subjects = notes.filter_map(|(note, (path, kind))| {
        let kind = match (kind, book.contact_of(note)) {
            (NoteKind::Contact, Some(id)) if book.me() == Some(id) => SubjectKind::Me(id),
            (NoteKind::Contact, Some(id)) => SubjectKind::Person(id),
            (NoteKind::Journal { .. }, _) => SubjectKind::Journal,
            (NoteKind::Habit, _) => SubjectKind::Habit,
            _ if vocabulary.place(path) == Place::Ours => return None,
            _ => SubjectKind::Note,
        };
        Some(Subject { note, path, kind })
    });
    subjects.collect()
}

impl<'a> Subject<'a> {
    /// The person, unless it is the owner.
    pub fn person(&self) -> Option<ContactId> {
        match self.kind {
            SubjectKind::Person(id) => Some(id),
            _ => None,
        }
    }

    /// The person, the owner included.
    pub fn contact(&self) -> Option<ContactId> {
        match self.kind {
            SubjectKind::Person(id) | SubjectKind::Me(id) => Some(id),
            _ => None,
        }
    }

    /// The journal note, read in full.
    pub fn journal(&self, book: &'a Book) -> Option<&'a Journal> {
        match (self.kind, &book.note(self.note).kind) {
            (SubjectKind::Journal, Kind::Journal(journal)) => Some(journal),
            _ => None,
        }
    }

    /// The habit, read in full.
    pub fn habit(&self, book: &'a Book) -> Option<&'a Habit> {
        match (self.kind, &book.note(self.note).kind) {
            (SubjectKind::Habit, Kind::Habit(habit)) => Some(habit),
            _ => None,
        }
    }

    /// What it is called.
    pub fn name(&self, book: &'a Book) -> &'a str {
        match self.kind {
            SubjectKind::Person(id) | SubjectKind::Me(id) => &book.brief(id).name,
            SubjectKind::Habit => self.habit(book).map_or(self.path.stem(), |habit| &habit.name),
            SubjectKind::Journal | SubjectKind::Note => self.path.stem(),
        }
    }

    /// All that it is called, as a search compares it: its name, its other names, and its file stem.
    pub fn names(&self, book: &'a Book) -> Vec<&'a str> {
        match self.contact() {
            Some(id) => book.brief(id).names(self.path),
            None => book.note(self.note).names(),
        }
    }

    /// The newest day that it tells of, on or before `today`: of a person the newest contact, of a journal note its
    /// day, of a habit its newest tick.
    pub fn newest(&self, book: &Book, today: Day) -> Option<Day> {
        match self.kind {
            SubjectKind::Person(id) | SubjectKind::Me(id) => {
                book.newest_contact(id, today).map(|touch| touch.day)
            }
            // Nearly all are named after their day, and need not be read.
            SubjectKind::Journal => {
                let named = self.path.stem().get(..10).and_then(Day::parse);
                named.or_else(|| self.journal(book).map(|journal| journal.day))
            }
            SubjectKind::Habit => {
                let entries = self.habit(book).into_iter().flat_map(|habit| &habit.entries);
                entries.map(|entry| entry.day).filter(|day| *day <= today).max()
            }
            SubjectKind::Note => None,
        }
    }
}
