//! Next steps and promises with a day as tasks of the calendar.

use crate::features::calendar::item::{Item, When};
use crate::features::calendar::uid::Uids;
use crate::features::calendar::words;
use crate::features::privacy::{keeps, keeps_promise, links_private};
use crate::features::promises::{PromiseView, open};
use crate::features::standing::{FollowUpState, Situation, Stop};
use crate::note::link::{FoundLink, links};
use crate::people::book::{Book, ContactId};
use crate::people::field::Field;
use crate::people::note::Note;
use crate::people::promise::PromiseStatus;
use crate::text::day::Day;
use std::collections::HashSet;

/// How many people are named at most after a promise that does not name them.
const MOST_NAMES: usize = 12;

/// The next steps that wait, in path order. `takes` says with whom.
pub fn next_steps(
    situation: &Situation,
    takes: &dyn Fn(ContactId) -> bool,
    uids: &mut Uids,
) -> Vec<Item> {
    let noted =
        situation.book.in_figures().filter(|(id, of)| of.follow_up().is_some() && takes(*id));
    noted.filter_map(|(id, _)| next_step(situation, id, uids)).collect()
}

fn next_step(situation: &Situation, id: ContactId, uids: &mut Uids) -> Option<Item> {
    let (book, vocabulary) = (situation.book, situation.vocabulary);
    // `next` may hold the day too, and nobody knows here which key it came from.
    if keeps(book, id, Field::FollowUp, vocabulary) || keeps(book, id, Field::Next, vocabulary) {
        return None;
    }
    let standing = situation.standing(id);
    let step = standing.follow_up.filter(|_| !standing.stop.is_some_and(Stop::is_silence))?;
    let due = match step.state {
        FollowUpState::Ahead | FollowUpState::Due => step.day,
        FollowUpState::TriedUntil(day) => day,
        FollowUpState::Settled | FollowUpState::Silenced => return None,
    };
    let brief = book.brief(id);
    let next = brief.next.as_deref().filter(|next| !links_private(book, next, vocabulary));
    let (summary, description) = words::next_step(&brief.name, next.unwrap_or(""));
    let uid = uids.take("step", &[&book.identity(id)]);
    Some(task(situation, uid, summary, description, "Next step", due, false))
}

/// The owner's promises with a day (`📅`) that wait to be kept, in the order of [`open`]. `takes` says about whom; what
/// is about nobody is left out where `everybody` is not wanted.
pub fn promises(
    situation: &Situation,
    takes: &dyn Fn(ContactId) -> bool,
    everybody: bool,
    uids: &mut Uids,
) -> Vec<Item> {
    let open = open(situation.book, situation.day);
    // In the order of days whether they show yet or not, so that nothing moves from day to day.
    let mut dated = open
        .mine
        .iter()
        .chain(&open.later)
        .filter(|view| !view.of.brief.theirs)
        .collect::<Vec<_>>();
    dated.retain(|view| view.of.brief.due.is_some());
    dated.sort_by_key(|view| (view.of.path, view.of.brief.line));
    let wanted = |view: &PromiseView| {
        let people = view.of.people;
        if people.is_empty() { everybody } else { people.iter().any(|id| takes(*id)) }
    };
    dated.retain(|view| wanted(view));
    let of_one_note = dated.chunk_by(|one, other| one.of.note() == other.of.note());
    let mut items = Vec::with_capacity(dated.len());
    for views in of_one_note {
        let Some(first) = views.first() else { continue };
        situation.book.with_note(first.of.note(), |note| {
            items.extend(views.iter().filter_map(|view| promise(situation, view, note, uids)));
        });
    }
    items
}

fn promise(
    situation: &Situation,
    view: &PromiseView,
    note: &Note,
    uids: &mut Uids,
) -> Option<Item> {
    let (book, of) = (situation.book, &view.of);
    let promise = of.of_note(note)?;
    if keeps_promise(book, of, note, promise, situation.vocabulary) {
        return None;
    }
    // Put off to a day after the one it was meant for, it is of that day.
    let due = view.shows.max(of.brief.due)?;
    let unnamed = unnamed(book, &promise.text, of.people);
    let (summary, description) = words::promise(&promise.text, &unnamed);
    let ordinal = promise.text_ordinal.to_string();
    let uid = uids.take("promise", &[&of.path.identity(), &promise.text, &ordinal]);
    let begun = promise.status == PromiseStatus::InProgress;
    Some(task(situation, uid, summary, description, "Promise", due, begun))
}

/// The names of those of whom a reader of `text` would not know that they are meant: it has neither the name, nor a
/// link that shows one. Of very many people only the first.
fn unnamed<'a>(book: &'a Book, text: &str, people: &[ContactId]) -> Vec<&'a str> {
    let shown = |link: FoundLink| {
        let target = link.target;
        let id = book.linked(&target.note)?;
        let shown = target.display.as_deref().unwrap_or(&target.note);
        (book.linked(shown) == Some(id)).then_some(id)
    };
    let shown = links(text).filter_map(shown).collect::<HashSet<_>>();
    let others = people.iter().take(MOST_NAMES).filter(|id| book.me() != Some(**id));
    let others = others.filter(|id| !shown.contains(id));
    let names = others.map(|id| book.brief(*id).name.as_str());
    names.filter(|name| !text.contains(name)).collect()
}

fn task(
    situation: &Situation,
    uid: String,
    summary: String,
    description: Option<String>,
    category: &'static str,
    due: Day,
    begun: bool,
) -> Item {
    // A day that is over rings no more: a first look at the calendar must not be a peal of bells.
    let rings = situation.settings.calendar.remind_at.filter(|_| due >= situation.day);
    let alarms = rings.map(i64::from).into_iter().collect();
    Item { uid, summary, description, category, when: When::Task { due, begun }, alarms }
}
