//! Text as a person typed it, made fit to stand in a note: nothing in it acts on a terminal or ends a line unseen.
//!
//! Always true here: only spaces, line ends and control characters change; every other character stays.

/// `text` on one line: tabs, line ends and control characters are spaces, of which none is doubled.
pub fn one_line(text: &str) -> String {
    let words = text.split(|character: char| character.is_whitespace() || character.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The lines of `text` that hold something, each without blanks around it; a tab or a control character is a space.
pub fn lines(text: &str) -> Vec<String> {
    let plain = |line: &str| line.replace(char::is_control, " ").trim().to_owned();
    text.split(ends_line).map(plain).filter(|line| !line.is_empty()).collect()
}

/// What some program or other takes for the end of a line.
fn ends_line(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use crate::text::typed::{lines, one_line};
    use proptest::prelude::*;

    #[test]
    fn what_acts_becomes_a_space() {
        assert_eq!(one_line(" a\tb\r\nc\u{7}\u{2028}d \u{85}"), "a b c d");
        assert_eq!(lines(" a\tb \r\n\n\u{b}c\u{7}d\u{1b}[2J\u{2029} "), ["a b", "c d [2J"]);
        assert_eq!(lines(" \n\t"), [""; 0]);
    }

    proptest! {
        #[test]
        fn no_other_character_is_lost(text in "[a\\t\\r\\n\u{7}\u{85}\u{2028}é ]{0,20}|\\PC{0,20}") {
            let bare = |text: &str| text.replace(|c: char| c.is_whitespace() || c.is_control(), "");
            prop_assert_eq!(bare(&one_line(&text)), bare(&text));
            prop_assert_eq!(bare(&lines(&text).concat()), bare(&text));
            prop_assert!(!lines(&text).iter().any(|line| line.contains(char::is_control)));
            prop_assert_eq!(lines(&lines(&text).join("\n")), lines(&text));
        }
    }
}
