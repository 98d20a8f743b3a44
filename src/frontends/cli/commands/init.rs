//! `ties init`

use crate::app::founding::{Founded, FoundingError, found};
use crate::app::refresh::refresh;
use crate::app::session::{Session, Wanted};
use crate::effects::vault::commit_error::help_for;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::output::Output;
use crate::frontends::cli::world::World;
use crate::note::path::NotePath;
use clap::Args;
use std::path::PathBuf;

/// Make a vault: settings, templates and folders
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties init ~/people       a new folder, which only you may look into
  ties init                this folder, with whatever notes are in it

What is there is never touched; run it again to make what is missing.")]
pub struct InitArguments {
    /// The folder, made where it is missing; this folder where none is named
    folder: Option<PathBuf>,
}

/// Makes a vault.
pub fn run(arguments: &InitArguments, world: &World, output: &mut Output) -> Result<Exit, Failure> {
    let folder = arguments.folder.clone().unwrap_or_default();
    let folder = world.environment.current_folder().join(folder);
    let founded = found(&world.places()?, &folder, world.today()?).map_err(failure)?;
    let root = founded.root.display().to_string();
    if founded.made.is_empty() {
        output.talk(
            &Line::of("Nothing to make: ").label(Label::Place, root).plain(" is a vault already."),
        );
        return Ok(Exit::Done);
    }
    output.talk(&Line::of("Made in ").label(Label::Place, &root).plain(":"));
    for made in &founded.made {
        output.data(&Line::of("  ").plain(made));
    }
    let there = there_before(&founded, world)?;
    if there.notes > 0 {
        greet_notes(&there, output);
        return Ok(Exit::Done);
    }
    output.hint("`ties config list` shows what can be set; every default is in ties.toml");
    output.hint("`ties list` shows everybody once there are notes in people/");
    Ok(Exit::Done)
}

/// What the folder held before it became a vault.
struct There {
    notes: usize,
    people: usize,
}

fn there_before(founded: &Founded, world: &World) -> Result<There, Failure> {
    let today = world.flags.today.as_deref();
    let wanted = Wanted { vault: Some(&founded.root), today, color: None };
    let reading = refresh(&Session::open(&world.environment, &wanted)?, &|_| ());
    let paths = reading.book.paths().iter().map(NotePath::as_str);
    let notes = paths.filter(|path| !founded.made.iter().any(|made| made == path)).count();
    Ok(There { notes, people: reading.book.people().len() })
}

/// Says what is there and how it is read, for somebody who brings their own notes.
fn greet_notes(there: &There, output: &mut Output) {
    let notes = match there.notes {
        1 => "1 note was here before; it was not changed".to_owned(),
        notes => format!("{notes} notes were here before; none was changed"),
    };
    let people = match there.people {
        0 => "None is read as a person yet.".to_owned(),
        1 => "One is read as a person: `ties list` shows who.".to_owned(),
        people => format!("{people} are read as people: `ties list` shows who."),
    };
    output.talk(&Line::of(format!("{notes}. {people}")));
    output.hint("where they live: `ties config set folders.people '[\"Contacts\"]'`; with '[\".\"]' a note anywhere is a person if it says `type: person`");
    output.hint("keys of another tool: `ties config set fields.last_contact '[\"Last Spoke\"]'` reads that key as well");
    output.hint("`ties check` shows what cannot be read; no note needs to change");
}

/// Why no vault was made, in words.
pub fn failure(error: FoundingError) -> Failure {
    match error {
        FoundingError::Inside(_) => {
            Failure::no(error.to_string()).hint("name another folder: `ties init DIR`")
        }
        FoundingError::Settings(_) => {
            Failure::no(error.to_string()).hint("mend it, or move it away")
        }
        FoundingError::Folder { ref folder, source } => {
            let help = help_for(&source).map(str::to_owned);
            let failure = Failure::refused(format!("cannot make {}", folder.display()), source);
            Failure { hints: help.into_iter().collect(), ..failure }
        }
        FoundingError::Lock(error) => Failure::from(error),
        FoundingError::Commit(error) => Failure::from(error),
    }
}
