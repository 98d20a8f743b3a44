//! `ties merge`

use crate::app::renaming::merge;
use crate::app::session::Session;
use crate::app::write::{diff, preview, write};
use crate::features::merge::plan::Merged;
use crate::frontends::cli::carry_out::say;
use crate::frontends::cli::commands::rename::{tell_reach, tell_settled};
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::read;
use crate::frontends::cli::who::one;
use clap::Args;

/// Make one note of two notes of one person
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties merge ana people/aninha             shows what would happen, and asks
  ties merge ana people/aninha --yes
  ties merge ana people/aninha --dry-run

The second note goes into the first: lists are united, logs interleaved, sections joined below the same heading, and what
has no place of its own stands under `## From …`. Where both say something else, the first stays and it is said. Links to
the second point to the first. `ties undo` takes all of it back.")]
pub struct MergeArguments {
    /// Whose note stays: a name, or the start of one, or a path
    #[arg(value_name = "WHO")]
    stays: String,
    /// Whose note goes into it
    #[arg(value_name = "OTHER")]
    goes: String,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
    /// Only show what would be written
    #[arg(long, conflicts_with = "yes")]
    dry_run: bool,
}

/// Makes one note of two.
pub fn run(
    arguments: &MergeArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let reading = read(session, output);
    let own = one(&reading.book, &arguments.stays, output)?;
    let other = one(&reading.book, &arguments.goes, output)?;
    let (merged, reach) = merge(session, &reading, own, other)?;
    output.diff(&diff(&preview(session, &merged.change)?));
    tell(&merged, output);
    let exit = tell_reach(&reading, &reach, output);
    if arguments.dry_run {
        return Ok(exit);
    }
    if !arguments.yes {
        if !output.terminal.can_ask() {
            let failure = Failure::usage("nobody is there to be asked, so nothing was merged");
            return Err(failure.hint("`--yes` does not ask"));
        }
        let (stays, goes) = &merged.paths;
        if !output.confirm(&format!("Let {goes} go into {stays}?")) {
            output.talk(&Line::of("Nothing was changed."));
            return Ok(Exit::No);
        }
    }
    let committed = write(session, &merged.change)?;
    let done = format!("{} has one note", merged.names.0);
    say(&committed, &done, "`ties undo` takes it back.", output);
    Ok(exit)
}

/// Says of what the two notes tell something else.
fn tell(merged: &Merged, output: &mut Output) {
    if let Some(tie) = &merged.tie {
        let (stays, goes) = &merged.names;
        output.notice(&format!(
            "the notes say that {goes} is a {tie} of {stays}: they may be two people. The line stays, and would be about {stays} alone"
        ));
    }
    if merged.is_told_apart {
        let words = "a note says `not_same_as` of the other: they may be two people. The line stays, and would be about its own note";
        output.notice(words);
    }
    for label in &merged.labels {
        output.notice(&format!(
            "{label} means one thing in one note and another in the other; give one of them another label"
        ));
    }
    tell_settled(&merged.settled, output);
    for conflict in &merged.conflicts {
        let stays = match conflict.stays.is_empty() {
            true => "stays unsaid".to_owned(),
            false => format!("stays {}", conflict.stays),
        };
        let line = Line::of("  ").label(Label::Place, &conflict.key).plain(format!(" {stays}; "));
        let from = &merged.names.1;
        output.talk(&line.plain(format!("{} is kept under `From {from}`", conflict.aside)));
    }
}
