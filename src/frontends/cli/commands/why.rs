//! `ties why`

use crate::app::answering::situation;
use crate::app::session::Session;
use crate::features::why::why_in;
use crate::features::why_text::render_why;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::given::day_to_come;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::{ended, read};
use crate::frontends::cli::who::one;
use crate::frontends::wire::json;
use crate::frontends::wire_due::WireWhy;
use clap::Args;

/// Tell why somebody is on the agenda, or is not
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties why ana
  ties why ana --on 2026-12-24")]
pub struct WhyArguments {
    /// Who: a name, or the start of one
    #[arg(value_name = "WHO", required = true)]
    who: Vec<String>,
    /// As it will be on another day if nothing changes
    #[arg(long, value_name = "WHEN")]
    on: Option<String>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Tells why.
pub fn run(
    arguments: &WhyArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let on = arguments.on.as_deref().map(|on| day_to_come(on, session.today)).transpose()?;
    let day = on.unwrap_or(session.today);
    let reading = read(session, output);
    let who = one(&reading.book, &arguments.who.join(" "), output)?;
    let why = why_in(&situation(session, &reading, day), who);
    if arguments.json {
        output.data_text(&json(WireWhy::new(&reading.book, &why)));
    } else {
        output.data_text(&render_why(&reading.book, &why));
    }
    Ok(ended(&reading, output))
}
