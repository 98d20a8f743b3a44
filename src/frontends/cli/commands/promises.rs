//! `ties promises`

use crate::app::asking;
use crate::app::refresh::Reading;
use crate::app::session::Session;
use crate::features::keep::place;
use crate::features::open_loops::{OpenLoops, Side, Wanted, open_loops, rests_until};
use crate::features::page_words::promise_state;
use crate::features::promises::PromiseView;
use crate::features::standing::Situation;
use crate::frontends::cli::asked::{Shown, found};
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::{ended, read};
use crate::frontends::cli::template::Template;
use crate::frontends::wire::{json, json_line};
use crate::frontends::wire_promises::{WireOpenPromise, WirePromises, status};
use crate::note::link_write::without_links;
use crate::people::book::{Book, ContactId, Found};
use crate::text::day::Day;
use crate::text::phrase;
use clap::Args;
use std::collections::HashSet;

/// Show what is promised and not yet kept, by you and by others
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties promises
  ties promises ana
  ties promises circle:inner --mine
  ties promises --due --format '{due}\\t{name}\\t{text}'

QUERY is somebody's name, or a query: docs/query-language.md tells of every field. Those with a day come first. What
rests (⏳, 🛫) waits for its day. `ties done` keeps a promise; a tick in the agenda or in your editor is the same.")]
pub struct PromisesArguments {
    /// With whom; without it everybody
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// Only yours
    #[arg(long, conflicts_with = "theirs")]
    mine: bool,
    /// Only theirs
    #[arg(long)]
    theirs: bool,
    /// Only those whose day has come
    #[arg(long)]
    due: bool,
    /// Also those that rest, and those with people who died or were put away
    #[arg(long)]
    all: bool,
    /// As JSON
    #[arg(long, conflicts_with_all = ["jsonl", "format", "null"])]
    json: bool,
    /// As JSON, one line each
    #[arg(long, conflicts_with_all = ["format", "null"])]
    jsonl: bool,
    /// One record each, of these fields: '{due}\t{name}\t{text}'
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    /// End each record with a NUL; without --format, the places
    #[arg(short = '0', long)]
    null: bool,
}

/// The fields that a format can name.
const FIELDS: &[&str] =
    &["text", "name", "due", "promised", "rests", "side", "status", "path", "line", "place"];

/// Shows promises.
pub fn run(
    arguments: &PromisesArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let template = template(arguments)?;
    let reading = read(session, output);
    let situation = asking::situation(session, &reading);
    let wanted = wanted(arguments, session, &reading, &situation, output)?;
    let loops = open_loops(&reading.book, session.today, &wanted);
    let book = &reading.book;
    if let Some(template) = template {
        for view in loops.mine.iter().chain(&loops.theirs) {
            let record = template.filled(|field| value(field, book, view));
            output.record(&record, arguments.null);
        }
    } else if arguments.jsonl {
        for view in loops.mine.iter().chain(&loops.theirs) {
            output.data_text(&json_line(WireOpenPromise::new(book, view)));
        }
    } else if arguments.json {
        output.data_text(&json(WirePromises::new(book, &loops)));
    } else {
        show(book, session.today, &loops, output);
    }
    let exit = ended(&reading, output);
    Ok(said(&wanted, &loops, output).unwrap_or(exit))
}

fn template(arguments: &PromisesArguments) -> Result<Option<Template>, Failure> {
    match &arguments.format {
        Some(format) => Template::of_fields(format, FIELDS).map(Some),
        None => Ok(arguments.null.then(|| Template::of_field("place"))),
    }
}

fn wanted(
    arguments: &PromisesArguments,
    session: &Session,
    reading: &Reading,
    situation: &Situation<'_>,
    output: &mut Output,
) -> Result<Wanted, Failure> {
    let side = match (arguments.mine, arguments.theirs) {
        (true, _) => Some(Side::Mine),
        (_, true) => Some(Side::Theirs),
        _ => None,
    };
    let people = match arguments.query.is_empty() {
        true => None,
        false => Some(people(&arguments.query, session, reading, situation, output)?),
    };
    Ok(Wanted { people, side, due: arguments.due, all: arguments.all })
}

/// Those who are called so, else those whom the query finds.
fn people(
    words: &[String],
    session: &Session,
    reading: &Reading,
    situation: &Situation<'_>,
    output: &mut Output,
) -> Result<HashSet<ContactId>, Failure> {
    match reading.book.find(&words.join(" ")) {
        Found::One(id) => return Ok(HashSet::from([id])),
        Found::Several(ids) => return Ok(ids.into_iter().collect()),
        Found::Nobody(_) => {}
    }
    let query = Shown::default().query(words, session, situation)?.of_people();
    let found = found(session, reading, situation, &query, output);
    Ok(found.hits.iter().filter_map(|hit| hit.subject.person()).collect())
}

fn show(book: &Book, today: Day, loops: &OpenLoops<'_>, output: &mut Output) {
    let lists = [("Yours", &loops.mine), ("Theirs", &loops.theirs)];
    let lists = lists.into_iter().filter(|(_, list)| !list.is_empty());
    for (at, (heading, list)) in lists.enumerate() {
        if at > 0 {
            output.data(&Line::new());
        }
        output.data(&Line::new().label(Label::Heading, heading));
        for view in list {
            if output.is_over() {
                return;
            }
            output.data(&Line::of("  ").plain(without_links(&view.of.promise().text)));
            output.data(&below(book, today, view));
        }
    }
}

/// `Ana Lima · by 20 October, since 12 October · people/ana-lima.md:14`
fn below(book: &Book, today: Day, view: &PromiseView<'_>) -> Line {
    let state = promise_state(&view.of, today).join(", ");
    let line = Line::of("    ");
    let parts = [(Label::Name, names(book, view)), (Label::Plain, state)];
    let parts = parts.into_iter().filter(|(_, text)| !text.is_empty());
    let line =
        parts.fold(line, |line, (label, text)| line.label(label, text).label(Label::Quiet, " · "));
    line.label(Label::Place, place(&view.of))
}

fn names(book: &Book, view: &PromiseView<'_>) -> String {
    let names = view.of.people.iter().map(|id| book.brief(*id).name.as_str());
    phrase::list(&names.collect::<Vec<_>>())
}

fn value(field: &str, book: &Book, view: &PromiseView<'_>) -> String {
    let brief = view.of.brief;
    let text = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    match field {
        "text" => without_links(&view.of.promise().text),
        "name" => names(book, view),
        "due" => text(brief.due),
        "promised" => text(brief.promised),
        "rests" => text(rests_until(&brief)),
        "side" => (if brief.theirs { "theirs" } else { "mine" }).to_owned(),
        "status" => status(brief.status).to_owned(),
        "path" => view.of.path.to_string(),
        "line" => brief.line.to_string(),
        _ => place(&view.of),
    }
}

/// A word for the person where some rest, or none is there.
fn said(wanted: &Wanted, loops: &OpenLoops<'_>, output: &mut Output) -> Option<Exit> {
    let is_empty = loops.mine.is_empty() && loops.theirs.is_empty();
    let resting = loops.resting;
    match (is_empty, resting) {
        (true, 0) if wanted.people.is_some() && loops.away > 0 => {
            let count = phrase::capital(&phrase::number(loops.away));
            let with = "with somebody who died or was put away";
            let is = if loops.away == 1 { "is" } else { "are" };
            output.talk(&Line::of(format!("{count} {is} {with}; `--all` shows all.")));
        }
        (true, 0) if wanted.is_narrow() => output.talk(&Line::of("No open promise fits.")),
        (true, 0) => output.talk(&Line::of("No promise is open.")),
        (false, 0) => {}
        (_, resting) => {
            let more = if is_empty { "" } else { "more " };
            let rest = if resting == 1 { "rests until its day" } else { "rest until their days" };
            let count = phrase::capital(&phrase::number(resting));
            output.talk(&Line::of(format!("{count} {more}{rest}; `--all` shows all.")));
        }
    }
    (is_empty && wanted.is_narrow()).then_some(Exit::No)
}
