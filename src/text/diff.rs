//! Unified diffs: what a dry run shows.

use similar::TextDiff;

/// The unified diff from `before` to `after` with three lines of context, headed `a/NAME` and `b/NAME`; empty where
/// both are the same. A file that is not there yet has `None` before.
pub fn unified(name: &str, before: Option<&str>, after: &str) -> String {
    if before == Some(after) {
        return String::new();
    }
    let old_name = before.map_or_else(|| "/dev/null".to_owned(), |_| format!("a/{name}"));
    let diff = TextDiff::from_lines(before.unwrap_or(""), after);
    diff.unified_diff().context_radius(3).header(&old_name, &format!("b/{name}")).to_string()
}

#[cfg(test)]
mod tests {
    use crate::text::diff::unified;

    #[test]
    fn a_changed_line_is_shown_with_its_neighbours() {
        let diff = unified("people/ana.md", Some("a\nb\nc\n"), "a\nB\nc\n");
        assert_eq!(
            diff,
            "--- a/people/ana.md\n+++ b/people/ana.md\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n"
        );
        assert_eq!(unified("x", Some("same"), "same"), "");
        assert!(unified("new.md", None, "x\n").starts_with("--- /dev/null\n+++ b/new.md\n"));
    }
}
