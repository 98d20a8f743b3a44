//! The lines of the inbox, one by one, and the lines of other notes that say that a word is owed.
//!
//! Always true here: every line that somebody may want to sort is given once, in file order, with the lines that hang
//! on it; headings, quotes, code, comments and tasks that are done are nobody's to sort and are not given.

use crate::note::document::Document;
use crate::note::layout::{line_end, line_start};
use crate::note::markdown::{Item, LinkKind};
use crate::people::book::{Book, ContactId};
use crate::people::note::{Kind, Note};
use crate::people::promise::PromiseStatus;
use crate::text::byte_scan::holds;
use crate::text::day::Day;
use crate::text::span::Span;

/// What a line waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// To be sorted: anything that was only written down.
    Captured,
    /// An open task: to be kept, or theirs to keep.
    Promise {
        /// Whether it is theirs (`waiting:` or `[?]`).
        theirs: bool,
    },
    /// A recording (`![[rec.m4a]]`): to be listened to.
    ToListen,
    /// `meant: call Ana`: a word that was meant and not said yet.
    Meant,
    /// `#reply`: an answer is owed.
    Reply,
}

/// One line of the inbox with what hangs on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxLine {
    /// What it waits for. `#reply` and `meant:` count before the task box, a recording before all.
    pub kind: LineKind,
    /// What it says, on one line: without marker, task box and `meant:`, with links, tags and task fields as written,
    /// and with the lines that hang on it.
    pub text: String,
    /// Its first line in the file, from 1.
    pub line: u32,
    /// Its last line in the file, from 1.
    pub last_line: u32,
    /// From the start of its first line to the end of its last one, that line end excluded.
    pub span: Span,
}

impl InboxLine {
    /// Its lines as they stand in `text`, which is the text that it was read from.
    pub fn lines<'a>(&self, text: &'a str) -> Vec<&'a str> {
        self.span.of(text).lines().collect()
    }
}

/// The lines of an inbox: each item of a list with its children, and each line of plain text.
pub fn inbox_lines(text: &str) -> Vec<InboxLine> {
    let document = Document::read(text);
    let items = document.markdown.items.iter();
    let of_items = items.filter(|item| item.parent.is_none() && !item.quoted);
    let of_items = of_items.filter_map(|item| item_line(&document, item));
    let plain = document.markdown.paragraphs.iter();
    let of_text = plain.flat_map(|paragraph| text_lines(&document, *paragraph));
    let mut lines = of_items.chain(of_text).collect::<Vec<_>>();
    lines.sort_by_key(|line| line.span.start);
    lines
}

fn item_line(document: &Document<'_>, item: &Item) -> Option<InboxLine> {
    let status = item.task.map(|task| task.status);
    if status.is_some_and(|status| !PromiseStatus::of(status).is_open()) {
        return None;
    }
    let start = line_start(document.text, item.marker.start);
    let after = item.task.map_or(item.marker.end, |task| task.span.end + 1);
    let said = Span::new(after, item.span.end);
    // Blanks at the end of a line are of the line, though Markdown does not count them.
    let end = line_end(document.text, item.span.end);
    line(document, Span::new(start, end), said, status)
}

fn text_lines<'a>(
    document: &'a Document<'_>,
    paragraph: Span,
) -> impl Iterator<Item = InboxLine> + 'a {
    let mut start = line_start(document.text, paragraph.start);
    let end = line_end(document.text, paragraph.end);
    let pieces = Span::new(start, end).of(document.text).split_inclusive('\n');
    pieces.filter_map(move |piece| {
        let span = Span::new(start, start + piece.trim_end_matches(['\n', '\r']).len());
        start += piece.len();
        line(document, span, span, None)
    })
}

fn line(
    document: &Document<'_>,
    span: Span,
    said: Span,
    status: Option<char>,
) -> Option<InboxLine> {
    let written = said.of(document.text).trim();
    if written.is_empty() || is_hidden(document, said) {
        return None;
    }
    let said_without_day = without_meant(dated(written).1);
    let (is_meant, text) = (said_without_day.is_some(), said_without_day.unwrap_or(written));
    let is_reply = tags(document, said).any(|tag| tag.eq_ignore_ascii_case("reply"));
    let kind = if has_recording(document, said) {
        LineKind::ToListen
    } else if is_reply {
        LineKind::Reply
    } else if is_meant || tags(document, said).any(|tag| tag.eq_ignore_ascii_case("meant")) {
        LineKind::Meant
    } else if let Some(status) = status {
        LineKind::Promise { theirs: status == '?' || is_waiting(text) }
    } else {
        LineKind::Captured
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let number = |offset| document.lines.line(offset);
    Some(InboxLine { kind, text, line: number(span.start), last_line: number(span.end), span })
}

/// Whether nothing of it is text: code, a comment, HTML.
fn is_hidden(document: &Document<'_>, said: Span) -> bool {
    let trimmed = said.of(document.text).trim();
    let start = said.end - said.of(document.text).trim_start().len();
    let shown = Span::new(start, start + trimmed.len());
    let hidden = &document.markdown.hidden;
    let after = hidden.partition_point(|hidden| hidden.start <= shown.start);
    let around = after.checked_sub(1).and_then(|at| hidden.get(at));
    // A line that is one piece of inline code is something that somebody wrote down.
    around.is_some_and(|around| around.covers(shown)) && !trimmed.starts_with('`')
}

fn tags<'a>(document: &'a Document<'_>, within: Span) -> impl Iterator<Item = &'a str> {
    let tags = &document.markdown.tags;
    let from = tags.partition_point(|(_, span)| span.start < within.start);
    let inside = tags.iter().skip(from).take_while(move |(_, span)| span.start < within.end);
    inside.map(|(tag, _)| tag.as_str())
}

/// The day that a line begins with, and the rest: relative days in it count from that day.
pub fn dated(text: &str) -> (Option<Day>, &str) {
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    match Day::parse(first.trim_end_matches(':')) {
        Some(day) => (Some(day), rest.trim_start()),
        None => (None, text),
    }
}

/// What was meant, of `meant: call Ana`, `meant to call Ana`, `I meant to call Ana`; `None` where it is none of these.
pub fn without_meant(text: &str) -> Option<&str> {
    let after = |opening: &str| {
        let (start, rest) = text.split_at_checked(opening.len())?;
        start.eq_ignore_ascii_case(opening).then(|| rest.trim_start())
    };
    let openings = ["meant:", "i meant:", "meant to ", "i meant to "];
    openings.iter().find_map(|opening| after(opening)).filter(|rest| !rest.is_empty())
}

fn is_waiting(text: &str) -> bool {
    text.split_once(':').is_some_and(|(word, _)| word.trim().eq_ignore_ascii_case("waiting"))
}

/// The ends of files that are listened to, or looked at.
const RECORDINGS: &[&str] =
    &["m4a", "mp3", "ogg", "opus", "wav", "webm", "aac", "flac", "3gp", "amr", "mp4", "mov"];

fn has_recording(document: &Document<'_>, within: Span) -> bool {
    let links = &document.markdown.links;
    let from = links.partition_point(|link| link.span.start < within.start);
    let mut inside = links.iter().skip(from).take_while(|link| link.span.start < within.end);
    inside.any(|link| link.kind == LinkKind::WikiEmbed && is_recording(&link.target.note))
        || embeds(within.of(document.text)).any(is_recording)
}

/// The destinations of `![…](…)`: images to Markdown, recordings to people.
fn embeds(text: &str) -> impl Iterator<Item = &str> {
    text.split("![").skip(1).filter_map(|part| Some(destination(part.split_once("](")?.1)))
}

/// What a link leads to, from after its `(`: in angle brackets, or up to the bracket that closes it; a title behind it
/// is none of it. A blank in it, which Markdown does not allow, is of it.
fn destination(rest: &str) -> &str {
    let rest = rest.trim_start();
    if let Some(inner) = rest.strip_prefix('<') {
        return inner.split('>').next().unwrap_or(inner);
    }
    let mut open = 0_usize;
    let end = rest.find(|letter| {
        let closes = letter == ')' && open == 0;
        match letter {
            '(' => open += 1,
            ')' => open = open.saturating_sub(1),
            _ => {}
        }
        closes
    });
    let inner = rest.get(..end.unwrap_or(rest.len())).unwrap_or(rest);
    [" \"", " '"]
        .iter()
        .fold(inner, |inner, title| inner.split(title).next().unwrap_or(inner))
        .trim()
}

fn is_recording(destination: &str) -> bool {
    let file = destination.split(['#', '?']).next().unwrap_or(destination);
    let end = file.rsplit_once('.').map_or("", |(_, end)| end);
    RECORDINGS.iter().any(|known| end.eq_ignore_ascii_case(known))
}

/// A line of a person's note or of the journal that says that a word is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// [`LineKind::Reply`] or [`LineKind::Meant`].
    pub kind: LineKind,
    /// The number of the note that it stands in.
    pub note: usize,
    /// Its line in the file, from 1.
    pub line: u32,
    /// The day of the entry, where it has one.
    pub day: Option<Day>,
    /// What it says, tags as written.
    pub text: String,
    /// Whom it is about.
    pub people: Vec<ContactId>,
}

/// The log entries and open tasks of people's notes, and of journal notes since `since`, that are tagged `#reply` or
/// `#meant` and about somebody with whom there was no contact after that day. In path order, then line order.
///
/// Of people only those notes are read whose tags hold one of the two; a journal note is one by the date that its file
/// name begins with.
pub fn owed(book: &Book, since: Day) -> Vec<Owed> {
    let tagged = book.everyone().filter(|(_, brief)| brief.labels.tags().any(is_owing));
    let of_people = tagged.map(|(id, _)| book.note_of(id));
    let dated = |path: &str| path.get(..10).and_then(Day::parse).is_some_and(|day| day >= since);
    let numbered = book.paths().iter().enumerate();
    let of_journal = numbered.filter(|(_, path)| dated(path.stem())).map(|(number, _)| number);
    let mut notes = of_people.chain(of_journal).collect::<Vec<_>>();
    notes.sort_unstable();
    notes.dedup();
    notes.into_iter().flat_map(|number| owed_in(book, number)).collect()
}

fn owed_in(book: &Book, number: usize) -> Vec<Owed> {
    let note = book.note(number);
    if !matches!(note.kind, Kind::Contact(_) | Kind::Journal(_)) {
        return Vec::new();
    }
    let own = book.contact_of(number);
    let mut owed = tagged_lines(note)
        .map(|(kind, line, day, text, links)| {
            let linked = links.into_iter().filter_map(|name| book.linked(name));
            let people = own.into_iter().chain(linked);
            let still = |id: &ContactId| {
                let newest = book.newest_contact(*id, Day::last());
                newest.is_none_or(|newest| day.is_none_or(|day| newest.day <= day))
            };
            let mut open = people.filter(still).collect::<Vec<_>>();
            open.sort_unstable();
            open.dedup();
            Owed { kind, note: number, line, day, text: text.to_owned(), people: open }
        })
        .filter(|owed| !owed.people.is_empty())
        .collect::<Vec<_>>();
    owed.sort_by_key(|owed| owed.line);
    owed
}

type Tagged<'a> = (LineKind, u32, Option<Day>, &'a str, Vec<&'a str>);

fn tagged_lines(note: &Note) -> impl Iterator<Item = Tagged<'_>> {
    let entries = note.interactions().iter().filter_map(|entry| {
        let links = entry.with.iter().chain(&entry.mentions);
        let links = links.map(|link| link.target.note.as_str()).collect();
        Some((owing(&entry.text)?, entry.line, Some(entry.day), entry.text.as_str(), links))
    });
    let open = note.promises().iter().filter(|promise| promise.status.is_open());
    let tasks = open.filter_map(|promise| {
        let links = promise.links.iter().map(|link| link.target.note.as_str()).collect();
        let text = promise.text.as_str();
        Some((owing(text)?, promise.line, promise.promised, text, links))
    });
    entries.chain(tasks)
}

/// What the tags in `text` say that is owed.
fn owing(text: &str) -> Option<LineKind> {
    if !holds(text, b'#') {
        return None;
    }
    let tags = text.split_whitespace().filter_map(|word| word.strip_prefix('#'));
    let mut tags = tags.map(|tag| tag.trim_end_matches([',', '.', ';', ':', '!', '?', ')']));
    tags.find(|tag| is_owing(tag)).map(|tag| match tag.eq_ignore_ascii_case("reply") {
        true => LineKind::Reply,
        false => LineKind::Meant,
    })
}

fn is_owing(tag: &str) -> bool {
    tag.eq_ignore_ascii_case("reply") || tag.eq_ignore_ascii_case("meant")
}

#[cfg(test)]
mod tests {
    use crate::features::inbox_lines::{inbox_lines, owed};
    use crate::features::sample::{book, day};
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    fn check(text: &str, expected: &Expect) {
        let shown = inbox_lines(text).into_iter().map(|line| {
            let lines = match line.line == line.last_line {
                true => line.line.to_string(),
                false => format!("{}-{}", line.line, line.last_line),
            };
            format!("{lines} {:?}: {}\n", line.kind, line.text)
        });
        expected.assert_eq(&shown.collect::<String>());
    }

    #[test]
    fn each_kind_of_line_is_known() {
        check(
            "---\ntags: inbox\n---\n# Inbox\n\n- The quince recipe, for [Omar](people/omar.md)?\n- [ ] Return the bone folder 📅 2026-11-19\n- [ ] waiting: the address, from [[Aroha]]\n- [?] her photos\n- [x] done\n- [-] not any more\n- Answer [[Bo]]: a piano? #reply\n- [ ] answer Bo #Reply\n- meant: call Ana\n- I meant to write to Bo\n- [ ] meant to thank João\n- #meant João\n- ![[rec.M4A]] after the coffee\n- ![talk](attachments/talk%201.ogg)\n- a note on [[m4a]]\n",
            &expect![[r#"
                6 Captured: The quince recipe, for [Omar](people/omar.md)?
                7 Promise { theirs: false }: Return the bone folder 📅 2026-11-19
                8 Promise { theirs: true }: waiting: the address, from [[Aroha]]
                9 Promise { theirs: true }: her photos
                12 Reply: Answer [[Bo]]: a piano? #reply
                13 Reply: answer Bo #Reply
                14 Meant: call Ana
                15 Meant: write to Bo
                16 Meant: thank João
                17 Meant: #meant João
                18 ToListen: ![[rec.M4A]] after the coffee
                19 ToListen: ![talk](attachments/talk%201.ogg)
                20 Captured: a note on [[m4a]]
            "#]],
        );
    }

    #[test]
    fn recordings_are_known_however_they_are_linked() {
        check(
            "- ![v](<a b.m4a>)\n- ![v](rec.m4a \"title\")\n- ![v](rec(1).m4a)\n- ![[rec.3gp]]\n- ![[rec.amr]]\n- ![v](a b.mp4#t=3) note\n- ![v](a.png) and (m4a)\n- ![](\n- 2026-11-18 meant: call Ana\n",
            &expect![[r#"
                1 ToListen: ![v](<a b.m4a>)
                2 ToListen: ![v](rec.m4a "title")
                3 ToListen: ![v](rec(1).m4a)
                4 ToListen: ![[rec.3gp]]
                5 ToListen: ![[rec.amr]]
                6 ToListen: ![v](a b.mp4#t=3) note
                7 Captured: ![v](a.png) and (m4a)
                8 Captured: ![](
                9 Meant: call Ana
            "#]],
        );
    }

    #[test]
    fn what_hangs_on_a_line_is_part_of_it_and_plain_text_goes_line_by_line() {
        check(
            "coffee with Ana\r\ntalked about Porto\r\n\r\n* the tile man:\r\n  red scarf\r\n  - his page\r\n\r\n  and a paragraph\r\n* [ ]\r\n* \r\n\r\n![[rec.mp3]]",
            &expect![[r#"
                1 Captured: coffee with Ana
                2 Captured: talked about Porto
                4-8 Captured: the tile man: red scarf - his page and a paragraph
                12 ToListen: ![[rec.mp3]]
            "#]],
        );
    }

    #[test]
    fn quotes_code_and_comments_are_not_to_be_sorted() {
        check(
            "> - quoted\n\n%% hidden %%\n\n```\n- code\n```\n\n<!-- also\nhidden -->\n\n- %% hidden %%\n- `ls` is a command\n- see ![[picture.png]]\n",
            &expect![[r#"
                13 Captured: `ls` is a command
                14 Captured: see ![[picture.png]]
            "#]],
        );
    }

    #[test]
    fn a_word_is_owed_until_there_was_contact_again() {
        let book = book(&[
            (
                "people/ana.md",
                "---\nname: Ana\n---\n## Log\n- 2026-11-10 mail: asked for the recipe #reply\n",
            ),
            (
                "people/bo.md",
                "---\nname: Bo\n---\n## Log\n- 2026-11-12 call: fine\n- 2026-11-10 mail: a question #reply.\n- [ ] tell him of the boat #meant\n",
            ),
            ("people/cy.md", "---\nname: Cy\n---\n## Log\n- 2026-11-10 mail: #replying\n"),
            ("journal/2026-11-15.md", "- heard [[Cy]]: his letter #reply\n- #reply to nobody\n"),
            ("journal/2026-10-01.md", "- heard [[Cy]]: long ago #reply\n"),
        ]);
        let shown = owed(&book, day("2026-11-01")).into_iter().map(|owed| {
            let names = owed.people.iter().map(|id| book.brief(*id).name.clone());
            let names = names.collect::<Vec<_>>().join("+");
            let path = &book.paths()[owed.note];
            format!("{path}:{} {:?} {names}: {}\n", owed.line, owed.kind, owed.text)
        });
        expect![[r#"
            journal/2026-11-15.md:1 Reply Cy: his letter #reply
            people/ana.md:5 Reply Ana: asked for the recipe #reply
            people/bo.md:7 Meant Bo: tell him of the boat #meant
        "#]]
        .assert_eq(&shown.collect::<String>());
    }

    proptest! {
        #[test]
        fn lines_are_in_order_and_do_not_overlap(
            text in "([-*] |  - |# |> |\\[ \\] |```|%%|meant: |!\\[\\[a\\.mp3\\]\\]|é|b|\\n|\\r\\n|\\n\\n){0,24}",
        ) {
            let lines = inbox_lines(&text);
            for pair in lines.windows(2) {
                prop_assert!(pair[0].span.end < pair[1].span.start, "{:?}", lines);
                prop_assert!(pair[0].last_line < pair[1].line, "{:?}", lines);
            }
            for line in &lines {
                prop_assert!(!line.text.is_empty());
                let start = line.span.start;
                prop_assert!(start == 0 || text.as_bytes()[start - 1] == b'\n', "{:?}", line);
                let rest = text[line.span.end..].trim_start_matches([' ', '\t', '\r']);
                prop_assert!(rest.is_empty() || rest.starts_with('\n'), "{:?} {:?}", line, rest);
            }
        }
    }
}
