//! Days and lengths of time as they are typed on the command line.

use crate::frontends::cli::failure::Failure;
use crate::text::day::Day;
use crate::text::when::{Direction, WhenError, parse};

/// The day of something that has happened, such as `yesterday` or `last fri`.
pub fn past_day(text: &str, today: Day) -> Result<Day, Failure> {
    parse(text, today, Direction::Past).map_err(failure)
}

/// The day of something to come, such as `fri` or `2w`.
pub fn day_to_come(text: &str, today: Day) -> Result<Day, Failure> {
    parse(text, today, Direction::Future).map_err(failure)
}

fn failure(error: WhenError) -> Failure {
    Failure::usage(error.message).hint(error.hint)
}
