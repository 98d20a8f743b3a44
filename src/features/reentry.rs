//! Back after an absence (section 5 of the format): when a morning is a return.
//!
//! Always true here: what counts is what was known before the day began, so nothing that happens on the day (a contact,
//! a tick) turns a return into an ordinary day or the other way round; only a fresh start ends it at once.

use crate::features::rhythm::Start;
use crate::features::standing::{Situation, Standing, Stop};
use crate::people::book::{ContactId, PromiseRef, Role, Touch};
use crate::people::kind::Meaning;
use crate::people::promise::PromiseStatus;
use crate::text::day::Day;
use crate::text::partial_date::LooseDate;
use std::collections::HashSet;

/// How many people a return names. With no more than these due there is nothing to let start afresh, and the day is
/// an ordinary one: three people with a yearly rhythm are silent for months, and all is well.
pub const NAMES: usize = 3;

/// After so many days without contact or tick a morning is a return.
const QUIET_DAYS: i64 = 14;

/// After so many days already, where most rhythms have passed. Without a lower bound somebody with more wishes than a
/// day has places would come back every morning.
const QUIET_DAYS_PAST: i64 = 7;

/// Most rhythms have passed where more than so many in a hundred have.
const PAST_PERCENT: usize = 60;

/// A return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absence {
    /// The day of the last contact or tick, or the fresh start where that came later.
    pub since: Day,
    /// People with a rhythm that time drives, who take part: not paused, put away or dead.
    pub tracked: usize,
    /// Those of them whose rhythm came round before the day and who do not rest.
    pub waiting: usize,
    /// Those of them whose rhythm has passed as well: even its last day lies behind.
    pub past: usize,
}

/// The absence that ends on the day of `situation`; `None` on an ordinary day, on a day away, and where there was
/// never any contact.
///
/// Quiet are the days after the last contact with, or try at, or promise kept to somebody with a rhythm, and after the
/// fresh start; days away do not count. It is a return after 14 quiet days, or after 7 where more than 60 % of the
/// rhythms have passed; and where more people wait than a return names.
pub fn absence(situation: &Situation) -> Option<Absence> {
    let start = situation.settings.fresh_start;
    let is_recent = |day: Day| quiet_days(situation, day) < QUIET_DAYS_PAST;
    if situation.settings.is_away(situation.day) || start.is_some_and(is_recent) {
        return None;
    }
    let yesterday = situation.day.plus_days(-1);
    let (book, settings, vocabulary) = (situation.book, situation.settings, situation.vocabulary);
    let morning = Situation::new(book, yesterday, settings, vocabulary)
        .with_answers(HashSet::new(), situation.ticked.clone());
    // Most vaults are alive, and one living thread is enough to know.
    if is_alive(&morning, situation) {
        return None;
    }
    let mut census = Census::default();
    book.people().for_each(|id| census.look_at(situation, &morning, id));
    let newest = census.newest.max(kept_promises(&morning).max());
    let since = newest?.max(start.unwrap_or(Day::first()));
    let absence =
        Absence { since, tracked: census.tracked, waiting: census.waiting, past: census.past };
    absence.holds(quiet_days(situation, since)).then_some(absence)
}

impl Absence {
    fn holds(&self, quiet: i64) -> bool {
        let mostly_past = self.past * 100 > self.tracked * PAST_PERCENT;
        let is_long = quiet >= QUIET_DAYS || quiet >= QUIET_DAYS_PAST && mostly_past;
        is_long && self.waiting > NAMES
    }
}

/// Days after `day` up to the day of `situation`, without those away.
fn quiet_days(situation: &Situation, day: Day) -> i64 {
    day.days_until(situation.day) - situation.calendar.away.between(day, situation.day)
}

/// Whether the last days held a contact, a try or a kept promise with somebody who has a rhythm.
fn is_alive(morning: &Situation, today: &Situation) -> bool {
    let is_recent = |day: Day| quiet_days(today, day) < QUIET_DAYS_PAST;
    let mut everyone = morning.book.in_figures();
    let touched = everyone.any(|(id, figures)| {
        let signs = morning.past_touches(id).take_while(|touch| is_recent(touch.day));
        let stated = figures.last_contact().and_then(LooseDate::latest);
        let known = stated.into_iter().chain(morning.ticked.get(&id).copied());
        (known.into_iter().any(is_recent) || signs.into_iter().any(|touch| is_sign(&touch)))
            && newest_sign(morning, id, &morning.standing(id)).is_some_and(is_recent)
    });
    touched || kept_promises(morning).any(is_recent)
}

/// A contact, or a try at one, that a person took part in.
fn is_sign(touch: &Touch) -> bool {
    touch.counts() || touch.meaning == Meaning::Tried && touch.role != Role::Mention
}

/// The newest sign of life with somebody who is tracked.
fn newest_sign(morning: &Situation, id: ContactId, standing: &Standing) -> Option<Day> {
    let sign = || morning.past_touches(id).find(is_sign).map(|touch| touch.day);
    is_tracked(standing).then(|| standing.contact_day().max(sign()))?
}

/// Whether time drives a rhythm of theirs and nothing stops it for good.
fn is_tracked(standing: &Standing) -> bool {
    standing.due.is_some() && standing.stop.is_none_or(|stop| stop.ends().is_some())
}

/// The days on which promises to people with a rhythm were kept, as far as the notes say.
fn kept_promises<'a>(morning: &'a Situation) -> impl Iterator<Item = Day> + use<'a> {
    let kept = |of: &PromiseRef<'_>| of.brief.status == PromiseStatus::Done && !of.brief.theirs;
    let kept = morning.book.promises().filter(kept);
    kept.filter_map(|of| {
        let day = of.brief.done.filter(|day| *day <= morning.day)?;
        let to_tracked = of.people.iter().any(|id| is_tracked(&morning.standing(*id)));
        to_tracked.then_some(day)
    })
}

#[derive(Default)]
struct Census {
    newest: Option<Day>,
    tracked: usize,
    waiting: usize,
    past: usize,
}

impl Census {
    fn look_at(&mut self, today: &Situation, morning: &Situation, id: ContactId) {
        let standing = morning.standing(id);
        // Whoever was answered on the day (`later`, `archive`) waited when it began.
        let is_answered = today.answered.contains(&id) && standing.due.is_some();
        if !is_tracked(&standing) && !is_answered {
            return;
        }
        self.tracked += 1;
        self.newest = self.newest.max(newest_sign(morning, id, &standing));
        let rests =
            standing.stop.and_then(Stop::ends).is_some_and(|end| today.day < end) && !is_answered;
        let Some(due) = standing.due.filter(|due| !rests && due.day <= today.day) else { return };
        self.waiting += 1;
        let last = due.base.plus_days(due.shifts.1);
        let last = match due.start {
            Start::Anchor(anchor) => Some(today.calendar.away.extend(anchor, last)),
            Start::FreshStart(start) => Some(today.calendar.away.extend(start.plus_days(-1), last)),
            // Nobody was ever in touch: no time has passed.
            Start::Nothing => None,
        };
        self.past += usize::from(last.is_some_and(|last| last < today.day));
    }
}
