//! Where a key of the front matter stands on its line, and why it may not be changed.

use crate::note::change::Refusal;
use crate::note::front_matter::Entry;
use crate::note::line::line_at;
use crate::note::yaml_tree::comments;
use crate::text::span::Span;

/// A key that stands alone on its line, as nearly all do.
#[derive(Debug, Clone, Copy)]
pub struct Key<'e, 't> {
    /// The key with its value.
    pub entry: &'e Entry,
    /// The spaces before it.
    pub indent: &'t str,
    /// The place right after its colon.
    pub after_colon: usize,
}

impl<'e, 't> Key<'e, 't> {
    /// The key of `entry` in `text`; refused for explicit keys (`? key`) and for keys between braces.
    pub fn find(text: &'t str, entry: &'e Entry) -> Result<Key<'e, 't>, Refusal> {
        let indent = Span::new(entry.span.start, entry.key_span.start).of(text);
        let rest = text.get(entry.key_span.end..).unwrap_or("");
        let colon = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let is_usual = indent.bytes().all(|byte| byte == b' ')
            && rest.get(colon..).is_some_and(|rest| rest.starts_with(':'));
        match is_usual {
            true => Ok(Key { entry, indent, after_colon: entry.key_span.end + colon + 1 }),
            false => {
                Err(refusal(format!("`{}` is not written as `key: value`", entry.key), BY_HAND))
            }
        }
    }
}

/// The comments of `entry`, beside its value and inside of it, as lines of their own: what stays when the key goes.
/// Somebody wrote them, and only they know whether they are about that value alone.
pub fn comment_lines(text: &str, entry: &Entry) -> String {
    let lines = entry.span.of(text);
    if !lines.contains('#') {
        return String::new();
    }
    let indent = Span::new(entry.span.start, entry.key_span.start).of(text);
    let mut kept = String::new();
    for comment in comments(lines).unwrap_or_default() {
        let start = entry.span.start + comment.start;
        let line = line_at(text, start);
        let ending = Span::new(line.content.end, line.span.end).of(text);
        kept.extend([indent, Span::new(start, line.content.end).of(text), ending]);
    }
    kept
}

/// What a person can always do.
pub const BY_HAND: &str = "change it in your editor";

/// The refusal of a note whose front matter has no end.
pub fn unclosed() -> Refusal {
    refusal("the front matter is never closed", "end it with a line `---`")
}

/// A refusal with a hint.
pub fn refusal(reason: impl Into<String>, hint: &str) -> Refusal {
    Refusal { reason: reason.into(), hint: Some(hint.to_owned()) }
}
