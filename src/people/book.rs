//! Everyone at once: a read-only view over all notes, with names resolved and contact seen from every side.
//!
//! Invariant: notes are in path order, so the same files give the same numbers and the same output everywhere.

use crate::note::path::NotePath;
use crate::people::contact::Contact;
use crate::people::habit::Habit;
use crate::people::interaction::Interaction;
use crate::people::journal::Journal;
use crate::people::kind::Meaning;
use crate::people::link_ref::LinkRef;
use crate::people::names::{Names, NoteNumber, Resolution};
use crate::people::note::{Kind, Note};
use crate::people::promise::Promise;
use crate::people::vocabulary::{Place, Vocabulary};
use crate::text::day::Day;
use crate::text::diagnostic::Finding;
use crate::text::suggest::nearest;
use std::collections::HashMap;

/// A contact of one book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContactId(usize);

/// How an interaction concerns a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// It stands in the person's own log.
    Own,
    /// The person is linked in its head: they were there.
    Head,
    /// The person is only spoken of in it.
    Mention,
}

/// One interaction that concerns a person, in whatever note it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touch {
    /// When.
    pub day: Day,
    /// How it concerns the person.
    pub role: Role,
    /// What it means.
    pub meaning: Meaning,
    note: NoteNumber,
    entry: usize,
}

impl Touch {
    /// Whether it is contact with the person.
    pub fn counts(&self) -> bool {
        self.meaning == Meaning::Contact && self.role != Role::Mention
    }
}

/// A promise with the people that it is about.
#[derive(Debug, Clone)]
pub struct PromiseRef<'a> {
    /// The note that it stands in.
    pub path: &'a NotePath,
    /// Whether that is the inbox.
    pub in_inbox: bool,
    /// The promise.
    pub promise: &'a Promise,
    /// In the note of a person that person; elsewhere those it links.
    pub people: Vec<ContactId>,
}

/// A tie of one person to another, seen from the one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// What the other is to the person: `sister`, or `sibling` where only the other side says it.
    pub kind: String,
    /// The other.
    pub other: ContactId,
    /// Whether the person's own note says it.
    pub stated: bool,
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

/// What a note is, with what it holds where that is kept.
#[derive(Debug, Clone)]
enum Holding {
    Contact(ContactId),
    Habit(Box<Habit>),
    Journal(Box<Journal>),
    Inbox(Vec<Promise>),
    Other,
}

/// All notes of a vault.
#[derive(Debug, Clone)]
pub struct Book {
    paths: Vec<NotePath>,
    // For each note.
    holdings: Vec<Holding>,
    contacts: Vec<Contact>,
    // For each contact.
    note_of: Vec<NoteNumber>,
    names: Names,
    // For each contact, newest first.
    touches: Vec<Vec<Touch>>,
    // For each contact.
    ties: Vec<Vec<Tie>>,
    me: Option<ContactId>,
    findings: Vec<(NotePath, Finding)>,
}

impl Book {
    /// The book of `notes`, in any order. `me` is the owner's own note, where settings name one.
    pub fn new(mut notes: Vec<Note>, vocabulary: &Vocabulary, me: Option<&str>) -> Book {
        notes.sort_by(|a, b| a.path.cmp(&b.path));
        let names = names_of(&notes, vocabulary);
        let mut book = Book {
            paths: Vec::with_capacity(notes.len()),
            holdings: Vec::with_capacity(notes.len()),
            contacts: Vec::new(),
            note_of: Vec::new(),
            names,
            touches: Vec::new(),
            ties: Vec::new(),
            me: None,
            findings: Vec::new(),
        };
        notes.into_iter().for_each(|note| book.take(note));
        book.me = me.and_then(|name| book.linked(name));
        book.gather_touches();
        book.gather_ties(vocabulary);
        book
    }

    fn take(&mut self, note: Note) {
        let number = self.paths.len();
        self.findings.extend(note.findings.into_iter().map(|finding| (note.path.clone(), finding)));
        self.paths.push(note.path);
        self.holdings.push(match note.kind {
            Kind::Contact(contact) => {
                self.contacts.push(*contact);
                self.note_of.push(number);
                Holding::Contact(ContactId(self.contacts.len() - 1))
            }
            Kind::Habit(habit) => Holding::Habit(habit),
            Kind::Journal(journal) => Holding::Journal(journal),
            Kind::Inbox(promises) => Holding::Inbox(promises),
            Kind::Other => Holding::Other,
        });
    }

    /// The paths of all notes, in order.
    pub fn paths(&self) -> &[NotePath] {
        &self.paths
    }

    /// All contacts, in path order, the owner included.
    pub fn contacts(&self) -> impl Iterator<Item = (ContactId, &Contact)> {
        self.contacts.iter().enumerate().map(|(at, contact)| (ContactId(at), contact))
    }

    /// One contact.
    pub fn contact(&self, id: ContactId) -> &Contact {
        &self.contacts[id.0]
    }

    /// The owner, where settings name a note that is there.
    pub fn me(&self) -> Option<ContactId> {
        self.me
    }

    /// The habits, in path order.
    pub fn habits(&self) -> impl Iterator<Item = &Habit> {
        self.holdings.iter().filter_map(|holding| match holding {
            Holding::Habit(habit) => Some(&**habit),
            _ => None,
        })
    }

    /// The journal notes, in path order.
    pub fn journals(&self) -> impl Iterator<Item = &Journal> {
        self.holdings.iter().filter_map(|holding| match holding {
            Holding::Journal(journal) => Some(&**journal),
            _ => None,
        })
    }

    /// Everything that concerns a person, newest first; of one day the person's own log first.
    pub fn touches(&self, id: ContactId) -> &[Touch] {
        &self.touches[id.0]
    }

    /// The interaction behind a touch and the note that it stands in.
    pub fn interaction(&self, touch: &Touch) -> (&NotePath, &Interaction) {
        (&self.paths[touch.note], &self.interactions(touch.note)[touch.entry])
    }

    /// The newest contact with a person on or before `day`.
    pub fn newest_contact(&self, id: ContactId, day: Day) -> Option<&Touch> {
        self.touches[id.0].iter().find(|touch| touch.day <= day && touch.counts())
    }

    /// The ties of a person, their own words first, then those that others say.
    pub fn ties(&self, id: ContactId) -> &[Tie] {
        &self.ties[id.0]
    }

    /// Every promise of every note, in path order, then line order.
    pub fn promises(&self) -> impl Iterator<Item = PromiseRef<'_>> {
        self.paths.iter().enumerate().flat_map(move |(number, path)| {
            self.promises_in(number).iter().map(move |promise| PromiseRef {
                path,
                in_inbox: matches!(self.holdings.get(number), Some(Holding::Inbox(_))),
                promise,
                people: self.people_of_promise(number, promise),
            })
        })
    }

    /// The contact that a link means; `None` where it means nobody, several, or a note that is not a contact.
    pub fn linked(&self, name: &str) -> Option<ContactId> {
        match self.names.resolve(name) {
            Resolution::One(note) => self.contact_of(note),
            Resolution::Several(_) | Resolution::Nobody => None,
        }
    }

    /// Whom a person means by `text`: a path, file stem, name or alias, else a prefix of one, or prefixes of its
    /// words; case and accents do not count, but an exact spelling wins. A link in brackets is unwrapped.
    pub fn find(&self, text: &str) -> Found {
        let text = text.trim();
        let inner =
            text.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")).unwrap_or(text);
        let name = inner.split('|').next().unwrap_or(inner);
        let notes = match self.names.resolve(name) {
            Resolution::One(note) => vec![note],
            Resolution::Several(notes) => notes,
            Resolution::Nobody => Vec::new(),
        };
        match self.among_contacts(&notes) {
            Found::Nobody(_) => match self.among_contacts(&self.names.starting_with(name)) {
                Found::Nobody(_) => Found::Nobody(self.near(name)),
                found => found,
            },
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
        nearest(name, self.written_names()).map(str::to_owned)
    }

    /// What was noticed in each note by itself, in path order.
    pub fn findings(&self) -> &[(NotePath, Finding)] {
        &self.findings
    }

    /// The links that say who was there, who somebody is to somebody, or who a partner is: of log heads, then of
    /// relations, then of habits.
    pub fn links_to_people(&self) -> impl Iterator<Item = (&NotePath, &LinkRef)> {
        let heads = self.paths.iter().enumerate().flat_map(|(number, path)| {
            self.interactions(number)
                .iter()
                .flat_map(|entry| &entry.with)
                .map(move |link| (path, link))
        });
        let relations = self.contacts.iter();
        let relations = relations
            .flat_map(|contact| contact.relations.iter().map(|tie| (&contact.path, &tie.to)));
        let partners = self.habits();
        let partners = partners.flat_map(|habit| habit.with.iter().map(|link| (&habit.path, link)));
        heads.chain(relations).chain(partners)
    }

    /// What a link leads to.
    pub fn resolve(&self, name: &str) -> Resolution {
        self.names.resolve(name)
    }

    /// The names and aliases of all contacts, as written, in no order.
    pub fn written_names(&self) -> impl Iterator<Item = &str> {
        self.names.written(|note| self.contact_of(note).is_some())
    }

    fn people_of_promise(&self, note: NoteNumber, promise: &Promise) -> Vec<ContactId> {
        match self.contact_of(note) {
            Some(id) => vec![id],
            None => {
                let mut people = promise
                    .links
                    .iter()
                    .filter_map(|link| self.linked(&link.target.note))
                    .collect::<Vec<_>>();
                people.dedup();
                people
            }
        }
    }

    fn contact_of(&self, note: NoteNumber) -> Option<ContactId> {
        match self.holdings.get(note) {
            Some(Holding::Contact(id)) => Some(*id),
            _ => None,
        }
    }

    fn interactions(&self, note: NoteNumber) -> &[Interaction] {
        match &self.holdings[note] {
            Holding::Contact(id) => &self.contact(*id).log,
            Holding::Journal(journal) => &journal.lines,
            Holding::Habit(_) | Holding::Inbox(_) | Holding::Other => &[],
        }
    }

    fn promises_in(&self, note: NoteNumber) -> &[Promise] {
        match &self.holdings[note] {
            Holding::Contact(id) => &self.contact(*id).promises,
            Holding::Journal(journal) => &journal.promises,
            Holding::Inbox(promises) => promises,
            Holding::Habit(_) | Holding::Other => &[],
        }
    }

    fn gather_touches(&mut self) {
        let mut touches = vec![Vec::new(); self.contacts.len()];
        let mut resolver = Resolver { book: self, known: HashMap::new() };
        for number in 0..self.paths.len() {
            let own = self.contact_of(number);
            for (entry, interaction) in self.interactions(number).iter().enumerate() {
                let Interaction { day, meaning, .. } = *interaction;
                let mut push = |id: ContactId, role| {
                    let list: &mut Vec<Touch> = &mut touches[id.0];
                    // One interaction touches a person once, in its strongest role.
                    if list.last().is_none_or(|last| (last.note, last.entry) != (number, entry)) {
                        list.push(Touch { day, role, meaning, note: number, entry });
                    }
                };
                own.into_iter().for_each(|id| push(id, Role::Own));
                resolver.people(&interaction.with).for_each(|id| push(id, Role::Head));
                resolver.people(&interaction.mentions).for_each(|id| push(id, Role::Mention));
            }
        }
        for list in &mut touches {
            // Stable: entries of one day stay in path and file order within a role.
            list.sort_by_key(|touch| (std::cmp::Reverse(touch.day), touch.role));
        }
        self.touches = touches;
    }

    fn gather_ties(&mut self, vocabulary: &Vocabulary) {
        let mut resolver = Resolver { book: self, known: HashMap::new() };
        let mut stated = vec![Vec::new(); self.contacts.len()];
        for (own, contact) in self.contacts() {
            for relation in &contact.relations {
                if let Some(other) = resolver.person(&relation.to).filter(|other| *other != own) {
                    stated[own.0].push(Tie { kind: relation.kind.clone(), other, stated: true });
                }
            }
        }
        self.ties = from_both_sides(stated, vocabulary);
    }
}

/// Links to people, each text resolved once.
struct Resolver<'a> {
    book: &'a Book,
    known: HashMap<&'a str, Option<ContactId>>,
}

impl<'a> Resolver<'a> {
    fn person(&mut self, link: &'a LinkRef) -> Option<ContactId> {
        let name = link.target.note.as_str();
        *self.known.entry(name).or_insert_with(|| self.book.linked(name))
    }

    fn people(&mut self, links: &'a [LinkRef]) -> impl Iterator<Item = ContactId> {
        links.iter().filter_map(|link| self.person(link))
    }
}

/// The ties of everyone, with those that only the other side says.
fn from_both_sides(mut stated: Vec<Vec<Tie>>, vocabulary: &Vocabulary) -> Vec<Vec<Tie>> {
    let generic = |kind: &str| {
        vocabulary.relation(kind).map_or_else(|| kind.to_owned(), |kind| kind.parent.clone())
    };
    let mut seen = vec![Vec::new(); stated.len()];
    for (at, ties) in stated.iter().enumerate() {
        for tie in ties {
            let inverse = vocabulary.relation(&tie.kind).map_or("knows", |kind| &kind.inverse);
            seen[tie.other.0].push(Tie {
                kind: inverse.to_owned(),
                other: ContactId(at),
                stated: false,
            });
        }
    }
    for (own, others) in stated.iter_mut().zip(seen) {
        for tie in others {
            let says = |known: &Tie| {
                known.other == tie.other && generic(&known.kind) == generic(&tie.kind)
            };
            if !own.iter().any(says) {
                own.push(tie);
            }
        }
    }
    stated
}

fn names_of(notes: &[Note], vocabulary: &Vocabulary) -> Names {
    let mut names = Names::default();
    for (number, note) in notes.iter().enumerate() {
        if vocabulary.place(&note.path) == Place::Ours {
            // A draft or template of the same name must not make a person's name unclear.
            names.add_whole_path(number, &note.path);
            continue;
        }
        names.add_path(number, &note.path);
        match &note.kind {
            Kind::Contact(contact) => {
                names.add_name(number, &contact.name);
                contact.aliases.iter().for_each(|alias| names.add_alias(number, alias));
            }
            Kind::Habit(habit) => names.add_name(number, &habit.name),
            Kind::Journal(_) | Kind::Inbox(_) | Kind::Other => {}
        }
    }
    names
}
