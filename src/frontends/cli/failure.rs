//! Why a command did not do what it was asked, in words for the person: what, why, and what to type next.

use crate::app::export_file::ExportError;
use crate::app::renaming::Trouble;
use crate::app::session::OpenError;
use crate::app::write::WriteError;
use crate::effects::lock::LockError;
use crate::effects::vault::commit_error::CommitError;
use crate::frontends::cli::exit::Exit;
use crate::note::change::Refusal;
use std::error::Error;

/// A command that failed.
#[derive(Debug)]
pub struct Failure {
    /// The exit code that it gives.
    pub exit: Exit,
    /// What could not be done, one calm sentence without a full stop.
    pub message: String,
    /// Lines that show the place, where there is one: a text, and marks below it.
    pub place: Vec<String>,
    /// Why.
    pub source: Option<Box<dyn Error + Send + Sync>>,
    /// What to type next.
    pub hints: Vec<String>,
}

impl Failure {
    /// A failure that gives `exit`.
    pub fn new(exit: Exit, message: impl Into<String>) -> Failure {
        Failure {
            exit,
            message: message.into(),
            place: Vec::new(),
            source: None,
            hints: Vec::new(),
        }
    }

    /// The answer is no.
    pub fn no(message: impl Into<String>) -> Failure {
        Failure::new(Exit::No, message)
    }

    /// Wrong usage.
    pub fn usage(message: impl Into<String>) -> Failure {
        Failure::new(Exit::Usage, message)
    }

    /// The world refused, and why.
    pub fn refused(
        message: impl Into<String>,
        source: impl Error + Send + Sync + 'static,
    ) -> Failure {
        Failure { source: Some(Box::new(source)), ..Failure::new(Exit::Refused, message) }
    }

    /// The same, with one more hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Failure {
        self.hints.push(hint.into());
        self
    }

    /// The causes, the nearest first.
    pub fn causes(&self) -> Vec<String> {
        let mut causes = Vec::new();
        let mut next: Option<&dyn Error> =
            self.source.as_deref().map(|source| source as &dyn Error);
        while let Some(cause) = next {
            causes.push(cause.to_string());
            next = cause.source();
        }
        causes
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Failure {
        Failure { hints: error.hints(), ..Failure::usage(error.to_string()) }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Failure {
        Failure { hints: refusal.hint.into_iter().collect(), ..Failure::usage(refusal.reason) }
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Failure {
        let exit = if error.is_refusal() { Exit::No } else { Exit::Refused };
        let hints = error.hint().map(str::to_owned).into_iter().collect();
        // The message of these errors names its cause already.
        Failure { hints, ..Failure::new(exit, error.to_string()) }
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Failure {
        match trouble {
            // What was asked for is understood, and cannot be.
            Trouble::Refusal(refusal) => Failure { exit: Exit::No, ..refusal.into() },
            Trouble::Write(error) => error.into(),
        }
    }
}

impl From<CommitError> for Failure {
    fn from(error: CommitError) -> Failure {
        WriteError::Commit(error).into()
    }
}

impl From<LockError> for Failure {
    fn from(error: LockError) -> Failure {
        WriteError::Lock(error).into()
    }
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Failure {
        let message = error.to_string();
        match error {
            ExportError::Unfit(_) => Failure::usage(message).hint("name a place beside the people"),
            ExportError::Foreign(..) | ExportError::Changed(_) => {
                Failure::no(message).hint("name another file, or move that one away")
            }
            ExportError::World(_, why) => Failure::refused(message, why),
        }
    }
}
