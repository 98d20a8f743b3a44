//! What following an answer writes: its entry, the day until which somebody or a promise rests. Also of an answer that
//! was followed before, to know whether it is still there.
//!
//! Always true here: the same answer over the same notes gives the same words and days.

use crate::features::agenda::answer::Answer;
use crate::features::agenda::ids;
use crate::features::agenda::record::{Record, mark_of};
use crate::features::agenda::said::{Said, Verdict, said_to, without_day};
use crate::features::agenda::wording::asks;
use crate::features::log::Entry;
use crate::features::plans::open_plan;
use crate::features::standing::Situation;
use crate::people::book::{ContactId, Role, Touch};
use crate::people::cadence::Cadence;
use crate::people::kind::Meaning;
use crate::text::day::Day;
use crate::text::period::{Period, Unit};

/// People whom no rhythm brings back rest for so long, where nothing else is said.
const REST: Period = Period { count: 2, unit: Unit::Week };

/// A promise that is put off without a day waits for so long.
const WAIT: Period = Period { count: 1, unit: Unit::Week };

/// The day of what happened: the one that was typed, or set by a plugin of the editor, where it lies between the day
/// of the agenda and today; else the day of the agenda.
pub fn day_of(answer: &Answer, said: &Said, today: Day) -> Day {
    let first = answer.day.min(today);
    said.on.filter(|on| (first..=today).contains(on)).unwrap_or(first)
}

/// What an answer said when it was followed, before its box was emptied or more was typed; `None` where nobody knows
/// any more.
pub fn said_before(answer: &Answer, record: &Record) -> Option<Said> {
    let sign = record.outcome.sign();
    let same = record.typed == mark_of(&answer.typed);
    let typed = same.then_some(answer.typed.as_slice());
    let typed = typed.or((record.typed == mark_of(&[])).then_some(&[]))?;
    Some(said_to(&answer.line.text, sign, typed, answer.day))
}

/// The entry that an answer asks for, and its day.
pub fn entry(
    situation: &Situation,
    answer: &Answer,
    said: &Said,
    who: &[ContactId],
) -> (Entry, Day) {
    let plan = Some(answer).filter(|answer| asks(&answer.line.text));
    let plan = plan.and_then(|answer| planned(situation, answer, who));
    let day = match &plan {
        // What was planned happened on its day, unless another one is said.
        Some((day, _)) => said.on.filter(|on| (*day..=situation.day).contains(on)).unwrap_or(*day),
        None => day_of(answer, said, situation.day),
    };
    let typed = said.text.join("\n");
    let text = without_day(&typed, day).to_owned();
    let text = plan.map(|(_, text)| text).filter(|_| text.is_empty()).unwrap_or(text);
    let (follow_up, next) = match &said.next {
        Some((on, text)) => (*on, Some(text.clone())),
        None => (None, None),
    };
    let kind = (said.verdict == Some(Verdict::Tried)).then(|| "tried".to_owned());
    (Entry { day, kind, text, below: said.below.clone(), next, follow_up }, day)
}

/// The plan that a question is about, with what was planned.
fn planned(situation: &Situation, answer: &Answer, who: &[ContactId]) -> Option<(Day, String)> {
    let first = *who.first()?;
    let book = situation.book;
    let identity = book.identity(first);
    let plans = || {
        book.touches(first).filter(|touch| {
            let planned = touch.meaning == Meaning::Plan;
            planned && touch.role != Role::Mention && touch.day < answer.day
        })
    };
    let is_asked = |touch: &Touch| {
        let reason = format!("plan {}", book.interaction(touch).1.text);
        ids::id_of('t', &[&identity, &reason]) == answer.id
    };
    let then = Situation { day: answer.day, ..situation.clone() };
    let plan = plans().find(is_asked);
    let plan = plan.or_else(|| open_plan(&then, first, &then.standing(first)));
    // It was answered before: then there is contact on its day.
    let plan = plan.or_else(|| plans().next())?;
    Some((plan.day, book.interaction(&plan).1.text.clone()))
}

/// Whether an answer with this verdict is about its line alone, and lets nobody rest: what a day holds is left out, or
/// waits until tomorrow. The date of an occasion says nothing about how often somebody would like to hear from one.
pub fn is_about_its_line(answer: &Answer, verdict: Verdict) -> bool {
    answer.line.letter == 't' && matches!(verdict, Verdict::Skip | Verdict::Later(None))
}

/// The day until which somebody rests: the one that was said, else one rhythm after the agenda's.
pub fn until(situation: &Situation, answer: &Answer, verdict: Verdict, id: ContactId) -> Day {
    match verdict {
        Verdict::Later(Some(day)) => day,
        _ => {
            let standing = situation.standing(id);
            one_rhythm(standing.cadence.map(|(cadence, _)| cadence), answer.day)
        }
    }
}

fn one_rhythm(cadence: Option<Cadence>, from: Day) -> Day {
    match cadence {
        Some(Cadence::Every(period)) => period.after(from),
        Some(Cadence::Window(low, high)) => {
            let (low, high) = (low.after(from), high.after(from));
            low.plus_days(low.days_until(high) / 2)
        }
        Some(Cadence::Seasonal) => from.plus_months(3),
        _ => REST.after(from),
    }
}

/// The day until which a promise waits.
pub fn promise_until(answer: &Answer, until: Option<Day>) -> Day {
    until.unwrap_or_else(|| WAIT.after(answer.day))
}
