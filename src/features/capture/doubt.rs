//! What is not certain about a sentence, and what a person says about it.

use crate::features::capture::words::words;
use crate::people::book::ContactId;
use crate::text::day::Day;

/// Something that is not certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// A name that several people have.
    Several {
        /// As it was written.
        said: String,
        /// Who could be meant.
        people: Vec<ContactId>,
    },
    /// A word that may be a name or only a word: `Will call Ana`.
    WordOrName {
        /// As it was written.
        said: String,
        /// Who could be meant.
        people: Vec<ContactId>,
    },
    /// A first name that somebody here has, with a surname that nobody here has: `Ana Sousa`.
    Surname {
        /// As it was written.
        said: String,
        /// Who has the first name.
        people: Vec<ContactId>,
    },
    /// `call Ana`: whether it was done or is to be done.
    ToDo {
        /// As it was written.
        said: String,
    },
    /// A day to come, where the words tell of what was.
    ToCome {
        /// As it was written.
        said: String,
    },
    /// Nobody is said to have been there.
    Nobody {
        /// Who is spoken of.
        spoken_of: Vec<ContactId>,
    },
    /// A time that is no day.
    NoDay {
        /// As it was written.
        said: String,
    },
    /// Two days.
    Days {
        /// As they were written.
        said: Vec<String>,
    },
    /// Somebody did it with somebody: whether the owner was there is not said.
    WithoutYou,
    /// No word says how people were in touch: it is a note, which is no contact.
    NoKind,
    /// A word says that it may not have happened, or that nobody was reached: that is no contact.
    Hedged {
        /// That word.
        said: String,
    },
    /// A day of birth, which is not the day of the entry.
    Birthday {
        /// As it was written.
        said: String,
    },
    /// A word that is also somebody's name was read as a word.
    AsWord {
        /// As it was written.
        said: String,
        /// Whose name it is.
        people: Vec<ContactId>,
    },
    /// A name, by where it stands, that nobody here has.
    Unknown {
        /// As it was written.
        said: String,
    },
    /// A promise names nobody and several were there: it is written for the first of them.
    ForTheFirst {
        /// What was promised.
        text: String,
    },
}

impl Doubt {
    /// Whether nothing may be written before somebody has settled it.
    pub fn stops(&self) -> bool {
        !matches!(
            self,
            Doubt::NoKind
                | Doubt::Hedged { .. }
                | Doubt::Birthday { .. }
                | Doubt::AsWord { .. }
                | Doubt::Unknown { .. }
                | Doubt::ForTheFirst { .. }
        )
    }
}

/// What a person says besides the sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// Who was there, besides those whom the sentence names.
    pub with: Vec<ContactId>,
    /// What words that may be names mean, by the folded words; `None` for nobody.
    pub chosen: Vec<(String, Option<ContactId>)>,
    /// That the owner was there, whoever else did something with whom.
    pub was_there: bool,
    /// When it was.
    pub day: Option<Day>,
    /// What kind of entry it is.
    pub kind: Option<String>,
    /// The next step; empty to have none.
    pub next: Option<String>,
    /// The day of the next step.
    pub follow_up: Option<Day>,
}

/// Whom a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meant {
    /// This person.
    Person(ContactId),
    /// Nobody: it is only a word.
    Nobody,
    /// That is not certain.
    Unsure,
}

impl Given {
    /// Whom `folded` means among `people`: whoever was chosen for it, the only one, or the one who is given besides.
    pub fn settle(&self, folded: &str, people: &[ContactId]) -> Meant {
        let mut given = people.iter().filter(|id| self.with.contains(id));
        self.chosen(folded, people).unwrap_or_else(|| match (people, given.next(), given.next()) {
            ([one], ..) | (_, Some(one), None) => Meant::Person(*one),
            _ => Meant::Unsure,
        })
    }

    /// Whom a first name of `people` means that stands before another surname: whoever was chosen for it, or is given
    /// besides. Where others are given it is nobody of them.
    pub fn settle_surname(&self, folded: &str, people: &[ContactId]) -> Meant {
        let mut given = people.iter().filter(|id| self.with.contains(id));
        self.chosen(folded, people).unwrap_or_else(|| match (given.next(), given.next()) {
            (Some(one), None) => Meant::Person(*one),
            (None, _) if !self.with.is_empty() => Meant::Nobody,
            _ => Meant::Unsure,
        })
    }

    /// What was chosen for `folded`, where that is one of `people` or nobody.
    pub fn chosen(&self, folded: &str, people: &[ContactId]) -> Option<Meant> {
        let is_of = |id: &Option<ContactId>| id.is_none_or(|id| people.contains(&id));
        let mut chosen = self.chosen.iter().filter(|(word, id)| word == folded && is_of(id));
        chosen.next().map(|(_, id)| id.map_or(Meant::Nobody, Meant::Person))
    }
}

/// What a choice for `said` is remembered by: its folded words, of a link those that it shows.
pub fn key(said: &str) -> String {
    let words = words(said).into_iter().map(|word| word.folded);
    words.collect::<Vec<_>>().join(" ")
}
