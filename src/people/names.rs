//! From what somebody is called to their note: links and names typed on the command line.
//!
//! Invariant: resolving a link never walks all notes; only a prefix typed by a person does. The table is sorted, so
//! that one made today and one read from a cache are the same value.

use crate::note::path::NotePath;
use crate::text::fingerprint::hash;
use crate::text::fold::{fold, nfc};
use serde::{Deserialize, Serialize};

/// The number of a note in its [`Book`](crate::people::book::Book).
pub type NoteNumber = usize;

/// How a name belongs to a note, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
enum Tier {
    Path,
    PathEnd,
    Stem,
    Name,
    Alias,
}

/// A piece of the text of all names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    // Of the folded name.
    hash: u64,
    note: u32,
    tier: Tier,
    folded: Piece,
    // Composed, as written; differs from the folded name where case or accents do.
    exact: Piece,
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

/// All names of all notes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names {
    text: String,
    // By hash, then in the order in which they were added.
    entries: Vec<Entry>,
}

/// Names being gathered.
#[derive(Debug, Default)]
pub struct NamesBuilder {
    names: Names,
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
        let slashes = |piece| {
            self.names.at(piece).match_indices('/').map(|(at, _)| at + 1).collect::<Vec<_>>()
        };
        let (exact_ends, folded_ends) = (slashes(exact), slashes(folded));
        if exact_ends.len() != folded_ends.len() {
            return;
        }
        let ends = exact_ends.into_iter().zip(folded_ends).collect::<Vec<_>>();
        for (at, (start, folded_start)) in ends.iter().enumerate() {
            let tier = if at + 1 < ends.len() { Tier::PathEnd } else { Tier::Stem };
            self.push(note, tier, exact.after(*start), folded.after(*folded_start));
        }
        if ends.is_empty() {
            self.push(note, Tier::Stem, exact, folded);
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
        match (place(self.names.text.len() + text.len()), place(self.names.text.len())) {
            (Some(_), Some(start)) => {
                self.names.text.push_str(text);
                Piece { start, length: place(text.len()).unwrap_or(0) }
            }
            _ => Piece { start: 0, length: 0 },
        }
    }

    fn push(&mut self, note: NoteNumber, tier: Tier, exact: Piece, folded: Piece) {
        let name = self.names.at(folded);
        if let (false, Ok(note)) = (name.is_empty(), u32::try_from(note)) {
            let hash = hash(&[name]);
            self.names.entries.push(Entry { hash, note, tier, folded, exact });
        }
    }

    /// The table.
    pub fn finish(mut self) -> Names {
        self.names.entries.sort_by_key(|entry| entry.hash);
        self.names
    }
}

impl Names {
    fn at(&self, piece: Piece) -> &str {
        let start = piece.start as usize;
        self.text.get(start..start + piece.length as usize).unwrap_or("")
    }

    fn called(&self, folded: &str) -> impl Iterator<Item = &Entry> + Clone {
        let hash = hash(&[folded]);
        let start = self.entries.partition_point(|entry| entry.hash < hash);
        let rest = self.entries.get(start..).unwrap_or(&[]);
        let same = rest.iter().take_while(|entry| entry.hash == hash).count();
        rest.iter().take(same).filter(move |entry| self.at(entry.folded) == folded)
    }

    /// The note that `name` means: exact text beats folded text; among equals a whole path beats the end of a path,
    /// that a file stem, that a name, that an alias. `.md` at the end does not count.
    pub fn resolve(&self, name: &str) -> Resolution {
        // `../people/ana.md` is how some editors write the way from one folder to another.
        let rest = name.trim().trim_start_matches("../").trim_start_matches("./");
        let name = nfc(rest.trim_start_matches('/'));
        let name = name.strip_suffix(".md").unwrap_or(&name);
        let folded = fold(name);
        let entries = self.called(&folded);
        match strongest(entries.clone().filter(|entry| self.at(entry.exact) == name)) {
            Resolution::Nobody => strongest(entries),
            found => found,
        }
    }

    /// The notes with a name, alias or file stem that starts with `text`, or each of whose words starts one of its
    /// words in order (`jo fa` finds João Faria), in path order. Folded.
    pub fn starting_with(&self, text: &str) -> Vec<NoteNumber> {
        let folded = fold(text);
        let words = folded.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>();
        if words.is_empty() {
            return Vec::new();
        }
        let named = self.entries.iter().filter(|entry| entry.tier >= Tier::Stem);
        let matching = named.filter(|entry| words_start(self.at(entry.folded), &words));
        let mut notes = matching.map(|entry| entry.note as usize).collect::<Vec<_>>();
        notes.sort_unstable();
        notes.dedup();
        notes
    }

    /// Names and aliases as written, each with its note, in no order.
    pub fn written_with_notes(&self) -> impl Iterator<Item = (NoteNumber, &str)> {
        let entries = self.entries.iter().filter(|entry| entry.tier >= Tier::Name);
        entries.map(|entry| (entry.note as usize, self.at(entry.exact)))
    }

    /// Names and aliases as written, of the notes that `wanted` takes.
    pub fn written(&self, wanted: impl Fn(NoteNumber) -> bool) -> impl Iterator<Item = &str> {
        let entries = self.entries.iter().filter(|entry| entry.tier >= Tier::Name);
        let wanted = entries.filter(move |entry| wanted(entry.note as usize));
        wanted.map(|entry| self.at(entry.exact))
    }
}

fn words_start(name: &str, words: &[&str]) -> bool {
    let mut parts = name.split([' ', '-', '_']);
    words.iter().all(|word| parts.any(|part| part.starts_with(word)))
}

fn strongest<'a>(entries: impl Iterator<Item = &'a Entry> + Clone) -> Resolution {
    let Some(tier) = entries.clone().map(|entry| entry.tier).min() else {
        return Resolution::Nobody;
    };
    let strongest = entries.filter(|entry| entry.tier == tier);
    let mut notes = strongest.map(|entry| entry.note as usize).collect::<Vec<_>>();
    notes.sort_unstable();
    notes.dedup();
    several(notes)
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
