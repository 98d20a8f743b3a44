//! How a note is laid out: its lines, and how its list items are written, so that what is added looks the same.

use crate::note::markdown::{Item, Markdown};
use crate::text::span::Span;

/// The line end in use before `offset`, else the first of the text, else `\n`.
pub fn line_end_near(text: &str, offset: usize) -> &'static str {
    let ends = ['\n', '\r'];
    let before = text.get(..offset).and_then(|before| before.rfind(ends));
    let Some(at) = before.or_else(|| text.find(ends)) else { return "\n" };
    let here = text.get(at.saturating_sub(1)..).unwrap_or("");
    if here.starts_with("\r\n") || text.get(at..).is_some_and(|rest| rest.starts_with("\r\n")) {
        "\r\n"
    } else if text.get(at..).is_some_and(|rest| rest.starts_with('\r')) {
        "\r"
    } else {
        "\n"
    }
}

/// Where the line that holds `offset` starts.
pub fn line_start(text: &str, offset: usize) -> usize {
    let Some(before) = text.get(..offset) else { return offset };
    // Between the two characters of a line end the line has not ended.
    let within = before
        .strip_suffix('\r')
        .filter(|_| text.get(offset..).is_some_and(|rest| rest.starts_with('\n')));
    within.unwrap_or(before).rfind(['\n', '\r']).map_or(0, |at| at + 1)
}

/// Where the line that holds `offset` ends, its line end excluded.
pub fn line_end(text: &str, offset: usize) -> usize {
    text.get(offset..).and_then(|rest| rest.find(['\n', '\r'])).map_or(text.len(), |at| offset + at)
}

/// Where the line after the one that holds `offset` starts; the end of the text where there is none.
pub fn next_line(text: &str, offset: usize) -> usize {
    let end = line_end(text, offset);
    let rest = text.get(end..).unwrap_or("");
    let length = if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) };
    end + length
}

/// Whether the line that holds `offset` is there and is blank.
pub fn is_blank_line(text: &str, offset: usize) -> bool {
    let line = Span::new(line_start(text, offset), line_end(text, offset));
    offset < text.len() && is_blank(line.of(text))
}

/// Whether there is nothing but spaces, tabs and line ends: other white space is text in Markdown.
pub fn is_blank(text: &str) -> bool {
    text.trim_matches([' ', '\t', '\n', '\r']).is_empty()
}

/// Whether the last line has a line end, or there is no line.
pub fn ends_with_line_end(text: &str) -> bool {
    text.is_empty() || text.ends_with(['\n', '\r'])
}

/// Whether a blank line stands between two places.
pub fn has_blank_line(text: &str, between: Span) -> bool {
    let mut ends = 0;
    for character in between.of(text).replace("\r\n", "\n").chars() {
        match character {
            '\n' | '\r' => ends += 1,
            other if !other.is_whitespace() => ends = 0,
            _ => {}
        }
        if ends == 2 {
            return true;
        }
    }
    false
}

/// How the items of one list are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemStyle {
    /// What stands before the marker.
    pub indent: String,
    /// `-`, `*`, `+`, `3.`
    pub marker: String,
    /// What stands between marker and text.
    pub gap: String,
    /// What stands before the further lines of an item.
    pub continuation: String,
    /// Whether a blank line stands between the items.
    pub loose: bool,
}

impl ItemStyle {
    /// The style of a top-level item and its list.
    pub fn of(text: &str, markdown: &Markdown, item: &Item) -> ItemStyle {
        let indent = Span::new(line_start(text, item.marker.start), item.marker.start).of(text);
        let marker = item.marker.of(text);
        let gap = gap(text, item);
        let width = columns(indent, marker, gap);
        // In a note whose children are indented by tabs, a tab; it reaches column 4.
        let tabbed = width <= 4 && indent.is_empty() && indents_by_tabs(text, markdown);
        ItemStyle {
            indent: indent.to_owned(),
            marker: marker.to_owned(),
            gap: gap.to_owned(),
            continuation: if tabbed { "\t".to_owned() } else { " ".repeat(width) },
            loose: is_loose(text, markdown, item.list),
        }
    }

    /// The style for a new list: that of the note's first plain list, else `- `.
    pub fn for_new_list(text: &str, markdown: &Markdown) -> ItemStyle {
        let known = markdown.items.iter().find(|item| is_top_level(item) && !item.ordered);
        let style = known.map(|item| ItemStyle::of(text, markdown, item));
        let style = style.filter(|style| style.indent.is_empty());
        style.map_or_else(ItemStyle::plain, |style| ItemStyle { loose: false, ..style })
    }

    fn plain() -> ItemStyle {
        let (indent, marker, gap) = (String::new(), "-".to_owned(), " ".to_owned());
        ItemStyle { indent, marker, gap, continuation: "  ".to_owned(), loose: false }
    }

    /// The item, without a line end after it; blank lines stay blank.
    pub fn write(&self, lines: &[String], line_end: &str) -> String {
        let mut written = String::new();
        for (at, line) in lines.iter().enumerate() {
            match (at, line.trim_end()) {
                (0, line) => {
                    written.push_str(&format!(
                        "{}{}{}{}",
                        self.indent,
                        self.marker,
                        self.gap,
                        line.trim_start()
                    ));
                }
                (_, "") => written.push_str(line_end),
                (_, line) => written.push_str(&format!("{line_end}{}{line}", self.continuation)),
            }
        }
        written
    }
}

/// Whether an item stands in no other item, quote or footnote.
pub fn is_top_level(item: &Item) -> bool {
    item.parent.is_none() && !item.quoted
}

/// The white space between marker and text, where it is of use: one line, at most four columns (five start code).
fn gap<'a>(text: &'a str, item: &Item) -> &'a str {
    let end = item.task.map_or(item.content.start, |task| task.span.start.saturating_sub(1));
    let gap = Span::new(item.marker.end, end).of(text);
    let blank = !gap.is_empty() && gap.chars().all(|character| matches!(character, ' ' | '\t'));
    let fits = blank && columns("", "", gap) <= 4 && (gap == "\t" || !gap.contains('\t'));
    let empty = item.content.is_empty() && item.task.is_none();
    if fits && !empty { gap } else { " " }
}

/// The column after the parts, with tab stops at every fourth.
fn columns(indent: &str, marker: &str, gap: &str) -> usize {
    let characters = indent.chars().chain(marker.chars()).chain(gap.chars());
    characters.fold(
        0,
        |column, character| if character == '\t' { column - column % 4 + 4 } else { column + 1 },
    )
}

fn indents_by_tabs(text: &str, markdown: &Markdown) -> bool {
    let mut children = markdown.items.iter().filter(|item| item.parent.is_some() && !item.quoted);
    children.any(|item| {
        text.get(line_start(text, item.marker.start)..).is_some_and(|line| line.starts_with('\t'))
    })
}

/// Whether more than half of the list's items have a blank line before them.
fn is_loose(text: &str, markdown: &Markdown, list: usize) -> bool {
    let (mut gaps, mut blank) = (0, 0);
    let mut last: Option<&Item> = None;
    for item in markdown.items.iter().filter(|item| item.list == list) {
        if let Some(last) = last {
            gaps += 1;
            let between = Span::new(last.span.end, item.marker.start);
            blank += usize::from(has_blank_line(text, between));
        }
        last = Some(item);
    }
    blank * 2 > gaps
}

#[cfg(test)]
mod tests {
    use crate::note::layout::{ItemStyle, has_blank_line, is_blank_line, line_end_near, next_line};
    use crate::note::markdown::read;
    use crate::text::span::Span;

    #[test]
    fn line_ends_are_copied_from_the_line_before() {
        assert_eq!(line_end_near("a\r\nb\nc", 6), "\n");
        assert_eq!(line_end_near("a\nb\r\nc", 6), "\r\n");
        assert_eq!(line_end_near("a\rb", 3), "\r");
        assert_eq!(line_end_near("a\r\n", 0), "\r\n");
        assert_eq!(line_end_near("a", 1), "\n");
        assert_eq!(next_line("a\r\nb", 0), 3);
    }

    #[test]
    fn blank_lines_are_seen() {
        assert!(has_blank_line("a\n \t\nb", Span::new(1, 5)));
        assert!(!has_blank_line("a\r\nb", Span::new(1, 3)));
        assert!(is_blank_line("a\n\nb", 2) && !is_blank_line("a", 1));
    }

    fn check(text: &str, expected: &str) {
        let markdown = read(text, 0);
        let style = ItemStyle::of(text, &markdown, &markdown.items[0]);
        let lines = ["one", "two", "", "- three"].map(str::to_owned);
        assert_eq!(
            style.write(&lines, "\n") + if style.loose { " loose" } else { "" },
            expected,
            "{text}"
        );
    }

    #[test]
    fn an_item_is_written_like_its_neighbour() {
        check("- a", "- one\n  two\n\n  - three");
        check(" *   [ ] a", " *   one\n     two\n\n     - three");
        check("10. a", "10. one\n    two\n\n    - three");
        check("-\ta", "-\tone\n    two\n\n    - three");
        check("- a\n\t- b", "- one\n\ttwo\n\n\t- three");
        check("-\n  a", "- one\n  two\n\n  - three");
        check("-      code", "- one\n  two\n\n  - three");
        check("- a\n\n- b\n- c\n\n- d", "- one\n  two\n\n  - three loose");
    }
}
