//! Text in columns, as a terminal shows it: wide letters take two, marks take none.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many columns `text` takes.
pub fn width(text: &str) -> usize {
    // Most text is plain, and looking up the width of each letter takes twenty times as long.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) { text.len() } else { text.width() }
}

/// `text` cut at white space into lines of at most `columns` (at least 10) columns. A word that is longer is cut
/// where the line ends. No line for a text without a word.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(10);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split_whitespace().flat_map(|word| pieces(word, columns)) {
        let needed = word.width();
        if !line.is_empty() && used + 1 + needed > columns {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if !line.is_empty() {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += needed;
    }
    lines.extend((!line.is_empty()).then_some(line));
    lines
}

/// A value as it stands beside its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// What stands on the line of the label; empty where all of it stands below.
    pub first: String,
    /// The lines below, with the spaces before them.
    pub below: Vec<String>,
}

/// `value` beside a label that takes `before` columns of `columns`. Where there is no room for a few words beside it,
/// all of it stands below the label.
pub fn beside(value: &str, before: usize, columns: usize) -> Beside {
    let room = columns.saturating_sub(before);
    if room < 16 {
        let below = wrap(value, columns.saturating_sub(4));
        let below = below.iter().map(|line| format!("    {line}")).collect();
        return Beside { first: String::new(), below };
    }
    let mut lines = wrap(value, room).into_iter();
    let first = lines.next().unwrap_or_default();
    let indent = " ".repeat(before);
    Beside { first, below: lines.map(|line| format!("{indent}{line}")).collect() }
}

/// A word in pieces that fit a line; nearly always one.
fn pieces(word: &str, columns: usize) -> Vec<&str> {
    let (mut pieces, mut start, mut used) = (Vec::new(), 0, 0);
    for (at, character) in word.char_indices() {
        let needed = character.width().unwrap_or(0);
        if used + needed > columns {
            pieces.extend(word.get(start..at));
            (start, used) = (at, 0);
        }
        used += needed;
    }
    pieces.extend(word.get(start..));
    pieces
}

#[cfg(test)]
mod tests {
    use crate::text::columns::{beside, width, wrap};
    use proptest::prelude::*;

    #[test]
    fn lines_end_at_white_space_where_they_can() {
        assert_eq!(wrap("one  two\nthree four five six", 20), ["one two three four", "five six"]);
        assert_eq!(wrap("王小明 王小明 王小明 王小明", 20), ["王小明 王小明 王小明", "王小明"]);
        assert_eq!(wrap(&"a".repeat(45), 20), ["a".repeat(20), "a".repeat(20), "a".repeat(5)]);
        assert_eq!(wrap(" ", 20), Vec::<String>::new());
    }

    #[test]
    fn a_value_stands_beside_its_label_where_there_is_room() {
        let shown = |before, columns| {
            let set = beside("one two three four", before, columns);
            format!("{}|{}", set.first, set.below.join("|"))
        };
        assert_eq!(shown(4, 30), "one two three four|");
        assert_eq!(shown(4, 20), "one two three|    four");
        assert_eq!(shown(12, 20), "|    one two three|    four");
    }

    proptest! {
        #[test]
        fn every_line_fits_and_no_word_is_lost(text in "[a-zé王 ]{0,200}") {
            let lines = wrap(&text, 30);
            prop_assert!(lines.iter().all(|line| width(line) <= 30));
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(bare(&lines.join(" ")), bare(&text));
        }
    }
}
