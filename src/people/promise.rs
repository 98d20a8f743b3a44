//! Promises: tasks in the notes of people, in journals and in the inbox.

use crate::people::link_ref::LinkRef;
use crate::text::day::Day;
use crate::text::span::Span;
use serde::{Deserialize, Serialize};

/// Where a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PromiseStatus {
    /// `[ ]` and signs without a meaning here.
    Open,
    /// `[/]`
    InProgress,
    /// `[>]`
    Deferred,
    /// `[<]`
    Scheduled,
    /// `[x]` or `[X]`
    Done,
    /// `[-]`
    Cancelled,
}

impl PromiseStatus {
    /// The meaning of the character in the box.
    pub fn of(character: char) -> PromiseStatus {
        match character {
            'x' | 'X' => PromiseStatus::Done,
            '-' => PromiseStatus::Cancelled,
            '/' => PromiseStatus::InProgress,
            '>' => PromiseStatus::Deferred,
            '<' => PromiseStatus::Scheduled,
            _ => PromiseStatus::Open,
        }
    }

    /// Whether it still waits to be kept.
    pub fn is_open(self) -> bool {
        !matches!(self, PromiseStatus::Done | PromiseStatus::Cancelled)
    }
}

/// Something that was promised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// What, without fields, links as written.
    pub text: String,
    /// Where it stands.
    pub status: PromiseStatus,
    /// Whether it is theirs to keep (`waiting:` or `[?]`).
    pub theirs: bool,
    /// Due on (`📅`).
    pub due: Option<Day>,
    /// Not to be shown before (`⏳`).
    pub scheduled: Option<Day>,
    /// Not to be started before (`🛫`).
    pub start: Option<Day>,
    /// Kept on (`✅`).
    pub done: Option<Day>,
    /// Whether it repeats (`🔁`): then `ties` never ticks it.
    pub recurring: bool,
    /// Whether the note uses the fields of the Tasks plugin, so that a tick adds `✅ DATE`.
    pub uses_task_fields: bool,
    /// The day of the log entry or journal note that it stands in.
    pub promised: Option<Day>,
    /// The people that it links.
    pub links: Vec<LinkRef>,
    /// Its line as it stands, from the marker to the end without trailing white space.
    pub source_line: String,
    /// Which of several equal lines in the file, from 0.
    pub ordinal: usize,
    /// Which of several promises with the same text in the file, from 0: by it a line of the agenda is known again.
    pub text_ordinal: usize,
    /// Its line in the file, from 1.
    pub line: u32,
    /// Its first line in the file.
    pub span: Span,
}

impl Promise {
    /// Nothing to keep: what stands for a promise that is no longer there.
    pub fn blank() -> Promise {
        Promise {
            text: String::new(),
            status: PromiseStatus::Cancelled,
            theirs: false,
            due: None,
            scheduled: None,
            start: None,
            done: None,
            recurring: false,
            uses_task_fields: false,
            promised: None,
            links: Vec::new(),
            source_line: String::new(),
            ordinal: 0,
            text_ordinal: 0,
            line: 0,
            span: Span::at(0),
        }
    }
}
