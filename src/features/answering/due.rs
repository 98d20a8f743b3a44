//! What an answer asks for, after what was made of it before.

use crate::features::agenda::answer::Answer;
use crate::features::agenda::record::{Outcome, Record, mark_of};
use crate::features::agenda::said::Verdict;

/// What an answer asks for, given what was made of it before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due<'r> {
    /// Nothing: it is followed already, or says nothing.
    Nothing,
    /// To be followed.
    Follow,
    /// To be taken back.
    TakeBack(&'r Record),
    /// To be taken back and, once that is done, followed anew.
    Both(&'r Record),
}

/// What `answer` asks for. Only while `is_open`, which an agenda is on its own day, is anything taken back.
pub fn due(answer: &Answer, is_open: bool) -> Due<'_> {
    let outcome = answer.outcome();
    let is_unclear = answer.said.verdict == Some(Verdict::Unclear);
    let typed = mark_of(&answer.typed);
    match (&answer.record, outcome) {
        (None, Some(_)) => Due::Follow,
        (Some(record), _) if record.outcome == Outcome::Withdrawn => {
            // A word that was followed once and taken back says nothing new; a box that is filled again does.
            let is_new = answer.line.status != ' ' || record.typed != typed;
            if is_new && (outcome.is_some() || is_unclear) { Due::Follow } else { Due::Nothing }
        }
        (Some(record), _) if is_open && is_emptied(answer, record) => {
            let is_new = outcome.is_some() && record.typed != typed;
            if is_new { Due::Both(record) } else { Due::TakeBack(record) }
        }
        // Nothing comes of it but that it is told.
        (_, None) if is_unclear => Due::Follow,
        (_, None) => Due::Nothing,
        (Some(record), Some(outcome)) => {
            let same = record.outcome.sign() == outcome.sign();
            match (same, record.typed == typed) {
                (true, true) => Due::Nothing,
                // Nothing is taken back any more.
                _ if !is_open => Due::Follow,
                // One answer is one entry: with other words it takes the place of what was written.
                _ => Due::Both(record),
            }
        }
    }
}

/// Whether the box of a line that was followed is empty again.
fn is_emptied(answer: &Answer, record: &Record) -> bool {
    answer.line.status == ' ' && record.outcome.sign() != ' '
}
