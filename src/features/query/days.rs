//! Dates, ranges and comparisons of a query as windows of days.
//!
//! A length of time is a distance from the day asked about: of what lies in the past, backwards (`last:>3mo`, longer
//! ago than three months), else forwards (`due:..2w`, within two weeks). Everything else is a day or some days in a
//! row. What could be read two ways is refused.

use crate::features::query::ast::{Comparison, Form, Piece};
use crate::text::day::Day;
use crate::text::partial_date::{LooseDate, NotADate, PartialDate, Spelling, month_of};
use crate::text::period::Period;
use crate::text::when::{Direction, parse};

/// Days in a row, both ends included; an open end is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Window {
    /// The first day.
    pub from: Option<Day>,
    /// The last day.
    pub to: Option<Day>,
}

impl Window {
    /// Whether `day` is one of the days.
    pub fn holds(self, day: Day) -> bool {
        self.holds_all(day, day)
    }

    /// Whether all days from `first` to `last` are.
    pub fn holds_all(self, first: Day, last: Day) -> bool {
        self.from.is_none_or(|from| from <= first) && self.to.is_none_or(|to| last <= to)
    }
}

/// Which yearly days are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Yearly {
    /// Those that come round between these days, the ends included.
    ComingRound(Day, Day),
    /// Those from this month and day to that one, in any year; across the turn of the year where the first is later.
    OfTheYear((u32, u32), (u32, u32)),
    /// Those that began in this window.
    Began(Window),
}

/// What is wrong with a date, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadDays {
    /// What is wrong, without a full stop.
    pub message: String,
    /// What to write.
    pub hint: String,
}

fn bad<T>(message: impl Into<String>, hint: impl Into<String>) -> Result<T, BadDays> {
    Err(BadDays { message: message.into(), hint: hint.into() })
}

/// A date of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Point {
    /// So long before or after the day asked about.
    Distance(Period),
    /// A day that is named as seen from the day asked about: `yesterday`.
    Seen(Day),
    /// A day, month or year of the calendar: its first and last day.
    Calendar(Day, Day),
    /// Days of every year.
    OfTheYear((u32, u32), (u32, u32)),
}

/// The window of days that `form` means for the field `name`; `direction` says which way a distance goes.
pub fn window(
    form: &Form,
    name: &str,
    today: Day,
    direction: Direction,
) -> Result<Window, BadDays> {
    let point = |piece: &Piece| linear(read_point(piece, today, direction)?, name);
    match form {
        Form::One(piece) => match point(piece)? {
            Point::Distance(period) => unclear_distance(name, period),
            other => {
                let (from, to) = ends(other, today, direction)?;
                Ok(Window { from: Some(from), to: Some(to) })
            }
        },
        Form::Compared(comparison, piece) => compared(*comparison, point(piece)?, today, direction),
        Form::Range(from, to) => {
            let from = from.as_ref().map(point).transpose()?;
            let to = to.as_ref().map(point).transpose()?;
            ranged(from, to, today, direction)
        }
        Form::Pattern(_) | Form::Together(_) => bad(
            format!("`{name}` is a date, and a pattern is for text"),
            format!("write `{name}:2026-01..2026-06`"),
        ),
    }
}

fn unclear_distance<T>(name: &str, period: Period) -> Result<T, BadDays> {
    bad(
        format!("`{name}:{period}` could mean more or less than that"),
        format!("write `{name}:..{period}` for up to {period}, or `{name}:>{period}` for more"),
    )
}

fn linear(point: Point, name: &str) -> Result<Point, BadDays> {
    match point {
        Point::OfTheYear(..) => bad(
            format!("`{name}` needs a year"),
            format!("write `{name}:2026-11`, or a range, `{name}:2026-11-01..2026-11-21`"),
        ),
        other => Ok(other),
    }
}

/// The first and the last day of `point`.
fn ends(point: Point, today: Day, direction: Direction) -> Result<(Day, Day), BadDays> {
    match point {
        Point::Distance(period) => {
            let day = at_distance(period, today, direction)?;
            Ok((day, day))
        }
        Point::Seen(day) => Ok((day, day)),
        Point::Calendar(first, last) => Ok((first, last)),
        Point::OfTheYear(..) => bad("a year is missing", "write it like `2026-11-21`"),
    }
}

fn at_distance(period: Period, today: Day, direction: Direction) -> Result<Day, BadDays> {
    let words = match direction {
        Direction::Past => format!("{period} ago"),
        Direction::Future => format!("in {period}"),
    };
    parse(&words, today, direction)
        .or_else(|_| bad(format!("{period} goes beyond the calendar"), "write a shorter time"))
}

fn compared(
    comparison: Comparison,
    point: Point,
    today: Day,
    direction: Direction,
) -> Result<Window, BadDays> {
    let (first, last) = ends(point, today, direction)?;
    // "More than three months ago" is before that day.
    let backwards = matches!(point, Point::Distance(_)) && direction == Direction::Past;
    let comparison = if backwards { turned(comparison) } else { comparison };
    Ok(match comparison {
        Comparison::More => Window { from: Some(last.plus_days(1)), to: None },
        Comparison::AtLeast => Window { from: Some(first), to: None },
        Comparison::Less => Window { from: None, to: Some(first.plus_days(-1)) },
        Comparison::AtMost => Window { from: None, to: Some(last) },
    })
}

fn turned(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::More => Comparison::Less,
        Comparison::AtLeast => Comparison::AtMost,
        Comparison::Less => Comparison::More,
        Comparison::AtMost => Comparison::AtLeast,
    }
}

fn ranged(
    from: Option<Point>,
    to: Option<Point>,
    today: Day,
    direction: Direction,
) -> Result<Window, BadDays> {
    let is_distance = |point: &Option<Point>| matches!(point, None | Some(Point::Distance(_)));
    // Two weeks to three months ago: the longer way is the earlier day.
    let backwards = direction == Direction::Past && is_distance(&from) && is_distance(&to);
    let (from, to) = if backwards { (to, from) } else { (from, to) };
    let first =
        from.map(|point| ends(point, today, direction)).transpose()?.map(|(first, _)| first);
    let last = to.map(|point| ends(point, today, direction)).transpose()?.map(|(_, last)| last);
    match (first, last) {
        (Some(first), Some(last)) if last < first => {
            bad("this range ends before it begins", "turn it round")
        }
        (from, to) => Ok(Window { from, to }),
    }
}

/// The yearly days that `form` means for the field `name`.
pub fn yearly(form: &Form, name: &str, today: Day) -> Result<Yearly, BadDays> {
    let point = |piece: &Piece| read_point(piece, today, Direction::Future);
    match form {
        Form::One(piece) => match point(piece)? {
            Point::Distance(period) => unclear_distance(name, period),
            Point::Seen(day) => Ok(Yearly::ComingRound(day, day)),
            Point::OfTheYear(from, to) => Ok(Yearly::OfTheYear(from, to)),
            Point::Calendar(first, last) => Ok(of_calendar(Some(first), Some(last), today)),
        },
        Form::Compared(comparison, piece) => {
            yearly_compared(*comparison, point(piece)?, name, today)
        }
        Form::Range(from, to) => {
            let from = from.as_ref().map(point).transpose()?;
            let to = to.as_ref().map(point).transpose()?;
            yearly_ranged(from, to, name, today)
        }
        Form::Pattern(_) | Form::Together(_) => bad(
            format!("`{name}` is a date, and a pattern is for text"),
            format!("write `{name}:..2w`"),
        ),
    }
}

/// The last day before `today` comes round again.
fn year_end(today: Day) -> Day {
    today.plus_months(12).plus_days(-1)
}

/// Nobody was born in the time to come: such days are those of this time round.
fn of_calendar(first: Option<Day>, last: Option<Day>, today: Day) -> Yearly {
    match (first, last) {
        (Some(first), Some(last)) if first >= today => Yearly::ComingRound(first, last),
        (from, to) => Yearly::Began(Window { from, to }),
    }
}

fn yearly_compared(
    comparison: Comparison,
    point: Point,
    name: &str,
    today: Day,
) -> Result<Yearly, BadDays> {
    match point {
        Point::OfTheYear(..) => bad(
            "this comparison needs a year, since the months come round",
            format!("write a range, `{name}:--03-01..--05-31`"),
        ),
        Point::Calendar(..) => {
            compared(comparison, point, today, Direction::Future).map(Yearly::Began)
        }
        Point::Distance(_) | Point::Seen(_) => {
            let window = compared(comparison, point, today, Direction::Future)?;
            coming_round(window.from.unwrap_or(today), window.to.unwrap_or(year_end(today)))
        }
    }
}

fn yearly_ranged(
    from: Option<Point>,
    to: Option<Point>,
    name: &str,
    today: Day,
) -> Result<Yearly, BadDays> {
    match (from, to) {
        (Some(Point::OfTheYear(from, _)), Some(Point::OfTheYear(_, to))) => {
            Ok(Yearly::OfTheYear(from, to))
        }
        (Some(Point::OfTheYear(..)), _) | (_, Some(Point::OfTheYear(..))) => bad(
            "this range has a year at one end only",
            format!("write both ends alike, `{name}:--12-20..--01-05`"),
        ),
        (None | Some(Point::Calendar(..)), None | Some(Point::Calendar(..))) => {
            let window = ranged(from, to, today, Direction::Future)?;
            Ok(of_calendar(window.from, window.to, today))
        }
        _ => {
            let window = ranged(from, to, today, Direction::Future)?;
            coming_round(window.from.unwrap_or(today), window.to.unwrap_or(year_end(today)))
        }
    }
}

fn coming_round(from: Day, to: Day) -> Result<Yearly, BadDays> {
    if to < from {
        return bad(
            "no day of the year is meant by this",
            "write `birthday:..2w` for the next two weeks",
        );
    }
    Ok(Yearly::ComingRound(from, to))
}

fn read_point(piece: &Piece, today: Day, direction: Direction) -> Result<Point, BadDays> {
    let text = piece.text.trim();
    if piece.starred {
        return bad(
            "a star is for words, and this is a date",
            "write `2026-01..2026-06`, or `2026` alone",
        );
    }
    if let Some(period) = Period::parse(text) {
        return Ok(Point::Distance(period));
    }
    if let Some(month) = month_of(text) {
        let last = if month == 2 { 29 } else { 31 };
        return Ok(Point::OfTheYear((month, 1), (month, last)));
    }
    match LooseDate::parse(text) {
        Ok((date, Spelling::Iso)) => return of_loose(date),
        Err(NotADate::NotInCalendar) => {
            return bad(format!("{text} is not in the calendar"), "look at the day and the month");
        }
        Ok((_, Spelling::Readable)) | Err(_) => {}
    }
    parse(text, today, direction)
        .map(Point::Seen)
        .map_err(|error| BadDays { message: error.message, hint: error.hint })
}

fn of_loose(date: LooseDate) -> Result<Point, BadDays> {
    match (date.date, date.earliest(), date.latest()) {
        (PartialDate::MonthDay(month, day), ..) => Ok(Point::OfTheYear((month, day), (month, day))),
        (_, Some(first), Some(last)) => Ok(Point::Calendar(first, last)),
        _ => bad("this day is not in the calendar", "look at the day and the month"),
    }
}

#[cfg(test)]
mod tests {
    use crate::features::query::ast::Node;
    use crate::features::query::days::{BadDays, Window, Yearly, window, yearly};
    use crate::features::query::parse::parse;
    use crate::features::sample::day;
    use crate::text::when::Direction;

    const TODAY: &str = "2026-11-21";

    fn form(value: &str) -> crate::features::query::ast::Form {
        match parse(&format!("x:{value}")).unwrap().node {
            Node::Field { mut values, .. } => values.remove(0).form,
            other => panic!("{other:?}"),
        }
    }

    fn shown(window: Result<Window, BadDays>) -> String {
        let end =
            |day: Option<crate::text::day::Day>| day.map(|day| day.to_string()).unwrap_or_default();
        window.map_or_else(
            |bad| format!("{}: {}", bad.message, bad.hint),
            |window| format!("{}..{}", end(window.from), end(window.to)),
        )
    }

    fn check(value: &str, past: &str, ahead: &str) {
        let in_direction = |direction| shown(window(&form(value), "x", day(TODAY), direction));
        assert_eq!(in_direction(Direction::Past), past, "{value} in the past");
        assert_eq!(in_direction(Direction::Future), ahead, "{value} ahead");
    }

    #[test]
    fn a_length_of_time_is_a_distance_from_today() {
        check(">3mo", "..2026-08-20", "2027-02-22..");
        check(">=3mo", "..2026-08-21", "2027-02-21..");
        check("<2w", "2026-11-08..", "..2026-12-04");
        check("<=2w", "2026-11-07..", "..2026-12-05");
        check("..2w", "2026-11-07..", "..2026-12-05");
        check("2w..", "..2026-11-07", "2026-12-05..");
        check("2w..3mo", "2026-08-21..2026-11-07", "2026-12-05..2027-02-21");
    }

    #[test]
    fn days_months_and_years_are_what_the_calendar_says() {
        for (value, expected) in [
            ("2026-01..2026-06", "2026-01-01..2026-06-30"),
            ("2026", "2026-01-01..2026-12-31"),
            (">2026", "2027-01-01.."),
            (">=2026", "2026-01-01.."),
            ("<2026-11", "..2026-10-31"),
            ("<=2026-11", "..2026-11-30"),
            ("2026-11-25", "2026-11-25..2026-11-25"),
            ("yesterday", "2026-11-20..2026-11-20"),
            ("\"2 weeks ago\"..today", "2026-11-07..2026-11-21"),
            ("-2w..+2w", "2026-11-07..2026-12-05"),
        ] {
            check(value, expected, expected);
        }
    }

    #[test]
    fn what_can_be_read_two_ways_is_refused() {
        let refused = |value: &str, expected: &str| {
            check(value, expected, expected);
        };
        refused("3m", "`3m` could mean minutes or months: write `3mo` for months");
        refused(">3m", "`3m` could mean minutes or months: write `3mo` for months");
        refused(
            "2w",
            "`x:2w` could mean more or less than that: write `x:..2w` for up to 2w, or `x:>2w` for more",
        );
        refused("2026-02-30", "2026-02-30 is not in the calendar: look at the day and the month");
        refused("2026-06..2026-01", "this range ends before it begins: turn it round");
        refused(
            "--11-21",
            "`x` needs a year: write `x:2026-11`, or a range, `x:2026-11-01..2026-11-21`",
        );
    }

    fn check_yearly(value: &str, today: &str, expected: &str) {
        let found = match yearly(&form(value), "birthday", day(today)) {
            Ok(Yearly::ComingRound(from, to)) => format!("coming round {from}..{to}"),
            Ok(Yearly::OfTheYear((a, b), (c, d))) => format!("of the year {a}-{b}..{c}-{d}"),
            Ok(Yearly::Began(window)) => format!("began {}", shown(Ok(window))),
            Err(bad) => bad.message,
        };
        assert_eq!(found, expected, "{value} on {today}");
    }

    #[test]
    fn yearly_days_come_round_or_began() {
        check_yearly("..2w", "2026-12-24", "coming round 2026-12-24..2027-01-07");
        check_yearly("<2w", "2026-12-24", "coming round 2026-12-24..2027-01-06");
        check_yearly("2w..1mo", "2026-12-24", "coming round 2027-01-07..2027-01-24");
        check_yearly(">1mo", "2026-12-24", "coming round 2027-01-25..2027-12-23");
        check_yearly("today", "2026-12-24", "coming round 2026-12-24..2026-12-24");
        check_yearly("-3d..1w", "2027-01-01", "coming round 2026-12-29..2027-01-08");
        check_yearly("--12-20..--01-05", TODAY, "of the year 12-20..1-5");
        check_yearly("march", TODAY, "of the year 3-1..3-31");
        check_yearly("nov..dec", TODAY, "of the year 11-1..12-31");
        check_yearly("1988", TODAY, "began 1988-01-01..1988-12-31");
        check_yearly("<1990", TODAY, "began ..1989-12-31");
        check_yearly("1980..1989", TODAY, "began 1980-01-01..1989-12-31");
        check_yearly("2026-12", TODAY, "coming round 2026-12-01..2026-12-31");
        check_yearly("today..2026-12-31", TODAY, "coming round 2026-11-21..2026-12-31");
        check_yearly("2w", TODAY, "`birthday:2w` could mean more or less than that");
        check_yearly(
            ">--03-04",
            TODAY,
            "this comparison needs a year, since the months come round",
        );
        check_yearly("--03-04..2w", TODAY, "this range has a year at one end only");
    }
}
