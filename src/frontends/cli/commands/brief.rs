//! `ties brief`

use crate::app::asking;
use crate::app::morning::agenda;
use crate::app::refresh::Reading;
use crate::app::session::Session;
use crate::features::agenda::people::people;
use crate::features::before_meeting::{BeforeMeeting, before_meeting};
use crate::features::before_meeting_text::{HEADINGS, render_before_meeting};
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::Line;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::{ended, read};
use crate::frontends::cli::who::several;
use crate::frontends::wire::json;
use crate::frontends::wire_brief::{WireBrief, WireBriefs};
use crate::people::book::{ContactId, Found};
use clap::Args;

/// So many of the newest contacts, and of what was written since, are told.
const ENTRIES: usize = 3;
/// So many where all is wanted.
const ALL_ENTRIES: usize = 12;

/// Tell what is good to know before you meet somebody, a page each
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties brief               everybody on today's agenda
  ties brief ana
  ties brief ana joao --json

What was said last and what is open both ways, what was heard since, near days, the people and animals around them,
gifts, and how they like to be met: from your notes alone. Private keys are shown, for this page stays with you.")]
pub struct BriefArguments {
    /// Who: names, or the start of them; without any, everybody on today's agenda
    #[arg(value_name = "WHO")]
    who: Vec<String>,
    /// All of it, however long it is
    #[arg(long)]
    all: bool,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Tells what is good to know.
pub fn run(
    arguments: &BriefArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let reading = read(session, output);
    let who = match arguments.who.is_empty() {
        true => people(&agenda(session, &reading, session.today), &reading.book),
        false => named(&arguments.who, &reading, output)?,
    };
    let situation = asking::situation(session, &reading);
    let entries = if arguments.all { ALL_ENTRIES } else { ENTRIES };
    let briefs = who.iter().map(|id| before_meeting(&situation, *id, entries));
    if arguments.json {
        let briefs = briefs.map(|of| WireBrief::new(&reading.book, &of)).collect();
        output.data_text(&json(WireBriefs { briefs }));
    } else {
        show(briefs, arguments.all, &reading, output);
    }
    let exit = ended(&reading, output);
    if who.is_empty() && exit == Exit::Done {
        output.talk(&Line::of("Nobody is on today's agenda; `ties brief WHO` tells of anybody."));
    }
    Ok(exit)
}

/// One person whose name has several words, or several people.
fn named(
    who: &[String],
    reading: &Reading,
    output: &mut Output,
) -> Result<Vec<ContactId>, Failure> {
    if let Found::One(id) = reading.book.find(&who.join(" ")) {
        return Ok(vec![id]);
    }
    let mut people = Vec::new();
    for names in who {
        let found = several(&reading.book, names, output)?;
        people.extend(found.into_iter().filter(|id| !people.contains(id)).collect::<Vec<_>>());
    }
    Ok(people)
}

fn show<'a>(
    briefs: impl Iterator<Item = BeforeMeeting<'a>>,
    all: bool,
    reading: &Reading,
    output: &mut Output,
) {
    let columns = output.terminal.width;
    for (at, before) in briefs.enumerate() {
        if output.is_over() {
            return;
        }
        if at > 0 {
            output.data_text("\n\n");
        }
        output.page(&render_before_meeting(&reading.book, &before, columns, all), &HEADINGS);
    }
}
