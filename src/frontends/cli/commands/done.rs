//! `ties done`

use crate::app::session::Session;
use crate::features::keep::{keep, meant, place};
use crate::frontends::cli::carry_out::carry_out;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::read;
use crate::note::link_write::without_links;
use crate::people::book::{Book, PromiseRef};
use clap::Args;

/// Tick a promise that is kept
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties done ana            the promise to Ana, if there is one only
  ties done kiln article   by its words
  ties done people/ana-lima.md:14

A note that has dates of tasks (📅, ✅) gets `✅` with the day; in others the box is ticked and no day is kept.")]
pub struct DoneArguments {
    /// A person, words of the promise, or its place
    #[arg(value_name = "WHO|WORDS", required = true)]
    query: Vec<String>,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Keeps a promise.
pub fn run(
    arguments: &DoneArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let query = arguments.query.join(" ");
    let reading = read(session, output);
    let found = meant(&reading.book, &query);
    let promise = match found.as_slice() {
        [] => return Err(nothing(&query)),
        [one] => one,
        several => choose(&reading.book, &query, several, output)?,
    };
    let change = keep(promise, session.today).map_err(|refusal| {
        let failure = Failure::from(refusal);
        Failure { exit: Exit::No, ..failure }.hint(format!("it stands in {}", place(promise)))
    })?;
    let done = format!("Kept: {}", without_links(&promise.promise().text));
    carry_out(session, &change, arguments.dry_run, &done, output)?;
    Ok(Exit::Done)
}

fn nothing(query: &str) -> Failure {
    Failure::no(format!("no open promise is about `{query}`"))
        .hint("`ties show WHO` lists the promises of somebody")
}

/// More promises than this are not listed.
const LISTED: usize = 20;

fn choose<'a, 'b>(
    book: &Book,
    query: &str,
    found: &'b [PromiseRef<'a>],
    output: &mut Output,
) -> Result<&'b PromiseRef<'a>, Failure> {
    let listed = found.iter().take(LISTED).enumerate();
    let listed = listed.map(|(at, of)| format!("{}  {}", at + 1, described(book, of)));
    let listed = listed.collect::<Vec<_>>();
    if !output.terminal.can_ask() {
        let failure = Failure::usage(format!("`{query}` could mean {} promises", found.len()));
        let failure = listed.into_iter().fold(failure, Failure::hint);
        return Err(failure.hint("type more words, or the place"));
    }
    let question = format!(
        "`{query}` could mean\n  {}\nWhich one? Its number, or nothing to stop: ",
        listed.join("\n  ")
    );
    let answer = output.ask(&question).and_then(|answer| answer.trim().parse::<usize>().ok());
    let chosen = answer.and_then(|number| found.get(number.checked_sub(1)?));
    chosen.ok_or_else(|| Failure::usage("nothing was chosen, so nothing was done"))
}

/// `people/ana-lima.md:14  Send the kiln article  (Ana Lima)`
fn described(book: &Book, of: &PromiseRef<'_>) -> String {
    let names = of.people.iter().map(|id| book.contact(*id).name.as_str()).collect::<Vec<_>>();
    let names = if names.is_empty() { String::new() } else { format!("  ({})", names.join(", ")) };
    format!("{}  {}{names}", place(of), without_links(&of.promise().text))
}
