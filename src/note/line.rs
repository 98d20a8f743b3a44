//! Lines of a note, with their ends: `\n`, `\r\n` and a lone `\r` each end a line, as they do in YAML.

use crate::text::byte_scan::first_of_two;
use crate::text::span::Span;

/// One line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The line with its end.
    pub span: Span,
    /// The line without its end.
    pub content: Span,
}

impl Line {
    /// Whether nothing but spaces and tabs stands on it.
    pub fn is_blank(self, text: &str) -> bool {
        is_blank(self.content.of(text))
    }

    /// Whether it holds only a comment.
    pub fn is_comment(self, text: &str) -> bool {
        self.content.of(text).trim_start_matches([' ', '\t']).starts_with('#')
    }
}

/// The lines of the part `within` of `text`, in order.
pub fn lines(text: &str, within: Span) -> impl Iterator<Item = Line> {
    let mut at = within.start;
    std::iter::from_fn(move || {
        if at >= within.end.min(text.len()) {
            return None;
        }
        let line = line_from(text, at);
        at = line.span.end;
        Some(line)
    })
}

/// The line that begins at `start`.
pub fn line_from(text: &str, start: usize) -> Line {
    let rest = text.get(start..).unwrap_or("");
    let length = first_of_two(rest, b'\n', b'\r').unwrap_or(rest.len());
    let end = match rest.as_bytes().get(length..) {
        Some([b'\r', b'\n', ..]) => 2,
        Some([_, ..]) => 1,
        _ => 0,
    };
    Line { span: Span::new(start, start + length + end), content: Span::new(start, start + length) }
}

/// The line that holds the byte `at`; for a place after the last line end, the empty line there.
pub fn line_at(text: &str, at: usize) -> Line {
    let bytes = text.as_bytes();
    let starts_line = |start: &usize| match bytes.get(..*start) {
        Some([.., b'\n']) => true,
        Some([.., b'\r']) => bytes.get(*start) != Some(&b'\n'),
        _ => false,
    };
    line_from(text, (0..=at.min(text.len())).rev().find(starts_line).unwrap_or(0))
}

/// How the line that ends at `end` ends; where there is none, the first line end of the text, else `\n`.
pub fn ending_before(text: &str, end: usize) -> &'static str {
    let before = text.get(..end).unwrap_or("");
    match before.as_bytes() {
        [.., b'\r', b'\n'] => "\r\n",
        [.., b'\n'] => "\n",
        [.., b'\r'] => "\r",
        _ => first_ending(text),
    }
}

fn first_ending(text: &str) -> &'static str {
    let line = line_from(text, 0);
    match text.get(line.content.end..line.span.end) {
        Some("\r\n") => "\r\n",
        Some("\r") => "\r",
        _ => "\n",
    }
}

fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' ' | b'\t'))
}

#[cfg(test)]
mod tests {
    use crate::note::line::{ending_before, line_at, lines};
    use crate::text::span::Span;

    #[test]
    fn every_line_end_of_yaml_ends_a_line() {
        let text = "a\r\nb\rc\n\nd";
        let all = lines(text, Span::new(0, text.len())).collect::<Vec<_>>();
        let contents = all.iter().map(|line| line.content.of(text)).collect::<Vec<_>>();
        assert_eq!(contents, ["a", "b", "c", "", "d"]);
        assert_eq!(all.iter().map(|line| line.span.of(text)).collect::<String>(), text);
        for at in 0..text.len() {
            assert!(line_at(text, at).span.contains(at), "{at}");
        }
        assert_eq!(line_at("a\n", 2).span, Span::at(2));
    }

    #[test]
    fn a_line_end_is_copied_from_the_line_before() {
        assert_eq!(ending_before("a\nb\r\nc", 5), "\r\n");
        assert_eq!(ending_before("a\rb", 3), "\r");
        assert_eq!(ending_before("ab", 2), "\n");
    }
}
