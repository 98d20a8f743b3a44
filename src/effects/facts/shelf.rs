//! The notes of a book, read when they are asked for: from the pile, else from the person's file.

use crate::effects::facts::known::{Known, KnownFiles};
use crate::effects::facts::pile::Pile;
use crate::effects::vault::open::{Opened, open};
use crate::note::path::NotePath;
use crate::people::book::NoteSource;
use crate::people::decode::decode;
use crate::people::names::NoteNumber;
use crate::people::note::{Kind, Note};
use crate::people::vocabulary::Vocabulary;
use std::path::PathBuf;
use std::sync::Arc;

/// Where the notes of one vault come from.
#[derive(Debug)]
pub struct Shelf {
    /// The root of the vault.
    pub root: PathBuf,
    /// The words that notes are read with.
    pub vocabulary: Arc<Vocabulary>,
    /// For each note what is known of its file.
    pub known: KnownFiles,
    /// The stored notes.
    pub pile: Pile,
}

impl NoteSource for Shelf {
    fn note(&self, number: NoteNumber, path: &NotePath) -> Note {
        let known = self.known.get(number).map(Known::from_row);
        let stored = known.and_then(|known| self.pile.get(known.note));
        let note = stored.and_then(|bytes| postcard::from_bytes::<Note>(&bytes).ok());
        // Facts that are damaged cost the time of reading the file, never an answer.
        note.filter(|note| note.path == *path).unwrap_or_else(|| self.read_file(path))
    }
}

impl Shelf {
    fn read_file(&self, path: &NotePath) -> Note {
        match open(&self.root.join(path.as_str())) {
            Opened::Text(text, _) => decode(path, &text, &self.vocabulary),
            Opened::Nothing(_) | Opened::Gone => {
                Note { path: path.clone(), kind: Kind::Other, findings: Vec::new() }
            }
        }
    }
}
