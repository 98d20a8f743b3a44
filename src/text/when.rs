//! Dates as people type them on a command line: `yesterday`, `last fri`, `in 2 weeks`, `25 nov`.
//!
//! Always true here: what can be read two ways is never guessed (`3m`, `3/4`), and case does not count. What is
//! written into a note afterwards is always ISO.

use crate::text::day::{Day, Weekday};
use crate::text::partial_date::month_of;
use crate::text::period::{Period, Unit};
use std::fmt;

/// Which way a text points that could mean a day on either side of today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The day of something that has happened: `fri` is the newest Friday, today included.
    Past,
    /// The day of something to come: `fri` is the first Friday after today.
    Future,
}

/// Why a text is not a day, in words for the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhenError {
    /// What is wrong, without a full stop.
    pub message: String,
    /// What to type instead, without a full stop.
    pub hint: String,
}

impl fmt::Display for WhenError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for WhenError {}

/// The years of [`Day`], as they are written.
const YEARS: std::ops::RangeInclusive<&str> = "1800"..="2200";

const FORMS: &str =
    "write 2026-11-25, `25 nov`, `yesterday`, `last fri`, `in 2 weeks`, `+3mo` or `3 days ago`";

/// No date has more words than `on 25th of november 2026`.
const MOST_WORDS: usize = 5;

/// The day that `text` means to somebody who types it on the day `today`.
///
/// Read are ISO dates; `today`, `yesterday`, `tomorrow`; a weekday (by `direction`, see [`Direction`]), also after
/// `last` (before today), `next` (the first one after today) and `this` or `on`; `weekend`, which is its Saturday;
/// `last` or `next week`, `month`, `year`: so long before or after today; a length of time with `in` or `+` (to
/// come), with `ago` or `-` (past), or alone (by `direction`), its number perhaps a word (`a`, `two` … `twelve`); a
/// day with an English month name and perhaps a year (without one the nearest such day by `direction`, today
/// included); `end of month`, the last day of this month, for the past of the last month that is over.
/// A day beyond the calendar of [`Day`] is an error, not its last day.
pub fn parse(text: &str, today: Day, direction: Direction) -> Result<Day, WhenError> {
    let words = words_of(text).map(|(word, _)| word).collect::<Vec<_>>();
    read(&words, today, direction).ok_or_else(|| error(text.trim(), &words))
}

/// The day that the beginning of `text` means, and how many bytes of `text` say it; white space before it counts,
/// what follows (`: ask about the move`) does not. The longest reading wins: of `2 weeks ago` not `2 weeks`. A date
/// ends where its last word does, so `monday` is not read in `mondays`, but `Sat` is read in `Sat down`: the caller
/// must look at what follows.
pub fn parse_prefix(text: &str, today: Day, direction: Direction) -> Option<(Day, usize)> {
    let words = words_of(text).take(MOST_WORDS).collect::<Vec<_>>();
    (1..=words.len()).rev().find_map(|count| {
        let (_, end) = *words.get(count - 1)?;
        let leading = words.iter().take(count).map(|(word, _)| *word).collect::<Vec<_>>();
        // A colon or comma inside would tie what follows to the date.
        let joined = leading.iter().rev().skip(1).all(|word| !word.ends_with([':', ';']));
        let day = read(&leading, today, direction).filter(|_| joined)?;
        let last = leading.last()?;
        Some((day, end - (last.len() - bare(last).len())))
    })
}

/// How many bytes the date at the beginning of `text` has that no calendar has, such as `31 feb`, `29 feb 2027` and
/// `2026-02-31`; white space before it counts. `None` where there is none, or a day that [`parse_prefix`] reads.
pub fn impossible_prefix(text: &str) -> Option<usize> {
    let words = words_of(text).take(MOST_WORDS).collect::<Vec<_>>();
    (1..=words.len()).rev().find_map(|count| {
        let (last, end) = *words.get(count - 1)?;
        let leading = words.iter().take(count).map(|(word, _)| *word).collect::<Vec<_>>();
        let joined = leading.iter().rev().skip(1).all(|word| !word.ends_with([':', ';']));
        (joined && is_impossible(&leading)).then_some(end - (last.len() - bare(last).len()))
    })
}

/// Each word of `text` with the offset of its end.
fn words_of(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut end = 0;
    text.split_inclusive(char::is_whitespace).filter_map(move |piece| {
        let word = piece.trim_end();
        let end_of_word = end + word.len();
        end += piece.len();
        (!word.is_empty()).then_some((word, end_of_word))
    })
}

/// A word without the punctuation that ends it.
fn bare(word: &str) -> &str {
    word.trim_end_matches([',', ':', ';', '.', '!'])
}

fn read(words: &[&str], today: Day, direction: Direction) -> Option<Day> {
    if words.len() > MOST_WORDS {
        return None;
    }
    let lower = plain(words);
    let words = lower.iter().map(String::as_str).collect::<Vec<_>>();
    let words = words.strip_prefix(&["on"]).unwrap_or(&words);
    named(words, today, direction)
        .or_else(|| length(words, today, direction))
        .or_else(|| month_day(words, today, direction))
}

/// The words in lower case, without the punctuation that ends them.
fn plain(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| bare(word).to_ascii_lowercase()).collect()
}

/// Whether all words say one date that no calendar has, in whichever year.
fn is_impossible(words: &[&str]) -> bool {
    let lower = plain(words);
    let words = lower.iter().map(String::as_str).collect::<Vec<_>>();
    let words = words.strip_prefix(&["on"]).unwrap_or(&words);
    match words {
        [word] => is_iso_shaped(word) && Day::parse(word).is_none(),
        // The year 2000 has a 29 February.
        words => parts(words)
            .is_some_and(|(month, day, year)| Day::new(year.unwrap_or(2000), month, day).is_none()),
    }
}

fn named(words: &[&str], today: Day, direction: Direction) -> Option<Day> {
    match words {
        ["today" | "now"] => Some(today),
        ["yesterday"] => Some(today.plus_days(-1)),
        ["tomorrow"] => Some(today.plus_days(1)),
        ["end", "of", "month"] | ["end", "of", "the" | "this", "month"] => {
            Some(end_of_month(today, direction))
        }
        ["last", unit @ ("week" | "month" | "year")] => before(one(unit)?, today),
        ["next", unit @ ("week" | "month" | "year")] => after(one(unit)?, today),
        ["last", name] => Some(weekday_before(weekday_of(name)?, today)),
        ["next", name] => Some(weekday_after(weekday_of(name)?, today)),
        ["this", name] => by_direction(weekday_of(name)?, today, direction),
        [word] => Day::parse(word)
            .or_else(|| weekday_of(word).and_then(|name| by_direction(name, today, direction))),
        _ => None,
    }
}

fn one(unit: &str) -> Option<Period> {
    Unit::parse(unit).map(|unit| Period::new(1, unit))
}

fn end_of_month(today: Day, direction: Direction) -> Day {
    let last = today.first_of_month().plus_months(1).plus_days(-1);
    match direction {
        Direction::Past if today < last => today.first_of_month().plus_days(-1),
        Direction::Past | Direction::Future => last,
    }
}

fn weekday_of(word: &str) -> Option<Weekday> {
    match word {
        "mon" | "monday" => Some(Weekday::Monday),
        "tue" | "tues" | "tuesday" => Some(Weekday::Tuesday),
        "wed" | "weds" | "wednesday" => Some(Weekday::Wednesday),
        "thu" | "thur" | "thurs" | "thursday" => Some(Weekday::Thursday),
        "fri" | "friday" => Some(Weekday::Friday),
        "sat" | "saturday" | "weekend" => Some(Weekday::Saturday),
        "sun" | "sunday" => Some(Weekday::Sunday),
        _ => None,
    }
}

fn by_direction(weekday: Weekday, today: Day, direction: Direction) -> Option<Day> {
    Some(match direction {
        Direction::Past if today.weekday() == weekday => today,
        Direction::Past => weekday_before(weekday, today),
        Direction::Future => weekday_after(weekday, today),
    })
}

/// The newest such day before `today`.
fn weekday_before(weekday: Weekday, today: Day) -> Day {
    let back = (today.weekday().number() + 6 - weekday.number()) % 7 + 1;
    today.plus_days(-i64::from(back))
}

/// The first such day after `today`.
fn weekday_after(weekday: Weekday, today: Day) -> Day {
    let ahead = (weekday.number() + 6 - today.weekday().number()) % 7 + 1;
    today.plus_days(i64::from(ahead))
}

fn length(words: &[&str], today: Day, direction: Direction) -> Option<Day> {
    match words {
        ["in", rest @ ..] => after(period_of(rest)?, today),
        [rest @ .., "ago"] => before(period_of(rest)?, today),
        [first, rest @ ..] => {
            let signed = |text: &str| period_of(&[&[text], rest].concat());
            match (first.strip_prefix('+'), first.strip_prefix(['-', '−'])) {
                (Some(text), _) => after(signed(text)?, today),
                (_, Some(text)) => before(signed(text)?, today),
                _ => match direction {
                    Direction::Past => before(period_of(words)?, today),
                    Direction::Future => after(period_of(words)?, today),
                },
            }
        }
        [] => None,
    }
}

fn period_of(words: &[&str]) -> Option<Period> {
    match words {
        [both] => Period::parse(both),
        [count, unit] => {
            let unit = Unit::parse(unit)?;
            let count = count.parse().ok().or_else(|| number_word(count))?;
            (count <= 9_999).then(|| Period::new(count, unit))
        }
        _ => None,
    }
}

const NUMBERS: [&str; 13] = [
    "a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

fn number_word(word: &str) -> Option<u32> {
    let at =
        NUMBERS.iter().position(|number| *number == word || (*number == "a" && word == "an"))?;
    u32::try_from(at.max(1)).ok()
}

fn after(period: Period, today: Day) -> Option<Day> {
    Some(period.after(today)).filter(|day| *day < Day::last())
}

fn before(period: Period, today: Day) -> Option<Day> {
    let count = i32::try_from(period.count).ok()?;
    let day = match period.unit {
        Unit::Day => today.plus_days(-i64::from(count)),
        Unit::Week => today.plus_days(-i64::from(count) * 7),
        Unit::Month => today.plus_months(-count),
        Unit::Year => today.plus_months(count.saturating_mul(-12)),
    };
    Some(day).filter(|day| *day > Day::first())
}

fn month_day(words: &[&str], today: Day, direction: Direction) -> Option<Day> {
    match parts(words)? {
        (month, day, Some(year)) => Day::new(year, month, day),
        (month, day, None) => nearest_year(month, day, today, direction),
    }
}

/// The month, the day and perhaps the year that words name, whether there is such a day or not.
fn parts(words: &[&str]) -> Option<(u32, u32, Option<i32>)> {
    let (first, second, year) = match words {
        [first, second] | [first, "of", second] => (first, second, None),
        [first, second, year] | [first, "of", second, year] => (first, second, Some(year)),
        _ => return None,
    };
    let (month, day) = match (month_of(first), month_of(second)) {
        (Some(month), None) => (month, ordinal(second)?),
        (None, Some(month)) => (month, ordinal(first)?),
        _ => return None,
    };
    let year = match year {
        Some(year) => Some(Some(year).filter(|year| year.len() == 4)?.parse().ok()?),
        None => None,
    };
    Some((month, day, year))
}

/// Without a year: the nearest such day by `direction`. 29 February may be up to eight years away.
fn nearest_year(month: u32, day: u32, today: Day, direction: Direction) -> Option<Day> {
    (0..=8).find_map(|years| match direction {
        Direction::Past => Day::new(today.year() - years, month, day).filter(|day| *day <= today),
        Direction::Future => Day::new(today.year() + years, month, day).filter(|day| *day >= today),
    })
}

fn ordinal(word: &str) -> Option<u32> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
    digits.unwrap_or(word).parse().ok()
}

fn error(text: &str, words: &[&str]) -> WhenError {
    let (message, hint) = match words {
        [] => ("no date is given".to_owned(), FORMS.to_owned()),
        [word] if is_iso_shaped(word) && !YEARS.contains(&word.get(..4).unwrap_or("")) => {
            (format!("{word} is too far away"), "years run from 1800 to 2200".to_owned())
        }
        [word] if is_iso_shaped(word) => {
            (format!("{word} is not in the calendar"), "look at the day of the month".to_owned())
        }
        [word] if is_numeric(word) => (
            format!("`{word}` could be read in more than one way"),
            "write the whole date, 2026-11-25, or name the month, `25 nov`".to_owned(),
        ),
        [word] if bare_m(word).is_some() => {
            let count = bare_m(word).unwrap_or_default();
            let message = format!("`{word}` could mean minutes or months");
            (message, format!("write `{count}mo` for months"))
        }
        [word] if month_of(word).is_some() => {
            (format!("`{word}` is a whole month"), format!("name a day of it, `25 {word}`"))
        }
        words if is_impossible(words) => {
            let date = shortened(text);
            (format!("`{date}` is not in the calendar"), "look at the day of the month".to_owned())
        }
        _ => (format!("`{}` is not a date that can be read", shortened(text)), FORMS.to_owned()),
    };
    WhenError { message, hint }
}

fn is_iso_shaped(word: &str) -> bool {
    let shape = word.bytes().map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
    shape.eq(*b"0000-00-00")
}

/// Digits, perhaps with the signs that part the numbers of a date.
fn is_numeric(word: &str) -> bool {
    let numeric = |byte: u8| byte.is_ascii_digit() || b"/.-".contains(&byte);
    word.bytes().all(numeric) && word.bytes().any(|byte| byte.is_ascii_digit())
}

/// The number of `3m`, `+3m`, `-3m`.
fn bare_m(word: &str) -> Option<&str> {
    let count = word.strip_suffix(['m', 'M'])?;
    let digits = count.trim_start_matches(['+', '-']);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then_some(count)
}

fn shortened(text: &str) -> String {
    let mut shown = text.chars().take(40).collect::<String>();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use crate::text::day::Day;
    use crate::text::when::{Direction, impossible_prefix, parse, parse_prefix};
    use proptest::prelude::*;

    /// Everything is typed on Saturday, 21 November 2026. The days for the past and for the future, or the message.
    fn check(text: &str, past: &str, future: &str) {
        let today = Day::new(2026, 11, 21).unwrap();
        let shown = |direction| match parse(text, today, direction) {
            Ok(day) => day.to_string(),
            Err(error) => format!("{}; {}", error.message, error.hint),
        };
        assert_eq!(shown(Direction::Past), past, "{text}, past");
        assert_eq!(shown(Direction::Future), future, "{text}, future");
    }

    fn check_both(text: &str, expected: &str) {
        check(text, expected, expected);
    }

    #[test]
    fn fixed_words_mean_the_same_in_both_directions() {
        check_both("2026-11-03", "2026-11-03");
        check_both(" Today ", "2026-11-21");
        check_both("yesterday", "2026-11-20");
        check_both("TOMORROW", "2026-11-22");
        check_both("last fri", "2026-11-20");
        check_both("next fri", "2026-11-27");
        check_both("last saturday", "2026-11-14");
        check_both("next sat", "2026-11-28");
        check_both("next week", "2026-11-28");
        check_both("next month", "2026-12-21");
        check_both("last year", "2025-11-21");
        check_both("in 2 weeks", "2026-12-05");
        check_both("in a week", "2026-11-28");
        check_both("+3mo", "2027-02-21");
    }

    #[test]
    fn weekdays_and_bare_lengths_follow_the_direction() {
        check("fri", "2026-11-20", "2026-11-27");
        check("on Friday", "2026-11-20", "2026-11-27");
        check("sat", "2026-11-21", "2026-11-28");
        check("sun", "2026-11-15", "2026-11-22");
        check("this weekend", "2026-11-21", "2026-11-28");
        check("weekend", "2026-11-21", "2026-11-28");
        check("2 weeks", "2026-11-07", "2026-12-05");
        check("2w", "2026-11-07", "2026-12-05");
        check("two months", "2026-09-21", "2027-01-21");
        check("end of month", "2026-10-31", "2026-11-30");
        check("end of the month", "2026-10-31", "2026-11-30");
    }

    #[test]
    fn the_past_can_be_counted() {
        check_both("3 days ago", "2026-11-18");
        check_both("-3d", "2026-11-18");
        check_both("-3 days", "2026-11-18");
        check_both("a month ago", "2026-10-21");
        check_both("2w ago", "2026-11-07");
    }

    #[test]
    fn a_month_day_takes_the_nearest_year() {
        check("25 nov", "2025-11-25", "2026-11-25");
        check("Nov 25th", "2025-11-25", "2026-11-25");
        check("21 november", "2026-11-21", "2026-11-21");
        check("1st of march", "2026-03-01", "2027-03-01");
        check("29 feb", "2024-02-29", "2028-02-29");
        check_both("25 nov 2024", "2024-11-25");
        check_both("on 25th of nov 2024", "2024-11-25");
        check_both("November 25, 2024", "2024-11-25");
    }

    #[test]
    fn what_is_not_sure_is_refused_with_a_word() {
        let minutes = "could mean minutes or months; write ";
        check_both("3m", &format!("`3m` {minutes}`3mo` for months"));
        check_both("+3m", &format!("`+3m` {minutes}`+3mo` for months"));
        let two_ways = "could be read in more than one way; write the whole date, 2026-11-25, or name the month, `25 nov`";
        for odd in ["03/04", "3.4.2026", "11-25", "25", "2026-11"] {
            check_both(odd, &format!("`{odd}` {two_ways}"));
        }
        check_both("2026-02-30", "2026-02-30 is not in the calendar; look at the day of the month");
        check_both("2300-01-01", "2300-01-01 is too far away; years run from 1800 to 2200");
        check_both("1799-12-31", "1799-12-31 is too far away; years run from 1800 to 2200");
        check_both("nov", "`nov` is a whole month; name a day of it, `25 nov`");
        for odd in ["soon", "nov nov", "9999 years", "in", "ago", "+", "last", "in -3d"] {
            let parsed = parse(odd, Day::new(2026, 11, 21).unwrap(), Direction::Future);
            assert!(parsed.unwrap_err().hint.contains("in 2 weeks"), "{odd}");
        }
    }

    #[test]
    fn a_date_may_stand_before_a_text() {
        let today = Day::new(2026, 11, 21).unwrap();
        let prefix = |text: &str| {
            parse_prefix(text, today, Direction::Future)
                .map(|(day, consumed)| format!("{day}|{}", &text[consumed..]))
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(prefix("fri: ask about the move"), some("2026-11-27|: ask about the move"));
        assert_eq!(prefix(" in 2 weeks: ask"), some("2026-12-05|: ask"));
        assert_eq!(prefix("2 weeks ago we met"), some("2026-11-07| we met"));
        assert_eq!(prefix("25 nov, lunch"), some("2026-11-25|, lunch"));
        assert_eq!(prefix("2026-12-01 lunch"), some("2026-12-01| lunch"));
        assert_eq!(prefix("nov 25: 2027 is far"), some("2026-11-25|: 2027 is far"));
        assert_eq!(prefix("mondays are hard"), None);
        assert_eq!(prefix(""), None);
        assert_eq!(prefix("ask"), None);
    }

    #[test]
    fn a_date_that_no_calendar_has_is_known_as_one() {
        let message = "is not in the calendar; look at the day of the month";
        for odd in ["31 feb", "Feb 30th", "29 feb 2027", "on 31st of june", "0 may", "may 35"] {
            check_both(odd, &format!("`{odd}` {message}"));
        }
        let rest = |text: &'static str| impossible_prefix(text).map(|end| &text[end..]);
        assert_eq!(rest("31 feb: ask"), Some(": ask"));
        assert_eq!(rest("29 feb 2027, ask"), Some(", ask"));
        assert_eq!(rest(" 2026-02-31 ask"), Some(" ask"));
        assert_eq!(rest("29 feb: ask"), None);
        assert_eq!(rest("3 feb 20 people came"), None);
        assert_eq!(rest("31 people"), None);
        assert_eq!(rest("feb: 31 people"), None);
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "\\PC{0,24}|[-+]?[0-9]{1,6} ?[a-z]{0,3}( ago)?", number in -62_000i64..84_000) {
            let today = Day::new(1970, 1, 1).unwrap().plus_days(number);
            for direction in [Direction::Past, Direction::Future] {
                let _ = parse(&text, today, direction);
                if let Some((_, consumed)) = parse_prefix(&text, today, direction) {
                    prop_assert!(text.get(..consumed).is_some());
                }
            }
            if let Some(consumed) = impossible_prefix(&text) {
                prop_assert!(text.get(..consumed).is_some());
            }
        }

        #[test]
        fn a_weekday_lies_within_a_week_of_today(number in 0i64..30_000, name in prop::sample::select(vec!["mon", "tue", "wed", "thu", "fri", "sat", "sun"])) {
            let today = Day::new(1970, 1, 1).unwrap().plus_days(number);
            let past = parse(name, today, Direction::Past).unwrap();
            let future = parse(name, today, Direction::Future).unwrap();
            prop_assert!((0..7).contains(&past.days_until(today)));
            prop_assert_eq!(past.days_until(future), 7);
            prop_assert!(future.weekday().name().to_lowercase().starts_with(name));
        }
    }
}
