//! Ids of agenda lines: one kind letter and eight of `[a-z0-9]`, from a stable hash of what the line is about.

use crate::text::fingerprint::{base36, hash};
use std::collections::HashSet;

const DIGITS: usize = 8;

/// The kinds of lines: today, promise, reach out, habit, coming up, afresh; a line of a review.
const LETTERS: [char; 7] = ['t', 'p', 'r', 'h', 'c', 'a', 'v'];

/// The ids of one agenda; none is given twice.
#[derive(Debug, Default)]
pub struct Ids {
    taken: HashSet<String>,
}

impl Ids {
    /// The id of a line of kind `letter` about `parts` (an identity, a reason). Where another line has it already,
    /// which with 36⁸ ids hardly happens, the next hash is taken: the same lines in the same order get the same ids.
    pub fn take(&mut self, letter: char, parts: &[&str]) -> String {
        let mut id = id_of(letter, parts);
        let mut attempt = 1usize;
        while !self.taken.insert(id.clone()) {
            attempt += 1;
            let again = attempt.to_string();
            let parts = parts.iter().copied().chain([again.as_str()]).collect::<Vec<_>>();
            id = id_of(letter, &parts);
        }
        id
    }
}

/// The id of a line of kind `letter` about `parts`, where no other line has it.
pub fn id_of(letter: char, parts: &[&str]) -> String {
    format!("{letter}{}", base36(hash(parts), DIGITS))
}

/// Whether `word` is shaped like an id.
pub fn is_id(word: &str) -> bool {
    word.len() == DIGITS + 1
        && word.starts_with(LETTERS)
        && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

/// What stands before the last id of a line, the id, and what stands after it; of a line without one all of it.
pub fn around(line: &str) -> (&str, Option<&str>, &str) {
    let mut from = line.len();
    while let Some(at) = line.get(..from).and_then(|head| head.rfind(" ^")) {
        let word = line.get(at + 2..).unwrap_or("").split([' ', '\t']).next().unwrap_or("");
        if is_id(word) {
            let after = line.get(at + 2 + word.len()..).unwrap_or("");
            return (line.get(..at).unwrap_or("").trim_end(), Some(word), after.trim());
        }
        from = at;
    }
    (line, None, "")
}

#[cfg(test)]
mod tests {
    use crate::features::agenda::ids::{Ids, around};

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
    fn an_id_is_found_wherever_something_was_typed() {
        let check = |line: &str, expected: (&str, Option<&str>, &str)| {
            assert_eq!(around(line), expected);
        };
        check("- [ ] [[a]] · growth ^r55d0w7he ", ("- [ ] [[a]] · growth", Some("r55d0w7he"), ""));
        check("- [x] done ^soup", ("- [x] done ^soup", None, ""));
        check("- [x]  ^r55d0w7he called ^x", ("- [x]", Some("r55d0w7he"), "called ^x"));
    }
}
