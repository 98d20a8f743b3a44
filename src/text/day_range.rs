//! Ranges of days, both ends included: `2026-12-20..2027-01-05`.

use crate::text::day::Day;
use std::fmt;

/// Some days in a row, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DayRange {
    /// The first day.
    pub from: Day,
    /// The last day; never before the first.
    pub to: Day,
}

impl DayRange {
    /// The range, where it does not end before it starts.
    pub fn new(from: Day, to: Day) -> Option<DayRange> {
        (from <= to).then_some(DayRange { from, to })
    }

    /// Reads `FROM..TO` or a single day, both ISO.
    pub fn parse(text: &str) -> Option<DayRange> {
        let text = text.trim();
        let (from, to) = text.split_once("..").unwrap_or((text, text));
        DayRange::new(Day::parse(from.trim())?, Day::parse(to.trim())?)
    }

    /// A quarter of a year, 1 to 4.
    pub fn of_quarter(year: i32, quarter: u32) -> Option<DayRange> {
        let month = (1..=4).contains(&quarter).then(|| quarter * 3 - 2)?;
        let from = Day::new(year, month, 1)?;
        DayRange::new(from, from.plus_months(3).plus_days(-1))
    }

    /// A year.
    pub fn of_year(year: i32) -> Option<DayRange> {
        DayRange::new(Day::new(year, 1, 1)?, Day::new(year, 12, 31)?)
    }

    /// Whether `day` is one of the days.
    pub fn contains(self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }

    /// How many days, at least one.
    pub fn days(self) -> i64 {
        self.from.days_until(self.to) + 1
    }
}

impl fmt::Display for DayRange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}..{}", self.from, self.to)
    }
}

#[cfg(test)]
mod tests {
    use crate::text::day_range::DayRange;

    #[test]
    fn ranges_read_back_and_never_run_backwards() {
        let range = DayRange::parse("2026-12-20..2027-01-05").unwrap();
        assert_eq!((range.to_string().as_str(), range.days()), ("2026-12-20..2027-01-05", 17));
        assert_eq!(DayRange::parse("2026-12-20").map(DayRange::days), Some(1));
        assert_eq!(DayRange::parse("2027-01-05..2026-12-20"), None);
        assert_eq!(DayRange::parse("soon"), None);
    }

    #[test]
    fn quarters_and_years_have_all_their_days() {
        let shown = |range: Option<DayRange>| range.map(|range| range.to_string());
        assert_eq!(shown(DayRange::of_quarter(2026, 1)).as_deref(), Some("2026-01-01..2026-03-31"));
        assert_eq!(shown(DayRange::of_quarter(2026, 4)).as_deref(), Some("2026-10-01..2026-12-31"));
        assert_eq!(shown(DayRange::of_year(2026)).as_deref(), Some("2026-01-01..2026-12-31"));
        assert_eq!((DayRange::of_quarter(2026, 5), DayRange::of_quarter(9999, 1)), (None, None));
        assert_eq!((DayRange::of_quarter(2026, 0), DayRange::of_year(9999)), (None, None));
    }
}
