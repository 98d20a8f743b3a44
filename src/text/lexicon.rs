//! Words and what each of them means, looked up without hashing.
//!
//! The words of a vault are few and known once; they are asked for with every key and every log entry.

use std::collections::HashMap;

/// Words, each with its meaning.
#[derive(Debug, Clone)]
pub struct Lexicon<T> {
    // Invariant: sorted by word; the words that begin with a byte `b` are those from `starts[b]` to `starts[b + 1]`.
    words: Vec<(String, T)>,
    starts: Vec<usize>,
}

impl<T> From<HashMap<String, T>> for Lexicon<T> {
    fn from(words: HashMap<String, T>) -> Lexicon<T> {
        let mut words = words.into_iter().collect::<Vec<_>>();
        words.sort_unstable_by(|(one, _), (two, _)| one.cmp(two));
        let first = |word: &str| word.as_bytes().first().map_or(0, |byte| usize::from(*byte));
        let starts =
            (0..=256).map(|byte| words.partition_point(|(word, _)| first(word) < byte)).collect();
        Lexicon { words, starts }
    }
}

impl<T> Lexicon<T> {
    /// What `word` means; exactly this spelling.
    pub fn get(&self, word: &str) -> Option<&T> {
        let first = word.as_bytes().first().map_or(0, |byte| usize::from(*byte));
        let (from, to) = (*self.starts.get(first)?, *self.starts.get(first + 1)?);
        let words = self.words.get(from..to)?;
        let at = words.binary_search_by(|(known, _)| known.as_str().cmp(word)).ok()?;
        words.get(at).map(|(_, meaning)| meaning)
    }

    /// The words, in the order of their bytes.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|(word, _)| word.as_str())
    }
}

#[cfg(test)]
mod tests {
    use crate::text::lexicon::Lexicon;
    use proptest::prelude::*;
    use std::collections::HashMap;

    proptest! {
        #[test]
        fn a_lexicon_knows_what_its_map_knows(
            known in prop::collection::hash_map("[abé]{0,3}", 0..9, 0..12),
            asked in "[abé\\x00]{0,3}",
        ) {
            let lexicon = Lexicon::from(known.clone());
            prop_assert_eq!(lexicon.get(&asked), known.get(&asked));
            for (word, meaning) in &known {
                prop_assert_eq!(lexicon.get(word), Some(meaning));
            }
            let words = lexicon.words().map(|word| (word.to_owned(), ())).collect::<HashMap<_, _>>();
            prop_assert_eq!(words.len(), known.len());
        }
    }
}
