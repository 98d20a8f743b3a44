//! `ties export`

use crate::app::asking;
use crate::app::calendar::{Calendar, Plan};
use crate::app::refresh::Reading;
use crate::app::session::Session;
use crate::features::calendar::ours::unstamped;
use crate::features::query::subject::SubjectKind;
use crate::features::standing::Situation;
use crate::frontends::cli::asked::{Shown, found};
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::{ended, read};
use crate::frontends::cli::world::World;
use crate::people::book::ContactId;
use crate::text::diff::unified;
use clap::{Args, Subcommand};
use std::collections::HashSet;
use std::path::PathBuf;

/// Give what the notes say to other programs
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties export ics --to ~/people.ics
  ties export ics --vdir ~/.calendars/people

Nothing that a note calls `private` is given.")]
pub struct ExportArguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Ics(IcsArguments),
}

/// A calendar: birthdays, events, next steps, promises with a day, and time for reviews
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties export ics > people.ics
  ties export ics --to ~/people.ics
  ties export ics --vdir ~/.calendars/people
  ties export ics circle:inner,growth -group:work --vdir ~/.calendars/people --dry-run

docs/calendar.md tells how khal, vdirsyncer, Thunderbird and phones take it.")]
struct IcsArguments {
    /// Whose; without it everybody's, with reviews and the inbox
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// Into this file, where it is new or was written by ties
    #[arg(long, value_name = "FILE", conflicts_with = "vdir")]
    to: Option<PathBuf>,
    /// Into this folder, a file for each item; items of ties that went away are removed
    #[arg(long, value_name = "DIR")]
    vdir: Option<PathBuf>,
    /// Show what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
}

/// Exports.
pub fn run(
    arguments: &ExportArguments,
    world: &World,
    output: &mut Output,
) -> Result<Exit, Failure> {
    match &arguments.what {
        What::Ics(arguments) => ics(arguments, world, output),
    }
}

fn ics(arguments: &IcsArguments, world: &World, output: &mut Output) -> Result<Exit, Failure> {
    let session = world.open(output)?;
    let reading = read(&session, output);
    let situation = asking::situation(&session, &reading);
    let wanted = wanted(arguments, &session, &reading, &situation, output)?;
    if wanted.as_ref().is_some_and(HashSet::is_empty) {
        output.talk(&Line::of("Nobody fits, so nothing is written."));
        return Ok(Exit::No);
    }
    let calendar = Calendar::new(&situation, wanted.as_ref());
    let here = world.environment.current_folder();
    let plan = match (&arguments.to, &arguments.vdir) {
        (Some(file), _) => calendar.into_file(&session, &here.join(file)),
        (None, Some(folder)) => {
            calendar.into_folder(&session, &here.join(folder), !reading.files.incomplete)
        }
        (None, None) => {
            output.file(&calendar.text());
            return Ok(ended(&reading, output));
        }
    };
    let plan = plan?;
    if arguments.dry_run {
        show(arguments, &plan, output);
    } else {
        plan.carry_out()?;
    }
    tell(arguments, &plan, calendar.count(), output);
    Ok(ended(&reading, output))
}

/// The people that the query finds; `None` without one.
fn wanted(
    arguments: &IcsArguments,
    session: &Session,
    reading: &Reading,
    situation: &Situation<'_>,
    output: &mut Output,
) -> Result<Option<HashSet<ContactId>>, Failure> {
    if arguments.query.is_empty() {
        return Ok(None);
    }
    let query = Shown::default().query(&arguments.query, session, situation)?.of_people();
    let found = found(session, reading, situation, &query, output);
    let person = |kind: SubjectKind| match kind {
        SubjectKind::Person(id) => Some(id),
        _ => None,
    };
    Ok(Some(found.hits.iter().filter_map(|hit| person(hit.subject.kind)).collect()))
}

/// What a dry run shows: of one file the difference, of many a line each.
fn show(arguments: &IcsArguments, plan: &Plan, output: &mut Output) {
    for step in &plan.steps {
        if arguments.to.is_some() {
            let name = step.file.file_name().unwrap_or_default().to_string_lossy();
            // The stamps of all items change with the day, which is nothing to look at.
            let before = step.before.as_deref().map(unstamped);
            let after = step.after.as_deref().map(unstamped).unwrap_or_default();
            output.data_text(&unified(&name, before.as_deref(), &after));
            continue;
        }
        let sign = match (&step.before, &step.after) {
            (None, _) => "new     ",
            (Some(_), Some(_)) => "changed ",
            (Some(_), None) => "gone    ",
        };
        output.data(&Line::of(sign).plain(&step.summary));
    }
}

fn tell(arguments: &IcsArguments, plan: &Plan, count: usize, output: &mut Output) {
    for file in &plan.foreign {
        let file = file.display();
        output
            .notice(&format!("{file} was written by another program since, and is left as it is"));
    }
    let Some(place) = arguments.to.as_ref().or(arguments.vdir.as_ref()) else { return };
    let place = place.display().to_string();
    let (new, changed, gone) = plan.counts();
    let items = if count == 1 { "1 item".to_owned() } else { format!("{count} items") };
    let line = if plan.steps.is_empty() {
        Line::new().label(Label::Place, place).plain(format!(" is as it should be: {items}."))
    } else if arguments.to.is_some() {
        let verb = if arguments.dry_run { "Would write " } else { "Wrote " };
        Line::of(format!("{verb}{items} into ")).label(Label::Place, place).plain(".")
    } else {
        let verb = if arguments.dry_run { " would have " } else { " has " };
        let parts = [(new, "new"), (changed, "changed"), (gone, "gone"), (plan.kept, "as before")];
        let parts = parts.iter().filter(|(count, _)| *count > 0);
        let parts = parts.map(|(count, what)| format!("{count} {what}")).collect::<Vec<_>>();
        Line::new()
            .label(Label::Place, place)
            .plain(format!("{verb}{items}: {}.", parts.join(", ")))
    };
    output.talk(&line);
}
