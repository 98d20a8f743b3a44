//! The dates of a start line: when the two were last in touch, and what comes next.

use crate::note::change::Refusal;
use crate::text::day::Day;
use crate::text::partial_date::{LooseDate, PartialDate, month_of};
use crate::text::when::{self, Direction};

/// A next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextStep {
    /// Its day.
    pub day: Option<Day>,
    /// What it is.
    pub text: Option<String>,
}

/// The date after `last`: `2026-08`, `~2025`, a month by its name (the newest that has begun), `fri`, `3 weeks ago`.
/// Words like `spoke in` before it do not count. What is counted back in weeks or more is an estimate. A date after
/// `today` is refused.
pub fn last_contact(written: &str, today: Day) -> Result<LooseDate, Refusal> {
    let written = without_fillers(written);
    let estimated = written.starts_with('~');
    let plain = written.trim_start_matches('~').trim_start();
    let found = month(plain, today)
        .or_else(|| LooseDate::parse(plain).ok().map(|(date, _)| date))
        .map(|date| LooseDate { estimated: estimated || date.estimated, ..date })
        .or_else(|| phrase(plain, today, estimated));
    let with_year = found.map(|date| with_year(date, today));
    match with_year {
        Some(date) if date.earliest().is_some_and(|first| first <= today) => Ok(date),
        Some(date) => Err(refusal(format!("`{date}` is still to come"))),
        None => Err(refusal(format!("`last {written}` is not a date that can be read"))),
    }
}

/// What `next: ask about the move`, `next fri: ask`, `next 2w` or `follow up in 2 weeks: ask` says; `None` for a part
/// that begins otherwise (`next door neighbours` is none).
pub fn next_step(part: &str, today: Day) -> Option<NextStep> {
    let lower = part.to_ascii_lowercase();
    let word = ["next", "follow up", "follow-up", "follow_up"].into_iter().find(|word| {
        let rest = lower.strip_prefix(word);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ':']))
    })?;
    let rest = part.get(word.len()..)?.trim();
    if let Some(text) = rest.strip_prefix(':') {
        return Some(NextStep { day: None, text: filled(text) });
    }
    let day_of = |text: &str| {
        let with_next = || when::parse(&format!("next {text}"), today, Direction::Future);
        when::parse(text, today, Direction::Future).or_else(|_| with_next()).ok()
    };
    if let Some((before, text)) = rest.split_once(':')
        && let Some(day) = day_of(before)
    {
        return Some(NextStep { day: Some(day), text: filled(text) });
    }
    day_of(rest).map(|day| NextStep { day: Some(day), text: None })
}

fn filled(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

const FILLERS: &[&str] = &[
    "contact", "spoke", "spoken", "saw", "seen", "met", "talked", "talk", "call", "called",
    "wrote", "in", "on", "was", "around", "about",
];

fn without_fillers(written: &str) -> &str {
    let mut rest = written.trim_start_matches([':', ' ']).trim();
    while let Some((word, after)) = rest.split_once([' ', ':']) {
        if !FILLERS.contains(&word.to_ascii_lowercase().as_str()) {
            break;
        }
        rest = after.trim();
    }
    rest
}

/// `Oct` is the newest October that has begun.
fn month(written: &str, today: Day) -> Option<LooseDate> {
    let month = month_of(written)?;
    let year = if month <= today.month() { today.year() } else { today.year() - 1 };
    Some(LooseDate { date: PartialDate::YearMonth(year, month), estimated: false })
}

/// A date without a year is the newest such day.
fn with_year(date: LooseDate, today: Day) -> LooseDate {
    let day = match date.date {
        PartialDate::MonthDay(month, day) => (0..=8)
            .find_map(|back| Day::new(today.year() - back, month, day).filter(|day| *day <= today)),
        _ => None,
    };
    day.map_or(date, |day| LooseDate { date: PartialDate::Full(day), ..date })
}

/// `yesterday` is a day; `3 weeks ago`, `week` (after `last`) and the like are about so long ago.
fn phrase(written: &str, today: Day, estimated: bool) -> Option<LooseDate> {
    let last = || when::parse(&format!("last {written}"), today, Direction::Past);
    let day = last().or_else(|_| when::parse(written, today, Direction::Past)).ok()?;
    let lower = written.to_ascii_lowercase();
    let counted = |unit: &str| lower.contains(unit);
    let date = match lower.as_str() {
        _ if counted("year") => PartialDate::Year(day.year()),
        _ if counted("month") => PartialDate::YearMonth(day.year(), day.month()),
        _ => PartialDate::Full(day),
    };
    let about = counted("week") || counted("month") || counted("year");
    Some(LooseDate { date, estimated: estimated || about })
}

fn refusal(reason: String) -> Refusal {
    let hint = "write `last 2026-10-12`, `last 2026-10`, `last ~Oct` or `last ~2025`".to_owned();
    Refusal { reason, hint: Some(hint) }
}
