//! What is on the agenda of a day, as plain data: the text file and the JSON are two ways to show it.
//!
//! Invariant: every text in it is Markdown of one line that nothing from a note can break out of.

use crate::features::agenda::record::Record;
use crate::note::path::NotePath;
use crate::text::day::Day;

/// The agenda of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agenda {
    /// The day.
    pub day: Day,
    /// Occasions, triggers and plans.
    pub today: Vec<Item>,
    /// What the day says where it is a return after an absence. Then the promises and the people are the few that it
    /// names, and it stands around them.
    pub re_entry: Option<ReEntry>,
    /// Promises to keep, due ones first.
    pub promises: Vec<Item>,
    /// How many promises are not shown for now.
    pub promises_waiting: usize,
    /// People to be in touch with.
    pub reach_out: Vec<Item>,
    /// Habits that wait for a tick.
    pub habits: Vec<Item>,
    /// Days ahead, the nearest first. Nothing to tick.
    pub coming_up: Vec<Item>,
    /// How many more lie ahead that are not shown yet.
    pub coming_up_later: usize,
    /// What was done on the day, as Markdown lines.
    pub done: Vec<String>,
    /// Why there is nothing to do, and what comes next, where there is nothing to do; on a quiet day of the week that
    /// it is one, where anybody is due.
    pub empty: Option<String>,
    /// What was made of answers.
    pub records: Vec<Record>,
    /// Lines of the front matter that the person added, verbatim.
    pub front_matter: Vec<String>,
    /// The lines under `## Notes`: all of them the person's, verbatim.
    pub notes: Vec<String>,
}

/// The frame of a return after an absence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReEntry {
    /// A calm sentence above the names.
    pub words: String,
    /// The line below them: ticked, it lets everybody else start afresh.
    pub start_afresh: Item,
}

/// One line of the agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// One kind letter (`t` today, `p` promise, `r` reach out, `h` habit, `c` coming up, `a` start afresh) and eight of
    /// `[a-z0-9]`; different for every item of one agenda, the same for the same reason on every day.
    pub id: String,
    /// What it is about.
    pub source: Source,
    /// Whether it can be ticked.
    pub task: bool,
    /// The character in its box: a space until it is answered.
    pub status: char,
    /// Whether what it was answered was left as it is: then it waits to be done, whatever its box says.
    pub is_left: bool,
    /// The line, without box and id.
    pub text: String,
    /// What the person typed at the end of the line.
    pub at_end: String,
    /// Lines of context under it.
    pub context: Vec<String>,
    /// What the person typed under it, verbatim.
    pub below: Vec<String>,
}

/// What a line of the agenda is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// People, and why they are on the agenda.
    People {
        /// Their identities, the first one whom a tick concerns first; never empty.
        identities: Vec<String>,
        /// Why.
        why: Why,
    },
    /// A promise.
    Promise {
        /// The note that it stands in.
        path: NotePath,
        /// Its line as it stands there.
        source_line: String,
        /// Which of several equal lines of the note, from 0.
        ordinal: usize,
    },
    /// A habit.
    Habit {
        /// Its note.
        path: NotePath,
    },
    /// Days on which the owner is away.
    Away,
    /// Everybody starts afresh: `fresh_start` in the settings.
    StartAfresh,
    /// Nobody knows for now: a line that was answered, about somebody whose note cannot be found or read.
    Unknown,
}

/// Why somebody is on the agenda.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// A birthday, an anniversary, or something that happens in their life on the day.
    Occasion,
    /// They died and are remembered.
    Remembrance,
    /// Somebody close to them died not long ago.
    Mourning,
    /// Something in their life, some time ago.
    Trigger,
    /// They introduced somebody.
    Introduction,
    /// Something is planned with them.
    Plan,
    /// Something was planned with them: did it happen?
    PlanQuestion,
    /// A definite next step.
    FollowUp,
    /// Their rhythm has come round.
    Rhythm,
    /// Two weeks ago they appeared for the first time.
    NewConnection,
    /// The owner is going to where they live, or is there.
    Trip,
    /// They are a partner in a habit, and are told of its week.
    Progress,
    /// They were, earlier on the day, and the line has been answered since.
    Answered,
}

impl Item {
    /// A line that nobody has answered or typed at.
    pub fn new(id: String, source: Source, text: String, context: Vec<String>) -> Item {
        let (at_end, below) = (String::new(), Vec::new());
        Item { id, source, task: true, status: ' ', is_left: false, text, at_end, context, below }
    }

    /// Whether it waits to be done.
    pub fn is_open(&self) -> bool {
        self.status == ' ' || self.is_left
    }

    /// Whether it says that it was done.
    pub fn is_done(&self) -> bool {
        self.status == 'x' && !self.is_left
    }

    /// Whether ticking this line is a word to the one whom `other` is about. A question about a plan is none: the
    /// answer may be no.
    pub fn is_word_to_same(&self, other: &Item) -> bool {
        match (&self.source, &other.source) {
            (Source::People { .. }, Source::People { identities: others, .. }) => {
                others.first().is_some_and(|other| self.is_word_to(other))
            }
            _ => false,
        }
    }

    /// Whether ticking this line is a word to the person of this identity.
    pub fn is_word_to(&self, identity: &str) -> bool {
        match &self.source {
            Source::People { identities, why } => {
                let is_about = identities.iter().any(|one| one == identity);
                self.task && *why != Why::PlanQuestion && is_about
            }
            _ => false,
        }
    }
}

impl Agenda {
    /// Whether nothing waits to be done.
    pub fn is_empty(&self) -> bool {
        let sections = [&self.today, &self.promises, &self.reach_out, &self.habits];
        let sections = sections.into_iter().flatten();
        let afresh = self.re_entry.iter().map(|of| &of.start_afresh).filter(|item| item.task);
        !sections.chain(afresh).any(Item::is_open)
    }

    /// All items, in the order in which they are shown.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        let sections =
            [&self.today, &self.promises, &self.reach_out, &self.habits, &self.coming_up];
        let start_afresh = self.re_entry.iter().map(|of| &of.start_afresh);
        sections.into_iter().flatten().chain(start_afresh)
    }

    /// The same, to change them.
    pub fn items_mut(&mut self) -> impl Iterator<Item = &mut Item> {
        let sections = [
            &mut self.today,
            &mut self.promises,
            &mut self.reach_out,
            &mut self.habits,
            &mut self.coming_up,
        ];
        let start_afresh = self.re_entry.iter_mut().map(|of| &mut of.start_afresh);
        sections.into_iter().flatten().chain(start_afresh)
    }
}
