//! The body of a person's note: log, promises, events and gifts under their headings.

use crate::note::document::Document;
use crate::note::entry::{self, EntryHead, Opening, Reading};
use crate::note::markdown::Item;
use crate::people::body_section::{Section, Under, sections};
use crate::people::event::Event;
use crate::people::excerpt::{content_of, event_tags, first_line, links, plain};
use crate::people::gift::{Gift, GiftKind};
use crate::people::interaction::Interaction;
use crate::people::kind::{Kind, Meaning};
use crate::people::link_ref::LinkRef;
use crate::people::promise::Promise;
use crate::people::stray_entry::{
    is_whole, lines_without_dash, lines_without_space, outside_of_log,
};
use crate::people::tasks;
use crate::people::vocabulary::Vocabulary;
use crate::text::byte_scan::trimmed as trimmed_text;
use crate::text::day::Day;
use crate::text::diagnostic::{Code, Finding};
use crate::text::fold::fold;
use crate::text::partial_date::{LooseDate, NotADate, PartialDate, Spelling};
use crate::text::short_text::ShortText;
use crate::text::span::Span;
use crate::text::suggest::within;

/// What the body of a person's note says.
#[derive(Debug, Default)]
pub struct Body {
    /// The log, in file order.
    pub log: Vec<Interaction>,
    /// Tasks anywhere in the note, in file order.
    pub promises: Vec<Promise>,
    /// Events of their section and of `#event/` tags, in file order.
    pub events: Vec<Event>,
    /// Gifts, in file order.
    pub gifts: Vec<Gift>,
}

impl Body {
    /// Reads the body of a person's note.
    pub fn of_contact(
        document: &Document<'_>,
        vocabulary: &Vocabulary,
        findings: &mut Vec<Finding>,
    ) -> Body {
        let mut reader = Reader {
            document,
            vocabulary,
            sections: sections(document, vocabulary),
            body: Body::default(),
            findings,
        };
        reader.body.log.reserve(reader.items_of_log());
        reader.read_headings();
        document.markdown.items.iter().for_each(|item| reader.read_item(item));
        reader.find_stray_entries();
        let Reader { mut body, .. } = reader;
        // Entries below headings and entries of lists are gathered apart; few notes have both.
        if !body.log.is_sorted_by_key(|entry| entry.span.start) {
            body.log.sort_by_key(|entry| entry.span.start);
        }
        if document.markdown.items.iter().any(|item| item.task.is_some()) {
            let entries = body.log.iter().map(|entry| (entry.span, entry.day)).collect::<Vec<_>>();
            body.promises = tasks::promises(document, &entries, None, findings);
        }
        let tagged = body.log.iter().filter(|entry| !entry.events.is_empty());
        body.events.extend(tagged.flat_map(tagged_events));
        body.events.sort_by_key(|event| event.line);
        body
    }
}

/// Events of `#event/KIND` tags on an entry.
pub fn tagged_events(entry: &Interaction) -> impl Iterator<Item = Event> {
    let date = LooseDate { date: PartialDate::Full(entry.day), estimated: false };
    entry.events.iter().map(move |kind| Event {
        date,
        kind: kind.clone(),
        text: entry.text.clone(),
        line: entry.line,
    })
}

struct Reader<'a, 'b> {
    document: &'a Document<'a>,
    vocabulary: &'a Vocabulary,
    // One for each heading.
    sections: Vec<Under>,
    body: Body,
    findings: &'b mut Vec<Finding>,
}

impl Reader<'_, '_> {
    fn above(&self, item: &Item) -> Option<Under> {
        self.sections.get(item.heading?).copied()
    }

    fn section_of(&self, item: &Item) -> Option<Section> {
        self.above(item)?.section
    }

    /// About how many entries there will be, so that their list does not grow piece by piece.
    fn items_of_log(&self) -> usize {
        let items = self.document.markdown.items.iter().filter(|item| item.parent.is_none());
        items.filter(|item| self.section_of(item) == Some(Section::Log)).count()
    }

    /// `### 2026-10-12 call` under a log heading is an entry with all that follows it.
    fn read_headings(&mut self) {
        let headings = &self.document.markdown.headings;
        for (at, heading) in headings.iter().enumerate() {
            if heading.nested || !self.sections.get(at).is_some_and(|under| is_entry_place(*under))
            {
                continue;
            }
            let end = headings[at + 1..]
                .iter()
                .find(|next| !next.nested)
                .map_or(self.document.text.len(), |next| next.span.start);
            if let Some(head) = entry::head(self.document.text, heading.content) {
                let body = trimmed(Span::new(heading.span.end, end), self.document.text);
                let whole = Span::new(heading.span.start, body.end.max(heading.span.end));
                self.take_entry(&head, whole, Some(body));
            }
        }
    }

    fn read_item(&mut self, item: &Item) {
        if item.quoted || item.parent.is_some() {
            return;
        }
        match self.section_of(item) {
            Some(Section::Log) => self.read_log_item(item),
            Some(Section::Events) => self.read_event(item),
            Some(Section::Gifts) => self.read_gift(item),
            None => {}
        }
    }

    fn read_log_item(&mut self, item: &Item) {
        let open_task = item.task.is_some_and(|task| !matches!(task.status, 'x' | 'X'));
        let content = content_of(item, self.document.text);
        if open_task || trimmed_text(content.of(self.document.text)).is_empty() {
            return;
        }
        if self.above(item).is_some_and(|above| above.is_told) {
            // It tells more of the entry that the heading is.
            return;
        }
        match entry::head(self.document.text, content) {
            Some(head) => {
                self.take_entry(&head, item.span, None);
                if head.opening.line_end < content.end {
                    self.findings.extend(lines_without_space(self.document.text, content));
                }
            }
            None if item.task.is_none() => {
                let span = first_line(content, self.document.text);
                let finding = Finding::new(
                    Code::UndatedEntry,
                    span,
                    "an entry of the log does not begin with a date",
                );
                self.findings.push(
                    finding.help("start it like `- 2026-11-21 call: …`, or move it out of the log"),
                );
            }
            None => {}
        }
    }

    /// Paragraphs of the log whose lines are dated, and, where the note has no log, the first list item that would
    /// be an entry there.
    fn find_stray_entries(&mut self) {
        let (document, vocabulary) = (self.document, self.vocabulary);
        let headings = &document.markdown.headings;
        let own =
            (0..headings.len()).filter(|at| headings.get(*at).is_some_and(|found| !found.nested));
        let own = own.collect::<Vec<_>>();
        for paragraph in &document.markdown.paragraphs {
            let before = |at: &usize| {
                headings.get(*at).is_some_and(|found| found.span.start < paragraph.start)
            };
            let under = own.partition_point(before).checked_sub(1).and_then(|last| own.get(last));
            if under.is_some_and(|at| self.is_plain_log(*at)) {
                self.findings.extend(lines_without_dash(document.text, *paragraph));
            }
        }
        let has_log = self.sections.iter().any(|under| under.section == Some(Section::Log));
        let heading = vocabulary.log_headings.first().filter(|_| !has_log);
        let stray = heading.and_then(|heading| {
            let mut items = document.markdown.items.iter();
            items
                .find_map(|item| self.would_be_entry(item))
                .map(|head| outside_of_log(&head, heading))
        });
        self.findings.extend(stray);
    }

    fn would_be_entry(&self, item: &Item) -> Option<EntryHead> {
        let is_free = !item.quoted && item.parent.is_none() && item.task.is_none();
        if !is_free || self.section_of(item).is_some() {
            return None;
        }
        let head = entry::head(self.document.text, content_of(item, self.document.text))?;
        let (kind, _) = kind_and_reading(&head.opening, self.document.text, self.vocabulary);
        (is_whole(&head) && kind.is_some()).then_some(head)
    }

    /// Whether what stands under a heading is the log itself, not the text of one entry.
    fn is_plain_log(&self, at: usize) -> bool {
        let heading = self.document.markdown.headings.get(at);
        match (self.sections.get(at), heading) {
            (Some(under), Some(heading)) if under.section == Some(Section::Log) => {
                under.is_own || entry::head(self.document.text, heading.content).is_none()
            }
            _ => false,
        }
    }

    /// An entry that takes up `whole`; `following` is its text where that stands below a heading.
    fn take_entry(&mut self, head: &EntryHead, whole: Span, following: Option<Span>) {
        let Some(day) = entry_day(head, self.findings) else { return };
        let (document, vocabulary) = (self.document, self.vocabulary);
        let (kind, reading) = reading_of(head, document.text, vocabulary);
        let near = if kind.is_none() {
            misspelt_kind(&head.opening, document.text, vocabulary)
        } else {
            None
        };
        // A slip in `heard` must not become contact: silence is safer than a false memory.
        let meaning =
            kind.or(near.map(|(kind, _)| kind)).map_or(Meaning::Contact, |kind| kind.meaning);
        self.findings.extend(near.map(|(near, word)| misspelt(near, word, document.text)));
        let said = reading.text.of(document.text);
        let said = match following.map(|following| first_paragraph(following, document.text)) {
            Some(more) => plain(&[said, more].join(" ")),
            None => plain(said),
        };
        let (with, mentions) = with_and_mentions(document, whole, &reading);
        self.body.log.push(Interaction {
            day,
            kind: kind.map(|kind| ShortText::from(kind.name.as_str())),
            meaning,
            text: said_or_word(said, kind, &head.opening, document.text),
            with,
            mentions,
            events: event_tags(document, whole),
            line: document.lines.line(whole.start),
            span: whole,
        });
    }

    fn read_event(&mut self, item: &Item) {
        let content = content_of(item, self.document.text);
        let text = content.of(self.document.text).trim();
        if text.is_empty() || item.task.is_some() {
            return;
        }
        let event = text.split_once(char::is_whitespace).and_then(|(date, rest)| {
            let (date, _) = LooseDate::parse(date.trim_end_matches(':')).ok()?;
            let (kind, text) = rest.split_once(':').unwrap_or((rest, ""));
            let kind = kind.trim();
            let one_word = !kind.is_empty() && !kind.contains(char::is_whitespace);
            one_word.then(|| Event {
                date,
                kind: fold(kind),
                text: text.trim().to_owned(),
                line: self.document.lines.line(item.span.start),
            })
        });
        match event {
            Some(event) => self.body.events.push(event),
            None => {
                let span = first_line(content, self.document.text);
                let finding = Finding::new(
                    Code::UndatedEvent,
                    span,
                    "an event does not begin with a date and a kind",
                );
                self.findings.push(finding.help("start it like `- 2027-05-01 wedding: in Porto`"));
            }
        }
    }

    fn read_gift(&mut self, item: &Item) {
        let content = content_of(item, self.document.text);
        let text = content.of(self.document.text).trim();
        if text.is_empty() {
            return;
        }
        match gift(text, self.document.lines.line(item.span.start)) {
            Some(gift) => self.body.gifts.push(gift),
            None => {
                let span = first_line(content, self.document.text);
                let finding = Finding::new(
                    Code::UnreadableGift,
                    span,
                    "a gift is neither `gave`, `got` nor `idea`",
                );
                self.findings.push(finding.help(
                    "write it like `- 2025-12-24 gave: a book (Christmas)` or `- idea: a book`",
                ));
            }
        }
    }
}

/// What an idea for a gift can be for, folded.
const OCCASIONS: &[&str] = &[
    "birthday",
    "christmas",
    "xmas",
    "anniversary",
    "wedding",
    "easter",
    "new year",
    "name day",
    "hanukkah",
    "eid",
    "diwali",
    "graduation",
    "valentine",
    "mother's day",
    "father's day",
    "housewarming",
    "baptism",
    "retirement",
];

fn gift(text: &str, line: u32) -> Option<Gift> {
    let (head, what) = text.split_once(':')?;
    let words = head.split_whitespace().collect::<Vec<_>>();
    let (date, kind) = match words.as_slice() {
        [kind] => (None, *kind),
        [date, kind] => (Some(LooseDate::parse(date).ok()?.0), *kind),
        _ => return None,
    };
    let kind = match fold(kind).as_str() {
        "gave" | "given" | "give" => GiftKind::Gave,
        "got" | "received" => GiftKind::Got,
        "idea" | "ideas" => GiftKind::Idea,
        _ => return None,
    };
    let what = what.trim().trim_end_matches('.');
    let split = what.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    // Of an idea the parentheses are more likely about the thing (`size 38`).
    let told =
        |occasion: &str| kind != GiftKind::Idea || OCCASIONS.contains(&fold(occasion).as_str());
    let (what, occasion) = match split.filter(|(_, occasion)| told(occasion)) {
        Some((what, occasion)) if !what.trim().is_empty() => {
            (what.trim(), Some(occasion.trim().to_owned()))
        }
        _ => (what, None),
    };
    (!what.is_empty()).then(|| Gift { kind, date, what: what.to_owned(), occasion, line })
}

/// Whether a heading may be an entry: it stands in the log and is not the log's own.
fn is_entry_place(under: Under) -> bool {
    under.section == Some(Section::Log) && !under.is_own
}

fn first_paragraph(span: Span, text: &str) -> &str {
    span.of(text).split("\n\n").next().unwrap_or("")
}

fn trimmed(span: Span, text: &str) -> Span {
    let inner = span.of(text);
    let start = span.start + (inner.len() - inner.trim_start().len());
    Span::new(start, start + inner.trim().len())
}

/// The day of an entry, with a finding where it is not plainly written; of a range its last day.
pub fn entry_day(head: &EntryHead, findings: &mut Vec<Finding>) -> Option<Day> {
    let finding = match &head.when {
        Ok(date) if date.last.is_some_and(|last| last.earliest() < date.day()) => {
            Finding::new(Code::BadDate, head.date, "the last day of this range is before its first")
                .help("the earlier day comes first")
        }
        Ok(date) => {
            let last = date.last.map_or(date.day(), |last| {
                last.earliest().filter(|day| Some(*day) == last.latest())
            });
            let finding = |code, message: &str| Finding::new(code, head.date, message);
            match last {
                Some(day) if date.spelling == Spelling::Readable => {
                    let finding = finding(
                        Code::LooseDate,
                        "the date of an entry is not written as a date of the format",
                    );
                    findings.push(finding.help(format!("write `{day}`")));
                    return Some(day);
                }
                Some(day) => return Some(day),
                None => finding(Code::UndatedEntry, "an entry does not have a whole date")
                    .help("an entry needs its day: `- 2026-11-21 call: …`"),
            }
        }
        Err(NotADate::Ambiguous) => Finding::new(
            Code::AmbiguousDate,
            head.date,
            "which number of this date is the day is never guessed",
        )
        .help("write the year first: `2026-11-21`"),
        Err(_) => Finding::new(Code::BadDate, head.date, "this date is not in the calendar")
            .help("mend the day or the month"),
    };
    findings.push(finding);
    None
}

/// The kind of a dated line, and what it says then.
///
/// A colon right after the date ends the head: links after it are mentions, and its first word is a kind only where
/// it stands alone or before a colon of its own (`[2025-02-20]: Coffee`, but not `2026-11-21: missed my train`).
fn reading_of<'a>(
    head: &EntryHead,
    text: &str,
    vocabulary: &'a Vocabulary,
) -> (Option<&'a Kind>, Reading) {
    let opening = &head.opening;
    let date_end = head.time.map_or(head.date.end, |time| time.end);
    let between = Span::new(date_end, opening.text.start).of(text);
    let ended = between.bytes().any(|byte| byte == b':');
    let is_alone = |word: Span| {
        let rest = Span::new(word.end, opening.text.end).of(text).trim_start();
        rest.is_empty() || rest.starts_with(':')
    };
    if ended && !opening.word.is_some_and(is_alone) {
        return (None, Reading { links: Vec::new(), text: opening.text });
    }
    kind_and_reading(opening, text, vocabulary)
}

/// The kind that an opening has, and what it says then.
pub fn kind_and_reading<'a>(
    opening: &Opening,
    text: &str,
    vocabulary: &'a Vocabulary,
) -> (Option<&'a Kind>, Reading) {
    let kind = opening.word.and_then(|word| vocabulary.kind(word.of(text)));
    (kind, if kind.is_some() { opening.with_kind(text) } else { opening.without_kind(text) })
}

/// What was said; where nothing was, the word for the kind, if it says more than the kind (`coffee`).
pub fn said_or_word(said: String, kind: Option<&Kind>, opening: &Opening, text: &str) -> String {
    match (kind, opening.word) {
        (Some(kind), Some(word)) if said.is_empty() && fold(word.of(text)) != fold(&kind.name) => {
            word.of(text).to_owned()
        }
        _ => said,
    }
}

/// The kind that the word before a colon or a link is one slip away from, and where the word stands.
fn misspelt_kind<'a>(
    opening: &Opening,
    text: &str,
    vocabulary: &'a Vocabulary,
) -> Option<(&'a Kind, Span)> {
    let span = opening.word?;
    let word = span.of(text);
    let rest = text.get(span.end..)?.trim_start();
    let stands_apart = rest.starts_with(':') || rest.starts_with("[[");
    if !stands_apart || word.chars().count() <= 3 {
        return None;
    }
    let near = vocabulary.kind_one_slip_from(word)?;
    vocabulary.kind(near).map(|kind| (kind, span))
}

fn misspelt(kind: &Kind, word: Span, text: &str) -> Finding {
    let message = format!("`{}` is not a kind of entry", word.of(text));
    let finding = Finding::new(Code::MisspeltKind, word, message);
    let near = std::iter::once(&kind.name).chain(&kind.synonyms).map(String::as_str);
    let near = within(word.of(text), near, 1).unwrap_or(&kind.name);
    finding.help(format!("did you mean `{near}`?"))
}

/// The people in the head of a reading, and those linked elsewhere in `whole`; embeds are neither.
pub fn with_and_mentions(
    document: &Document<'_>,
    whole: Span,
    reading: &Reading,
) -> (Vec<LinkRef>, Vec<LinkRef>) {
    if reading.links.is_empty() {
        return (Vec::new(), links(document, whole).collect());
    }
    // Both are in the order of the text.
    let head =
        |span: &Span| reading.links.binary_search_by_key(&span.start, |found| found.start).is_ok();
    let (with, mentions): (Vec<_>, Vec<_>) =
        links(document, whole).partition(|link| head(&link.span));
    (with, mentions)
}
