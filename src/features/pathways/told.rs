//! A chain in sentences.

use crate::features::kinship::generic;
use crate::features::pathways::chain::{Chain, Link, Step, Stop};
use crate::features::relatives::words::Words;
use crate::people::book::ContactId;
use crate::text::phrase;

/// What is said first: `You know Bo through Ana.`
pub fn headline(words: &Words<'_>, from: Stop, to: ContactId, chain: &Chain) -> String {
    let between = chain.steps.iter().map(|step| step.to).filter(|id| *id != to);
    let between = between.map(|id| words.name(id)).collect::<Vec<_>>();
    let (one, other) = (name(words, from), words.name(to));
    let through = match between.as_slice() {
        [] => String::new(),
        names => format!(" through {}", names.join(", then ")),
    };
    let said = match (is_you(words, from), chain.is_weak()) {
        (true, false) if between.is_empty() => format!("you know {other}."),
        (true, false) => format!("you know {other}{through}."),
        (false, false) => format!("{one} is connected with {other}{through}."),
        (_, true) => format!("{one} may know {other}{through}; no ties go all the way."),
    };
    if said.starts_with("you ") { phrase::capital(&said) } else { said }
}

/// One link as a sentence without its full stop.
pub fn sentence(words: &Words<'_>, step: &Step) -> String {
    let (one, other) = (name(words, step.from), words.name(step.to));
    let today = words.day;
    let said = match (&step.link, step.from) {
        (Link::Tie(tie), Stop::Person(of)) => return words.sentence(of, tie),
        (Link::Tie(_), Stop::You) => format!("you know {other}"),
        (Link::InTouch { since, times: 1 }, _) => {
            format!("you were in touch with {other} {}", phrase::on_day(*since, today))
        }
        (Link::InTouch { since, .. }, _) => {
            format!("you have been in touch with {other} since {}", phrase::day(*since, today))
        }
        (Link::Group { name, size: 2 }, _) => {
            format!("{one} and {other} are the two people in the group `{name}` (a weaker link)")
        }
        (Link::Group { name, size }, _) => {
            let size = phrase::number(*size);
            format!(
                "{one} and {other} are both in the group `{name}`, {size} people (a weaker link)"
            )
        }
        (Link::Together { day }, _) => {
            let on = phrase::on_day(*day, today);
            format!("{one} and {other} were both there {on} (a weaker link)")
        }
        (Link::Spoken { day }, _) => {
            let on = phrase::on_day(*day, today);
            format!("one entry {on} speaks of {one} and {other} (a weaker link)")
        }
    };
    if said.starts_with("you ") { phrase::capital(&said) } else { said }
}

fn name<'a>(words: &'a Words<'_>, stop: Stop) -> &'a str {
    match stop {
        Stop::Person(id) => words.name(id),
        Stop::You => "you",
    }
}

fn is_you(words: &Words<'_>, stop: Stop) -> bool {
    match stop {
        Stop::Person(id) => words.book.me() == Some(id),
        Stop::You => true,
    }
}

/// How many other chains there are; nothing where there is none.
pub fn others(chain: &Chain) -> Option<String> {
    match chain.others {
        0 => None,
        1 => Some("One other way is as short.".to_owned()),
        many => Some(format!(
            "{} other ways are as short.",
            phrase::capital(&phrase::number(usize::try_from(many).unwrap_or(usize::MAX)))
        )),
    }
}

/// What the notes tell of how the owner came to know somebody, past the `chain`: how they met, who introduced them, and
/// since when they have been in touch.
pub fn known_from(words: &Words<'_>, to: ContactId, chain: Option<&Chain>) -> Vec<String> {
    let book = words.book;
    let met = book.contact(to).met.iter().map(|met| format!("How you met: {met}"));
    let is_told = |id: ContactId| {
        chain.is_some_and(|chain| chain.steps.iter().any(|step| step.to == id && id != to))
    };
    let introduced = book.ties(to).filter(|tie| {
        matches!(generic(&tie.kind, words.vocabulary), "introduced-by" | "met-through")
    });
    let introduced = introduced.filter(|tie| !is_told(tie.other) && Some(tie.other) != book.me());
    let introduced = introduced.map(|tie| words.sentence(to, &tie));
    let mut counts = book.touches(to).filter(|touch| touch.counts() && touch.day <= words.day);
    let first = counts
        .next_back()
        .map(|touch| format!("In touch since {}", phrase::day(touch.day, words.day)));
    met.chain(introduced).chain(first).collect()
}
