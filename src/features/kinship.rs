//! Ties as words: what one person is to another, as it is said.

use crate::people::book::{Book, ContactId, Tie};
use crate::people::names::Resolution;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;

/// Ties that are no noun for a person: nobody says "your introduced-by".
const UNSAID: &[&str] = &[
    "introduced-by",
    "introduced",
    "met-through",
    "connected",
    "knows",
    "lives-with",
    "cares-for",
    "report",
    "ex",
];

/// What a person is to the owner on `day`: `your mother`. `None` where settings name no owner, there is no tie that
/// holds, or it is none that is said.
pub fn to_owner(book: &Book, id: ContactId, vocabulary: &Vocabulary, day: Day) -> Option<String> {
    let ties = book.ties(book.me()?).filter(|tie| tie.other == id);
    Some(format!("your {}", nearest(ties, vocabulary, day)?))
}

/// What `other` is to `id` on `day`: `father`, by the nearest tie that holds. The person's own word for it comes first.
pub fn said(
    book: &Book,
    id: ContactId,
    other: ContactId,
    vocabulary: &Vocabulary,
    day: Day,
) -> Option<String> {
    nearest(book.ties(id).filter(|tie| tie.other == other), vocabulary, day)
}

/// The noun of the nearest of `ties` that holds on `day`; of those that are equally near, of the first.
pub fn nearest(
    ties: impl Iterator<Item = Tie>,
    vocabulary: &Vocabulary,
    day: Day,
) -> Option<String> {
    let holding = ties.filter(|tie| tie.holds(day));
    let nouns = holding.filter_map(|tie| {
        Some((nearness(generic(&tie.kind, vocabulary)), noun(&tie.kind, vocabulary)?))
    });
    nouns.min_by_key(|(nearness, _)| *nearness).map(|(_, noun)| noun)
}

/// Genderless kinds from the nearest on; all others are equally far.
const NEAREST: &[&str] = &[
    "partner",
    "child",
    "stepchild",
    "parent",
    "stepparent",
    "sibling",
    "grandchild",
    "grandparent",
    "ward",
    "guardian",
    "carer",
    "housemate",
    "auntuncle",
    "niecenephew",
    "cousin",
    "child-in-law",
    "parent-in-law",
    "sibling-in-law",
    "godchild",
    "godparent",
    "friend",
];

/// How near somebody is by a tie of a genderless kind: less is nearer.
pub fn nearness(generic: &str) -> usize {
    NEAREST.iter().position(|kind| *kind == generic).unwrap_or(NEAREST.len())
}

/// Whether somebody of a genderless kind is close: family of the nearest kind, or under one roof.
pub fn is_close(generic: &str) -> bool {
    nearness(generic) <= nearness("housemate")
}

/// A tie of a note to somebody who cannot be told: nobody has a note of that name, or several do, or there is no link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loose {
    /// The genderless kind.
    pub generic: String,
    /// What they are: `sister`.
    pub word: String,
    /// What the note calls them.
    pub name: String,
    /// Why it is not known who that is: `no note`.
    pub why: &'static str,
}

/// Those of the note of `id`, as it names them; links first.
pub fn loose_ties(book: &Book, id: ContactId, vocabulary: &Vocabulary) -> Vec<Loose> {
    let contact = book.contact(id);
    let loose = |kind: &str, name: &str, why| Loose {
        generic: generic(kind, vocabulary).to_owned(),
        word: noun(kind, vocabulary).unwrap_or_else(|| kind.replace(['-', '_'], " ")),
        name: name.to_owned(),
        why,
    };
    let linked = contact.relations.iter().filter_map(|tie| {
        let name = tie.to.target.note.as_str();
        let why = match book.resolve(name) {
            Resolution::One(note) if book.contact_of(note).is_some() => return None,
            Resolution::One(_) => "not the note of a person",
            Resolution::Several(_) => "several notes are called so",
            Resolution::Nobody => "no note",
        };
        Some(loose(&tie.kind, name, why))
    });
    let named = contact.named_ties.iter().map(|tie| {
        let is_known = book.linked(&tie.name).is_some();
        loose(&tie.kind, &tie.name, if is_known { "not linked" } else { "no note" })
    });
    linked.chain(named).collect()
}

impl Loose {
    /// `Rita (no note)`
    pub fn told(&self) -> String {
        format!("{} ({})", self.name, self.why)
    }
}

/// Whether two people are tied on `day` by a kind whose genderless form is one of `kinds`.
pub fn is_any(
    book: &Book,
    id: ContactId,
    other: ContactId,
    kinds: &[&str],
    vocabulary: &Vocabulary,
    day: Day,
) -> bool {
    let mut ties = book.ties(id).filter(|tie| tie.other == other && tie.holds(day));
    ties.any(|tie| kinds.contains(&generic(&tie.kind, vocabulary)))
}

/// The genderless kind of a written one: `parent` of `mum`; the word itself where nothing is known of it.
pub fn generic<'a>(kind: &'a str, vocabulary: &'a Vocabulary) -> &'a str {
    vocabulary.relation(kind).map_or(kind, |known| known.parent.as_str())
}

/// The noun for a written kind: `aunt or uncle`; `None` where it is none that is said of a person.
pub fn noun(kind: &str, vocabulary: &Vocabulary) -> Option<String> {
    let known = vocabulary.relation(kind);
    let name = known.map_or(kind, |known| known.name.as_str());
    match name {
        "auntuncle" => return Some("aunt or uncle".to_owned()),
        "niecenephew" => return Some("niece or nephew".to_owned()),
        "great-auntuncle" => return Some("great-aunt or great-uncle".to_owned()),
        "great-niecenephew" => return Some("great-niece or great-nephew".to_owned()),
        "half-sister" | "half-brother" => return Some(name.to_owned()),
        great if great.starts_with("great-") => return Some(great.to_owned()),
        unsaid if UNSAID.contains(&unsaid) => return None,
        _ => {}
    }
    // Somebody is one of the `children`, not the children.
    let written = if is_plural(kind, name) { name } else { kind };
    let spaced = written.replace('_', "-");
    Some(if spaced.ends_with("-in-law") { spaced } else { spaced.replace('-', " ") })
}

fn is_plural(kind: &str, name: &str) -> bool {
    let stem = kind.strip_suffix("-in-law").unwrap_or(kind);
    kind != name
        && (stem.ends_with('s') || stem.ends_with("children") || stem.ends_with("household"))
}

#[cfg(test)]
mod tests {
    use crate::features::kinship::{said, to_owner};
    use crate::features::sample::{book, day};
    use crate::people::vocabulary::Vocabulary;

    const NOTES: &[(&str, &str)] = &[
        (
            "people/me.md",
            "---\nname: Inês\nmother: \"[[mae]]\"\nwife: \"[[bia]]\"\nchildren: [\"[[leo]]\", \"[[mia]]\"]\n\
             introduced_by: \"[[ana]]\"\nmother-in-law: \"[[rosa]]\"\n\
             husband: \"[[ze]] (2010-2015)\"\n---\n",
        ),
        ("people/ana.md", "---\nname: Ana\n---\n"),
        ("people/bia.md", "---\nname: Bia\nuncle: \"[[rui]]\"\n---\n"),
        ("people/leo.md", "---\nname: Leo\n---\n"),
        ("people/mae.md", "---\nname: Mãe\n---\n"),
        ("people/mia.md", "---\nname: Mia\n---\n"),
        ("people/rosa.md", "---\nname: Rosa\n---\n"),
        ("people/ze.md", "---\nname: Zé\n---\n"),
        ("people/rui.md", "---\nname: Rui\nsister: \"[[rosa]]\"\n---\n"),
    ];

    fn check_to_owner(who: &str, expected: Option<&str>) {
        let book = book(NOTES);
        let id = book.linked(who).unwrap();
        assert_eq!(
            to_owner(&book, id, &Vocabulary::default(), day("2026-11-21")).as_deref(),
            expected,
            "{who}"
        );
    }

    #[test]
    fn people_are_named_by_what_they_are_to_the_owner() {
        check_to_owner("Mãe", Some("your mother"));
        check_to_owner("Bia", Some("your wife"));
        check_to_owner("Leo", Some("your child"));
        check_to_owner("Rosa", Some("your mother-in-law"));
        check_to_owner("Ana", None);
        check_to_owner("Rui", None);
        check_to_owner("Zé", None);
    }

    #[test]
    fn a_tie_is_said_from_either_side() {
        let book = book(NOTES);
        let words = |who: &str, other: &str| {
            let (who, other) = (book.linked(who).unwrap(), book.linked(other).unwrap());
            said(&book, who, other, &Vocabulary::default(), day("2026-11-21")).unwrap_or_default()
        };
        assert_eq!(words("Rui", "Rosa"), "sister");
        assert_eq!(words("Rosa", "Rui"), "sibling");
        assert_eq!(words("Rui", "Bia"), "niece or nephew");
    }
}
