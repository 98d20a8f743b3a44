//! Who is what to whom, seen from both sides.

use crate::people::bytes::Bytes;
use crate::people::packed::Packed;
use crate::people::tie_time::TieTime;
use crate::people::touch::{ContactId, Tie};
use crate::people::vocabulary::Vocabulary;
use crate::text::partial_date::LooseDate;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The ties of everyone, their own words first, then those that only others say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ties {
    // Stored apart, and where those of each contact end. The kinds are places in `kinds`.
    #[serde(skip)]
    rows: Packed<8>,
    #[serde(skip)]
    ends: Packed<1>,
    kinds: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct TieRow {
    other: ContactId,
    own: Option<Said>,
    back: Option<Back>,
}

impl TieRow {
    /// The numbers that it is stored as; a kind counts from 1, and 0 is none.
    fn stored(&self) -> [u32; 8] {
        let said = |said: Option<Said>| match said {
            Some(Said { kind, time }) => {
                [kind.saturating_add(1), date(time.since), date(time.until)]
            }
            None => [0; 3],
        };
        let [own, since, until] = said(self.own);
        let [back, back_since, back_until] = said(self.back.map(|back| back.said));
        let inverse = self.back.map_or(0, |back| back.inverse);
        [self.other.0, own, since, until, back, back_since, back_until, inverse]
    }

    /// The row that is stored as these numbers.
    fn from_stored(numbers: [u32; 8]) -> TieRow {
        let [other, own, since, until, back, back_since, back_until, inverse] = numbers;
        let said = |kind: u32, since, until| {
            let (since, until) = (LooseDate::from_stored(since), LooseDate::from_stored(until));
            Some(Said { kind: kind.checked_sub(1)?, time: TieTime { since, until } })
        };
        let back = said(back, back_since, back_until).map(|said| Back { said, inverse });
        TieRow { other: ContactId(other), own: said(own, since, until), back }
    }
}

fn date(date: Option<LooseDate>) -> u32 {
    date.map_or(0, LooseDate::stored)
}

/// What the person's own note says of a tie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Said {
    kind: u32,
    time: TieTime,
}

/// What the note of the other says of it, seen from there, and what that is seen from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Back {
    said: Said,
    inverse: u32,
}

impl Back {
    fn has_time(&self) -> bool {
        !self.said.time.is_unsaid()
    }
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
                other,
                own: Some(Said { kind: kinds.number(kind), time }),
                back: None,
            };
            ties.into_iter().map(row).collect()
        });
        let stated = stated.collect();
        let both = from_both_sides(stated, &mut kinds);
        let (mut rows, mut ends) = (Packed::default(), Packed::default());
        for ties in both {
            ties.iter().for_each(|tie| rows.push(tie.stored()));
            ends.push([u32::try_from(rows.len()).unwrap_or(u32::MAX)]);
        }
        Ties { rows, ends, kinds: kinds.words }
    }

    /// The rows, and where those of each contact end, as bytes.
    pub fn parts(&self) -> (&[u8], &[u8]) {
        (self.rows.bytes(), self.ends.bytes())
    }

    /// The same ties with their [`parts`](Ties::parts).
    pub fn with_parts(self, rows: Bytes, ends: Bytes) -> Ties {
        Ties { rows: Packed::from_bytes(rows), ends: Packed::from_bytes(ends), ..self }
    }

    /// Whether all are here, or can be brought here now.
    pub fn fetch(&self) -> bool {
        self.rows.fetch() && self.ends.fetch()
    }

    fn rows(&self, person: ContactId) -> impl DoubleEndedIterator<Item = TieRow> + use<'_> {
        let (from, to) = self.ends.stretch(person.number());
        self.rows.rows(from, to).map(TieRow::from_stored)
    }

    /// Those of one person.
    pub fn of_person(&self, person: ContactId) -> impl DoubleEndedIterator<Item = Tie> {
        self.rows(person).filter_map(|row| self.told(row.own, &row))
    }

    /// Those of one person as they are where only what `may_tell` lets through is known: it is asked whose note says a
    /// kind.
    pub fn told_of_person(
        &self,
        person: ContactId,
        may_tell: impl Fn(ContactId, &str) -> bool,
    ) -> impl Iterator<Item = Tie> {
        self.rows(person).filter_map(move |row| {
            let own = row.own.filter(|said| may_tell(person, self.word(said.kind)));
            let back = row.back.filter(|back| may_tell(row.other, self.word(back.said.kind)));
            self.told(own, &TieRow { back, ..row })
        })
    }

    /// The words that the notes of others have for a person.
    pub fn words_for(&self, person: ContactId) -> impl Iterator<Item = &str> {
        self.rows(person).filter_map(|row| Some(self.word(row.back?.said.kind)))
    }

    fn told(&self, own: Option<Said>, row: &TieRow) -> Option<Tie> {
        let back = row.back.map(|back| Said { kind: back.inverse, time: back.said.time });
        let said = own.or(back)?;
        let time = back.map_or(said.time, |back| said.time.or(back.time));
        let kind = self.word(said.kind).to_owned();
        Some(Tie { kind, other: row.other, stated: own.is_some(), time })
    }

    fn word(&self, kind: u32) -> &str {
        self.kinds.get(kind as usize).map_or("", String::as_str)
    }

    /// Whether they are those of `people` people, and all can be read.
    pub fn are_within(&self, people: usize) -> bool {
        self.ends.len() == people
            && self.rows.is_column(0, |other| (other as usize) < people)
            && self.ends.is_readable()
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

/// A tie that both notes tell of is told once, in the own word.
fn from_both_sides(mut stated: Vec<Vec<TieRow>>, kinds: &mut Kinds<'_>) -> Vec<Vec<TieRow>> {
    let mut seen: Vec<Vec<TieRow>> = vec![Vec::new(); stated.len()];
    for (own, ties) in (0u32..).map(ContactId).zip(&stated) {
        for (tie, said) in ties.iter().filter_map(|tie| Some((tie, tie.own?))) {
            let back = Some(Back { said, inverse: kinds.inverse(said.kind) });
            let row = TieRow { other: own, own: None, back };
            seen.get_mut(tie.other.number()).into_iter().for_each(|seen| seen.push(row));
        }
    }
    for (ties, seen) in stated.iter_mut().zip(seen).filter(|(_, seen)| !seen.is_empty()) {
        Meeting::of(ties, kinds).take_in(seen, kinds);
    }
    stated
}

/// More ties of one kind between the same two people are not compared with one another.
const STRETCHES: usize = 16;

/// The ties of one person, while those that others state are added.
struct Meeting<'a> {
    ties: &'a mut Vec<TieRow>,
    // Where those of one kind with one person stand: a search for each would take too long for somebody whom everyone
    // names.
    places: HashMap<(ContactId, u32), Vec<usize>>,
}

impl Meeting<'_> {
    fn of<'a>(ties: &'a mut Vec<TieRow>, kinds: &mut Kinds<'_>) -> Meeting<'a> {
        let mut places: HashMap<_, Vec<usize>> = HashMap::new();
        for (at, tie) in ties.iter().enumerate() {
            let kind = tie.own.map(|said| kinds.generic(said.kind));
            places.entry((tie.other, kind.unwrap_or(u32::MAX))).or_default().push(at);
        }
        Meeting { ties, places }
    }

    /// Each is one that is there already, where one of the same kind may have held at the same time; else one more.
    fn take_in(mut self, mut seen: Vec<TieRow>, kinds: &mut Kinds<'_>) {
        // Those of equal times meet first. A tie without a time holds: it is rather one that is not over.
        seen.sort_by_cached_key(|tie| {
            let time = tie.back.map_or_else(TieTime::default, |back| back.said.time);
            let mut known = self.known(self.key(tie, kinds));
            let is_met = known.any(|at| self.own_time(at) == Some(time));
            (!is_met, time.until.is_some())
        });
        for tie in seen {
            let key = self.key(&tie, kinds);
            let known = self.known(key);
            let likest = known.filter_map(|at| Some((self.likeness(at, &tie)?, at))).min();
            match likest.and_then(|(_, at)| self.ties.get_mut(at)) {
                // Of several that the other states for the same time the first is told.
                Some(known) => known.back = known.back.filter(Back::has_time).or(tie.back),
                None => {
                    self.places.entry(key).or_default().push(self.ties.len());
                    self.ties.push(tie);
                }
            }
        }
    }

    fn key(&self, seen: &TieRow, kinds: &mut Kinds<'_>) -> (ContactId, u32) {
        let kind = seen.back.map(|back| kinds.generic(back.inverse));
        (seen.other, kind.unwrap_or(u32::MAX))
    }

    fn known(&self, key: (ContactId, u32)) -> impl Iterator<Item = usize> {
        let known = self.places.get(&key).map_or(&[][..], Vec::as_slice);
        known.iter().take(STRETCHES).copied()
    }

    fn own_time(&self, at: usize) -> Option<TieTime> {
        Some(self.ties.get(at)?.own?.time)
    }

    /// How well the tie at `at` fits one that the other states; less is better. `None` where it is another.
    fn likeness(&self, at: usize, seen: &TieRow) -> Option<u8> {
        let (known, seen) = (self.ties.get(at)?, seen.back?.said.time);
        match (known.own, known.back) {
            (Some(own), None) if own.time == seen => Some(0),
            (Some(own), None) if !own.time.is_apart_from(seen) => {
                Some(if own.time.is_unsaid() { 2 } else { 1 })
            }
            (_, Some(back)) if back.said.time == seen => Some(3),
            // Of what is over and what holds one is not the other.
            (_, Some(back)) if back.said.time.until.is_none() && seen.until.is_none() => {
                (seen.is_unsaid() || !back.has_time()).then_some(3)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::people::tie_time::TieTime;
    use crate::people::ties::{Back, Said, TieRow};
    use crate::people::touch::ContactId;

    #[test]
    fn a_row_is_what_it_was_made_of() {
        let times = ["2015-2019", "since 2015-03", "until 2019-06-01", "2015-03-02..2019"];
        let times = times.iter().map(|time| TieTime::parse(time).unwrap());
        for time in times.chain([TieTime::default()]) {
            let said = Said { kind: 0, time };
            let back = Back { said: Said { kind: 7, time }, inverse: 3 };
            for (own, back) in [(Some(said), None), (None, Some(back)), (Some(said), Some(back))] {
                let row = TieRow { other: ContactId(5), own, back };
                assert_eq!(TieRow::from_stored(row.stored()), row);
            }
        }
    }
}
