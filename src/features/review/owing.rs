//! Words that are owed: answers to what came (`#reply`), and words that were meant and not said yet.

use crate::features::agenda::file::{boxed, column};
use crate::features::capture::names::{Match, NameTable};
use crate::features::capture::words::words;
use crate::features::inbox_lines::{InboxLine, LineKind, dated, inbox_lines, owed, without_meant};
use crate::features::log::is_list_item;
use crate::features::review::ids::id_of;
use crate::features::standing::Situation;
use crate::note::link::links;
use crate::note::path::NotePath;
use crate::people::book::ContactId;
use crate::text::day::Day;
use std::collections::HashSet;

/// A word that is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owing {
    /// The id of its line.
    pub id: String,
    /// [`LineKind::Reply`] or [`LineKind::Meant`].
    pub kind: LineKind,
    /// What the line says, tags as written.
    pub text: String,
    /// To whom: those whom the line links, else those whom it names and who alone are called so; perhaps nobody.
    pub people: Vec<ContactId>,
    /// When it was written down, where that is known.
    pub day: Option<Day>,
    /// The line, where it stands in the inbox.
    pub inbox: Option<InboxLine>,
}

/// Journal notes of so many days are looked into for words that are owed.
const OWED_DAYS: i64 = 60;

/// The words that are owed in the situation of a review that was begun on `begun`, those of notes before those of the
/// text of the inbox; tasks are promises and none of them.
pub fn owing(situation: &Situation, begun: Day, inbox: &str) -> Vec<Owing> {
    let book = situation.book;
    let notes = owed(book, begun.plus_days(-OWED_DAYS));
    let paths = book.paths();
    let tasks = match notes.is_empty() {
        true => HashSet::new(),
        false => book.promises().map(|of| (of.note(), of.brief.line)).collect::<HashSet<_>>(),
    };
    let mut all = Vec::new();
    for owed in notes {
        let path = paths.get(owed.note).map(NotePath::identity).unwrap_or_default();
        if !tasks.contains(&(owed.note, owed.line)) {
            let id = id_of('r', &[&path, &owed.text]);
            let (kind, people) = (owed.kind, owed.people);
            all.push(Owing { id, kind, text: owed.text, people, day: owed.day, inbox: None });
        }
    }
    all.extend(owing_in_inbox(situation, inbox));
    let mut seen = HashSet::new();
    all.retain(|owing| seen.insert(owing.id.clone()));
    all
}

fn owing_in_inbox(situation: &Situation, inbox: &str) -> Vec<Owing> {
    let (book, path) = (situation.book, &situation.vocabulary.folders.inbox);
    let tasks = book.promises().filter(|of| of.in_inbox).map(|of| of.brief.line);
    let tasks = tasks.collect::<HashSet<_>>();
    let is_owing = |line: &InboxLine| {
        matches!(line.kind, LineKind::Reply | LineKind::Meant) && !tasks.contains(&line.line)
    };
    let lines = inbox_lines(inbox).into_iter().filter(is_owing).collect::<Vec<_>>();
    let words = lines.iter().flat_map(|line| words(&line.text)).collect::<Vec<_>>();
    let names = NameTable::new(book, words.iter());
    let owing = |line: InboxLine| {
        let linked = links(&line.text).filter_map(|link| book.linked(&link.target.note));
        let linked = without_repeats(linked);
        let people = if linked.is_empty() { named(&names, &line.text) } else { linked };
        let id = id_of('r', &[path, &line.text]);
        let (kind, text) = (line.kind, line.text.clone());
        Owing { id, kind, text, people, day: None, inbox: Some(line) }
    };
    lines.into_iter().map(owing).collect()
}

/// Those whom words name without a link, as sorting the inbox finds them; nobody for a name that several have.
fn named(names: &NameTable, text: &str) -> Vec<ContactId> {
    let words = words(text);
    let (mut people, mut at) = (Vec::new(), 0);
    while let Some(word) = words.get(at) {
        let found = names.at(&words, at);
        let is_name = |found: &Match| found.is_sure || word.is_capital || at == 1;
        if let Some([one]) = found.as_ref().filter(|of| is_name(of)).map(|of| of.people.as_slice())
        {
            people.push(*one);
        }
        at += found.map_or(1, |found| found.count.max(1));
    }
    without_repeats(people.into_iter())
}

fn without_repeats(people: impl Iterator<Item = ContactId>) -> Vec<ContactId> {
    let mut once = Vec::new();
    people.for_each(|id| {
        if !once.contains(&id) {
            once.push(id);
        }
    });
    once
}

/// What a line of the inbox says, as it stands there: without its box, the day on which it was written and the tag that
/// says what it is, and with the lines that hang on it. The lines of its text, then the items of lists below.
pub fn as_written(line: &InboxLine, inbox: &str) -> (Vec<String>, Vec<String>) {
    let lines = line.lines(inbox);
    let lines = lines.into_iter().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>();
    let Some((first, rest)) = lines.split_first() else { return (Vec::new(), Vec::new()) };
    let items = rest.iter().position(|line| is_list_item(line)).unwrap_or(rest.len());
    let (text, items) = rest.split_at(items);
    let text = std::iter::once(said_in(first)).chain(text.iter().map(|line| line.trim()));
    let text = text.map(without_tags).filter(|line| !line.is_empty()).collect();
    let from = items.iter().map(|line| column(line)).min().unwrap_or(0);
    let indented =
        |line: &&str| format!("{}{}", " ".repeat(column(line) - from), without_tags(line.trim()));
    (text, items.iter().map(indented).collect())
}

/// What the first line of an item says, without what stands before it.
fn said_in(line: &str) -> &str {
    let line = line.trim();
    let item = if is_list_item(line) { line.split_once([' ', '\t']) } else { None };
    let content = boxed(line).map(|(_, content)| content).or(item.map(|(_, content)| content));
    let content = content.unwrap_or(line).trim();
    let (_, said) = dated(content);
    without_meant(said).unwrap_or(said)
}

/// Tags that say that a word is owed would say so in a log too.
fn without_tags(line: &str) -> String {
    let is_kept = |piece: &&str| {
        let tag = piece.trim_end().strip_prefix('#').unwrap_or("");
        let tag = tag.trim_end_matches([',', '.', ';', ':', '!', '?', ')']);
        !["reply", "meant"].iter().any(|known| tag.eq_ignore_ascii_case(known))
    };
    line.split_inclusive(' ').filter(is_kept).collect::<String>().trim_end().to_owned()
}
