//! Circles: groups of people that share a rhythm.

use crate::people::cadence::Cadence;
use crate::text::period::{Period, Unit};

/// A circle, as the settings define it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circle {
    /// Its name, compared folded.
    pub name: String,
    /// Its rhythm; `None` where it has none.
    pub cadence: Option<Cadence>,
    /// A hint for the next step, in a few words.
    pub how: Option<String>,
    /// How long before an occasion it is worth knowing of it.
    pub occasion_lead: Option<Period>,
}

/// The circles of a vault without settings (section 4 of the format).
pub fn default_circles() -> Vec<Circle> {
    let weeks =
        |low, high| Some(Cadence::Window(period(low, Unit::Week), period(high, Unit::Week)));
    let months =
        |low, high| Some(Cadence::Window(period(low, Unit::Month), period(high, Unit::Month)));
    vec![
        circle(
            "inner",
            weeks(1, 2),
            Some("a call, a visit, a meal together"),
            Some(period(14, Unit::Day)),
        ),
        circle(
            "growth",
            weeks(2, 4),
            Some("ask what they are working on"),
            Some(period(7, Unit::Day)),
        ),
        circle(
            "mentor",
            months(1, 3),
            Some("tell them what came of their advice"),
            Some(period(7, Unit::Day)),
        ),
        circle(
            "extended",
            months(3, 6),
            Some("a message with something that made you think of them"),
            None,
        ),
        circle("later", Some(Cadence::Later), None, None),
        circle("reference", None, None, None),
    ]
}

fn period(count: u32, unit: Unit) -> Period {
    Period { count, unit }
}

fn circle(
    name: &str,
    cadence: Option<Cadence>,
    how: Option<&str>,
    occasion_lead: Option<Period>,
) -> Circle {
    Circle { name: name.to_owned(), cadence, how: how.map(str::to_owned), occasion_lead }
}
