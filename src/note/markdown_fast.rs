//! The fast reader: Markdown as most notes have it, line by line, without a parser.
//!
//! It knows headings, paragraphs, lists with at most one list below each item, task boxes, quotes of one paragraph,
//! fenced code, tables without links, wikilinks and Markdown links to a plain destination. It never guesses: for
//! anything else it gives `None`, and the parser is asked. What it does read, the parser reads in the same way, which
//! a property test in `markdown` holds.

use crate::note::comment;
use crate::note::markdown_line::{
    begins_text, cells, divides_table, fence_length, heading_level, markdown_link, shown, task_box,
    wikilink,
};
use crate::note::outline::{Heading, Item, Link, LinkKind, Markdown, TaskBox};
use crate::note::tag;
use crate::text::byte_scan::{first_place, holds, is_trimmed, places};
use crate::text::span::Span;

/// The structure of `body`, in its own coordinates; `None` where there is anything that this reader is not sure of.
pub fn read(body: &str) -> Option<Markdown> {
    let common = holds_common_characters(body) && lines_end_alike(body);
    if !common || comment::may_have_comments(body) || body.starts_with('\u{feff}') {
        return None;
    }
    let mut reader = Reader::new(body);
    let mut start = 0;
    for end in places(body.as_bytes(), b'\n').chain(std::iter::once(body.len())) {
        reader.line(Span::new(start, end))?;
        start = end + 1;
    }
    reader.finish()
}

/// Whether there are no control characters but line ends, no HTML, escapes and entities.
fn holds_common_characters(body: &str) -> bool {
    let common = |byte: &u8| {
        ((*byte >= b' ') | (*byte == b'\n') | (*byte == b'\r'))
            & (*byte != b'<')
            & (*byte != b'\\')
            & (*byte != b'&')
    };
    // A whole fold, not a search that stops: the processor takes many bytes at a time.
    body.as_bytes().iter().fold(true, |all, byte| all & common(byte))
}

/// Whether no line ends with a lone carriage return.
fn lines_end_alike(body: &str) -> bool {
    let bytes = body.as_bytes();
    places(bytes, b'\r').all(|at| bytes.get(at + 1) == Some(&b'\n'))
}

/// What the lines before have opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Paragraph { start: usize, end: usize },
    List(List),
    Quote,
    Fence { start: usize, length: usize },
    TableHead { cells: usize },
    Table,
}

/// An open list: its marker, its number, its last item, and the same of the list below that item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct List {
    marker: u8,
    number: usize,
    item: usize,
    below: Option<(u8, usize)>,
    /// Whether a blank line stands after the last item.
    rests: bool,
}

struct Reader<'a> {
    body: &'a str,
    markdown: Markdown,
    open: Open,
    list_count: usize,
    section: Option<usize>,
    /// Whether there is any code in the note.
    has_code: bool,
    /// Links of any kind: no place for tags.
    linked: Vec<Span>,
    /// The first bracket that has not been read, in whichever line: few lines have one, and none of the others is searched.
    bracket: usize,
}

impl<'a> Reader<'a> {
    fn new(body: &'a str) -> Reader<'a> {
        // About what notes have, so that few lists grow more than once.
        let items = Vec::with_capacity(body.len() / 96);
        let bracket = bracket_from(body, 0);
        let link_count = if bracket < body.len() { 4 + body.len() / 256 } else { 0 };
        let links = Vec::with_capacity(link_count);
        Reader {
            body,
            markdown: Markdown { items, links, ..Markdown::default() },
            open: Open::Nothing,
            list_count: 0,
            section: None,
            has_code: holds(body, b'`'),
            linked: Vec::with_capacity(link_count),
            bracket,
        }
    }

    fn line(&mut self, line: Span) -> Option<()> {
        let text = line.of(self.body);
        let text = text.strip_suffix('\r').unwrap_or(text);
        let line = Span::new(line.start, line.start + text.len());
        if let Open::Fence { start, length } = self.open {
            return self.code(line, start, length);
        }
        let indent = text.bytes().take_while(|byte| *byte == b' ').count();
        let inner = text.get(indent..)?;
        let rest = Span::new(line.start + indent, line.end);
        match (indent, inner.as_bytes()) {
            (_, []) => return self.blank(),
            (0, [b'`', ..]) => return self.fence(line),
            _ if self.has_code && holds(inner, b'`') => return None,
            _ => {}
        }
        match (indent, inner.as_bytes()) {
            (0, [b'#', ..]) if heading_level(inner).is_some() => self.heading(line),
            (0, [b'-' | b'*', b' ', ..]) => self.item(rest),
            (2, [b'-' | b'*', b' ', ..]) => self.item_below(rest),
            (0, [b'|', ..]) => self.row(text),
            (0, [b'>', b' ', ..]) => self.quote(Span::new(line.start + 2, line.end)),
            (0, _) => self.text(line),
            (2, _) => self.more_of_item(rest),
            _ => None,
        }
    }

    fn blank(&mut self) -> Option<()> {
        match &mut self.open {
            Open::List(list) => list.rests = true,
            Open::TableHead { .. } => return None,
            _ => self.close(),
        }
        Some(())
    }

    /// Ends what is open.
    fn close(&mut self) {
        if let Open::Paragraph { start, end } = self.open {
            let text = Span::new(start, end).of(self.body);
            let text = if is_trimmed(text) { text } else { text.trim_end() };
            self.markdown.paragraphs.push(Span::new(start, start + text.len()));
        }
        self.open = Open::Nothing;
    }

    fn heading(&mut self, line: Span) -> Option<()> {
        if matches!(self.open, Open::TableHead { .. }) {
            return None;
        }
        self.close();
        let text = line.of(self.body);
        let level = heading_level(text)?;
        let content = trimmed(self.body, Span::new(line.start + usize::from(level), line.end));
        let written = content.of(self.body);
        // What the text is without its marks is left to the parser.
        let is_marked = written.bytes().any(|byte| matches!(byte, b'*' | b'_' | b'~'));
        if written.is_empty() || written.ends_with('#') || is_marked {
            return None;
        }
        let span = Span::new(line.start, content.end);
        let text = self.heading_text(content)?;
        self.section = Some(self.markdown.headings.len());
        self.markdown.headings.push(Heading { level, text, content, span, nested: false });
        Some(())
    }

    /// The text of a heading: of its links what they show.
    fn heading_text(&mut self, content: Span) -> Option<String> {
        let before = self.linked.len();
        self.links(content)?;
        if self.linked.len() == before {
            return Some(content.of(self.body).to_owned());
        }
        let mut text = String::with_capacity(content.len());
        let mut from = content.start;
        for link in self.linked.get(before..).unwrap_or_default() {
            text.push_str(Span::new(from, link.start).of(self.body));
            text.push_str(shown(link.of(self.body)));
            from = link.end;
        }
        text.push_str(Span::new(from, content.end).of(self.body));
        Some(text.trim().to_owned())
    }

    /// A line of a paragraph.
    fn text(&mut self, line: Span) -> Option<()> {
        if !begins_text(line.of(self.body)) {
            return None;
        }
        self.links(line)?;
        match &mut self.open {
            Open::Nothing => self.open = Open::Paragraph { start: line.start, end: line.end },
            Open::Paragraph { end, .. } => *end = line.end,
            Open::List(list) if list.rests => {
                self.open = Open::Paragraph { start: line.start, end: line.end };
            }
            // It would go on with what is open.
            _ => return None,
        }
        Some(())
    }

    /// A line of a quote; `line` begins after its mark.
    fn quote(&mut self, line: Span) -> Option<()> {
        match self.open {
            Open::Nothing | Open::Quote => {}
            Open::List(list) if list.rests => {}
            _ => return None,
        }
        self.open = Open::Quote;
        begins_text(line.of(self.body)).then(|| self.links(line))?
    }

    fn fence(&mut self, line: Span) -> Option<()> {
        let length = fence_length(line.of(self.body))?;
        match self.open {
            Open::Nothing | Open::Paragraph { .. } => self.close(),
            Open::List(list) if list.rests => {}
            _ => return None,
        }
        self.open = Open::Fence { start: line.start, length };
        Some(())
    }

    /// A line after the start of a fence.
    fn code(&mut self, line: Span, start: usize, length: usize) -> Option<()> {
        let text = line.of(self.body);
        let closes = text.trim_end_matches(' ');
        if closes.len() >= length && closes.bytes().all(|byte| byte == b'`') {
            self.markdown.hidden.push(Span::new(start, line.start + closes.len()));
            self.open = Open::Nothing;
        } else if holds(text, b'`') && text.contains("```") {
            return None;
        }
        Some(())
    }

    fn row(&mut self, row: &str) -> Option<()> {
        let cells = cells(row)?;
        self.open = match self.open {
            Open::Nothing if !divides_table(row) => Open::TableHead { cells },
            Open::TableHead { cells: above } if above == cells && divides_table(row) => Open::Table,
            Open::Table => Open::Table,
            _ => return None,
        };
        Some(())
    }

    // Items

    /// An item of a list that stands in no other; `span` begins at its marker.
    fn item(&mut self, span: Span) -> Option<()> {
        let marker = *self.body.as_bytes().get(span.start)?;
        let item = self.markdown.items.len();
        let number = match self.open {
            Open::List(list) if list.marker != marker => return None,
            Open::List(list) => list.number,
            Open::Nothing | Open::Paragraph { .. } => {
                self.close();
                self.next_list()
            }
            _ => return None,
        };
        self.open = Open::List(List { marker, number, item, below: None, rests: false });
        self.push_item(span, None, number)
    }

    /// An item of the list below the last item.
    fn item_below(&mut self, span: Span) -> Option<()> {
        let marker = *self.body.as_bytes().get(span.start)?;
        let Open::List(mut list) = self.open else { return None };
        let number = match list.below {
            _ if list.rests => return None,
            Some((below, number)) => (below == marker).then_some(number)?,
            None => self.next_list(),
        };
        list.below = Some((marker, number));
        self.open = Open::List(list);
        self.push_item(span, Some(list.item), number)?;
        let end = self.markdown.items.last()?.span.end;
        self.markdown.items.get_mut(list.item)?.span.end = end;
        Some(())
    }

    /// A further line of the text of an item that has no list below it.
    fn more_of_item(&mut self, line: Span) -> Option<()> {
        let Open::List(List { below: None, rests: false, .. }) = self.open else { return None };
        let text = trimmed(self.body, line);
        if !begins_text(line.of(self.body)) || text.is_empty() {
            return None;
        }
        self.links(line)?;
        let end = text.end;
        let item = self.markdown.items.last_mut()?;
        item.content.end = end;
        item.span.end = end;
        Some(())
    }

    fn next_list(&mut self) -> usize {
        self.list_count += 1;
        self.list_count - 1
    }

    fn push_item(&mut self, span: Span, parent: Option<usize>, list: usize) -> Option<()> {
        let text = Span::new(span.start + 2, span.end);
        let task = task_box(text.of(self.body)).map(|status| {
            let at = text.start + 1;
            TaskBox { status, span: Span::new(at, at + status.len_utf8()) }
        });
        if task.is_none() && !begins_text(text.of(self.body)) {
            return None;
        }
        // A space follows the box.
        let start = task.map_or(text.start, |task| task.span.end + 2);
        let content = trimmed(self.body, Span::new(start, text.end));
        if content.is_empty() {
            return None;
        }
        self.links(content)?;
        self.markdown.items.push(Item {
            span: Span::new(span.start, content.end),
            marker: Span::new(span.start, span.start + 1),
            content,
            task,
            parent,
            heading: self.section,
            quoted: false,
            ordered: false,
            list,
        });
        Some(())
    }

    // Links

    /// Every link on one line; a bracket that opens none is left to the parser.
    fn links(&mut self, line: Span) -> Option<()> {
        if self.bracket >= line.end { Some(()) } else { self.links_from_bracket(line) }
    }

    fn links_from_bracket(&mut self, line: Span) -> Option<()> {
        if self.bracket < line.start {
            self.bracket = bracket_from(self.body, line.start);
        }
        while self.bracket < line.end {
            let after = self.link(Span::new(self.bracket, line.end))?;
            self.bracket = bracket_from(self.body, after);
        }
        Some(())
    }

    /// The link that begins at the bracket where `rest` starts; where it ends.
    fn link(&mut self, rest: Span) -> Option<usize> {
        let before = rest.start.checked_sub(1).and_then(|at| self.body.as_bytes().get(at));
        let inner = rest.of(self.body).get(1..)?;
        let (kind, length, target) = match inner.strip_prefix('[') {
            _ if before == Some(&b'!') => return None,
            Some(inner) => wikilink(inner)
                .map(|(length, target)| (LinkKind::Wiki, length + 2, Some(target)))?,
            None => markdown_link(inner)
                .map(|(length, target)| (LinkKind::Markdown, length + 1, target))?,
        };
        let span = Span::new(rest.start, rest.start + length);
        self.linked.push(span);
        self.markdown.links.extend(target.map(|target| Link { kind, span, target }));
        Some(span.end)
    }

    fn finish(mut self) -> Option<Markdown> {
        if matches!(self.open, Open::Fence { .. } | Open::TableHead { .. }) {
            return None;
        }
        self.close();
        let Reader { body, linked, mut markdown, .. } = self;
        let visible = |at: usize| !comment::covers(&markdown.hidden, at);
        let tags = tag::tags(body, |at| visible(at) && !comment::covers(&linked, at));
        let blocks = tag::blocks(body, visible);
        (markdown.tags, markdown.blocks) = (tags, blocks);
        Some(markdown)
    }
}

/// The first bracket at `start` or after it; the end where there is none.
fn bracket_from(body: &str, start: usize) -> usize {
    let found = body.get(start..).and_then(|rest| first_place(rest, b'['));
    found.map_or(body.len(), |at| start + at)
}

/// The span without white space around it.
fn trimmed(body: &str, span: Span) -> Span {
    let text = span.of(body);
    if is_trimmed(text) {
        return span;
    }
    let text = text.trim_end();
    let start = span.start + text.len() - text.trim_start().len();
    Span::new(start, span.start + text.len())
}

#[cfg(test)]
mod tests {
    use crate::note::markdown_fast::read;

    #[test]
    fn a_usual_note_needs_no_parser() {
        let note = concat!(
            "# Ana Lima\n\nMet at *school*, with [[Bo|B]] and [Cai](people/cai.md).\nMore: 5 * 3.\n",
            "\n## Log\n- 2026-10-12 call: New job #event/new-job\n  - [ ] Send it 📅 2026-10-20 ^p1\n",
            "- 2026-08-02 met [[Rita Lima]]: climbing\n  in Sintra\n\n- **2026-08-01** walk\n",
            "### 2026-07-01 met [[Bo]]\n\ntold\n\n> There is more\n> to say\n\n```\n- code\n```\n",
            "\n| when | what |\n|---|:-:|\n| now | this |\n\n* a\n* b\n",
        );
        for text in [note.to_owned(), note.replace('\n', "\r\n"), String::new()] {
            assert!(read(&text).is_some(), "{text}");
        }
    }

    #[test]
    fn what_may_be_something_else_is_left_to_the_parser() {
        for text in [
            "a `b`",
            "a <b>",
            "a &amp; b",
            "a \\[b",
            "%% a %%",
            "a\tb",
            "a\rb",
            "\u{feff}a",
            "[a]",
            "[a]: b",
            "[^1]",
            "![[a]]",
            "![a](b.md)",
            "[a](b c)",
            "[a](b \"c\")",
            "[a][b]",
            "[[a]](b)",
            "[[]]",
            "[[a",
            "- [2026-10-12]: a",
            "a\n===",
            "a\n---",
            "---",
            "- - a",
            "- # a",
            "- > a",
            "1. a",
            "1) a",
            "+ a",
            "-  a",
            "-",
            "- ",
            "    a",
            " a",
            "- a\nb",
            "- a\n\n  b",
            "- a\n* b",
            "> a\nb",
            "> > a",
            "# a #",
            "# *a*",
            "# ",
            "```\na",
            "~~~\na\n~~~",
            "- ```",
            "| a |",
            "| a |\n# b",
            "a | b\n-|-",
            "| [[a]] |\n|---|",
            "  - a",
            "- a\n    - b",
            "- a\n  - b\n    c",
            "* * *",
        ] {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
