//! All promises of all notes, each with the people that it is about.
//!
//! Always true here: they are in path order, then line order.

use crate::people::brief::PromiseBrief;
use crate::people::rows::Rows;
use crate::people::touch::ContactId;
use serde::{Deserialize, Serialize};

/// A promise in short, with its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseRow {
    /// Its note.
    pub note: u32,
    /// Which promise of the note, from 0.
    pub at: u32,
    /// What it says in short.
    pub brief: PromiseBrief,
}

/// All promises.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promises {
    rows: Vec<PromiseRow>,
    // For each promise.
    people: Rows<ContactId>,
}

impl Promises {
    /// Adds a promise that stands after all others.
    pub fn push(&mut self, row: PromiseRow, people: impl IntoIterator<Item = ContactId>) {
        self.rows.push(row);
        self.people.push(people);
    }

    /// Each promise, with the people that it is about.
    pub fn iter(&self) -> impl Iterator<Item = (PromiseRow, &[ContactId])> {
        self.rows.iter().enumerate().map(|(place, row)| (*row, self.people.of(place)))
    }

    /// All promises once some notes say something else: `new` is what those say now.
    pub fn renewed(&self, is_changed: impl Fn(u32) -> bool, new: &Promises) -> Promises {
        let kept = self.iter().filter(|(row, _)| !is_changed(row.note));
        let mut all = kept.chain(new.iter()).collect::<Vec<_>>();
        all.sort_by_key(|(row, _)| (row.note, row.at));
        let mut renewed = Promises::default();
        all.into_iter().for_each(|(row, people)| renewed.push(row, people.iter().copied()));
        renewed
    }

    /// Whether each stands in one of the first `notes` notes, and is about some of the first `people` people.
    pub fn are_within(&self, notes: usize, people: usize) -> bool {
        self.people.len() == self.rows.len()
            && self.rows.iter().all(|row| (row.note as usize) < notes)
            && self.people.things().iter().all(|id| id.number() < people)
    }
}
