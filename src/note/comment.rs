//! Obsidian comments, `%% … %%`: where they are, and the text with whole-line comments blanked out.
//!
//! A comment that starts a line is a block: it runs to the next `%%` wherever that is, or to the end of the note,
//! and what it holds is not Markdown. Any other comment must end in the paragraph, heading or cell where it starts;
//! without an end it is only text. Code and HTML comments hold no comments.

use crate::text::byte_scan::{first_place, holds};
use crate::text::span::Span;
use std::borrow::Cow;

const MARK: &str = "%%";

/// The comments that start a line (after at most three spaces), in order. One that ends on its own line with text
/// after it is left to [`inline_comments`].
pub fn block_comments(body: &str) -> Vec<Span> {
    let mut comments = Vec::new();
    if !may_have_comments(body) {
        return comments;
    }
    let mut scan = Scan { body, at: 0, fence: None };
    while let Some(line) = scan.next_line() {
        if let Some(comment) = scan.comment_at(line) {
            comments.push(comment);
            scan.at = line_end(body, comment.end);
        }
    }
    comments
}

/// Whether there is anything to look for; a note without a percent sign is through with comments here.
pub fn may_have_comments(body: &str) -> bool {
    holds(body, b'%') && body.contains(MARK)
}

/// The body with the same length and line ends and nothing in `comments` that Markdown could act on.
pub fn masked<'a>(body: &'a str, comments: &[Span]) -> Cow<'a, str> {
    if comments.is_empty() {
        return Cow::Borrowed(body);
    }
    let mut masked = String::with_capacity(body.len());
    let mut copied = 0;
    for comment in comments {
        masked.push_str(Span::new(copied, comment.start).of(body));
        push_blank(&mut masked, body, *comment);
        copied = comment.end;
    }
    masked.push_str(Span::new(copied, body.len()).of(body));
    Cow::Owned(masked)
}

/// The comments within `leaves` (the paragraphs, headings, cells of the body; sorted, disjoint) that do not start in
/// `hidden` (sorted, disjoint).
pub fn inline_comments(body: &str, leaves: &[Span], hidden: &[Span]) -> Vec<Span> {
    let mut comments = Vec::new();
    let mut open: Option<(usize, Span)> = None;
    for (at, _) in body.match_indices(MARK).filter(|(at, _)| !covers(hidden, *at)) {
        let leaf = covering(leaves, at);
        match (open.take(), leaf) {
            (Some((start, opened)), Some(leaf)) if opened == leaf => {
                comments.push(Span::new(start, at + MARK.len()));
            }
            (_, Some(leaf)) => open = Some((at, leaf)),
            (_, None) => {}
        }
    }
    comments
}

/// Whether one of `spans` (sorted, disjoint) holds `offset`.
pub fn covers(spans: &[Span], offset: usize) -> bool {
    covering(spans, offset).is_some()
}

fn covering(spans: &[Span], offset: usize) -> Option<Span> {
    let after = spans.partition_point(|span| span.start <= offset);
    spans.get(after.checked_sub(1)?).copied().filter(|span| span.contains(offset))
}

/// A walk over lines that knows where code is. Fences in lists and quotes are taken as fences at any indent.
struct Scan<'a> {
    body: &'a str,
    at: usize,
    fence: Option<Fence>,
}

/// An open code fence: its character and length, and what ends it when its container ends.
#[derive(Debug, Clone, Copy)]
struct Fence {
    mark: char,
    length: usize,
    quoted: bool,
    /// The column of a fence that stands behind a list marker; 0 for others.
    column: usize,
}

impl Scan<'_> {
    fn next_line(&mut self) -> Option<Span> {
        let line = Span::new(self.at, line_end(self.body, self.at));
        self.at = line.end;
        (!line.is_empty()).then_some(line)
    }

    fn comment_at(&mut self, line: Span) -> Option<Span> {
        let text = line.of(self.body);
        let start = line.start + text.bytes().take_while(|byte| *byte == b' ').count();
        if self.in_fence(text) || start > line.start + 3 {
            return None;
        }
        let rest = self.body.get(start..)?;
        if rest.starts_with("<!--") {
            self.at =
                rest.find("-->").map_or(self.body.len(), |end| line_end(self.body, start + end));
            return None;
        }
        let end = rest.strip_prefix(MARK).map(|inner| {
            inner.find(MARK).map_or(self.body.len(), |end| start + end + 2 * MARK.len())
        })?;
        (end > line.end || is_last_on_line(self.body, end)).then(|| Span::new(start, end))
    }

    /// Whether the line is code or a fence; keeps track of the open fence.
    fn in_fence(&mut self, line: &str) -> bool {
        let Some(open) = self.fence.filter(|fence| !fence.left_by(line)) else {
            self.fence = fence(line);
            return self.fence.is_some();
        };
        let rest =
            line.trim_matches(|character: char| character.is_whitespace() || character == '>');
        if rest.len() >= open.length && rest.chars().all(|character| character == open.mark) {
            self.fence = None;
        }
        true
    }
}

impl Fence {
    /// Whether the line is no longer in the quote or list item that holds the fence.
    fn left_by(self, line: &str) -> bool {
        let text = line.trim_start();
        let indent = line.len() - text.len();
        (self.quoted && !text.starts_with('>')) || (indent < self.column && !text.is_empty())
    }
}

/// The line's text after quote and list marks.
fn without_containers(line: &str) -> &str {
    let mut rest = line;
    loop {
        let inner = rest.trim_start_matches([' ', '\t', '>']);
        let digits = inner.trim_start_matches(|character: char| character.is_ascii_digit());
        let marked =
            if digits.len() < inner.len() { &[". ", ") "][..] } else { &["- ", "* ", "+ "][..] };
        match marked.iter().find_map(|mark| digits.strip_prefix(mark)) {
            Some(after) => rest = after,
            None => return inner,
        }
    }
}

/// The opening code fence of the line (CommonMark 0.31, section 4.5), perhaps behind quote and list marks.
fn fence(line: &str) -> Option<Fence> {
    let text = without_containers(line);
    let mark = text.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let info = text.trim_start_matches(mark);
    let length = text.len() - info.len();
    let before = line.get(..line.len() - text.len())?;
    let quoted = before.contains('>');
    let listed = !quoted && !before.trim().is_empty();
    let column = if listed { before.len() } else { 0 };
    (length >= 3 && !(mark == '`' && info.contains('`'))).then_some(Fence {
        mark,
        length,
        quoted,
        column,
    })
}

/// The offset after the line that holds `offset`, its line end included.
fn line_end(body: &str, offset: usize) -> usize {
    let end = body.get(offset..).and_then(|rest| first_place(rest, b'\n'));
    end.map_or(body.len(), |at| offset + at + 1)
}

fn is_last_on_line(body: &str, offset: usize) -> bool {
    Span::new(offset, line_end(body, offset)).of(body).trim().is_empty()
}

/// Blanks in place of the comment; before text on its last line, characters that start no block.
fn push_blank(masked: &mut String, body: &str, comment: Span) {
    let text = comment.of(body);
    let last_line = text.rfind('\n').map_or(0, |at| at + 1);
    let text_follows = !is_last_on_line(body, comment.end);
    for (at, byte) in text.bytes().enumerate() {
        masked.push(match byte {
            b'\n' | b'\r' => char::from(byte),
            _ if text_follows && at >= last_line => '\u{1}',
            _ => ' ',
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::note::comment::{block_comments, inline_comments, masked};
    use crate::text::span::Span;
    use proptest::prelude::*;

    fn check(body: &str, expected: &[&str]) {
        let found = block_comments(body).iter().map(|span| span.of(body)).collect::<Vec<_>>();
        assert_eq!(found, expected, "{body:?}");
    }

    #[test]
    fn a_comment_at_the_start_of_a_line_is_a_block() {
        check("a\n%%\nb\n%%\nc", &["%%\nb\n%%"]);
        check("%% a %%\r\nb", &["%% a %%"]);
        check("   %%\na%%\n", &["%%\na%%"]);
        check("%% never closed\nb", &["%% never closed\nb"]);
        check("%%\na\n%% b\nc", &["%%\na\n%%"]);
        check("%%\n```\n%%\n- b\n```", &["%%\n```\n%%"]);
    }

    #[test]
    fn other_comments_are_no_blocks() {
        check("a %% b\n%%", &["%%"]);
        check("%% a %% b", &[]);
        check("    %%\na\n    %%", &[]);
        check("```\n%%\n```\n%% x %%", &["%% x %%"]);
        check("- ~~~~\n  %%\n  ~~~\n  %%\n  ~~~~", &[]);
        check("<!--\n%%\n-->\n", &[]);
        check("> ```\n> %%\n%% x %%", &["%% x %%"]);
        check("- ```\n  %%\n%% x %%", &["%% x %%"]);
        check("100 %", &[]);
    }

    #[test]
    fn masking_keeps_lengths_and_line_ends() {
        let body = "é\r\n%%\r\né %% rest\n%% ö %%\n";
        let blank = masked(body, &block_comments(body));
        assert_eq!(blank, "é\r\n  \r\n\u{1}\u{1}\u{1}\u{1}\u{1} rest\n        \n");
        assert_eq!(blank.len(), body.len());
    }

    #[test]
    fn an_inline_comment_ends_where_its_paragraph_ends() {
        let body = "a %% b\nc %% d %% e\n\n`%%` f %% g";
        let leaves = [Span::new(0, 16), Span::new(18, body.len())];
        let found = inline_comments(body, &leaves, &[Span::new(18, 22)]);
        assert_eq!(found.iter().map(|span| span.of(body)).collect::<Vec<_>>(), ["%% b\nc %%"]);
    }

    #[test]
    fn hostile_marks_take_linear_time() {
        for piece in ["%%", "%%\n", "%% a\n\n", "- %%\n", "```\n%%\n", "> %%\n", "1. "] {
            let body = piece.repeat(100_000);
            assert_eq!(masked(&body, &block_comments(&body)).len(), body.len());
        }
    }

    proptest! {
        #[test]
        fn masking_never_moves_a_byte(body in "[%`~<!>\\- é\n\r]{0,60}") {
            let comments = block_comments(&body);
            let blank = masked(&body, &comments);
            prop_assert_eq!(blank.len(), body.len());
            prop_assert!(comments.windows(2).all(|pair| pair[0].end <= pair[1].start));
            prop_assert!(blank.bytes().zip(body.bytes()).all(|(blank, byte)| (blank == b'\n') == (byte == b'\n')));
        }
    }
}
