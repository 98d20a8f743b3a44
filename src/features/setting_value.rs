//! From TOML values to what settings are made of, and back. `None` is always "not such a value".

use crate::note::path::NotePath;
use crate::note::toml::{Value, quoted};
use crate::text::day::{Day, WEEKDAYS, Weekday};
use crate::text::day_range::DayRange;

/// A whole number within `range`.
pub fn number(value: &Value, range: std::ops::RangeInclusive<u32>) -> Option<u32> {
    let Value::Number(number) = value else { return None };
    u32::try_from(*number).ok().filter(|number| range.contains(number))
}

/// `true` or `false`.
pub fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Flag(flag) => Some(*flag),
        _ => None,
    }
}

/// Text, trimmed; it may be empty.
pub fn text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.trim().to_owned()),
        _ => None,
    }
}

/// Text; an empty one takes the value away.
pub fn optional_text(value: &Value) -> Option<Option<String>> {
    text(value).map(|text| (!text.is_empty()).then_some(text))
}

/// A list of texts that are not empty; one may stand alone.
pub fn texts(value: &Value) -> Option<Vec<String>> {
    let texts = match value {
        Value::List(items) => {
            items.iter().map(|item| text(&item.value)).collect::<Option<Vec<_>>>()?
        }
        one => vec![text(one)?],
    };
    texts.iter().all(|text| !text.is_empty()).then_some(texts)
}

/// A whole date, as text or as a TOML date.
pub fn day(value: &Value) -> Option<Day> {
    match value {
        Value::Text(text) | Value::Date(text) => Day::parse(text.trim()),
        _ => None,
    }
}

/// Ranges of days, `"2026-12-20..2027-01-05"`; a single day may stand for itself, one range alone.
pub fn day_ranges(value: &Value) -> Option<Vec<DayRange>> {
    let range = |value: &Value| match value {
        Value::Text(text) | Value::Date(text) => DayRange::parse(text),
        _ => None,
    };
    match value {
        Value::List(items) => items.iter().map(|item| range(&item.value)).collect(),
        one => Some(vec![range(one)?]),
    }
}

/// Days of the week, `["sat", "sun"]` or with their whole names, in any case; one may stand alone. Each once, in the
/// order of the week.
pub fn weekdays(value: &Value) -> Option<Vec<Weekday>> {
    let named = |text: &String| {
        let text = text.to_ascii_lowercase();
        let is_named = |day: &Weekday| {
            let name = day.name().to_ascii_lowercase();
            text == name || name.get(..3) == Some(&text)
        };
        WEEKDAYS.into_iter().find(is_named)
    };
    let named = texts(value)?.iter().map(named).collect::<Option<Vec<_>>>()?;
    Some(WEEKDAYS.into_iter().filter(|day| named.contains(day)).collect())
}

/// The names of days of the week as settings have them: `sat`, `sun`.
pub fn short_weekdays(days: &[Weekday]) -> Vec<String> {
    let short = |day: &Weekday| day.name().chars().take(3).collect::<String>();
    days.iter().map(|day| short(day).to_ascii_lowercase()).collect()
}

/// Minutes after midnight, before noon: `"04:00"`, as text or as a TOML time.
pub fn time_of_day(value: &Value) -> Option<u32> {
    let (Value::Text(text) | Value::Date(text)) = value else { return None };
    let text =
        text.trim().strip_suffix(":00").filter(|rest| rest.len() >= 5).unwrap_or(text.trim());
    let (hours, minutes) = text.split_once(':')?;
    let two_digits = |part: &str| {
        let fits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| part.parse::<u32>().ok()).flatten()
    };
    let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
    (hours < 12 && minutes < 60).then_some(hours * 60 + minutes)
}

/// Whether a path, as a setting may hold it, stays inside the vault.
pub fn is_inside(path: &str) -> bool {
    let path = path.trim_end_matches('/');
    path == "." || NotePath::new(path).is_some() && !path.contains(':')
}

/// Texts as a TOML list.
pub fn shown_list<T: AsRef<str>>(texts: &[T]) -> String {
    let items = texts.iter().map(|text| quoted(text.as_ref())).collect::<Vec<_>>();
    format!("[{}]", items.join(", "))
}

#[cfg(test)]
mod tests {
    use crate::features::setting_value::{
        day_ranges, is_inside, short_weekdays, texts, time_of_day, weekdays,
    };
    use crate::note::toml::value;

    #[test]
    fn times_are_before_noon() {
        let time = |text: &str| time_of_day(&value(text).unwrap());
        assert_eq!(time("\"04:30\""), Some(270));
        assert_eq!(time("04:30:00"), Some(270));
        assert_eq!(time("\"00:00\""), Some(0));
        for odd in ["\"4\"", "\"12:00\"", "\"04:60\"", "4", "\"+4:00\"", "\"04:00:30\""] {
            assert_eq!(time(odd), None, "{odd}");
        }
    }

    #[test]
    fn one_may_stand_for_a_list() {
        assert_eq!(texts(&value("\"a\"").unwrap()), Some(vec!["a".to_owned()]));
        assert_eq!(texts(&value("[\"a\", 1]").unwrap()), None);
        assert_eq!(texts(&value("[\"\"]").unwrap()), None);
        let days = |text: &str| day_ranges(&value(text).unwrap()).map(|ranges| ranges.len());
        assert_eq!(days("2026-12-24"), Some(1));
        assert_eq!(days("[\"2026-12-20..2027-01-05\", 2026-05-01]"), Some(2));
        assert_eq!(days("\"2027-01-05..2026-12-20\""), None);
    }

    #[test]
    fn days_of_the_week_are_named_in_short_or_in_full() {
        let days = |text: &str| {
            weekdays(&value(text).unwrap()).map(|days| short_weekdays(&days).join(" "))
        };
        assert_eq!(days("[\"Sunday\", \"sat\", \"SUN\"]").as_deref(), Some("sat sun"));
        assert_eq!(days("\"wed\"").as_deref(), Some("wed"));
        assert_eq!(days("[]").as_deref(), Some(""));
        for odd in ["[\"sund\"]", "[7]", "[\"\"]", "true"] {
            assert_eq!(days(odd), None, "{odd}");
        }
    }

    #[test]
    fn no_path_leaves_the_vault() {
        for inside in [".", "people", "people/", "notes/people", "über uns"] {
            assert!(is_inside(inside), "{inside}");
        }
        for outside in ["..", "../x", "/etc", "a/../../b", "C:\\x", "C:/x", "", "~x/../.."] {
            assert!(!is_inside(outside), "{outside}");
        }
    }
}
