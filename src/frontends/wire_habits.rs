//! The JSON shape of habits. Within a version fields are only added.

use crate::features::habit_view::HabitView;
use crate::features::habits::{Mark, Today, schedule_words};
use crate::people::book::Book;
use crate::people::habit::HabitEntry;
use crate::text::day::Day;
use serde::Serialize;

/// The answer of `ties habit`.
#[derive(Debug, Serialize)]
pub struct WireHabits {
    /// ISO.
    date: String,
    /// Each right behind the one that it is stacked on.
    habits: Vec<WireHabit>,
}

#[derive(Debug, Serialize)]
struct WireHabit {
    name: String,
    path: String,
    /// In words: `weekdays`, `three times a week`.
    schedule: String,
    /// `open`, `done` or `rests`.
    today: &'static str,
    /// Of a day that contact ticked: `contact with Ana Lima`.
    ticked_by: Option<String>,
    /// `6 of the last 7 days`; nothing where there is nothing good to say.
    recently: Option<String>,
    /// Planned days, weeks or months in a row.
    streak: u32,
    /// What is enough for a fresh start, where there is one to make.
    recovery: Option<String>,
    after: Option<String>,
    with: Vec<WirePartner>,
    done_by: Option<String>,
    /// `weekly` where the partners are told of each week.
    report: Option<String>,
    /// The last 53 weeks, as far as the habit goes back.
    days: Vec<WireDay>,
    /// Of a habit for so many times in a week or a month, each of these, by its first day.
    spans: Vec<WireDay>,
    /// What was written beside ticks, newest first.
    notes: Vec<WireNote>,
}

#[derive(Debug, Serialize)]
struct WirePartner {
    name: String,
    path: String,
}

#[derive(Debug, Serialize)]
struct WireDay {
    /// ISO.
    date: String,
    /// `done`, `besides` (done though not planned), `missed`, `forgiven`, `excused`, `away`, `not-planned` or `open`.
    mark: &'static str,
}

#[derive(Debug, Serialize)]
struct WireNote {
    date: String,
    text: String,
    /// The line in the note; nothing where it follows from contact.
    line: Option<u32>,
}

impl WireHabits {
    /// The shape of `habits` on `day`; `book` is the one they were made from.
    pub fn new(book: &Book, habits: &[HabitView<'_>], day: Day) -> WireHabits {
        let habits = habits.iter().map(|view| habit(book, view, day)).collect();
        WireHabits { date: day.to_string(), habits }
    }
}

/// So many days are told of.
const DAYS: i64 = 53 * 7;

fn habit(book: &Book, view: &HabitView<'_>, day: Day) -> WireHabit {
    let (standing, history) = (&view.standing, &view.history);
    let first = history.start.max(day.plus_days(1 - DAYS));
    let days = (0..=first.days_until(day)).map(|on| first.plus_days(on));
    let days = days.filter_map(|day| history.of(day).map(|mark| wire_day(day, mark)));
    let spans = history.spans.iter().filter(|(start, _)| day.days_until(*start) > -DAYS);
    WireHabit {
        name: view.habit.name.clone(),
        path: view.habit.path.to_string(),
        schedule: schedule_words(&view.habit.schedule),
        today: match standing.today {
            Today::Open => "open",
            Today::Done => "done",
            Today::Rests => "rests",
        },
        ticked_by: view.by_contact(day).map(str::to_owned),
        recently: standing.recently.clone(),
        streak: standing.streak,
        recovery: standing.recovery.clone(),
        after: view.habit.after.clone(),
        with: view
            .partners
            .iter()
            .map(|id| WirePartner {
                name: book.brief(*id).name.clone(),
                path: book.paths()[book.note_of(*id)].to_string(),
            })
            .collect(),
        done_by: view.habit.done_by.clone(),
        report: view.habit.report.clone(),
        days: days.collect(),
        spans: spans.map(|(first, mark)| wire_day(*first, *mark)).collect(),
        notes: view.notes().into_iter().map(note).collect(),
    }
}

fn note(entry: &HabitEntry) -> WireNote {
    let line = (entry.line > 0).then_some(entry.line);
    WireNote { date: entry.day.to_string(), text: entry.text.clone(), line }
}

fn wire_day(day: Day, mark: Mark) -> WireDay {
    let mark = match mark {
        Mark::Done => "done",
        Mark::Besides => "besides",
        Mark::Missed => "missed",
        Mark::Forgiven => "forgiven",
        Mark::Excused => "excused",
        Mark::Away => "away",
        Mark::NotPlanned => "not-planned",
        Mark::Open => "open",
    };
    WireDay { date: day.to_string(), mark }
}
