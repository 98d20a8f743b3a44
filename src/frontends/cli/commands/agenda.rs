//! `ties agenda`, and `ties` alone.

use crate::app::morning::{agenda, writing};
use crate::app::refresh::Reading;
use crate::app::session::Session;
use crate::app::write::write;
use crate::features::agenda::file::NotOurs;
use crate::features::agenda::render::render;
use crate::features::agenda::view::Agenda;
use crate::features::agenda_text::{HEADINGS, render_plain};
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::given::day_to_come;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::{ended, read};
use crate::frontends::wire::json;
use crate::frontends::wire_agenda::WireAgenda;
use clap::Args;

/// Show today, and write it into agenda.md
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties agenda
  ties agenda --on fri     as that day looks now; writes nothing
  ties agenda --stdout     as Markdown; writes nothing

`ties` alone does the same.")]
pub struct AgendaArguments {
    /// As another day looks now; writes nothing
    #[arg(long, value_name = "WHEN")]
    on: Option<String>,
    /// As the text of agenda.md; writes nothing
    #[arg(long)]
    stdout: bool,
    /// As JSON; writes nothing
    #[arg(long, conflicts_with = "stdout")]
    json: bool,
}

/// Shows the agenda.
pub fn run(
    arguments: &AgendaArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    if arguments.on.is_none() && !arguments.stdout && !arguments.json {
        return morning(session, output);
    }
    let on = arguments.on.as_deref().map(|on| day_to_come(on, session.today)).transpose()?;
    let reading = read(session, output);
    let agenda = agenda(session, &reading, on.unwrap_or(session.today));
    if arguments.json {
        output.data_text(&json(WireAgenda::new(&agenda)));
    } else if arguments.stdout {
        output.data_text(&render(&agenda));
    } else {
        let columns = output.terminal.width;
        output.page(&render_plain(&agenda, columns), &HEADINGS);
    }
    Ok(ended(&reading, output))
}

/// `ties` alone: the agenda of today, written where its bytes change, and shown.
pub fn morning(session: &Session, output: &mut Output) -> Result<Exit, Failure> {
    let reading = read(session, output);
    show_today(session, &reading, output)
}

/// Writes the agenda of today where its bytes change, and shows it.
pub fn show_today(
    session: &Session,
    reading: &Reading,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let agenda = agenda(session, reading, session.today);
    let written = put_down(session, reading, &agenda, output);
    let columns = output.terminal.width;
    output.page(&render_plain(&agenda, columns), &HEADINGS);
    // The day is shown before anything is said of a file that could not be written.
    written?;
    Ok(ended(reading, output))
}

fn put_down(
    session: &Session,
    reading: &Reading,
    agenda: &Agenda,
    output: &mut Output,
) -> Result<(), Failure> {
    if reading.files.folder_unread {
        // An agenda without a whole folder of people would say that nobody is waiting.
        let file = &session.vocabulary.folders.agenda;
        output.notice(&format!("a folder could not be read, so {file} is left as it is"));
        return Ok(());
    }
    match writing(session, reading, agenda) {
        Ok(None) => Ok(()),
        Ok(Some(change)) => write(session, &change).map(|_| ()).map_err(Failure::from),
        Err(NotOurs) => {
            let file = &session.vocabulary.folders.agenda;
            output.notice(&format!("{file} is not one that ties wrote, so it is left as it is"));
            Ok(())
        }
    }
}
