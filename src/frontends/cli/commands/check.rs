//! `ties check`

use crate::app::findings::{Located, findings};
use crate::app::private_findings::private_findings;
use crate::app::refresh::Reading;
use crate::app::session::Session;
use crate::app::write::{diff, preview, write};
use crate::features::fixes::mended;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::Line;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::{ended, read};
use crate::frontends::cli::snippet::snippet;
use crate::frontends::wire::{Findings, WireFinding, json};
use crate::note::change::{Change, FileChange};
use crate::text::diagnostic::Finding;
use clap::Args;
use std::collections::BTreeMap;

/// Show what is odd in the notes, and mend what can be mended safely
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties check
  ties check --fix         show what can be mended, ask, and mend it
  ties check --privacy     point at passwords, keys, numbers of accounts and people, and how open the vault lies
  ties check --privacy --strict    also at health, money and conflicts of others

The exit code is 1 where anything is found, 3 where --privacy could not look into every note. docs/findings.md explains every code.")]
pub struct CheckArguments {
    /// As JSON
    #[arg(long, conflicts_with = "fix")]
    json: bool,
    /// Mend what can be mended without any change of meaning; shows it and asks first
    #[arg(long)]
    fix: bool,
    /// With --fix: do not ask
    #[arg(long, short, requires = "fix")]
    yes: bool,
    /// Point at secrets in the notes and at how open the vault lies; nothing leaves the computer
    #[arg(long, conflicts_with = "fix")]
    privacy: bool,
    /// With --privacy: also at what is tender about others
    #[arg(long, requires = "privacy")]
    strict: bool,
    /// With --fix: only show
    #[arg(long, requires = "fix")]
    dry_run: bool,
}

/// Checks the vault.
pub fn run(
    arguments: &CheckArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let reading = read(session, output);
    let found = match arguments.privacy {
        true => private_findings(session, &reading, arguments.strict),
        false => findings(session, &reading),
    };
    if arguments.fix {
        return fix(arguments, session, &reading, &found, output);
    }
    if arguments.json {
        let findings = found
            .iter()
            .map(|located| {
                WireFinding::new(&located.path, located.text.as_deref(), &located.finding)
            })
            .collect();
        output.data_text(&json(Findings { findings, incomplete: reading.files.incomplete }));
    } else {
        show(&found, &reading, output);
    }
    // What could not be read is a finding of `ties check`; here it is no more than a place where nobody looked.
    let ended = if arguments.privacy { ended(&reading, output) } else { Exit::Done };
    Ok(if found.is_empty() { ended } else { Exit::No })
}

fn show(found: &[Located], reading: &Reading, output: &mut Output) {
    for located in found {
        for line in snippet(&located.path, located.text.as_deref(), &located.finding) {
            output.data(&line);
        }
    }
    output.talk(&Line::of(summary(found, reading)));
    let fixable = found.iter().filter(|located| !located.finding.fix.is_empty()).count();
    if fixable > 0 {
        output.hint(&format!("`ties check --fix` mends {fixable} of them"));
    }
}

fn summary(found: &[Located], reading: &Reading) -> String {
    let notes = counted(reading.book.paths().len(), "note");
    match found.len() {
        0 if reading.files.incomplete => "Nothing odd in what could be read.".to_owned(),
        0 => format!("Nothing odd in {notes}."),
        count => format!("{} in {notes}.", counted(count, "finding")),
    }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn fix(
    arguments: &CheckArguments,
    session: &Session,
    reading: &Reading,
    found: &[Located],
    output: &mut Output,
) -> Result<Exit, Failure> {
    let (change, answered) = mending(reading, found);
    if change.files.is_empty() {
        output.talk(&Line::of("Nothing here can be mended without you."));
        return Ok(if found.is_empty() { Exit::Done } else { Exit::No });
    }
    output.diff(&diff(&preview(session, &change)?));
    if arguments.dry_run {
        return Ok(Exit::Done);
    }
    if !arguments.yes {
        if !output.terminal.can_ask() {
            let failure = Failure::usage("nobody is there to be asked, so nothing was mended");
            return Err(failure.hint("`ties check --fix --yes` does not ask"));
        }
        if !output.confirm(&format!("Mend {}?", counted(change.files.len(), "note"))) {
            output.talk(&Line::of("Nothing was changed."));
            return Ok(Exit::No);
        }
    }
    let committed = write(session, &change)?;
    let left = found.len().saturating_sub(answered);
    let files = counted(committed.written.len(), "note");
    output.talk(&Line::of(format!("Mended {files}. {} left.", counted(left, "finding"))));
    Ok(if left == 0 { Exit::Done } else { Exit::No })
}

/// The change that mends every note that can be mended, and how many findings it answers.
fn mending(reading: &Reading, found: &[Located]) -> (Change, usize) {
    let mut of_note: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for located in found {
        of_note.entry(&located.path).or_default().push(&located.finding);
    }
    let mut files = Vec::new();
    let mut answered = 0;
    for path in reading.book.paths() {
        let Some(findings) = of_note.get(path.as_str()) else { continue };
        let Some(text) = reading.text(path.as_str()) else { continue };
        if let Some((mended, count)) = mended(&text, findings.iter().copied()) {
            answered += count;
            let (path, before) = (path.clone(), Some(text));
            files.push(FileChange::Regenerate { path, before, text: mended });
        }
    }
    (Change { title: "mend what ties check found".to_owned(), files }, answered)
}
