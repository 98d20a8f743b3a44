//! Making a promise: a task in the note of the person it is made to.

use crate::note::change::{Change, FileChange, Refusal, Wish};
use crate::note::task::{self, DateField};
use crate::people::book::{Book, ContactId};
use crate::text::day::Day;
use crate::text::span::Span;

/// Headings under which a promise is written; where the note has none of them the first is made.
pub const HEADINGS: [&str; 3] = ["Promises", "Tasks", "To do"];

/// What making a promise comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Promised {
    /// Something is to be written.
    New(Change),
    /// The same promise is open already, on this line of the note.
    There {
        /// The line, from 1.
        line: u32,
    },
}

/// Promises `text` to `who`, to be kept by `due`: `- [ ] text 📅 2026-11-28`. Line ends in `text` become spaces. A day
/// before `today` is refused, and so is a second due date beside one in the text.
pub fn promise(
    book: &Book,
    today: Day,
    who: ContactId,
    text: &str,
    due: Option<Day>,
) -> Result<Promised, Refusal> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let read = task::read(&text, Span::new(0, text.len()));
    if read.text.is_empty() {
        return Err(refusal(
            "nothing is promised",
            "say what: `ties promise ana Send the article`",
        ));
    }
    if due.is_some_and(|due| due < today) {
        return Err(refusal("the day lies in the past", "name today or a day to come"));
    }
    if due.is_some() && read.date(DateField::Due).is_some() {
        return Err(refusal("the text has a due date of its own", "leave out `--by`, or the 📅"));
    }
    let contact = book.contact(who);
    let wanted = without_waiting(&read.text);
    let same = contact.promises.iter().find(|there| {
        there.status.is_open()
            && there.text == wanted
            && due.or(read.date(DateField::Due)) == there.due
    });
    if let Some(there) = same {
        return Ok(Promised::There { line: there.line });
    }
    let field = due.map_or_else(String::new, |due| format!(" 📅 {due}"));
    let wish = Wish::AppendItem {
        headings: Some(HEADINGS.map(str::to_owned).to_vec()),
        lines: vec![format!("[ ] {text}{field}")],
    };
    let file = FileChange::Edit { path: contact.path.clone(), wishes: vec![wish] };
    let title = format!("promise {}: {}", contact.name, read.text);
    Ok(Promised::New(Change { title, files: vec![file] }))
}

/// What a promise says where it is theirs to keep (`waiting: her photos`).
fn without_waiting(text: &str) -> &str {
    match text.split_once(':') {
        Some((word, told)) if word.trim().eq_ignore_ascii_case("waiting") => told.trim(),
        _ => text,
    }
}

fn refusal(reason: &str, hint: &str) -> Refusal {
    Refusal { reason: reason.to_owned(), hint: Some(hint.to_owned()) }
}
