//! Pets in words, and their birthdays.

use crate::features::age::{age, died};
use crate::note::link_write::without_links;
use crate::people::pet::Pet;
use crate::text::day::Day;

/// A pet on `day` as a person says it: `Mel, a dog, about 7`; `Mel, a dog, died in 2024`.
pub fn said(pet: &Pet, day: Day) -> String {
    let species = pet.species.as_deref().map(with_article);
    let life = match pet.died {
        Some(Some(date)) => Some(died(date, day)),
        Some(None) => Some("no longer alive".to_owned()),
        None => pet.born.and_then(|born| age(born, day)),
    };
    let parts = std::iter::once(without_links(&pet.name)).chain(species).chain(life);
    parts.collect::<Vec<_>>().join(", ")
}

/// The next birthday of a pet that lives on or after `day`, and how old it is then; only where month and day are
/// known.
pub fn birthday(pet: &Pet, day: Day, leap_day_in_march: bool) -> Option<(Day, Option<u32>)> {
    let born = pet.born.filter(|_| pet.died.is_none())?;
    let next = born.next_on_or_after(day, leap_day_in_march)?;
    let years = born.year().filter(|_| !born.estimated).map(|year| next.year() - year);
    match years {
        // Its first day, or one ahead.
        Some(years) if years < 1 => None,
        years => Some((next, years.and_then(|years| u32::try_from(years).ok()))),
    }
}

/// `a dog`, `an axolotl`; several animals and what is no plain word stay as they are.
fn with_article(species: &str) -> String {
    let first = species.chars().next().unwrap_or(' ');
    let last = species.split(',').next().unwrap_or(species);
    let is_one = first.is_lowercase() && !last.ends_with('s') && !last.starts_with("a ");
    match is_one {
        true if "aeiou".contains(first) => format!("an {species}"),
        true => format!("a {species}"),
        false => species.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::features::pets::{birthday, said};
    use crate::people::pet::Pet;
    use crate::text::day::Day;

    fn check(text: &str, expected: &str) {
        let today = Day::parse("2026-11-21").unwrap();
        let pet = Pet::read(text);
        let next = birthday(&pet, today, false).map(|(day, years)| format!(" | {day} {years:?}"));
        assert_eq!(format!("{}{}", said(&pet, today), next.unwrap_or_default()), expected);
    }

    #[test]
    fn a_pet_is_said_with_what_is_known_of_it() {
        check("Mel (dog, 2019)", "Mel, a dog, about 7");
        check("Mel (dog, 2019-05-03)", "Mel, a dog, 7 | 2027-05-03 Some(8)");
        check("Mel (dog, --05-03)", "Mel, a dog | 2027-05-03 None");
        check("Måns (axolotl)", "Måns, an axolotl");
        check("Pips (2 finches)", "Pips, 2 finches");
        check("two finches without names", "two finches without names");
        check("[[Mel]] (Border Collie, born 2026)", "Mel, Border Collie, born this year");
        check("Mel (dog, 2010-02-03, died 2024)", "Mel, a dog, died in 2024");
        check("Mel (dog, died 2026-11-16)", "Mel, a dog, died on 16 November");
        check("Mel (dog, †)", "Mel, a dog, no longer alive");
        check("Mel (dog, 2026-11-21)", "Mel, a dog, a few weeks");
    }
}
