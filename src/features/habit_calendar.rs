//! A habit as a calendar: a column for each week, a row for each day of the week.
//!
//! Always true here: the last column is the week of the day asked about, and nothing stands after that day.

use crate::features::habits::{History, Mark};
use crate::text::day::Day;

/// Some weeks of a habit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The Monday of each week, the oldest first.
    pub mondays: Vec<Day>,
    /// From Monday to Sunday, what became of the day in each week; `None` before the habit began and after today.
    pub rows: [Vec<Option<Mark>>; 7],
    /// What became of each week, where the habit is for so many times in one; of each month in the week of its first
    /// day.
    pub spans: Option<Vec<Option<Mark>>>,
}

/// The last `weeks` weeks up to `day`, at least one.
pub fn calendar(history: &History, day: Day, weeks: usize) -> Calendar {
    let weeks = i64::try_from(weeks.max(1)).unwrap_or(1);
    let mondays = (0..weeks).rev().map(|back| day.monday().plus_days(-7 * back));
    let mondays = mondays.collect::<Vec<_>>();
    let row = |on: i64| mondays.iter().map(|monday| history.of(monday.plus_days(on))).collect();
    let spans = (!history.spans.is_empty()).then(|| spans(history, &mondays));
    Calendar { rows: [row(0), row(1), row(2), row(3), row(4), row(5), row(6)], spans, mondays }
}

fn spans(history: &History, mondays: &[Day]) -> Vec<Option<Mark>> {
    let of_week = |monday: &Day| {
        let mut spans = history.spans.iter().filter(|(first, _)| first.monday() == *monday);
        spans.next().map(|(_, mark)| *mark)
    };
    mondays.iter().map(of_week).collect()
}

impl Calendar {
    /// Where the name of a month stands above the columns: in the week with its first day.
    pub fn months(&self) -> Vec<(usize, &'static str)> {
        let named = |(column, monday): (usize, &Day)| {
            let sunday = monday.plus_days(6);
            let begins = sunday.day_of_month() <= 7;
            begins.then(|| (column, sunday.month_name()))
        };
        self.mondays.iter().enumerate().filter_map(named).collect()
    }

    /// Each mark that stands in it, once, in the order of the marks.
    pub fn marks(&self) -> Vec<Mark> {
        let days = self.rows.iter().flatten().chain(self.spans.iter().flatten());
        let mut marks = days.flatten().copied().collect::<Vec<_>>();
        marks.sort_unstable();
        marks.dedup();
        marks
    }
}
