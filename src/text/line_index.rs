//! From byte offsets to lines and columns, as people and editors count them.

use crate::text::byte_scan::{count, places};
use crate::text::span::Span;

/// A position as people count: both numbers start at 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters (Unicode scalar values), from 1.
    pub column: u32,
}

/// Where each line of one text starts. Lines end with `\n`; a `\r` before it belongs to the line end.
#[derive(Debug, Clone)]
pub struct LineIndex {
    // Invariant: sorted, first element 0.
    starts: Vec<usize>,
    length: usize,
}

impl LineIndex {
    /// The index of `text`.
    pub fn new(text: &str) -> LineIndex {
        let mut starts = Vec::with_capacity(count(text, b'\n') + 1);
        starts.push(0);
        starts.extend(places(text, b'\n').map(|at| at + 1));
        LineIndex { starts, length: text.len() }
    }

    /// The line, from 1, that holds byte `offset`; an offset past the end is on the last line.
    pub fn line(&self, offset: usize) -> u32 {
        let line = self.starts.partition_point(|start| *start <= offset);
        u32::try_from(line).unwrap_or(u32::MAX)
    }

    /// Line and column of `offset` in `text`, the text that the index was made from.
    pub fn line_column(&self, text: &str, offset: usize) -> LineColumn {
        let line = self.line(offset);
        let start = self.starts.get(line as usize - 1).copied().unwrap_or(0);
        let column =
            text.get(start..offset.min(text.len())).map_or(0, |before| before.chars().count());
        LineColumn { line, column: u32::try_from(column).unwrap_or(u32::MAX).saturating_add(1) }
    }

    /// The span of `line` (from 1) with its line end; the empty span at the end for a line that is not there.
    pub fn span_of_line(&self, line: u32) -> Span {
        let at = (line as usize).saturating_sub(1);
        let start = self.starts.get(at).copied().unwrap_or(self.length);
        Span::new(start, self.starts.get(at + 1).copied().unwrap_or(self.length))
    }
}

#[cfg(test)]
mod tests {
    use crate::text::line_index::{LineColumn, LineIndex};

    #[test]
    fn columns_count_characters_and_lines_count_line_feeds() {
        let text = "a\r\nçé x\n";
        let index = LineIndex::new(text);
        assert_eq!(index.line_column(text, 0), LineColumn { line: 1, column: 1 });
        assert_eq!(index.line_column(text, 8), LineColumn { line: 2, column: 4 });
        assert_eq!(index.line_column(text, text.len()).line, 3);
        assert_eq!(index.span_of_line(2).of(text), "çé x\n");
        assert!(index.span_of_line(9).is_empty());
    }
}
