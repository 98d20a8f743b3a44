//! Telling a partner of the week: `report: weekly` of a habit that somebody is `with`.
//!
//! Always true here: there is something to tell only where the week has a tick. It is asked on the last planned day of
//! the week and the two days after it, and contact with the partner since then settles it.

use crate::features::habit_ticks::with_contact;
use crate::features::habits::{Mark, history, notes};
use crate::features::standing::{Situation, Stop};
use crate::people::book::{Book, ContactId, Touch};
use crate::people::habit::{Habit, Schedule};
use crate::text::day::{Day, Weekday};
use crate::text::fold::fold;

/// The week of a habit, to be told to a partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What the habit is called.
    pub habit: String,
    /// What identifies it.
    pub identity: String,
    /// To whom.
    pub partner: ContactId,
    /// The day on which the week is told.
    pub day: Day,
    /// How often it was done in the week.
    pub done: usize,
    /// How often was planned, as far as the week has come; never less than `done`. `None` where no week has a plan:
    /// `4 per month`.
    pub of: Option<usize>,
    /// The newest note of progress of the week.
    pub note: Option<(Day, String)>,
}

/// A report that was not sent is shown for so many days after its own.
const LATE_DAYS: i64 = 2;

/// What is to be told on the day of `situation`, in the order of the habits.
pub fn reports(situation: &Situation<'_>) -> Vec<Report> {
    let weekly = |habit: &&Habit| {
        habit.report.as_deref().is_some_and(|report| fold(report) == "weekly") && !habit.paused
    };
    let habits = situation.book.habits().filter(weekly);
    habits.flat_map(|habit| of_habit(situation, habit)).collect()
}

/// The people whom a habit is `with`, each once; those whom nobody knows are left out.
pub fn partners(book: &Book, habit: &Habit) -> Vec<ContactId> {
    let mut partners = Vec::new();
    for id in habit.with.iter().filter_map(|link| book.linked(&link.target.note)) {
        if !partners.contains(&id) {
            partners.push(id);
        }
    }
    partners
}

fn of_habit(situation: &Situation<'_>, habit: &Habit) -> Vec<Report> {
    let day = report_day(&habit.schedule, situation.day);
    if situation.settings.is_away(situation.day) || day.days_until(situation.day) > LATE_DAYS {
        return Vec::new();
    }
    let habit = &*with_contact(situation, habit);
    let history = history(habit, situation.day, situation.settings);
    let (from, to) = (day.monday(), day.monday().plus_days(6).min(situation.day));
    let days = (0..=from.days_until(to)).map(|on| from.plus_days(on));
    let marks = days.filter_map(|day| history.of(day)).collect::<Vec<_>>();
    let done = marks.iter().filter(|mark| matches!(mark, Mark::Done | Mark::Besides)).count();
    if done == 0 {
        return Vec::new();
    }
    let planned = [Mark::Done, Mark::Missed, Mark::Forgiven, Mark::Open];
    let planned = match &habit.schedule {
        Schedule::TimesPerMonth(_) => None,
        Schedule::TimesPerWeek(times) => Some(*times as usize),
        _ => Some(marks.iter().filter(|mark| planned.contains(mark)).count()),
    };
    let mut notes = notes(habit).into_iter().filter(|entry| entry.line > 0 && !entry.excused);
    let note = notes.find(|entry| from <= entry.day && entry.day <= to);
    let note = note.map(|entry| (entry.day, entry.text.clone()));
    let is_waiting = |id: &ContactId| is_waiting(situation, *id, day);
    let report = |partner| Report {
        habit: habit.name.clone(),
        identity: habit.identity.clone(),
        partner,
        day,
        done,
        of: planned.map(|planned| planned.max(done)),
        note: note.clone(),
    };
    partners(situation.book, habit).into_iter().filter(is_waiting).map(report).collect()
}

/// Whether a partner is to be told: not silenced, and no contact since the day of the report.
fn is_waiting(situation: &Situation<'_>, id: ContactId, day: Day) -> bool {
    let silenced = situation.standing(id).stop.is_some_and(Stop::is_silence);
    let answered = situation.answered.contains(&id);
    let mut since = situation.past_touches(id).take_while(|touch| touch.day >= day);
    !silenced && !answered && !since.any(|touch| Touch::counts(&touch))
}

/// The newest last planned day of a week, on or before `day`: of a habit without days of its own a Sunday.
fn report_day(schedule: &Schedule, day: Day) -> Day {
    let last = match schedule {
        Schedule::On(days) => days.iter().copied().max().unwrap_or(Weekday::Sunday),
        _ => Weekday::Sunday,
    };
    let this_week = day.monday().plus_days(i64::from(last.number()));
    if this_week <= day { this_week } else { this_week.plus_days(-7) }
}

#[cfg(test)]
mod tests {
    use crate::features::habit_report::reports;
    use crate::features::sample::{book, day};
    use crate::features::settings::Settings;
    use crate::features::standing::Situation;
    use crate::people::vocabulary::Vocabulary;

    const WALK: &str = "---\nhabit: Walk\nschedule: weekdays\nwith: [\"[[Noa]]\", \"[[noa]]\", \"[[Nobody]]\"]\nreport: Weekly\n---\n";

    /// On Saturday, 21 November 2026 and the days around it.
    fn check(habit: &str, noa: &str, on: &str, expected: &str) {
        let noa = format!("---\nname: Noa\n{noa}");
        let book = book(&[("habits/walk.md", habit), ("people/noa.md", &noa)]);
        let (settings, vocabulary) = (Settings::default(), Vocabulary::default());
        let situation = Situation::new(&book, day(on), &settings, &vocabulary);
        let shown = reports(&situation).into_iter().map(|report| {
            let note = report.note.map(|(day, text)| format!(" · {day} {text}"));
            let of = report.of.map_or("any".to_owned(), |of| of.to_string());
            format!("{} {} of {of}{}", report.day, report.done, note.unwrap_or_default())
        });
        assert_eq!(shown.collect::<Vec<_>>().join("\n"), expected, "{on}");
    }

    #[test]
    fn the_week_is_told_on_its_last_planned_day_and_two_days_more() {
        let walk = format!("{WALK}## Log\n- 2026-11-16\n- 2026-11-18 in the rain\n- 2026-11-09\n");
        check(&walk, "---\n", "2026-11-19", "");
        check(&walk, "---\n", "2026-11-20", "2026-11-20 2 of 5 · 2026-11-18 in the rain");
        check(&walk, "---\n", "2026-11-22", "2026-11-20 2 of 5 · 2026-11-18 in the rain");
        check(&walk, "---\n", "2026-11-23", "");
        let thrice = walk.replace("weekdays", "3 per week");
        check(&thrice, "---\n", "2026-11-21", "");
        check(&thrice, "---\n", "2026-11-22", "2026-11-22 2 of 3 · 2026-11-18 in the rain");
        // A month says nothing of how much of it is one week's.
        let of_month = walk.replace("weekdays", "4 per month");
        for day in ["2026-11-22", "2026-11-23"] {
            check(&of_month, "---\n", day, "2026-11-22 2 of any · 2026-11-18 in the rain");
        }
    }

    #[test]
    fn nothing_is_told_without_a_tick_or_after_contact() {
        let walk = format!("{WALK}## Log\n- 2026-11-20\n");
        check(&walk, "---\n", "2026-11-21", "2026-11-20 1 of 1");
        check(&walk, "---\n## Log\n- 2026-11-19 call\n", "2026-11-21", "2026-11-20 1 of 1");
        check(&walk, "---\n## Log\n- 2026-11-20 message\n", "2026-11-21", "");
        check(&walk, "status: archived\n---\n", "2026-11-21", "");
        check(&format!("{WALK}## Log\n- 2026-11-13\n"), "---\n", "2026-11-21", "");
        check(&walk.replace("report: Weekly\n", ""), "---\n", "2026-11-21", "");
        check(&walk.replace("with", "paused: true\nwith"), "---\n", "2026-11-21", "");
    }
}
