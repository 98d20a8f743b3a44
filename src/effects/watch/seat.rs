//! One watcher a vault: a lock that the watcher holds for as long as it runs.
//!
//! Invariant: the lock is the kernel's (`flock`), not the file: whether a watcher runs is asked of the lock, never of
//! a process number, which may long belong to another program.

use crate::effects::state::State;
use rustix::fs::{Mode, OFlags};
use std::fmt;
use std::fs::{File, TryLockError};
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

/// Somebody who asks whether a watcher runs holds the lock for a moment; so it is tried so often.
const TRIES: u32 = 20;

/// How long to sleep between two tries.
const PAUSE: Duration = Duration::from_millis(10);

/// The right to watch one vault, until it is dropped.
#[derive(Debug)]
pub struct Seat {
    _file: File,
}

/// Why there is no seat.
#[derive(Debug)]
pub enum SeatError {
    /// A watcher watches already.
    Taken {
        /// Its process, where that could be found out.
        process: Option<u32>,
    },
    /// The lock file could not be made, opened or locked.
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl Seat {
    /// The seat of the vault whose state is `state`; makes the state folder where it is missing.
    pub fn take(state: &State) -> Result<Seat, SeatError> {
        let path = state.watcher_lock_file();
        let failed = |source| SeatError::Io { path: path.clone(), source };
        state.make().map_err(failed)?;
        let mut file = open(state, OFlags::CREATE).map_err(failed)?;
        for _ in 0..TRIES {
            match file.try_lock() {
                Ok(()) => {
                    sign(&mut file);
                    return Ok(Seat { _file: file });
                }
                Err(TryLockError::Error(source)) => return Err(failed(source)),
                Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
            }
        }
        Err(SeatError::Taken { process: process(&mut file) })
    }
}

/// The watcher that runs: its process, where that could be found out. `None` where none does.
pub fn taken_by(state: &State) -> Option<Option<u32>> {
    let mut file = open(state, OFlags::empty()).ok()?;
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => Some(process(&mut file)),
        Ok(()) | Err(TryLockError::Error(_)) => None,
    }
}

fn open(state: &State, more: OFlags) -> io::Result<File> {
    let flags = OFlags::RDWR | OFlags::NOFOLLOW | OFlags::CLOEXEC | more;
    Ok(rustix::fs::open(state.watcher_lock_file(), flags, Mode::RUSR | Mode::WUSR)?.into())
}

/// The process number only serves a message, so a failure to write it changes nothing.
fn sign(file: &mut File) {
    let number = std::process::id().to_string();
    let _ = file.set_len(0).and_then(|()| file.write_all(number.as_bytes()));
}

fn process(file: &mut File) -> Option<u32> {
    let mut number = String::new();
    file.take(20).read_to_string(&mut number).ok()?;
    number.trim().parse().ok()
}

impl fmt::Display for SeatError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SeatError::Taken { process: Some(process) } => {
                write!(formatter, "process {process} watches this vault already")
            }
            SeatError::Taken { process: None } => {
                formatter.write_str("another process watches this vault already")
            }
            SeatError::Io { path, source } => {
                write!(formatter, "cannot lock {}: {source}", path.display())
            }
        }
    }
}

impl std::error::Error for SeatError {}

#[cfg(test)]
mod tests {
    use crate::effects::state::State;
    use crate::effects::watch::seat::{Seat, SeatError, taken_by};

    #[test]
    fn there_is_one_seat_and_whoever_asks_learns_who_has_it() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path().join("state"));
        assert_eq!(taken_by(&state), None);
        assert!(!folder.path().join("state").exists(), "asking makes nothing");
        let seat = Seat::take(&state).unwrap();
        let own = Some(std::process::id());
        assert!(matches!(Seat::take(&state), Err(SeatError::Taken { process }) if process == own));
        assert_eq!(taken_by(&state), Some(own));
        drop(seat);
        assert_eq!(taken_by(&state), None, "a file that was left behind is no watcher");
        drop(Seat::take(&state).unwrap());
    }
}
