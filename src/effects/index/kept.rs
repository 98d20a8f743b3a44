//! The catalogue that an index was made from, kept in a file beside it: the number, the mark and the path of each note.
//!
//! Invariant: the file is named by its content and never changes, so a commit that names it can never see half of it or
//! another one.

use crate::effects::index::signature::settle;
use crate::note::path::NotePath;
use crate::text::fingerprint::content_mark;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

/// What the names of such files begin with.
pub const PREFIX: &str = "catalogue-";

/// A note of a kept catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptNote {
    /// Its number in the index.
    pub number: u32,
    /// The mark that it had.
    pub mark: u64,
    /// Its path.
    pub path: NotePath,
}

/// The marks of a kept file: they say what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFile {
    /// The mark of all bytes, which is in its name.
    pub whole_mark: String,
    /// The mark of the numbers alone, which most searches read and nothing more.
    pub numbers_mark: String,
}

impl KeptFile {
    /// The file with these marks; `None` where one is no mark.
    pub fn new(whole_mark: &str, numbers_mark: &str) -> Option<KeptFile> {
        let is_mark = |text: &str| {
            text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        };
        (is_mark(whole_mark) && is_mark(numbers_mark)).then(|| KeptFile {
            whole_mark: whole_mark.to_owned(),
            numbers_mark: numbers_mark.to_owned(),
        })
    }

    /// The name of the file.
    pub fn name(&self) -> String {
        format!("{PREFIX}{}", self.whole_mark)
    }

    /// The numbers of the notes, in path order, from the open file of `count` notes.
    pub fn numbers(&self, mut file: &File, count: u32) -> io::Result<Vec<u32>> {
        let mut bytes = vec![0; usize::try_from(count).unwrap_or(usize::MAX).saturating_mul(4)];
        file.read_exact(&mut bytes)?;
        if content_mark(&bytes) != self.numbers_mark {
            return Err(io::ErrorKind::InvalidData.into());
        }
        Ok(numbers(&bytes))
    }

    /// All notes, in path order, of a file of `count` notes in `folder`.
    pub fn notes(&self, folder: &Path, count: u32) -> io::Result<Vec<KeptNote>> {
        let bytes = std::fs::read(folder.join(self.name()))?;
        if content_mark(&bytes) != self.whole_mark {
            return Err(io::ErrorKind::InvalidData.into());
        }
        decoded(&bytes, usize::try_from(count).unwrap_or(usize::MAX))
            .ok_or_else(|| io::ErrorKind::InvalidData.into())
    }

    /// Keeps `notes` in `folder`.
    pub fn write(folder: &Path, notes: &[KeptNote]) -> io::Result<KeptFile> {
        let (bytes, numbers) = encoded(notes);
        let whole_mark = content_mark(&bytes);
        let numbers_mark = content_mark(bytes.get(..numbers).unwrap_or_default());
        let kept = KeptFile { whole_mark, numbers_mark };
        let unfinished = folder.join(format!("{}.new", kept.name()));
        let mut file = File::create(&unfinished)?;
        file.write_all(&bytes)?;
        settle(&file)?;
        std::fs::rename(unfinished, folder.join(kept.name()))?;
        Ok(kept)
    }
}

/// All numbers, then all marks, then all lengths of paths, then the paths; and how many bytes the numbers have.
fn encoded(notes: &[KeptNote]) -> (Vec<u8>, usize) {
    let mut bytes = Vec::with_capacity(notes.len() * 64);
    notes.iter().for_each(|note| bytes.extend(note.number.to_le_bytes()));
    let numbers = bytes.len();
    notes.iter().for_each(|note| bytes.extend(note.mark.to_le_bytes()));
    for note in notes {
        let length = u32::try_from(note.path.as_str().len()).unwrap_or(0);
        bytes.extend(length.to_le_bytes());
    }
    notes.iter().for_each(|note| bytes.extend(note.path.as_str().as_bytes()));
    (bytes, numbers)
}

fn decoded(bytes: &[u8], count: usize) -> Option<Vec<KeptNote>> {
    let (own_numbers, bytes) = bytes.split_at_checked(count.checked_mul(4)?)?;
    let (marks, bytes) = bytes.split_at_checked(count.checked_mul(8)?)?;
    let (lengths, mut paths) = bytes.split_at_checked(count.checked_mul(4)?)?;
    let marks = marks.as_chunks().0.iter().map(|mark| u64::from_le_bytes(*mark));
    let mut notes = Vec::with_capacity(count);
    for ((number, mark), length) in
        numbers(own_numbers).into_iter().zip(marks).zip(numbers(lengths))
    {
        let (path, rest) = paths.split_at_checked(usize::try_from(length).ok()?)?;
        let path = NotePath::new(std::str::from_utf8(path).ok()?)?;
        notes.push(KeptNote { number, mark, path });
        paths = rest;
    }
    paths.is_empty().then_some(notes)
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks().0.iter().map(|number| u32::from_le_bytes(*number)).collect()
}

#[cfg(test)]
mod tests {
    use crate::effects::index::kept::{KeptFile, KeptNote};
    use crate::note::path::NotePath;
    use proptest::prelude::*;
    use std::fs::File;

    fn note(number: u32, mark: u64, path: &str) -> KeptNote {
        KeptNote { number, mark, path: NotePath::new(path).unwrap() }
    }

    #[test]
    fn a_changed_byte_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let kept =
            KeptFile::write(folder.path(), &[note(3, 9, "people/ana.md"), note(1, 2, "x.md")]);
        let kept = kept.unwrap();
        let path = folder.path().join(kept.name());
        let bytes = std::fs::read(&path).unwrap();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            std::fs::write(&path, &changed).unwrap();
            assert!(kept.notes(folder.path(), 2).is_err(), "{at}");
            let numbers = kept.numbers(&File::open(&path).unwrap(), 2);
            assert_eq!(numbers.is_err(), at < 8, "{at}");
        }
        std::fs::write(&path, &bytes[..7]).unwrap();
        assert!(kept.numbers(&File::open(&path).unwrap(), 2).is_err());
        assert!(kept.notes(folder.path(), 2).is_err());
    }

    proptest! {
        #[test]
        fn what_is_kept_comes_back(notes in prop::collection::vec((any::<u32>(), any::<u64>(), "[a-zé王]{1,8}"), 0..20)) {
            let folder = tempfile::tempdir().unwrap();
            let notes = notes.iter().map(|(number, mark, path)| note(*number, *mark, path)).collect::<Vec<_>>();
            let count = u32::try_from(notes.len()).unwrap();
            let kept = KeptFile::write(folder.path(), &notes).unwrap();
            let file = File::open(folder.path().join(kept.name())).unwrap();
            let numbers = notes.iter().map(|note| note.number).collect::<Vec<_>>();
            prop_assert_eq!(kept.numbers(&file, count).unwrap(), numbers);
            prop_assert_eq!(kept.notes(folder.path(), count).unwrap(), notes);
        }
    }
}
