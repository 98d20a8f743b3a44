//! Lines of iCalendar (RFC 5545, sections 3.1 and 3.3): folded, ended by CR LF, and values as they are written there.
//!
//! Always true here: no line is longer than 75 octets, and none is cut inside of a character.

use crate::text::day::Day;
use crate::text::visible::acts;
use std::borrow::Cow;

/// The longest line, in octets, its end not counted.
const WIDEST: usize = 75;

/// Adds the line `NAME:value`, folded.
pub fn push(text: &mut String, name: &str, value: &str) {
    if name.len() + 1 + value.len() <= WIDEST {
        text.extend([name, ":", value, "\r\n"]);
        return;
    }
    let mut width = 0;
    for character in name.chars().chain([':']).chain(value.chars()) {
        let size = character.len_utf8();
        if width + size > WIDEST {
            text.push_str("\r\n ");
            width = 1;
        }
        text.push(character);
        width += size;
    }
    text.push_str("\r\n");
}

/// A value of the type TEXT. A line end stays one; other white space becomes a space, and what a screen would act on
/// (controls, marks of direction) is left out.
pub fn escaped(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && !b"\\;,".contains(&byte);
    if text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => escaped.extend(['\\', character]),
            '\n' => escaped.push_str("\\n"),
            _ if character != '\r' && character.is_whitespace() => escaped.push(' '),
            _ if acts(character) => {}
            _ => escaped.push(character),
        }
    }
    Cow::Owned(escaped)
}

/// A value of the type DATE, `20261121`.
pub fn date(day: Day) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day_of_month())
}

/// A value of the type DATE-TIME without a zone, which is the time on the clock wherever somebody is.
pub fn date_time(day: Day, minutes: u32) -> String {
    format!("{}T{:02}{:02}00", date(day), minutes / 60, minutes % 60)
}

/// A value of the type DURATION: so many minutes, before where they are negative.
pub fn duration(minutes: i64) -> String {
    let sign = if minutes < 0 { "-" } else { "" };
    let all = minutes.unsigned_abs();
    let (days, hours, minutes) = (all / 1_440, all / 60 % 24, all % 60);
    let days = if days > 0 { format!("{days}D") } else { String::new() };
    let time = match (hours, minutes) {
        (0, 0) if days.is_empty() => "T0S".to_owned(),
        (0, 0) => String::new(),
        (0, minutes) => format!("T{minutes}M"),
        (hours, 0) => format!("T{hours}H"),
        (hours, minutes) => format!("T{hours}H{minutes}M"),
    };
    format!("{sign}P{days}{time}")
}

#[cfg(test)]
mod tests {
    use crate::features::calendar::text::{date, date_time, duration, escaped, push};
    use crate::text::day::Day;
    use crate::text::visible::acts;
    use proptest::prelude::*;

    fn line(value: &str) -> String {
        let mut text = String::new();
        push(&mut text, "SUMMARY", value);
        text
    }

    /// What any reader of the standard makes of it.
    fn read(lines: &str) -> String {
        let unfolded = lines.replace("\r\n ", "");
        let value = unfolded.strip_prefix("SUMMARY:").unwrap().strip_suffix("\r\n").unwrap();
        let mut text = String::new();
        let mut characters = value.chars();
        while let Some(character) = characters.next() {
            text.push(match character {
                '\\' => match characters.next().unwrap() {
                    'n' => '\n',
                    other => other,
                },
                other => other,
            });
        }
        text
    }

    #[test]
    fn values_are_written_as_the_standard_has_them() {
        let day = Day::new(2026, 3, 4).unwrap();
        assert_eq!(date(day), "20260304");
        assert_eq!(date_time(day, 18 * 60 + 5), "20260304T180500");
        assert_eq!(escaped("a;b,c\\d\ne:\"f\"\r\tg\u{202e}h\u{0}"), "a\\;b\\,c\\\\d\\ne:\"f\" gh");
        let check = |minutes: i64, expected: &str| assert_eq!(duration(minutes), expected);
        check(0, "PT0S");
        check(540, "PT9H");
        check(570, "PT9H30M");
        check(-14 * 1_440, "-P14D");
        check(540 - 14 * 1_440, "-P13DT15H");
        check(-15, "-PT15M");
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        let umlauts = line(&"ü".repeat(60));
        let widths = umlauts.split("\r\n").map(str::len).collect::<Vec<_>>();
        assert_eq!(widths, [74, 55, 0]);
        assert_eq!(line(&"x".repeat(67)).matches("\r\n").count(), 1);
        assert_eq!(line(&"x".repeat(68)).matches("\r\n").count(), 2);
    }

    proptest! {
        #[test]
        fn any_text_is_folded_and_unfolded_to_itself(text in "(?s)([\\\\;,: \n]|\\PC|[a-zé王👩\u{200d}]){0,200}") {
            let lines = line(&escaped(&text));
            prop_assert!(lines.split("\r\n").all(|line| line.len() <= 75));
            prop_assert!(lines.split("\r\n").all(|line| !line.contains(['\r', '\n'])));
            let seen = |character: char| match character {
                '\n' => Some('\n'),
                '\r' => None,
                other if other.is_whitespace() => Some(' '),
                other => Some(other).filter(|other| !acts(*other)),
            };
            let expected = text.chars().filter_map(seen).collect::<String>();
            prop_assert_eq!(read(&lines), expected);
        }

        #[test]
        fn no_text_breaks_out_of_its_line(text in any::<String>()) {
            let lines = line(&escaped(&text));
            prop_assert!(lines.split("\r\n").skip(1).all(|line| line.is_empty() || line.starts_with(' ')));
            prop_assert!(!lines.replace("\r\n", "").chars().any(char::is_control));
        }
    }
}
