//! One entry of a log or a line of a journal.

use crate::people::kind::Meaning;
use crate::people::link_ref::LinkRef;
use crate::text::day::Day;
use crate::text::short_text::ShortText;
use crate::text::span::Span;
use serde::{Deserialize, Serialize};

/// Something that happened (or is planned) with somebody on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interaction {
    /// When; of a range its last day.
    pub day: Day,
    /// The name of its kind, where it has one: `call`.
    pub kind: Option<ShortText>,
    /// What it means for the clock.
    pub meaning: Meaning,
    /// What was said or done, one paragraph without the head; may be empty.
    pub text: String,
    /// The people linked in its head: they were there.
    pub with: Vec<LinkRef>,
    /// The people linked after it: they were only spoken of.
    pub mentions: Vec<LinkRef>,
    /// Kinds of `#event/KIND` tags on it.
    pub events: Vec<String>,
    /// Its line in the file, from 1.
    pub line: u32,
    /// The whole entry in the file, without its last line end.
    pub span: Span,
}

impl Interaction {
    /// Nothing on no particular day: what stands for an entry that is no longer there.
    pub fn blank() -> Interaction {
        Interaction {
            day: Day::first(),
            kind: None,
            meaning: Meaning::Note,
            text: String::new(),
            with: Vec::new(),
            mentions: Vec::new(),
            events: Vec::new(),
            line: 0,
            span: Span::at(0),
        }
    }
}
