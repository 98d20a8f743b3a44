//! Mending what can be mended without any change of meaning.

use crate::text::diagnostic::{Code, Finding};
use crate::text::edit::{Edit, apply};

/// The text of a note with the safe fixes of its findings, and how many findings they answer; `None` where there is
/// nothing to mend, or where the note may not be edited (it holds conflict markers, or is not text throughout). Of
/// fixes that touch the same bytes the first one is made.
pub fn mended<'a>(
    text: &str,
    findings: impl Iterator<Item = &'a Finding> + Clone,
) -> Option<(String, usize)> {
    let untouchable =
        |finding: &Finding| matches!(finding.code, Code::ConflictMarkers | Code::NotUtf8);
    if findings.clone().any(untouchable) {
        return None;
    }
    let mut edits: Vec<Edit> = Vec::new();
    let mut answered = 0;
    for finding in findings.filter(|finding| !finding.fix.is_empty()) {
        if finding.fix.iter().any(|edit| edits.iter().any(|other| touch(edit, other))) {
            continue;
        }
        edits.extend(finding.fix.iter().cloned());
        answered += 1;
    }
    let mended = apply(text, &edits).ok().filter(|mended| mended != text)?;
    Some((mended, answered))
}

fn touch(one: &Edit, other: &Edit) -> bool {
    one.span.start <= other.span.end && other.span.start <= one.span.end
}

#[cfg(test)]
mod tests {
    use crate::features::fixes::mended;
    use crate::text::diagnostic::{Code, Finding};
    use crate::text::edit::Edit;
    use crate::text::span::Span;

    fn fix(from: usize, to: usize, text: &str) -> Finding {
        let span = Span::new(from, to);
        Finding::new(Code::UnquotedLink, span, "x").fix(Edit::replace(span, text))
    }

    #[test]
    fn safe_fixes_are_made_and_overlapping_ones_wait() {
        let findings = [
            fix(0, 1, "A"),
            fix(0, 2, "Z"),
            fix(3, 4, "D"),
            Finding::new(Code::BadDate, Span::at(1), "x"),
        ];
        assert_eq!(mended("abcd", findings.iter()), Some(("AbcD".to_owned(), 2)));
        assert_eq!(mended("abcd", findings[3..].iter()), None);
    }

    #[test]
    fn a_note_with_conflict_markers_is_never_edited() {
        let findings = [fix(0, 1, "A"), Finding::new(Code::ConflictMarkers, Span::at(2), "x")];
        assert_eq!(mended("abcd", findings.iter()), None);
    }
}
