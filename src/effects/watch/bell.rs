//! What wakes the watcher: a bell that anybody may ring, as often as they like, without waiting.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};

/// How long it must be quiet after a ring before the watcher looks: a save of an editor is several events.
pub const QUIET: Duration = Duration::from_millis(100);

/// How long a ring waits for quiet at most: under a long burst the watcher looks once in a while.
pub const AT_MOST: Duration = Duration::from_secs(1);

/// Why a wait is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Woken {
    /// Somebody rang, and it has been quiet since, or long enough.
    Rung,
    /// The time is over.
    Quiet,
    /// It is time to stop.
    Stopped,
}

/// The bell, at the watcher's end.
#[derive(Debug)]
pub struct Bell {
    rings: Receiver<()>,
    ringer: Ringer,
}

/// The other end of a bell.
#[derive(Debug, Clone)]
pub struct Ringer {
    // Invariant: one ring waits at most, so a million events take no memory.
    sender: SyncSender<()>,
    stopped: Arc<AtomicBool>,
}

impl Bell {
    /// A new bell.
    pub fn new() -> Bell {
        let (sender, rings) = sync_channel(1);
        Bell { rings, ringer: Ringer { sender, stopped: Arc::default() } }
    }

    /// Something to ring it with.
    pub fn ringer(&self) -> Ringer {
        self.ringer.clone()
    }

    /// Whether somebody asked to stop.
    pub fn is_stopped(&self) -> bool {
        self.ringer.stopped.load(Ordering::SeqCst)
    }

    /// Waits for a ring, for `at_most` so long. A ring of before counts.
    pub fn wait(&self, at_most: Duration) -> Woken {
        let rung = !self.is_stopped() && self.rings.recv_timeout(at_most).is_ok();
        if rung {
            self.wait_for_quiet();
        }
        match (self.is_stopped(), rung) {
            (true, _) => Woken::Stopped,
            (false, true) => Woken::Rung,
            (false, false) => Woken::Quiet,
        }
    }

    fn wait_for_quiet(&self) {
        let start = Instant::now();
        while !self.is_stopped() {
            let left = AT_MOST.saturating_sub(start.elapsed());
            if left.is_zero() || self.rings.recv_timeout(QUIET.min(left)).is_err() {
                return;
            }
        }
    }
}

impl Default for Bell {
    fn default() -> Bell {
        Bell::new()
    }
}

impl Ringer {
    /// Rings; never waits.
    pub fn ring(&self) {
        // A ring that is waiting already says the same.
        let _ = self.sender.try_send(());
    }

    /// Asks the watcher to stop.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
        self.ring();
    }
}

#[cfg(test)]
mod tests {
    use crate::effects::watch::bell::{AT_MOST, Bell, QUIET, Woken};
    use std::thread;
    use std::time::{Duration, Instant};

    const LONG: Duration = Duration::from_secs(20);

    #[test]
    fn a_burst_is_one_ring_and_a_ring_of_before_counts() {
        let bell = Bell::new();
        (0..1000).for_each(|_| bell.ringer().ring());
        let start = Instant::now();
        assert_eq!(bell.wait(LONG), Woken::Rung);
        assert!(start.elapsed() >= QUIET && start.elapsed() < LONG);
        assert_eq!(bell.wait(Duration::ZERO), Woken::Quiet);
    }

    #[test]
    fn under_a_long_burst_the_watcher_looks_once_in_a_while() {
        let bell = Bell::new();
        let ringer = bell.ringer();
        let start = Instant::now();
        let burst = thread::spawn(move || {
            while start.elapsed() < AT_MOST * 2 {
                ringer.ring();
                thread::sleep(Duration::from_millis(5));
            }
        });
        assert_eq!(bell.wait(LONG), Woken::Rung);
        assert!(start.elapsed() < AT_MOST * 2, "{:?}", start.elapsed());
        burst.join().unwrap();
    }

    #[test]
    fn a_wish_to_stop_is_never_lost() {
        let bell = Bell::new();
        bell.ringer().ring();
        bell.ringer().stop();
        assert_eq!(bell.wait(LONG), Woken::Stopped);
        assert_eq!(bell.wait(LONG), Woken::Stopped);
    }
}
