//! Which misspelt words still find a name.
//!
//! A slip is a letter more, less or other, or two neighbours swapped. The rule is tighter than people's patience, so
//! that a search is not buried under strangers:
//! - the first letters agree: people know how a name begins;
//! - up to three letters must be right, four and five may have one slip, longer words two;
//! - a word with a digit in it is never misspelt: 2025 is not 2026.

use crate::text::suggest::slips_between;

/// How many slips a search for `word` (a token) forgives.
pub fn allowed_distance(word: &str) -> usize {
    if word.chars().any(char::is_numeric) {
        return 0;
    }
    match word.chars().count() {
        0..=3 => 0,
        4..=5 => 1,
        _ => 2,
    }
}

/// Whether at most `distance` slips lie between `one` and `other`.
pub fn within(one: &str, other: &str, distance: usize) -> bool {
    // A letter has at most four bytes, so words whose lengths differ by more cannot be near.
    one.len().abs_diff(other.len()) <= 4 * distance && slips_between(one, other) <= distance
}

/// Whether `typed` is a misspelling of `name`, both being tokens, and is not the same.
pub fn is_misspelt(typed: &str, name: &str) -> bool {
    let distance = allowed_distance(typed);
    distance > 0
        && typed != name
        && typed.chars().next() == name.chars().next()
        && within(typed, name, distance)
}

#[cfg(test)]
mod tests {
    use crate::text::typo::{allowed_distance, is_misspelt, within};
    use proptest::prelude::*;

    #[test]
    fn common_misspellings_find_the_name() {
        for (typed, name) in [
            ("gacria", "garcia"),
            ("kathrin", "katherine"),
            ("jhon", "john"),
            ("philip", "phillip"),
        ] {
            assert!(is_misspelt(typed, name), "{typed} {name}");
        }
    }

    #[test]
    fn strangers_are_not_found() {
        for (typed, name) in [
            ("ana", "ann"),
            ("rena", "lena"),
            ("2025", "2026"),
            ("anna", "joana"),
            ("maria", "marlies"),
            ("ana", "ana"),
        ] {
            assert!(!is_misspelt(typed, name), "{typed} {name}");
        }
    }

    #[test]
    fn longer_words_forgive_more() {
        assert_eq!(
            ["ana", "anna", "maria", "garcia", "año", "r2d2c3"].map(allowed_distance),
            [0, 1, 1, 2, 0, 0]
        );
    }

    proptest! {
        #[test]
        fn slips_count_the_same_from_both_sides(one in "[abé]{0,8}", other in "[abé]{0,8}", distance in 0usize..3) {
            prop_assert_eq!(within(&one, &other, distance), within(&other, &one, distance));
        }

        #[test]
        fn so_many_slips_are_within(word in "[a-z]{3,10}", at in 0usize..8, letter in "[a-z]") {
            let at = at.min(word.len() - 1);
            let more = format!("{}{letter}{}", &word[..at], &word[at..]);
            let less = format!("{}{}", &word[..at], &word[at + 1..]);
            prop_assert!(within(&word, &more, 1) && within(&word, &less, 1));
        }
    }
}
