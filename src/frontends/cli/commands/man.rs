//! `ties man`

use crate::effects::plain_file::replace;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::output::Output;
use crate::frontends::cli::world::World;
use clap::Args;
use std::path::PathBuf;

/// A manual page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The name of its file, `ties-log.1`.
    pub name: String,
    /// Its text, as roff.
    pub text: String,
}

/// Print the manual page of ties, or write all pages into a folder
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties man | man -l -
  ties man ~/.local/share/man/man1     then `man ties` and `man ties-log`")]
pub struct ManArguments {
    /// The folder for all pages, made where it is missing; pages that are there are written anew
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// Prints or writes `pages`, the first of which is that of `ties` itself.
pub fn run(
    arguments: &ManArguments,
    pages: &[Page],
    world: &World,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let Some(folder) = &arguments.folder else {
        pages.first().into_iter().for_each(|page| output.data_text(&page.text));
        return Ok(Exit::Done);
    };
    let folder = world.environment.current_folder().join(folder);
    for page in pages {
        let file = folder.join(&page.name);
        replace(&file, &page.text)
            .map_err(|error| Failure::refused(format!("cannot write {}", file.display()), error))?;
    }
    let count = pages.len();
    let line = Line::of(format!("Wrote {count} pages into "));
    output.talk(&line.label(Label::Place, folder.display().to_string()).plain("."));
    Ok(Exit::Done)
}
