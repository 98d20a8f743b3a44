//! What a chain of people is made of.

use crate::people::book::{ContactId, Tie};
use crate::text::day::Day;

/// Where a chain begins or goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Somebody with a note; the owner, where they have one.
    Person(ContactId),
    /// The owner, who has no note.
    You,
}

/// What links two people who stand next to each other in a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// A written tie, seen from the first.
    Tie(Tie),
    /// The owner has been in touch with the second.
    InTouch {
        /// The first time.
        since: Day,
        /// How often.
        times: usize,
    },
    /// Both are in a group.
    Group {
        /// As a note writes it.
        name: String,
        /// How many people are in it.
        size: usize,
    },
    /// Both were there.
    Together {
        /// On this day, the newest.
        day: Day,
    },
    /// One entry speaks of both.
    Spoken {
        /// On this day, the newest.
        day: Day,
    },
}

impl Link {
    /// Whether it is only a hint that two people may know each other.
    pub fn is_weak(&self) -> bool {
        matches!(self, Link::Group { .. } | Link::Together { .. } | Link::Spoken { .. })
    }
}

/// One link with the one whom it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// From whom.
    pub from: Stop,
    /// To whom.
    pub to: ContactId,
    /// By what.
    pub link: Link,
}

/// A chain between two people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// In order; never empty.
    pub steps: Vec<Step>,
    /// How many other chains are as short and as sure.
    pub others: u64,
}

impl Chain {
    /// Whether any link is weak.
    pub fn is_weak(&self) -> bool {
        self.steps.iter().any(|step| step.link.is_weak())
    }
}
