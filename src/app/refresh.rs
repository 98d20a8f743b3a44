//! Reading a vault: from files, as far as they changed, to the book of everyone.

use crate::app::session::Session;
use crate::effects::facts::refresh::{Refreshed, Wanted};
use crate::effects::facts::texts::Texts;
use crate::people::book::Book;

/// A vault, read.
#[derive(Debug)]
pub struct Reading {
    /// Everyone.
    pub book: Book,
    /// What was found on the way.
    pub files: Refreshed,
    /// The text of the agenda; `None` where it is not there. It is read once, so that what is composed from it and
    /// what is replaced are the same text.
    pub agenda: Option<String>,
}

/// Reads the vault of `session`. `progress` is told of every note that was looked into, from any thread.
pub fn refresh(session: &Session, progress: &(dyn Fn(usize) + Sync)) -> Reading {
    let (book, files) = crate::effects::facts::refresh::refresh(
        &Wanted {
            root: &session.root,
            ignore: &session.settings().ignore,
            vocabulary: &session.vocabulary,
            me: session.settings().me.as_deref(),
            cache: Some(&session.cache_folder),
        },
        progress,
    );
    Reading { book, files, agenda: session.text(&session.vocabulary.folders.agenda) }
}

impl Reading {
    /// The texts that the notes were read from.
    pub fn texts(&self) -> Texts<'_> {
        Texts::new(&self.files.shelf, self.book.paths())
    }

    /// The text that a note was read from; `None` where it is not there any more, or is another by now, so that
    /// places in it mean nothing.
    pub fn text(&self, path: &str) -> Option<String> {
        let number = self.book.paths().binary_search_by(|other| other.as_str().cmp(path)).ok()?;
        self.texts().text(number).map(str::to_owned)
    }
}
