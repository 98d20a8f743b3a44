//! Who lives together: they can be one suggestion.
//!
//! Always true here: living together goes both ways and from one to the next, so everybody is in exactly one
//! household. The owner, people who died and people who were put away are in nobody's.

use crate::features::kinship::generic;
use crate::features::standing::Situation;
use crate::people::book::{ContactId, Tie};
use std::collections::HashSet;

/// The tie that says it by itself, genderless: `household: "[[Bia]]"`, `lives-with`.
const LIVES_WITH: &str = "lives-with";

/// Ties, genderless, of which one says that two people live together where their notes have the same address. Of two
/// people without one (neighbours on one staircase, colleagues of one office) an address says nothing.
const FAMILY: &[&str] = &[
    "partner",
    "parent",
    "child",
    "sibling",
    "grandparent",
    "grandchild",
    "auntuncle",
    "niecenephew",
    "cousin",
    "stepparent",
    "stepchild",
    "parent-in-law",
    "child-in-law",
    "sibling-in-law",
    "housemate",
    "guardian",
    "ward",
    "carer",
    "cares-for",
];

/// Everyone of the household of `id`, in path order, `id` among them. Alone where the settings do not want households.
pub fn household(situation: &Situation, id: ContactId) -> Vec<ContactId> {
    let mut seen = HashSet::from([id]);
    if situation.settings.agenda.households {
        let mut next = vec![id];
        while let Some(one) = next.pop() {
            let new = housemates(situation, one).filter(|other| seen.insert(*other));
            next.extend(new);
        }
    }
    let mut household = seen.into_iter().collect::<Vec<_>>();
    household.sort_unstable();
    household
}

/// Of how many households `people` are.
pub fn households(situation: &Situation, people: &[ContactId]) -> usize {
    let mut known = HashSet::new();
    let new = |id: &&ContactId| {
        let is_new = !known.contains(*id);
        if is_new {
            known.extend(household(situation, **id));
        }
        is_new
    };
    people.iter().filter(new).count()
}

/// Those to whom a tie says that `id` lives with them, whoever they are: the owner as well.
pub fn lives_with(situation: &Situation, id: ContactId) -> impl Iterator<Item = ContactId> {
    let ties = situation.book.ties(id);
    ties.filter(move |tie| is_of_one_roof(situation, id, tie)).map(|tie| tie.other)
}

/// Whether a tie of `id` says that the two live together.
pub fn is_of_one_roof(situation: &Situation, id: ContactId, tie: &Tie) -> bool {
    let (one, other) = (situation.book.brief(id), situation.book.brief(tie.other));
    let kind = generic(&tie.kind, situation.vocabulary);
    let is_said = kind == LIVES_WITH
        || one.home.is_some() && one.home == other.home && FAMILY.contains(&kind);
    is_said && tie.holds(situation.day) && one.is_present() && other.is_present()
}

fn housemates(situation: &Situation, id: ContactId) -> impl Iterator<Item = ContactId> {
    let is_me = |id: ContactId| situation.book.me() == Some(id);
    lives_with(situation, id).filter(move |other| !is_me(id) && !is_me(*other))
}

#[cfg(test)]
mod tests {
    use crate::features::household::{household, households};
    use crate::features::sample::{book, day};
    use crate::features::settings::Settings;
    use crate::features::standing::Situation;
    use crate::people::vocabulary::Vocabulary;

    /// The household of Ana.
    fn check(notes: &[(&str, &str)], expected: &str) {
        let notes = notes.iter().map(|(name, keys)| {
            (
                format!("people/{}.md", name.to_lowercase()),
                format!("---\nname: {name}\n{keys}\n---\n"),
            )
        });
        let notes = notes.collect::<Vec<_>>();
        let notes = notes.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let book = book(&notes.collect::<Vec<_>>());
        let (mut settings, vocabulary) = (Settings::default(), Vocabulary::default());
        let ana = book.linked("Ana").unwrap();
        let shown = |settings: &Settings| {
            let situation = Situation::new(&book, day("2026-11-21"), settings, &vocabulary);
            let everyone = book.people().collect::<Vec<_>>();
            let names =
                household(&situation, ana).into_iter().map(|id| book.brief(id).name.clone());
            let names = names.collect::<Vec<_>>();
            assert_eq!(households(&situation, &everyone), everyone.len() - names.len() + 1);
            names.join(", ")
        };
        assert_eq!(shown(&settings), expected);
        settings.agenda.households = false;
        assert_eq!(shown(&settings), "Ana");
    }

    #[test]
    fn a_tie_may_say_it_and_goes_on_from_one_to_the_next() {
        check(
            &[("Ana", ""), ("Bo", "household: \"[[Ana]]\""), ("Cy", "lives-with: \"[[Bo]]\"")],
            "Ana, Bo, Cy",
        );
        check(
            &[("Ana", "partner: \"[[Bo]]\"\nhousemate: \"[[Cy]]\""), ("Bo", ""), ("Cy", "")],
            "Ana",
        );
        check(&[("Ana", "household: \"[[Bo]] (until 2024)\""), ("Bo", "")], "Ana");
    }

    #[test]
    fn one_address_and_a_family_tie_say_it() {
        let bo = "husband: \"[[Ana]]\"\naddress: [\"Dock 1 (work)\", \"rua x 14 Almada (home)\"]";
        check(&[("Ana", "address: Rua X, 14, Almada"), ("Bo", bo)], "Ana, Bo");
        check(&[("Ana", "address: Rua X 15, Almada"), ("Bo", bo)], "Ana");
        let neighbour = "neighbour: \"[[Ana]]\"\naddress: Rua X 14";
        check(
            &[("Ana", "address: Rua X 14"), ("Bo", neighbour), ("Cy", "address: Rua X 14")],
            "Ana",
        );
        check(&[("Ana", "address: \"…\""), ("Bo", "wife: \"[[Ana]]\"\naddress: \"—\"")], "Ana");
    }

    #[test]
    fn the_owner_and_the_dead_are_of_no_household() {
        check(
            &[
                ("Ana", "household: [\"[[Me]]\", \"[[Bo]]\"]"),
                ("Bo", "died: 2020-01-01\nhousehold: \"[[Cy]]\""),
                ("Cy", "household: \"[[Me]]\""),
                ("Me", ""),
            ],
            "Ana",
        );
    }
}
