//! Lines that look like a key of a map, `key: value`, whether or not YAML can read them.

use crate::text::span::Span;

/// What a line that looks like `key: value` holds; places count from the start of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyLine {
    /// The key without quotes.
    pub key: String,
    /// The key with its quotes.
    pub key_span: Span,
    /// What stands after the colon, without blanks around it; it may be empty and may hold a comment.
    pub rest: Span,
}

/// `line` (without its end) as a key with what follows; `None` for an indented line, a comment, a list item, and
/// whatever has no colon with a blank or the end after it.
pub fn key_line(line: &str) -> Option<KeyLine> {
    if line.starts_with([' ', '\t', '#', ':', '[', ']', '{', '}', ',']) || is_marked(line) {
        return None;
    }
    let (key, length) = match line.chars().next()? {
        quote @ ('"' | '\'') => quoted_key(line, quote)?,
        _ => plain_key(line)?,
    };
    let colon = length + line.get(length..)?.find(|sign| !matches!(sign, ' ' | '\t'))?;
    let rest = line.get(colon..)?.strip_prefix(':')?;
    if !rest.is_empty() && !rest.starts_with([' ', '\t']) {
        return None;
    }
    let trimmed = rest.trim_matches([' ', '\t']);
    let start = line.len() - rest.trim_start_matches([' ', '\t']).len();
    Some(KeyLine {
        key: key.to_owned(),
        key_span: Span::new(0, length),
        rest: Span::new(start, start + trimmed.len()),
    })
}

/// Whether the line begins with the sign of a list item or of an explicit key.
fn is_marked(line: &str) -> bool {
    let rest = line.strip_prefix(['-', '?']);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

fn quoted_key(line: &str, quote: char) -> Option<(&str, usize)> {
    let inner = line.strip_prefix(quote)?;
    let end = inner.find(quote)?;
    Some((inner.get(..end)?, end + 2))
}

fn plain_key(line: &str) -> Option<(&str, usize)> {
    let colon = line.char_indices().find(|(at, sign)| {
        let next = line.as_bytes().get(at + 1);
        *sign == ':' && matches!(next, None | Some(b' ' | b'\t'))
    });
    let key = line.get(..colon?.0)?.trim_end_matches([' ', '\t']);
    (!key.is_empty() && !key.contains(" #")).then_some((key, key.len()))
}

#[cfg(test)]
mod tests {
    use crate::note::key_line::key_line;

    fn check_key_line(line: &str, wanted: Option<(&str, &str, &str)>) {
        let found = key_line(line);
        let found = found
            .as_ref()
            .map(|found| (found.key.as_str(), found.key_span.of(line), found.rest.of(line)));
        assert_eq!(found, wanted, "{line:?}");
    }

    #[test]
    fn a_key_ends_at_a_colon_with_a_blank_or_the_end_after_it() {
        check_key_line("name: Ana", Some(("name", "name", "Ana")));
        check_key_line("Last Spoke : b: c ", Some(("Last Spoke", "Last Spoke", "b: c")));
        check_key_line("a:b:\t", Some(("a:b", "a:b", "")));
        check_key_line("\"a: b\" : 'c'", Some(("a: b", "\"a: b\"", "'c'")));
        for line in
            ["", " a: b", "- a: b", "? a", "# a: b", "a", "a:b", "]: x", ": x", "a #: b", "\"a: b"]
        {
            check_key_line(line, None);
        }
    }
}
