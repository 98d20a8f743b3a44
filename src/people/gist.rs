//! What one note gives to the book of everyone: its names, and whom it speaks of, not yet resolved.
//!
//! Always true here: a gist follows from its note alone, so it can be kept while the note does not change.

use crate::people::brief::PromiseBrief;
use crate::people::interaction::Interaction;
use crate::people::kind::Meaning;
use crate::people::link_ref::LinkRef;
use crate::people::note::{Kind, Note};
use crate::people::promise::Promise;
use crate::people::reach::{Reach, reach};
use crate::people::tie_time::TieTime;
use crate::text::day::Day;
use serde::{Deserialize, Serialize};

/// What a note is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoteKind {
    /// A person.
    Contact,
    /// A habit.
    Habit,
    /// A dated note.
    Journal {
        /// Whether it tells of events.
        events: bool,
        /// Whether it tells of trips.
        trips: bool,
    },
    /// The inbox.
    Inbox,
    /// Anything else.
    Other,
}

impl NoteKind {
    /// The byte that it is stored as.
    pub fn stored(self) -> u8 {
        match self {
            NoteKind::Contact => 0,
            NoteKind::Habit => 1,
            NoteKind::Inbox => 2,
            NoteKind::Other => 3,
            NoteKind::Journal { events, trips } => 4 | u8::from(events) | u8::from(trips) << 1,
        }
    }

    /// What is stored as `byte`.
    pub fn from_stored(byte: u8) -> NoteKind {
        match byte {
            0 => NoteKind::Contact,
            1 => NoteKind::Habit,
            2 => NoteKind::Inbox,
            4..8 => NoteKind::Journal { events: byte & 1 != 0, trips: byte & 2 != 0 },
            _ => NoteKind::Other,
        }
    }

    fn of(kind: &Kind) -> NoteKind {
        match kind {
            Kind::Contact(_) => NoteKind::Contact,
            Kind::Habit(_) => NoteKind::Habit,
            Kind::Journal(journal) => NoteKind::Journal {
                events: !journal.events.is_empty(),
                trips: !journal.trips.is_empty(),
            },
            Kind::Inbox(_) => NoteKind::Inbox,
            Kind::Other => NoteKind::Other,
        }
    }
}

/// An interaction; its links are in the [gist](Gist) of its note.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct EntryGist {
    /// When.
    pub day: Day,
    /// What it means.
    pub meaning: Meaning,
    /// How many links tell who was there.
    pub with: u32,
    /// How many links after those tell who was spoken of.
    pub mentions: u32,
}

/// One note in short.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Gist<'a> {
    /// What it is.
    pub kind: NoteKind,
    /// Whether anything was noticed in it.
    pub is_noted: bool,
    /// The name of the person or habit; none where the note has none.
    pub name: Option<&'a str>,
    /// Other names.
    #[serde(borrow)]
    pub aliases: Vec<&'a str>,
    /// Its interactions, in file order.
    pub entries: Vec<EntryGist>,
    /// The links of its interactions, one after the other.
    pub entry_links: Vec<&'a str>,
    /// Who somebody is to the person: the kind, the link, and when.
    pub relations: Vec<(&'a str, &'a str, TieTime)>,
    /// Its promises, in file order, each with the count of its links.
    pub promises: Vec<(PromiseBrief, u32)>,
    /// The links of its promises, one after the other.
    pub promise_links: Vec<&'a str>,
    /// The marks of what the person can be reached by.
    pub reach: Vec<Reach>,
}

impl<'a> Gist<'a> {
    /// The gist of a note of no kind.
    pub fn nothing() -> Gist<'a> {
        Gist {
            kind: NoteKind::Other,
            is_noted: false,
            name: None,
            aliases: Vec::new(),
            entries: Vec::new(),
            entry_links: Vec::new(),
            relations: Vec::new(),
            promises: Vec::new(),
            promise_links: Vec::new(),
            reach: Vec::new(),
        }
    }

    /// Whether a note with this gist instead of `before` is called as it was, is somebody's as it was, and is tied to
    /// the same people: then nothing that other notes say means anything else.
    pub fn keeps_names(&self, before: &Gist<'_>) -> bool {
        let is_person = |gist: &Gist<'_>| gist.kind == NoteKind::Contact;
        is_person(self) == is_person(before)
            && (self.name, &self.aliases) == (before.name, &before.aliases)
            && self.relations == before.relations
    }

    /// The gist of `note`.
    pub fn of(note: &'a Note) -> Gist<'a> {
        let mut gist = Gist {
            kind: NoteKind::of(&note.kind),
            is_noted: !note.findings.is_empty(),
            entries: note.interactions().iter().map(entry).collect(),
            entry_links: links(
                note.interactions().iter().flat_map(|entry| [&entry.with, &entry.mentions]),
            ),
            promises: note.promises().iter().map(promise).collect(),
            promise_links: links(note.promises().iter().map(|promise| &promise.links)),
            ..Gist::nothing()
        };
        match &note.kind {
            Kind::Contact(contact) => {
                gist.name = Some(&contact.name);
                gist.reach = reach(contact);
                gist.aliases = contact.aliases.iter().map(String::as_str).collect();
                let relations = contact.relations.iter();
                gist.relations =
                    relations.map(|tie| (&*tie.kind, &*tie.to.target.note, tie.time)).collect();
            }
            Kind::Habit(habit) => gist.name = Some(&habit.name),
            Kind::Journal(_) | Kind::Inbox(_) | Kind::Other => {}
        }
        gist
    }
}

fn entry(interaction: &Interaction) -> EntryGist {
    let Interaction { day, meaning, ref with, ref mentions, .. } = *interaction;
    EntryGist { day, meaning, with: counted(with), mentions: counted(mentions) }
}

fn promise(promise: &Promise) -> (PromiseBrief, u32) {
    (PromiseBrief::of(promise), counted(&promise.links))
}

fn counted(links: &[LinkRef]) -> u32 {
    u32::try_from(links.len()).unwrap_or(u32::MAX)
}

fn links<'a>(lists: impl Iterator<Item = &'a Vec<LinkRef>> + Clone) -> Vec<&'a str> {
    let mut links = Vec::with_capacity(lists.clone().map(Vec::len).sum());
    links.extend(lists.flatten().map(|link| link.target.note.as_str()));
    links
}
