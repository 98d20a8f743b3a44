//! Whether the limits can serve all wishes: what the rhythms ask for in a week beside what the settings allow.

use crate::features::settings::Settings;
use crate::features::standing::{Situation, Standing, Stop};
use crate::people::book::Book;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use crate::text::diagnostic::{Code, Finding};
use crate::text::span::Span;

/// What is asked for and what there is room for, in a usual week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Capacity {
    /// People whose rhythm time drives; those who rest for good are not counted, those who rest until a day are.
    pub people: usize,
    /// Contacts that all rhythms ask for in a week: somebody to hear from every two weeks is half a contact.
    pub wished: f64,
    /// Those of them of people with a rhythm longer than a week.
    pub wished_beyond_a_week: f64,
    /// Room for contacts in a week: `agenda.limit` on each day that is no quiet one, and no more than the shorter rhythms
    /// ask for beside those longer than a week.
    pub room: usize,
    /// Room for people with a rhythm longer than a week: `agenda.weekly_limit`.
    pub room_beyond_a_week: usize,
}

impl Capacity {
    /// Whether the limits can serve all wishes.
    pub fn fits(&self) -> bool {
        self.wished <= self.room as f64
            && self.wished_beyond_a_week <= self.room_beyond_a_week as f64
    }

    /// A finding about the settings as a whole, where the limits cannot serve all wishes.
    pub fn finding(&self) -> Option<Finding> {
        if self.fits() {
            return None;
        }
        let (wished, room, limit) = if self.wished_beyond_a_week > self.room_beyond_a_week as f64 {
            (self.wished_beyond_a_week, self.room_beyond_a_week, "agenda.weekly_limit")
        } else {
            (self.wished, self.room, "agenda.limit")
        };
        let message = format!(
            "the rhythms of {} people ask for about {:.0} contacts a week, and `{limit}` has room for {room}",
            self.people,
            wished.ceil()
        );
        let help = format!("lengthen some rhythms, let some people rest, or raise `{limit}`");
        Some(Finding::new(Code::RhythmsBeyondLimits, Span::at(0), message).help(help))
    }
}

/// What `book` asks for on `day`, and what `settings` have room for.
pub fn capacity(book: &Book, day: Day, settings: &Settings, vocabulary: &Vocabulary) -> Capacity {
    let situation = Situation::new(book, day, settings, vocabulary);
    let mut capacity = Capacity {
        people: 0,
        wished: 0.0,
        wished_beyond_a_week: 0.0,
        room: settings.agenda.limit.saturating_mul(7 - settings.agenda.quiet_days.len().min(7)),
        room_beyond_a_week: settings.agenda.weekly_limit,
    };
    for id in book.people() {
        capacity.add(&situation.standing(id));
    }
    let short = (capacity.wished - capacity.wished_beyond_a_week).ceil().max(0.0) as usize;
    capacity.room = capacity.room.min(capacity.room_beyond_a_week.saturating_add(short));
    capacity
}

impl Capacity {
    fn add(&mut self, standing: &Standing) {
        let rests = standing.stop.is_some_and(|stop: Stop| stop.ends().is_none());
        let days = standing.cadence.and_then(|(cadence, _)| cadence.typical_days());
        let Some(days) = days.filter(|_| !rests) else { return };
        let wished = 7.0 / days.max(1.0);
        self.people += 1;
        self.wished += wished;
        self.wished_beyond_a_week += if standing.is_beyond_a_week() { wished } else { 0.0 };
    }
}
