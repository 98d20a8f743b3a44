//! Taking lines out of a note: exactly those, with their line ends.

use crate::note::layout::{line_end, next_line};
use crate::text::edit::Edit;
use crate::text::span::Span;

/// Lines that stand together; the parts of [`crate::note::change::Wish::RemoveLines`].
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// The lines without line ends.
    pub lines: &'a [String],
    /// Which of several equal runs, from 0; runs do not overlap.
    pub ordinal: usize,
}

/// The edit that takes the run out of the body; `None` where it is not there, or says nothing.
///
/// Lines at the end of a text without a last line end take the line end before them along: what has none still has
/// none.
pub fn edit(text: &str, body_start: usize, run: Run<'_>) -> Option<Edit> {
    let first = run.lines.first()?;
    if first.trim().is_empty() || run.lines.iter().any(|line| line.contains(['\n', '\r'])) {
        return None;
    }
    let mut start = body_start;
    let mut before = 0;
    while start < text.len() {
        match end_of(text, start, run.lines) {
            Some(end) if before == run.ordinal => {
                return Some(removal(text, body_start, start, end));
            }
            Some(end) => {
                before += 1;
                start = end;
            }
            None => start = next_line(text, start),
        }
    }
    None
}

/// Which of several equal runs the one that starts at `start` is; `None` where none starts there.
pub fn ordinal(text: &str, body_start: usize, lines: &[String], start: usize) -> Option<usize> {
    let mut at = body_start;
    let mut before = 0;
    while at <= start && at < text.len() {
        match end_of(text, at, lines) {
            Some(_) if at == start => return Some(before),
            Some(end) => {
                before += 1;
                at = end;
            }
            None => at = next_line(text, at),
        }
    }
    None
}

/// Where the run ends that starts at `start`, its last line end included.
fn end_of(text: &str, start: usize, lines: &[String]) -> Option<usize> {
    let mut at = start;
    for (number, line) in lines.iter().enumerate() {
        let is_there = number == 0 || at < text.len();
        let span = Span::new(at, line_end(text, at));
        if !is_there || span.of(text) != line {
            return None;
        }
        at = next_line(text, at);
    }
    Some(at)
}

fn removal(text: &str, body_start: usize, start: usize, end: usize) -> Edit {
    let ends_line = text.get(..end).is_some_and(|lines| lines.ends_with(['\n', '\r']));
    let before = text.get(..start).unwrap_or("");
    let start = match ends_line {
        true => start,
        false => {
            let before = before.strip_suffix('\n').unwrap_or(before);
            before.strip_suffix('\r').unwrap_or(before).len().max(body_start)
        }
    };
    Edit::replace(Span::new(start, end), "")
}
