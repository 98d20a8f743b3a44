//! Words and what each of them means, looked up without hashing.
//!
//! The words of a vault are few and known once; they are asked for with every key and every log entry.

use std::collections::HashMap;

/// Words, each with its meaning.
#[derive(Debug, Clone)]
pub struct Lexicon<T> {
    // Invariant: sorted by drawer, then by word; the words of drawer `d` are those from `starts[d]` to `starts[d + 1]`.
    words: Vec<(String, T)>,
    starts: Vec<u32>,
}

const DRAWERS: usize = 256;

/// Where a word is kept. Few words share a drawer; those that do are searched by halves, so that nobody can make a
/// vocabulary in which looking up is slow.
fn drawer(word: &str) -> usize {
    let bytes = word.as_bytes();
    let at = |place: usize| bytes.get(place).map_or(0, |byte| usize::from(*byte));
    let length = bytes.len();
    (at(0) * 7 + at(length / 2) * 31 + at(length.saturating_sub(1)) * 61 + length * 13) % DRAWERS
}

impl<T> From<HashMap<String, T>> for Lexicon<T> {
    fn from(words: HashMap<String, T>) -> Lexicon<T> {
        let mut words = words.into_iter().collect::<Vec<_>>();
        words.sort_unstable_by(|(one, _), (two, _)| (drawer(one), one).cmp(&(drawer(two), two)));
        let start = |wanted| words.partition_point(|(word, _)| drawer(word) < wanted);
        let starts = (0..=DRAWERS).map(|drawer| u32::try_from(start(drawer)).unwrap_or(u32::MAX));
        Lexicon { starts: starts.collect(), words }
    }
}

impl<T> Lexicon<T> {
    /// What `word` means; exactly this spelling.
    pub fn get(&self, word: &str) -> Option<&T> {
        let drawer = drawer(word);
        let (from, to) = (*self.starts.get(drawer)?, *self.starts.get(drawer + 1)?);
        let words = self.words.get(from as usize..to as usize)?;
        let at = match words {
            [] => return None,
            [(only, _)] => (only == word).then_some(0)?,
            _ => words.binary_search_by(|(known, _)| known.as_str().cmp(word)).ok()?,
        };
        words.get(at).map(|(_, meaning)| meaning)
    }

    /// The words, in an order that depends on them alone.
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
