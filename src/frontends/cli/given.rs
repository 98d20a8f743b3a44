//! Days and lengths of time as they are typed on the command line.

use crate::frontends::cli::failure::Failure;
use crate::text::day::Day;
use crate::text::partial_date::{LooseDate, PartialDate, Spelling};
use crate::text::when::{Direction, WhenError, parse};

/// The day of something that has happened, such as `yesterday` or `last fri`.
pub fn past_day(text: &str, today: Day) -> Result<Day, Failure> {
    parse(text, today, Direction::Past).map_err(failure)
}

/// The day of something to come, such as `fri` or `2w`.
pub fn day_to_come(text: &str, today: Day) -> Result<Day, Failure> {
    parse(text, today, Direction::Future).map_err(failure)
}

/// A date of the past as far as it is known: `2025`, `2025-12`, `~2025-12`, `last year`, or a day as [`past_day`] reads it.
pub fn past_date(text: &str, today: Day) -> Result<LooseDate, Failure> {
    as_far_as_known(text, today).map_or_else(|| past_day(text, today).map(whole), Ok)
}

/// A date on either side of today as far as it is known. A day that could be on both is not guessed.
pub fn date(text: &str, today: Day) -> Result<LooseDate, Failure> {
    if let Some(date) = as_far_as_known(text, today) {
        return Ok(date);
    }
    let (past, ahead) = (past_day(text, today), day_to_come(text, today)?);
    match past {
        Ok(past) if past != ahead => {
            Err(Failure::usage(format!("`{text}` could be {past} or {ahead}"))
                .hint("write the date, or `last …` or `next …`"))
        }
        _ => Ok(whole(ahead)),
    }
}

fn as_far_as_known(text: &str, today: Day) -> Option<LooseDate> {
    of_the_format(text).or_else(|| year_or_month(text, today))
}

/// `last year` is a year, not a day in it.
fn year_or_month(text: &str, today: Day) -> Option<LooseDate> {
    let (which, unit) = text.trim().split_once(' ')?;
    let by = match which.to_ascii_lowercase().as_str() {
        "last" => -1,
        "this" => 0,
        "next" => 1,
        _ => return None,
    };
    let date = match unit.trim().to_ascii_lowercase().as_str() {
        "year" => PartialDate::Year(today.plus_months(12 * by).year()),
        "month" => {
            let day = today.first_of_month().plus_months(by);
            PartialDate::YearMonth(day.year(), day.month())
        }
        _ => return None,
    };
    Some(LooseDate { date, estimated: false })
}

fn of_the_format(text: &str) -> Option<LooseDate> {
    let (date, spelling) = LooseDate::parse(text).ok()?;
    (spelling == Spelling::Iso).then_some(date)
}

fn whole(day: Day) -> LooseDate {
    LooseDate { date: PartialDate::Full(day), estimated: false }
}

fn failure(error: WhenError) -> Failure {
    Failure::usage(error.message).hint(error.hint)
}
