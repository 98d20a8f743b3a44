//! `ties triage`

use crate::app::asking;
use crate::app::refresh::Reading;
use crate::app::session::Session;
use crate::app::write::{Possible, permitted, possible};
use crate::effects::signals::end;
use crate::features::standing::Situation;
use crate::features::triage::{Decision, about, choices, decide};
use crate::features::triage_checklist::{answers, checklist};
use crate::features::undecided::undecided;
use crate::frontends::cli::asked::{Shown, found};
use crate::frontends::cli::carry_out::carry_out;
use crate::frontends::cli::checklist_file::{Named, put_down, text_of};
use crate::frontends::cli::deciding::draw::Asked;
use crate::frontends::cli::deciding::state::State;
use crate::frontends::cli::deciding::walk::walk;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::{ended, read};
use crate::frontends::cli::world::World;
use crate::frontends::wire::json;
use crate::frontends::wire_triage::WireTriage;
use crate::note::path::NotePath;
use crate::people::book::ContactId;
use crate::text::columns::beside;
use crate::text::phrase;
use clap::Args;
use std::collections::HashSet;
use std::path::PathBuf;

/// Decide who belongs where: people without circle and rhythm, one key each
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties triage              one key each; q puts it down, and the rest waits
  ties triage group:work --limit 20
  ties triage --list       who waits
  ties triage --to triage.md
  ties triage --from triage.md --dry-run

The newest contact comes first. A circle goes into the note as `circle`, later, reference and archive as `status`. The
checklist is a note with a box for each choice: tick one below a name, in any editor or on a phone, and read it back. On a screen, `--list` shows the first twenty, `limit:all` all of them.")]
pub struct TriageArguments {
    /// Only those whom a query finds
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// At most so many
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    limit: Option<u64>,
    /// Show who waits, and ask nothing
    #[arg(long, conflicts_with_all = ["to", "from"])]
    list: bool,
    /// The same as JSON
    #[arg(long, conflicts_with_all = ["to", "from"])]
    json: bool,
    /// Write a checklist into a file; `-` is standard output
    #[arg(long, value_name = "FILE", conflicts_with = "from")]
    to: Option<PathBuf>,
    /// Take in the answers of a checklist; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["query", "limit"])]
    from: Option<PathBuf>,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// So many are shown on a screen where nobody says how many: the newest contacts come first. Another program gets all.
const SCREENFUL: u64 = 20;

/// Decides on people, or shows who waits.
pub fn run(
    arguments: &TriageArguments,
    world: &World,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let session = world.open(output)?;
    let folder = world.environment.current_folder();
    if let Some(typed) = &arguments.from {
        let text = text_of(Named { typed, folder })?;
        return take_in(&text, &typed.display().to_string(), arguments.dry_run, &session, output);
    }
    let reading = read(&session, output);
    let situation = asking::situation(&session, &reading);
    let waiting = waiting(arguments, &session, &reading, output)?;
    if arguments.json {
        output.data_text(&json(WireTriage::new(&situation, &waiting.people, waiting.total)));
    } else if waiting.people.is_empty() {
        nobody(&situation, !arguments.query.is_empty(), output);
    } else if arguments.list {
        show(&situation, &waiting.people, output);
        say_more(&waiting, output);
    } else if let Some(typed) = &arguments.to {
        let named = Named { typed, folder };
        hand_out(&waiting, &situation, named, arguments.dry_run, &session, output)?;
    } else {
        return ask(&waiting, &situation, arguments.dry_run, &session, output);
    }
    Ok(ended(&reading, output))
}

/// Who is asked about.
struct Waiting {
    people: Vec<ContactId>,
    /// How many there are without the limit.
    total: usize,
}

fn waiting(
    arguments: &TriageArguments,
    session: &Session,
    reading: &Reading,
    output: &mut Output,
) -> Result<Waiting, Failure> {
    let situation = asking::situation(session, reading);
    let mut people = undecided(&situation);
    let mut limit = arguments.limit;
    if !arguments.query.is_empty() {
        let query = Shown::default().query(&arguments.query, session, &situation)?;
        limit = limit.or(query.limit.and_then(|limit| u64::try_from(limit.most()).ok()));
        let is_sorted = !query.sort.is_empty();
        let mut query = query.of_people();
        query.limit = None;
        let hits = found(session, reading, &situation, &query, output).hits;
        let hits = hits.iter().filter_map(|hit| hit.subject.person()).collect::<Vec<_>>();
        people = if is_sorted { both(hits, &people) } else { both(people, &hits) };
    }
    if arguments.list && !arguments.json && output.terminal.output {
        limit = limit.or(Some(SCREENFUL));
    }
    let total = people.len();
    people.truncate(limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX)));
    Ok(Waiting { people, total })
}

/// Those of `people` who are among `others`, in their order.
fn both(mut people: Vec<ContactId>, others: &[ContactId]) -> Vec<ContactId> {
    let others = others.iter().collect::<HashSet<_>>();
    people.retain(|id| others.contains(id));
    people
}

fn nobody(situation: &Situation<'_>, is_query: bool, output: &mut Output) {
    output.talk(&Line::of(match (is_query, situation.book.everyone().next()) {
        (_, None) => "Nobody is here yet.",
        (true, _) => "Nobody whom the query finds waits for a decision.",
        (false, _) => "Everybody has a place: nobody is without circle, rhythm or status.",
    }));
}

/// The widest that the column of names becomes.
const COLUMN: usize = 32;

fn show(situation: &Situation<'_>, people: &[ContactId], output: &mut Output) {
    let book = situation.book;
    let widths = people.iter().map(|id| Line::of(&book.brief(*id).name).width());
    let width = widths.max().unwrap_or(0).min(COLUMN);
    let columns = output.terminal.limit.unwrap_or(usize::MAX);
    for id in people {
        let line = Line::new().label(Label::Name, &book.brief(*id).name).fill(width + 2);
        let told = beside(&about(situation, *id).join(" · "), line.width(), columns);
        output.data(&line.plain(told.first));
        told.below.iter().for_each(|line| output.data(&Line::of(line)));
    }
}

fn say_more(waiting: &Waiting, output: &mut Output) {
    let more = waiting.total - waiting.people.len();
    if more > 0 {
        let waits = if more == 1 { "waits" } else { "wait" };
        output.talk(&Line::of(format!("{} more {waits}.", phrase::capital(&phrase::number(more)))));
    }
}

// Into a checklist and back

fn hand_out(
    waiting: &Waiting,
    situation: &Situation<'_>,
    named: Named<'_>,
    dry_run: bool,
    session: &Session,
    output: &mut Output,
) -> Result<(), Failure> {
    permitted(session)?;
    let text = checklist(situation, &waiting.people);
    if put_down(session, situation.book, named, &text, dry_run, output)? {
        let people = phrase::count(waiting.people.len(), "person", "people");
        output.talk(&Line::of(format!("It asks about {people}.")));
        output.hint(&format!("tick, then `ties triage --from {}`", named.typed.display()));
    }
    Ok(())
}

fn take_in(
    text: &str,
    file: &str,
    dry_run: bool,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let reading = read(session, output);
    let answers = answers(text, &reading.book, &session.vocabulary);
    let place = |line: usize| format!("{file}:{line}: ");
    let unread = answers.unread.iter();
    let unread = unread.map(|unread| (Some(unread.line), unread.reason.clone())).collect();
    write_down(&answers.decisions, unread, &place, dry_run, session, output)
}

// On a terminal

fn ask(
    waiting: &Waiting,
    situation: &Situation<'_>,
    dry_run: bool,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let people = &waiting.people;
    let tell = |at: usize| {
        let Some(id) = people.get(at) else { return Asked::default() };
        let contact = situation.book.contact(*id);
        let (name, path) = (contact.name.clone(), contact.path.to_string());
        Asked { name, path, about: about(situation, *id) }
    };
    permitted(session)?;
    let state = State::new(choices(situation.vocabulary), people.len());
    let walked = walk(state, &tell, output)?;
    let path = |id: &ContactId| situation.book.contact(*id).path.clone();
    let answered = people.iter().zip(walked.answers).filter_map(|(id, answer)| {
        answer.map(|choice| Decision { path: path(id), choice, line: None })
    });
    let decisions = answered.collect::<Vec<_>>();
    let nowhere = |_| String::new();
    let written = write_down(&decisions, Vec::new(), &nowhere, dry_run, session, output);
    if walked.is_ending {
        // The screen is given back and the answers are written; now the wish is done.
        end();
    }
    let exit = written?;
    if let Some(error) = walked.trouble {
        return Err(Failure::refused("the terminal could not be read", error));
    }
    let rest = waiting.total - decisions.len();
    if rest > 0 && !dry_run {
        let waits = if rest == 1 { "person waits" } else { "people wait" };
        output.talk(&Line::of(format!("{rest} {waits}; `ties triage` goes on.")));
    }
    Ok(exit)
}

/// Writes `decisions` into the notes as they are by now. Says what was `unread`, and who is left as they are.
fn write_down(
    decisions: &[Decision],
    unread: Vec<(Option<usize>, String)>,
    place: &dyn Fn(usize) -> String,
    dry_run: bool,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    permitted(session)?;
    // People may have been decided on in an editor while they were asked about.
    let reading = read(session, output);
    let (change, left) = decide(&reading.book, &session.vocabulary, decisions);
    let possible = change.map(|change| possible(session, change)).transpose()?;
    let Possible { change, impossible } = possible.unwrap_or_default();
    let line_of = |path: &NotePath| decisions.iter().find(|of| of.path == *path)?.line;
    let mut notices = unread;
    notices.extend(left.into_iter().map(|of| (of.line, of.words + "; left as it is")));
    notices.extend(impossible.iter().map(|(path, error)| (line_of(path), error.to_string())));
    notices.sort_by_key(|(line, _)| *line);
    for (line, words) in &notices {
        output.notice(&format!("{}{words}", line.map(place).unwrap_or_default()));
    }
    match change {
        Some(change) => {
            let people = phrase::count(change.files.len(), "person", "people");
            carry_out(session, &change, dry_run, &format!("Decided on {people}"), output)?;
        }
        None if decisions.is_empty() => output.talk(&Line::of("Nothing was decided.")),
        None if notices.is_empty() => {
            output.talk(&Line::of("Nothing to change: the notes say so already."));
        }
        None => {}
    }
    Ok(if notices.is_empty() { Exit::Done } else { Exit::Partly })
}
