//! `ties promise`

use crate::app::session::Session;
use crate::features::promise::{Promised, promise};
use crate::frontends::cli::carry_out::carry_out;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::given::day_to_come;
use crate::frontends::cli::line::Line;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::read;
use crate::frontends::cli::who::one;
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
    let who = one(&reading.book, &arguments.who, output)?;
    let contact = reading.book.contact(who);
    match promise(&reading.book, session.today, who, &arguments.text.join(" "), due)? {
        Promised::There { line } => {
            let place = format!("{}:{line}", contact.path);
            output.talk(&Line::of(format!("Nothing to write: {place} says so already.")));
        }
        Promised::New(change) => {
            let done = format!("Promised, with {}", contact.name);
            carry_out(session, &change, arguments.dry_run, &done, output)?;
        }
    }
    Ok(Exit::Done)
}
