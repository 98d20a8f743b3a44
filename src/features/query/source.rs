//! Where a query looks for text: behind one trait, so that the notes themselves and an index give the same answer.

use crate::features::query::subject::Subject;
use crate::note::path::NotePath;
use crate::people::book::Book;
use crate::people::names::NoteNumber;
use crate::text::term::{TextTerm, Tier};
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

/// The notes themselves: the reference.
#[derive(Debug)]
pub struct Texts<'a> {
    book: &'a Book,
    by_path: HashMap<&'a NotePath, &'a str>,
}

impl<'a> Texts<'a> {
    /// The texts of the notes of `book`.
    pub fn new(
        book: &'a Book,
        texts: impl IntoIterator<Item = (&'a NotePath, &'a str)>,
    ) -> Texts<'a> {
        Texts { book, by_path: texts.into_iter().collect() }
    }

    /// The text of a note; empty where it is not there.
    pub fn text(&self, path: &NotePath) -> &'a str {
        self.by_path.get(path).copied().unwrap_or("")
    }
}

impl TextSource for Texts<'_> {
    fn tier(&self, subject: &Subject<'_>, term: &TextTerm) -> Option<Tier> {
        term.tier(&subject.names(self.book), self.text(subject.path))
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
