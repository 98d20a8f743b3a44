//! Civil days and calendar arithmetic. There is no "now" here: a day is always given.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A day of the week, Monday first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// All days of the week, Monday first.
pub const WEEKDAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// The English names of the months, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Weekday {
    /// The English name, `Monday`.
    pub fn name(self) -> &'static str {
        match self {
            Weekday::Monday => "Monday",
            Weekday::Tuesday => "Tuesday",
            Weekday::Wednesday => "Wednesday",
            Weekday::Thursday => "Thursday",
            Weekday::Friday => "Friday",
            Weekday::Saturday => "Saturday",
            Weekday::Sunday => "Sunday",
        }
    }

    /// Days since Monday, 0 to 6.
    pub fn number(self) -> u32 {
        self as u32
    }
}

/// A civil day between 1800-01-01 and 2200-12-31. Arithmetic stays inside: it stops at the first or last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

impl Day {
    /// The day, where the calendar has it and the year is from 1800 to 2200.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Day> {
        NaiveDate::from_ymd_opt(year, month, day).and_then(Day::from_chrono)
    }

    /// The day of a chrono date, where its year is from 1800 to 2200.
    pub fn from_chrono(date: NaiveDate) -> Option<Day> {
        (1800..=2200).contains(&date.year()).then_some(Day(date))
    }

    /// Exactly `YYYY-MM-DD`, nothing around it; a day that is not in the calendar is `None`.
    pub fn parse(text: &str) -> Option<Day> {
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 10
            && bytes.iter().enumerate().all(|(at, byte)| match at {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !shaped {
            return None;
        }
        Day::new(text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?)
    }

    /// The year, 1800 to 2200.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day_of_month(self) -> u32 {
        self.0.day()
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        WEEKDAYS[self.0.weekday().num_days_from_monday() as usize]
    }

    /// The name of the month, `November`.
    pub fn month_name(self) -> &'static str {
        MONTHS[self.0.month0() as usize]
    }

    /// Days since 1970-01-01; negative before.
    pub fn number(self) -> i64 {
        i64::from(self.0.num_days_from_ce()) - 719_163
    }

    /// This day and `days` more (or fewer).
    pub fn plus_days(self, days: i64) -> Day {
        let amount = Days::new(days.unsigned_abs());
        let moved = if days < 0 {
            self.0.checked_sub_days(amount)
        } else {
            self.0.checked_add_days(amount)
        };
        Day::kept_inside(moved, days < 0)
    }

    /// The same day of the month, `months` later (or earlier); 31 January and one month is the last of February.
    pub fn plus_months(self, months: i32) -> Day {
        let amount = Months::new(months.unsigned_abs());
        let moved = if months < 0 {
            self.0.checked_sub_months(amount)
        } else {
            self.0.checked_add_months(amount)
        };
        Day::kept_inside(moved, months < 0)
    }

    /// Days from this day to `other`; negative where `other` is earlier.
    pub fn days_until(self, other: Day) -> i64 {
        other.number() - self.number()
    }

    /// The Monday of this day's week.
    pub fn monday(self) -> Day {
        self.plus_days(-i64::from(self.weekday().number()))
    }

    /// ISO year and week number, as in `2026-W47`.
    pub fn iso_week(self) -> (i32, u32) {
        let week = self.0.iso_week();
        (week.year(), week.week())
    }

    /// The first day of this day's month.
    pub fn first_of_month(self) -> Day {
        Day(self.0.with_day(1).unwrap_or(self.0))
    }

    fn kept_inside(moved: Option<NaiveDate>, backwards: bool) -> Day {
        moved.and_then(Day::from_chrono).unwrap_or(if backwards {
            Day::first()
        } else {
            Day::last()
        })
    }

    /// 1800-01-01, the first day there is.
    pub fn first() -> Day {
        Day(NaiveDate::from_ymd_opt(1800, 1, 1).unwrap_or(NaiveDate::MIN))
    }

    /// 2200-12-31, the last day there is.
    pub fn last() -> Day {
        Day(NaiveDate::from_ymd_opt(2200, 12, 31).unwrap_or(NaiveDate::MAX))
    }
}

impl fmt::Display for Day {
    /// ISO, `2026-11-21`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day_of_month())
    }
}

/// Stored as the number of days since 1 January of year 1, so that a cache is small; a number outside of the calendar
/// here is an error.
impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i32(self.0.num_days_from_ce())
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        let number = i32::deserialize(deserializer)?;
        let date = NaiveDate::from_num_days_from_ce_opt(number).and_then(Day::from_chrono);
        date.ok_or_else(|| serde::de::Error::custom("not a day"))
    }
}

#[cfg(test)]
mod tests {
    use crate::text::day::{Day, Weekday};
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn only_the_full_iso_form_is_a_day() {
        for odd in [
            "2026-2-3",
            "26-02-03",
            "+2026-02-03",
            "2026-02-30",
            "2026-11-21 ",
            "1799-12-31",
            "2201-01-01",
            "２０２６-11-21",
        ] {
            assert_eq!(Day::parse(odd), None, "{odd}");
        }
    }

    #[test]
    fn months_are_clamped_to_their_last_day() {
        assert_eq!(day("2026-01-31").plus_months(1), day("2026-02-28"));
        assert_eq!(day("2024-02-29").plus_months(12), day("2025-02-28"));
        assert_eq!(day("2026-03-31").plus_months(-1), day("2026-02-28"));
    }

    #[test]
    fn the_ends_of_time_hold() {
        assert_eq!(Day::last().plus_days(i64::MAX), Day::last());
        assert_eq!(Day::first().plus_months(i32::MIN), Day::first());
    }

    #[test]
    fn weeks_start_on_monday() {
        assert_eq!(day("2026-11-21").weekday(), Weekday::Saturday);
        assert_eq!(day("2026-11-21").monday(), day("2026-11-16"));
        assert_eq!(day("2026-11-21").iso_week(), (2026, 47));
        assert_eq!(day("1970-01-01").number(), 0);
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(number in -62_000i64..84_000) {
            let shown = day("1970-01-01").plus_days(number);
            prop_assert_eq!(Day::parse(&shown.to_string()), Some(shown));
            prop_assert_eq!(shown.number(), number);
        }
    }
}
