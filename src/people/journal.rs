//! Dated notes that mention people, and the inbox.

use crate::note::path::NotePath;
use crate::people::event::Event;
use crate::people::interaction::Interaction;
use crate::people::link_ref::LinkRef;
use crate::people::promise::Promise;
use crate::text::day::Day;
use serde::{Deserialize, Serialize};

/// Being somewhere else for some days: `- 2026-12-01..2026-12-05 trip: Porto`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trip {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Where.
    pub place: String,
    /// Its line in the file, from 1.
    pub line: u32,
}

/// A dated note: a day, a meeting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Journal {
    /// The note.
    pub path: NotePath,
    /// Its day.
    pub day: Day,
    /// Whether it says that it, or something of it, never leaves the vault.
    pub private: bool,
    /// Lines that are, or mention, contact. Everyone in `people:` is in one interaction of its own.
    pub lines: Vec<Interaction>,
    /// Tasks.
    pub promises: Vec<Promise>,
    /// `#event/` tags with the people linked beside them.
    pub events: Vec<(Event, Vec<LinkRef>)>,
    /// Trips.
    pub trips: Vec<Trip>,
}
