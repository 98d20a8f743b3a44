//! What one line of Markdown is beyond doubt, for the fast reader: whatever could be something else is none of these.

use crate::note::link::Target;
use crate::text::byte_scan::{first_place, holds};

/// The level of a heading: one to six `#` and a space.
pub fn heading_level(line: &str) -> Option<u8> {
    let level = line.bytes().take(7).take_while(|byte| *byte == b'#').count();
    let spaced = line.as_bytes().get(level) == Some(&b' ');
    u8::try_from(level).ok().filter(|level| spaced && (1..=6).contains(level))
}

/// Whether a line is text: it begins no block, underlines no heading, divides no table.
pub fn begins_text(line: &str) -> bool {
    let bytes = line.as_bytes();
    match bytes {
        [b'0'..=b'9', ..] => {
            let digits = bytes.iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
            !matches!(bytes.get(digits), Some(b'.' | b')'))
        }
        [b'*' | b'_', next, ..] => *next != b' ' && bytes.iter().any(u8::is_ascii_alphanumeric),
        [b'[', next, ..] => *next == b'[' || line.contains("]("),
        [b'#', ..] => heading_level(line).is_none() && bytes.iter().any(|byte| *byte != b'#'),
        [b' ' | b'-' | b'+' | b'=' | b'>' | b'|' | b':' | b'~' | b'*' | b'_', ..] | [] => false,
        _ => true,
    }
}

/// The status of the task box with which the text of an item begins.
pub fn task_box(text: &str) -> Option<char> {
    let inner = text.strip_prefix('[')?;
    let status = inner.chars().next().filter(|status| !matches!(status, '[' | ']' | '^'))?;
    inner.get(status.len_utf8()..)?.starts_with("] ").then_some(status)
}

/// How many backticks open a fence; what follows them names the language.
pub fn fence_length(line: &str) -> Option<usize> {
    let info = line.trim_start_matches('`');
    let length = line.len() - info.len();
    (length >= 3 && !holds(info, b'`')).then_some(length)
}

/// How many cells a row of a table has that begins and ends with a bar and holds no link.
pub fn cells(row: &str) -> Option<usize> {
    let inner = within_bars(row)?;
    (!holds(inner, b'[')).then(|| inner.split('|').count())
}

fn within_bars(row: &str) -> Option<&str> {
    row.trim_end_matches(' ').strip_prefix('|')?.strip_suffix('|')
}

/// Whether a row is the one below the head of a table.
pub fn divides_table(row: &str) -> bool {
    let is_rule = |cell: &str| {
        let rule = cell.trim_matches(' ');
        let rule = rule.strip_prefix(':').unwrap_or(rule);
        let rule = rule.strip_suffix(':').unwrap_or(rule);
        !rule.is_empty() && rule.bytes().all(|byte| byte == b'-')
    };
    within_bars(row).is_some_and(|inner| inner.split('|').all(is_rule))
}

/// The length of a wikilink after its two brackets, and its target.
pub fn wikilink(inner: &str) -> Option<(usize, Target)> {
    let end = first_place(inner, b']')?;
    let name = inner.get(..end).filter(|name| !holds(name, b'['))?;
    let after = inner.get(end..)?.strip_prefix("]]")?;
    let target = Target::parse(name);
    let plain = !after.starts_with(['[', '(', ']']) && !name.starts_with('|');
    (plain && !target.note.is_empty()).then_some((end + 2, target))
}

/// The length of a Markdown link after its first bracket, and its target where that can be a note.
pub fn markdown_link(inner: &str) -> Option<(usize, Option<Target>)> {
    let end = first_place(inner, b']')?;
    let text = inner.get(..end)?;
    let place = inner.get(end..)?.strip_prefix("](")?;
    let length = first_place(place, b')')?;
    let destination = place.get(..length)?;
    let marked = text.bytes().any(|byte| matches!(byte, b'[' | b'!' | b'*' | b'_' | b'~' | b'^'));
    let special = |byte: u8| matches!(byte, b'(' | b')' | b'"' | b'\'');
    let graphic = |byte: u8| (byte.is_ascii_graphic() && !special(byte)) || byte >= 0x80;
    let plain = !text.is_empty() && text.trim() == text && !marked && !destination.is_empty();
    if !plain || !destination.bytes().all(graphic) {
        return None;
    }
    let target = Target::from_destination(destination);
    let target = target.map(|target| Target { display: Some(text.to_owned()), ..target });
    Some((end + 2 + length + 1, target))
}

/// What is shown of a link that one of the two above has read.
pub fn shown(link: &str) -> &str {
    match link.strip_prefix("[[").and_then(|inner| inner.strip_suffix("]]")) {
        Some(inner) => inner.split_once('|').map_or(inner, |(_, shown)| shown),
        None => link.split_once(']').map_or("", |(text, _)| text.get(1..).unwrap_or("")),
    }
}
