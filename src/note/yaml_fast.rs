//! The fast reader: front matter as most people write it, line by line, without a parser.
//!
//! It knows one key per line, scalars on one line (plain, or quoted without escapes), flow lists of such on one line,
//! block lists of such, comments and blank lines. It never guesses: for anything else it gives `None`, and the full
//! readers are asked. What it does read, they read in the same way, which a property test holds.

use crate::note::yaml::{Node, Pair, Style, Value, is_null_word};
use crate::text::byte_scan::places;
use crate::text::span::Span;

/// The pairs of the map in the part `content` of `text`, each key once; `None` where there is anything that this
/// reader is not sure of. Places are in the coordinates of `text`.
pub fn read(text: &str, content: Span) -> Option<Vec<Pair>> {
    let source = text.get(..content.end)?;
    if !holds_common_characters(source.get(content.start..)?.as_bytes()) {
        return None;
    }
    let mut reader = Reader { source, pairs: Vec::with_capacity(16), list: List::Closed };
    // Every carriage return stands before a line feed.
    let ends = places(source.as_bytes().get(content.start..)?, b'\n').map(|at| content.start + at);
    let mut start = content.start;
    for end in ends.chain(std::iter::once(content.end)) {
        let text = Span::new(start, end).of(source);
        let length = text.strip_suffix('\r').unwrap_or(text).len();
        reader.line(Span::new(start, start + length))?;
        start = end + 1;
    }
    Some(reader.pairs)
}

/// More keys than anyone writes by hand would make looking for duplicates slow.
pub const KEY_LIMIT: usize = 64;

struct Reader<'a> {
    // The file up to the end of the front matter.
    source: &'a str,
    pairs: Vec<Pair>,
    list: List,
}

/// Whether a list item may come next.
enum List {
    /// The last key has a value on its line.
    Closed,
    /// The last key has nothing after its colon yet.
    Possible,
    /// The last key has a block list whose dashes stand at this column.
    Open(usize),
}

impl Reader<'_> {
    fn line(&mut self, line: Span) -> Option<()> {
        let bytes = self.bytes(line);
        let indent = bytes.iter().position(|byte| *byte != b' ').unwrap_or(bytes.len());
        match bytes.get(indent..)? {
            [] | [b'#', ..] => Some(()),
            [b'-'] | [b'-', b' ', ..] => {
                self.item(Span::new(line.start + indent, line.end), indent)
            }
            _ if indent == 0 => self.key(line),
            _ => None,
        }
    }

    fn key(&mut self, line: Span) -> Option<()> {
        let colon = line.start + key_length(self.bytes(line))?;
        let key_span = Span::new(line.start, colon);
        let key = key_span.of(self.source);
        if self.pairs.len() == KEY_LIMIT || self.pairs.iter().any(|pair| pair.key == key) {
            return None;
        }
        let place = self.trimmed(Span::new(colon + 1, line.end));
        let value = match self.bytes(place).first() {
            Some(b'[') => self.flow_list(place)?,
            _ => self.scalar(place, colon + 1)?,
        };
        let is_empty = value.span.is_empty();
        self.list = if is_empty { List::Possible } else { List::Closed };
        self.pairs.push(Pair { key: key.to_owned(), key_span, value });
        Some(())
    }

    /// A line of a block list; `line` begins at its dash.
    fn item(&mut self, line: Span, indent: usize) -> Option<()> {
        let place = self.trimmed(Span::new(line.start + 1, line.end));
        let item = match self.bytes(place).first() {
            Some(b'[') => return None,
            _ => self.scalar(place, line.start + 1)?,
        };
        let end = item.span.end;
        let list = &mut self.pairs.last_mut()?.value;
        match (&self.list, &mut list.value) {
            (List::Possible, _) => {
                *list = Node { value: Value::List(vec![item]), span: Span::new(line.start, end) };
                self.list = List::Open(indent);
            }
            (List::Open(column), Value::List(items)) if *column == indent => {
                items.push(item);
                list.span.end = end;
            }
            _ => return None,
        }
        Some(())
    }

    /// The scalar that fills `place` but for a comment; where there is none, nothing at `slot`.
    fn scalar(&self, place: Span, slot: usize) -> Option<Node> {
        let bytes = self.bytes(place);
        match bytes.first() {
            None | Some(b'#') => Some(Node { value: Value::Null, span: Span::at(slot) }),
            Some(quote @ (b'"' | b'\'')) => {
                let length = quoted_length(bytes, *quote)?;
                is_comment_or_nothing(bytes.get(length..)?)
                    .then(|| self.quoted(Span::new(place.start, place.start + length), *quote))
            }
            Some(_) => {
                let length = plain_length(bytes)?;
                Some(self.plain(Span::new(place.start, place.start + length)))
            }
        }
    }

    fn flow_list(&self, place: Span) -> Option<Node> {
        let bytes = self.bytes(place);
        let mut items = Vec::new();
        let mut at = 1 + blanks(bytes.get(1..)?);
        if bytes.get(at) != Some(&b']') {
            loop {
                let (item, length) = self.flow_item(Span::new(place.start + at, place.end))?;
                items.push(item);
                at += length;
                at += blanks(bytes.get(at..)?);
                match bytes.get(at)? {
                    b']' => break,
                    b',' => at += 1 + blanks(bytes.get(at + 1..)?),
                    _ => return None,
                }
            }
        }
        let span = Span::new(place.start, place.start + at + 1);
        is_comment_or_nothing(bytes.get(at + 1..)?)
            .then_some(Node { value: Value::List(items), span })
    }

    fn flow_item(&self, place: Span) -> Option<(Node, usize)> {
        let bytes = self.bytes(place);
        match bytes.first()? {
            quote @ (b'"' | b'\'') => {
                let length = quoted_length(bytes, *quote)?;
                Some((self.quoted(Span::new(place.start, place.start + length), *quote), length))
            }
            _ => {
                let length = flow_plain_length(bytes)?;
                Some((self.plain(Span::new(place.start, place.start + length)), length))
            }
        }
    }

    fn plain(&self, span: Span) -> Node {
        let text = span.of(self.source);
        let value = match is_null_word(text) {
            true => Value::Null,
            false => Value::Scalar(text.to_owned(), Style::Plain),
        };
        Node { value, span }
    }

    fn quoted(&self, span: Span, quote: u8) -> Node {
        let style = if quote == b'"' { Style::DoubleQuoted } else { Style::SingleQuoted };
        let inner = Span::new(span.start + 1, span.end - 1);
        Node { value: Value::Scalar(inner.of(self.source).to_owned(), style), span }
    }

    fn trimmed(&self, span: Span) -> Span {
        let bytes = self.bytes(span);
        let start = blanks(bytes);
        let trailing = bytes.iter().rev().take_while(|byte| **byte == b' ').count();
        Span::new(span.start + start, span.end - trailing.min(bytes.len() - start))
    }

    fn bytes(&self, span: Span) -> &[u8] {
        self.source.as_bytes().get(span.start..span.end).unwrap_or_default()
    }
}

/// Whether all characters are printable and mean nothing special to any reader: no tabs and other controls, no
/// lone `\r`, no separators that YAML 1.1 takes for line ends, no byte order mark.
pub fn holds_common_characters(bytes: &[u8]) -> bool {
    let plain = |byte: &u8| matches!(byte, b'\n' | b' '..=b'~');
    if bytes.iter().fold(true, |all, byte| all & plain(byte)) {
        return true;
    }
    // The first bytes of all the characters that may mean something.
    let letter = |byte: &u8| (*byte >= 0x80) & (*byte != 0xc2) & (*byte != 0xe2) & (*byte != 0xef);
    if bytes.iter().fold(true, |all, byte| all & (plain(byte) | letter(byte))) {
        return true;
    }
    bytes.iter().enumerate().all(|(at, byte)| {
        let next = |distance| bytes.get(at + distance).copied().unwrap_or(0);
        match byte {
            b'\r' => next(1) == b'\n',
            0xc2 => next(1) >= 0xa0,
            0xe2 => (next(1), next(2) & 0xfe) != (0x80, 0xa8),
            0xef => !matches!((next(1), next(2)), (0xbb, 0xbf) | (0xbf, 0xbe | 0xbf)),
            0x80.. => true,
            byte => plain(byte),
        }
    })
}

/// The length of the plain key that begins the line and is followed by `:` and a space or the end.
pub fn key_length(line: &[u8]) -> Option<usize> {
    let length = line.iter().position(|byte| !is_key_byte(*byte))?;
    let key = line.get(..length)?;
    let ends = matches!(line.get(length..)?, [b':'] | [b':', b' ', ..]);
    let usual = key
        .first()
        .is_some_and(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80 || *byte == b'_');
    (ends && usual && length <= 128 && key.last() != Some(&b' ')).then_some(length)
}

fn is_key_byte(byte: u8) -> bool {
    KEY_BYTES[usize::from(byte)]
}

/// For each byte whether it may stand in a plain key: looked up, for every byte of every key is asked for.
const KEY_BYTES: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0u8;
    loop {
        table[byte as usize] = byte.is_ascii_alphanumeric()
            || byte >= 0x80
            || matches!(byte, b'_' | b'-' | b'.' | b'/' | b' ');
        if byte == u8::MAX {
            break table;
        }
        byte += 1;
    }
};

/// The length of a quoted scalar with its quotes; `None` where it does not end or holds anything to unfold.
fn quoted_length(bytes: &[u8], quote: u8) -> Option<usize> {
    let special = |byte: &u8| *byte == quote || (*byte == b'\\' && quote == b'"');
    let end = 1 + bytes.get(1..)?.iter().position(special)?;
    (bytes.get(end) == Some(&quote) && bytes.get(end + 1) != Some(&quote)).then_some(end + 1)
}

/// The length of a plain scalar, up to a comment or the end, without the spaces at its end.
fn plain_length(bytes: &[u8]) -> Option<usize> {
    if !begins_plain(bytes) {
        return None;
    }
    if !bytes.iter().any(|byte| matches!(byte, b'#' | b':')) {
        return Some(bytes.len() - bytes.iter().rev().take_while(|byte| **byte == b' ').count());
    }
    let mut length = 0;
    let mut before = b' ';
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b' ' => {}
            b'#' if before == b' ' => break,
            b':' if matches!(bytes.get(at + 1), None | Some(b' ')) => return None,
            _ => length = at + 1,
        }
        before = *byte;
    }
    Some(length)
}

/// The same in a flow list, up to `,` or `]`.
fn flow_plain_length(bytes: &[u8]) -> Option<usize> {
    if !begins_plain(bytes) || bytes.first() == Some(&b'-') {
        return None;
    }
    let ends = |byte: &u8| {
        matches!(byte, b',' | b'[' | b']' | b'{' | b'}' | b':' | b'#' | b'"' | b'\'' | b'`')
    };
    let end = bytes.iter().position(ends)?;
    let blanks = bytes.get(..end)?.iter().rev().take_while(|byte| **byte == b' ').count();
    matches!(bytes.get(end)?, b',' | b']').then_some(end - blanks)
}

fn begins_plain(bytes: &[u8]) -> bool {
    match bytes {
        [b'-', next, ..] => {
            !matches!(next, b' ' | b'-') || matches!(bytes, [b'-', b'-', b'0'..=b'9', ..])
        }
        [first, ..] => {
            let sign = matches!(
                first,
                b'+' | b'_' | b'(' | b'/' | b'.' | b'~' | b'$' | b'<' | b'^' | b';'
            );
            first.is_ascii_alphanumeric() || *first >= 0x80 || sign
        }
        [] => false,
    }
}

fn is_comment_or_nothing(rest: &[u8]) -> bool {
    match rest.get(blanks(rest)) {
        None => true,
        Some(byte) => *byte == b'#' && rest.first() == Some(&b' '),
    }
}

fn blanks(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| **byte == b' ').count()
}
