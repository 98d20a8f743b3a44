//! What the watcher has to tell, as values; a front end finds the words.

use crate::app::schedule::Reason;
use crate::effects::vault::recover::Recovered;
use crate::effects::watch::eyes::Blind;
use crate::text::day::Day;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// Something that happened.
#[derive(Debug, PartialEq, Eq)]
pub enum News {
    /// It watches.
    Watching {
        /// The root of the vault.
        root: PathBuf,
        /// How many folders the system watches for it.
        folders: usize,
        /// Where it looks every few seconds instead: why.
        polling: Option<Blind>,
    },
    /// It looked at the vault.
    Looked {
        /// Why it did.
        reason: Reason,
        /// How many notes there are.
        notes: usize,
        /// How many of them came, went or changed since the last look; all of them at the first.
        changed: usize,
        /// How long it took.
        took: Duration,
    },
    /// The clock on the wall and the time that has passed do not agree: the machine slept, or its clock was set.
    ClockJumped(Duration),
    /// It is another day.
    DayTurned(Day),
    /// The settings are not what they were.
    SettingsChanged,
    /// A change that a crash cut off was settled.
    Recovered(Recovered),
    /// An answer in the agenda was followed: what that was.
    Answered(String),
    /// The agenda of that day was written.
    AgendaWritten(Day),
    /// What somebody else wrote into the agenda in the same moment is kept there.
    CopyKept(String),
    /// The agenda is to be written once it has rested, so long from now.
    AgendaWaits(Duration),
    /// What was odd about the cache.
    Notice(String),
    /// Something keeps it from its work.
    Trouble(Trouble),
    /// The vault that was not there is there again.
    VaultBack,
    /// It stops, as asked.
    Stopping,
}

/// What keeps the watcher from its work. It goes on and tries again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The folder of the vault, or the settings that mark it, are not there.
    VaultGone(PathBuf),
    /// The vault could not be opened.
    NotOpened(String),
    /// A change that a crash cut off could not be settled.
    NotSettled(String),
    /// A folder could not be read, so the agenda is left as it is.
    FolderUnread,
    /// The agenda file is not one that `ties` wrote.
    AgendaNotOurs,
    /// The agenda could not be written.
    NotWritten(String),
    /// `ties status` cannot be told how the watcher is.
    NoHeartbeat(String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::VaultGone(root) => {
                write!(formatter, "the vault {} is not there; waiting for it", root.display())
            }
            Trouble::NotOpened(why) => write!(formatter, "the vault could not be opened: {why}"),
            Trouble::NotSettled(why) => {
                write!(formatter, "a change that was cut off earlier waits to be settled: {why}")
            }
            Trouble::FolderUnread => {
                formatter.write_str("a folder could not be read, so the agenda is left as it is")
            }
            Trouble::AgendaNotOurs => formatter
                .write_str("the agenda file is not one that ties wrote, so it is left as it is"),
            Trouble::NotWritten(why) => write!(formatter, "the agenda waits: {why}"),
            Trouble::NoHeartbeat(why) => {
                write!(formatter, "`ties status` cannot be told how the watcher is: {why}")
            }
        }
    }
}
