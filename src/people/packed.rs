//! Long tables as plain bytes: reading one from a cache takes as long as copying it, and a row is made when it is
//! looked at.

/// A table whose rows are `N` numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Packed<const N: usize> {
    // Little-endian, so that a cache is the same everywhere; a whole number of rows.
    bytes: Vec<u8>,
}

impl<const N: usize> Packed<N> {
    /// The table of some rows.
    pub fn of(rows: impl IntoIterator<Item = [u32; N]>) -> Packed<N> {
        let mut packed = Packed::default();
        rows.into_iter().for_each(|row| packed.push(row));
        packed
    }

    /// The table in `bytes`; what is left at their end is left out.
    pub fn from_bytes(mut bytes: Vec<u8>) -> Packed<N> {
        bytes.truncate(bytes.len() / (4 * N) * (4 * N));
        Packed { bytes }
    }

    /// The table as bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Adds a row.
    pub fn push(&mut self, row: [u32; N]) {
        row.iter().for_each(|number| self.bytes.extend_from_slice(&number.to_le_bytes()));
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.bytes.len() / (4 * N)
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// One row.
    pub fn get(&self, at: usize) -> Option<[u32; N]> {
        self.slices().get(at).map(numbers)
    }

    /// The rows from one place up to another.
    pub fn rows(
        &self,
        from: usize,
        to: usize,
    ) -> impl DoubleEndedIterator<Item = [u32; N]> + ExactSizeIterator + Clone + use<'_, N> {
        let rows = self.slices();
        let to = to.min(rows.len());
        let rows = rows.get(from.min(to)..to).unwrap_or(&[]);
        rows.iter().map(numbers)
    }

    /// The number at the place `at` of each row.
    pub fn column(&self, at: usize) -> impl Iterator<Item = u32> {
        let (fours, _) = self.bytes.as_chunks::<4>();
        let column = fours.get(at..).unwrap_or(&[]);
        column.iter().step_by(N).map(|four| u32::from_le_bytes(*four))
    }

    /// Puts another row in one place; nothing happens where there is none.
    pub fn replace(&mut self, at: usize, row: [u32; N]) {
        let (fours, _) = self.bytes.as_chunks_mut::<4>();
        let (rows, _) = fours.as_chunks_mut::<N>();
        if let Some(old) = rows.get_mut(at) {
            *old = row.map(u32::to_le_bytes);
        }
    }

    /// Adds the rows of `other` from one place up to another.
    pub fn extend(&mut self, other: &Packed<N>, from: usize, to: usize) {
        let byte = |row: usize| row.saturating_mul(4 * N).min(other.bytes.len());
        self.bytes.extend_from_slice(other.bytes.get(byte(from)..byte(to)).unwrap_or(&[]));
    }

    /// The first row for whose first numbers `is_before` does not hold, in a table in which those for which it holds
    /// come first.
    pub fn partition_point<const K: usize>(&self, is_before: impl Fn([u32; K]) -> bool) -> usize {
        self.slices().partition_point(|row| {
            row.first_chunk::<K>().is_some_and(|first| is_before(numbers(first)))
        })
    }

    fn slices(&self) -> &[[[u8; 4]; N]] {
        let (fours, _) = self.bytes.as_chunks::<4>();
        fours.as_chunks::<N>().0
    }
}

/// What is stored as `row`. A loop, since mapping an array is slow and this is done for everything in a cache.
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
        assert_eq!(packed.column(1).collect::<Vec<_>>(), [u32::MAX, 4, 6]);
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
