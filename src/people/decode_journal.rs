//! From a dated note to what it says about people (section 3 of the format, "Journal").
//!
//! Silence is safer than a false memory: a line counts as contact only where it says so itself.

use crate::note::document::Document;
use crate::note::entry::{self, EntryHead, Opening};
use crate::note::markdown::Item;
use crate::note::path::NotePath;
use crate::note::task;
use crate::people::body::{
    entry_day, kind_and_reading, said_or_word, tagged_events, with_and_mentions,
};
use crate::people::contact::Privacy;
use crate::people::decode_contact::privacy;
use crate::people::event::Event;
use crate::people::excerpt::{content_of, event_tags, has_links_or_events, links, plain};
use crate::people::field::Field;
use crate::people::header::Header;
use crate::people::interaction::Interaction;
use crate::people::journal::{Journal, Trip};
use crate::people::kind::Meaning;
use crate::people::link_ref::LinkRef;
use crate::people::tasks;
use crate::people::value;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use crate::text::diagnostic::{Code, Finding};
use crate::text::partial_date::{LooseDate, NotADate, PartialDate, Spelling};
use crate::text::short_text::ShortText;
use crate::text::span::Span;

/// The day of a journal note: the start of its file name, else its `date:`. `None` where neither is a whole date.
pub fn journal_day(
    path: &NotePath,
    header: &Header<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Day> {
    let named = path.stem().get(..10).map(LooseDate::parse);
    match named {
        Some(Ok((LooseDate { date: PartialDate::Full(day), .. }, Spelling::Iso))) => {
            return Some(day);
        }
        Some(Err(NotADate::NotInCalendar)) => {
            let message = "the day in the file name is not in the calendar";
            findings.push(
                Finding::new(Code::BadDate, Span::at(0), message)
                    .help("give the note another name"),
            );
        }
        _ => {}
    }
    // A month or a year is no day: such a note is the owner's own.
    match header.get(Field::Date, value::date, findings)?.date {
        PartialDate::Full(day) => Some(day),
        _ => None,
    }
}

/// The journal note that `document` is.
pub fn journal(
    path: &NotePath,
    day: Day,
    document: &Document<'_>,
    header: &Header<'_>,
    vocabulary: &Vocabulary,
    findings: &mut Vec<Finding>,
) -> Journal {
    let counts = header.get(Field::Contact, value::flag, findings) != Some(false);
    let mut reader =
        Reader { document, vocabulary, day, counts, lines: Vec::new(), trips: Vec::new() };
    reader.read_people(header);
    let is_contacts = |heading: &str| Vocabulary::is_heading(&vocabulary.contact_headings, heading);
    let under_contacts = document.markdown.under(is_contacts);
    for item in document.markdown.items.iter().filter(|item| !item.quoted) {
        let under = item.heading.is_some_and(|heading| under_contacts.get(heading) == Some(&true));
        reader.read_item(item, under, findings);
    }
    for paragraph in &document.markdown.paragraphs {
        let headings = &document.markdown.headings;
        let above = headings.partition_point(|heading| heading.span.start < paragraph.start);
        let under = above.checked_sub(1).and_then(|heading| under_contacts.get(heading));
        reader.read_paragraph(*paragraph, under == Some(&true), findings);
    }
    reader.lines.sort_by_key(|line| line.span);
    let events = reader.lines.iter().flat_map(events_with_people).collect();
    let promises = tasks::promises(document, &[], Some(day), findings);
    // A day is little: where a part of it is private, nobody is to guess which.
    let private = privacy(document, header, vocabulary, findings) != Privacy::Open;
    let Reader { lines, trips, .. } = reader;
    Journal { path: path.clone(), day, private, lines, promises, events, trips }
}

fn events_with_people(line: &Interaction) -> Vec<(Event, Vec<LinkRef>)> {
    let people = [line.with.clone(), line.mentions.clone()].concat();
    tagged_events(line).map(|event| (event, people.clone())).collect()
}

struct Reader<'a> {
    document: &'a Document<'a>,
    vocabulary: &'a Vocabulary,
    day: Day,
    counts: bool,
    lines: Vec<Interaction>,
    trips: Vec<Trip>,
}

impl Reader<'_> {
    /// Everyone in `people:` or `attendees:` was there.
    fn read_people(&mut self, header: &Header<'_>) {
        let with = header.links(Field::People);
        let Some(entry) = header.entry(Field::People).filter(|_| !with.is_empty()) else { return };
        let title = self.document.markdown.title();
        let (with, mentions) = if self.counts { (with, Vec::new()) } else { (Vec::new(), with) };
        self.lines.push(Interaction {
            day: self.day,
            kind: self.vocabulary.kind("met").map(|kind| ShortText::from(kind.name.as_str())),
            meaning: if self.counts { Meaning::Contact } else { Meaning::Note },
            text: title.map_or_else(String::new, |heading| heading.text.clone()),
            with,
            mentions,
            events: Vec::new(),
            line: self.document.lines.line(entry.key_span.start),
            span: entry.span,
        });
    }

    fn read_item(&mut self, item: &Item, under_contacts: bool, findings: &mut Vec<Finding>) {
        let done = item.task.is_some_and(|task| matches!(task.status, 'x' | 'X'));
        let content = content_of(item, self.document.text);
        let whole = Span::new(item.span.start, content.end.max(item.marker.end));
        if item.task.is_some() && !done {
            // An open task is a wish, not a meeting: the people in it are only mentioned.
            self.read_mentions(whole, content);
            return;
        }
        self.read_line(whole, content, under_contacts, findings);
        if done && let Some(line) = self.lines.last_mut().filter(|line| line.span == whole) {
            line.text =
                plain(&task::read(self.document.text, Span::new(content.start, content.end)).text);
        }
    }

    fn read_paragraph(
        &mut self,
        paragraph: Span,
        under_contacts: bool,
        findings: &mut Vec<Finding>,
    ) {
        let mut start = paragraph.start;
        for line in paragraph.of(self.document.text).split_inclusive('\n') {
            let span = Span::new(start, start + line.trim_end().len());
            start += line.len();
            self.read_line(span, span, under_contacts, findings);
        }
    }

    fn read_line(
        &mut self,
        whole: Span,
        content: Span,
        under_contacts: bool,
        findings: &mut Vec<Finding>,
    ) {
        match entry::head(self.document.text, content) {
            Some(head) => self.read_dated(&head, whole, content, findings),
            None if !has_links_or_events(self.document, whole) => {}
            None => {
                let opening = entry::opening(self.document.text, content);
                self.read_opening(&opening, whole, self.day, under_contacts);
            }
        }
    }

    /// A line with a date of its own: a trip, or what happened on another day.
    fn read_dated(
        &mut self,
        head: &EntryHead,
        whole: Span,
        content: Span,
        findings: &mut Vec<Finding>,
    ) {
        let text = self.document.text;
        let Some(day) = entry_day(head, findings) else {
            return self.read_mentions(whole, content);
        };
        if head.opening.word.is_some_and(|word| word.of(text).eq_ignore_ascii_case("trip")) {
            let from = head
                .when
                .as_ref()
                .ok()
                .and_then(|date| date.day())
                .filter(|from| *from <= day)
                .unwrap_or(day);
            let place = plain(head.opening.with_kind(text).text.of(text));
            self.trips.push(Trip {
                from,
                to: day,
                place,
                line: self.document.lines.line(whole.start),
            });
            return;
        }
        self.read_opening(&head.opening, whole, day, false);
    }

    fn read_opening(&mut self, opening: &Opening, whole: Span, day: Day, under_contacts: bool) {
        let text = self.document.text;
        let (kind, reading) = kind_and_reading(opening, text, self.vocabulary);
        let (mut with, mut mentions) = with_and_mentions(self.document, whole, &reading);
        if self.vocabulary.every_link_counts {
            with.append(&mut mentions);
        }
        let says_contact = kind.is_some() || under_contacts || self.vocabulary.every_link_counts;
        if !self.counts || !says_contact {
            mentions.splice(..0, with.drain(..));
        }
        let said = said_or_word(plain(reading.text.of(text)), kind, opening, text);
        let kind = kind.map(|kind| (ShortText::from(kind.name.as_str()), kind.meaning));
        self.push(whole, day, kind, said, with, mentions);
    }

    fn read_mentions(&mut self, whole: Span, content: Span) {
        let mentions = links(self.document, whole).collect();
        self.push(
            whole,
            self.day,
            None,
            plain(content.of(self.document.text)),
            Vec::new(),
            mentions,
        );
    }

    fn push(
        &mut self,
        whole: Span,
        day: Day,
        kind: Option<(ShortText, Meaning)>,
        text: String,
        with: Vec<LinkRef>,
        mentions: Vec<LinkRef>,
    ) {
        let events = event_tags(self.document, whole);
        if with.is_empty() && mentions.is_empty() && events.is_empty() {
            return;
        }
        let (kind, meaning) =
            kind.map_or((None, Meaning::Contact), |(kind, meaning)| (Some(kind), meaning));
        let meaning = if with.is_empty() { Meaning::Note } else { meaning };
        let line = self.document.lines.line(whole.start);
        self.lines.push(Interaction {
            day,
            kind,
            meaning,
            text,
            with,
            mentions,
            events,
            line,
            span: whole,
        });
    }
}
