//! Rhythms: how often it would be good to hear from somebody (section 4 of the format).

use crate::text::period::{Period, Unit};
use serde::{Deserialize, Serialize};
use std::fmt;

/// How often it would be good to be in touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Cadence {
    /// Never suggested by time.
    Never,
    /// Every so often.
    Every(Period),
    /// Somewhere between two lengths of time; the first is the shorter.
    Window(Period, Period),
    /// Once in each meteorological season.
    Seasonal,
    /// Only events suggest.
    OnEvent,
    /// No rhythm, only a `follow_up`.
    Later,
}

const WORDS: &[(&str, Cadence)] = &[
    ("never", Cadence::Never),
    ("none", Cadence::Never),
    ("daily", every(1, Unit::Day)),
    ("weekly", every(1, Unit::Week)),
    ("biweekly", every(2, Unit::Week)),
    ("fortnightly", every(2, Unit::Week)),
    ("monthly", every(1, Unit::Month)),
    ("bimonthly", every(2, Unit::Month)),
    ("quarterly", every(3, Unit::Month)),
    ("seasonal", Cadence::Seasonal),
    ("seasonally", Cadence::Seasonal),
    ("semiannually", every(6, Unit::Month)),
    ("yearly", every(1, Unit::Year)),
    ("annually", every(1, Unit::Year)),
    ("on-event", Cadence::OnEvent),
    ("later", Cadence::Later),
];

const fn every(count: u32, unit: Unit) -> Cadence {
    Cadence::Every(Period { count, unit })
}

impl Cadence {
    /// Reads a rhythm: a word of the format, `3 months`, `every 3 months`, `every month`, `every other week`, `once a
    /// month`, `twice a year`, or a window (`2-3 weeks`, `2w..3w`). Case, and `_` for `-`, do not count. `None` for
    /// anything else, a length of nothing included.
    pub fn parse(text: &str) -> Option<Cadence> {
        let text = text.trim().to_lowercase().replace('_', "-");
        let spaced = text.contains(' ');
        let is_text = |word: &str| word == text || (spaced && word.replace('-', " ") == text);
        let word = WORDS.iter().find(|(word, _)| is_text(word));
        word.map(|(_, cadence)| *cadence)
            .or_else(|| parse_length(&text))
            .or_else(|| parse_said(&text))
            .or_else(|| parse_window(&text))
    }

    /// A rhythm of `days` days, as plain numbers of other tools mean it; `None` for 0.
    pub fn of_days(days: u32) -> Option<Cadence> {
        (days > 0).then(|| Cadence::Every(Period::new(days, Unit::Day)))
    }

    /// The words that name a rhythm, for suggestions.
    pub fn words() -> impl Iterator<Item = &'static str> {
        WORDS.iter().map(|(word, _)| *word)
    }

    /// About how many days lie between two contacts: of a window its middle, of seasonal a quarter of a year; `None`
    /// where time suggests nothing.
    pub fn typical_days(self) -> Option<f64> {
        match self {
            Cadence::Every(period) => Some(period.days()),
            Cadence::Window(low, high) => Some(f64::midpoint(low.days(), high.days())),
            Cadence::Seasonal => Some(Period { count: 3, unit: Unit::Month }.days()),
            Cadence::Never | Cadence::OnEvent | Cadence::Later => None,
        }
    }
}

fn parse_length(text: &str) -> Option<Cadence> {
    let length = text.strip_prefix("every ").unwrap_or(text);
    let period = Period::parse(length)
        .or_else(|| Unit::parse(length).filter(|_| length != text).map(one))?;
    (period.count > 0).then_some(Cadence::Every(period))
}

/// `every other week`, `once a month`, `twice a year`, `4 times a year`.
fn parse_said(text: &str) -> Option<Cadence> {
    let other = text.strip_prefix("every other ").or_else(|| text.strip_prefix("every second "));
    if let Some(unit) = other {
        return Unit::parse(unit).map(|unit| every(2, unit));
    }
    let (often, unit) = text.split_once(" a ").or_else(|| text.split_once(" per "))?;
    let count = match often.trim_end_matches(" times") {
        "once" => 1,
        "twice" => 2,
        "three" => 3,
        "four" => 4,
        count => count.parse().ok()?,
    };
    often_in(count, unit)
}

/// So often in a unit, where that comes out in whole days, weeks or months.
fn often_in(count: u32, unit: &str) -> Option<Cadence> {
    match (count, unit) {
        (1, "season") => return Some(Cadence::Seasonal),
        (1, "quarter") => return Some(every(3, Unit::Month)),
        _ => {}
    }
    let days =
        |low, high| Cadence::Window(Period::new(low, Unit::Day), Period::new(high, Unit::Day));
    match (count, Unit::parse(unit)?) {
        (1, unit) => Some(every(1, unit)),
        (2 | 3 | 4 | 6 | 12, Unit::Year) => Some(every(12 / count, Unit::Month)),
        (2, Unit::Month) => Some(every(2, Unit::Week)),
        (2, Unit::Week) => Some(days(3, 4)),
        (3, Unit::Week) => Some(days(2, 3)),
        _ => None,
    }
}

fn one(unit: Unit) -> Period {
    Period { count: 1, unit }
}

fn parse_window(text: &str) -> Option<Cadence> {
    let text = text.strip_prefix("every ").unwrap_or(text);
    let (low, high) = text
        .split_once("..")
        .or_else(|| text.split_once(" to "))
        .or_else(|| text.split_once(['-', '–']))?;
    let high = Period::parse(high)?;
    let low = Period::parse(low)
        .or_else(|| low.trim().parse().ok().map(|count| Period::new(count, high.unit)))?;
    (low.count > 0 && low.days() <= high.days()).then_some(Cadence::Window(low, high))
}

impl fmt::Display for Cadence {
    /// As a person says it: `every 2 weeks`, `every 2-4 weeks`, `once a season`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cadence::Never => formatter.write_str("never"),
            Cadence::Every(period) if period.count == 1 => {
                write!(formatter, "every {}", unit_word(period.unit, 1))
            }
            Cadence::Every(period) => {
                write!(formatter, "every {} {}", period.count, unit_word(period.unit, period.count))
            }
            Cadence::Window(low, high) if low.unit == high.unit => {
                write!(
                    formatter,
                    "every {}-{} {}",
                    low.count,
                    high.count,
                    unit_word(high.unit, high.count)
                )
            }
            Cadence::Window(low, high) => write!(
                formatter,
                "every {} {} to {} {}",
                low.count,
                unit_word(low.unit, low.count),
                high.count,
                unit_word(high.unit, high.count)
            ),
            Cadence::Seasonal => formatter.write_str("once a season"),
            Cadence::OnEvent => formatter.write_str("when something happens"),
            Cadence::Later => formatter.write_str("later"),
        }
    }
}

fn unit_word(unit: Unit, count: u32) -> &'static str {
    match (unit, count) {
        (Unit::Day, 1) => "day",
        (Unit::Day, _) => "days",
        (Unit::Week, 1) => "week",
        (Unit::Week, _) => "weeks",
        (Unit::Month, 1) => "month",
        (Unit::Month, _) => "months",
        (Unit::Year, 1) => "year",
        (Unit::Year, _) => "years",
    }
}

#[cfg(test)]
mod tests {
    use crate::people::cadence::Cadence;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        let shown = Cadence::parse(text)
            .map_or_else(|| "unknown".to_owned(), |cadence| cadence.to_string());
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn every_form_of_the_format_is_read() {
        check("weekly", "every week");
        check("Fortnightly", "every 2 weeks");
        check("quarterly", "every 3 months");
        check("semiannually", "every 6 months");
        check("seasonal", "once a season");
        check("on-event", "when something happens");
        check("on event", "when something happens");
        check("3 months", "every 3 months");
        check("every 3 months", "every 3 months");
        check("every month", "every month");
        check("2-3 weeks", "every 2-3 weeks");
        check("2w..3w", "every 2-3 weeks");
        check("every 2-3 weeks", "every 2-3 weeks");
        check("2w..1mo", "every 2 weeks to 1 month");
        check("2 to 3 weeks", "every 2-3 weeks");
        check("never", "never");
        check("once a month", "every month");
        check("Twice a year", "every 6 months");
        check("four times a year", "every 3 months");
        check("twice a month", "every 2 weeks");
        check("twice a week", "every 3-4 days");
        check("every other week", "every 2 weeks");
        check("once a season", "once a season");
    }

    #[test]
    fn what_is_no_rhythm_is_not_guessed() {
        for odd in [
            "montly",
            "3m",
            "0 days",
            "every",
            "month",
            "3-2 weeks",
            "0-2 weeks",
            "-3 weeks",
            "5 times a year",
            "0 times a year",
            "once a while",
            "every other",
            "a month",
            "",
            "30",
        ] {
            check(odd, "unknown");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "\\PC{0,20}") {
            let _ = Cadence::parse(&text);
        }

        #[test]
        fn what_is_shown_reads_back(low in 1u32..40, more in 0u32..40, unit in prop::sample::select(vec!["d", "w", "mo", "y"])) {
            let cadence = Cadence::parse(&format!("{low}-{}{unit}", low + more)).unwrap();
            prop_assert_eq!(Cadence::parse(cadence.to_string().trim_start_matches("every ")), Some(cadence));
        }
    }
}
