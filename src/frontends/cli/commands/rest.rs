//! `ties rest`

use crate::app::session::Session;
use crate::app::settings_file;
use crate::app::write::permitted;
use crate::features::rest::{days_of, end_rest, rest};
use crate::frontends::cli::carry_out::carry_out;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::Line;
use crate::frontends::cli::output::Output;
use crate::note::change::Refusal;
use crate::text::day::Day;
use crate::text::day_range::DayRange;
use crate::text::phrase;
use clap::Args;

/// Go away for a while: only occasions show, and every clock stands still
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties rest 3w             three weeks from today on
  ties rest until 2027-01-05
  ties rest 2026-12-20..2027-01-05
  ties rest --end          you are back today

The first and the last day are days away; in between, nobody's time runs. It stands in `away` in ties.toml.")]
pub struct RestArguments {
    /// How long: 3w, until 2027-01-05, 2026-12-20..2027-01-05
    #[arg(value_name = "DAYS", required_unless_present = "end", conflicts_with = "end")]
    days: Vec<String>,
    /// End a rest that is under way: today is an ordinary day again
    #[arg(long)]
    end: bool,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Writes days away into the settings, or takes them back.
pub fn run(
    arguments: &RestArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    permitted(session)?;
    if arguments.end {
        return end(arguments, session, output);
    }
    let range = days_of(&arguments.days.join(" "), session.today).map_err(unreadable)?;
    let known = &session.settings().away;
    let change = settings_file::change(session, format!("be away {range}"), |text| {
        rest(text, known, range)
    })?;
    let Some(change) = change else {
        output.talk(&Line::of("These days are days away already."));
        return Ok(Exit::Done);
    };
    let done = format!("Away {}", said(range, session.today));
    if carry_out(session, &change, arguments.dry_run, &done, output)? {
        let back = phrase::on_day(range.to.plus_days(1), session.today);
        if range.to >= session.today {
            output.talk(&Line::of(format!(
                "Only occasions show on these days; people come up again {back}."
            )));
        } else {
            output.talk(&Line::of("Nobody's time ran on those days."));
        }
    }
    Ok(Exit::Done)
}

fn end(arguments: &RestArguments, session: &Session, output: &mut Output) -> Result<Exit, Failure> {
    let title = "end the days away".to_owned();
    let known = &session.settings().away;
    let change =
        settings_file::change(session, title, |text| end_rest(text, known, session.today))?;
    match change {
        Some(change) => {
            carry_out(session, &change, arguments.dry_run, "Welcome back", output)?;
        }
        None => output.talk(&Line::of("You are not away today, so there is nothing to end.")),
    }
    Ok(Exit::Done)
}

/// `until 11 December`, `from 20 December until 5 January 2027`, `on 24 December`.
fn said(range: DayRange, today: Day) -> String {
    if range.from == range.to {
        return phrase::on_day(range.from, today);
    }
    let last = phrase::day(range.to, today);
    if range.from == today {
        return format!("until {last}");
    }
    format!("from {} until {last}", phrase::day(range.from, today))
}

fn unreadable(refusal: Refusal) -> Failure {
    let failure = Failure::usage(refusal.reason);
    match refusal.hint {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}
