//! Habits of the week: how each went, and for those that were missed the choice to keep, to ease or to rest.

use crate::features::agenda::view::{Item, Source};
use crate::features::agenda::wording::{excerpt, plain, sentence};
use crate::features::habit_ticks::with_contact;
use crate::features::habits::title;
use crate::features::review::ground::Ground;
use crate::features::review::ids::id_of;
use crate::features::review::subject::{easier_id, rest_habit_id, times_words};
use crate::features::settings::Settings;
use crate::people::habit::{Habit, HabitEntry, Schedule};
use crate::text::day::Day;
use crate::text::phrase;
use std::collections::BTreeMap;

/// No more habits than these are spoken of.
const MOST: usize = 7;

/// The lines of the habits, in the order of their notes; of those that contact ticks with what it ticked.
pub fn habits(ground: &Ground) -> Vec<Item> {
    let book = ground.situation.book;
    let all = book.habits().filter(|habit| !habit.paused);
    all.take(MOST).flat_map(|habit| of_habit(ground, habit)).collect()
}

fn of_habit(ground: &Ground, habit: &Habit) -> Vec<Item> {
    let last = ground.period.to.min(ground.situation.day).max(ground.period.from);
    let ticked = with_contact(&ground.situation, habit);
    let week = Week::of(&ticked, ground.period.from, last, ground.situation.settings);
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

/// How a habit went in some days.
struct Week {
    done: u32,
    wanted: u32,
}

impl Week {
    fn of(habit: &Habit, from: Day, to: Day, settings: &Settings) -> Week {
        let mut ticks = BTreeMap::new();
        for entry in habit.entries.iter().filter(|entry| (from..=to).contains(&entry.day)) {
            let excused = ticks.entry(entry.day).or_insert(true);
            *excused = *excused && entry.excused;
        }
        let began = habit.entries.iter().map(|entry| entry.day).chain(habit.created).min();
        let days = (0..=from.days_until(to)).map(|ahead| from.plus_days(ahead));
        let counts = |day: &Day| {
            began.is_some_and(|began| began <= *day)
                && !settings.is_away(*day)
                && ticks.get(day) != Some(&true)
                && match &habit.schedule {
                    Schedule::On(on) => on.contains(&day.weekday()),
                    _ => true,
                }
        };
        let counted = u32::try_from(days.filter(counts).count()).unwrap_or(0);
        let done = u32::try_from(ticks.values().filter(|excused| !**excused).count()).unwrap_or(0);
        let wanted = match &habit.schedule {
            Schedule::Daily | Schedule::On(_) => counted,
            Schedule::TimesPerWeek(times) if counted >= 5 => *times,
            // Half a week or some days of a month say nothing yet.
            Schedule::TimesPerWeek(_) | Schedule::TimesPerMonth(_) => 0,
        };
        Week { done, wanted }
    }

    fn is_missed(&self) -> bool {
        self.done * 2 < self.wanted && self.wanted >= 2 || self.done == 0 && self.wanted == 1
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
