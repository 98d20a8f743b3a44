//! A habit (section 6 of the format).

use crate::note::path::NotePath;
use crate::people::link_ref::LinkRef;
use crate::text::day::{Day, Weekday};
use crate::text::span::Span;
use serde::{Deserialize, Serialize};

/// When a habit is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Schedule {
    /// Every day.
    Daily,
    /// On these days of the week, sorted, at least one.
    On(Vec<Weekday>),
    /// So many times in each week (Monday to Sunday), 1 to 7.
    TimesPerWeek(u32),
    /// So many times in each month, 1 to 31.
    TimesPerMonth(u32),
}

/// How many misses are forgiven: so many in each week or month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grace {
    /// How many.
    pub count: u32,
    /// In each month rather than each week.
    pub per_month: bool,
}

/// One tick of a habit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HabitEntry {
    /// When.
    pub day: Day,
    /// Whether it was excused rather than done.
    pub excused: bool,
    /// What was written.
    pub text: String,
    /// Its line in the file, from 1.
    pub line: u32,
    /// Where it stands.
    pub span: Span,
}

/// Something that the owner wants to do regularly.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Habit {
    /// The note.
    pub path: NotePath,
    /// What identifies it.
    pub identity: String,
    /// What it is, `Walk 20 minutes`.
    pub name: String,
    /// When it is due; daily where the note does not say or it cannot be read.
    pub schedule: Schedule,
    /// The routine that it is stacked on.
    pub after: Option<String>,
    /// Accountability partners.
    pub with: Vec<LinkRef>,
    /// What is enough on a hard day.
    pub recovery: Option<String>,
    /// What is forgiven.
    pub grace: Option<Grace>,
    /// A query whose log entries tick it, as written.
    pub done_by: Option<String>,
    /// `weekly` where the partners are told of the progress.
    pub report: Option<String>,
    /// When it began, as the note says.
    pub created: Option<Day>,
    /// Whether it rests (`paused: true`) or is archived.
    pub paused: bool,
    /// The ticks, in file order.
    pub entries: Vec<HabitEntry>,
}
