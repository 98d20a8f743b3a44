//! Searching a vault for words: its notes as the index wants to see them.

use crate::app::refresh::Reading;
use crate::app::session::Session;
use crate::effects::index::catch_up::Vault;
use crate::effects::index::document::{Catalogue, Document, Progress};
use crate::effects::index::place::Place;
use crate::effects::index::search::Search;
use crate::effects::index::status::{Status, status};
use crate::effects::index::trouble::Trouble;
use crate::effects::index::turn::{PATIENCE, Turn};
use crate::note::path::NotePath;
use crate::people::book::Book;
use crate::people::gist::NoteKind;
use crate::people::note::Note;

/// Where the index of the vault lies.
pub fn place(session: &Session) -> Place {
    Place::new(session.cache_folder.join("index"))
}

/// What `ask` finds in the vault, whose index catches up with `reading` first. `progress` is told of every note that it
/// takes in.
pub fn search<Answer>(
    session: &Session,
    reading: &Reading,
    progress: &Progress<'_>,
    ask: impl FnOnce(&mut Search<'_>) -> Answer,
) -> Answer {
    with_vault(session, reading, progress, |vault| {
        ask(&mut Search::open(place(session), vault, PATIENCE))
    })
}

/// What `ask` finds in the vault through an index that is made anew, whatever is there.
pub fn rebuild<Answer>(
    session: &Session,
    reading: &Reading,
    progress: &Progress<'_>,
    ask: impl FnOnce(&mut Search<'_>) -> Answer,
) -> Answer {
    with_vault(session, reading, progress, |vault| {
        ask(&mut Search::rebuild(place(session), vault, PATIENCE))
    })
}

/// How the index is.
pub fn index_status(session: &Session, reading: &Reading) -> Status {
    with_vault(session, reading, &|_| {}, |vault| status(&place(session), &vault.catalogue))
}

/// Removes the index, and one that was set aside; gives how many bytes it had, `None` where there was none.
pub fn clear(session: &Session) -> Result<Option<u64>, Trouble> {
    let place = place(session);
    if !place.is_there() {
        return Ok(None);
    }
    let size = place.size();
    let _turn = Turn::wait::<()>(&place, PATIENCE, &mut || None)?;
    place.clear()?;
    Ok(Some(size))
}

fn with_vault<Answer>(
    session: &Session,
    reading: &Reading,
    progress: &Progress<'_>,
    ask: impl FnOnce(Vault<'_>) -> Answer,
) -> Answer {
    let catalogue = Catalogue {
        paths: reading.book.paths(),
        marks: &reading.files.marks,
        fingerprint: reading.files.fingerprint,
        settings: session.vocabulary.fingerprint(),
    };
    let documents = |place: usize| document(reading, place);
    ask(Vault { catalogue, documents: &documents, progress })
}

/// A note that has changed since it was read has no text here: what it says now belongs to another catalogue.
fn document(reading: &Reading, place: usize) -> Document {
    let Some(path) = reading.book.paths().get(place) else { return Document::default() };
    let text = reading.texts().text(place).map(str::to_owned);
    Document { names: names(&reading.book, place, path), text }
}

/// What a note is called. Only that of a habit must be read for it.
fn names(book: &Book, place: usize, path: &NotePath) -> Vec<String> {
    let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
    match (book.contact_of(place), book.kinds().get(place)) {
        (Some(id), _) => book.with_brief(id, |brief| owned(brief.names(path))),
        (None, Some(NoteKind::Habit)) => book.with_note(place, |note: &Note| owned(note.names())),
        (None, _) => vec![path.stem().to_owned()],
    }
}
