//! The entries of two logs in one: in the order and the style of the first, each once.

use crate::features::merge::blocks::Block;
use crate::note::document::Document;
use crate::note::entry;
use crate::note::layout::{ItemStyle, line_end, line_start, next_line};
use crate::note::markdown::Item;
use crate::people::body_section::{is_dated, sections};
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use crate::text::edit::Edit;
use crate::text::span::Span;
use std::collections::HashSet;

/// The entries of a log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log {
    /// Those that are items of a list, in file order.
    pub items: Vec<Entry>,
    /// Those that are headings, with all that is told below them, in file order.
    pub headed: Vec<Entry>,
    /// What else stands under the heading of the log.
    pub rest: String,
}

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub day: Day,
    /// Its whole lines.
    pub span: Span,
    /// Its lines without marker and indent, of a heading with the heading; each without its line end.
    pub lines: Vec<String>,
    /// How it is written, where it is an item.
    style: Option<ItemStyle>,
    /// The level of its heading.
    level: u8,
}

/// The entries of the log `block` of a note.
pub fn log(document: &Document<'_>, block: &Block, vocabulary: &Vocabulary) -> Log {
    let headed = headed(document, block, vocabulary);
    let is_told = |at: usize| headed.iter().any(|entry| entry.span.contains(at));
    let items = document.markdown.items.iter();
    let own = items.filter(|item| {
        item.parent.is_none() && !item.quoted && block.body.contains(item.marker.start)
    });
    let items = own.filter(|item| !is_told(item.marker.start));
    let items = items.filter_map(|item| entry_of(document, item)).collect::<Vec<_>>();
    let mut taken = items.iter().chain(&headed).map(|entry| entry.span).collect::<Vec<_>>();
    taken.sort_unstable();
    let (mut at, mut rest) = (block.body.start, String::new());
    for span in taken.into_iter().chain([Span::at(block.body.end)]) {
        rest += Span::new(at, span.start.max(at)).of(document.text);
        at = span.end.max(at);
    }
    Log { items, headed, rest }
}

fn headed(document: &Document<'_>, block: &Block, vocabulary: &Vocabulary) -> Vec<Entry> {
    let headings = document.markdown.headings.iter().enumerate();
    let below =
        headings.filter(|(_, heading)| !heading.nested && block.body.contains(heading.span.start));
    let below = below.collect::<Vec<_>>();
    let under = sections(document, vocabulary);
    let mut entries: Vec<Entry> = Vec::new();
    for (number, heading) in below {
        let start = line_start(document.text, heading.span.start);
        let told = under.get(number).is_some_and(|under| under.is_told);
        let day =
            if is_dated(document.text, heading) { day_of(document, heading.content) } else { None };
        match (day, entries.last_mut()) {
            (Some(day), _) => {
                if let Some(last) = entries.last_mut() {
                    last.span.end = last.span.end.min(start);
                }
                let span = Span::new(start, block.body.end);
                entries.push(Entry {
                    day,
                    span,
                    lines: Vec::new(),
                    style: None,
                    level: heading.level,
                });
            }
            (None, Some(last)) if !told => last.span.end = last.span.end.min(start),
            (None, _) => {}
        }
    }
    for entry in &mut entries {
        entry.lines = entry.span.of(document.text).lines().map(str::to_owned).collect();
        while entry.lines.pop_if(|line| line.trim().is_empty()).is_some() {}
    }
    entries
}

fn day_of(document: &Document<'_>, content: Span) -> Option<Day> {
    entry::head(document.text, content)?.when.ok()?.first.earliest()
}

/// An item that is an entry: it begins with a date and is no open task.
fn entry_of(document: &Document<'_>, item: &Item) -> Option<Entry> {
    if item.task.is_some_and(|task| !matches!(task.status, 'x' | 'X')) {
        return None;
    }
    let day = day_of(document, item.content)?;
    let style = ItemStyle::of(document.text, &document.markdown, item);
    let start = line_start(document.text, item.marker.start);
    let span = Span::new(start, next_line(document.text, item.span.end));
    let source = Span::new(start, line_end(document.text, item.span.end)).of(document.text);
    let mut lines = Vec::new();
    for (at, line) in source.lines().enumerate() {
        lines.push(match at {
            0 => {
                let marker = style.indent.len() + style.marker.len() + style.gap.len();
                line.get(marker..).unwrap_or(line).to_owned()
            }
            _ => without_indent(line, &style.continuation).to_owned(),
        });
    }
    Some(Entry { day, span, lines, style: Some(style), level: 0 })
}

/// A further line of an item without the indent that the item gives it.
fn without_indent<'a>(line: &'a str, indent: &str) -> &'a str {
    let rest = line.strip_prefix(indent).or_else(|| line.strip_prefix('\t'));
    rest.unwrap_or_else(|| {
        let spaces = line.len() - line.trim_start_matches(' ').len();
        line.get(spaces.min(indent.len())..).unwrap_or(line)
    })
}

/// The edits that put the entries of `new` into `known`, the log in `block` of `document`, with line end `ending`.
pub fn interleaved(
    document: &Document<'_>,
    block: &Block,
    known: &Log,
    new: &Log,
    ending: &str,
) -> Vec<Edit> {
    let text = document.text;
    let is_new = |known: &[Entry], entry: &&Entry| {
        let known = known.iter().map(|entry| told(entry)).collect::<HashSet<_>>();
        !known.contains(&told(entry))
    };
    let items = new.items.iter().filter(|entry| is_new(&known.items, entry)).collect::<Vec<_>>();
    let headed = new.headed.iter().filter(|entry| is_new(&known.headed, entry)).collect::<Vec<_>>();
    let newest_first = is_newest_first(&known.items).or(is_newest_first(&known.headed));
    let newest_first = newest_first.or(is_newest_first(&new.items)).unwrap_or(true);
    let end_of_items = match (known.items.last(), known.headed.first()) {
        (Some(last), _) => last.span.end,
        (None, Some(first)) => first.span.start,
        (None, None) => end_of(text, block.body),
    };
    let style = known.items.first().and_then(|entry| entry.style.clone());
    let style = style.unwrap_or_else(|| ItemStyle::for_new_list(text, &document.markdown));
    let mut edits = Vec::new();
    let items = in_order(&items, newest_first).into_iter().map(|entry| {
        let at = place(&known.items, entry.day, newest_first).unwrap_or(end_of_items);
        (at, item_text(entry, &style, ending))
    });
    edits.extend(grouped(text, items, style.loose, ending));
    let level = known.headed.first().map_or(block.level.saturating_add(1), |entry| entry.level);
    let headed = in_order(&headed, newest_first).into_iter().map(|entry| {
        let at = place(&known.headed, entry.day, newest_first).unwrap_or(end_of(text, block.body));
        (at, headed_text(entry, level.min(6), ending))
    });
    edits.extend(grouped(text, headed, true, ending));
    edits
}

/// One edit for each place; what goes to one place stands together.
fn grouped(
    text: &str,
    entries: impl Iterator<Item = (usize, String)>,
    apart: bool,
    ending: &str,
) -> Vec<Edit> {
    let between = if apart { ending.repeat(2) } else { ending.to_owned() };
    let mut groups: Vec<(usize, String)> = Vec::new();
    for (at, entry) in entries {
        match groups.last_mut().filter(|(last, _)| *last == at) {
            Some((_, group)) => *group += &format!("{between}{entry}"),
            None => groups.push((at, entry)),
        }
    }
    groups.iter().map(|(at, group)| inserted(text, *at, group, apart, ending)).collect()
}

fn told(entry: &Entry) -> Vec<&str> {
    let lines = entry.lines.iter().map(|line| line.trim_end());
    lines.filter(|line| !line.is_empty()).collect()
}

/// Whether the newest entry stands first; `None` where nobody can tell.
fn is_newest_first(entries: &[Entry]) -> Option<bool> {
    let (first, last) = (entries.first()?.day, entries.last()?.day);
    (first != last).then_some(first > last)
}

/// The entries as they are to stand among themselves.
fn in_order<'a>(entries: &[&'a Entry], newest_first: bool) -> Vec<&'a Entry> {
    let mut ordered = entries.to_vec();
    let (first, last) =
        (entries.first().map(|entry| entry.day), entries.last().map(|entry| entry.day));
    if first.is_some_and(|first| {
        last.is_some_and(|last| (first > last) != newest_first && first != last)
    }) {
        ordered.reverse();
    }
    ordered.sort_by(|one, other| match newest_first {
        true => other.day.cmp(&one.day),
        false => one.day.cmp(&other.day),
    });
    ordered
}

/// Before which of the known entries one of `day` stands; those of the same day come first.
fn place(known: &[Entry], day: Day, newest_first: bool) -> Option<usize> {
    let mut later = known.iter();
    let later = later.find(|entry| if newest_first { entry.day < day } else { entry.day > day });
    later.map(|entry| entry.span.start)
}

fn item_text(entry: &Entry, style: &ItemStyle, ending: &str) -> String {
    let mut written = String::new();
    for (at, line) in entry.lines.iter().enumerate() {
        match (at, line.trim().is_empty()) {
            (0, _) => {
                written += &format!("{}{}{}{line}", style.indent, style.marker, style.gap);
            }
            (_, true) => written += ending,
            (_, false) => written += &format!("{ending}{}{line}", style.continuation),
        }
    }
    written
}

/// With its headings as deep as those of the log into which it goes.
fn headed_text(entry: &Entry, level: u8, ending: &str) -> String {
    let mut fenced = false;
    let lines = entry.lines.iter().map(|line| {
        fenced ^= line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        let marks = line.bytes().take_while(|byte| *byte == b'#').count();
        let is_heading =
            !fenced && (1..=6).contains(&marks) && line.as_bytes().get(marks) == Some(&b' ');
        if !is_heading {
            return line.clone();
        }
        let deeper = marks.saturating_sub(usize::from(entry.level)) + usize::from(level);
        format!("{}{}", "#".repeat(deeper.min(6)), line.get(marks..).unwrap_or(""))
    });
    lines.collect::<Vec<_>>().join(ending)
}

/// The end of the last line of `within` that says something; below the heading where none does.
pub fn end_of(text: &str, within: Span) -> usize {
    let said = within.of(text).trim_end();
    if said.is_empty() {
        within.start
    } else {
        next_line(text, within.start + said.len()).min(within.end.max(within.start))
    }
}

/// `lines`, which have no line end, as lines of their own at the start of the line `at`, or after a last line that has no
/// end; `apart` with a blank line between them and their neighbours.
pub fn inserted(text: &str, at: usize, lines: &str, apart: bool, ending: &str) -> Edit {
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let open = !before.is_empty() && !before.ends_with(['\n', '\r']);
    let is_heading = |line: Option<&str>| line.is_some_and(|line| line.starts_with('#'));
    let last = before.lines().next_back();
    let next = after.lines().next();
    let filled = |line: Option<&str>| line.is_some_and(|line| !line.trim().is_empty());
    let above = if apart && filled(last) && !is_heading(last) { ending } else { "" };
    let below = if apart && filled(next) || is_heading(next) { ending } else { "" };
    let start = if open { ending } else { "" };
    let end = if open { "" } else { ending };
    Edit::insert(at, format!("{start}{above}{lines}{end}{below}"))
}
