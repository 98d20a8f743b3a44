//! Names as labels: what stands under a dot, and how much room it takes at most.
//!
//! A picture is drawn by whoever looks at it, with a font that is not known here: so a letter is taken to be as wide as
//! it is in a wide one.

use crate::text::columns::width as columns;
use crate::text::visible::visible_line;
use unicode_width::UnicodeWidthChar;

/// The size of letters, in pixels.
pub const FONT: f64 = 12.0;
/// From one line of a label to the next.
pub const LINE: f64 = 14.0;
/// A line of a label is cut after so many columns.
const COLUMNS: usize = 20;
/// A name up to here stands on one line.
const ONE_LINE: usize = 13;

/// The lines of the label of `name`, one or two; nothing in them acts on anything.
pub fn lines(name: &str) -> Vec<String> {
    let name = visible_line(name.trim());
    if columns(&name) <= ONE_LINE {
        return vec![name.into_owned()];
    }
    // The break that leaves the shorter of the longer lines.
    let breaks = name.match_indices(' ').filter_map(|(at, _)| {
        let (first, second) = (name.get(..at)?.trim(), name.get(at..)?.trim());
        let longest = columns(first).max(columns(second));
        (!first.is_empty() && !second.is_empty()).then_some((longest, first, second))
    });
    match breaks.min_by_key(|(longest, ..)| *longest) {
        Some((_, first, second)) => vec![cut(first), cut(second)],
        None => vec![cut(&name)],
    }
}

fn cut(line: &str) -> String {
    if columns(line) <= COLUMNS {
        return line.to_owned();
    }
    let mut used = 1;
    let fits = |letter: &char| {
        used += letter.width().unwrap_or(0);
        used <= COLUMNS
    };
    let kept = line.chars().take_while(fits).collect::<String>();
    format!("{}…", kept.trim_end())
}

/// How wide a text of this size is at most, in pixels.
pub fn width(text: &str, size: f64) -> f64 {
    let ems = text.chars().map(|letter| match letter {
        'i' | 'j' | 'l' | '.' | ',' | '\'' | '|' | ' ' | '-' | 'f' | 't' | 'r' | 'I' => 0.44,
        'm' | 'w' | 'M' | 'W' | '@' | '…' | '—' => 1.02,
        'a'..='z' | '0'..='9' => 0.64,
        'A'..='Z' => 0.8,
        other => match other.width().unwrap_or(0) {
            0 => 0.0,
            1 => 0.8,
            _ => 1.15,
        },
    });
    ems.sum::<f64>() * size
}

#[cfg(test)]
mod tests {
    use crate::features::graph::label::{FONT, lines, width};
    use proptest::prelude::*;

    fn check(name: &str, expected: &str) {
        assert_eq!(lines(name).join("|"), expected);
    }

    #[test]
    fn a_long_name_stands_on_two_lines() {
        check("Ana Lima", "Ana Lima");
        check("Saoirse Ní Bhriain", "Saoirse|Ní Bhriain");
        check("Jean-Baptiste Kouassi", "Jean-Baptiste|Kouassi");
        check("Wolfeschlegelsteinhausenbergerdorff", "Wolfeschlegelsteinh…");
        check("王小明王小明王小明王小明", "王小明王小明王小明…");
        check("a\u{202e}b\n", "a\\u{202e}b");
    }

    #[test]
    fn wide_letters_take_more_room() {
        assert!(width("il", FONT) < width("ab", FONT));
        assert!(width("ab", FONT) < width("王小", FONT));
    }

    proptest! {
        #[test]
        fn a_label_never_takes_much_room(name in any::<String>()) {
            let lines = lines(&name);
            prop_assert!(matches!(lines.len(), 1 | 2));
            prop_assert!(lines.iter().all(|line| width(line, FONT) < 300.0), "{:?}", lines);
        }
    }
}
