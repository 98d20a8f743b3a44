//! Civil days and calendar arithmetic. There is no "now" here: a day is always given.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::num::NonZeroU32;

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
///
/// Held as a number, since days are compared, added and stored far more often than they are shown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(
    // From 1 for 1 January of year 1.
    NonZeroU32,
);

/// 1970-01-01 as a [`Day`] counts.
const EPOCH: i64 = 719_163;
/// 1800-01-01 and 2200-12-31 as a [`Day`] counts.
const ENDS: (i64, i64) = (657_072, 803_533);

impl Day {
    /// The day, where the calendar has it and the year is from 1800 to 2200.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Day> {
        NaiveDate::from_ymd_opt(year, month, day).and_then(Day::from_chrono)
    }

    /// The day of a chrono date, where its year is from 1800 to 2200.
    pub fn from_chrono(date: NaiveDate) -> Option<Day> {
        Day::counted(i64::from(date.num_days_from_ce()))
    }

    /// Exactly `YYYY-MM-DD`, nothing around it; a day that is not in the calendar is `None`.
    pub fn parse(text: &str) -> Option<Day> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else { return None };
        let digits = [y1, y2, y3, y4, m1, m2, d1, d2];
        if !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let [y1, y2, y3, y4, m1, m2, d1, d2] = digits.map(|digit| u32::from(digit - b'0'));
        let year = i32::try_from(y1 * 1000 + y2 * 100 + y3 * 10 + y4).ok()?;
        Day::new(year, m1 * 10 + m2, d1 * 10 + d2)
    }

    /// The day with this number, where it is from 1800 to 2200.
    fn counted(number: i64) -> Option<Day> {
        let inside = (ENDS.0..=ENDS.1).contains(&number).then_some(number)?;
        u32::try_from(inside).ok().and_then(NonZeroU32::new).map(Day)
    }

    /// The number that it is stored as.
    pub fn stored(self) -> u32 {
        self.0.get()
    }

    /// The day that is stored as `number`.
    pub fn from_stored(number: u32) -> Option<Day> {
        Day::counted(i64::from(number))
    }

    fn count(self) -> i64 {
        i64::from(self.0.get())
    }

    fn date(self) -> NaiveDate {
        let number = i32::try_from(self.0.get()).ok();
        number.and_then(NaiveDate::from_num_days_from_ce_opt).unwrap_or(NaiveDate::MIN)
    }

    /// The year, 1800 to 2200.
    pub fn year(self) -> i32 {
        self.date().year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        self.date().month()
    }

    /// The day of the month, 1 to 31.
    pub fn day_of_month(self) -> u32 {
        self.date().day()
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        // 1 January of year 1 was a Monday.
        WEEKDAYS[(self.0.get() - 1) as usize % 7]
    }

    /// The name of the month, `November`.
    pub fn month_name(self) -> &'static str {
        MONTHS[self.date().month0() as usize]
    }

    /// Days since 1970-01-01; negative before.
    pub fn number(self) -> i64 {
        self.count() - EPOCH
    }

    /// This day and `days` more (or fewer).
    pub fn plus_days(self, days: i64) -> Day {
        let moved = self.count().saturating_add(days).clamp(ENDS.0, ENDS.1);
        Day::counted(moved).unwrap_or(self)
    }

    /// The same day of the month, `months` later (or earlier); 31 January and one month is the last of February.
    pub fn plus_months(self, months: i32) -> Day {
        let amount = Months::new(months.unsigned_abs());
        let moved = if months < 0 {
            self.date().checked_sub_months(amount)
        } else {
            self.date().checked_add_months(amount)
        };
        Day::kept_inside(moved, months < 0)
    }

    /// Days from this day to `other`; negative where `other` is earlier.
    pub fn days_until(self, other: Day) -> i64 {
        other.count() - self.count()
    }

    /// The Monday of this day's week.
    pub fn monday(self) -> Day {
        self.plus_days(-i64::from(self.weekday().number()))
    }

    /// ISO year and week number, as in `2026-W47`.
    pub fn iso_week(self) -> (i32, u32) {
        let week = self.date().iso_week();
        (week.year(), week.week())
    }

    /// The first day of this day's month.
    pub fn first_of_month(self) -> Day {
        self.date().with_day(1).and_then(Day::from_chrono).unwrap_or(self)
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
        Day::counted(ENDS.0).unwrap_or(Day(NonZeroU32::MIN))
    }

    /// 2200-12-31, the last day there is.
    pub fn last() -> Day {
        Day::counted(ENDS.1).unwrap_or(Day(NonZeroU32::MIN))
    }
}

impl fmt::Display for Day {
    /// ISO, `2026-11-21`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The due day of everybody is a hash of a day as text: the general way would take longer than all the rest.
        let year = u32::try_from(self.year()).unwrap_or(0);
        let (month, day) = (self.month(), self.day_of_month());
        let digits = [year / 1000, year / 100, year / 10, year, month / 10, month, day / 10, day];
        let mut text = [b'-'; 10];
        for (at, number) in [0, 1, 2, 3, 5, 6, 8, 9].into_iter().zip(digits) {
            text[at] = b'0' + (number % 10) as u8;
        }
        formatter.write_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Day({self})")
    }
}

/// Stored as its number; a number outside of the calendar here is an error.
impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(self.stored())
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        let number = u32::deserialize(deserializer)?;
        Day::from_stored(number).ok_or_else(|| serde::de::Error::custom("not a day"))
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
        assert_eq!(day("2026-10-09").to_string(), "2026-10-09");
        assert_eq!(Day::first().to_string(), "1800-01-01");
        assert_eq!(Day::last().to_string(), "2200-12-31");
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
            let weekday = chrono::Datelike::weekday(&shown.date()).num_days_from_monday();
            prop_assert_eq!(shown.weekday().number(), weekday);
        }
    }
}
