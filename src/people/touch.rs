//! How people are concerned by what happened, and tied to each other.

use crate::people::kind::Meaning;
use crate::people::tie_time::TieTime;
use crate::text::day::Day;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// A contact of one book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ContactId(pub(crate) u32);

impl ContactId {
    /// The place among all contacts of the book, in path order, from 0.
    pub fn number(self) -> usize {
        self.0 as usize
    }
}

/// How an interaction concerns a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// It stands in the person's own log.
    Own,
    /// The person is linked in its head: they were there.
    Head,
    /// The person is only spoken of in it.
    Mention,
}

/// One interaction that concerns a person, in whatever note it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touch {
    /// When.
    pub day: Day,
    /// How it concerns the person.
    pub role: Role,
    /// What it means.
    pub meaning: Meaning,
    pub(crate) note: u32,
    pub(crate) entry: u32,
}

impl Touch {
    /// The three numbers that it is stored as.
    pub(crate) fn stored(&self) -> [u32; 3] {
        let role = match self.role {
            Role::Own => 0,
            Role::Head => 1,
            Role::Mention => 2,
        };
        let meaning = match self.meaning {
            Meaning::Contact => 0,
            Meaning::Note => 1,
            Meaning::Tried => 2,
            Meaning::Plan => 3,
        };
        [self.day.stored() << 4 | meaning << 2 | role, self.note, self.entry]
    }

    /// The touch that is stored as these numbers.
    pub(crate) fn from_stored([packed, note, entry]: [u32; 3]) -> Touch {
        let role = match packed & 3 {
            0 => Role::Own,
            1 => Role::Head,
            _ => Role::Mention,
        };
        let meaning = match packed >> 2 & 3 {
            0 => Meaning::Contact,
            1 => Meaning::Note,
            2 => Meaning::Tried,
            _ => Meaning::Plan,
        };
        let day = Day::from_stored(packed >> 4).unwrap_or(Day::first());
        Touch { day, role, meaning, note, entry }
    }

    /// By what those of one person are sorted, of a touch that is stored as these numbers: newest first; of one day the
    /// person's own log first, then in the order of notes and entries.
    pub(crate) fn order([packed, note, entry]: [u32; 3]) -> (Reverse<u32>, u32, u32, u32) {
        (Reverse(packed >> 4), packed & 3, note, entry)
    }

    /// The note and the entry in it that it is of: equal for all whom one entry concerns.
    pub fn place(&self) -> (u32, u32) {
        (self.note, self.entry)
    }

    /// Whether it is contact with the person.
    pub fn counts(&self) -> bool {
        self.meaning == Meaning::Contact && self.role != Role::Mention
    }
}

/// A tie of one person to another, seen from the one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// What the other is to the person: `sister`, or `sibling` where only the other side says it.
    pub kind: String,
    /// The other.
    pub other: ContactId,
    /// Whether the person's own note says it.
    pub stated: bool,
    /// When it held, as the notes that say it tell; where they differ, as the own note does.
    pub time: TieTime,
}

impl Tie {
    /// Whether it was over before `day`, as its dates say or as a kind like `ex` says.
    pub fn is_over(&self, day: Day) -> bool {
        self.kind == "ex" || self.time.is_over(day)
    }

    /// Whether it holds on `day`: it has begun, as far as its dates say, and is not over.
    pub fn holds(&self, day: Day) -> bool {
        !self.is_over(day) && !self.time.is_ahead(day)
    }
}
