//! A balance in a few plain sentences: where time went, beside where it was wanted.
//!
//! Always true here: they tell, and ask for nothing; a word stands where a number would count against anybody.

use crate::features::balance::{Balance, Band, Person, Share};
use crate::text::phrase;

/// The sentences, the most telling first; at least one.
pub fn sentences(balance: &Balance) -> Vec<String> {
    let mut said = vec![overview(balance)];
    said.extend(bands(balance));
    said.extend(balance.circles.iter().filter_map(mostly));
    said.extend(quiet(balance));
    said.extend(often(balance));
    said.extend(kinds(balance));
    said.extend(new(balance));
    said.extend(kept(balance));
    said
}

fn overview(balance: &Balance) -> String {
    let span = phrase::span(balance.span.from, balance.span.to, balance.today);
    if balance.met == 0 {
        return format!("No contact is written down {span}.");
    }
    let people = phrase::count(balance.met, "person", "people");
    let days = phrase::count(balance.days, "day", "different days");
    format!("{} you were in touch with {people}, on {days}.", phrase::capital(&span))
}

/// One sentence for each band, over the circles that have a rhythm.
fn bands(balance: &Balance) -> Vec<String> {
    let of = |band: Band| {
        let circles = balance.circles.iter().filter(|share| share.band == band);
        circles.map(name).collect::<Vec<_>>()
    };
    let sentence = |(band, one, many): (Band, &str, &str)| {
        let circles = of(band);
        let verb = if circles.len() == 1 { one } else { many };
        let names = phrase::capital(&phrase::list(&circles));
        (!circles.is_empty()).then(|| format!("{names} {verb}."))
    };
    const SAID: [(Band, &str, &str); 4] = [
        (
            Band::AsWanted,
            "had about as much contact as you wanted",
            "had about as much contact as you wanted",
        ),
        (Band::Less, "had less than you wanted", "had less than you wanted"),
        (Band::Quiet, "was quiet", "were quiet"),
        (Band::More, "had more than its rhythm asks for", "had more than their rhythms ask for"),
    ];
    SAID.into_iter().filter_map(sentence).collect()
}

fn name(share: &Share) -> String {
    share.name.clone().unwrap_or_else(|| "people without a circle".to_owned())
}

fn mostly(share: &Share) -> Option<String> {
    let names = share.mostly.iter().map(|person| person.name.as_str()).collect::<Vec<_>>();
    let circle = share.name.as_deref()?;
    (!names.is_empty())
        .then(|| format!("Most of it in {circle} was with {}.", phrase::list(&names)))
}

/// So many people are named; of one more the name is as short as the number.
const NAMED: usize = 3;

fn named(people: &[Person]) -> String {
    let all = people.len() <= NAMED + 1;
    let shown = people.iter().take(if all { people.len() } else { NAMED });
    let others = people.len().saturating_sub(NAMED);
    let others = (!all).then(|| format!("{} others", phrase::number(others)));
    let names = shown.map(|person| person.name.clone()).chain(others).collect::<Vec<_>>();
    phrase::list(&names)
}

fn quiet(balance: &Balance) -> Option<String> {
    let people = &balance.quiet;
    let whose =
        if people.len() == 1 { "whose rhythm came round" } else { "whose rhythms came round" };
    let nothing = if balance.met == 0 { "It was quiet" } else { "Nothing is written down" };
    (!people.is_empty()).then(|| format!("{nothing} with {}, {whose}.", named(people)))
}

fn often(balance: &Balance) -> Option<String> {
    let people = &balance.often;
    let seem =
        if people.len() == 1 { "has no rhythm and needs" } else { "have no rhythm and need" };
    (!people.is_empty())
        .then(|| format!("You were often in touch with {}, who {seem} none.", named(people)))
}

/// The kinds of contact of a vault without settings, as one says how two were in touch.
const HOW: [(&str, &str); 10] = [
    ("call", "by telephone"),
    ("met", "face to face"),
    ("message", "by message"),
    ("mail", "by mail"),
    ("letter", "by letter"),
    ("video", "by video"),
    ("gift", "with a gift"),
    ("visit", "on a visit"),
    ("intro", "by an introduction"),
    ("event", "at an event"),
];

fn kinds(balance: &Balance) -> Option<String> {
    let how = |name: &str| {
        let known = HOW.iter().find(|(kind, _)| *kind == name);
        known.map_or_else(|| format!("by {name}"), |(_, how)| (*how).to_owned())
    };
    let named = balance.kinds.iter().filter_map(|kind| Some((how(kind.name.as_deref()?), kind)));
    let mut named = named.map(|(how, kind)| (how, kind.times));
    let (first, most) = named.next().filter(|(_, times)| *times >= 3)?;
    match named.next() {
        None => Some(format!("It was always {first}.")),
        Some((second, times)) if times == most => {
            Some(format!("It was {first} as often as {second}."))
        }
        Some((second, _)) => Some(format!("It was mostly {first}, then {second}.")),
    }
}

fn new(balance: &Balance) -> Option<String> {
    let people = &balance.new;
    let is_one = people.len() == 1;
    let new = if is_one { "is new" } else { "are new" };
    (!people.is_empty()).then(|| format!("{} {new} to these notes.", named(people)))
}

fn kept(balance: &Balance) -> Option<String> {
    let kept = balance.kept;
    let promises = |count| phrase::count(count, "promise", "promises");
    let theirs = (kept.theirs > 0).then(|| format!("{} kept to you", was(kept.theirs)));
    let mine = (kept.mine > 0).then(|| format!("you kept {}", promises(kept.mine)));
    let done = [mine, theirs].into_iter().flatten().collect::<Vec<_>>();
    let waiting = match kept.waiting {
        0 => None,
        1 => Some("one waits to be kept".to_owned()),
        many => Some(format!("{} wait to be kept", phrase::number(many))),
    };
    match (done.is_empty(), waiting) {
        (true, _) => None,
        (false, None) => Some(format!("{}.", phrase::capital(&phrase::list(&done)))),
        (false, Some(waiting)) => {
            Some(format!("{}; {waiting}.", phrase::capital(&phrase::list(&done))))
        }
    }
}

fn was(count: usize) -> String {
    format!("{} {}", phrase::number(count), if count == 1 { "was" } else { "were" })
}
