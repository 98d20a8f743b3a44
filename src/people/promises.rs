//! All promises of all notes, each with the people that it is about.
//!
//! Always true here: they are in path order, then line order.

use crate::people::brief::PromiseBrief;
use crate::people::bytes::Bytes;
use crate::people::packed::Packed;
use crate::people::promise::PromiseStatus;
use crate::people::touch::ContactId;
use crate::text::day::Day;
use std::sync::OnceLock;

/// One promise of one note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PromiseRow {
    /// The note.
    pub note: u32,
    /// The place among the promises of the note.
    pub at: u32,
    /// The promise in short.
    pub brief: PromiseBrief,
}

impl PromiseRow {
    /// The numbers that it is stored as, the last of its people before `end`.
    fn stored(&self, end: u32) -> [u32; 10] {
        let PromiseBrief { status, theirs, due, scheduled, start, done, promised, line } =
            self.brief;
        let status = match status {
            PromiseStatus::Open => 0,
            PromiseStatus::InProgress => 1,
            PromiseStatus::Deferred => 2,
            PromiseStatus::Scheduled => 3,
            PromiseStatus::Done => 4,
            PromiseStatus::Cancelled => 5,
        };
        let [due, scheduled, start, done, promised] =
            [due, scheduled, start, done, promised].map(|day| day.map_or(0, Day::stored));
        let marks = status << 1 | u32::from(theirs);
        [self.note, self.at, marks, line, due, scheduled, start, done, promised, end]
    }

    /// The row that is stored as these numbers, and where its people end.
    fn from_stored(numbers: [u32; 10]) -> (PromiseRow, usize) {
        let [note, at, marks, line, due, scheduled, start, done, promised, end] = numbers;
        let status = match marks >> 1 {
            0 => PromiseStatus::Open,
            1 => PromiseStatus::InProgress,
            2 => PromiseStatus::Deferred,
            3 => PromiseStatus::Scheduled,
            4 => PromiseStatus::Done,
            _ => PromiseStatus::Cancelled,
        };
        let day = |day: u32| if day == 0 { None } else { Day::from_stored(day) };
        let (due, scheduled, start) = (day(due), day(scheduled), day(start));
        let (done, promised, theirs) = (day(done), day(promised), marks & 1 != 0);
        let brief = PromiseBrief { status, theirs, due, scheduled, start, done, promised, line };
        (PromiseRow { note, at, brief }, end as usize)
    }
}

/// All promises.
#[derive(Debug, Clone, Default)]
pub struct Promises {
    rows: Packed<10>,
    // Of all promises, one after the other.
    people: Packed<1>,
    // The same people, once somebody has asked for them.
    ids: OnceLock<Vec<ContactId>>,
}

impl PartialEq for Promises {
    fn eq(&self, other: &Promises) -> bool {
        self.rows == other.rows && self.people == other.people
    }
}

impl Promises {
    /// Adds a promise, and whom it is about.
    pub fn push(&mut self, row: PromiseRow, people: impl IntoIterator<Item = ContactId>) {
        people.into_iter().for_each(|person| self.people.push([person.0]));
        let end = u32::try_from(self.people.len()).unwrap_or(u32::MAX);
        self.rows.push(row.stored(end));
        self.ids = OnceLock::new();
    }

    /// The rows and the people as bytes.
    pub fn parts(&self) -> (&[u8], &[u8]) {
        (self.rows.bytes(), self.people.bytes())
    }

    /// The promises of [`parts`](Promises::parts).
    pub fn from_parts(rows: Bytes, people: Bytes) -> Promises {
        let (rows, people) = (Packed::from_bytes(rows), Packed::from_bytes(people));
        Promises { rows, people, ids: OnceLock::new() }
    }

    /// Whether all are here, or can be brought here now.
    pub fn fetch(&self) -> bool {
        self.rows.fetch() && self.people.fetch()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (PromiseRow, &[ContactId])> {
        let ids = || self.people.rows(0, self.people.len()).map(|[id]| ContactId(id)).collect();
        let ids = self.ids.get_or_init(ids);
        self.rows.rows(0, self.rows.len()).scan(0, |start, numbers| {
            let (row, end) = PromiseRow::from_stored(numbers);
            let people = ids.get(std::mem::replace(start, end)..end).unwrap_or(&[]);
            Some((row, people))
        })
    }

    /// The same once some notes say something else: `new` are the promises that those make now.
    pub fn renewed(&self, is_changed: impl Fn(u32) -> bool, new: &Promises) -> Promises {
        let kept = self.iter().filter(|(row, _)| !is_changed(row.note));
        let mut all = kept.chain(new.iter()).collect::<Vec<_>>();
        all.sort_by_key(|(row, _)| (row.note, row.at));
        let mut renewed = Promises::default();
        all.into_iter().for_each(|(row, people)| renewed.push(row, people.iter().copied()));
        renewed
    }

    /// Whether each stands in one of the first `notes` notes and is about some of the first `people` people, and all can
    /// be read.
    pub fn are_within(&self, notes: usize, people: usize) -> bool {
        self.rows.is_column(0, |note| (note as usize) < notes)
            && self.people.is_column(0, |id| (id as usize) < people)
    }
}

#[cfg(test)]
mod tests {
    use crate::people::brief::PromiseBrief;
    use crate::people::promise::PromiseStatus;
    use crate::people::promises::{PromiseRow, Promises};
    use crate::people::touch::ContactId;
    use crate::text::day::Day;

    #[test]
    fn promises_come_back_as_they_were() {
        let mut promises = Promises::default();
        let mut expected = Vec::new();
        let statuses = [
            PromiseStatus::Open,
            PromiseStatus::InProgress,
            PromiseStatus::Deferred,
            PromiseStatus::Scheduled,
            PromiseStatus::Done,
            PromiseStatus::Cancelled,
        ];
        for (at, status) in (0u32..).zip(statuses) {
            let day = |number: u32| Day::parse("2026-11-21").filter(|_| number == at);
            let (due, scheduled, start) = (day(0), day(1), day(2));
            let (done, promised, theirs) = (day(3), day(4), at % 2 == 1);
            let brief =
                PromiseBrief { status, theirs, due, scheduled, start, done, promised, line: at };
            let row = PromiseRow { note: 7, at, brief };
            let people = (0..at % 3).map(ContactId).collect::<Vec<_>>();
            promises.push(row, people.iter().copied());
            expected.push((row, people));
        }
        let (rows, people) = promises.parts();
        let again = Promises::from_parts(rows.to_vec().into(), people.to_vec().into());
        let all = again.iter().map(|(row, people)| (row, people.to_vec())).collect::<Vec<_>>();
        assert_eq!((all, &again), (expected, &promises));
        assert!(again.are_within(8, 2) && !again.are_within(7, 2) && !again.are_within(8, 1));
    }
}
