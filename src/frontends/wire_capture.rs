//! The JSON shapes of what a sentence, or a line of the inbox, says. Within a version fields are only added.

use crate::features::capture::doubt::Doubt;
use crate::features::capture::sentence::{Captured, CapturedPromise};
use crate::features::capture::told::{doubt, hint, told};
use crate::people::book::{Book, ContactId};
use crate::people::kind::Meaning;
use crate::text::day::Day;
use serde::Serialize;

/// The answer of `ties log "…" --json`: what was understood. Nothing is written.
#[derive(Debug, Serialize)]
pub struct WireCaptured {
    /// Who was there; the first one gets the entry.
    people: Vec<WirePerson>,
    /// Who is only spoken of.
    spoken_of: Vec<WirePerson>,
    /// ISO.
    date: String,
    /// Whether a day was said; else it is today.
    date_said: bool,
    kind: Option<String>,
    /// `contact`, `note`, `tried` or `plan`.
    meaning: &'static str,
    text: String,
    /// Items of lists below it, as they were typed.
    below: Vec<String>,
    promises: Vec<WirePromise>,
    /// Empty where it was said that there is none; `null` where nothing was said.
    next: Option<String>,
    /// ISO.
    follow_up: Option<String>,
    doubts: Vec<WireDoubt>,
    /// The same in words, a line each.
    told: Vec<String>,
    /// Whether `--yes` would write it.
    ready: bool,
}

#[derive(Debug, Serialize)]
struct WirePerson {
    name: String,
    path: String,
}

#[derive(Debug, Serialize)]
struct WirePromise {
    with: Option<WirePerson>,
    text: String,
    /// Whether it is theirs to keep.
    theirs: bool,
    /// ISO.
    due: Option<String>,
}

#[derive(Debug, Serialize)]
struct WireDoubt {
    /// `several`, `word-or-name`, `surname`, `nobody`, `no-day`, `days`, `to-do`, `to-come`, `without-you`,
    /// `no-kind`, `hedged`, `birthday`, `as-word`, `unknown` or `for-the-first`.
    kind: &'static str,
    /// In words.
    message: String,
    /// What to type.
    hint: Option<String>,
    /// Who could be meant.
    candidates: Vec<WirePerson>,
    /// Whether nothing is written before it is settled.
    stops: bool,
}

impl WireCaptured {
    /// The shape of `captured`.
    pub fn new(book: &Book, captured: &Captured, today: Day) -> WireCaptured {
        WireCaptured {
            people: people(book, &captured.people),
            spoken_of: people(book, &captured.spoken_of),
            date: captured.day.to_string(),
            date_said: captured.is_day_said,
            kind: captured.kind.clone(),
            meaning: match captured.meaning {
                Meaning::Contact => "contact",
                Meaning::Note => "note",
                Meaning::Tried => "tried",
                Meaning::Plan => "plan",
            },
            text: captured.text.clone(),
            below: captured.below.clone(),
            promises: captured.promises.iter().map(|of| promise(book, of)).collect(),
            next: captured.next.clone(),
            follow_up: captured.follow_up.map(|day| day.to_string()),
            doubts: captured.doubts.iter().map(|of| wire_doubt(book, of)).collect(),
            told: told(book, captured, today),
            ready: captured.stopping().next().is_none(),
        }
    }
}

fn person(book: &Book, id: ContactId) -> WirePerson {
    let path = book.paths().get(book.note_of(id)).map(ToString::to_string).unwrap_or_default();
    WirePerson { name: book.brief(id).name.clone(), path }
}

fn people(book: &Book, people: &[ContactId]) -> Vec<WirePerson> {
    people.iter().map(|id| person(book, *id)).collect()
}

fn promise(book: &Book, promise: &CapturedPromise) -> WirePromise {
    WirePromise {
        with: promise.with.map(|id| person(book, id)),
        text: promise.text.clone(),
        theirs: promise.is_theirs,
        due: promise.due.map(|day| day.to_string()),
    }
}

fn wire_doubt(book: &Book, of: &Doubt) -> WireDoubt {
    let (kind, candidates): (_, &[ContactId]) = match of {
        Doubt::Several { people, .. } => ("several", people),
        Doubt::WordOrName { people, .. } => ("word-or-name", people),
        Doubt::Surname { people, .. } => ("surname", people),
        Doubt::ToDo { .. } => ("to-do", &[]),
        Doubt::ToCome { .. } => ("to-come", &[]),
        Doubt::Nobody { spoken_of } => ("nobody", spoken_of),
        Doubt::NoDay { .. } => ("no-day", &[]),
        Doubt::Days { .. } => ("days", &[]),
        Doubt::WithoutYou => ("without-you", &[]),
        Doubt::NoKind => ("no-kind", &[]),
        Doubt::Hedged { .. } => ("hedged", &[]),
        Doubt::Birthday { .. } => ("birthday", &[]),
        Doubt::AsWord { people, .. } => ("as-word", people),
        Doubt::Unknown { .. } => ("unknown", &[]),
        Doubt::ForTheFirst { .. } => ("for-the-first", &[]),
    };
    WireDoubt {
        kind,
        message: doubt(book, of),
        hint: hint(book, of),
        candidates: people(book, candidates),
        stops: of.stops(),
    }
}
