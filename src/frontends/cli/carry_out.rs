//! Carrying out a change for a command, or showing what it would do, and saying so in one line.

use crate::app::session::Session;
use crate::app::write::{diff, preview, write};
use crate::effects::vault::transaction::Committed;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::output::Output;
use crate::frontends::cli::world::recovery_words;
use crate::note::change::Change;
use crate::note::path::NotePath;

/// Makes `change`, with `done` (`Logged a call with Ana Lima`) as what is said of it; with `dry_run` only shows it as
/// a unified diff. Whether something was written.
pub fn carry_out(
    session: &Session,
    change: &Change,
    dry_run: bool,
    done: &str,
    output: &mut Output,
) -> Result<bool, Failure> {
    if dry_run {
        let shown = diff(&preview(session, change)?);
        output.diff(&shown);
        if shown.is_empty() {
            output.talk(&Line::of("Nothing would change."));
        }
        return Ok(false);
    }
    let committed = write(session, change)?;
    say(&committed, done, "`ties undo` takes it back.", output);
    Ok(!committed.written.is_empty())
}

/// Says what was written and where, and `back`: how to take it back.
pub fn say(committed: &Committed, done: &str, back: &str, output: &mut Output) {
    recovery_words(&committed.recovered).iter().for_each(|words| output.notice(words));
    for copy in &committed.copies {
        output.notice(&format!("what another program wrote in the same moment is in {copy}"));
    }
    if committed.written.is_empty() {
        output.talk(&Line::of("Nothing to change: the notes say so already."));
        return;
    }
    let paths = committed.written.iter().map(NotePath::as_str).collect::<Vec<_>>();
    let places = match paths.as_slice() {
        [first, second, third, rest @ ..] if !rest.is_empty() => {
            format!("{first}, {second}, {third} and {} more", rest.len())
        }
        paths => paths.join(", "),
    };
    let line = Line::of(done).plain(": ").label(Label::Place, places).plain(".");
    output.talk(&line.plain(" ").label(Label::Quiet, back));
}
