//! `ties event`

use crate::app::session::Session;
use crate::features::event::{EventWritten, Known, NewEvent, event, known};
use crate::features::page_layout::table;
use crate::features::page_words::PageWords;
use crate::frontends::cli::carry_out::carry_out;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::given::date;
use crate::frontends::cli::line::Line;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::{ended, read};
use crate::frontends::cli::who::one;
use crate::frontends::wire::json;
use crate::frontends::wire_gifts::WireEvents;
use crate::people::contact::Contact;
use crate::text::partial_date::{LooseDate, PartialDate};
use crate::text::phrase;
use clap::Args;

/// Write down what happens in somebody's life, or show it
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties event ana wedding in Porto --on 2027-05-01
  ties event ana new-job --on \"last mon\"
  ties event joao exam --on 2026-12
  ties event ana           what is written down

Any one word is a kind. Some bring suggestions, such as new-job, new-baby, move, wedding, exam, illness and loss:
`ties config list` shows them under `triggers`.")]
pub struct EventArguments {
    /// Whose: a name, or the start of one
    #[arg(value_name = "WHO")]
    who: String,
    /// What kind: wedding, new-job, move and others; without it, what is written down is shown
    #[arg(value_name = "KIND")]
    kind: Option<String>,
    /// More about it
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    /// When: yesterday, 2027-05-01, or as far as you know, 2026-12 or 2026; today where it is left out
    #[arg(long, value_name = "WHEN", requires = "kind")]
    on: Option<String>,
    /// Show what would be written, and write nothing
    #[arg(long, requires = "kind")]
    dry_run: bool,
    /// What is written down, as JSON
    #[arg(long, conflicts_with = "kind")]
    json: bool,
}

/// Writes an event down, or shows those that are.
pub fn run(
    arguments: &EventArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let today = session.today;
    let on = arguments.on.as_deref().map(|on| date(on, today)).transpose()?;
    let reading = read(session, output);
    let who = one(&reading.book, &arguments.who, output)?;
    let contact = reading.book.contact(who);
    let known = known(&reading.book, who);
    let Some(kind) = &arguments.kind else {
        let words = PageWords { book: &reading.book, who, today };
        let exit = show(contact, &known, &words, arguments.json, output);
        return Ok(ended(&reading, output).max(exit));
    };
    let date = on.unwrap_or(LooseDate { date: PartialDate::Full(today), estimated: false });
    let new = NewEvent { kind: kind.clone(), text: arguments.text.join(" "), date };
    match event(contact, &known, &session.vocabulary, &session.settings().triggers, &new)? {
        EventWritten::There { path, line } => {
            let place = format!("{path}:{line}");
            output.talk(&Line::of(format!("Nothing to write: {place} says so already.")));
        }
        EventWritten::New { change, read, near } => {
            let when = phrase::loose(read.date, today);
            let done = format!("{}: {}, {when}", contact.name, read.kind.replace('-', " "));
            carry_out(session, &change, arguments.dry_run, &done, output)?;
            if let Some(near) = near {
                let kind = &read.kind;
                output.notice(&format!("`{kind}` brings no suggestions, but `{near}` would"));
            }
        }
    }
    Ok(Exit::Done)
}

fn show(
    contact: &Contact,
    events: &[Known],
    words: &PageWords<'_>,
    as_json: bool,
    output: &mut Output,
) -> Exit {
    if as_json {
        output.data_text(&json(WireEvents::new(contact, events)));
        return Exit::Done;
    }
    if events.is_empty() {
        output.talk(&Line::of(format!("No event is written down for {}.", contact.name)));
        return Exit::No;
    }
    let rows = events.iter().map(|known| words.event(&known.event)).collect::<Vec<_>>();
    let columns = output.terminal.width;
    output.page(&format!("{}\n{}", contact.name, table(&rows, columns)), &[]);
    Exit::Done
}
