//! Taking back the newest change, or another one that is remembered.

use crate::app::session::Session;
use crate::app::write::{WriteError, permitted};
use crate::effects::lock::{Lock, PATIENCE};
use crate::effects::vault::transaction::{Committed, Preview};
use crate::effects::vault::undo::{UndoEntry, latest, undo, undo_list, undo_preview};
use crate::features::review_period::Period;
use crate::note::path::NotePath;

/// What can be undone, the newest first. Writings of the agenda or of a review alone are left out: they are made anew.
pub fn list(session: &Session) -> Result<Vec<UndoEntry>, WriteError> {
    let folders = &session.vocabulary.folders;
    let is_review = |path: &NotePath| Period::of_path(path, &folders.reviews).is_some();
    let is_agenda = |entry: &UndoEntry| {
        let is_ours = |path: &NotePath| path.as_str() == folders.agenda || is_review(path);
        !entry.paths.is_empty() && entry.paths.iter().all(is_ours)
    };
    let mut list = undo_list(&session.state).map_err(WriteError::Commit)?;
    list.retain(|entry| !is_agenda(entry));
    Ok(list)
}

/// The change that is undone where none is named.
pub fn newest(list: &[UndoEntry]) -> Option<&UndoEntry> {
    latest(list)
}

/// What the change `number` did to each file: its path, its text before, its text after.
pub fn texts(session: &Session, number: u64) -> Vec<(NotePath, Option<String>, Option<String>)> {
    crate::effects::vault::undo::texts(&session.state, number)
}

/// What undoing the change `number` would write.
pub fn preview(session: &Session, number: u64) -> Result<Vec<Preview>, WriteError> {
    undo_preview(&session.root, &session.state, number).map_err(WriteError::Commit)
}

/// Undoes the change `number`: all of it, or nothing.
pub fn take_back(session: &Session, number: u64) -> Result<Committed, WriteError> {
    permitted(session)?;
    let lock = Lock::acquire(&session.state, PATIENCE).map_err(WriteError::Lock)?;
    let stamp = session.today.to_string();
    undo(&session.root, &lock, number, &stamp).map_err(WriteError::Commit)
}
