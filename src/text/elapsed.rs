//! Lengths of time between a second and some weeks, as people say them and as settings hold them.

use std::time::Duration;

/// Unit in seconds, its short name in settings, its name in words.
const UNITS: &[(u64, &str, &str)] =
    &[(86_400, "d", "day"), (3600, "h", "hour"), (60, "min", "minute"), (1, "s", "second")];

/// A length of time in its largest unit, rounded down: `40 seconds`, `1 minute`, `5 days`.
pub fn in_words(time: Duration) -> String {
    let seconds = time.as_secs();
    let fits = UNITS.iter().find(|(unit, ..)| seconds >= *unit);
    let (unit, _, name) = fits.unwrap_or(&(1, "s", "second"));
    let count = seconds / unit;
    format!("{count} {name}{}", if count == 1 { "" } else { "s" })
}

/// How long ago something was: `just now`, `3 minutes ago`.
pub fn ago(time: Duration) -> String {
    if time.as_secs() < 2 { "just now".to_owned() } else { format!("{} ago", in_words(time)) }
}

/// Reads `90s`, `2min` or `1h` as seconds. A bare `m` is none: elsewhere it might mean months.
pub fn parse(text: &str) -> Option<u32> {
    let text = text.trim();
    let digits = text.find(|character: char| !character.is_ascii_digit())?;
    let (count, unit) = text.split_at_checked(digits)?;
    let known = UNITS.iter().find(|(_, short, _)| *short == unit.trim_start());
    let (seconds, ..) = known.filter(|(_, short, _)| *short != "d")?;
    u32::try_from(count.parse::<u64>().ok()?.checked_mul(*seconds)?).ok()
}

/// Seconds as [`parse`] reads them, in the largest unit that says it exactly.
pub fn short(seconds: u32) -> String {
    let (unit, name) = match seconds {
        _ if seconds > 0 && seconds.is_multiple_of(3600) => (3600, "h"),
        _ if seconds > 0 && seconds.is_multiple_of(60) => (60, "min"),
        _ => (1, "s"),
    };
    format!("{}{name}", seconds / unit)
}

#[cfg(test)]
mod tests {
    use crate::text::elapsed::{ago, in_words, parse, short};
    use proptest::prelude::*;
    use std::time::Duration;

    #[test]
    fn lengths_of_time_are_said_in_their_largest_unit() {
        let said = |seconds| in_words(Duration::from_secs(seconds));
        assert_eq!(said(0), "0 seconds");
        assert_eq!(said(1), "1 second");
        assert_eq!(said(119), "1 minute");
        assert_eq!(said(7200), "2 hours");
        assert_eq!(said(86_400 * 40), "40 days");
        assert_eq!(ago(Duration::from_millis(1900)), "just now");
        assert_eq!(ago(Duration::from_secs(61)), "1 minute ago");
    }

    #[test]
    fn settings_hold_seconds_minutes_and_hours() {
        assert_eq!(parse("2min"), Some(120));
        assert_eq!(parse(" 90 s "), Some(90));
        assert_eq!(parse("0s"), Some(0));
        assert_eq!(parse("1h"), Some(3600));
        for odd in ["", "2", "m", "2m", "2mo", "1d", "-1s", "99999999h", "1.5h", "٣s"] {
            assert_eq!(parse(odd), None, "{odd}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read(seconds: u32) {
            prop_assert_eq!(parse(&short(seconds)), Some(seconds));
        }
    }
}
