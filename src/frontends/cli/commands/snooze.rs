//! `ties snooze`

use crate::app::session::Session;
use crate::features::snooze::snooze;
use crate::frontends::cli::carry_out::carry_out;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::given::day_to_come;
use crate::frontends::cli::line::Line;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::read;
use crate::frontends::cli::who::one_of_words;
use crate::text::phrase;
use clap::Args;

/// Let somebody rest: no suggestion before a day
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties snooze ana 3w
  ties snooze ana 2027-01-10

Birthdays, promises and next steps still show.")]
pub struct SnoozeArguments {
    /// Who: a name, or the start of one
    #[arg(value_name = "WHO")]
    who: String,
    /// Until when: 3w, next month, 2027-01-10
    #[arg(value_name = "WHEN", required = true)]
    when: Vec<String>,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Lets somebody rest.
pub fn run(
    arguments: &SnoozeArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let reading = read(session, output);
    let (who, when) = one_of_words(&reading.book, &arguments.who, &arguments.when, output)?;
    let until = day_to_come(&when.join(" "), session.today)?;
    let change = snooze(&reading.book, &session.vocabulary, session.today, who, until)?;
    let contact = reading.book.contact(who);
    let done = format!("{} rests until {}", contact.name, phrase::day(until, session.today));
    let written = carry_out(session, &change, arguments.dry_run, &done, output)?;
    if let Some(day) = contact.follow_up.filter(|day| *day < until && written) {
        let day = phrase::day(day, session.today);
        output.talk(&Line::of(format!("The next step of {day} still shows.")));
    }
    Ok(Exit::Done)
}
