//! Where certain bytes stand in a text, found many at a time.
//!
//! Every place that is found is the start of a character: what is looked for is ASCII, or all that is not.

use memchr::memmem::find;
use memchr::{memchr, memchr_iter, memchr2, memchr2_iter, memrchr};

/// The size of a block in which all bytes are looked at together.
const BLOCK: usize = 32;

/// Whether `byte` stands anywhere in `text`.
pub fn holds(text: &str, byte: u8) -> bool {
    memchr(byte, text.as_bytes()).is_some()
}

/// The first place of `word`, which is ASCII, in capitals or not.
pub fn place_ignoring_case(text: &str, word: &str) -> Option<usize> {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let Some(first) = word.first() else { return Some(0) };
    let (lower, upper) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
    memchr2_iter(lower, upper, text).find(|at| {
        text.get(*at..at + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word))
    })
}

/// The first place of a character that is not ASCII, or of `byte`.
pub fn first_of_others(text: &str, byte: u8) -> Option<usize> {
    let is_other = |found: &u8| !found.is_ascii() || *found == byte;
    // A block is looked at as a whole, without asking after each byte: most have none.
    let blocks = text.as_bytes().chunks(BLOCK).enumerate();
    let mut held =
        blocks.filter(|(_, block)| block.iter().fold(false, |any, found| any | is_other(found)));
    let (number, block) = held.next()?;
    block.iter().position(is_other).map(|at| number * BLOCK + at)
}

/// The last place of `byte`.
pub fn last_place(text: &str, byte: u8) -> Option<usize> {
    memrchr(byte, text.as_bytes())
}

/// The first place of `piece`.
pub fn place_of(text: &str, piece: &str) -> Option<usize> {
    find(text.as_bytes(), piece.as_bytes())
}

/// The first place of `byte`.
pub fn first_place(text: &str, byte: u8) -> Option<usize> {
    memchr(byte, text.as_bytes())
}

/// The first place of either byte.
pub fn first_of_two(text: &str, one: u8, two: u8) -> Option<usize> {
    memchr2(one, two, text.as_bytes())
}

/// Every place of `byte`, in order.
pub fn places(text: &[u8], byte: u8) -> impl Iterator<Item = usize> {
    memchr_iter(byte, text)
}

/// How often `byte` stands in `text`.
pub fn count(text: &[u8], byte: u8) -> usize {
    memchr_iter(byte, text).count()
}

/// Whether a look at two bytes tells that `text` begins and ends with a visible character, so that there is nothing to
/// trim; `false` says nothing.
pub fn is_trimmed(text: &str) -> bool {
    let bytes = text.as_bytes();
    let ends = [bytes.first(), bytes.last()];
    ends.into_iter().all(|end| end.is_some_and(u8::is_ascii_graphic))
}

/// As [`str::trim`], with a look at two bytes first: most texts have no white space around them.
pub fn trimmed(text: &str) -> &str {
    if is_trimmed(text) { text } else { text.trim() }
}

/// As [`str::split_once`] at an ASCII byte; for names and other short texts, where a search that is set up costs more than
/// it finds.
pub fn split_at_byte(text: &str, byte: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|found| found == byte)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

#[cfg(test)]
mod tests {
    use crate::text::byte_scan::{
        count, first_of_others, first_of_two, first_place, holds, is_trimmed, last_place,
        place_ignoring_case, place_of, places, split_at_byte, trimmed,
    };
    use proptest::prelude::*;

    proptest! {
            #[test]
            fn what_is_found_is_what_a_walk_finds(text in "[ab\nçé]{0,80}") {
                let walked = |wanted: &[u8]| {
                    let bytes = text.bytes().enumerate();
                    let found = bytes.filter(|(_, byte)| wanted.contains(byte));
                    found.map(|(at, _)| at).collect::<Vec<_>>()
                };
                prop_assert_eq!(places(text.as_bytes(), b'a').collect::<Vec<_>>(), walked(b"a"));
                prop_assert_eq!(first_of_two(&text, b'b', b'\n'), walked(b"b\n").first().copied());
                prop_assert_eq!(first_place(&text, b'\n'), walked(b"\n").first().copied());
                prop_assert_eq!(count(text.as_bytes(), b'a'), walked(b"a").len());
                prop_assert_eq!(holds(&text, b'b'), !walked(b"b").is_empty());
    <<<<<<< HEAD
                prop_assert_eq!(last_place(&text, b'b'), walked(b"b").last().copied());
                let others = text.find(|found: char| found == 'b' || !found.is_ascii());
                prop_assert_eq!(first_of_others(&text, b'b'), others);
            }

            #[test]
            fn pieces_are_found_where_a_slow_look_finds_them(text in "[abABé]{0,60}", piece in "[ab]{0,3}") {
                prop_assert_eq!(place_of(&text, &piece), text.find(&piece));
                prop_assert_eq!(place_ignoring_case(&text, &piece), text.to_ascii_lowercase().find(&piece));
    =======
                prop_assert_eq!(split_at_byte(&text, b'b'), text.split_once('b'));
            }

            #[test]
            fn trimming_is_that_of_the_standard_library(text in "[ab \t\u{a0}\u{2003}é]{0,5}") {
                prop_assert_eq!(trimmed(&text), text.trim());
                prop_assert!(!is_trimmed(&text) || text.trim() == text);
    >>>>>>> main
            }
        }
}
