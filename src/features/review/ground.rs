//! What a review is made from.

use crate::features::review::owing::{Owing, owing};
use crate::features::review_period::{Period, ReviewKind};
use crate::features::standing::Situation;
use crate::text::day::Day;
use crate::text::fingerprint::hash;
use std::cell::OnceCell;

/// What a review is made from.
#[derive(Debug, Clone)]
pub struct Ground<'a> {
    /// Everyone, today.
    pub situation: Situation<'a>,
    /// What the review is about.
    pub period: Period,
    /// The day on which it was begun.
    pub begun: Day,
    /// The text of the inbox; empty where there is none.
    pub inbox: &'a str,
    // Found once, where anybody asks.
    owing: OnceCell<Vec<Owing>>,
}

/// No more days than these are passed over to find one on which people are suggested.
const MOST_DAYS: usize = 60;

impl<'a> Ground<'a> {
    /// What the review of `period`, begun on `begun`, is made from.
    pub fn new(situation: Situation<'a>, period: Period, begun: Day, inbox: &'a str) -> Ground<'a> {
        Ground { situation, period, begun, inbox, owing: OnceCell::new() }
    }

    /// The words that are owed.
    pub fn owing(&self) -> &[Owing] {
        self.owing.get_or_init(|| owing(&self.situation, self.begun, self.inbox))
    }

    /// The day for a word to somebody, after the day on which the review was begun and after today. It is spread by a
    /// stable hash over the days ahead (a week, three weeks, a month), so that one review does not fill one morning,
    /// and avoids days away and quiet days.
    pub fn word_day(&self, identity: &str) -> Day {
        let span = match self.period.kind {
            ReviewKind::Weekly => 6,
            ReviewKind::Monthly => 20,
            ReviewKind::Quarterly => 30,
        };
        let ahead = i64::try_from(hash(&[identity, "word"]) % span).unwrap_or(0);
        let first = self.begun.plus_days(1 + ahead).max(self.situation.day.plus_days(1));
        let settings = self.situation.settings;
        let free = |day: &Day| !settings.is_away(*day) && !settings.is_quiet(*day);
        let days = (0..).map(|more| first.plus_days(more)).take(MOST_DAYS);
        days.into_iter().find(free).unwrap_or(first)
    }
}
