//! The keys that answer a line of a review, by what the line asks.

/// One way to answer: the key, what stands in the box then, and what it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The key.
    pub key: char,
    /// The character for the box.
    pub status: char,
    /// What it does, in words.
    pub words: &'static str,
}

const fn choice(key: char, status: char, words: &'static str) -> Choice {
    Choice { key, status, words }
}

const WORD: &[Choice] = &[choice('y', 'x', "yes"), choice('n', '-', "not this time")];
const PROMISE: &[Choice] =
    &[choice('y', 'x', "kept"), choice('l', '>', "in a week"), choice('g', '-', "let it go")];
const OWED: &[Choice] = &[choice('y', 'x', "done")];
const YES: &[Choice] = &[choice('y', 'x', "yes")];
const STILL: &[Choice] = &[choice('y', 'x', "still so")];
const END: &[Choice] = &[choice('y', 'x', "done with it")];

/// The ways to answer the line with this letter.
pub fn choices(letter: char) -> &'static [Choice] {
    match letter {
        'w' => WORD,
        'p' => PROMISE,
        'r' => OWED,
        'e' | 'z' | 'g' | 'l' => YES,
        'f' => STILL,
        'd' => END,
        // Only words answer it.
        _ => &[],
    }
}

/// What words typed below such a line are; `None` where none are taken.
pub fn words(letter: char) -> Option<&'static str> {
    match letter {
        'w' => Some("a day, what to say, or `call: …` if it is done"),
        'r' => Some("what you said"),
        'f' => Some("what is new"),
        'g' => Some("another rhythm"),
        'u' => Some("what connects you"),
        'k' => Some("a circle or a rhythm"),
        _ => None,
    }
}
