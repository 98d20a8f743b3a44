//! The first clause of a sentence, read word by word.
//!
//! Always true here: somebody was there only where the words say so; every word has one role.

use crate::features::capture::clause::Clause;
use crate::features::capture::dates::{DateWords, date_at, is_elsewhere, is_rough, vague_at};
use crate::features::capture::doubt::{Doubt, Meant};
use crate::features::capture::head::{Head, Reader, Role};
use crate::features::capture::meant::{is_also_word, is_month};
use crate::features::capture::names::Match;
use crate::features::capture::speech::{
    ABOUT, FILLERS, HEDGES, INTO, OF_BIRTH, ROUGHLY, TALKED, is_past, is_small,
};
use crate::features::capture::words::{Break, Word};
use crate::people::book::ContactId;
use crate::people::kind::Meaning;
use crate::text::when::Direction;
use std::ops::Range;

/// Reads the first clause of the words in `within`.
pub fn head(reader: Reader<'_>, within: Range<usize>) -> Head {
    let mut clause = Clause::new(reader, within);
    while clause.at < clause.end {
        clause.step();
    }
    clause.finish()
}

impl Clause<'_> {
    /// Takes one step: as many words as belong together.
    fn step(&mut self) {
        let taken = self.date().or_else(|| self.person()).unwrap_or_else(|| {
            let role = self.other();
            self.head.roles.push(role);
            1
        });
        self.at += taken;
        if self.ends_clause() {
            self.end = self.at;
        }
    }

    fn push(&mut self, role: Role, count: usize) {
        self.head.roles.extend(std::iter::repeat_n(role, count));
    }

    // Days

    fn date(&mut self) -> Option<usize> {
        let is_plan = self.is_plan();
        let direction = if is_plan { Direction::Future } else { Direction::Past };
        let words = self.reader.words.get(..self.head.words.end)?;
        let found = date_at(words, self.at, self.reader.today, direction)?;
        if matches!(self.before(), "with" | "w/") && self.reader.name_at(self.at).is_some() {
            // Sunday is whoever one has lunch with.
            return None;
        }
        let is_to_come = found.day > self.reader.today && !is_plan;
        if self.is_told_of(&found, is_to_come) {
            self.push(Role::Text, found.count);
        } else if is_to_come && self.tells_of_past() {
            self.doubt_to_come(&found);
            self.push(Role::Text, found.count);
        } else {
            self.head.days.push((found.day, self.at..self.at + found.count));
            self.push(Role::Date, found.count);
        }
        Some(found.count)
    }

    fn is_plan(&self) -> bool {
        let given = self.reader.given.kind.as_deref();
        let given = given.and_then(|kind| self.reader.vocabulary.kind(kind));
        given.map_or(self.kind_meaning(), |kind| Some(kind.meaning)) == Some(Meaning::Plan)
    }

    /// Whether the day belongs to what was spoken of, not to the entry; what is not certain is noted.
    fn is_told_of(&mut self, found: &DateWords, is_to_come: bool) -> bool {
        let words = self.reader.words;
        if is_rough(words, self.at) && ROUGHLY.contains(&self.before()) {
            let said = self.reader.said(self.at - 1, found.count + 1);
            self.head.doubts.push(Doubt::NoDay { said });
            return true;
        }
        if self.is_about && is_to_come && found.is_plain {
            // `lunch about the exam tomorrow` may be a plan.
            let is_subject = self.has_before(&["about", "re", "regarding"]);
            if is_subject && !self.tells_of_past() {
                self.doubt_to_come(found);
            }
            return true;
        }
        if !found.is_plain && self.is_of_birth() {
            let said = self.reader.said(self.at, found.count);
            self.head.doubts.push(Doubt::Birthday { said });
            return true;
        }
        is_elsewhere(self.before()) || (self.is_about && !found.is_plain)
    }

    /// `birthday 12 march`, `born on 12 march`, `birthday is 12 march`
    fn is_of_birth(&self) -> bool {
        let back = if matches!(self.before(), "is" | "was") { 2 } else { 1 };
        let word = self.at.checked_sub(back).filter(|at| *at >= self.head.words.start);
        word.is_some_and(|at| OF_BIRTH.contains(&self.folded(at)))
    }

    fn doubt_to_come(&mut self, found: &DateWords) {
        let said = self.reader.said(self.at, found.count);
        self.head.doubts.push(Doubt::ToCome { said });
    }

    // People

    fn person(&mut self) -> Option<usize> {
        let found = self.reader.name_at(self.at)?;
        let word = self.word(self.at)?;
        let is_joined = word.goes_on() && self.word(self.at + 1).is_some();
        let is_word = !word.is_capital && is_small(&word.folded) && is_joined;
        if !found.is_sure && (is_word || is_month(self.reader.words, self.at)) {
            return None;
        }
        if found.surname > 0 {
            return Some(self.other_surname(&found));
        }
        let last = self.at + found.count - 1;
        let is_possessive = self.word(last).is_some_and(|word| word.is_possessive);
        if !self.stands(last) || is_possessive || self.is_about {
            return self.mention(&found);
        }
        if self.is_maybe_word(&found, word) {
            let said = self.reader.said(self.at, found.count);
            match self.reader.given.chosen(&word.folded, &found.people) {
                Some(Meant::Person(_)) => {}
                Some(_) => return None,
                None => {
                    self.head.doubts.push(Doubt::WordOrName { said, people: found.people });
                    return None;
                }
            }
        }
        self.take(&found)
    }

    /// Whether one word may be a name or only a word: at the start, where a capital letter says nothing, and in small
    /// letters where a list of people does not end after it.
    fn is_maybe_word(&self, found: &Match, word: &Word) -> bool {
        let is_also =
            is_also_word(&word.folded) || self.reader.vocabulary.kind(&word.folded).is_some();
        if found.is_sure {
            return false;
        }
        if self.is_at_start() {
            let is_maybe = is_also || (!word.is_capital && !found.is_whole);
            return is_maybe && !self.is_subject(self.at);
        }
        let ends = match self.role_before() {
            Some(Role::Kind) => !word.goes_on() || self.word(self.at + 1).is_none(),
            _ => self.ends_list(self.at + 1),
        };
        is_also && !word.is_capital && !ends
    }

    /// `Ana Sousa`, where only Ana Lima is known: nobody is guessed.
    fn other_surname(&mut self, found: &Match) -> usize {
        let count = found.count + found.surname;
        let last = self.at + count - 1;
        let is_possessive = self.word(last).is_some_and(|word| word.is_possessive);
        let stands = self.stands(last) && !is_possessive && !self.is_about;
        let said = self.reader.said(self.at, count);
        let folded = self.reader.folded(self.at, count);
        let meant = self.reader.given.settle_surname(&folded, &found.people);
        match meant {
            Meant::Person(id) if stands => {
                self.be_there(id, found.count);
                found.count
            }
            Meant::Unsure if stands => {
                self.head.doubts.push(Doubt::Surname { said, people: found.people.clone() });
                self.join_before();
                self.push(Role::There, count);
                count
            }
            _ => {
                let said = if is_possessive { said.trim_end_matches(['s', 'S']) } else { &said };
                let said = said.trim_end_matches(['\'', '’']).to_owned();
                self.head.doubts.push(Doubt::Unknown { said });
                self.push(Role::Text, count);
                count
            }
        }
    }

    fn take(&mut self, found: &Match) -> Option<usize> {
        let folded = self.reader.folded(self.at, found.count);
        match self.reader.given.settle(&folded, &found.people) {
            Meant::Nobody => return None,
            Meant::Person(id) => self.be_there(id, found.count),
            Meant::Unsure => {
                let said = self.reader.said(self.at, found.count);
                self.head.doubts.push(Doubt::Several { said, people: found.people.clone() });
                self.join_before();
                self.push(Role::There, found.count);
            }
        }
        Some(found.count)
    }

    fn be_there(&mut self, id: ContactId, count: usize) {
        if !self.head.there.contains(&id) {
            self.head.there.push(id);
        }
        self.join_before();
        self.push(Role::There, count);
    }

    /// `with`, `and` before somebody who was there join them to the rest.
    fn join_before(&mut self) {
        let is_joint = matches!(self.before(), "with" | "w/" | "and" | "&" | "plus");
        let is_with = matches!(self.before(), "with" | "w/");
        if let Some(role) = self.head.roles.last_mut().filter(|_| is_joint) {
            *role = Role::Joint;
        }
        self.head.is_together |= is_with;
    }

    /// Somebody who is only spoken of; a small letter makes a word.
    fn mention(&mut self, found: &Match) -> Option<usize> {
        let is_capital = self.word(self.at).is_some_and(|word| word.is_capital);
        let folded = self.reader.folded(self.at, found.count);
        let given = self.reader.given;
        if !found.is_sure && !is_capital {
            let said = self.reader.said(self.at, 1);
            if !given.chosen.iter().any(|(word, _)| *word == folded) {
                self.head.doubts.push(Doubt::AsWord { said, people: found.people.clone() });
            }
            return None;
        }
        if let Meant::Person(id) = given.settle(&folded, &found.people)
            && !self.head.spoken_of.contains(&id)
        {
            self.head.spoken_of.push(id);
        }
        self.push(Role::Text, found.count);
        Some(found.count)
    }

    // Other words

    fn other(&mut self) -> Role {
        let word = self.folded(self.at);
        if self.head.hedge.is_none() && HEDGES.contains(&word) {
            self.head.hedge = Some(self.at);
        }
        if self.is_kind() {
            self.head.kind = Some(self.at);
            self.fill_before();
            return Role::Kind;
        }
        if let Some(count) = self.unknown() {
            let said = self.reader.said(self.at, count);
            self.head.doubts.push(Doubt::Unknown { said });
        }
        self.is_about |= ABOUT.contains(&word) && !is_rough(self.reader.words, self.at + 1);
        if self.head.days.is_empty()
            && let Some(count) = vague_at(self.reader.words, self.at).filter(|_| !self.is_about)
        {
            let said = self.reader.said(self.at, count);
            self.head.doubts.push(Doubt::NoDay { said });
        }
        self.role_of_other(word)
    }

    fn role_of_other(&mut self, word: &str) -> Role {
        let together =
            matches!(word, "to" | "into") && (self.has_before(TALKED) || self.has_before(INTO));
        self.head.is_together |= together && self.reader.name_at(self.at + 1).is_some();
        let role = self.role_before();
        let after_people = matches!(role, Some(Role::There | Role::Joint));
        // `coffee with Bo I had cake` goes on with another sentence.
        let begins_anew = matches!(word, "i" | "we")
            && self.before() != "and"
            && self.word(self.at).is_some_and(|word| word.end == Break::None)
            && self.word(self.at + 1).is_some();
        match word {
            _ if begins_anew => Role::Text,
            "i" | "me" | "us" | "we" if after_people || self.before() == "and" => {
                if self.before() == "and"
                    && let Some(role) = self.head.roles.last_mut()
                {
                    *role = Role::Joint;
                }
                Role::Joint
            }
            "me" | "us" if role == Some(Role::Kind) => Role::Joint,
            // `texted João back`
            "back" if self.is_after_past_kind() && self.ends_list(self.at + 1) => Role::Joint,
            _ => Role::Text,
        }
    }

    fn is_after_past_kind(&self) -> bool {
        let follows = matches!(self.role_before(), Some(Role::There | Role::Kind));
        follows && self.head.kind.is_some_and(|at| is_past(self.folded(at)))
    }

    /// `I had a` before the kind says nothing more.
    fn fill_before(&mut self) {
        let start = self.head.words.start;
        let words = (start..self.at).map(|at| self.folded(at)).collect::<Vec<_>>();
        let mut all = words.iter().zip(&self.head.roles);
        let is_filler = all.all(|(word, role)| *role != Role::Text || FILLERS.contains(word));
        if is_filler {
            for role in &mut self.head.roles {
                if *role == Role::Text {
                    *role = Role::Joint;
                }
            }
        }
    }

    fn finish(mut self) -> Head {
        self.head.words.end = self.at;
        if self.head.kind.is_none() && self.head.is_together {
            self.find_kind_before();
        }
        if !self.head.days.is_empty() || self.reader.given.day.is_some() {
            self.head.doubts.retain(|doubt| !matches!(doubt, Doubt::NoDay { .. }));
        }
        if self.reader.given.day.is_some() {
            self.head.doubts.retain(|doubt| !matches!(doubt, Doubt::ToCome { .. }));
        }
        self.head
    }

    /// `had the best coffee ever with Ana`: the kind stands before `with`.
    fn find_kind_before(&mut self) {
        let start = self.head.words.start;
        let there = self.head.roles.iter().position(|role| *role == Role::There);
        let before = start..start + there.unwrap_or(0);
        let kind = before.rev().find(|at| {
            let is_text = self.head.roles.get(at - start) == Some(&Role::Text);
            is_text && self.reader.vocabulary.kind(self.folded(*at)).is_some()
        });
        self.head.kind = kind;
    }
}
