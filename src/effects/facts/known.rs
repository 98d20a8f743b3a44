//! What is remembered of each file beside the facts of its note.

use crate::effects::vault::stamp::Stamp;
use crate::text::diagnostic::Finding;
use serde::{Deserialize, Serialize};

/// Where a note lies in the pile of notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The first byte.
    pub start: u64,
    /// How many bytes.
    pub length: u32,
    /// Their checksum.
    pub checksum: u32,
}

/// One file, as it was when it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// How it looked from outside.
    pub stamp: Stamp,
    /// Whether it may have changed since and still look the same, so that it is read once more.
    pub racy: bool,
    /// A hash of its text.
    pub mark: u64,
    /// Where its note is.
    pub place: Place,
    /// What was odd about its bytes.
    pub finding: Option<Finding>,
}
