//! What a query means in one vault on one day: facts and text that hold or do not hold for a note.
//!
//! Always true here: nothing is left to look up, and "not" stands at facts and texts alone, so that a fact of people
//! neither holds nor fails for a note that is no person: with it, and with its opposite, only people are found.

use crate::features::query::days::{Window, Yearly};
use crate::features::query::field::{QueryField, SortKey, State};
use crate::people::book::ContactId;
use crate::people::cadence::Cadence;
use crate::people::contact::Status;
use crate::text::pattern::Pattern;
use crate::text::term::TextTerm;
use std::collections::BTreeSet;

/// A query, understood.
#[derive(Debug, Clone)]
pub struct Query {
    /// What must hold.
    pub meaning: Meaning,
    /// The order; empty where the query does not say.
    pub sort: Vec<SortKey>,
    /// How many are shown at most; `None` where the query does not say.
    pub limit: Option<Limit>,
    /// The query in its plain form: parsing it gives the same query.
    pub written: String,
}

/// How many of the notes that a query finds are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// All of them.
    All,
    /// The first of them, so many at most.
    First(usize),
}

impl Limit {
    /// `all`, or a number from 1 on; `None` where `text` is neither.
    pub fn parse(text: &str) -> Option<Limit> {
        if text.eq_ignore_ascii_case("all") {
            return Some(Limit::All);
        }
        text.parse().ok().filter(|count| *count > 0).map(Limit::First)
    }

    /// As a number.
    pub fn most(self) -> usize {
        match self {
            Limit::All => usize::MAX,
            Limit::First(count) => count,
        }
    }
}

impl Query {
    /// The same of people alone, without the owner.
    pub fn of_people(mut self) -> Query {
        let is = |state, holds| Meaning::Fact {
            fact: Fact { target: Target::Field(QueryField::Is), tests: vec![Test::State(state)] },
            holds,
        };
        self.meaning =
            Meaning::All(vec![is(State::Person, true), is(State::Me, false), self.meaning]);
        self
    }

    /// The texts that are looked for, in the order in which they stand; also those that must not be there.
    pub fn terms(&self) -> Vec<&TextTerm> {
        let mut terms = Vec::new();
        self.meaning.visit_terms(&mut |term, _| terms.push(term));
        terms
    }

    /// The texts that are looked for and must be there, at least as one of several.
    pub fn wanted_terms(&self) -> Vec<&TextTerm> {
        let mut terms = Vec::new();
        self.meaning.visit_terms(&mut |term, holds| terms.extend(holds.then_some(term)));
        terms
    }
}

/// What must hold for a note.
#[derive(Debug, Clone)]
pub enum Meaning {
    /// All of these; every note where there are none.
    All(Vec<Meaning>),
    /// Any of these.
    Any(Vec<Meaning>),
    /// Whether the names or the text of the note have this.
    Text {
        /// What.
        term: TextTerm,
        /// Whether it must be there.
        holds: bool,
    },
    /// Something that the notes say.
    Fact {
        /// What.
        fact: Fact,
        /// Whether it must hold.
        holds: bool,
    },
}

impl Meaning {
    fn visit_terms<'a>(&'a self, each: &mut impl FnMut(&'a TextTerm, bool)) {
        match self {
            Meaning::All(parts) | Meaning::Any(parts) => {
                parts.iter().for_each(|part| part.visit_terms(each));
            }
            Meaning::Text { term, holds } => each(term, *holds),
            Meaning::Fact { .. } => {}
        }
    }

    /// How much work it takes to know it of one note: facts that are at hand first, whole notes and text last.
    pub fn cost(&self) -> u32 {
        match self {
            Meaning::All(parts) | Meaning::Any(parts) => {
                parts.iter().map(Meaning::cost).fold(0, u32::saturating_add)
            }
            Meaning::Text { .. } => 1_000,
            Meaning::Fact { fact, .. } => fact.cost(),
        }
    }
}

/// A field with tests, one of which must hold.
#[derive(Debug, Clone)]
pub struct Fact {
    /// What is looked at.
    pub target: Target,
    /// At least one.
    pub tests: Vec<Test>,
}

impl Fact {
    fn cost(&self) -> u32 {
        match &self.target {
            Target::Field(field) => match field {
                QueryField::Is
                | QueryField::Name
                | QueryField::Alias
                | QueryField::Group
                | QueryField::Tag
                | QueryField::Path
                | QueryField::Circle
                | QueryField::Status
                | QueryField::Created
                | QueryField::FollowUp
                | QueryField::QuietUntil
                | QueryField::Birthday
                | QueryField::Anniversary
                | QueryField::Died
                | QueryField::Date
                | QueryField::Paused
                | QueryField::Archived
                | QueryField::Remember => 1,
                QueryField::With | QueryField::Near | QueryField::Relations => 2,
                QueryField::Last | QueryField::Due | QueryField::Cadence => 3,
                QueryField::Kind | QueryField::Said | QueryField::Promise => 100,
                _ => 20,
            },
            Target::Tie(_) => 2,
            Target::Own(_) => 20,
        }
    }
}

/// What a fact is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A field of the table.
    Field(QueryField),
    /// A kind of tie, by its name.
    Tie(String),
    /// A front matter key of the owner's own, folded.
    Own(String),
}

/// What must hold for a value.
#[derive(Debug, Clone)]
pub enum Test {
    /// There is one.
    Any,
    /// There is none.
    Nothing,
    /// All of these words stand in one value.
    Words(Vec<TextTerm>),
    /// A value is this text, folded; or begins with it.
    Whole {
        /// Folded.
        text: String,
        /// Whether more may follow.
        start: bool,
    },
    /// This text, folded, stands in a value.
    Part(String),
    /// These digits follow each other in a value, whatever stands between.
    Digits(String),
    /// A value is like this.
    Like(Pattern),
    /// The day lies in this window.
    Within(Window),
    /// All of these hold for one entry, promise or event.
    Together(Vec<Test>),
    /// The yearly day does.
    Yearly(Yearly),
    /// The value compares so as a number or as a date.
    Compares {
        /// As a number: the least and the most, and whether these count themselves.
        numbers: Option<(Bound, Bound)>,
        /// As a date.
        days: Option<Window>,
    },
    /// The status is this one.
    Status(Status),
    /// The rhythm is this one.
    Cadence(Cadence),
    /// The rhythm has about so many days.
    CadenceDays(Bound, Bound),
    /// There is an entry of this kind.
    Kind(String),
    /// The key is true, or false.
    Flag(bool),
    /// It is one of these people, or has to do with one of them.
    People {
        /// Whom the text in the query means.
        named: BTreeSet<ContactId>,
        /// Whom that leads to; for a tie the people themselves.
        found: BTreeSet<ContactId>,
        /// How many ties away at most; 0 where it is not about that.
        steps: u32,
    },
    /// What or how somebody is.
    State(State),
    /// There is an open promise: theirs, or the owner's.
    Owed {
        /// Whether it is theirs to keep.
        theirs: bool,
    },
}

/// An end of a range of numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    /// There is none.
    Open,
    /// This number counts itself.
    Including(f64),
    /// This number does not.
    Excluding(f64),
}

impl Bound {
    /// Whether `number` is not below this end.
    pub fn is_below(self, number: f64) -> bool {
        match self {
            Bound::Open => true,
            Bound::Including(bound) => bound <= number,
            Bound::Excluding(bound) => bound < number,
        }
    }

    /// Whether `number` is not above this end.
    pub fn is_above(self, number: f64) -> bool {
        match self {
            Bound::Open => true,
            Bound::Including(bound) => number <= bound,
            Bound::Excluding(bound) => number < bound,
        }
    }
}
