//! A seal: a mark of all the rest of a text, by which it is seen whether anybody changed the text since.
//!
//! Always true here: line ends do not count, so that a text that went through other hands unharmed is still whole.

use crate::text::fingerprint::hash;
use std::ops::Range;

/// A seal that is open: what stands in a text until it is [`sealed`].
pub const OPEN: &str = "seal 0000000000000000";
/// Its digits.
pub const OPEN_DIGITS: &str = "0000000000000000";

/// A seal stands in one of so many lines at the start.
const LINES: usize = 4;

/// The text with its open seal closed; as it is where it has none.
pub fn sealed(text: &str) -> String {
    let Some(place) = place(text) else { return text.to_owned() };
    let mut sealed = text.to_owned();
    sealed.replace_range(place.clone(), &digits_for(text, place));
    sealed
}

/// Whether the text is as it was when it was sealed; `None` where it has no seal.
pub fn is_whole(text: &str) -> Option<bool> {
    let place = place(text)?;
    Some(text.get(place.clone()) == Some(digits_for(text, place).as_str()))
}

fn digits_for(text: &str, place: Range<usize>) -> String {
    let before = text.get(..place.start).unwrap_or_default();
    let after = text.get(place.end..).unwrap_or_default();
    let lines = before.lines().chain(["\n"]).chain(after.lines()).collect::<Vec<_>>();
    format!("{:016x}", hash(&lines))
}

/// Where the digits stand, after the word `seal`: in a comment or in JSON.
fn place(text: &str) -> Option<Range<usize>> {
    let end = text.match_indices('\n').nth(LINES - 1).map_or(text.len(), |(at, _)| at);
    let head = text.get(..end)?;
    let after = |(at, word): (usize, &str)| {
        let rest = head.get(at + word.len()..)?;
        let digits = rest.trim_start_matches(['"', ':', ' ']);
        let start = end - digits.len();
        let place = start..start + OPEN_DIGITS.len();
        let is_seal = text.get(place.clone())?.bytes().all(|digit| digit.is_ascii_hexdigit());
        is_seal.then_some(place)
    };
    head.match_indices("seal").find_map(after)
}

#[cfg(test)]
mod tests {
    use crate::text::seal::{OPEN, is_whole, sealed};
    use proptest::prelude::*;

    #[test]
    fn a_change_breaks_a_seal_and_line_ends_do_not() {
        for text in [
            format!("%% drawn, {OPEN}\nk\nb\n"),
            "{\n  \"seal\": \"0000000000000000\",\n  \"k\": 1\n}\n".to_owned(),
        ] {
            let text = sealed(&text);
            assert_eq!(is_whole(&text), Some(true), "{text}");
            assert_eq!(sealed(&text), text);
            assert_eq!(is_whole(&text.replace('\n', "\r\n")), Some(true));
            assert_eq!(is_whole(&format!("{text}x\n")), Some(false));
            assert_eq!(is_whole(&text.replace('k', "c")), Some(false));
        }
        assert_eq!(is_whole("no seal\nseal of approval\n"), None);
        assert_eq!(is_whole(&format!("\n\n\n\n{OPEN}")), None);
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(before in "\\PC{0,9}", after in any::<String>(), more in "\\PC{1,9}") {
            let text = sealed(&format!("{before}{OPEN}\n{after}"));
            prop_assert_eq!(is_whole(&text), Some(true));
            prop_assert_eq!(is_whole(&format!("{text}\n{more}")), Some(false));
            let _ = is_whole(&after);
        }
    }
}
