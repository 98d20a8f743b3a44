//! Ids of agenda lines: one kind letter and eight of `[a-z0-9]`, from a stable hash of what the line is about.

use crate::text::fingerprint::{base36, hash};
use std::collections::HashSet;

const DIGITS: usize = 8;

/// The ids of one agenda; none is given twice.
#[derive(Debug, Default)]
pub struct Ids {
    taken: HashSet<String>,
}

impl Ids {
    /// The id of a line of kind `letter` about `parts` (an identity, a reason). Where another line has it already,
    /// which with 36⁸ ids hardly happens, the next hash is taken: the same lines in the same order get the same ids.
    pub fn take(&mut self, letter: char, parts: &[&str]) -> String {
        let mut id = format!("{letter}{}", base36(hash(parts), DIGITS));
        let mut attempt = 1usize;
        while !self.taken.insert(id.clone()) {
            attempt += 1;
            let again = attempt.to_string();
            let parts = parts.iter().copied().chain([again.as_str()]).collect::<Vec<_>>();
            id = format!("{letter}{}", base36(hash(&parts), DIGITS));
        }
        id
    }
}

/// The id at the end of a line (` ^r55d0w7he`), where there is one.
pub fn at_end(line: &str) -> Option<&str> {
    let (_, id) = line.trim_end().rsplit_once(" ^")?;
    let shaped = id.len() == DIGITS + 1
        && id.starts_with(['t', 'p', 'r', 'h', 'c', 'a'])
        && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    shaped.then_some(id)
}

#[cfg(test)]
mod tests {
    use crate::features::agenda::ids::{Ids, at_end};

    #[test]
    fn ids_never_change_and_are_never_given_twice() {
        let mut ids = Ids::default();
        assert_eq!(ids.take('r', &["people/ana-lima", "rhythm"]), "rm68znwdc");
        let again = ids.take('r', &["people/ana-lima", "rhythm"]);
        assert_ne!(again, "rm68znwdc");
        let mut others = Ids::default();
        others.take('r', &["people/ana-lima", "rhythm"]);
        assert_eq!(others.take('r', &["people/ana-lima", "rhythm"]), again);
    }

    #[test]
    fn an_id_is_found_at_the_end_of_a_line() {
        assert_eq!(at_end("- [ ] [[a]] · growth ^r55d0w7he "), Some("r55d0w7he"));
        assert_eq!(at_end("- [x] done ^soup"), None);
        assert_eq!(at_end("- [x] ^r55d0w7he called"), None);
    }
}
