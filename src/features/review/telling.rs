//! What is typed at a line of a review, taken apart: the day of which it tells, and the pieces that it consists of.
//!
//! Always true here: nothing that is typed is passed over. It is in a piece, or it is a reason not to follow the answer.

use crate::features::agenda::answer::Answer;
use crate::features::agenda::record::without_marker;
use crate::features::agenda::said::{Said, said_to};
use crate::features::answering::step::refusal;
use crate::features::review::ground::Ground;
use crate::note::change::Refusal;
use crate::people::kind::Meaning;
use crate::text::day::Day;
use crate::text::phrase;
use crate::text::when::{Direction, impossible_prefix, parse_prefix};
use std::borrow::Cow;

/// A day at the start of what is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayAtStart<'t> {
    /// The day.
    pub day: Day,
    /// What follows it.
    pub rest: &'t str,
    /// Whether it can be meant for nothing else: it stands alone, before a sign, or is a date in figures.
    pub is_sure: bool,
}

/// The day at the start of `text`, where one stands there.
pub fn day_at_start(text: &str, today: Day) -> Option<DayAtStart<'_>> {
    let (day, end) = parse_prefix(text, today, Direction::Future)?;
    let after = text.get(end..)?;
    let rest = after.trim_start_matches([' ', ',', ':']);
    let in_figures = text.trim_start().get(..10).and_then(Day::parse).is_some();
    let is_sure = after.is_empty() || after.starts_with([',', ':']) || in_figures;
    (after.is_empty() || after.starts_with([' ', ',', ':'])).then_some(DayAtStart {
        day,
        rest,
        is_sure,
    })
}

/// Refuses a date at the start of `text` that no calendar has, where it can be meant for nothing else.
pub fn possible(text: &str) -> Result<(), Refusal> {
    let Some(end) = impossible_prefix(text) else { return Ok(()) };
    let (date, after) = text.split_at(end);
    let date = date.trim();
    let is_sure = after.is_empty()
        || after.starts_with([',', ':'])
        || date.starts_with(|c: char| c.is_ascii_digit()) && date.contains('-');
    if !is_sure {
        return Ok(());
    }
    let reason = format!("`{date}` is not in the calendar");
    Err(refusal(&reason, "look at the day of the month"))
}

/// Whether what is typed says what happened: a kind of entry stands at its start, or a day that is not to come.
pub fn tells(ground: &Ground, said: &Said) -> bool {
    let Some(first) = said.text.first() else { return false };
    let has_kind = |text: &str| {
        let kind = text.split_once(':');
        let kind = kind.and_then(|(word, _)| ground.situation.vocabulary.kind(word.trim()));
        kind.is_some_and(|kind| kind.meaning != Meaning::Plan)
    };
    let today = ground.situation.day;
    has_kind(first)
        || day_at_start(first, today).is_some_and(|at| {
            at.day < today || at.day == today && (at.is_sure || has_kind(at.rest))
        })
}

/// The day of which an answer tells: the one that is typed at its start, else that of the review.
pub fn day_told(ground: &Ground, answer: &Answer) -> Day {
    let first = answer.said.text.first().filter(|_| tells(ground, &answer.said));
    let typed = first.and_then(|first| day_at_start(first, ground.situation.day));
    typed.map_or(answer.day, |at| at.day.min(answer.day))
}

/// The answer as one of the day that is typed at its start, without that day. It may be any day from the first one that
/// the review is about up to today.
pub fn on_its_day<'n>(ground: &Ground, answer: &'n Answer) -> Result<Cow<'n, Answer>, Refusal> {
    let today = ground.situation.day;
    let Some(first) = answer.said.text.first() else { return Ok(Cow::Borrowed(answer)) };
    possible(first)?;
    let at = day_at_start(first, today).filter(|at| at.is_sure || tells(ground, &answer.said));
    let Some(at) = at.filter(|at| at.is_sure || at.day <= today) else {
        return Ok(Cow::Borrowed(answer));
    };
    if at.day > today || at.day < ground.period.from.min(answer.day) {
        let day = phrase::date(at.day, today);
        let span = "a review takes days from the first one that it is about up to today";
        return Err(refusal(&format!("{day} cannot be written down here"), span));
    }
    let mut told = answer.clone();
    for typed in
        told.typed.iter_mut().filter(|typed| without_marker(typed).starts_with(first)).take(1)
    {
        at.rest.clone_into(typed);
    }
    told.typed.retain(|typed| !typed.is_empty());
    told.said = Said {
        verdict: answer.said.verdict,
        on: None,
        ..said_to(&answer.line.text, answer.line.status, &told.typed, answer.day)
    };
    told.day = at.day;
    Ok(Cow::Owned(told))
}

/// The words that are typed at a line, piece by piece, where they are nothing but words.
pub fn words(said: &Said) -> Result<Vec<String>, Refusal> {
    if said.archive || said.next.is_some() {
        let what = if said.archive { "archive" } else { "next: …" };
        let reason = format!("`{what}` says something else than the line asks");
        return Err(refusal(&reason, "take it away, or write it with `ties edit`"));
    }
    Ok(pieces(said))
}

/// The pieces of what is typed: lines of text, and items of lists without their markers.
pub fn pieces(said: &Said) -> Vec<String> {
    let below = said.below.iter().map(|line| without_marker(line).to_owned());
    said.text.iter().cloned().chain(below).filter(|piece| !piece.is_empty()).collect()
}

/// Refuses an answer with words at a line that takes none.
pub fn nothing_typed(said: &Said) -> Result<(), Refusal> {
    match words(said)?.first() {
        None => Ok(()),
        Some(typed) => {
            let reason = format!("`{typed}` is typed there, and the line takes no words");
            Err(refusal(&reason, "take it away, or write it with `ties edit`"))
        }
    }
}
