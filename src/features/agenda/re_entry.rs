//! "Welcome back": what a day asks for after an absence. Three names and one promise, and the rest may start afresh.

use crate::features::agenda::ids::Ids;
use crate::features::agenda::view::{Item, ReEntry, Source};
use crate::features::agenda::wording::START_AFRESH;
use crate::features::due::{Due, Reason, Suggestion};
use crate::features::household::households;
use crate::features::promises::OpenPromises;
use crate::features::reentry::{Absence, NAMES, absence};
use crate::features::standing::Situation;
use crate::people::book::ContactId;
use crate::text::day::Day;
use crate::text::phrase;
use std::collections::HashSet;

/// How many promises a return shows.
const PROMISES: usize = 1;

/// The kind letter of the line that lets everybody start afresh.
const AFRESH: char = 'a';

/// The frame of the day where it is a return, with `due` and `open` narrowed to what it shows: of next steps the oldest
/// and of those whose turn it is the heaviest, three in all; and the promise whose day is nearest.
///
/// On a quiet day of the week nobody is suggested, so it is none.
///
/// `shown` are the ids of the lines that the file of the day has. A day that began as a return stays one, also where
/// contact of an earlier day is written down on it. On the day of a fresh start that was made by the line
/// of a return, the names that stood there stay: "the rest" are the others.
pub fn re_entry(
    situation: &Situation,
    shown: &[String],
    due: &mut Due,
    open: &mut OpenPromises,
    ids: &mut Ids,
) -> Option<ReEntry> {
    if due.quiet {
        return None;
    }
    let is_there = shown.iter().any(|id| id.starts_with(AFRESH));
    let is_begun = is_there && situation.settings.fresh_start == Some(situation.day);
    let absence = if is_begun { None } else { absence(situation) };
    if absence.is_none() && !is_there {
        return None;
    }
    if is_begun {
        keep_names(situation, shown, due);
    }
    narrow(situation, due);
    nearest_first(situation, open);
    Some(ReEntry {
        words: words(situation, absence, is_begun, due),
        start_afresh: start_afresh(is_begun, ids),
    })
}

/// How many promises the day shows.
pub fn promises_at_most(situation: &Situation, re_entry: Option<&ReEntry>) -> usize {
    let usual = situation.settings.agenda.promises;
    re_entry.map_or(usual, |_| usual.min(PROMISES))
}

/// Three names, of which people who live together are one; whoever was contacted or answered today has had a place.
fn narrow(situation: &Situation, due: &mut Due) {
    let book = situation.book;
    let others = book.people().filter(|id| book.me() != Some(*id));
    let placed = others.filter(|id| situation.has_had_a_place(*id, &situation.standing(*id)));
    let places = NAMES.saturating_sub(households(situation, &placed.collect::<Vec<_>>()));
    due.follow_ups.truncate(places);
    let left = places - due.follow_ups.len();
    // Who comes along stands right behind the one whose turn it is.
    let heads = due.today.iter().enumerate().filter(|(_, of)| of.beside.is_none());
    let end = heads.map(|(at, _)| at).nth(left).unwrap_or(due.today.len());
    let others = due.today.split_off(end);
    due.waiting.extend(others);
}

/// Puts the promise first whose day is nearest, else the one promised last: it is the likeliest to be still wanted.
fn nearest_first(situation: &Situation, open: &mut OpenPromises) {
    open.mine.sort_by_key(|view| {
        let (due, promised) = (view.of.brief.due, view.of.brief.promised);
        let from_today = |day: Day| day.days_until(situation.day).abs();
        (due.is_none(), due.map(from_today), promised.map(from_today))
    });
}

/// Whoever the file names by rhythm stays in turn, but those who were contacted.
fn keep_names(situation: &Situation, shown: &[String], due: &mut Due) {
    let shown = shown.iter().map(String::as_str).collect::<HashSet<_>>();
    let mut kept = Vec::new();
    for id in situation.book.people() {
        let line = Ids::default().take('r', &[&situation.book.identity(id), "rhythm"]);
        if shown.contains(line.as_str()) {
            kept.extend(suggestion(situation, id));
        }
    }
    let (_, others): (Vec<_>, Vec<_>) =
        due.today.drain(..).partition(|of| kept.iter().any(|kept| kept.id == of.id));
    due.waiting.extend(others);
    kept.sort_by(|one, other| other.weight.total_cmp(&one.weight));
    due.today = kept;
}

fn suggestion(situation: &Situation, id: ContactId) -> Option<Suggestion> {
    let standing = situation.standing(id);
    let is_answered =
        situation.answered.contains(&id) || standing.contact_day() == Some(situation.day);
    let is_open = standing.stop.is_none() && !is_answered;
    let due = standing.due.filter(|_| is_open)?.day;
    let cadence = standing.cadence.map(|(cadence, _)| cadence);
    let (reason, weight, newest) = (Reason::Rhythm, standing.weight, standing.newest);
    Some(Suggestion { id, beside: None, reason, due, cadence, weight, newest, turn: None })
}

fn words(situation: &Situation, absence: Option<Absence>, is_begun: bool, due: &Due) -> String {
    let start = match absence {
        None if !is_begun => "You are in touch again.".to_owned(),
        _ if due.load.contacted_today > situation.answered.len() => {
            "You are in touch again.".to_owned()
        }
        Some(absence) => {
            format!("It has been quiet since {}.", phrase::day(absence.since, situation.day))
        }
        None => "A new beginning.".to_owned(),
    };
    format!("{start} One small step is enough; there is nothing to catch up on.")
}

fn start_afresh(is_begun: bool, ids: &mut Ids) -> Item {
    let text = START_AFRESH.to_owned();
    let context =
        "Their rhythms begin anew, spread over the time to come. No contact is written down.";
    let id = ids.take(AFRESH, &["start afresh"]);
    let item = Item::new(id, Source::StartAfresh, text, vec![context.to_owned()]);
    Item { status: if is_begun { 'x' } else { ' ' }, ..item }
}
