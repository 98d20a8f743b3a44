//! Gifts given, got and thought of.

use crate::text::partial_date::LooseDate;
use serde::{Deserialize, Serialize};

/// Which way a gift went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum GiftKind {
    /// The owner gave it.
    Gave,
    /// The owner got it.
    Got,
    /// An idea for later.
    Idea,
}

impl GiftKind {
    /// The word for it in a note.
    pub fn word(self) -> &'static str {
        match self {
            GiftKind::Gave => "gave",
            GiftKind::Got => "got",
            GiftKind::Idea => "idea",
        }
    }
}

/// A gift: `- 2025-12-24 gave: Douro red (Christmas)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gift {
    /// Which way it went.
    pub kind: GiftKind,
    /// When; ideas need none.
    pub date: Option<LooseDate>,
    /// What it was.
    pub what: String,
    /// What for, from the parentheses at the end.
    pub occasion: Option<String>,
    /// Its line in the file, from 1.
    pub line: u32,
}
