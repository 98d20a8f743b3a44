//! When the watcher looks at the vault: what the clocks and the bell say, and nothing else.
//!
//! It never sleeps towards a moment of the clock: each tick asks anew what day it is and compares both clocks, so
//! nights asleep, clocks that are set, journeys and summer time need no care of their own.

use crate::text::day::Day;
use std::time::Duration;

/// It wakes at least so often, to look at the clocks.
pub const TICK: Duration = Duration::from_secs(30);

/// It looks at the vault at least so often, whatever the system tells: events can be lost.
pub const RECONCILE: Duration = Duration::from_secs(5 * 60);

/// If the two clocks disagree by more than this from one tick to the next, one of them has jumped.
const JUMP: Duration = Duration::from_secs(5);

/// What the clocks show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Time that never goes back.
    pub running: Duration,
    /// The clock on the wall.
    pub wall: Duration,
    /// The day that it is.
    pub day: Day,
}

/// Why it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It has just begun.
    Start,
    /// Somebody rang: something has changed.
    Rung,
    /// The clocks disagree by so much.
    Jump(Duration),
    /// It is another day.
    DayTurned,
    /// It was put off until now.
    PutOff,
    /// It is some time since the last look.
    Interval,
}

/// What a look leaves behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Next {
    /// The day for which it looked.
    pub day: Day,
    /// How soon it wants to look again, where it left something undone.
    pub again: Option<Duration>,
    /// How soon it looks again in any case.
    pub every: Duration,
}

/// When to look again.
#[derive(Debug, Clone, Copy, Default)]
pub struct Schedule {
    ticked: Option<Moment>,
    looked: Option<Looked>,
}

#[derive(Debug, Clone, Copy)]
struct Looked {
    at: Duration,
    next: Next,
}

impl Schedule {
    /// Why to look now, where there is a reason.
    pub fn reason(&mut self, now: Moment, rung: bool) -> Option<Reason> {
        let before = self.ticked.replace(now);
        let Some(looked) = self.looked else { return Some(Reason::Start) };
        let jump = before.map_or(Duration::ZERO, |before| disagreement(before, now));
        if jump > JUMP {
            Some(Reason::Jump(jump))
        } else if now.day != looked.next.day {
            Some(Reason::DayTurned)
        } else if rung {
            Some(Reason::Rung)
        } else if looked.is_put_off_until(now.running) {
            Some(Reason::PutOff)
        } else {
            (now.running.saturating_sub(looked.at) >= looked.next.every).then_some(Reason::Interval)
        }
    }

    /// Remembers that a look ended at `running`.
    pub fn looked(&mut self, running: Duration, next: Next) {
        self.looked = Some(Looked { at: running, next });
    }

    /// How long to wait for the bell at most.
    pub fn patience(&self, running: Duration) -> Duration {
        let Some(looked) = self.looked else { return Duration::ZERO };
        let due = looked.next.again.unwrap_or(looked.next.every).min(looked.next.every);
        looked.at.saturating_add(due).saturating_sub(running).min(TICK)
    }
}

impl Looked {
    fn is_put_off_until(&self, running: Duration) -> bool {
        self.next.again.is_some_and(|again| running.saturating_sub(self.at) >= again)
    }
}

fn disagreement(before: Moment, now: Moment) -> Duration {
    let wall = now.wall.abs_diff(before.wall);
    let set_back = now.wall < before.wall;
    let running = now.running.saturating_sub(before.running);
    if set_back { wall.saturating_add(running) } else { wall.abs_diff(running) }
}

#[cfg(test)]
mod tests {
    use crate::app::schedule::{Moment, Next, RECONCILE, Reason, Schedule, TICK};
    use crate::text::day::Day;
    use proptest::prelude::*;
    use std::time::Duration;

    const START: u64 = 1_795_000_000;

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn moment(running: u64, wall: u64, day: &str) -> Moment {
        let day = Day::parse(day).unwrap();
        Moment { running: seconds(running), wall: seconds(START + wall), day }
    }

    fn next(day: &str, again: Option<u64>) -> Next {
        Next { day: Day::parse(day).unwrap(), again: again.map(seconds), every: RECONCILE }
    }

    /// A schedule that looked at second 100 of the 21st.
    fn looked(again: Option<u64>) -> Schedule {
        let mut schedule = Schedule::default();
        assert_eq!(schedule.patience(seconds(100)), Duration::ZERO);
        assert_eq!(schedule.reason(moment(100, 100, "2026-11-21"), false), Some(Reason::Start));
        schedule.looked(seconds(100), next("2026-11-21", again));
        schedule
    }

    #[test]
    fn a_quiet_vault_is_looked_at_every_few_minutes() {
        let mut schedule = looked(None);
        let mut looks = Vec::new();
        for tick in (130..1000).step_by(30) {
            if let Some(reason) = schedule.reason(moment(tick, tick, "2026-11-21"), false) {
                looks.push((tick, reason));
                schedule.looked(seconds(tick), next("2026-11-21", None));
            }
        }
        assert_eq!(looks, [(400, Reason::Interval), (700, Reason::Interval)]);
    }

    #[test]
    fn a_ring_is_a_reason_and_what_was_put_off_is_one_in_time() {
        assert_eq!(looked(None).reason(moment(101, 101, "2026-11-21"), true), Some(Reason::Rung));
        let mut schedule = looked(Some(7));
        assert_eq!(schedule.patience(seconds(102)), seconds(5));
        assert_eq!(schedule.reason(moment(106, 106, "2026-11-21"), false), None);
        assert_eq!(schedule.reason(moment(107, 107, "2026-11-21"), false), Some(Reason::PutOff));
    }

    #[test]
    fn the_day_turns_when_the_clock_here_says_so() {
        let mut schedule = looked(None);
        assert_eq!(schedule.reason(moment(110, 110, "2026-11-21"), false), None);
        let turned = schedule.reason(moment(111, 111, "2026-11-22"), false);
        assert_eq!(turned, Some(Reason::DayTurned));
        schedule.looked(seconds(111), next("2026-11-22", None));
        assert_eq!(schedule.reason(moment(112, 112, "2026-11-22"), false), None);
    }

    #[test]
    fn a_night_asleep_and_a_clock_that_was_set_are_noticed() {
        // The machine slept: the time that runs stood still.
        let slept = looked(None).reason(moment(130, 130 + 8 * 3600, "2026-11-21"), false);
        assert_eq!(slept, Some(Reason::Jump(seconds(8 * 3600))));
        // The clock was set back an hour.
        let back = looked(None).reason(moment(4000, 430, "2026-11-21"), false);
        assert_eq!(back, Some(Reason::Jump(seconds(3570))));
        let before = looked(None).reason(moment(130, 40, "2026-11-21"), false);
        assert_eq!(before, Some(Reason::Jump(seconds(90))));
        // A time server set it by a second.
        assert_eq!(looked(None).reason(moment(130, 131, "2026-11-21"), false), None);
    }

    proptest! {
        #[test]
        fn it_never_waits_longer_than_a_tick_and_a_new_day_never_waits_longer_than_the_next(
            again: Option<u32>, ran in 0..100_000_u64, wall: u32,
        ) {
            let mut schedule = looked(again.map(u64::from));
            prop_assert!(schedule.patience(seconds(100 + ran)) <= TICK);
            let tick = moment(100 + ran, u64::from(wall), "2026-11-22");
            prop_assert!(schedule.reason(tick, false).is_some());
        }

        #[test]
        fn it_never_wakes_without_a_reason_before_a_tick_is_over(
            again: Option<u16>, ran in 0..1000_u64,
        ) {
            let mut schedule = looked(again.map(u64::from));
            let patience = schedule.patience(seconds(100 + ran));
            let tick = moment(100 + ran, 100 + ran, "2026-11-21");
            schedule.ticked = Some(tick);
            let looks = schedule.reason(tick, false).is_some();
            prop_assert_eq!(patience.is_zero(), looks);
        }
    }
}
