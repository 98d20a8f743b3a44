//! People without a purpose, without a circle or rhythm, and people whom a rest might suit.

use crate::features::agenda::view::Item;
use crate::features::agenda::wording::{link, plain};
use crate::features::review::ground::Ground;
use crate::features::review::ids::id_of;
use crate::features::review::words_to::{MOST_NOTES, is_close, person};
use crate::features::undecided::undecided;
use crate::people::book::ContactId;
use crate::people::brief::Brief;
use crate::people::contact::Status;
use crate::text::day::Day;
use crate::text::phrase;
use std::cmp::Reverse;

/// The lines of people in a circle with a rhythm whose note does not say what they are here for; the newest contact
/// first. Who has a tie to the owner (a mother, a partner) needs no other reason.
pub fn purposes(ground: &Ground, at_most: usize) -> Vec<Item> {
    let situation = &ground.situation;
    let mut all = Vec::new();
    let circle = |name: &str| situation.vocabulary.circle(name);
    let has_rhythm = |brief: &Brief| {
        let circle = brief.circle.as_deref().and_then(circle);
        circle.is_some_and(|circle| circle.cadence.is_some_and(|of| of.typical_days().is_some()))
    };
    for (id, brief) in situation.book.everyone() {
        let takes_part = brief.is_present() && brief.status == Status::Active && !brief.paused;
        if takes_part && has_rhythm(brief) && situation.book.me() != Some(id) {
            let newest = situation.book.newest_contact(id, situation.day).map(|touch| touch.day);
            all.push((Reverse(newest), id));
        }
    }
    all.sort_unstable();
    let without = all.into_iter().map(|(_, id)| id).take(MOST_NOTES);
    let without = without.filter(|id| {
        !is_tied_to_owner(ground, *id) && situation.book.contact(*id).purpose.is_empty()
    });
    without.take(at_most).map(|id| line(ground, id, 'u', "what connects you?")).collect()
}

fn is_tied_to_owner(ground: &Ground, id: ContactId) -> bool {
    let book = ground.situation.book;
    book.me().is_some_and(|me| book.ties(id).any(|tie| tie.other == me))
}

/// Contact of this many days makes somebody worth a place.
const RECENT: i64 = 365;

/// The lines of people with contact in the last year and without circle, rhythm or status; the newest contact first.
pub fn without_place(ground: &Ground, at_most: usize) -> Vec<Item> {
    let situation = &ground.situation;
    let since = situation.day.plus_days(-RECENT);
    let recent = |id: &ContactId| {
        let newest = situation.book.newest_contact(*id, situation.day);
        newest.is_some_and(|touch| touch.day >= since)
    };
    let all = undecided(situation).into_iter().filter(recent);
    all.take(at_most).map(|id| line(ground, id, 'k', "which circle or rhythm?")).collect()
}

fn line(ground: &Ground, id: ContactId, letter: char, asks: &str) -> Item {
    let contact = ground.situation.book.contact(id);
    let circle = contact.circle.as_deref().map(|circle| format!(" · {}", plain(circle)));
    let text = format!("{}{}: {asks}", link(contact), circle.unwrap_or_default());
    let last = ground.situation.book.newest_contact(id, ground.situation.day);
    let last = last.map(|touch| format!("Last: {}.", phrase::day(touch.day, ground.begun)));
    let id_of_line = id_of(letter, &[&contact.identity]);
    Item::new(id_of_line, person(ground, id), text, last.into_iter().collect())
}

/// Whoever was not heard of for so many rhythms, and so many days, may rest.
const LONG: (f64, i64) = (3.0, 180);

/// The lines of people whom a rest might suit: the longest quiet by their rhythm first. Those who are close, or here
/// for a purpose, are none of them.
pub fn to_rest(ground: &Ground, at_most: usize) -> Vec<Item> {
    let situation = &ground.situation;
    let mut all: Vec<(f64, ContactId, Day)> = Vec::new();
    for (id, brief) in situation.book.everyone().filter(|(_, brief)| !is_close(brief)) {
        let standing = situation.standing(id);
        let typical = standing.cadence.and_then(|(cadence, _)| cadence.typical_days());
        let (Some(typical), Some(elapsed)) = (typical, standing.elapsed) else { continue };
        let Some(anchor) = standing.anchor.filter(|_| standing.stop.is_none()) else { continue };
        let rhythms = elapsed as f64 / typical.max(1.0);
        let has_step = brief.follow_up.is_some_and(|step| step >= situation.day);
        if rhythms >= LONG.0 && elapsed >= LONG.1 && !has_step {
            all.push((rhythms, id, anchor.day));
        }
    }
    all.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    let all = all.into_iter().take(MOST_NOTES);
    let all = all.filter(|(_, id, _)| situation.book.contact(*id).purpose.is_empty());
    let line = |(_, id, last): (f64, ContactId, Day)| {
        let contact = situation.book.contact(id);
        let circle = contact.circle.as_deref().map(|circle| format!(" · {}", plain(circle)));
        let last = phrase::day(last, ground.begun);
        let who = format!("{}{}", link(contact), circle.unwrap_or_default());
        let text = format!("{who}: active → later (last: {last})");
        Item::new(later_id(&contact.identity), person(ground, id), text, Vec::new())
    };
    all.take(at_most).map(line).collect()
}

fn later_id(identity: &str) -> String {
    id_of('l', &[identity])
}
