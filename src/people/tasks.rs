//! Tasks of a note as promises.

use crate::note::document::Document;
use crate::note::markdown::{Item, TaskBox};
use crate::note::task::{self, DateField, TaskText};
use crate::people::excerpt::{content_of, first_line, links, without_comments};
use crate::people::link_ref::LinkRef;
use crate::people::promise::{Promise, PromiseStatus};
use crate::text::day::Day;
use crate::text::diagnostic::{Code, Finding};
use crate::text::span::Span;
use std::collections::HashMap;

/// The signs of a task box that mean something here, or at least in the usual themes.
const KNOWN_SIGNS: &str = " xX-/><?!*\"lbiSIpcfkwudn";

/// The tasks of a note that stand in no quote, in file order. `entries` are the log entries with their days, by which
/// a task inside one was promised; others were promised on `day`, where the note has one.
pub fn promises(
    document: &Document<'_>,
    entries: &[(Span, Day)],
    day: Option<Day>,
    findings: &mut Vec<Finding>,
) -> Vec<Promise> {
    let tasks = document.markdown.items.iter().filter(|item| !item.quoted);
    let read = |item: &Item| task::read(document.text, content_of(item, document.text));
    let tasks =
        tasks.filter_map(|item| item.task.map(|task| (item, task, read(item)))).collect::<Vec<_>>();
    let fields_in_note = tasks.iter().any(|(_, _, read)| read.uses_emoji_fields);
    let mut promises = Vec::with_capacity(tasks.len());
    for (item, task, read) in &tasks {
        let promise = promise(document, item, *task, read, findings);
        let promised = promise.promised.or_else(|| promised_in(entries, item.span)).or(day);
        promises.push(Promise { promised, uses_task_fields: fields_in_note, ..promise });
    }
    let lines = ordinals(promises.iter().map(|promise| promise.source_line.as_str()));
    let texts = ordinals(promises.iter().map(|promise| promise.text.as_str()));
    for (promise, (line, text)) in promises.iter_mut().zip(lines.into_iter().zip(texts)) {
        (promise.ordinal, promise.text_ordinal) = (line, text);
    }
    promises
}

const FEW: usize = 6;

/// For each text how many equal ones stand before it.
fn ordinals<'a>(texts: impl ExactSizeIterator<Item = &'a str>) -> Vec<usize> {
    if texts.len() <= FEW {
        // To compare few texts with each other takes less than to hash them.
        let texts = texts.collect::<Vec<_>>();
        let equal = |(at, text)| texts.iter().take(at).filter(|other| *other == text).count();
        return texts.iter().enumerate().map(equal).collect();
    }
    let mut seen = HashMap::<&str, usize>::with_capacity(texts.len());
    let count = |text| {
        let count = seen.entry(text).or_default();
        std::mem::replace(count, *count + 1)
    };
    texts.map(count).collect()
}

/// The day of the entry that holds `item`; entries are in file order and disjoint.
fn promised_in(entries: &[(Span, Day)], item: Span) -> Option<Day> {
    let after = entries.partition_point(|(span, _)| span.start <= item.start);
    let (span, day) = entries.get(after.checked_sub(1)?)?;
    span.covers(item).then_some(*day)
}

/// The line of a task from its marker to its end, without trailing white space.
fn source_line<'a>(item: &Item, text: &'a str) -> &'a str {
    first_line(Span::new(item.span.start, item.span.end), text).of(text).trim_end()
}

fn promise(
    document: &Document<'_>,
    item: &Item,
    task: TaskBox,
    read: &TaskText,
    findings: &mut Vec<Finding>,
) -> Promise {
    let bad = read.unreadable.iter().map(|span| {
        let message = format!("`{}` is not a date that a task can have", span.of(document.text));
        Finding::new(Code::BadTaskDate, *span, message)
            .help("write it like `📅 2026-11-21`, at the end of the line")
    });
    findings.extend(bad);
    if !KNOWN_SIGNS.contains(task.status) {
        let message = format!("`[{}]` has no meaning here; the task counts as open", task.status);
        let help = "the signs are ` ` open, `x` done, `-` cancelled, `>` deferred, `/` begun, `<` planned, `?` theirs";
        findings.push(Finding::new(Code::UnknownTaskStatus, task.span, message).help(help));
    }
    let said = without_comments(&read.text);
    let (text, waiting) = without_waiting(&said);
    let whole_line = first_line(item.span, document.text);
    Promise {
        text: text.to_owned(),
        status: PromiseStatus::of(task.status),
        theirs: waiting || task.status == '?',
        due: read.date(DateField::Due),
        scheduled: read.date(DateField::Scheduled),
        start: read.date(DateField::Start),
        done: read.date(DateField::Done),
        recurring: read.is_recurring(),
        uses_task_fields: false,
        promised: read.date(DateField::Created),
        links: links_of_task(document, item, whole_line),
        source_line: source_line(item, document.text).to_owned(),
        ordinal: 0,
        text_ordinal: 0,
        line: document.lines.line(item.span.start),
        span: whole_line,
    }
}

/// The people of a task: those that it links, else those of the line that it stands under.
fn links_of_task(document: &Document<'_>, item: &Item, line: Span) -> Vec<LinkRef> {
    let own = links(document, line).collect::<Vec<_>>();
    let parent = item.parent.and_then(|at| document.markdown.items.get(at));
    match parent.filter(|_| own.is_empty()) {
        Some(parent) => links(document, first_line(parent.span, document.text)).collect(),
        None => own,
    }
}

/// `waiting: her photos` is theirs to keep.
fn without_waiting(text: &str) -> (&str, bool) {
    let text = text.trim();
    match text.split_once(':') {
        Some((word, rest)) if word.trim().eq_ignore_ascii_case("waiting") => (rest.trim(), true),
        _ => (text, false),
    }
}

#[cfg(test)]
mod tests {
    use crate::people::tasks::ordinals;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn equal_texts_are_counted_however_many_there_are(texts in prop::collection::vec("[ab]{0,2}", 0..14)) {
            let before = |at: usize| texts[..at].iter().filter(|text| **text == texts[at]).count();
            let counted = (0..texts.len()).map(before).collect::<Vec<_>>();
            prop_assert_eq!(ordinals(texts.iter().map(String::as_str)), counted);
        }
    }
}
