//! Git conflict markers: a note that holds them is read as far as it can be, and never edited.

use crate::text::byte_scan::holds;
use crate::text::span::Span;
use std::borrow::Cow;

/// The first line of `text` that opens a conflict (`<<<<<<<` at its start), without its end.
pub fn first_marker(text: &str) -> Option<Span> {
    // Nearly every note is done with here: one search for one byte.
    if !holds(text, b'<') {
        return None;
    }
    let start = match text.strip_prefix('\u{feff}').unwrap_or(text).starts_with(OPENING) {
        true => text.find(OPENING)?,
        false => ["\n<<<<<<<", "\r<<<<<<<"].iter().filter_map(|mark| text.find(mark)).min()? + 1,
    };
    let length = text.get(start..)?.find(['\n', '\r']).unwrap_or(text.len() - start);
    Some(Span::new(start, start + length))
}

/// `text` with spaces in place of the markers, so that no heading or quote is made of them; every byte keeps its place.
/// `first` is the [`first_marker`] of the text.
pub fn without_markers(text: &str, first: Option<Span>) -> Cow<'_, str> {
    if first.is_none() {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    let mut inside = false;
    for line in text.split_inclusive(['\n', '\r']) {
        let content = line.trim_end_matches(['\n', '\r']);
        let is_marker = is_marker(content) && (inside || content.starts_with(OPENING));
        if is_marker {
            inside = !content.starts_with(CLOSING);
            masked.extend(std::iter::repeat_n(' ', content.len()));
        }
        masked.push_str(if is_marker { line.get(content.len()..).unwrap_or("") } else { line });
    }
    Cow::Owned(masked)
}

/// Whether `line` is one of the lines that git writes around the sides of a conflict.
pub fn is_marker(line: &str) -> bool {
    let mut marks = [OPENING, "|||||||", "=======", CLOSING].iter();
    marks.any(|mark| {
        line.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
}

const OPENING: &str = "<<<<<<<";
const CLOSING: &str = ">>>>>>>";

#[cfg(test)]
mod tests {
    use crate::note::conflict::{first_marker, is_marker, without_markers};

    #[test]
    fn only_the_markers_of_a_conflict_are_masked() {
        let text = "Title\n=======\n<<<<<<< É\r\na\n=======\r\nb\n>>>>>>> x\nEnd\n=======\n";
        let masked = without_markers(text, first_marker(text));
        assert_eq!(masked.len(), text.len());
        let lines = masked.lines().map(str::trim_end).collect::<Vec<_>>();
        assert_eq!(lines, ["Title", "=======", "", "a", "", "b", "", "End", "======="]);
        let whole = "a\n=======\n>>>>>>> b\n";
        assert_eq!(without_markers(whole, first_marker(whole)), whole);
    }

    #[test]
    fn a_marker_is_found_at_the_start_of_a_line_only() {
        let text = "a <<<<<<< b\n<<<<<<< HEAD\nx\n=======\n";
        assert_eq!(first_marker(text).map(|span| span.of(text)), Some("<<<<<<< HEAD"));
        assert_eq!(first_marker("a <<<<<<< b"), None);
        assert!(first_marker("\u{feff}<<<<<<< HEAD").is_some());
        assert!(is_marker("=======") && is_marker(">>>>>>> main") && !is_marker("========"));
    }
}
