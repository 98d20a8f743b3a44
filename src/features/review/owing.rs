//! Words that are owed: answers to what came (`#reply`), and words that were meant and not said yet.

use crate::features::inbox_lines::{InboxLine, LineKind, inbox_lines, owed};
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
    /// To whom; perhaps nobody known.
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
    let lines = inbox_lines(inbox).into_iter().filter(is_owing);
    let owing = |line: InboxLine| {
        let linked = links(&line.text).filter_map(|link| book.linked(&link.target.note));
        let mut people = Vec::new();
        linked.for_each(|id| {
            if !people.contains(&id) {
                people.push(id);
            }
        });
        let id = id_of('r', &[path, &line.text]);
        let (kind, text) = (line.kind, line.text.clone());
        Owing { id, kind, text, people, day: None, inbox: Some(line) }
    };
    lines.map(owing).collect()
}
