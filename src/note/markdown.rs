//! The Markdown of a note: headings, list items, tasks and links with their places.
//!
//! CommonMark with tables, strike-through, footnotes and wikilinks, read by pulldown-cmark. Task boxes and comments
//! are read here, as Obsidian reads them: any one character is a status. Two options stay off for good:
//! `ENABLE_HEADING_ATTRIBUTES` (it can panic and drops `{#id}` from headings) and the metadata blocks (the front
//! matter is cut off before). Reading never fails and takes linear time.

pub use crate::note::outline::{Heading, Item, Link, LinkKind, Markdown, TaskBox};

use crate::note::comment;
use crate::note::link::Target;
use crate::note::markdown_fast;
use crate::note::tag;
use crate::text::span::Span;
use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

/// Reads the body of a note: what follows `body_start`, the first byte after the front matter. A byte order mark at
/// the start is passed over; an offset that does not fit `text` gives an empty structure.
pub fn read(text: &str, body_start: usize) -> Markdown {
    read_by(text, body_start, |body| markdown_fast::read(body).unwrap_or_else(|| parsed(body)))
}

/// The same without the fast reader: slower, and the measure of what [`read`] gives.
pub fn read_thoroughly(text: &str, body_start: usize) -> Markdown {
    read_by(text, body_start, parsed)
}

fn read_by(text: &str, body_start: usize, read: impl Fn(&str) -> Markdown) -> Markdown {
    let mark = if body_start == 0 && text.starts_with('\u{feff}') { 3 } else { 0 };
    let start = body_start + mark;
    let Some(body) = text.get(start..) else { return Markdown::default() };
    let mut markdown = read(body);
    markdown.shift(start);
    markdown
}

fn parsed(body: &str) -> Markdown {
    let comments = comment::block_comments(body);
    let masked = comment::masked(body, &comments);
    let mut reader = Reader::new(&masked);
    for (event, range) in Parser::new_ext(&masked, options()).into_offset_iter() {
        reader.read(event, range.into());
    }
    reader.finish(comments)
}

/// No task lists: pulldown-cmark knows `[ ]` and `[x]` only. No `ENABLE_GFM`: it only takes the first line of five
/// kinds of callout out of their text.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_WIKILINKS
}

/// An item that is not closed yet.
struct OpenItem {
    index: usize,
    /// Whether its content is known: its first paragraph has ended, or it starts with a block.
    settled: bool,
    /// Where the furthest item in it ends. A line end of `> ` may belong to it and, in the parser's words, not to the
    /// items around it.
    inner_end: usize,
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
        // About what notes have, so that few lists grow more than once.
        let (items, links) = (body.len() / 96, body.len() / 128);
        let (items, links) = (Vec::with_capacity(items), Vec::with_capacity(links));
        Reader {
            body,
            markdown: Markdown { items, links, ..Markdown::default() },
            items: Vec::new(),
            lists: Vec::new(),
            list_count: 0,
            quotes: 0,
            section: None,
            in_heading: false,
            run: None,
            runs: comment::may_have_comments(body).then(Vec::new),
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
        item.content =
            text.map_or(Span::at(after_box), |text| content_of(self.body, text, after_box));
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
        heading.content =
            content.map_or(heading.content, |run| content_of(self.body, run, run.start));
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
        self.items.push(OpenItem {
            index: self.markdown.items.len(),
            settled: false,
            inner_end: 0,
        });
        self.markdown.items.push(item);
    }

    /// The marker of an item. Its range may start before its indent, even on the line before (in
    /// pulldown-cmark the indent is counted in columns, and a tab is several).
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
        let end = end.max(floor).max(open.inner_end);
        if let Some(item) = self.markdown.items.get_mut(open.index) {
            item.span.end = end;
        }
        if let Some(outer) = self.items.last_mut() {
            outer.inner_end = outer.inner_end.max(end);
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

/// The run without white space around it, and without the task box at its start, which ends at `after_box`.
fn content_of(body: &str, run: Span, after_box: usize) -> Span {
    let start = run.start.max(after_box);
    let text = Span::new(start, run.end).of(body).trim_end();
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

#[cfg(test)]
mod tests {
    use crate::note::markdown::{Markdown, read, read_thoroughly};
    use crate::text::span::Span;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    /// Everything that was read, one fact a line; spans as the text they cover.
    fn shown(text: &str, markdown: &Markdown) -> String {
        let mut lines = Vec::new();
        let source = |span: Span| format!("{:?}", span.of(text));
        for heading in &markdown.headings {
            let nested = if heading.nested { " nested" } else { "" };
            let (level, title, content) = (heading.level, &heading.text, source(heading.content));
            lines.push(format!(
                "heading {level} <{title}> {content} {}{nested}",
                source(heading.span)
            ));
        }
        for item in &markdown.items {
            let task = item.task.map_or(String::new(), |task| format!(" [{}]", task.status));
            let place = item.parent.map_or(String::new(), |parent| format!(" in item {parent}"));
            let under = item.heading.map_or(String::new(), |heading| format!(" under {heading}"));
            let quoted = if item.quoted { " quoted" } else { "" };
            let ordered = if item.ordered { " ordered" } else { "" };
            let (marker, content, list) = (item.marker.of(text), source(item.content), item.list);
            let span = source(item.span);
            lines.push(format!(
                "item {marker}{task} {content} {span} list {list}{place}{under}{quoted}{ordered}"
            ));
        }
        for link in &markdown.links {
            let (kind, target) = (link.kind, &link.target);
            let shown_as = target.display.as_deref().unwrap_or("-");
            let place =
                [Some(target.note.as_str()), target.heading.as_deref(), target.block.as_deref()];
            lines.push(format!("link {kind:?} {} {place:?} {shown_as}", source(link.span)));
        }
        lines
            .extend(markdown.tags.iter().map(|(tag, span)| format!("tag {tag} {}", source(*span))));
        lines.extend(
            markdown.blocks.iter().map(|(id, span)| format!("block {id} {}", source(*span))),
        );
        lines.extend(markdown.hidden.iter().map(|span| format!("hidden {}", source(*span))));
        lines.extend(markdown.paragraphs.iter().map(|span| format!("paragraph {}", source(*span))));
        lines.join("\n") + "\n"
    }

    fn check(text: &str, expected: &Expect) {
        let markdown = read(text, 0);
        assert_eq!(markdown, read_thoroughly(text, 0), "the fast reader says something else");
        expected.assert_eq(&shown(text, &markdown));
    }

    #[test]
    fn a_contact_note() {
        check(
            "# Ana *Lima*\n\nText with [[Bo|B]].\nMore.\n\n## Log ##\n- 2026-10-12 call: job #event/new-job\n  - [ ] Send it 📅 2026-10-20 ^p1\n- 2026-08-02 met\n  lazy\n\nEvents\n---\n",
            &expect![[r###"
                heading 1 <Ana Lima> "Ana *Lima*" "# Ana *Lima*"
                heading 2 <Log> "Log" "## Log ##"
                heading 2 <Events> "Events" "Events\n---"
                item - "2026-10-12 call: job #event/new-job" "- 2026-10-12 call: job #event/new-job\n  - [ ] Send it 📅 2026-10-20 ^p1" list 0 under 1
                item - [ ] "Send it 📅 2026-10-20 ^p1" "- [ ] Send it 📅 2026-10-20 ^p1" list 1 in item 0 under 1
                item - "2026-08-02 met\n  lazy" "- 2026-08-02 met\n  lazy" list 0 under 1
                link Wiki "[[Bo|B]]" [Some("Bo"), None, None] B
                tag event/new-job "#event/new-job"
                block p1 "^p1"
                paragraph "Text with [[Bo|B]].\nMore."
            "###]],
        );
    }

    #[test]
    fn any_character_makes_a_task() {
        check(
            "- [ ] a\n- [/] b\n* [-] c\n1. [>] d\n2) [?] e\n+ [é]\tf\n- [ ]\n- [ ]x\n- [xx] y\n- [] z\n-      [x] code\n-   [x]   wide\n-\n  [x] next line\n",
            &expect![[r#"
                item - [ ] "a" "- [ ] a" list 0
                item - [/] "b" "- [/] b" list 0
                item * [-] "c" "* [-] c" list 1
                item 1. [>] "d" "1. [>] d" list 2 ordered
                item 2) [?] "e" "2) [?] e" list 3 ordered
                item + [é] "f" "+ [é]\tf" list 4
                item - [ ] "" "- [ ]" list 5
                item - "[ ]x" "- [ ]x" list 5
                item - "[xx] y" "- [xx] y" list 5
                item - "[] z" "- [] z" list 5
                item - "" "-      [x] code" list 5
                item - [x] "wide" "-   [x]   wide" list 5
                item - "[x] next line" "-\n  [x] next line" list 5
                hidden " [x] code"
            "#]],
        );
    }

    #[test]
    fn quotes_and_footnotes_make_no_sections() {
        check(
            "> # Quoted\n> - [ ] a\n>     - b\n>\n\n- # In item\n- c\n\n[^1]: - d\n\ntext[^1]\n\n> [!note] x\n> - e\n",
            &expect![[r##"
                heading 1 <Quoted> "Quoted" "# Quoted" nested
                heading 1 <In item> "In item" "# In item" nested
                item - [ ] "a" "- [ ] a\n>     - b" list 0 quoted
                item - "b" "- b" list 1 in item 0 quoted
                item - "" "- # In item" list 2
                item - "c" "- c" list 2
                item - "d" "- d" list 3 quoted
                item - "e" "- e" list 4 quoted
                paragraph "text[^1]"
            "##]],
        );
    }

    #[test]
    fn comments_hide_what_they_hold() {
        check(
            "Text\n%%\n- [ ] a #t [[x]]\n# H\n```\n%%\n- b %% #u [[y]] ^id %% [[z]] #v\n- `%%` c %% d\n\n<!-- - [[w]]\n# I\n-->\n%% to the end\n- e\n",
            &expect![[r##"
                item - "b %% #u [[y]] ^id %% [[z]] #v" "- b %% #u [[y]] ^id %% [[z]] #v" list 0
                item - "`%%` c %% d" "- `%%` c %% d" list 0
                link Wiki "[[z]]" [Some("z"), None, None] -
                tag v "#v"
                hidden "%%\n- [ ] a #t [[x]]\n# H\n```\n%%"
                hidden "%% #u [[y]] ^id %%"
                hidden "`%%`"
                hidden "<!-- - [[w]]\n# I\n-->"
                hidden "%% to the end\n- e\n"
                paragraph "Text"
            "##]],
        );
    }

    #[test]
    fn code_and_html_hide_what_they_hold() {
        check(
            "```\n# no [[no]] #no\n- no\n```\n\n    - no #no\n\n`[[no]] #no` <br> <span title='#no'>\n\n<div>\n- no [[no]]\n</div>\n\n- ~~~\n  - no\n  ~~~\n- a\n",
            &expect![[r#"
                item - "" "- ~~~\n  - no\n  ~~~" list 0
                item - "a" "- a" list 0
                hidden "```\n# no [[no]] #no\n- no\n```"
                hidden "- no #no"
                hidden "`[[no]] #no`"
                hidden "<br>"
                hidden "<span title='#no'>"
                hidden "<div>\n- no [[no]]\n</div>"
                hidden "~~~\n  - no\n  ~~~"
                paragraph "`[[no]] #no` <br> <span title='#no'>"
            "#]],
        );
    }

    #[test]
    fn links_of_every_kind() {
        check(
            "[[a#H|b]] ![[e|100]] [t *m*](p/x%20y.md#H) [u](https://x.y) <https://x.y> ![i](i.png) [r] \\[[n]] [[ ]] [[a\nb]] [#no](x.md)\n\n| a | b |\n|---|---|\n| [[t\\|T]] | #tag |\n\n[r]: people/r.md\n",
            &expect![[r##"
                link Wiki "[[a#H|b]]" [Some("a"), Some("H"), None] b
                link WikiEmbed "![[e|100]]" [Some("e"), None, None] 100
                link Markdown "[t *m*](p/x%20y.md#H)" [Some("p/x y"), Some("H"), None] t *m*
                link Markdown "[r]" [Some("people/r"), None, None] r
                link Markdown "[#no](x.md)" [Some("x"), None, None] #no
                link Wiki "[[t\\|T]]" [Some("t"), None, None] T
                tag tag "#tag"
                paragraph "[[a#H|b]] ![[e|100]] [t *m*](p/x%20y.md#H) [u](https://x.y) <https://x.y> ![i](i.png) [r] \\[[n]] [[ ]] [[a\nb]] [#no](x.md)"
            "##]],
        );
    }

    #[test]
    fn line_ends_and_odd_indents() {
        check(
            "## Log\r\n\r\n-   a\r\n\t- b\r\n\r\n    c\r\n\r\n\r\n10. d\r\n\r\nend ^b\r\n",
            &expect![[r###"
                heading 2 <Log> "Log" "## Log"
                item - "a" "-   a\r\n\t- b\r\n\r\n    c" list 0 under 0
                item - "b" "- b" list 1 in item 0 under 0
                item 10. "d" "10. d" list 2 under 0 ordered
                block b "^b"
                paragraph "end ^b"
            "###]],
        );
    }

    #[test]
    fn content_starts_at_its_first_character() {
        check(
            "- \\*a*\n- **b** c\n- \n\n  d\n- > e\n- - f\n- [x]: u.md\n- &amp; g  \n",
            &expect![[r#"
            item - "\\*a*" "- \\*a*" list 0
            item - "**b** c" "- **b** c" list 0
            item - "" "-" list 0
            item - "" "- > e" list 1
            item - "" "- - f" list 1
            item - "f" "- f" list 2 in item 4
            item - "" "- [x]: u.md" list 1
            item - "&amp; g" "- &amp; g" list 1
            paragraph "d"
        "#]],
        );
    }

    #[test]
    fn offsets_are_those_of_the_whole_file() {
        let text = "---\nname: é\n---\n# A\n- [x] [[b]] #c ^d\n\n`e`\n\nf\n";
        let shifted = read(text, text.find('#').unwrap());
        assert_eq!(shown(text, &shifted), shown(&text[16..], &read(&text[16..], 0)));
        assert_eq!(read("\u{feff}# A", 0).headings[0].span.start, 3);
        assert_eq!(read("é", 1), Markdown::default());
        assert_eq!(read("a", 9), Markdown::default());
    }

    /// A check on time: each of these is quadratic in some reader. They take well under a second in a debug build.
    #[test]
    fn hostile_text_takes_linear_time() {
        let pieces = [
            "[[",
            "![[",
            "[[a",
            "]]",
            "%%",
            "%%\n",
            "*",
            "**a ",
            "_",
            "`",
            "> ",
            "- ",
            "1. ",
            "#",
            " #a",
            "^",
            " ^a",
            "<!--",
            "<",
            "[a](",
            "|",
            "> - ",
            "- [ ] ",
            "\\",
            "&",
            "~~",
            "[^a]",
            "a\n%% b %%\n",
            "<a ",
            "- a\n\n",
            "[a]: b\n",
            "# a %%\n",
            "\n",
        ];
        for piece in pieces {
            let text = piece.repeat(50_000 / piece.len());
            read(&text, 0);
            read(&format!("{}x{}", "- ".repeat(1_000), "\n".repeat(10_000)), 0);
        }
        read(&"a [[b]] #c ".repeat(100_000), 0);
    }

    /// What the fast reader knows, and what it must leave to the parser, in small pieces.
    const PIECES: &str = concat!(
        "([a-z]{1,3}|é|日|1|\\. |2026-11-21|: |[ !\"'()*_~|=:#^-]|\u{a0}|\u{3000}|\u{feff}|&amp;|<b>|\\\\|`|%%",
        "|\\[\\[a\\]\\]|\\[\\[b\\|c d\\]\\]|!\\[\\[e\\]\\]|\\[f\\]\\(g\\.md\\)|\\[h\\]\\(http://i\\)|\\[|\\]|\\[x\\] |\\[\\^1\\]",
        "|#tag|\\^id|http://x\\.y|\n|\r\n|\r|\n\n|\n- |\n- |\n\n- |\n\\* |\n  - |\n    - |\n  |\n    |\n1\\. |\n> |\n# |\n### ",
        "|\n\n\\[j\\]: k\n|\n---\n|\n===\n|\n```\n|\n~~~\n|\n\\| a \\| b \\|\n|\\|---\\|:-:\\|\n|\\| [a-z] \\| 1 \\|\n){0,16}",
    );

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn the_fast_reader_reads_what_the_parser_reads(text in PIECES) {
            prop_assert_eq!(read(&text, 0), read_thoroughly(&text, 0));
        }
    }

    #[test]
    fn an_item_ends_no_sooner_than_those_in_it() {
        let items = read("- >- - (> ", 0).items;
        assert_eq!(items.iter().map(|item| item.span.end).collect::<Vec<_>>(), [9, 9, 9]);
    }

    proptest! {
        #[test]
        fn every_span_fits_and_lies_in_its_parent(text in "([#>*`~%|^!\\[\\]()<\\- \t\r\n1.é\\\\a:=]{0,8}(\n|- |> |\\[\\[a\\]\\]|%%| \\[x\\] |    )){0,8}") {
            let markdown = read(&text, 0);
            let fits = |span: Span| text.get(span.start..span.end).is_some();
            for item in &markdown.items {
                prop_assert!(fits(item.span) && fits(item.marker) && fits(item.content));
                prop_assert!(item.span.covers(item.marker) && item.span.covers(item.content), "{item:?}");
                if let Some(task) = item.task {
                    prop_assert_eq!(task.span.of(&text), task.status.to_string());
                }
                if let Some(parent) = item.parent {
                    prop_assert!(markdown.items[parent].span.start <= item.span.start);
                    prop_assert!(markdown.items[parent].span.end >= item.span.end);
                }
            }
            prop_assert!(markdown.items.windows(2).all(|pair| pair[0].span.start < pair[1].span.start));
            prop_assert!(markdown.headings.iter().all(|heading| fits(heading.span) && heading.span.covers(heading.content)));
            prop_assert!(markdown.links.iter().all(|link| fits(link.span)));
            prop_assert!(markdown.hidden.iter().all(|span| fits(*span)));
            prop_assert!(markdown.hidden.windows(2).all(|pair| pair[0].end <= pair[1].start));
            prop_assert!(markdown.paragraphs.iter().all(|span| fits(*span)));
        }
    }
}
