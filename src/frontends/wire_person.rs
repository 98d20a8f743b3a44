//! The JSON shape of one person. Within a version fields are only added. Dates are as notes write them (ISO, perhaps
//! partial or with `~`); places are `path` and `line`, from 1.

use crate::features::kinship::Loose;
use crate::features::show::{Ahead, Told, View};
use crate::frontends::wire_gifts::{WireEvent, WireGift};
use crate::people::book::{Book, ContactId, PromiseRef};
use crate::people::contact::{Labelled, Status};
use crate::people::kind::Meaning;
use serde::Serialize;

/// The answer of `ties show`.
#[derive(Debug, Serialize)]
pub struct WirePerson {
    name: String,
    path: String,
    aliases: Vec<String>,
    circle: Option<String>,
    groups: Vec<String>,
    tags: Vec<String>,
    /// `active`, `later`, `reference` or `archived`.
    status: &'static str,
    /// In words: `every 2-4 weeks`.
    cadence: Option<String>,
    /// The day on which the rhythm comes round.
    due: Option<String>,
    quiet_until: Option<String>,
    paused: bool,
    /// Whether they have died.
    died: bool,
    /// The newest day on which contact is sure.
    newest_contact: Option<String>,
    /// What the note claims.
    last_contact: Option<String>,
    follow_up: Option<String>,
    next: Option<String>,
    channels: Vec<String>,
    birthday: Option<String>,
    anniversary: Option<String>,
    purpose: Vec<String>,
    interests: Vec<String>,
    met: Vec<String>,
    goal: Vec<String>,
    how: Vec<String>,
    email: Vec<WireLabelled>,
    phone: Vec<WireLabelled>,
    address: Vec<WireLabelled>,
    url: Vec<WireLabelled>,
    organization: Vec<WireLabelled>,
    title: Vec<WireLabelled>,
    location: Vec<WireLabelled>,
    timezone: Option<String>,
    pets: Vec<String>,
    food: Vec<String>,
    pronouns: Vec<String>,
    /// Keys that are the owner's own.
    other: Vec<WireKey>,
    /// The last three, the newest first.
    entries: Vec<WireEntry>,
    /// How many there are.
    entry_count: usize,
    /// Open ones, the owner's and the person's.
    promises: Vec<WirePromise>,
    ties: Vec<WireTie>,
    /// Whom the note names besides, where it is not known who that is.
    loose: Vec<WireLoose>,
    /// Within a year.
    ahead: Vec<WireAhead>,
    /// The newest that `ahead` and `entries` do not tell.
    events: Vec<WireEvent>,
    gifts: Vec<WireGift>,
}

#[derive(Debug, Serialize)]
struct WireLabelled {
    value: String,
    label: Option<String>,
}

#[derive(Debug, Serialize)]
struct WireKey {
    key: String,
    value: String,
}

/// An entry about somebody.
#[derive(Debug, Serialize)]
pub struct WireEntry {
    date: String,
    kind: Option<String>,
    /// Whether it is contact.
    contact: bool,
    text: String,
    /// The others in its head, as paths.
    with: Vec<String>,
    path: String,
    line: u32,
}

#[derive(Debug, Serialize)]
struct WirePromise {
    text: String,
    /// Whether it is theirs to keep.
    theirs: bool,
    due: Option<String>,
    promised: Option<String>,
    path: String,
    line: u32,
}

#[derive(Debug, Serialize)]
struct WireTie {
    /// What the other is to the person: `sister`.
    kind: String,
    name: String,
    path: String,
    /// Whether the person's own note says it.
    stated: bool,
}

/// Somebody whom a tie of a note names, and of whom it is not known who that is.
#[derive(Debug, Serialize)]
pub struct WireLoose {
    /// What they are: `sister`.
    kind: String,
    /// As the note names them.
    name: String,
    /// In words: `no note`.
    why: &'static str,
}

impl WireLoose {
    /// The shape of `loose`.
    pub fn new(loose: &Loose) -> WireLoose {
        WireLoose { kind: loose.word.clone(), name: loose.name.clone(), why: loose.why }
    }
}

#[derive(Debug, Serialize)]
struct WireAhead {
    date: String,
    kind: String,
    years: Option<u32>,
    text: String,
}

impl WirePerson {
    /// The shape of `view`; `book` is the one it was made from.
    pub fn new(book: &Book, view: &View<'_>) -> WirePerson {
        let contact = view.contact;
        let standing = &view.standing;
        WirePerson {
            name: contact.name.clone(),
            path: contact.path.to_string(),
            aliases: contact.aliases.clone(),
            circle: contact.circle.clone(),
            groups: contact.groups.clone(),
            tags: contact.tags.clone(),
            status: status(contact.status),
            cadence: standing.cadence.map(|(cadence, _)| cadence.to_string()),
            due: standing.due.map(|due| due.day.to_string()),
            quiet_until: text(contact.quiet_until),
            paused: contact.paused,
            died: contact.died.is_some(),
            newest_contact: text(standing.contact_day()),
            last_contact: text(contact.last_contact),
            follow_up: text(contact.follow_up),
            next: contact.next.clone(),
            channels: contact.channels.clone(),
            birthday: text(contact.birthday),
            anniversary: text(contact.anniversary),
            purpose: contact.purpose.clone(),
            interests: contact.interests.clone(),
            met: contact.met.clone(),
            goal: contact.goal.clone(),
            how: contact.how.clone(),
            email: labelled(&contact.email),
            phone: labelled(&contact.phone),
            address: labelled(&contact.address),
            url: labelled(&contact.url),
            organization: labelled(&contact.organization),
            title: labelled(&contact.title),
            location: labelled(&contact.location),
            timezone: contact.timezone.clone(),
            pets: contact.pets.clone(),
            food: contact.food.clone(),
            pronouns: contact.pronouns.clone(),
            other: contact.other.iter().map(|(key, value)| key_of(key, value)).collect(),
            entries: view.entries.iter().map(|told| WireEntry::new(book, view.id, told)).collect(),
            entry_count: view.entry_count,
            promises: view.mine.iter().chain(&view.theirs).map(promise).collect(),
            ties: ties(book, view),
            loose: view.loose.iter().map(WireLoose::new).collect(),
            ahead: view.ahead.iter().map(ahead).collect(),
            events: view.events.iter().map(|event| WireEvent::new(event, &contact.path)).collect(),
            gifts: contact.gifts.iter().map(WireGift::new).collect(),
        }
    }
}

fn text<T: ToString>(value: Option<T>) -> Option<String> {
    value.map(|value| value.to_string())
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Active => "active",
        Status::Later => "later",
        Status::Reference => "reference",
        Status::Archived => "archived",
    }
}

fn labelled(values: &[Labelled]) -> Vec<WireLabelled> {
    let one = |of: &Labelled| WireLabelled { value: of.value.clone(), label: of.label.clone() };
    values.iter().map(one).collect()
}

fn key_of(key: &str, value: &str) -> WireKey {
    WireKey { key: key.to_owned(), value: value.to_owned() }
}

impl WireEntry {
    /// The shape of an entry about `who`.
    pub fn new(book: &Book, who: ContactId, told: &Told<'_>) -> WireEntry {
        let with = told.entry.with.iter().filter_map(|link| book.linked(&link.target.note));
        let with = with.filter(|id| *id != who).map(|id| book.contact(id).path.to_string());
        WireEntry {
            date: told.entry.day.to_string(),
            kind: told.entry.kind.as_deref().map(str::to_owned),
            contact: told.entry.meaning == Meaning::Contact,
            text: told.entry.text.clone(),
            with: with.collect(),
            path: told.path.to_string(),
            line: told.entry.line,
        }
    }
}

fn promise(of: &PromiseRef<'_>) -> WirePromise {
    WirePromise {
        text: of.promise().text.clone(),
        theirs: of.brief.theirs,
        due: text(of.brief.due),
        promised: text(of.brief.promised),
        path: of.path.to_string(),
        line: of.brief.line,
    }
}

fn ties(book: &Book, view: &View<'_>) -> Vec<WireTie> {
    let ties = view.ties.iter().map(|tie| {
        let other = book.contact(tie.other);
        let (name, path) = (other.name.clone(), other.path.to_string());
        WireTie { kind: tie.word.clone(), name, path, stated: tie.stated }
    });
    ties.collect()
}

fn ahead(of: &Ahead) -> WireAhead {
    let (kind, text) = (of.kind.clone(), of.text.clone());
    WireAhead { date: of.day.to_string(), kind, years: of.years, text }
}
