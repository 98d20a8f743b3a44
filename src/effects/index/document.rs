//! What the index is made from: the catalogue of all notes, and what a search sees of one.

use crate::note::path::NotePath;

/// What a search sees of one note.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Everything that the note is called: name, aliases, file stem.
    pub names: Vec<String>,
    /// All that stands in the file.
    pub text: String,
}

/// All notes of a vault as they are now.
#[derive(Debug, Clone, Copy)]
pub struct Catalogue<'a> {
    /// In path order; the mark of a note is another one whenever its document may be.
    pub notes: &'a [(NotePath, u64)],
    /// Stands for `notes`: two catalogues with the same fingerprint are the same.
    pub fingerprint: u64,
    /// Stands for everything besides the notes that documents are made with. Where it changes, all of them may.
    pub settings: u64,
}

/// Gives the document of a note, from any thread. `None`, for a note that is gone or cannot be read, is a document
/// without names and text.
pub type Documents<'a> = dyn Fn(&NotePath) -> Option<Document> + Sync + 'a;

/// Is told of notes that were taken in, from any thread: how many more there are now.
pub type Progress<'a> = dyn Fn(usize) + Sync + 'a;
