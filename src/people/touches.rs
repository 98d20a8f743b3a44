//! All touches of everyone.
//!
//! Always true here: those of one person stand together, newest first; of one day the person's own log first, then in
//! the order of notes and entries. So they are the same whether they were gathered at once or bit by bit.

use crate::people::bytes::Bytes;
use crate::people::packed::Packed;
use crate::people::touch::{ContactId, Touch};
use std::cmp::Reverse;
use std::ops::Range;

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
        mut new: Vec<(ContactId, Touch)>,
    ) -> Touches {
        new.sort_by_key(|(person, _)| *person);
        let (mut renewed, mut new) = (Touches::default(), new.as_slice());
        for person in (0..).map(ContactId).take(people) {
            let (own, rest) = new.split_at(new.iter().take_while(|(of, _)| *of == person).count());
            new = rest;
            let Range { start, end } = self.range(person);
            let mut old = self.rows.rows(start, end);
            if own.is_empty() && !old.any(|[_, note, _]| is_changed(note)) {
                renewed.rows.extend(&self.rows, start, end);
            } else {
                let kept = self.of(person).filter(|touch| !is_changed(touch.note));
                let own = own.iter().map(|(_, touch)| *touch);
                renewed.push_sorted(kept.chain(own).collect());
            }
            renewed.ends.push([u32::try_from(renewed.rows.len()).unwrap_or(u32::MAX)]);
        }
        renewed
    }

    fn push_sorted(&mut self, mut touches: Vec<Touch>) {
        touches.sort_unstable_by_key(|touch| {
            (Reverse(touch.day), touch.role, touch.note, touch.entry)
        });
        touches.iter().for_each(|touch| self.rows.push(touch.stored()));
    }
}

#[cfg(test)]
mod tests {
    use crate::people::kind::Meaning;
    use crate::people::touch::{ContactId, Role, Touch};
    use crate::people::touches::Touches;
    use crate::text::day::Day;
    use proptest::prelude::*;

    fn touch() -> impl Strategy<Value = (ContactId, Touch)> {
        let roles = proptest::sample::select(&[Role::Own, Role::Head, Role::Mention][..]);
        (0u32..4, 1u32..4, roles, 0u32..5, 0u32..3).prop_map(|(person, day, role, note, entry)| {
            let day = Day::new(2026, 1, day).unwrap();
            (ContactId(person), Touch { day, role, meaning: Meaning::Note, note, entry })
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
            second.retain(|(_, touch)| is_changed(touch.note));
            let kept = first.iter().filter(|(_, touch)| !is_changed(touch.note));
            let all = kept.chain(&second).copied().collect::<Vec<_>>();
            let at_once = |all| Touches::default().renewed(4, |_| false, all);
            let bit_by_bit = at_once(first).renewed(4, is_changed, second);
            prop_assert_eq!(bit_by_bit, at_once(all));
        }
    }
}
