//! How old somebody or some animal is, as far as a date of birth tells.

use crate::text::day::Day;
use crate::text::partial_date::{LooseDate, PartialDate};
use crate::text::phrase;

/// The age on `day` of somebody born on `born`, as it follows a comma: `9`, `about 7`, `four months`, `a few weeks`,
/// `born this year`. `None` where the year is not known, or lies ahead.
pub fn age(born: LooseDate, day: Day) -> Option<String> {
    let first = born.earliest().filter(|first| *first <= day)?;
    let years = whole_years(first, day);
    match born.date {
        PartialDate::Full(_) if !born.estimated => Some(match (years, whole_months(first, day)) {
            (0, 0) => "a few weeks".to_owned(),
            (0, 1) => "a month".to_owned(),
            (0, months) => phrase::count(months, "month", "months"),
            (years, _) => years.to_string(),
        }),
        _ => Some(match day.year() - first.year() {
            0 => "born this year".to_owned(),
            years => format!("about {years}"),
        }),
    }
}

/// That somebody or some animal died, and when: `died in 2024`, `died on 16 November`; never `on Monday`.
pub fn died(date: LooseDate, day: Day) -> String {
    match date.date {
        PartialDate::Full(on) if !date.estimated => format!("died on {}", phrase::date(on, day)),
        _ => format!("died {}", phrase::loose(date, day)),
    }
}

/// The same where the day may not be known: `died`.
pub fn died_when(date: Option<LooseDate>, day: Day) -> String {
    date.map_or("died".to_owned(), |date| died(date, day))
}

fn whole_years(from: Day, to: Day) -> usize {
    whole_months(from, to) / 12
}

fn whole_months(from: Day, to: Day) -> usize {
    let months = |day: Day| i64::from(day.year()) * 12 + i64::from(day.month());
    let passed = months(to) - months(from);
    let is_begun = i32::try_from(passed).is_ok_and(|passed| from.plus_months(passed) > to);
    usize::try_from(passed - i64::from(is_begun)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use crate::features::age::age;
    use crate::text::day::Day;
    use crate::text::partial_date::LooseDate;

    fn check(born: &str, expected: Option<&str>) {
        let (born, _) = LooseDate::parse(born).unwrap();
        let today = Day::parse("2026-11-21").unwrap();
        assert_eq!(age(born, today).as_deref(), expected, "{born}");
    }

    #[test]
    fn an_age_is_as_exact_as_the_date() {
        check("2017-11-21", Some("9"));
        check("2017-11-22", Some("8"));
        check("2025-11-22", Some("eleven months"));
        check("2026-10-21", Some("a month"));
        check("2026-11-01", Some("a few weeks"));
        check("2019", Some("about 7"));
        check("2019-05", Some("about 7"));
        check("~2019-05-03", Some("about 7"));
        check("2026", Some("born this year"));
        check("--05-03", None);
        check("2026-11-22", None);
        check("2027", None);
    }

    #[test]
    fn a_child_of_leap_day_turns_on_the_last_of_february() {
        check("1992-02-29", Some("34"));
    }
}
