//! `ties stats`

use crate::app::drawing::{destination, put};
use crate::features::balance::balance;
use crate::features::balance_svg::{is_ours, svg};
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::given::past_day;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::{ended, read};
use crate::frontends::cli::stats_page::page;
use crate::frontends::cli::world::World;
use crate::frontends::wire::json;
use crate::frontends::wire_stats::WireStats;
use crate::text::day::Day;
use crate::text::day_range::DayRange;
use clap::Args;
use std::path::{Path, PathBuf};

/// Show where time went beside where you wanted it
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties stats                       the last thirteen weeks
  ties stats --quarter 2026-Q3
  ties stats --from \"1 mar\" --to \"last sun\"
  ties stats --year --svg ~/2026.svg

Each circle is quiet, has less than you wanted, about as much, or more: what its rhythms ask for in these days beside
what is written down. Nobody is counted against anybody. In the picture those who are `private` have no name.")]
pub struct StatsArguments {
    /// From this day on: 1 mar, 2026-03-01
    #[arg(long, value_name = "WHEN", conflicts_with_all = ["quarter", "year"])]
    from: Option<String>,
    /// Up to this day; today where it is left out
    #[arg(long, value_name = "WHEN", requires = "from")]
    to: Option<String>,
    /// A quarter: 2026-Q4, or Q4 of this year
    #[arg(long, value_name = "QUARTER", conflicts_with = "year")]
    quarter: Option<String>,
    /// A year; this one where it is left out
    #[arg(long, value_name = "YEAR", num_args = 0..=1, default_missing_value = "")]
    year: Option<String>,
    /// As JSON
    #[arg(long)]
    json: bool,
    /// As a picture into this file, where it is new or was made by ties; `-` is the standard output
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
}

/// Shows where time went.
pub fn run(
    arguments: &StatsArguments,
    world: &World,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let prints_picture = arguments.svg.as_deref().is_some_and(|file| file == Path::new("-"));
    if arguments.json && prints_picture {
        return Err(Failure::usage("one standard output holds no JSON and a picture")
            .hint("name a file for the picture: `--svg FILE`"));
    }
    let session = world.open(output)?;
    let span = span(arguments, session.today)?;
    let reading = read(&session, output);
    let (settings, vocabulary) = (session.settings(), &session.vocabulary);
    let balance = balance(&reading.book, span, session.today, settings, vocabulary);
    if arguments.json {
        output.data_text(&json(WireStats::new(&reading.book, &balance)));
    } else if arguments.svg.is_none() {
        let columns = output.terminal.limit.unwrap_or(COLUMNS);
        page(&balance, columns).iter().for_each(|line| output.data(line));
    }
    if prints_picture {
        output.data_text(&svg(&balance, &reading.book, vocabulary));
    } else if let Some(file) = &arguments.svg {
        let picture = svg(&balance, &reading.book, vocabulary);
        let place = world.environment.current_folder().join(file);
        put(&destination(&session, &place, &picture, is_ours)?, &picture)?;
        let name = file.display().to_string();
        output.talk(&Line::of("The picture is in ").label(Label::Place, name).plain("."));
    }
    Ok(ended(&reading, output))
}

/// As wide as a page is where no screen says how wide it is.
const COLUMNS: usize = 80;
/// Without any other word the days up to today that make a quarter of a year.
const USUAL_DAYS: i64 = 13 * 7;

fn span(arguments: &StatsArguments, today: Day) -> Result<DayRange, Failure> {
    let span = if let Some(from) = &arguments.from {
        let from = past_day(from, today)?;
        let to = arguments.to.as_deref().map(|to| past_day(to, today)).transpose()?;
        DayRange::new(from, to.unwrap_or(today.max(from))).ok_or_else(|| {
            Failure::usage("these days end before they begin").hint("`--from` is the earlier day")
        })?
    } else if let Some(quarter) = &arguments.quarter {
        self::quarter(quarter, today).ok_or_else(|| {
            Failure::usage(format!("`{quarter}` is not a quarter"))
                .hint("write it as 2026-Q4, or Q4 of this year")
        })?
    } else if let Some(year) = &arguments.year {
        let number = if year.is_empty() { Some(today.year()) } else { year.parse().ok() };
        number.and_then(DayRange::of_year).ok_or_else(|| {
            Failure::usage(format!("`{year}` is not a year")).hint("write it as 2026")
        })?
    } else {
        DayRange { from: today.plus_days(1 - USUAL_DAYS), to: today }
    };
    match span.from > today {
        true => {
            Err(Failure::usage(format!("{} is still to come", span.from))
                .hint("name days that were"))
        }
        false => Ok(span),
    }
}

/// `2026-Q4`, `2026q4`, `Q4`.
fn quarter(text: &str, today: Day) -> Option<DayRange> {
    let (year, quarter) = text.trim().split_once(['Q', 'q'])?;
    let year = match year.trim_end_matches('-') {
        "" => today.year(),
        year => year.parse().ok()?,
    };
    DayRange::of_quarter(year, quarter.parse().ok()?)
}
