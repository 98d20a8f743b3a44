//! `ties promise`

use crate::app::session::Session;
use crate::features::promise::{Promised, promise, said_of};
use crate::frontends::cli::carry_out::carry_out;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::given::day_to_come;
use crate::frontends::cli::line::Line;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::read;
use crate::frontends::cli::who::one_of_words;
use crate::text::day::Day;
use crate::text::phrase;
use crate::text::when::{Direction, parse};
use clap::Args;

/// Write down what you promised somebody
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties promise ana Send her the kiln article --by fri
  ties promise ana waiting: her photos

`waiting:` is what somebody promised you. `ties done ana` keeps it. A day may also stand at the end of the text, as
`📅 2026-12-05`.")]
pub struct PromiseArguments {
    /// To whom: a name, or the start of one
    #[arg(value_name = "WHO")]
    who: String,
    /// What
    #[arg(value_name = "TEXT", required = true)]
    text: Vec<String>,
    /// By when: fri, 2w, 2026-12-05
    #[arg(long, value_name = "WHEN")]
    by: Option<String>,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Writes a promise down.
pub fn run(
    arguments: &PromiseArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let due = arguments.by.as_deref().map(|by| day_to_come(by, session.today)).transpose()?;
    let reading = read(session, output);
    let (who, words) = one_of_words(&reading.book, &arguments.who, &arguments.text, output)?;
    let contact = reading.book.contact(who);
    let text = words.join(" ");
    match promise(&reading.book, session.today, who, &text, due)? {
        Promised::There { line } => {
            let place = format!("{}:{line}", contact.path);
            output.talk(&Line::of(format!("Nothing to write: {place} says so already.")));
        }
        Promised::New(change) => {
            let (is_theirs, in_text) = said_of(&text);
            let by = due.or(in_text);
            let what = if is_theirs { "Awaited from" } else { "Promised, with" };
            let by = by.map(|by| format!(", by {}", phrase::day(by, session.today)));
            let done = format!("{what} {}{}", contact.name, by.clone().unwrap_or_default());
            carry_out(session, &change, arguments.dry_run, &done, output)?;
            if let Some(day) = day_in_words(&text, session.today).filter(|_| by.is_none()) {
                output
                    .hint(&format!("`by {day}` is kept as words; `--by \"{day}\"` makes it a day"));
            }
        }
    }
    Ok(Exit::Done)
}

/// The day in `… by monday` at the end of a text, as it is written.
fn day_in_words(text: &str, today: Day) -> Option<&str> {
    let (_, day) = text.rsplit_once(" by ")?;
    parse(day, today, Direction::Future).is_ok().then_some(day)
}
