//! The agenda of a day, from the book and from what the person wrote into the file that is there.

use crate::features::agenda::coming_up;
use crate::features::agenda::done;
use crate::features::agenda::habits;
use crate::features::agenda::ids::Ids;
use crate::features::agenda::keep::{self, NotOurs};
use crate::features::agenda::promises as promise_items;
use crate::features::agenda::quiet::quiet;
use crate::features::agenda::re_entry;
use crate::features::agenda::reach_out;
use crate::features::agenda::render;
use crate::features::agenda::today;
use crate::features::agenda::view::{Agenda, Item};
use crate::features::due::due_in;
use crate::features::promises;
use crate::features::settings::Settings;
use crate::features::standing::Situation;
use crate::people::book::Book;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use std::collections::HashMap;

/// The agenda of `day`. `existing` is the text of the file that it will replace: what the person wrote there is kept,
/// and on the same day its order; [`NotOurs`] where `ties` did not write that file, which then is not to be touched.
pub fn compose(
    book: &Book,
    day: Day,
    settings: &Settings,
    vocabulary: &Vocabulary,
    existing: Option<&str>,
) -> Result<Agenda, NotOurs> {
    let old = keep::read(existing.unwrap_or(""))?;
    let order = old.order(day);
    let mut agenda = fresh(&Situation::new(book, day, settings, vocabulary), &order);
    in_order(&mut agenda, &order);
    agenda.front_matter = old.front_matter();
    agenda.notes = old.notes(day, &render::body(&agenda));
    Ok(agenda)
}

/// The agenda; `shown` are the ids of the lines that the file of the day has already.
fn fresh(situation: &Situation, shown: &[String]) -> Agenda {
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
        done: done::done(situation, &standings),
        empty: None,
        front_matter: Vec::new(),
        notes: Vec::new(),
    };
    let mut ahead = coming_up::occasions(situation, &mut ids);
    if !away {
        let mut open = promises::open(situation.book, situation.day);
        agenda.today.extend(today::others(situation, &due.plans, &mut ids));
        agenda.re_entry = re_entry::re_entry(situation, shown, &mut due, &mut open, &mut ids);
        let at_most = re_entry::promises_at_most(situation, agenda.re_entry.as_ref());
        (agenda.promises, agenda.promises_waiting) =
            promise_items::promises(situation, &open, at_most, &mut ids);
        let reach_out = reach_out::reach_out(situation, &due, &mut ids);
        agenda.reach_out = beside(&mut agenda.today, reach_out);
        agenda.habits = habits::habits(&standings, &mut ids);
        ahead.extend(coming_up::others(situation, &open, &mut ids));
        ahead.sort_by_key(|ahead| ahead.day);
    }
    if agenda.is_empty() {
        agenda.empty = Some(quiet(situation, &due, &ahead, !agenda.done.is_empty()));
    }
    agenda.coming_up = ahead.into_iter().map(|ahead| ahead.item).collect();
    agenda
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
