//! The JSON shapes of `ties search`. Within a version fields are only added.

use crate::features::listing::listed;
use crate::features::query::search::Hit;
use crate::features::query::snippet::Snippet;
use crate::features::query::subject::SubjectKind;
use crate::features::standing::Situation;
use serde::Serialize;

/// The answer of `ties search`.
#[derive(Debug, Serialize)]
pub struct WireHits {
    /// The query in its plain form.
    pub query: String,
    /// How many notes it finds; more than `hits` where it has a limit.
    pub total: usize,
    /// In the order in which they are shown.
    pub hits: Vec<WireHit>,
}

/// What was understood of a query.
#[derive(Debug, Serialize)]
pub struct WireExplanation {
    /// The query in its plain form.
    pub query: String,
    /// In plain words; what belongs to a line above is indented by two spaces.
    pub explanation: Vec<String>,
}

/// A note that was found.
#[derive(Debug, Serialize)]
pub struct WireHit {
    /// `person`, `journal`, `habit` or `note`.
    kind: &'static str,
    name: String,
    path: String,
    circle: Option<String>,
    /// ISO, perhaps partial; of people.
    last_contact: Option<String>,
    /// The line that shows best why, from 1.
    line: Option<u32>,
    /// Its text, cut where it is long.
    text: Option<String>,
    /// Where in the text the words stand that were looked for.
    matches: Vec<WireMatch>,
}

/// A piece of a text, in characters from 0, the end not included.
#[derive(Debug, Serialize)]
struct WireMatch {
    start: usize,
    end: usize,
}

/// The word for what a note is.
pub fn kind_word(kind: SubjectKind) -> &'static str {
    match kind {
        SubjectKind::Person(_) | SubjectKind::Me(_) => "person",
        SubjectKind::Journal => "journal",
        SubjectKind::Habit => "habit",
        SubjectKind::Note => "note",
    }
}

impl WireHit {
    /// The shape of `hit`, with the line that shows why where there is one.
    pub fn new(situation: &Situation<'_>, hit: &Hit<'_>, snippet: Option<&Snippet>) -> WireHit {
        let (book, subject) = (situation.book, &hit.subject);
        let person = subject.contact().map(|id| listed(book, id, situation.day));
        WireHit {
            kind: kind_word(subject.kind),
            name: subject.name(book).to_owned(),
            path: subject.path.to_string(),
            circle: subject.contact().and_then(|id| book.brief(id).circle.clone()),
            last_contact: person
                .and_then(|person| person.last_contact)
                .map(|date| date.to_string()),
            line: snippet.map(|snippet| snippet.line),
            text: snippet.map(|snippet| snippet.text.clone()),
            matches: snippet.map(matches).unwrap_or_default(),
        }
    }
}

fn matches(snippet: &Snippet) -> Vec<WireMatch> {
    let characters = |at: usize| snippet.text.get(..at).map_or(0, |before| before.chars().count());
    let marks = snippet.marks.iter();
    marks
        .map(|mark| WireMatch { start: characters(mark.start), end: characters(mark.end) })
        .collect()
}
