//! Notes in which nothing was written for long: whether what they say is still so. How old a fact is nobody writes
//! down; how long a note has been still is known from its log.

use crate::features::agenda::view::Item;
use crate::features::agenda::wording::{link, plain};
use crate::features::review::ground::Ground;
use crate::features::review::ids::id_of;
use crate::features::review::words_to::{MOST_NOTES, person};
use crate::people::book::{ContactId, Role};
use crate::people::brief::Brief;
use crate::people::contact::{Contact, Labelled, Status};
use crate::people::kind::Meaning;
use crate::text::day::Day;
use crate::text::phrase;

/// Whose notes are looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Of people with a rhythm.
    WithRhythm,
    /// Of everybody who is not only looked up.
    Everybodys,
}

/// The lines about notes in which nothing was written for `months`, the longest still first.
pub fn facts(ground: &Ground, whose: Whose, months: i32, at_most: usize) -> Vec<Item> {
    let situation = &ground.situation;
    let before = situation.day.plus_months(-months);
    let mut still = Vec::new();
    for (id, brief) in situation.book.everyone() {
        if situation.book.me() == Some(id) || !brief.is_present() || is_apart(brief, whose) {
            continue;
        }
        let newest = newest_written(ground, id).or(brief.created);
        let Some(newest) = newest.filter(|newest| *newest < before) else { continue };
        if whose == Whose::Everybodys || situation.standing(id).cadence.is_some() {
            still.push((newest, id));
        }
    }
    still.sort_unstable();
    let items =
        still.into_iter().take(MOST_NOTES).filter_map(|(newest, id)| item(ground, id, newest));
    items.take(at_most).collect()
}

fn is_apart(brief: &Brief, whose: Whose) -> bool {
    match whose {
        Whose::WithRhythm => brief.status != Status::Active || brief.paused,
        Whose::Everybodys => brief.status == Status::Reference,
    }
}

/// The newest day of which the person's own note tells, plans left out.
fn newest_written(ground: &Ground, id: ContactId) -> Option<Day> {
    let mut own = ground.situation.past_touches(id).filter(|touch| touch.role == Role::Own);
    own.find(|touch| touch.meaning != Meaning::Plan).map(|touch| touch.day)
}

fn item(ground: &Ground, id: ContactId, newest: Day) -> Option<Item> {
    let contact = ground.situation.book.contact(id);
    let told = told(contact);
    if told.is_empty() {
        return None;
    }
    let text = format!("{}: still so? {told}", link(contact));
    let context = format!("Nothing new is written since {}.", month(newest));
    let id_of_line = id_of('f', &[&contact.identity]);
    Some(Item::new(id_of_line, person(ground, id), text, vec![context]))
}

fn month(day: Day) -> String {
    format!("{} {}", day.month_name(), day.year())
}

/// What a note says that may change: work and place as they stand, of addresses only that they are there.
pub fn told(contact: &Contact) -> String {
    let first = |values: &[Labelled]| values.first().map(|value| plain(&value.value));
    let shown = [first(&contact.title), first(&contact.organization), first(&contact.location)];
    let kinds =
        [(&contact.phone, "phone"), (&contact.email, "e-mail"), (&contact.address, "address")];
    let named = kinds.iter().filter(|(values, _)| !values.is_empty());
    let named = named.map(|(_, name)| (*name).to_owned());
    let all = shown.into_iter().flatten().filter(|text| !text.is_empty()).chain(named);
    phrase::list(&all.collect::<Vec<_>>())
}
