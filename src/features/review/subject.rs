//! What a line of a review is about: by its id and its links, since what it once stood for may be proposed no more.

use crate::features::agenda::about::people;
use crate::features::agenda::line::Line;
use crate::features::review::ground::Ground;
use crate::features::review::ids::{id_of, letter};
use crate::features::review::owing::Owing;
use crate::note::link::links;
use crate::people::book::{Book, ContactId, PromiseRef};
use crate::people::cadence::Cadence;
use crate::people::habit::Habit;

/// What a line of a review asks.
#[derive(Debug, Clone)]
pub enum Subject<'a> {
    /// A word to somebody.
    Word(Vec<ContactId>),
    /// A promise.
    Promise(PromiseRef<'a>),
    /// An answer, or a word that was meant.
    Owing(Owing),
    /// Another, easier schedule for a habit.
    Easier(&'a Habit, String),
    /// A habit is to rest.
    RestHabit(&'a Habit),
    /// Another rhythm for somebody.
    Rhythm(ContactId, &'static str),
    /// Somebody is to rest: `status: later`.
    Later(ContactId),
    /// Whether what the note says is still so.
    Facts(ContactId),
    /// What somebody is here for.
    Purpose(ContactId),
    /// Which circle or rhythm somebody belongs to.
    Place(ContactId),
    /// The review is done.
    End,
}

/// The rhythms that are proposed, the shortest first.
pub const RHYTHMS: [&str; 7] =
    ["weekly", "2 weeks", "monthly", "2 months", "quarterly", "6 months", "yearly"];

/// What a line is about; else why nobody knows.
pub fn subject<'a>(ground: &Ground<'a>, line: &Line) -> Result<Subject<'a>, String> {
    let book = ground.situation.book;
    let one = || people(book, line).map(|people| people.first().copied());
    let one = || one()?.ok_or_else(|| "it links nobody".to_owned());
    let id = line.id.as_deref().unwrap_or("");
    match letter(id) {
        Some('w') => people(book, line).map(Subject::Word),
        Some('p') => promise(book, line, id)
            .map(Subject::Promise)
            .ok_or_else(|| "no note has this promise as it stands here".to_owned()),
        Some('r') => ground
            .owing()
            .iter()
            .find(|owing| owing.id == id)
            .map(|owing| Subject::Owing(owing.clone()))
            .ok_or_else(|| "it is no longer written down anywhere".to_owned()),
        Some('e' | 'z') => habit(book, id).ok_or_else(|| "no note is about this habit".to_owned()),
        Some('g') => {
            let who = one()?;
            let word = RHYTHMS.iter().find(|word| rhythm_id(book, who, word) == id);
            let word = word.ok_or_else(|| "the note has moved since it was proposed".to_owned());
            Ok(Subject::Rhythm(who, word?))
        }
        Some('l') => one().map(Subject::Later),
        Some('f') => one().map(Subject::Facts),
        Some('u') => one().map(Subject::Purpose),
        Some('k') => one().map(Subject::Place),
        Some('d') => Ok(Subject::End),
        _ => Err("such a line has no answer".to_owned()),
    }
}

/// The id of the line that proposes the rhythm `word` for somebody.
pub fn rhythm_id(book: &Book, who: ContactId, word: &str) -> String {
    id_of('g', &[&book.identity(who), word])
}

/// The id of the line about a promise.
pub fn promise_id(of: &PromiseRef) -> String {
    let promise = of.promise();
    id_of('p', &[&of.path.identity(), &promise.text, &promise.text_ordinal.to_string()])
}

fn promise<'a>(book: &'a Book, line: &Line, id: &str) -> Option<PromiseRef<'a>> {
    let linked = links(&line.text).filter_map(|link| book.linked(&link.target.note));
    let linked = linked.collect::<Vec<_>>();
    // A line links those whom a promise is about: only in their notes and in journals it has to be looked for.
    let near = |of: &PromiseRef| of.people.iter().any(|person| linked.contains(person));
    let mut likely = book.promises().filter(|of| near(of));
    let is_meant = |of: &PromiseRef| promise_id(of) == id;
    likely.find(is_meant).or_else(|| book.promises().filter(|of| !near(of)).find(is_meant))
}

/// The id of the line that makes a habit easier.
pub fn easier_id(habit: &Habit, schedule: &str) -> String {
    id_of('e', &[&habit.identity, schedule])
}

/// The id of the line that lets a habit rest.
pub fn rest_habit_id(habit: &Habit) -> String {
    id_of('z', &[&habit.identity])
}

fn habit<'a>(book: &'a Book, id: &str) -> Option<Subject<'a>> {
    book.habits().find_map(|habit| {
        if rest_habit_id(habit) == id {
            return Some(Subject::RestHabit(habit));
        }
        let mut schedules = schedules();
        let schedule = schedules.find(|schedule| easier_id(habit, schedule) == id)?;
        Some(Subject::Easier(habit, schedule))
    })
}

/// The schedules that a habit may be made easier to.
fn schedules() -> impl Iterator<Item = String> {
    let weekly = (1..=6).map(|times| times_words(times, "week"));
    weekly.chain((1..=30).map(|times| times_words(times, "month")))
}

/// `3 per week`
pub fn times_words(times: u32, span: &str) -> String {
    format!("{times} per {span}")
}

/// The rhythm that a word of [`RHYTHMS`] means.
pub fn rhythm(word: &str) -> Option<Cadence> {
    Cadence::parse(word)
}
