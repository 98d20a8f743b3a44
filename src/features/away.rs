//! Days away: days on which clocks stand still.
//!
//! Invariant: the ranges are in order and neither overlap nor touch, so a question looks only at the ranges between
//! its two days.

use crate::text::day::Day;
use crate::text::day_range::DayRange;

/// All days away, whatever order and overlaps they were written with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AwayDays(Vec<DayRange>);

impl AwayDays {
    /// The days of `ranges`, in any order; overlapping ones count once.
    pub fn new(ranges: &[DayRange]) -> AwayDays {
        let mut sorted = ranges.to_vec();
        sorted.sort_by_key(|range| (range.from, range.to));
        let mut merged: Vec<DayRange> = Vec::new();
        for range in sorted {
            match merged.last_mut() {
                Some(last) if range.from <= last.to.plus_days(1) => last.to = last.to.max(range.to),
                _ => merged.push(range),
            }
        }
        AwayDays(merged)
    }

    /// How many days away lie after `from`, up to and including `to`; 0 where `to` is not after `from`.
    pub fn between(&self, from: Day, to: Day) -> i64 {
        let first = from.plus_days(1);
        self.after(from)
            .take_while(|range| range.from <= to)
            .map(|range| range.from.max(first).days_until(range.to.min(to)) + 1)
            .sum()
    }

    /// `due`, moved by every day away after `from` and up to itself: a clock that started on `from` stands still on
    /// those days. What comes out is never a day away, unless `due` is not after `from`.
    pub fn extend(&self, from: Day, due: Day) -> Day {
        let first = from.plus_days(1);
        self.after(from).fold(due, |due, range| {
            let start = range.from.max(first);
            if start <= due { due.plus_days(start.days_until(range.to) + 1) } else { due }
        })
    }

    /// The ranges with a day after `from`.
    fn after(&self, from: Day) -> impl Iterator<Item = &DayRange> {
        let at = self.0.partition_point(|range| range.to <= from);
        self.0.iter().skip(at)
    }
}

#[cfg(test)]
mod tests {
    use crate::features::away::AwayDays;
    use crate::text::day::Day;
    use crate::text::day_range::DayRange;
    use proptest::prelude::*;

    fn day(number: i64) -> Day {
        Day::new(2026, 1, 1).unwrap().plus_days(number)
    }

    fn away(ranges: &[(i64, i64)]) -> AwayDays {
        let ranges = ranges.iter().filter_map(|(from, to)| DayRange::new(day(*from), day(*to)));
        AwayDays::new(&ranges.collect::<Vec<_>>())
    }

    #[test]
    fn a_clock_stands_still_on_days_away() {
        let away = away(&[(20, 24), (10, 14), (12, 15)]);
        assert_eq!(away.between(day(9), day(11)), 2);
        assert_eq!(away.between(day(12), day(30)), 8);
        assert_eq!(away.extend(day(0), day(9)), day(9));
        assert_eq!(away.extend(day(0), day(10)), day(16));
        assert_eq!(away.extend(day(0), day(14)), day(25));
        assert_eq!(away.extend(day(12), day(17)), day(25));
        assert_eq!(away.extend(day(24), day(26)), day(26));
    }

    proptest! {
        #[test]
        fn counting_by_days_gives_the_same(
            ranges in prop::collection::vec((0i64..60, 0i64..9), 0..6),
            from in 0i64..60,
            length in 1i64..40,
        ) {
            let ranges = ranges.iter().map(|(from, more)| (*from, from + more)).collect::<Vec<_>>();
            let is_away = |at: i64| ranges.iter().any(|(from, to)| (*from..=*to).contains(&at));
            let away = away(&ranges);
            let counted = (from + 1..=from + length).filter(|at| is_away(*at)).count();
            prop_assert_eq!(away.between(day(from), day(from + length)), i64::try_from(counted).unwrap());
            let due = (from + 1..).filter(|at| !is_away(*at)).nth(usize::try_from(length - 1).unwrap());
            prop_assert_eq!(Some(away.extend(day(from), day(from + length))), due.map(day));
        }
    }
}
