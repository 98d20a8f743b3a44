//! Git conflict markers: a note that holds them is read as far as it can be, and never edited.

use crate::text::span::Span;

/// The first line of `text` that opens a conflict (`<<<<<<<` at its start), without its end.
pub fn first_marker(text: &str) -> Option<Span> {
    let start = match text.strip_prefix('\u{feff}').unwrap_or(text).starts_with(OPENING) {
        true => text.find(OPENING)?,
        false => ["\n<<<<<<<", "\r<<<<<<<"].iter().filter_map(|mark| text.find(mark)).min()? + 1,
    };
    let length = text.get(start..)?.find(['\n', '\r']).unwrap_or(text.len() - start);
    Some(Span::new(start, start + length))
}

/// Whether `line` is one of the lines that git writes around the sides of a conflict.
pub fn is_marker(line: &str) -> bool {
    let mut marks = [OPENING, "|||||||", "=======", ">>>>>>>"].iter();
    marks.any(|mark| {
        line.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
}

const OPENING: &str = "<<<<<<<";

#[cfg(test)]
mod tests {
    use crate::note::conflict::{first_marker, is_marker};

    #[test]
    fn a_marker_is_found_at_the_start_of_a_line_only() {
        let text = "a <<<<<<< b\n<<<<<<< HEAD\nx\n=======\n";
        assert_eq!(first_marker(text).map(|span| span.of(text)), Some("<<<<<<< HEAD"));
        assert_eq!(first_marker("a <<<<<<< b"), None);
        assert!(first_marker("\u{feff}<<<<<<< HEAD").is_some());
        assert!(is_marker("=======") && is_marker(">>>>>>> main") && !is_marker("========"));
    }
}
