//! Long tables as plain bytes: reading one from a cache takes as long as copying it, a row is made when it is looked at,
//! and who asks for a few rows does not wait for the others.

use crate::people::bytes::{Bytes, PIECE};
use std::borrow::Cow;

/// A table whose rows are `N` numbers.
#[derive(Debug, Clone, Default)]
pub struct Packed<const N: usize> {
    // Little-endian, so that a cache is the same everywhere.
    bytes: Bytes,
}

impl<const N: usize> Packed<N> {
    /// The table of some rows.
    pub fn of(rows: impl IntoIterator<Item = [u32; N]>) -> Packed<N> {
        let mut packed = Packed::default();
        rows.into_iter().for_each(|row| packed.push(row));
        packed
    }

    /// The table in `bytes`; what is left at their end is left out.
    pub fn from_bytes(bytes: impl Into<Bytes>) -> Packed<N> {
        Packed { bytes: bytes.into() }
    }

    /// The table as bytes.
    pub fn bytes(&self) -> &[u8] {
        let all = self.bytes.all();
        all.get(..all.len() / (4 * N) * (4 * N)).unwrap_or(all)
    }

    /// Whether all rows are here, or can be brought here now.
    pub fn fetch(&self) -> bool {
        self.bytes.fetch()
    }

    /// Adds a row.
    pub fn push(&mut self, row: [u32; N]) {
        let mut fours = [[0; 4]; N];
        for (four, number) in fours.iter_mut().zip(row) {
            *four = number.to_le_bytes();
        }
        self.bytes.to_mut().extend_from_slice(fours.as_flattened());
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.bytes.len() / (4 * N)
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One row.
    pub fn get(&self, at: usize) -> Option<[u32; N]> {
        match self.bytes.here() {
            Some(all) => slices(all).get(at).map(numbers),
            None => self.rows(at, at.checked_add(1)?).next(),
        }
    }

    /// The rows from one place up to another.
    pub fn rows(&self, from: usize, to: usize) -> Rows<'_, N> {
        // A pass over everyone comes here tens of thousands of times.
        if let Some(all) = self.bytes.here() {
            let rows = slices(all);
            let to = to.min(rows.len());
            return Rows::Here(rows.get(from.min(to)..to).unwrap_or_default().iter());
        }
        let to = to.min(self.len());
        let from = from.min(to);
        match self.bytes.part(from * 4 * N, to * 4 * N) {
            Cow::Borrowed(bytes) => Rows::Here(slices(bytes).iter()),
            Cow::Owned(bytes) => {
                Rows::Read(slices(&bytes).iter().map(numbers).collect::<Vec<_>>().into_iter())
            }
        }
    }

    /// All rows, for a pass over everybody.
    pub fn all(&self) -> impl ExactSizeIterator<Item = [u32; N]> + Clone + use<'_, N> {
        slices(self.bytes()).iter().map(numbers)
    }

    /// Whether the number at the place `at` of each row, in order, is one that `is_right`, and the table can be read as
    /// it was stored. It need not come here for that.
    pub fn is_column(&self, at: usize, mut is_right: impl FnMut(u32) -> bool) -> bool {
        const { assert!(PIECE.is_multiple_of(4 * N), "a scan would cut rows") }
        let mut are_right = true;
        let is_read = self.bytes.scan(&mut |bytes| {
            // Only this number is made of each row: this is done for everything in a cache.
            let mut column = slices::<N>(bytes).iter().filter_map(|row| row.get(at));
            are_right = are_right && column.all(|four| is_right(u32::from_le_bytes(*four)));
        });
        is_read && are_right
    }

    /// Whether the table can be read as it was stored. It need not come here for that.
    pub fn is_readable(&self) -> bool {
        self.bytes.scan(&mut |_| ())
    }

    /// Puts another row in one place; nothing happens where there is none.
    pub fn replace(&mut self, at: usize, row: [u32; N]) {
        let (fours, _) = self.bytes.to_mut().as_chunks_mut::<4>();
        let (rows, _) = fours.as_chunks_mut::<N>();
        if let Some(old) = rows.get_mut(at) {
            *old = row.map(u32::to_le_bytes);
        }
    }

    /// Adds the rows of `other` from one place up to another.
    pub fn extend(&mut self, other: &Packed<N>, from: usize, to: usize) {
        let other = other.bytes();
        let byte = |row: usize| row.saturating_mul(4 * N).min(other.len());
        let rows = other.get(byte(from)..byte(to)).unwrap_or(&[]);
        self.bytes.to_mut().extend_from_slice(rows);
    }

    /// The first row for whose first numbers `is_before` does not hold, in a table in which those for which it holds
    /// come first.
    pub fn partition_point<const K: usize>(&self, is_before: impl Fn([u32; K]) -> bool) -> usize {
        if let Some(all) = self.bytes.here() {
            return slices::<N>(all).partition_point(|row| {
                row.first_chunk::<K>().is_some_and(|first| is_before(numbers(first)))
            });
        }
        let is_before =
            |row: [u32; N]| row.first_chunk::<K>().is_some_and(|first| is_before(*first));
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = from.midpoint(to);
            match self.get(middle) {
                Some(row) if is_before(row) => from = middle + 1,
                _ => to = middle,
            }
        }
        from
    }
}

impl Packed<1> {
    /// Of a table that says where the things of each owner end: where those of one begin and end; there is none where it
    /// says that they end before they begin.
    pub fn stretch(&self, owner: usize) -> (usize, usize) {
        let mut ends = self.rows(owner.saturating_sub(1), owner.saturating_add(1));
        let mut end = || ends.next().map(|[end]| end as usize);
        let start = if owner == 0 { Some(0) } else { end() };
        start.zip(end()).unwrap_or_default()
    }
}

impl<const N: usize> PartialEq for Packed<N> {
    fn eq(&self, other: &Packed<N>) -> bool {
        self.bytes() == other.bytes()
    }
}

impl<const N: usize> Eq for Packed<N> {}

/// Rows of a table.
#[derive(Debug, Clone)]
pub enum Rows<'a, const N: usize> {
    /// Of one that is here.
    Here(std::slice::Iter<'a, [[u8; 4]; N]>),
    /// Of one of which only they were read.
    Read(std::vec::IntoIter<[u32; N]>),
}

impl<const N: usize> Iterator for Rows<'_, N> {
    type Item = [u32; N];

    fn next(&mut self) -> Option<[u32; N]> {
        match self {
            Rows::Here(rows) => rows.next().map(numbers),
            Rows::Read(rows) => rows.next(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            Rows::Here(rows) => rows.size_hint(),
            Rows::Read(rows) => rows.size_hint(),
        }
    }
}

impl<const N: usize> DoubleEndedIterator for Rows<'_, N> {
    fn next_back(&mut self) -> Option<[u32; N]> {
        match self {
            Rows::Here(rows) => rows.next_back().map(numbers),
            Rows::Read(rows) => rows.next_back(),
        }
    }
}

impl<const N: usize> ExactSizeIterator for Rows<'_, N> {}

fn slices<const N: usize>(bytes: &[u8]) -> &[[[u8; 4]; N]] {
    let (fours, _) = bytes.as_chunks::<4>();
    fours.as_chunks::<N>().0
}

/// What is stored as `row`. A loop, since mapping an array is slow and this is done for everything in a cache.
#[inline]
fn numbers<const N: usize>(row: &[[u8; 4]; N]) -> [u32; N] {
    let mut numbers = [0; N];
    for (at, four) in row.iter().enumerate() {
        numbers[at] = u32::from_le_bytes(*four);
    }
    numbers
}

#[cfg(test)]
mod tests {
    use crate::people::packed::Packed;

    #[test]
    fn rows_come_back_as_they_were() {
        let packed = Packed::of([[1, u32::MAX], [3, 4], [5, 6]]);
        assert_eq!((packed.len(), packed.get(0), packed.get(3)), (3, Some([1, u32::MAX]), None));
        assert_eq!(packed.rows(1, 9).rev().collect::<Vec<_>>(), [[5, 6], [3, 4]]);
        assert_eq!(packed.rows(9, 1).len(), 0);
        assert_eq!(packed.partition_point(|[first]| first < 5), 2);
        let mut column = Vec::new();
        let is_pushed = |number| {
            column.push(number);
            true
        };
        assert!(packed.is_column(1, is_pushed) && packed.is_readable());
        assert_eq!(column, [u32::MAX, 4, 6]);
        assert!(!packed.is_column(0, |number| number != 3));
        let ends = Packed::of([[2], [2], [7]]);
        let stretches = [(0, 2), (2, 2), (2, 7), (0, 0), (0, 0)];
        assert_eq!([0, 1, 2, 3, usize::MAX].map(|owner| ends.stretch(owner)), stretches);
        let mut more = Packed::default();
        more.extend(&packed, 1, 2);
        more.extend(&packed, 2, 9);
        more.extend(&packed, 7, 3);
        assert_eq!(more, Packed::of([[3, 4], [5, 6]]));
        more.replace(0, [7, 8]);
        more.replace(2, [9, 9]);
        assert_eq!(more, Packed::of([[7, 8], [5, 6]]));
        let mut bytes = packed.bytes().to_vec();
        bytes.push(7);
        assert_eq!(Packed::from_bytes(bytes), packed);
    }
}
