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

/// The same with an index that is made anew, whatever is there.
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
    let paths = reading.book.paths().iter().cloned();
    let notes = paths.zip(reading.files.marks.iter().copied()).collect::<Vec<_>>();
    let (fingerprint, settings) = (reading.files.fingerprint, session.vocabulary.fingerprint());
    let catalogue = Catalogue { notes: &notes, fingerprint, settings };
    let documents = |path: &NotePath| document(session, reading, path);
    ask(Vault { catalogue, documents: &documents, progress })
}

fn document(session: &Session, reading: &Reading, path: &NotePath) -> Option<Document> {
    let number = reading.book.paths().binary_search(path).ok()?;
    let names = reading.book.note(number).names().into_iter().map(str::to_owned).collect();
    Some(Document { names, text: session.text(path.as_str())? })
}
