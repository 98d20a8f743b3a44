//! Plans whose day is over: did it happen?

use crate::features::standing::{Situation, Standing, Stop};
use crate::people::book::{ContactId, Role, Touch};
use crate::people::kind::Meaning;
use std::collections::BTreeMap;

/// A plan whose day is over, without contact since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanQuestion {
    /// The entry.
    pub plan: Touch,
    /// Whom it was planned with: the owner of the log that it stands in first, then those in its head, in path
    /// order; only those without contact since.
    pub people: Vec<ContactId>,
}

/// Days away apart, a plan is asked about for so long.
const QUESTION_DAYS: i64 = 14;

/// The plan that a person is to be asked about: the newest one of the last two weeks (days away do not count) that
/// lies before the day, without contact on its day or later. Nothing is asked about the owner or people who died or
/// were put away.
pub fn open_plan(situation: &Situation, id: ContactId, standing: &Standing) -> Option<Touch> {
    if standing.stop.is_some_and(Stop::is_silence) {
        return None;
    }
    let contact = standing.contact_day();
    let elapsed = |touch: &Touch| {
        let away = situation.calendar.away.between(touch.day, situation.day);
        touch.day.days_until(situation.day) - away
    };
    situation
        .past_touches(id)
        .take_while(|touch| contact.is_none_or(|contact| touch.day > contact))
        .take_while(|touch| elapsed(touch) <= QUESTION_DAYS)
        .find(|touch| {
            let planned = touch.meaning == Meaning::Plan && touch.role != Role::Mention;
            planned && touch.day < situation.day
        })
}

/// Each open plan once, though several people may have it: the oldest first, then in path and line order.
pub fn questions(situation: &Situation, open: Vec<(ContactId, Touch)>) -> Vec<PlanQuestion> {
    let mut by_entry = BTreeMap::new();
    for (id, plan) in open {
        let (path, interaction) = situation.book.interaction(&plan);
        let key = (plan.day, path, interaction.line);
        let question =
            by_entry.entry(key).or_insert_with(|| PlanQuestion { plan, people: Vec::new() });
        if plan.role == Role::Own {
            question.plan = plan;
            question.people.insert(0, id);
        } else {
            question.people.push(id);
        }
    }
    by_entry.into_values().collect()
}
