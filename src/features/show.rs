//! Everything about one person on one page, as facts: who they are, what was last, what is promised, what lies ahead.

use crate::features::due::{Reason, reason};
use crate::features::kinship::{Loose, loose_ties, to_owner};
use crate::features::pets::birthday;
use crate::features::relatives::family::gender_of;
use crate::features::relatives::words::{gendered, when};
use crate::features::standing::{Situation, Standing};
use crate::note::link_write::without_links;
use crate::note::path::NotePath;
use crate::people::book::{Book, ContactId, PromiseRef, Role, Tie, Touch};
use crate::people::contact::{Contact, Status};
use crate::people::event::Event;
use crate::people::interaction::Interaction;
use crate::people::kind::Meaning;
use crate::people::pet::Pet;
use crate::text::day::Day;
use crate::text::partial_date::LooseDate;
use std::cmp::Reverse;

/// One person on one day.
#[derive(Debug, Clone)]
pub struct View<'a> {
    /// Who.
    pub id: ContactId,
    /// What their note says.
    pub contact: &'a Contact,
    /// The day asked about.
    pub day: Day,
    /// What they are to the owner: `your mother`.
    pub to_owner: Option<String>,
    /// Rhythm, newest contact, next step.
    pub standing: Standing,
    /// Why a word to them would be timely on the day, and since when.
    pub reason: Option<(Reason, Day)>,
    /// The last three entries that they took part in, the newest first; plans are none.
    pub entries: Vec<Told<'a>>,
    /// How many such entries there are.
    pub entry_count: usize,
    /// What the owner promised and has not kept yet, in path and line order.
    pub mine: Vec<PromiseRef<'a>>,
    /// What they promised.
    pub theirs: Vec<PromiseRef<'a>>,
    /// What others are to them, from both sides.
    pub ties: Vec<TieWord>,
    /// Whom their note names besides, where it is not known who that is.
    pub loose: Vec<Loose>,
    /// Days ahead within a year, the nearest first.
    pub ahead: Vec<Ahead>,
    /// What happened in their life, the newest first, a few; and what will, where its day is not known. Those that
    /// the entries tell are left out.
    pub events: Vec<&'a Event>,
}

/// An entry about a person.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The note that it stands in.
    pub path: &'a NotePath,
    /// The entry.
    pub entry: &'a Interaction,
    /// Whether it stands in the person's own note.
    pub own: bool,
}

/// A tie in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TieWord {
    /// What the other is to the person: `sister`.
    pub word: String,
    /// The other.
    pub other: ContactId,
    /// Whether the person's own note says it.
    pub stated: bool,
}

/// A day ahead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ahead {
    /// When.
    pub day: Day,
    /// What: `birthday`, `anniversary`, the birthday of a pet, the kind of an event, `plan`.
    pub kind: String,
    /// How many years it will be, where the year is known.
    pub years: Option<u32>,
    /// More about it; may be empty.
    pub text: String,
}

/// How many entries are shown.
const ENTRIES: usize = 3;
/// How many events are.
const EVENTS: usize = 4;

/// The page of `id` in `situation`.
pub fn show<'a>(situation: &Situation<'a>, id: ContactId) -> View<'a> {
    let (book, contact) = (situation.book, situation.book.contact(id));
    let standing = situation.standing(id);
    let took_part = |touch: &Touch| touch.role != Role::Mention && touch.meaning != Meaning::Plan;
    let entries = || situation.past_touches(id).filter(took_part);
    let open = book.promises().filter(|of| of.brief.status.is_open() && of.people.contains(&id));
    let (theirs, mine) = open.partition(|of| of.brief.theirs);
    let shown = entries().take(ENTRIES).map(|touch| told(book, &touch)).collect::<Vec<_>>();
    View {
        id,
        contact,
        day: situation.day,
        to_owner: to_owner(book, id, situation.vocabulary, situation.day),
        reason: reason(situation, &standing),
        standing,
        entry_count: entries().count(),
        mine,
        theirs,
        ties: book.ties(id).map(|tie| tie_word(situation, &tie)).collect(),
        loose: loose_ties(book, id, situation.vocabulary),
        ahead: ahead(situation, id),
        events: events(contact, situation.day, &shown),
        entries: shown,
    }
}

/// The newest events that [`ahead`] does not tell.
fn events<'a>(contact: &'a Contact, today: Day, shown: &[Told<'_>]) -> Vec<&'a Event> {
    let is_told =
        |event: &Event| shown.iter().any(|told| told.own && told.entry.line == event.line);
    let is_ahead = |event: &Event| event.day().is_some_and(|day| day >= today);
    let events = contact.events.iter().filter(|event| !is_ahead(event) && !is_told(event));
    let mut events = events.collect::<Vec<_>>();
    events.sort_by_key(|event| Reverse(event.date.earliest()));
    events.truncate(EVENTS);
    events
}

/// An entry as it is told on a page.
pub fn told<'a>(book: &'a Book, touch: &Touch) -> Told<'a> {
    let (path, entry) = book.interaction(touch);
    Told { path, entry, own: touch.role == Role::Own }
}

fn tie_word(situation: &Situation, tie: &Tie) -> TieWord {
    let Situation { book, vocabulary, day, .. } = *situation;
    let word = gendered(&tie.kind, gender_of(book, tie.other), vocabulary);
    let word = word.unwrap_or_else(|| tie.kind.replace('_', " "));
    let time = when(tie.time, day).filter(|_| !tie.holds(day));
    let word = time.map_or(word.clone(), |time| format!("{word} {time}"));
    TieWord { word, other: tie.other, stated: tie.stated }
}

fn ahead(situation: &Situation, id: ContactId) -> Vec<Ahead> {
    let contact = situation.book.contact(id);
    let last = situation.day.plus_months(12);
    if contact.status == Status::Archived || contact.died.is_some() && !contact.remember {
        return Vec::new();
    }
    let yearly = [(contact.birthday, "birthday"), (contact.anniversary, "anniversary")];
    let yearly = yearly.into_iter().filter_map(|(date, kind)| yearly_day(situation, date?, kind));
    let events = contact.events.iter().filter_map(|event| {
        let (kind, text) = (event.kind.clone(), event.text.clone());
        Some(Ahead { day: event.day()?, kind, years: None, text })
    });
    let pets = contact.pets.iter().filter_map(|text| {
        let pet = Pet::read(text);
        let (day, years) = birthday(&pet, situation.day, situation.settings.leap_day_in_march)?;
        let kind = format!("birthday of {}", without_links(&pet.name));
        Some(Ahead { day, kind, years, text: String::new() })
    });
    let plans = situation
        .book
        .touches(id)
        .filter(|touch| touch.meaning == Meaning::Plan && touch.role != Role::Mention);
    let plans = plans.map(|touch| {
        let text = situation.book.interaction(&touch).1.text.clone();
        Ahead { day: touch.day, kind: "plan".to_owned(), years: None, text }
    });
    let within = |ahead: &Ahead| situation.day <= ahead.day && ahead.day <= last;
    let mut days = yearly.chain(pets).chain(events).chain(plans).filter(within).collect::<Vec<_>>();
    days.sort_by_key(|ahead| ahead.day);
    days
}

fn yearly_day(situation: &Situation, date: LooseDate, kind: &str) -> Option<Ahead> {
    let day = date.next_on_or_after(situation.day, situation.settings.leap_day_in_march)?;
    let years = date.year().filter(|_| !date.estimated).map(|year| day.year() - year);
    let years = years.and_then(|years| u32::try_from(years).ok()).filter(|years| *years > 0);
    Some(Ahead { day, kind: kind.to_owned(), years, text: String::new() })
}
