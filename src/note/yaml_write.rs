//! Text as a YAML scalar that every reader understands alike, those of YAML 1.1 and 1.2 and people too.

use crate::note::yaml::Style;
use std::fmt::Write;

/// Where a scalar is to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// After a colon, or after the dash of a block list.
    Block,
    /// Between the brackets of a flow list.
    Flow,
}

/// `text` on one line, in the wanted style where that says it safely, else in double quotes.
///
/// Plain only where no reader takes it for anything but text: what looks like a number, a phone, a date, a truth
/// value or a link is quoted.
pub fn scalar(text: &str, wanted: Style, place: Place) -> String {
    match wanted {
        Style::Plain if is_safe_plain(text, place) => text.to_owned(),
        Style::SingleQuoted if !text.contains(is_unseen) => {
            format!("'{}'", text.replace('\'', "''"))
        }
        _ => double_quoted(text),
    }
}

/// `text` in double quotes, on one line; what cannot be seen is escaped.
pub fn double_quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            other if is_unseen(other) => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(other));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// Whether a character must be escaped: controls, line ends of YAML 1.1, and what is no character; all lie below
/// U+10000.
pub fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn is_safe_plain(text: &str, place: Place) -> bool {
    let begins_well = text.starts_with(|first: char| first.is_alphanumeric());
    let indicates =
        text.contains(": ") || text.ends_with(':') || text.contains(" #") || text.contains("[[");
    let in_flow = place == Place::Flow && text.contains([',', '[', ']', '{', '}', ':']);
    let odd = text.contains(is_unseen) || text.trim() != text;
    begins_well && !indicates && !in_flow && !odd && !looks_typed(text)
}

/// Whether some reader of YAML may take the text for a number, a date, a time or a truth value.
fn looks_typed(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    let begins_like_number = text.starts_with(char::is_numeric);
    // Digits, hexadecimal letters, signs, and what stands between the parts of dates and phone numbers.
    let numeric = |sign: char| sign.is_numeric() || "abcdefxotz_.,:+- ()/".contains(sign);
    words.contains(&lower.as_str()) || (begins_like_number && lower.chars().all(numeric))
}

#[cfg(test)]
mod tests {
    use crate::note::yaml::{Style, Value};
    use crate::note::yaml_read::read_map;
    use crate::note::yaml_write::{Place, scalar};
    use proptest::prelude::*;

    fn plain(text: &str) -> String {
        scalar(text, Style::Plain, Place::Block)
    }

    #[test]
    fn only_what_is_text_for_everyone_is_plain() {
        for text in [
            "Ana Lima",
            "it's",
            "https://example.org/a",
            "monthly",
            "3 Feb with Ana",
            "São",
            "a \"b\" c",
            "2w..3w to go",
        ] {
            assert_eq!(plain(text), text);
        }
        for text in [
            "yes",
            "No",
            "null",
            "1e3",
            "017",
            "0x1F",
            "12:30",
            "2026-11-21",
            "910 000 000",
            "1_000",
            "y",
            "off",
        ] {
            assert_eq!(plain(text), format!("\"{text}\""));
        }
        for text in [
            "",
            "+351 910",
            "@ana",
            "`x`",
            "[[Ana]]",
            "see [[Ana]]",
            "a: b",
            "a:",
            "a #b",
            " a",
            "a ",
            "- a",
            "%x",
            "~",
            "*b*",
            ".inf",
        ] {
            assert_eq!(plain(text), format!("\"{text}\""));
        }
        assert_eq!(scalar("a, b", Style::Plain, Place::Flow), "\"a, b\"");
        assert_eq!(scalar("a, b", Style::Plain, Place::Block), "a, b");
    }

    #[test]
    fn quotes_are_kept_where_they_can_say_it() {
        assert_eq!(scalar("it's", Style::SingleQuoted, Place::Block), "'it''s'");
        assert_eq!(scalar("a\nb", Style::SingleQuoted, Place::Block), "\"a\\nb\"");
        assert_eq!(scalar("a", Style::Literal, Place::Block), "\"a\"");
        assert_eq!(
            scalar("\u{85}\u{2028}\u{1b}\t\"\\", Style::Plain, Place::Block),
            r#""\u0085\u2028\u001B\t\"\\""#
        );
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            text in prop_oneof![any::<String>(), "[-a0: #,\\[\\]{}'\"\\\\@&*!|>%?~.\n\t\r\u{85}\u{2028}\u{feff}é🙂]{0,12}"],
            wanted in prop_oneof![Just(Style::Plain), Just(Style::SingleQuoted), Just(Style::DoubleQuoted)],
        ) {
            for (source, place) in [("key: …\n", Place::Block), ("key:\n- …\n", Place::Block), ("key: [x, …]\n", Place::Flow)] {
                let source = source.replace('…', &scalar(&text, wanted, place));
                let pairs = read_map(&source, 0).map_err(|trouble| TestCaseError::fail(format!("{trouble:?}: {source:?}")))?;
                let value = match &pairs[0].value.value {
                    Value::List(items) => items.last().unwrap().clone(),
                    _ => pairs[0].value.clone(),
                };
                prop_assert_eq!(value.text(), Some(text.as_str()), "{}", source);
            }
        }
    }
}
