//! Words, each kept once and known by its number from then on.
//!
//! Always true here: the numbers go by first appearance, whatever the hashes are, which are other ones in each process,
//! so that nobody can choose words that meet.

use std::hash::{BuildHasher, RandomState};

/// Words, numbered from 0.
#[derive(Debug, Default)]
pub struct Words {
    text: String,
    // For each word, where it ends in the text.
    ends: Vec<usize>,
    // At the place of its hash, or as soon after it as there was room, the number of each word. A power of two, at least
    // half of which are free.
    slots: Vec<u32>,
    hashing: RandomState,
}

/// The slot of no word.
const FREE: u32 = u32::MAX;

impl Words {
    /// The number of `word`, which is kept.
    pub fn number(&mut self, word: &str) -> u32 {
        if self.slots.len() < 2 * (self.ends.len() + 1) {
            self.make_room();
        }
        let slot = self.slot(word);
        match self.slots.get(slot).copied() {
            Some(FREE) | None => {
                let number = u32::try_from(self.ends.len()).unwrap_or(FREE);
                self.text.push_str(word);
                self.ends.push(self.text.len());
                self.slots.get_mut(slot).into_iter().for_each(|slot| *slot = number);
                number
            }
            Some(number) => number,
        }
    }

    /// The word with this number; nothing where there is none.
    pub fn word(&self, number: u32) -> &str {
        let number = number as usize;
        let end = |at: usize| self.ends.get(at).copied();
        let start = number.checked_sub(1).map_or(Some(0), end);
        let range = start.zip(end(number)).map(|(start, end)| start..end);
        range.and_then(|range| self.text.get(range)).unwrap_or("")
    }

    /// All words, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0u32..).take(self.ends.len()).map(|number| self.word(number))
    }

    /// The slot with the number of `word`, else the free one for it.
    fn slot(&self, word: &str) -> usize {
        let mask = self.slots.len().saturating_sub(1);
        let mut slot = self.hashing.hash_one(word) as usize & mask;
        while let Some(number) = self.slots.get(slot)
            && *number != FREE
            && self.word(*number) != word
        {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn make_room(&mut self) {
        self.slots = vec![FREE; (2 * self.slots.len()).max(16)];
        for number in (0u32..).take(self.ends.len()) {
            let slot = self.slot(self.word(number));
            self.slots.get_mut(slot).into_iter().for_each(|slot| *slot = number);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::people::words::Words;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_word_has_one_number(all in prop::collection::vec("[a-cé]{0,3}", 0..200)) {
            let mut words = Words::default();
            let mut known = Vec::<String>::new();
            for word in &all {
                let place = known.iter().position(|known| known == word).unwrap_or_else(|| {
                    known.push(word.clone());
                    known.len() - 1
                });
                prop_assert_eq!(words.number(word) as usize, place);
            }
            prop_assert_eq!(words.iter().collect::<Vec<_>>(), known);
            prop_assert_eq!(words.word(u32::MAX), "");
        }
    }
}
