//! `ties index`

use crate::app::search;
use crate::app::session::Session;
use crate::effects::index::schema::VERSION;
use crate::effects::index::search::Notice;
use crate::effects::index::status::{State, Status};
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::output::Output;
use crate::frontends::cli::progress::Progress;
use crate::frontends::cli::reading::{ended, read};
use crate::frontends::wire::json;
use crate::frontends::wire_index::WireIndex;
use crate::text::phrase::{count, size};
use clap::{Args, Subcommand};

/// Look at the search index, make it anew, or remove it
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties index status
  ties index rebuild
  ties index clear

The index holds nothing that is not in the notes. It is made by the first search and follows the notes by itself; none \
of these commands is ever needed.")]
pub struct IndexArguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Show where it is, whether it is whole, and what has changed since
    Status {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Make it anew from all notes
    Rebuild,
    /// Remove it; the next search makes it again
    Clear,
}

/// Shows, makes or removes the index.
pub fn run(
    arguments: &IndexArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    match &arguments.action {
        Action::Status { json } => Ok(status(*json, session, output)),
        Action::Rebuild => rebuild(session, output),
        Action::Clear => clear(session, output),
    }
}

fn status(as_json: bool, session: &Session, output: &mut Output) -> Exit {
    let reading = read(session, output);
    let status = search::index_status(session, &reading);
    let path = search::place(session).folder().display().to_string();
    if as_json {
        output.data_text(&json(WireIndex::new(path, &status)));
    } else {
        show(&path, &status, output);
    }
    match status.state {
        State::Damaged { .. } => Exit::No,
        _ => ended(&reading, output),
    }
}

fn show(path: &str, status: &Status, output: &mut Output) {
    let mut row = |name: &str, value: &str| {
        output.data(&Line::new().label(Label::Name, name).fill(10).plain(value));
    };
    row("Folder", path);
    row("State", &state(&status.state));
    if status.parts > 0 {
        row("Notes", &status.notes.to_string());
        row("Size", &format!("{} in {}", size(status.size), count(status.parts, "part", "parts")));
    }
    row("Version", VERSION);
    if status.damaged_kept {
        row("Aside", "a damaged one is kept until the next one or `ties index clear`");
    }
}

fn state(state: &State) -> String {
    match state {
        State::Fresh => "fresh: every note is in it as it is now".to_owned(),
        State::Behind { notes } => {
            let notes = count(*notes, "note", "notes");
            format!("{notes} changed since; the next search takes that in")
        }
        State::Absent => "there is none yet; the first search makes it".to_owned(),
        State::OtherVersion => {
            "of another version of ties; the next search makes it anew".to_owned()
        }
        State::Damaged { why } => format!("damaged ({why}); the next search makes it anew"),
    }
}

fn rebuild(session: &Session, output: &mut Output) -> Result<Exit, Failure> {
    let reading = read(session, output);
    let progress = Progress::new("taking in notes", output.terminal.talk && !output.is_quiet());
    let notices = search::rebuild(session, &reading, &|count| progress.advance(count), |search| {
        search.notices().to_vec()
    });
    drop(progress);
    for notice in notices {
        if let Notice::Bypassed { why } = notice {
            let message = format!("the search index could not be made: {why}");
            return Err(Failure::new(Exit::Refused, message)
                .hint("searching works without it, more slowly"));
        }
    }
    let status = search::index_status(session, &reading);
    let notes = count(usize::try_from(status.notes).unwrap_or(0), "note", "notes");
    output.talk(&Line::of(format!("The index of {notes} is made, {}.", size(status.size))));
    Ok(ended(&reading, output))
}

fn clear(session: &Session, output: &mut Output) -> Result<Exit, Failure> {
    let cleared = search::clear(session)
        .map_err(|trouble| Failure::refused("the search index could not be removed", trouble))?;
    match cleared {
        Some(bytes) => output.talk(&Line::of(format!("The index is removed, {}.", size(bytes)))),
        None => output.talk(&Line::of("There is no index.")),
    }
    Ok(Exit::Done)
}
