//! Unified diffs: what a dry run shows.

use similar::TextDiff;

/// The unified diff from `before` to `after` with three lines of context, headed `a/NAME` and `b/NAME`; empty where
/// both are the same. A file that is not there yet has `None` before.
pub fn unified(name: &str, before: Option<&str>, after: &str) -> String {
    if before == Some(after) {
        return String::new();
    }
    let old_name = before.map_or_else(|| "/dev/null".to_owned(), |_| format!("a/{name}"));
    between(&old_name, before.unwrap_or(""), &format!("b/{name}"), after)
}

/// The same of a file that goes from `from` to `to`, below `rename from` and `rename to` as git writes them.
pub fn moved(from: &str, to: &str, before: &str, after: &str) -> String {
    let lines = match before == after {
        true => String::new(),
        false => between(&format!("a/{from}"), before, &format!("b/{to}"), after),
    };
    format!("rename from {from}\nrename to {to}\n{lines}")
}

/// The same of a file that goes.
pub fn removed(name: &str, before: &str) -> String {
    between(&format!("a/{name}"), before, "/dev/null", "")
}

fn between(old_name: &str, before: &str, new_name: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    diff.unified_diff().context_radius(3).header(old_name, new_name).to_string()
}

#[cfg(test)]
mod tests {
    use crate::text::diff::{moved, removed, unified};

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

    #[test]
    fn a_file_that_moves_or_goes_says_so() {
        assert_eq!(moved("a.md", "b.md", "x\n", "x\n"), "rename from a.md\nrename to b.md\n");
        assert_eq!(
            moved("a.md", "b.md", "x\n", "y\n"),
            "rename from a.md\nrename to b.md\n--- a/a.md\n+++ b/b.md\n@@ -1 +1 @@\n-x\n+y\n"
        );
        assert_eq!(removed("a.md", "x\n"), "--- a/a.md\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n");
    }
}
