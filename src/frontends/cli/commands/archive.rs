//! `ties archive`

use crate::app::session::Session;
use crate::features::archive::{archive, back};
use crate::frontends::cli::carry_out::carry_out;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::read;
use crate::frontends::cli::who::one;
use crate::note::change::Refusal;
use clap::Args;

/// Put somebody away: no suggestion any more, found by every search
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties archive bo
  ties archive bo --reason \"moved to Oslo\"
  ties archive --back bo

The note stays where it is and says `status: archived`.")]
pub struct ArchiveArguments {
    /// Who: a name, or the start of one
    #[arg(value_name = "WHO")]
    who: String,
    /// Why: becomes an entry of the log, which is no contact
    #[arg(long, value_name = "WORDS", conflicts_with = "back")]
    reason: Option<String>,
    /// Take somebody back
    #[arg(long)]
    back: bool,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Puts somebody away, or takes them back.
pub fn run(
    arguments: &ArchiveArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let reading = read(session, output);
    let (book, vocabulary) = (&reading.book, &session.vocabulary);
    let who = one(book, &arguments.who, output)?;
    let name = &book.brief(who).name;
    let (change, done) = match arguments.back {
        true => (back(book, vocabulary, who).map_err(no)?, format!("{name} is back")),
        false => {
            let reason = arguments.reason.as_deref();
            let change = archive(book, vocabulary, session.today, who, reason).map_err(no)?;
            (change, format!("{name} is archived"))
        }
    };
    carry_out(session, &change, arguments.dry_run, &done, output)?;
    Ok(Exit::Done)
}

/// They are what is wanted already.
fn no(refusal: Refusal) -> Failure {
    Failure { exit: Exit::No, ..refusal.into() }
}
