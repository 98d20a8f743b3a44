//! What is said of the next step where only that is asked: at a prompt, and in a line of a draft.

use crate::features::capture::dates::date_at;
use crate::features::capture::promise::{Part, part};
use crate::features::capture::words::{Break, words};
use crate::text::day::Day;
use crate::text::span::Span;
use crate::text::when::{Direction, parse};

/// A next step as it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextSaid {
    /// There is none: nothing was said, or `no next`.
    Nothing,
    /// There is one.
    Step {
        /// What; empty where only a day is said.
        text: String,
        /// When, where that is said.
        day: Option<Day>,
    },
}

/// What `said` says: `call in 2 weeks`, `fri: call`, `next fri: call`, `2w`, `no next`. What is no day stays text.
pub fn next_said(said: &str, today: Day) -> NextSaid {
    let said = said.trim();
    if matches!(said.to_lowercase().as_str(), "" | "-" | "n" | "no" | "none" | "nothing") {
        return NextSaid::Nothing;
    }
    if let Ok(day) = parse(said, today, Direction::Future) {
        return NextSaid::Step { text: String::new(), day: Some(day) };
    }
    match read(said, today) {
        Part::NoNext => NextSaid::Nothing,
        Part::Next { text, day } if !text.is_empty() || day.is_some() => {
            NextSaid::Step { text, day }
        }
        _ => day_first(said, today),
    }
}

fn read(said: &str, today: Day) -> Part {
    let (words, whole) = (words(said), Span::new(0, said.len()));
    part(said, &words, 0..words.len(), whole, today, false)
}

/// `fri call`, or a day at the end, or none.
fn day_first(said: &str, today: Day) -> NextSaid {
    if let Some((day, end)) = first_day(said, today) {
        let text = said.get(end..).unwrap_or("").trim_start_matches([':', ',', ';', ' ']);
        return NextSaid::Step { text: text.trim().to_owned(), day: Some(day) };
    }
    match read(&format!("next: {said}"), today) {
        Part::Next { text, day } if !text.is_empty() => NextSaid::Step { text, day },
        _ => NextSaid::Step { text: said.to_owned(), day: None },
    }
}

/// The day that it begins with, and where that ends. A short day that is an English word is one before a colon.
fn first_day(said: &str, today: Day) -> Option<(Day, usize)> {
    let words = words(said);
    if let Some(found) = date_at(&words, 0, today, Direction::Future) {
        let last = words.get(found.count - 1).filter(|_| found.day >= today)?;
        return Some((found.day, last.span.end));
    }
    let first = words.first()?;
    let is_word = matches!(first.folded.as_str(), "sat" | "sun" | "wed" | "may" | "march" | "mar");
    if is_word && first.end != Break::Colon {
        return None;
    }
    let day = parse(&first.folded, today, Direction::Future).ok()?;
    Some((day, first.span.end))
}

#[cfg(test)]
mod tests {
    use crate::features::next_said::{NextSaid, next_said};
    use crate::features::sample::day;

    /// On Saturday, 21 November 2026.
    fn check(said: &str, expected: &str) {
        let shown = match next_said(said, day("2026-11-21")) {
            NextSaid::Nothing => "nothing".to_owned(),
            NextSaid::Step { text, day } => {
                let day = day.map_or_else(String::new, |day| format!(" on {day}"));
                format!("`{text}`{day}")
            }
        };
        assert_eq!(shown, expected, "{said:?}");
    }

    #[test]
    fn a_day_may_stand_first_last_or_alone() {
        check("ring him", "`ring him`");
        check("call in 2 weeks", "`call` on 2026-12-05");
        check("in 2 weeks", "`` on 2026-12-05");
        check("2w", "`` on 2026-12-05");
        check("fri call", "`call` on 2026-11-27");
        check("fri: see her", "`see her` on 2026-11-27");
        check("next fri: see her", "`see her` on 2026-11-27");
        check("next: see her by friday", "`see her` on 2026-11-27");
        check("tomorrow", "`` on 2026-11-22");
        check("sat: see her", "`see her` on 2026-11-28");
        check("sat with her papers", "`sat with her papers`");
        check("ask her about yesterday", "`ask her about yesterday`");
        check("next time bring tea", "`next time bring tea`");
    }

    #[test]
    fn no_next_is_none() {
        for said in ["", " ", "no", "None", "-", "no next", "nothing next", "no next step"] {
            check(said, "nothing");
        }
    }
}
