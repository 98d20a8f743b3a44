//! What a sentence was understood as, in words, before anything is written.
//!
//! Always true here: every person, day and promise that would be written is in the words.

use crate::features::capture::doubt::Doubt;
use crate::features::capture::sentence::{Captured, CapturedPromise};
use crate::people::book::{Book, ContactId};
use crate::people::kind::Meaning;
use crate::people::names::Resolution;
use crate::text::day::Day;
use crate::text::phrase;
use crate::text::shell::quoted;

/// The lines that tell what would be written.
pub fn told(book: &Book, captured: &Captured, today: Day) -> Vec<String> {
    let mut lines = vec![head(book, captured, today)];
    if !captured.text.is_empty() {
        lines.push(format!("  {}", captured.text));
    }
    lines.extend(captured.below.iter().map(|line| format!("  {line}")));
    lines.extend(captured.promises.iter().map(|of| promise(book, of, today)));
    lines.extend(next(captured, today));
    if !captured.spoken_of.is_empty() {
        let names = names(book, &captured.spoken_of);
        lines.push(format!("Spoken of, not as somebody who was there: {}", phrase::list(&names)));
    }
    lines
}

/// `yesterday (Fri 20 Nov)`, `on Sat 5 Dec`.
fn when(day: Day, today: Day) -> String {
    let short = phrase::short(day, today);
    match today.days_until(day) {
        -6..=6 => format!("{} ({short})", phrase::on_day(day, today)),
        _ => format!("on {short}"),
    }
}

fn head(book: &Book, captured: &Captured, today: Day) -> String {
    let names = phrase::list(&names(book, &captured.people));
    let names = if names.is_empty() { "nobody yet".to_owned() } else { names };
    let unsaid = if captured.is_day_said { "" } else { ", as no day is said" };
    let when = when(captured.day, today);
    let kind = captured.kind.as_ref().map_or_else(String::new, |kind| format!(", {kind}"));
    match captured.meaning {
        Meaning::Contact => format!("Contact with {names} {when}{unsaid}{kind}"),
        Meaning::Plan => format!("Plan with {names} {when}{unsaid}"),
        Meaning::Tried => format!("Tried {names} {when}{unsaid}"),
        Meaning::Note => format!("Note about {names} {when}{unsaid}, no contact"),
    }
}

fn promise(book: &Book, promise: &CapturedPromise, today: Day) -> String {
    let with = promise.with.map_or_else(|| "somebody".to_owned(), |id| name(book, id));
    let due = promise.due.map_or_else(String::new, |due| {
        let short = phrase::short(due, today);
        match today.days_until(due) {
            -6..=6 => format!(" by {} ({short})", phrase::day(due, today)),
            _ => format!(" by {short}"),
        }
    });
    match promise.is_theirs {
        true => format!("Promised by {with}{due}: {}", promise.text),
        false => format!("Promise to {with}{due}: {}", promise.text),
    }
}

fn next(captured: &Captured, today: Day) -> Option<String> {
    let day = captured.follow_up.map(|day| when(day, today));
    match (captured.next.as_deref(), day) {
        (Some(""), None) => Some("No next step".to_owned()),
        (Some(next), None) => Some(format!("Next: {next}")),
        (Some(next), Some(day)) => Some(format!("Next {day}: {next}")),
        (None, Some(day)) => Some(format!("Next {day}")),
        (None, None) => None,
    }
}

/// The name, with the note where somebody else has the same name.
pub fn name(book: &Book, id: ContactId) -> String {
    let name = &book.brief(id).name;
    match book.resolve(name) {
        Resolution::Several(_) => described(book, id),
        _ => name.clone(),
    }
}

fn names(book: &Book, people: &[ContactId]) -> Vec<String> {
    people.iter().map(|id| name(book, *id)).collect()
}

/// `Ana Lima (people/ana-lima)`
pub fn described(book: &Book, id: ContactId) -> String {
    format!("{} ({})", book.brief(id).name, book.identity(id))
}

fn any_of(book: &Book, people: &[ContactId]) -> String {
    let named = people.iter().take(LISTED).map(|id| described(book, *id)).collect::<Vec<_>>();
    match people.len().saturating_sub(LISTED) {
        0 => named.join(" or "),
        more => format!("{} or {more} others", named.join(", ")),
    }
}

/// More people than this are not named.
const LISTED: usize = 6;

/// What is not certain, in words without a full stop.
pub fn doubt(book: &Book, doubt: &Doubt) -> String {
    match doubt {
        Doubt::Several { said, people } => {
            format!("`{said}` could mean {}", any_of(book, people))
        }
        Doubt::WordOrName { said, people } => {
            format!("`{said}` could be a word, or {}", any_of(book, people))
        }
        Doubt::Surname { said, people } => {
            format!("`{said}` is nobody here; {} could be meant", any_of(book, people))
        }
        Doubt::ToDo { said } => {
            format!("whether `{said}` was done or is to be done is not said")
        }
        Doubt::ToCome { said } => {
            format!("`{said}` is still to come, and the words do not say that it is a plan")
        }
        Doubt::Nobody { spoken_of } if spoken_of.is_empty() => {
            "the sentence names nobody who has a note here".to_owned()
        }
        Doubt::Nobody { spoken_of } => {
            let names = phrase::list(&names(book, spoken_of));
            format!("nobody is said to have been there; {names} may only be spoken of")
        }
        Doubt::NoDay { said } => format!("`{said}` is no day that can be read"),
        Doubt::Days { said } => {
            let said = said.iter().map(|said| format!("`{said}`")).collect::<Vec<_>>();
            format!("{} are several days", phrase::list(&said))
        }
        Doubt::WithoutYou => "whether you were there is not said".to_owned(),
        Doubt::NoKind => {
            "no word says how you were in touch, so it is a note, which is not contact".to_owned()
        }
        Doubt::Hedged { said } => {
            format!(
                "`{said}` may say that it did not happen, so it is no contact; `--kind` says otherwise"
            )
        }
        Doubt::Birthday { said } => {
            format!("`{said}` is read as a day in somebody's life, not as the day of the entry")
        }
        Doubt::AsWord { said, people } => {
            format!("`{said}` is read as a word, not as {}", any_of(book, people))
        }
        Doubt::Unknown { said } => {
            format!("nobody here is called `{said}`, so it stays text")
        }
        Doubt::ForTheFirst { text } => {
            format!("`{text}` names nobody and is written for the first of them")
        }
    }
}

/// What to type next about something that is not certain.
pub fn hint(book: &Book, doubt: &Doubt) -> Option<String> {
    Some(match doubt {
        Doubt::Several { people, .. } => {
            let path = people.first().map(|id| book.identity(*id).into_owned()).unwrap_or_default();
            let path = quoted(&path);
            format!("type the whole name, or say who with `--with {path}`")
        }
        Doubt::WordOrName { people, .. } => {
            let path = people.first().map(|id| book.identity(*id).into_owned()).unwrap_or_default();
            let path = quoted(&path);
            format!("begin with another word, or say who with `--with {path}`")
        }
        Doubt::Surname { said, people } => {
            let path = people.first().map(|id| book.identity(*id).into_owned()).unwrap_or_default();
            let path = quoted(&path);
            let name = quoted(said);
            format!("`--with {path}` says who; `ties add {name}` makes a note for somebody new")
        }
        Doubt::ToDo { .. } => {
            "`called`, or a day that was, says that it was done; `ties promise WHO TEXT` writes down what is to do"
                .to_owned()
        }
        Doubt::Nobody { .. } => {
            "say who with `--with NAME`; `ties add NAME` makes a note for somebody new".to_owned()
        }
        Doubt::NoDay { .. } | Doubt::Days { .. } | Doubt::ToCome { .. } => "say the day with `--on 2026-11-03`".to_owned(),
        Doubt::WithoutYou => {
            "`--kind met` says that you were there, `--kind heard` that you heard of it".to_owned()
        }
        Doubt::NoKind | Doubt::Hedged { .. } => "`--kind met` makes it contact".to_owned(),
        Doubt::Birthday { .. } => {
            "a birthday has a place of its own, `birthday:` at the top of the note: `ties edit WHO`"
                .to_owned()
        }
        Doubt::Unknown { said } => format!("`ties add {}` makes a note", quoted(said)),
        Doubt::AsWord { .. } | Doubt::ForTheFirst { .. } => return None,
    })
}
