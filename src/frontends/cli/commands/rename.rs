//! `ties rename`

use crate::app::new_place::new_place;
use crate::app::refresh::Reading;
use crate::app::renaming::{Leftovers, newest_was, rename};
use crate::app::session::Session;
use crate::app::undoing;
use crate::app::write::diff;
use crate::features::rename::{Renamed, Wanted, title};
use crate::frontends::cli::carry_out::{carry_out, say};
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::Line;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::{ended, read};
use crate::frontends::cli::who::one;
use crate::note::path::NotePath;
use crate::people::book::ContactId;
use crate::text::typed::one_line;
use clap::Args;

/// Give somebody another name: the note, its file and every link
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties rename ana \"Ana Sousa\"
  ties rename ana \"Ana Sousa\" --keep-alias      the old name still finds her
  ties rename ana --to people/friends/ana.md
  ties rename ana --to people/friends/            the file keeps its name
  ties rename ana \"Ana Sousa\" --dry-run

Links keep their style: by path, by file name or by name, with their headings and their own words. Links by an alias stay.
A file that is not called after its person keeps its name. Renaming back gives every byte back.")]
pub struct RenameArguments {
    /// Who: a name, or the start of one
    #[arg(value_name = "WHO")]
    who: String,
    /// The new name
    #[arg(value_name = "NEW", required_unless_present = "to")]
    new: Option<String>,
    /// Where the note is to lie, below the vault
    #[arg(long, value_name = "PATH")]
    to: Option<String>,
    /// Keep the old name as an alias
    #[arg(long)]
    keep_alias: bool,
    /// Even where somebody else is called so; links are then written by path
    #[arg(long)]
    anyway: bool,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Renames somebody.
pub fn run(
    arguments: &RenameArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let reading = read(session, output);
    let who = one(&reading.book, &arguments.who, output)?;
    let to = arguments.to.as_deref().map(|to| place(session, &reading, who, to)).transpose()?;
    let wanted = Wanted {
        who,
        name: arguments.new.clone(),
        to,
        keep_alias: arguments.keep_alias,
        anyway: arguments.anyway,
    };
    if let Some(number) = taken_back(session, &reading, &wanted) {
        return take_back(session, number, arguments.dry_run, output);
    }
    let (renamed, leftovers) = rename(session, &reading, &wanted)?;
    let done = done(&renamed);
    carry_out(session, &renamed.change, arguments.dry_run, &done, output)?;
    tell(&renamed, output);
    Ok(tell_reach(&reading, &leftovers, output))
}

/// The place that a person names with `--to`.
fn place(
    session: &Session,
    reading: &Reading,
    who: ContactId,
    typed: &str,
) -> Result<NotePath, Failure> {
    let from = path_of(reading, who).cloned().unwrap_or_else(NotePath::of_nothing);
    Ok(new_place(session, &from, typed)?)
}

/// The change to take back, where this would undo the newest one.
fn taken_back(session: &Session, reading: &Reading, wanted: &Wanted) -> Option<u64> {
    let (name, path) = (&reading.book.brief(wanted.who).name, path_of(reading, wanted.who)?);
    let new = one_line(wanted.name.as_deref()?);
    if wanted.keep_alias || wanted.to.is_some() || new == *name {
        return None;
    }
    newest_was(session, &title(&new, name, path), path)
}

fn path_of(reading: &Reading, who: ContactId) -> Option<&NotePath> {
    reading.book.paths().get(reading.book.note_of(who))
}

fn take_back(
    session: &Session,
    number: u64,
    dry_run: bool,
    output: &mut Output,
) -> Result<Exit, Failure> {
    if dry_run {
        output.diff(&diff(&undoing::preview(session, number)?));
        return Ok(Exit::Done);
    }
    let committed = undoing::take_back(session, number)?;
    let back = committed
        .entry
        .map_or_else(String::new, |entry| format!("`ties undo {entry}` takes it back."));
    say(&committed, "Renamed back, as it was", &back, output);
    Ok(Exit::Done)
}

fn done(renamed: &Renamed) -> String {
    let ((old, new), (_, path)) = (&renamed.names, &renamed.paths);
    if old == new { format!("{old} lies in {path}") } else { format!("{old} is {new} now") }
}

fn tell(renamed: &Renamed, output: &mut Output) {
    let ((old, new), (from, to)) = (&renamed.names, &renamed.paths);
    if from == to && old != new {
        let words = format!("The file stays {from}; `--to` gives it another place.");
        output.talk(&Line::of(words));
    }
    if !renamed.arriving.is_empty() {
        let links = renamed.arriving.iter().map(|link| format!("[[{link}]]")).collect::<Vec<_>>();
        output.notice(&format!("links that meant nobody mean {new} now: {}", links.join(", ")));
    }
    tell_settled(&renamed.settled, output);
}

/// Says which links could mean several notes and mean one from now on.
pub fn tell_settled(settled: &[(String, NotePath)], output: &mut Output) {
    for (link, path) in settled {
        output.notice(&format!("[[{link}]] could mean several notes; it means {path} now"));
    }
}

/// Says what a change that reaches every note could not leftovers, and how the command ends.
pub fn tell_reach(reading: &Reading, leftovers: &Leftovers, output: &mut Output) -> Exit {
    leftovers.notices.iter().for_each(|notice| output.notice(notice));
    for (path, why) in &leftovers.left {
        let why = why.strip_prefix(&format!("{path} is left as it is: ")).unwrap_or(why);
        output.notice(&format!("{path} is left as it is, with its links: {why}"));
    }
    for path in &leftovers.unread {
        output.notice(&format!("{path} could not be read, so its links were not looked at"));
    }
    let whole = leftovers.left.is_empty() && leftovers.unread.is_empty();
    match ended(reading, output) {
        Exit::Done if !whole => Exit::Partly,
        exit => exit,
    }
}
