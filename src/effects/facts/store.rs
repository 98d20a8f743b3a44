//! The file `facts`: written as a whole, replaced by a rename, read in pieces.
//!
//! Always true here: what is read is what was written, or it is not read at all: every piece has a checksum, the first
//! lines say which program, under which settings, wrote it, and whatever a piece says of other pieces is there. All of
//! that is found out before anything is answered; the long pieces are looked through then, and read where they lie.

use crate::effects::facts::known::KnownFiles;
use crate::effects::facts::piece::{Piece, StoredPiece};
use crate::effects::facts::pile::read_at;
use crate::effects::vault::open::open_without_waiting;
use crate::effects::vault::walk::AlikeCopy;
use crate::people::brief::Brief;
use crate::people::briefs::{Briefs, StoredBriefs};
use crate::people::bytes::Bytes;
use crate::people::outline::{Outline, OutlineBuilder, Tables};
use crate::people::packed::Packed;
use crate::people::vocabulary::Vocabulary;
use crate::text::diagnostic::Finding;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// Who wrote the file: read before anything else, so that another version is told from a damaged file.
const MAGIC: &[u8; 8] = b"ties f06";
/// Magic, the length and the checksum of what the file says of itself.
const PREFIX: usize = 16;
/// That is never longer.
const CONTENTS_LIMIT: usize = 4096;

/// Who wrote the file, and what it belongs to.
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
}

/// What the file says of itself.
#[derive(Debug, Serialize, Deserialize)]
struct Contents {
    head: Head,
    pieces: [Piece; PIECES],
}

/// Paths, what is known of the files, what is odd about some, the outline, its digests and where each ends, and its
/// nine tables, in this order. A path holds no control character, so the paths are lines.
const PIECES: usize = 15;

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

/// What is odd about some files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Oddities {
    /// Copies of notes, told by their texts.
    pub copies: Vec<AlikeCopy>,
    /// What was odd about the bytes of notes, each with its note, ascending.
    pub findings: Vec<(u32, Finding)>,
}

impl Oddities {
    /// What was odd about the bytes of one note.
    pub fn of(&self, note: usize) -> Option<&Finding> {
        let found = self.findings.binary_search_by(|(number, _)| (*number as usize).cmp(&note));
        self.findings.get(found.ok()?).map(|(_, finding)| finding)
    }
}

/// The facts of a vault.
#[derive(Debug)]
pub struct Stored {
    /// The paths of all notes, a line each.
    pub paths: String,
    /// For each note what is known of its file.
    pub known: KnownFiles,
    /// What is odd about some files.
    pub odd: Oddities,
    /// All notes in short; of facts that were read, without the paths.
    pub outline: Outline,
}

impl Stored {
    /// The facts of no note.
    pub fn nothing(vocabulary: &Vocabulary) -> Stored {
        Stored {
            paths: String::new(),
            known: KnownFiles::default(),
            odd: Oddities::default(),
            outline: OutlineBuilder::new(vocabulary).finish(
                Vec::new(),
                Briefs::from(Vec::new()),
                None,
            ),
        }
    }
}

/// The facts in the file at `path`, made with `key`.
pub fn load(path: &Path, key: u64) -> Result<(Head, Stored), Missing> {
    let file = match open_without_waiting(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(Missing::Absent),
        Err(_) => return Err(Missing::Damaged),
    };
    let (Contents { head, pieces }, start) = contents(&file)?;
    if head.key != key {
        return Err(Missing::Foreign);
    }
    Ok((head, stored(file, pieces, start)?))
}

fn stored(file: File, pieces: [Piece; PIECES], mut start: u64) -> Result<Stored, Missing> {
    let length = pieces.iter().map(|piece| piece.length).fold(start, u64::saturating_add);
    // What a damaged head promises must not be believed before the file is known to be as long.
    if file.metadata().map_or(0, |metadata| metadata.len()) < length {
        return Err(Missing::Damaged);
    }
    let file = Arc::new(file);
    let pieces = pieces.map(|piece| {
        let stored = StoredPiece { file: Arc::clone(&file), piece, start };
        start += piece.length;
        stored
    });
    let [
        paths,
        known,
        odd,
        outline,
        briefs,
        brief_ends,
        names_text,
        names,
        touches,
        touch_ends,
        reaches,
        ties,
        tie_ends,
        promises,
        promised,
    ] = pieces;
    let tables = Tables {
        names_text: bytes_of(names_text)?,
        names: bytes_of(names)?,
        touches: bytes_of(touches)?,
        touch_ends: bytes_of(touch_ends)?,
        reaches: bytes_of(reaches)?,
        ties: bytes_of(ties)?,
        tie_ends: bytes_of(tie_ends)?,
        promises: bytes_of(promises)?,
        promised: bytes_of(promised)?,
    };
    let outline: Outline = unpacked(&read(&outline)?)?;
    let (bytes, ends) = (bytes_of(briefs)?, Packed::from_bytes(bytes_of(brief_ends)?));
    let briefs = StoredBriefs { bytes, ends, unpack: unpacked_brief };
    let stored = Stored {
        paths: String::from_utf8(read(&paths)?).map_err(|_| Missing::Damaged)?,
        known: KnownFiles::from_bytes(read(&known)?),
        odd: unpacked(&read(&odd)?)?,
        outline: outline.with_tables(tables, briefs).ok_or(Missing::Damaged)?,
    };
    let notes = stored.outline.kinds.len();
    let is_whole = stored.known.len() == notes && lines(&stored.paths) == notes;
    is_whole.then_some(stored).ok_or(Missing::Damaged)
}

/// How many lines there are; counting the ends of lines is far quicker than cutting them.
fn lines(text: &str) -> usize {
    let is_open = !text.is_empty() && !text.ends_with('\n');
    text.bytes().filter(|byte| *byte == b'\n').count() + usize::from(is_open)
}

fn read(piece: &StoredPiece) -> Result<Vec<u8>, Missing> {
    piece.read().ok_or(Missing::Damaged)
}

fn bytes_of(piece: StoredPiece) -> Result<Bytes, Missing> {
    piece.into_bytes().ok_or(Missing::Damaged)
}

fn unpacked<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Missing> {
    postcard::from_bytes(bytes).map_err(|_| Missing::Damaged)
}

/// The generation of the facts in the file at `path`; `None` where there are none.
pub fn generation(path: &Path) -> Option<u64> {
    let contents = contents(&open_without_waiting(path).ok()?);
    contents.ok().map(|(contents, _)| contents.head.generation)
}

fn contents(file: &File) -> Result<(Contents, u64), Missing> {
    let mut prefix = [0; PREFIX];
    read_at(file, &mut prefix, 0).map_err(|_| Missing::Damaged)?;
    let number = |at: usize| prefix.get(at..at + 4).and_then(|four| four.try_into().ok());
    let number = |at| number(at).map_or(0, u32::from_le_bytes);
    if !prefix.starts_with(MAGIC) {
        let ours = prefix.starts_with(b"ties f");
        return Err(if ours { Missing::Foreign } else { Missing::Damaged });
    }
    let length = number(8) as usize;
    if length > CONTENTS_LIMIT {
        return Err(Missing::Damaged);
    }
    let mut bytes = vec![0; length];
    read_at(file, &mut bytes, PREFIX as u64).map_err(|_| Missing::Damaged)?;
    if crc32fast::hash(&bytes) != number(12) {
        return Err(Missing::Damaged);
    }
    Ok((unpacked(&bytes)?, (PREFIX + length) as u64))
}

/// The bytes of a file of facts, piece by piece.
pub type Pieces<'a> = Vec<Cow<'a, [u8]>>;

/// The file of the facts that `head` belongs to.
pub fn pieces<'a>(head: Head, facts: &'a Stored) -> Result<Pieces<'a>, postcard::Error> {
    let outline = &facts.outline;
    let (briefs, brief_ends) = stored_briefs(&outline.briefs)?;
    let tables = outline.tables();
    let pieces: [Cow<'_, [u8]>; PIECES] = [
        facts.paths.as_bytes().into(),
        facts.known.bytes().into(),
        postcard::to_stdvec(&facts.odd)?.into(),
        postcard::to_stdvec(outline)?.into(),
        briefs.into(),
        brief_ends.bytes().to_vec().into(),
        tables.names_text.into(),
        tables.names.into(),
        tables.touches.into(),
        tables.touch_ends.into(),
        tables.reaches.into(),
        tables.ties.into(),
        tables.tie_ends.into(),
        tables.promises.into(),
        tables.promised.into(),
    ];
    with_contents(head, pieces)
}

/// `pieces` after what a file of them says of itself.
fn with_contents(
    head: Head,
    pieces: [Cow<'_, [u8]>; PIECES],
) -> Result<Pieces<'_>, postcard::Error> {
    let contents = Contents { head, pieces: pieces.each_ref().map(|piece| Piece::of(piece)) };
    let contents = postcard::to_stdvec(&contents)?;
    let mut first = MAGIC.to_vec();
    first.extend_from_slice(&u32::try_from(contents.len()).unwrap_or(u32::MAX).to_le_bytes());
    first.extend_from_slice(&crc32fast::hash(&contents).to_le_bytes());
    first.extend_from_slice(&contents);
    Ok(std::iter::once(Cow::from(first)).chain(pieces).collect())
}

/// What is stored as `brief`.
pub fn unpacked_brief(brief: &[u8]) -> Option<Brief> {
    postcard::from_bytes(brief).ok()
}

fn stored_briefs(briefs: &Briefs) -> Result<(Vec<u8>, Packed<1>), postcard::Error> {
    let (mut bytes, mut ends) = (Vec::new(), Packed::default());
    for place in 0..briefs.len() {
        match briefs.as_stored(place) {
            Some(stored) => bytes.extend_from_slice(&stored),
            None => bytes = postcard::to_extend(briefs.of(place), bytes)?,
        }
        ends.push([u32::try_from(bytes.len()).unwrap_or(u32::MAX)]);
    }
    Ok((bytes, ends))
}

#[cfg(test)]
mod tests {
    use crate::effects::facts::pile::Pile;
    use crate::effects::facts::shelf::Shelf;
    use crate::effects::facts::store::{Head, Stored, lines, load, pieces, with_contents};
    use crate::note::path::NotePath;
    use crate::people::book::Book;
    use crate::people::decode::decode;
    use crate::people::outline::Outline;
    use crate::people::touch::ContactId;
    use crate::people::vocabulary::Vocabulary;
    use std::borrow::Cow;
    use std::path::{Path, PathBuf};
    use std::sync::Arc;

    const HEAD: Head = Head { key: 1, generation: 2, pile: 3, pile_end: 4, fingerprint: 5 };

    const NOTES: [(&str, &str); 3] = [
        (
            "journal/2026-11-20.md",
            "---\npeople: [Bo]\n---\n## Met\n- met [[Ana]] and [[Bo]]\n- [ ] ask [[Ana]]\n",
        ),
        (
            "people/ana.md",
            "---\nname: Ana\nsister: \"[[Bo]]\"\nbirthday: often\n---\n## Log\n- 2026-01-02 call [[Bo]]: of it\n",
        ),
        ("people/bo.md", "---\nname: Bo\nnickname: B\n---\n- [ ] send the letter\n"),
    ];

    fn facts() -> Stored {
        facts_of(NOTES.map(|(path, text)| (path.to_owned(), text.to_owned())).to_vec())
    }

    fn facts_of(mut texts: Vec<(String, String)>) -> Stored {
        texts.sort();
        let vocabulary = Vocabulary::default();
        let note = |(path, text): &(String, String)| {
            decode(&NotePath::new(path).unwrap(), text, &vocabulary)
        };
        let notes = texts.iter().map(note).collect();
        let outline = Book::new(notes, &vocabulary, Some("Ana")).outline().clone();
        let mut facts = Stored { outline, ..Stored::nothing(&vocabulary) };
        texts.iter().for_each(|_| facts.known.push([7; 19]));
        facts.paths = texts.into_iter().map(|(path, _)| path).collect::<Vec<_>>().join("\n");
        facts
    }

    /// Facts that are long enough to be read in parts.
    fn many_facts() -> Stored {
        let note = |number: u32| {
            let (next, other) = ((number + 1) % 500, (number + 7) % 500);
            let text = format!(
                "---\nname: Person {number}\nsister: \"[[Person {next}]] (2015-2019)\"\n---\n- [ ] write to them\n\n## Log\n- 2026-01-02 call [[Person {other}]]: of it\n- 2026-01-01 met\n"
            );
            (format!("people/p{number}.md"), text)
        };
        facts_of((0..500).map(note).collect())
    }

    fn loaded(place: &Path, pieces: &[Cow<'_, [u8]>]) -> Option<Stored> {
        std::fs::write(place, pieces.concat()).unwrap();
        load(place, HEAD.key).ok().map(|(_, stored)| stored)
    }

    /// Asks whatever has a place of something else in it.
    fn ask(stored: Stored) {
        let Stored { mut outline, known, odd, .. } = stored;
        outline.paths = NOTES.map(|(path, _)| NotePath::new(path).unwrap()).to_vec();
        let (root, vocabulary) = (PathBuf::from("nowhere"), Arc::new(Vocabulary::default()));
        let book =
            Book::open(outline, Arc::new(Shelf { root, vocabulary, known, pile: Pile::default() }));
        for (id, _) in book.everyone() {
            book.touches(id).for_each(|touch| drop(book.interaction(&touch).0.to_string()));
            book.ties(id).for_each(|tie| drop(book.contact(tie.other).name.clone()));
            drop(book.identity(id));
        }
        book.promises().for_each(|of| drop((of.promise().clone(), of.people.to_vec())));
        book.promises().flat_map(|of| of.people).for_each(|id| drop(book.brief(*id).clone()));
        book.findings().for_each(drop);
        book.me().into_iter().for_each(|me| drop(book.contact(me).name.clone()));
        ["Ana", "b", "journal/2026-11-20"].iter().for_each(|name| drop(book.find(name)));
        (0..4).for_each(|note| drop(odd.of(note).cloned()));
    }

    #[test]
    fn what_is_read_in_parts_is_what_was_stored() {
        let folder = tempfile::tempdir().unwrap();
        let facts = many_facts();
        let here = &facts.outline;
        let pieces = pieces(HEAD, &facts).unwrap();
        for asked in (0u32..500).step_by(29).map(ContactId) {
            let stored = loaded(&folder.path().join("facts"), &pieces).unwrap();
            let away = &stored.outline;
            let name = format!("Person {}", asked.number());
            assert_eq!(away.names().resolve(&name), here.names().resolve(&name));
            assert_eq!(away.linked("Nobody"), None);
            let touches = |outline: &Outline| outline.touches(asked).collect::<Vec<_>>();
            assert_eq!((touches(away), touches(away).len()), (touches(here), 3));
            let ties = |outline: &Outline| outline.ties(asked).collect::<Vec<_>>();
            assert_eq!((ties(away), ties(away).len()), (ties(here), 2));
            assert_eq!(away.briefs.of(asked.number()), here.briefs.of(asked.number()));
            assert_eq!(away.promises, here.promises);
            assert!(away.fetch());
        }
    }

    #[test]
    fn facts_that_are_changed_while_they_are_asked_are_not_stored_again() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("facts");
        let stored = loaded(&place, &pieces(HEAD, &many_facts()).unwrap()).unwrap();
        let length = std::fs::metadata(&place).unwrap().len() as usize;
        std::fs::write(&place, vec![0; length]).unwrap();
        assert!(!stored.outline.fetch());
    }

    #[test]
    fn lines_are_counted_as_they_are_cut() {
        for text in ["", "a", "a\n", "a\nb", "\n", "a\n\n"] {
            assert_eq!(lines(text), text.lines().count(), "{text:?}");
        }
    }

    #[test]
    fn facts_come_back_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        let facts = facts();
        let stored = loaded(&folder.path().join("facts"), &pieces(HEAD, &facts).unwrap()).unwrap();
        assert_eq!(stored.outline.briefs, facts.outline.briefs);
        assert_eq!(stored.outline.tables(), facts.outline.tables());
        assert_eq!((&stored.paths, &stored.known), (&facts.paths, &facts.known));
    }

    #[test]
    fn facts_whose_checksums_are_right_and_whose_numbers_are_not_are_no_trouble() {
        let folder = tempfile::tempdir().unwrap();
        let facts = facts();
        let whole = pieces(HEAD, &facts).unwrap();
        let (mut refused, mut taken) = (0, 0);
        for (at, piece) in whole.iter().skip(1).enumerate() {
            for place in 0..piece.len() {
                for byte in [1, 0xff] {
                    let mut forged = whole.iter().skip(1).cloned().collect::<Vec<_>>();
                    forged[at].to_mut()[place] = byte;
                    let forged = with_contents(HEAD, forged.try_into().unwrap()).unwrap();
                    match loaded(&folder.path().join("facts"), &forged) {
                        Some(stored) => {
                            taken += 1;
                            ask(stored);
                        }
                        None => refused += 1,
                    }
                }
            }
        }
        assert!(refused > 100 && taken > 100, "{refused} {taken}");
    }
}
