//! The JSON shape of a balance. Within a version fields are only added.

use crate::features::balance::{Balance, Band, Person, PersonShare, Share};
use crate::features::balance_text::sentences;
use crate::people::book::Book;
use serde::Serialize;

/// The answer of `ties stats`.
#[derive(Debug, Serialize)]
pub struct WireStats {
    /// The first and the last day, ISO.
    from: String,
    to: String,
    /// The whole in a few sentences.
    sentences: Vec<String>,
    /// Days on which there was any contact.
    days: usize,
    /// People who had contact.
    people_met: usize,
    /// In the order of the settings, those without a circle last.
    circles: Vec<WireShare>,
    groups: Vec<WireShare>,
    /// Everybody with contact or a rhythm, in the order of the circles, then of the notes.
    people: Vec<WirePersonShare>,
    kinds: Vec<WireKind>,
    weeks: Vec<WireWeek>,
    /// Those whose rhythm came round, and with whom no contact is written down.
    quiet: Vec<WirePerson>,
    /// Those with much contact and no rhythm.
    often: Vec<WirePerson>,
    /// Those with whom it began in these days.
    new: Vec<WirePerson>,
    promises: WireKept,
}

#[derive(Debug, Serialize)]
struct WireShare {
    /// Nothing for those without a circle.
    name: Option<String>,
    /// `quiet`, `less`, `as-wanted`, `more` or `not-asked`.
    band: &'static str,
    people: usize,
    people_met: usize,
    /// With whom most of it was, where that were few of many.
    mostly: Vec<WirePerson>,
}

#[derive(Debug, Serialize)]
struct WirePersonShare {
    #[serde(flatten)]
    person: WirePerson,
    /// Nothing for somebody without a circle.
    circle: Option<String>,
    band: &'static str,
}

#[derive(Debug, Serialize)]
struct WirePerson {
    name: String,
    path: String,
}

#[derive(Debug, Serialize)]
struct WireKind {
    /// Nothing where no kind was written.
    name: Option<String>,
    /// How many entries.
    times: usize,
}

#[derive(Debug, Serialize)]
struct WireWeek {
    monday: String,
    /// Contacts: a person on a day.
    contacts: usize,
}

#[derive(Debug, Serialize)]
struct WireKept {
    kept: usize,
    /// By others.
    kept_to_you: usize,
    waiting: usize,
}

impl WireStats {
    /// The shape of `balance`; `book` is the one it was made from.
    pub fn new(book: &Book, balance: &Balance) -> WireStats {
        let people = |people: &[Person]| people.iter().map(|one| person(book, one)).collect();
        let shares = |shares: &[Share]| shares.iter().map(|one| share(book, one)).collect();
        let kinds = balance.kinds.iter();
        let weeks = balance.weeks.iter();
        WireStats {
            from: balance.span.from.to_string(),
            to: balance.span.to.to_string(),
            sentences: sentences(balance),
            days: balance.days,
            people_met: balance.met,
            circles: shares(&balance.circles),
            groups: shares(&balance.groups),
            people: balance.people.iter().map(|one| person_share(book, balance, one)).collect(),
            kinds: kinds
                .map(|kind| WireKind { name: kind.name.clone(), times: kind.times })
                .collect(),
            weeks: weeks
                .map(|week| WireWeek { monday: week.monday.to_string(), contacts: week.contacts })
                .collect(),
            quiet: people(&balance.quiet),
            often: people(&balance.often),
            new: people(&balance.new),
            promises: WireKept {
                kept: balance.kept.mine,
                kept_to_you: balance.kept.theirs,
                waiting: balance.kept.waiting,
            },
        }
    }
}

fn share(book: &Book, share: &Share) -> WireShare {
    WireShare {
        name: share.name.clone(),
        band: word(share.band),
        people: share.people,
        people_met: share.met,
        mostly: share.mostly.iter().map(|one| person(book, one)).collect(),
    }
}

fn person_share(book: &Book, balance: &Balance, share: &PersonShare) -> WirePersonShare {
    let circle = balance.circles.get(share.circle).and_then(|circle| circle.name.clone());
    WirePersonShare { person: person(book, &share.person), circle, band: word(share.band) }
}

fn person(book: &Book, person: &Person) -> WirePerson {
    let path = book.paths()[book.note_of(person.id)].to_string();
    WirePerson { name: person.name.clone(), path }
}

fn word(band: Band) -> &'static str {
    match band {
        Band::Quiet => "quiet",
        Band::Less => "less",
        Band::AsWanted => "as-wanted",
        Band::More => "more",
        Band::NotAsked => "not-asked",
    }
}
