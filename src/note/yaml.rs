//! What a YAML value means: every scalar keeps its source text, nothing is turned into a number or a truth value.

use crate::text::span::Span;

/// How a scalar was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names of the YAML specification, section 7.3 and 8.1")]
pub enum Style {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
}

/// A value with the place where it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// From its first to its last byte (quotes and brackets included), in the coordinates of the whole file; for an
    /// absent value the empty span after the colon.
    pub span: Span,
}

/// A YAML value; maps keep their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// Text as the YAML rules unfold it; a plain scalar keeps its source text (`+351…`, `017`, `no`).
    Scalar(String, Style),
    /// A block or flow sequence.
    List(Vec<Node>),
    /// A block or flow mapping; keys are scalars as text.
    Map(Vec<(String, Node)>),
}
