//! What settings do to the words of a vault: circles, kinds of entries, relations and triggers by their names.
//!
//! Invariant: a word means one thing; what settings say of a word wins over the defaults.

use crate::features::settings::Trigger;
use crate::people::circle::Circle;
use crate::people::kind::{Kind, Meaning, default_kinds};
use crate::people::relation::RelationKind;
use crate::text::fold::fold;

/// The circle `name`; a new one has no rhythm.
pub fn circle<'a>(circles: &'a mut Vec<Circle>, name: &str) -> Option<&'a mut Circle> {
    if !circles.iter().any(|circle| same(&circle.name, name)) {
        let name = name.trim().to_owned();
        circles.push(Circle { name, cadence: None, how: None, occasion_lead: None });
    }
    circles.iter_mut().find(|circle| same(&circle.name, name))
}

/// The trigger for events of the kind `name`; a new one asks how it is going, once, after a week.
pub fn trigger<'a>(triggers: &'a mut Vec<Trigger>, name: &str) -> Option<&'a mut Trigger> {
    if !triggers.iter().any(|trigger| same(&trigger.event, name)) {
        triggers.push(Trigger {
            event: fold(name).replace([' ', '_'], "-"),
            after: Vec::new(),
            suggestion: "Ask how it is going".to_owned(),
            gentle: false,
        });
    }
    triggers.iter_mut().find(|trigger| same(&trigger.event, name))
}

/// Whether the head of a log entry can hold it: one word of letters, perhaps with hyphens.
pub fn is_word(text: &str) -> bool {
    let text = text.trim();
    let of_letters = text.chars().all(|character| character.is_alphabetic() || character == '-');
    of_letters && text.starts_with(char::is_alphabetic) && !text.ends_with('-')
}

/// Adds words for the kind `name` (a new kind is contact). `None` where a word is the name of another kind.
pub fn add_kind_words(kinds: &mut Vec<Kind>, name: &str, words: Vec<String>) -> Option<()> {
    let is_other = |kind: &Kind, word: &str| same(&kind.name, word) && !same(&kind.name, name);
    if words.iter().any(|word| kinds.iter().any(|kind| is_other(kind, word))) {
        return None;
    }
    for kind in kinds.iter_mut() {
        kind.synonyms.retain(|synonym| !words.iter().any(|word| same(word, synonym)));
    }
    own_kind(kinds, name, Meaning::Contact).synonyms.extend(words);
    Some(())
}

/// The kind of that name; one that is only a word of another kind is taken out of it.
fn own_kind<'a>(kinds: &'a mut Vec<Kind>, name: &str, meaning: Meaning) -> &'a mut Kind {
    let at = kinds.iter().position(|kind| same(&kind.name, name)).unwrap_or_else(|| {
        for kind in kinds.iter_mut() {
            kind.synonyms.retain(|synonym| !same(synonym, name));
        }
        kinds.push(Kind { name: name.trim().to_owned(), synonyms: Vec::new(), meaning });
        kinds.len() - 1
    });
    &mut kinds[at]
}

/// Makes exactly these kinds count as no contact, besides those that never are.
pub fn set_not_contact(kinds: &mut Vec<Kind>, names: &[String]) {
    for kind in kinds.iter_mut().filter(|kind| is_made_silent(kind)) {
        kind.meaning = Meaning::Contact;
    }
    for name in names {
        let kind = own_kind(kinds, name, Meaning::Note);
        if kind.meaning == Meaning::Contact {
            kind.meaning = Meaning::Note;
        }
    }
}

/// The kinds that settings made no contact.
pub fn not_contact(kinds: &[Kind]) -> Vec<String> {
    kinds.iter().filter(|kind| is_made_silent(kind)).map(|kind| kind.name.clone()).collect()
}

fn is_made_silent(kind: &Kind) -> bool {
    let is_default =
        |other: &Kind| other.meaning != Meaning::Contact && same(&other.name, &kind.name);
    kind.meaning == Meaning::Note && !default_kinds().iter().any(is_default)
}

/// The words of each kind that settings added; kinds without any are left out.
pub fn added_kind_words(kinds: &[Kind]) -> Vec<(String, Vec<String>)> {
    let defaults = default_kinds();
    let known = |name: &str, word: &str| {
        defaults
            .iter()
            .any(|kind| kind.name == name && kind.synonyms.iter().any(|known| known == word))
    };
    let added = |kind: &Kind| {
        let words = kind.synonyms.iter().filter(|word| !known(&kind.name, word)).cloned();
        (kind.name.clone(), words.collect::<Vec<_>>())
    };
    kinds.iter().map(added).filter(|(_, words)| !words.is_empty()).collect()
}

/// The kind of tie `name`, to be changed; a new one has an empty parent and inverse until [`settle_relations`].
pub fn relation<'a>(
    relations: &'a mut Vec<RelationKind>,
    name: &str,
) -> Option<&'a mut RelationKind> {
    let name = spelled(name);
    if !relations.iter().any(|kind| kind.name == name) {
        for kind in relations.iter_mut() {
            kind.synonyms.retain(|synonym| !same(synonym, &name));
        }
        relations.push(draft(name.clone()));
    }
    relations.iter_mut().find(|kind| kind.name == name)
}

/// The name of a kind of tie as it is kept.
pub fn spelled(name: &str) -> String {
    fold(name).replace([' ', '_'], "-")
}

fn draft(name: String) -> RelationKind {
    RelationKind { name, synonyms: Vec::new(), parent: String::new(), inverse: String::new() }
}

/// Gives every kind of tie that settings made a parent and an inverse, and makes the kinds that it names and nobody
/// made. Afterwards every parent and every inverse is a kind.
pub fn settle_relations(relations: &mut Vec<RelationKind>) {
    for at in 0..relations.len() {
        let (parent, inverse) = settled(relations, at);
        if let Some(kind) = relations.get_mut(at) {
            (kind.parent, kind.inverse) = (parent, inverse);
        }
    }
    for (parent, inverse) in
        relations.iter().map(|kind| (kind.parent.clone(), kind.inverse.clone())).collect::<Vec<_>>()
    {
        make_missing(relations, &parent, &inverse);
        make_missing(relations, &inverse, &parent);
    }
}

/// Parent and inverse of a kind: what is left open follows from the other.
fn settled(relations: &[RelationKind], at: usize) -> (String, String) {
    let Some(kind) = relations.get(at) else { return Default::default() };
    let opposite = |name: &str| {
        let known = relations.iter().find(|other| other.name == name && !other.inverse.is_empty());
        known.filter(|other| other.name != kind.name).map(|other| other.inverse.clone())
    };
    match (kind.parent.as_str(), kind.inverse.as_str()) {
        ("", "") => (kind.name.clone(), kind.name.clone()),
        // Two new kinds that name each other are each their own parent.
        ("", inverse) => {
            let parent = opposite(inverse)
                .filter(|parent| relations.iter().any(|other| other.name == *parent));
            (parent.unwrap_or_else(|| kind.name.clone()), inverse.to_owned())
        }
        (parent, "") => (parent.to_owned(), opposite(parent).unwrap_or_else(|| parent.to_owned())),
        (parent, inverse) => (parent.to_owned(), inverse.to_owned()),
    }
}

fn make_missing(relations: &mut Vec<RelationKind>, name: &str, inverse: &str) {
    if !relations.iter().any(|kind| kind.name == name) {
        let kind = draft(name.to_owned());
        relations.push(RelationKind {
            parent: name.to_owned(),
            inverse: inverse.to_owned(),
            ..kind
        });
    }
}

fn same(one: &str, other: &str) -> bool {
    spelled(one) == spelled(other)
}

#[cfg(test)]
mod tests {
    use crate::features::setting_words::{
        add_kind_words, not_contact, relation, set_not_contact, settle_relations,
    };
    use crate::people::kind::{Meaning, default_kinds};
    use crate::people::relation::{RelationKind, default_relations};

    #[test]
    fn a_word_means_one_kind() {
        let mut kinds = default_kinds();
        let meaning = |kinds: &[crate::people::kind::Kind], word: &str| {
            let kind = kinds.iter().find(|kind| kind.is_named(word)).unwrap();
            (kind.name.clone(), kind.meaning)
        };
        add_kind_words(&mut kinds, "visit", vec!["Coffee".to_owned(), "Kaffee".to_owned()])
            .unwrap();
        assert_eq!(meaning(&kinds, "coffee"), ("visit".to_owned(), Meaning::Contact));
        assert_eq!(add_kind_words(&mut kinds, "visit", vec!["mail".to_owned()]), None);
        set_not_contact(&mut kinds, &["dream".to_owned(), "saw".to_owned()]);
        assert_eq!(meaning(&kinds, "saw"), ("saw".to_owned(), Meaning::Note));
        assert_eq!(not_contact(&kinds), ["dream", "saw"]);
        set_not_contact(&mut kinds, &[]);
        assert_eq!(meaning(&kinds, "dream").1, Meaning::Contact);
        assert_eq!(meaning(&kinds, "heard").1, Meaning::Note);
    }

    fn check(set: impl FnOnce(&mut Vec<RelationKind>), name: &str, parent: &str, inverse: &str) {
        let mut kinds = default_relations();
        set(&mut kinds);
        settle_relations(&mut kinds);
        let find = |name: &str| {
            kinds.iter().find(|kind| kind.name == name).unwrap_or_else(|| panic!("{name}"))
        };
        assert_eq!((find(name).parent.as_str(), find(name).inverse.as_str()), (parent, inverse));
        kinds.iter().for_each(|kind| {
            find(&kind.parent);
            find(&kind.inverse);
        });
    }

    #[test]
    fn what_a_relation_leaves_open_follows_from_the_rest() {
        let inverse = |name: &'static str, inverse: &'static str| {
            move |kinds: &mut Vec<RelationKind>| {
                relation(kinds, name).unwrap().inverse = inverse.to_owned();
            }
        };
        check(
            |kinds| assert!(relation(kinds, "bandmate").is_some()),
            "bandmate",
            "bandmate",
            "bandmate",
        );
        check(inverse("Foster mother", "child"), "foster-mother", "parent", "child");
        check(inverse("bandmate", "bandmate"), "bandmate", "bandmate", "bandmate");
        check(inverse("patron", "protege"), "protege", "protege", "patron");
        let both = |kinds: &mut Vec<RelationKind>| {
            inverse("patron", "protege")(kinds);
            inverse("protege", "patron")(kinds);
        };
        check(both, "patron", "patron", "protege");
        let parent = |kinds: &mut Vec<RelationKind>| {
            relation(kinds, "stepsister").unwrap().parent = "sibling".to_owned();
        };
        check(parent, "stepsister", "sibling", "sibling");
    }
}
