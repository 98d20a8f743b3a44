//! Why there is nothing to do, and what comes next.

use crate::features::agenda::coming_up::Ahead;
use crate::features::agenda::wording::link_of;
use crate::features::due::Due;
use crate::features::standing::{FollowUpState, Situation, Standing, Stop};
use crate::features::undecided::is_undecided;
use crate::people::book::ContactId;
use crate::text::day::Day;
use crate::text::day_range::DayRange;
use crate::text::phrase;

/// What an agenda without anything to do says; `some_done` where the day already holds something.
pub fn quiet(situation: &Situation, due: &Due, ahead: &[Ahead], some_done: bool) -> String {
    let book = situation.book;
    let census = Census::of(situation);
    if census.people == 0 && book.habits().next().is_none() {
        return "Nobody is in this vault yet. `ties add \"Ana Lima\"` makes the first note."
            .to_owned();
    }
    if let Some(range) = situation.settings.away.iter().find(|range| range.contains(situation.day))
    {
        return away(*range, situation.day);
    }
    let quiet_day = quiet_day(due).filter(|_| !census.standings.is_empty());
    let why = match (some_done, due.waiting.is_empty()) {
        _ if quiet_day.is_some() => quiet_day.unwrap_or_default(),
        (_, false) => return enough(situation, due),
        (true, true) => "All done for today.".to_owned(),
        (false, true) => nothing_due(&census),
    };
    match next(situation, &census.standings, ahead) {
        Some(next) if due.waiting.is_empty() => format!("{why} Next: {next}."),
        _ => why,
    }
}

/// On a quiet day of the week: that it is one.
pub fn quiet_day(due: &Due) -> Option<String> {
    let name = due.day.weekday().name();
    (due.quiet && !due.away).then(|| format!("{name} is a quiet day; nobody is suggested."))
}

/// Until when the owner is away, and how to be back sooner.
fn away(range: DayRange, day: Day) -> String {
    if range.to == day {
        return "You are away today; only occasions are shown. Tomorrow is an ordinary day again."
            .to_owned();
    }
    let until = phrase::day(range.to, day);
    format!(
        "You are away until {until}; only occasions are shown. `ties rest --end` ends it sooner."
    )
}

/// Everybody but the owner, by what could bring them up.
struct Census {
    people: usize,
    /// With a rhythm, or anything else that could bring them up.
    standings: Vec<(ContactId, Standing)>,
    /// Those of whom `ties triage` asks.
    undecided: bool,
}

impl Census {
    fn of(situation: &Situation) -> Census {
        let book = situation.book;
        let others = book.everyone().filter(|(id, _)| book.me() != Some(*id));
        let mut census = Census { people: 0, standings: Vec::new(), undecided: false };
        for (id, brief) in others {
            census.people += 1;
            census.undecided |= is_undecided(brief);
            let standing = situation.standing(id);
            if takes_part(&standing) {
                census.standings.push((id, standing));
            }
        }
        census
    }

    /// What stops those with a rhythm that time drives; `None` where nothing stops some of them.
    fn stops(&self) -> Option<Vec<Stop>> {
        let rhythms = self.standings.iter().filter(|(_, standing)| standing.due.is_some());
        rhythms.map(|(_, standing)| standing.stop).collect()
    }
}

fn takes_part(standing: &Standing) -> bool {
    let silent = standing.stop.is_some_and(Stop::is_silence);
    let brings = standing.cadence.is_some()
        || standing.follow_up.is_some()
        || standing.new_connection.is_some();
    brings && !silent
}

/// Why nobody is due, and what would bring somebody up.
fn nothing_due(census: &Census) -> String {
    let is_timed = |standing: &Standing| standing.due.is_some();
    let steps =
        |standing: &Standing| standing.follow_up.is_some() || standing.new_connection.is_some();
    let any = |holds: &dyn Fn(&Standing) -> bool| {
        census.standings.iter().any(|(_, standing)| holds(standing))
    };
    match census.stops() {
        _ if census.people == 0 => "No habit waits today.".to_owned(),
        _ if census.standings.is_empty() => no_rhythm(census),
        Some(stops) if !any(&is_timed) && !any(&steps) && stops.is_empty() => {
            "Nobody's rhythm follows the calendar; only what happens in a life brings somebody up. \
             `cadence: monthly` in a note does too."
                .to_owned()
        }
        Some(stops) if !stops.is_empty() && stops.iter().all(|stop| stop.ends().is_some()) => {
            "Everyone with a rhythm rests for now. `quiet_until` in a note says until when."
                .to_owned()
        }
        Some(stops) if !stops.is_empty() && stops.iter().all(|stop| *stop == Stop::Paused) => {
            "Everyone with a rhythm is paused. Without `paused` in a note, somebody comes up again."
                .to_owned()
        }
        Some(stops) if !stops.is_empty() => {
            "Everyone with a rhythm rests or is put by. `ties why WHO` says what would bring \
             somebody up."
                .to_owned()
        }
        _ => "Nothing is due today.".to_owned(),
    }
}

fn no_rhythm(census: &Census) -> String {
    let how = if census.undecided {
        "`circle: inner` or `cadence: monthly` in a note is enough, and `ties triage` asks with one key each."
    } else {
        "`circle: inner` or `cadence: monthly` in a note is enough."
    };
    format!("Nobody here has a rhythm yet. {how}")
}

/// People are due, but the day or the week has had its people.
fn enough(situation: &Situation, due: &Due) -> String {
    let limits = &situation.settings.agenda;
    let zero =
        [("agenda.limit", limits.limit, 4), ("agenda.weekly_limit", limits.weekly_limit, 12)];
    if let Some((name, _, usual)) = zero.into_iter().find(|(_, limit, _)| *limit == 0) {
        return format!(
            "Nobody is suggested: `{name}` is 0. `ties config set {name} {usual}` changes it."
        );
    }
    // Whoever was put off has had a place without contact.
    let answered = situation.answered.len();
    let (today, week) = (due.load.contacted_today, due.load.contacted_this_week);
    let today = today.saturating_sub(answered);
    let (count, span) = if today > 0 { (today, "today") } else { (week, "this week") };
    match count {
        _ if today == 0 && answered > 0 => {
            "The day has had its people; the others can wait.".to_owned()
        }
        0 => "Nobody is suggested today. `ties due` says who waits.".to_owned(),
        _ => {
            let people = phrase::count(count, "person", "people");
            format!("You have been in touch with {people} {span}; the others can wait.")
        }
    }
}

/// The next thing: whatever comes first of a rhythm, a next step and the days ahead.
fn next(
    situation: &Situation,
    rhythms: &[(ContactId, Standing)],
    ahead: &[Ahead],
) -> Option<String> {
    let days = rhythms.iter().filter_map(|(id, standing)| {
        Some((next_day(standing).filter(|day| *day > situation.day)?, *id))
    });
    let said = |day: Day| phrase::on_day(day, situation.day);
    let ahead = ahead.iter().min_by_key(|ahead| ahead.day);
    match (days.min(), ahead) {
        (Some((day, _)), Some(ahead)) if ahead.day < day => {
            Some(format!("{} {}", ahead.what, said(ahead.day)))
        }
        (Some((day, id)), _) => Some(format!("{} {}", link_of(situation.book, id), said(day))),
        (None, Some(ahead)) => Some(format!("{} {}", ahead.what, said(ahead.day))),
        (None, None) => None,
    }
}

/// When somebody will be suggested at the earliest, as far as it is known today.
fn next_day(standing: &Standing) -> Option<Day> {
    let step = standing.follow_up.filter(|step| step.state == FollowUpState::Ahead);
    let step = step.filter(|_| !standing.stop.is_some_and(Stop::is_silence)).map(|step| step.day);
    let due = standing.due.map(|due| due.day);
    let rhythm = match standing.stop {
        None => due,
        Some(stop) => stop.ends().and_then(|end| due.map(|due| due.max(end))),
    };
    step.into_iter().chain(rhythm).min()
}
