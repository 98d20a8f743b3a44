//! `ties show`

use crate::app::session::Session;
use crate::features::show::show;
use crate::features::show_text::{HEADINGS, render_show};
use crate::features::standing::Situation;
use crate::frontends::cli::choosing::choose_of_all;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::{ended, read};
use crate::frontends::cli::who::one;
use crate::frontends::wire::json;
use crate::frontends::wire_person::WirePerson;
use clap::Args;

/// Show all that matters about somebody
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties show ana
  ties show people/ana-lima --json
  ties show -i             pick somebody on the screen")]
pub struct ShowArguments {
    /// Who: a name, or the start of one
    #[arg(value_name = "WHO", required_unless_present = "interactive")]
    who: Vec<String>,
    /// Pick them on the screen
    #[arg(long, short)]
    interactive: bool,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Shows a person.
pub fn run(
    arguments: &ShowArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let reading = read(session, output);
    let who = arguments.who.join(" ");
    let who = match arguments.interactive {
        true => choose_of_all(session, &reading.book, &who, output)?,
        false => one(&reading.book, &who, output)?,
    };
    let situation =
        Situation::new(&reading.book, session.today, session.settings(), &session.vocabulary);
    let view = show(&situation, who);
    if arguments.json {
        output.data_text(&json(WirePerson::new(&reading.book, &view)));
    } else {
        let columns = output.terminal.width;
        output.page(&render_show(&reading.book, &view, columns), &HEADINGS);
    }
    Ok(ended(&reading, output))
}
