//! Everyone in the vault before their notes are written: names, files, households, so that notes can link each other.
//!
//! Invariant: no two people share a name, alias or file stem, not even folded, so that every link has one meaning.

use crate::generator::culture::{CULTURES, Culture};
use crate::generator::random::Random;
use std::collections::HashSet;
use ties::text::fold::{fold, nfc};

/// What somebody is in their household.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// An adult; the note that tells of the others.
    First,
    /// The partner of the first.
    Second,
    /// Their child.
    Child,
}

/// Somebody of whom there will be a note.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// Their full name.
    pub(crate) name: String,
    /// What friends say.
    pub(crate) short: String,
    /// Another name, unique in the vault.
    pub(crate) alias: Option<String>,
    /// `people/porto/ana-lima.md`.
    pub(crate) path: String,
    /// Where the name comes from.
    pub(crate) culture: &'static Culture,
    /// Where they live.
    pub(crate) place: String,
    /// The year of their birth.
    pub(crate) born: i32,
    /// What they are in their household.
    pub(crate) part: Part,
    /// The number of the first of their household.
    pub(crate) household: usize,
}

/// Everyone.
#[derive(Debug)]
pub(crate) struct Register {
    /// By number.
    pub(crate) people: Vec<Person>,
    taken: HashSet<String>,
}

impl Register {
    /// `count` people, in households.
    pub(crate) fn new(count: usize, seed: u64) -> Register {
        let mut register = Register { people: Vec::with_capacity(count), taken: HashSet::new() };
        let mut random = Random::new(seed, 0);
        while register.people.len() < count {
            register.move_in(&mut random, count);
        }
        register
    }

    /// The people of a household, by number, the first one included.
    pub(crate) fn household(&self, first: usize) -> impl Iterator<Item = (usize, &Person)> {
        let home = self.people.iter().enumerate().skip(first);
        home.take_while(move |(_, person)| person.household == first)
    }

    /// Somebody that the person with the number `of` may speak of: most live near by, a few are known to everyone.
    pub(crate) fn acquaintance(&self, random: &mut Random, of: usize) -> usize {
        let count = self.people.len();
        let chosen = match random.below(20) {
            0 => random.below(count.min(50)),
            1..=3 => random.below(count),
            _ => (of + random.within(1, 40)).saturating_sub(20).min(count - 1),
        };
        if chosen == of { (of + 1) % count } else { chosen }
    }

    /// A link to somebody as people write them: by name, by path with a text, by file stem, as Markdown.
    pub(crate) fn link(&self, random: &mut Random, to: usize) -> String {
        let person = &self.people[to];
        let target = person.path.trim_end_matches(".md");
        let file = target.rsplit('/').next().unwrap_or(target);
        match random.below(10) {
            0..=4 => format!("[[{}]]", person.name),
            5 => format!("[[{file}]]"),
            6 if !person.path.contains(' ') => format!("[{}]({})", person.short, person.path),
            7 if person.alias.is_some() => {
                format!("[[{}]]", person.alias.as_ref().unwrap_or(&person.name))
            }
            _ => format!("[[{target}|{}]]", person.short),
        }
    }

    /// A link for the front matter, quoted.
    pub(crate) fn quoted_link(&self, random: &mut Random, to: usize) -> String {
        let person = &self.people[to];
        let target = person.path.trim_end_matches(".md");
        if random.chance(50.0) {
            format!("\"[[{}]]\"", person.name)
        } else {
            format!("\"[[{target}|{}]]\"", person.short)
        }
    }

    fn move_in(&mut self, random: &mut Random, count: usize) {
        let culture = culture(random);
        let family = word(random, culture.family);
        let place = word(random, culture.places);
        let household = self.people.len();
        let parts = match random.below(10) {
            0..=3 => &[Part::First][..],
            4..=6 => &[Part::First, Part::Second],
            7 => &[Part::First, Part::Second, Part::Child],
            8 => &[Part::First, Part::Second, Part::Child, Part::Child],
            _ => &[Part::First, Part::Child],
        };
        let adult = 1935 + i32::try_from(random.below(68)).unwrap_or(0);
        for part in parts.iter().take(count - household) {
            let later = random.within(0, 6) + if *part == Part::Child { 22 } else { 0 };
            let born = (adult + i32::try_from(later).unwrap_or(0)).min(2026);
            let person = self.name(random, culture, &family, &place, *part);
            self.people.push(Person { born, household, ..person });
        }
    }

    fn name(
        &mut self,
        random: &mut Random,
        culture: &'static Culture,
        family: &str,
        place: &str,
        part: Part,
    ) -> Person {
        let mut tries = 0;
        let (short, name) = loop {
            tries += 1;
            let short = given(random, culture, tries);
            let name = full(culture, &short, family, tries);
            if self.take(&name) {
                break (short, name);
            }
        };
        let alias = format!("{short} {place}");
        let alias = (random.chance(20.0) && self.take(&alias)).then_some(alias);
        let path = path(&name, place, random);
        let place = place.to_owned();
        Person { name, short, alias, path, culture, place, born: 0, part, household: 0 }
    }

    /// Whether nobody had `name`; then it is taken, in all spellings that a file may have.
    fn take(&mut self, name: &str) -> bool {
        self.taken.insert(fold(&stem(name)))
    }
}

fn culture(random: &mut Random) -> &'static Culture {
    let mut at = random.below(100);
    for culture in CULTURES {
        match at.checked_sub(culture.weight) {
            Some(rest) => at = rest,
            None => return culture,
        }
    }
    &CULTURES[0]
}

fn word(random: &mut Random, words: &str) -> String {
    let count = words.split(' ').count();
    words.split(' ').nth(random.below(count)).unwrap_or(words).replace('_', " ")
}

/// A given name; after some tries two of them together, so that names never run out.
fn given(random: &mut Random, culture: &Culture, tries: usize) -> String {
    let first = word(random, culture.given);
    match (tries, culture.between) {
        (..=3, _) => first,
        (_, "") => {
            first.chars().take(1).chain(word(random, culture.given).chars().last()).collect()
        }
        (_, between) => format!("{first}{between}{}", word(random, culture.given)),
    }
}

fn full(culture: &Culture, given: &str, family: &str, tries: usize) -> String {
    let between = culture.between;
    let name = if culture.family_first {
        format!("{family}{between}{given}")
    } else {
        format!("{given}{between}{family}")
    };
    // Names run out at last; then people tell them apart by a number, as kings do.
    if tries > 12 { format!("{name} {}", tries - 11) } else { name }
}

/// The name as a file stem, words joined by dashes; folded where that gives plain ASCII.
fn stem(name: &str) -> String {
    let folded = fold(name);
    let plain = if folded.is_ascii() { folded } else { nfc(name).into_owned() };
    plain.replace([' ', '\''], "-")
}

fn path(name: &str, place: &str, random: &mut Random) -> String {
    // Some people keep the name as it is for the file, spaces and accents included.
    let file = if random.chance(20.0) { name.to_owned() } else { stem(name) };
    match random.below(10) {
        0 => format!("people/{file}.md"),
        1 => format!("people/family/{}/{file}.md", stem(place)),
        _ => format!("people/{}/{file}.md", stem(place)),
    }
}
