//! Bytes that lie somewhere and are read when they are asked for: who shows one person need not carry the tables of ten
//! thousand.
//!
//! Always true here: whoever asks for a few gets the same as whoever asks for all. What cannot be read is not there.

use std::borrow::Cow;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

/// So many bytes of all are worth one reading of a few: after one such reading for each of them, all are read.
const WORTH_ONE_READING: usize = 8 << 10;

/// Where bytes lie.
pub trait ByteSource: fmt::Debug + Send + Sync {
    /// `length` bytes from `start` on; `None` where they cannot be read. All of them at once are those that were
    /// stored, or none.
    fn read(&self, start: usize, length: usize) -> Option<Vec<u8>>;

    /// Gives all bytes in order, piece by piece, each but the last a whole number of [`PIECE`]s. Whether they could be
    /// read and are those that were stored.
    fn scan(&self, take: &mut dyn FnMut(&[u8])) -> bool;
}

/// Rows whose length divides this are not cut by a scan: those of up to six numbers, and of eight, ten, twelve, sixteen.
pub const PIECE: usize = 960;

/// Bytes that are here, or are read when they are asked for.
#[derive(Default, Clone)]
pub struct Bytes {
    // Where they are not away.
    here: Vec<u8>,
    away: Option<Away>,
}

struct Away {
    source: Arc<dyn ByteSource>,
    length: usize,
    all: OnceLock<Vec<u8>>,
    // How often a few were read.
    readings: AtomicUsize,
}

impl Bytes {
    /// `length` bytes that are read from `source`.
    pub fn away(source: Arc<dyn ByteSource>, length: usize) -> Bytes {
        let (all, readings) = (OnceLock::new(), AtomicUsize::default());
        Bytes { here: Vec::new(), away: Some(Away { source, length, all, readings }) }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        let length = |away: &Away| away.all.get().map_or(away.length, Vec::len);
        self.away.as_ref().map_or(self.here.len(), length)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All of them.
    pub fn all(&self) -> &[u8] {
        self.away.as_ref().map_or(&self.here, |away| away.all.get_or_init(|| away.read()))
    }

    /// All of them, to be changed.
    pub fn to_mut(&mut self) -> &mut Vec<u8> {
        if let Some(mut away) = self.away.take() {
            self.here = away.all.take().unwrap_or_else(|| away.read());
        }
        &mut self.here
    }

    /// Those from one place up to another; none where not all of them are there.
    pub fn part(&self, from: usize, to: usize) -> Cow<'_, [u8]> {
        match self.away.as_ref().filter(|away| from < to && away.is_better_read_in_part(to)) {
            Some(away) => away.source.read(from, to - from).unwrap_or_default().into(),
            None => self.all().get(from..to).unwrap_or_default().into(),
        }
    }

    /// All of them, where they are here; who asks for a few gets them from the source else.
    pub fn here(&self) -> Option<&[u8]> {
        match &self.away {
            Some(away) => away.all.get().map(Vec::as_slice),
            None => Some(&self.here),
        }
    }

    /// Brings all of them here. Whether they could be read and are those that were stored.
    pub fn fetch(&self) -> bool {
        self.away.as_ref().is_none_or(|away| self.all().len() == away.length)
    }

    /// Gives all bytes in order, as [`ByteSource::scan`] does; nothing is kept of them.
    pub fn scan(&self, take: &mut dyn FnMut(&[u8])) -> bool {
        match self.away.as_ref().filter(|away| away.all.get().is_none()) {
            Some(away) => away.source.scan(take),
            None => {
                take(self.all());
                true
            }
        }
    }
}

impl Away {
    fn read(&self) -> Vec<u8> {
        self.source.read(0, self.length).unwrap_or_default()
    }

    fn is_better_read_in_part(&self, to: usize) -> bool {
        let is_there = self.all.get().is_none() && to <= self.length;
        is_there && self.readings.fetch_add(1, Ordering::Relaxed) < self.length / WORTH_ONE_READING
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(here: Vec<u8>) -> Bytes {
        Bytes { here, away: None }
    }
}

impl Clone for Away {
    fn clone(&self) -> Away {
        let (source, all) = (Arc::clone(&self.source), self.all.clone());
        Away { source, length: self.length, all, readings: AtomicUsize::default() }
    }
}

impl PartialEq for Bytes {
    fn eq(&self, other: &Bytes) -> bool {
        self.all() == other.all()
    }
}

impl Eq for Bytes {}

impl fmt::Debug for Bytes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} bytes", self.len())
    }
}

#[cfg(test)]
mod tests {
    use crate::people::bytes::{ByteSource, Bytes, PIECE, WORTH_ONE_READING};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Bytes of which each reading is counted.
    #[derive(Debug, Default)]
    struct Counted {
        bytes: Vec<u8>,
        readings: AtomicUsize,
    }

    impl ByteSource for Counted {
        fn read(&self, start: usize, length: usize) -> Option<Vec<u8>> {
            self.readings.fetch_add(1, Ordering::Relaxed);
            self.bytes.get(start..start + length).map(<[u8]>::to_vec)
        }

        fn scan(&self, take: &mut dyn FnMut(&[u8])) -> bool {
            self.bytes.chunks(PIECE).for_each(take);
            true
        }
    }

    fn numbered(length: usize) -> Vec<u8> {
        (0..length).map(|number| (number % 251) as u8).collect()
    }

    fn away(length: usize) -> (Arc<Counted>, Bytes) {
        let source = Arc::new(Counted { bytes: numbered(length), ..Counted::default() });
        (Arc::clone(&source), Bytes::away(source, length))
    }

    #[test]
    fn a_few_bytes_are_the_same_read_alone_and_of_all() {
        let length = 5 * WORTH_ONE_READING;
        let here = Bytes::from(numbered(length));
        for (from, to) in [(0, 3), (7, 7), (5, 2), (length - 2, length), (length, length + 1)] {
            let (_, away) = away(length);
            assert_eq!(away.part(from, to), here.part(from, to), "{from} {to}");
            assert!(away.here().is_none() || from >= to || to > length, "{from} {to}");
        }
        let (_, away) = away(length);
        let mut scanned = Vec::new();
        assert!(away.scan(&mut |piece| scanned.extend_from_slice(piece)) && away.here().is_none());
        assert_eq!(scanned, here.all());
        assert_eq!(away, here);
    }

    #[test]
    fn whoever_asks_often_gets_all_at_once() {
        let (source, bytes) = away(5 * WORTH_ONE_READING);
        for _ in 0..5 {
            assert_eq!(&*bytes.part(9, 11), [9, 10]);
        }
        assert!(bytes.here().is_none());
        (0..100).for_each(|_| assert_eq!(&*bytes.part(9, 11), [9, 10]));
        assert!(bytes.here().is_some());
        assert_eq!(source.readings.load(Ordering::Relaxed), 6);
    }

    #[test]
    fn what_cannot_be_read_is_not_there() {
        let source = Arc::new(Counted::default());
        let bytes = Bytes::away(source, 3 * WORTH_ONE_READING);
        assert!(bytes.part(0, 4).is_empty());
        assert!(!bytes.fetch() && bytes.all().is_empty() && bytes.is_empty());
        let (_, whole) = away(7);
        assert!(whole.fetch() && whole.len() == 7);
    }

    #[test]
    fn bytes_that_are_changed_are_here() {
        let (_, mut bytes) = away(4);
        bytes.to_mut().push(9);
        assert_eq!((bytes.all(), bytes.len()), (&[0, 1, 2, 3, 9][..], 5));
        assert!(bytes.fetch());
    }
}
