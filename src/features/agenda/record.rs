//! What `ties` has made of an answer, as the front matter of the agenda remembers it: without that nobody could tell a
//! tick that is new from one that is in the notes already, or that was taken back.
//!
//! Invariant: a record is a plain word of YAML that no editor wraps or quotes.

use crate::features::agenda::ids;
use crate::text::day::Day;
use crate::text::fingerprint::{base36, hash};
use std::fmt;

/// What was made of the answer to one line.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Record {
    /// The day of the agenda on which it was answered.
    pub day: Day,
    /// The line.
    pub id: String,
    /// What came of it.
    pub outcome: Outcome,
    /// A mark of what was typed with it.
    pub typed: String,
}

/// What came of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// It was done, and that was written down.
    Done,
    /// It was done, and the notes said so already: nothing was written.
    Known,
    /// Put off.
    Later,
    /// Left out this time; of a habit excused, of a promise cancelled.
    Skipped,
    /// Tried without an answer; of a promise in progress.
    Tried,
    /// Put away.
    Archived,
    /// Only a next step was noted.
    Next,
    /// It was one of these, and was taken back.
    Withdrawn,
}

const OUTCOMES: [(Outcome, &str); 8] = [
    (Outcome::Done, "done"),
    (Outcome::Known, "known"),
    (Outcome::Later, "later"),
    (Outcome::Skipped, "skipped"),
    (Outcome::Tried, "tried"),
    (Outcome::Archived, "archived"),
    (Outcome::Next, "next"),
    (Outcome::Withdrawn, "withdrawn"),
];

impl Outcome {
    /// The character in the box of a line that was answered so.
    pub fn sign(self) -> char {
        match self {
            Outcome::Done | Outcome::Known => 'x',
            Outcome::Later => '>',
            Outcome::Skipped | Outcome::Archived => '-',
            Outcome::Tried => '/',
            Outcome::Next | Outcome::Withdrawn => ' ',
        }
    }

    fn word(self) -> &'static str {
        OUTCOMES.iter().find(|(outcome, _)| *outcome == self).map_or("", |(_, word)| word)
    }
}

const MARK: usize = 4;

/// A mark of what was typed with an answer, in whichever order and as whichever kind of list; of nothing the word `-`.
pub fn mark_of(typed: &[String]) -> String {
    let pieces = typed.iter().map(|line| without_marker(line));
    let mut pieces = pieces.filter(|piece| !piece.is_empty()).collect::<Vec<_>>();
    if pieces.is_empty() {
        return "-".to_owned();
    }
    pieces.sort_unstable();
    base36(hash(&pieces), MARK)
}

/// A typed line without indent, sign of a list item and box.
pub fn without_marker(line: &str) -> &str {
    let line = line.trim();
    let item = ["- ", "* ", "+ "].iter().find_map(|marker| line.strip_prefix(marker));
    let item = item.map_or(line, str::trim_start);
    let boxed = ["[ ] ", "[x] ", "[X] "].iter().find_map(|sign| item.strip_prefix(sign));
    boxed.unwrap_or(item).trim()
}

impl Record {
    /// Reads `2026-11-21/r55d0w7he/done/k3f9`.
    pub fn parse(word: &str) -> Option<Record> {
        let mut parts = word.split('/');
        let (day, id, outcome, typed) =
            (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let is_mark = typed == "-"
            || typed.len() == MARK && typed.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if parts.next().is_some() || !is_mark || !ids::is_id(id) {
            return None;
        }
        let (outcome, _) = OUTCOMES.iter().find(|(_, word)| *word == outcome)?;
        let (day, id) = (Day::parse(day)?, id.to_owned());
        Some(Record { day, id, outcome: *outcome, typed: typed.to_owned() })
    }

    /// Whether it is about the line `id` of the agenda of `day`.
    pub fn is_about(&self, id: &str, day: Day) -> bool {
        self.id == id && self.day == day
    }

    /// The same, taken back.
    pub fn withdrawn(&self) -> Record {
        Record { outcome: Outcome::Withdrawn, ..self.clone() }
    }
}

impl fmt::Display for Record {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Record { day, id, outcome, typed } = self;
        write!(formatter, "{day}/{id}/{}/{typed}", outcome.word())
    }
}

#[cfg(test)]
mod tests {
    use crate::features::agenda::record::{Record, mark_of};

    #[test]
    fn a_record_is_one_word() {
        let word = "2026-11-21/r55d0w7he/done/k3f9";
        assert_eq!(Record::parse(word).unwrap().to_string(), word);
        assert_eq!(Record::parse("2026-11-21/r55d0w7he/later/-").unwrap().typed, "-");
        for none in [
            "",
            "2026-11-21/r55d0w7he/done",
            "2026-11-21/r55d0w7he/done/k3f9/x",
            "2026-11-21/r55d0w7he/gone/k3f9",
            "2026-13-21/r55d0w7he/done/k3f9",
            "2026-11-21/x55d0w7he/done/k3f9",
            "2026-11-21/r55d0w7he/done/ké",
        ] {
            assert_eq!(Record::parse(none), None, "{none}");
        }
        assert_eq!(mark_of(&[]), "-");
        assert_eq!(mark_of(&["call: well".to_owned()]).len(), 4);
    }
}
