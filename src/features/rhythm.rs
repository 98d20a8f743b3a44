//! When a rhythm comes round again: the arithmetic of section 4 of the format.
//!
//! Always true here: a due day lies after its anchor, never before the low end of a window, and never on a day away;
//! it depends on nothing but the arguments.

use crate::features::away::AwayDays;
use crate::features::settings::Settings;
use crate::people::cadence::Cadence;
use crate::text::day::Day;
use crate::text::fingerprint::hash;
use crate::text::period::Period;

/// What the settings say about the time of everyone.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    /// Everyone is spread over one rhythm from this day on.
    pub fresh_start: Option<Day>,
    /// Days on which clocks stand still.
    pub away: AwayDays,
}

impl Calendar {
    /// The calendar of `settings`.
    pub fn of(settings: &Settings) -> Calendar {
        Calendar { fresh_start: settings.fresh_start, away: AwayDays::new(&settings.away) }
    }
}

/// What a due day is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// The anchor.
    Anchor(Day),
    /// The fresh start: there is no anchor, or its due day lies before it.
    FreshStart(Day),
    /// Nothing: neither anchor nor fresh start, so the day asked about is the due day.
    Nothing,
}

/// When somebody is due, and how the day comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueDay {
    /// The day.
    pub day: Day,
    /// What it is counted from.
    pub start: Start,
    /// By the calendar alone: the start and the length of the rhythm; of a window its low end; of `seasonal` the
    /// first day of the next season; after a fresh start that day itself.
    pub base: Day,
    /// Days that the stable hash adds to the base (or takes away).
    pub shift: i64,
    /// The fewest and the most days that it may add.
    pub shifts: (i64, i64),
    /// Days away that were added at the end.
    pub away_days: i64,
}

/// The weeks of a season in which a `seasonal` rhythm may fall due.
const SEASON_DAYS: i64 = 8 * 7;

/// The due day of a rhythm with its newest contact (or the making of the note) on `anchor`; `None` for a rhythm that
/// time does not drive. `today` is the due day of somebody with neither anchor nor fresh start.
///
/// The hash moves a plain rhythm by at most a tenth of its length either way (whole days, rounded down), so that
/// people who were met on one day do not all come back on one day. Days away after the anchor and up to the due day
/// are added to it; after a fresh start those from that day on.
pub fn due_day(
    cadence: Cadence,
    anchor: Option<Day>,
    identity: &str,
    today: Day,
    calendar: &Calendar,
) -> Option<DueDay> {
    let typical = cadence.typical_days()?;
    let (away, start) = (&calendar.away, calendar.fresh_start);
    let round = anchor.and_then(|anchor| Round::of(cadence, anchor));
    // After a fresh start most rounds ended before it, and need no hash of their own.
    let round = round.filter(|round| start.is_none_or(|start| round.last(away) >= start));
    let anchored = round.map(|round| round.due(identity, away));
    let anchored = anchored.filter(|due| start.is_none_or(|start| due.day >= start));
    Some(match (anchored, start) {
        (Some(due), _) => due,
        (None, Some(start)) => fresh(start, typical, identity, away),
        (None, None) => now(today),
    })
}

/// A rhythm from one anchor on.
struct Round {
    anchor: Day,
    base: Day,
    shifts: (i64, i64),
}

impl Round {
    fn of(cadence: Cadence, anchor: Day) -> Option<Round> {
        let (base, shifts) = match cadence {
            Cadence::Every(period) => around(period, anchor),
            Cadence::Window(low, high) => {
                let base = low.after(anchor);
                // Clamped months can turn `4w..1mo` around; the low end holds.
                (base, (0, base.days_until(high.after(anchor)).max(0)))
            }
            Cadence::Seasonal => (next_season(anchor), (0, SEASON_DAYS - 1)),
            Cadence::Never | Cadence::OnEvent | Cadence::Later => return None,
        };
        Some(Round { anchor, base, shifts })
    }

    /// The last day that anybody with this rhythm and anchor could be due.
    fn last(&self, away: &AwayDays) -> Day {
        away.extend(self.anchor, self.by_rhythm(self.shifts.1))
    }

    fn due(&self, identity: &str, away: &AwayDays) -> DueDay {
        let Round { anchor, base, shifts } = *self;
        let anchor_text = anchor.iso();
        let hash = hash(&[identity, std::str::from_utf8(&anchor_text).unwrap_or_default()]);
        let shift = shifts.0 + pick(hash, shifts.1 - shifts.0 + 1);
        let by_rhythm = self.by_rhythm(shift);
        let day = away.extend(anchor, by_rhythm);
        let away_days = by_rhythm.days_until(day);
        DueDay { day, start: Start::Anchor(anchor), base, shift, shifts, away_days }
    }

    fn by_rhythm(&self, shift: i64) -> Day {
        // A day of its own even for a rhythm of no length.
        self.base.plus_days(shift).max(self.anchor.plus_days(1))
    }
}

fn around(period: Period, anchor: Day) -> (Day, (i64, i64)) {
    let base = period.after(anchor);
    let tenth = anchor.days_until(base) / 10;
    (base, (-tenth, tenth))
}

fn fresh(start: Day, typical_days: f64, identity: &str, away: &AwayDays) -> DueDay {
    let length = (typical_days.round() as i64).max(1);
    let shift = pick(hash(&[identity]), length);
    let by_rhythm = start.plus_days(shift);
    let day = away.extend(start.plus_days(-1), by_rhythm);
    let away_days = by_rhythm.days_until(day);
    let start_of = Start::FreshStart(start);
    DueDay { day, start: start_of, base: start, shift, shifts: (0, length - 1), away_days }
}

fn now(today: Day) -> DueDay {
    let start = Start::Nothing;
    DueDay { day: today, start, base: today, shift: 0, shifts: (0, 0), away_days: 0 }
}

/// A number from 0 to `count` - 1.
fn pick(hash: u64, count: i64) -> i64 {
    let count = u64::try_from(count).unwrap_or(1).max(1);
    i64::try_from(hash % count).unwrap_or(0)
}

/// The first day of the meteorological season after that of `day`. December belongs to the winter of the next year.
fn next_season(day: Day) -> Day {
    let months_into_season = (day.month() % 3) as i32;
    day.first_of_month().plus_months(3 - months_into_season)
}

#[cfg(test)]
mod tests {
    use crate::features::away::AwayDays;
    use crate::features::rhythm::{Calendar, DueDay, Start, due_day};
    use crate::people::cadence::Cadence;
    use crate::text::day::Day;
    use crate::text::day_range::DayRange;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn due(cadence: &str, anchor: Day, identity: &str) -> DueDay {
        let cadence = Cadence::parse(cadence).unwrap();
        due_day(cadence, Some(anchor), identity, anchor, &Calendar::default()).unwrap()
    }

    /// The base and the first and last day that anybody gets.
    fn check(cadence: &str, anchor: &str, base: &str, first: &str, last: &str) {
        let days = (0..500).map(|number| due(cadence, day(anchor), &format!("people/{number}")));
        let days = days.collect::<Vec<_>>();
        let (least, most) =
            (days.iter().map(|due| due.day).min(), days.iter().map(|due| due.day).max());
        assert!(days.iter().all(|due| due.base == day(base)), "{cadence} after {anchor}");
        assert_eq!((least, most), (Some(day(first)), Some(day(last))), "{cadence} after {anchor}");
    }

    #[test]
    fn plain_rhythms_move_by_at_most_a_tenth() {
        check("daily", "2026-11-21", "2026-11-22", "2026-11-22", "2026-11-22");
        check("weekly", "2026-11-21", "2026-11-28", "2026-11-28", "2026-11-28");
        check("biweekly", "2026-11-01", "2026-11-15", "2026-11-14", "2026-11-16");
        check("monthly", "2026-10-12", "2026-11-12", "2026-11-09", "2026-11-15");
        check("yearly", "2026-01-01", "2027-01-01", "2026-11-26", "2027-02-06");
    }

    #[test]
    fn months_are_clamped() {
        check("monthly", "2026-01-31", "2026-02-28", "2026-02-26", "2026-03-02");
        check("yearly", "2024-02-29", "2025-02-28", "2025-01-23", "2025-04-05");
        check("1-2 months", "2026-12-31", "2027-01-31", "2027-01-31", "2027-02-28");
        // The low end is 2 March, the high end 28 February: the low end holds.
        check("30d..1mo", "2026-01-31", "2026-03-02", "2026-03-02", "2026-03-02");
    }

    #[test]
    fn a_window_uses_all_its_days() {
        check("2-3 weeks", "2026-11-01", "2026-11-15", "2026-11-15", "2026-11-22");
    }

    #[test]
    fn once_in_each_season() {
        check("seasonal", "2026-11-30", "2026-12-01", "2026-12-01", "2027-01-25");
        check("seasonal", "2026-12-01", "2027-03-01", "2027-03-01", "2027-04-25");
        check("seasonal", "2027-02-28", "2027-03-01", "2027-03-01", "2027-04-25");
        check("seasonal", "2027-03-01", "2027-06-01", "2027-06-01", "2027-07-26");
    }

    #[test]
    fn a_fresh_start_spreads_everyone_over_one_rhythm() {
        let calendar = Calendar { fresh_start: Some(day("2026-11-01")), ..Calendar::default() };
        let monthly = Cadence::parse("monthly").unwrap();
        for anchor in [None, Some(day("2020-01-01"))] {
            let mut days = (0..500)
                .filter_map(|number| {
                    due_day(
                        monthly,
                        anchor,
                        &format!("people/{number}"),
                        day("2026-11-21"),
                        &calendar,
                    )
                })
                .map(|due| due.day)
                .collect::<Vec<_>>();
            days.sort_unstable();
            days.dedup();
            let month = (0..30).map(|at| day("2026-11-01").plus_days(at)).collect::<Vec<_>>();
            assert_eq!(days, month);
        }
        let recent =
            due_day(monthly, Some(day("2026-10-20")), "people/a", day("2026-11-21"), &calendar);
        assert!(matches!(recent, Some(DueDay { start: Start::Anchor(_), .. })));
    }

    #[test]
    fn nothing_to_count_from_is_due_now() {
        let weekly = Cadence::parse("weekly").unwrap();
        let today = day("2026-11-21");
        let due = due_day(weekly, None, "people/a", today, &Calendar::default()).unwrap();
        assert_eq!((due.day, due.start), (today, Start::Nothing));
    }

    #[test]
    fn time_does_not_drive_every_rhythm() {
        for cadence in [Cadence::Never, Cadence::Later, Cadence::OnEvent] {
            let today = day("2026-11-21");
            assert_eq!(
                due_day(cadence, Some(today), "people/a", today, &Calendar::default()),
                None
            );
        }
    }

    #[test]
    fn days_away_extend_the_due_day() {
        let range = DayRange::parse("2026-12-20..2027-01-05").unwrap();
        let away = crate::features::away::AwayDays::new(&[range]);
        let calendar = Calendar { away, ..Calendar::default() };
        let weekly = Cadence::parse("weekly").unwrap();
        let due = |anchor: &str| {
            due_day(weekly, Some(day(anchor)), "people/a", day(anchor), &calendar).unwrap()
        };
        assert_eq!(due("2026-12-12").day, day("2026-12-19"));
        assert_eq!(due("2026-12-13").day, day("2027-01-06"));
        assert_eq!(due("2026-12-13").away_days, 17);
        assert_eq!(due("2027-01-03").day, day("2027-01-12"));
    }

    fn cadences() -> impl Strategy<Value = String> {
        let unit = prop::sample::select(vec!["d", "w", "mo", "y"]);
        let plain = (1u32..30, unit.clone()).prop_map(|(count, unit)| format!("{count}{unit}"));
        let window = (1u32..30, 0u32..9, unit)
            .prop_map(|(low, more, unit)| format!("{low}-{}{unit}", low + more));
        prop_oneof![plain, window, Just("seasonal".to_owned())]
    }

    fn anchors() -> impl Strategy<Value = Day> {
        (0i64..40_000).prop_map(|number| Day::new(1970, 1, 1).unwrap().plus_days(number))
    }

    proptest! {
        #[test]
        fn never_before_the_low_end_and_never_a_tenth_away(
            text in cadences(),
            anchor in anchors(),
            identity in "[a-z]{1,8}",
        ) {
            let cadence = Cadence::parse(&text).unwrap();
            let due = due(&text, anchor, &identity);
            prop_assert!(due.day > anchor);
            match cadence {
                Cadence::Window(low, high) => {
                    prop_assert!(due.day >= low.after(anchor));
                    prop_assert!(due.day <= high.after(anchor).max(low.after(anchor)));
                }
                Cadence::Every(period) => {
                    let length = anchor.days_until(period.after(anchor));
                    let off = period.after(anchor).days_until(due.day).abs();
                    prop_assert!(off * 10 <= length, "{off} of {length}");
                }
                _ => prop_assert!(due.day.month() != anchor.month() || due.day.year() > anchor.year()),
            }
        }

        #[test]
        fn what_a_fresh_start_passes_over_is_what_ended_before_it(
            text in cadences(),
            anchor in anchors(),
            after in 0i64..800,
            away in proptest::collection::vec((0i64..800, 0i64..60), 0..4),
            identity in "[a-z]{1,8}",
        ) {
            let range = |(from, days): &(i64, i64)| {
                let from = anchor.plus_days(*from);
                DayRange { from, to: from.plus_days(*days) }
            };
            let away = AwayDays::new(&away.iter().map(range).collect::<Vec<_>>());
            let start = anchor.plus_days(after);
            let cadence = Cadence::parse(&text).unwrap();
            let due = |fresh_start, anchor| {
                let calendar = Calendar { fresh_start, away: away.clone() };
                due_day(cadence, anchor, &identity, start, &calendar).unwrap()
            };
            let anchored = due(None, Some(anchor));
            let fresh = due(Some(start), None);
            let expected = if anchored.day < start { fresh } else { anchored };
            prop_assert_eq!(due(Some(start), Some(anchor)), expected);
        }

        // The day itself is not monotone: a later contact draws a new shift. What the calendar alone says is.
        #[test]
        fn a_later_contact_never_brings_the_rhythm_forward(
            text in cadences(),
            anchor in anchors(),
            later in 1i64..400,
            identity in "[a-z]{1,8}",
        ) {
            let first = due(&text, anchor, &identity);
            let second = due(&text, anchor.plus_days(later), &identity);
            let range = |due: DueDay| {
                (due.base.plus_days(due.shifts.0), due.base, due.base.plus_days(due.shifts.1))
            };
            let (first, second) = (range(first), range(second));
            prop_assert!(first.1 <= second.1);
            // A tenth of a shorter month is a day less.
            prop_assert!(first.0 <= second.0.plus_days(1) && first.2 <= second.2.plus_days(1));
        }

        #[test]
        fn a_due_day_never_lies_on_a_day_away(
            text in cadences(),
            anchor in 0i64..400,
            ranges in prop::collection::vec((0i64..800, 0i64..40), 0..5),
            fresh in prop::option::of(0i64..800),
        ) {
            let at = |number| day("2026-01-01").plus_days(number);
            let ranges = ranges.iter().filter_map(|(from, more)| DayRange::new(at(*from), at(from + more)));
            let ranges = ranges.collect::<Vec<_>>();
            let away = crate::features::away::AwayDays::new(&ranges);
            let calendar = Calendar { fresh_start: fresh.map(at), away };
            let cadence = Cadence::parse(&text).unwrap();
            let due = due_day(cadence, Some(at(anchor)), "people/a", at(0), &calendar).unwrap();
            prop_assert!(!ranges.iter().any(|range| range.contains(due.day)));
            prop_assert!(fresh.is_none_or(|fresh| due.day >= at(fresh)));
        }
    }
}
