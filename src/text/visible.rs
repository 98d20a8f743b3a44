//! Text from files made safe to show: nothing in a note can move the cursor, change colours or reorder letters.

use std::borrow::Cow;
use std::fmt::Write;

/// `text` with every character that a terminal would act on shown as `\u{…}`: C0 and C1 controls (but for the line
/// feed and the tab), DEL, bidirectional marks, overrides and isolates, line and paragraph separators, tag
/// characters, and the byte order mark.
pub fn visible(text: &str) -> Cow<'_, str> {
    if is_plain(text) || !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if acts(character) {
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(character));
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// Like [`visible`], for a place that has one line only: line feeds and tabs become spaces.
pub fn visible_line(text: &str) -> Cow<'_, str> {
    match visible(text) {
        shown if shown.bytes().any(|byte| matches!(byte, b'\n' | b'\t')) => {
            Cow::Owned(shown.replace(['\n', '\t'], " "))
        }
        shown => shown,
    }
}

/// Whether all of it is ASCII that is seen, as most text is: looking at letters takes longer than at bytes.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Whether a terminal acts on the character, or shows nothing of it, so that text with it is not what it seems.
pub fn acts(character: char) -> bool {
    match character {
        '\n' | '\t' => false,
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}' => true,
        '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}' => true,
        other => other.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use crate::text::visible::{visible, visible_line};
    use proptest::prelude::*;

    #[test]
    fn control_sequences_are_spelled_out() {
        assert_eq!(visible("\u{1b}[31mred\r"), "\\u{1b}[31mred\\u{d}");
        assert_eq!(visible("a\u{9b}1mb\u{202e}c\u{e0041}"), "a\\u{9b}1mb\\u{202e}c\\u{e0041}");
        assert_eq!(visible("José 王 👩‍👧\n"), "José 王 👩‍👧\n");
        assert_eq!(visible_line("a\nb\tc"), "a b c");
    }

    proptest! {
        #[test]
        fn nothing_shown_acts(text in any::<String>()) {
            let shown = visible(&text);
            prop_assert!(!shown.chars().any(|character| character.is_control() && !matches!(character, '\n' | '\t')));
        }
    }
}
