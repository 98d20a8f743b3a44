//! When a tie held: what stands in parentheses after its link, `"[[Bo]] (2015-2019)"`.

use crate::text::day::Day;
use crate::text::partial_date::LooseDate;
use serde::{Deserialize, Serialize};

/// From when to when a tie held, as far as the note says. Both dates have a year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TieTime {
    /// When it began; of an introduction, when it was.
    pub since: Option<LooseDate>,
    /// When it was over.
    pub until: Option<LooseDate>,
}

/// No label that tells a time is longer.
const LONGEST: usize = 64;

impl TieTime {
    /// Reads a label: `2015`, `since 2015`, `until 2019`, `2015-2019`, `2015-03..2019-06-01`, `2015/2019`, `2015 to 2019`,
    /// `2015 to now`, `2015..`, `..2019`. `None` for any other text.
    pub fn parse(label: &str) -> Option<TieTime> {
        let label = label.trim();
        if label.is_empty() || label.len() > LONGEST {
            return None;
        }
        if let Some(since) = dated(label) {
            return Some(TieTime { since: Some(since), until: None });
        }
        if let Some(until) = after_word(label, &["until", "till"]) {
            return Some(TieTime { since: None, until: Some(dated(until)?) });
        }
        let rest = after_word(label, &["since", "from"]);
        let (since, until) = two_dates(rest.unwrap_or(label));
        match (since, until) {
            (None, None) => dated(rest?).map(|since| TieTime { since: Some(since), until: None }),
            (since, until) => Some(TieTime { since, until }),
        }
    }

    /// Whether a label that cannot be read seems to tell a time: it holds a year, or begins with `until`.
    pub fn is_meant_by(label: &str) -> bool {
        let digits = label.split(|character: char| !character.is_ascii_digit());
        let is_year = |digits: &str| digits.len() == 4 && ("1800".."2201").contains(&digits);
        let mut words = label.split_whitespace();
        let first = words.next().unwrap_or_default().to_lowercase();
        digits.into_iter().any(is_year) || matches!(first.as_str(), "until" | "till")
    }

    /// The date that a value of `since:` or `until:` is; `None` where it is none, or has no year.
    pub fn date(text: &str) -> Option<LooseDate> {
        dated(text)
    }

    /// Whether nothing is said.
    pub fn is_unsaid(self) -> bool {
        self == TieTime::default()
    }

    /// What is said here, and where nothing is, what `other` says.
    pub fn or(self, other: TieTime) -> TieTime {
        TieTime { since: self.since.or(other.since), until: self.until.or(other.until) }
    }

    /// Whether one of the two was over before the other began.
    pub fn is_apart_from(self, other: TieTime) -> bool {
        let is_before = |first: TieTime, last: TieTime| {
            let end = first.until.and_then(LooseDate::latest);
            end.zip(last.since.and_then(LooseDate::earliest))
                .is_some_and(|(end, begin)| end < begin)
        };
        is_before(self, other) || is_before(other, self)
    }

    /// Whether it ends before it begins.
    pub fn is_backwards(self) -> bool {
        let begin = self.since.and_then(LooseDate::earliest);
        let end = self.until.and_then(LooseDate::latest);
        begin.zip(end).is_some_and(|(begin, end)| end < begin)
    }

    /// Whether the tie begins only after `day`; a month or year that has begun may have brought it.
    pub fn is_ahead(self, day: Day) -> bool {
        self.since.and_then(LooseDate::earliest).is_some_and(|first| first > day)
    }

    /// Whether the tie was over before `day`; a month or year that is not over yet is not.
    pub fn is_over(self, day: Day) -> bool {
        self.until.and_then(LooseDate::latest).is_some_and(|last| last < day)
    }
}

fn dated(text: &str) -> Option<LooseDate> {
    let (date, _) = LooseDate::parse(text).ok()?;
    date.earliest().map(|_| date)
}

fn after_word<'a>(label: &'a str, words: &[&str]) -> Option<&'a str> {
    let (first, rest) = label.split_once(' ')?;
    words.iter().any(|word| first.eq_ignore_ascii_case(word)).then_some(rest)
}

/// The two ends of a range; `(None, None)` where it is no range, or where an end is there and is no date.
fn two_dates(text: &str) -> (Option<LooseDate>, Option<LooseDate>) {
    let signs = ["..", "\u{2013}", "\u{2014}", " to ", " until ", " - ", "/", "-"];
    // `2015-03-now` is cut at its last sign.
    let mut ranges =
        signs.iter().filter_map(|sign| text.split_once(sign)).chain(text.rsplit_once('-'));
    let ends = |(from, to): (&str, &str)| {
        let end = |text: &str| match text.trim() {
            "" => Some(None),
            text if is_now(text) => Some(None),
            text => dated(text).map(Some),
        };
        Some((end(from)?, end(to)?)).filter(|(from, to)| from.is_some() || to.is_some())
    };
    ranges.find_map(ends).unwrap_or_default()
}

/// Whether a word for the end of a range says that there is none yet.
pub fn is_now(text: &str) -> bool {
    ["present", "now", "today"].iter().any(|word| text.trim().eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use crate::people::tie_time::TieTime;
    use crate::text::day::Day;
    use proptest::prelude::*;

    fn check(label: &str, expected: &str) {
        let shown = TieTime::parse(label).map_or_else(
            || "none".to_owned(),
            |time| {
                let date = |date: Option<_>| {
                    date.map_or_else(String::new, |date: crate::text::partial_date::LooseDate| {
                        date.to_string()
                    })
                };
                format!("{}..{}", date(time.since), date(time.until))
            },
        );
        assert_eq!(shown, expected, "{label}");
    }

    #[test]
    fn a_label_tells_when() {
        check("2019", "2019..");
        check("since 2015", "2015..");
        check("Since 2015-03", "2015-03..");
        check("from ~2015 to 2019-06-01", "~2015..2019-06-01");
        check("until 2019", "..2019");
        check("2015-2019", "2015..2019");
        check("2015 – 2019", "2015..2019");
        check("2015-03..2019-06", "2015-03..2019-06");
        check("since 2015 until 2019", "2015..2019");
        check("2015-", "2015..");
        check("..2019", "..2019");
        check("2015/2019", "2015..2019");
        check("2015-present", "2015..");
        check("2015-03-now", "2015-03..");
        check("2015-03-2019-06", "none");
        check("since 2015 to Present", "2015..");
    }

    #[test]
    fn a_label_that_seems_to_tell_a_time_is_known() {
        let meant = |label: &str| TieTime::parse(label).is_none() && TieTime::is_meant_by(label);
        for label in ["until 2019-13", "until then", "2015?", "2015-2019, in Porto", "circa 2010"] {
            assert!(meant(label), "{label}");
        }
        for label in ["", "work", "2nd wife", "since school", "from Porto", "flat 3", "+351 9100"] {
            assert!(!meant(label), "{label}");
        }
    }

    #[test]
    fn other_labels_tell_nothing() {
        for label in
            ["", " ", "work", "2015-2019, in Porto", "--03-04", "until then", "since", "..", "-"]
        {
            check(label, "none");
        }
    }

    #[test]
    fn a_tie_is_over_when_its_last_day_has_gone() {
        let over = |label: &str, day: &str| {
            TieTime::parse(label).unwrap().is_over(Day::parse(day).unwrap())
        };
        assert!(over("until 2025", "2026-01-01"));
        assert!(!over("until 2026", "2026-11-21"));
        assert!(!over("until 2026-11-21", "2026-11-21"));
        assert!(over("2015-2019", "2026-11-21"));
        assert!(!over("since 2015", "2026-11-21"));
    }

    proptest! {
        #[test]
        fn any_label_is_read_without_harm(label in any::<String>()) {
            let time = TieTime::parse(&label);
            prop_assert!(time.is_none_or(|time| !time.is_unsaid()));
        }
    }
}
