//! The JSON shapes of the ties of one person, and of a chain between two. Within a version fields are only added. Dates
//! are as notes write them (ISO, perhaps partial or with `~`); people are a name and the path of their note.

use crate::features::pathways::chain::{Chain, Link, Step, Stop};
use crate::features::pathways::told::sentence;
use crate::features::relations::{Around, Inferred, Relations, Told};
use crate::features::relatives::words::Words;
use crate::frontends::wire_person::WireLoose;
use crate::people::book::{Book, ContactId};
use crate::text::partial_date::LooseDate;
use serde::Serialize;

/// Somebody.
#[derive(Debug, Clone, Serialize)]
pub struct WireWho {
    name: String,
    path: String,
}

impl WireWho {
    fn new(book: &Book, id: ContactId) -> WireWho {
        let path = book.paths().get(book.note_of(id)).map(ToString::to_string);
        WireWho { name: book.brief(id).name.clone(), path: path.unwrap_or_default() }
    }
}

/// The answer of `ties relations`.
#[derive(Debug, Serialize)]
pub struct WireRelations {
    person: WireWho,
    /// What the notes write, from both sides.
    ties: Vec<WireTold>,
    /// Whom the note names besides, where it is not known who that is.
    loose: Vec<WireLoose>,
    /// Who lives with the person.
    household: Vec<WireWho>,
    /// What follows and no note writes.
    inferred: Vec<WireInferred>,
    /// Whether there were too many ties to follow all of them.
    inferred_cut: bool,
    /// For a depth of 2 and more.
    around: Vec<WireAround>,
    /// How many more people would be in `around`.
    around_more: usize,
}

#[derive(Debug, Serialize)]
struct WireTold {
    /// `family`, `home`, `friends`, `work`, `care`, `introductions` or `other`.
    group: &'static str,
    /// As the note writes it, in the singular: `sister`; the genderless inverse where only the other note writes it.
    kind: String,
    /// The same as it is said: `sister`, `aunt or uncle`, `introduced by`.
    word: String,
    who: WireWho,
    /// Whether the person's own note says it.
    stated: bool,
    since: Option<String>,
    until: Option<String>,
    /// Whether it is over.
    over: bool,
    /// As a sentence.
    said: String,
}

#[derive(Debug, Serialize)]
struct WireInferred {
    /// Genderless: `auntuncle`.
    kind: &'static str,
    /// As it is said: `aunt`.
    word: &'static str,
    who: WireWho,
    /// Through whom it follows.
    via: WireWho,
    /// How it follows.
    why: String,
}

#[derive(Debug, Serialize)]
struct WireAround {
    who: WireWho,
    /// How many ties away.
    steps: u32,
    ties: Vec<WireTold>,
}

impl WireRelations {
    /// The shape of `relations`.
    pub fn new(words: &Words<'_>, relations: &Relations) -> WireRelations {
        let book = words.book;
        let told = |of: ContactId, ties: &[Told]| {
            ties.iter().map(|told| wire_told(words, of, told)).collect::<Vec<_>>()
        };
        let around = |around: &Around| WireAround {
            who: WireWho::new(book, around.id),
            steps: around.steps,
            ties: told(around.id, &around.ties),
        };
        WireRelations {
            person: WireWho::new(book, relations.id),
            ties: told(relations.id, &relations.ties),
            loose: relations.loose.iter().map(WireLoose::new).collect(),
            household: relations.household.iter().map(|id| WireWho::new(book, *id)).collect(),
            inferred: relations.inferred.iter().map(|of| inferred(book, of)).collect(),
            inferred_cut: relations.cut,
            around: relations.around.iter().map(around).collect(),
            around_more: relations.more_around,
        }
    }
}

fn wire_told(words: &Words<'_>, of: ContactId, told: &Told) -> WireTold {
    WireTold {
        group: told.group.name(),
        kind: told.tie.kind.clone(),
        word: told.word.clone(),
        who: WireWho::new(words.book, told.tie.other),
        stated: told.tie.stated,
        since: date(told.tie.time.since),
        until: date(told.tie.time.until),
        over: told.over,
        said: words.sentence(of, &told.tie),
    }
}

fn inferred(book: &Book, inferred: &Inferred) -> WireInferred {
    WireInferred {
        kind: inferred.relative.kin.name(),
        word: inferred.word,
        who: WireWho::new(book, inferred.relative.other),
        via: WireWho::new(book, inferred.relative.via),
        why: inferred.why.clone(),
    }
}

fn date(date: Option<LooseDate>) -> Option<String> {
    date.map(|date| date.to_string())
}

/// The answer of `ties path`.
#[derive(Debug, Serialize)]
pub struct WirePath {
    /// `null` for the owner without a note.
    from: Option<WireWho>,
    to: WireWho,
    /// Whether there is a chain.
    found: bool,
    /// Whether a link of it is only a shared group or entry.
    weak: bool,
    /// How many other chains are as short and as sure.
    others: u64,
    steps: Vec<WireStep>,
    /// What the notes tell of how the owner came to know them.
    known_from: Vec<String>,
}

#[derive(Debug, Serialize)]
struct WireStep {
    from: Option<WireWho>,
    to: WireWho,
    /// `tie`, `in-touch`, `group`, `together` or `spoken`.
    link: &'static str,
    /// Of a tie: what the second is to the first.
    kind: Option<String>,
    /// Of a group: its name.
    group: Option<String>,
    /// Of a tie: whether it is over.
    over: bool,
    /// Whether it is only a hint that the two know each other.
    weak: bool,
    /// As a sentence.
    said: String,
}

impl WirePath {
    /// The shape of a chain, or of there being none.
    pub fn new(
        words: &Words<'_>,
        from: Stop,
        to: ContactId,
        chain: Option<&Chain>,
        known_from: Vec<String>,
    ) -> WirePath {
        let steps = chain.into_iter().flat_map(|chain| &chain.steps);
        WirePath {
            from: stop(words.book, from),
            to: WireWho::new(words.book, to),
            found: chain.is_some(),
            weak: chain.is_some_and(Chain::is_weak),
            others: chain.map_or(0, |chain| chain.others),
            steps: steps.map(|step| wire_step(words, step)).collect(),
            known_from,
        }
    }
}

fn stop(book: &Book, stop: Stop) -> Option<WireWho> {
    match stop {
        Stop::Person(id) => Some(WireWho::new(book, id)),
        Stop::You => None,
    }
}

fn wire_step(words: &Words<'_>, step: &Step) -> WireStep {
    let (link, tie, group) = match &step.link {
        Link::Tie(tie) => ("tie", Some(tie), None),
        Link::InTouch { .. } => ("in-touch", None, None),
        Link::Group { name, .. } => ("group", None, Some(name.clone())),
        Link::Together { .. } => ("together", None, None),
        Link::Spoken { .. } => ("spoken", None, None),
    };
    WireStep {
        from: stop(words.book, step.from),
        to: WireWho::new(words.book, step.to),
        link,
        kind: tie.map(|tie| tie.kind.clone()),
        group,
        over: tie.is_some_and(|tie| tie.is_over(words.day)),
        weak: step.link.is_weak(),
        said: sentence(words, step),
    }
}
