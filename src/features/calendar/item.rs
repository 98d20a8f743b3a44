//! What stands in a calendar, as values.

use crate::text::day::{Day, Weekday};

/// One thing in the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its name, by which other programs know it again.
    pub uid: String,
    /// What is seen of it, in one line.
    pub summary: String,
    /// More, where there is more to say.
    pub description: Option<String>,
    /// What sort of thing it is, `Birthday`.
    pub category: &'static str,
    /// When.
    pub when: When,
    /// When it rings: minutes from its start, of a task from its day; before it where they are negative.
    pub alarms: Vec<i64>,
}

/// When something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// A whole day, perhaps one of each year.
    Day {
        /// The day, of a yearly one the first.
        day: Day,
        /// How it comes again.
        again: Option<Yearly>,
    },
    /// A time on the clock that comes again.
    Block {
        /// The first day.
        first: Day,
        /// Minutes after midnight.
        start: u32,
        /// How long, in minutes.
        length: u32,
        /// How it comes again.
        again: Often,
    },
    /// Something to do.
    Task {
        /// By this day.
        due: Day,
        /// Whether it is begun.
        begun: bool,
    },
}

/// How a day comes again each year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Yearly {
    /// On the same day of the same month.
    SameDay,
    /// On the last day of February: 29 February, kept on the 28th.
    LastOfFebruary,
    /// On the 60th day of the year: 29 February, kept on 1 March.
    SixtiethDay,
}

/// How a time comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Often {
    /// Each week.
    Weekly(Weekday),
    /// On the first such day of a month.
    First(Weekday, Months),
    /// On the last such day of a month.
    Last(Weekday, Months),
}

/// Which months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Months {
    /// All of them.
    Every,
    /// Every third.
    Third,
}
