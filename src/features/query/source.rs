//! Where a query looks for text: behind one trait, so that the notes themselves and an index give the same answer.

use crate::features::query::subject::Subject;
use crate::note::path::NotePath;
use crate::people::book::Book;
use crate::people::names::NoteNumber;
use crate::text::term::{TextTerm, Tier};
use std::cell::RefCell;
use std::collections::HashMap;

/// Something that knows which notes a term matches, and how well.
///
/// Every implementation gives exactly what [`TextTerm::tier`] gives for the names of a note ([`Subject::names`]) and
/// its text, which is the whole file.
pub trait TextSource {
    /// How well the note matches; `None` where it does not. The terms are those of
    /// [`Query::terms`](crate::features::query::meaning::Query::terms).
    fn tier(&self, subject: &Subject<'_>, term: &TextTerm) -> Option<Tier>;
}

/// Gives the text of a note; `None` where it is not there.
pub type ReadText<'a> = dyn Fn(&NotePath) -> Option<String> + 'a;

/// The notes themselves: the reference.
pub struct Texts<'a> {
    book: &'a Book,
    read: &'a ReadText<'a>,
    // The note that was asked last: it is asked for every term in turn.
    last: RefCell<Option<(NoteNumber, String)>>,
}

impl<'a> Texts<'a> {
    /// The texts of the notes of `book`, which `read` gives.
    pub fn new(book: &'a Book, read: &'a ReadText<'a>) -> Texts<'a> {
        Texts { book, read, last: RefCell::new(None) }
    }
}

impl TextSource for Texts<'_> {
    fn tier(&self, subject: &Subject<'_>, term: &TextTerm) -> Option<Tier> {
        let mut last = self.last.borrow_mut();
        if last.as_ref().is_none_or(|(note, _)| *note != subject.note) {
            *last = Some((subject.note, (self.read)(subject.path).unwrap_or_default()));
        }
        let text = last.as_ref().map_or("", |(_, text)| text);
        term.tier(&subject.names(self.book), text)
    }
}

/// What was looked up before, term by term: the form in which an index answers.
#[derive(Debug, Clone, Default)]
pub struct LookedUp {
    by_term: HashMap<TextTerm, HashMap<NoteNumber, Tier>>,
}

impl LookedUp {
    /// Takes over the answer to one term.
    pub fn insert(&mut self, term: TextTerm, notes: HashMap<NoteNumber, Tier>) {
        self.by_term.insert(term, notes);
    }
}

impl TextSource for LookedUp {
    fn tier(&self, subject: &Subject<'_>, term: &TextTerm) -> Option<Tier> {
        self.by_term.get(term)?.get(&subject.note).copied()
    }
}
