//! Habits: whether one waits today, how it went of late, and its streak (section 6 of the format).
//!
//! Clocks stand still while the owner is away, and on days that are excused: such days count neither way. Today, not
//! yet ticked, breaks nothing.

use crate::features::settings::Settings;
use crate::people::habit::{Grace, Habit, Schedule};
use crate::text::day::{Day, WEEKDAYS};
use crate::text::phrase;
use std::collections::{BTreeMap, HashMap};

/// Scheduled days that "of the last 7 days" looks back over.
const RECENT: usize = 7;

/// How a habit stands on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Whether it waits for a tick today.
    pub today: Today,
    /// How it went of late: `6 of the last 7 days`, `2 of 3 this week`. `None` where there is nothing good to say.
    pub recently: Option<String>,
    /// Scheduled days (or weeks, or months) kept in a row, up to today.
    pub streak: u32,
    /// What is enough for a fresh start, where the streak is at its beginning and the habit is not new.
    pub recovery: Option<String>,
}

/// What today asks of a habit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Today {
    /// It waits for a tick.
    Open,
    /// It is ticked.
    Done,
    /// It rests: not scheduled today, often enough already, excused, paused, not begun, or the owner is away.
    Rests,
}

/// How `habit` stands on `day`.
pub fn standing(habit: &Habit, day: Day, settings: &Settings) -> Standing {
    let ticks = Ticks::new(habit, day, settings);
    let today = ticks.today();
    let (streak, misses) = match &habit.schedule {
        Schedule::TimesPerWeek(times) => ticks.streak_of_spans(*times, Day::monday, 7),
        Schedule::TimesPerMonth(times) => ticks.streak_of_spans(*times, Day::first_of_month, 31),
        Schedule::Daily | Schedule::On(_) => ticks.streak_of_days(),
    };
    let recovery = (streak == 0 && misses > 0 && today == Today::Open)
        .then(|| habit.recovery.clone().unwrap_or_else(|| "A small step is enough".to_owned()));
    Standing { today, recently: ticks.recently(), streak, recovery }
}

/// The ticks of one habit up to one day.
struct Ticks<'a> {
    habit: &'a Habit,
    settings: &'a Settings,
    day: Day,
    // The first day that counts; after `day` where it has not begun.
    start: Day,
    // Whether the day is excused, else done. A day that is both is done.
    ticked: BTreeMap<Day, bool>,
}

impl<'a> Ticks<'a> {
    fn new(habit: &'a Habit, day: Day, settings: &'a Settings) -> Ticks<'a> {
        let mut ticked = BTreeMap::new();
        for entry in habit.entries.iter().filter(|entry| entry.day <= day) {
            let excused = ticked.entry(entry.day).or_insert(true);
            *excused = *excused && entry.excused;
        }
        let first = ticked.keys().next().copied();
        let start = match (habit.created, first) {
            (Some(created), Some(first)) => created.min(first),
            (created, first) => created.or(first).unwrap_or(day),
        };
        Ticks { habit, settings, day, start, ticked }
    }

    fn today(&self) -> Today {
        match self.ticked.get(&self.day) {
            Some(false) => Today::Done,
            None if self.waits() => Today::Open,
            Some(true) | None => Today::Rests,
        }
    }

    fn waits(&self) -> bool {
        let scheduled = match &self.habit.schedule {
            Schedule::Daily => true,
            Schedule::On(days) => days.contains(&self.day.weekday()),
            Schedule::TimesPerWeek(times) => self.done_from(self.day.monday()) < *times,
            Schedule::TimesPerMonth(times) => self.done_from(self.day.first_of_month()) < *times,
        };
        scheduled
            && !self.habit.paused
            && self.start <= self.day
            && !self.settings.is_away(self.day)
    }

    fn is_done(&self, day: Day) -> bool {
        self.ticked.get(&day) == Some(&false)
    }

    fn done_from(&self, first: Day) -> u32 {
        self.done_between(first, self.day)
    }

    fn done_between(&self, first: Day, last: Day) -> u32 {
        let done = self.ticked.range(first..=last).filter(|(_, excused)| !**excused).count();
        u32::try_from(done).unwrap_or(u32::MAX)
    }

    /// Whether `day` counts for a habit with fixed days.
    fn counts(&self, day: Day) -> bool {
        let scheduled = match &self.habit.schedule {
            Schedule::On(days) => days.contains(&day.weekday()),
            _ => true,
        };
        let excused = self.ticked.get(&day) == Some(&true);
        scheduled && !excused && !self.settings.is_away(day)
    }

    fn recently(&self) -> Option<String> {
        let (done, of, span) = match &self.habit.schedule {
            Schedule::TimesPerWeek(times) => {
                (self.done_from(self.day.monday()), *times, "this week")
            }
            Schedule::TimesPerMonth(times) => {
                (self.done_from(self.day.first_of_month()), *times, "this month")
            }
            Schedule::Daily | Schedule::On(_) => return self.recent_days(),
        };
        (done > 0).then(|| format!("{done} of {} {span}", of.max(done)))
    }

    /// Over the last seven scheduled days, today only where it is ticked.
    fn recent_days(&self) -> Option<String> {
        let last = if self.is_done(self.day) { self.day } else { self.day.plus_days(-1) };
        let days = days_back(last, self.start).filter(|day| self.counts(*day)).take(RECENT);
        let done = days.map(|day| self.is_done(day)).collect::<Vec<_>>();
        let kept = done.iter().filter(|done| **done).count();
        let noun = match &self.habit.schedule {
            Schedule::On(days) if days.as_slice() != &WEEKDAYS[..5] => "times",
            _ => "days",
        };
        match (kept, done.len()) {
            (0, _) | (_, 0) => None,
            (1, 1) => Some(format!("1 of 1 {}", noun.trim_end_matches('s'))),
            (kept, of) => Some(format!("{kept} of the last {of} {noun}")),
        }
    }

    /// The streak of days and how many misses there were in all.
    fn streak_of_days(&self) -> (u32, u32) {
        let mut misses = Misses::new(self.habit.grace);
        let mut streak = 0;
        let mut day = self.start;
        while day < self.day {
            if self.is_done(day) && self.counts(day) {
                streak += 1;
            } else if self.counts(day) && misses.breaks(day, 1) {
                streak = 0;
            }
            day = day.plus_days(1);
        }
        let today = u32::from(self.is_done(self.day) && self.counts(self.day));
        (streak + today, misses.total)
    }

    /// The streak of weeks or months, from the first day of each; the first one and those with days away or excused
    /// may fall short.
    fn streak_of_spans(&self, times: u32, first_of: fn(Day) -> Day, step: i64) -> (u32, u32) {
        let mut misses = Misses::new(self.habit.grace);
        let mut streak = 0;
        let mut first = first_of(self.start);
        while first < first_of(self.day) {
            let next = first_of(first.plus_days(step));
            let short = times.saturating_sub(self.done_between(first, next.plus_days(-1)));
            if short == 0 {
                streak += 1;
            } else if !self.may_fall_short(first, next) && misses.breaks(first, short) {
                streak = 0;
            }
            first = next;
        }
        let current = u32::from(self.done_from(first) >= times);
        (streak + current, misses.total)
    }

    fn may_fall_short(&self, first: Day, next: Day) -> bool {
        let excused = self.ticked.range(first..next).any(|(_, excused)| *excused);
        let away = self.settings.away.iter().any(|away| away.from < next && first <= away.to);
        first < self.start || excused || away
    }
}

fn days_back(last: Day, first: Day) -> impl Iterator<Item = Day> {
    let count = first.days_until(last) + 1;
    (0..count.max(0)).map(move |back| last.plus_days(-back))
}

/// Misses, some of which are forgiven.
struct Misses {
    grace: Option<Grace>,
    // For each week or month, by its first day.
    counted: HashMap<Day, u32>,
    total: u32,
}

impl Misses {
    fn new(grace: Option<Grace>) -> Misses {
        Misses { grace, counted: HashMap::new(), total: 0 }
    }

    /// Whether `more` misses on `day` are more than is forgiven in its week or month.
    fn breaks(&mut self, day: Day, more: u32) -> bool {
        self.total += 1;
        let Some(grace) = self.grace else { return true };
        let span = if grace.per_month { day.first_of_month() } else { day.monday() };
        let counted = self.counted.entry(span).or_insert(0);
        *counted = counted.saturating_add(more);
        *counted > grace.count
    }
}

/// `Walk 20 minutes after lunch`: the habit with the routine that it is stacked on.
pub fn title(habit: &Habit) -> String {
    match &habit.after {
        Some(after) => format!("{} after {after}", habit.name),
        None => habit.name.clone(),
    }
}

/// How many in a row, as it is said: `three days in a row`; nothing below three.
pub fn streak_words(habit: &Habit, streak: u32) -> Option<String> {
    let (one, many) = match &habit.schedule {
        Schedule::Daily => ("day", "days"),
        Schedule::On(_) => ("time", "times"),
        Schedule::TimesPerWeek(_) => ("week", "weeks"),
        Schedule::TimesPerMonth(_) => ("month", "months"),
    };
    let count = usize::try_from(streak).unwrap_or(usize::MAX);
    (streak >= 3).then(|| format!("{} in a row", phrase::count(count, one, many)))
}

#[cfg(test)]
mod tests {
    use crate::features::habits::standing;
    use crate::features::settings::Settings;
    use crate::note::path::NotePath;
    use crate::people::habit::{Grace, Habit, HabitEntry, Schedule};
    use crate::text::day::{Day, WEEKDAYS, Weekday};
    use crate::text::day_range::DayRange;
    use crate::text::span::Span;
    use proptest::prelude::*;

    fn known(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    /// A habit with ticks on `entries`, days of November 2026; `e` in front means excused.
    fn habit(schedule: Schedule, entries: &str) -> Habit {
        let entry = |text: &str| HabitEntry {
            day: Day::new(2026, 11, text.trim_start_matches('e').parse().unwrap()).unwrap(),
            excused: text.starts_with('e'),
            text: String::new(),
            line: 1,
            span: Span::at(0),
        };
        Habit {
            path: NotePath::new("habits/walk.md").unwrap(),
            identity: "habits/walk".to_owned(),
            name: "Walk".to_owned(),
            schedule,
            after: None,
            with: Vec::new(),
            recovery: Some("Five minutes is enough".to_owned()),
            grace: None,
            done_by: None,
            report: None,
            created: None,
            paused: false,
            entries: entries.split_whitespace().map(entry).collect(),
        }
    }

    fn weekdays() -> Schedule {
        Schedule::On(WEEKDAYS[..5].to_vec())
    }

    /// On Saturday, 21 November 2026, or another day of that month.
    fn check(habit: &Habit, day: u32, expected: &str) {
        let settings = Settings {
            away: vec![DayRange::parse("2026-11-25..2026-11-27").unwrap()],
            ..Settings::default()
        };
        let shown = standing(habit, Day::new(2026, 11, day).unwrap(), &settings);
        let recently = shown.recently.unwrap_or_default();
        let recovery = shown.recovery.map(|text| format!(" · {text}")).unwrap_or_default();
        assert_eq!(
            format!("{:?} · {recently} · {}{recovery}", shown.today, shown.streak),
            expected
        );
    }

    #[test]
    fn today_unticked_breaks_nothing() {
        let daily = habit(Schedule::Daily, "14 16 17 18 19 20");
        check(&daily, 20, "Done · 6 of the last 7 days · 5");
        check(&daily, 21, "Open · 6 of the last 7 days · 5");
        check(&habit(Schedule::Daily, ""), 21, "Open ·  · 0");
        check(&habit(Schedule::Daily, "21"), 21, "Done · 1 of 1 day · 1");
    }

    #[test]
    fn a_miss_shows_the_recovery_line_and_no_zero() {
        check(&habit(Schedule::Daily, "12 13"), 21, "Open ·  · 0 · Five minutes is enough");
        check(
            &habit(Schedule::Daily, "18 19"),
            21,
            "Open · 2 of the last 3 days · 0 · Five minutes is enough",
        );
    }

    #[test]
    fn only_scheduled_days_count() {
        let walk = habit(weekdays(), "11 12 13 16 17 18 19 20");
        check(&walk, 21, "Rests · 7 of the last 7 days · 8");
        check(&walk, 23, "Open · 7 of the last 7 days · 8");
        let twice = habit(Schedule::On(vec![Weekday::Wednesday, Weekday::Sunday]), "11 15 18");
        check(&twice, 22, "Open · 3 of the last 3 times · 3");
    }

    #[test]
    fn excused_days_and_days_away_count_neither_way() {
        check(&habit(Schedule::Daily, "17 18 e19 20"), 21, "Open · 3 of the last 3 days · 3");
        check(&habit(Schedule::Daily, "e21"), 21, "Rests ·  · 0");
        let before = habit(Schedule::Daily, "22 23 24");
        check(&before, 26, "Rests · 3 of the last 3 days · 3");
        check(&before, 28, "Open · 3 of the last 3 days · 3");
    }

    #[test]
    fn grace_forgives_some_misses_a_week() {
        let forgiving = |entries: &str| Habit {
            grace: Some(Grace { count: 1, per_month: false }),
            ..habit(Schedule::Daily, entries)
        };
        check(&forgiving("14 16 17 19 20"), 21, "Open · 5 of the last 7 days · 5");
        check(&forgiving("16 19 20"), 21, "Open · 3 of the last 5 days · 2");
        // One a week is forgiven: Sunday's and Wednesday's are in different weeks.
        check(&forgiving("14 16 17 19"), 20, "Open · 4 of the last 6 days · 4");
    }

    #[test]
    fn so_many_a_week_waits_until_the_number_is_reached() {
        let word = |entries| habit(Schedule::TimesPerWeek(3), entries);
        check(&word("9 10 11 16"), 21, "Open · 1 of 3 this week · 1");
        check(&word("9 10 11 16 17 19"), 21, "Rests · 3 of 3 this week · 2");
        check(&word("2 3 4 9"), 16, "Open ·  · 0 · Five minutes is enough");
        check(&word("2 3 4 9 e10"), 16, "Open ·  · 1");
        let letter = habit(Schedule::TimesPerMonth(1), "8");
        check(&letter, 7, "Open ·  · 0");
        check(&letter, 21, "Rests · 1 of 1 this month · 1");
    }

    #[test]
    fn a_paused_habit_rests() {
        check(
            &Habit { paused: true, ..habit(Schedule::Daily, "20") },
            21,
            "Rests · 1 of 1 day · 1",
        );
    }

    #[test]
    fn a_habit_waits_from_the_day_on_which_it_began() {
        let new = Habit { created: Some(known("2026-11-20")), ..habit(Schedule::Daily, "") };
        check(&new, 19, "Rests ·  · 0");
        check(&new, 20, "Open ·  · 0");
    }

    proptest! {
        #[test]
        fn one_more_tick_never_shortens_a_streak(days in prop::collection::btree_set(1u32..28, 0..20), more in 1u32..28, times in 0u32..4) {
            let schedule = if times == 0 { Schedule::Daily } else { Schedule::TimesPerWeek(times) };
            let entries = |days: &std::collections::BTreeSet<u32>| days.iter().map(u32::to_string).collect::<Vec<_>>().join(" ");
            let created = Some(known("2026-11-01"));
            let fewer = Habit { created, ..habit(schedule.clone(), &entries(&days)) };
            let mut with = days.clone();
            with.insert(more);
            let more = Habit { created, ..habit(schedule, &entries(&with)) };
            let (day, settings) = (known("2026-11-28"), Settings::default());
            prop_assert!(standing(&more, day, &settings).streak >= standing(&fewer, day, &settings).streak);
        }
    }
}
