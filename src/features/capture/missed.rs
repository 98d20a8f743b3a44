//! Words that say that nobody was reached, or that it did not happen.
//!
//! Always true here: they are looked for in the first clause, and after it only where a clause begins with them: what
//! was cancelled elsewhere (`her exam was cancelled`) says nothing.

use crate::features::capture::words::{Break, Word};
use std::ops::Range;

/// What words say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// Which words.
    pub words: Range<usize>,
    /// Whether somebody tried and reached nobody; else it did not happen.
    pub is_tried: bool,
}

/// Nobody was reached.
const TRIED: &[&[&str]] = &[
    &["no", "answer"],
    &["no", "reply"],
    &["no", "response"],
    &["no-answer"],
    &["voicemail"],
    &["not", "home"],
    &["not", "at", "home"],
    &["wasn't", "home"],
    &["wasn't", "in"],
    &["nobody", "home"],
    &["nobody", "answered"],
];

/// What somebody did not do who was not reached.
const REACH: &[&str] = &[
    "pick",
    "picked",
    "answer",
    "answered",
    "reply",
    "replied",
    "respond",
    "responded",
    "reach",
    "reached",
];

const NOT: &[&str] = &[
    "not", "never", "didn't", "didnt", "doesn't", "couldn't", "couldnt", "hasn't", "haven't",
    "hadn't", "wouldn't",
];

/// It did not happen.
const CANCELLED: &[&[&str]] = &[
    &["cancelled"],
    &["canceled"],
    &["postponed"],
    &["declined"],
    &["skipped"],
    &["fell", "through"],
    &["called", "off"],
    &["called", "it", "off"],
    &["didn't", "happen"],
    &["didn't", "come"],
    &["didn't", "show"],
    &["didn't", "turn", "up"],
    &["didn't", "make", "it"],
    &["never", "came"],
    &["never", "happened"],
    &["no", "show"],
    &["stood", "me", "up"],
    &["had", "to", "cancel"],
];

/// Words that may stand before them at the beginning of a clause.
const LIGHT: &[&str] = &[
    "but", "and", "it", "was", "is", "got", "had", "has", "have", "been", "be", "to", "i", "we",
    "he", "she", "they", "who", "which", "then", "again", "sadly", "so", "all", "just", "left",
    "a", "went", "straight",
];

/// The first such words of the clause `first`, or at the beginning of what follows it within `all`.
pub fn missed(words: &[Word], first: Range<usize>, all: Range<usize>) -> Option<Missed> {
    first.clone().chain(beginnings(words, first.end..all.end)).find_map(|at| missed_at(words, at))
}

/// Where only light words stand between the beginning of a clause and the word.
fn beginnings(words: &[Word], within: Range<usize>) -> impl Iterator<Item = usize> + '_ {
    let mut is_light = true;
    within.filter(move |at| {
        let last = at.checked_sub(1).and_then(|at| words.get(at));
        let begins = last.is_none_or(|last| last.end != Break::None);
        is_light =
            begins || (is_light && last.is_none_or(|last| LIGHT.contains(&last.folded.as_str())));
        is_light
    })
}

/// What stands before a thing: `cancelled my trip`, `fell through the ice`.
const DETERMINERS: &[&str] =
    &["my", "his", "her", "our", "your", "their", "its", "the", "a", "an", "this", "that"];

/// Whether the phrase of `count` words with which `rest` begins says something of another thing: `called off the trip`,
/// `didn't come to the party`; but not `cancelled at the last minute`, `postponed to the 5th`.
fn has_object(rest: &[Word], count: usize) -> bool {
    let goes_on = |at: usize| rest.get(at).is_some_and(|word| word.end == Break::None);
    let next = |at: usize| rest.get(at).map_or("", |word| word.folded.as_str());
    let is_thing = |at: usize| goes_on(at - 1) && DETERMINERS.contains(&next(at));
    let is_place = count > 1 && goes_on(count - 1) && matches!(next(count), "to" | "at" | "in");
    is_thing(count) || (is_place && is_thing(count + 1))
}

fn missed_at(words: &[Word], at: usize) -> Option<Missed> {
    let rest = words.get(at..)?;
    let begins = |phrase: &&&[&str]| {
        let said = rest.iter().map(|word| word.folded.as_str());
        said.take(phrase.len()).eq(phrase.iter().copied())
    };
    let is_not = rest.first().is_some_and(|word| NOT.contains(&word.folded.as_str()));
    let reach = rest.get(1).filter(|word| is_not && REACH.contains(&word.folded.as_str()));
    let up = usize::from(rest.get(2).is_some_and(|word| word.folded == "up"));
    let tried = TRIED.iter().find(begins).map(|phrase| phrase.len()).or(reach.map(|_| 2 + up));
    let count = tried.or_else(|| CANCELLED.iter().find(begins).map(|phrase| phrase.len()))?;
    if has_object(rest, count) {
        return None;
    }
    Some(Missed { words: at..at + count, is_tried: tried.is_some() })
}
