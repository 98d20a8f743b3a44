//! `ties list`

use crate::app::session::Session;
use crate::features::listing::{Filter, Listed, listing};
use crate::frontends::cli::choosing::choose_person;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::{ended, read};
use crate::frontends::wire::{Contacts, WireContact, json};
use crate::text::suggest::nearest;
use clap::Args;

/// The widest that a column of names or circles becomes.
const COLUMN: usize = 40;

/// Show everybody, by name
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties list
  ties list --circle inner
  ties list --group family --json
  ties list -i             type to filter, Enter prints the path of the note")]
pub struct ListArguments {
    /// Only the people of this circle
    #[arg(long, value_name = "CIRCLE")]
    circle: Option<String>,
    /// Only the people of this group
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,
    /// Pick somebody on the screen; prints the path of the note
    #[arg(long, short, conflicts_with = "json")]
    interactive: bool,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Lists people.
pub fn run(
    arguments: &ListArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let reading = read(session, output);
    let filter = Filter { circle: arguments.circle.as_deref(), group: arguments.group.as_deref() };
    let listed = listing(&reading.book, session.today, filter);
    if arguments.interactive && !listed.is_empty() {
        let people = listed.iter().map(|listed| listed.id).collect::<Vec<_>>();
        let picked = choose_person(session, &reading.book, &people, "", output)?;
        output.data(&Line::of(reading.book.contact(picked).path.as_str()));
    } else if arguments.json {
        let contacts = listed.iter().map(WireContact::new).collect();
        output.data_text(&json(Contacts { contacts }));
    } else {
        show(&listed, output);
    }
    if listed.is_empty() && reading.book.contacts().next().is_some() {
        say_why(arguments, session, output);
        return Ok(Exit::No);
    }
    let exit = ended(&reading, output);
    if listed.is_empty() && exit == Exit::Done {
        output.talk(&Line::of("Nobody is here yet."));
    }
    Ok(exit)
}

fn show(listed: &[Listed<'_>], output: &mut Output) {
    let circle_of = |listed: &Listed<'_>| listed.contact.circle.clone().unwrap_or_default();
    let widest = |text: &dyn Fn(&Listed<'_>) -> String| {
        listed.iter().map(|listed| Line::of(text(listed)).width()).max().unwrap_or(0).min(COLUMN)
    };
    let names = widest(&|listed| listed.contact.name.clone());
    let circles = widest(&circle_of);
    for one in listed {
        let last_contact = one.last_contact.map(|date| date.to_string()).unwrap_or_default();
        let line = Line::new().label(Label::Name, &one.contact.name).fill(names + 2);
        let line = line.plain(circle_of(one)).fill(names + circles + 4);
        let line = line.plain(last_contact).fill(names + circles + 17);
        output.data(&line.label(Label::Place, one.contact.path.as_str()));
    }
}

fn say_why(arguments: &ListArguments, session: &Session, output: &mut Output) {
    output.talk(&Line::of("Nobody fits."));
    let circles = session.vocabulary.circles.iter().map(|circle| circle.name.as_str());
    if let Some(near) = arguments.circle.as_deref().and_then(|circle| nearest(circle, circles)) {
        output.hint(&format!("did you mean `--circle {near}`?"));
    }
}
