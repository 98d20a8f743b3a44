//! `ties list`

use crate::app::asking;
use crate::app::session::Session;
use crate::features::listing::{Filter, Listed, listed};
use crate::features::query::field::{SortBy, SortKey};
use crate::features::query::meaning::{Limit, Query};
use crate::features::query::search::Hit;
use crate::frontends::cli::asked::{Records, Shown, found};
use crate::frontends::cli::choosing::choose_person;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::{ended, read};
use crate::frontends::wire::{Contacts, WireContact, json, json_line};
use crate::people::contact::Status;
use crate::text::suggest::nearest;
use clap::Args;

/// The widest that a column of names or circles becomes.
const COLUMN: usize = 40;

/// Show everybody, or those whom a query finds, by name
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties list
  ties list circle:inner,growth last:..2w
  ties list --group family --json
  ties list birthday:..1mo --sort birthday
  ties list -i             type to filter, Enter prints the path of the note

docs/query-language.md tells of every field.")]
pub struct ListArguments {
    /// Whom to list; without it everybody
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// Only the people of this circle
    #[arg(long, value_name = "CIRCLE")]
    circle: Option<String>,
    /// Only the people of this group
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,
    /// Pick somebody on the screen; prints the path of the note
    #[arg(long, short, conflicts_with_all = ["json", "jsonl", "format"])]
    interactive: bool,
    #[command(flatten)]
    shown: Shown,
}

/// Lists people.
pub fn run(
    arguments: &ListArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let shown = &arguments.shown;
    let template = shown.template()?;
    let reading = read(session, output);
    let situation = asking::situation(session, &reading);
    let mut query = shown.query(&arguments.query, session, &situation)?;
    if query.sort.is_empty() {
        query.sort = vec![SortKey { by: SortBy::Name, reversed: false }];
    }
    if let Some(exit) = shown.explained(&situation, &query, output) {
        return Ok(exit);
    }
    let query = query.of_people();
    let limit = query.limit.map_or(usize::MAX, Limit::most);
    let everybody = Query { limit: None, ..query.clone() };
    let found = found(session, &reading, &situation, &everybody, output);
    let filter = Filter { circle: arguments.circle.as_deref(), group: arguments.group.as_deref() };
    let people =
        |hit: &Hit<'_>| hit.subject.person().map(|id| listed(situation.book, id, situation.day));
    let wanted = found.hits.into_iter().filter_map(|hit| Some((hit, people(&hit)?)));
    let wanted = wanted.filter(|(_, listed)| filter.takes(situation.book, listed.id)).take(limit);
    let (hits, people): (Vec<Hit<'_>>, Vec<Listed<'_>>) = wanted.unzip();
    if arguments.interactive && !people.is_empty() {
        let people = people.iter().map(|listed| listed.id).collect::<Vec<_>>();
        let picked = choose_person(session, &reading.book, &people, "", output)?;
        output.data(&Line::of(reading.book.contact(picked).path.as_str()));
    } else if let Some(template) = template {
        let records = Records { session, reading: &reading, situation: &situation, query: &query };
        records.write(&template, &hits, shown.null, output);
    } else if shown.jsonl {
        people
            .iter()
            .for_each(|one| output.data_text(&json_line(WireContact::new(situation.book, one))));
    } else if shown.json {
        let contacts = people.iter().map(|one| WireContact::new(situation.book, one)).collect();
        output.data_text(&json(Contacts { contacts }));
    } else {
        show(&people, output);
    }
    if people.is_empty() && situation.book.everyone().next().is_some() {
        say_why(arguments, session, output);
        return Ok(Exit::No);
    }
    let exit = ended(&reading, output);
    if people.is_empty() && exit == Exit::Done {
        output.talk(&Line::of("Nobody is here yet."));
    }
    Ok(exit)
}

fn show(listed: &[Listed<'_>], output: &mut Output) {
    let widest = |text: &dyn Fn(&Listed<'_>) -> Line| {
        listed.iter().map(|one| text(one).width()).max().unwrap_or(0).min(COLUMN)
    };
    let names = widest(&|one| Line::of(&one.brief.name));
    let circles = widest(&|one| Line::of(circle_of(one)));
    let row = |one: &Listed<'_>| {
        let line = Line::new().label(Label::Name, &one.brief.name).fill(names + 2);
        let line = line.plain(circle_of(one)).fill(names + circles + 4);
        line.plain(last_contact(one))
    };
    let with_path = |one: &Listed<'_>| {
        row(one).fill(names + circles + 17).label(Label::Place, one.path.as_str())
    };
    let limit = output.terminal.limit.unwrap_or(usize::MAX);
    let fitting = |line: &dyn Fn(&Listed<'_>) -> Line| {
        let lines = listed.iter().map(|one| Some(line(one)).filter(|line| line.width() <= limit));
        lines.collect::<Option<Vec<_>>>()
    };
    // Where not all has room, the path goes first: it is the file of that name in most cases.
    let lines = fitting(&with_path).or_else(|| fitting(&row));
    let lines = lines.unwrap_or_else(|| listed.iter().flat_map(below).collect());
    lines.iter().for_each(|line| output.data(line));
}

/// The circle; of somebody who is archived that they are.
fn circle_of<'a>(one: &Listed<'a>) -> &'a str {
    match one.brief.status {
        Status::Archived => "archived",
        _ => one.brief.circle.as_deref().unwrap_or_default(),
    }
}

fn last_contact(one: &Listed<'_>) -> String {
    one.last_contact.map(|date| date.to_string()).unwrap_or_default()
}

/// On a narrow screen: the name, the rest below it.
fn below(one: &Listed<'_>) -> Vec<Line> {
    let told = [circle_of(one).to_owned(), last_contact(one)];
    let told = told.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
    let name = Line::new().label(Label::Name, &one.brief.name);
    std::iter::once(name).chain((!told.is_empty()).then(|| Line::of("  ").plain(told))).collect()
}

fn say_why(arguments: &ListArguments, session: &Session, output: &mut Output) {
    output.talk(&Line::of("Nobody fits."));
    let circles = session.vocabulary.circles.iter().map(|circle| circle.name.as_str());
    if let Some(near) = arguments.circle.as_deref().and_then(|circle| nearest(circle, circles)) {
        output.hint(&format!("did you mean `--circle {near}`?"));
    }
}
