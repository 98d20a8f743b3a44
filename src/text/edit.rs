//! Edits: small replacements in one text. Nothing outside their ranges ever changes.

use crate::text::span::Span;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Replace the bytes of `span` by `text`. An empty span is an insertion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

impl Edit {
    /// Replace `span` by `text`.
    pub fn replace(span: Span, text: impl Into<String>) -> Edit {
        Edit { span, text: text.into() }
    }

    /// Insert `text` at `offset`.
    pub fn insert(offset: usize, text: impl Into<String>) -> Edit {
        Edit::replace(Span::at(offset), text)
    }

    /// Delete `span`.
    pub fn delete(span: Span) -> Edit {
        Edit::replace(span, "")
    }
}

/// Why edits cannot be applied to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditError {
    /// Two edits touch the same bytes.
    Overlap,
    /// An edit lies outside the text or cuts a character.
    OutOfBounds,
}

impl fmt::Display for EditError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            EditError::Overlap => "two edits touch the same bytes",
            EditError::OutOfBounds => "an edit lies outside the text",
        })
    }
}

impl std::error::Error for EditError {}

/// `text` after `edits`, which may come in any order; insertions at one place keep theirs.
pub fn apply(text: &str, edits: &[Edit]) -> Result<String, EditError> {
    let mut sorted = edits.iter().collect::<Vec<_>>();
    sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let added: usize = edits.iter().map(|edit| edit.text.len()).sum();
    let mut result = String::with_capacity(text.len() + added);
    let mut copied = 0;
    for edit in sorted {
        if edit.span.start < copied {
            return Err(EditError::Overlap);
        }
        result.push_str(text.get(copied..edit.span.start).ok_or(EditError::OutOfBounds)?);
        result.push_str(&edit.text);
        // A span must lie on character boundaries at both ends.
        text.get(edit.span.start..edit.span.end).ok_or(EditError::OutOfBounds)?;
        copied = edit.span.end;
    }
    result.push_str(text.get(copied..).ok_or(EditError::OutOfBounds)?);
    Ok(result)
}

#[cfg(test)]
mod tests {
    use crate::text::edit::{Edit, EditError, apply};
    use crate::text::span::Span;
    use proptest::prelude::*;

    #[test]
    fn edits_apply_in_any_order() {
        let edits = [Edit::insert(3, "!"), Edit::delete(Span::new(0, 1)), Edit::insert(3, "?")];
        assert_eq!(apply("abc", &edits).unwrap(), "bc!?");
    }

    #[test]
    fn overlapping_and_outlying_edits_are_refused() {
        let both = [Edit::delete(Span::new(0, 2)), Edit::delete(Span::new(1, 3))];
        assert_eq!(apply("abc", &both), Err(EditError::Overlap));
        assert_eq!(apply("é", &[Edit::insert(1, "x")]), Err(EditError::OutOfBounds));
        assert_eq!(apply("abc", &[Edit::delete(Span::new(2, 9))]), Err(EditError::OutOfBounds));
    }

    proptest! {
        #[test]
        fn no_byte_outside_the_range_changes(text in "\\PC{0,30}", from in 0usize..30, to in 0usize..30, new in "\\PC{0,5}") {
            let boundaries = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect::<Vec<_>>();
            let (from, to) = (from.min(to) % boundaries.len(), from.max(to) % boundaries.len());
            let span = Span::new(boundaries[from.min(to)], boundaries[from.max(to)]);
            let result = apply(&text, &[Edit::replace(span, new.clone())]).unwrap();
            prop_assert!(result.starts_with(&text[..span.start]));
            prop_assert!(result.ends_with(&text[span.end..]));
            prop_assert_eq!(result.len(), text.len() - span.len() + new.len());
        }
    }
}
