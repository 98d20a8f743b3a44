//! `ties due`

use crate::app::answering::situation;
use crate::app::session::Session;
use crate::features::due::{Due, Reason, Suggestion, due_in};
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::given::day_to_come;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::{ended, read};
use crate::frontends::wire::json;
use crate::frontends::wire_due::WireDue;
use crate::people::book::Book;
use crate::text::columns::beside;
use crate::text::day::Day;
use crate::text::phrase;
use clap::Args;

/// Show everybody whose time has come, also those who do not fit on the day
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties due
  ties due --on fri
  ties due --all
  ties due --json

Of those for whom another day will do, the first twenty are shown. `ties why WHO` tells how it comes about.")]
pub struct DueArguments {
    /// As it will be on another day if nothing changes
    #[arg(long, value_name = "WHEN")]
    on: Option<String>,
    /// Show everybody for whom another day will do
    #[arg(long)]
    all: bool,
    /// As JSON; always everybody
    #[arg(long)]
    json: bool,
}

/// Shows who is due.
pub fn run(
    arguments: &DueArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let on = arguments.on.as_deref().map(|on| day_to_come(on, session.today)).transpose()?;
    let day = on.unwrap_or(session.today);
    let reading = read(session, output);
    let due = due_in(&situation(session, &reading, day));
    if arguments.json {
        output.data_text(&json(WireDue::new(&reading.book, &due)));
    } else {
        let most = if arguments.all { usize::MAX } else { AT_MOST };
        show(&reading.book, &due, most, output);
    }
    Ok(ended(&reading, output))
}

/// So many of those for whom another day will do are shown: the rest is not a list to look through.
const AT_MOST: usize = 20;

fn show(book: &Book, due: &Due, most: usize, output: &mut Output) {
    let sections = [
        ("Next steps", due.follow_ups.as_slice()),
        ("Their turn", &due.today),
        ("Another day", due.waiting.get(..most).unwrap_or(&due.waiting)),
    ];
    let mut is_first = true;
    for (heading, people) in sections.into_iter().filter(|(_, people)| !people.is_empty()) {
        if !std::mem::take(&mut is_first) {
            output.data(&Line::new());
        }
        output.data(&Line::new().label(Label::Heading, heading));
        show_people(book, people, due.day, output);
    }
    let more = due.waiting.len().saturating_sub(most);
    if more > 0 {
        let more = phrase::number(more);
        output.data(&Line::of(format!("  and {more} more; `ties due --all` shows them")));
    }
    match is_first {
        true if due.away => output.talk(&Line::of("You are away; nobody waits.")),
        true => output.talk(&Line::of("Nobody's time has come. A good day.")),
        false if due.quiet => {
            let day = due.day.weekday().name();
            output.talk(&Line::of(format!("{day} is a quiet day; nobody's turn comes.")));
        }
        false => {}
    }
}

/// The widest that the column of names becomes.
const COLUMN: usize = 32;

fn show_people(book: &Book, people: &[Suggestion], day: Day, output: &mut Output) {
    let widths = people.iter().map(|of| Line::of(&book.brief(of.id).name).width());
    let width = widths.max().unwrap_or(0).min(COLUMN);
    let columns = output.terminal.limit.unwrap_or(usize::MAX);
    for of in people {
        let contact = book.brief(of.id);
        let line = Line::of("  ").label(Label::Name, &contact.name).fill(width + 4);
        let told = beside(&told(book, of, day), line.width(), columns);
        output.data(&line.plain(told.first));
        told.below.iter().for_each(|line| output.data(&Line::of(line)));
    }
}

fn told(book: &Book, of: &Suggestion, day: Day) -> String {
    let contact = book.brief(of.id);
    let last = of.newest.map(|touch| format!("last {}", phrase::day(touch.day, day)));
    let cadence = of.cadence.map(|cadence| cadence.to_string());
    let next = contact.next.clone();
    let parts = match of.reason {
        Reason::FollowUp => vec![next, last],
        Reason::Rhythm => vec![cadence, last, next],
        Reason::NewConnection => vec![Some("a new connection".to_owned()), last],
    };
    let beside = of.beside.map(|other| format!("together with {}", book.brief(other).name));
    let parts = beside.into_iter().map(Some).chain(parts);
    parts.flatten().collect::<Vec<_>>().join(" · ")
}
