//! Whether what two notes say of one person is all in the note that they became.

use crate::features::merge::blocks::parts;
use crate::note::change::Refusal;
use crate::note::document::Document;
use crate::note::path::NotePath;
use crate::people::contact::Contact;
use crate::people::decode::decode;
use crate::people::link_ref::LinkRef;
use crate::people::note::Kind;
use crate::people::vocabulary::Vocabulary;
use crate::text::fold::fold;
use std::collections::BTreeSet;

/// Something that a note says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fact {
    /// All of it; two that are the same say the same.
    whole: String,
    /// It in words for a person.
    told: String,
}

/// A refusal where a fact of `own` or `other` is not in `merged`, or a section is hidden in it; each is a note about a
/// person and would lie at `path`.
pub fn nothing_lost(
    path: &NotePath,
    own: &str,
    other: &str,
    merged: &str,
    vocabulary: &Vocabulary,
) -> Result<(), Refusal> {
    if let Some(heading) = hidden_section(own, other, merged, vocabulary) {
        return Err(lost(&format!(
            "`{heading}` would be hidden by a comment or code that is not closed"
        )));
    }
    let read = |text: &str| match decode(path, text, vocabulary).kind {
        Kind::Contact(contact) => Some(facts(&contact)),
        _ => None,
    };
    let (Some(own), Some(other), Some(merged)) = (read(own), read(other), read(merged)) else {
        return Err(lost("it would not be the note of a person any more"));
    };
    match own.union(&other).find(|fact| !merged.contains(*fact)) {
        None => match merged.iter().find(|fact| !own.contains(fact) && !other.contains(fact)) {
            None => Ok(()),
            Some(fact) => Err(lost(&format!("{} would be read, which neither says", fact.told))),
        },
        Some(fact) => Err(lost(&format!("{} would be read otherwise", fact.told))),
    }
}

/// A heading of either note that would be none any more.
fn hidden_section(own: &str, other: &str, merged: &str, vocabulary: &Vocabulary) -> Option<String> {
    let headings = |text: &str| {
        let document = Document::read(text);
        let headings = document.markdown.headings.iter();
        headings.map(|heading| heading.text.clone()).collect::<Vec<_>>()
    };
    let there = headings(merged);
    let mut rest = there.iter();
    if let Some(gone) = headings(own).into_iter().find(|own| !rest.any(|there| there == own)) {
        return Some(gone);
    }
    let document = Document::read(other);
    let folded = |heading: &str| fold(heading.trim().trim_end_matches(':'));
    let there = there.iter().map(|heading| folded(heading)).collect::<BTreeSet<_>>();
    let own_sections = parts(&document, vocabulary).blocks.into_iter();
    let mut own_sections = own_sections.filter(|block| block.section.is_none());
    own_sections.find(|block| !there.contains(&block.heading)).map(|block| block.heading)
}

fn lost(why: &str) -> Refusal {
    Refusal {
        reason: format!("the two notes cannot be made one safely: {why}"),
        hint: Some("put them together in your editor".to_owned()),
    }
}

/// What happened, what was promised, events, gifts and ties.
pub fn facts(contact: &Contact) -> BTreeSet<Fact> {
    let mut facts = BTreeSet::new();
    let mut add = |whole: String, told: String| facts.insert(Fact { whole, told });
    for entry in &contact.log {
        let kind = entry.kind.as_deref().unwrap_or("");
        let links = |links: &[LinkRef]| {
            links.iter().map(|link| link.target.note.clone()).collect::<Vec<_>>()
        };
        let (with, mentions) = (links(&entry.with), links(&entry.mentions));
        let whole = format!(
            "{} {kind} {:?} {} {with:?} {mentions:?} {:?}",
            entry.day, entry.meaning, entry.text, entry.events
        );
        add(whole, format!("the entry of {} (`{}`)", entry.day, entry.text));
    }
    for promise in &contact.promises {
        let whole = format!("{:?} {}", promise.status, promise.text);
        add(whole, format!("the promise `{}`", promise.text));
    }
    for event in &contact.events {
        let whole = format!("{} {} {}", event.date, event.kind, event.text);
        add(whole, format!("the {} of {}", event.kind, event.date));
    }
    for gift in &contact.gifts {
        let whole = format!("{:?} {:?} {} {:?}", gift.kind, gift.date, gift.what, gift.occasion);
        add(whole, format!("the gift `{}`", gift.what));
    }
    for tie in &contact.relations {
        let whole = format!("{} {}", tie.kind, tie.to.target.note);
        add(whole, format!("the {} {}", tie.kind, tie.to.target.note));
    }
    facts
}
