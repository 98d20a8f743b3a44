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
}
