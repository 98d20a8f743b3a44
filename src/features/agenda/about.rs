//! What a line of an agenda file is about, whenever it was written: by its links and its id, since what it once stood
//! for may be on no agenda any more.

use crate::features::agenda::ids;
use crate::features::agenda::line::Line;
use crate::features::agenda::view::{Source, Why};
use crate::features::agenda::wording::{linked, plain};
use crate::features::habits::title;
use crate::note::link::{FoundLink, links};
use crate::note::link_write::without_links;
use crate::people::book::{Book, ContactId, Found, PromiseRef};
use crate::people::habit::Habit;

/// What a line is about.
#[derive(Debug, Clone)]
pub enum About<'a> {
    /// People, the first one first; never nobody.
    People(Vec<ContactId>),
    /// A promise.
    Promise(PromiseRef<'a>),
    /// A habit.
    Habit(&'a Habit),
    /// "Let the rest start afresh".
    Afresh,
}

/// What a line is about; else why nobody knows.
pub fn about<'a>(book: &'a Book, line: &Line) -> Result<About<'a>, String> {
    match line.letter {
        't' | 'r' => people(book, line).map(About::People),
        'p' => promise(book, line)
            .map(About::Promise)
            .ok_or_else(|| "no note has this promise as it stands here".to_owned()),
        'h' => habit(book, line)
            .map(About::Habit)
            .ok_or_else(|| "no note is about this habit".to_owned()),
        'a' => Ok(About::Afresh),
        _ => Err("such a line has no answer".to_owned()),
    }
}

impl About<'_> {
    /// The same for a line of the agenda.
    pub fn source(&self, book: &Book) -> Source {
        match self {
            About::People(people) => {
                let identity = |id: &ContactId| book.identity(*id).into_owned();
                let identities = people.iter().map(identity).collect();
                Source::People { identities, why: Why::Answered }
            }
            About::Promise(of) => Source::Promise {
                path: of.path.clone(),
                source_line: of.promise().source_line.clone(),
                ordinal: of.promise().ordinal,
            },
            About::Habit(habit) => Source::Habit { path: habit.path.clone() },
            About::Afresh => Source::StartAfresh,
        }
    }
}

/// Everyone whom the line is about; all must be found, since an answer about two is none about one.
pub fn people(book: &Book, line: &Line) -> Result<Vec<ContactId>, String> {
    let subjects = line.subjects();
    let found = subjects.iter().map(|link| person(book, link)).collect::<Result<Vec<_>, _>>()?;
    match found.is_empty() {
        true => Err("it links nobody".to_owned()),
        false => Ok(found),
    }
}

/// The person of a link: by its place, else, where the note was renamed, by the name that it shows.
fn person(book: &Book, link: &FoundLink) -> Result<ContactId, String> {
    let target = &link.target;
    let by_name = || {
        let name = target.display.as_deref()?;
        let found = book.find(name);
        let is_whole = |id: &ContactId| book.linked(name) == Some(*id);
        matches!(found, Found::One(id) if is_whole(&id)).then_some(found)
    };
    match book.linked(&target.note) {
        Some(id) => Ok(id),
        None => match by_name() {
            Some(Found::One(id)) => Ok(id),
            _ => {
                let name = target.display.as_deref().unwrap_or(&target.note);
                Err(format!("nobody here is {name}, or several are"))
            }
        },
    }
}

/// The promise with the id of the line, else one that reads as it does.
fn promise<'a>(book: &'a Book, line: &Line) -> Option<PromiseRef<'a>> {
    let people = links(&line.text).filter_map(|link| book.linked(&link.target.note));
    let people = people.collect::<Vec<_>>();
    let is_meant = |of: &PromiseRef| match &line.id {
        Some(id) => *id == id_of_promise(of),
        None => {
            let text = without_links(&linked(&of.promise().text, book));
            of.brief.status.is_open()
                && !text.is_empty()
                && without_links(&line.text).strip_prefix(&text).is_some_and(is_end)
        }
    };
    // A line links those whom a promise is about: only in their notes and in journals it has to be looked for.
    let near = |of: &PromiseRef| of.people.iter().any(|id| people.contains(id));
    let mut likely = book.promises().filter(|of| near(of));
    likely.find(is_meant).or_else(|| book.promises().filter(|of| !near(of)).find(is_meant))
}

/// The id of a promise on every agenda.
pub fn id_of_promise(of: &PromiseRef) -> String {
    let promise = of.promise();
    ids::id_of('p', &[&of.path.identity(), &promise.text, &promise.text_ordinal.to_string()])
}

fn habit<'a>(book: &'a Book, line: &Line) -> Option<&'a Habit> {
    let mut habits = book.habits();
    habits.find(|habit| match &line.id {
        Some(id) => *id == id_of_habit(habit),
        None => line.text.strip_prefix(&plain(&title(habit))).is_some_and(is_end),
    })
}

/// Whether what stands behind a promise or a habit on a line of ours is no more of its text.
fn is_end(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with([',']) || rest.starts_with(" · ")
}

/// The id of a habit on every agenda.
pub fn id_of_habit(habit: &Habit) -> String {
    ids::id_of('h', &[&habit.identity, "habit"])
}
