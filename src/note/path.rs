//! Vault-relative names of notes: what identifies a contact.

use crate::text::byte_scan::{place_of, places};
use crate::text::fold::nfc;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// The path of a file relative to the root of its vault, with `/` between folders, exactly as the disk spells it.
///
/// Invariant: relative, never empty, no `.` or `..` component, no backslash, no control character: joined to the
/// root it stays inside the vault.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NotePath(String);

impl NotePath {
    /// The path, where it keeps the invariant.
    pub fn new(path: &str) -> Option<NotePath> {
        is_inside(path.as_bytes()).then(|| NotePath(path.to_owned()))
    }

    /// The paths in the lines of `text`; `None` where one of them does not keep the invariant. Every command takes those
    /// of all notes of a vault, so they are looked at all at once where nothing in them is near to breaking it.
    pub fn all_in(text: &str) -> Option<Vec<NotePath>> {
        if are_surely_inside(text) {
            Some(text.lines().map(|path| NotePath(path.to_owned())).collect())
        } else {
            text.lines().map(NotePath::new).collect()
        }
    }

    /// What stands for the path of a note that is not there.
    pub fn of_nothing() -> NotePath {
        NotePath("nothing".to_owned())
    }

    /// The path as text, `people/ana-lima.md`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What identifies the note: the path in normalization form C without `.md`, `people/ana-lima`.
    pub fn identity(&self) -> String {
        nfc(self.without_extension()).into_owned()
    }

    /// The path without `.md`, as the disk spells it.
    pub fn without_extension(&self) -> &str {
        strip_md(&self.0)
    }

    /// The last component without `.md`, `ana-lima`.
    pub fn stem(&self) -> &str {
        strip_md(self.file_name())
    }

    /// The last component, `ana-lima.md`.
    pub fn file_name(&self) -> &str {
        let slash = self.0.bytes().rposition(|byte| byte == b'/');
        slash.and_then(|at| self.0.get(at + 1..)).unwrap_or(&self.0)
    }

    /// The folder, `people`; empty for the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Whether the file lies in `folder` or below it; every file lies in `.` and in the empty folder.
    pub fn is_in(&self, folder: &str) -> bool {
        let folder = folder.trim_end_matches('/');
        matches!(folder, "" | ".")
            || self.0.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }

    /// Whether the name ends in `.md`, in any case.
    pub fn is_markdown(&self) -> bool {
        strip_md(&self.0).len() < self.0.len()
    }
}

impl fmt::Display for NotePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Serialize for NotePath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// Read back through the same door as every path, so that no cache can name a file outside of the vault.
impl<'de> Deserialize<'de> for NotePath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<NotePath, D::Error> {
        let path = String::deserialize(deserializer)?;
        NotePath::new(&path).ok_or_else(|| serde::de::Error::custom("not a path of a note"))
    }
}

/// Whether the bytes of a path keep the invariant: no empty, `.` or `..` component, no backslash, no control character
/// (the second half of the set, U+0080 to U+009F, is two bytes, of which the first is 0xC2). In one pass: some commands
/// ask it of every path of a vault.
fn is_inside(path: &[u8]) -> bool {
    let (mut before, mut begin) = (0, 0);
    for (at, byte) in path.iter().copied().enumerate() {
        if byte == b'/' {
            if !is_name(path.get(begin..at).unwrap_or_default()) {
                return false;
            }
            begin = at + 1;
        } else if byte < 0x20 || byte == 0x7f || byte == b'\\' || is_control(before, byte) {
            return false;
        }
        before = byte;
    }
    is_name(path.get(begin..).unwrap_or_default())
}

fn is_name(component: &[u8]) -> bool {
    !matches!(component, b"" | b"." | b"..")
}

/// Whether each line of the text keeps the invariant, and no component begins with a dot; `false` says nothing.
fn are_surely_inside(lines: &str) -> bool {
    let bytes = lines.as_bytes();
    let is_odd_at_ends = lines.starts_with(BEGINS_BADLY) || lines.ends_with('/');
    let is_odd = |byte: u8| ((byte < 0x20) & (byte != b'\n')) | (byte == 0x7f) | (byte == b'\\');
    let is_control_at = |at: usize| bytes.get(at + 1).is_some_and(|next| is_control(0xc2, *next));
    !is_odd_at_ends
        && !bytes.iter().fold(false, |odd, byte| odd | is_odd(*byte))
        && !places(bytes, 0xc2).any(is_control_at)
        && ["/\n", "/.", "//", "\n\n", "\n.", "\n/"]
            .iter()
            .all(|odd| place_of(lines, odd).is_none())
}

/// What no component begins with in such a text.
const BEGINS_BADLY: [char; 3] = ['.', '/', '\n'];

fn is_control(one: u8, next: u8) -> bool {
    one == 0xc2 && (0x80..0xa0).contains(&next)
}

fn strip_md(path: &str) -> &str {
    let cut = path.len().saturating_sub(3);
    match path.get(cut..) {
        Some(end) if end.eq_ignore_ascii_case(".md") => &path[..cut],
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use crate::note::path::NotePath;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn all_paths_are_taken_as_each_is(text in "([ab.]{1,3}|é|[/\n]|[\\\\\r\u{85}\u{a0}\u{7f}]?){0,12}") {
            let each = text.lines().map(NotePath::new).collect::<Option<Vec<_>>>();
            prop_assert_eq!(NotePath::all_in(&text), each);
        }
    }

    #[test]
    fn a_path_never_leaves_the_vault() {
        for odd in [
            "",
            "/etc/passwd",
            "../x.md",
            "a/../b.md",
            "a//b.md",
            "./a.md",
            "a\\..\\b.md",
            "a\n.md",
            "a/",
            "a/.",
            "..",
            "a/../",
            "a\u{85}b.md",
            "a\u{7f}",
        ] {
            assert_eq!(NotePath::new(odd), None, "{odd:?}");
        }
    }

    #[test]
    fn dots_and_letters_of_any_script_are_fine() {
        for fine in ["a.md", "...", "a/...md", ".a", "..a/b", "é/\u{a0}.md", "李.md"] {
            assert!(NotePath::new(fine).is_some(), "{fine:?}");
        }
    }

    #[test]
    fn identity_is_composed_and_without_extension() {
        let path = NotePath::new("people/Joa\u{303}o.MD").unwrap();
        assert_eq!(path.identity(), "people/João");
        assert_eq!(path.stem(), "Joa\u{303}o");
        assert_eq!(path.folder(), "people");
        assert!(path.is_in("people") && path.is_in(".") && !path.is_in("peop"));
    }
}
