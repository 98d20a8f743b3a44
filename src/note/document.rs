//! The whole file: front matter and body, read once.

use crate::note::front_matter::FrontMatter;
use crate::note::markdown::Markdown;
use crate::text::diagnostic::Finding;
use crate::text::line_index::LineIndex;

/// One file, read. Reading never fails: what could not be read is in `findings`.
#[derive(Debug, Clone)]
pub struct Document<'a> {
    /// The whole text, byte order mark included.
    pub text: &'a str,
    /// The front matter, where there is any.
    pub front_matter: Option<FrontMatter>,
    /// The body.
    pub markdown: Markdown,
    /// Lines of `text`.
    pub lines: LineIndex,
    /// What was noticed.
    pub findings: Vec<Finding>,
}
