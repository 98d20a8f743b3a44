//! The Markdown of a note: headings, list items, tasks and links with their places.
//!
//! CommonMark with tables, strike-through, footnotes and wikilinks, read by pulldown-cmark. Task boxes and comments
//! are read here, as Obsidian reads them: any one character is a status. Two options stay off for good:
//! `ENABLE_HEADING_ATTRIBUTES` (it can panic and drops `{#id}` from headings) and the metadata blocks (the front
//! matter is cut off before). Reading never fails and takes linear time.

use crate::note::comment;
use crate::note::link::Target;
use crate::note::tag;
use crate::text::span::Span;
use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

/// The structure of a note's body. All spans are in the coordinates of the whole file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Markdown {
    /// In file order.
    pub headings: Vec<Heading>,
    /// List items in file order, parents before children.
    pub items: Vec<Item>,
    /// In file order; links in code and comments are not links.
    pub links: Vec<Link>,
    /// `#tag`s in the body, in file order, without the `#`; the span holds the `#`.
    pub tags: Vec<(String, Span)>,
    /// `^block` ids at the end of lines, without the `^`; the span holds the `^`.
    pub blocks: Vec<(String, Span)>,
    /// Code (fenced, indented, inline), comments (`%% … %%`, `<!-- … -->`) and HTML: what they hold is only text.
    /// Sorted and disjoint.
    pub hidden: Vec<Span>,
    /// Top-level paragraphs (not in lists, quotes, footnotes, tables).
    pub paragraphs: Vec<Span>,
}

/// A heading, ATX or setext.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its text without marks (`#`, emphasis; of a link what it shows), trimmed.
    pub text: String,
    /// Its text as it is written, without the `#`s around it; empty where there is none.
    pub content: Span,
    /// From its first byte to the end of its last line, line end excluded.
    pub span: Span,
    /// Whether it stands in a block quote, footnote or list item, where it makes no section.
    pub nested: bool,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// From its marker to its last byte, children included, trailing blank lines and the last line end excluded.
    pub span: Span,
    /// The marker, `-` or `1.`, without the space after it.
    pub marker: Span,
    /// The text of its first paragraph after marker and task box, to the end of that paragraph (it may hold line
    /// ends with lazy or indented continuation lines, in a quote also their `>`); empty for an item that starts
    /// with a block.
    pub content: Span,
    /// The task box, where there is one.
    pub task: Option<TaskBox>,
    /// The enclosing item, as an index into [`Markdown::items`].
    pub parent: Option<usize>,
    /// The nearest heading above that makes a section, as an index into [`Markdown::headings`].
    pub heading: Option<usize>,
    /// Whether it stands in a block quote or a footnote.
    pub quoted: bool,
    /// Whether its list is numbered.
    pub ordered: bool,
    /// Which list it belongs to; lists are counted from 0 in the order of their starts.
    pub list: usize,
}

/// `[ ]` at the start of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaskBox {
    /// The character between the brackets.
    pub status: char,
    /// That one character.
    pub span: Span,
}

/// A link in the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// How it is written.
    pub kind: LinkKind,
    /// From `[` or `!` to the end.
    pub span: Span,
    /// What it points at; of a Markdown link the percent-decoded path, its text as `display`.
    pub target: Target,
}

/// How a link is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// `[[Ana]]`
    Wiki,
    /// `![[Ana]]`
    WikiEmbed,
    /// `[Ana](people/ana.md)`, a path to a note in the vault. Links with a scheme and images are left out.
    Markdown,
}

/// Reads the body of a note: what follows `body_start`, the first byte after the front matter. A byte order mark at
/// the start is passed over; an offset that does not fit `text` gives an empty structure.
pub fn read(text: &str, body_start: usize) -> Markdown {
    let mark = if body_start == 0 && text.starts_with('\u{feff}') { 3 } else { 0 };
    let start = body_start + mark;
    let Some(body) = text.get(start..) else { return Markdown::default() };
    let comments = comment::block_comments(body);
    let masked = comment::masked(body, &comments);
    let mut reader = Reader::new(&masked);
    for (event, range) in Parser::new_ext(&masked, options()).into_offset_iter() {
        reader.read(event, range.into());
    }
    let mut markdown = reader.finish(comments);
    markdown.shift(start);
    markdown
}

/// No task lists: pulldown-cmark knows `[ ]` and `[x]` only. No `ENABLE_GFM`: it only takes the first line of five
/// kinds of callout out of their text.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_WIKILINKS
}

impl Markdown {
    fn shift(&mut self, by: usize) {
        if by == 0 {
            return;
        }
        let move_on = |span: &mut Span| *span = span.shifted(by);
        for heading in &mut self.headings {
            move_on(&mut heading.span);
            move_on(&mut heading.content);
        }
        for item in &mut self.items {
            [&mut item.span, &mut item.marker, &mut item.content].into_iter().for_each(move_on);
            item.task.iter_mut().for_each(|task| move_on(&mut task.span));
        }
        self.links.iter_mut().for_each(|link| move_on(&mut link.span));
        self.tags.iter_mut().chain(&mut self.blocks).for_each(|(_, span)| move_on(span));
        self.hidden.iter_mut().chain(&mut self.paragraphs).for_each(move_on);
    }
}

/// An item that is not closed yet.
struct OpenItem {
    index: usize,
    /// Whether its content is known: its first paragraph has ended, or it starts with a block.
    settled: bool,
}

struct OpenList {
    number: usize,
    ordered: bool,
}

/// A Markdown link that is not closed yet.
struct OpenLink {
    index: usize,
    start: usize,
    /// Where its text ends, as far as it has been read.
    text_end: usize,
}

/// What has been read so far. Offsets are those of `body`.
struct Reader<'a> {
    body: &'a str,
    markdown: Markdown,
    items: Vec<OpenItem>,
    lists: Vec<OpenList>,
    list_count: usize,
    /// How many block quotes and footnotes are open.
    quotes: usize,
    /// The heading that makes the current section.
    section: Option<usize>,
    in_heading: bool,
    /// The inline text since the last start or end of a block.
    run: Option<Span>,
    /// All such texts, kept only where there may be comments in them.
    runs: Option<Vec<Span>>,
    /// Links and images of any kind, the outermost only: no place for tags.
    linked: Vec<Span>,
    link_depth: usize,
    open_link: Option<OpenLink>,
    /// The last offset that was trimmed, and the result: nested items end at one place, which is looked at once.
    trimmed: (usize, usize),
}

impl<'a> Reader<'a> {
    fn new(body: &'a str) -> Reader<'a> {
        Reader {
            body,
            markdown: Markdown::default(),
            items: Vec::new(),
            lists: Vec::new(),
            list_count: 0,
            quotes: 0,
            section: None,
            in_heading: false,
            run: None,
            runs: body.contains("%%").then(Vec::new),
            linked: Vec::new(),
            link_depth: 0,
            open_link: None,
            trimmed: (0, 0),
        }
    }

    fn read(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(text) => {
                self.extend_run(span);
                self.heading_text(&text);
            }
            Event::Code(text) => {
                self.inline_hidden(span);
                self.heading_text(&text);
            }
            Event::InlineHtml(_) => self.inline_hidden(span),
            Event::SoftBreak | Event::HardBreak => self.heading_text(" "),
            Event::Rule => self.start_block(),
            Event::FootnoteReference(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::TaskListMarker(_) => self.extend_run(span),
            Event::Html(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => self.extend_run(span),
            Tag::Link { link_type, dest_url, .. } => {
                self.start_link(span);
                self.link(link_type, &dest_url, span);
            }
            Tag::Image { link_type, .. } => {
                self.start_link(span);
                self.image(link_type, span);
            }
            Tag::Paragraph => self.paragraph(span),
            Tag::Item => self.item(span),
            Tag::Heading { level, .. } => self.heading(level, span),
            Tag::List(first) => {
                self.start_block();
                self.lists.push(OpenList { number: self.list_count, ordered: first.is_some() });
                self.list_count += 1;
            }
            Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) => {
                self.start_block();
                self.quotes += 1;
            }
            Tag::CodeBlock(_) | Tag::HtmlBlock => {
                self.start_block();
                self.hide(self.without_line_end(span));
            }
            _ => self.start_block(),
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {}
            TagEnd::Link => self.end_link(span),
            TagEnd::Image => self.link_depth = self.link_depth.saturating_sub(1),
            TagEnd::Item => {
                self.end_run();
                self.end_item(span);
            }
            TagEnd::List(_) => {
                self.end_run();
                self.lists.pop();
            }
            TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition => {
                self.end_run();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::Heading(_) => self.end_heading(),
            _ => self.end_run(),
        }
    }

    // Blocks

    /// A block begins: the text before it has ended, and an item without text will have none.
    fn start_block(&mut self) {
        self.end_run();
        self.settle(None);
    }

    /// The innermost item's content is `text`, where it has none yet. What looked like a task box was code where
    /// the text does not start with it.
    fn settle(&mut self, text: Option<Span>) {
        let Some(open) = self.items.last_mut().filter(|item| !item.settled) else { return };
        open.settled = true;
        let Some(item) = self.markdown.items.get_mut(open.index) else { return };
        item.task = item.task.filter(|task| text.is_some_and(|text| text.start < task.span.start));
        let after_box = item.task.map_or(item.marker.end, |task| task.span.end + 1);
        item.content = text.map_or(Span::at(after_box), |text| content(self.body, text, after_box));
    }

    fn paragraph(&mut self, span: Span) {
        self.end_run();
        if self.items.is_empty() && self.quotes == 0 {
            let span = self.without_line_end(span);
            self.markdown.paragraphs.push(span);
        }
    }

    fn heading(&mut self, level: HeadingLevel, span: Span) {
        self.start_block();
        let nested = self.quotes > 0 || !self.items.is_empty();
        let span = self.without_line_end(span);
        let (text, content) = (String::new(), Span::at(span.end));
        self.in_heading = true;
        self.markdown.headings.push(Heading { level: level as u8, text, content, span, nested });
    }

    fn heading_text(&mut self, text: &str) {
        if self.in_heading
            && let Some(heading) = self.markdown.headings.last_mut()
        {
            heading.text.push_str(text);
        }
    }

    fn end_heading(&mut self) {
        let content = self.run;
        self.end_run();
        self.in_heading = false;
        let Some(heading) = self.markdown.headings.last_mut() else { return };
        heading.content = content.unwrap_or(heading.content);
        let trimmed = heading.text.trim();
        if trimmed.len() < heading.text.len() {
            heading.text = trimmed.to_owned();
        }
        if !heading.nested {
            self.section = Some(self.markdown.headings.len() - 1);
        }
    }

    // Items

    fn item(&mut self, span: Span) {
        self.start_block();
        let marker = self.marker(span);
        let task = self.task_box(marker.end);
        let list = self.lists.last();
        let item = Item {
            span: marker,
            marker,
            content: Span::at(marker.end),
            task,
            parent: self.items.last().map(|item| item.index),
            heading: self.section,
            quoted: self.quotes > 0,
            ordered: list.is_some_and(|list| list.ordered),
            list: list.map_or(0, |list| list.number),
        };
        self.items.push(OpenItem { index: self.markdown.items.len(), settled: false });
        self.markdown.items.push(item);
    }

    /// The marker of an item. Its range may start before its indent, even on the line before (trap 5 of
    /// pulldown-cmark: the indent is counted in columns, a tab is several).
    fn marker(&self, span: Span) -> Span {
        let bytes = self.body.as_bytes();
        let between = |byte: &u8| b" \t\r\n>".contains(byte);
        let blank = bytes
            .get(span.start..)
            .map_or(0, |rest| rest.iter().take_while(|byte| between(byte)).count());
        let start = span.start + blank;
        let rest = bytes.get(start..).unwrap_or_default();
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        Span::new(start, (start + digits + 1).min(span.end))
    }

    /// `[c]` after the marker, followed by white space or the end: in Obsidian any one character makes a task.
    fn task_box(&self, marker_end: usize) -> Option<TaskBox> {
        let after = self.body.get(marker_end..)?;
        let inner = after.trim_start_matches([' ', '\t']).strip_prefix('[')?;
        let status = inner.chars().next().filter(|status| !matches!(status, '\n' | '\r'))?;
        let rest = inner.get(status.len_utf8()..)?.strip_prefix(']')?;
        if !(rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r'])) {
            return None;
        }
        let start = self.body.len() - inner.len();
        Some(TaskBox { status, span: Span::new(start, start + status.len_utf8()) })
    }

    fn end_item(&mut self, span: Span) {
        self.settle(None);
        let Some(open) = self.items.pop() else { return };
        let Some(item) = self.markdown.items.get(open.index) else { return };
        let (quoted, floor) = (item.quoted, item.content.end);
        let end = self.trimmed_end(span.end, quoted);
        if let Some(item) = self.markdown.items.get_mut(open.index) {
            item.span.end = end.max(floor);
        }
    }

    /// `end` without the white space before it, in a quote also without `>` marks.
    fn trimmed_end(&mut self, end: usize, quoted: bool) -> usize {
        let (from, to) = self.trimmed;
        if (to..=from).contains(&end) {
            return to;
        }
        let before = self.body.get(..end).unwrap_or("");
        let blank = |character: char| character.is_whitespace() || (quoted && character == '>');
        self.trimmed = (end, before.trim_end_matches(blank).len());
        self.trimmed.1
    }

    // Inline text

    /// Inline content: the text of the innermost block goes on to the end of `span`.
    fn extend_run(&mut self, span: Span) {
        match &mut self.run {
            Some(run) => run.end = run.end.max(span.end),
            None => self.run = Some(Span::new(self.with_backslash(span.start), span.end)),
        }
        if let Some(link) = &mut self.open_link {
            link.text_end = link.text_end.max(span.end);
        }
    }

    /// The text of an escaped character starts after its backslash.
    fn with_backslash(&self, start: usize) -> usize {
        let before = start.checked_sub(1);
        before.filter(|at| self.body.as_bytes().get(*at) == Some(&b'\\')).unwrap_or(start)
    }

    fn end_run(&mut self) {
        let Some(run) = self.run.take() else { return };
        self.settle(Some(run));
        if let Some(runs) = &mut self.runs {
            runs.push(run);
        }
    }

    fn inline_hidden(&mut self, span: Span) {
        self.extend_run(span);
        self.hide(span);
    }

    fn hide(&mut self, span: Span) {
        self.markdown.hidden.push(span);
    }

    fn without_line_end(&self, span: Span) -> Span {
        Span::new(span.start, span.start + span.of(self.body).trim_end().len())
    }

    // Links

    fn start_link(&mut self, span: Span) {
        self.extend_run(span);
        if self.link_depth == 0 {
            self.linked.push(span);
        }
        self.link_depth += 1;
    }

    fn link(&mut self, link_type: LinkType, destination: &str, span: Span) {
        match link_type {
            LinkType::WikiLink { .. } => self.wikilink(LinkKind::Wiki, "[[", span),
            LinkType::Autolink | LinkType::Email => {}
            _ => {
                let Some(target) = Target::from_destination(destination) else { return };
                let (index, start) = (self.markdown.links.len(), span.start);
                self.open_link = Some(OpenLink { index, start, text_end: start + 1 });
                self.markdown.links.push(Link { kind: LinkKind::Markdown, span, target });
            }
        }
    }

    fn image(&mut self, link_type: LinkType, span: Span) {
        if matches!(link_type, LinkType::WikiLink { .. }) {
            self.wikilink(LinkKind::WikiEmbed, "![[", span);
        }
    }

    /// The parts are taken from the source: pulldown-cmark lets a wikilink span lines and keeps `\|` as it is.
    fn wikilink(&mut self, kind: LinkKind, open: &str, span: Span) {
        let inner = span.of(self.body).strip_prefix(open).and_then(|rest| rest.strip_suffix("]]"));
        if let Some(inner) = inner.filter(|inner| !inner.contains(['\n', '\r'])) {
            let target = Target::parse(inner);
            if !target.is_empty() {
                self.markdown.links.push(Link { kind, span, target });
            }
        }
    }

    fn end_link(&mut self, span: Span) {
        self.link_depth = self.link_depth.saturating_sub(1);
        let Some(open) = self.open_link.take_if(|open| open.start == span.start) else { return };
        let text = Span::new(open.start + 1, open.text_end).of(self.body);
        if let Some(link) = self.markdown.links.get_mut(open.index).filter(|_| !text.is_empty()) {
            link.target.display = Some(text.to_owned());
        }
    }

    // The end

    fn finish(mut self, block_comments: Vec<Span>) -> Markdown {
        self.end_run();
        let mut comments = block_comments;
        if let Some(runs) = &self.runs {
            comments.extend(comment::inline_comments(self.body, runs, &self.markdown.hidden));
        }
        let mut markdown = self.markdown;
        if !comments.is_empty() {
            markdown.hidden.append(&mut comments);
            markdown.hidden = united(markdown.hidden);
            let hidden = &markdown.hidden;
            markdown.links.retain(|link| !comment::covers(hidden, link.span.start));
        }
        let visible = |at: usize| !comment::covers(&markdown.hidden, at);
        markdown.tags =
            tag::tags(self.body, |at| visible(at) && !comment::covers(&self.linked, at));
        markdown.blocks = tag::blocks(self.body, visible);
        markdown
    }
}

/// The run without the task box at its start, which ends at `after_box`.
fn content(body: &str, run: Span, after_box: usize) -> Span {
    let start = run.start.max(after_box);
    let text = Span::new(start, run.end).of(body);
    Span::new(start + text.len() - text.trim_start().len(), start + text.len())
}

/// The spans sorted, those that overlap made one.
fn united(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut united: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match united.last_mut().filter(|last| span.start < last.end) {
            Some(last) => last.end = last.end.max(span.end),
            None => united.push(span),
        }
    }
    united
}
