//! Keys as a terminal sends them: letters as UTF-8, the rest as control characters and escape sequences (ECMA-48, and
//! what xterm sends).

/// A key that means something to a picker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Key {
    Letter(char),
    Enter,
    Leave,
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
    EraseLetter,
    EraseWord,
    EraseAll,
}

/// Takes whole keys off the start of `bytes`; a part of a key stays. With `is_all`, nothing more is on its way, so a lone
/// escape is the key of that name. What means nothing is left out.
pub fn take_keys(bytes: &mut Vec<u8>, is_all: bool) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = bytes.as_slice();
    while let Some((first, after)) = rest.split_first() {
        let (key, left) = match first {
            0x1b => match escape(after, is_all) {
                Some(taken) => taken,
                None => break,
            },
            ..0x20 | 0x7f => (control(*first), after),
            _ => match letter(rest, is_all) {
                Some(taken) => taken,
                None => break,
            },
        };
        keys.extend(key);
        rest = left;
    }
    let taken = bytes.len() - rest.len();
    bytes.drain(..taken);
    keys
}

fn control(byte: u8) -> Option<Key> {
    match byte {
        b'\r' | b'\n' => Some(Key::Enter),
        // Ctrl-C, Ctrl-G, Ctrl-D.
        0x03 | 0x07 | 0x04 => Some(Key::Leave),
        // Ctrl-P, Ctrl-K and Ctrl-N.
        0x10 | 0x0b => Some(Key::Up),
        0x0e => Some(Key::Down),
        0x08 | 0x7f => Some(Key::EraseLetter),
        0x17 => Some(Key::EraseWord),
        0x15 => Some(Key::EraseAll),
        _ => None,
    }
}

type Taken<'a> = Option<(Option<Key>, &'a [u8])>;

/// What follows an escape; `None` where more must come.
fn escape(after: &[u8], is_all: bool) -> Taken<'_> {
    match after {
        [] if is_all => Some((Some(Key::Leave), after)),
        [] => None,
        [b'[' | b'O', sequence @ ..] => {
            let Some(end) = sequence.iter().position(|byte| (0x40..=0x7e).contains(byte)) else {
                return is_all.then_some((None, &[]));
            };
            let (sequence, rest) = sequence.split_at_checked(end + 1)?;
            Some((named(sequence), rest))
        }
        // Escape pressed twice, and a letter with Alt.
        [0x1b, ..] => Some((Some(Key::Leave), after)),
        [_, rest @ ..] => Some((None, rest)),
    }
}

fn named(sequence: &[u8]) -> Option<Key> {
    match sequence {
        [.., b'A'] => Some(Key::Up),
        [.., b'B'] => Some(Key::Down),
        [.., b'H'] | b"1~" | b"7~" => Some(Key::First),
        [.., b'F'] | b"4~" | b"8~" => Some(Key::Last),
        b"5~" => Some(Key::PageUp),
        b"6~" => Some(Key::PageDown),
        _ => None,
    }
}

fn letter(bytes: &[u8], is_all: bool) -> Taken<'_> {
    let length = match bytes.first()? {
        0xf0..=0xf7 => 4,
        0xe0..=0xef => 3,
        0xc0..=0xdf => 2,
        _ => 1,
    };
    let Some((whole, rest)) = bytes.split_at_checked(length) else {
        return is_all.then_some((None, &[]));
    };
    match std::str::from_utf8(whole).ok().and_then(|text| text.chars().next()) {
        Some(letter) => Some((Some(Key::Letter(letter)).filter(|_| !letter.is_control()), rest)),
        // No letter: the next byte may begin one.
        None => Some((None, bytes.get(1..)?)),
    }
}

#[cfg(test)]
mod tests {
    use crate::frontends::cli::picker::keys::{Key, take_keys};
    use proptest::prelude::*;

    fn check(bytes: &[u8], expected: &[Key]) {
        assert_eq!(take_keys(&mut bytes.to_vec(), true), expected, "{bytes:?}");
    }

    #[test]
    fn keys_are_read_as_terminals_send_them() {
        use Key::{Down, Enter, EraseLetter, First, Leave, Letter, PageDown, Up};
        check("aé王".as_bytes(), &[Letter('a'), Letter('é'), Letter('王')]);
        check(b"\x1b[A\x1bOB\x1b[1;5A\x0e\x10", &[Up, Down, Up, Down, Up]);
        check(b"\x1b[6~\x1b[H\x1b[3~\r", &[PageDown, First, Enter]);
        check(b"\x1b", &[Leave]);
        check(b"\x1b\x1b", &[Leave, Leave]);
        check(b"\x03\x7f\x1bx\xff", &[Leave, EraseLetter]);
    }

    #[test]
    fn half_a_key_waits_for_the_other_half() {
        let mut bytes = "a".as_bytes().to_vec();
        bytes.push(0xc3);
        assert_eq!(take_keys(&mut bytes, false), [Key::Letter('a')]);
        bytes.push(0xa9);
        assert_eq!(take_keys(&mut bytes, false), [Key::Letter('é')]);
        bytes.extend(b"\x1b[");
        assert_eq!(take_keys(&mut bytes, false), []);
        bytes.push(b'A');
        assert_eq!(take_keys(&mut bytes, false), [Key::Up]);
        assert!(bytes.is_empty());
    }

    proptest! {
        #[test]
        fn whatever_is_sent_is_read_to_its_end(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let mut left = bytes.clone();
            take_keys(&mut left, true);
            prop_assert!(left.is_empty(), "{bytes:?} {left:?}");
        }
    }
}
