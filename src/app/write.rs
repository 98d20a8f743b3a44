//! Making a change, or showing what it would do: the same value in every front end.

use crate::app::session::{PATIENCE, Session};
use crate::effects::lock::{Lock, LockError};
use crate::effects::vault::commit::{Plan, commit, preview as preview_of};
use crate::effects::vault::commit_error::CommitError;
use crate::effects::vault::transaction::{Committed, Preview};
use crate::note::change::Change;
use crate::text::diff::unified;
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
            WriteError::Lock(_) => None,
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

/// Makes `change`, or nothing of it. `plan` turns wishes about a note into its new text.
pub fn write(session: &Session, change: &Change, plan: Plan<'_>) -> Result<Committed, WriteError> {
    if let Some(finding) = session.config.why_not_write() {
        return Err(WriteError::Settings(finding.message.clone()));
    }
    let lock = Lock::acquire(&session.state, PATIENCE).map_err(WriteError::Lock)?;
    let stamp = session.today.to_string();
    commit(&session.root, &lock, change, &stamp, plan).map_err(WriteError::Commit)
}

/// What `change` would write.
pub fn preview(
    session: &Session,
    change: &Change,
    plan: Plan<'_>,
) -> Result<Vec<Preview>, WriteError> {
    preview_of(&session.root, change, plan).map_err(WriteError::Commit)
}

/// The files of a preview as one unified diff.
pub fn diff(previews: &[Preview]) -> String {
    let file = |preview: &Preview| {
        let after = preview.after.as_deref().unwrap_or("");
        unified(preview.path.as_str(), preview.before.as_deref(), after)
    };
    previews.iter().map(file).collect()
}
