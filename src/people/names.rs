//! From what somebody is called to their note: links and names typed on the command line.
//!
//! Invariant: resolving a link never walks all notes; only a prefix typed by a person does. The table is sorted, so
//! that one made today and one read from a cache are the same value.

use crate::note::path::NotePath;
use crate::people::bytes::Bytes;
use crate::people::packed::Packed;
use crate::text::fingerprint::hash;
use crate::text::fold::{fold, nfc};
use std::borrow::Cow;

/// The number of a note in its [`Book`](crate::people::book::Book).
pub type NoteNumber = usize;

/// How a name belongs to a note, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Tier {
    Path,
    PathEnd,
    Stem,
    Name,
    Alias,
}

/// A piece of the text of all names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    start: u32,
    length: u32,
}

impl Piece {
    /// Without the first `bytes`.
    fn after(self, bytes: usize) -> Piece {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX).min(self.length);
        Piece { start: self.start + bytes, length: self.length - bytes }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    // Of the folded name.
    hash: u64,
    note: u32,
    tier: Tier,
    folded: Piece,
    // Composed, as written; differs from the folded name where case or accents do.
    exact: Piece,
}

impl Entry {
    fn stored(&self) -> [u32; 8] {
        let tier = match self.tier {
            Tier::Path => 0,
            Tier::PathEnd => 1,
            Tier::Stem => 2,
            Tier::Name => 3,
            Tier::Alias => 4,
        };
        let [low, high] = [self.hash as u32, (self.hash >> 32) as u32];
        let (folded, exact) = (self.folded, self.exact);
        [low, high, self.note, tier, folded.start, folded.length, exact.start, exact.length]
    }

    fn from_stored(numbers: [u32; 8]) -> Entry {
        let [low, high, note, tier, folded, folded_length, exact, exact_length] = numbers;
        let tier = match tier {
            0 => Tier::Path,
            1 => Tier::PathEnd,
            2 => Tier::Stem,
            3 => Tier::Name,
            _ => Tier::Alias,
        };
        let hash = u64::from(high) << 32 | u64::from(low);
        let folded = Piece { start: folded, length: folded_length };
        let exact = Piece { start: exact, length: exact_length };
        Entry { hash, note, tier, folded, exact }
    }
}

/// What a name leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// Nothing.
    Nobody,
    /// One note.
    One(NoteNumber),
    /// Several notes that are called so with the same right, in path order.
    Several(Vec<NoteNumber>),
}

/// A link without the way at its start: `../people/ana.md` is how some editors write the way from one folder to another.
pub fn without_way(link: &str) -> &str {
    let mut rest = link;
    while let Some(shorter) = rest.strip_prefix("../").or_else(|| rest.strip_prefix("./")) {
        rest = shorter;
    }
    rest.trim_start_matches('/')
}

/// All names of all notes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    // UTF-8, which is asked about when a name is looked at: reading the table from a cache must cost no more than copying.
    text: Bytes,
    // By hash, then in the order in which they were added.
    entries: Packed<8>,
}

/// Names being gathered.
#[derive(Debug, Default)]
pub struct NamesBuilder {
    text: String,
    entries: Vec<Entry>,
}

impl NamesBuilder {
    /// Adds a note by its path and file stem.
    pub fn add_path(&mut self, note: NoteNumber, path: &NotePath) {
        let whole = path.without_extension();
        let folded = fold(whole);
        let (exact, folded) = self.pieces(&nfc(whole), &folded);
        self.push(note, Tier::Path, exact, folded);
        self.add_ends(note, exact, folded);
    }

    /// Folding goes letter by letter, so the folded end of a path is the end of the folded path; but for the few
    /// signs whose folded form holds a `/` itself (`℅`): a note with one is found by its whole path and its name.
    fn add_ends(&mut self, note: NoteNumber, exact: Piece, folded: Piece) {
        let count = slashes(self.at(exact)).count();
        if slashes(self.at(folded)).count() != count {
            return;
        }
        if count == 0 {
            self.push(note, Tier::Stem, exact, folded);
        }
        let (mut exact_end, mut folded_end) = (exact, folded);
        for left in (0..count).rev() {
            exact_end = exact_end.after(next_end(self.at(exact_end)));
            folded_end = folded_end.after(next_end(self.at(folded_end)));
            let tier = if left > 0 { Tier::PathEnd } else { Tier::Stem };
            self.push(note, tier, exact_end, folded_end);
        }
    }

    /// Adds a note that only its whole path names.
    pub fn add_whole_path(&mut self, note: NoteNumber, path: &NotePath) {
        self.add(note, Tier::Path, path.without_extension());
    }

    /// Adds the name of a note.
    pub fn add_name(&mut self, note: NoteNumber, name: &str) {
        self.add(note, Tier::Name, name);
    }

    /// Adds another name of a note.
    pub fn add_alias(&mut self, note: NoteNumber, alias: &str) {
        self.add(note, Tier::Alias, alias);
    }

    fn add(&mut self, note: NoteNumber, tier: Tier, name: &str) {
        let (exact, folded) = self.pieces(&nfc(name.trim()), &fold(name));
        self.push(note, tier, exact, folded);
    }

    fn pieces(&mut self, exact: &str, folded: &str) -> (Piece, Piece) {
        let first = self.piece(exact);
        (first, if exact == folded { first } else { self.piece(folded) })
    }

    fn piece(&mut self, text: &str) -> Piece {
        // A table of more than 4 GiB keeps the names that fit.
        let place = |bytes: usize| u32::try_from(bytes).ok();
        match (place(self.text.len() + text.len()), place(self.text.len())) {
            (Some(_), Some(start)) => {
                self.text.push_str(text);
                Piece { start, length: place(text.len()).unwrap_or(0) }
            }
            _ => Piece { start: 0, length: 0 },
        }
    }

    fn push(&mut self, note: NoteNumber, tier: Tier, exact: Piece, folded: Piece) {
        let name = self.at(folded);
        if let (false, Ok(note)) = (name.is_empty(), u32::try_from(note)) {
            let hash = hash(&[name]);
            self.entries.push(Entry { hash, note, tier, folded, exact });
        }
    }

    fn at(&self, piece: Piece) -> &str {
        let start = piece.start as usize;
        self.text.get(start..start + piece.length as usize).unwrap_or("")
    }

    /// The table.
    pub fn finish(self) -> Names {
        // Sorting hashes with places moves less than sorting the entries, and keeps equal ones in order as well.
        let order = (0u32..).zip(&self.entries).map(|(at, entry)| (entry.hash, at));
        let mut order = order.collect::<Vec<_>>();
        order.sort_unstable();
        let entries = order.iter().filter_map(|(_, at)| self.entries.get(*at as usize));
        Names {
            text: self.text.into_bytes().into(),
            entries: Packed::of(entries.map(Entry::stored)),
        }
    }
}

impl Names {
    /// The names of all notes but `notes`, to which others can be added.
    pub fn without(&self, notes: &[NoteNumber]) -> NamesBuilder {
        let is_left = |entry: &Entry| !notes.contains(&(entry.note as usize));
        let text = String::from_utf8_lossy(self.text.all()).into_owned();
        NamesBuilder { text, entries: self.entries().filter(is_left).collect() }
    }

    /// The text of all names, and the table of who is called so.
    pub fn parts(&self) -> (&[u8], &[u8]) {
        (self.text.all(), self.entries.bytes())
    }

    /// The names of [`parts`](Names::parts).
    pub fn from_parts(text: Bytes, entries: Bytes) -> Names {
        Names { text, entries: Packed::from_bytes(entries) }
    }

    /// Whether each is the name of one of the first `notes` notes.
    pub fn are_within(&self, notes: usize) -> bool {
        self.entries.is_column(2, |note| (note as usize) < notes) && self.text.scan(&mut |_| ())
    }

    /// Whether all are here, or can be brought here now.
    pub fn fetch(&self) -> bool {
        self.text.fetch() && self.entries.fetch()
    }

    fn at(&self, piece: Piece) -> &str {
        let start = piece.start as usize;
        let bytes = self.text.all().get(start..start + piece.length as usize);
        std::str::from_utf8(bytes.unwrap_or_default()).unwrap_or_default()
    }

    /// The same for one name of many, of a text that need not be here.
    fn read_at(&self, piece: Piece) -> Cow<'_, [u8]> {
        let start = piece.start as usize;
        self.text.part(start, start + piece.length as usize)
    }

    fn entries(&self) -> impl Iterator<Item = Entry> {
        self.entries.rows(0, self.entries.len()).map(Entry::from_stored)
    }

    fn called<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = Entry> + 'a {
        let hash = hash(&[folded]);
        let hash_of = |low: u32, high: u32| u64::from(high) << 32 | u64::from(low);
        let start = self.entries.partition_point(|[low, high]| hash_of(low, high) < hash);
        // One by one: mostly it is one, and a row may have to be read.
        let rest = (start..).map_while(|at| self.entries.get(at)).map(Entry::from_stored);
        let same = rest.take_while(move |entry| entry.hash == hash);
        same.filter(move |entry| *self.read_at(entry.folded) == *folded.as_bytes())
    }

    /// The note that `name` means: exact text beats folded text; among equals a whole path beats the end of a path,
    /// that a file stem, that a name, that an alias. `.md` at the end does not count.
    pub fn resolve(&self, name: &str) -> Resolution {
        let name = nfc(without_way(name.trim()));
        let name = name.strip_suffix(".md").unwrap_or(&name);
        let folded = fold(name);
        let (mut strongest, mut notes) = (None, Vec::new());
        for entry in self.called(&folded) {
            let right = (*self.read_at(entry.exact) != *name.as_bytes(), entry.tier);
            if strongest.is_none_or(|strongest| right < strongest) {
                strongest = Some(right);
                notes.clear();
            }
            if strongest == Some(right) {
                notes.push(entry.note as usize);
            }
        }
        notes.sort_unstable();
        notes.dedup();
        several(notes)
    }

    /// The notes with a name, alias or file stem that starts with `text`, or each of whose words starts one of its
    /// words in order (`jo fa` finds João Faria), in path order. Folded.
    pub fn starting_with(&self, text: &str) -> Vec<NoteNumber> {
        let folded = fold(text);
        let words = folded.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>();
        if words.is_empty() {
            return Vec::new();
        }
        let named = self.entries().filter(|entry| entry.tier >= Tier::Stem);
        let matching = named.filter(|entry| words_start(self.at(entry.folded), &words));
        let mut notes = matching.map(|entry| entry.note as usize).collect::<Vec<_>>();
        notes.sort_unstable();
        notes.dedup();
        notes
    }

    /// Names and aliases as written, each with its note, in no order.
    pub fn written_with_notes(&self) -> impl Iterator<Item = (NoteNumber, &str)> {
        let entries = self.entries().filter(|entry| entry.tier >= Tier::Name);
        entries.map(move |entry| (entry.note as usize, self.at(entry.exact)))
    }

    /// Names and aliases folded, each with its note and whether it is the name, in no order.
    pub fn folded_with_notes(&self) -> impl Iterator<Item = (NoteNumber, &str, bool)> {
        let entries = self.entries().filter(|entry| entry.tier >= Tier::Name);
        entries.map(move |entry| {
            (entry.note as usize, self.at(entry.folded), entry.tier == Tier::Name)
        })
    }

    /// Names and aliases as written, of the notes that `wanted` takes.
    pub fn written(&self, wanted: impl Fn(NoteNumber) -> bool) -> impl Iterator<Item = &str> {
        let entries = self.entries().filter(|entry| entry.tier >= Tier::Name);
        let wanted = entries.filter(move |entry| wanted(entry.note as usize));
        wanted.map(move |entry| self.at(entry.exact))
    }
}

fn slashes(path: &str) -> impl Iterator<Item = usize> {
    path.bytes().enumerate().filter(|(_, byte)| *byte == b'/').map(|(at, _)| at)
}

/// Where what comes after the first folder of `path` begins.
fn next_end(path: &str) -> usize {
    slashes(path).next().map_or(0, |at| at + 1)
}

fn words_start(name: &str, words: &[&str]) -> bool {
    let mut parts = name.split([' ', '-', '_']);
    words.iter().all(|word| parts.any(|part| part.starts_with(word)))
}

fn several(notes: Vec<NoteNumber>) -> Resolution {
    match notes.as_slice() {
        [] => Resolution::Nobody,
        [one] => Resolution::One(*one),
        _ => Resolution::Several(notes),
    }
}

#[cfg(test)]
mod tests {
    use crate::note::path::NotePath;
    use crate::people::names::{Names, NamesBuilder, Resolution};

    const NOTES: &[(&str, &str, &[&str])] = &[
        ("people/ana-lima.md", "Ana Lima", &["Aninhas"]),
        ("people/ana-sousa.md", "Ana Sousa", &[]),
        ("people/family/mae.md", "Mãe", &["Maria"]),
        ("people/maria.md", "Maria Silva", &[]),
        ("people/work/ana-lima.md", "Ana Lima Costa", &[]),
        ("projects/kiln.md", "Kiln", &[]),
    ];

    fn names() -> Names {
        let mut names = NamesBuilder::default();
        for (number, (path, name, aliases)) in NOTES.iter().enumerate() {
            names.add_path(number, &NotePath::new(path).unwrap());
            names.add_name(number, name);
            aliases.iter().for_each(|alias| names.add_alias(number, alias));
        }
        names.finish()
    }

    fn check(name: &str, expected: &[&str]) {
        let found = match names().resolve(name) {
            Resolution::Nobody => Vec::new(),
            Resolution::One(note) => vec![note],
            Resolution::Several(notes) => notes,
        };
        assert_eq!(found.iter().map(|note| NOTES[*note].0).collect::<Vec<_>>(), expected, "{name}");
    }

    #[test]
    fn links_resolve_by_path_stem_name_and_alias() {
        check("people/ana-lima", &["people/ana-lima.md"]);
        check("people/ana-lima.md", &["people/ana-lima.md"]);
        check("work/ana-lima", &["people/work/ana-lima.md"]);
        check("ana-lima", &["people/ana-lima.md", "people/work/ana-lima.md"]);
        check("Ana Lima", &["people/ana-lima.md"]);
        check("aninhas", &["people/ana-lima.md"]);
        check("MAE", &["people/family/mae.md"]);
        check("Kiln", &["projects/kiln.md"]);
        check("nobody", &[]);
        check("", &[]);
    }

    #[test]
    fn the_way_to_a_note_is_no_part_of_its_name() {
        for way in ["../", "./", "./../", ".././", "../../", "/", "./../../"] {
            assert_eq!(
                names().resolve(&format!("{way}people/maria.md")),
                names().resolve("people/maria")
            );
        }
        assert_ne!(names().resolve("people/maria"), Resolution::Nobody);
    }

    #[test]
    fn a_note_that_is_called_otherwise_is_found_by_its_new_names_only() {
        let names = names();
        let mut renamed = names.without(&[0]);
        renamed.add_path(0, &NotePath::new("people/ana-costa.md").unwrap());
        renamed.add_name(0, "Ana Costa");
        let renamed = renamed.finish();
        assert_eq!(renamed.resolve("Ana Lima"), Resolution::Nobody);
        assert_eq!(renamed.resolve("ana costa"), Resolution::One(0));
        assert_eq!(renamed.resolve("ana-lima"), Resolution::One(4));
        assert_eq!(renamed.resolve("maria"), names.resolve("maria"));
    }

    #[test]
    fn exact_text_beats_folded_text() {
        check("Maria", &["people/family/mae.md"]);
        check("maria", &["people/maria.md"]);
    }

    #[test]
    fn prefixes_of_words_find_people() {
        let found = |text: &str| {
            names().starting_with(text).iter().map(|note| NOTES[*note].1).collect::<Vec<_>>()
        };
        assert_eq!(found("an so"), ["Ana Sousa"]);
        assert_eq!(found("sou"), ["Ana Sousa"]);
        assert_eq!(found("ma"), ["Mãe", "Maria Silva"]);
        assert_eq!(found(" "), Vec::<&str>::new());
    }
}
