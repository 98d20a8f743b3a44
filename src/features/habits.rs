//! Habits: whether one waits today, how it went of late, and its streak (section 6 of the format).
//!
//! Clocks stand still while the owner is away, and on days that are excused: such days count neither way. Today, not
//! yet ticked, breaks nothing. The order in which days were ticked does not matter, nor when that was.

use crate::features::settings::Settings;
use crate::note::link::links;
use crate::note::link_write::without_links;
use crate::people::habit::{Grace, Habit, HabitEntry, Schedule};
use crate::text::day::{Day, WEEKDAYS, Weekday};
use crate::text::fold::fold;
use crate::text::phrase;
use std::collections::{BTreeMap, HashMap, HashSet};

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

/// What became of a day, a week or a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// Done; counts.
    Done,
    /// Done on a day that was not planned, or while away: it counts neither way.
    Besides,
    /// Planned and not done.
    Missed,
    /// The same, and forgiven.
    Forgiven,
    /// Excused.
    Excused,
    /// The owner was away.
    Away,
    /// Nothing was planned.
    NotPlanned,
    /// Today, or the week or month of today, still to be done.
    Open,
}

/// All that became of a habit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// The first day that counts.
    pub start: Day,
    /// Each day from then up to the day asked about; empty where it has not begun.
    pub days: Vec<Mark>,
    /// Each week or month from then by its first day, where the habit is for so many times in one.
    pub spans: Vec<(Day, Mark)>,
    streak: u32,
    misses: u32,
}

impl History {
    /// What became of `day`; `None` before the start and after the day asked about.
    pub fn of(&self, day: Day) -> Option<Mark> {
        usize::try_from(self.start.days_until(day)).ok().and_then(|at| self.days.get(at).copied())
    }
}

/// How `habit` stands on `day`.
pub fn standing(habit: &Habit, day: Day, settings: &Settings) -> Standing {
    let ticks = Ticks::new(habit, day, settings);
    let today = ticks.today();
    let History { streak, misses, .. } = ticks.history();
    let recovery = (streak == 0 && misses > 0 && today == Today::Open)
        .then(|| habit.recovery.clone().unwrap_or_else(|| "A small step is enough".to_owned()));
    Standing { today, recently: ticks.recently(), streak, recovery }
}

/// What became of `habit` up to `day`.
pub fn history(habit: &Habit, day: Day, settings: &Settings) -> History {
    Ticks::new(habit, day, settings).history()
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
    // The last day that counts, of a habit that rests: its last tick.
    end: Day,
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
        let last = ticked.keys().next_back().copied().unwrap_or(start);
        let end = if habit.paused { last } else { day };
        Ticks { habit, settings, day, start, ticked, end }
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

    fn is_excused(&self, day: Day) -> bool {
        self.ticked.get(&day) == Some(&true)
    }

    fn done_from(&self, first: Day) -> u32 {
        self.done_between(first, self.day)
    }

    fn done_between(&self, first: Day, last: Day) -> u32 {
        let done = self.ticked.range(first..=last).filter(|(_, excused)| !**excused).count();
        u32::try_from(done).unwrap_or(u32::MAX)
    }

    fn is_planned(&self, day: Day) -> bool {
        match &self.habit.schedule {
            Schedule::On(days) => days.contains(&day.weekday()),
            _ => true,
        }
    }

    /// Whether `day` counts for a habit with fixed days.
    fn counts(&self, day: Day) -> bool {
        self.is_planned(day)
            && !self.is_excused(day)
            && !self.settings.is_away(day)
            && day <= self.end
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

    fn history(&self) -> History {
        match &self.habit.schedule {
            Schedule::TimesPerWeek(times) => self.history_of_spans(*times, Day::monday, 7),
            Schedule::TimesPerMonth(times) => {
                self.history_of_spans(*times, Day::first_of_month, 31)
            }
            Schedule::Daily | Schedule::On(_) => self.history_of_days(),
        }
    }

    /// Each day, the streak of days, and how many misses there were in all.
    fn history_of_days(&self) -> History {
        let mut misses = Misses::new(self.habit.grace);
        let mut streak = 0;
        let mark = |day| {
            let mark = match self.plain_mark(day) {
                Mark::Missed if !misses.breaks(day, 1) => Mark::Forgiven,
                mark => mark,
            };
            match mark {
                Mark::Done => streak += 1,
                Mark::Missed => streak = 0,
                _ => {}
            }
            mark
        };
        let days = days_from(self.start, self.day).map(mark).collect();
        History { start: self.start, days, spans: Vec::new(), streak, misses: misses.total }
    }

    /// What became of a day, whatever is forgiven.
    fn plain_mark(&self, day: Day) -> Mark {
        match self.counts(day) {
            true if self.is_done(day) => Mark::Done,
            false if self.is_done(day) => Mark::Besides,
            _ if self.is_excused(day) => Mark::Excused,
            _ if self.settings.is_away(day) => Mark::Away,
            true if day == self.day => Mark::Open,
            true => Mark::Missed,
            false => Mark::NotPlanned,
        }
    }

    /// Each week or month, from the first day of each; the first one and those with days away or excused may fall
    /// short.
    fn history_of_spans(&self, times: u32, first_of: fn(Day) -> Day, step: i64) -> History {
        let mut misses = Misses::new(self.habit.grace);
        let (mut streak, mut spans) = (0, Vec::new());
        let mut first = first_of(self.start);
        while first <= first_of(self.day) && self.start <= self.day {
            let next = first_of(first.plus_days(step));
            let is_current = self.day < next;
            let done = self.done_between(first, next.plus_days(-1).min(self.day));
            let short = times.saturating_sub(done);
            let mark = match self.may_fall_short(first, next) {
                _ if short == 0 => Mark::Done,
                _ if is_current => Mark::Open,
                Some(mark) => mark,
                None if misses.breaks(first, short) => Mark::Missed,
                None => Mark::Forgiven,
            };
            match mark {
                Mark::Done => streak += 1,
                Mark::Missed => streak = 0,
                _ => {}
            }
            spans.push((first, mark));
            if next <= first {
                break;
            }
            first = next;
        }
        let days = days_from(self.start, self.day).map(|day| match self.plain_mark(day) {
            // No day is planned more than another.
            Mark::Missed => Mark::NotPlanned,
            Mark::Open if self.today() != Today::Open => Mark::NotPlanned,
            Mark::Besides => Mark::Done,
            mark => mark,
        });
        History { start: self.start, days: days.collect(), spans, streak, misses: misses.total }
    }

    /// Why a week or month may fall short, where it may.
    fn may_fall_short(&self, first: Day, next: Day) -> Option<Mark> {
        let excused = self.ticked.range(first..next).any(|(_, excused)| *excused);
        let away = self.settings.away.iter().any(|away| away.from < next && first <= away.to);
        match first < self.start || self.end < next.plus_days(-1) {
            _ if excused => Some(Mark::Excused),
            _ if away => Some(Mark::Away),
            true => Some(Mark::NotPlanned),
            false => None,
        }
    }
}

fn days_back(last: Day, first: Day) -> impl Iterator<Item = Day> {
    let count = first.days_until(last) + 1;
    (0..count.max(0)).map(move |back| last.plus_days(-back))
}

fn days_from(first: Day, last: Day) -> impl Iterator<Item = Day> {
    let count = first.days_until(last) + 1;
    (0..count.max(0)).map(move |on| first.plus_days(on))
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

/// Habits in the order in which a day goes: each right behind the one that it is stacked on (`after:` names it), the
/// others as they came. A circle of habits that wait for each other begins with its first.
pub fn stacked<'a>(habits: &[&'a Habit]) -> Vec<&'a Habit> {
    let mut below: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut places = HashMap::new();
    for (place, habit) in habits.iter().enumerate() {
        places.entry(fold(&habit.name)).or_insert(place);
        places.entry(fold(habit.path.stem())).or_insert(place);
        places.entry(fold(&habit.identity)).or_insert(place);
    }
    let mut firsts = Vec::new();
    for (place, habit) in habits.iter().enumerate() {
        let before = habit.after.as_deref().and_then(|after| places.get(&fold(&routine(after))));
        match before.filter(|before| **before != place) {
            Some(before) => below.entry(*before).or_default().push(place),
            None => firsts.push(place),
        }
    }
    let (mut ordered, mut seen) = (Vec::new(), HashSet::new());
    // Whatever is not reached from a first one stands in a circle.
    for first in firsts.into_iter().chain(0..habits.len()) {
        let mut waiting = vec![first];
        while let Some(place) = waiting.pop() {
            if seen.insert(place) {
                ordered.extend(habits.get(place).copied());
                waiting.extend(below.get(&place).into_iter().flatten().rev().copied());
            }
        }
    }
    ordered
}

/// The routine that `after:` names: a link as what it points at.
fn routine(after: &str) -> String {
    let link = links(after).next().map(|link| link.target.note);
    link.unwrap_or_else(|| after.trim().to_owned())
}

/// What was written beside the ticks of some days, newest first: the notes of progress.
pub fn notes(habit: &Habit) -> Vec<&HabitEntry> {
    let mut notes = habit.entries.iter().filter(|entry| !entry.text.is_empty()).collect::<Vec<_>>();
    notes.sort_by_key(|entry| std::cmp::Reverse(entry.day));
    notes
}

/// `weekdays`, `every day`, `Wednesday and Sunday`, `three times a week`.
pub fn schedule_words(schedule: &Schedule) -> String {
    let times = |times: u32, span: &str| match times {
        1 => format!("once a {span}"),
        2 => format!("twice a {span}"),
        many => format!("{} times a {span}", phrase::number(many as usize)),
    };
    match schedule {
        Schedule::Daily => "every day".to_owned(),
        Schedule::On(days) if days.as_slice() == &WEEKDAYS[..5] => "weekdays".to_owned(),
        Schedule::On(days) if days.as_slice() == &WEEKDAYS[5..] => "weekends".to_owned(),
        Schedule::On(days) => {
            phrase::list(&days.iter().copied().map(Weekday::name).collect::<Vec<_>>())
        }
        Schedule::TimesPerWeek(count) => times(*count, "week"),
        Schedule::TimesPerMonth(count) => times(*count, "month"),
    }
}

/// `Walk 20 minutes after lunch`: the habit with the routine that it is stacked on.
pub fn title(habit: &Habit) -> String {
    match &habit.after {
        Some(after) => format!("{} after {}", habit.name, without_links(after)),
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
    use crate::features::habits::{Mark, history, schedule_words, stacked, standing};
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

    /// From the first day on: `#` done, `+` besides, `-` missed, `o` forgiven, `e` excused, `a` away, `.` not planned,
    /// `?` open; then each week or month.
    fn check_marks(habit: &Habit, day: u32, expected: &str) {
        let settings = Settings {
            away: vec![DayRange::parse("2026-11-25..2026-11-27").unwrap()],
            ..Settings::default()
        };
        let sign = |mark: Mark| match mark {
            Mark::Done => '#',
            Mark::Besides => '+',
            Mark::Missed => '-',
            Mark::Forgiven => 'o',
            Mark::Excused => 'e',
            Mark::Away => 'a',
            Mark::NotPlanned => '.',
            Mark::Open => '?',
        };
        let history = history(habit, Day::new(2026, 11, day).unwrap(), &settings);
        let days = history.days.iter().map(|mark| sign(*mark)).collect::<String>();
        let spans = history.spans.iter().map(|(_, mark)| sign(*mark)).collect::<String>();
        assert_eq!(format!("{days} {spans}").trim_end(), expected);
    }

    #[test]
    fn every_day_has_one_mark() {
        let grace = Some(Grace { count: 1, per_month: false });
        let walk = Habit { grace, ..habit(weekdays(), "9 10 e12 15 17 20 26") };
        // Monday 9 to Saturday 28: one miss of each week is forgiven, but not the second one.
        check_marks(&walk, 28, "##oe-.+o#--#..o-a+a.");
        check_marks(&habit(Schedule::Daily, "19 20"), 21, "##?");
        check_marks(&habit(Schedule::Daily, "19 20"), 20, "##");
        check_marks(
            &habit(Schedule::TimesPerWeek(2), "4 9 10 17 e24"),
            26,
            "#....##......#......eaa .#-?",
        );
        check_marks(&habit(Schedule::TimesPerMonth(1), "8"), 10, "#.. #");
    }

    #[test]
    fn a_habit_that_rests_keeps_its_streak() {
        let resting = Habit { paused: true, ..habit(Schedule::Daily, "3 4 5") };
        check(&resting, 20, "Rests · 3 of the last 3 days · 3");
    }

    #[test]
    fn habits_stand_behind_those_that_they_are_stacked_on() {
        let named = |name: &str, after: Option<&str>| Habit {
            name: name.to_owned(),
            path: NotePath::new(&format!("habits/{}.md", name.to_lowercase())).unwrap(),
            identity: format!("habits/{}", name.to_lowercase()),
            after: after.map(str::to_owned),
            ..habit(Schedule::Daily, "")
        };
        let check = |habits: &[Habit], expected: &str| {
            let ordered = stacked(&habits.iter().collect::<Vec<_>>());
            let names = ordered.iter().map(|habit| habit.name.as_str()).collect::<Vec<_>>();
            assert_eq!(names.join(" "), expected);
        };
        let habits = [
            named("Abs", Some("tea")),
            named("Bath", Some("[[habits/walk|the walk]]")),
            named("Notes", Some("the news")),
            named("Tea", Some("WALK")),
            named("Walk", None),
        ];
        check(&habits, "Notes Walk Bath Tea Abs");
        let circle = [named("A", Some("B")), named("B", Some("A")), named("C", Some("C"))];
        check(&circle, "C A B");
    }

    #[test]
    fn schedules_are_said_as_people_say_them() {
        assert_eq!(schedule_words(&weekdays()), "weekdays");
        assert_eq!(schedule_words(&Schedule::TimesPerWeek(3)), "three times a week");
        assert_eq!(schedule_words(&Schedule::TimesPerMonth(1)), "once a month");
        let days = Schedule::On(vec![Weekday::Wednesday, Weekday::Sunday]);
        assert_eq!(schedule_words(&days), "Wednesday and Sunday");
    }

    fn schedules() -> impl Strategy<Value = Schedule> {
        prop::sample::select(vec![
            Schedule::Daily,
            weekdays(),
            Schedule::On(vec![Weekday::Wednesday, Weekday::Sunday]),
            Schedule::TimesPerWeek(3),
            Schedule::TimesPerMonth(2),
        ])
    }

    proptest! {
        #[test]
        fn the_order_of_ticks_does_not_matter(
            days in prop::collection::vec((1u32..28, prop::bool::ANY), 0..20),
            schedule in schedules(),
            keys in prop::collection::vec(0u32..1000, 20),
            grace in prop::option::of((0u32..3).prop_map(|count| Grace { count, per_month: false })),
        ) {
            let text = |days: &[(u32, bool)]| {
                let day = |(day, excused): &(u32, bool)| format!("{}{day}", if *excused { "e" } else { "" });
                days.iter().map(day).collect::<Vec<_>>().join(" ")
            };
            let mut shuffled = days.iter().copied().zip(&keys).collect::<Vec<_>>();
            shuffled.sort_by_key(|(_, key)| **key);
            let shuffled = shuffled.into_iter().map(|(day, _)| day).collect::<Vec<_>>();
            let (day, settings) = (known("2026-11-28"), Settings::default());
            let one = Habit { grace, ..habit(schedule.clone(), &text(&days)) };
            let other = Habit { grace, ..habit(schedule, &text(&shuffled)) };
            prop_assert_eq!(standing(&one, day, &settings), standing(&other, day, &settings));
            prop_assert_eq!(history(&one, day, &settings), history(&other, day, &settings));
        }

        #[test]
        fn a_day_that_is_not_planned_never_counts(days in prop::collection::btree_set(1u32..28, 0..20), on in 1u32..28) {
            let created = Some(known("2026-11-01"));
            let text = |days: &std::collections::BTreeSet<u32>| days.iter().map(u32::to_string).collect::<Vec<_>>().join(" ");
            let (day, settings) = (known("2026-11-28"), Settings::default());
            let mut more = days.clone();
            more.insert(on);
            let streak = |days| standing(&Habit { created, ..habit(weekdays(), &text(days)) }, day, &settings).streak;
            let is_planned = weekdays() == Schedule::On(vec![]) || known(&format!("2026-11-{on:02}")).weekday() <= Weekday::Friday;
            prop_assert!(is_planned || streak(&days) == streak(&more));
        }

        #[test]
        fn without_grace_a_streak_is_what_can_be_counted_back(days in prop::collection::btree_set(1u32..29, 0..28)) {
            let text = days.iter().map(u32::to_string).collect::<Vec<_>>().join(" ");
            let today = u32::from(days.contains(&28));
            let before = (1..28).rev().take_while(|day| days.contains(day)).count();
            let standing = standing(&habit(Schedule::Daily, &text), known("2026-11-28"), &Settings::default());
            prop_assert_eq!(standing.streak as usize, before + today as usize);
        }

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
