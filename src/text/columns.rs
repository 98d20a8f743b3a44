//! Text in columns, as a terminal shows it: wide letters take two, marks take none.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many columns `text` takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// `text` cut at white space into lines of at most `columns` (at least 20) columns. A word that is longer is cut
/// where the line ends. No line for a text without a word.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(20);
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
    use crate::text::columns::{width, wrap};
    use proptest::prelude::*;

    #[test]
    fn lines_end_at_white_space_where_they_can() {
        assert_eq!(wrap("one  two\nthree four five six", 20), ["one two three four", "five six"]);
        assert_eq!(wrap("王小明 王小明 王小明 王小明", 20), ["王小明 王小明 王小明", "王小明"]);
        assert_eq!(wrap(&"a".repeat(45), 20), ["a".repeat(20), "a".repeat(20), "a".repeat(5)]);
        assert_eq!(wrap(" ", 20), Vec::<String>::new());
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
