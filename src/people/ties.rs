//! Who is what to whom, seen from both sides.

use crate::people::rows::Rows;
use crate::people::tie_time::TieTime;
use crate::people::touch::{ContactId, Tie};
use crate::people::vocabulary::Vocabulary;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The ties of everyone, their own words first, then those that only others say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ties {
    // For each contact. The kind is a place in `kinds`.
    rows: Rows<TieRow>,
    kinds: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct TieRow {
    kind: u32,
    other: ContactId,
    stated: bool,
    time: TieTime,
}

impl Ties {
    /// The ties that follow from what the note of each contact states: the kind, the other, and when.
    pub fn of<'a>(
        stated: impl Iterator<Item = Vec<(&'a str, ContactId, TieTime)>>,
        vocabulary: &Vocabulary,
    ) -> Ties {
        let mut kinds = Kinds { vocabulary, words: Vec::new(), known: HashMap::new() };
        let stated = stated.map(|ties| {
            let row = |(kind, other, time)| TieRow {
                kind: kinds.number(kind),
                other,
                stated: true,
                time,
            };
            ties.into_iter().map(row).collect()
        });
        let stated = stated.collect();
        let both = from_both_sides(stated, &mut kinds);
        Ties { rows: Rows::of_lists(both), kinds: kinds.words }
    }

    /// Those of one person.
    pub fn of_person(&self, person: ContactId) -> impl DoubleEndedIterator<Item = Tie> {
        self.rows.of(person.number()).iter().map(|row| Tie {
            kind: self.kinds.get(row.kind as usize).cloned().unwrap_or_default(),
            other: row.other,
            stated: row.stated,
            time: row.time,
        })
    }

    /// Whether they are those of `people` people.
    pub fn are_within(&self, people: usize) -> bool {
        self.rows.len() == people
            && self.rows.things().iter().all(|row| row.other.number() < people)
    }
}

/// The words for ties, each once, with what the vocabulary knows of them.
struct Kinds<'a> {
    vocabulary: &'a Vocabulary,
    words: Vec<String>,
    known: HashMap<String, u32>,
}

impl Kinds<'_> {
    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.known.get(word) {
            return *number;
        }
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.push(word.to_owned());
        self.known.insert(word.to_owned(), number);
        number
    }

    fn word(&self, number: u32) -> &str {
        self.words.get(number as usize).map_or("", String::as_str)
    }

    fn inverse(&mut self, number: u32) -> u32 {
        let known = self.vocabulary.relation(self.word(number));
        let inverse = known.map_or("knows", |kind| &kind.inverse);
        self.number(inverse)
    }

    fn generic(&mut self, number: u32) -> u32 {
        let known = self.vocabulary.relation(self.word(number));
        known.map_or(number, |kind| self.number(&kind.parent))
    }
}

/// A tie that both notes tell of is told once, in the own word, and with the time that either gives.
fn from_both_sides(mut stated: Vec<Vec<TieRow>>, kinds: &mut Kinds<'_>) -> Vec<Vec<TieRow>> {
    let mut seen: Vec<Vec<TieRow>> = vec![Vec::new(); stated.len()];
    for (own, ties) in (0u32..).map(ContactId).zip(&stated) {
        for tie in ties {
            let kind = kinds.inverse(tie.kind);
            let inverse = TieRow { kind, other: own, stated: false, time: tie.time };
            seen.get_mut(tie.other.number()).into_iter().for_each(|seen| seen.push(inverse));
        }
    }
    // Where each tie of one person stands: a search for each would take too long for somebody whom everyone names.
    let mut places = HashMap::new();
    for (ties, seen) in stated.iter_mut().zip(seen).filter(|(_, seen)| !seen.is_empty()) {
        places.clear();
        for (at, tie) in ties.iter().enumerate() {
            places.entry((tie.other, kinds.generic(tie.kind))).or_insert(at);
        }
        for tie in seen {
            let place = places.entry((tie.other, kinds.generic(tie.kind))).or_insert(ties.len());
            match ties.get_mut(*place) {
                Some(known) if known.time.is_unsaid() => known.time = tie.time,
                Some(_) => {}
                None => ties.push(tie),
            }
        }
    }
    stated
}
