//! The kinds of kinship, and the words for them.

/// What somebody is to somebody by family, whatever their gender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Kin {
    Partner,
    Parent,
    Child,
    Sibling,
    Grandparent,
    Grandchild,
    AuntUncle,
    NieceNephew,
    Cousin,
    Stepparent,
    Stepchild,
    ParentInLaw,
    ChildInLaw,
    SiblingInLaw,
}

/// What a word for somebody says of their gender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Gender {
    Female,
    Male,
}

/// The genderless kind of a note, then the words: of a person, of a woman, of a man.
const WORDS: &[(Kin, &str, [&str; 3])] = &[
    (Kin::Partner, "partner", ["partner", "partner", "partner"]),
    (Kin::Parent, "parent", ["parent", "mother", "father"]),
    (Kin::Child, "child", ["child", "daughter", "son"]),
    (Kin::Sibling, "sibling", ["sibling", "sister", "brother"]),
    (Kin::Grandparent, "grandparent", ["grandparent", "grandmother", "grandfather"]),
    (Kin::Grandchild, "grandchild", ["grandchild", "granddaughter", "grandson"]),
    (Kin::AuntUncle, "auntuncle", ["aunt or uncle", "aunt", "uncle"]),
    (Kin::NieceNephew, "niecenephew", ["niece or nephew", "niece", "nephew"]),
    (Kin::Cousin, "cousin", ["cousin", "cousin", "cousin"]),
    (Kin::Stepparent, "stepparent", ["stepparent", "stepmother", "stepfather"]),
    (Kin::Stepchild, "stepchild", ["stepchild", "stepdaughter", "stepson"]),
    (Kin::ParentInLaw, "parent-in-law", ["parent-in-law", "mother-in-law", "father-in-law"]),
    (Kin::ChildInLaw, "child-in-law", ["child-in-law", "daughter-in-law", "son-in-law"]),
    (Kin::SiblingInLaw, "sibling-in-law", ["sibling-in-law", "sister-in-law", "brother-in-law"]),
];

/// Words of notes that tell a gender and are no kinship of [`WORDS`] in the same word.
const FEMALE: &[&str] = &[
    "wife",
    "girlfriend",
    "godmother",
    "goddaughter",
    "half-sister",
    "stepsister",
    "great-aunt",
    "great-niece",
];
const MALE: &[&str] = &[
    "husband",
    "boyfriend",
    "godfather",
    "godson",
    "half-brother",
    "stepbrother",
    "great-uncle",
    "great-nephew",
];

impl Kin {
    /// The kinship that a genderless kind of a note is: `auntuncle`.
    pub fn of(generic: &str) -> Option<Kin> {
        WORDS.iter().find(|(_, name, _)| *name == generic).map(|(kin, ..)| *kin)
    }

    /// The genderless kind as notes write it.
    pub fn name(self) -> &'static str {
        self.row().map_or("", |(_, name, _)| name)
    }

    /// The word for somebody of this gender.
    pub fn word(self, gender: Option<Gender>) -> &'static str {
        let Some((_, _, [any, woman, man])) = self.row() else { return "" };
        match gender {
            None => any,
            Some(Gender::Female) => woman,
            Some(Gender::Male) => man,
        }
    }

    fn row(self) -> Option<&'static (Kin, &'static str, [&'static str; 3])> {
        WORDS.iter().find(|(kin, ..)| *kin == self)
    }
}

impl Gender {
    /// What the written kind of a tie says of the one whom it names.
    pub fn of(kind: &str) -> Option<Gender> {
        let is = |at: usize| {
            WORDS.iter().any(|(_, _, words)| {
                let [any, ..] = words;
                words.get(at).is_some_and(|word| word == &kind && word != any)
            })
        };
        if FEMALE.contains(&kind) || is(1) {
            Some(Gender::Female)
        } else if MALE.contains(&kind) || is(2) {
            Some(Gender::Male)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::features::relatives::kin::{Gender, Kin, WORDS};
    use crate::people::relation::default_relations;

    #[test]
    fn every_kinship_is_a_kind_of_the_notes() {
        let kinds = default_relations();
        let find = |name: &str| kinds.iter().find(|kind| kind.name == name);
        for (kin, name, [_, woman, man]) in WORDS {
            assert_eq!(find(name).map(|kind| kind.parent.as_str()), Some(*name));
            assert_eq!((Kin::of(name), kin.name()), (Some(*kin), *name));
            for word in [woman, man] {
                assert_eq!(find(word).map(|kind| kind.parent.as_str()), Some(*name), "{word}");
            }
        }
    }

    #[test]
    fn a_word_tells_a_gender_where_it_has_one() {
        assert_eq!(Gender::of("aunt"), Some(Gender::Female));
        assert_eq!(Gender::of("husband"), Some(Gender::Male));
        for kind in ["cousin", "partner", "auntuncle", "friend"] {
            assert_eq!(Gender::of(kind), None, "{kind}");
        }
    }
}
