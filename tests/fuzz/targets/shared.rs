//! What every target holds about places in a text.

use ties::text::diagnostic::Finding;
use ties::text::span::Span;

/// The place lies in the text and cuts no character.
pub fn check_span(text: &str, span: Span) {
    assert!(text.get(span.start..span.end).is_some(), "{span:?} is no place in {text:?}");
}

/// So do the places of findings; their words are there, and their fixes can be made.
pub fn check_findings(text: &str, findings: &[Finding]) {
    for finding in findings {
        check_span(text, finding.span);
        assert!(!finding.message.is_empty());
        if !finding.fix.is_empty() {
            assert!(ties::text::edit::apply(text, &finding.fix).is_ok(), "{finding:?}");
        }
    }
}

/// The first line of an input says what to do, the rest is the note.
pub fn instruction_and_note(input: &str) -> Option<(Vec<&str>, &str)> {
    let (first, note) = input.split_once('\n')?;
    Some((first.split('\t').collect(), note))
}

/// What was changed, as few bytes as say it: the place in `before`, and what stands there in `after`.
pub fn difference<'a>(before: &str, after: &'a str) -> (Span, &'a str) {
    let (old, new) = (before.as_bytes(), after.as_bytes());
    let most = old.len().min(new.len());
    let mut start = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    while !(before.is_char_boundary(start) && after.is_char_boundary(start)) {
        start -= 1;
    }
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    let mut tail = tail.min(most - start);
    while !(before.is_char_boundary(old.len() - tail) && after.is_char_boundary(new.len() - tail)) {
        tail -= 1;
    }
    (Span::new(start, old.len() - tail), &after[start..new.len() - tail])
}

/// Nothing before or after `span` has changed.
pub fn check_changed_within(before: &str, after: &str, span: Span) {
    let (head, tail) = (&before[..span.start], &before[span.end..]);
    assert!(after.len() >= head.len() + tail.len(), "more than {span:?} is gone");
    assert!(after.starts_with(head) && after.ends_with(tail), "more than {span:?} has changed");
}
