//! Reading a whole vault: from files to the book of everyone.

use crate::app::session::Session;
use crate::effects::vault::scan::{Scan, scan};
use crate::people::book::Book;
use crate::people::decode::decode;
use crate::people::note::Note;
use rayon::prelude::*;

/// With fewer notes than this, starting threads takes longer than reading them.
const WORTH_THREADS: usize = 64;

/// A vault, read.
#[derive(Debug)]
pub struct Reading {
    /// Everyone.
    pub book: Book,
    /// The notes as text, conflict copies, and what the walk found odd.
    pub scan: Scan,
}

/// Reads the vault of `session`. `progress` is told of every note that was read, from any thread.
pub fn refresh(session: &Session, progress: &(dyn Fn(usize) + Sync)) -> Reading {
    let scan = scan(&session.root, &session.settings().ignore, progress);
    let read = |(path, text): &(_, String)| decode(path, text, &session.vocabulary);
    let notes: Vec<Note> = if scan.files.len() < WORTH_THREADS {
        scan.files.iter().map(read).collect()
    } else {
        scan.files.par_iter().map(read).collect()
    };
    let book = Book::new(notes, &session.vocabulary, session.settings().me.as_deref());
    Reading { book, scan }
}
