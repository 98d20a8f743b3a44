//! What day it is. The only place that asks the clock.

use crate::text::day::Day;
use chrono::{Datelike, Days, Local, NaiveDate, NaiveDateTime, Timelike};

/// The day that it is here, when days begin `day_starts_at` minutes after midnight: before that it is still yesterday.
/// Judged by the hands of the local clock, so a change to or from summer time moves nothing.
pub fn today(day_starts_at: u32) -> Day {
    day_at(Local::now().naive_local(), day_starts_at)
}

fn day_at(now: NaiveDateTime, day_starts_at: u32) -> Day {
    let minutes = now.hour() * 60 + now.minute();
    let date = if minutes < day_starts_at { day_before(now.date()) } else { now.date() };
    // A clock that is centuries wrong still gives a day.
    Day::from_chrono(date).unwrap_or(if date.year() < 1800 { Day::first() } else { Day::last() })
}

fn day_before(date: NaiveDate) -> NaiveDate {
    date.checked_sub_days(Days::new(1)).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use crate::effects::clock::{day_at, today};
    use chrono::NaiveDate;

    fn check(date: (i32, u32, u32), time: (u32, u32), day_starts_at: u32, expected: &str) {
        let date = NaiveDate::from_ymd_opt(date.0, date.1, date.2).unwrap();
        let now = date.and_hms_opt(time.0, time.1, 59).unwrap();
        assert_eq!(day_at(now, day_starts_at).to_string(), expected);
    }

    #[test]
    fn the_small_hours_belong_to_yesterday() {
        check((2026, 11, 21), (3, 59), 240, "2026-11-20");
        check((2026, 11, 21), (4, 0), 240, "2026-11-21");
        check((2026, 1, 1), (0, 0), 240, "2025-12-31");
        check((2026, 1, 1), (0, 0), 0, "2026-01-01");
    }

    #[test]
    fn the_days_without_a_midnight_are_days() {
        // Clocks in Asunción went from 0:00 to 1:00 that night.
        check((2023, 10, 1), (1, 0), 0, "2023-10-01");
        check((2023, 10, 1), (1, 0), 240, "2023-09-30");
    }

    #[test]
    fn a_clock_that_is_centuries_wrong_gives_a_day() {
        check((1601, 1, 1), (12, 0), 240, "1800-01-01");
        check((9999, 1, 1), (12, 0), 240, "2200-12-31");
        assert!(today(240).year() >= 1800);
    }
}
