//! From what somebody is called to their note: links and names typed on the command line.
//!
//! Invariant: resolving a link never walks all notes; only a prefix typed by a person does.

use crate::note::path::NotePath;
use crate::text::fold::{fold, nfc};
use std::collections::HashMap;

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

#[derive(Debug, Clone)]
struct Entry {
    note: NoteNumber,
    tier: Tier,
    // Composed, as written; differs from the folded key where case or accents do.
    exact: Box<str>,
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
#[derive(Debug, Clone, Default)]
pub struct Names {
    by_folded: HashMap<Box<str>, Vec<Entry>>,
}

impl Names {
    /// Adds a note by its path and file stem.
    pub fn add_path(&mut self, note: NoteNumber, path: &NotePath) {
        let whole = path.without_extension();
        let folded = fold(whole);
        // Folding goes letter by letter, so the folded end of a path is the end of the folded path.
        let ends = whole.match_indices('/').zip(folded.match_indices('/'));
        for ((at, _), (folded_at, _)) in ends {
            let (end, folded_end) = (&whole[at + 1..], &folded[folded_at + 1..]);
            let tier = if end.contains('/') { Tier::PathEnd } else { Tier::Stem };
            self.add_folded(note, tier, end, folded_end.to_owned());
        }
        if !whole.contains('/') {
            self.add_folded(note, Tier::Stem, whole, folded.clone());
        }
        self.add_folded(note, Tier::Path, whole, folded);
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
        self.add_folded(note, tier, name, fold(name));
    }

    fn add_folded(&mut self, note: NoteNumber, tier: Tier, name: &str, folded: String) {
        if !folded.is_empty() {
            let entry = Entry { note, tier, exact: nfc(name.trim()).into() };
            self.by_folded.entry(folded.into_boxed_str()).or_default().push(entry);
        }
    }

    /// The note that `name` means: exact text beats folded text; among equals a whole path beats the end of a path,
    /// that a file stem, that a name, that an alias. `.md` at the end does not count.
    pub fn resolve(&self, name: &str) -> Resolution {
        // `../people/ana.md` is how some editors write the way from one folder to another.
        let rest = name.trim().trim_start_matches("../").trim_start_matches("./");
        let name = nfc(rest.trim_start_matches('/'));
        let name = name.strip_suffix(".md").unwrap_or(&name);
        let entries = self.by_folded.get(fold(name).as_str()).map_or(&[][..], Vec::as_slice);
        match strongest(entries.iter().filter(|entry| &*entry.exact == name)) {
            Resolution::Nobody => strongest(entries.iter()),
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
        let matching = self.by_folded.iter().filter(|(name, _)| words_start(name, &words));
        let entries =
            matching.flat_map(|(_, entries)| entries).filter(|entry| entry.tier >= Tier::Stem);
        let mut notes = entries.map(|entry| entry.note).collect::<Vec<_>>();
        notes.sort_unstable();
        notes.dedup();
        notes
    }

    /// Names and aliases as written, of the notes that `wanted` takes.
    pub fn written(&self, wanted: impl Fn(NoteNumber) -> bool) -> impl Iterator<Item = &str> {
        let entries = self.by_folded.values().flatten().filter(|entry| entry.tier >= Tier::Name);
        entries.filter(move |entry| wanted(entry.note)).map(|entry| &*entry.exact)
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
    let mut notes =
        entries.filter(|entry| entry.tier == tier).map(|entry| entry.note).collect::<Vec<_>>();
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
    use crate::people::names::{Names, Resolution};

    const NOTES: &[(&str, &str, &[&str])] = &[
        ("people/ana-lima.md", "Ana Lima", &["Aninhas"]),
        ("people/ana-sousa.md", "Ana Sousa", &[]),
        ("people/family/mae.md", "Mãe", &["Maria"]),
        ("people/maria.md", "Maria Silva", &[]),
        ("people/work/ana-lima.md", "Ana Lima Costa", &[]),
        ("projects/kiln.md", "Kiln", &[]),
    ];

    fn names() -> Names {
        let mut names = Names::default();
        for (number, (path, name, aliases)) in NOTES.iter().enumerate() {
            names.add_path(number, &NotePath::new(path).unwrap());
            names.add_name(number, name);
            aliases.iter().for_each(|alias| names.add_alias(number, alias));
        }
        names
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
