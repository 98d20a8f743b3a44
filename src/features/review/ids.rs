//! The ids of the lines of a review: `v`, the letter of what the line asks, and seven digits of a stable hash. An id of
//! the agenda never begins so.

use crate::text::fingerprint::{base36, hash};

const DIGITS: usize = 7;

/// The id of a line of a review: `v`, the letter of what it asks, and seven digits of a stable hash of `parts`.
pub fn id_of(letter: char, parts: &[&str]) -> String {
    format!("v{letter}{}", base36(hash(parts), DIGITS))
}

/// The letter of what the line with this id asks; `None` for a line of another page.
pub fn letter(id: &str) -> Option<char> {
    let mut letters = id.chars();
    letters.next().filter(|first| *first == 'v')?;
    letters.next()
}
