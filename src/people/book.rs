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
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use crate::text::diagnostic::{Code, Finding};
use crate::text::suggest::nearest;

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
        let names = names_of(&notes);
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
        nearest(name, self.names.written(|note| self.contact_of(note).is_some())).map(str::to_owned)
    }

    /// Everything that was noticed: in each note, then in links between notes (nowhere, or to several).
    pub fn findings(&self) -> &[(NotePath, Finding)] {
        &self.findings
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
        let mut findings = Vec::new();
        for (number, path) in self.paths.iter().enumerate() {
            let own = self.contact_of(number);
            for (entry, interaction) in self.interactions(number).iter().enumerate() {
                let touch = |role| Touch {
                    day: interaction.day,
                    role,
                    meaning: interaction.meaning,
                    note: number,
                    entry,
                };
                if let Some(id) = own {
                    touches[id.0].push(touch(Role::Own));
                }
                let others = |links: &[LinkRef]| {
                    links
                        .iter()
                        .filter_map(|link| self.linked(&link.target.note))
                        .filter(|id| Some(*id) != own)
                        .collect()
                };
                let with: Vec<ContactId> = others(&interaction.with);
                with.iter().for_each(|id| touches[id.0].push(touch(Role::Head)));
                let mentioned: Vec<ContactId> = others(&interaction.mentions);
                let only_mentioned = mentioned.iter().filter(|id| !with.contains(id));
                only_mentioned.for_each(|id| touches[id.0].push(touch(Role::Mention)));
                findings.extend(
                    interaction.with.iter().filter_map(|link| self.link_finding(path, link)),
                );
            }
        }
        for list in &mut touches {
            // Stable: entries of one day stay in path and file order within a role.
            list.sort_by_key(|touch| (std::cmp::Reverse(touch.day), touch.role));
            list.dedup_by_key(|touch| (touch.note, touch.entry));
        }
        self.touches = touches;
        self.findings.extend(findings);
    }

    fn gather_ties(&mut self, vocabulary: &Vocabulary) {
        let mut stated = vec![Vec::new(); self.contacts.len()];
        let mut seen_by_others = vec![Vec::new(); self.contacts.len()];
        let mut findings = Vec::new();
        for (id, contact) in self.contacts() {
            let path = &contact.path;
            for relation in &contact.relations {
                findings.extend(self.link_finding(path, &relation.to));
                let Some(other) = self.linked(&relation.to.target.note) else { continue };
                if other == id {
                    let message =
                        format!("{} is named as their own {}", contact.name, relation.kind);
                    findings.push((
                        path.clone(),
                        Finding::new(Code::RelatedToSelf, relation.to.span, message),
                    ));
                    continue;
                }
                stated[id.0].push(Tie { kind: relation.kind.clone(), other, stated: true });
                let inverse =
                    vocabulary.relation(&relation.kind).map_or("knows", |kind| &kind.inverse);
                seen_by_others[other.0].push(Tie {
                    kind: inverse.to_owned(),
                    other: id,
                    stated: false,
                });
            }
        }
        for (own, others) in stated.iter_mut().zip(seen_by_others) {
            let generic = |tie: &Tie| {
                vocabulary
                    .relation(&tie.kind)
                    .map_or_else(|| tie.kind.clone(), |kind| kind.parent.clone())
            };
            for tie in others {
                let known = own.iter().any(|stated: &Tie| {
                    stated.other == tie.other && generic(stated) == generic(&tie)
                });
                if !known {
                    own.push(tie);
                }
            }
        }
        self.ties = stated;
        self.findings.extend(findings);
    }

    fn link_finding(&self, path: &NotePath, link: &LinkRef) -> Option<(NotePath, Finding)> {
        let name = &link.target.note;
        if name.is_empty() {
            return None;
        }
        let finding = match self.names.resolve(name) {
            Resolution::One(_) => return None,
            Resolution::Nobody => {
                let finding = Finding::new(
                    Code::BrokenLink,
                    link.span,
                    format!("no note is called `{name}`"),
                );
                match self.near(name) {
                    Some(near) => finding.help(format!("did you mean `{near}`?")),
                    None => finding.help("make the note with `ties add`, or mend the link"),
                }
            }
            Resolution::Several(notes) => {
                let paths =
                    notes.iter().map(|note| self.paths[*note].identity()).collect::<Vec<_>>();
                let message = format!("`{name}` could mean {}", paths.join(" or "));
                Finding::new(Code::AmbiguousLink, link.span, message)
                    .help("write the path in the link")
            }
        };
        Some((path.clone(), finding))
    }
}

fn names_of(notes: &[Note]) -> Names {
    let mut names = Names::default();
    for (number, note) in notes.iter().enumerate() {
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
