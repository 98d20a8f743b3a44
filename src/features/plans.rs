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

#[cfg(test)]
mod tests {
    use crate::features::plans::{Plan, ahead, now};
    use crate::features::sample::{book, day};
    use crate::people::book::Book;

    fn shown(book: &Book, plans: &[Plan]) -> String {
        let line = |plan: &Plan| {
            let names = plan.with.iter().map(|id| book.contact(*id).name.as_str());
            format!("{} {}: {}", plan.day, names.collect::<Vec<_>>().join("+"), plan.text)
        };
        plans.iter().map(line).collect::<Vec<_>>().join("; ")
    }

    fn notes(more: &str) -> Book {
        let noa = format!("---\nname: Noa\n---\n## Log\n{more}- 2026-11-25 plan [[Mei]]: a walk\n");
        book(&[("people/mei.md", "---\nname: Mei\n---\n"), ("people/noa.md", &noa)])
    }

    fn check(more: &str, on: &str, expected: &str) {
        let book = notes(more);
        assert_eq!(shown(&book, &now(&book, day(on))), expected, "on {on}");
    }

    #[test]
    fn a_plan_is_shown_on_its_day_and_asked_about_for_three() {
        check("", "2026-11-24", "");
        check("", "2026-11-25", "2026-11-25 Mei+Noa: a walk");
        check("", "2026-11-28", "2026-11-25 Mei+Noa: a walk");
        check("", "2026-11-29", "");
    }

    #[test]
    fn contact_since_the_plan_answers_it() {
        check("- 2026-11-25 walk: wet\n", "2026-11-26", "");
        check("- 2026-11-24 message: still on?\n", "2026-11-26", "2026-11-25 Mei+Noa: a walk");
    }

    #[test]
    fn plans_ahead_end_at_the_last_day() {
        let book = notes("");
        let on = |on, last| shown(&book, &ahead(&book, day(on), day(last)));
        assert_eq!(on("2026-11-21", "2026-11-25"), "2026-11-25 Mei+Noa: a walk");
        assert_eq!(on("2026-11-21", "2026-11-24"), "");
        assert_eq!(on("2026-11-25", "2026-12-24"), "");
    }
}
