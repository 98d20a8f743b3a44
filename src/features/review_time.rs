//! When there is time for a review, as settings say it: `sunday 18:00`, `last saturday 10:00`.

use crate::text::day::{WEEKDAYS, Weekday};
use std::fmt;

/// Which of the days of the week in a span of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Each.
    Every,
    /// The first of the month.
    First,
    /// The last of the month.
    Last,
}

/// A time that comes round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewTime {
    /// Which of the days.
    pub which: Which,
    /// The day of the week.
    pub weekday: Weekday,
    /// Minutes after midnight, 0 to 1,439.
    pub minutes: u32,
}

impl ReviewTime {
    /// `sunday 18:00`: each week. Days by their English names or the first three letters.
    pub fn parse_weekly(text: &str) -> Option<ReviewTime> {
        let (day, time) = text.trim().split_once(' ')?;
        let weekday = weekday(day)?;
        Some(ReviewTime { which: Which::Every, weekday, minutes: clock_time(time.trim())? })
    }

    /// `first sunday 18:00`, `last sat 10:00`: once in a month.
    pub fn parse(text: &str) -> Option<ReviewTime> {
        let (which, rest) = text.trim().split_once(' ')?;
        let which = match which.to_ascii_lowercase().as_str() {
            "first" => Which::First,
            "last" => Which::Last,
            _ => return None,
        };
        ReviewTime::parse_weekly(rest).map(|time| ReviewTime { which, ..time })
    }
}

impl fmt::Display for ReviewTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.which {
            Which::Every => "",
            Which::First => "first ",
            Which::Last => "last ",
        })?;
        let weekday = self.weekday.name().to_ascii_lowercase();
        write!(formatter, "{weekday} {}", shown_time(self.minutes))
    }
}

fn weekday(word: &str) -> Option<Weekday> {
    let word = word.to_ascii_lowercase();
    let is_meant = |name: String| name == word || name.get(..3) == Some(&word);
    WEEKDAYS.into_iter().find(|weekday| is_meant(weekday.name().to_ascii_lowercase()))
}

/// Minutes after midnight of `18:00`, two digits each; `None` for anything else.
pub fn clock_time(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once(':')?;
    let number = |part: &str| {
        let fits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| part.parse::<u32>().ok()).flatten()
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// `18:00`.
pub fn shown_time(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use crate::features::review_time::ReviewTime;

    #[test]
    fn times_are_read_and_shown() {
        let shown = |time: Option<ReviewTime>| time.map(|time| time.to_string());
        let weekly = |text: &str| shown(ReviewTime::parse_weekly(text));
        let monthly = |text: &str| shown(ReviewTime::parse(text));
        assert_eq!(weekly(" Sun 18:00"), Some("sunday 18:00".to_owned()));
        assert_eq!(weekly("wednesday  00:59"), Some("wednesday 00:59".to_owned()));
        assert_eq!(monthly("LAST sat 10:00"), Some("last saturday 10:00".to_owned()));
        assert_eq!(monthly("first mon 23:59"), Some("first monday 23:59".to_owned()));
        for odd in ["sun", "sun 24:00", "su 10:00", "sun 1:00", "sun +1:00", "", "first sun 10:00"]
        {
            assert_eq!(weekly(odd), None, "{odd}");
        }
        for odd in ["sun 10:00", "second sun 10:00", "last sun", "last"] {
            assert_eq!(monthly(odd), None, "{odd}");
        }
    }
}
