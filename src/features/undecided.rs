//! People of whom nothing was decided yet: the ones that `ties triage` asks about.

use crate::features::standing::Situation;
use crate::people::book::ContactId;
use crate::people::brief::Brief;
use crate::people::contact::Status;
use crate::text::day::Day;
use crate::text::fold::fold;
use crate::text::partial_date::LooseDate;
use std::cmp::Reverse;

/// Whether nothing was decided on somebody: no circle, no rhythm, no status, and alive.
pub fn is_undecided(brief: &Brief) -> bool {
    let decided = brief.circle.is_some() || brief.cadence.is_some() || brief.died.is_some();
    !decided && brief.status == Status::Active
}

/// Everybody of whom nothing was decided, the owner left out: the newest contact first, then by name.
pub fn undecided(situation: &Situation) -> Vec<ContactId> {
    let book = situation.book;
    let open = book.everyone().filter(|(id, brief)| book.me() != Some(*id) && is_undecided(brief));
    let mut open = open.collect::<Vec<_>>();
    open.sort_by_cached_key(|(id, brief)| {
        (Reverse(last_day(situation, *id, brief)), fold(&brief.name), *id)
    });
    open.into_iter().map(|(id, _)| id).collect()
}

fn last_day(situation: &Situation, id: ContactId, brief: &Brief) -> Option<Day> {
    let touched = situation.book.newest_contact(id, situation.day).map(|touch| touch.day);
    let stated = brief.last_contact.and_then(LooseDate::earliest);
    touched.max(stated.filter(|day| *day <= situation.day))
}
