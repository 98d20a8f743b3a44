//! Events in the life of a person.

use crate::text::day::Day;
use crate::text::partial_date::LooseDate;
use serde::{Deserialize, Serialize};

/// Something that happened, or will, in somebody's life: `- 2027-05-01 wedding: in Porto`, or `#event/new-job`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When, perhaps partial.
    pub date: LooseDate,
    /// What kind, `new-job`; lower case.
    pub kind: String,
    /// More about it; may be empty.
    pub text: String,
    /// Its line in the file, from 1.
    pub line: u32,
}

impl Event {
    /// Its day, where the date is whole.
    pub fn day(&self) -> Option<Day> {
        self.date.earliest().filter(|day| Some(*day) == self.date.latest())
    }
}
