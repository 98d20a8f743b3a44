//! Why a change was not made, in words for the person: what was being done, to which file, and why it failed.
//!
//! Invariant: every variant but [`CommitError::Unfinished`] and [`CommitError::Stuck`] means that each note holds
//! the text that it held before.

use crate::note::change::Refusal;
use crate::note::path::NotePath;
use std::fmt;
use std::io;

/// Why a change was not made.
#[derive(Debug)]
pub enum CommitError {
    /// The change cannot be made to this file.
    Refused {
        /// Which file.
        path: NotePath,
        /// Why, and what to do.
        refusal: Refusal,
    },
    /// The file may not be written: its mode or its owner forbid it.
    Protected {
        /// Which file.
        path: NotePath,
    },
    /// The file no longer holds what the change was made for: look again and compose anew.
    Changed {
        /// Which file.
        path: NotePath,
    },
    /// Another program saved the note at every one of several tries. Its text stays; ours lies beside it.
    Conflict {
        /// Which note.
        path: NotePath,
        /// The file that holds our text, relative to the vault.
        copy: String,
    },
    /// The world refused: a full disk, no permission, a file that is not there.
    Io {
        /// What was being done, after "cannot": `write`.
        doing: &'static str,
        /// To which file or folder.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// The change is in the files, but a last step failed: it may not outlast a power cut, and the next command
    /// tidies up. Doing it again would do it twice.
    Unfinished {
        /// What the change does.
        title: String,
        /// What failed.
        source: Box<CommitError>,
    },
    /// The change failed, and so did taking a part of it back. The next command settles it: takes it back, or finishes
    /// it where the person has built upon that part meanwhile.
    Stuck {
        /// What the change does.
        title: String,
        /// Why it failed.
        cause: Box<CommitError>,
        /// Why it could not be taken back.
        source: Box<CommitError>,
    },
    /// The journal is of a newer version of `ties`.
    NewerJournal {
        /// Which file of it.
        path: String,
    },
    /// There is nothing to undo under this number.
    NoSuchEntry {
        /// The number that was asked for.
        number: u64,
    },
    /// This change is undone already.
    AlreadyUndone {
        /// Its number.
        number: u64,
        /// What it did.
        title: String,
    },
}

impl CommitError {
    /// A refusal to change `path`.
    pub fn refused(path: &NotePath, reason: &str, hint: Option<&str>) -> CommitError {
        let refusal = Refusal { reason: reason.to_owned(), hint: hint.map(str::to_owned) };
        CommitError::Refused { path: path.clone(), refusal }
    }

    /// What to do about it, without a full stop.
    pub fn hint(&self) -> Option<&str> {
        match self {
            CommitError::Refused { refusal, .. } => refusal.hint.as_deref(),
            CommitError::Protected { .. } => Some(ALLOW),
            CommitError::Io { source, .. } => help_for(source),
            CommitError::Changed { .. } => Some("look at the note and try again"),
            CommitError::Conflict { .. } => {
                Some("move what you want to keep, then delete the copy")
            }
            CommitError::Unfinished { .. } => Some("do not repeat it; the next command tidies up"),
            CommitError::Stuck { .. } => Some("the next command settles it"),
            CommitError::NewerJournal { .. } => Some("update ties"),
            _ => None,
        }
    }
}

const ALLOW: &str = "allow writing to it; `ls -l` shows who may";

/// What a person can do where the world refuses, without a full stop.
pub fn help_for(error: &io::Error) -> Option<&'static str> {
    match error.kind() {
        io::ErrorKind::PermissionDenied => Some(ALLOW),
        io::ErrorKind::ReadOnlyFilesystem => {
            Some("this disk can only be read: allow writing to it, or work on a copy elsewhere")
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            Some("make room on the disk, then try again")
        }
        _ => None,
    }
}

/// Turns the world's refusal into an error that says what was being done to which file.
pub fn cannot(
    doing: &'static str,
    path: impl fmt::Display,
) -> impl FnOnce(io::Error) -> CommitError {
    move |source| CommitError::Io { doing, path: path.to_string(), source }
}

impl fmt::Display for CommitError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CommitError::Refused { path, refusal } => {
                write!(formatter, "{path} is left as it is: {}", refusal.reason)
            }
            CommitError::Protected { path } => {
                write!(formatter, "{path} is left as it is: it is protected from writing")
            }
            CommitError::Changed { path } => {
                write!(formatter, "{path} has changed in the meantime, so nothing was written")
            }
            CommitError::Conflict { path, copy } => write!(
                formatter,
                "another program keeps saving {path}, so your text stays in it; what ties wanted to write is in {copy}"
            ),
            CommitError::Io { doing, path, source } => {
                write!(formatter, "cannot {doing} {path}: {source}")
            }
            CommitError::Unfinished { title, source } => {
                write!(formatter, "done but not tidied up ({title}): {source}")
            }
            CommitError::Stuck { title, cause, source } => {
                write!(
                    formatter,
                    "not done ({title}): {cause}; and a part of it is not taken back: {source}"
                )
            }
            CommitError::NewerJournal { path } => {
                write!(formatter, "{path} was written by a newer version of ties")
            }
            CommitError::NoSuchEntry { number } => {
                write!(formatter, "there is no change {number} to undo")
            }
            CommitError::AlreadyUndone { number, title } => {
                write!(formatter, "change {number} is undone already ({title})")
            }
        }
    }
}

impl std::error::Error for CommitError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            CommitError::Io { source, .. } => Some(source),
            CommitError::Unfinished { source, .. } | CommitError::Stuck { source, .. } => {
                Some(source)
            }
            _ => None,
        }
    }
}
