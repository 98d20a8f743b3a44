//! Signals held back while the screen belongs to somebody else, or must be given back in order.
//!
//! Always true here: without a hold every signal does what it does to any program.

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::flag::{register, register_conditional_default};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

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
