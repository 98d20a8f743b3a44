//! `ties init`

use crate::app::founding::{FoundingError, found};
use crate::effects::vault::commit_error::help_for;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::output::Output;
use crate::frontends::cli::world::World;
use clap::Args;
use std::path::PathBuf;

/// Make a vault: settings, templates and folders
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties init ~/people       a new folder
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
    output.hint("`ties config list` shows what can be set; every default is in ties.toml");
    output.hint("`ties list` shows everybody once there are notes in people/");
    Ok(Exit::Done)
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
