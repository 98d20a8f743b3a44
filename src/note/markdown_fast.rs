//! The fast reader: Markdown as most notes have it, line by line, without a parser.
//!
//! It knows headings, paragraphs, lists of one-line items with at most one list below each, task boxes, wikilinks and
//! Markdown links to a plain destination. It never guesses: for anything else it gives `None`, and the parser is
//! asked. What it does read, the parser reads in the same way, which a property test in `markdown` holds.

use crate::note::link::Target;
use crate::note::outline::{Heading, Item, Link, LinkKind, Markdown, TaskBox};
use crate::note::tag;
use crate::text::byte_scan::{first_place, holds, places};
use crate::text::span::Span;

/// The structure of `body`, in its own coordinates; `None` where there is anything that this reader is not sure of.
pub fn read(body: &str) -> Option<Markdown> {
    if !holds_common_characters(body) || body.contains("%%") || body.starts_with('\u{feff}') {
        return None;
    }
    let mut reader = Reader::new(body);
    let mut start = 0;
    for end in places(body.as_bytes(), b'\n').chain(std::iter::once(body.len())) {
        reader.line(Span::new(start, end))?;
        start = end + 1;
    }
    Some(reader.finish())
}

/// Whether there are no control characters but line feeds, no code, HTML, escapes and entities.
fn holds_common_characters(body: &str) -> bool {
    let common = |byte: &u8| {
        ((*byte >= b' ') | (*byte == b'\n')) & !matches!(byte, b'`' | b'<' | b'\\' | b'&')
    };
    // A whole fold, not a search that stops: the processor takes many bytes at a time.
    body.as_bytes().iter().fold(true, |all, byte| all & common(byte))
}

/// What the lines before have opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Paragraph { start: usize, end: usize },
    List(List),
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
    /// Links of any kind: no place for tags.
    linked: Vec<Span>,
}

impl<'a> Reader<'a> {
    fn new(body: &'a str) -> Reader<'a> {
        // About what notes have, so that few lists grow more than once.
        let items = Vec::with_capacity(body.len() / 96);
        Reader {
            body,
            markdown: Markdown { items, ..Markdown::default() },
            open: Open::Nothing,
            list_count: 0,
            section: None,
            linked: Vec::new(),
        }
    }

    fn line(&mut self, line: Span) -> Option<()> {
        let text = line.of(self.body);
        let inner = text.trim_start_matches(' ');
        let start = line.end - inner.len();
        match (start - line.start, inner.as_bytes()) {
            (_, []) => self.blank(),
            (0, [b'#', ..]) if heading_level(inner).is_some() => self.heading(line)?,
            (0, [b'-' | b'*', b' ', ..]) => self.item(Span::new(start, line.end))?,
            (2, [b'-' | b'*', b' ', ..]) => self.item_below(Span::new(start, line.end))?,
            (0, _) => self.text(line)?,
            _ => return None,
        }
        Some(())
    }

    fn blank(&mut self) {
        match &mut self.open {
            Open::List(list) => list.rests = true,
            _ => self.close(),
        }
    }

    /// Ends the open paragraph or list.
    fn close(&mut self) {
        if let Open::Paragraph { start, end } = self.open {
            let text = Span::new(start, end).of(self.body).trim_end();
            self.markdown.paragraphs.push(Span::new(start, start + text.len()));
        }
        self.open = Open::Nothing;
    }

    fn heading(&mut self, line: Span) -> Option<()> {
        self.close();
        let text = line.of(self.body);
        let level = heading_level(text)?;
        let content = trimmed(self.body, Span::new(line.start + usize::from(level), line.end));
        let shown = content.of(self.body);
        // What the text is without its marks is left to the parser.
        if shown.is_empty() || shown.ends_with('#') || shown.contains(['[', '*', '_', '~']) {
            return None;
        }
        let span = Span::new(line.start, content.end);
        let text = shown.to_owned();
        self.section = Some(self.markdown.headings.len());
        self.markdown.headings.push(Heading { level, text, content, span, nested: false });
        Some(())
    }

    /// A line of a paragraph.
    fn text(&mut self, line: Span) -> Option<()> {
        if !begins_text(line.of(self.body)) {
            return None;
        }
        self.links(line)?;
        match &mut self.open {
            Open::Paragraph { end, .. } => *end = line.end,
            // It would belong to the item.
            Open::List(list) if !list.rests => return None,
            _ => self.open = Open::Paragraph { start: line.start, end: line.end },
        }
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
            _ => {
                self.close();
                self.next_list()
            }
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
        let start = task.map_or(text.start, |task| task.span.end + 1);
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
        let mut at = line.start;
        while let Some(bracket) = first_place(self.body.get(at..line.end)?, b'[') {
            at = self.link(Span::new(at + bracket, line.end))?;
        }
        Some(())
    }

    /// The link that begins at the bracket where `rest` starts; where it ends.
    fn link(&mut self, rest: Span) -> Option<usize> {
        let before = rest.start.checked_sub(1).and_then(|at| self.body.as_bytes().get(at));
        let inner = rest.of(self.body).get(1..)?;
        let (kind, length, target) = match inner.strip_prefix('[') {
            _ if before == Some(&b'!') => return None,
            Some(inner) => wikilink(inner).map(|(length, target)| {
                (LinkKind::Wiki, length + 2, Some(target))
            })?,
            None => markdown_link(inner)
                .map(|(length, target)| (LinkKind::Markdown, length + 1, target))?,
        };
        let span = Span::new(rest.start, rest.start + length);
        self.linked.push(span);
        self.markdown.links.extend(target.map(|target| Link { kind, span, target }));
        Some(span.end)
    }

    fn finish(mut self) -> Markdown {
        self.close();
        let Reader { body, linked, mut markdown, .. } = self;
        let free = |at: usize| {
            let after = linked.partition_point(|span| span.start <= at);
            let last = after.checked_sub(1).and_then(|last| linked.get(last));
            last.is_none_or(|span| !span.contains(at))
        };
        markdown.tags = tag::tags(body, free);
        markdown.blocks = tag::blocks(body, |_| true);
        markdown
    }
}

/// The level of a heading: one to six `#` and a space.
fn heading_level(line: &str) -> Option<u8> {
    let level = line.bytes().take(7).take_while(|byte| *byte == b'#').count();
    let spaced = line.as_bytes().get(level) == Some(&b' ');
    u8::try_from(level).ok().filter(|level| spaced && (1..=6).contains(level))
}

/// Whether a line is text beyond doubt: it begins no block, underlines no heading, divides no table.
fn begins_text(line: &str) -> bool {
    let bytes = line.as_bytes();
    match bytes {
        [b'0'..=b'9', ..] => {
            let digits = bytes.iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
            !matches!(bytes.get(digits), Some(b'.' | b')'))
        }
        [b'*' | b'_', next, ..] => *next != b' ' && bytes.iter().any(u8::is_ascii_alphanumeric),
        [b'[', next, ..] => *next == b'[' || line.contains("]("),
        [b'#', ..] => heading_level(line).is_none() && bytes.iter().any(|byte| *byte != b'#'),
        [b' ' | b'-' | b'+' | b'=' | b'>' | b'|' | b':' | b'~' | b'*' | b'_', ..] | [] => false,
        _ => true,
    }
}

/// The status of the task box with which the text of an item begins, where it is one beyond doubt.
fn task_box(text: &str) -> Option<char> {
    let inner = text.strip_prefix('[')?;
    let status = inner.chars().next().filter(|status| !matches!(status, '[' | ']' | '^'))?;
    inner.get(status.len_utf8()..)?.starts_with("] ").then_some(status)
}

/// The length of a wikilink after its two brackets, and its target.
fn wikilink(inner: &str) -> Option<(usize, Target)> {
    let end = first_place(inner, b']')?;
    let name = inner.get(..end).filter(|name| !holds(name, b'['))?;
    let after = inner.get(end..)?.strip_prefix("]]")?;
    let target = Target::parse(name);
    let plain = !after.starts_with(['[', '(', ']']) && !name.starts_with('|');
    (plain && !target.note.is_empty()).then_some((end + 2, target))
}

/// The length of a Markdown link after its first bracket, and its target where that can be a note.
fn markdown_link(inner: &str) -> Option<(usize, Option<Target>)> {
    let end = first_place(inner, b']')?;
    let text = inner.get(..end)?;
    let place = inner.get(end..)?.strip_prefix("](")?;
    let length = first_place(place, b')')?;
    let destination = place.get(..length)?;
    let plain = !text.is_empty() && text.trim() == text && !text.contains(['[', '!', '*', '_', '~', '^']);
    let graphic = |byte: u8| (byte.is_ascii_graphic() && !b"()\"'".contains(&byte)) || byte >= 0x80;
    if !plain || destination.is_empty() || !destination.bytes().all(graphic) {
        return None;
    }
    let target = Target::from_destination(destination);
    let target = target.map(|target| Target { display: Some(text.to_owned()), ..target });
    Some((end + 2 + length + 1, target))
}

/// The span without white space around it.
fn trimmed(body: &str, span: Span) -> Span {
    let text = span.of(body).trim_end();
    let start = span.start + text.len() - text.trim_start().len();
    Span::new(start, span.start + text.len())
}
