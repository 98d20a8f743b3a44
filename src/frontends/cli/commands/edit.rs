//! `ties edit`

use crate::frontends::cli::choosing::choose_of_all;
use crate::frontends::cli::editing::open_in_editor;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::read;
use crate::frontends::cli::who::one;
use crate::frontends::cli::world::World;
use clap::Args;

/// Open somebody's note in your editor
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties edit ana
  ties edit -i             pick somebody on the screen

The editor is `editor` of your own configuration, VISUAL or EDITOR. What is odd in the note is shown afterwards.")]
pub struct EditArguments {
    /// Who: a name, or the start of one
    #[arg(value_name = "WHO", required_unless_present = "interactive")]
    who: Vec<String>,
    /// Pick them on the screen
    #[arg(long, short)]
    interactive: bool,
}

/// Opens a note.
pub fn run(arguments: &EditArguments, world: &World, output: &mut Output) -> Result<Exit, Failure> {
    let session = world.open(output)?;
    let reading = read(&session, output);
    let who = arguments.who.join(" ");
    let who = match arguments.interactive {
        true => choose_of_all(&session, &reading.book, &who, output)?,
        false => one(&reading.book, &who, output)?,
    };
    open_in_editor(world, &session, &reading.book.contact(who).path, output)?;
    Ok(Exit::Done)
}
