//! Whether the agenda has rested: nobody has changed it for a while, so nobody is likely to be typing in it.
//!
//! Judged by its bytes and by the time that runs, not by its time stamp, which sync tools set as they like; only the
//! very first look has nothing but the stamp.

use crate::text::fingerprint::hash;
use std::time::Duration;

/// What is known of the file.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rest {
    seen: Option<Seen>,
}

#[derive(Debug, Clone, Copy)]
struct Seen {
    /// Of its text; `None` where there was no file. A file that is gone may be one that an editor is about to write.
    mark: Option<u64>,
    /// When it was first seen so, on the clock that runs.
    at: Duration,
    /// For how long it had rested by then.
    before: Duration,
}

impl Rest {
    /// Takes note of what the file holds; `age` is how old its time stamp says it is, and is asked at the first look
    /// only. Whether it is not what it was, or what we wrote.
    pub fn see(
        &mut self,
        text: Option<&str>,
        running: Duration,
        age: impl FnOnce() -> Option<Duration>,
    ) -> bool {
        let mark = text.map(|text| hash(&[text]));
        match self.seen {
            Some(seen) if seen.mark == mark => false,
            Some(_) => {
                self.seen = Some(Seen { mark, at: running, before: Duration::ZERO });
                true
            }
            None => {
                // A vault without an agenda waits for one.
                let before = if mark.is_some() { age().unwrap_or_default() } else { Duration::MAX };
                self.seen = Some(Seen { mark, at: running, before });
                true
            }
        }
    }

    /// Takes note that we wrote `text`. A file that had rested has rested still.
    pub fn wrote(&mut self, text: &str, running: Duration) {
        let mark = Some(hash(&[text]));
        self.seen = Some(Seen { mark, at: running, before: Duration::MAX });
    }

    /// How long it must still rest, to have rested for `settle`; `None` where it has.
    pub fn lacks(&self, running: Duration, settle: Duration) -> Option<Duration> {
        let seen = self.seen?;
        let rested = running.saturating_sub(seen.at).saturating_add(seen.before);
        Some(settle.saturating_sub(rested)).filter(|lack| !lack.is_zero())
    }
}

#[cfg(test)]
mod tests {
    use crate::app::rest::Rest;
    use std::time::Duration;

    const SETTLE: Duration = Duration::from_secs(120);

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn never() -> Option<Duration> {
        panic!("the time stamp is asked for once")
    }

    #[test]
    fn every_change_begins_the_rest_anew() {
        let mut rest = Rest::default();
        assert!(rest.see(Some("a"), at(0), || Some(at(100))));
        assert_eq!(rest.lacks(at(0), SETTLE), Some(at(20)));
        assert!(!rest.see(Some("a"), at(15), never));
        assert_eq!(rest.lacks(at(20), SETTLE), None);
        assert!(rest.see(Some("b"), at(30), never));
        assert_eq!(rest.lacks(at(149), SETTLE), Some(at(1)));
        assert_eq!(rest.lacks(at(150), SETTLE), None);
    }

    #[test]
    fn what_we_wrote_is_no_change_and_has_rested() {
        let mut rest = Rest::default();
        rest.see(Some("a"), at(0), || Some(at(1000)));
        rest.wrote("b", at(10));
        assert_eq!(rest.lacks(at(10), SETTLE), None);
        assert!(!rest.see(Some("b"), at(11), never));
        assert_eq!(rest.lacks(at(11), SETTLE), None);
    }

    #[test]
    fn a_file_that_vanishes_for_a_moment_is_one_that_is_being_saved() {
        let mut rest = Rest::default();
        rest.see(Some("a"), at(0), || Some(at(1000)));
        assert!(rest.see(None, at(10), never));
        assert_eq!(rest.lacks(at(10), SETTLE), Some(SETTLE));
    }

    #[test]
    fn a_vault_without_an_agenda_gets_one_at_once_and_a_stamp_of_tomorrow_is_none() {
        let mut rest = Rest::default();
        assert!(rest.see(None, at(0), never));
        assert_eq!(rest.lacks(at(0), SETTLE), None);
        let mut rest = Rest::default();
        rest.see(Some("a"), at(0), || None);
        assert_eq!(rest.lacks(at(0), SETTLE), Some(SETTLE));
        assert_eq!(rest.lacks(at(0), Duration::ZERO), None);
    }
}
