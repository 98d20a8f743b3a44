//! The JSON shapes of `ties promises`. Within a version fields are only added. Dates are ISO; places are `path` and
//! `line`, from 1.

use crate::features::open_loops::{OpenLoops, rests_until};
use crate::features::promises::PromiseView;
use crate::people::book::Book;
use crate::people::promise::PromiseStatus;
use crate::text::day::Day;
use serde::Serialize;

/// The answer of `ties promises`.
#[derive(Debug, Serialize)]
pub struct WirePromises {
    /// The owner's first, each side in the order in which it is shown.
    promises: Vec<WireOpenPromise>,
    /// How many more there are that rest.
    resting: usize,
}

/// A promise that is not kept yet.
#[derive(Debug, Serialize)]
pub struct WireOpenPromise {
    text: String,
    /// Whether it is theirs to keep.
    theirs: bool,
    /// `open`, `begun`, `deferred` or `planned`.
    status: &'static str,
    /// Whether it repeats; then `ties` never ticks it.
    recurring: bool,
    due: Option<String>,
    promised: Option<String>,
    /// The day before which it is left alone.
    rests_until: Option<String>,
    people: Vec<WireWho>,
    path: String,
    line: u32,
}

#[derive(Debug, Serialize)]
struct WireWho {
    name: String,
    path: String,
}

impl WirePromises {
    /// The shape of `loops`; `book` is the one they are from.
    pub fn new(book: &Book, loops: &OpenLoops<'_>) -> WirePromises {
        let all = loops.mine.iter().chain(&loops.theirs);
        let promises = all.map(|view| WireOpenPromise::new(book, view)).collect();
        WirePromises { promises, resting: loops.resting }
    }
}

impl WireOpenPromise {
    /// The shape of one promise.
    pub fn new(book: &Book, view: &PromiseView<'_>) -> WireOpenPromise {
        let (brief, promise) = (view.of.brief, view.of.promise());
        let text = |day: Option<Day>| day.map(|day| day.to_string());
        let who = view.of.people.iter().map(|id| WireWho {
            name: book.brief(*id).name.clone(),
            path: book.paths().get(book.note_of(*id)).map(ToString::to_string).unwrap_or_default(),
        });
        WireOpenPromise {
            text: promise.text.clone(),
            theirs: brief.theirs,
            status: status(brief.status),
            recurring: promise.recurring,
            due: text(brief.due),
            promised: text(brief.promised),
            rests_until: text(rests_until(&brief)),
            people: who.collect(),
            path: view.of.path.to_string(),
            line: brief.line,
        }
    }
}

/// The word for where an open promise stands.
pub fn status(status: PromiseStatus) -> &'static str {
    match status {
        PromiseStatus::Open => "open",
        PromiseStatus::InProgress => "begun",
        PromiseStatus::Deferred => "deferred",
        PromiseStatus::Scheduled => "planned",
        PromiseStatus::Done => "kept",
        PromiseStatus::Cancelled => "given up",
    }
}
