//! Where a new entry or item goes, and what is written there: in the order and the style of what is there.
//!
//! Nothing here is certain to be right: a place is a candidate until the text with it has been read again
//! and proved to be the same but for the insertion.

use crate::note::change::Refusal;
use crate::note::entry;
use crate::note::layout::{
    ItemStyle, ends_with_line_end, is_blank, is_blank_line, is_top_level, line_end_near,
    line_start, next_line,
};
use crate::note::markdown::{Heading, Item, Markdown};
use crate::text::day::Day;
use crate::text::edit::Edit;
use crate::text::fold::fold;
use crate::text::span::Span;

/// What is to be inserted, and where.
#[derive(Debug, Clone, Copy)]
pub struct Insertion<'a> {
    /// Headings under one of which it goes, the preferred one first; without them at the end of the file.
    pub headings: Option<&'a [String]>,
    /// The day by which it is put in order; without it the end of the list.
    pub date: Option<Day>,
    /// The item without marker, line by line.
    pub lines: &'a [String],
}

/// The part of a note from one heading to the next.
#[derive(Debug, Clone, Copy)]
struct Section {
    heading: usize,
    /// After the heading's line.
    start: usize,
    /// Before the next heading of any level.
    own_end: usize,
    /// The first heading after its subsections, as an index.
    next: usize,
}

/// The edits that could be made, the best one first.
pub fn candidates(
    text: &str,
    body_start: usize,
    markdown: &Markdown,
    insertion: Insertion<'_>,
) -> Result<Vec<Edit>, Refusal> {
    let note = Note { text, body_start, markdown, insertion };
    let Some(headings) = insertion.headings else { return note.at_end_of_file() };
    match headings.iter().find_map(|heading| note.section(heading)) {
        Some(section) => note.in_section(section),
        None => {
            let heading = headings.first().map_or("", String::as_str);
            Ok(vec![note.in_new_section(heading)])
        }
    }
}

/// Whether a heading's text is the one that is looked for: folded, without a colon at the end.
pub fn is_heading(heading: &str, wanted: &str) -> bool {
    let plain = |text: &str| fold(text.trim().trim_end_matches(':'));
    plain(heading) == plain(wanted)
}

struct Note<'a> {
    text: &'a str,
    body_start: usize,
    markdown: &'a Markdown,
    insertion: Insertion<'a>,
}

/// Where among its neighbours something goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Before(usize),
    After(usize),
}

impl Note<'_> {
    fn section(&self, wanted: &str) -> Option<Section> {
        let headings = &self.markdown.headings;
        let at = headings
            .iter()
            .position(|heading| !heading.nested && is_heading(&heading.text, wanted))?;
        let heading = headings.get(at)?;
        let after = |level: u8| {
            let mut later = headings.iter().enumerate().skip(at + 1);
            later
                .find(|(_, next)| !next.nested && next.level <= level)
                .map_or(headings.len(), |(at, _)| at)
        };
        let start = next_line(self.text, heading.span.end);
        let (own_end, next) = (self.heading_start(after(6)), after(heading.level));
        Some(Section { heading: at, start, own_end: own_end.max(start), next })
    }

    /// Where the line of a heading starts; the end of the text where there is no such heading.
    fn heading_start(&self, at: usize) -> usize {
        let heading = self.markdown.headings.get(at);
        heading.map_or(self.text.len(), |heading| line_start(self.text, heading.span.start))
    }

    fn in_section(&self, section: Section) -> Result<Vec<Edit>, Refusal> {
        let items = self.own_items(section);
        let Some(date) = self.insertion.date else {
            let last = items.last().copied();
            return last.map_or_else(
                || Ok(self.in_section_without_list(section)),
                |last| self.beside(Place::After(last)),
            );
        };
        let dated_list = items.iter().find(|at| self.day_of_item(**at).is_some());
        let headings = self.dated_headings(section);
        if dated_list.is_none() && !headings.is_empty() {
            return Ok(vec![self.as_heading(&headings, date)]);
        }
        let Some(list) = dated_list.or(items.first()).and_then(|at| self.markdown.items.get(*at))
        else {
            return Ok(self.in_section_without_list(section));
        };
        let siblings = items
            .into_iter()
            .filter(|at| self.item(*at).is_some_and(|item| item.list == list.list));
        let days = siblings.map(|at| (at, self.day_of_item(at))).collect::<Vec<_>>();
        self.beside(place(&days, date, list.ordered))
    }

    fn item(&self, at: usize) -> Option<&Item> {
        self.markdown.items.get(at)
    }

    /// The top-level items between the heading and the next.
    fn own_items(&self, section: Section) -> Vec<usize> {
        let items = self.markdown.items.iter().enumerate();
        let own =
            items.filter(|(_, item)| is_top_level(item) && item.heading == Some(section.heading));
        own.map(|(at, _)| at).collect()
    }

    fn day_of_item(&self, at: usize) -> Option<Day> {
        self.day_of(self.item(at)?.content)
    }

    fn day_of(&self, content: Span) -> Option<Day> {
        entry::head(self.text, content)?.when.ok()?.first.earliest()
    }

    /// The subsections that are entries, `### 2026-10-12 call`.
    fn dated_headings(&self, section: Section) -> Vec<(usize, Option<Day>)> {
        let headings = self.markdown.headings.iter().enumerate();
        let below = headings.take(section.next).skip(section.heading + 1);
        let dated = below.filter(|(_, heading)| !heading.nested);
        let days = dated.map(|(at, heading)| (at, self.day_of_whole_date(heading)));
        let dated = days.filter(|(_, day)| day.is_some()).collect::<Vec<_>>();
        let level = |at: usize| self.markdown.headings.get(at).map(|heading| heading.level);
        let first = dated.first().and_then(|(at, _)| level(*at));
        dated.into_iter().filter(|(at, _)| level(*at) == first).collect()
    }

    fn day_of_whole_date(&self, heading: &Heading) -> Option<Day> {
        entry::head(self.text, heading.content)?.when.ok()?.day()
    }

    // Beside an item

    fn beside(&self, place: Place) -> Result<Vec<Edit>, Refusal> {
        let (Place::Before(at) | Place::After(at)) = place;
        let Some(item) = self.item(at) else { return Ok(Vec::new()) };
        let mut style = ItemStyle::of(self.text, self.markdown, item);
        if item.ordered {
            style.marker = self.number(place, item)?;
        }
        Ok(vec![match place {
            Place::Before(_) => self.before(item, &style),
            Place::After(_) => self.after_line(item.span.end, &style, style.loose),
        }])
    }

    fn before(&self, item: &Item, style: &ItemStyle) -> Edit {
        let at = line_start(self.text, item.marker.start);
        let line_end = line_end_near(self.text, at);
        let blank = if style.loose { line_end } else { "" };
        Edit::insert(at, style.write(self.insertion.lines, line_end) + line_end + blank)
    }

    /// After the line that holds `offset`, perhaps with a blank line before.
    fn after_line(&self, offset: usize, style: &ItemStyle, blank: bool) -> Edit {
        let at = next_line(self.text, offset);
        let line_end = line_end_near(self.text, at);
        self.after_text(at, &style.write(self.insertion.lines, line_end), blank)
    }

    /// A block at the start of a line, or after a last line that has no end; the text then still has none.
    fn after_text(&self, at: usize, block: &str, blank: bool) -> Edit {
        let line_end = line_end_near(self.text, at);
        let blank = if blank { line_end } else { "" };
        let before = self.text.get(..at).unwrap_or("");
        Edit::insert(
            at,
            if ends_with_line_end(before) {
                format!("{blank}{block}{line_end}")
            } else {
                format!("{line_end}{blank}{block}")
            },
        )
    }

    /// The marker of a new item in a numbered list: the next number after the last one, or the number that all have.
    fn number(&self, place: Place, neighbour: &Item) -> Result<String, Refusal> {
        let siblings = self.markdown.items.iter().filter(|item| item.list == neighbour.list);
        let numbers = siblings.map(|item| number_of(item.marker.of(self.text))).collect::<Vec<_>>();
        let marker = neighbour.marker.of(self.text);
        if numbers.len() > 1 && numbers.iter().all(|number| Some(number) == numbers.first()) {
            return Ok(marker.to_owned());
        }
        let is_last =
            matches!(place, Place::After(_)) && Some(&number_of(marker)) == numbers.last();
        let next = number_of(marker).filter(|number| is_last && *number < 999_999_999);
        let mark = marker.trim_start_matches(|character: char| character.is_ascii_digit());
        next.map(|number| format!("{}{mark}", number + 1)).ok_or_else(|| Refusal {
            reason: "the list is numbered, and a new item would change the numbers below it"
                .to_owned(),
            hint: Some("make it a list of bullets".to_owned()),
        })
    }

    // In a section without a list

    fn in_section_without_list(&self, section: Section) -> Vec<Edit> {
        let style = ItemStyle::for_new_list(self.text, self.markdown);
        let own = Span::new(section.start, section.own_end).of(self.text);
        if is_blank(own) {
            return self.below_heading(section, &style);
        }
        let last = section.start + own.trim_end().len();
        let line_end = line_end_near(self.text, section.start);
        let entry = style.write(self.insertion.lines, line_end);
        // Where the text below the heading swallows what comes after it, above that text.
        let above = Edit::insert(section.start, format!("{entry}{line_end}{line_end}"));
        vec![self.after_line(last, &style, true), above]
    }

    /// Directly below the heading, or after one blank line where the note does so.
    fn below_heading(&self, section: Section, style: &ItemStyle) -> Vec<Edit> {
        let spaced = self.has_blank_lines_below_headings();
        let line_end = line_end_near(self.text, section.start);
        let entry = style.write(self.insertion.lines, line_end);
        // A setext heading right after a list would be text of its last item.
        let apart = format!("{entry}{line_end}");
        if !spaced || !is_blank_line(self.text, section.start) {
            return [&entry, &apart]
                .map(|entry| self.after_text(section.start, entry, spaced))
                .into();
        }
        let at = next_line(self.text, section.start);
        let heading_follows = at == section.own_end && at < self.text.len();
        vec![self.after_text(at, if heading_follows { &apart } else { &entry }, false)]
    }

    /// Whether most headings with something below them have a blank line first.
    fn has_blank_lines_below_headings(&self) -> bool {
        let (mut spaced, mut all) = (0, 0);
        for heading in self.markdown.headings.iter().filter(|heading| !heading.nested) {
            let below = next_line(self.text, heading.span.end);
            let rest = self.text.get(below..).unwrap_or("").trim_start();
            if !rest.is_empty() && !rest.starts_with('#') {
                all += 1;
                spaced += usize::from(is_blank_line(self.text, below));
            }
        }
        spaced * 2 > all
    }

    // At the end of the file

    fn in_new_section(&self, heading: &str) -> Edit {
        let line_end = line_end_near(self.text, self.text.len());
        let style = ItemStyle::for_new_list(self.text, self.markdown);
        let gap = if self.has_blank_lines_below_headings() { line_end } else { "" };
        let hashes = "#".repeat(self.section_level());
        let entry = style.write(self.insertion.lines, line_end);
        self.at_end(&format!("{hashes} {heading}{line_end}{gap}{entry}"))
    }

    /// 2, but 1 in a note whose sections are all of level 1.
    fn section_level(&self) -> usize {
        let levels = self
            .markdown
            .headings
            .iter()
            .filter(|heading| !heading.nested)
            .map(|heading| heading.level);
        let levels = levels.collect::<Vec<_>>();
        if levels.len() > 1 && levels.iter().all(|level| *level == 1) { 1 } else { 2 }
    }

    fn at_end_of_file(&self) -> Result<Vec<Edit>, Refusal> {
        let end = self.text.trim_end().len();
        let last = self.markdown.items.iter().rposition(is_top_level);
        let closes = |at: &usize| self.item(*at).is_some_and(|item| item.span.end == end);
        if let Some(last) = last.filter(closes) {
            return self.beside(Place::After(last));
        }
        let style = ItemStyle::for_new_list(self.text, self.markdown);
        let line_end = line_end_near(self.text, self.text.len());
        Ok(vec![self.at_end(&style.write(self.insertion.lines, line_end))])
    }

    /// A block after a blank line; a text without a last line end still has none.
    fn at_end(&self, block: &str) -> Edit {
        let end = self.text.len();
        let body = self.text.get(self.body_start..).unwrap_or("");
        let last_line = line_start(self.text, end.saturating_sub(1));
        let nothing_before = self.text.trim_matches('\u{feff}').trim().is_empty();
        let blank_before =
            ends_with_line_end(body) && !body.is_empty() && is_blank_line(self.text, last_line);
        self.after_text(end, block, !nothing_before && !blank_before)
    }

    // As a heading

    /// An entry as a heading like its neighbours, with its text below.
    fn as_heading(&self, dated: &[(usize, Option<Day>)], date: Day) -> Edit {
        let place = place(dated, date, false);
        let (Place::Before(at) | Place::After(at)) = place;
        let start = self.heading_start(at);
        let line_end = line_end_near(self.text, start);
        let block = self
            .markdown
            .headings
            .get(at)
            .map_or(String::new(), |like| self.heading_block(like, line_end));
        match place {
            Place::Before(_) => Edit::insert(start, format!("{block}{line_end}{line_end}")),
            Place::After(_) => {
                let end = self.heading_start(self.next_after(at));
                let last = self.text.get(..end).unwrap_or("").trim_end().len();
                self.after_text(next_line(self.text, last), &block, true)
            }
        }
    }

    /// The next heading that is not below this one.
    fn next_after(&self, at: usize) -> usize {
        let level = self.markdown.headings.get(at).map_or(6, |heading| heading.level);
        let later = self.markdown.headings.iter().enumerate().skip(at + 1);
        let mut ends = later.filter(|(_, next)| !next.nested && next.level <= level);
        ends.next().map_or(self.markdown.headings.len(), |(at, _)| at)
    }

    fn heading_block(&self, like: &Heading, line_end: &str) -> String {
        let (first, further) = self
            .insertion
            .lines
            .split_first()
            .map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
        let (title, told) = title_and_text(first, self.separator(like));
        let below = next_line(self.text, like.span.end);
        let spaced = is_blank_line(self.text, below) && below < self.text.len();
        let mut block = format!("{} {title}", "#".repeat(usize::from(like.level)));
        let told = told.into_iter().chain(further.iter().map(|line| line.trim_end().to_owned()));
        for (at, line) in told.enumerate() {
            let gap = if at == 0 && spaced { line_end } else { "" };
            block.push_str(&format!("{line_end}{gap}{line}"));
        }
        block
    }

    /// What the neighbour has between date and kind, ` — `.
    fn separator(&self, like: &Heading) -> &str {
        let head = entry::head(self.text, like.content);
        let between =
            head.and_then(|head| Some(Span::new(head.date.end, head.opening.word?.start)));
        let written = between.map_or(" ", |between| between.of(self.text));
        if matches!(written.trim(), "—" | "–" | "-" | "·" | "|" | ":") { written } else { " " }
    }
}

/// `2026-10-12 — call` and `New job` of `2026-10-12 call: New job`; a line without a head is all title.
fn title_and_text(line: &str, separator: &str) -> (String, Option<String>) {
    let Some(head) = entry::head(line, Span::new(0, line.len())) else {
        return (line.to_owned(), None);
    };
    let date = head.date.of(line);
    let told = head.opening.with_kind(line).text;
    let rest = |end: usize| Span::new(head.opening.text.start, end).of(line).trim();
    let (title, told) = match rest(told.start).strip_suffix(':') {
        Some(title) => (title, Some(told.of(line).to_owned()).filter(|told| !told.is_empty())),
        None => (rest(line.len()), None),
    };
    (if title.is_empty() { date.to_owned() } else { format!("{date}{separator}{title}") }, told)
}

/// The place of `date` among neighbours of which some have a day. Newest first where most neighbours are so, and
/// where nothing tells (but for numbered lists, which grow downwards); beside the same day it is the newer one.
fn place(neighbours: &[(usize, Option<Day>)], date: Day, ordered: bool) -> Place {
    let dated = neighbours.iter().filter_map(|(at, day)| Some((*at, (*day)?))).collect::<Vec<_>>();
    let falling = dated.windows(2).filter(|pair| pair[0].1 > pair[1].1).count();
    let rising = dated.windows(2).filter(|pair| pair[0].1 < pair[1].1).count();
    let newest_first = falling > rising || (falling == rising && !ordered);
    let first = dated.first().map_or(Place::Before(0), |(at, _)| Place::Before(*at));
    let last = dated.last().map_or(Place::After(0), |(at, _)| Place::After(*at));
    let older = |(_, day): &&(usize, Day)| *day <= date;
    match (dated.is_empty(), newest_first) {
        (true, true) => neighbours.first().map_or(first, |(at, _)| Place::Before(*at)),
        (true, false) => neighbours.last().map_or(last, |(at, _)| Place::After(*at)),
        (false, true) => dated.iter().find(older).map_or(last, |(at, _)| Place::Before(*at)),
        (false, false) => dated.iter().rfind(older).map_or(first, |(at, _)| Place::After(*at)),
    }
}

fn number_of(marker: &str) -> Option<u32> {
    marker.trim_end_matches(['.', ')']).parse().ok()
}
