//! Whom a name on the command line means. Where it could be several, a person at a terminal is asked; a program is
//! told all of them.

use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::output::Output;
use crate::people::book::{Book, ContactId, Found};

/// The one person that `name` means.
pub fn one(book: &Book, name: &str, output: &mut Output) -> Result<ContactId, Failure> {
    if name.trim().is_empty() {
        return Err(nobody_named());
    }
    match book.find(name) {
        Found::One(id) => Ok(id),
        Found::Several(ids) => choose(book, name, &ids, output),
        Found::Nobody(near) => Err(nobody(name, near.as_deref())),
    }
}

/// The people that `names` means: one name, or several with commas between them, each once.
pub fn several(book: &Book, names: &str, output: &mut Output) -> Result<Vec<ContactId>, Failure> {
    // A name may hold a comma itself.
    if let Found::One(id) = book.find(names) {
        return Ok(vec![id]);
    }
    let mut people = Vec::new();
    for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        let id = one(book, name, output)?;
        if !people.contains(&id) {
            people.push(id);
        }
    }
    if people.is_empty() { Err(nobody_named()) } else { Ok(people) }
}

/// More people than this are not listed.
const LISTED: usize = 20;

/// The one of `ids`, all of whom `name` could mean, whom the person chooses.
pub fn choose(
    book: &Book,
    name: &str,
    ids: &[ContactId],
    output: &mut Output,
) -> Result<ContactId, Failure> {
    if !output.terminal.can_ask() || ids.len() > LISTED {
        return Err(ambiguous(book, name, ids));
    }
    let mut question = format!("`{name}` could mean\n");
    for (at, id) in ids.iter().enumerate() {
        question += &format!("  {}  {}\n", at + 1, described(book, *id));
    }
    question += "Which one? Its number, or nothing to stop: ";
    let answer = output.ask(&question).and_then(|answer| answer.trim().parse::<usize>().ok());
    let chosen = answer.and_then(|number| ids.get(number.checked_sub(1)?));
    chosen.copied().ok_or_else(|| Failure::usage("nobody was chosen, so nothing was done"))
}

fn ambiguous(book: &Book, name: &str, ids: &[ContactId]) -> Failure {
    let mut failure = Failure::usage(format!("`{name}` could mean {} people", ids.len()));
    for id in ids.iter().take(LISTED) {
        failure = failure.hint(described(book, *id));
    }
    match ids.len().saturating_sub(LISTED) {
        0 => failure.hint("type more of the name, or the path"),
        more => failure.hint(format!("and {more} more; type more of the name, or the path")),
    }
}

/// `Ana Lima  people/ana-lima`
fn described(book: &Book, id: ContactId) -> String {
    let contact = book.contact(id);
    format!("{}  {}", contact.name, contact.path.without_extension())
}

fn nobody_named() -> Failure {
    Failure::usage("nobody is named").hint("name one person, or several with commas")
}

fn nobody(name: &str, near: Option<&str>) -> Failure {
    let failure = Failure::no(format!("nobody here is called `{}`", name.trim()));
    let failure = match near {
        Some(near) => failure.hint(format!("did you mean `{near}`?")),
        None => failure,
    };
    failure.hint(format!("`ties add \"{}\"` makes a note for somebody new", name.trim()))
}
