//! The JSON shapes of `ties brief`. Within a version fields are only added. Dates are as notes write them (ISO, perhaps
//! partial or with `~`).

use crate::features::age::age;
use crate::features::before_meeting::{Around, BeforeMeeting, NearDay};
use crate::features::show::Told;
use crate::frontends::wire_person::{WireEntry, WirePerson};
use crate::people::book::Book;
use crate::people::pet::Pet;
use crate::text::day::Day;
use serde::Serialize;

/// The answer of `ties brief`.
#[derive(Debug, Serialize)]
pub struct WireBriefs {
    /// In the order in which they are shown.
    pub briefs: Vec<WireBrief>,
}

/// What is good to know about one person.
#[derive(Debug, Serialize)]
pub struct WireBrief {
    /// As `ties show` tells it.
    person: WirePerson,
    /// What they are to the owner: `your mother`.
    to_owner: Option<String>,
    /// The newest contacts, the newest first.
    last: Vec<WireEntry>,
    /// What was written about them since and is no contact, the newest first.
    since: Vec<WireEntry>,
    /// Days that are near, in order.
    days: Vec<WireDay>,
    /// Those closest first.
    around: Vec<WireAround>,
    /// The notes of those who live in the same household.
    at_home: Vec<String>,
    pets: Vec<WirePet>,
}

#[derive(Debug, Serialize)]
struct WireDay {
    date: String,
    /// In words: `39th birthday`.
    what: String,
}

#[derive(Debug, Serialize)]
struct WireAround {
    /// What they are to the person: `daughter`.
    kind: String,
    name: String,
    path: String,
    /// In words: `about 7`; of children.
    age: Option<String>,
}

#[derive(Debug, Serialize)]
struct WirePet {
    name: String,
    species: Option<String>,
    born: Option<String>,
    /// In words: `about 7`.
    age: Option<String>,
    died: bool,
}

impl WireBrief {
    /// The shape of `before`; `book` is the one it was made from.
    pub fn new(book: &Book, before: &BeforeMeeting<'_>) -> WireBrief {
        let view = &before.view;
        let entries = |told: &[Told<'_>]| {
            told.iter().map(|told| WireEntry::new(book, view.id, told)).collect()
        };
        let path = |id| book.paths().get(book.note_of(id)).map(ToString::to_string);
        let around = |of: &Around| WireAround {
            kind: of.word.clone(),
            name: book.brief(of.who).name.clone(),
            path: path(of.who).unwrap_or_default(),
            age: of.age.clone(),
        };
        let day = |near: &NearDay| WireDay { date: near.date.to_string(), what: near.what.clone() };
        WireBrief {
            person: WirePerson::new(book, view),
            to_owner: view.to_owner.clone(),
            last: entries(&before.last),
            since: entries(&before.since),
            days: before.days.iter().map(day).collect(),
            around: before.around.iter().map(around).collect(),
            at_home: before.at_home.iter().filter_map(|id| path(*id)).collect(),
            pets: view.contact.pets.iter().map(|text| pet(text, view.day)).collect(),
        }
    }
}

fn pet(text: &str, today: Day) -> WirePet {
    let Pet { name, species, born, died } = Pet::read(text);
    WirePet {
        name,
        species,
        age: born.filter(|_| died.is_none()).and_then(|born| age(born, today)),
        born: born.map(|born| born.to_string()),
        died: died.is_some(),
    }
}
