//! The colours of a picture, on white paper and on dark.
//!
//! Always true here, and tested: letters stand out from the paper by 7 to 1, lines and dots by 3 to 1 (WCAG 2.2, 1.4.6
//! and 1.4.11).

use crate::features::relatives::words::Group;

/// A colour on white and on dark paper, as `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shade {
    /// On white.
    pub light: &'static str,
    /// On dark.
    pub dark: &'static str,
}

const fn shade(light: &'static str, dark: &'static str) -> Shade {
    Shade { light, dark }
}

/// What is drawn on.
pub const PAPER: Shade = shade("#ffffff", "#0f1419");
/// Letters.
pub const INK: Shade = shade("#1c2127", "#e8edf2");
/// Letters that can be skipped.
pub const QUIET: Shade = shade("#4a5561", "#aab6c2");
/// Under the people of one household.
pub const HOME: Shade = shade("#f6ecd9", "#2b2a22");
/// The owner.
pub const ME: Shade = shade("#1c2127", "#f2f5f8");
/// Somebody of no colour.
pub const PLAIN: Shade = shade("#77818c", "#8b97a3");

/// The colours of circles or groups, in this order.
pub const PEOPLE: [Shade; 7] = [
    shade("#c2410c", "#fb923c"),
    shade("#0369a1", "#5cb8f0"),
    shade("#2f7d32", "#6fcf7c"),
    shade("#8b3fb0", "#cf9bf2"),
    shade("#a16207", "#e6c14a"),
    shade("#be2a6f", "#f58abb"),
    shade("#0f766e", "#4fd1c0"),
];

/// The colour of a line.
pub fn of_group(group: Group) -> Shade {
    match group {
        Group::Family => shade("#8a5638", "#c99372"),
        Group::Home => shade("#7d6a3a", "#bfab73"),
        Group::Friends => shade("#3f7f95", "#79b4c9"),
        Group::Work => shade("#6e6aa8", "#a19dd8"),
        Group::Care => shade("#96577e", "#cb92b6"),
        Group::Introductions => shade("#647a3c", "#a2b878"),
        Group::Other => shade("#77818c", "#8b97a3"),
    }
}

#[cfg(test)]
mod tests {
    use crate::features::graph::palette::{
        HOME, INK, ME, PAPER, PEOPLE, PLAIN, QUIET, Shade, of_group,
    };
    use crate::features::relatives::words::Group;

    /// The relative luminance of WCAG 2.2.
    fn luminance(color: &str) -> f64 {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn check(what: Shade, on: Shade, least: f64) {
        assert!(contrast(what.light, on.light) >= least, "{what:?} on {on:?}, light");
        assert!(contrast(what.dark, on.dark) >= least, "{what:?} on {on:?}, dark");
    }

    #[test]
    fn everything_stands_out_from_its_paper() {
        for paper in [PAPER, HOME] {
            check(INK, paper, 7.0);
            check(ME, paper, 7.0);
            check(PLAIN, paper, 3.0);
            PEOPLE.iter().for_each(|color| check(*color, paper, 3.0));
            Group::ALL.iter().for_each(|group| check(of_group(*group), paper, 3.0));
        }
        check(QUIET, PAPER, 7.0);
    }
}
