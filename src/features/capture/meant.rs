//! Whether a word that is somebody's name is meant as the name.
//!
//! Always true here: what could as well be a word is no name for certain.

use crate::features::capture::names::Match;
use crate::features::capture::speech::{ALSO_WORDS, BEFORE_KIND, TO_DO, TO_SOMEBODY, is_small};
use crate::features::capture::words::Word;
use crate::text::partial_date::month_of;

/// `in May`, `since April`: a time.
pub fn is_month(words: &[Word], at: usize) -> bool {
    let before =
        ["in", "since", "until", "by", "next", "last", "this", "early", "late", "of", "mid"];
    let word = folded(words, at);
    let last = at.checked_sub(1).map_or("", |at| folded(words, at));
    word.len() > 2 && month_of(word).is_some() && before.contains(&last)
}

/// Whether a name is also a word of the language.
pub fn is_also_word(word: &str) -> bool {
    is_small(word) || [ALSO_WORDS, BEFORE_KIND, TO_DO].iter().any(|list| list.contains(&word))
}

/// Whether words of what is to be done are a name by how they are written: more than one, a link, or a capital letter
/// that does not only begin it (from `start` on).
pub fn is_written_as_name(words: &[Word], start: usize, at: usize, found: &Match) -> bool {
    let Some(word) = words.get(at) else { return false };
    let begins = at == start && is_also_word(&word.folded) && word.goes_on();
    found.is_sure || (word.is_capital && !begins && !is_month(words, at))
}

/// `send ana the article`: of what is to be done from `start` on, a small letter is a name right after the verb or after
/// `to` or `with`, where it is not also a word.
pub fn is_after_verb(words: &[Word], start: usize, at: usize) -> bool {
    let before = at.checked_sub(1).filter(|before| *before >= start);
    let before = before.map_or("", |at| folded(words, at));
    let is_addressed = at == start + 1 && TO_SOMEBODY.contains(&before);
    !is_also_word(folded(words, at)) && (before == "to" || before == "with" || is_addressed)
}

fn folded(words: &[Word], at: usize) -> &str {
    words.get(at).map_or("", |word| word.folded.as_str())
}
