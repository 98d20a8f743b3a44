//! Whose turn it is: of everyone due, each day's few.
//!
//! Always true here: the choice depends on identities, weights and the day alone. Every two days the order is drawn
//! anew, so a suggestion that nobody took up gives its place away and comes back, and nobody waits for ever.

use crate::text::day::Day;
use crate::text::fingerprint::{hash, unit_interval};

/// The lot of one person on one day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Turn {
    /// In (0, 1], drawn for the person and the pair of days.
    pub lot: f64,
    /// −ln(lot) / weight; the smallest ones have their turn. (The weighted sampling of Efraimidis and Spirakis.)
    pub key: f64,
}

/// The lots of one day.
#[derive(Debug, Clone)]
pub struct Draw {
    pair_of_days: String,
}

impl Draw {
    /// The draw of `day`; two days share one.
    pub fn of(day: Day) -> Draw {
        Draw { pair_of_days: day.number().div_euclid(2).to_string() }
    }

    /// The lot of a person.
    pub fn turn(&self, identity: &str, weight: f64) -> Turn {
        let lot = unit_interval(hash(&[identity, &self.pair_of_days]));
        Turn { lot, key: -lot.ln() / weight.max(f64::MIN_POSITIVE) }
    }
}

/// How many more people may be suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Places {
    /// On the day.
    pub day: usize,
    /// In its week, of people with a rhythm longer than a week.
    pub week: usize,
}

impl Places {
    /// Whether somebody can have a place; `long` for somebody with a rhythm longer than a week.
    pub fn has_one(&self, long: bool) -> bool {
        self.day > 0 && (!long || self.week > 0)
    }

    /// Takes what `asked` says, as far as it is there.
    ///
    /// Both counts go down by the same contact that would free the place, so ticking a suggestion (or any other
    /// contact) never brings a new name.
    pub fn take(&mut self, asked: Places) {
        self.day = self.day.saturating_sub(asked.day);
        self.week = self.week.saturating_sub(asked.week);
    }
}

#[cfg(test)]
mod tests {
    use crate::features::turns::{Draw, Places};
    use crate::text::day::Day;

    #[test]
    fn two_days_share_a_draw_and_the_next_two_do_not() {
        let lot = |number| {
            Draw::of(Day::new(1970, 1, 1).unwrap().plus_days(number)).turn("people/ana", 1.0)
        };
        assert_eq!(lot(-2), lot(-1));
        assert_ne!(lot(-1), lot(0));
        assert_eq!(lot(20_000), lot(20_001));
        assert_ne!(lot(20_001), lot(20_002));
    }

    #[test]
    fn a_heavier_weight_comes_sooner() {
        let draw = Draw::of(Day::new(2026, 11, 21).unwrap());
        let (light, heavy) = (draw.turn("people/ana", 1.0), draw.turn("people/ana", 2.0));
        assert!((light.key - 2.0 * heavy.key).abs() < 1e-12);
        assert!(draw.turn("people/ana", 0.0).key.is_finite());
    }

    #[test]
    fn both_limits_hold() {
        let mut places = Places { day: 2, week: 1 };
        assert!(places.has_one(true));
        places.take(Places { day: 1, week: 1 });
        assert!(!places.has_one(true) && places.has_one(false));
        places.take(Places { day: 1, week: 0 });
        assert!(!places.has_one(false));
    }
}
