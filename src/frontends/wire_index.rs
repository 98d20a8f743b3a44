//! The JSON shape of how the search index is. Within a version fields are only added.

use crate::effects::index::schema::VERSION;
use crate::effects::index::status::{State, Status};
use serde::Serialize;

/// The answer of `ties index status`.
#[derive(Debug, Serialize)]
pub struct WireIndex {
    /// The folder.
    path: String,
    /// `fresh`, `behind`, `absent`, `other-version` or `damaged`.
    state: &'static str,
    /// What is damaged.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    /// Of how many notes it knows.
    notes: u32,
    /// How many notes are new, changed or gone since.
    #[serde(skip_serializing_if = "Option::is_none")]
    differing: Option<usize>,
    /// Of how many parts it consists.
    parts: usize,
    bytes: u64,
    /// What this version of `ties` makes.
    index_version: &'static str,
    /// Whether a damaged one is kept beside it.
    damaged_kept: bool,
}

impl WireIndex {
    /// The shape of `status`, of the index at `path`.
    pub fn new(path: String, status: &Status) -> WireIndex {
        let (state, why, differing) = match &status.state {
            State::Fresh => ("fresh", None, Some(0)),
            State::Behind { notes } => ("behind", None, Some(*notes)),
            State::Absent => ("absent", None, None),
            State::OtherVersion => ("other-version", None, None),
            State::Damaged { why } => ("damaged", Some(why.clone()), None),
        };
        let Status { notes, parts, size: bytes, damaged_kept, .. } = *status;
        let index_version = VERSION;
        WireIndex { path, state, why, notes, differing, parts, bytes, index_version, damaged_kept }
    }
}
