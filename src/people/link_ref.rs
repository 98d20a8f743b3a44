//! A link to somebody, as a note holds it.

use crate::note::link::Target;
use crate::text::span::Span;
use serde::{Deserialize, Serialize};

/// A link in a note, not yet resolved: what it says and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkRef {
    /// What it points at.
    pub target: Target,
    /// Where it stands in its file.
    pub span: Span,
}
