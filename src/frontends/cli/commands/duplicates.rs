//! `ties duplicates`

use crate::app::session::Session;
use crate::features::duplicates::{Pair, Reason, duplicates};
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::{ended, read};
use crate::frontends::wire::json;
use crate::frontends::wire_duplicates::{Duplicates, WirePair, merge_command};
use crate::people::book::Book;
use clap::Args;

/// Show notes that could be about one person, and why
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties duplicates
  ties duplicates --json

Names are compared without case and accents, with short forms (Bob, Robert), and with e-mail addresses and phone numbers.
People who are tied to each other are two. So are those of whom a note says so:
  not_same_as: \"[[Ana Lima]]\"")]
pub struct DuplicatesArguments {
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Shows the pairs.
pub fn run(
    arguments: &DuplicatesArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let reading = read(session, output);
    let pairs = duplicates(&reading.book);
    if arguments.json {
        let duplicates = pairs.iter().map(|pair| WirePair::new(&reading.book, pair)).collect();
        output.data_text(&json(Duplicates { duplicates }));
    } else {
        pairs.iter().for_each(|pair| show(&reading.book, pair, output));
        output.talk(&Line::of(match pairs.len() {
            0 => "No two notes seem to be about one person.".to_owned(),
            1 => "1 pair. Where they are two people, one note can say `not_same_as`.".to_owned(),
            count => {
                format!("{count} pairs. Where they are two people, one note can say `not_same_as`.")
            }
        }));
    }
    let exit = if pairs.is_empty() { Exit::No } else { Exit::Done };
    Ok(ended(&reading, output).max(exit))
}

fn show(book: &Book, pair: &Pair, output: &mut Output) {
    let person = |line: Line, id| {
        let (name, place) = (&book.brief(id).name, book.identity(id).into_owned());
        line.label(Label::Name, name).plain("  ").label(Label::Place, place)
    };
    output.data(&person(person(Line::new(), pair.one).plain("  and  "), pair.other));
    let told = pair.reasons.iter().map(Reason::told).collect::<Vec<_>>();
    output.data(&Line::of(format!("  {}", told.join("; "))));
    output.data(&Line::of("  ").label(Label::Help, merge_command(book, pair)));
}
