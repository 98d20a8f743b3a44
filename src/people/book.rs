//! Everyone at once: a read-only view over all notes, with names resolved and contact seen from every side.
//!
//! Invariants: notes are in path order, so the same files give the same numbers and the same output everywhere. A
//! note is read in full when somebody asks for it, at most once; a question about everyone reads digests.

use crate::note::path::NotePath;
use crate::people::brief::{Brief, PromiseBrief};
use crate::people::briefs::Briefs;
use crate::people::contact::Contact;
use crate::people::gist::{Gist, NoteKind};
use crate::people::habit::Habit;
use crate::people::interaction::Interaction;
use crate::people::journal::Journal;
use crate::people::names::{NoteNumber, Resolution};
use crate::people::near_name::nearest_by_word;
use crate::people::note::{Kind, Note};
use crate::people::outline::Outline;
use crate::people::promise::Promise;
use crate::people::promises::PromiseRow;
pub use crate::people::touch::{ContactId, Role, Tie, Touch};
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use crate::text::diagnostic::Finding;
use crate::text::fold::nfc;
use crate::text::suggest::nearest;
use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, LazyLock, OnceLock};

/// Where the notes of a book come from when they are asked for.
pub trait NoteSource: fmt::Debug + Send + Sync {
    /// The note with this number, which stands at `path`. A source that cannot read it gives one of
    /// [`Kind::Other`].
    fn note(&self, number: NoteNumber, path: &NotePath) -> Note;
}

/// A promise with the people that it is about.
#[derive(Debug, Clone)]
pub struct PromiseRef<'a> {
    /// The note that it stands in.
    pub path: &'a NotePath,
    /// Whether that is the inbox.
    pub in_inbox: bool,
    /// The promise in short.
    pub brief: PromiseBrief,
    /// In the note of a person that person; elsewhere those it links.
    pub people: &'a [ContactId],
    book: &'a Book,
    row: PromiseRow,
}

impl<'a> PromiseRef<'a> {
    /// The promise in full.
    pub fn promise(&self) -> &'a Promise {
        static NONE: LazyLock<Promise> = LazyLock::new(Promise::blank);
        self.of_note(self.book.note(self.note())).unwrap_or(&NONE)
    }

    /// The number of the note that it stands in.
    pub fn note(&self) -> NoteNumber {
        self.row.note as usize
    }

    /// The promise in full, out of its note; `None` where the note has changed since and has it no more.
    pub fn of_note<'n>(&self, note: &'n Note) -> Option<&'n Promise> {
        note.promises().get(self.row.at as usize)
    }
}

/// Whom a text typed by a person means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// One person.
    One(ContactId),
    /// Several; the person must choose.
    Several(Vec<ContactId>),
    /// Nobody; perhaps a name that is near.
    Nobody(Option<String>),
}

/// All notes of a vault.
#[derive(Debug, Clone)]
pub struct Book {
    outline: Outline,
    // For each note, once it was asked for.
    notes: Vec<OnceLock<Box<Note>>>,
    source: Option<Arc<dyn NoteSource>>,
}

impl Book {
    /// The book of `notes`, in any order. `me` is the owner's own note, where settings name one.
    pub fn new(mut notes: Vec<Note>, vocabulary: &Vocabulary, me: Option<&str>) -> Book {
        notes.sort_by(|a, b| a.path.cmp(&b.path));
        let briefs = notes.iter().filter_map(|note| match &note.kind {
            Kind::Contact(contact) => Some(Brief::of(contact)),
            _ => None,
        });
        let briefs = Briefs::from(briefs.collect::<Vec<_>>());
        let paths = notes.iter().map(|note| note.path.clone()).collect();
        let outline = Outline::build(paths, notes.iter().map(Gist::of), briefs, vocabulary, me);
        let notes = notes.into_iter().map(|note| OnceLock::from(Box::new(note))).collect();
        Book { outline, notes, source: None }
    }

    /// The book of `outline`, whose notes come from `source` when they are asked for.
    pub fn open(outline: Outline, source: Arc<dyn NoteSource>) -> Book {
        let notes = outline.paths.iter().map(|_| OnceLock::new()).collect();
        Book { outline, notes, source: Some(source) }
    }

    /// The paths of all notes, in order.
    pub fn paths(&self) -> &[NotePath] {
        &self.outline.paths
    }

    /// One note in full.
    ///
    /// # Panics
    /// Where no note has this number.
    pub fn note(&self, number: NoteNumber) -> &Note {
        self.notes[number].get_or_init(|| Box::new(self.read(number)))
    }

    /// What `ask` makes of one note in full. A note that is read for this alone is not kept: a pass over all notes must
    /// not hold all of them.
    ///
    /// # Panics
    /// Where no note has this number.
    pub fn with_note<Answer>(
        &self,
        number: NoteNumber,
        ask: impl FnOnce(&Note) -> Answer,
    ) -> Answer {
        match self.notes[number].get() {
            Some(note) => ask(note),
            None => ask(&self.read(number)),
        }
    }

    fn read(&self, number: NoteNumber) -> Note {
        let path = &self.outline.paths[number];
        let note = self.source.as_ref().map(|source| source.note(number, path));
        let person = self.contact_of(number);
        match (note, person) {
            (Some(note), None) => note,
            (Some(note), Some(_)) if matches!(note.kind, Kind::Contact(_)) => note,
            // The note changed after its digest was made. Whoever it was about keeps the name until the next look.
            (_, Some(id)) => {
                let contact = Contact::named(path.clone(), self.brief(id).name.clone());
                let kind = Kind::Contact(Box::new(contact));
                Note { path: path.clone(), kind, findings: Vec::new() }
            }
            (None, None) => Note { path: path.clone(), kind: Kind::Other, findings: Vec::new() },
        }
    }

    /// Everyone in short, in path order, the owner included.
    pub fn everyone(&self) -> impl Iterator<Item = (ContactId, &Brief)> {
        (0u32..).map(ContactId).zip(self.outline.briefs.iter())
    }

    /// What identifies a contact: the path of the note without `.md`, composed.
    pub fn identity(&self, id: ContactId) -> Cow<'_, str> {
        nfc(self.outline.paths[self.outline.note_of(id)].without_extension())
    }

    /// One contact in short.
    pub fn brief(&self, id: ContactId) -> &Brief {
        self.outline.briefs.of(id.number())
    }

    /// What `ask` makes of a contact in short. A digest that is unpacked for this alone is not kept: a pass over everyone
    /// must not hold everyone.
    pub fn with_brief<Answer>(&self, id: ContactId, ask: impl FnOnce(&Brief) -> Answer) -> Answer {
        self.outline.briefs.with(id.number(), ask)
    }

    /// All contacts in full, in path order, the owner included. A question about everyone asks
    /// [`everyone`](Book::everyone) first.
    pub fn contacts(&self) -> impl Iterator<Item = (ContactId, &Contact)> {
        self.everyone().map(|(id, _)| (id, self.contact(id)))
    }

    /// One contact in full.
    ///
    /// # Panics
    /// Where the contact is of another book.
    pub fn contact(&self, id: ContactId) -> &Contact {
        match &self.note(self.outline.note_of(id)).kind {
            Kind::Contact(contact) => contact,
            _ => unreachable!("the note of a contact is read as a contact"),
        }
    }

    /// The number of the note of a contact.
    pub fn note_of(&self, id: ContactId) -> NoteNumber {
        self.outline.note_of(id)
    }

    /// The contact that a note is about.
    pub fn contact_of(&self, note: NoteNumber) -> Option<ContactId> {
        self.outline.contact_of(note)
    }

    /// What each note is, in path order.
    pub fn kinds(&self) -> &[NoteKind] {
        &self.outline.kinds
    }

    /// The owner, where settings name a note that is there.
    pub fn me(&self) -> Option<ContactId> {
        self.outline.me
    }

    /// The habits, in path order.
    pub fn habits(&self) -> impl Iterator<Item = &Habit> {
        self.notes_of(|kind| kind == NoteKind::Habit).filter_map(|note| match &note.kind {
            Kind::Habit(habit) => Some(&**habit),
            _ => None,
        })
    }

    /// The journal notes, in path order.
    pub fn journals(&self) -> impl Iterator<Item = &Journal> {
        self.journals_of(|kind| matches!(kind, NoteKind::Journal { .. }))
    }

    /// The journal notes that tell of events, in path order.
    pub fn journals_with_events(&self) -> impl Iterator<Item = &Journal> {
        self.journals_of(|kind| matches!(kind, NoteKind::Journal { events: true, .. }))
    }

    /// The journal notes that tell of trips, in path order.
    pub fn journals_with_trips(&self) -> impl Iterator<Item = &Journal> {
        self.journals_of(|kind| matches!(kind, NoteKind::Journal { trips: true, .. }))
    }

    fn journals_of(&self, wanted: impl Fn(NoteKind) -> bool) -> impl Iterator<Item = &Journal> {
        self.notes_of(wanted).filter_map(|note| match &note.kind {
            Kind::Journal(journal) => Some(&**journal),
            _ => None,
        })
    }

    fn notes_of(&self, wanted: impl Fn(NoteKind) -> bool) -> impl Iterator<Item = &Note> {
        let kinds = self.outline.kinds.iter().enumerate();
        kinds.filter(move |(_, kind)| wanted(**kind)).map(|(number, _)| self.note(number))
    }

    /// Everything that concerns a person, newest first; of one day the person's own log first.
    pub fn touches(
        &self,
        id: ContactId,
    ) -> impl DoubleEndedIterator<Item = Touch> + ExactSizeIterator + Clone + use<'_> {
        self.outline.touches(id)
    }

    /// The interaction behind a touch and the note that it stands in.
    pub fn interaction(&self, touch: &Touch) -> (&NotePath, &Interaction) {
        static NOTHING: LazyLock<Interaction> = LazyLock::new(Interaction::blank);
        let note = touch.note as usize;
        let entry = self.note(note).interactions().get(touch.entry as usize);
        (&self.outline.paths[note], entry.unwrap_or(&NOTHING))
    }

    /// The newest contact with a person on or before `day`.
    pub fn newest_contact(&self, id: ContactId, day: Day) -> Option<Touch> {
        self.touches(id).find(|touch| touch.day <= day && touch.counts())
    }

    /// The ties of a person, their own words first, then those that others say.
    pub fn ties(&self, id: ContactId) -> impl DoubleEndedIterator<Item = Tie> {
        self.outline.ties(id)
    }

    /// The words that the notes of others have for a person: `mother`.
    pub fn words_for(&self, id: ContactId) -> impl Iterator<Item = &str> {
        self.outline.words_for(id)
    }

    /// The ties of a person as they are where only what `may_tell` lets through is known: it is asked whose note says a
    /// kind.
    pub fn told_ties(
        &self,
        id: ContactId,
        may_tell: impl Fn(ContactId, &str) -> bool,
    ) -> impl Iterator<Item = Tie> {
        self.outline.told_ties(id, may_tell)
    }

    /// Every promise of every note, in path order, then line order.
    pub fn promises(&self) -> impl Iterator<Item = PromiseRef<'_>> {
        self.outline.promises.iter().map(move |(row, people)| {
            let note = row.note as usize;
            PromiseRef {
                path: &self.outline.paths[note],
                in_inbox: self.outline.kinds.get(note) == Some(&NoteKind::Inbox),
                brief: row.brief,
                people,
                book: self,
                row,
            }
        })
    }

    /// The contact that a link means; `None` where it means nobody, several, or a note that is not a contact.
    pub fn linked(&self, name: &str) -> Option<ContactId> {
        self.outline.linked(name)
    }

    /// Whom a person means by `text`: a path, file stem, name or alias, else a prefix of one, or prefixes of its
    /// words; case and accents do not count, but an exact spelling wins. A link in brackets is unwrapped.
    pub fn find(&self, text: &str) -> Found {
        let text = text.trim();
        let inner = text.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"));
        // Only a link has a display text; a name may hold a bar.
        let name = inner.map_or(text, |inner| inner.split('|').next().unwrap_or(inner));
        let notes = match self.resolve(name) {
            Resolution::One(note) => vec![note],
            Resolution::Several(notes) => notes,
            Resolution::Nobody => Vec::new(),
        };
        match self.among_contacts(&notes) {
            Found::Nobody(_) => {
                match self.among_contacts(&self.outline.names().starting_with(name)) {
                    Found::Nobody(_) => Found::Nobody(self.near(name)),
                    found => found,
                }
            }
            found => found,
        }
    }

    fn among_contacts(&self, notes: &[NoteNumber]) -> Found {
        let people = notes.iter().filter_map(|note| self.contact_of(*note)).collect::<Vec<_>>();
        match people.as_slice() {
            [] => Found::Nobody(None),
            [one] => Found::One(*one),
            _ => Found::Several(people),
        }
    }

    fn near(&self, name: &str) -> Option<String> {
        let whole = nearest(name, self.written_names()).map(str::to_owned);
        whole.or_else(|| nearest_by_word(name, self.written_names()))
    }

    /// What was noticed in each note by itself, in path order.
    pub fn findings(&self) -> impl Iterator<Item = (&NotePath, &Finding)> {
        let notes = self.outline.noted.iter().map(|number| self.note(*number as usize));
        notes.flat_map(|note| note.findings.iter().map(|finding| (&note.path, finding)))
    }

    /// What a link leads to.
    pub fn resolve(&self, name: &str) -> Resolution {
        self.outline.names().resolve(name)
    }

    /// The names and aliases of all contacts, as written, in no order.
    pub fn written_names(&self) -> impl Iterator<Item = &str> {
        self.outline.names().written(|note| self.contact_of(note).is_some())
    }

    /// Everything about everyone that needs no note in full.
    pub fn outline(&self) -> &Outline {
        &self.outline
    }
}
