//! Signals: held back while the screen belongs to somebody else or must be given back in order, and taken as a wish to
//! stop by whoever works until told otherwise.
//!
//! Always true here: without a hold and without a [`StopSignals`] every signal does what it does to any program.

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::flag::{register, register_conditional_default};
use signal_hook::iterator::{Handle, Signals};
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

/// Some signals with what is known of them.
struct Watched {
    // Whether they end the program, as they do by themselves.
    armed: Arc<AtomicBool>,
    // Whether one came while they did not.
    came: Arc<AtomicBool>,
}

impl Watched {
    fn new(signals: &[i32]) -> Watched {
        let watched = Watched { armed: Arc::new(AtomicBool::new(true)), came: Arc::default() };
        for signal in signals {
            // Where the system refuses, the signal keeps doing what it does.
            let _ = register_conditional_default(*signal, Arc::clone(&watched.armed))
                .and_then(|_| register(*signal, Arc::clone(&watched.came)));
        }
        watched
    }
}

static INTERRUPT: OnceLock<Watched> = OnceLock::new();
static END: OnceLock<Watched> = OnceLock::new();

/// A hold; dropping it lets the signals through again.
pub struct Hold {
    watched: &'static Watched,
}

/// Holds back Ctrl-C: it is meant for the program in front, such as a pager or an editor.
pub fn hold_interrupts() -> Hold {
    Hold::new(INTERRUPT.get_or_init(|| Watched::new(&[SIGINT])))
}

/// Holds back the wishes to end, so that the screen can be given back first.
pub fn hold_endings() -> Hold {
    Hold::new(END.get_or_init(|| Watched::new(&[SIGTERM, SIGHUP])))
}

impl Hold {
    fn new(watched: &'static Watched) -> Hold {
        watched.came.store(false, Ordering::SeqCst);
        watched.armed.store(false, Ordering::SeqCst);
        Hold { watched }
    }

    /// Whether a signal came since.
    pub fn came(&self) -> bool {
        self.watched.came.load(Ordering::SeqCst)
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.watched.armed.store(true, Ordering::SeqCst);
    }
}

/// Ends the program as a wish to end would have; called when the screen has been given back.
pub fn end() {
    let _ = signal_hook::low_level::emulate_default_handler(SIGTERM);
}

/// A second signal within this is the same wish: some programs send two at once.
const SAME_WISH: Duration = Duration::from_millis(500);

/// As long as this lives, SIGINT and SIGTERM are a wish to stop, which is followed when what is being done is done.
///
/// SIGHUP keeps its meaning: a terminal that closes ends the process at once, and `nohup` still works. A commit that is
/// cut off so is settled by the next command, as after a crash.
#[derive(Debug)]
pub struct StopSignals {
    handle: Handle,
}

impl StopSignals {
    /// The first signal calls `stop`, in a thread of its own; one that comes later ends the process as it would have
    /// without us, since somebody has lost their patience.
    pub fn tell(stop: impl Fn() + Send + 'static) -> io::Result<StopSignals> {
        let mut signals = Signals::new([SIGINT, SIGTERM])?;
        let handle = signals.handle();
        thread::Builder::new().name("signals".to_owned()).spawn(move || {
            let mut first: Option<Instant> = None;
            for signal in signals.forever() {
                match first {
                    None => stop(),
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
