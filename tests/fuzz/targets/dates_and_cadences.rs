//! Dates, lengths of time, rhythms and schedules: reading never panics, and what is shown reads back.

#![no_main]

use libfuzzer_sys::fuzz_target;
use ties::people::cadence::Cadence;
use ties::people::decode_habit::parse_schedule;
use ties::text::day::Day;
use ties::text::day_range::DayRange;
use ties::text::partial_date::{LooseDate, Spelling};
use ties::text::period::Period;
use ties::text::when::{self, Direction};

fuzz_target!(|text: &str| {
    if let Ok((date, _)) = LooseDate::parse(text) {
        assert_eq!(LooseDate::parse(&date.to_string()), Ok((date, Spelling::Iso)));
        assert!(date.earliest() <= date.latest());
    }
    if let Some(day) = Day::parse(text) {
        assert_eq!(Day::parse(&day.to_string()), Some(day));
        check_arithmetic(day);
    }
    if let Some(period) = Period::parse(text) {
        assert_eq!(Period::parse(&period.to_string()), Some(period));
        let _ = Day::new(2026, 11, 21).map(|day| assert!(period.after(day) >= day));
    }
    if let Some(cadence) = Cadence::parse(text) {
        assert!(Cadence::parse(&cadence.to_string()).is_some() || !cadence.to_string().is_empty());
        assert!(cadence.typical_days().is_none_or(|days| days > 0.0));
    }
    if let Some(range) = DayRange::parse(text) {
        assert!(range.days() >= 1);
        assert_eq!(DayRange::parse(&range.to_string()), Some(range));
    }
    let _ = parse_schedule(text);
    [(2026, 11, 21), (2028, 2, 29), (1800, 1, 1), (2200, 12, 31)]
        .into_iter()
        .filter_map(|(year, month, day)| Day::new(year, month, day))
        .for_each(|today| check_when(text, today));
});

fn check_arithmetic(day: Day) {
    for months in [-4_801, -12, -1, 0, 1, 12, 4_801] {
        let moved = day.plus_months(months);
        assert!((1800..=2200).contains(&moved.year()));
    }
}

fn check_when(text: &str, today: Day) {
    for direction in [Direction::Past, Direction::Future] {
        if let Ok(day) = when::parse(text, today, direction) {
            let again = when::parse(&day.to_string(), today, direction);
            assert_eq!(again.ok(), Some(day), "{text:?} on {today}");
        }
        if let Some((_, length)) = when::parse_prefix(text, today, direction) {
            assert!(text.is_char_boundary(length) && length <= text.len());
        }
    }
}
