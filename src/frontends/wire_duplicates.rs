//! The JSON shape of pairs of notes that could be about one person. Within a version fields are only added.

use crate::features::duplicates::Pair;
use crate::people::book::{Book, ContactId};
use crate::text::shell::quoted;
use serde::Serialize;

/// The answer of `ties duplicates`.
#[derive(Debug, Serialize)]
pub struct Duplicates {
    /// The strongest reasons first.
    pub duplicates: Vec<WirePair>,
}

/// Two notes.
#[derive(Debug, Serialize)]
pub struct WirePair {
    one: WireSide,
    other: WireSide,
    reasons: Vec<WireReason>,
    /// What to type to make one note of them.
    merge: String,
}

#[derive(Debug, Serialize)]
struct WireSide {
    name: String,
    path: String,
}

#[derive(Debug, Serialize)]
struct WireReason {
    /// `email`, `phone`, `name`, `short-form`, `first-and-last-name` or `slip`.
    kind: &'static str,
    text: String,
}

impl WirePair {
    /// The shape of a pair.
    pub fn new(book: &Book, pair: &Pair) -> WirePair {
        let side = |id: ContactId| WireSide {
            name: book.brief(id).name.clone(),
            path: book.paths().get(book.note_of(id)).map(ToString::to_string).unwrap_or_default(),
        };
        let reasons = pair.reasons.iter();
        let reasons = reasons.map(|reason| WireReason { kind: reason.word(), text: reason.told() });
        WirePair {
            one: side(pair.one),
            other: side(pair.other),
            reasons: reasons.collect(),
            merge: merge_command(book, pair),
        }
    }
}

/// `ties merge people/ana-lima people/aninha`
pub fn merge_command(book: &Book, pair: &Pair) -> String {
    let (one, other) = (book.identity(pair.one), book.identity(pair.other));
    format!("ties merge {} {}", quoted(&one), quoted(&other))
}
