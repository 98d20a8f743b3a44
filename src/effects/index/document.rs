//! What the index is made from: the catalogue of all notes, and what a search sees of one.

use crate::note::path::NotePath;

/// What a search sees of one note.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Everything that the note is called: name, aliases, file stem.
    pub names: Vec<String>,
    /// All that stands in the file; `None` where the file is gone or has changed since its mark was taken. Then it is
    /// searched as if empty, and read again the next time.
    pub text: Option<String>,
}

/// All notes of a vault as they are now.
#[derive(Debug, Clone, Copy)]
pub struct Catalogue<'a> {
    /// In order.
    pub paths: &'a [NotePath],
    /// The mark of each: another one whenever its document may be.
    pub marks: &'a [u64],
    /// Stands for paths and marks: two catalogues with the same fingerprint are the same.
    pub fingerprint: u64,
    /// Stands for everything besides the notes that documents are made with. Where it changes, all of them may.
    pub settings: u64,
}

/// Gives the document of the note at a place in the catalogue, from any thread.
pub type Documents<'a> = dyn Fn(usize) -> Document + Sync + 'a;

/// Is told of notes that were taken in, from any thread: how many more there are now.
pub type Progress<'a> = dyn Fn(usize) + Sync + 'a;
