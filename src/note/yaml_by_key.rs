//! The reader for front matter of which a key or two are more than the fast reader knows: maps, text over several lines.
//! Each key is read for itself, by the fast reader where it can, else by the two that must agree.
//!
//! It never guesses: a block that is not plainly one key after the other, or of which one key cannot be read, gives
//! `None`, and is read as a whole. What it does read, a whole reading reads in the same way, which a property test holds.

use crate::note::line::lines;
use crate::note::yaml::{Node, Pair, Style, Value};
use crate::note::yaml_fast::{KEY_LIMIT, holds_common_characters, key_length, read as read_fast};
use crate::note::yaml_read::read_map;
use crate::text::span::Span;

/// The pairs of the map in the part `content` of `text`, each key once; `None` where this reader is not sure.
pub fn read(text: &str, content: Span) -> Option<Vec<Pair>> {
    if !holds_common_characters(content.of(text).as_bytes()) {
        return None;
    }
    let mut pairs: Vec<Pair> = Vec::with_capacity(16);
    for part in parts(text, content)? {
        let read = read_fast(text, part).or_else(|| read_map(part.of(text), part.start).ok())?;
        let [pair] = <[Pair; 1]>::try_from(read).ok()?;
        let is_known = pairs.iter().any(|known| known.key == pair.key);
        if pairs.len() == KEY_LIMIT || is_known || ends_empty(&pair.value) {
            return None;
        }
        pairs.push(pair);
    }
    Some(pairs)
}

/// Whether the last text is a block without a line (`|`): where that ends depends on what follows.
fn ends_empty(node: &Node) -> bool {
    match &node.value {
        Value::Scalar(text, Style::Literal | Style::Folded) => text.trim().is_empty(),
        Value::List(items) => items.last().is_some_and(ends_empty),
        Value::Map(pairs) => pairs.last().is_some_and(|(_, value)| ends_empty(value)),
        Value::Scalar(..) | Value::Null => false,
    }
}

/// The lines of each key, one after the other: a key at the start of its line, then lines that are indented, items of a
/// list, comments and blank lines. `None` where any line is something else.
fn parts(text: &str, content: Span) -> Option<Vec<Span>> {
    let mut starts = Vec::new();
    for line in lines(text, content) {
        let bytes = line.content.of(text).as_bytes();
        match bytes {
            [] | [b'#', ..] => {}
            [b' ', ..] | [b'-'] | [b'-', b' ', ..] => {
                starts.last()?;
            }
            _ => {
                key_length(bytes)?;
                starts.push(line.content.start);
            }
        }
    }
    let ends = starts.iter().copied().skip(1).chain([content.end]);
    Some(starts.iter().zip(ends).map(|(start, end)| Span::new(*start, end)).collect())
}

#[cfg(test)]
mod tests {
    use crate::note::yaml_by_key::read;
    use crate::note::yaml_fast;
    use crate::note::yaml_read::read_map;
    use crate::text::span::Span;

    /// The block is read as the whole reading reads it, or left to that.
    fn check(text: &str, is_read: bool) {
        let content = Span::new(0, text.len());
        assert_eq!(yaml_fast::read(text, content), None, "{text}");
        let by_key = read(text, content);
        assert_eq!(by_key.is_some(), is_read, "{text}");
        assert!(by_key.is_none_or(|pairs| Ok(pairs) == read_map(text, 0)), "{text}");
    }

    #[test]
    fn a_key_or_two_may_be_more_than_a_line() {
        check("name: Ana\nrating: { kindness: 5 }\n# mine\ncircle: inner\n", true);
        check("name: Ana\nepitaph: >-\n  Some words\n  folded\n\ncircle: inner\n", true);
        check("name: Ana\ndogs:\n  - breed: spaniel\n    year: 2019\n", true);
        check("name: Ana\nhome:\n  street: a\n  town: b\ngroups: [x]\n", true);
    }

    #[test]
    fn what_is_not_plainly_one_key_after_the_other_is_read_as_a_whole() {
        check("name: Ana\nother: { a: 1 }\nname: Bo\n", false);
        check("name: &a Ana\nother: *a\n", false);
        check("note: |\n\nname: Ana\n", false);
        check("\"name\": Ana\nother: { a: 1 }\n", false);
        check("list: [a,\nb]\n", false);
        check("  name: Ana\nother: { a: 1 }\n", false);
    }
}
