//! The first clause of a sentence: who was there, when, and what words are left.
//!
//! Always true here: somebody was there only where the words say so; every word has one role.

use crate::features::capture::doubt::{Doubt, Given, Meant};
use crate::features::capture::meant::is_month;
use crate::features::capture::names::{Match, NameTable};
use crate::features::capture::words::Word;
use crate::people::book::ContactId;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use std::ops::Range;

/// What a word of the clause does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It is text.
    Text,
    /// It says when.
    Date,
    /// It says what kind of entry it is.
    Kind,
    /// It names somebody who was there.
    There,
    /// It joins the others (`with`, `and`, `I had a`).
    Joint,
}

/// The first clause, read.
#[derive(Debug, Clone)]
pub struct Head {
    /// Which words are of it.
    pub words: Range<usize>,
    /// The role of each of them.
    pub roles: Vec<Role>,
    /// Who was there, each once.
    pub there: Vec<ContactId>,
    /// Who is spoken of, each once.
    pub spoken_of: Vec<ContactId>,
    /// The day that is said, with its words.
    pub days: Vec<(Day, Range<usize>)>,
    /// Where the word of the kind stands.
    pub kind: Option<usize>,
    /// Whether the words say that people were together without a word for how (`with Ana`, `talked to Ana`).
    pub is_together: bool,
    /// A word that says that it may not have happened.
    pub hedge: Option<usize>,
    /// What is not certain.
    pub doubts: Vec<Doubt>,
}

/// What a clause is read with.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// The sentence.
    pub text: &'a str,
    /// Its words.
    pub words: &'a [Word],
    /// Who could be meant by them.
    pub names: &'a NameTable<'a>,
    /// The words of the vault.
    pub vocabulary: &'a Vocabulary,
    /// The day that the sentence was written on.
    pub today: Day,
    /// What is given besides.
    pub given: &'a Given,
}

impl<'a> Reader<'a> {
    /// The name that the words from `at` on begin with. A word for a kind after it is no surname.
    pub fn name_at(&self, at: usize) -> Option<Match> {
        let mut found = self.names.at(self.words, at)?;
        let next = self.words.get(at + found.count);
        if next.is_some_and(|next| self.vocabulary.kind(&next.folded).is_some()) {
            found.surname = 0;
        }
        Some(found)
    }

    /// The people whom the words in `within` name for certain, as words of a text.
    pub fn spoken_of(&self, within: Range<usize>) -> Vec<ContactId> {
        let mut people = Vec::new();
        let mut at = within.start;
        while at < within.end {
            let is_capital = self.words.get(at).is_some_and(|word| word.is_capital);
            let is_name =
                |found: &Match| found.is_sure || (is_capital && !is_month(self.words, at));
            let found = self.name_at(at).filter(is_name);
            let Some(found) = found else {
                at += 1;
                continue;
            };
            let whose = self.given.settle(&self.folded(at, found.count), &found.people);
            if let Meant::Person(id) = whose
                && found.surname == 0
                && !people.contains(&id)
            {
                people.push(id);
            }
            at += found.count + found.surname;
        }
        people
    }

    /// `count` words from `at` on, folded: what a choice for them is remembered by.
    pub fn folded(&self, at: usize, count: usize) -> String {
        let words = self.words.iter().skip(at).take(count);
        words.map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// `count` words from `at` on, as written.
    pub fn said(&self, at: usize, count: usize) -> String {
        let from = self.words.get(at).map_or(0, |word| word.span.start);
        let to = self.words.get((at + count).saturating_sub(1)).map_or(from, |word| word.span.end);
        self.text.get(from..to).unwrap_or("").to_owned()
    }
}
