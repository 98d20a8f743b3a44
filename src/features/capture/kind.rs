//! What kind of entry a sentence tells of.
//!
//! Always true here: contact is only what the words say is contact; a doubt makes a note, which never is.

use crate::features::capture::doubt::Doubt;
use crate::features::capture::head::{Head, Reader};
use crate::features::capture::speech::is_past;
use crate::people::kind::{Kind, Meaning};

/// The kind of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindSaid {
    /// The word that is written; `None` for contact that has no word.
    pub word: Option<String>,
    /// What it means.
    pub meaning: Meaning,
}

/// The kind of the sentence that begins with `head`. A day to come makes it a plan. Its doubts are told.
pub fn kind_of(reader: &Reader<'_>, head: &Head, is_to_come: bool) -> (KindSaid, Option<Doubt>) {
    if let Some(word) = &reader.given.kind {
        let known = reader.vocabulary.kind(word);
        let meaning = known.map_or(Meaning::Contact, |kind| kind.meaning);
        return (KindSaid { word: Some(word.clone()), meaning }, None);
    }
    let said = head.kind.and_then(|at| reader.words.get(at)).map(|word| word.folded.as_str());
    let kind = said.and_then(|word| reader.vocabulary.kind(word));
    let is_contact = kind.map_or(head.is_together, |kind| kind.meaning == Meaning::Contact);
    if is_to_come && (is_contact || kind.is_none()) {
        return (first_of(reader, Meaning::Plan), None);
    }
    if let Some(at) = head.hedge.filter(|_| is_contact) {
        return (first_of(reader, Meaning::Note), Some(Doubt::Hedged { said: reader.said(at, 1) }));
    }
    match (kind, said) {
        (Some(kind), Some(word)) => (of_word(kind, word), None),
        _ if head.is_together => (KindSaid { word: None, meaning: Meaning::Contact }, None),
        _ => (first_of(reader, Meaning::Note), Some(Doubt::NoKind)),
    }
}

/// The word itself where it says more than the name of its kind (`coffee`), the name where it is a form of it
/// (`called`).
fn of_word(kind: &Kind, word: &str) -> KindSaid {
    let word = if is_past(word) { &kind.name } else { word };
    KindSaid { word: Some(word.to_owned()), meaning: kind.meaning }
}

/// The kind of the vault that means this. A vault has each of them, unless its owner gave all their words away.
fn first_of(reader: &Reader<'_>, meaning: Meaning) -> KindSaid {
    let kind = reader.vocabulary.kinds.iter().find(|kind| kind.meaning == meaning);
    KindSaid { word: kind.map(|kind| kind.name.clone()), meaning }
}
