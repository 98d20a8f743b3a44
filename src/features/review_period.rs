//! What a review is about: a week, a month or a quarter; the name of its file; when there is time for it.

use crate::features::review_time::{ReviewTime, Which};
use crate::features::settings::CalendarSettings;
use crate::note::path::NotePath;
use crate::text::day::{Day, Weekday};

/// How much a review looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReviewKind {
    /// A week, from its Monday; a quarter of an hour.
    Weekly,
    /// A month; half an hour.
    Monthly,
    /// A quarter of a year; three quarters of an hour.
    Quarterly,
}

/// All kinds, the shortest first.
pub const KINDS: [ReviewKind; 3] = [ReviewKind::Weekly, ReviewKind::Monthly, ReviewKind::Quarterly];

impl ReviewKind {
    /// `weekly`
    pub fn word(self) -> &'static str {
        match self {
            ReviewKind::Weekly => "weekly",
            ReviewKind::Monthly => "monthly",
            ReviewKind::Quarterly => "quarterly",
        }
    }

    /// For so many days after its day there is still time for it.
    fn grace(self) -> i64 {
        match self {
            ReviewKind::Weekly => 3,
            ReviewKind::Monthly => 7,
            ReviewKind::Quarterly => 14,
        }
    }

    fn time(self, settings: &CalendarSettings) -> Option<ReviewTime> {
        match self {
            ReviewKind::Weekly => settings.weekly_review,
            ReviewKind::Monthly => settings.monthly_review,
            ReviewKind::Quarterly => settings.quarterly_review,
        }
    }

    /// The newest day up to `today` on which the settings have time for such a review.
    pub fn newest_time(self, settings: &CalendarSettings, today: Day) -> Option<Day> {
        let time = self.time(settings)?;
        let of = |day: Day| time_in(time, Period::of(self, day));
        let now = of(today);
        Some(if now <= today { now } else { of(Period::of(self, today).from.plus_days(-1)) })
    }

    /// The newest day up to `today` that the settings have for such a review, where there still is time for it.
    pub fn due(self, settings: &CalendarSettings, today: Day) -> Option<Day> {
        let newest = self.newest_time(settings, today)?;
        (newest.days_until(today) <= self.grace()).then_some(newest)
    }

    /// What such a review is about on `today`: the period whose day has come, while there still is time for it, else
    /// the one that `today` is in.
    pub fn current(self, settings: &CalendarSettings, today: Day) -> Period {
        Period::of(self, self.due(settings, today).unwrap_or(today))
    }
}

/// The day of a review in `period`.
fn time_in(time: ReviewTime, period: Period) -> Day {
    match (time.which, period.kind) {
        (Which::Last, ReviewKind::Monthly | ReviewKind::Quarterly) => {
            on_or_after(period.to.plus_days(-6), time.weekday)
        }
        _ => on_or_after(period.from, time.weekday),
    }
}

fn on_or_after(day: Day, weekday: Weekday) -> Day {
    let ahead = (7 + weekday.number() - day.weekday().number()) % 7;
    day.plus_days(i64::from(ahead))
}

/// The days that a review is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period {
    /// How many.
    pub kind: ReviewKind,
    /// The first.
    pub from: Day,
    /// The last.
    pub to: Day,
}

impl Period {
    /// The week, month or quarter that `day` is in.
    pub fn of(kind: ReviewKind, day: Day) -> Period {
        let (from, to) = match kind {
            ReviewKind::Weekly => (day.monday(), day.monday().plus_days(6)),
            ReviewKind::Monthly => months(day.first_of_month(), 1),
            ReviewKind::Quarterly => {
                let back = i32::try_from((day.month() - 1) % 3).unwrap_or(0);
                months(day.first_of_month().plus_months(-back), 3)
            }
        };
        Period { kind, from, to }
    }

    /// `2026-W47` (ISO 8601: a week belongs to the year of its Thursday), `2026-11`, `2026-Q4`.
    pub fn name(self) -> String {
        match self.kind {
            ReviewKind::Weekly => {
                let (year, week) = self.from.iso_week();
                format!("{year}-W{week:02}")
            }
            ReviewKind::Monthly => format!("{}-{:02}", self.from.year(), self.from.month()),
            ReviewKind::Quarterly => {
                format!("{}-Q{}", self.from.year(), (self.from.month() - 1) / 3 + 1)
            }
        }
    }

    /// The period that [`Period::name`] names; `None` for any other text.
    pub fn parse(name: &str) -> Option<Period> {
        let (year, part) = name.split_once('-')?;
        let year = year.parse().ok()?;
        let number = |text: &str| text.parse::<u32>().ok();
        let period = if let Some(week) = part.strip_prefix('W') {
            // 4 January is in the first week of every year.
            let first = Day::new(year, 1, 4)?.monday();
            Period::of(ReviewKind::Weekly, first.plus_days(7 * (i64::from(number(week)?) - 1)))
        } else if let Some(quarter) = part.strip_prefix('Q') {
            let month = number(quarter)?.checked_mul(3)?.checked_sub(2)?;
            Period::of(ReviewKind::Quarterly, Day::new(year, month, 1)?)
        } else {
            Period::of(ReviewKind::Monthly, Day::new(year, number(part)?, 1)?)
        };
        (period.name() == name).then_some(period)
    }

    /// The period of the file at `path`, where that is one of the reviews in `folder`.
    pub fn of_path(path: &NotePath, folder: &str) -> Option<Period> {
        let is_there = path.folder() == folder.trim_end_matches('/');
        is_there.then(|| Period::parse(path.stem())).flatten()
    }

    /// Its file in `folder`.
    pub fn path(self, folder: &str) -> Option<NotePath> {
        NotePath::new(&format!("{}/{}.md", folder.trim_end_matches('/'), self.name()))
    }

    /// `Week 47, 16 to 22 November 2026`, `November 2026`, `October to December 2026`.
    pub fn title(self) -> String {
        let Period { kind, from, to } = self;
        let (first, last) = (from.month_name(), to.month_name());
        let days = |from: Day, shown: &str| format!("{} {shown}", from.day_of_month());
        match kind {
            ReviewKind::Monthly => format!("{first} {}", from.year()),
            ReviewKind::Quarterly => format!("{first} to {last} {}", from.year()),
            ReviewKind::Weekly => {
                let end = format!("{} {}", days(to, last), to.year());
                let start = match (from.month() == to.month(), from.year() == to.year()) {
                    (true, _) => from.day_of_month().to_string(),
                    (false, true) => days(from, first),
                    (false, false) => format!("{} {}", days(from, first), from.year()),
                };
                format!("Week {}, {start} to {end}", from.iso_week().1)
            }
        }
    }

    /// Whether `day` is in it.
    pub fn contains(self, day: Day) -> bool {
        (self.from..=self.to).contains(&day)
    }
}

fn months(first: Day, count: i32) -> (Day, Day) {
    (first, first.plus_months(count).plus_days(-1))
}

#[cfg(test)]
mod tests {
    use crate::features::review_period::{KINDS, Period, ReviewKind};
    use crate::features::review_time::ReviewTime;
    use crate::features::sample::day;
    use crate::features::settings::CalendarSettings;
    use crate::text::day::Day;
    use proptest::prelude::*;

    fn check(kind: ReviewKind, on: &str, expected: &str) {
        let period = Period::of(kind, day(on));
        let shown = format!("{} {}..{} {}", period.name(), period.from, period.to, period.title());
        assert_eq!(shown, expected);
    }

    #[test]
    fn files_are_named_after_weeks_months_and_quarters() {
        use ReviewKind::{Monthly, Quarterly, Weekly};
        check(
            Weekly,
            "2026-11-21",
            "2026-W47 2026-11-16..2026-11-22 Week 47, 16 to 22 November 2026",
        );
        check(
            Weekly,
            "2026-12-01",
            "2026-W49 2026-11-30..2026-12-06 Week 49, 30 November to 6 December 2026",
        );
        check(
            Weekly,
            "2027-01-03",
            "2026-W53 2026-12-28..2027-01-03 Week 53, 28 December 2026 to 3 January 2027",
        );
        check(Weekly, "2027-01-04", "2027-W01 2027-01-04..2027-01-10 Week 1, 4 to 10 January 2027");
        check(Monthly, "2026-11-21", "2026-11 2026-11-01..2026-11-30 November 2026");
        check(Quarterly, "2026-11-21", "2026-Q4 2026-10-01..2026-12-31 October to December 2026");
        check(Quarterly, "2027-01-01", "2027-Q1 2027-01-01..2027-03-31 January to March 2027");
    }

    #[test]
    fn other_names_are_no_reviews() {
        for odd in [
            "",
            "2026",
            "2026-W",
            "2026-W54",
            "2026-W00",
            "2026-w47",
            "2026-W047",
            "2026-Q5",
            "2026-13",
            "2026-1",
            "2026-11-21",
            "notes",
        ] {
            assert_eq!(Period::parse(odd), None, "{odd}");
        }
        // 2025 has 52 weeks, 2026 has 53.
        assert!(Period::parse("2025-W53").is_none() && Period::parse("2026-W53").is_some());
    }

    #[test]
    fn there_is_time_for_a_review_on_its_day_and_some_days_after() {
        let settings = CalendarSettings::default();
        let current = |kind: ReviewKind, on: &str| kind.current(&settings, day(on)).name();
        assert_eq!(current(ReviewKind::Weekly, "2026-11-21"), "2026-W47");
        assert_eq!(current(ReviewKind::Weekly, "2026-11-22"), "2026-W47");
        assert_eq!(current(ReviewKind::Weekly, "2026-11-25"), "2026-W47");
        assert_eq!(current(ReviewKind::Weekly, "2026-11-26"), "2026-W48");
        assert_eq!(current(ReviewKind::Monthly, "2026-11-28"), "2026-11");
        assert_eq!(current(ReviewKind::Monthly, "2026-12-05"), "2026-11");
        assert_eq!(current(ReviewKind::Monthly, "2026-12-06"), "2026-12");
        assert_eq!(current(ReviewKind::Quarterly, "2027-01-09"), "2026-Q4");
        let due = |kind: ReviewKind, on: &str| {
            kind.due(&settings, day(on)).map_or("-".to_owned(), |day| day.to_string())
        };
        assert_eq!(due(ReviewKind::Weekly, "2026-11-21"), "-");
        assert_eq!(due(ReviewKind::Weekly, "2026-11-23"), "2026-11-22");
        assert_eq!(due(ReviewKind::Monthly, "2026-11-28"), "2026-11-28");
        assert_eq!(due(ReviewKind::Quarterly, "2026-12-27"), "2026-12-27");
        let first = CalendarSettings {
            weekly_review: None,
            quarterly_review: ReviewTime::parse("first sunday 18:00"),
            ..settings
        };
        assert_eq!(ReviewKind::Weekly.due(&first, day("2026-11-22")), None);
        assert_eq!(ReviewKind::Weekly.current(&first, day("2026-11-23")).name(), "2026-W48");
        assert_eq!(
            ReviewKind::Quarterly.newest_time(&first, day("2026-11-22")),
            Some(day("2026-10-04"))
        );
    }

    proptest! {
        #[test]
        fn a_name_leads_back_to_its_days(number in -60_000i64..80_000) {
            let on = Day::new(1970, 1, 1).unwrap().plus_days(number);
            for kind in KINDS {
                let period = Period::of(kind, on);
                prop_assert!(period.contains(on));
                prop_assert_eq!(Period::parse(&period.name()), Some(period));
                let next = Period::of(kind, period.to.plus_days(1));
                prop_assert!(next.from == period.to.plus_days(1) && next.name() > period.name());
            }
        }
    }
}
