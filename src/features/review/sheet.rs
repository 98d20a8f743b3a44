//! The lines of a review beside those that were answered on it already: these keep their places, so that answering
//! never brings a new line.

use crate::features::agenda::view::{Item, Source};
use crate::features::review::ground::Ground;
use crate::features::review::ids::letter;
use crate::features::review::kept::Kept;
use std::collections::{HashMap, HashSet};

/// What a part of a review is filled from.
pub struct Sheet<'s, 'a> {
    /// What the review is made from.
    pub ground: &'s Ground<'a>,
    /// What was answered.
    pub kept: &'s [Kept<'a>],
    /// The ids of the lines in the order in which the file has them.
    pub order: HashMap<&'s str, usize>,
}

impl Sheet<'_, '_> {
    /// The lines of a part that asks what `letters` say, in the order of the file: those that were answered, and of
    /// `fresh`, which gives as many lines as it is asked for, as many as there is room for.
    pub fn fill(
        &self,
        letters: &[char],
        at_most: usize,
        fresh: impl FnOnce(usize) -> Vec<Item>,
    ) -> Vec<Item> {
        let mut items = self.answered(letters);
        let known = items.iter().map(|item| item.id.clone()).collect::<HashSet<_>>();
        let room = at_most.saturating_sub(items.len());
        // Of what is answered some may still be proposed.
        let fresh = if room == 0 { Vec::new() } else { fresh(at_most + items.len()) };
        items.extend(fresh.into_iter().filter(|item| !known.contains(&item.id)).take(room));
        let place = |item: &Item| self.order.get(item.id.as_str()).copied().unwrap_or(usize::MAX);
        items.sort_by_key(place);
        items
    }

    /// The same with fresh lines only about people of whom no line of `others` speaks: one page says one thing of
    /// somebody.
    pub fn fill_beside(
        &self,
        others: &[&[Item]],
        letters: &[char],
        at_most: usize,
        fresh: impl FnOnce(usize) -> Vec<Item>,
    ) -> Vec<Item> {
        let others = others.iter().flat_map(|items| items.iter());
        let spoken_of = others.filter_map(first_person).collect::<HashSet<_>>();
        self.fill(letters, at_most, |room| {
            let mut items = fresh(room + spoken_of.len());
            items.retain(|item| !first_person(item).is_some_and(|id| spoken_of.contains(id)));
            items
        })
    }

    /// Puts what was answered among `items`, where each choice of a note has several lines: one answer, and the others
    /// are settled.
    pub fn with_answered(&self, letters: &[char], items: &mut Vec<Item>) {
        for item in self.answered(letters) {
            let is_choice = |other: &Item| {
                letter(&other.id).is_some_and(|letter| letters.contains(&letter))
                    && is_same_note(other, &item)
            };
            items.retain(|other| other.status != ' ' || !is_choice(other));
            // Behind those of the same note that were answered before, so that they stay in the order of the file.
            let last = items.iter().rposition(|other| is_same_note(other, &item));
            items.insert(last.map_or(items.len(), |last| last + 1), item);
        }
    }

    /// The lines that were answered.
    fn answered(&self, letters: &[char]) -> Vec<Item> {
        let answered = self.kept.iter().filter(|kept| kept.status != ' ');
        let asked = answered.filter(|kept| letters.contains(&kept.letter()));
        let with_status = |kept: &Kept| Item { status: kept.status, ..kept.item(self.ground) };
        asked.map(with_status).collect()
    }
}

fn first_person(item: &Item) -> Option<&str> {
    match &item.source {
        Source::People { identities, .. } => identities.first().map(String::as_str),
        _ => None,
    }
}

fn is_same_note(one: &Item, other: &Item) -> bool {
    match (&one.source, &other.source) {
        (Source::Habit { path: one }, Source::Habit { path: other }) => one == other,
        _ => false,
    }
}
