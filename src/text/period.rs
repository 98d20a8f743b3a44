//! Lengths of time in calendar units: `3d`, `2w`, `3mo`, `1y`.

use crate::text::day::Day;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A calendar unit. A bare `m` is none of them: minutes in one tool, months in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Unit {
    Day,
    Week,
    Month,
    Year,
}

impl Unit {
    /// The unit of a word: `d day days`, `w week weeks`, `mo month months`, `y year years`, in any case.
    pub fn parse(word: &str) -> Option<Unit> {
        match word.to_ascii_lowercase().as_str() {
            "d" | "day" | "days" => Some(Unit::Day),
            "w" | "wk" | "wks" | "week" | "weeks" => Some(Unit::Week),
            "mo" | "mos" | "month" | "months" => Some(Unit::Month),
            "y" | "yr" | "yrs" | "year" | "years" => Some(Unit::Year),
            _ => None,
        }
    }

    fn short(self) -> &'static str {
        match self {
            Unit::Day => "d",
            Unit::Week => "w",
            Unit::Month => "mo",
            Unit::Year => "y",
        }
    }
}

/// A number of calendar units, at most 9,999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    /// How many, 0 to 9,999.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

impl Period {
    /// `count` units; more than 9,999 become 9,999.
    pub fn new(count: u32, unit: Unit) -> Period {
        Period { count: count.min(9_999), unit }
    }

    /// `3w`, `3 weeks`, `3mo`; `None` for anything else, a bare `3m` and numbers above 9,999 included.
    pub fn parse(text: &str) -> Option<Period> {
        let text = text.trim();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let count: u32 = text.get(..digits)?.parse().ok()?;
        let unit = Unit::parse(text.get(digits..)?.trim_start())?;
        (count <= 9_999).then_some(Period { count, unit })
    }

    /// The day that lies this long after `day`, by the calendar (months are clamped, see [`Day::plus_months`]).
    pub fn after(self, day: Day) -> Day {
        let count = i32::try_from(self.count).unwrap_or(i32::MAX);
        match self.unit {
            Unit::Day => day.plus_days(i64::from(count)),
            Unit::Week => day.plus_days(i64::from(count) * 7),
            Unit::Month => day.plus_months(count),
            Unit::Year => day.plus_months(count.saturating_mul(12)),
        }
    }

    /// About how many days: a month counts 30.44, a year 365.25.
    pub fn days(self) -> f64 {
        f64::from(self.count)
            * match self.unit {
                Unit::Day => 1.0,
                Unit::Week => 7.0,
                Unit::Month => 30.436_875,
                Unit::Year => 365.2425,
            }
    }
}

impl fmt::Display for Period {
    /// The short form, `3mo`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}{}", self.count, self.unit.short())
    }
}

#[cfg(test)]
mod tests {
    use crate::text::day::Day;
    use crate::text::period::Period;

    #[test]
    fn units_are_never_guessed() {
        for odd in ["3m", "", "w", "-3w", "3 fortnights", "3w2", "99999d", "３w"] {
            assert_eq!(Period::parse(odd), None, "{odd}");
        }
        assert_eq!(
            Period::parse("3 Weeks").map(|period| period.to_string()),
            Some("3w".to_owned())
        );
    }

    #[test]
    fn months_follow_the_calendar() {
        let after = |period: &str| {
            Period::parse(period).unwrap().after(Day::new(2026, 1, 31).unwrap()).to_string()
        };
        assert_eq!(after("1mo"), "2026-02-28");
        assert_eq!(after("3mo"), "2026-04-30");
        assert_eq!(after("2w"), "2026-02-14");
    }
}
