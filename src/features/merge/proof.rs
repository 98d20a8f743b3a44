//! Whether what two notes say of one person is all in the note that they became.

use crate::note::change::Refusal;
use crate::note::path::NotePath;
use crate::people::contact::Contact;
use crate::people::decode::decode;
use crate::people::link_ref::LinkRef;
use crate::people::note::Kind;
use crate::people::vocabulary::Vocabulary;
use std::collections::BTreeSet;

/// A refusal where a fact of `own` or `other` is not in `merged`; each is a note about a person and would lie at `path`.
pub fn nothing_lost(
    path: &NotePath,
    own: &str,
    other: &str,
    merged: &str,
    vocabulary: &Vocabulary,
) -> Result<(), Refusal> {
    let read = |text: &str| match decode(path, text, vocabulary).kind {
        Kind::Contact(contact) => Some(facts(&contact)),
        _ => None,
    };
    let (Some(own), Some(other), Some(merged)) = (read(own), read(other), read(merged)) else {
        return Err(lost("it would not be the note of a person any more"));
    };
    match own.union(&other).find(|fact| !merged.contains(*fact)) {
        None if merged.iter().all(|fact| own.contains(fact) || other.contains(fact)) => Ok(()),
        None => Err(lost("it would say more than the two notes do")),
        Some(fact) => Err(lost(&format!("`{fact}` would not be read any more"))),
    }
}

fn lost(why: &str) -> Refusal {
    Refusal {
        reason: format!("the two notes cannot be made one safely: {why}"),
        hint: Some("put them together in your editor".to_owned()),
    }
}

/// What happened, what was promised, events, gifts and ties, one text each.
pub fn facts(contact: &Contact) -> BTreeSet<String> {
    let mut facts = BTreeSet::new();
    for entry in &contact.log {
        let kind = entry.kind.as_deref().unwrap_or("");
        let links = |links: &[LinkRef]| {
            links.iter().map(|link| link.target.note.clone()).collect::<Vec<_>>()
        };
        let (with, mentions) = (links(&entry.with), links(&entry.mentions));
        facts.insert(format!(
            "{} {kind} {:?} {} {with:?} {mentions:?} {:?}",
            entry.day, entry.meaning, entry.text, entry.events
        ));
    }
    for promise in &contact.promises {
        facts.insert(format!("{:?} {}", promise.status, promise.text));
    }
    for event in &contact.events {
        facts.insert(format!("{} {} {}", event.date, event.kind, event.text));
    }
    for gift in &contact.gifts {
        facts.insert(format!("{:?} {:?} {} {:?}", gift.kind, gift.date, gift.what, gift.occasion));
    }
    facts
        .extend(contact.relations.iter().map(|tie| format!("{} {}", tie.kind, tie.to.target.note)));
    facts
}
