//! `ties log`

use crate::app::session::Session;
use crate::features::log::{Entry, Logged, ReadBack, log};
use crate::frontends::cli::carry_out::carry_out;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::given::{day_to_come, past_day};
use crate::frontends::cli::line::Line;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::read;
use crate::frontends::cli::who::several;
use crate::people::book::{Book, ContactId};
use crate::people::kind::Meaning;
use crate::text::day::Day;
use crate::text::phrase;
use clap::Args;

/// Write down what happened with somebody
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties log ana call: new job at the ceramics school
  ties log ana,joao coffee in Alfama --on yesterday
  ties log ana --kind call new job --next \"Ask how it is\" --in 3w
  ties log ana plan: lunch --on fri

The kind may be the flag or the first word with a colon. Contact settles a next step whose day has come.
Lines of the text stay lines of one entry; what would be a heading or a list of its own goes on one line.")]
pub struct LogArguments {
    /// Who: a name, the start of one, or several with commas
    #[arg(value_name = "WHO")]
    who: String,
    /// What happened; may be left out
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    /// When: yesterday, last fri, 3 nov, 2026-11-03; today where it is left out
    #[arg(long, value_name = "WHEN")]
    on: Option<String>,
    /// What kind of entry: call, met, message, note, tried, plan and others
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// The next step; empty to have none
    #[arg(long, value_name = "TEXT")]
    next: Option<String>,
    /// When the next step is due: 2w, fri, 2026-12-05
    #[arg(long = "in", value_name = "WHEN")]
    follow_up: Option<String>,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Writes an entry down.
pub fn run(
    arguments: &LogArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let entry = entry(arguments, session)?;
    let reading = read(session, output);
    let who = several(&reading.book, &arguments.who, output)?;
    match log(&reading.book, &session.vocabulary, session.today, &who, &entry)? {
        Logged::There { line } => {
            let path = who.first().map_or("", |id| reading.book.contact(*id).path.as_str());
            output.talk(&Line::of(format!("Nothing to write: {path}:{line} says so already.")));
        }
        Logged::New { change, read } => {
            let done = done(&reading.book, &read, entry.day, session.today);
            let written = carry_out(session, &change, arguments.dry_run, &done, output)?;
            if written || arguments.dry_run {
                say_more(&reading.book, &entry, &who, &read, output);
            }
        }
    }
    Ok(Exit::Done)
}

fn entry(arguments: &LogArguments, session: &Session) -> Result<Entry, Failure> {
    let today = session.today;
    let text = arguments.text.join(" ");
    let follow_up =
        arguments.follow_up.as_deref().map(|when| day_to_come(when, today)).transpose()?;
    Ok(Entry {
        day: day(arguments, session, &text)?,
        kind: arguments.kind.clone(),
        text,
        below: Vec::new(),
        next: arguments.next.clone(),
        follow_up,
    })
}

/// `fri` is the last Friday, but of a plan the next one.
fn day(arguments: &LogArguments, session: &Session, text: &str) -> Result<Day, Failure> {
    let Some(on) = arguments.on.as_deref() else { return Ok(session.today) };
    let word = arguments.kind.as_deref().or_else(|| text.split_once(':').map(|(word, _)| word));
    let kind = word.and_then(|word| session.vocabulary.kind(word.trim()));
    match kind.is_some_and(|kind| kind.meaning == Meaning::Plan) {
        true => day_to_come(on, session.today),
        false => past_day(on, session.today),
    }
}

fn done(book: &Book, read: &ReadBack, day: Day, today: Day) -> String {
    let names = read.with.iter().map(|id| book.contact(*id).name.as_str()).collect::<Vec<_>>();
    let kind = read.kind.as_ref().map_or_else(String::new, |kind| format!(" ({kind})"));
    let (names, when) = (phrase::list(&names), phrase::on_day(day, today));
    match read.meaning {
        Meaning::Contact => format!("Contact with {names} {when}{kind}"),
        Meaning::Plan => format!("Plan with {names} for {}", phrase::day(day, today)),
        Meaning::Tried => format!("Tried {names} {when}{kind}"),
        Meaning::Note => format!("Note about {names} {when}{kind}"),
    }
}

/// What the person may not expect: that it is no contact though no kind was typed, and what became of next steps.
fn say_more(book: &Book, entry: &Entry, who: &[ContactId], read: &ReadBack, output: &mut Output) {
    let kind = read.kind.as_deref().unwrap_or("");
    let typed = entry.kind.is_some() || entry.text.split_once(':').is_some();
    if read.meaning != Meaning::Contact && !typed {
        output.notice(&format!(
            "an entry that begins like this is read as `{kind}`, which is not contact; with `--kind met` it would be"
        ));
    }
    for id in &read.settled {
        let contact = book.contact(*id);
        if let (Some(next), None) = (&contact.next, &entry.next)
            && !(who.contains(id) && entry.follow_up.is_some())
        {
            output.talk(&Line::of(format!("Settled for {}: {next}", contact.name)));
        }
    }
    for id in who.iter().filter(|id| read.meaning == Meaning::Contact && !read.settled.contains(id))
    {
        let contact = book.contact(*id);
        if let (Some(next), None) = (&contact.next, &entry.next) {
            output.talk(&Line::of(format!(
                "Next for {} stays: {next} (`--next \"\"` clears it)",
                contact.name
            )));
        }
    }
}
