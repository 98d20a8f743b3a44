//! The family ties of everyone as the notes write them, ready to be followed.
//!
//! Always true here: what is over is followed nowhere but by blood, which does not end; and what the notes say of two
//! people is known, so that nothing is inferred of them.

use crate::features::kinship::generic;
use crate::features::relatives::kin::{Gender, Kin};
use crate::people::book::{Book, ContactId, Tie};
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;

/// Kinds, genderless, that are no kinship which is followed, and yet settle what two people are to each other.
const SETTLING: &[&str] =
    &["ex", "godparent", "godchild", "guardian", "ward", "great-auntuncle", "great-niecenephew"];

/// The family of everyone in a book, on one day.
#[derive(Debug, Clone, Default)]
pub struct Family {
    ties: Vec<Vec<Written>>,
    genders: Vec<Gendered>,
}

#[derive(Debug, Clone, Copy)]
struct Written {
    // `None` where it is not followed.
    kin: Option<Kin>,
    other: ContactId,
}

/// What all words for somebody say of their gender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gendered {
    Unsaid,
    Said(Gender),
    Contradictory,
}

impl Gendered {
    fn and(self, heard: Gender) -> Gendered {
        match self {
            Gendered::Unsaid => Gendered::Said(heard),
            Gendered::Said(before) if before == heard => self,
            _ => Gendered::Contradictory,
        }
    }

    fn agreed(self) -> Option<Gender> {
        match self {
            Gendered::Said(gender) => Some(gender),
            Gendered::Unsaid | Gendered::Contradictory => None,
        }
    }
}

/// The gender of one person, where all words that notes have for them agree on one.
pub fn gender_of(book: &Book, id: ContactId) -> Option<Gender> {
    let heard = book.words_for(id).filter_map(Gender::of);
    heard.fold(Gendered::Unsaid, Gendered::and).agreed()
}

impl Family {
    /// The family ties of `book` on `day`.
    pub fn of(book: &Book, vocabulary: &Vocabulary, day: Day) -> Family {
        Family::of_ties(book, vocabulary, day, |id| book.ties(id).collect())
    }

    /// The same where `ties` are those of each.
    pub fn of_ties(
        book: &Book,
        vocabulary: &Vocabulary,
        day: Day,
        ties: impl Fn(ContactId) -> Vec<Tie>,
    ) -> Family {
        let mut family = Family::default();
        family.genders.resize(book.people().len(), Gendered::Unsaid);
        for id in book.people() {
            let ties = ties(id).into_iter().filter_map(|tie| {
                family.hear(&tie);
                written(&tie, vocabulary, day)
            });
            let ties = ties.collect();
            family.ties.push(ties);
        }
        family
    }

    fn hear(&mut self, tie: &Tie) {
        let heard = Gender::of(&tie.kind);
        let known = self.genders.get_mut(tie.other.number());
        if let (Some(heard), Some(known)) = (heard, known) {
            *known = known.and(heard);
        }
    }

    /// Those who are written to be `kin` to a person, in the order of their ties.
    pub fn all(&self, id: ContactId, kin: Kin) -> impl Iterator<Item = ContactId> {
        self.of_one(id).iter().filter(move |tie| tie.kin == Some(kin)).map(|tie| tie.other)
    }

    /// Whether a note writes what two people are to each other by family, perhaps in the past.
    pub fn is_written(&self, id: ContactId, other: ContactId) -> bool {
        self.of_one(id).iter().any(|tie| tie.other == other)
    }

    /// How many family ties of a person are written.
    pub fn count(&self, id: ContactId) -> usize {
        self.of_one(id).len()
    }

    /// The gender of a person, where the written words for them agree on one.
    pub fn gender(&self, id: ContactId) -> Option<Gender> {
        self.genders.get(id.number()).and_then(|gendered| gendered.agreed())
    }

    fn of_one(&self, id: ContactId) -> &[Written] {
        self.ties.get(id.number()).map_or(&[], Vec::as_slice)
    }
}

fn written(tie: &Tie, vocabulary: &Vocabulary, day: Day) -> Option<Written> {
    let kind = generic(&tie.kind, vocabulary);
    let other = tie.other;
    match Kin::of(kind) {
        Some(kin) => {
            let by_blood = matches!(kin, Kin::Parent | Kin::Child | Kin::Sibling);
            Some(Written { kin: Some(kin).filter(|_| by_blood || tie.holds(day)), other })
        }
        None => SETTLING.contains(&kind).then_some(Written { kin: None, other }),
    }
}
