//! One process at a time writes an index; the others wait for as long as it works, and then often find it done.
//!
//! Invariant: the lock is the kernel's (`flock`): it ends with its process.

use crate::effects::index::place::Place;
use crate::effects::index::trouble::Trouble;
use std::fs::{File, OpenOptions, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

/// How long a command waits for another process that writes the index, before it reads the notes instead.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// How long to sleep between two tries.
const PAUSE: Duration = Duration::from_millis(10);

/// The right to write an index, until it is dropped.
#[derive(Debug)]
pub struct Turn {
    _file: File,
}

/// What the waiting came to.
#[derive(Debug)]
pub enum Waited<T> {
    /// It is our turn.
    Turn(Turn),
    /// Somebody else has done the work meanwhile.
    Done(T),
}

impl Turn {
    /// Waits for the turn. Whenever it is somebody else's, `done` is asked whether there is nothing left to do.
    pub fn wait<T>(
        place: &Place,
        patience: Duration,
        done: &mut dyn FnMut() -> Option<T>,
    ) -> Result<Waited<T>, Trouble> {
        place.make_around()?;
        let file =
            OpenOptions::new().create(true).truncate(false).write(true).open(place.lock_file())?;
        let start = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Waited::Turn(Turn { _file: file })),
                Err(TryLockError::Error(error)) => return Err(error.into()),
                Err(TryLockError::WouldBlock) => {}
            }
            if let Some(done) = done() {
                return Ok(Waited::Done(done));
            }
            let left = patience.saturating_sub(start.elapsed());
            if left.is_zero() {
                return Err(Trouble::Busy);
            }
            thread::sleep(left.min(PAUSE));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::effects::index::place::Place;
    use crate::effects::index::trouble::Trouble;
    use crate::effects::index::turn::{Turn, Waited};
    use std::time::Duration;

    #[test]
    fn a_second_writer_waits_and_looks_whether_the_work_is_done() {
        let around = tempfile::tempdir().unwrap();
        let place = Place::new(around.path().join("index"));
        let take = |patience, done: Option<u8>| Turn::wait(&place, patience, &mut || done);
        let first = take(Duration::ZERO, None).unwrap();
        assert!(matches!(take(Duration::from_millis(20), None), Err(Trouble::Busy)));
        assert!(matches!(take(Duration::ZERO, Some(7)), Ok(Waited::Done(7))));
        drop(first);
        assert!(matches!(take(Duration::ZERO, None), Ok(Waited::Turn(_))));
    }
}
