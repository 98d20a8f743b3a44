//! "Coming up": the days ahead.

use crate::features::agenda::ids::Ids;
use crate::features::agenda::promises::promise_text;
use crate::features::agenda::today::presents;
use crate::features::agenda::view::{Item, Source, Why};
use crate::features::agenda::wording::{event_kind, excerpt, link, link_of, links_to, step};
use crate::features::occasions::{self, Occasion, OccasionKind};
use crate::features::planned::{Plan, planned};
use crate::features::promises::{OpenPromises, PromiseView};
use crate::features::review_period::{KINDS, Period, ReviewKind};
use crate::features::standing::{FollowUpState, Situation, Stop};
use crate::people::book::ContactId;
use crate::text::day::Day;
use crate::text::day_range::DayRange;
use crate::text::phrase;
use std::borrow::Cow;

/// As many days ahead are told of: what lies further off comes nearer by itself.
const AT_MOST: usize = 20;

/// A line about a day ahead.
#[derive(Debug, Clone)]
pub struct Ahead {
    /// The day; of days away the first.
    pub day: Day,
    /// What is on it, as it follows the day: `[[…|Eva]]'s 40th birthday`.
    pub what: String,
    /// The line.
    pub item: Item,
}

/// Something that is on a day ahead.
enum Coming<'a> {
    Occasion(Occasion),
    NextStep(ContactId),
    Plan(Plan),
    Promise(&'a PromiseView<'a>),
    Away(&'a DayRange),
}

/// What comes up, the nearest first, and how much more there is. `open` are the promises that wait; with `None`, as on
/// a day away, only occasions are told of.
pub fn coming_up(
    situation: &Situation,
    open: Option<&OpenPromises>,
    ids: &mut Ids,
) -> (Vec<Ahead>, usize) {
    let occasions = occasions::ahead(situation).into_iter();
    let mut all = occasions.map(|of| (of.day, Coming::Occasion(of))).collect::<Vec<_>>();
    if let Some(open) = open {
        let last = situation.day.plus_days(i64::from(situation.settings.agenda.ahead_days));
        all.extend(next_steps(situation, last));
        let plans = planned(situation.book, situation.day.plus_days(1), last).into_iter();
        all.extend(plans.map(|plan| (plan.day, Coming::Plan(plan))));
        all.extend(promises(situation, open, last));
        all.extend(away_days(situation, last));
    }
    // Of one day, what was gathered first stands first.
    all.sort_by_key(|(day, _)| *day);
    let more = all.len().saturating_sub(AT_MOST);
    let shown = all.iter().take(AT_MOST);
    (shown.map(|(day, what)| line(situation, *day, what, ids)).collect(), more)
}

fn line(situation: &Situation, day: Day, coming: &Coming, ids: &mut Ids) -> Ahead {
    match coming {
        Coming::Occasion(of) => occasion(situation, of, ids),
        Coming::NextStep(id) => next_step(situation, day, *id, ids),
        Coming::Plan(plan) => of_plan(situation, plan, ids),
        Coming::Promise(view) => of_promise(situation, day, view, ids),
        Coming::Away(range) => away(situation, range, ids),
    }
}

/// The reviews for which the settings have time on the very day, and which are not begun.
pub fn reviews(situation: &Situation, ids: &mut Ids) -> Vec<Ahead> {
    let (day, settings) = (situation.day, &situation.settings.calendar);
    let folder = &situation.vocabulary.folders.reviews;
    let is_begun = |kind: ReviewKind| {
        let path = Period::of(kind, day).path(folder);
        path.is_some_and(|path| situation.book.paths().binary_search(&path).is_ok())
    };
    let today = KINDS.into_iter().filter(|kind| kind.newest_time(settings, day) == Some(day));
    let line = |kind: ReviewKind| {
        let id = ids.take('c', &["review", kind.word()]);
        let what = format!("time for the {} review (ties review {})", kind.word(), kind.word());
        ahead(situation, day, what, Source::Unknown, id, None)
    };
    let is_anybody = situation.book.people().len() > 0;
    today.filter(|kind| is_anybody && !is_begun(*kind)).map(line).collect()
}

fn ahead(
    situation: &Situation,
    day: Day,
    what: String,
    source: Source,
    id: String,
    context: Option<String>,
) -> Ahead {
    let text = format!("{}: {what}", phrase::short(day, situation.day));
    let context = context.into_iter().collect();
    let item = Item { task: false, ..Item::new(id, source, text, context) };
    Ahead { day, what, item }
}

fn people(situation: &Situation, ids: &[ContactId], why: Why) -> Source {
    let identity = |id: &ContactId| situation.book.identity(*id).into_owned();
    Source::People { identities: ids.iter().map(identity).collect(), why }
}

fn identity<'a>(situation: &Situation<'a>, id: ContactId) -> Cow<'a, str> {
    situation.book.identity(id)
}

fn occasion(situation: &Situation, occasion: &Occasion, ids: &mut Ids) -> Ahead {
    let book = situation.book;
    let who = link_of(book, occasion.who);
    let number = occasion.years.map(|years| format!("{} ", phrase::ordinal(years)));
    let number = number.unwrap_or_default();
    let (why, what) = match &occasion.kind {
        OccasionKind::Birthday => (Why::Occasion, format!("{who}'s {number}birthday")),
        OccasionKind::Anniversary => (Why::Occasion, anniversary(situation, occasion, &number)),
        OccasionKind::RememberedBirth => (Why::Remembrance, format!("{who} was born on this day")),
        OccasionKind::RememberedDeath => (Why::Remembrance, format!("{who} died on this day")),
        OccasionKind::Event { kind, text } => {
            let text = excerpt(text);
            let more = if text.is_empty() { String::new() } else { format!(": {text}") };
            (Why::Occasion, format!("{who}, {}{more}", event_kind(kind)))
        }
    };
    let id = ids.take('c', &[&identity(situation, occasion.who), occasion.kind.reason()]);
    let shared = occasion.with.filter(|with| book.me() != Some(*with));
    let all = std::iter::once(occasion.who).chain(shared).collect::<Vec<_>>();
    let source = people(situation, &all, why);
    ahead(situation, occasion.day, what, source, id, presents(book, occasion))
}

fn anniversary(situation: &Situation, occasion: &Occasion, number: &str) -> String {
    let book = situation.book;
    let who = link_of(book, occasion.who);
    match occasion.with {
        Some(with) if book.me() == Some(with) => format!("your {number}anniversary with {who}"),
        Some(with) => {
            format!("the {number}anniversary of {who} and {}", link_of(book, with))
        }
        None => format!("{who}'s {number}anniversary"),
    }
}

fn next_steps<'a>(situation: &Situation, last: Day) -> Vec<(Day, Coming<'a>)> {
    let soon = |day: Day| situation.day < day && day <= last;
    let noted = situation.book.in_figures();
    let noted = noted.filter(|(_, figures)| figures.follow_up().is_some_and(soon));
    let step_ahead = |(id, _)| {
        let standing = situation.standing(id);
        let silent = standing.stop.is_some_and(Stop::is_silence);
        let ahead = standing.follow_up.filter(|step| step.state == FollowUpState::Ahead);
        let ahead = ahead.filter(|_| !silent);
        ahead.map(|step| (step.day, Coming::NextStep(id)))
    };
    noted.filter_map(step_ahead).collect()
}

fn next_step(situation: &Situation, day: Day, id: ContactId, ids: &mut Ids) -> Ahead {
    let contact = situation.book.contact(id);
    let what = contact.next.as_deref().map(excerpt).filter(|next| !next.is_empty());
    let what = match what {
        Some(next) => format!("{}: {}", link(contact), step(&next)),
        None => format!("a word to {}", link(contact)),
    };
    let line = ids.take('c', &[&contact.identity, "next step"]);
    let source = people(situation, &[id], Why::FollowUp);
    ahead(situation, day, what, source, line, None)
}

fn of_plan(situation: &Situation, plan: &Plan, ids: &mut Ids) -> Ahead {
    let first = plan.with.first().map_or(Cow::Borrowed(""), |id| identity(situation, *id));
    let id = ids.take('c', &[&first, "plan", &plan.text]);
    let text = excerpt(&plan.text);
    let more = if text.is_empty() { String::new() } else { format!(": {text}") };
    let what = format!("with {}{more}", links_to(&plan.with, situation.book));
    ahead(situation, plan.day, what, people(situation, &plan.with, Why::Plan), id, None)
}

/// The owner's promises with a day ahead that are not shown yet.
fn promises<'a>(
    situation: &Situation,
    open: &'a OpenPromises,
    last: Day,
) -> Vec<(Day, Coming<'a>)> {
    let later = open.later.iter().filter(|view| !view.of.brief.theirs);
    let dated = later.filter_map(|view| Some((view.of.brief.due?, Coming::Promise(view))));
    dated.filter(|(due, _)| situation.day < *due && *due <= last).collect()
}

fn of_promise(situation: &Situation, due: Day, view: &PromiseView, ids: &mut Ids) -> Ahead {
    let (promise, path) = (view.of.promise(), view.of.path);
    let ordinal = promise.ordinal.to_string();
    let id = ids.take('c', &[&path.identity(), &promise.text, &ordinal]);
    let source = Source::Promise {
        path: path.clone(),
        source_line: promise.source_line.clone(),
        ordinal: promise.ordinal,
    };
    ahead(situation, due, promise_text(situation, view), source, id, None)
}

fn away_days<'a>(situation: &'a Situation, last: Day) -> Vec<(Day, Coming<'a>)> {
    let ranges = situation.settings.away.iter();
    let soon = ranges.filter(|range| situation.day < range.from && range.from <= last);
    soon.map(|range| (range.from, Coming::Away(range))).collect()
}

fn away(situation: &Situation, range: &DayRange, ids: &mut Ids) -> Ahead {
    let what = match range.days() {
        1 => "away".to_owned(),
        _ => format!("away until {}", phrase::short(range.to, situation.day)),
    };
    let id = ids.take('c', &["away", &range.to_string()]);
    ahead(situation, range.from, what, Source::Away, id, None)
}
