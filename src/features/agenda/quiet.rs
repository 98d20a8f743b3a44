//! Why there is nothing to do, and what comes next.

use crate::features::agenda::coming_up::Ahead;
use crate::features::agenda::wording::link;
use crate::features::due::Due;
use crate::features::standing::{FollowUpState, Situation, Standing, Stop};
use crate::people::book::ContactId;
use crate::text::day::Day;
use crate::text::phrase;

/// What an agenda without anything to do says; `some_done` where the day already holds something.
pub fn quiet(situation: &Situation, due: &Due, ahead: &[Ahead], some_done: bool) -> String {
    let book = situation.book;
    let others = book.everyone().filter(|(id, _)| book.me() != Some(*id)).count();
    if others == 0 && book.habits().next().is_none() {
        return "Nobody is in this vault yet. `ties add \"Ana Lima\"` makes the first note."
            .to_owned();
    }
    if let Some(range) = situation.settings.away.iter().find(|range| range.contains(situation.day))
    {
        let until = match range.to == situation.day {
            true => "today".to_owned(),
            false => format!("until {}", phrase::day(range.to, situation.day)),
        };
        return format!("You are away {until}; only occasions are shown.");
    }
    let rhythms = people(situation);
    let quiet_day = quiet_day(due).filter(|_| rhythms.iter().any(|(_, of)| takes_part(of)));
    let why = match (some_done, due.waiting.is_empty()) {
        _ if quiet_day.is_some() => quiet_day.unwrap_or_default(),
        (_, false) => enough(due),
        (true, true) => "All done for today.".to_owned(),
        (false, true) if !rhythms.iter().any(|(_, standing)| takes_part(standing)) => {
            "Nobody here has a rhythm yet. `circle: inner` or `cadence: monthly` in a note is enough."
                .to_owned()
        }
        (false, true) => "Nothing is due today.".to_owned(),
    };
    match next(situation, &rhythms, ahead) {
        Some(next) if due.waiting.is_empty() => format!("{why} Next: {next}."),
        _ => why,
    }
}

/// On a quiet day of the week: that it is one.
pub fn quiet_day(due: &Due) -> Option<String> {
    let name = due.day.weekday().name();
    (due.quiet && !due.away).then(|| format!("{name} is a quiet day; nobody is suggested."))
}

fn people(situation: &Situation) -> Vec<(ContactId, Standing)> {
    let all = situation.book.everyone();
    all.map(|(id, _)| (id, situation.standing(id))).collect()
}

fn takes_part(standing: &Standing) -> bool {
    standing.due.is_some() || standing.follow_up.is_some() || standing.new_connection.is_some()
}

/// People are due, but the day or the week has had its people.
fn enough(due: &Due) -> String {
    let (today, week) = (due.load.contacted_today, due.load.contacted_this_week);
    let (count, span) = if today > 0 { (today, "today") } else { (week, "this week") };
    match count {
        0 => "Nobody is suggested today.".to_owned(),
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
        (Some((day, id)), _) => Some(format!("{} {}", link(situation.book.contact(id)), said(day))),
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
