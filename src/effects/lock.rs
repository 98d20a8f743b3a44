//! One writer at a time: a lock that every command takes before it changes a vault.
//!
//! Invariant: the lock is the kernel's (`flock`), not the file: it ends with its process, however that ends, so a
//! file that was left behind locks nobody out.

use crate::effects::state::State;
use rustix::fs::{Mode, OFlags};
use std::fmt;
use std::fs::{File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// How long a command waits for another one that writes.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// How long to sleep between two tries.
const PAUSE: Duration = Duration::from_millis(10);

/// The right to change one vault, until it is dropped.
#[derive(Debug)]
pub struct Lock {
    state: State,
    _file: File,
}

/// Why the lock could not be had.
#[derive(Debug)]
pub enum LockError {
    /// Another process held it during all of the patience.
    Busy {
        /// The process that holds it, where it could be found out.
        holder: Option<u32>,
    },
    /// The lock file could not be made, opened or locked.
    Io {
        /// The lock file, or the state folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl Lock {
    /// The lock of the vault whose state is `state`; makes the state folder where it is missing. Tries again until
    /// `patience` is over; with no patience it tries once.
    pub fn acquire(state: &State, patience: Duration) -> Result<Lock, LockError> {
        let file = locked(state, &state.lock_file(), patience)?;
        Ok(Lock { state: state.clone(), _file: file })
    }

    /// The state folder of the vault that is locked.
    pub fn state(&self) -> &State {
        &self.state
    }
}

/// The right to follow what is answered in the agenda, until it is dropped. Following is several changes and a look at
/// what they led to: without it two programs would follow each answer once each.
#[derive(Debug)]
pub struct Turn {
    _file: File,
}

impl Turn {
    /// The turn at the agenda of the vault whose state is `state`, as [`Lock::acquire`]. Whoever has it may take the
    /// lock too; never the other way round.
    pub fn acquire(state: &State, patience: Duration) -> Result<Turn, LockError> {
        Ok(Turn { _file: locked(state, &state.answers_lock_file(), patience)? })
    }
}

fn locked(state: &State, path: &Path, patience: Duration) -> Result<File, LockError> {
    state.make().map_err(|source| LockError::Io { path: state.folder().into(), source })?;
    let failed = |source| LockError::Io { path: path.to_path_buf(), source };
    let mut file = open(path).map_err(failed)?;
    wait_for(&mut file, patience, failed)?;
    sign(&mut file);
    Ok(file)
}

fn open(path: &Path) -> io::Result<File> {
    let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    Ok(rustix::fs::open(path, flags, Mode::RUSR | Mode::WUSR)?.into())
}

fn wait_for(
    file: &mut File,
    patience: Duration,
    failed: impl Fn(io::Error) -> LockError,
) -> Result<(), LockError> {
    let start = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::Error(source)) => return Err(failed(source)),
            Err(TryLockError::WouldBlock) => {}
        }
        let left = patience.saturating_sub(start.elapsed());
        if left.is_zero() {
            return Err(LockError::Busy { holder: holder(file) });
        }
        thread::sleep(left.min(PAUSE));
    }
}

/// The process number only serves a message, so a failure to write it changes nothing.
fn sign(file: &mut File) {
    let number = std::process::id().to_string();
    let _ = file.set_len(0).and_then(|()| file.write_all(number.as_bytes()));
}

fn holder(file: &mut File) -> Option<u32> {
    let mut number = String::new();
    file.rewind().ok()?;
    file.take(20).read_to_string(&mut number).ok()?;
    number.trim().parse().ok()
}

impl fmt::Display for LockError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LockError::Busy { holder: Some(process) } => {
                write!(
                    formatter,
                    "process {process} is writing to this vault; try again when it is done"
                )
            }
            LockError::Busy { holder: None } => formatter
                .write_str("another process is writing to this vault; try again when it is done"),
            LockError::Io { path, source } => {
                write!(formatter, "cannot lock the vault with {}: {source}", path.display())
            }
        }
    }
}

impl std::error::Error for LockError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            LockError::Busy { .. } => None,
            LockError::Io { source, .. } => Some(source),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::effects::lock::{Lock, LockError};
    use crate::effects::state::State;
    use std::time::Duration;

    #[test]
    fn a_second_writer_waits_and_then_learns_who_holds_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path().join("state"));
        let first = Lock::acquire(&state, Duration::ZERO).unwrap();
        let busy = Lock::acquire(&state, Duration::from_millis(30)).unwrap_err();
        assert!(matches!(busy, LockError::Busy { holder } if holder == Some(std::process::id())));
        assert!(busy.to_string().contains(&std::process::id().to_string()));
        drop(first);
        Lock::acquire(&state, Duration::ZERO).unwrap();
    }

    #[test]
    fn patience_is_rewarded() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path());
        let first = Lock::acquire(&state, Duration::ZERO).unwrap();
        let waiting =
            std::thread::spawn(move || Lock::acquire(&state, Duration::from_secs(20)).is_ok());
        std::thread::sleep(Duration::from_millis(50));
        drop(first);
        assert!(waiting.join().unwrap());
    }

    #[test]
    fn a_file_left_behind_is_harmless_and_a_link_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path().join("state"));
        state.make().unwrap();
        std::fs::write(state.lock_file(), "4242 and more, left by a crash").unwrap();
        drop(Lock::acquire(&state, Duration::ZERO).unwrap());
        std::fs::remove_file(state.lock_file()).unwrap();
        std::os::unix::fs::symlink(folder.path().join("target"), state.lock_file()).unwrap();
        assert!(matches!(Lock::acquire(&state, Duration::ZERO), Err(LockError::Io { .. })));
        assert!(!folder.path().join("target").exists());
    }
}
