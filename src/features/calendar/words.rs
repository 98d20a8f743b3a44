//! What the items of a calendar say: short lines that are clear on a phone. No ages: an item that comes again each
//! year would be wrong the next.

use crate::features::agenda::wording::{event_kind, excerpt, plain, step};
use crate::features::occasions::OccasionKind;
use crate::text::partial_date::LooseDate;
use crate::text::phrase;

/// Who is in an occasion, by name.
#[derive(Debug, Clone, Copy)]
pub enum Whose<'a> {
    /// One person.
    One(&'a str),
    /// Two of them.
    Two(&'a str, &'a str),
    /// One person and the owner.
    WithOwner(&'a str),
}

/// An occasion: what is seen of it, and more, where `date` or the event has more to say.
pub fn occasion(
    kind: &OccasionKind,
    whose: Whose<'_>,
    date: Option<LooseDate>,
) -> (String, Option<String>) {
    let who = match whose {
        Whose::One(who) | Whose::Two(who, _) | Whose::WithOwner(who) => who,
    };
    let since = |before: &str| date.and_then(year).map(|year| format!("{before} {year}."));
    match kind {
        OccasionKind::Birthday => (format!("{who}'s birthday"), since("Born")),
        OccasionKind::Anniversary => (anniversary(whose), since("Since")),
        OccasionKind::RememberedBirth => (format!("{who} was born on this day"), since("Born")),
        OccasionKind::RememberedDeath => (format!("{who} died on this day"), since("Died")),
        OccasionKind::Event { kind, text } => event(who, kind, text),
    }
}

/// An event in somebody's life; `text` may be empty.
pub fn event(who: &str, kind: &str, text: &str) -> (String, Option<String>) {
    let head = format!("{who}, {}", event_kind(kind));
    short(&plain(text), |text| match text {
        "" => head.clone(),
        text => format!("{head}: {text}"),
    })
}

fn anniversary(whose: Whose<'_>) -> String {
    match whose {
        Whose::One(who) => format!("{who}'s anniversary"),
        Whose::Two(who, with) => format!("The anniversary of {who} and {with}"),
        Whose::WithOwner(who) => format!("Your anniversary with {who}"),
    }
}

/// `in 1996`, `around 1996`; `1996` after `Since`.
fn year(date: LooseDate) -> Option<String> {
    let year = date.year()?;
    Some(if date.estimated { format!("around {year}") } else { year.to_string() })
}

/// A next step with somebody; `next` is empty where nothing is said of it.
pub fn next_step(who: &str, next: &str) -> (String, Option<String>) {
    short(&plain(next), |text| match text {
        "" => format!("A word to {who}"),
        text => format!("{who}: {}", step(text)),
    })
}

/// A promise; `unnamed` are the people whom it is to and whom its text does not name.
pub fn promise(text: &str, unnamed: &[&str]) -> (String, Option<String>) {
    let people = phrase::list(unnamed);
    short(&plain(text), |text| match (text, people.as_str()) {
        ("", "") => "A promise".to_owned(),
        ("", people) => format!("A promise to {people}"),
        (text, "") => text.to_owned(),
        (text, people) => format!("{text} ({people})"),
    })
}

/// The line that `around` makes of a text that may be long, and all of the text where it was cut.
fn short(text: &str, around: impl Fn(&str) -> String) -> (String, Option<String>) {
    let cut = excerpt(text);
    let whole = (cut != text).then(|| text.to_owned());
    (around(&cut), whole)
}
