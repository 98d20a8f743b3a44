//! `ties path`

use crate::app::asking;
use crate::app::session::Session;
use crate::features::pathways::chain::{Chain, Stop};
use crate::features::pathways::search::chain;
use crate::features::pathways::told::{headline, known_from, others, sentence};
use crate::features::relations::words;
use crate::features::relatives::family::Family;
use crate::features::relatives::words::Words;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::{ended, read};
use crate::frontends::cli::who::one;
use crate::frontends::wire::json;
use crate::frontends::wire_relations::WirePath;
use crate::people::book::ContactId;
use clap::Args;

/// Tell how two people are connected, or how you know somebody
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties path bo                      how do I know Bo?
  ties path ana bo                  how does Ana know Bo?
  ties path ana bo --json

Written ties come first; where none go all the way, a shared group or entry may.")]
pub struct PathArguments {
    /// Who: a name, or the start of one
    #[arg(value_name = "WHO")]
    who: String,
    /// The other; without it, the way starts at you
    #[arg(value_name = "WHO")]
    other: Option<String>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Tells it.
pub fn run(
    arguments: &PathArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let reading = read(session, output);
    let book = &reading.book;
    let first = one(book, &arguments.who, output)?;
    let (from, to) = match &arguments.other {
        Some(other) => (Stop::Person(first), one(book, other, output)?),
        None => (book.me().map_or(Stop::You, Stop::Person), first),
    };
    if from == Stop::Person(to) {
        return Err(same(arguments, book.me() == Some(to)));
    }
    let situation = asking::situation(session, &reading);
    let family = Family::of(book, &session.vocabulary, session.today);
    let words = words(&situation, &family);
    let chain = chain(&situation, from, to);
    let of_you = from == Stop::You || book.me().is_some_and(|me| from == Stop::Person(me));
    let known = match of_you {
        true => known_from(&words, to, chain.as_ref()),
        false => Vec::new(),
    };
    let found = chain.is_some() || !known.is_empty();
    if arguments.json {
        output.data_text(&json(WirePath::new(&words, from, to, chain.as_ref(), known)));
    } else {
        show(&words, from, to, chain.as_ref(), &known, output);
    }
    let exit = ended(&reading, output);
    Ok(if found { exit } else { Exit::No })
}

fn same(arguments: &PathArguments, is_me: bool) -> Failure {
    match arguments.other.is_none() && is_me {
        true => Failure::usage("that is you").hint("name somebody else, or two people"),
        false => Failure::usage("both names mean the same person").hint("name two people"),
    }
}

fn show(
    words: &Words<'_>,
    from: Stop,
    to: ContactId,
    chain: Option<&Chain>,
    known: &[String],
    output: &mut Output,
) {
    let other = words.name(to);
    match chain {
        Some(chain) => {
            let headline = headline(words, from, to, chain);
            output.data(&Line::new().label(Label::Heading, headline));
            for step in &chain.steps {
                output.data(&Line::of("  ").plain(sentence(words, step)));
            }
            if let Some(others) = others(chain) {
                output.data(&Line::of(others));
            }
        }
        None if !known.is_empty() => {
            let said = format!("You know {other} through nobody else.");
            output.data(&Line::new().label(Label::Heading, said));
        }
        None => say_nothing_connects(words, from, to, output),
    }
    known.iter().for_each(|line| output.data(&Line::of(line)));
}

fn say_nothing_connects(words: &Words<'_>, from: Stop, to: ContactId, output: &mut Output) {
    let (other, path) = (words.name(to), words.book.identity(to));
    match from {
        Stop::Person(id) if words.book.me() != Some(id) => {
            let one = words.name(id);
            output.talk(&Line::of(format!("Nothing here connects {one} and {other} yet.")));
            let tie = format!("friend: \"[[{other}]]\"");
            output.hint(&format!(
                "a tie in one of their notes would (`{tie}`), a group that both are in, or an entry with both"
            ));
        }
        _ => {
            output.talk(&Line::of(format!("Nothing here tells how you know {other} yet.")));
            output.hint(&format!(
                "`met:` in {path}.md tells how you met, `introduced_by:` through whom"
            ));
        }
    }
}
