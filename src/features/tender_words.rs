//! What is tender about others: words about health, money and conflicts.
//!
//! Always true here: every word of every note is asked for, so most are answered by their first letter and length.

use crate::features::secret_words::TENDER;
use crate::text::fold::fold_character;
use crate::text::span::Span;
use std::collections::HashMap;
use std::sync::LazyLock;

/// No phrase has more words.
const LONGEST_PHRASE: usize = 3;

/// Each first word with the phrases that begin with it, the longest first: the words that follow, and what it is about.
static PHRASES: LazyLock<HashMap<&'static str, Vec<Phrase>>> = LazyLock::new(|| {
    let mut phrases: HashMap<_, Vec<Phrase>> = HashMap::new();
    for (about, texts) in TENDER {
        for text in *texts {
            let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
            phrases.entry(first).or_default().push(Phrase { rest, about });
        }
    }
    for of_word in phrases.values_mut() {
        of_word.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
    }
    phrases
});

#[derive(Debug)]
struct Phrase {
    rest: &'static str,
    about: &'static str,
}

/// By the first letter, the lengths that first words have: a bit each.
static LENGTHS: LazyLock<[u32; 26]> = LazyLock::new(|| {
    let mut lengths = [0; 26];
    for word in PHRASES.keys() {
        let first = word.bytes().next().and_then(letter);
        let of_letter = first.and_then(|number| lengths.get_mut(number));
        if let (Some(of_letter), 0..=31) = (of_letter, word.len()) {
            *of_letter |= 1 << word.len();
        }
    }
    lengths
});

/// The first word or phrase of `line` that is tender, and what it is about. Web addresses, links to notes and tags tell
/// of nobody.
pub fn tender(line: &str) -> Option<(Span, &'static str)> {
    let mut folded = String::new();
    let mut from = 0;
    while let Some(word) = next_word(line, from) {
        from = word.end;
        if !may_begin(word.of(line)) {
            continue;
        }
        fold_into(word.of(line), &mut folded);
        let Some(phrases) = PHRASES.get(folded.as_str()) else { continue };
        let phrase = phrases.iter().find_map(|phrase| {
            let end = end_of(line, word.end, phrase.rest)?;
            Some((Span::new(word.start, end), phrase.about))
        });
        if let Some(phrase) = phrase.filter(|(span, _)| !is_address(line, *span)) {
            return Some(phrase);
        }
    }
    None
}

/// The next run of letters, digits and `-`.
fn next_word(line: &str, from: usize) -> Option<Span> {
    let is_part = |sign: char| sign.is_alphanumeric() || sign == '-';
    let start = from + line.get(from..)?.find(is_part)?;
    let rest = line.get(start..)?;
    let end = start + rest.find(|sign| !is_part(sign)).unwrap_or(rest.len());
    Some(Span::new(start, end))
}

/// Whether a word may be the first of a phrase, without folding it. A letter with an accent is not looked at.
fn may_begin(word: &str) -> bool {
    let first = word.bytes().next().and_then(letter);
    let lengths = first.and_then(|number| LENGTHS.get(number)).copied();
    match lengths {
        _ if !word.is_ascii() => word.len() <= 64,
        Some(lengths) => word.len() < 32 && lengths & (1 << word.len()) != 0,
        None => false,
    }
}

fn letter(byte: u8) -> Option<usize> {
    let lower = byte.to_ascii_lowercase();
    lower.is_ascii_lowercase().then(|| usize::from(lower - b'a'))
}

fn fold_into(word: &str, folded: &mut String) {
    folded.clear();
    word.chars().for_each(|sign| fold_character(sign, &mut |letter| folded.push(letter)));
}

/// Where the words of `rest` end that follow `from`; `None` where others follow.
fn end_of(line: &str, from: usize, rest: &str) -> Option<usize> {
    let mut folded = String::new();
    let words = rest.split(' ').filter(|word| !word.is_empty()).take(LONGEST_PHRASE);
    words.into_iter().try_fold(from, |end, wanted| {
        let word = next_word(line, end)?;
        fold_into(word.of(line), &mut folded);
        (folded == wanted).then_some(word.end)
    })
}

/// What is looked at around a word to see whether it is a part of an address, in bytes.
const NEAR: usize = 256;

/// Whether `span` stands in a web address, in the name of a linked note or in a tag.
fn is_address(line: &str, span: Span) -> bool {
    let before = line.get(..span.start).unwrap_or("");
    let near = (span.start.saturating_sub(NEAR)..=span.start).find_map(|from| before.get(from..));
    let near = near.unwrap_or("");
    let word = near.rsplit(char::is_whitespace).next().unwrap_or("");
    let in_link =
        near.rfind("[[").is_some_and(|open| near.rfind("]]").is_none_or(|end| end < open));
    in_link || word.contains("://") || word.starts_with("www.") || word.contains('#')
}

#[cfg(test)]
mod tests {
    use crate::features::tender_words::tender;

    fn check(line: &str, expected: &str) {
        let found = tender(line).map_or("", |(span, _)| span.of(line));
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn words_and_phrases_are_told_and_addresses_are_none() {
        check("He OWES me 20", "OWES me");
        check("Ela está Grávida", "Grávida");
        check("cancro da mama", "cancro da mama");
        check("cancro da", "cancro");
        check("a heart that attacks", "");
        check("https://x.org/cancer", "");
        check("https://x.org/cancer and cancer", "cancer");
        check("[her cancer](https://x.org)", "cancer");
        check("[x](https://x.org/cancer)", "");
        check("#cancer #health/cancer", "");
        check("[[Cancer charity]] run", "");
        check("[[Ana]] has cancer", "cancer");
        check("cancers", "");
    }
}
