//! What can be wrong with an index.

use std::fmt;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tantivy::TantivyError;
use tantivy::directory::error::{OpenDirectoryError, OpenReadError, OpenWriteError};

/// Why the index could not be used.
#[derive(Debug)]
pub enum Trouble {
    /// What is there is no index, or not a whole one. Making it anew helps.
    Damaged(String),
    /// The disk is full, or nothing may be written there. Making it anew does not help.
    Refused(String),
    /// Another process has been at it all the time.
    Busy,
}

/// The outcome of `work`; a panic in it is damage, since that is what a damaged file may lead to.
pub fn guarded<T>(work: impl FnOnce() -> Result<T, Trouble>) -> Result<T, Trouble> {
    let outcome = catch_unwind(AssertUnwindSafe(work));
    outcome.unwrap_or_else(|_| Err(Trouble::Damaged("reading it went wrong".to_owned())))
}

impl fmt::Display for Trouble {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::Damaged(why) | Trouble::Refused(why) => formatter.write_str(why),
            Trouble::Busy => formatter.write_str("another ties is at work on it"),
        }
    }
}

impl std::error::Error for Trouble {}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Trouble {
        of_io(&error)
    }
}

impl From<TantivyError> for Trouble {
    fn from(error: TantivyError) -> Trouble {
        match &error {
            TantivyError::IoError(cause)
            | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError {
                io_error: cause,
                ..
            })
            | TantivyError::OpenReadError(OpenReadError::IoError { io_error: cause, .. })
            | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error: cause, .. }) => {
                of_io(cause)
            }
            TantivyError::LockFailure(..) => Trouble::Busy,
            TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(_)) => {
                Trouble::Damaged("a file of it is missing".to_owned())
            }
            TantivyError::DataCorruption(_) => {
                Trouble::Damaged("a file of it cannot be read".to_owned())
            }
            _ => Trouble::Damaged(error.to_string()),
        }
    }
}

fn of_io(error: &io::Error) -> Trouble {
    use io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    match error.kind() {
        PermissionDenied | QuotaExceeded | ReadOnlyFilesystem | StorageFull => {
            Trouble::Refused(error.to_string())
        }
        io::ErrorKind::NotFound => Trouble::Damaged("a file of it is missing".to_owned()),
        _ => Trouble::Damaged(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use crate::effects::index::trouble::{Trouble, guarded};
    use std::io;

    #[test]
    fn a_panic_is_damage_and_a_full_disk_is_not() {
        let panicked = guarded::<()>(|| panic!("in a damaged file"));
        assert!(matches!(panicked, Err(Trouble::Damaged(_))));
        let of = |kind: io::ErrorKind| Trouble::from(io::Error::from(kind));
        assert!(matches!(of(io::ErrorKind::StorageFull), Trouble::Refused(_)));
        assert!(matches!(of(io::ErrorKind::UnexpectedEof), Trouble::Damaged(_)));
    }
}
