//! Days among the words of a sentence.
//!
//! Always true here: a day is read where the words name one day and nothing else; a length of time alone (`2 weeks`),
//! a week or a weekend that is over, a short weekday that is an English word (`sat`, unless `on` or `by` stands before
//! it) and numbers that can be read two ways are none.

use crate::features::capture::speech::AFTER_PEOPLE;
use crate::features::capture::words::{Break, Word};
use crate::text::day::Day;
use crate::text::partial_date::month_of;
use crate::text::when::{Direction, parse};

/// Words that name a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateWords {
    /// How many words, at least 1.
    pub count: usize,
    /// The day.
    pub day: Day,
    /// Whether they can only be about when something was or will be (`yesterday`, `2 days ago`): a weekday or a date
    /// may also belong to what was spoken of.
    pub is_plain: bool,
}

/// No day has more words than `on the 25th of november 2026`.
const MOST_WORDS: usize = 6;

/// Short names of weekdays that are no other words: a day to come is read from them.
const CLEAR_SHORT: [&str; 7] = ["mon", "tue", "tues", "weds", "thu", "thurs", "fri"];

/// The day that the words from `at` on begin with; the longest reading wins. Of what was, a week, a month or a weekend
/// is no day.
pub fn date_at(words: &[Word], at: usize, today: Day, direction: Direction) -> Option<DateWords> {
    let rest = words.get(at..)?;
    let joined = rest.iter().take(MOST_WORDS).take_while(|word| word.link.is_none());
    let joined = joined.collect::<Vec<_>>();
    let breaks = joined.iter().position(|word| word.end != Break::None || word.is_possessive);
    let most = breaks.map_or(joined.len(), |at| at + 1);
    let before = at.checked_sub(1).and_then(|at| words.get(at));
    let is_called = before.is_some_and(|word| {
        word.end == Break::None && matches!(word.folded.as_str(), "by" | "until" | "till")
    });
    (1..=most).rev().find_map(|count| {
        let last = joined.get(count - 1)?;
        let folded = joined.iter().take(count).map(|word| word.folded.as_str());
        let folded = folded.collect::<Vec<_>>();
        let read = day_of(&folded, today, direction);
        let called = || {
            let [name] = folded.as_slice() else { return None };
            let is_day = is_weekday(name)
                && (is_called || (direction == Direction::Future && CLEAR_SHORT.contains(name)));
            let day = parse(name, today, direction).ok().filter(|_| is_day)?;
            Some((day, false))
        };
        let (day, is_plain) = read.or_else(called).filter(|_| !last.is_possessive)?;
        Some(DateWords { count, day, is_plain })
    })
}

fn day_of(words: &[&str], today: Day, direction: Direction) -> Option<(Day, bool)> {
    let after_on = words.strip_prefix(&["on"]);
    let said = after_on.unwrap_or(words);
    let read = |words: &[&str]| parse(&words.join(" "), today, direction).ok();
    match said {
        ["the", "day", "before", "yesterday"] | ["day", "before", "yesterday"] => {
            Some((today.plus_days(-2), true))
        }
        ["the", "day", "after", "tomorrow"] | ["day", "after", "tomorrow"] => {
            Some((today.plus_days(2), true))
        }
        ["today" | "tonight"] => Some((today, true)),
        ["this", time] if is_time_of_day(time) => Some((today, true)),
        ["last", "night"] => Some((today.plus_days(-1), true)),
        [day @ ("yesterday" | "tomorrow" | "today"), time] if is_time_of_day(time) => {
            Some((read(&[day])?, true))
        }
        ["yesterday" | "tomorrow"] | [.., "ago"] | ["in", _, _] => Some((read(said)?, true)),
        ["last" | "this" | "next", name] if is_weekday(name) => Some((read(said)?, false)),
        ["last", name, time] if is_weekday(name) && is_time_of_day(time) => {
            Some((read(&["last", name])?, false))
        }
        ["next", "week" | "weekend" | "month" | "year"] => Some((read(said)?, false)),
        ["this", "weekend"] if direction == Direction::Future => Some((read(said)?, false)),
        [name] if is_weekday(name) && (name.len() > 4 || after_on.is_some()) => {
            Some((read(said)?, false))
        }
        [name, time] if is_weekday(name) && is_time_of_day(time) => Some((read(&[name])?, false)),
        [date] if Day::parse(date).is_some() => Some((Day::parse(date)?, true)),
        ["the", rest @ ..] | rest if has_month(rest) => Some((read(rest)?, false)),
        _ => None,
    }
}

fn is_time_of_day(word: &str) -> bool {
    ["morning", "afternoon", "evening", "night", "lunchtime", "noon"].contains(&word)
}

/// Names and short forms of the days of the week, as [`parse`] knows them.
pub fn is_weekday(word: &str) -> bool {
    let names = [
        "mon",
        "monday",
        "tue",
        "tues",
        "tuesday",
        "wed",
        "weds",
        "wednesday",
        "thu",
        "thur",
        "thurs",
        "thursday",
        "fri",
        "friday",
        "sat",
        "saturday",
        "sun",
        "sunday",
    ];
    names.contains(&word)
}

/// A month with a number beside it.
fn has_month(words: &[&str]) -> bool {
    let is_number = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
    words.len() > 1
        && words.iter().any(|word| month_of(word).is_some())
        && words.iter().any(is_number)
}

/// Words after which a date is about something else than the day of the entry.
pub fn is_elsewhere(before: &str) -> bool {
    ["since", "until", "till", "from", "for", "by", "before", "after", "about", "of", "than"]
        .contains(&before)
}

/// Whether the words from `at` on are a length of time that is over: `10 days ago`.
pub fn is_rough(words: &[Word], at: usize) -> bool {
    let is_ago = |after: usize| words.get(at + after).is_some_and(|word| word.folded == "ago");
    is_ago(1) || is_ago(2)
}

/// The word from `at` on that says a time but no day: `3/11`, `31 april`, `the 3rd`, `recently`, `the other day`, `last
/// week`. As many words as it has.
pub fn vague_at(words: &[Word], at: usize) -> Option<usize> {
    let ends = |at: usize| {
        let is_end = words.get(at).is_none_or(|word| word.end != Break::None);
        let next = words.get(at + 1).map_or("", |word| word.folded.as_str());
        is_end || next.is_empty() || AFTER_PEOPLE.contains(&next)
    };
    let folded = words.get(at..)?.iter().take(3).map(|word| word.folded.as_str());
    match folded.collect::<Vec<_>>().as_slice() {
        [number, ..] if is_numeric_date(number) || is_stamp(number) => Some(1),
        ["on", number, ..] if is_day_and_month(number) => Some(2),
        ["the", number, ..] if is_ordinal(number) && ends(at + 1) => Some(2),
        // What reaches this is no day of that month.
        [number, month, ..] | [month, number, ..]
            if day_number(number).is_some() && month.len() > 2 && month_of(month).is_some() =>
        {
            Some(2)
        }
        ["recently" | "lately" | "ago", ..] => Some(1),
        ["the", "other", "day" | "week" | "evening" | "night"]
        | ["earlier", "this" | "last", "week" | "month" | "year"] => Some(3),
        ["the" | "at" | "on" | "over", "weekend", ..]
        | ["this" | "last", "week" | "weekend" | "month" | "year", ..]
        | ["last", "christmas", ..]
        | ["this" | "last", "summer" | "winter" | "spring" | "autumn" | "fall", ..] => Some(2),
        ["in" | "last" | "this", month, ..] if month.len() > 2 && month_of(month).is_some() => {
            Some(2)
        }
        _ => None,
    }
}

/// `2026-11-03T10:00`
fn is_stamp(word: &str) -> bool {
    word.len() > 10 && word.get(..10).is_some_and(|date| Day::parse(date).is_some())
}

/// `3.11`
fn is_day_and_month(word: &str) -> bool {
    let number = |text: &str| text.parse::<u8>().ok().filter(|_| text.len() <= 2);
    word.split_once('.').is_some_and(|(day, month)| {
        number(day).is_some_and(|day| (1..=31).contains(&day))
            && number(month).is_some_and(|month| (1..=12).contains(&month))
    })
}

/// `3`, `3rd`: the number of a day.
fn day_number(word: &str) -> Option<u8> {
    let ends = ["st", "nd", "rd", "th"];
    let bare = ends.iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    bare.parse().ok().filter(|day| (1..=31).contains(day))
}

fn is_ordinal(word: &str) -> bool {
    day_number(word).is_some() && word.ends_with(|c: char| c.is_alphabetic())
}

/// `3/11`, `3.11.2026`, `03-11-26`: which number is the day is never guessed.
fn is_numeric_date(word: &str) -> bool {
    let is_part = |part: &str| {
        matches!(part.len(), 1 | 2 | 4) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let parts_by = |sign: char| {
        let parts = word.split(sign).collect::<Vec<_>>();
        if parts.iter().all(|part| is_part(part)) { parts.len() } else { 0 }
    };
    let is_share = word == "24/7" || word.starts_with("1/");
    parts_by('/') == 3
        || (parts_by('/') == 2 && !is_share)
        || parts_by('.') == 3
        || parts_by('-') == 3
}

#[cfg(test)]
mod tests {
    use crate::features::capture::dates::{date_at, vague_at};
    use crate::features::capture::words::words;
    use crate::features::sample::day;
    use crate::text::when::Direction;

    /// On Saturday, 21 November 2026.
    fn check(text: &str, expected: &str) {
        let words = words(text);
        let found = date_at(&words, 0, day("2026-11-21"), Direction::Past);
        let found = found.map_or_else(|| "-".to_owned(), |of| format!("{} {}", of.count, of.day));
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn words_that_name_one_day_are_read() {
        check("yesterday we met", "1 2026-11-20");
        check("yesterday morning", "2 2026-11-20");
        check("this morning, at nine", "2 2026-11-21");
        check("last night", "2 2026-11-20");
        check("on monday: fine", "2 2026-11-16");
        check("monday", "1 2026-11-16");
        check("last fri", "2 2026-11-20");
        check("on sat", "2 2026-11-21");
        check("two days ago and", "3 2026-11-19");
        check("a week ago", "3 2026-11-14");
        check("3 Nov", "2 2026-11-03");
        check("on the 3rd of November", "5 2026-11-03");
        check("November 3 2025", "3 2025-11-03");
        check("2026-11-03", "1 2026-11-03");
        check("the day before yesterday", "4 2026-11-19");
        check("next friday", "2 2026-11-27");
        check("in 2 weeks", "3 2026-12-05");
    }

    #[test]
    fn what_could_be_something_else_is_no_day() {
        for text in [
            "2 weeks",
            "sat with Ana",
            "sun",
            "may",
            "friday's talk",
            "in May",
            "3/11",
            "now",
            "on",
        ] {
            check(text, "-");
        }
        check("yesterday's", "-");
    }

    #[test]
    fn times_that_are_no_day_are_seen() {
        let vague = |text: &str| vague_at(&words(text), 0).unwrap_or(0);
        assert_eq!(vague("3/11"), 1);
        assert_eq!(vague("03.11.2026"), 1);
        assert_eq!(vague("the other day"), 3);
        assert_eq!(vague("in May"), 2);
        assert_eq!(vague("last summer"), 2);
        for text in ["24/7", "1:1", "1/2", "3.5 km", "in Porto", "in ma", "12345"] {
            assert_eq!(vague(text), 0, "{text}");
        }
    }
}
