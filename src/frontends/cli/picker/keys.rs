//! Keys as a terminal sends them: letters as UTF-8, the rest as control characters and escape sequences (ECMA-48, and
//! what xterm sends).

/// A key that means something to a picker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Key {
    Letter(char),
    /// A letter of what was pasted, which is text and never a command; a line break in it is a space.
    Pasted(char),
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

/// What stands before and behind what is pasted.
const PASTE: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// Takes whole keys off the start of `bytes`; a part of a key stays, and while something is being pasted the mark at its
/// start. With `is_all`, nothing more is on its way, so a lone escape is the key of that name. What means nothing is left
/// out.
pub fn take_keys(bytes: &mut Vec<u8>, is_all: bool) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = bytes.as_slice();
    let mut is_pasting = false;
    while !rest.is_empty() {
        let mark = if is_pasting { PASTE_END } else { PASTE };
        if let Some(after) = rest.strip_prefix(mark) {
            (is_pasting, rest) = (!is_pasting, after);
            continue;
        }
        // The end of what is pasted may come in two pieces, however late.
        if is_pasting && PASTE_END.starts_with(rest) {
            break;
        }
        let Some((key, left)) = next_key(rest, is_all) else { break };
        keys.extend(if is_pasting { key.and_then(pasted) } else { key });
        rest = left;
    }
    let open = if is_pasting { PASTE } else { b"" };
    *bytes = [open, rest].concat();
    keys
}

/// The first key of `bytes`, which are not empty; `None` where more must come.
fn next_key(bytes: &[u8], is_all: bool) -> Taken<'_> {
    let (first, after) = bytes.split_first()?;
    match first {
        0x1b => escape(after, is_all),
        ..0x20 | 0x7f => Some((control(*first), after)),
        _ => letter(bytes, is_all),
    }
}

/// What a key means in what is pasted. A wish to leave stays one, for a terminal that never says that a paste is over.
fn pasted(key: Key) -> Option<Key> {
    match key {
        Key::Letter(letter) => Some(Key::Pasted(letter)),
        Key::Enter => Some(Key::Pasted(' ')),
        Key::Leave => Some(Key::Leave),
        _ => None,
    }
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

    #[test]
    fn what_is_pasted_is_text_and_no_key() {
        use Key::{Enter, Leave, Letter, Pasted};
        check(
            b"t\x1b[200~y\rq\x1b[201~\r",
            &[Letter('t'), Pasted('y'), Pasted(' '), Pasted('q'), Enter],
        );
        check(b"\x1b[200~\x1b[Aq\x1b[201~q", &[Pasted('q'), Letter('q')]);
        // Piece by piece, the end of it too; and where the end never comes Ctrl-C is heard.
        let mut bytes = Vec::new();
        let mut take = |piece: &[u8], is_all| {
            bytes.extend(piece);
            take_keys(&mut bytes, is_all)
        };
        assert_eq!(take(b"\x1b[200~y", false), [Pasted('y')]);
        assert_eq!(take(b"", true), []);
        assert_eq!(take("é\x1b[2".as_bytes(), true), [Pasted('é')]);
        assert_eq!(take(b"01~y", true), [Letter('y')]);
        assert_eq!(take(b"\x1b[200~y\x03y", true), [Pasted('y'), Leave, Pasted('y')]);
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
