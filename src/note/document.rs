//! The whole file: front matter and body, read once.

use crate::note::conflict;
use crate::note::front_matter::{self, FrontMatter};
use crate::note::markdown::{self, Markdown};
use crate::text::diagnostic::{Code, Finding};
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
    pub lines: LineIndex<'a>,
    /// What was noticed.
    pub findings: Vec<Finding>,
}

impl<'a> Document<'a> {
    /// Reads a file.
    pub fn read(text: &'a str) -> Document<'a> {
        let (front_matter, mut findings) = front_matter::read(text);
        let body = front_matter.as_ref().map_or(0, |front_matter| front_matter.span.end);
        let marker = conflict::first_marker(text);
        if let Some(span) = marker {
            let message = "git left conflict markers in this note";
            let help = "choose one side and delete the lines that start with `<<<<<<<`, `=======` and `>>>>>>>`";
            findings.push(Finding::new(Code::ConflictMarkers, span, message).help(help));
        }
        Document {
            text,
            front_matter,
            markdown: markdown::read(&conflict::without_markers(text, marker), body),
            lines: LineIndex::new(text),
            findings,
        }
    }
}
