//! How people are concerned by what happened, and tied to each other.

use crate::people::kind::Meaning;
use crate::text::day::Day;
use serde::{Deserialize, Serialize};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
}
