//! The outline of a vault: everything that questions about everyone need, day-free, without the text of the notes.
//!
//! Always true here: an outline follows from the gists and digests of its notes alone, whatever was read before; one
//! that is read from a cache equals one that is made anew.

use crate::note::path::NotePath;
use crate::people::brief::{Brief, PromiseBrief};
use crate::people::gist::{Gist, NoteKind};
use crate::people::names::{Names, NamesBuilder, NoteNumber, Resolution};
use crate::people::packed::Packed;
use crate::people::rows::Rows;
use crate::people::touch::{ContactId, Role, Tie, Touch};
use crate::people::vocabulary::{Place, Vocabulary};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::HashMap;

/// All notes of a vault, in short. Notes are in path order.
///
/// The long tables are stored apart, see [`Tables`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    /// The paths of all notes.
    #[serde(skip)]
    pub paths: Vec<NotePath>,
    /// For each note what it is.
    pub kinds: Vec<NoteKind>,
    /// The notes in which something was noticed.
    pub noted: Vec<u32>,
    /// For each contact its digest.
    pub briefs: Vec<Brief>,
    /// For each contact its note, ascending.
    note_of: Vec<u32>,
    #[serde(skip)]
    names: Names,
    // All touches, those of one contact together, newest first; of one day the person's own log first.
    #[serde(skip)]
    touches: Packed<3>,
    // For each contact, where its touches end.
    #[serde(skip)]
    touch_ends: Packed<1>,
    // For each contact. The kind is a place in `tie_kinds`.
    ties: Rows<TieRow>,
    tie_kinds: Vec<String>,
    /// All promises, in path order, then line order.
    pub promises: Vec<PromiseRow>,
    // For each promise.
    promise_people: Rows<ContactId>,
    /// The owner, where settings name a note that is there.
    pub me: Option<ContactId>,
}

/// A promise in short, with its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseRow {
    /// Its note.
    pub note: u32,
    /// Which promise of the note, from 0.
    pub at: u32,
    /// What it says in short.
    pub brief: PromiseBrief,
}

/// The long tables of an outline, as they are stored beside it: reading them costs no more than copying.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tables<B> {
    /// The text of all names.
    pub names_text: B,
    /// Who is called so.
    pub names: B,
    /// All touches.
    pub touches: B,
    /// Where those of each contact end.
    pub touch_ends: B,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct TieRow {
    kind: u32,
    other: ContactId,
    stated: bool,
}

impl Outline {
    /// The outline of the notes at `paths`, which are in path order; `gists` has one for each, `briefs` one for each
    /// contact among them. `me` is the owner's own note, where settings name one.
    pub fn build(
        paths: Vec<NotePath>,
        gists: &[Gist<'_>],
        briefs: Vec<Brief>,
        vocabulary: &Vocabulary,
        me: Option<&str>,
    ) -> Outline {
        let names = names_of(&paths, gists, vocabulary);
        Outline::with_names(paths, names, gists, briefs, vocabulary, me)
    }

    /// The same, where the table of names is known already: that of notes at the same paths with the same names.
    pub fn with_names(
        paths: Vec<NotePath>,
        names: Names,
        gists: &[Gist<'_>],
        briefs: Vec<Brief>,
        vocabulary: &Vocabulary,
        me: Option<&str>,
    ) -> Outline {
        let numbered = || gists.iter().zip(0u32..);
        let contacts = numbered().filter(|(gist, _)| gist.kind == NoteKind::Contact);
        let mut outline = Outline {
            names,
            kinds: gists.iter().map(|gist| gist.kind).collect(),
            noted: numbered().filter(|(gist, _)| gist.is_noted).map(|(_, note)| note).collect(),
            note_of: contacts.map(|(_, note)| note).collect(),
            paths,
            briefs,
            touches: Packed::default(),
            touch_ends: Packed::default(),
            ties: Rows::default(),
            tie_kinds: Vec::new(),
            promises: Vec::new(),
            promise_people: Rows::default(),
            me: None,
        };
        outline.me = me.and_then(|name| outline.linked(name));
        let mut resolver = Resolver { outline: &outline, known: HashMap::new() };
        let (touches, touch_ends) = touches(&mut resolver, gists).into_parts();
        let touches = Packed::of(touches.iter().map(Touch::stored));
        let touch_ends = Packed::of(touch_ends.into_iter().map(|end| [end]));
        let (ties, tie_kinds) = ties(&mut resolver, gists, vocabulary);
        let (promises, promise_people) = promises(&mut resolver, gists);
        Outline { touches, touch_ends, ties, tie_kinds, promises, promise_people, ..outline }
    }

    /// Whether the parts speak of the same number of notes and people; of an outline from a cache.
    fn is_whole(&self) -> bool {
        let people = self.briefs.len();
        self.kinds.len() == self.paths.len()
            && self.note_of.len() == people
            && self.note_of.last().is_none_or(|note| (*note as usize) < self.paths.len())
            && self.touch_ends.len() == people
            && self.ties.len() == people
            && self.promise_people.len() == self.promises.len()
    }

    /// Its long tables.
    pub fn tables(&self) -> Tables<&[u8]> {
        let (names_text, names) = self.names.parts();
        let (touches, touch_ends) = (self.touches.bytes(), self.touch_ends.bytes());
        Tables { names_text: names_text.as_bytes(), names, touches, touch_ends }
    }

    /// The same with `paths` and with these tables; `None` where they are not those of an outline.
    pub fn with_tables(self, paths: Vec<NotePath>, tables: Tables<Vec<u8>>) -> Option<Outline> {
        let outline = Outline {
            paths,
            names: Names::from_parts(String::from_utf8(tables.names_text).ok()?, tables.names),
            touches: Packed::from_bytes(tables.touches),
            touch_ends: Packed::from_bytes(tables.touch_ends),
            ..self
        };
        outline.is_whole().then_some(outline)
    }

    /// Its names alone, to make the next outline from.
    pub fn into_names(self) -> Names {
        self.names
    }

    /// The note of a contact.
    pub fn note_of(&self, id: ContactId) -> NoteNumber {
        self.note_of.get(id.number()).map_or(0, |note| *note as usize)
    }

    /// The contact that a note is about.
    pub fn contact_of(&self, note: NoteNumber) -> Option<ContactId> {
        let note = u32::try_from(note).ok()?;
        let at = self.note_of.binary_search(&note).ok()?;
        u32::try_from(at).ok().map(ContactId)
    }

    /// The contact that a link means; `None` where it means nobody, several, or a note that is not a contact.
    pub fn linked(&self, name: &str) -> Option<ContactId> {
        match self.names.resolve(name) {
            Resolution::One(note) => self.contact_of(note),
            Resolution::Several(_) | Resolution::Nobody => None,
        }
    }

    /// All names.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Everything that concerns a person, newest first; of one day the person's own log first.
    pub fn touches(
        &self,
        id: ContactId,
    ) -> impl DoubleEndedIterator<Item = Touch> + ExactSizeIterator + Clone + use<'_> {
        let end = |at| self.touch_ends.get(at).map_or(0, |[end]| end as usize);
        let start = id.number().checked_sub(1).map_or(0, end);
        self.touches.rows(start, end(id.number())).map(Touch::from_stored)
    }

    /// The ties of a person, their own words first, then those that others say.
    pub fn ties(&self, id: ContactId) -> impl DoubleEndedIterator<Item = Tie> {
        self.ties.of(id.number()).iter().map(|row| Tie {
            kind: self.tie_kinds.get(row.kind as usize).cloned().unwrap_or_default(),
            other: row.other,
            stated: row.stated,
        })
    }

    /// The people whom the promise at `place` of [`Outline::promises`] is about.
    pub fn people_of_promise(&self, place: usize) -> &[ContactId] {
        self.promise_people.of(place)
    }
}

fn names_of(paths: &[NotePath], gists: &[Gist<'_>], vocabulary: &Vocabulary) -> Names {
    let mut names = NamesBuilder::default();
    for (number, (path, gist)) in paths.iter().zip(gists).enumerate() {
        if vocabulary.place(path) == Place::Ours {
            // A draft or template of the same name must not make a person's name unclear.
            names.add_whole_path(number, path);
            continue;
        }
        names.add_path(number, path);
        gist.name.iter().for_each(|name| names.add_name(number, name));
        gist.aliases.iter().for_each(|alias| names.add_alias(number, alias));
    }
    names.finish()
}

/// Links to people, each text resolved once.
struct Resolver<'a> {
    outline: &'a Outline,
    known: HashMap<&'a str, Option<ContactId>>,
}

impl<'a> Resolver<'a> {
    fn person(&mut self, name: &'a str) -> Option<ContactId> {
        *self.known.entry(name).or_insert_with(|| self.outline.linked(name))
    }

    fn people(&mut self, names: &[&'a str]) -> impl Iterator<Item = ContactId> {
        names.iter().filter_map(|name| self.person(name))
    }
}

fn touches<'a>(resolver: &mut Resolver<'a>, gists: &[Gist<'a>]) -> Rows<Touch> {
    let mut all: Vec<(ContactId, Touch)> = Vec::new();
    let mut newest = vec![None; resolver.outline.briefs.len()];
    for (note, gist) in (0u32..).zip(gists) {
        let own = resolver.outline.contact_of(note as usize);
        for (entry, gist) in (0u32..).zip(&gist.entries) {
            let mut push = |id: ContactId, role| {
                // One interaction touches a person once, in its strongest role.
                let known = newest.get_mut(id.number()).map(|newest| newest.replace((note, entry)));
                if known.flatten() != Some((note, entry)) {
                    let (day, meaning) = (gist.day, gist.meaning);
                    all.push((id, Touch { day, role, meaning, note, entry }));
                }
            };
            own.into_iter().for_each(|id| push(id, Role::Own));
            resolver.people(&gist.with).for_each(|id| push(id, Role::Head));
            resolver.people(&gist.mentions).for_each(|id| push(id, Role::Mention));
        }
    }
    let mut rows = Rows::gather(resolver.outline.briefs.len(), all, ContactId::number);
    // Stable: entries of one day stay in path and file order within a role.
    rows.each(|touches| touches.sort_by_key(|touch| (Reverse(touch.day), touch.role)));
    rows
}

fn promises<'a>(
    resolver: &mut Resolver<'a>,
    gists: &[Gist<'a>],
) -> (Vec<PromiseRow>, Rows<ContactId>) {
    let (mut rows, mut people) = (Vec::new(), Vec::new());
    for (note, gist) in (0u32..).zip(gists) {
        let own = resolver.outline.contact_of(note as usize);
        for (at, (brief, links)) in (0u32..).zip(&gist.promises) {
            let mut about = own.into_iter().collect::<Vec<_>>();
            if own.is_none() {
                about.extend(resolver.people(links));
                about.dedup();
            }
            people.extend(about.into_iter().map(|id| (rows.len(), id)));
            rows.push(PromiseRow { note, at, brief: *brief });
        }
    }
    let people = Rows::gather(rows.len(), people, |place| place);
    (rows, people)
}

/// The ties of everyone, with those that only the other side says.
fn ties<'a>(
    resolver: &mut Resolver<'a>,
    gists: &[Gist<'a>],
    vocabulary: &Vocabulary,
) -> (Rows<TieRow>, Vec<String>) {
    let mut kinds = Kinds { vocabulary, words: Vec::new(), known: HashMap::new() };
    let mut stated = vec![Vec::new(); resolver.outline.briefs.len()];
    let contacts = gists.iter().filter(|gist| gist.kind == NoteKind::Contact);
    for ((own, contact), ties) in (0u32..).map(ContactId).zip(contacts).zip(&mut stated) {
        for (kind, to) in &contact.relations {
            if let Some(other) = resolver.person(to).filter(|other| *other != own) {
                ties.push(TieRow { kind: kinds.number(kind), other, stated: true });
            }
        }
    }
    let both = from_both_sides(stated, &mut kinds);
    (Rows::of_lists(both), kinds.words)
}

/// The words for ties, each once, with what the vocabulary knows of them.
struct Kinds<'a> {
    vocabulary: &'a Vocabulary,
    words: Vec<String>,
    known: HashMap<String, u32>,
}

impl Kinds<'_> {
    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.known.get(word) {
            return *number;
        }
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.push(word.to_owned());
        self.known.insert(word.to_owned(), number);
        number
    }

    fn word(&self, number: u32) -> &str {
        self.words.get(number as usize).map_or("", String::as_str)
    }

    fn inverse(&mut self, number: u32) -> u32 {
        let known = self.vocabulary.relation(self.word(number));
        let inverse = known.map_or("knows", |kind| &kind.inverse);
        self.number(inverse)
    }

    fn generic(&mut self, number: u32) -> u32 {
        let known = self.vocabulary.relation(self.word(number));
        known.map_or(number, |kind| self.number(&kind.parent))
    }
}

fn from_both_sides(mut stated: Vec<Vec<TieRow>>, kinds: &mut Kinds<'_>) -> Vec<Vec<TieRow>> {
    let mut seen: Vec<(usize, TieRow)> = Vec::new();
    for (own, ties) in (0u32..).map(ContactId).zip(&stated) {
        for tie in ties {
            let inverse = TieRow { kind: kinds.inverse(tie.kind), other: own, stated: false };
            seen.push((tie.other.number(), inverse));
        }
    }
    for (own, tie) in seen {
        let Some(ties) = stated.get_mut(own) else { continue };
        let generic = kinds.generic(tie.kind);
        let says =
            |known: &TieRow| known.other == tie.other && kinds.generic(known.kind) == generic;
        if !ties.iter().any(says) {
            ties.push(tie);
        }
    }
    stated
}
