//! Dates as people know them: whole, without a year, only a month, only a year, or a guess.

use crate::text::day::{Day, MONTHS};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A date of which some parts may be unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PartialDate {
    /// `2026-11-21`
    Full(Day),
    /// `2026-11`
    YearMonth(i32, u32),
    /// `2026`
    Year(i32),
    /// `--11-21`: every year's 21 November.
    MonthDay(u32, u32),
}

/// A date as written: perhaps partial, perhaps an estimate (`~`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LooseDate {
    /// What is known of the date.
    pub date: PartialDate,
    /// Whether it was marked with `~`.
    pub estimated: bool,
}

/// How a date was spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// One of the forms of the format.
    Iso,
    /// Readable beyond doubt, but not a form of the format: an English month name, or ISO with a time.
    Readable,
}

/// Why a text is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotADate {
    /// `2026-02-30`: the shape is right, the day is not in the calendar.
    NotInCalendar,
    /// `03/04/2026`: which number is the month cannot be known, so it is never guessed.
    Ambiguous,
    /// Anything else.
    Unreadable,
}

impl LooseDate {
    /// A number that is stored for it, never 0. From the lowest bit: that there is one, whether it is an estimate, what
    /// is known of it, and that.
    pub fn stored(self) -> u32 {
        let (form, known) = match self.date {
            PartialDate::Full(day) => (0, day.stored()),
            PartialDate::YearMonth(year, month) => (1, year.cast_unsigned() << 4 | month & 15),
            PartialDate::Year(year) => (2, year.cast_unsigned()),
            PartialDate::MonthDay(month, day) => (3, month << 5 | day & 31),
        };
        1 | u32::from(self.estimated) << 1 | form << 2 | known << 4
    }

    /// The date that is stored as `number`; `None` where none is.
    pub fn from_stored(number: u32) -> Option<LooseDate> {
        if number & 1 == 0 {
            return None;
        }
        // A year keeps its sign.
        let (known, signed) = (number >> 4, number.cast_signed() >> 4);
        let date = match number >> 2 & 3 {
            0 => PartialDate::Full(Day::from_stored(known)?),
            1 => PartialDate::YearMonth(signed >> 4, known & 15),
            2 => PartialDate::Year(signed),
            _ => PartialDate::MonthDay(known >> 5, known & 31),
        };
        Some(LooseDate { date, estimated: number & 2 != 0 })
    }

    /// Reads a date. The forms of the format are `YYYY-MM-DD`, `--MM-DD`, `MM-DD`, `YYYY-MM`, `YYYY`, each perhaps
    /// after a `~`; year 1604 (what Apple writes for "no year") gives a date without a year. English month names
    /// (`February 3rd`, `3 Feb 2026`), the year first with other signs (`2026/1/5`) and ISO with a time are
    /// [`Spelling::Readable`].
    pub fn parse(text: &str) -> Result<(LooseDate, Spelling), NotADate> {
        let trimmed = text.trim();
        let rest = trimmed.strip_prefix('~');
        let estimated = rest.is_some();
        let body = rest.map_or(trimmed, str::trim_start);
        let (date, spelling) = match parse_iso(body) {
            Err(NotADate::Unreadable) => parse_readable(body)?,
            other => (other?, Spelling::Iso),
        };
        Ok((LooseDate { date: without_apple_year(date), estimated }, spelling))
    }

    /// The first day that it can mean; `None` where the year is not known.
    pub fn earliest(self) -> Option<Day> {
        match self.date {
            PartialDate::Full(day) => Some(day),
            PartialDate::YearMonth(year, month) => Day::new(year, month, 1),
            PartialDate::Year(year) => Day::new(year, 1, 1),
            PartialDate::MonthDay(..) => None,
        }
    }

    /// The last day that it can mean; `None` where the year is not known.
    pub fn latest(self) -> Option<Day> {
        match self.date {
            PartialDate::Full(day) => Some(day),
            PartialDate::YearMonth(year, month) => {
                Day::new(year, month, 1).map(|day| day.plus_months(1).plus_days(-1))
            }
            PartialDate::Year(year) => Day::new(year, 12, 31),
            PartialDate::MonthDay(..) => None,
        }
    }

    /// The year, where it is known.
    pub fn year(self) -> Option<i32> {
        match self.date {
            PartialDate::Full(day) => Some(day.year()),
            PartialDate::YearMonth(year, _) | PartialDate::Year(year) => Some(year),
            PartialDate::MonthDay(..) => None,
        }
    }

    /// Month and day of the month, where both are known.
    pub fn month_day(self) -> Option<(u32, u32)> {
        match self.date {
            PartialDate::Full(day) => Some((day.month(), day.day_of_month())),
            PartialDate::MonthDay(month, day) => Some((month, day)),
            PartialDate::YearMonth(..) | PartialDate::Year(_) => None,
        }
    }

    /// The yearly day in `year`; where the date is 29 February and the year has none, 28 February, or 1 March if
    /// `leap_day_in_march`. `None` where month or day are not known.
    pub fn in_year(self, year: i32, leap_day_in_march: bool) -> Option<Day> {
        let (month, day) = self.month_day()?;
        Day::new(year, month, day).or_else(|| {
            let (month, day) = if leap_day_in_march { (3, 1) } else { (2, 28) };
            Day::new(year, month, day)
        })
    }

    /// The first yearly day on or after `day`.
    pub fn next_on_or_after(self, day: Day, leap_day_in_march: bool) -> Option<Day> {
        let this_year = self.in_year(day.year(), leap_day_in_march)?;
        if this_year >= day {
            Some(this_year)
        } else {
            self.in_year(day.year() + 1, leap_day_in_march)
        }
    }
}

impl fmt::Display for LooseDate {
    /// The form of the format.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.estimated {
            write!(formatter, "~")?;
        }
        match self.date {
            PartialDate::Full(day) => write!(formatter, "{day}"),
            PartialDate::YearMonth(year, month) => write!(formatter, "{year:04}-{month:02}"),
            PartialDate::Year(year) => write!(formatter, "{year:04}"),
            PartialDate::MonthDay(month, day) => write!(formatter, "--{month:02}-{day:02}"),
        }
    }
}

fn without_apple_year(date: PartialDate) -> PartialDate {
    match date {
        PartialDate::Full(day) if day.year() == 1604 => {
            PartialDate::MonthDay(day.month(), day.day_of_month())
        }
        other => other,
    }
}

fn parse_iso(text: &str) -> Result<PartialDate, NotADate> {
    // Most dates are whole, and then their shape is known at once.
    if let Some(day) = Day::parse(text).filter(|day| day.year() != 1604) {
        return Ok(PartialDate::Full(day));
    }
    let number = |digits: &str| digits.parse::<u32>().unwrap_or(0);
    match shape(text).as_str() {
        "0000-00-00" => full(number(&text[..4]), number(&text[5..7]), number(&text[8..])),
        "0000-00" => {
            let (year, month) = (number(&text[..4]), number(&text[5..]));
            let valid = (1..=12).contains(&month) && year_is_known(year);
            valid
                .then_some(PartialDate::YearMonth(signed(year), month))
                .ok_or(NotADate::NotInCalendar)
        }
        "0000" => {
            let year = number(text);
            year_is_known(year)
                .then_some(PartialDate::Year(signed(year)))
                .ok_or(NotADate::NotInCalendar)
        }
        "--00-00" => month_day(number(&text[2..4]), number(&text[5..])),
        "00-00" => month_day(number(&text[..2]), number(&text[3..])),
        _ => Err(NotADate::Unreadable),
    }
}

/// The text with every ASCII digit as `0`: what a date looks like.
fn shape(text: &str) -> String {
    if text.len() > 32 {
        return String::new();
    }
    text.chars().map(|character| if character.is_ascii_digit() { '0' } else { character }).collect()
}

fn signed(year: u32) -> i32 {
    i32::try_from(year).unwrap_or(i32::MAX)
}

fn year_is_known(year: u32) -> bool {
    (1800..=2200).contains(&year)
}

fn full(year: u32, month: u32, day: u32) -> Result<PartialDate, NotADate> {
    if year == 1604 {
        return month_day(month, day);
    }
    Day::new(signed(year), month, day).map(PartialDate::Full).ok_or(NotADate::NotInCalendar)
}

fn month_day(month: u32, day: u32) -> Result<PartialDate, NotADate> {
    // 2024 is a leap year, so 29 February counts.
    Day::new(2024, month, day)
        .map(|_| PartialDate::MonthDay(month, day))
        .ok_or(NotADate::NotInCalendar)
}

fn parse_readable(text: &str) -> Result<(PartialDate, Spelling), NotADate> {
    if let Some((date, time)) = text.split_once(['T', ' '])
        && shape(date) == "0000-00-00"
        && shape(time).starts_with("00:00")
    {
        return Ok((parse_iso(date)?, Spelling::Readable));
    }
    if let Some(date) = year_first(text) {
        return Ok((date?, Spelling::Readable));
    }
    let shape = shape(text);
    let numbers =
        shape.split(['/', '.', '-', ' ']).filter(|part| !part.is_empty()).collect::<Vec<_>>();
    if numbers.len() >= 2 && numbers.iter().all(|part| part.chars().all(|digit| digit == '0')) {
        return Err(NotADate::Ambiguous);
    }
    let words = text.split([' ', ',', '.']).filter(|word| !word.is_empty()).collect::<Vec<_>>();
    parse_words(&words).map(|date| (date, Spelling::Readable))
}

/// `2026/11/21`, `2026.11.21`, `2026-1-5`: where the year comes first, the month follows.
fn year_first(text: &str) -> Option<Result<PartialDate, NotADate>> {
    let shape = shape(text);
    let separator = ['/', '.', '-'].into_iter().find(|sign| shape.contains(*sign))?;
    let lengths = shape
        .split(separator)
        .map(|part| part.bytes().all(|byte| byte == b'0').then_some(part.len()))
        .collect::<Option<Vec<_>>>()?;
    if !matches!(lengths.as_slice(), [4, 1 | 2, 1 | 2]) {
        return None;
    }
    let mut numbers = text.split(separator).filter_map(|part| part.parse().ok());
    Some(full(numbers.next()?, numbers.next()?, numbers.next()?))
}

fn parse_words(words: &[&str]) -> Result<PartialDate, NotADate> {
    let month = words.iter().find_map(|word| month_of(word)).ok_or(NotADate::Unreadable)?;
    let others = words.iter().filter(|word| month_of(word).is_none()).collect::<Vec<_>>();
    let (mut day, mut year) = (None, None);
    for word in &others {
        match (ordinal(word), word.len()) {
            (Some(number), 4) if year.is_none() => year = Some(number),
            (Some(number), ..=4) if day.is_none() && number <= 31 => day = Some(number),
            _ => return Err(NotADate::Unreadable),
        }
    }
    if others.len() + 1 != words.len() {
        return Err(NotADate::Unreadable);
    }
    match (day, year) {
        (Some(day), Some(year)) => full(year, month, day),
        (Some(day), None) => month_day(month, day),
        (None, Some(year)) if year_is_known(year) => {
            Ok(PartialDate::YearMonth(signed(year), month))
        }
        _ => Err(NotADate::Unreadable),
    }
}

/// The month, 1 to 12, that an English word names in full or by its first three letters.
pub fn month_of(word: &str) -> Option<u32> {
    let word = word.to_ascii_lowercase();
    let at = MONTHS.iter().position(|name| {
        let name = name.to_ascii_lowercase();
        word == name || word == name[..3] || (word == "sept" && name == "september")
    })?;
    u32::try_from(at + 1).ok()
}

fn ordinal(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|character: char| character.is_ascii_alphabetic());
    matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th")
        .then(|| digits.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use crate::text::day::Day;
    use crate::text::partial_date::{LooseDate, Spelling};
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        let shown = match LooseDate::parse(text) {
            Ok((date, Spelling::Iso)) => date.to_string(),
            Ok((date, Spelling::Readable)) => format!("{date} (readable)"),
            Err(reason) => format!("{reason:?}"),
        };
        assert_eq!(shown, expected, "{text}");
        if let Ok((date, _)) = LooseDate::parse(text) {
            assert_eq!(LooseDate::from_stored(date.stored()), Some(date), "{text}");
        }
    }

    #[test]
    fn every_form_of_the_format_is_read() {
        check("2026-11-21", "2026-11-21");
        check(" ~2025-06 ", "~2025-06");
        check("~ 2025", "~2025");
        check("--03-04", "--03-04");
        check("03-04", "--03-04");
        check("--02-29", "--02-29");
        check("1988", "1988");
        check("1604-03-04", "--03-04");
    }

    #[test]
    fn english_months_and_times_are_readable() {
        check("February 3rd", "--02-03 (readable)");
        check("3 Feb 2026", "2026-02-03 (readable)");
        check("Feb 3, 2026", "2026-02-03 (readable)");
        check("Sept 2025", "2025-09 (readable)");
        check("2026-11-21T09:30:00Z", "2026-11-21 (readable)");
        check("2026-11-21 09:30", "2026-11-21 (readable)");
    }

    #[test]
    fn where_the_year_is_first_the_month_follows() {
        check("2026/11/21", "2026-11-21 (readable)");
        check("2026.1.5", "2026-01-05 (readable)");
        check("1990-1-5", "1990-01-05 (readable)");
        check("2026/13/01", "NotInCalendar");
        check("2026/11-21", "Ambiguous");
        check("2026/11", "Ambiguous");
    }

    #[test]
    fn what_is_not_sure_is_not_guessed() {
        check("03/04/2026", "Ambiguous");
        check("3.4.", "Ambiguous");
        check("2026-02-30", "NotInCalendar");
        check("2026-13", "NotInCalendar");
        check("--02-30", "NotInCalendar");
        check("9999", "NotInCalendar");
        check("soon", "Unreadable");
        check("Feb", "Unreadable");
        check("Feb 3 4", "Unreadable");
        check("Feb 32nd", "Unreadable");
        check("éé-éé", "Unreadable");
    }

    #[test]
    fn the_29th_of_february_falls_on_the_28th_or_on_1_march() {
        let date = LooseDate::parse("--02-29").unwrap().0;
        assert_eq!(date.in_year(2027, false), Day::new(2027, 2, 28));
        assert_eq!(date.in_year(2027, true), Day::new(2027, 3, 1));
        assert_eq!(date.in_year(2028, true), Day::new(2028, 2, 29));
    }

    #[test]
    fn a_month_ends_on_its_last_day() {
        let latest = |text: &str| LooseDate::parse(text).unwrap().0.latest().unwrap().to_string();
        assert_eq!(latest("2026-02"), "2026-02-28");
        assert_eq!(latest("2026"), "2026-12-31");
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "\\PC{0,24}") {
            let _ = LooseDate::parse(&text);
        }

        #[test]
        fn what_is_written_reads_back(text in "~?(--)?[0-9]{2,4}(-[0-9]{2}){0,2}") {
            if let Ok((date, _)) = LooseDate::parse(&text) {
                prop_assert_eq!(LooseDate::parse(&date.to_string()), Ok((date, Spelling::Iso)));
            }
        }
    }
}
