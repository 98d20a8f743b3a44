//! Any note of a vault, read.

use crate::note::path::NotePath;
use crate::people::contact::Contact;
use crate::people::habit::Habit;
use crate::people::journal::Journal;
use crate::people::promise::Promise;
use crate::text::diagnostic::Finding;
use serde::{Deserialize, Serialize};

/// What a file turned out to be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Kind {
    /// A person.
    Contact(Box<Contact>),
    /// A habit.
    Habit(Box<Habit>),
    /// A dated note.
    Journal(Box<Journal>),
    /// The inbox: only its tasks count.
    Inbox(Vec<Promise>),
    /// Anything else: it can be linked, nothing more.
    Other,
}

/// One file, read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// Where.
    pub path: NotePath,
    /// What.
    pub kind: Kind,
    /// What was noticed in it.
    pub findings: Vec<Finding>,
}
