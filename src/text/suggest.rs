//! "Did you mean": the known word nearest to a mistyped one.

use strsim::osa_distance;

/// How many slips lie between two words: a letter more, less or other, or two neighbours swapped. Exact text counts.
pub fn slips_between(one: &str, other: &str) -> usize {
    osa_distance(one, other)
}

/// Known words, arranged so that those one slip away from a word are found without comparing all of them.
///
/// Two words are at most one slip apart only if they, or what is left of them without one letter, are the same: so the
/// hashes of all such remainders of the known words are kept, and few candidates are left to compare.
#[derive(Debug, Clone, Default)]
pub struct Slips {
    // As written, and in lower case.
    known: Vec<(String, String)>,
    // Invariant: sorted; the number is that of the word in `known`.
    remainders: Vec<(u64, usize)>,
}

/// Words above this length, in bytes, are not looked at.
const LONGEST_WORD: usize = 64;

impl Slips {
    /// Arranges `known`, which are compared in lower case.
    pub fn new<'a>(known: impl IntoIterator<Item = &'a str>) -> Slips {
        let mut slips = Slips::default();
        // One letter more than the longest word that is asked for.
        let short = |word: &&str| word.len() <= LONGEST_WORD + 4;
        for word in known.into_iter().filter(short) {
            let at = slips.known.len();
            let lower = word.to_lowercase();
            slips.remainders.extend(remainders(&lower).map(|remainder| (remainder, at)));
            slips.known.push((word.to_owned(), lower));
        }
        slips.remainders.sort_unstable();
        slips
    }

    /// The first known word (in the order of the alphabet) that is one slip away: a letter more, less or other, or two
    /// neighbours swapped; `None` where `word` is known itself.
    pub fn one_away(&self, word: &str) -> Option<&str> {
        let word = word.to_lowercase();
        if word.len() > LONGEST_WORD {
            return None;
        }
        let known = remainders(&word).flat_map(|remainder| self.with_remainder(remainder));
        let compared = known.map(|(written, lower)| (osa_distance(lower, &word), written));
        let (distance, best) = compared.min()?;
        (distance == 1).then_some(best)
    }

    fn with_remainder(&self, wanted: u64) -> impl Iterator<Item = &(String, String)> {
        let from = self.remainders.partition_point(|(remainder, _)| *remainder < wanted);
        let rest = self.remainders.get(from..).unwrap_or_default().iter();
        let found = rest.take_while(move |(remainder, _)| *remainder == wanted);
        found.filter_map(|(_, at)| self.known.get(*at))
    }
}

/// The hashes of `word`, and of `word` without each one of its letters (FNV-1a). Two that are equal by accident only
/// cost a comparison.
fn remainders(word: &str) -> impl Iterator<Item = u64> + '_ {
    let without = word.char_indices().map(|(at, letter)| {
        let (before, after) = word.split_at(at);
        hashed(hashed(BASIS, before), after.strip_prefix(letter).unwrap_or(after))
    });
    std::iter::once(hashed(BASIS, word)).chain(without)
}

const BASIS: u64 = 0xcbf2_9ce4_8422_2325;

fn hashed(hash: u64, text: &str) -> u64 {
    text.bytes().fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
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
