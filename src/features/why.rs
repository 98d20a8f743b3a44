//! Why somebody is on a day's agenda, or is not: the whole derivation, as facts.

use crate::features::due::{Due, Load, Reason, due_in, reason};
use crate::features::household::household;
use crate::features::mourning::{Mourning, mourning};
use crate::features::occasions::{self, Occasion};
use crate::features::plans::open_plan;
use crate::features::settings::Settings;
use crate::features::standing::{Situation, Standing, Stop};
use crate::features::triggers::{self, Opening};
use crate::features::trips::visits;
use crate::features::turns::Turn;
use crate::people::book::{Book, ContactId, Role, Touch};
use crate::people::journal::Trip;
use crate::people::kind::Meaning;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use std::collections::HashSet;

/// What the day decides about a person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Verdict {
    /// Suggested, and it is their turn.
    Suggested(Reason),
    /// The day asks whether this plan happened.
    Asked(Touch),
    /// Due, but it is the turn of others.
    Waits,
    /// The owner is away.
    Away,
    /// Due, but it is a quiet day of the week.
    QuietDay,
    /// Something stops suggestions.
    Stopped(Stop),
    /// Neither a rhythm that time drives nor anything else asks for a suggestion.
    NoRhythm,
    /// The rhythm has not come round yet.
    NotYet,
}

/// Why somebody is on the agenda besides rhythm and next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A day in their life.
    Occasion(Occasion),
    /// Somebody close to them died.
    Mourning(Mourning),
    /// Something in their life some time ago, or an introduction.
    Opening(Opening),
    /// The owner is going to where they live.
    Trip(Trip),
}

/// Why an entry about somebody did not count as contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotCounted {
    /// They are only spoken of.
    Mention,
    /// It is a note, or something heard.
    Note,
    /// It was tried without an answer.
    Tried,
    /// It is a plan.
    Plan,
    /// It lies after the day.
    Ahead,
}

/// The place of a person among those who take turns on the day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// The lot.
    pub turn: Turn,
    /// By the lot, from 1.
    pub rank: usize,
    /// How many take turns.
    pub of: usize,
    /// How many of them are shown.
    pub shown: usize,
}

/// The derivation for one person on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    /// Who.
    pub id: ContactId,
    /// The day asked about.
    pub day: Day,
    /// What the day decides.
    pub verdict: Verdict,
    /// Where they stand.
    pub standing: Standing,
    /// Up to three entries after the newest contact that did not count, the newest first.
    pub not_counted: Vec<(Touch, NotCounted)>,
    /// The place among those due, for somebody who takes turns.
    pub place: Option<Place>,
    /// What else the day has about them.
    pub lines: Vec<Line>,
    /// Those who live with them and are in the same suggestion.
    pub together: Vec<ContactId>,
    /// What limits the day.
    pub load: Load,
    /// `agenda.limit` and `agenda.weekly_limit`.
    pub limits: (usize, usize),
    /// The next day on which they are due if nobody does or writes anything; `None` where there is none in sight. For
    /// somebody who waits, the day of their turn, looked for over twenty days.
    pub expected: Option<Day>,
}

/// Why `id` is on the agenda of `day`, or is not.
pub fn why(
    book: &Book,
    id: ContactId,
    day: Day,
    settings: &Settings,
    vocabulary: &Vocabulary,
) -> Why {
    why_in(&Situation::new(book, day, settings, vocabulary), id)
}

/// The same in `situation`.
pub fn why_in(situation: &Situation, id: ContactId) -> Why {
    let Situation { day, settings, .. } = *situation;
    let standing = situation.standing(id);
    let due = due_in(situation);
    let verdict = verdict(situation, id, &standing, &due);
    Why {
        id,
        day,
        verdict,
        not_counted: not_counted(situation, id, &standing),
        place: place(&due, id),
        lines: lines(situation, id),
        together: together(situation, &due, id),
        load: due.load,
        limits: (settings.agenda.limit, settings.agenda.weekly_limit),
        expected: expected(situation, id, verdict),
        standing,
    }
}

fn verdict(situation: &Situation, id: ContactId, standing: &Standing, due: &Due) -> Verdict {
    let shown = due.follow_ups.iter().chain(&due.today).find(|suggestion| suggestion.id == id);
    let asked = due.plans.iter().find(|question| question.people.contains(&id));
    let by_time = standing.due.is_some();
    match (shown, asked, standing.stop) {
        _ if due.away => Verdict::Away,
        (Some(suggestion), _, _) => Verdict::Suggested(suggestion.reason),
        (None, Some(question), _) => Verdict::Asked(question.plan),
        (None, None, Some(stop)) => Verdict::Stopped(stop),
        _ if reason(situation, standing).is_some() && due.quiet => Verdict::QuietDay,
        _ if reason(situation, standing).is_some() => Verdict::Waits,
        _ if by_time => Verdict::NotYet,
        _ => Verdict::NoRhythm,
    }
}

fn place(due: &Due, id: ContactId) -> Option<Place> {
    let suggestion = due.today.iter().chain(&due.waiting).find(|suggestion| suggestion.id == id)?;
    let (turn, rank) = suggestion.turn?;
    Some(Place { turn, rank, of: due.today.len() + due.waiting.len(), shown: due.today.len() })
}

fn lines(situation: &Situation, id: ContactId) -> Vec<Line> {
    let occasions = occasions::now(situation).into_iter();
    let occasions = occasions.filter(|of| of.who == id || of.with == Some(id)).map(Line::Occasion);
    let mourning = mourning(situation).into_iter().filter(|of| of.who == id).map(Line::Mourning);
    let away = situation.settings.is_away(situation.day);
    let openings = triggers::open(situation).into_iter().filter(|of| of.who == id && !away);
    let trips = visits(situation).into_iter().filter(|visit| visit.who.contains(&id));
    let trips = trips.map(|visit| Line::Trip(visit.trip));
    occasions.chain(mourning).chain(openings.map(Line::Opening)).chain(trips).collect()
}

fn together(situation: &Situation, due: &Due, id: ContactId) -> Vec<ContactId> {
    let line = |of: &ContactId| {
        let of = due.today.iter().find(|suggestion| suggestion.id == *of)?;
        Some(of.beside.unwrap_or(of.id))
    };
    let Some(own) = line(&id) else { return Vec::new() };
    let household = household(situation, id).into_iter().filter(|other| *other != id);
    household.filter(|other| line(other) == Some(own)).collect()
}

fn not_counted(
    situation: &Situation,
    id: ContactId,
    standing: &Standing,
) -> Vec<(Touch, NotCounted)> {
    let contact = standing.contact_day();
    let newer = |touch: &Touch| contact.is_none_or(|contact| touch.day >= contact);
    let touches = situation.book.touches(id).take_while(newer);
    let reasons = touches.filter_map(|touch| Some((touch, objection(situation.day, &touch)?)));
    reasons.take(3).collect()
}

fn objection(day: Day, touch: &Touch) -> Option<NotCounted> {
    match touch.meaning {
        Meaning::Plan => Some(NotCounted::Plan),
        _ if touch.day > day => Some(NotCounted::Ahead),
        _ if touch.role == Role::Mention => Some(NotCounted::Mention),
        Meaning::Note => Some(NotCounted::Note),
        Meaning::Tried => Some(NotCounted::Tried),
        Meaning::Contact => None,
    }
}

/// A rhythm is looked for so many days ahead; beyond it the due day of today is the answer.
const DAYS_AHEAD: i64 = 400;
/// A turn is looked for so many days ahead, once for each draw: a look goes through everyone.
const TURNS_AHEAD: i64 = 20;

fn expected(situation: &Situation, id: ContactId, verdict: Verdict) -> Option<Day> {
    if matches!(verdict, Verdict::Suggested(_) | Verdict::Asked(_)) {
        return Some(situation.day);
    }
    if matches!(verdict, Verdict::Waits | Verdict::QuietDay) {
        return turn(situation, id, verdict);
    }
    let in_sight = days_after(situation, 1..=DAYS_AHEAD).find(|later| {
        let reason = reason(later, &later.standing(id)).map(|(reason, _)| reason);
        reason.is_some_and(|of| of == Reason::FollowUp || !later.settings.is_quiet(later.day))
    });
    let due = situation.standing(id).due.map(|due| due.day);
    let beyond = || due.filter(|_| verdict == Verdict::NotYet);
    in_sight.map(|later| later.day).or_else(beyond)
}

/// The day of the turn of somebody who waits. A draw holds for two days; where days of the week are quiet, the turn may
/// come on the second of them.
fn turn(situation: &Situation, id: ContactId, verdict: Verdict) -> Option<Day> {
    let next_draw = 2 - situation.day.number().rem_euclid(2);
    let (first, step) = match (verdict, situation.settings.agenda.quiet_days.is_empty()) {
        (Verdict::QuietDay, _) => (1, 1),
        (_, false) => (next_draw, 1),
        (_, true) => (next_draw, 2),
    };
    let draws = (first..=TURNS_AHEAD).step_by(step);
    days_after(situation, draws).find(|later| has_turn(later, id)).map(|later| later.day)
}

fn days_after<'a>(
    situation: &Situation<'a>,
    days: impl Iterator<Item = i64>,
) -> impl Iterator<Item = Situation<'a>> {
    let Situation { book, day, settings, vocabulary, .. } = *situation;
    days.map(move |later| day.plus_days(later)).filter(|later| !settings.is_away(*later)).map(
        move |later| {
            let later = Situation::new(book, later, settings, vocabulary);
            later.with_answers(HashSet::new(), situation.ticked.clone())
        },
    )
}

fn has_turn(situation: &Situation, id: ContactId) -> bool {
    if surely_waits(situation, id) {
        return false;
    }
    let due = due_in(situation);
    due.follow_ups.iter().chain(&due.today).any(|suggestion| suggestion.id == id)
}

/// Whether so many others come before somebody that no place of the day can be left: mostly a few are enough to know,
/// and everyone else need not be looked at. `false` where that is not sure.
fn surely_waits(situation: &Situation, id: ContactId) -> bool {
    let own = match chance(situation, id) {
        Chance::None => return true,
        Chance::Sure => return false,
        Chance::Turn(_) if !lives_alone(situation, id) => return false,
        Chance::Turn(own) => own,
    };
    let takes_a_place_before = |other: ContactId| match chance(situation, other) {
        // Where the week is full, those with a long rhythm are passed over; that helps only the others.
        Chance::Turn(turn) if own.long || !turn.long => {
            turn.comes_before(&own, other, id) && needs_a_place(situation, other)
        }
        _ => false,
    };
    let others = situation.book.people().filter(|other| *other != id);
    let limit = situation.settings.agenda.limit;
    others.filter(|other| takes_a_place_before(*other)).take(limit).count() == limit
}

/// Whether a turn of theirs takes a place that nobody has taken before them.
fn needs_a_place(situation: &Situation, id: ContactId) -> bool {
    lives_alone(situation, id) && !situation.has_had_a_place(id, &situation.standing(id))
}

fn lives_alone(situation: &Situation, id: ContactId) -> bool {
    household(situation, id).len() == 1
}

/// What a day holds for somebody who is not asked about.
enum Chance {
    /// No suggestion.
    None,
    /// One that takes no turns.
    Sure,
    /// A lot among those who take turns.
    Turn(Lot),
}

struct Lot {
    key: f64,
    // Whether contact would take a place in the week.
    long: bool,
}

impl Lot {
    fn comes_before(&self, other: &Lot, own_id: ContactId, other_id: ContactId) -> bool {
        let order = self.key.abs().total_cmp(&other.key.abs());
        order.then_with(|| own_id.cmp(&other_id)).is_lt()
    }
}

fn chance(situation: &Situation, id: ContactId) -> Chance {
    let standing = situation.standing(id);
    match reason(situation, &standing) {
        None => Chance::None,
        Some((Reason::FollowUp, _)) => Chance::Sure,
        Some(_) if open_plan(situation, id, &standing).is_some() => Chance::None,
        Some(_) => {
            let identity = situation.book.identity(id);
            let key = situation.draw.turn(&identity, standing.weight).key;
            let this_week = standing.contact_day().is_some_and(|day| day >= situation.day.monday());
            Chance::Turn(Lot { key, long: standing.is_beyond_a_week() && !this_week })
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::features::due::due_in;
    use crate::features::sample::{book, day};
    use crate::features::settings::Settings;
    use crate::features::standing::Situation;
    use crate::features::why::surely_waits;
    use crate::people::vocabulary::Vocabulary;

    #[test]
    fn who_surely_waits_has_no_turn_and_most_who_have_none_surely_wait() {
        let rhythms = ["weekly", "3d", "monthly", "quarterly", "6mo"];
        let notes = (0..60).map(|at| {
            let (rhythm, step) = (rhythms[at % 5], at % 7 == 0);
            let step = if step {
                format!("follow_up: 2026-11-{:02}\n", 15 + at % 15)
            } else {
                String::new()
            };
            let log = format!(
                "## Log\n- 2026-{:02}-{:02} call\n- 2026-11-{:02} plan: x\n",
                1 + at % 11,
                1 + at % 27,
                1 + at % 30
            );
            let log =
                if at % 11 == 0 { log } else { log.lines().take(2).collect::<Vec<_>>().join("\n") };
            let mate = if at % 9 == 0 {
                format!("lives-with: \"[[P{}]]\"\n", at + 1)
            } else {
                String::new()
            };
            (
                format!("people/p{at}.md"),
                format!("---\nname: P{at}\ncadence: {rhythm}\n{step}{mate}---\n{log}"),
            )
        });
        let notes = notes.collect::<Vec<_>>();
        let notes =
            notes.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>();
        let (book, vocabulary) = (book(&notes), Vocabulary::default());
        let (mut without, mut known) = (0, 0);
        for (limit, weekly_limit) in [(3, 7), (5, 2), (1, 20), (0, 0)] {
            let mut settings = Settings::default();
            (settings.agenda.limit, settings.agenda.weekly_limit) = (limit, weekly_limit);
            for on in 0..40 {
                let situation =
                    Situation::new(&book, day("2026-11-01").plus_days(on), &settings, &vocabulary);
                let due = due_in(&situation);
                for id in book.people() {
                    let shown = due
                        .follow_ups
                        .iter()
                        .chain(&due.today)
                        .any(|suggestion| suggestion.id == id);
                    let waits = surely_waits(&situation, id);
                    assert!(!(shown && waits), "{} on {}", book.brief(id).name, situation.day);
                    without += usize::from(!shown);
                    known += usize::from(waits);
                }
            }
        }
        assert!(known * 10 > without * 8, "{known} of {without}");
    }
}
