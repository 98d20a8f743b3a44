//! What is remembered of each file beside the facts of its note.

use crate::effects::vault::stamp::Stamp;
use crate::people::packed::Packed;

/// Where something lies in the pile of notes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    /// The first byte.
    pub start: u64,
    /// How many bytes.
    pub length: u32,
    /// Their checksum.
    pub checksum: u32,
}

/// One file, as it was when it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// How it looked from outside.
    pub stamp: Stamp,
    /// Whether it may have changed since and still look the same, so that it is read once more.
    pub racy: bool,
    /// A hash of its text.
    pub mark: u64,
    /// Where its note is.
    pub note: Place,
    /// Where the gist of its note is.
    pub gist: Place,
}

/// What is known of each file, in path order. Rows, so that reading it from a cache costs no more than copying.
pub type KnownFiles = Packed<19>;

impl Known {
    /// Whether a file that looks like `stamp` now is the one that was read.
    pub fn is_still(&self, stamp: &Stamp) -> bool {
        !self.racy && self.stamp == *stamp
    }

    /// The row that it is stored as.
    pub fn to_row(self) -> [u32; 19] {
        let halves = |number: u64| [number as u32, (number >> 32) as u32];
        let [[a, b], [c, d], [e, f], [g, h]] = self.stamp.numbers().map(halves);
        let [[i, j], [k, l], [m, n]] = [self.mark, self.note.start, self.gist.start].map(halves);
        let lengths = [self.note.length, self.note.checksum, self.gist.length, self.gist.checksum];
        let [o, p, q, r] = lengths;
        [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, u32::from(self.racy)]
    }

    /// What is stored as `row`.
    pub fn from_row(row: [u32; 19]) -> Known {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, racy] = row;
        let whole = |low: u32, high: u32| u64::from(high) << 32 | u64::from(low);
        Known {
            // Each by itself: mapping an array is slow, and this is done for every note of a vault.
            stamp: Stamp::from_numbers([whole(a, b), whole(c, d), whole(e, f), whole(g, h)]),
            racy: racy != 0,
            mark: whole(i, j),
            note: Place { start: whole(k, l), length: o, checksum: p },
            gist: Place { start: whole(m, n), length: q, checksum: r },
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::effects::facts::known::{Known, Place};
    use crate::effects::vault::stamp::Stamp;

    #[test]
    fn a_row_is_what_it_was_made_of() {
        let stamp = Stamp::from_numbers([1 << 40 | 1, u64::MAX, 3, 4 << 33]);
        let note = Place { start: 5 << 35 | 5, length: 6, checksum: 7 };
        let gist = Place { start: 8 << 35 | 8, length: 9, checksum: u32::MAX };
        for racy in [false, true] {
            let known = Known { stamp, racy, mark: 10 << 50 | 10, note, gist };
            assert_eq!(Known::from_row(known.to_row()), known);
            assert_eq!(known.is_still(&stamp), !racy);
        }
    }
}
