//! The JSON shapes of who is due, and why. Within a version fields are only added.

use crate::features::due::{Due, Reason, Suggestion};
use crate::features::why::{NotCounted, Verdict, Why};
use crate::features::why_text::render_why;
use crate::people::book::{Book, Touch};
use serde::Serialize;

/// The answer of `ties due`.
#[derive(Debug, Serialize)]
pub struct WireDue {
    /// ISO.
    date: String,
    /// Whether the owner is away: then nobody is in here.
    away: bool,
    /// Whether it is a quiet day of the week: then nobody takes a turn.
    quiet: bool,
    /// Next steps whose day has come.
    follow_ups: Vec<WireSuggestion>,
    /// Those whose turn it is.
    today: Vec<WireSuggestion>,
    /// Those who are due too.
    waiting: Vec<WireSuggestion>,
}

/// Somebody who is due.
#[derive(Debug, Serialize)]
struct WireSuggestion {
    name: String,
    path: String,
    /// `follow-up`, `rhythm` or `new-connection`.
    reason: &'static str,
    /// Since when, ISO.
    due: String,
    /// In words: `every 2-4 weeks`.
    cadence: Option<String>,
    newest_contact: Option<String>,
    next: Option<String>,
    /// Of somebody who comes along with a person they live with: the note of that person.
    beside: Option<String>,
}

impl WireDue {
    /// The shape of `due`; `book` is the one it was made from.
    pub fn new(book: &Book, due: &Due) -> WireDue {
        let people = |people: &[Suggestion]| people.iter().map(|of| suggestion(book, of)).collect();
        WireDue {
            date: due.day.to_string(),
            away: due.away,
            quiet: due.quiet,
            follow_ups: people(&due.follow_ups),
            today: people(&due.today),
            waiting: people(&due.waiting),
        }
    }
}

fn suggestion(book: &Book, of: &Suggestion) -> WireSuggestion {
    let contact = book.brief(of.id);
    let path = |id| book.paths()[book.note_of(id)].to_string();
    WireSuggestion {
        name: contact.name.clone(),
        path: path(of.id),
        beside: of.beside.map(path),
        reason: reason(of.reason),
        due: of.due.to_string(),
        cadence: of.cadence.map(|cadence| cadence.to_string()),
        newest_contact: of.newest.map(|touch| touch.day.to_string()),
        next: contact.next.clone(),
    }
}

fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::FollowUp => "follow-up",
        Reason::Rhythm => "rhythm",
        Reason::NewConnection => "new-connection",
    }
}

/// The answer of `ties why`.
#[derive(Debug, Serialize)]
pub struct WireWhy {
    name: String,
    path: String,
    /// ISO.
    date: String,
    /// `suggested`, `asked`, `waits`, `away`, `quiet-day`, `stopped`, `no-rhythm` or `not-yet`.
    verdict: &'static str,
    /// Of somebody who is suggested; as in `ties due`.
    reason: Option<&'static str>,
    /// In words.
    cadence: Option<String>,
    newest_contact: Option<WirePlace>,
    /// The day on which the rhythm comes round.
    due: Option<String>,
    follow_up: Option<String>,
    /// The next day on which they are suggested if nothing changes.
    expected: Option<String>,
    not_counted: Vec<WireNotCounted>,
    /// The place in the draw, of somebody who takes turns.
    turn: Option<WireTurn>,
    /// The whole derivation in words.
    text: String,
}

/// The smallest `key`, which is −ln(`lot`) / `weight`, comes first.
#[derive(Debug, Serialize)]
struct WireTurn {
    rank: usize,
    of: usize,
    shown: usize,
    lot: f64,
    weight: f64,
    key: f64,
}

#[derive(Debug, Serialize)]
struct WirePlace {
    date: String,
    kind: Option<String>,
    path: String,
    line: u32,
}

#[derive(Debug, Serialize)]
struct WireNotCounted {
    /// `mention`, `note`, `tried`, `plan` or `ahead`.
    because: &'static str,
    #[serde(flatten)]
    place: WirePlace,
}

impl WireWhy {
    /// The shape of `why`; `book` is the one it was made from.
    pub fn new(book: &Book, why: &Why) -> WireWhy {
        let contact = book.contact(why.id);
        let standing = &why.standing;
        let not_counted = why.not_counted.iter();
        WireWhy {
            name: contact.name.clone(),
            path: contact.path.to_string(),
            date: why.day.to_string(),
            verdict: verdict(why.verdict),
            reason: match why.verdict {
                Verdict::Suggested(of) => Some(reason(of)),
                _ => None,
            },
            cadence: standing.cadence.map(|(cadence, _)| cadence.to_string()),
            newest_contact: standing.newest.map(|touch| place(book, &touch)),
            due: standing.due.map(|due| due.day.to_string()),
            follow_up: standing.follow_up.map(|step| step.day.to_string()),
            expected: why.expected.map(|day| day.to_string()),
            not_counted: not_counted
                .map(|(touch, of)| WireNotCounted {
                    because: because(*of),
                    place: place(book, touch),
                })
                .collect(),
            turn: why.place.map(|place| WireTurn {
                rank: place.rank,
                of: place.of,
                shown: place.shown,
                lot: place.turn.lot,
                weight: standing.weight,
                key: place.turn.key,
            }),
            text: render_why(book, why),
        }
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Suggested(_) => "suggested",
        Verdict::Asked(_) => "asked",
        Verdict::Waits => "waits",
        Verdict::Away => "away",
        Verdict::QuietDay => "quiet-day",
        Verdict::Stopped(_) => "stopped",
        Verdict::NoRhythm => "no-rhythm",
        Verdict::NotYet => "not-yet",
    }
}

fn because(of: NotCounted) -> &'static str {
    match of {
        NotCounted::Mention => "mention",
        NotCounted::Note => "note",
        NotCounted::Tried => "tried",
        NotCounted::Plan => "plan",
        NotCounted::Ahead => "ahead",
    }
}

fn place(book: &Book, touch: &Touch) -> WirePlace {
    let (path, entry) = book.interaction(touch);
    let (date, kind) = (touch.day.to_string(), entry.kind.as_deref().map(str::to_owned));
    WirePlace { date, kind, path: path.to_string(), line: entry.line }
}
