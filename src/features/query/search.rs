//! The notes that a query finds, in order: hits as values, for whoever shows them.
//!
//! Always true here: the order is total, so the same notes, day and settings give the same list.

use crate::features::query::facts;
use crate::features::query::field::{QueryField, SortBy, SortKey};
use crate::features::query::holds::{Asking, Rank};
use crate::features::query::meaning::{Limit, Meaning, Query};
use crate::features::query::source::TextSource;
use crate::features::query::subject::{Subject, SubjectKind, subjects};
use crate::features::standing::{AnchorSource, Situation};
use crate::text::day::Day;
use crate::text::fold::fold;
use std::cmp::{Ordering, Reverse};

/// A note that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit<'a> {
    /// The note.
    pub subject: Subject<'a>,
    /// How well it fits, 0 the best.
    pub rank: Rank,
}

/// What is found, and how much of it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hits<'a> {
    /// In the order of the query; at most its limit.
    pub hits: Vec<Hit<'a>>,
    /// How many there are without the limit.
    pub total: usize,
}

/// The order where a query does not say: what fits best, people first, the newest contact first, then by name.
pub const BY_RELEVANCE: SortKey = SortKey { by: SortBy::Relevance, reversed: false };

/// The notes of `situation` for which `query` holds, sorted by its keys, then by relevance.
pub fn search<'a>(
    situation: &'a Situation<'a>,
    query: &Query,
    source: &dyn TextSource,
) -> Hits<'a> {
    let asking = Asking::new(situation, source);
    let meaning = cheapest_first(query.meaning.clone());
    let subjects = subjects(situation.book, situation.vocabulary).into_iter();
    let hits = subjects
        .filter_map(|subject| asking.rank(&meaning, &subject).map(|rank| Hit { subject, rank }));
    let mut hits = sorted(situation, hits.collect(), &query.sort);
    let total = hits.len();
    hits.truncate(query.limit.map_or(usize::MAX, Limit::most));
    Hits { hits, total }
}

/// The same, with what is known soonest in front: the order of parts does not change what holds.
fn cheapest_first(meaning: Meaning) -> Meaning {
    let ordered = |parts: Vec<Meaning>| {
        let mut parts = parts.into_iter().map(cheapest_first).collect::<Vec<_>>();
        parts.sort_by_key(Meaning::cost);
        parts
    };
    match meaning {
        Meaning::All(parts) => Meaning::All(ordered(parts)),
        Meaning::Any(parts) => Meaning::Any(ordered(parts)),
        part => part,
    }
}

/// What a hit is sorted by under one key; what is missing comes last, whichever way round.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Text(String),
    Number(i64),
    Relevance(Rank, bool, Reverse<Option<Day>>),
    Missing,
}

fn sorted<'a>(situation: &Situation<'_>, hits: Vec<Hit<'a>>, keys: &[SortKey]) -> Vec<Hit<'a>> {
    let by_name = SortKey { by: SortBy::Name, reversed: false };
    let all = keys.iter().copied().chain([BY_RELEVANCE, by_name]).collect::<Vec<_>>();
    arranged(situation, hits, &all)
}

/// `hits` by the first key; those that are equal under it by the others, which are looked at for these alone.
fn arranged<'a>(
    situation: &Situation<'_>,
    mut hits: Vec<Hit<'a>>,
    keys: &[SortKey],
) -> Vec<Hit<'a>> {
    let Some((key, others)) = keys.split_first() else {
        hits.sort_by_key(|hit| hit.subject.note);
        return hits;
    };
    let placed = hits.drain(..).map(|hit| (place(situation, &hit, key.by), hit));
    let mut placed = placed.collect::<Vec<_>>();
    placed.sort_by(|(one, _), (other, _)| compared(one, other, key.reversed));
    for equals in placed.chunk_by(|(one, _), (other, _)| one == other) {
        match equals {
            [(_, alone)] => hits.push(*alone),
            _ => {
                let equals = equals.iter().map(|(_, hit)| *hit).collect();
                hits.extend(arranged(situation, equals, others));
            }
        }
    }
    hits
}

fn compared(one: &Place, other: &Place, reversed: bool) -> Ordering {
    match (one, other) {
        (Place::Missing, _) | (_, Place::Missing) => one.cmp(other),
        _ if reversed => other.cmp(one),
        _ => one.cmp(other),
    }
}

fn place(situation: &Situation<'_>, hit: &Hit<'_>, by: SortBy) -> Place {
    let (book, subject) = (situation.book, &hit.subject);
    let person = subject.person();
    let on = |day: Option<Day>| day.map_or(Place::Missing, |day| Place::Number(day.number()));
    match by {
        SortBy::Name => Place::Text(fold(subject.name(book))),
        SortBy::Relevance => {
            let is_other = !matches!(subject.kind, SubjectKind::Person(_) | SubjectKind::Me(_));
            Place::Relevance(hit.rank, is_other, Reverse(subject.newest(book, situation.day)))
        }
        SortBy::Last => on(match person {
            Some(id) => {
                let anchor = situation.standing(id).anchor;
                anchor
                    .filter(|anchor| anchor.source != AnchorSource::Created)
                    .map(|anchor| anchor.day)
            }
            None => subject.newest(book, situation.day),
        }),
        SortBy::Due => on(person.and_then(|id| situation.standing(id).due).map(|due| due.day)),
        SortBy::Birthday => on(person.and_then(|id| {
            let birthday = facts::yearly(book, id, QueryField::Birthday)?;
            birthday.next_on_or_after(situation.day, situation.settings.leap_day_in_march)
        })),
        SortBy::Created => on(person.and_then(|id| facts::created(book, id))),
        SortBy::Circle => {
            let circle = person.and_then(|id| facts::circle(book, id));
            let circles = &situation.vocabulary.circles;
            let at = circle.and_then(|name| circles.iter().position(|circle| circle.name == name));
            at.map_or(Place::Missing, |at| Place::Number(i64::try_from(at).unwrap_or(i64::MAX)))
        }
    }
}
