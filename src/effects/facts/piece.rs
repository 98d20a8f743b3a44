//! A piece of the file `facts`, read at once or as it is asked for.
//!
//! Always true here: nothing is kept of a piece but what was asked for, and a piece that is read at once or looked through
//! is the one that was written. The file is replaced as a whole and never changed, so that this holds of a part of it too.

use crate::effects::facts::pile::read_at;
use crate::people::bytes::{ByteSource, Bytes, PIECE};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::sync::Arc;

/// So many bytes are looked through at a time: few enough to stay in a fast memory.
const LOOKED_THROUGH: usize = 64 * PIECE;

/// A piece of the file, after what it says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// How many bytes.
    pub length: u64,
    /// Their checksum.
    pub checksum: u32,
}

impl Piece {
    /// The piece that `bytes` are.
    pub fn of(bytes: &[u8]) -> Piece {
        Piece { length: bytes.len() as u64, checksum: crc32fast::hash(bytes) }
    }
}

/// A piece, and where it lies.
#[derive(Debug, Clone)]
pub struct StoredPiece {
    /// The file.
    pub file: Arc<File>,
    /// The piece.
    pub piece: Piece,
    /// Where it starts.
    pub start: u64,
}

impl StoredPiece {
    /// All of it; `None` where it is not what was written.
    pub fn read(&self) -> Option<Vec<u8>> {
        let bytes = self.part(0, usize::try_from(self.piece.length).ok()?)?;
        (crc32fast::hash(&bytes) == self.piece.checksum).then_some(bytes)
    }

    /// The same, read as it is asked for.
    pub fn into_bytes(self) -> Option<Bytes> {
        let length = usize::try_from(self.piece.length).ok()?;
        Some(Bytes::away(Arc::new(self), length))
    }

    fn part(&self, start: usize, length: usize) -> Option<Vec<u8>> {
        let mut bytes = vec![0; length];
        read_at(&self.file, &mut bytes, self.start + start as u64).ok().map(|()| bytes)
    }
}

impl ByteSource for StoredPiece {
    fn read(&self, start: usize, length: usize) -> Option<Vec<u8>> {
        let is_all = start == 0 && length as u64 == self.piece.length;
        if is_all { self.read() } else { self.part(start, length) }
    }

    fn scan(&self, take: &mut dyn FnMut(&[u8])) -> bool {
        let mut buffer = vec![0; LOOKED_THROUGH];
        let mut checksum = crc32fast::Hasher::new();
        let (mut at, end) = (self.start, self.start + self.piece.length);
        while at < end {
            let length =
                usize::try_from(end - at).map_or(LOOKED_THROUGH, |left| left.min(LOOKED_THROUGH));
            let Some(bytes) = buffer.get_mut(..length) else { return false };
            if read_at(&self.file, bytes, at).is_err() {
                return false;
            }
            checksum.update(bytes);
            take(bytes);
            at += length as u64;
        }
        checksum.finalize() == self.piece.checksum
    }
}

#[cfg(test)]
mod tests {
    use crate::effects::facts::piece::{LOOKED_THROUGH, Piece, StoredPiece};
    use crate::people::bytes::ByteSource;
    use std::fs::File;
    use std::sync::Arc;

    #[test]
    fn a_piece_is_the_one_that_was_written_or_none() {
        let folder = tempfile::tempdir().unwrap();
        for length in [0, 1, LOOKED_THROUGH, 2 * LOOKED_THROUGH + 7] {
            let bytes = (0..length).map(|number| (number % 251) as u8).collect::<Vec<_>>();
            let place = folder.path().join("facts");
            std::fs::write(&place, [b"head", &bytes[..], b"next"].concat()).unwrap();
            let file = Arc::new(File::open(&place).unwrap());
            let stored = StoredPiece { file, piece: Piece::of(&bytes), start: 4 };
            let mut scanned = Vec::new();
            assert!(stored.scan(&mut |part| scanned.extend_from_slice(part)), "{length}");
            assert_eq!(scanned, bytes);
            assert_eq!(stored.read().unwrap(), bytes);
            let all = stored.clone().into_bytes().unwrap();
            assert_eq!(&*all.part(length / 2, length), &bytes[length / 2..]);
            let other = Piece { checksum: stored.piece.checksum ^ 1, ..stored.piece };
            let other = StoredPiece { piece: other, ..stored };
            assert!(!other.scan(&mut |_| ()) && other.read().is_none(), "{length}");
            assert!(!other.into_bytes().unwrap().fetch() || length == 0);
            let beyond = Piece { length: bytes.len() as u64 + 5, ..Piece::of(&bytes) };
            let file = Arc::new(File::open(&place).unwrap());
            let beyond = StoredPiece { file, piece: beyond, start: 4 };
            assert!(!beyond.scan(&mut |_| ()) && beyond.read().is_none(), "{length}");
        }
    }
}
