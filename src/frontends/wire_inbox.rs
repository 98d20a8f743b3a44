//! The JSON shape of the inbox. Within a version fields are only added.

use crate::features::inbox::{Proposal, Proposed};
use crate::features::inbox_lines::{InboxLine, LineKind};
use crate::frontends::wire_capture::WireCaptured;
use crate::people::book::Book;
use crate::text::day::Day;
use serde::Serialize;

/// The answer of `ties inbox --json`.
#[derive(Debug, Serialize)]
pub struct WireInbox {
    path: String,
    lines: Vec<WireLine>,
}

#[derive(Debug, Serialize)]
struct WireLine {
    /// From 1.
    line: u32,
    /// From 1, included.
    last_line: u32,
    /// `captured`, `promise`, `waiting`, `listen`, `meant` or `reply`.
    kind: &'static str,
    text: String,
    /// `entry`, `promise` or `wait`.
    proposal: &'static str,
    /// What an entry would say.
    entry: Option<WireCaptured>,
    /// Whose note a promise would go into.
    with: Option<String>,
    /// Why it is not certain, in words.
    doubts: Vec<String>,
    /// Whether `--yes` would write it.
    certain: bool,
}

impl WireInbox {
    /// The shape of the lines of the inbox at `path`.
    pub fn new(book: &Book, path: &str, lines: &[(InboxLine, Proposed)], today: Day) -> WireInbox {
        let lines = lines.iter().map(|(line, proposed)| wire(book, line, proposed, today));
        WireInbox { path: path.to_owned(), lines: lines.collect() }
    }
}

fn wire(book: &Book, line: &InboxLine, proposed: &Proposed, today: Day) -> WireLine {
    let (proposal, entry, with) = match &proposed.proposal {
        Proposal::Entry(captured) => {
            ("entry", Some(WireCaptured::new(book, captured, today)), None)
        }
        Proposal::Promise { with, .. } => {
            ("promise", None, book.paths().get(book.note_of(*with)).map(ToString::to_string))
        }
        Proposal::Wait => ("wait", None, None),
    };
    let kind = match line.kind {
        LineKind::Captured => "captured",
        LineKind::Promise { theirs: false } => "promise",
        LineKind::Promise { theirs: true } => "waiting",
        LineKind::ToListen => "listen",
        LineKind::Meant => "meant",
        LineKind::Reply => "reply",
    };
    WireLine {
        line: line.line,
        last_line: line.last_line,
        kind,
        text: line.text.clone(),
        proposal,
        entry,
        with,
        doubts: proposed.doubts.clone(),
        certain: proposed.is_certain(),
    }
}
