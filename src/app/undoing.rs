//! Taking back the newest change, or another one that is remembered.

use crate::app::session::Session;
use crate::app::write::{WriteError, permitted};
use crate::effects::lock::{Lock, PATIENCE};
use crate::effects::vault::commit_error::CommitError;
use crate::effects::vault::locate::SETTINGS_FILE;
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
    check_vault_stays(session, number)?;
    undo_preview(&session.root, &session.state, number).map_err(not_undone)
}

/// Undoes the change `number`: all of it, or nothing.
pub fn take_back(session: &Session, number: u64) -> Result<Committed, WriteError> {
    permitted(session)?;
    check_vault_stays(session, number)?;
    let lock = Lock::acquire(&session.state, PATIENCE).map_err(WriteError::Lock)?;
    let stamp = session.today.to_string();
    undo(&session.root, &lock, number, &stamp).map_err(not_undone)
}

/// What makes a folder a vault is not taken back: the notes in it, and the list of what can be undone, would be out of
/// reach.
fn check_vault_stays(session: &Session, number: u64) -> Result<(), WriteError> {
    let mut files = texts(session, number).into_iter();
    let makes_it =
        files.find(|(path, before, _)| path.as_str() == SETTINGS_FILE && before.is_none());
    makes_it.map_or(Ok(()), |(path, _, _)| {
        let (why, hint) =
            ("it makes this folder a vault", "where the vault is to go, remove its folder");
        Err(WriteError::Commit(CommitError::refused(&path, why, Some(hint))))
    })
}

/// Of an undo there is nothing to try again: what was written since would be lost.
fn not_undone(error: CommitError) -> WriteError {
    WriteError::Commit(match error {
        CommitError::Changed { path } => {
            let hint = "take out in your editor what you do not want in it";
            CommitError::refused(&path, "it was changed since, and that would be lost", Some(hint))
        }
        error => error,
    })
}
