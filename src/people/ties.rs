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
    // For each contact.
    rows: Rows<TieRow>,
    // What notes say of ties, each once: most ties are of a few kinds, and of no known time.
    sayings: Vec<Said>,
    kinds: Vec<Kind>,
}

/// One tie. What is said of it are numbers of sayings, from 1; 0 where nothing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct TieRow {
    other: ContactId,
    // What the person's own note says.
    own: u32,
    // What the note of the other says, seen from there.
    back: u32,
}

/// What a note says of a tie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Said {
    // A place in the kinds.
    kind: u32,
    time: TieTime,
}

/// A word for a tie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kind {
    word: String,
    // What a tie that the other calls so is from here, and what it is at large: places in the kinds.
    inverse: u32,
    generic: u32,
}

/// A tie that the note of somebody states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stated<'a> {
    /// Whose note it is.
    pub own: ContactId,
    /// What the other is to them.
    pub kind: &'a str,
    /// The other.
    pub other: ContactId,
    /// When it held.
    pub time: TieTime,
}

impl Ties {
    /// The ties of `people` people that follow from what their notes state. Those of one person stand together, persons
    /// ascending.
    pub fn of<'a>(
        people: usize,
        stated: impl Iterator<Item = Stated<'a>>,
        vocabulary: &Vocabulary,
    ) -> Ties {
        let mut making = Making::of(vocabulary);
        let said = |Stated { own, kind, other, time }| {
            let said = making.saying(kind, time);
            (own, TieRow { other, own: said, back: 0 })
        };
        let stated = stated.map(said).collect::<Vec<_>>();
        let seen = |(own, row): &(ContactId, TieRow)| {
            (row.other, TieRow { other: *own, own: 0, back: row.own })
        };
        let mut seen = stated.iter().map(seen).collect::<Vec<_>>();
        seen.sort_by_key(|(person, _)| *person);
        making.ties.rows = from_both_sides(people, &stated, &seen, &making.ties);
        making.ties
    }

    /// Those of one person.
    pub fn of_person(&self, person: ContactId) -> impl DoubleEndedIterator<Item = Tie> {
        let rows = self.rows.of(person.number()).iter();
        rows.filter_map(|row| self.told(row.other, self.said(row.own), self.said(row.back)))
    }

    /// Those of one person as they are where only what `may_tell` lets through is known: it is asked whose note says a
    /// kind.
    pub fn told_of_person(
        &self,
        person: ContactId,
        may_tell: impl Fn(ContactId, &str) -> bool,
    ) -> impl Iterator<Item = Tie> {
        self.rows.of(person.number()).iter().filter_map(move |row| {
            let own = self.said(row.own).filter(|said| may_tell(person, self.word(said.kind)));
            let back = self.said(row.back).filter(|said| may_tell(row.other, self.word(said.kind)));
            self.told(row.other, own, back)
        })
    }

    /// The words that the notes of others have for a person.
    pub fn words_for(&self, person: ContactId) -> impl Iterator<Item = &str> {
        let rows = self.rows.of(person.number()).iter();
        rows.filter_map(|row| Some(self.word(self.said(row.back)?.kind)))
    }

    fn told(&self, other: ContactId, own: Option<Said>, back: Option<Said>) -> Option<Tie> {
        let inverse = |said: Said| Said { kind: self.inverse(said.kind), ..said };
        let back = back.map(inverse);
        let said = own.or(back)?;
        let time = back.map_or(said.time, |back| said.time.or(back.time));
        let kind = self.word(said.kind).to_owned();
        Some(Tie { kind, other, stated: own.is_some(), time })
    }

    fn said(&self, number: u32) -> Option<Said> {
        self.sayings.get(number.checked_sub(1)? as usize).copied()
    }

    fn kind(&self, kind: u32) -> Option<&Kind> {
        self.kinds.get(kind as usize)
    }

    fn word(&self, kind: u32) -> &str {
        self.kind(kind).map_or("", |kind| &kind.word)
    }

    fn inverse(&self, kind: u32) -> u32 {
        self.kind(kind).map_or(kind, |kind| kind.inverse)
    }

    fn generic(&self, kind: u32) -> u32 {
        self.kind(kind).map_or(kind, |kind| kind.generic)
    }

    /// Whether they are those of `people` people.
    pub fn are_within(&self, people: usize) -> bool {
        self.rows.len() == people
            && self.rows.things().iter().all(|row| row.other.number() < people)
    }
}

/// Ties being made, with what the vocabulary knows of them.
struct Making<'a> {
    vocabulary: &'a Vocabulary,
    ties: Ties,
    kinds: HashMap<String, u32>,
    sayings: HashMap<Said, u32>,
}

impl Making<'_> {
    fn of(vocabulary: &Vocabulary) -> Making<'_> {
        let (ties, kinds, sayings) = (Ties::default(), HashMap::new(), HashMap::new());
        Making { vocabulary, ties, kinds, sayings }
    }

    /// The number of what a note says, from 1.
    fn saying(&mut self, word: &str, time: TieTime) -> u32 {
        let said = Said { kind: self.kind(word), time };
        let next = u32::try_from(self.ties.sayings.len() + 1).unwrap_or(0);
        let number = *self.sayings.entry(said).or_insert(next);
        if number == next {
            self.ties.sayings.push(said);
        }
        number
    }

    /// The number of a word.
    fn kind(&mut self, word: &str) -> u32 {
        let (first, number) = (self.ties.kinds.len(), self.number(word));
        // What a new word is from the other side, and at large, may be new words as well.
        let mut at = first;
        while let Some(word) = self.ties.kinds.get(at).map(|kind| kind.word.clone()) {
            let known = self.vocabulary.relation(&word);
            let inverse = self.number(known.map_or("knows", |known| &known.inverse));
            let generic = self.number(known.map_or(&word, |known| &known.parent));
            if let Some(kind) = self.ties.kinds.get_mut(at) {
                (kind.inverse, kind.generic) = (inverse, generic);
            }
            at += 1;
        }
        number
    }

    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.kinds.get(word) {
            return *number;
        }
        let number = u32::try_from(self.ties.kinds.len()).unwrap_or(u32::MAX);
        self.kinds.insert(word.to_owned(), number);
        self.ties.kinds.push(Kind { word: word.to_owned(), inverse: number, generic: number });
        number
    }
}

/// A tie that both notes tell of is told once, in the own word. `stated` are those that the notes of people state, `seen`
/// those that the notes of others do, each by person.
fn from_both_sides(
    people: usize,
    mut stated: &[(ContactId, TieRow)],
    mut seen: &[(ContactId, TieRow)],
    said: &Ties,
) -> Rows<TieRow> {
    let (mut rows, mut ties) = (Rows::default(), Vec::new());
    for person in (0..).map(ContactId).take(people) {
        ties.extend(next_of(&mut stated, person).iter().map(|(_, row)| *row));
        match next_of(&mut seen, person) {
            [] => {}
            seen => {
                let seen = seen.iter().map(|(_, row)| *row);
                Meeting::of(&mut ties, said).take_in(seen.collect());
            }
        }
        rows.push(ties.drain(..));
    }
    rows
}

/// Those of `person`, who is next, taken from the front.
fn next_of<'a>(
    all: &mut &'a [(ContactId, TieRow)],
    person: ContactId,
) -> &'a [(ContactId, TieRow)] {
    let count = all.iter().take_while(|(of, _)| *of <= person).count();
    let (own, rest) = all.split_at(count);
    *all = rest;
    own
}

/// More ties of one kind between the same two people are not compared with one another.
const STRETCHES: usize = 16;

/// The ties of one person, while those that others state are added.
struct Meeting<'a> {
    ties: &'a mut Vec<TieRow>,
    said: &'a Ties,
    // Where those of one kind with one person stand: a search for each would take too long for somebody whom everyone
    // names.
    places: HashMap<(ContactId, u32), Vec<usize>>,
}

impl Meeting<'_> {
    fn of<'a>(ties: &'a mut Vec<TieRow>, said: &'a Ties) -> Meeting<'a> {
        let mut places: HashMap<_, Vec<usize>> = HashMap::new();
        for (at, tie) in ties.iter().enumerate() {
            let kind = said.said(tie.own).map(|own| said.generic(own.kind));
            places.entry((tie.other, kind.unwrap_or(u32::MAX))).or_default().push(at);
        }
        Meeting { ties, said, places }
    }

    /// Each is one that is there already, where one of the same kind may have held at the same time; else one more.
    fn take_in(mut self, mut seen: Vec<TieRow>) {
        // Those of equal times meet first. A tie without a time holds: it is rather one that is not over.
        seen.sort_by_cached_key(|tie| {
            let time = self.time(tie.back).unwrap_or_default();
            let mut known = self.known(self.key(tie));
            let is_met = known.any(|at| self.own_time(at) == Some(time));
            (!is_met, time.until.is_some())
        });
        for tie in seen {
            let key = self.key(&tie);
            let known = self.known(key);
            let likest = known.filter_map(|at| Some((self.likeness(at, &tie)?, at))).min();
            match likest {
                Some((_, at)) => self.meet(at, tie.back),
                None => {
                    self.places.entry(key).or_default().push(self.ties.len());
                    self.ties.push(tie);
                }
            }
        }
    }

    /// Of several that the other states for the same time the first is told.
    fn meet(&mut self, at: usize, back: u32) {
        let Some(known) = self.ties.get_mut(at) else { return };
        let has_time = self.said.said(known.back).is_some_and(|said| !said.time.is_unsaid());
        if !has_time {
            known.back = back;
        }
    }

    fn key(&self, seen: &TieRow) -> (ContactId, u32) {
        let back = self.said.said(seen.back);
        let kind = back.map(|back| self.said.generic(self.said.inverse(back.kind)));
        (seen.other, kind.unwrap_or(u32::MAX))
    }

    fn known(&self, key: (ContactId, u32)) -> impl Iterator<Item = usize> {
        let known = self.places.get(&key).map_or(&[][..], Vec::as_slice);
        known.iter().take(STRETCHES).copied()
    }

    fn time(&self, said: u32) -> Option<TieTime> {
        self.said.said(said).map(|said| said.time)
    }

    fn own_time(&self, at: usize) -> Option<TieTime> {
        self.time(self.ties.get(at)?.own)
    }

    /// How well the tie at `at` fits one that the other states; less is better. `None` where it is another.
    fn likeness(&self, at: usize, seen: &TieRow) -> Option<u8> {
        let (known, seen) = (self.ties.get(at)?, self.time(seen.back)?);
        match (self.time(known.own), self.time(known.back)) {
            (Some(own), None) if own == seen => Some(0),
            (Some(own), None) if !own.is_apart_from(seen) => {
                Some(if own.is_unsaid() { 2 } else { 1 })
            }
            (_, Some(back)) if back == seen => Some(3),
            // Of what is over and what holds one is not the other.
            (_, Some(back)) if back.until.is_none() && seen.until.is_none() => {
                (seen.is_unsaid() || back.is_unsaid()).then_some(3)
            }
            _ => None,
        }
    }
}
