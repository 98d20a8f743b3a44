//! The file `facts`: written as a whole, replaced by a rename, read in pieces.
//!
//! Always true here: what is read is what was written, or it is not read at all: every piece has a checksum, and the
//! first lines say which program, under which settings, wrote it.

use crate::effects::facts::known::Known;
use crate::effects::facts::pile::read_at;
use crate::effects::vault::open::open_without_waiting;
use crate::effects::vault::walk::AlikeCopy;
use crate::note::path::NotePath;
use crate::people::outline::{Outline, Tables};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io;
use std::path::Path;

/// Who wrote the file: read before anything else, so that another version is told from a damaged file.
const MAGIC: &[u8; 8] = b"ties f01";
/// Magic, the checksum and the length of the head.
const PREFIX: usize = 16;
/// No head is longer.
const HEAD_LIMIT: usize = 4096;

/// A piece of the file, after the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Piece {
    length: u64,
    checksum: u32,
}

impl Piece {
    fn of(bytes: &[u8]) -> Piece {
        Piece { length: bytes.len() as u64, checksum: crc32fast::hash(bytes) }
    }
}

/// What the file says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Program, settings and vault that the facts were made with.
    pub key: u64,
    /// A number that no other file of this vault has.
    pub generation: u64,
    /// Which pile the notes are in.
    pub pile: u64,
    /// Where that pile ends.
    pub pile_end: u64,
    /// A hash of the paths and texts of all notes.
    pub fingerprint: u64,
    pieces: [Piece; PIECES],
}

/// Paths, stamps, the outline and its four tables, and the gists, in this order. A path holds no control character,
/// so the paths are lines.
const PIECES: usize = 8;

/// Why there are no facts to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// There is no file.
    Absent,
    /// It is of another version of the program, or the settings have changed since.
    Foreign,
    /// It cannot be read as what it says it is.
    Damaged,
}

/// The facts of a vault as they were stored.
#[derive(Debug)]
pub struct Stored {
    /// What the file says of itself.
    pub head: Head,
    /// For each note what is known of its file.
    pub known: Vec<Known>,
    /// Copies of notes, told by their texts.
    pub copies: Vec<AlikeCopy>,
    /// The paths of all notes, a line each.
    pub paths: String,
    file: File,
    start: u64,
    outline: Outline,
    tables: Tables<Vec<u8>>,
}

/// The gists of all notes, in path order, stored.
#[derive(Debug, Default)]
pub struct Gists {
    ends: Vec<u32>,
    bytes: Vec<u8>,
}

impl Gists {
    /// Adds the gist of one more note.
    pub fn push(&mut self, gist: &[u8]) {
        self.bytes.extend_from_slice(gist);
        self.ends.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
    }

    /// The gist of one note; empty where there is none.
    pub fn get(&self, number: usize) -> &[u8] {
        let end = |number: usize| self.ends.get(number).map_or(0, |end| *end as usize);
        let start = number.checked_sub(1).map_or(0, end);
        self.bytes.get(start..end(number)).unwrap_or(&[])
    }

    fn to_bytes(&self) -> Vec<u8> {
        let count = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        let numbers = std::iter::once(&count).chain(&self.ends);
        let mut bytes = numbers.flat_map(|number| number.to_le_bytes()).collect::<Vec<_>>();
        bytes.extend_from_slice(&self.bytes);
        bytes
    }

    fn from_bytes(bytes: &[u8]) -> Option<Gists> {
        let (count, rest) = bytes.split_first_chunk::<4>()?;
        let ends_length = (u32::from_le_bytes(*count) as usize).checked_mul(4)?;
        let (ends, bytes) = rest.split_at_checked(ends_length)?;
        let (ends, _) = ends.as_chunks::<4>();
        let ends = ends.iter().map(|end| u32::from_le_bytes(*end)).collect();
        Some(Gists { ends, bytes: bytes.to_vec() })
    }
}

/// The facts in the file at `path`, made with `key`.
pub fn load(path: &Path, key: u64) -> Result<Stored, Missing> {
    let file = match open_without_waiting(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(Missing::Absent),
        Err(_) => return Err(Missing::Damaged),
    };
    let (head, start) = head(&file)?;
    if head.key != key {
        return Err(Missing::Foreign);
    }
    let read = |at: usize| piece(&file, &head, start, at);
    let (known, copies) = postcard::from_bytes::<(Vec<Known>, Vec<AlikeCopy>)>(&read(1)?)
        .map_err(|_| Missing::Damaged)?;
    let outline = postcard::from_bytes(&read(2)?).map_err(|_| Missing::Damaged)?;
    let (names_text, names, touches, touch_ends) = (read(3)?, read(4)?, read(5)?, read(6)?);
    let tables = Tables { names_text, names, touches, touch_ends };
    let paths = String::from_utf8(read(0)?).map_err(|_| Missing::Damaged)?;
    Ok(Stored { head, known, copies, paths, file, start, outline, tables })
}

/// The generation of the facts in the file at `path`; `None` where there are none.
pub fn generation(path: &Path) -> Option<u64> {
    head(&open_without_waiting(path).ok()?).ok().map(|(head, _)| head.generation)
}

fn head(file: &File) -> Result<(Head, u64), Missing> {
    let mut prefix = [0; PREFIX];
    read_at(file, &mut prefix, 0).map_err(|_| Missing::Damaged)?;
    let number = |at: usize| prefix.get(at..at + 4).and_then(|four| four.try_into().ok());
    let number = |at| number(at).map_or(0, u32::from_le_bytes);
    if !prefix.starts_with(MAGIC) {
        let ours = prefix.starts_with(b"ties f");
        return Err(if ours { Missing::Foreign } else { Missing::Damaged });
    }
    let length = number(8) as usize;
    if length > HEAD_LIMIT {
        return Err(Missing::Damaged);
    }
    let mut bytes = vec![0; length];
    read_at(file, &mut bytes, PREFIX as u64).map_err(|_| Missing::Damaged)?;
    if crc32fast::hash(&bytes) != number(12) {
        return Err(Missing::Damaged);
    }
    let head = postcard::from_bytes(&bytes).map_err(|_| Missing::Damaged)?;
    Ok((head, (PREFIX + length) as u64))
}

fn piece(file: &File, head: &Head, start: u64, at: usize) -> Result<Vec<u8>, Missing> {
    let before = head.pieces.iter().take(at).map(|piece| piece.length);
    let start = before.fold(start, u64::saturating_add);
    let piece = head.pieces.get(at).ok_or(Missing::Damaged)?;
    // What a damaged head promises must not be believed before the file is known to be as long.
    let there = file.metadata().map_or(0, |metadata| metadata.len());
    let length = usize::try_from(piece.length).ok();
    let Some(length) = length.filter(|_| start.saturating_add(piece.length) <= there) else {
        return Err(Missing::Damaged);
    };
    let mut bytes = vec![0; length];
    read_at(file, &mut bytes, start).map_err(|_| Missing::Damaged)?;
    (crc32fast::hash(&bytes) == piece.checksum).then_some(bytes).ok_or(Missing::Damaged)
}

impl Stored {
    /// The gists of all notes.
    pub fn gists(&self) -> Result<Gists, Missing> {
        let bytes = piece(&self.file, &self.head, self.start, PIECES - 1)?;
        Gists::from_bytes(&bytes).ok_or(Missing::Damaged)
    }

    /// The outline of these `paths`, which are those of the notes; `None` where it is not whole.
    pub fn into_outline(self, paths: Vec<NotePath>) -> Option<(Outline, Vec<Known>)> {
        let outline = self.outline.with_tables(paths, self.tables)?;
        (outline.paths.len() == self.known.len()).then_some((outline, self.known))
    }
}

/// What is to be stored.
#[derive(Debug)]
pub struct ToStore<'a> {
    /// See [`Head::key`].
    pub key: u64,
    /// See [`Head::generation`].
    pub generation: u64,
    /// See [`Head::pile`].
    pub pile: u64,
    /// See [`Head::pile_end`].
    pub pile_end: u64,
    /// See [`Head::fingerprint`].
    pub fingerprint: u64,
    /// For each note what is known of its file.
    pub known: &'a [Known],
    /// Copies of notes, told by their texts.
    pub copies: &'a [AlikeCopy],
    /// All notes in short.
    pub outline: &'a Outline,
    /// Their gists.
    pub gists: &'a Gists,
}

/// The bytes of the file.
pub fn bytes(facts: &ToStore<'_>) -> Result<Vec<u8>, postcard::Error> {
    let paths = facts.outline.paths.iter().map(NotePath::as_str).collect::<Vec<_>>().join("\n");
    let known = postcard::to_stdvec(&(facts.known, facts.copies))?;
    let outline = postcard::to_stdvec(facts.outline)?;
    let gists = facts.gists.to_bytes();
    let Tables { names_text, names, touches, touch_ends } = facts.outline.tables();
    let pieces: [&[u8]; PIECES] =
        [paths.as_bytes(), &known, &outline, names_text, names, touches, touch_ends, &gists];
    let head = postcard::to_stdvec(&Head {
        key: facts.key,
        generation: facts.generation,
        pile: facts.pile,
        pile_end: facts.pile_end,
        fingerprint: facts.fingerprint,
        pieces: pieces.map(Piece::of),
    })?;
    let length = pieces.iter().map(|piece| piece.len()).sum::<usize>();
    let mut all = Vec::with_capacity(PREFIX + head.len() + length);
    all.extend_from_slice(MAGIC);
    all.extend_from_slice(&u32::try_from(head.len()).unwrap_or(u32::MAX).to_le_bytes());
    all.extend_from_slice(&crc32fast::hash(&head).to_le_bytes());
    all.extend_from_slice(&head);
    pieces.iter().for_each(|piece| all.extend_from_slice(piece));
    Ok(all)
}
