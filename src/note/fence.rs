//! Where the front matter begins and ends.
//!
//! As in Obsidian: it is there only when the file's first line, after an optional byte order mark, is `---`; it ends
//! at the next line that is `---` or `...`. Blanks may follow both.

use crate::note::key_line::key_line;
use crate::note::line::{Line, line_from, lines};
use crate::text::span::Span;

/// The largest block between the fences that is read.
pub const SIZE_LIMIT: usize = 64 * 1024;

/// What the start of a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// The body begins at once.
    NoFence,
    /// A fence that is never closed, with a key after it; the span of the fence. Without a key it is a rule.
    Unclosed(Span),
    /// Front matter.
    Block {
        /// From the first dash to the end of the closing fence's line, line end included.
        span: Span,
        /// What lies between the fences' lines.
        content: Span,
    },
}

/// How long the byte order mark at the start of `text` is.
pub fn mark_length(text: &str) -> usize {
    text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len()
}

/// What stands at the start of `text`.
pub fn opening(text: &str) -> Opening {
    let first = line_from(text, mark_length(text));
    if !is_fence(text, first, &["---"]) {
        return Opening::NoFence;
    }
    let rest = Span::new(first.span.end, text.len());
    match lines(text, rest).find(|line| is_fence(text, *line, &["---", "..."])) {
        Some(last) => Opening::Block {
            span: Span::new(first.span.start, last.span.end),
            content: Span::new(rest.start, last.span.start),
        },
        None if begins_with_key(text, rest) => Opening::Unclosed(first.content),
        None => Opening::NoFence,
    }
}

fn is_fence(text: &str, line: Line, marks: &[&str]) -> bool {
    // Looking at three bytes first keeps long lines cheap.
    let content = line.content.of(text);
    if !matches!(content.as_bytes(), [b'-' | b'.', ..]) {
        return false;
    }
    marks.iter().any(|mark| {
        content
            .strip_prefix(mark)
            .is_some_and(|rest| rest.bytes().all(|byte| matches!(byte, b' ' | b'\t')))
    })
}

fn begins_with_key(text: &str, rest: Span) -> bool {
    let mut telling =
        lines(text, rest).filter(|line| !line.is_blank(text) && !line.is_comment(text));
    telling.next().is_some_and(|line| key_line(line.content.of(text)).is_some())
}

#[cfg(test)]
mod tests {
    use crate::note::fence::{Opening, opening};

    fn check_content(text: &str, wanted: Option<&str>) {
        let content = match opening(text) {
            Opening::Block { span, content } => {
                assert!(span.covers(content) && span.of(text).starts_with("---"));
                Some(content.of(text))
            }
            _ => None,
        };
        assert_eq!(content, wanted, "{text:?}");
    }

    #[test]
    fn front_matter_is_a_block_between_fences_at_the_very_start() {
        check_content("---\na: b\n---\nbody", Some("a: b\n"));
        check_content("\u{feff}---  \r\na: b\r\n...\t\r\nbody", Some("a: b\r\n"));
        check_content("---\ra: b\r---\r", Some("a: b\r"));
        check_content("---\n---", Some(""));
        check_content("---\na: |\n  ---\n---", Some("a: |\n  ---\n"));
        check_content("---\na: b\n--- \n---\n", Some("a: b\n"));
        for text in [
            "",
            "---",
            "---\n",
            "\n---\na: b\n---\n",
            " ---\na: b\n---\n",
            "----\na: b\n---\n",
            "---x\na: b\n---\n",
        ] {
            check_content(text, None);
        }
    }

    #[test]
    fn an_open_fence_is_one_only_before_a_key() {
        assert!(matches!(opening("---\nname: Ana\n\nbody\n"), Opening::Unclosed(_)));
        assert!(matches!(opening("---\n# comment\n\nname: Ana\n"), Opening::Unclosed(_)));
        assert_eq!(opening("---\nA rule and some text.\n"), Opening::NoFence);
    }
}
