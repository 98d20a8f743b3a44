//! `ties undo`

use crate::app::session::Session;
use crate::app::undoing::{list, newest, preview, take_back};
use crate::app::write::diff;
use crate::effects::vault::undo::UndoEntry;
use crate::frontends::cli::carry_out::say;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::output::Output;
use crate::note::path::NotePath;
use clap::Args;

/// Take back the last change that ties made
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties undo                take the last change back, and show it
  ties undo --dry-run      only show it
  ties undo --list
  ties undo 12             the change with this number

A note that has changed since is left as it is, and then nothing is undone.")]
pub struct UndoArguments {
    /// The number of a change, as the list shows it
    #[arg(value_name = "NUMBER")]
    number: Option<u64>,
    /// Show what can be undone
    #[arg(long, conflicts_with_all = ["number", "dry_run"])]
    list: bool,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Takes a change back.
pub fn run(
    arguments: &UndoArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let entries = list(session)?;
    if arguments.list {
        return Ok(show(&entries, output));
    }
    let number = match (arguments.number, newest(&entries)) {
        (Some(number), _) => number,
        (None, Some(entry)) => entry.number,
        (None, None) => return Err(Failure::no("there is nothing to undo")),
    };
    output.diff(&diff(&preview(session, number)?));
    if arguments.dry_run {
        return Ok(Exit::Done);
    }
    let committed = take_back(session, number)?;
    let title = entries.iter().find(|entry| entry.number == number).map(|entry| &entry.title);
    let title = title.map_or_else(|| format!("change {number}"), Clone::clone);
    let back = committed
        .entry
        .map_or_else(String::new, |entry| format!("`ties undo {entry}` brings it back."));
    say(&committed, &format!("Undone ({title})"), &back, output);
    Ok(Exit::Done)
}

fn show(entries: &[UndoEntry], output: &mut Output) -> Exit {
    let width = entries.first().map_or(0, |entry| entry.number.to_string().len());
    for entry in entries {
        let line = Line::of(format!("{:>width$}  {}  ", entry.number, entry.stamp));
        let line = match (&entry.trouble, entry.is_undone) {
            (Some(trouble), _) => line.label(Label::Warning, trouble.to_string()),
            (None, true) => line.label(Label::Quiet, format!("{} (undone)", entry.title)),
            (None, false) => line.plain(&entry.title),
        };
        let paths = entry.paths.iter().map(NotePath::as_str).collect::<Vec<_>>().join(", ");
        output.data(&line.plain("  ").label(Label::Place, paths));
    }
    if entries.is_empty() {
        output.talk(&Line::of("Nothing to undo."));
        return Exit::No;
    }
    Exit::Done
}
