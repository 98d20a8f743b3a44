//! Habits of the week: how each went, and for those that were missed the choice to keep, to ease or to rest.

use crate::features::agenda::view::{Item, Source};
use crate::features::agenda::wording::{excerpt, plain, sentence};
use crate::features::habit_ticks::with_contact;
use crate::features::habits::{Mark, history, title};
use crate::features::review::ground::Ground;
use crate::features::review::ids::id_of;
use crate::features::review::subject::{easier_id, rest_habit_id, times_words};
use crate::features::standing::Situation;
use crate::people::habit::{Habit, HabitEntry, Schedule};
use crate::text::day::Day;
use crate::text::phrase;

/// No more habits than these are spoken of.
const MOST: usize = 7;

/// The lines of the habits, in the order of their notes; of those that contact ticks with what it ticked.
pub fn habits(ground: &Ground) -> Vec<Item> {
    let book = ground.situation.book;
    let all = book.habits().filter(|habit| !habit.paused);
    all.take(MOST).flat_map(|habit| of_habit(ground, habit)).collect()
}

/// How many more habits there are.
pub fn more(ground: &Ground) -> usize {
    let all = ground.situation.book.habits().filter(|habit| !habit.paused);
    all.count().saturating_sub(MOST)
}

fn of_habit(ground: &Ground, habit: &Habit) -> Vec<Item> {
    let last = ground.period.to.min(ground.situation.day).max(ground.period.from);
    let ticked = with_contact(&ground.situation, habit);
    let week = Week::of(&ticked, ground.period.from, last, &ground.situation);
    let days = ground.period.from..=last;
    let is_missed = week.is_missed();
    let name = plain(&title(habit));
    let mut head = week.told().map_or(name.clone(), |told| format!("{name}: {told}"));
    if is_missed {
        let recovery = habit.recovery.as_deref().unwrap_or("A small step is enough");
        head = format!("{}. {}", head, sentence(recovery));
    }
    let source = || Source::Habit { path: habit.path.clone() };
    let id = id_of('n', &[&habit.identity]);
    let noted = |entry: &&HabitEntry| {
        days.contains(&entry.day) && !entry.excused && !entry.text.trim().is_empty()
    };
    let mut notes = habit.entries.iter().filter(noted).collect::<Vec<_>>();
    notes.sort_by_key(|entry| entry.day);
    let notes = notes
        .iter()
        .map(|entry| format!("{}: {}", entry.day.weekday().name(), excerpt(&entry.text)));
    let mut items = vec![Item { task: false, ..Item::new(id, source(), head, notes.collect()) }];
    if is_missed {
        if let Some(schedule) = easier(&habit.schedule) {
            let text = format!("{}: easier, {schedule}", plain(&habit.name));
            let id = easier_id(habit, &schedule);
            items.push(Item::new(id, source(), text, Vec::new()));
        }
        let text = format!("{}: let it rest", plain(&habit.name));
        items.push(Item::new(rest_habit_id(habit), source(), text, Vec::new()));
    }
    items
}

/// About half as often.
fn easier(schedule: &Schedule) -> Option<String> {
    let half = |times: u32| times.div_ceil(2);
    match schedule {
        Schedule::Daily => Some(times_words(4, "week")),
        Schedule::On(days) if days.len() > 1 => {
            let days = u32::try_from(days.len()).unwrap_or(7);
            Some(times_words(half(days), "week"))
        }
        Schedule::On(_) | Schedule::TimesPerWeek(1) => Some(times_words(2, "month")),
        Schedule::TimesPerWeek(times) => Some(times_words(half(*times), "week")),
        Schedule::TimesPerMonth(times) if *times > 1 => Some(times_words(half(*times), "month")),
        Schedule::TimesPerMonth(_) => None,
    }
}

/// How a habit went in the days of a week that are over, today only where it is ticked.
struct Week {
    done: u32,
    wanted: u32,
    // Of what was wanted, what is missed for good and not forgiven.
    missed: u32,
}

impl Week {
    fn of(habit: &Habit, from: Day, to: Day, situation: &Situation) -> Week {
        let history = history(habit, situation.day, situation.settings);
        let days = (0..=from.days_until(to)).map(|ahead| from.plus_days(ahead));
        let marks = days.filter_map(|day| history.of(day)).collect::<Vec<_>>();
        let count = |wanted: &[Mark]| {
            let count = marks.iter().filter(|mark| wanted.contains(mark)).count();
            u32::try_from(count).unwrap_or(u32::MAX)
        };
        let done = count(&[Mark::Done, Mark::Besides]);
        let (wanted, missed) = match &habit.schedule {
            Schedule::Daily | Schedule::On(_) => {
                (count(&[Mark::Done, Mark::Missed, Mark::Forgiven]), count(&[Mark::Missed]))
            }
            Schedule::TimesPerWeek(times) => {
                let short = times.saturating_sub(done);
                match history.spans.iter().find(|(first, _)| *first == from).map(|(_, mark)| mark) {
                    Some(Mark::Missed) => (*times, short),
                    Some(Mark::Done | Mark::Forgiven) => (*times, 0),
                    Some(Mark::Open) => still_open(habit, &marks, *times, short),
                    _ => (0, 0),
                }
            }
            // Some days of a month say nothing yet.
            Schedule::TimesPerMonth(_) => (0, 0),
        };
        Week { done, wanted, missed }
    }

    fn is_missed(&self) -> bool {
        let kept = self.done.max(self.wanted - self.missed.min(self.wanted));
        kept * 2 < self.wanted && self.wanted >= 2 || kept == 0 && self.wanted == 1
    }

    /// `5 of 5 this week`
    fn told(&self) -> Option<String> {
        match (self.done, self.wanted) {
            (0, _) => None,
            (done, 0) => {
                let times = usize::try_from(done).unwrap_or(usize::MAX);
                Some(format!("{} this week", phrase::count(times, "time", "times")))
            }
            (done, wanted) => Some(format!("{done} of {} this week", wanted.max(done))),
        }
    }
}

/// What is wanted of a week that is not over, and what of it is missed already: what its last days have no room for.
/// Half a week says nothing yet, and one with days away or excused may fall short.
fn still_open(habit: &Habit, marks: &[Mark], times: u32, short: u32) -> (u32, u32) {
    let is_apart = |mark: &Mark| matches!(mark, Mark::Excused | Mark::Away);
    if marks.len() < 5 || marks.iter().any(is_apart) {
        return (0, 0);
    }
    let today = usize::from(marks.last() == Some(&Mark::Done));
    let room = u32::try_from(8_usize.saturating_sub(marks.len() + today)).unwrap_or(0);
    let is_lost = short > room && habit.grace.is_none();
    (times, if is_lost { short } else { 0 })
}
