//! Time for reviews (section 7 of the format): blocks that come again each week, month and quarter.

use crate::features::calendar::item::{Item, Months, Often, When};
use crate::features::calendar::uid::Uids;
use crate::features::review_time::{ReviewTime, Which};
use crate::features::settings::CalendarSettings;
use crate::text::day::{Day, Weekday};

/// The reviews that the settings ask for, the week first.
pub fn reviews(settings: &CalendarSettings, uids: &mut Uids) -> Vec<Item> {
    let weekly = settings.weekly_review.map(|time| {
        let says =
            "A quarter of an hour: who would like a word, promises, the inbox, the days ahead.";
        review(settings, time, Months::Every, "Weekly review", 15, says)
    });
    let monthly = settings.monthly_review.map(|time| {
        let says = "Half an hour: open threads first, then people who have been quiet, then a short list for the month.";
        review(settings, time, Months::Every, "Monthly review", 30, says)
    });
    let quarterly = settings.quarterly_review.map(|time| {
        let says =
            "Three quarters of an hour: how the circles are, and whether each rhythm still fits.";
        review(settings, time, Months::Third, "Quarterly review", 45, says)
    });
    let named = [("weekly", weekly), ("monthly", monthly), ("quarterly", quarterly)];
    let named = named.into_iter().filter_map(|(name, item)| Some((name, item??)));
    named.map(|(name, item)| Item { uid: uids.take("review", &[name]), ..item }).collect()
}

fn review(
    settings: &CalendarSettings,
    time: ReviewTime,
    months: Months,
    summary: &str,
    length: u32,
    says: &str,
) -> Option<Item> {
    let (first, again) = first_and_rule(time, months)?;
    Some(Item {
        uid: String::new(),
        summary: summary.to_owned(),
        description: Some(says.to_owned()),
        category: "Review",
        when: When::Block { first, start: time.minutes, length, again },
        alarms: settings.remind_at.map(|_| 0).into_iter().collect(),
    })
}

/// Reviews begin with the year 2026, whenever they are asked for, so that nothing moves from day to day.
fn first_and_rule(time: ReviewTime, months: Months) -> Option<(Day, Often)> {
    let start = Day::new(2026, 1, 1)?;
    let weekday = time.weekday;
    Some(match time.which {
        Which::Every => (on_or_after(start, weekday), Often::Weekly(weekday)),
        Which::First => (on_or_after(start, weekday), Often::First(weekday, months)),
        Which::Last => {
            let ahead = if months == Months::Every { 1 } else { 3 };
            // The last of a month is a week before the first of the next.
            let last = on_or_after(start.plus_months(ahead), weekday).plus_days(-7);
            (last, Often::Last(weekday, months))
        }
    })
}

fn on_or_after(day: Day, weekday: Weekday) -> Day {
    let ahead = (7 + weekday.number() - day.weekday().number()) % 7;
    day.plus_days(i64::from(ahead))
}
