//! All touches of everyone.
//!
//! Always true here: those of one person stand together, newest first; of one day the person's own log first, then in
//! the order of notes and entries. So they are the same whether they were gathered at once or bit by bit.

use crate::people::bytes::Bytes;
use crate::people::packed::Packed;
use crate::people::touch::{ContactId, Touch};
use std::ops::Range;

/// A person, and what the touch that concerns them is stored as.
pub type TouchRow = (ContactId, [u32; 3]);

/// For each contact of a book what concerns them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touches {
    rows: Packed<3>,
    // For each contact, where the rows end.
    ends: Packed<1>,
}

impl Touches {
    /// The rows, and where those of each contact end, as bytes.
    pub fn parts(&self) -> (&[u8], &[u8]) {
        (self.rows.bytes(), self.ends.bytes())
    }

    /// The touches of [`parts`](Touches::parts).
    pub fn from_parts(rows: Bytes, ends: Bytes) -> Touches {
        Touches { rows: Packed::from_bytes(rows), ends: Packed::from_bytes(ends) }
    }

    /// Of how many people.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Whether each stands in one of the first `notes` notes, and all can be read.
    pub fn are_within(&self, notes: usize) -> bool {
        self.rows.is_column(1, |note| (note as usize) < notes) && self.ends.is_readable()
    }

    /// Whether all are here, or can be brought here now.
    pub fn fetch(&self) -> bool {
        self.rows.fetch() && self.ends.fetch()
    }

    /// Those of one person.
    pub fn of(
        &self,
        person: ContactId,
    ) -> impl DoubleEndedIterator<Item = Touch> + ExactSizeIterator + Clone + use<'_> {
        let Range { start, end } = self.range(person);
        self.rows.rows(start, end).map(Touch::from_stored)
    }

    fn range(&self, person: ContactId) -> Range<usize> {
        let (start, end) = self.ends.stretch(person.number());
        start..end
    }

    /// The touches of `people` people once some notes say something else: `new` is what those say now.
    pub fn renewed(
        &self,
        people: usize,
        is_changed: impl Fn(u32) -> bool,
        new: &[TouchRow],
    ) -> Touches {
        let (order, ends) = by_person(people, new);
        let mut renewed = Touches::default();
        let (mut start_of_new, mut touches) = (0, Vec::new());
        for (person, end_of_new) in (0..).map(ContactId).zip(ends) {
            let own = order.get(start_of_new..end_of_new).unwrap_or(&[]);
            start_of_new = end_of_new;
            let Range { start, end } = self.range(person);
            let mut old = self.rows.rows(start, end);
            if own.is_empty() && !old.any(|[_, note, _]| is_changed(note)) {
                renewed.rows.extend(&self.rows, start, end);
            } else {
                let kept = self.rows.rows(start, end).filter(|[_, note, _]| !is_changed(*note));
                touches.extend(kept);
                touches
                    .extend(own.iter().filter_map(|at| new.get(*at as usize)).map(|(_, row)| *row));
                renewed.push_sorted(&mut touches);
                touches.clear();
            }
            renewed.ends.push([u32::try_from(renewed.rows.len()).unwrap_or(u32::MAX)]);
        }
        renewed
    }

    fn push_sorted(&mut self, touches: &mut [[u32; 3]]) {
        touches.sort_unstable_by_key(|row| Touch::order(*row));
        touches.iter().for_each(|row| self.rows.push(*row));
    }
}

/// The places of touches, those of one person together, and where those of each of `people` people end. Counting takes
/// one look at each, sorting would take many.
fn by_person(people: usize, touches: &[TouchRow]) -> (Vec<u32>, Vec<usize>) {
    let mut ends = vec![0; people];
    for (person, _) in touches {
        ends.get_mut(person.number()).into_iter().for_each(|count| *count += 1);
    }
    let mut all = 0;
    for end in &mut ends {
        // Where those of the person begin; filling moves it to where they end.
        all += std::mem::replace(end, all);
    }
    let mut order = vec![0; all];
    for (at, (person, _)) in (0u32..).zip(touches) {
        let Some(next) = ends.get_mut(person.number()) else { continue };
        order.get_mut(*next).into_iter().for_each(|place| *place = at);
        *next += 1;
    }
    (order, ends)
}

#[cfg(test)]
mod tests {
    use crate::people::kind::Meaning;
    use crate::people::touch::{ContactId, Role, Touch};
    use crate::people::touches::{TouchRow, Touches};
    use crate::text::day::Day;
    use proptest::prelude::*;

    fn touch() -> impl Strategy<Value = TouchRow> {
        let roles = proptest::sample::select(&[Role::Own, Role::Head, Role::Mention][..]);
        (0u32..4, 1u32..4, roles, 0u32..5, 0u32..3).prop_map(|(person, day, role, note, entry)| {
            let day = Day::new(2026, 1, day).unwrap();
            let touch = Touch { day, role, meaning: Meaning::Note, note, entry };
            (ContactId(person), touch.stored())
        })
    }

    proptest! {
        #[test]
        fn bit_by_bit_is_as_at_once(
            first in proptest::collection::vec(touch(), 0..40),
            second in proptest::collection::vec(touch(), 0..20),
            changed in 0u32..5,
        ) {
            let is_changed = |note| note == changed;
            let mut second = second;
            second.retain(|(_, [_, note, _])| is_changed(*note));
            let kept = first.iter().filter(|(_, [_, note, _])| !is_changed(*note));
            let all = kept.chain(&second).copied().collect::<Vec<_>>();
            let at_once = |all: &[TouchRow]| Touches::default().renewed(4, |_| false, all);
            let bit_by_bit = at_once(&first).renewed(4, is_changed, &second);
            prop_assert_eq!(&bit_by_bit, &at_once(&all));
            for person in (0..4).map(ContactId) {
                let mut own = all.clone();
                own.retain(|(of, _)| *of == person);
                own.sort_by_key(|(_, row)| {
                    let touch = Touch::from_stored(*row);
                    (std::cmp::Reverse(touch.day), touch.role, touch.note, touch.entry)
                });
                let own = own.iter().map(|(_, row)| Touch::from_stored(*row)).collect::<Vec<_>>();
                prop_assert_eq!(bit_by_bit.of(person).collect::<Vec<_>>(), own);
            }
        }
    }
}
