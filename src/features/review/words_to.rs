//! Lines that propose a word to somebody: a tick makes it a next step on a day of its own, and is no contact.

use crate::features::agenda::ids::Ids;
use crate::features::agenda::reach_out::suggested;
use crate::features::agenda::view::{Item, Source, Why};
use crate::features::due::{Reason, Suggestion, due_in};
use crate::features::review::ground::Ground;
use crate::features::review::ids::id_of;
use crate::features::standing::{FollowUpState, Standing};
use crate::people::book::ContactId;
use crate::people::brief::Brief;
use crate::text::day::Day;
use crate::text::phrase;

/// Those who are due, whoever's turn it is: next steps first, then those whose turn it is, then the longest waiting.
pub fn attention(ground: &Ground, at_most: usize) -> Vec<Item> {
    let due = due_in(&ground.situation);
    let all = due.follow_ups.iter().chain(&due.today).chain(&due.waiting);
    let open = all.filter(|of| !has_step_ahead(&ground.situation.standing(of.id)));
    let mut heads = 0;
    let some = open.take_while(|of| {
        heads += usize::from(of.beside.is_none());
        heads <= at_most
    });
    items(ground, &some.copied().collect::<Vec<_>>())
}

/// No more notes than these are looked into for what somebody is here for.
pub const MOST_NOTES: usize = 60;

/// Those close to the owner, or here for a purpose, whose rhythm has come round: the longest quiet first.
pub fn quiet(ground: &Ground, at_most: usize) -> Vec<Item> {
    let situation = &ground.situation;
    let mut all = Vec::new();
    for (id, brief) in situation.book.everyone() {
        let standing = situation.standing(id);
        let typical = standing.cadence.and_then(|(cadence, _)| cadence.typical_days());
        let (Some(typical), Some(elapsed)) = (typical, standing.elapsed) else { continue };
        let is_quiet = elapsed as f64 >= typical && standing.stop.is_none();
        if is_quiet && !has_step_ahead(&standing) {
            all.push((std::cmp::Reverse(elapsed), id, is_close(brief), standing));
        }
    }
    all.sort_by_key(|(elapsed, id, ..)| (*elapsed, *id));
    let mut looked = 0;
    let important = all.into_iter().filter(|(_, id, is_close, _)| {
        *is_close || {
            looked += 1;
            looked <= MOST_NOTES && !situation.book.contact(*id).purpose.is_empty()
        }
    });
    let suggestions = important.take(at_most).map(|(_, id, _, standing)| Suggestion {
        id,
        reason: Reason::Rhythm,
        due: standing.due.map_or(situation.day, |due| due.day),
        cadence: standing.cadence.map(|(cadence, _)| cadence),
        weight: standing.weight,
        newest: standing.newest,
        turn: None,
        beside: None,
    });
    items(ground, &suggestions.collect::<Vec<_>>())
}

/// Whether somebody is in one of the circles that are close by their name.
pub fn is_close(brief: &Brief) -> bool {
    brief.circle.as_deref().is_some_and(|circle| {
        ["inner", "mentor"].iter().any(|close| circle.eq_ignore_ascii_case(close))
    })
}

fn has_step_ahead(standing: &Standing) -> bool {
    standing.follow_up.is_some_and(|step| step.state == FollowUpState::Ahead)
}

fn items(ground: &Ground, suggestions: &[Suggestion]) -> Vec<Item> {
    let items = suggested(&ground.situation, suggestions, &mut Ids::default());
    items.into_iter().map(|item| as_word(ground, item)).collect()
}

fn as_word(ground: &Ground, item: Item) -> Item {
    let identity = match &item.source {
        Source::People { identities, .. } => identities.first().map_or("", String::as_str),
        _ => "",
    };
    let day = phrase::on_day(ground.word_day(identity), ground.begun);
    Item { id: word_id(identity), text: format!("{}{A_WORD}{day}", item.text), ..item }
}

/// What stands before the day in the line of a word to somebody.
const A_WORD: &str = ": a word ";

/// A review is read back for so many days, and its words are spread over the days after them.
const DAYS: i64 = 200;

/// The day that the line of a word to somebody says: their note may have another name by now, which spreads to another
/// day.
pub fn day_of_line(ground: &Ground, text: &str) -> Option<Day> {
    let (_, said) = text.rsplit_once(A_WORD)?;
    let mut days = (1..=DAYS).map(|ahead| ground.begun.plus_days(ahead));
    days.find(|day| phrase::on_day(*day, ground.begun) == said)
}

/// The id of the line that proposes a word to somebody.
pub fn word_id(identity: &str) -> String {
    id_of('w', &[identity])
}

/// Somebody, as a line is about them.
pub fn person(ground: &Ground, id: ContactId) -> Source {
    let identities = vec![ground.situation.book.identity(id).into_owned()];
    Source::People { identities, why: Why::Answered }
}
