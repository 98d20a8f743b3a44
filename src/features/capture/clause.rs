//! The first clause of a sentence while it is read: what its words are to each other.
//!
//! Always true here: nothing is decided and nothing changes; the words after the clause are not looked at.

use crate::features::capture::dates::{DateWords, date_at};
use crate::features::capture::head::{Head, Reader, Role};
use crate::features::capture::names::Match;
use crate::features::capture::speech::{
    AFTER_PEOPLE, BEFORE_KIND, FILLERS, HEDGES, INTO, TALKED, is_done, is_past,
};
use crate::features::capture::words::{Break, Word};
use crate::people::kind::Meaning;
use crate::text::when::Direction;
use std::ops::Range;

/// The first clause as far as it is read.
#[derive(Debug)]
pub struct Clause<'a> {
    /// What it is read with.
    pub reader: Reader<'a>,
    /// The word that is looked at.
    pub at: usize,
    /// One past the last word that may belong to the clause.
    pub end: usize,
    /// Whether a word said that the rest is what was spoken of.
    pub is_about: bool,
    /// What is read of it.
    pub head: Head,
}

impl<'a> Clause<'a> {
    /// The clause before the first of its words is read, which are among those in `within`.
    pub fn new(reader: Reader<'a>, within: Range<usize>) -> Clause<'a> {
        let head = Head {
            words: within.clone(),
            roles: Vec::new(),
            there: Vec::new(),
            spoken_of: Vec::new(),
            days: Vec::new(),
            kind: None,
            is_together: false,
            hedge: None,
            doubts: Vec::new(),
        };
        Clause { reader, at: within.start, end: within.end, is_about: false, head }
    }

    /// A word of the clause.
    pub fn word(&self, at: usize) -> Option<&'a Word> {
        self.reader.words.get(at).filter(|_| at < self.head.words.end)
    }

    /// A word, folded; empty behind the last one.
    pub fn folded(&self, at: usize) -> &'a str {
        self.word(at).map_or("", |word| word.folded.as_str())
    }

    /// The word before, folded.
    pub fn before(&self) -> &'a str {
        if self.at > self.head.words.start { self.folded(self.at - 1) } else { "" }
    }

    /// What the word before does.
    pub fn role_before(&self) -> Option<Role> {
        self.head.roles.last().copied()
    }

    /// Whether a word of the clause does this.
    pub fn has_role(&self, role: Role) -> bool {
        self.head.roles.contains(&role)
    }

    /// Whether nothing but a day is said yet.
    pub fn is_at_start(&self) -> bool {
        self.head.roles.iter().all(|role| *role == Role::Date)
    }

    /// Whether all that was said yet is understood.
    pub fn is_structural(&self) -> bool {
        self.head.roles.iter().all(|role| *role != Role::Text)
    }

    /// Whether one of `verbs` stands before.
    pub fn has_before(&self, verbs: &[&str]) -> bool {
        (self.head.words.start..self.at).any(|at| verbs.contains(&self.folded(at)))
    }

    /// Whether the words before tell of what was: `called Ana …`.
    pub fn tells_of_past(&self) -> bool {
        (self.head.words.start..self.at).any(|at| is_done(self.folded(at)))
    }

    /// What the word for the kind means.
    pub fn kind_meaning(&self) -> Option<Meaning> {
        let word = self.folded(self.head.kind?);
        self.reader.vocabulary.kind(word).map(|kind| kind.meaning)
    }

    /// A day that was or is, from the word at `at` on.
    pub fn past_day(&self, at: usize) -> Option<DateWords> {
        let words = self.reader.words.get(..self.head.words.end)?;
        date_at(words, at, self.reader.today, Direction::Past)
    }

    // People

    fn before_is_there(&self, back: usize) -> bool {
        let at = self.head.roles.len().checked_sub(back);
        at.and_then(|at| self.head.roles.get(at)) == Some(&Role::There)
    }

    fn is_me(&self, back: usize) -> bool {
        let at = self.at.checked_sub(back).filter(|at| *at >= self.head.words.start);
        at.is_some_and(|at| matches!(self.folded(at), "i" | "me"))
    }

    /// Whether the words say that whoever is named from here to `last` was there.
    pub fn stands(&self, last: usize) -> bool {
        if self.is_at_start() {
            return true;
        }
        let comma = self.word(self.at - 1).is_some_and(|word| word.end == Break::Comma);
        let after_people = self.before_is_there(1);
        match self.before() {
            "with" | "w/" => true,
            "and" | "&" | "plus" => {
                let joins = self.before_is_there(2) || self.is_me(2);
                joins && !self.begins_telling(last + 1)
            }
            "to" | "from" => self.head.kind.is_some() || self.has_before(TALKED),
            "into" => INTO.contains(&self.folded(self.at.saturating_sub(2))),
            _ if comma => after_people || self.is_structural(),
            _ => self.role_before() == Some(Role::Kind),
        }
    }

    /// `… and João told me`: João begins a sentence of his own.
    fn begins_telling(&self, at: usize) -> bool {
        let ended = self.word(at - 1).is_none_or(|word| word.end != Break::None);
        !ended && is_past(self.folded(at)) && self.head.kind.is_some()
    }

    /// Whether what comes after `last` makes it somebody who does something: `Will called`, `Will and Ana`, `Will: …`.
    pub fn is_subject(&self, last: usize) -> bool {
        let Some(word) = self.word(last) else { return true };
        let next = self.folded(last + 1);
        let is_name = |at: usize| {
            self.reader.name_at(at).is_some() || self.word(at).is_some_and(|word| word.is_capital)
        };
        let is_kind = || self.reader.vocabulary.kind(next).is_some();
        match word.end {
            Break::Colon | Break::Sentence => true,
            // `Will, Ana: dinner`, but `long, lovely walk`.
            Break::Comma => next.is_empty() || is_name(last + 1) || is_kind(),
            Break::None => {
                next.is_empty()
                    || (next == "and" && is_name(last + 2))
                    || (is_past(next) && next != "will")
                    || self.past_day(last + 1).is_some()
            }
        }
    }

    /// `with Ana and Zed`: how many words from here on name somebody who was there and has no note.
    pub fn unknown(&self) -> Option<usize> {
        let joins = match self.before() {
            "with" | "w/" => true,
            "and" | "&" | "plus" => self.before_is_there(2),
            _ => false,
        };
        let is_name =
            |at: usize| self.word(at).is_some_and(|word| word.is_capital && !word.is_possessive);
        let is_known = self.reader.name_at(self.at).is_some();
        if !joins || self.is_about || !is_name(self.at) || self.folded(self.at) == "i" || is_known {
            return None;
        }
        let joined = |at: &usize| {
            is_name(*at) && self.word(at - 1).is_some_and(|word| word.end == Break::None)
        };
        Some(1 + (self.at + 1..self.at + 4).take_while(joined).count())
    }

    // The kind

    /// Whether the word is the kind of the entry: it begins what is told, follows whoever did it, or stands in between
    /// with only small words.
    pub fn is_kind(&self) -> bool {
        let word = self.folded(self.at);
        if self.is_about
            || word.is_empty()
            || self.reader.vocabulary.kind(word).is_none()
            || self.word(self.at).is_some_and(|word| word.is_possessive || word.link.is_some())
        {
            return false;
        }
        if let Some(kind) = self.head.kind {
            return self.is_what_was_done(kind);
        }
        if self.head.there.is_empty() && !self.has_role(Role::There) {
            return (self.head.words.start..self.at).zip(&self.head.roles).all(|(at, role)| {
                let word = self.folded(at);
                *role == Role::Date
                    || FILLERS.contains(&word)
                    || BEFORE_KIND.contains(&word)
                    || HEDGES.contains(&word)
            });
        }
        let follows = matches!(self.role_before(), Some(Role::There | Role::Joint | Role::Date));
        let is_structural = self.is_structural();
        let word_end = self.word(self.at).map_or(Break::Sentence, |word| word.end);
        let next = self.folded(self.at + 1);
        let ends = word_end != Break::None || next.is_empty();
        follows && is_structural && (is_past(word) || ends || self.past_day(self.at + 1).is_some())
    }

    /// `wrote a letter`, `met for lunch`: what follows the verb says it better.
    fn is_what_was_done(&self, verb: usize) -> bool {
        let joins = |at: usize| self.word(at).is_some_and(|word| word.end == Break::None);
        let is_filler = |at: usize| {
            let word = self.folded(at);
            FILLERS.contains(&word) || BEFORE_KIND.contains(&word)
        };
        let is_contact = |at: usize| {
            let kind = self.reader.vocabulary.kind(self.folded(at));
            kind.is_some_and(|kind| kind.meaning == Meaning::Contact)
        };
        let mut between = verb + 1..self.at;
        is_contact(verb)
            && is_contact(self.at)
            && is_past(self.folded(verb))
            && !is_past(self.folded(self.at))
            && !between.is_empty()
            && joins(verb)
            && between.all(|at| joins(at) && is_filler(at))
    }

    // The end of the clause

    /// Whether the clause ends before the word that comes next.
    pub fn ends_clause(&self) -> bool {
        let Some(last) = self.word(self.at - 1) else { return true };
        match last.end {
            Break::None => false,
            Break::Comma => !self.goes_on(),
            Break::Colon => !self.goes_on_after_colon(),
            Break::Sentence => true,
        }
    }

    /// `plan: lunch with Bo`, `Ana: coffee, fine`, `3 Nov: coffee with Ana`.
    fn goes_on_after_colon(&self) -> bool {
        let is_only_kind = self.head.kind.is_some_and(|at| at + 1 == self.at);
        let has_people = self.has_role(Role::There);
        let is_word_alone = self.word(self.at).is_some_and(|word| word.end != Break::None)
            || self.at + 1 >= self.end;
        self.at < self.end
            && self.is_structural()
            && (self.is_at_start()
                || (is_only_kind && !has_people)
                || (has_people && is_word_alone && self.begins_with_kind()))
    }

    /// Whether what follows a comma still says who was there, when or how.
    fn goes_on(&self) -> bool {
        if self.at >= self.end {
            return false;
        }
        let after_people = self.role_before() == Some(Role::There);
        if self.is_structural() && (self.is_day_alone() || self.begins_with_kind()) {
            return true;
        }
        let Some(found) = self.reader.name_at(self.at) else {
            return after_people && self.folded(self.at) == "and" && self.lists_after_and();
        };
        if self.is_structural() && !self.has_role(Role::There) {
            return true;
        }
        after_people && self.is_listed(&found)
    }

    /// A day that belongs to what stands before it, not to what follows: `monday she leaves`.
    fn is_day_alone(&self) -> bool {
        self.past_day(self.at).is_some_and(|found| {
            let was = found.is_plain && found.day <= self.reader.today;
            was || self.is_at_start() || self.ends_list(self.at + found.count)
        })
    }

    /// `, Bo and João`, `, Bo, …`, `, Bo yesterday`; but `, Bo in hospital` tells of Bo.
    fn is_listed(&self, found: &Match) -> bool {
        let next = self.at + found.count + found.surname;
        let ends =
            self.word(next - 1).is_none_or(|last| last.end != Break::None && !last.is_possessive);
        ends || self.word(next).is_none()
            || matches!(self.folded(next), "and" | "&" | "plus")
            || self.past_day(next).is_some()
    }

    fn lists_after_and(&self) -> bool {
        let found = self.reader.name_at(self.at + 1);
        found.is_some_and(|found| self.ends_list(self.at + 1 + found.count + found.surname))
    }

    fn begins_with_kind(&self) -> bool {
        let mut at = self.at;
        while FILLERS.contains(&self.folded(at)) {
            at += 1;
        }
        self.head.kind.is_none() && self.reader.vocabulary.kind(self.folded(at)).is_some()
    }

    /// Whether a list of people ends, or goes on, before the word at `at`.
    pub fn ends_list(&self, at: usize) -> bool {
        let Some(word) = self.word(at) else { return true };
        self.word(at - 1).is_some_and(|last| last.end != Break::None && !last.is_possessive)
            || AFTER_PEOPLE.contains(&word.folded.as_str())
            || self.past_day(at).is_some()
    }
}
