//! Plans: `- 2026-11-25 plan: coffee`. On the day it is shown; the morning after, the agenda asks whether it happened.

use crate::people::book::{Book, ContactId, Role};
use crate::people::contact::{Contact, Status};
use crate::people::kind::Meaning;
use crate::text::day::Day;
use std::collections::BTreeMap;

/// Days for which the agenda asks about a plan.
const ASKED_DAYS: i64 = 3;

/// Something planned with somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// With whom, in the order of their notes; at least one.
    pub with: Vec<ContactId>,
    /// For when.
    pub day: Day,
    /// What; may be empty.
    pub text: String,
}

/// Plans of the three days before `day` of which no contact tells yet, and those for `day` itself.
pub fn now(book: &Book, day: Day) -> Vec<Plan> {
    let mut plans = between(book, day.plus_days(-ASKED_DAYS), day);
    plans.retain(|plan| {
        !plan
            .with
            .iter()
            .any(|id| book.newest_contact(*id, day).is_some_and(|contact| contact.day >= plan.day))
    });
    plans
}

/// Plans from the day after `day` to `last`.
pub fn ahead(book: &Book, day: Day, last: Day) -> Vec<Plan> {
    between(book, day.plus_days(1), last)
}

fn between(book: &Book, from: Day, to: Day) -> Vec<Plan> {
    // One entry with several people in its head is one plan.
    let mut plans: BTreeMap<(Day, String, u32), Plan> = BTreeMap::new();
    for (id, _) in book.contacts().filter(|(id, contact)| takes_part(book, *id, contact)) {
        let touches = book.touches(id).iter().take_while(|touch| touch.day >= from);
        for touch in touches.filter(|touch| touch.meaning == Meaning::Plan && touch.day <= to) {
            if touch.role == Role::Mention {
                continue;
            }
            let (path, entry) = book.interaction(touch);
            let key = (touch.day, path.as_str().to_owned(), entry.line);
            let empty = || Plan { with: Vec::new(), day: touch.day, text: entry.text.clone() };
            plans.entry(key).or_insert_with(empty).with.push(id);
        }
    }
    plans.into_values().collect()
}

fn takes_part(book: &Book, id: ContactId, contact: &Contact) -> bool {
    contact.status != Status::Archived && contact.died.is_none() && book.me() != Some(id)
}
