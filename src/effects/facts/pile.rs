//! The pile of notes: one file to which notes are appended, and, where it cannot be written, memory.
//!
//! Always true here: what a stored list of places speaks of is never changed, so a process that reads an older list
//! finds every note in its place. A note whose checksum is wrong is not there.

use crate::effects::facts::known::Place;
use crate::effects::vault::open::open_without_waiting;
use std::fs::File;
use std::io;
use std::path::Path;

/// Where notes lie.
#[derive(Debug, Default)]
pub struct Pile {
    file: Option<File>,
    // Where the file ends and memory begins.
    end: u64,
    memory: Vec<u8>,
}

impl Pile {
    /// The pile in the file at `path`, as far as `end`.
    pub fn open(path: &Path, end: u64) -> io::Result<Pile> {
        let file = open_without_waiting(path)?;
        let metadata = file.metadata()?;
        if !metadata.is_file() || metadata.len() < end {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
        }
        Ok(Pile { file: Some(file), end, memory: Vec::new() })
    }

    /// Adds a note. It lies in memory until it is [written](Pile::write).
    pub fn push(&mut self, bytes: &[u8]) -> Place {
        let start = self.end();
        self.memory.extend_from_slice(bytes);
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        Place { start, length, checksum: crc32fast::hash(bytes) }
    }

    /// The bytes of a note; `None` where they are not there or are not what was put there.
    pub fn get(&self, place: Place) -> Option<Vec<u8>> {
        let length = place.length as usize;
        let bytes = match place.start.checked_sub(self.end) {
            Some(start) => {
                let start = usize::try_from(start).ok()?;
                self.memory.get(start..start.checked_add(length)?)?.to_vec()
            }
            None => {
                let mut bytes = vec![0; length];
                read_at(self.file.as_ref()?, &mut bytes, place.start).ok()?;
                bytes
            }
        };
        (crc32fast::hash(&bytes) == place.checksum).then_some(bytes)
    }

    /// How many bytes wait in memory.
    pub fn waiting(&self) -> usize {
        self.memory.len()
    }

    /// Where the pile ends.
    pub fn end(&self) -> u64 {
        self.end + self.memory.len() as u64
    }

    /// Puts what waits in memory where the pile ends in `file`, which is open for reading and writing. Whatever
    /// stands there was left by a process that was cut off, and nothing speaks of it.
    pub fn write(&mut self, mut file: File) -> io::Result<()> {
        use std::io::{Seek, SeekFrom, Write};
        file.seek(SeekFrom::Start(self.end))?;
        file.write_all(&self.memory)?;
        self.end = self.end();
        self.memory = Vec::new();
        self.file = Some(file);
        Ok(())
    }
}

/// Fills `bytes` with what stands from `start` on. Threads may read at once.
#[cfg(unix)]
pub fn read_at(file: &File, bytes: &mut [u8], start: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, start)
}

/// Fills `bytes` with what stands from `start` on. Threads may read at once.
#[cfg(not(unix))]
pub fn read_at(file: &File, mut bytes: &mut [u8], mut start: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let count = std::os::windows::fs::FileExt::seek_read(file, bytes, start)?;
        if count == 0 {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
        }
        bytes = bytes.get_mut(count..).unwrap_or_default();
        start += count as u64;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::effects::facts::pile::Pile;
    use std::fs::File;

    fn open(path: &std::path::Path) -> File {
        File::options().read(true).write(true).create(true).truncate(false).open(path).unwrap()
    }

    #[test]
    fn notes_stay_in_their_place_in_memory_and_on_disk() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes");
        let mut pile = Pile::default();
        let (first, second) = (pile.push(b"first"), pile.push(b""));
        assert_eq!(pile.get(first).unwrap(), b"first");
        pile.write(open(&path)).unwrap();
        let third = pile.push(b"third");
        for (place, text) in [(first, &b"first"[..]), (second, b""), (third, b"third")] {
            assert_eq!(pile.get(place).unwrap(), text);
        }
        pile.write(open(&path)).unwrap();
        let again = Pile::open(&path, pile.end()).unwrap();
        assert_eq!(again.get(third).unwrap(), b"third");
        assert!(Pile::open(&path, pile.end() + 1).is_err());
    }

    #[test]
    fn a_damaged_note_is_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes");
        let mut pile = Pile::default();
        let place = pile.push(b"first");
        pile.write(open(&path)).unwrap();
        std::fs::write(&path, b"fir5t").unwrap();
        assert_eq!(Pile::open(&path, 5).unwrap().get(place), None);
    }

    #[test]
    fn what_a_cut_off_process_left_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes");
        let mut pile = Pile::default();
        let first = pile.push(b"first");
        pile.write(open(&path)).unwrap();
        std::fs::write(&path, b"firstGARBAGE").unwrap();
        let mut pile = Pile::open(&path, 5).unwrap();
        let second = pile.push(b"second");
        pile.write(open(&path)).unwrap();
        assert_eq!(pile.get(first).unwrap(), b"first");
        assert_eq!(pile.get(second).unwrap(), b"second");
    }
}
