//! From wishes to the new text of a note: each wish is granted by a few small edits, and the result is read again
//! before it counts.
//!
//! Invariant: what comes back is the old text with the wishes granted and nothing else changed, or a refusal.

use crate::note::change::{Refusal, Wish};
use crate::note::conflict;
use crate::note::document::Document;
use crate::note::key_edit;
use crate::note::key_place::unclosed;
use crate::note::key_proof;
use crate::note::link_change;
use crate::note::section;
use crate::note::title;
use crate::text::diagnostic::Code;
use crate::text::edit::{Edit, apply};

/// `text` with all of `wishes` granted, in order. A wish that is fulfilled already changes nothing.
///
/// A note with git conflict markers is refused: which side counts is for its owner to say.
pub fn rewrite(text: &str, wishes: &[Wish]) -> Result<String, Refusal> {
    if conflict::first_marker(text).is_some() {
        return Err(Refusal {
            reason: "the note has conflict markers".to_owned(),
            hint: Some("choose one side of each conflict, then try again".to_owned()),
        });
    }
    wishes.iter().try_fold(text.to_owned(), |text, wish| granted(&text, wish))
}

fn granted(text: &str, wish: &Wish) -> Result<String, Refusal> {
    let document = Document::read(text);
    match wish {
        Wish::PointLinks { links } => return link_change::changed(text, &document, links),
        Wish::SetTitle { before, after } => return title::retitled(text, &document, before, after),
        _ => {}
    }
    let body_start = document.front_matter.as_ref().map_or(0, |front_matter| front_matter.span.end);
    let is_new = matches!(wish, Wish::InsertEntry { .. } | Wish::AppendItem { .. });
    let is_removal = matches!(wish, Wish::RemoveEntry { .. } | Wish::RemoveLines { .. });
    let is_body = is_new || is_removal || matches!(wish, Wish::SetTask { .. });
    if is_new && document.findings.iter().any(|finding| finding.code == Code::FrontMatterOpen) {
        // Whatever is added would stand between the keys.
        return Err(unclosed());
    }
    let edits = if is_body {
        section::edits_for(text, body_start, &document.markdown, wish)?
    } else {
        key_edit::edits_for(text, wish)?
    };
    if edits.is_empty() {
        return Ok(text.to_owned());
    }
    let after = applied(text, &edits)?;
    if is_body {
        section::verify(text, &after, body_start, wish)?;
    } else {
        key_proof::verify(text, &after, wish)?;
    }
    Ok(after)
}

fn applied(text: &str, edits: &[Edit]) -> Result<String, Refusal> {
    apply(text, edits).map_err(|error| {
        debug_assert!(false, "planned edits do not fit: {error}");
        Refusal { reason: format!("the planned change does not fit ({error})"), hint: None }
    })
}

#[cfg(test)]
mod removal_tests {
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
