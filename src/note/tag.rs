//! Marks in running text that Markdown does not know: `#tag` and `^block` ids.
//!
//! Where a mark may stand (not in code, comments, links) is decided by the caller, mark by mark.

use crate::text::byte_scan::places;
use crate::text::span::Span;

/// The `#tag`s whose `#` is `allowed`, without the `#`, with the span of the whole mark. As in Obsidian a tag stands
/// after white space or at the start, has letters and digits of any script, `_`, `-`, `/` and symbols (emoji), and
/// is not made of digits alone.
pub fn tags(body: &str, allowed: impl Fn(usize) -> bool) -> Vec<(String, Span)> {
    marks(body, b'#', is_in_tag)
        .filter(|(name, _)| name.contains(|character: char| !character.is_ascii_digit()))
        .filter(|(_, span)| allowed(span.start))
        .map(|(name, span)| (name.to_owned(), span))
        .collect()
}

/// The `^block` ids at the ends of lines whose `^` is `allowed`, without the `^`, with the span of the whole mark.
/// An id is made of ASCII letters, digits and `-`.
pub fn blocks(body: &str, allowed: impl Fn(usize) -> bool) -> Vec<(String, Span)> {
    marks(body, b'^', is_in_block_id)
        .filter(|(_, span)| ends_line(body, span.end) && allowed(span.start))
        .map(|(name, span)| (name.to_owned(), span))
        .collect()
}

/// The block id at the end of one line: the span from its `^` to its end, where there is one after white space.
pub fn block_at_end(line: &str) -> Option<Span> {
    let trimmed = line.trim_end();
    let name_start = trimmed.trim_end_matches(is_in_block_id).len();
    let before = trimmed.get(..name_start)?.strip_suffix('^')?;
    let stands_free = before.is_empty() || before.ends_with(char::is_whitespace);
    (name_start < trimmed.len() && stands_free).then(|| Span::new(before.len(), trimmed.len()))
}

fn marks(body: &str, mark: u8, is_in_name: fn(char) -> bool) -> impl Iterator<Item = (&str, Span)> {
    places(body.as_bytes(), mark).filter_map(move |at| {
        let after = body.get(at + 1..)?;
        let length = after.find(|character| !is_in_name(character)).unwrap_or(after.len());
        let name = after.get(..length).filter(|name| !name.is_empty())?;
        let stands_free = at == 0 || body.get(..at)?.ends_with(char::is_whitespace);
        stands_free.then(|| (name, Span::new(at, at + 1 + length)))
    })
}

fn ends_line(body: &str, offset: usize) -> bool {
    let rest = body.get(offset..).unwrap_or("").trim_start_matches([' ', '\t']);
    rest.is_empty() || rest.starts_with(['\n', '\r'])
}

/// The characters that Obsidian allows in a tag: everything but white space and certain marks of punctuation, which
/// in ASCII leaves letters, digits and three marks.
fn is_in_tag(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '/');
    }
    !(character.is_whitespace()
        || matches!(character, '\u{2000}'..='\u{206f}' | '\u{2e00}'..='\u{2e7f}'))
}

fn is_in_block_id(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '-'
}

#[cfg(test)]
mod tests {
    use crate::note::tag::{block_at_end, blocks, tags};

    fn check(body: &str, expected: &[&str]) {
        let found = tags(body, |_| true);
        assert_eq!(
            found.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
            expected,
            "{body}"
        );
        assert!(found.iter().all(|(name, span)| span.of(body) == format!("#{name}")));
    }

    #[test]
    fn tags_are_those_of_obsidian() {
        check("#a b #c/d-e_f", &["a", "c/d-e_f"]);
        check("#1984 #y1984 #1a", &["y1984", "1a"]);
        check("x#a (#b) #", &[]);
        check("#über, #日本。 #🎉", &["über", "日本。", "🎉"]);
        check("# Heading\n## Next\n#tag.", &["tag"]);
        check("##a #b#c", &["b"]);
    }

    #[test]
    fn block_ids_end_their_line() {
        let body = "a ^b1\nb ^b2 c\n^b-3  \r\nx^4 ^é ^";
        let found = blocks(body, |_| true);
        assert_eq!(found.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["b1", "b-3"]);
    }

    #[test]
    fn the_block_id_of_one_line_is_found_from_its_end() {
        assert_eq!(block_at_end("a ^b1 ").map(|span| span.of("a ^b1 ")), Some("^b1"));
        assert_eq!(block_at_end("^b").map(|span| span.start), Some(0));
        for none in ["a^b", "a ^", "a", "", "a ^b c", "a ^é"] {
            assert_eq!(block_at_end(none), None, "{none}");
        }
    }
}
