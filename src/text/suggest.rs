//! "Did you mean": the known word nearest to a mistyped one.

use std::collections::HashMap;
use strsim::osa_distance;

/// How many slips lie between two words: a letter more, less or other, or two neighbours swapped. Exact text counts.
pub fn slips_between(one: &str, other: &str) -> usize {
    osa_distance(one, other)
}

/// Known words, arranged so that those one slip away from a word are found without comparing all of them.
///
/// Two words are at most one slip apart only if they, or what is left of them without one letter, are the same: so all
/// such remainders of the known words are kept, and few candidates are left to compare.
#[derive(Debug, Clone, Default)]
pub struct Slips {
    // As written, and in lower case.
    known: Vec<(String, String)>,
    by_remainder: HashMap<String, Vec<usize>>,
}

impl Slips {
    /// Arranges `known`, which are compared in lower case.
    pub fn new<'a>(known: impl IntoIterator<Item = &'a str>) -> Slips {
        let mut slips = Slips::default();
        for word in known {
            let at = slips.known.len();
            let lower = word.to_lowercase();
            for remainder in remainders(&lower) {
                slips.by_remainder.entry(remainder).or_default().push(at);
            }
            slips.known.push((word.to_owned(), lower));
        }
        slips
    }

    /// The first known word (in the order of the alphabet) that is one slip away: a letter more, less or other, or two
    /// neighbours swapped; `None` where `word` is known itself.
    pub fn one_away(&self, word: &str) -> Option<&str> {
        let word = word.to_lowercase();
        if word.len() > 64 {
            return None;
        }
        let found =
            remainders(&word).filter_map(|remainder| self.by_remainder.get(&remainder)).flatten();
        let known = found.filter_map(|at| self.known.get(*at));
        let compared = known.map(|(written, lower)| (osa_distance(lower, &word), written));
        let (distance, best) = compared.min()?;
        (distance == 1).then_some(best)
    }
}

/// `word`, and `word` without each one of its letters.
fn remainders(word: &str) -> impl Iterator<Item = String> + '_ {
    let without = word.char_indices().map(|(at, letter)| {
        let (before, after) = word.split_at(at);
        format!("{before}{}", after.strip_prefix(letter).unwrap_or(after))
    });
    std::iter::once(word.to_owned()).chain(without)
}

/// The known word nearest to `word`: at most one edit away (a swap of neighbours is one edit) for words of up to
/// five letters, two for longer ones; `None` where nothing is near or `word` is known. Case does not count.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = if word.chars().count() <= 5 { 1 } else { 2 };
    within(word, known, allowed)
}

/// The known word at most `allowed` edits away from `word`, the nearest first; `None` where `word` itself is known.
pub fn within<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
    allowed: usize,
) -> Option<&'a str> {
    let lower = word.to_lowercase();
    // Far longer words cannot be near, and comparing them takes time.
    if lower.chars().count() > 64 {
        return None;
    }
    let (distance, best) = known
        .into_iter()
        .map(|candidate| (osa_distance(&lower, &candidate.to_lowercase()), candidate))
        .min()?;
    (1..=allowed).contains(&distance).then_some(best)
}

#[cfg(test)]
mod tests {
    use crate::text::suggest::{Slips, nearest, within};
    use proptest::prelude::*;

    #[test]
    fn near_words_are_suggested_and_far_ones_are_not() {
        let known = ["cadence", "circle", "email"];
        assert_eq!(nearest("cadance", known), Some("cadence"));
        assert_eq!(nearest("Circel", known), Some("circle"));
        assert_eq!(nearest("cadence", known), None);
        assert_eq!(nearest("birthplace", known), None);
    }

    proptest! {
        #[test]
        fn slips_are_found_as_by_comparing_all(word in "[abcé]{0,6}", known in prop::collection::vec("[abcé]{1,6}", 1..8)) {
            let slips = Slips::new(known.iter().map(String::as_str));
            let compared = within(&word, known.iter().map(String::as_str), 1);
            prop_assert_eq!(slips.one_away(&word).map(str::to_owned), compared.map(str::to_owned));
        }
    }
}
