//! Stable marks of exact texts: the same on every machine and in every version of `ties`.
//!
//! Invariant: the numbers made here are written into files (block ids, the marks of `agenda.md`), so the
//! function must never change. It is SipHash 2-4 with a zero key, whose reference vectors are public.

use siphasher::sip::SipHasher24;
use siphasher::sip128::{Hasher128, SipHasher24 as SipHasher128};
use std::hash::Hasher;

/// A stable 64-bit hash of `parts`. Each part is followed by its length, so `["ab", "c"]` is not `["a", "bc"]`.
pub fn hash(parts: &[&str]) -> u64 {
    short(parts).unwrap_or_else(|| hash_of_any_length(parts))
}

fn hash_of_any_length(parts: &[&str]) -> u64 {
    let mut hasher = SipHasher24::new();
    for part in parts {
        hasher.write(part.as_bytes());
        hasher.write(&(part.len() as u64).to_le_bytes());
    }
    hasher.finish()
}

/// The hash of parts that are short together, as nearly all are: laid out in one piece it takes half the time.
fn short(parts: &[&str]) -> Option<u64> {
    let (mut bytes, mut end) = ([0; SHORT], 0);
    for part in parts {
        for piece in [part.as_bytes(), &(part.len() as u64).to_le_bytes()] {
            bytes.get_mut(end..end + piece.len())?.copy_from_slice(piece);
            end += piece.len();
        }
    }
    Some(SipHasher24::new().hash(bytes.get(..end)?))
}

const SHORT: usize = 160;

/// A stable 128-bit mark of exact bytes, as 32 hexadecimal digits.
pub fn content_mark(bytes: &[u8]) -> String {
    let mut hasher = SipHasher128::new();
    hasher.write(bytes);
    format!("{:032x}", hasher.finish128().as_u128())
}

/// The last `digits` base-36 digits (`0-9a-z`) of `number`, padded with zeros on the left.
pub fn base36(number: u64, digits: usize) -> String {
    let mut rest = number;
    let mut reversed = Vec::with_capacity(digits);
    for _ in 0..digits {
        let digit = u32::try_from(rest % 36).unwrap_or(0);
        reversed.push(char::from_digit(digit, 36).unwrap_or('0'));
        rest /= 36;
    }
    reversed.iter().rev().collect()
}

/// `number` as a fraction in (0, 1].
pub fn unit_interval(number: u64) -> f64 {
    // 53 bits fit a double exactly.
    ((number >> 11) as f64 + 1.0) / (1u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use crate::text::fingerprint::{
        SHORT, base36, content_mark, hash, hash_of_any_length, short, unit_interval,
    };

    #[test]
    fn marks_never_change() {
        assert_eq!(hash(&["people/ana-lima", "due"]), 0x319a_d9ec_133d_cca6);
        assert_eq!(content_mark(b""), "f4f2ced447ab02427de0a38047d74950");
    }

    #[test]
    fn short_parts_hash_like_parts_of_any_length() {
        for length in 0..SHORT + 20 {
            let text = "ã".repeat(length / 2) + &"b".repeat(length % 2);
            for parts in [vec![text.as_str()], vec!["", &text, "c"], vec![&text, "people/a"]] {
                let laid_out = parts.iter().map(|part| part.len() + 8).sum::<usize>() <= SHORT;
                let expected = laid_out.then(|| hash_of_any_length(&parts));
                assert_eq!(short(&parts), expected, "{parts:?}");
            }
        }
    }

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(hash(&["ab", "c"]), hash(&["a", "bc"]));
    }

    #[test]
    fn base36_keeps_the_last_digits() {
        assert_eq!(base36(0, 4), "0000");
        assert_eq!(base36(35, 2), "0z");
        assert_eq!(base36(36 * 36 * 36 + 1, 2), "01");
    }

    #[test]
    fn fractions_are_never_zero() {
        assert!(unit_interval(0) > 0.0);
        assert!((unit_interval(u64::MAX) - 1.0).abs() < f64::EPSILON);
    }
}
