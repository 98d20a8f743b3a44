//! Exit codes; `docs/exit-codes.md` tells people of them.

use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Done. Findings about text leave it so, and an empty agenda is a good morning.
    Done = 0,
    /// The answer is no, or nothing was found.
    No = 1,
    /// Wrong usage, or a name that means several.
    Usage = 2,
    /// Done in part: a file unread or a write skipped.
    Partly = 3,
    /// The world refused: a full disk, no permission.
    Refused = 4,
    /// Our fault.
    Bug = 70,
}

impl Exit {
    /// The number that the shell sees.
    pub fn number(self) -> u8 {
        self as u8
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit.number())
    }
}
