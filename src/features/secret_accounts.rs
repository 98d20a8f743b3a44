//! Numbers of cards, accounts and people in a line, wherever they stand in it.
//!
//! Always true here: time is linear in the line, since from each group of digits only a few ways to go on are tried.

use crate::features::secret_numbers::{iban_length, is_card, is_iban, is_ssn};
use crate::text::diagnostic::Code;
use crate::text::span::Span;

/// Neither an account nor a card or a Social Security number has fewer digits; a date has eight, as most lines do.
pub const FEWEST_DIGITS: usize = 9;

/// What is looked at before a number to see whether it is a part of an address or a link, in bytes.
const NEAR: usize = 256;

/// A number that was found: where, as which finding, and in which words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// Where it stands in the line.
    pub span: Span,
    /// As what it is told.
    pub code: Code,
    /// What it is.
    pub what: &'static str,
}

/// The numbers in `line`, cards and people before accounts.
pub fn numbers(line: &str) -> Vec<Number> {
    let mut found = Vec::new();
    let groups = groups(line);
    let mut at = 0;
    while at < groups.len() {
        let length = 1 + groups.iter().skip(at + 1).take_while(|group| group.gap.is_some()).count();
        if let Some(chain) = groups.get(at..at + length) {
            of_chain(line, chain, &mut found);
        }
        at += length;
    }
    ibans(line, &mut found);
    found
}

/// Digits without anything between them, and the sign that joins them to the group before.
#[derive(Debug, Clone, Copy)]
struct Group {
    start: usize,
    end: usize,
    /// `None` where nothing joins them, or more than one sign stands between.
    gap: Option<Gap>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    Space,
    Dash,
}

fn groups(line: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut characters = line.char_indices().peekable();
    while let Some((start, character)) = characters.next() {
        if !character.is_ascii_digit() {
            continue;
        }
        let mut end = start + 1;
        while characters.next_if(|(_, next)| next.is_ascii_digit()).is_some() {
            end += 1;
        }
        let between = groups.last().and_then(|before| line.get(before.end..start));
        groups.push(Group { start, end, gap: between.and_then(gap_of) });
    }
    groups
}

/// What one sign between two groups is: spaces and dashes of any width.
fn gap_of(between: &str) -> Option<Gap> {
    match between {
        " " | "\u{a0}" | "\u{2007}" | "\u{2009}" | "\u{202f}" => Some(Gap::Space),
        "-" | "\u{2010}" | "\u{2011}" | "\u{2013}" => Some(Gap::Dash),
        _ => None,
    }
}

/// Cards and Social Security numbers in groups that are joined one by one. A phone number with the code of its country
/// has none.
fn of_chain(line: &str, chain: &[Group], found: &mut Vec<Number>) {
    let before = chain.first().and_then(|first| line.get(..first.start)).unwrap_or("");
    if before.trim_end().ends_with('+') {
        return;
    }
    let (mut chain, mut at) = (chain, 0);
    while at < chain.len() {
        let told = (1..=LONGEST_CHAIN).rev().find_map(|count| {
            let number = of_window(line, chain, at, count)?;
            Some((count, number))
        });
        let Some((count, number)) = told else {
            at += 1;
            continue;
        };
        found.push(number);
        // What follows a whole number begins anew.
        chain = chain.get(at + count..).unwrap_or_default();
        at = 0;
    }
}

/// A card of 19 digits is written in five groups.
const LONGEST_CHAIN: usize = 5;

/// The number that `count` groups from `at` are.
fn of_window(line: &str, chain: &[Group], at: usize, count: usize) -> Option<Number> {
    let window = chain.get(at..at + count)?;
    let (first, last) = (window.first()?, window.last()?);
    let (span, gap) = (Span::new(first.start, last.end), window.get(1).and_then(|next| next.gap));
    let is_even = window.iter().skip(1).all(|group| group.gap == gap);
    if !is_even || !(11..=40).contains(&span.len()) || !is_apart(line, chain, at, count) {
        return None;
    }
    let digits = span.of(line).chars().filter(char::is_ascii_digit).collect::<String>();
    let (code, what) = if is_grouped_as_card(window) && is_card(&digits) {
        (Code::CardNumber, "what looks like the number of a card")
    } else if gap == Some(Gap::Dash) && is_ssn(span.of(line)) {
        (Code::IdentityNumber, "what looks like a Social Security number")
    } else {
        return None;
    };
    (!is_linked(line, span.start)).then_some(Number { span, code, what })
}

fn is_grouped_as_card(window: &[Group]) -> bool {
    let lengths = window.iter().map(|group| group.end - group.start).collect::<Vec<_>>();
    match lengths.as_slice() {
        [_] | [4, 6, 5 | 4] => true,
        [first @ .., last] => first.iter().all(|length| *length == 4) && (1..=4).contains(last),
        [] => false,
    }
}

/// Whether the window is no part of a longer number or word. Beside it a date may stand, an expiry or a short code.
fn is_apart(line: &str, chain: &[Group], at: usize, count: usize) -> bool {
    let group = |index: Option<usize>| index.and_then(|index| chain.get(index));
    let (before, next) = (group(at.checked_sub(1)), group(Some(at + count)));
    let (Some(first), Some(last)) = (group(Some(at)), group(Some(at + count - 1))) else {
        return false;
    };
    let is_year = |group: &Group| line.get(group.start..group.start + 2).is_some_and(is_century);
    let longer_before = before.is_some_and(|before| {
        first.gap == Some(Gap::Dash) || before.end - before.start == 4 && !is_year(before)
    });
    let longer_after = next.is_some_and(|next| next.gap == Some(Gap::Dash));
    let left = line.get(..first.start).unwrap_or("");
    let right = line.get(last.end..).unwrap_or("");
    let held_before =
        left.ends_with(|sign: char| sign.is_alphanumeric() || "+/_.#-".contains(sign));
    let held_after = right.starts_with(|sign: char| sign.is_alphanumeric() || "/_".contains(sign));
    !(longer_before || longer_after || held_before || held_after)
}

fn is_century(digits: &str) -> bool {
    matches!(digits, "19" | "20")
}

/// Whether what stands at `start` belongs to a web address, a link or the name of a block.
fn is_linked(line: &str, start: usize) -> bool {
    let before = line.get(..start).unwrap_or("");
    let near = (start.saturating_sub(NEAR)..=start).find_map(|from| before.get(from..));
    let near = near.unwrap_or("");
    let word = near.rsplit(char::is_whitespace).next().unwrap_or("");
    let in_link =
        near.rfind("[[").is_some_and(|open| near.rfind("]]").is_none_or(|end| end < open));
    in_link || word.contains("://") || word.starts_with("www.") || word.ends_with('^')
}

fn ibans(line: &str, found: &mut Vec<Number>) {
    let bytes = line.as_bytes();
    let mut free_from = 0;
    for at in 0..bytes.len().saturating_sub(14) {
        let Some([one, two, three, four, ..]) = bytes.get(at..) else { break };
        let begins = one.is_ascii_alphabetic()
            && two.is_ascii_alphabetic()
            && three.is_ascii_digit()
            && four.is_ascii_digit();
        if !begins || at < free_from || held_at(bytes, at) {
            continue;
        }
        let length = line.get(at..at + 2).and_then(iban_length);
        let end = length.and_then(|length| iban_end(line, at, length));
        if let Some(end) = end.filter(|_| !is_linked(line, at)) {
            free_from = end;
            let (span, what) = (Span::new(at, end), "the number of a bank account");
            found.push(Number { span, code: Code::AccountNumber, what });
        }
    }
}

/// Whether a letter or a digit stands right before.
fn held_at(bytes: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| bytes.get(before));
    before.is_some_and(u8::is_ascii_alphanumeric)
}

fn iban_end(line: &str, at: usize, length: usize) -> Option<usize> {
    let mut compact = String::with_capacity(length);
    for (offset, sign) in line.get(at..)?.char_indices().take(length * 2) {
        match sign {
            sign if sign.is_ascii_alphanumeric() => compact.push(sign.to_ascii_uppercase()),
            sign if gap_of(sign.encode_utf8(&mut [0; 4])).is_some() => {}
            _ => return None,
        }
        if compact.len() == length {
            let end = at + offset + 1;
            let ended = !line.get(end..)?.starts_with(|next: char| next.is_alphanumeric());
            return (ended && is_iban(&compact)).then_some(end);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::features::secret_accounts::numbers;

    fn check(line: &str, expected: &[&str]) {
        let found = numbers(line);
        let found = found.iter().map(|number| number.span.of(line)).collect::<Vec<_>>();
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn a_number_is_seen_beside_others() {
        for line in [
            "4111 1111 1111 1111 12/27",
            "4111 1111 1111 1111 12/27 123",
            "4111 1111 1111 1111 1227 123",
            "- 2026-11-20 4111 1111 1111 1111",
            "on 20 11 2026 4111 1111 1111 1111",
            "card=4111 1111 1111 1111",
        ] {
            check(line, &["4111 1111 1111 1111"]);
        }
        check("Visa 4111111111111111 123", &["4111111111111111"]);
        check("visa=4111111111111111", &["4111111111111111"]);
        check("2026-11-20 123-45-6789", &["123-45-6789"]);
        let narrow = "4111\u{a0}1111\u{a0}1111\u{a0}1111";
        check(narrow, &[narrow]);
        check("IBAN de89 3704 0044 0532 0130 00", &["de89 3704 0044 0532 0130 00"]);
        check("5500 0000 0000 0004 378282246310005", &["5500 0000 0000 0004", "378282246310005"]);
    }

    #[test]
    fn parts_of_something_longer_are_none() {
        for line in [
            "1234 4111 1111 1111 1111",
            "4111-1111-1111-1111-2",
            "12-4111-1111-1111-1111",
            "+1 123-45-6789",
            "123-45-6789-1",
            "4111 1111-1111 1111",
            "[[4111111111111111]]",
            "[[card 4111111111111111|hers]]",
            "a line ^4111111111111111",
            "https://x.org?id=4111111111111111",
            "https://x.org/?i=DE89370400440532013000",
            "4111  1111 1111 1111",
        ] {
            check(line, &[]);
        }
    }
}
