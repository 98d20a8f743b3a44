//! All that is promised and not yet kept, the owner's and that of others, for one look.
//!
//! Always true here: what rests (`⏳`, `🛫`) waits for its day unless everything is wanted, and is counted.

use crate::features::promises::{PromiseView, in_order, is_told};
use crate::people::book::{Book, ContactId};
use crate::people::brief::PromiseBrief;
use crate::text::day::Day;
use std::collections::HashSet;

/// Whose promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The owner's.
    Mine,
    /// Those of others.
    Theirs,
}

/// Which promises are wanted; the default wants those of everybody that do not rest.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Only what is about one of these people.
    pub people: Option<HashSet<ContactId>>,
    /// Only those of one side.
    pub side: Option<Side>,
    /// Only those whose day (`📅`) has come.
    pub due: bool,
    /// Also what rests, and what is about people who died or were put away.
    pub all: bool,
}

/// Open promises. Each list by the day due (none last), then by the day promised, then in path and line order.
#[derive(Debug, Clone, Default)]
pub struct OpenLoops<'a> {
    /// The owner's.
    pub mine: Vec<PromiseView<'a>>,
    /// Those of others.
    pub theirs: Vec<PromiseView<'a>>,
    /// How many more there are that rest.
    pub resting: usize,
    /// How many more there are with people who died or were put away.
    pub away: usize,
}

/// The open promises on `day` that are wanted.
pub fn open_loops<'a>(book: &'a Book, day: Day, wanted: &Wanted) -> OpenLoops<'a> {
    let mut loops = OpenLoops::default();
    let open = book.promises().filter(|of| of.brief.status.is_open());
    let open = open.filter(|of| {
        let is_about = |people: &HashSet<ContactId>| of.people.iter().any(|id| people.contains(id));
        wanted.people.as_ref().is_none_or(is_about) && wanted.takes(&of.brief, day)
    });
    let (told, away): (Vec<_>, Vec<_>) =
        open.partition(|of| is_told(book, of) || wanted.all && !of.people.is_empty());
    loops.away = away.iter().filter(|of| !of.people.is_empty()).count();
    for view in in_order(told.into_iter()) {
        if !wanted.all && rests_until(&view.of.brief).is_some_and(|until| until > day) {
            loops.resting += 1;
        } else if view.of.brief.theirs {
            loops.theirs.push(view);
        } else {
            loops.mine.push(view);
        }
    }
    loops
}

impl Wanted {
    fn takes(&self, promise: &PromiseBrief, day: Day) -> bool {
        let side = if promise.theirs { Side::Theirs } else { Side::Mine };
        let has_come = promise.due.is_some_and(|due| due <= day);
        self.side.is_none_or(|wanted| wanted == side) && (has_come || !self.due)
    }

    /// Whether not everything is wanted.
    pub fn is_narrow(&self) -> bool {
        self.people.is_some() || self.side.is_some() || self.due
    }
}

/// The day before which a promise is left alone.
pub fn rests_until(promise: &PromiseBrief) -> Option<Day> {
    promise.scheduled.max(promise.start)
}
