//! `ties relations`

use crate::app::asking;
use crate::app::session::Session;
use crate::features::relations::{relations, words};
use crate::features::relations_text::{headings, render_relations};
use crate::features::relatives::family::Family;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::{ended, read};
use crate::frontends::cli::who::one;
use crate::frontends::wire::json;
use crate::frontends::wire_relations::WireRelations;
use clap::Args;

/// Show who somebody is tied to: as the notes write it, and what follows
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties relations ana
  ties relations ana --depth 2      with the people around hers
  ties relations ana --json

What follows (an aunt, because she is your mother's sister) is written into no note.
docs/relations.md tells of every kind of tie.")]
pub struct RelationsArguments {
    /// Who: a name, or the start of one
    #[arg(value_name = "WHO", required = true)]
    who: Vec<String>,
    /// How many ties away, from 1 to 6
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=6))]
    depth: u32,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Shows them.
pub fn run(
    arguments: &RelationsArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let reading = read(session, output);
    let who = one(&reading.book, &arguments.who.join(" "), output)?;
    let situation = asking::situation(session, &reading);
    let family = Family::of(&reading.book, &session.vocabulary, session.today);
    let words = words(&situation, &family);
    let relations = relations(&situation, &family, who, arguments.depth);
    if arguments.json {
        output.data_text(&json(WireRelations::new(&words, &relations)));
    } else {
        let text = render_relations(&words, &relations, output.terminal.width);
        output.page(&text, &headings());
    }
    Ok(ended(&reading, output))
}
