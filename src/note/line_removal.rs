//! Taking lines out of a note: exactly those, with their line ends.

use crate::note::layout::{line_end, next_line};
use crate::text::edit::Edit;
use crate::text::span::Span;

/// Lines that stand together; the parts of [`crate::note::change::Wish::RemoveLines`].
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// The lines without line ends.
    pub lines: &'a [String],
    /// Which of several equal runs, from 0; runs do not overlap.
    pub ordinal: usize,
}

/// The edit that takes the run out of the body; `None` where it is not there, or says nothing.
///
/// Lines at the end of a text without a last line end take the line end before them along: what has none still has
/// none.
pub fn edit(text: &str, body_start: usize, run: Run<'_>) -> Option<Edit> {
    let first = run.lines.first()?;
    if first.trim().is_empty() || run.lines.iter().any(|line| line.contains(['\n', '\r'])) {
        return None;
    }
    let mut start = body_start;
    let mut before = 0;
    while start < text.len() {
        match end_of(text, start, run.lines) {
            Some(end) if before == run.ordinal => {
                return Some(removal(text, body_start, start, end));
            }
            Some(end) => {
                before += 1;
                start = end;
            }
            None => start = next_line(text, start),
        }
    }
    None
}

/// Which of several equal runs the one that starts at `start` is; `None` where none starts there.
pub fn ordinal(text: &str, body_start: usize, lines: &[String], start: usize) -> Option<usize> {
    let mut at = body_start;
    let mut before = 0;
    while at <= start && at < text.len() {
        match end_of(text, at, lines) {
            Some(_) if at == start => return Some(before),
            Some(end) => {
                before += 1;
                at = end;
            }
            None => at = next_line(text, at),
        }
    }
    None
}

/// Where the run ends that starts at `start`, its last line end included.
fn end_of(text: &str, start: usize, lines: &[String]) -> Option<usize> {
    let mut at = start;
    for (number, line) in lines.iter().enumerate() {
        let is_there = number == 0 || at < text.len();
        let span = Span::new(at, line_end(text, at));
        if !is_there || span.of(text) != line {
            return None;
        }
        at = next_line(text, at);
    }
    Some(at)
}

fn removal(text: &str, body_start: usize, start: usize, end: usize) -> Edit {
    let ends_line = text.get(..end).is_some_and(|lines| lines.ends_with(['\n', '\r']));
    let before = text.get(..start).unwrap_or("");
    let start = match ends_line {
        true => start,
        false => {
            let before = before.strip_suffix('\n').unwrap_or(before);
            before.strip_suffix('\r').unwrap_or(before).len().max(body_start)
        }
    };
    Edit::replace(Span::new(start, end), "")
}

#[cfg(test)]
mod tests {
    use crate::note::change::Wish;
    use crate::note::rewrite::rewrite;
    use proptest::prelude::*;

    fn removed(text: &str, lines: &[&str], ordinal: usize) -> Result<String, String> {
        let lines = lines.iter().map(|line| (*line).to_owned()).collect();
        let wish = Wish::RemoveLines { lines, ordinal };
        rewrite(text, &[wish]).map_err(|refusal| refusal.reason)
    }

    fn check(text: &str, lines: &[&str], ordinal: usize, expected: &str) {
        assert_eq!(removed(text, lines, ordinal).as_deref(), Ok(expected), "{text:?}");
    }

    #[test]
    fn exactly_the_lines_go() {
        check("# Inbox\n\n- a\n- b\n- c\n", &["- b"], 0, "# Inbox\n\n- a\n- c\n");
        check("- a\r\n  - of a\r\n- b\r\n", &["- a", "  - of a"], 0, "- b\r\n");
        check("---\nx: 1\n---\n- a", &["- a"], 0, "---\nx: 1\n---\n");
        check("- a\n- b", &["- b"], 0, "- a");
        check("one\ntwo\nthree\n", &["two"], 0, "one\nthree\n");
        check("- a\n\n- b\n\n- c\n", &["- b", ""], 0, "- a\n\n- c\n");
        check("- a", &["- a"], 0, "");
    }

    #[test]
    fn of_equal_lines_the_named_one_goes() {
        check("- a\n- b\n- a\n", &["- a"], 0, "- b\n- a\n");
        check("- a\n- b\n- a\n", &["- a"], 1, "- a\n- b\n");
        check("- a\n- a\n- a\n", &["- a", "- a"], 0, "- a\n");
        assert!(removed("- a\n- b\n- a\n", &["- a"], 2).is_err());
    }

    #[test]
    fn what_would_change_the_rest_is_refused() {
        // Without the item the rule below makes a heading of the text above.
        assert!(removed("text\n- a\n---\n", &["- a"], 0).is_err());
        // The child would be a child of another.
        assert!(removed("- a\n- b\n  - of b\n", &["- b"], 0).is_err());
        // The fence would not close any more.
        assert!(removed("```\ncode\n```\nb\n", &["```"], 1).is_err());
        assert!(removed("- a\n", &["- A"], 0).is_err());
        assert!(removed("- a\n", &[], 0).is_err());
        assert!(removed("\n- a\n", &["", "- a"], 0).is_err());
    }

    proptest! {
        #[test]
        fn what_is_left_is_the_text_without_the_lines(
            text in "((- |  - |# |> |\\[ \\] |```|---|%%|é|b|\\[\\[b\\]\\]){0,3}(\\n|\\r\\n)){0,8}",
            first in 0usize..8,
            count in 1usize..3,
        ) {
            let lines = text.lines().skip(first).take(count).map(str::to_owned).collect::<Vec<_>>();
            prop_assume!(lines.len() == count);
            let runs = text.lines().collect::<Vec<_>>();
            let wish = Wish::RemoveLines { lines: lines.clone(), ordinal: 0 };
            if let Ok(after) = rewrite(&text, &[wish]) {
                let at = (0..runs.len()).find(|at| runs[*at..].iter().take(count).eq(lines.iter()));
                let at = at.unwrap();
                let kept = runs[..at].iter().chain(&runs[at + count..]);
                prop_assert!(after.lines().eq(kept.copied()), "{:?} {:?}", after, lines);
            }
        }
    }
}
