//! `ties agenda`, and `ties` alone.

use crate::app::answering::{Answered, follow, previews};
use crate::app::morning::{agenda, agenda_after, writing};
use crate::app::refresh::Reading;
use crate::app::session::Session;
use crate::app::write::{diff, write};
use crate::features::agenda::file::NotOurs;
use crate::features::agenda::render::render;
use crate::features::agenda::view::Agenda;
use crate::features::agenda_text::{HEADINGS, render_plain};
use crate::features::answering::step::Trouble;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::given::day_to_come;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::{ended, read};
use crate::frontends::wire::json;
use crate::frontends::wire_agenda::WireAgenda;
use clap::Args;
use std::mem::ManuallyDrop;

/// Show today, read back what you ticked, and write agenda.md
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties agenda
  ties agenda --on fri             as that day looks now; writes nothing
  ties agenda --stdout             as Markdown; writes nothing
  ties agenda --apply              only read back what you ticked and typed in agenda.md
  ties agenda --apply --dry-run    what that would write into the notes, as a diff

What you tick or type in agenda.md is read back first: `[x]` writes a log entry (with what you typed below, perhaps
`call: she is well`), ticks a promise or a habit; `later 2w`, `skip`, `tried`, `archive`, `next fri: ask about the
move` and `rest 3w` do what they say. Each is a change of its own, which `ties undo` takes back.

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
    /// Read back what was ticked and typed in agenda.md, write it anew, and show only what came of it
    #[arg(long, conflicts_with_all = ["on", "stdout", "json"])]
    apply: bool,
    /// With --apply: show what would be written into the notes as a diff, and write nothing
    #[arg(long, requires = "apply")]
    dry_run: bool,
}

/// Shows the agenda.
pub fn run(
    arguments: &AgendaArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    if arguments.dry_run {
        return show_answers(session, output);
    }
    if arguments.apply {
        let reading = read(session, output);
        let (answered, reading) = answer(session, reading, output);
        if answered.done.is_empty() && answered.troubles.is_empty() {
            let said = match answered.followed.records.is_empty() {
                true => "Nothing new is ticked or typed in the agenda.",
                false => "Read back; no note needed a change.",
            };
            output.talk(&Line::of(said));
        }
        let session = answered.session(session);
        let agenda = agenda_after(session, &reading, session.today, &answered.followed);
        put_down(session, &reading, &agenda, output)?;
        return finished(answered, &reading, output);
    }
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

/// `ties` alone: what was answered in the agenda is followed; then the agenda of today, written where its bytes
/// change, and shown.
pub fn morning(session: &Session, output: &mut Output) -> Result<Exit, Failure> {
    let reading = read(session, output);
    show_today(session, reading, output)
}

/// Follows what was answered, writes the agenda of today where its bytes change, and shows it.
pub fn show_today(
    session: &Session,
    reading: ManuallyDrop<Reading>,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let (answered, reading) = answer(session, reading, output);
    let session = answered.session(session);
    let agenda = agenda_after(session, &reading, session.today, &answered.followed);
    let written = put_down(session, &reading, &agenda, output);
    let columns = output.terminal.width;
    output.page(&render_plain(&agenda, columns), &HEADINGS);
    // The day is shown before anything is said of a file that could not be written.
    written?;
    finished(answered, &reading, output)
}

/// Follows what was answered in the agenda, and says what came of it.
fn answer(
    session: &Session,
    reading: ManuallyDrop<Reading>,
    output: &mut Output,
) -> (Answered, ManuallyDrop<Reading>) {
    if reading.files.folder_unread {
        // Whom an answer is about may be in the folder that could not be read.
        return (Answered::default(), reading);
    }
    let (answered, reading) = follow(session, ManuallyDrop::into_inner(reading));
    let reading = ManuallyDrop::new(reading);
    let count = answered.done.len();
    for (at, done) in answered.done.iter().enumerate() {
        let line = Line::of("Read back: ").plain(done.clone()).plain(".");
        let back = if at + 1 == count { " `ties undo` takes it back." } else { "" };
        output.talk(&line.label(Label::Quiet, back));
    }
    for copy in &answered.copies {
        output.notice(&format!("what another program wrote in the same moment is in {copy}"));
    }
    tell(&answered.troubles, output);
    (answered, reading)
}

fn tell(troubles: &[Trouble], output: &mut Output) {
    for Trouble { line, refusal } in troubles {
        let hint = refusal.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
        output.notice(&format!("left as it is: {line}: {}{hint}", refusal.reason));
    }
}

fn finished(answered: Answered, reading: &Reading, output: &mut Output) -> Result<Exit, Failure> {
    match answered.error {
        Some(error) => Err(Failure::from(error)),
        None => Ok(ended(reading, output)),
    }
}

/// What following the answers would write.
fn show_answers(session: &Session, output: &mut Output) -> Result<Exit, Failure> {
    let reading = read(session, output);
    let (files, troubles) = previews(session, &reading)?;
    let shown = diff(&files);
    output.diff(&shown);
    tell(&troubles, output);
    if shown.is_empty() && troubles.is_empty() {
        output.talk(&Line::of("Nothing new is ticked or typed in the agenda."));
    }
    Ok(ended(&reading, output))
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
