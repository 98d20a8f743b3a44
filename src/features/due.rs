//! Who is suggested on a day (sections 4 and 5 of the format): definite next steps, and of everyone whose rhythm has
//! come round a few.
//!
//! Always true here: who has no rhythm, next step or new connection is never in it; the people contacted on the day
//! and those suggested are together never more than the limit (unless next steps alone are more), where people who
//! live together are one; contact never brings a new name onto the day.

use crate::features::household::{household, households};
use crate::features::plans::{PlanQuestion, open_plan, questions};
use crate::features::settings::Settings;
use crate::features::standing::{FollowUpState, Situation, Standing};
use crate::features::turns::{Places, Turn};
use crate::people::book::{Book, ContactId, Touch};
use crate::people::cadence::Cadence;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use std::cmp::Reverse;
use std::collections::HashSet;

/// Why somebody is suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// `follow_up` has come. What to do is the note's `next`.
    FollowUp,
    /// The rhythm has come round.
    Rhythm,
    /// Two weeks ago they appeared for the first time.
    NewConnection,
}

/// Somebody to be in touch with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Suggestion {
    /// Who.
    pub id: ContactId,
    /// Why.
    pub reason: Reason,
    /// Since when: the day of the next step, the due day of the rhythm, two weeks after the first entry.
    pub due: Day,
    /// The rhythm, where there is one.
    pub cadence: Option<Cadence>,
    /// The weight of the turn; 0 to 2.
    pub weight: f64,
    /// The newest contact.
    pub newest: Option<Touch>,
    /// The lot and the rank by it among all who take turns on the day, from 1; `None` for a next step, which takes
    /// no turns.
    pub turn: Option<(Turn, usize)>,
    /// Of somebody who comes along because the turn is that of a person they live with: that person. The two are one
    /// suggestion.
    pub beside: Option<ContactId>,
}

/// What limits a day, before anybody is suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// People who had contact on the day, with or without a rhythm; those who were tried or answered on the agenda too.
    pub contacted_today: usize,
    /// People with a rhythm longer than a week who had contact in the week of the day, from its Monday; those answered
    /// on the agenda of the day too.
    pub contacted_this_week: usize,
    /// What is left for turns, after contacts and next steps.
    pub places: Places,
}

/// A day's suggestions.
#[derive(Debug, Clone, PartialEq)]
pub struct Due {
    /// The day.
    pub day: Day,
    /// Whether the owner is away: then nothing else is in here.
    pub away: bool,
    /// Whether it is a quiet day of the week: then nobody takes a turn, and whoever is due waits.
    pub quiet: bool,
    /// Next steps whose day has come, the oldest first. They always show, and take places of the limits.
    pub follow_ups: Vec<Suggestion>,
    /// Those whose turn it is, the heaviest weight first, those who come along right behind; without them at most the
    /// places that are left.
    pub today: Vec<Suggestion>,
    /// Those who are due too, the heaviest weight first.
    pub waiting: Vec<Suggestion>,
    /// Plans to ask about. They take no place on the day, but one in the week, where the answer may put them.
    pub plans: Vec<PlanQuestion>,
    /// What the limits were.
    pub load: Load,
}

/// Who is suggested on `day`.
///
/// Somebody with a plan to be asked about takes no turn until that is answered. A tick in an agenda that has not been
/// applied is not known here: see [`Situation::with_answers`].
pub fn due(book: &Book, day: Day, settings: &Settings, vocabulary: &Vocabulary) -> Due {
    due_in(&Situation::new(book, day, settings, vocabulary))
}

/// Who is suggested in `situation`, see [`due`].
pub fn due_in(situation: &Situation) -> Due {
    let mut found = Found::default();
    for id in situation.book.people() {
        found.look_at(situation, id);
    }
    if situation.settings.is_away(situation.day) {
        found.forget_people();
    }
    found.into_due(situation)
}

/// Why a person is suggested on the day of `situation`, whoever's turn it is, and since when.
pub fn reason(situation: &Situation, standing: &Standing) -> Option<(Reason, Day)> {
    match standing.follow_up {
        Some(step) if step.state == FollowUpState::Due => {
            return Some((Reason::FollowUp, step.day));
        }
        _ if standing.stop.is_some() => return None,
        _ => {}
    }
    let by_rhythm = standing.due.map(|due| due.day).filter(|due| *due <= situation.day);
    by_rhythm
        .map(|due| (Reason::Rhythm, due))
        .or_else(|| standing.new_connection.map(|day| (Reason::NewConnection, day)))
}

/// Somebody who is due, with whether contact would take a place in the week.
struct Candidate {
    suggestion: Suggestion,
    turn: Turn,
    long: bool,
}

#[derive(Default)]
struct Found {
    contacted_today: usize,
    contacted_this_week: usize,
    // Those who have their place on the day, whoever's turn it is: by contact, an answer or a next step.
    placed_today: Vec<ContactId>,
    // Those who have, or may take, one in the week.
    placed_this_week: Vec<ContactId>,
    follow_ups: Vec<Suggestion>,
    by_turn: Vec<Candidate>,
    plans: Vec<(ContactId, Touch)>,
}

impl Found {
    fn look_at(&mut self, situation: &Situation, id: ContactId) {
        let standing = situation.standing(id);
        let contact = standing.contact_day().filter(|_| situation.book.me() != Some(id));
        let this_week = contact.is_some_and(|contact| contact >= situation.day.monday());
        let beyond_a_week = standing.is_beyond_a_week();
        let answered = situation.answered.contains(&id);
        if (this_week || answered) && beyond_a_week {
            self.contacted_this_week += 1;
            self.placed_this_week.push(id);
        }
        if situation.book.me() != Some(id) && situation.has_had_a_place(id, &standing) {
            self.contacted_today += 1;
            self.placed_today.push(id);
        }
        if answered {
            return;
        }
        let plan = open_plan(situation, id, &standing);
        self.plans.extend(plan.map(|plan| (id, plan)));
        let reason = reason(situation, &standing);
        let long = beyond_a_week && !this_week;
        let stays = plan.is_some() || matches!(reason, Some((Reason::FollowUp, _)));
        self.placed_this_week.extend(Some(id).filter(|_| stays && long));
        match reason {
            Some((Reason::FollowUp, due)) => {
                self.placed_today.push(id);
                self.follow_ups.push(suggestion(id, Reason::FollowUp, due, &standing));
            }
            Some((reason, due)) if plan.is_none() => {
                let turn = situation.draw.turn(&situation.book.identity(id), standing.weight);
                let suggestion = suggestion(id, reason, due, &standing);
                self.by_turn.push(Candidate { suggestion, turn, long });
            }
            _ => {}
        }
    }

    fn forget_people(&mut self) {
        self.follow_ups.clear();
        self.by_turn.clear();
        self.plans.clear();
    }

    fn into_due(mut self, situation: &Situation) -> Due {
        self.follow_ups.sort_by_key(|step| (step.due, step.id));
        let load = self.load(situation);
        let taking = Taking {
            places: load.places,
            today: self.placed_today.iter().copied().collect(),
            this_week: self.placed_this_week.iter().copied().collect(),
            lines: Vec::new(),
            along: HashSet::new(),
        };
        let (today, waiting) = take_turns(situation, self.by_turn, taking);
        Due {
            day: situation.day,
            away: situation.settings.is_away(situation.day),
            quiet: situation.settings.is_quiet(situation.day),
            follow_ups: self.follow_ups,
            today,
            waiting,
            plans: questions(situation, self.plans),
            load,
        }
    }

    fn load(&self, situation: &Situation) -> Load {
        let limits = &situation.settings.agenda;
        let (today, week) = (self.contacted_today, self.contacted_this_week);
        let room = if situation.settings.is_quiet(situation.day) { 0 } else { limits.limit };
        let places = Places {
            day: room.saturating_sub(households(situation, &self.placed_today)),
            week: limits.weekly_limit.saturating_sub(households(situation, &self.placed_this_week)),
        };
        Load { contacted_today: today, contacted_this_week: week, places }
    }
}

fn suggestion(id: ContactId, reason: Reason, due: Day, standing: &Standing) -> Suggestion {
    let cadence = standing.cadence.map(|(cadence, _)| cadence);
    let (weight, newest) = (standing.weight, standing.newest);
    Suggestion { id, reason, due, cadence, weight, newest, turn: None, beside: None }
}

/// Those whose turn it is, and those who wait; each by weight.
fn take_turns(
    situation: &Situation,
    mut candidates: Vec<Candidate>,
    mut taking: Taking,
) -> (Vec<Suggestion>, Vec<Suggestion>) {
    candidates
        .sort_by_cached_key(|candidate| (ordered(candidate.turn.key), candidate.suggestion.id));
    for (at, candidate) in candidates.iter_mut().enumerate() {
        candidate.suggestion.turn = Some((candidate.turn, at + 1));
    }
    let mut waiting = Vec::new();
    let mut rest = candidates.as_slice();
    while let Some((first, later)) = rest.split_first() {
        rest = later;
        match taking.places.has_one(first.long) {
            _ if taking.along.contains(&first.suggestion.id) => {}
            true => taking.turn(situation, first, later),
            false => waiting.push(first.suggestion),
        }
    }
    let mut lines = taking.lines;
    lines.sort_by_cached_key(|line| line.first().map(by_weight));
    waiting.sort_by_cached_key(by_weight);
    (lines.into_iter().flatten().collect(), waiting)
}

/// Who has a place while turns are taken.
///
/// A household has one place, on the day and in the week. Where one of it has that place, another asks for no second
/// one, but is looked at only while there are places for anybody, and nobody takes a place of the week before those
/// whose turn comes first: so contact never brings a new name.
struct Taking {
    places: Places,
    today: HashSet<ContactId>,
    this_week: HashSet<ContactId>,
    // The suggestions, each with those who come along.
    lines: Vec<Vec<Suggestion>>,
    // Those who came along with somebody before them.
    along: HashSet<ContactId>,
}

impl Taking {
    /// The turn of `first`: a line of their own, with those of `later` who come along, or a place in that of somebody
    /// whom they live with.
    fn turn(&mut self, situation: &Situation, first: &Candidate, later: &[Candidate]) {
        let household = household(situation, first.suggestion.id);
        let shares_the_week = household.iter().any(|id| self.this_week.contains(id));
        self.take(first.long, &household);
        let of_household = |of: &&Suggestion| household.len() > 1 && household.contains(&of.id);
        let line = self.lines.iter_mut().find(|line| line.iter().any(|of| of_household(&of)));
        if let Some(line) = line {
            let beside = line.first().map(|head| head.id);
            return line.push(Suggestion { beside, ..first.suggestion });
        }
        let mut line = vec![first.suggestion];
        for other in later.iter().filter(|other| of_household(&&other.suggestion)) {
            if !other.long || first.long || shares_the_week && self.places.week > 0 {
                self.along.insert(other.suggestion.id);
                line.push(Suggestion { beside: Some(first.suggestion.id), ..other.suggestion });
            }
        }
        self.lines.push(line);
    }

    fn take(&mut self, long: bool, household: &[ContactId]) {
        let is_new = |placed: &HashSet<ContactId>| !household.iter().any(|id| placed.contains(id));
        let (day, week) = (is_new(&self.today), long && is_new(&self.this_week));
        self.places.take(Places { day: usize::from(day), week: usize::from(week) });
        self.today.extend(household);
        if long {
            self.this_week.extend(household);
        }
    }
}

/// The heaviest first; of equals who has waited longer, then path order.
fn by_weight(suggestion: &Suggestion) -> (Reverse<u64>, Day, ContactId) {
    (Reverse(ordered(suggestion.weight)), suggestion.due, suggestion.id)
}

/// A number in the order of `number`, which is not negative.
fn ordered(number: f64) -> u64 {
    // The bits of numbers that are not negative are in their order; `abs` takes the sign off a zero.
    number.abs().to_bits()
}
