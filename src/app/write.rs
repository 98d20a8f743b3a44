//! Making a change, or showing what it would do: the same value in every front end.

use crate::app::session::Session;
use crate::effects::lock::{Lock, LockError, PATIENCE};
use crate::effects::vault::commit::{commit, preview as preview_of};
use crate::effects::vault::commit_error::CommitError;
use crate::effects::vault::transaction::{Committed, Preview};
use crate::note::change::{Change, Refusal, Wish};
use crate::note::path::NotePath;
use crate::note::rewrite::rewrite;
use crate::text::diff::{moved, removed, unified};
use std::fmt;

/// Why a change was not made.
#[derive(Debug)]
pub enum WriteError {
    /// The settings forbid it: a newer format, or settings that cannot be read.
    Settings(String),
    /// Another process writes.
    Lock(LockError),
    /// The files refused.
    Commit(CommitError),
}

impl fmt::Display for WriteError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::Settings(why) => {
                write!(
                    formatter,
                    "nothing is written while the settings of this vault are in doubt: {why}"
                )
            }
            WriteError::Lock(error) => error.fmt(formatter),
            WriteError::Commit(error) => error.fmt(formatter),
        }
    }
}

impl std::error::Error for WriteError {}

impl WriteError {
    /// What to type next.
    pub fn hint(&self) -> Option<&str> {
        match self {
            WriteError::Settings(_) => Some("`ties check` shows the place"),
            WriteError::Lock(LockError::Busy { .. }) => None,
            WriteError::Lock(LockError::Io { .. }) => Some(
                "the lock and what `ties undo` needs live there; XDG_STATE_HOME names another folder",
            ),
            WriteError::Commit(error) => error.hint(),
        }
    }

    /// Whether the change itself was refused, rather than the world refusing to make it.
    pub fn is_refusal(&self) -> bool {
        use CommitError as Error;
        match self {
            WriteError::Settings(_) => true,
            WriteError::Lock(_) => false,
            WriteError::Commit(error) => matches!(
                error,
                Error::Refused { .. }
                    | Error::Changed { .. }
                    | Error::NoSuchEntry { .. }
                    | Error::AlreadyUndone { .. }
            ),
        }
    }
}

/// Makes `change`, or nothing of it.
pub fn write(session: &Session, change: &Change) -> Result<Committed, WriteError> {
    permitted(session)?;
    let lock = Lock::acquire(&session.state, PATIENCE).map_err(WriteError::Lock)?;
    let stamp = session.today.to_string();
    commit(&session.root, &lock, change, &stamp, &plan).map_err(WriteError::Commit)
}

/// What `change` would write.
pub fn preview(session: &Session, change: &Change) -> Result<Vec<Preview>, WriteError> {
    permitted(session)?;
    preview_of(&session.root, change, &plan).map_err(WriteError::Commit)
}

/// What can be done of a change of many notes that have nothing to do with each other: one must not stop the others.
#[derive(Debug, Default)]
pub struct Possible {
    /// The change without the files that cannot be changed so; `None` where none is left.
    pub change: Option<Change>,
    /// Those files, and why each of them cannot.
    pub impossible: Vec<(NotePath, CommitError)>,
}

/// What can be done of `change`.
pub fn possible(session: &Session, change: Change) -> Result<Possible, WriteError> {
    permitted(session)?;
    let (mut files, mut impossible) = (Vec::new(), Vec::new());
    for file in change.files {
        let path = file.path().clone();
        let alone = Change { title: String::new(), files: vec![file] };
        match preview_of(&session.root, &alone, &plan) {
            Ok(_) => files.extend(alone.files),
            Err(error) => impossible.push((path, error)),
        }
    }
    let change = Change { title: change.title, files };
    let change = Some(change).filter(|change| !change.files.is_empty());
    Ok(Possible { change, impossible })
}

/// Whether the settings permit writing at all.
pub fn permitted(session: &Session) -> Result<(), WriteError> {
    match session.config.why_not_write() {
        Some(finding) => Err(WriteError::Settings(finding.message.clone())),
        None => Ok(()),
    }
}

fn plan(_: &NotePath, text: &str, wishes: &[Wish]) -> Result<String, Refusal> {
    rewrite(text, wishes)
}

/// The files of a preview as one unified diff. A file that moves says so above its lines.
pub fn diff(previews: &[Preview]) -> String {
    let file = |preview: &Preview| {
        let name = preview.path.as_str();
        let (before, after) = (preview.before.as_deref(), preview.after.as_deref());
        match (&preview.from, after) {
            (Some(from), Some(after)) => moved(from.as_str(), name, before.unwrap_or(""), after),
            (_, None) => removed(name, before.unwrap_or("")),
            (None, Some(after)) => unified(name, before, after),
        }
    };
    previews.iter().map(file).collect()
}
