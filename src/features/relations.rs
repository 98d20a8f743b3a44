//! Who somebody is tied to, as facts: what the notes write, from both sides; what follows from it; and who stands around
//! those people.
//!
//! Always true here: nothing that follows is among what is written, and every list has an end.

use crate::features::household::lives_with;
use crate::features::kinship::{Loose, loose_ties};
use crate::features::relatives::family::Family;
use crate::features::relatives::infer::{Relative, relatives};
use crate::features::relatives::words::{Group, Words};
use crate::features::standing::Situation;
use crate::people::book::{Book, ContactId, Tie};
use std::collections::HashSet;

/// The ties of one person on one day.
#[derive(Debug, Clone)]
pub struct Relations {
    /// Who.
    pub id: ContactId,
    /// What the notes write, by group: those that hold, then those that are over.
    pub ties: Vec<Told>,
    /// Whom their note names besides, where it is not known who that is.
    pub loose: Vec<Loose>,
    /// Who lives with them, in path order.
    pub household: Vec<ContactId>,
    /// Who is family as it follows, the nearest first.
    pub inferred: Vec<Inferred>,
    /// Whether more would follow than is followed.
    pub cut: bool,
    /// The people around those whom the notes tie to the person, the nearest first.
    pub around: Vec<Around>,
    /// How many more people there would be in `around`.
    pub more_around: usize,
}

/// A written tie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What it is about.
    pub group: Group,
    /// What the other is: `sister`, `introduced by`.
    pub word: String,
    /// Whether it is over.
    pub over: bool,
    /// The tie.
    pub tie: Tie,
}

/// A tie that follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inferred {
    /// What the other is: `aunt`.
    pub word: &'static str,
    /// The relative.
    pub relative: Relative,
    /// How it follows: `Rita is the sister of your mother Ana`.
    pub why: String,
}

/// The ties of somebody who is tied to the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Around {
    /// Who.
    pub id: ContactId,
    /// How many ties away from the person.
    pub steps: u32,
    /// Their ties, but to the person, the owner, and whoever was told of before.
    pub ties: Vec<Told>,
}

/// Of more people than this it is not told who stands around them.
const AROUND: usize = 200;

/// The ties of `id`, with the people around for `depth` of 2 and more.
pub fn relations(situation: &Situation, family: &Family, id: ContactId, depth: u32) -> Relations {
    let words = words(situation, family);
    let found = relatives(family, id);
    let inferred = found.people.into_iter().map(|relative| Inferred {
        word: words.relative(&relative),
        why: words.follows(id, &relative),
        relative,
    });
    let mut household = lives_with(situation, id).collect::<Vec<_>>();
    household.sort_unstable();
    household.dedup();
    let (around, more_around) = around(&words, id, depth);
    Relations {
        id,
        ties: told(&words, words.book.ties(id)),
        loose: loose_ties(situation.book, id, situation.vocabulary),
        household,
        inferred: inferred.collect(),
        cut: found.cut,
        around,
        more_around,
    }
}

/// What it takes to speak of the people of `situation`.
pub fn words<'a>(situation: &Situation<'a>, family: &'a Family) -> Words<'a> {
    let Situation { book, vocabulary, day, .. } = *situation;
    Words { book, vocabulary, family, day, untold_deaths: &[] }
}

fn told(words: &Words<'_>, ties: impl Iterator<Item = Tie>) -> Vec<Told> {
    let told = ties.map(|tie| Told {
        group: words.group(&tie),
        word: words.label(&tie),
        over: tie.is_over(words.day),
        tie,
    });
    let mut told = told.collect::<Vec<_>>();
    told.sort_by_key(|told| (told.over, told.group));
    told
}

/// Walks along ties that hold, as far as `depth`. No way leads through the owner, whom everyone is tied to.
fn around(words: &Words<'_>, id: ContactId, depth: u32) -> (Vec<Around>, usize) {
    let book = words.book;
    let mut known = HashSet::from([id]);
    known.extend(book.me());
    let mut edge = next(book, words, id, &mut known);
    let (mut around, mut more) = (Vec::new(), 0);
    for steps in 1..depth {
        let mut next_edge = Vec::new();
        for who in edge {
            if around.len() >= AROUND {
                more += 1;
                continue;
            }
            let is_new = |tie: &Tie| !known.contains(&tie.other);
            let ties = told(words, book.ties(who).filter(is_new));
            next_edge.extend(next(book, words, who, &mut known));
            if !ties.is_empty() {
                around.push(Around { id: who, steps, ties });
            }
        }
        edge = next_edge;
    }
    (around, more)
}

/// Those whom a tie that holds leads to for the first time.
fn next(
    book: &Book,
    words: &Words<'_>,
    id: ContactId,
    known: &mut HashSet<ContactId>,
) -> Vec<ContactId> {
    let ties = book.ties(id).filter(|tie| tie.holds(words.day));
    ties.map(|tie| tie.other).filter(|other| known.insert(*other)).collect()
}
