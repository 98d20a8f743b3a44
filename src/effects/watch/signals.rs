//! SIGINT and SIGTERM: a wish to stop, which the watcher follows when what it does is done.
//!
//! SIGHUP keeps its meaning: a terminal that closes ends the watcher at once, and `nohup` still works. A commit that
//! is cut off so is settled by the next command, as after a crash.

use crate::effects::watch::bell::Ringer;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::{Handle, Signals};
use std::io;
use std::thread;
use std::time::{Duration, Instant};

/// A second signal within this is the same wish: some programs send two at once.
const SAME_WISH: Duration = Duration::from_millis(500);

/// As long as this lives, signals ring a bell instead of ending the process.
#[derive(Debug)]
pub struct StopSignals {
    handle: Handle,
}

impl StopSignals {
    /// The first signal asks to stop through `ringer`; one that comes later ends the process as it would have without
    /// us, since somebody has lost their patience.
    pub fn ring(ringer: Ringer) -> io::Result<StopSignals> {
        let mut signals = Signals::new([SIGINT, SIGTERM])?;
        let handle = signals.handle();
        thread::Builder::new().name("signals".to_owned()).spawn(move || {
            let mut first: Option<Instant> = None;
            for signal in signals.forever() {
                match first {
                    None => ringer.stop(),
                    Some(first) if first.elapsed() < SAME_WISH => {}
                    Some(_) => {
                        let _ = signal_hook::low_level::emulate_default_handler(signal);
                    }
                }
                first.get_or_insert_with(Instant::now);
            }
        })?;
        Ok(StopSignals { handle })
    }
}

impl Drop for StopSignals {
    fn drop(&mut self) {
        self.handle.close();
    }
}
