//! Calm wording: how a day, a number or a list is said to a person, and the words that are never used.
//!
//! Nothing here counts days against anybody: what is past is named, not measured.

use crate::text::day::{Day, MONTHS};
use crate::text::partial_date::{LooseDate, PartialDate};

/// Days within which a date of another year is clear without its year.
const CLEAR_WITHOUT_YEAR: i64 = 180;

/// `day` as a person says it on `today`, at the start of a sentence or after `until`: `today`, `yesterday`,
/// `tomorrow`, `Monday` (within six days), `5 September`, `5 September 2024` where the year is not clear.
pub fn day(day: Day, today: Day) -> String {
    match today.days_until(day) {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        -6..=6 => day.weekday().name().to_owned(),
        _ => date(day, today),
    }
}

/// [`day`] with its preposition: `today`, `yesterday`, `on Monday`, `on 5 September`.
pub fn on_day(shown: Day, today: Day) -> String {
    let said = day(shown, today);
    if (-1..=1).contains(&today.days_until(shown)) { said } else { format!("on {said}") }
}

/// `5 September`, or `5 September 2024` where the year is not clear on `today`.
pub fn date(day: Day, today: Day) -> String {
    let plain = format!("{} {}", day.day_of_month(), day.month_name());
    with_year(plain, day, today)
}

/// Some days in a row, with their preposition: `on 4 December`, `from 4 to 6 December`,
/// `from 28 November to 3 December`, with the year where it is not clear on `today`.
pub fn span(from: Day, to: Day, today: Day) -> String {
    if from == to {
        return format!("on {}", date(from, today));
    }
    let from = match from.first_of_month() == to.first_of_month() {
        true => from.day_of_month().to_string(),
        false => date(from, today),
    };
    format!("from {from} to {}", date(to, today))
}

/// The month of `day`: `this month`, `in March`, `in October 2024` where the year is not clear on `today`.
pub fn in_month(day: Day, today: Day) -> String {
    if day.first_of_month() == today.first_of_month() {
        return "this month".to_owned();
    }
    with_year(format!("in {}", day.month_name()), day, today)
}

/// `day` in a list of days ahead: `Sat 28 Nov`, with its year where that is not clear on `today`.
pub fn short(day: Day, today: Day) -> String {
    let cut = |name: &'static str| name.get(..3).unwrap_or(name);
    let (weekday, month) = (cut(day.weekday().name()), cut(day.month_name()));
    with_year(format!("{weekday} {} {month}", day.day_of_month()), day, today)
}

/// `day` as a title: `Saturday, 21 November 2026`.
pub fn title(day: Day) -> String {
    let (month, year) = (day.month_name(), day.year());
    format!("{}, {} {month} {year}", day.weekday().name(), day.day_of_month())
}

/// The day that a [`title`] names; `None` for any other text.
pub fn day_of_title(text: &str) -> Option<Day> {
    let mut words = text.split(' ').skip(1);
    let number = words.next()?.parse().ok()?;
    let month = words.next().and_then(|name| MONTHS.iter().position(|month| *month == name))?;
    let year = words.next()?.parse().ok()?;
    let day = Day::new(year, u32::try_from(month + 1).ok()?, number)?;
    (title(day) == text).then_some(day)
}

/// A date as far as it is known, as said on `today`: `5 September`, `in October 2024`, `in 2019`, `around 2019`.
pub fn loose(date: LooseDate, today: Day) -> String {
    let around = |said: String| said.strip_prefix("in ").map_or(said.clone(), str::to_owned);
    let said = match date.date {
        PartialDate::Full(shown) => day(shown, today),
        PartialDate::YearMonth(year, month) => {
            Day::new(year, month, 1).map_or_else(String::new, |first| in_month(first, today))
        }
        PartialDate::Year(year) => format!("in {year}"),
        PartialDate::MonthDay(month, number) => {
            // 2024 is a leap year, so 29 February is there.
            let name = Day::new(2024, month, number).map_or("", Day::month_name);
            format!("{number} {name}")
        }
    };
    if date.estimated { format!("around {}", around(said)) } else { said }
}

fn with_year(plain: String, day: Day, today: Day) -> String {
    let clear = day.year() == today.year() || today.days_until(day).abs() <= CLEAR_WITHOUT_YEAR;
    if clear { plain } else { format!("{plain} {}", day.year()) }
}

/// `Ana`, `Ana and Bo`, `Ana, Bo and Cy`; nothing for no items.
pub fn list<Item: AsRef<str>>(items: &[Item]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first = first.iter().map(AsRef::as_ref).collect::<Vec<_>>();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// `1st`, `2nd`, `3rd`, `11th`, `40th`.
pub fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (1..=3, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

const NUMBERS: [&str; 13] = [
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

/// A number in running text: a word up to twelve (`no` for 0), then digits.
pub fn number(number: usize) -> String {
    NUMBERS.get(number).map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

/// `one promise`, `three promises`: [`number`] with the right form of the noun.
pub fn count(of: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(of), if of == 1 { one } else { many })
}

/// `text` with a capital letter at its start.
pub fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// Words that `ties` never says to a person: they rank, count against, or command. Lower case.
pub const FORBIDDEN: &[&str] = &[
    "overdue",
    "past due",
    "late by",
    "too late",
    "days late",
    "day late",
    "weeks late",
    "running late",
    "behind schedule",
    "lead",
    "leads",
    "prospect",
    "prospects",
    "pipeline",
    "score",
    "scores",
    "rank",
    "ranking",
    "urgent",
    "guilt",
    "guilty",
    "fail",
    "failed",
    "failing",
    "failure",
    "shame",
    "ashamed",
    "blame",
    "neglect",
    "neglected",
    "neglecting",
    "ignored",
    "you forgot",
    "lazy",
    "broke your streak",
    "streak lost",
    "lost streak",
    "you must",
    "should have",
    "ought to",
    "you have to",
    "hurry",
    "still haven't",
    "still have not",
];

/// The [`FORBIDDEN`] words in `text`, in the order of the table. Whole words in any case; the words of a phrase may
/// stand on two lines. For texts of `ties` itself: what a person wrote may say anything.
pub fn forbidden_in(text: &str) -> Vec<&'static str> {
    let spaced = format!(" {} ", words_of(text).join(" "));
    FORBIDDEN.iter().filter(|word| spaced.contains(&format!(" {word} "))).copied().collect()
}

fn words_of(text: &str) -> Vec<String> {
    // `_` and `-` belong to a word: `occasion_lead` is a key, not a word that is said.
    let inside = |character: char| character.is_alphanumeric() || "_-'".contains(character);
    let words = text.split(|character| !inside(character)).filter(|word| !word.is_empty());
    words.map(|word| word.trim_matches(['\'', '-']).to_lowercase()).collect()
}

/// Bytes as a person says them.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

#[cfg(test)]
mod tests {
    use crate::text::day::Day;
    use crate::text::partial_date::LooseDate;
    use crate::text::phrase::{
        capital, count, date, day, day_of_title, forbidden_in, in_month, list, loose, on_day,
        ordinal, short, size, title,
    };
    use proptest::prelude::*;

    #[test]
    fn sizes_are_short() {
        assert_eq!([7, 4_200, 65_432_100].map(size), ["7 bytes", "4 kB", "65.4 MB"]);
    }

    fn known(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    /// On Saturday, 21 November 2026.
    fn check_day(shown: &str, expected: &str) {
        let today = known("2026-11-21");
        let said = [
            day(known(shown), today),
            on_day(known(shown), today),
            in_month(known(shown), today),
            short(known(shown), today),
        ];
        assert_eq!(said.join(" | "), expected, "{shown}");
    }

    #[test]
    fn days_are_said_as_people_say_them() {
        check_day("2026-11-21", "today | today | this month | Sat 21 Nov");
        check_day("2026-11-20", "yesterday | yesterday | this month | Fri 20 Nov");
        check_day("2026-11-22", "tomorrow | tomorrow | this month | Sun 22 Nov");
        check_day("2026-11-16", "Monday | on Monday | this month | Mon 16 Nov");
        check_day("2026-11-15", "Sunday | on Sunday | this month | Sun 15 Nov");
        check_day("2026-11-27", "Friday | on Friday | this month | Fri 27 Nov");
        check_day("2026-11-28", "28 November | on 28 November | this month | Sat 28 Nov");
        check_day("2026-09-05", "5 September | on 5 September | in September | Sat 5 Sep");
        check_day("2026-01-02", "2 January | on 2 January | in January | Fri 2 Jan");
        check_day("2027-01-02", "2 January | on 2 January | in January | Sat 2 Jan");
        check_day(
            "2024-10-20",
            "20 October 2024 | on 20 October 2024 | in October 2024 | Sun 20 Oct 2024",
        );
    }

    #[test]
    fn a_year_is_left_out_where_it_is_clear() {
        assert_eq!(date(known("2025-12-30"), known("2026-01-10")), "30 December");
        assert_eq!(date(known("2025-03-01"), known("2026-01-10")), "1 March 2025");
        assert_eq!(title(known("2026-11-21")), "Saturday, 21 November 2026");
        assert_eq!(day_of_title("Sunday, 21 November 2026"), None);
        assert_eq!(day_of_title("Saturday, 021 November 2026"), None);
    }

    #[test]
    fn loose_dates_say_only_what_is_known() {
        let said = |text: &str| loose(LooseDate::parse(text).unwrap().0, known("2026-11-21"));
        assert_eq!(said("2026-10-01"), "1 October");
        assert_eq!(said("2026-10"), "in October");
        assert_eq!(said("~2025-06"), "around June 2025");
        assert_eq!(said("~2019"), "around 2019");
        assert_eq!(said("2019"), "in 2019");
        assert_eq!(said("--02-29"), "29 February");
    }

    #[test]
    fn lists_and_numbers_read_aloud() {
        assert_eq!(list::<&str>(&[]), "");
        assert_eq!(list(&["Ana"]), "Ana");
        assert_eq!(list(&["Ana", "Bo"]), "Ana and Bo");
        assert_eq!(list(&["Ana", "Bo", "Cy"]), "Ana, Bo and Cy");
        assert_eq!(count(1, "promise", "promises"), "one promise");
        assert_eq!(count(13, "promise", "promises"), "13 promises");
        assert_eq!(capital("élan vital"), "Élan vital");
        let said = [1, 2, 3, 4, 11, 12, 13, 21, 22, 40, 101, 111].map(ordinal).join(" ");
        assert_eq!(said, "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 40th 101st 111th");
    }

    #[test]
    fn forbidden_words_are_found_as_whole_words() {
        assert_eq!(forbidden_in("Two weeks\nlate and OVERDUE!"), ["overdue", "weeks late"]);
        assert_eq!(forbidden_in("You should have called."), ["should have"]);
        assert!(forbidden_in("occasion_lead, leaders, mustard, a late word is welcome").is_empty());
        assert!(forbidden_in("").is_empty());
    }

    proptest! {
        #[test]
        fn no_wording_of_a_day_is_forbidden(number in -62_000i64..84_000, from in -62_000i64..84_000) {
            prop_assert_eq!(day_of_title(&title(known("1970-01-01").plus_days(number))), Some(known("1970-01-01").plus_days(number)));
            let (shown, today) = (known("1970-01-01").plus_days(number), known("1970-01-01").plus_days(from));
            for said in [on_day(shown, today), in_month(shown, today), short(shown, today), title(shown)] {
                prop_assert!(forbidden_in(&said).is_empty(), "{}", said);
            }
        }
    }
}
