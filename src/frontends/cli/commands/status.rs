//! `ties status`

use crate::app::session::Session;
use crate::app::status::{AgendaState, Lack, Status, Watcher, status};
use crate::effects::clock::stamp;
use crate::effects::index::status::OnDisk;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::output::Output;
use crate::frontends::cli::world::World;
use crate::frontends::wire::json;
use crate::frontends::wire_status::WireStatus;
use crate::text::day::Day;
use crate::text::elapsed::ago;
use crate::text::phrase;
use clap::Args;
use std::time::Duration;

/// Show what runs, how fresh everything is, and what this machine lacks
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties status
  ties status --json")]
pub struct StatusArguments {
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Shows how the vault stands on this machine.
pub fn run(
    arguments: &StatusArguments,
    world: &World,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let session = world.open(output)?;
    let status = status(&session, &world.environment);
    if arguments.json {
        output.data_text(&json(WireStatus::new(&session, &status)));
    } else {
        show(&session, &status, output);
    }
    Ok(Exit::Done)
}

fn show(session: &Session, status: &Status, output: &mut Output) {
    let mut row = |name: &str, text: &str| {
        output.data(&Line::new().label(Label::Heading, name).fill(10).plain(text));
    };
    row("vault", &session.root.display().to_string());
    match &status.watcher {
        None => row("watcher", "none runs"),
        Some(watcher) => {
            for (at, text) in watcher_words(watcher).iter().enumerate() {
                row(if at == 0 { "watcher" } else { "" }, text);
            }
        }
    }
    row("agenda", &agenda_words(status, session.today));
    row("facts", &facts_words(status));
    row("index", &index_words(status));
    for (at, lack) in status.lacks.iter().enumerate() {
        row(if at == 0 { "missing" } else { "" }, &lack_words(lack));
    }
}

fn watcher_words(watcher: &Watcher) -> Vec<String> {
    let process =
        watcher.process.map(|process| format!(" (process {process})")).unwrap_or_default();
    let Some(told) = &watcher.heartbeat else { return vec![format!("runs{process}")] };
    let mut words = vec![format!("runs since {}{process}", stamp(told.started))];
    if let Some(looked) = watcher.looked {
        let notes = phrase::count(told.notes, "note", "notes");
        words.push(format!("looked {}: {notes}", ago(looked)));
    }
    words.push(match &told.polling {
        None => format!("the system tells it of changes in {} folders", told.folders),
        Some(why) => format!("it looks every few seconds: {why}"),
    });
    words.extend(told.trouble.clone());
    words
}

fn agenda_words(status: &Status, today: Day) -> String {
    let path = &status.agenda.path;
    let age = status.agenda.age.map(|age| format!(", last changed {}", ago(age)));
    let age = age.unwrap_or_default();
    match status.agenda.state {
        AgendaState::Missing => format!("there is no {path} yet; `ties` writes it"),
        AgendaState::NotOurs => format!("{path} is not one that ties wrote"),
        AgendaState::Of(Some(day)) if day == today => format!("{path} is that of today{age}"),
        AgendaState::Of(Some(day)) => {
            format!("{path} is that of {}{age}; `ties` renews it", phrase::date(day, today))
        }
        AgendaState::Of(None) => format!("{path} does not say of which day it is{age}"),
    }
}

fn facts_words(status: &Status) -> String {
    match &status.cache.facts {
        None => "nothing is kept yet; the next command reads all notes".to_owned(),
        Some(facts) => kept_words(&phrase::size(facts.size), facts.age),
    }
}

fn index_words(status: &Status) -> String {
    let index = &status.cache.index;
    match &index.state {
        OnDisk::Absent => "there is none yet; the first search makes it".to_owned(),
        OnDisk::OtherVersion => {
            "it is of another version; the next search makes it anew".to_owned()
        }
        OnDisk::Damaged { why } => format!("damaged: {why}; the next search makes it anew"),
        OnDisk::Index { notes } => {
            let notes = phrase::count(*notes as usize, "note", "notes");
            kept_words(&format!("{notes}, {}", phrase::size(index.size)), index.age)
        }
    }
}

fn kept_words(what: &str, age: Option<Duration>) -> String {
    age.map_or_else(|| what.to_owned(), |age| format!("{what}, last changed {}", ago(age)))
}

fn lack_words(lack: &Lack) -> String {
    match lack {
        Lack::Watcher => "a watcher: `ties watch` keeps the agenda fresh while you edit".to_owned(),
        Lack::Watches(limit) => format!(
            "inotify watches: a user may have {limit} here; `sysctl fs.inotify.max_user_watches=524288` allows more"
        ),
        Lack::Events(name) => {
            format!(
                "events: this file system ({name}) does not tell of every change, so a watcher looks every few seconds"
            )
        }
        Lack::Exchange(name) => {
            format!(
                "exchanging files: this file system ({name}) cannot, so do not save a note in the very moment in which ties writes it"
            )
        }
        Lack::Git => "a git repository: without one only `ties undo` takes things back".to_owned(),
        Lack::Editor => "an editor: set EDITOR, or `editor` in your own configuration".to_owned(),
        Lack::CacheFolder(folder) => {
            format!(
                "a cache: {} cannot be written, so every command reads all notes",
                folder.display()
            )
        }
        Lack::StateFolder(folder) => {
            format!(
                "a place for its state: {} cannot be written, so no note can be changed",
                folder.display()
            )
        }
    }
}
