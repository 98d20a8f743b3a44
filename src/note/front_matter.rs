//! Where each key and value of the front matter sits.

use crate::note::yaml::Node;
use crate::text::span::Span;

/// The block between `---` and `---` at the start of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatter {
    /// From the first dash to the end of the closing fence's line, line end included.
    pub span: Span,
    /// What lies between the fences' lines.
    pub content: Span,
    /// The keys that could be read, in file order; each key once.
    pub entries: Vec<Entry>,
}

/// One key of the front matter with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key as text.
    pub key: String,
    /// Where the key stands (quotes included).
    pub key_span: Span,
    /// Its value.
    pub value: Node,
    /// The whole lines of key and value, line end included.
    pub span: Span,
}
