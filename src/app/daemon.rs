//! The loop of the watcher: wait, look, wait. What the world is, somebody else says.

use crate::app::schedule::{Moment, Next, Reason, Schedule};
use crate::effects::watch::bell::Woken;
use std::time::Duration;

/// The world as the loop sees it.
pub trait Surroundings {
    /// What the clocks show.
    fn now(&self) -> Moment;
    /// Waits for a ring, for so long at most.
    fn wait(&mut self, at_most: Duration) -> Woken;
    /// Looks at the vault, and does what is to be done.
    fn look(&mut self, reason: Reason, now: Moment) -> Next;
}

/// Runs until somebody asks to stop. What a look has begun is always finished.
pub fn run(world: &mut impl Surroundings) {
    let mut schedule = Schedule::default();
    let mut woken = Woken::Quiet;
    while woken != Woken::Stopped {
        let now = world.now();
        if let Some(reason) = schedule.reason(now, woken == Woken::Rung) {
            let next = world.look(reason, now);
            schedule.looked(world.now().running, next);
        }
        woken = world.wait(schedule.patience(world.now().running));
    }
}

#[cfg(test)]
mod tests {
    use crate::app::daemon::{Surroundings, run};
    use crate::app::schedule::{Moment, Next, RECONCILE, Reason, TICK};
    use crate::effects::watch::bell::Woken;
    use crate::text::day::Day;
    use std::time::Duration;

    /// A world whose clock moves only while somebody waits. Each ring comes at its second.
    struct Play {
        running: u64,
        rings: Vec<u64>,
        day_turns_at: u64,
        ends_at: u64,
        looks: Vec<(u64, Reason)>,
        wakes: usize,
    }

    impl Surroundings for Play {
        fn now(&self) -> Moment {
            let seconds = Duration::from_secs(self.running);
            let day = if self.running < self.day_turns_at { "2026-11-21" } else { "2026-11-22" };
            Moment { running: seconds, wall: seconds, day: Day::parse(day).unwrap() }
        }

        fn wait(&mut self, at_most: Duration) -> Woken {
            self.wakes += 1;
            let end = self.running + at_most.as_secs().max(1);
            if self.ends_at <= end {
                return Woken::Stopped;
            }
            if self.rings.first().is_some_and(|ring| *ring <= end) {
                self.running = self.running.max(self.rings.remove(0));
                return Woken::Rung;
            }
            self.running = end;
            Woken::Quiet
        }

        fn look(&mut self, reason: Reason, now: Moment) -> Next {
            self.looks.push((self.running, reason));
            let again = (reason == Reason::Rung).then_some(Duration::from_secs(3));
            Next { day: now.day, again, every: RECONCILE }
        }
    }

    fn play(rings: &[u64], day_turns_at: u64, ends_at: u64) -> Play {
        let (looks, rings) = (Vec::new(), rings.to_vec());
        let mut play = Play { running: 0, rings, day_turns_at, ends_at, looks, wakes: 0 };
        run(&mut play);
        play
    }

    #[test]
    fn it_looks_at_the_start_when_it_rings_and_when_something_was_put_off() {
        let play = play(&[10], 1000, 60);
        assert_eq!(play.looks, [(0, Reason::Start), (10, Reason::Rung), (13, Reason::PutOff)]);
    }

    #[test]
    fn the_day_turns_within_a_tick_and_a_quiet_night_costs_nothing() {
        let turns_at = 7 * 3600 + 1;
        let play = play(&[], turns_at, 8 * 3600);
        let turned = play.looks.iter().find(|(_, reason)| *reason == Reason::DayTurned).unwrap();
        assert!(turned.0 >= turns_at && turned.0 <= turns_at + TICK.as_secs(), "{turned:?}");
        let night = usize::try_from(8 * 3600 / TICK.as_secs()).unwrap();
        assert!(play.wakes <= night * 2, "{} wakes", play.wakes);
        assert!(play.looks.len() <= 8 * 12 + 2, "{} looks", play.looks.len());
    }

    #[test]
    fn it_stops_when_asked() {
        assert_eq!(play(&[], 1000, 5).looks, [(0, Reason::Start)]);
    }
}
