//! What kind of entry a sentence tells of.
//!
//! Always true here: contact is only what the words say is contact; a doubt makes a note, or one who was not reached,
//! which never are.

use crate::features::capture::doubt::Doubt;
use crate::features::capture::head::{Head, Reader};
use crate::features::capture::missed::Missed;
use crate::features::capture::speech::is_past;
use crate::people::kind::{Kind, Meaning};

/// The kind of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindSaid {
    /// The word that is written; `None` for contact that has no word.
    pub word: Option<String>,
    /// What it means.
    pub meaning: Meaning,
    /// Whether it says all that the word of the sentence says; else that word belongs to the text.
    pub is_said: bool,
}

/// The kind of the sentence that begins with `head`, in which `missed` was found. A day to come makes it a plan. Its
/// doubts are told.
pub fn kind_of(
    reader: &Reader<'_>,
    head: &Head,
    missed: Option<&Missed>,
    is_to_come: bool,
) -> (KindSaid, Option<Doubt>) {
    let said = head.kind.and_then(|at| reader.words.get(at)).map(|word| word.folded.as_str());
    let kind = said.and_then(|word| reader.vocabulary.kind(word));
    let from_word = kind.zip(said).map(|(kind, word)| of_word(kind, word));
    let (mut found, doubt) = without_word(reader, head, kind, missed, is_to_come);
    if found.is_none() {
        found.clone_from(&from_word);
    }
    let mut found = found.unwrap_or_else(|| first_of(reader, Meaning::Note));
    // `plan` says no more than that it is one.
    let is_plan = |of: &KindSaid| of.meaning == Meaning::Plan && found.meaning == Meaning::Plan;
    found.is_said = from_word.is_none_or(|of| of.word == found.word || is_plan(&of));
    (found, doubt)
}

/// The kind where it is not the word of the sentence that says it.
fn without_word(
    reader: &Reader<'_>,
    head: &Head,
    kind: Option<&Kind>,
    missed: Option<&Missed>,
    is_to_come: bool,
) -> (Option<KindSaid>, Option<Doubt>) {
    if let Some(word) = &reader.given.kind {
        let known = reader.vocabulary.kind(word);
        let meaning = known.map_or(Meaning::Contact, |kind| kind.meaning);
        return (Some(KindSaid { word: Some(word.clone()), meaning, is_said: true }), None);
    }
    let is_contact = kind.map_or(head.is_together, |kind| kind.meaning == Meaning::Contact);
    if is_to_come && (is_contact || kind.is_none()) {
        return (Some(first_of(reader, Meaning::Plan)), None);
    }
    let hedged = |at: usize, count: usize| Some(Doubt::Hedged { said: reader.said(at, count) });
    if let Some(missed) = missed.filter(|of| is_contact || (of.is_tried && kind.is_none())) {
        let meaning = if missed.is_tried { Meaning::Tried } else { Meaning::Note };
        let doubt = hedged(missed.words.start, missed.words.len());
        return (Some(first_of(reader, meaning)), doubt);
    }
    if let Some(at) = head.hedge.filter(|_| is_contact) {
        return (Some(first_of(reader, Meaning::Note)), hedged(at, 1));
    }
    match kind {
        Some(_) => (None, None),
        None if head.is_together => {
            (Some(KindSaid { word: None, meaning: Meaning::Contact, is_said: true }), None)
        }
        None => (Some(first_of(reader, Meaning::Note)), Some(Doubt::NoKind)),
    }
}

/// The word itself where it says more than the name of its kind (`coffee`), the name where it is a form of it
/// (`called`).
fn of_word(kind: &Kind, word: &str) -> KindSaid {
    let word = if is_past(word) { &kind.name } else { word };
    KindSaid { word: Some(word.to_owned()), meaning: kind.meaning, is_said: true }
}

/// The kind of the vault that means this. A vault has each of them, unless its owner gave all their words away: then a
/// note will do.
fn first_of(reader: &Reader<'_>, meaning: Meaning) -> KindSaid {
    let of = |meaning| reader.vocabulary.kinds.iter().find(|kind| kind.meaning == meaning);
    let is_tried = meaning == Meaning::Tried && of(meaning).is_none();
    let meaning = if is_tried { Meaning::Note } else { meaning };
    KindSaid { word: of(meaning).map(|kind| kind.name.clone()), meaning, is_said: true }
}
