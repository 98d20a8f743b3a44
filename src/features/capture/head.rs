//! The first clause of a sentence: who was there, when, and what words are left.
//!
//! Always true here: somebody was there only where the words say so; every word has one role.

use crate::features::capture::dates::{date_at, is_elsewhere, vague_at};
use crate::features::capture::doubt::{Doubt, Given, Meant};
use crate::features::capture::names::{Match, NameTable};
use crate::features::capture::speech::{
    ABOUT, AFTER_PEOPLE, ALSO_VERBS, BEFORE_KIND, FILLERS, HEDGES, INTO, TALKED, is_past,
};
use crate::features::capture::words::{Break, Word};
use crate::people::book::ContactId;
use crate::people::kind::Meaning;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use crate::text::partial_date::month_of;
use crate::text::when::Direction;
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
    /// Reads the first clause of the words in `within`.
    pub fn head(&self, within: Range<usize>) -> Head {
        let mut walk = Walk::new(*self, within);
        while walk.at < walk.end {
            walk.step();
        }
        walk.finish()
    }

    /// The people whom the words in `within` name for certain, as words of a text.
    pub fn spoken_of(&self, within: Range<usize>) -> Vec<ContactId> {
        let mut people = Vec::new();
        let mut at = within.start;
        while at < within.end {
            let found = self.names.at(self.words, at);
            let is_name = |found: &Match| {
                found.is_sure || self.words.get(at).is_some_and(|word| word.is_capital)
            };
            if let Some(found) = found.filter(is_name) {
                if let Meant::Person(id) =
                    self.given.settle(&self.folded(at, found.count), &found.people)
                    && !people.contains(&id)
                {
                    people.push(id);
                }
                at += found.count;
            } else {
                at += 1;
            }
        }
        people
    }

    fn folded(&self, at: usize, count: usize) -> String {
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

struct Walk<'a> {
    reader: Reader<'a>,
    at: usize,
    // One past the last word that may belong to the clause.
    end: usize,
    is_about: bool,
    head: Head,
}

impl<'a> Walk<'a> {
    fn new(reader: Reader<'a>, within: Range<usize>) -> Walk<'a> {
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
        Walk { reader, at: within.start, end: within.end, is_about: false, head }
    }

    fn word(&self, at: usize) -> Option<&'a Word> {
        self.reader.words.get(at).filter(|_| at < self.head.words.end)
    }

    fn folded(&self, at: usize) -> &'a str {
        self.word(at).map_or("", |word| word.folded.as_str())
    }

    fn before(&self) -> &'a str {
        if self.at > self.head.words.start { self.folded(self.at - 1) } else { "" }
    }

    fn role_before(&self) -> Option<Role> {
        self.head.roles.last().copied()
    }

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

    // Days

    fn date(&mut self) -> Option<usize> {
        let direction = match self.kind_meaning() {
            Some(Meaning::Plan) => Direction::Future,
            _ => Direction::Past,
        };
        let reader = self.reader;
        let words = reader.words.get(..self.head.words.end)?;
        let found = date_at(words, self.at, reader.today, direction)?;
        if is_elsewhere(self.before()) || (self.is_about && !found.is_plain) {
            return None;
        }
        self.head.days.push((found.day, self.at..self.at + found.count));
        self.push(Role::Date, found.count);
        Some(found.count)
    }

    fn push(&mut self, role: Role, count: usize) {
        self.head.roles.extend(std::iter::repeat_n(role, count));
    }

    // People

    fn person(&mut self) -> Option<usize> {
        let words = self.reader.words.get(..self.head.words.end)?;
        let found = self.reader.names.at(words, self.at)?;
        if self.is_month_or_weekday() {
            return None;
        }
        let last = self.at + found.count - 1;
        let is_possessive = self.word(last).is_some_and(|word| word.is_possessive);
        let stands = self.stands(last);
        if !stands || is_possessive || self.is_about {
            return self.mention(&found);
        }
        if self.is_at_start() && self.is_also_verb(&found) && !self.is_subject(last) {
            let said = self.reader.said(self.at, found.count);
            match self.reader.given.chosen.iter().find(|(word, _)| *word == self.folded(self.at)) {
                Some((_, Some(_))) => {}
                Some((_, None)) => return None,
                None => {
                    self.head.doubts.push(Doubt::WordOrName { said, people: found.people });
                    return None;
                }
            }
        }
        self.take(&found)
    }

    fn take(&mut self, found: &Match) -> Option<usize> {
        let folded = self.reader.folded(self.at, found.count);
        match self.reader.given.settle(&folded, &found.people) {
            Meant::Nobody => return None,
            Meant::Person(id) => {
                if !self.head.there.contains(&id) {
                    self.head.there.push(id);
                }
            }
            Meant::Unsure => {
                let said = self.reader.said(self.at, found.count);
                self.head.doubts.push(Doubt::Several { said, people: found.people.clone() });
            }
        }
        self.join_before();
        self.push(Role::There, found.count);
        Some(found.count)
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
        if !found.is_sure && !is_capital {
            let said = self.reader.said(self.at, 1);
            let chosen = &self.reader.given.chosen;
            if !chosen.iter().any(|(word, _)| *word == self.folded(self.at)) {
                self.head.doubts.push(Doubt::AsWord { said, people: found.people.clone() });
            }
            return None;
        }
        let folded = self.reader.folded(self.at, found.count);
        if let Meant::Person(id) = self.reader.given.settle(&folded, &found.people)
            && !self.head.spoken_of.contains(&id)
        {
            self.head.spoken_of.push(id);
        }
        self.push(Role::Text, found.count);
        Some(found.count)
    }

    /// Whether the words say that whoever is named from here to `last` was there.
    fn stands(&self, last: usize) -> bool {
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

    fn is_at_start(&self) -> bool {
        let only = |role: &Role| matches!(role, Role::Date);
        self.head.roles.iter().all(only)
    }

    fn before_is_there(&self, back: usize) -> bool {
        let at = self.head.roles.len().checked_sub(back);
        at.and_then(|at| self.head.roles.get(at)) == Some(&Role::There)
    }

    fn is_me(&self, back: usize) -> bool {
        let at = self.at.checked_sub(back).filter(|at| *at >= self.head.words.start);
        at.is_some_and(|at| matches!(self.folded(at), "i" | "me"))
    }

    fn has_before(&self, verbs: &[&str]) -> bool {
        (self.head.words.start..self.at).any(|at| verbs.contains(&self.folded(at)))
    }

    /// `… and João told me`: João begins a sentence of his own.
    fn begins_telling(&self, at: usize) -> bool {
        let ended = self.word(at - 1).is_none_or(|word| word.end != Break::None);
        !ended && is_past(self.folded(at)) && self.head.kind.is_some()
    }

    fn is_structural(&self) -> bool {
        self.head.roles.iter().all(|role| *role != Role::Text)
    }

    /// `in May`, `since April`: a time.
    fn is_month_or_weekday(&self) -> bool {
        let word = self.folded(self.at);
        let before = ["in", "since", "until", "by", "next", "last", "this", "early", "late", "of"];
        word.len() > 2 && month_of(word).is_some() && before.contains(&self.before())
    }

    fn is_also_verb(&self, found: &Match) -> bool {
        !found.is_sure && ALSO_VERBS.contains(&self.folded(self.at))
    }

    /// Whether what comes after `last` makes it somebody who does something: `Will called`, `Will and Ana`, `Will: …`.
    fn is_subject(&self, last: usize) -> bool {
        let Some(word) = self.word(last) else { return true };
        let next = self.folded(last + 1);
        word.end != Break::None
            || next.is_empty()
            || next == "and"
            || (is_past(next) && next != "will")
            || self.is_kind_of_past(next)
            || date_at(self.reader.words, last + 1, self.reader.today, Direction::Past).is_some()
    }

    fn is_kind_of_past(&self, word: &str) -> bool {
        is_past(word) && self.reader.vocabulary.kind(word).is_some()
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
        self.note_unknown();
        self.is_about |= ABOUT.contains(&word);
        if self.head.days.is_empty()
            && let Some(count) = vague_at(self.reader.words, self.at).filter(|_| !self.is_about)
        {
            let said = self.reader.said(self.at, count);
            self.head.doubts.push(Doubt::NoDay { said });
        }
        let together =
            matches!(word, "to" | "into") && (self.has_before(TALKED) || self.has_before(INTO));
        self.head.is_together |=
            together && self.reader.names.at(self.reader.words, self.at + 1).is_some();
        let after_people =
            self.role_before() == Some(Role::There) || self.role_before() == Some(Role::Joint);
        match word {
            "i" | "me" | "us" | "we" if after_people || self.before() == "and" => {
                if self.before() == "and"
                    && let Some(role) = self.head.roles.last_mut()
                {
                    *role = Role::Joint;
                }
                Role::Joint
            }
            "me" | "us" if self.role_before() == Some(Role::Kind) => Role::Joint,
            _ => Role::Text,
        }
    }

    /// `with Ana and Zed`: somebody was there who has no note.
    fn note_unknown(&mut self) {
        let joins = match self.before() {
            "with" | "w/" => true,
            "and" | "&" | "plus" => self.before_is_there(2),
            _ => false,
        };
        let is_name =
            |at: usize| self.word(at).is_some_and(|word| word.is_capital && !word.is_possessive);
        if !joins || self.is_about || !is_name(self.at) || self.folded(self.at) == "i" {
            return;
        }
        let joined = |at: &usize| {
            is_name(*at) && self.word(at - 1).is_some_and(|word| word.end == Break::None)
        };
        let more = (self.at + 1..self.at + 4).take_while(joined).count();
        let said = self.reader.said(self.at, 1 + more);
        self.head.doubts.push(Doubt::Unknown { said });
    }

    fn kind_meaning(&self) -> Option<Meaning> {
        let word = self.folded(self.head.kind?);
        self.reader.vocabulary.kind(word).map(|kind| kind.meaning)
    }

    /// Whether the word is the kind of the entry: it begins what is told, follows whoever did it, or stands in between
    /// with only small words.
    fn is_kind(&self) -> bool {
        let word = self.folded(self.at);
        if self.head.kind.is_some()
            || self.is_about
            || word.is_empty()
            || self.reader.vocabulary.kind(word).is_none()
            || self.word(self.at).is_some_and(|word| word.is_possessive || word.link.is_some())
        {
            return false;
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
        follows
            && is_structural
            && (is_past(word)
                || ends
                || date_at(self.reader.words, self.at + 1, self.reader.today, Direction::Past)
                    .is_some())
    }

    fn has_role(&self, role: Role) -> bool {
        self.head.roles.contains(&role)
    }

    /// `I had a` before the kind says nothing more.
    fn fill_before(&mut self) {
        let start = self.head.words.start;
        let words = (start..self.at).map(|at| self.folded(at)).collect::<Vec<_>>();
        let all = words.iter().zip(&self.head.roles);
        let is_filler =
            all.clone().all(|(word, role)| *role != Role::Text || FILLERS.contains(word));
        if is_filler {
            for role in &mut self.head.roles {
                if *role == Role::Text {
                    *role = Role::Joint;
                }
            }
        }
    }

    // The end of the clause

    fn ends_clause(&self) -> bool {
        let Some(last) = self.word(self.at - 1) else { return true };
        match last.end {
            Break::None => false,
            Break::Comma => !self.goes_on(),
            Break::Colon => !self.goes_on_after_colon(),
            Break::Sentence => true,
        }
    }

    /// `plan: lunch with Bo`, `Ana: coffee, fine`.
    fn goes_on_after_colon(&self) -> bool {
        let is_only_kind = self.head.kind.is_some_and(|at| at + 1 == self.at);
        let has_people = self.has_role(Role::There);
        let is_word_alone = self.word(self.at).is_some_and(|word| word.end != Break::None)
            || self.at + 1 >= self.end;
        self.at < self.end
            && self.is_structural()
            && ((is_only_kind && !has_people)
                || (has_people && is_word_alone && self.begins_with_kind()))
    }

    /// Whether what follows a comma still says who was there, when or how.
    fn goes_on(&self) -> bool {
        if self.at >= self.end {
            return false;
        }
        let reader = self.reader;
        let is_date = date_at(reader.words, self.at, reader.today, Direction::Past).is_some();
        let after_people = self.role_before() == Some(Role::There);
        if self.is_structural() && (is_date || self.begins_with_kind()) {
            return true;
        }
        let Some(found) = reader.names.at(reader.words, self.at) else {
            return after_people && self.folded(self.at) == "and" && self.lists_after_and();
        };
        if self.is_structural() && !self.has_role(Role::There) {
            return true;
        }
        after_people && self.ends_list(self.at + found.count)
    }

    fn lists_after_and(&self) -> bool {
        let found = self.reader.names.at(self.reader.words, self.at + 1);
        found.is_some_and(|found| self.ends_list(self.at + 1 + found.count))
    }

    fn begins_with_kind(&self) -> bool {
        let mut at = self.at;
        while FILLERS.contains(&self.folded(at)) {
            at += 1;
        }
        self.head.kind.is_none() && self.reader.vocabulary.kind(self.folded(at)).is_some()
    }

    /// Whether a list of people ends, or goes on, before the word at `at`.
    fn ends_list(&self, at: usize) -> bool {
        let Some(word) = self.word(at) else { return true };
        self.word(at - 1).is_some_and(|last| last.end != Break::None && !last.is_possessive)
            || AFTER_PEOPLE.contains(&word.folded.as_str())
            || date_at(self.reader.words, at, self.reader.today, Direction::Past).is_some()
    }

    fn finish(mut self) -> Head {
        self.head.words.end = self.at;
        if self.head.kind.is_none() && self.head.is_together {
            self.find_kind_before();
        }
        if !self.head.days.is_empty() || self.reader.given.day.is_some() {
            self.head.doubts.retain(|doubt| !matches!(doubt, Doubt::NoDay { .. }));
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
