//! A word about long work: shown on a terminal only, and only where the work lasts longer than half a second.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::Duration;

/// Shorter work is done before anybody wonders.
const PATIENCE: Duration = Duration::from_millis(500);

/// How far some work is. Dropping it wipes what it showed.
pub struct Progress {
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Work that is called `what` (`reading notes`); silent where nobody would see it.
    pub fn new(what: &'static str, wanted: bool) -> Progress {
        let bar = wanted.then(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
            let style = ProgressStyle::with_template("{msg} {human_pos}");
            bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
                .with_message(what)
        });
        Progress { bar }
    }

    /// So many more are done.
    pub fn advance(&self, count: usize) {
        let Some(bar) = &self.bar else { return };
        bar.inc(u64::try_from(count).unwrap_or(0));
        if bar.is_hidden() && bar.elapsed() > PATIENCE {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
