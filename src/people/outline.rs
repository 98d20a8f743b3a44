//! The outline of a vault: everything that questions about everyone need, day-free, without the text of the notes.
//!
//! Always true here: an outline follows from the gists and digests of its notes alone, whatever was read before; one
//! that is read from a cache, and one that took in change by change, equal one that is made anew.

use crate::note::path::NotePath;
use crate::people::brief::Brief;
use crate::people::briefs::{Briefs, StoredBriefs};
use crate::people::bytes::Bytes;
use crate::people::gist::{Gist, NoteKind};
use crate::people::names::{Names, NamesBuilder, NoteNumber, Resolution};
use crate::people::promises::Promises;
use crate::people::reach::Reaches;
use crate::people::said::{Said, Whom};
use crate::people::ties::Ties;
use crate::people::touch::{ContactId, Tie, Touch};
use crate::people::touches::Touches;
use crate::people::vocabulary::{Place, Vocabulary};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// All notes of a vault, in short. Notes are in path order.
///
/// The paths and the long tables are stored apart, see [`Tables`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    /// The paths of all notes.
    #[serde(skip)]
    pub paths: Vec<NotePath>,
    /// For each note what it is.
    #[serde(serialize_with = "kinds_as_bytes", deserialize_with = "kinds_of_bytes")]
    pub kinds: Vec<NoteKind>,
    /// The notes in which something was noticed, ascending.
    pub noted: Vec<u32>,
    /// For each contact its digest.
    #[serde(skip, default = "nobody")]
    pub briefs: Briefs,
    /// For each contact its note, ascending.
    note_of: Vec<u32>,
    #[serde(skip)]
    names: Names,
    #[serde(skip)]
    touches: Touches,
    #[serde(skip)]
    reaches: Reaches,
    ties: Ties,
    /// All promises.
    #[serde(skip)]
    pub promises: Promises,
    /// The owner, where settings name a note that is there.
    pub me: Option<ContactId>,
}

/// A byte for each note: there are as many as notes, and most commands ask about few.
fn kinds_as_bytes<S: Serializer>(kinds: &[NoteKind], serializer: S) -> Result<S::Ok, S::Error> {
    let bytes = kinds.iter().map(|kind| kind.stored()).collect::<Vec<_>>();
    serializer.serialize_bytes(&bytes)
}

fn kinds_of_bytes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<NoteKind>, D::Error> {
    let bytes = <&[u8]>::deserialize(deserializer)?;
    Ok(bytes.iter().map(|byte| NoteKind::from_stored(*byte)).collect())
}

fn nobody() -> Briefs {
    Briefs::from(Vec::new())
}

/// The long tables of an outline, as they are stored beside it: reading all of one costs no more than copying, and who
/// asks for a few rows does not read all.
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
    /// The marks of what everyone can be reached by.
    pub reaches: B,
    /// All ties.
    pub ties: B,
    /// Where those of each contact end.
    pub tie_ends: B,
    /// All promises.
    pub promises: B,
    /// Whom they are about.
    pub promised: B,
}

impl Outline {
    /// The outline of the notes at `paths`, which are in path order; `gists` has one for each, `briefs` one for each
    /// contact among them. `me` is the owner's own note, where settings name one.
    pub fn build<'a>(
        paths: Vec<NotePath>,
        gists: impl IntoIterator<Item = Gist<'a>>,
        briefs: Briefs,
        vocabulary: &Vocabulary,
        me: Option<&str>,
    ) -> Outline {
        let mut builder = OutlineBuilder::new(vocabulary);
        paths.iter().zip(gists).for_each(|(path, gist)| builder.take(path, &gist));
        builder.finish(paths, briefs, me)
    }

    /// Takes in what some notes say now, in order, and the digests of the people among them. Each
    /// [is called and tied](Gist::keeps_names) as it was, so that whatever other notes say means the same as before.
    pub fn take_in(&mut self, said: Said, briefs: Vec<(u32, Brief)>) {
        let whom = said.whom(|link| self.linked(link));
        self.say(said, &whom);
        for (note, brief) in briefs {
            if let Some(person) = self.contact_of(note as usize) {
                self.briefs.replace(person.number(), brief);
            }
        }
    }

    /// Puts what some notes say in the place of what they said before.
    fn say(&mut self, mut said: Said, whom: &Whom) {
        let mut is_changed = vec![false; self.kinds.len()];
        for (note, kind) in &said.kinds {
            let note = *note as usize;
            is_changed.get_mut(note).into_iter().for_each(|is_changed| *is_changed = true);
            self.kinds.get_mut(note).into_iter().for_each(|known| *known = *kind);
        }
        let is_changed = |note: u32| is_changed.get(note as usize) == Some(&true);
        self.noted.retain(|note| !is_changed(*note));
        self.noted.extend(&said.noted);
        self.noted.sort_unstable();
        let people = self.note_of.len();
        let touches = said.take_out_touches(whom, people);
        self.touches = self.touches.renewed(people, is_changed, &touches);
        self.promises = self.promises.renewed(is_changed, &said.promises(whom));
        let is_changed = |person: ContactId| said.people.binary_search(&person).is_ok();
        // Most changes are to a log.
        if !self.reaches.are_these(&said.people, &said.reaches) {
            self.reaches = self.reaches.renewed(is_changed, &said.reaches);
        }
    }

    /// Whether the parts speak of the notes and people that are there, and of no others; of an outline from a cache.
    fn is_whole(&self) -> bool {
        let (notes, people) = (self.kinds.len(), self.note_of.len());
        self.note_of.is_sorted_by(|one, next| one < next)
            && self.note_of.iter().chain(&self.noted).all(|note| (*note as usize) < notes)
            && self.briefs.len() == people
            && self.briefs.are_readable()
            && self.names.are_within(notes)
            && self.touches.len() == people
            && self.touches.are_within(notes)
            && self.reaches.are_within(people)
            && self.ties.are_within(people)
            && self.promises.are_within(notes, people)
            && self.me.is_none_or(|me| me.number() < people)
    }

    /// Whether all of it is here, or can be brought here now as it was stored: for whoever stores it again.
    pub fn fetch(&self) -> bool {
        self.briefs.fetch()
            && self.names.fetch()
            && self.touches.fetch()
            && self.reaches.fetch()
            && self.ties.fetch()
            && self.promises.fetch()
    }

    /// Its long tables.
    pub fn tables(&self) -> Tables<&[u8]> {
        let (names_text, names) = self.names.parts();
        let (touches, touch_ends) = self.touches.parts();
        let (ties, tie_ends) = self.ties.parts();
        let (promises, promised) = self.promises.parts();
        let reaches = self.reaches.bytes();
        Tables {
            names_text,
            names,
            touches,
            touch_ends,
            reaches,
            ties,
            tie_ends,
            promises,
            promised,
        }
    }

    /// The same with these tables and digests; `None` where they are not those of an outline, or cannot be read. They are
    /// looked through for that, and then read as they are asked for. The paths are still to come.
    pub fn with_tables(self, tables: Tables<Bytes>, briefs: StoredBriefs) -> Option<Outline> {
        let outline = Outline {
            names: Names::from_parts(tables.names_text, tables.names),
            touches: Touches::from_parts(tables.touches, tables.touch_ends),
            reaches: Reaches::from_bytes(tables.reaches),
            ties: self.ties.with_parts(tables.ties, tables.tie_ends),
            promises: Promises::from_parts(tables.promises, tables.promised),
            briefs: Briefs::stored(briefs),
            ..self
        };
        outline.is_whole().then_some(outline)
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
        self.touches.of(id)
    }

    /// The marks of what everyone can be reached by.
    pub fn reaches(&self) -> &Reaches {
        &self.reaches
    }

    /// The ties of a person, their own words first, then those that others say.
    pub fn ties(&self, id: ContactId) -> impl DoubleEndedIterator<Item = Tie> {
        self.ties.of_person(id)
    }

    /// The words that the notes of others have for a person: `mother`.
    pub fn words_for(&self, id: ContactId) -> impl Iterator<Item = &str> {
        self.ties.words_for(id)
    }

    /// The ties of a person as they are where only what `may_tell` lets through is known: it is asked whose note says a
    /// kind.
    pub fn told_ties(
        &self,
        id: ContactId,
        may_tell: impl Fn(ContactId, &str) -> bool,
    ) -> impl Iterator<Item = Tie> {
        self.ties.told_of_person(id, may_tell)
    }
}

/// An outline being made, note by note in path order. A note is looked at once and not held, so that this takes no more
/// memory than what comes out of it.
#[derive(Debug)]
pub struct OutlineBuilder<'v> {
    vocabulary: &'v Vocabulary,
    names: NamesBuilder,
    said: Said,
    note_of: Vec<u32>,
}

impl<'v> OutlineBuilder<'v> {
    /// No note yet.
    pub fn new(vocabulary: &'v Vocabulary) -> OutlineBuilder<'v> {
        let (names, said, note_of) = (NamesBuilder::default(), Said::default(), Vec::new());
        OutlineBuilder { vocabulary, names, said, note_of }
    }

    /// Takes in the next note.
    pub fn take(&mut self, path: &NotePath, gist: &Gist<'_>) {
        let number = self.said.kinds.len();
        let note = u32::try_from(number).unwrap_or(u32::MAX);
        let own = (gist.kind == NoteKind::Contact).then(|| self.next_person(note));
        self.said.take(note, own, gist);
        if self.vocabulary.place(path) == Place::Ours {
            // A draft or template of the same name must not make a person's name unclear.
            self.names.add_whole_path(number, path);
            return;
        }
        self.names.add_path(number, path);
        gist.name.iter().for_each(|name| self.names.add_name(number, name));
        gist.aliases.iter().for_each(|alias| self.names.add_alias(number, alias));
    }

    fn next_person(&mut self, note: u32) -> ContactId {
        let person = u32::try_from(self.note_of.len()).unwrap_or(u32::MAX);
        self.note_of.push(note);
        ContactId(person)
    }

    /// The outline of the notes, which stand at `paths`. `briefs` has a digest for each contact among them; `me` is the
    /// owner's own note, where settings name one.
    pub fn finish(self, paths: Vec<NotePath>, briefs: Briefs, me: Option<&str>) -> Outline {
        let OutlineBuilder { vocabulary, names, said, note_of } = self;
        let mut outline = Outline {
            names: names.finish(),
            kinds: vec![NoteKind::Other; said.kinds.len()],
            noted: Vec::new(),
            note_of,
            paths,
            briefs,
            touches: Touches::default(),
            reaches: Reaches::default(),
            ties: Ties::default(),
            promises: Promises::default(),
            me: None,
        };
        outline.me = me.and_then(|name| outline.linked(name));
        let whom = said.whom(|link| outline.linked(link));
        outline.ties = Ties::of(said.ties(&whom, outline.note_of.len()), vocabulary);
        outline.say(said, &whom);
        outline
    }
}
