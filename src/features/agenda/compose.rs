//! The agenda of a day, from the book and from what the person wrote into the file that is there.

use crate::features::agenda::about::{About, id_of_promise};
use crate::features::agenda::coming_up::{coming_up, reviews};
use crate::features::agenda::done::{self, Shown};
use crate::features::agenda::file::{self, NotOurs};
use crate::features::agenda::habits;
use crate::features::agenda::ids::Ids;
use crate::features::agenda::promises as promise_items;
use crate::features::agenda::quiet::{quiet, quiet_day};
use crate::features::agenda::re_entry;
use crate::features::agenda::reach_out;
use crate::features::agenda::render;
use crate::features::agenda::stay::{
    Before, Followed, Stay, answered_before, put_into, records, settled, stays, without_rests,
};
use crate::features::agenda::today;
use crate::features::agenda::view::{Agenda, Item};
use crate::features::due::due_in;
use crate::features::habit_report::reports;
use crate::features::promises;
use crate::features::settings::Settings;
use crate::features::standing::Situation;
use crate::people::book::Book;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use std::collections::HashMap;

/// The agenda of `day`. `existing` is the text of the file that it will replace: what the person wrote there is kept,
/// and on the same day its order and the lines that were answered; [`NotOurs`] where `ties` did not write that file,
/// which then is not to be touched. No answer is followed here.
pub fn compose(
    book: &Book,
    day: Day,
    settings: &Settings,
    vocabulary: &Vocabulary,
    existing: Option<&str>,
) -> Result<Agenda, NotOurs> {
    compose_after(book, day, settings, vocabulary, existing, &Followed::default())
}

/// The same, after the answers in the file were followed as `followed` says and `book` was read again.
pub fn compose_after(
    book: &Book,
    day: Day,
    settings: &Settings,
    vocabulary: &Vocabulary,
    existing: Option<&str>,
    followed: &Followed,
) -> Result<Agenda, NotOurs> {
    let file = file::read(existing.unwrap_or(""))?;
    let file = without_rests(&file, &|day| settings.is_away(day));
    let situation = Situation::new(book, day, settings, vocabulary);
    let stays = stays(&situation, &file, followed);
    let of_day = stays.iter().filter(|stay| stay.answer.day == day).collect::<Vec<_>>();
    let put_off = of_day.iter().filter(|stay| stay.is_followed() && stay.puts_off());
    let put_off = put_off.flat_map(|stay| stay.people().iter().copied()).collect();
    let situation = situation.with_answers(put_off, HashMap::new());
    let records = records(day, &file, &stays, followed);
    let order = file.order(day);
    let before = answered_before(day, &records);
    let mut agenda = fresh(&situation, &of_day, &before, &stays, &order);
    in_order(&mut agenda, &order);
    agenda.records = records;
    agenda.front_matter = file.front_matter();
    let settled = settled(&agenda, &stays, file.sides.len());
    agenda.notes = file.notes(day, &render::ours(&agenda), &settled);
    Ok(agenda)
}

/// The agenda as it is without an older file, but for the lines that were answered: they are in it, or in `before`.
/// `order` are the ids of the lines that the file of the day has.
fn fresh(
    situation: &Situation,
    of_day: &[&Stay],
    before: &Before<'_>,
    stays: &[Stay],
    order: &[String],
) -> Agenda {
    let mut ids = Ids::default();
    let away = situation.settings.is_away(situation.day);
    let mut due = due_in(situation);
    let standings = habits::standings(situation);
    let mut agenda = Agenda {
        day: situation.day,
        today: today::occasions(situation, &mut ids),
        re_entry: None,
        promises: Vec::new(),
        promises_waiting: 0,
        reach_out: Vec::new(),
        habits: Vec::new(),
        coming_up: Vec::new(),
        coming_up_later: 0,
        done: done::done(situation, &standings, &shown(of_day)),
        empty: None,
        records: Vec::new(),
        front_matter: Vec::new(),
        notes: Vec::new(),
    };
    // What is not asked again goes first, or what stands below it would go with it.
    let is_asked = |item: &Item| before.asks(situation, item);
    agenda.today.retain(is_asked);
    let mut open_promises = None;
    if !away {
        let mut open = promises::open(situation.book, situation.day);
        today::others(situation, &due.plans, &mut agenda.today, &is_asked, &mut ids);
        agenda.re_entry = re_entry::re_entry(situation, order, &mut due, &mut open, &mut ids);
        let at_most = re_entry::promises_at_most(situation, agenda.re_entry.as_ref());
        (agenda.promises, agenda.promises_waiting) =
            promise_items::promises(situation, &open, at_most, &mut ids);
        // A return has its few names, and no others.
        let is_return = agenda.re_entry.is_some();
        let reports = if is_return { Vec::new() } else { reports(situation) };
        let reach_out = reach_out::reach_out(situation, &due, &reports, &agenda.today, &mut ids);
        agenda.reach_out = beside(&mut agenda.today, reach_out);
        agenda.habits = habits::habits(&standings, &mut ids);
        open_promises = Some(open);
    }
    let (ahead, more) = coming_up(situation, open_promises.as_ref(), &mut ids);
    put_into(&mut agenda, situation.book, stays);
    let at_most = re_entry::promises_at_most(situation, agenda.re_entry.as_ref());
    make_room(&mut agenda, at_most);
    let done = !agenda.done.is_empty() || of_day.iter().any(|stay| stay.is_followed());
    agenda.empty = match agenda.is_empty() {
        true => Some(quiet(situation, &due, &ahead, done)),
        false => quiet_day(&due).filter(|_| !due.waiting.is_empty()),
    };
    // A review is not what the quiet of a day ends with.
    let today = if away { Vec::new() } else { reviews(situation, &mut ids) };
    agenda.coming_up = today.into_iter().chain(ahead).map(|ahead| ahead.item).collect();
    agenda.coming_up_later = more;
    agenda
}

/// What the answered lines of the day say was done, so that it is not said twice.
fn shown(of_day: &[&Stay]) -> Shown {
    let mut shown = Shown::default();
    for stay in of_day.iter().filter(|stay| stay.status == 'x' && !stay.is_left) {
        match &stay.about {
            Some(About::People(people)) => shown.people.extend(people),
            Some(About::Promise(of)) => drop(shown.promises.insert(id_of_promise(of))),
            Some(About::Habit(habit)) => drop(shown.habits.insert(habit.identity.clone())),
            Some(About::Afresh) | None => {}
        }
    }
    shown
}

/// A promise that was put off today has had its place: answering never brings a new one.
fn make_room(agenda: &mut Agenda, limit: usize) {
    let mut surplus = agenda.promises.len().saturating_sub(limit);
    while surplus > 0 {
        let Some(at) = agenda.promises.iter().rposition(|item| item.status == ' ') else { return };
        agenda.promises.remove(at);
        agenda.promises_waiting += 1;
        surplus -= 1;
    }
}

/// One line a person: who already stands in `today` with something to do gets the context of the suggestion there.
fn beside(today: &mut [Item], suggestions: Vec<Item>) -> Vec<Item> {
    let mut others = Vec::new();
    for suggestion in suggestions {
        let same = today.iter_mut().find(|item| item.is_word_to_same(&suggestion));
        match same {
            Some(item) => item.context.extend(suggestion.context),
            None => others.push(suggestion),
        }
    }
    others
}

/// Puts each section into the order in which the file has its lines; new ones come after them.
fn in_order(agenda: &mut Agenda, order: &[String]) {
    let mut places = HashMap::new();
    for (place, id) in order.iter().enumerate() {
        places.entry(id.as_str()).or_insert(place);
    }
    let sort = |items: &mut Vec<Item>| {
        items.sort_by_key(|item| places.get(item.id.as_str()).copied().unwrap_or(usize::MAX));
    };
    sort(&mut agenda.today);
    sort(&mut agenda.promises);
    sort(&mut agenda.reach_out);
    sort(&mut agenda.habits);
    // What comes up stays in the order of the calendar.
}
