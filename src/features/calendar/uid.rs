//! Names of items that stay: from whom an item is about and why, and from nothing else.
//!
//! Invariant: other programs know an item by its name, so the function must never change.

use crate::text::fingerprint::content_mark;
use std::collections::HashSet;

/// How every name ends.
const SUFFIX: &str = "@ties";

/// The names of one calendar; none is given twice.
#[derive(Debug, Default)]
pub struct Uids {
    taken: HashSet<String>,
}

impl Uids {
    /// The name of the item of `kind` (lower case letters) about `parts`: an identity, and what else makes it the one
    /// that it is. A second item with the same parts gets another, the same ones in the same order.
    pub fn take(&mut self, kind: &str, parts: &[&str]) -> String {
        let mut uid = name(kind, parts);
        let mut attempt = 1usize;
        while !self.taken.insert(uid.clone()) {
            attempt += 1;
            let again = attempt.to_string();
            let parts = parts.iter().copied().chain([again.as_str()]).collect::<Vec<_>>();
            uid = name(kind, &parts);
        }
        uid
    }
}

fn name(kind: &str, parts: &[&str]) -> String {
    let mut bytes = Vec::new();
    for part in std::iter::once(&kind).chain(parts) {
        bytes.extend_from_slice(part.as_bytes());
        bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
    }
    format!("{kind}-{}{SUFFIX}", content_mark(&bytes))
}

/// The file that holds one item.
pub fn file_name(uid: &str) -> String {
    format!("{uid}.ics")
}

/// Whether a file may hold an item of ours, by its name.
pub fn is_file_name(name: &str) -> bool {
    let uid = name.strip_suffix(".ics").and_then(|uid| uid.strip_suffix(SUFFIX));
    let parts = uid.and_then(|uid| uid.split_once('-'));
    parts.is_some_and(|(kind, mark)| {
        let hexadecimal = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let letters = kind.bytes().all(|byte| byte.is_ascii_lowercase());
        !kind.is_empty() && letters && mark.len() == 32 && mark.bytes().all(hexadecimal)
    })
}

#[cfg(test)]
mod tests {
    use crate::features::calendar::uid::{Uids, file_name, is_file_name};

    #[test]
    fn names_never_change_and_are_never_given_twice() {
        let mut uids = Uids::default();
        let first = uids.take("birthday", &["people/ana-lima"]);
        assert_eq!(first, "birthday-375faee7c9dbcb16c3fbfe8137b19bba@ties");
        let second = uids.take("birthday", &["people/ana-lima"]);
        assert_ne!(first, second);
        let mut others = Uids::default();
        assert_eq!(others.take("birthday", &["people/ana-lima"]), first);
        assert_eq!(others.take("birthday", &["people/ana-lima"]), second);
        assert_ne!(others.take("event", &["people/ana-lima"]), first);
    }

    #[test]
    fn our_files_are_known_by_their_names() {
        let uid = Uids::default().take("review", &["weekly"]);
        assert!(is_file_name(&file_name(&uid)));
        for other in [uid.as_str(), "x.ics", "birthday@ties.ics", "../review-1@ties.ics", ".ics"] {
            assert!(!is_file_name(other), "{other}");
        }
        assert!(!is_file_name(&file_name(&uid).replace("review", "re/view")));
    }
}
