//! Any note of a vault, read.

use crate::note::path::NotePath;
use crate::people::contact::Contact;
use crate::people::habit::Habit;
use crate::people::interaction::Interaction;
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

impl Note {
    /// All that it is called, which a search finds it by: its name, its aliases, and the stem of its file.
    pub fn names(&self) -> Vec<&str> {
        let mut names = match &self.kind {
            Kind::Contact(contact) => {
                std::iter::once(&contact.name).chain(&contact.aliases).map(String::as_str).collect()
            }
            Kind::Habit(habit) => vec![habit.name.as_str()],
            Kind::Journal(_) | Kind::Inbox(_) | Kind::Other => Vec::new(),
        };
        if !names.contains(&self.path.stem()) {
            names.push(self.path.stem());
        }
        names
    }

    /// Its interactions, in file order; none of a note that is neither a person nor a journal.
    pub fn interactions(&self) -> &[Interaction] {
        match &self.kind {
            Kind::Contact(contact) => &contact.log,
            Kind::Journal(journal) => &journal.lines,
            Kind::Habit(_) | Kind::Inbox(_) | Kind::Other => &[],
        }
    }

    /// Its promises, in file order; none of a habit or a note of no kind.
    pub fn promises(&self) -> &[Promise] {
        match &self.kind {
            Kind::Contact(contact) => &contact.promises,
            Kind::Journal(journal) => &journal.promises,
            Kind::Inbox(promises) => promises,
            Kind::Habit(_) | Kind::Other => &[],
        }
    }
}
