//! What day and what time it is. The only place that asks the clocks.

use crate::text::day::Day;
use chrono::{
    DateTime, Datelike, Days, Local, MappedLocalTime, NaiveDate, NaiveDateTime, Offset,
    SecondsFormat, TimeDelta, TimeZone, Timelike,
};
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

/// One look at the clocks of this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hands {
    /// The time since a moment before that stays the same. It never goes back; on some systems it stands still while
    /// the machine sleeps.
    pub running: Duration,
    /// The time since 1970 as the clock on the wall has it, which people and servers set forth and back.
    pub wall: Duration,
    local: NaiveDateTime,
}

impl Hands {
    /// Hands that show `minutes` after midnight of `date` here, for tests.
    pub fn new(running: Duration, wall: Duration, date: Day, minutes: u32) -> Hands {
        let date = NaiveDate::from_ymd_opt(date.year(), date.month(), date.day_of_month());
        let midnight = date.unwrap_or_default().and_time(chrono::NaiveTime::MIN);
        let local = midnight.checked_add_signed(TimeDelta::minutes(i64::from(minutes)));
        Hands { running, wall, local: local.unwrap_or(midnight) }
    }

    /// The day that it is here, when days begin `day_starts_at` minutes after midnight.
    pub fn day(&self, day_starts_at: u32) -> Day {
        day_at(self.local, day_starts_at)
    }
}

/// A clock that runs from the moment in which it was made.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    start: Instant,
}

impl Clock {
    /// Starts one.
    pub fn start() -> Clock {
        Clock { start: Instant::now() }
    }

    /// What it shows now.
    pub fn hands(&self) -> Hands {
        let wall = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Hands { running: self.start.elapsed(), wall, local: never_back(&Local::now()) }
    }
}

/// The seconds since 1970, as the clock on the wall has them now.
pub fn now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// A moment, in seconds since 1970, as it is written here: `2026-11-21T07:00:00+01:00` (RFC 3339).
pub fn stamp(seconds: u64) -> String {
    let moment =
        i64::try_from(seconds).ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    let here = moment.unwrap_or_default().with_timezone(&Local);
    here.to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// How long ago the text of a file was changed, by its time stamp; nothing where that is unknown or still to come.
pub fn age_of(file: &Path) -> Option<Duration> {
    let changed = file.metadata().ok()?.modified().ok()?;
    SystemTime::now().duration_since(changed).ok()
}

/// The day that it is here, when days begin `day_starts_at` minutes after midnight: before that it is still yesterday.
/// Judged by the hands of the local clock, so a change to or from summer time moves nothing; and what has begun stays
/// begun in an hour that comes twice.
pub fn today(day_starts_at: u32) -> Day {
    day_at(never_back(&Local::now()), day_starts_at)
}

/// What the clock here shows, but for the hours that it shows a second time in the night in which it is set back: for
/// these the last moment that it showed before. So it never goes back.
fn never_back<Zone: TimeZone>(now: &DateTime<Zone>) -> NaiveDateTime {
    let local = now.naive_local();
    let minute = local.with_second(0).and_then(|local| local.with_nanosecond(0)).unwrap_or(local);
    let is_second = |minute: NaiveDateTime| match now.timezone().from_local_datetime(&minute) {
        MappedLocalTime::Ambiguous(first, _) => now.offset().fix() != first.offset().fix(),
        _ => false,
    };
    // The clock is set back by a day at the very most.
    let hours = (0..24 * 60).map(|later| minute.checked_add_signed(TimeDelta::minutes(later)));
    match hours.map_while(|minute| minute.filter(|minute| is_second(*minute))).last() {
        Some(last) => last.with_second(59).unwrap_or(last),
        None => local,
    }
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
    use crate::effects::clock::{Clock, Hands, age_of, day_at, never_back, stamp, today};
    use crate::text::day::Day;
    use chrono::{
        DateTime, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, TimeDelta, TimeZone,
    };
    use std::path::Path;
    use std::time::Duration;

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

    /// A place where the clocks change once: at a moment (UTC), from one offset (in minutes) to another.
    #[derive(Debug, Clone, Copy)]
    struct Place {
        change: NaiveDateTime,
        before: i32,
        after: i32,
    }

    impl Place {
        fn new((date, minutes): ((i32, u32, u32), u32), before: i32, after: i32) -> Place {
            let date = NaiveDate::from_ymd_opt(date.0, date.1, date.2).unwrap();
            let change = date.and_hms_opt(minutes / 60, minutes % 60, 0).unwrap();
            Place { change, before, after }
        }

        fn offset(minutes: i32) -> FixedOffset {
            FixedOffset::east_opt(minutes * 60).unwrap()
        }
    }

    impl TimeZone for Place {
        type Offset = PlaceOffset;

        fn from_offset(offset: &PlaceOffset) -> Place {
            offset.place
        }

        fn offset_from_local_date(&self, date: &NaiveDate) -> MappedLocalTime<PlaceOffset> {
            self.offset_from_local_datetime(&date.and_hms_opt(12, 0, 0).unwrap())
        }

        fn offset_from_local_datetime(
            &self,
            local: &NaiveDateTime,
        ) -> MappedLocalTime<PlaceOffset> {
            let utc = |minutes: i32| *local - TimeDelta::minutes(i64::from(minutes));
            let first = utc(self.before) < self.change;
            let second = utc(self.after) >= self.change;
            let offset = |minutes| PlaceOffset { place: *self, offset: Place::offset(minutes) };
            match (first, second) {
                (true, true) => MappedLocalTime::Ambiguous(offset(self.before), offset(self.after)),
                (true, false) => MappedLocalTime::Single(offset(self.before)),
                (false, true) => MappedLocalTime::Single(offset(self.after)),
                (false, false) => MappedLocalTime::None,
            }
        }

        fn offset_from_utc_date(&self, date: &NaiveDate) -> PlaceOffset {
            self.offset_from_utc_datetime(&date.and_hms_opt(12, 0, 0).unwrap())
        }

        fn offset_from_utc_datetime(&self, utc: &NaiveDateTime) -> PlaceOffset {
            let minutes = if *utc < self.change { self.before } else { self.after };
            PlaceOffset { place: *self, offset: Place::offset(minutes) }
        }
    }

    #[derive(Debug, Clone, Copy)]
    struct PlaceOffset {
        place: Place,
        offset: FixedOffset,
    }

    impl chrono::Offset for PlaceOffset {
        fn fix(&self) -> FixedOffset {
            self.offset
        }
    }

    /// The days in the order in which the clock there turns them, over four days around the change.
    fn turned(place: Place, day_starts_at: u32) -> Vec<Day> {
        let minutes = (-2 * 1440..2 * 1440).map(|minute| place.change + TimeDelta::minutes(minute));
        let mut days = minutes
            .map(|utc| day_at(never_back(&place.from_utc_datetime(&utc)), day_starts_at))
            .collect::<Vec<_>>();
        days.dedup();
        days
    }

    #[test]
    fn each_day_comes_once_where_clocks_change() {
        let places = [
            // Lisbon and New York, forth and back; Lord Howe by half an hour; Asunción and Havana at midnight; the
            // Azores back to midnight; Apia and Kwajalein left a whole day out.
            Place::new(((2026, 3, 29), 60), 0, 60),
            Place::new(((2026, 10, 25), 60), 60, 0),
            Place::new(((2026, 3, 8), 7 * 60), -300, -240),
            Place::new(((2026, 11, 1), 6 * 60), -240, -300),
            Place::new(((2026, 10, 3), 15 * 60 + 30), 630, 660),
            Place::new(((2026, 4, 4), 15 * 60), 660, 630),
            Place::new(((2023, 10, 1), 4 * 60), -240, -180),
            Place::new(((2024, 3, 24), 3 * 60), -180, -240),
            Place::new(((2026, 11, 1), 5 * 60), -240, -300),
            Place::new(((2026, 10, 25), 60), 0, -60),
            Place::new(((2011, 12, 30), 10 * 60), -600, 840),
        ];
        for place in places {
            for day_starts_at in [0, 30, 60, 90, 120, 150, 180, 210, 240, 11 * 60 + 59] {
                let days = turned(place, day_starts_at);
                let left_out = usize::from(place.after - place.before > 720);
                assert!(days.len() + left_out >= 4, "{place:?}, {day_starts_at}: {days:?}");
                assert!(days.is_sorted(), "{place:?}, {day_starts_at}: {days:?}");
                if left_out == 0 {
                    let next = |pair: &[Day]| pair[0].plus_days(1) == pair[1];
                    assert!(days.windows(2).all(next), "{place:?}, {day_starts_at}: {days:?}");
                }
            }
        }
    }

    #[test]
    fn an_hour_that_comes_twice_is_shown_once() {
        let lisbon = Place::new(((2026, 10, 25), 60), 60, 0);
        let shown = |minutes: i64| {
            let utc = lisbon.change + TimeDelta::minutes(minutes);
            never_back(&lisbon.from_utc_datetime(&utc)).format("%H:%M:%S").to_string()
        };
        assert_eq!([shown(-60), shown(-1)], ["01:00:00", "01:59:00"]);
        assert_eq!([shown(0), shown(30), shown(59)], ["01:59:59"; 3]);
        assert_eq!([shown(60), shown(61)], ["02:00:00", "02:01:00"]);
    }

    #[test]
    fn a_clock_that_is_centuries_wrong_gives_a_day() {
        check((1601, 1, 1), (12, 0), 240, "1800-01-01");
        check((9999, 1, 1), (12, 0), 240, "2200-12-31");
        assert!(today(240).year() >= 1800);
    }

    #[test]
    fn hands_tell_the_day_as_the_clock_here_does() {
        let night = Day::parse("2026-11-21").unwrap();
        let hands = |minutes| Hands::new(Duration::ZERO, Duration::ZERO, night, minutes);
        assert_eq!(hands(239).day(240).to_string(), "2026-11-20");
        assert_eq!(hands(240).day(240).to_string(), "2026-11-21");
        assert_eq!(Clock::start().hands().day(240), today(240));
    }

    #[test]
    fn a_stamp_names_one_moment_wherever_it_is_written() {
        for seconds in [0, 1_795_000_000] {
            let read = DateTime::parse_from_rfc3339(&stamp(seconds)).unwrap();
            assert_eq!(u64::try_from(read.timestamp()).unwrap(), seconds);
        }
        assert!(stamp(u64::MAX).starts_with("19"));
    }

    #[test]
    fn a_file_that_is_not_there_has_no_age() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(age_of(file.path()).unwrap() < Duration::from_secs(600));
        assert_eq!(age_of(Path::new("/no/such/file")), None);
    }
}
