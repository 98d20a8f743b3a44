//! Ties and kinship in words: a noun for a list, a sentence for a page.

use crate::features::kinship::{generic, noun};
use crate::features::relatives::family::Family;
use crate::features::relatives::infer::Relative;
use crate::features::relatives::kin::{Gender, Kin};
use crate::people::book::{Book, ContactId, Tie};
use crate::people::tie_time::TieTime;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use crate::text::partial_date::LooseDate;
use crate::text::phrase;

/// What a tie is about; ties are listed under these, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// By blood, by marriage or by adoption.
    Family,
    /// Under one roof, or next door.
    Home,
    /// Friends.
    Friends,
    /// Work and learning.
    Work,
    /// Who cares for whom.
    Care,
    /// Who brought whom together.
    Introductions,
    /// Kinds of the settings.
    Other,
}

/// Genderless kinds that are no kinship of ours, with what they are about.
const GROUPS: &[(Group, &[&str])] = &[
    (
        Group::Family,
        &[
            "ex",
            "godparent",
            "godchild",
            "guardian",
            "ward",
            "great-auntuncle",
            "great-niecenephew",
        ],
    ),
    (Group::Home, &["lives-with", "housemate", "neighbour"]),
    (Group::Friends, &["friend", "accountability-partner", "knows"]),
    (Group::Work, &["colleague", "manager", "report", "mentor", "mentee", "teacher", "student"]),
    (Group::Care, &["carer", "cares-for"]),
    (Group::Introductions, &["introduced-by", "introduced", "met-through", "connected"]),
];

impl Group {
    /// All of them, in order.
    pub const ALL: [Group; 7] = [
        Group::Family,
        Group::Home,
        Group::Friends,
        Group::Work,
        Group::Care,
        Group::Introductions,
        Group::Other,
    ];

    /// The group of a genderless kind.
    pub fn of(generic: &str) -> Group {
        if Kin::of(generic).is_some() {
            return Group::Family;
        }
        let found = GROUPS.iter().find(|(_, kinds)| kinds.contains(&generic));
        found.map_or(Group::Other, |(group, _)| *group)
    }

    /// As a heading.
    pub fn heading(self) -> &'static str {
        match self {
            Group::Family => "Family",
            Group::Home => "Home",
            Group::Friends => "Friends",
            Group::Work => "Work and learning",
            Group::Care => "Care",
            Group::Introductions => "Introductions",
            Group::Other => "Other ties",
        }
    }

    /// One word for programs.
    pub fn name(self) -> &'static str {
        match self {
            Group::Family => "family",
            Group::Home => "home",
            Group::Friends => "friends",
            Group::Work => "work",
            Group::Care => "care",
            Group::Introductions => "introductions",
            Group::Other => "other",
        }
    }
}

/// When a tie held, as said on `today`: `since 2015`, `until 2019`, `from 2015 to 2019`, `from 1 May 2027`; `None` where
/// nothing is said.
pub fn when(time: TieTime, today: Day) -> Option<String> {
    match (time.since, time.until) {
        (None, None) => None,
        (Some(since), None) if time.is_ahead(today) => Some(from(since, today)),
        (Some(since), None) => Some(format!("since {}", date(since, today))),
        (None, Some(until)) => Some(format!("until {}", date(until, today))),
        (Some(since), Some(until)) => {
            Some(format!("from {} to {}", date(since, today), date(until, today)))
        }
    }
}

fn from(since: LooseDate, today: Day) -> String {
    format!("from {}", date(since, today))
}

/// `2015`, `March 2015`, `around 2015`: a date after a preposition.
fn date(date: LooseDate, today: Day) -> String {
    let said = phrase::loose(date, today);
    said.strip_prefix("in ").map_or(said.clone(), str::to_owned)
}

/// The noun for a written kind, for somebody of this gender where the kind leaves it open; `None` where it is none that
/// is said of a person.
pub fn gendered(kind: &str, gender: Option<Gender>, vocabulary: &Vocabulary) -> Option<String> {
    let kin = Kin::of(kind).filter(|kin| *kin != Kin::Partner);
    match kin.zip(gender) {
        Some((kin, gender)) => Some(kin.word(Some(gender)).to_owned()),
        None => noun(kind, vocabulary),
    }
}

/// What a label is once the tie is over: `former wife`, `lived with`.
pub fn former(label: &str) -> String {
    match label {
        "lives with" => "lived with".to_owned(),
        "knows" => "knew".to_owned(),
        "cares for" => "cared for".to_owned(),
        "introduced by" | "introduced" | "met through" | "connected" => label.to_owned(),
        _ if label.starts_with("former ") => label.to_owned(),
        _ => format!("former {label}"),
    }
}

/// What is needed to speak of people.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// The people.
    pub book: &'a Book,
    /// The kinds of ties.
    pub vocabulary: &'a Vocabulary,
    /// The families, which tell genders.
    pub family: &'a Family,
    /// The day on which it is said.
    pub day: Day,
    /// Those, in order, of whom it is not told that they have died.
    pub untold_deaths: &'a [ContactId],
}

impl Words<'_> {
    /// The name; `you` of the owner.
    pub fn name(&self, id: ContactId) -> &str {
        if self.is_me(id) { "you" } else { &self.book.brief(id).name }
    }

    /// `Ana's`, or `your`.
    pub fn whose(&self, id: ContactId) -> String {
        if self.is_me(id) { "your".to_owned() } else { format!("{}'s", self.name(id)) }
    }

    fn is_me(&self, id: ContactId) -> bool {
        self.book.me() == Some(id)
    }

    /// The group that a tie is listed under.
    pub fn group(&self, tie: &Tie) -> Group {
        Group::of(generic(&tie.kind, self.vocabulary))
    }

    /// The word of a list: what the other is to the person, gendered where any note tells it. `introduced by`,
    /// `former partner`.
    pub fn label(&self, tie: &Tie) -> String {
        match generic(&tie.kind, self.vocabulary) {
            "ex" => "former partner".to_owned(),
            "report" => "report".to_owned(),
            kind => self.noun(tie).unwrap_or_else(|| kind.replace(['-', '_'], " ")),
        }
    }

    /// `None` where the tie is none that has a noun.
    fn noun(&self, tie: &Tie) -> Option<String> {
        gendered(&tie.kind, self.family.gender(tie.other), self.vocabulary)
    }

    /// A tie of `of` as a sentence: `Rita is Ana's sister`, `Bo was your partner until 2019`, `Ana introduced Bo`.
    pub fn sentence(&self, of: ContactId, tie: &Tie) -> String {
        let (one, other) = (self.name(of), self.name(tie.other));
        let over = self.is_past(of, tie);
        let will = if !over && tie.time.is_ahead(self.day) { "will " } else { "" };
        let later = self.later(of, tie);
        let since = tie.time.since;
        let once = since.map_or(String::new(), |date| format!(" ({})", self.date(date)));
        let both = |verb: &str| format!("{one} and {other} {will}{verb}{later}");
        let said = match generic(&tie.kind, self.vocabulary) {
            "introduced-by" => format!("{other} introduced {one}{once}"),
            "introduced" => format!("{one} introduced {other}{once}"),
            "met-through" => format!("{other} brought {one} into touch{once}"),
            "connected" => format!("{one} brought {other} into touch{once}"),
            "knows" if over => both("knew each other"),
            "knows" => both("know each other"),
            "lives-with" if over => both("lived together"),
            "lives-with" => both("live together"),
            "cares-for" => {
                let verb = match (over, self.is_me(of) || !will.is_empty()) {
                    (true, _) => "cared for",
                    (false, true) => "care for",
                    (false, false) => "cares for",
                };
                format!("{one} {will}{verb} {other}{later}")
            }
            kind => self.being(of, tie, kind),
        };
        self.begun(said)
    }

    /// Whether a tie is told in the past: it is over, or one of the two has died.
    fn is_past(&self, of: ContactId, tie: &Tie) -> bool {
        tie.is_over(self.day) || self.has_died(of) || self.has_died(tie.other)
    }

    /// Whether somebody has died, as far as it is told.
    pub fn has_died(&self, id: ContactId) -> bool {
        self.book.brief(id).died.is_some() && self.untold_deaths.binary_search(&id).is_err()
    }

    /// When a tie of `of` held, as [`when`] says it; what is past is not told as lasting.
    pub fn time(&self, of: ContactId, tie: &Tie) -> Option<String> {
        match (tie.time.since, tie.time.until) {
            (Some(since), None) if self.is_past(of, tie) => Some(from(since, self.day)),
            _ => when(tie.time, self.day),
        }
    }

    fn later(&self, of: ContactId, tie: &Tie) -> String {
        self.time(of, tie).map_or(String::new(), |time| format!(" {time}"))
    }

    fn being(&self, of: ContactId, tie: &Tie, generic: &str) -> String {
        let noun = match generic {
            "ex" => "partner".to_owned(),
            _ => self.noun(tie).unwrap_or_else(|| tie.kind.replace(['-', '_'], " ")),
        };
        let (other, whose, is_me) = (self.name(tie.other), self.whose(of), self.is_me(tie.other));
        let over = self.is_past(of, tie);
        let lasting = !over && tie.time.since.is_some() && tie.time.until.is_none();
        let verb = match (lasting, over, is_me) {
            _ if !over && tie.time.is_ahead(self.day) => "will be",
            (true, _, true) => "have been",
            (true, _, false) => "has been",
            (_, true, true) => "were",
            (_, true, false) => "was",
            (_, false, true) => "are",
            (_, false, false) => "is",
        };
        format!("{other} {verb} {whose} {noun}{}", self.later(of, tie))
    }

    /// Only `you` wants a capital: a name is as its owner writes it.
    fn begun(&self, said: String) -> String {
        if said.starts_with("you ") { phrase::capital(&said) } else { said }
    }

    fn date(&self, of: LooseDate) -> String {
        date(of, self.day)
    }

    /// What a relative is: `aunt`.
    pub fn relative(&self, relative: &Relative) -> &'static str {
        relative.kin.word(self.family.gender(relative.other))
    }

    /// How it follows that somebody is a relative of `of`: `Rita is the sister of your mother Ana`.
    pub fn follows(&self, of: ContactId, relative: &Relative) -> String {
        let last = self.kin(relative.via, relative.other, relative.last);
        let first = self.kin(of, relative.via, relative.first);
        let (other, via) = (self.name(relative.other), self.name(relative.via));
        let has_died = self.has_died(relative.other);
        let verb = match (self.is_me(relative.other), has_died) {
            (_, true) => "was",
            (true, false) => "are",
            (false, false) => "is",
        };
        let said = match self.is_me(relative.via) {
            true => format!("{other} {verb} your {last}, and you are {} {first}", self.whose(of)),
            false => format!("{other} {verb} the {last} of {} {first} {via}", self.whose(of)),
        };
        self.begun(said)
    }

    /// What `other` is to `id`: the own word of the notes where they have one.
    fn kin(&self, id: ContactId, other: ContactId, kin: Kin) -> String {
        let is_kin =
            |tie: &Tie| tie.other == other && generic(&tie.kind, self.vocabulary) == kin.name();
        let tie = self.book.ties(id).find(is_kin);
        let written = tie.and_then(|tie| self.noun(&tie));
        written.unwrap_or_else(|| kin.word(self.family.gender(other)).to_owned())
    }
}
