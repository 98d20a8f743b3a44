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
pub struct LineIndex<'a> {
    text: &'a str,
    // How many lines end before each block; the first is 0.
    before: Vec<u32>,
}

/// The size of a block: what is counted again with each question. Its line ends fit a byte.
const BLOCK: usize = 64;

impl<'a> LineIndex<'a> {
    /// The index of `text`.
    pub fn new(text: &'a str) -> LineIndex<'a> {
        // The last one may be a part of a block, of which nothing but its start counts.
        let (blocks, _) = text.as_bytes().as_chunks::<BLOCK>();
        let mut before = Vec::with_capacity(blocks.len() + 1);
        let mut ended = 0u32;
        before.push(ended);
        for block in blocks {
            ended = ended.saturating_add(line_ends_of_block(block));
            before.push(ended);
        }
        LineIndex { text, before }
    }

    /// The line, from 1, that holds byte `offset`; an offset past the end is on the last line.
    pub fn line(&self, offset: usize) -> u32 {
        let offset = offset.min(self.text.len());
        let block = (offset / BLOCK).min(self.before.len().saturating_sub(1));
        let rest = self.text.as_bytes().get(block * BLOCK..offset).unwrap_or_default();
        let before = self.before.get(block).copied().unwrap_or(0);
        before.saturating_add(line_ends(rest)).saturating_add(1)
    }

    /// Line and column of `offset`.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let line = self.line(offset);
        let start = self.start_of(line).unwrap_or(0);
        let before = self.text.get(start..offset.min(self.text.len()));
        let column = before.map_or(0, |before| before.chars().count());
        LineColumn { line, column: u32::try_from(column).unwrap_or(u32::MAX).saturating_add(1) }
    }

    /// The span of `line` (from 1) with its line end; the empty span at the end for a line that is not there.
    pub fn span_of_line(&self, line: u32) -> Span {
        let end = self.text.len();
        let start = self.start_of(line).unwrap_or(end);
        Span::new(start, self.start_of(line.max(1).saturating_add(1)).unwrap_or(end))
    }

    /// Where `line` starts; `None` where there is none.
    fn start_of(&self, line: u32) -> Option<usize> {
        let Some(ends) = line.checked_sub(2) else { return Some(0) };
        let block = self.before.partition_point(|before| *before <= ends).checked_sub(1)?;
        let (from, before) = (block * BLOCK, *self.before.get(block)?);
        let rest = self.text.as_bytes().get(from..)?;
        places(rest, b'\n').nth((ends - before) as usize).map(|at| from + at + 1)
    }
}

fn line_ends(bytes: &[u8]) -> u32 {
    u32::try_from(count(bytes, b'\n')).unwrap_or(u32::MAX)
}

/// The same for a whole block, which the processor counts sixteen bytes at a time.
fn line_ends_of_block(block: &[u8; BLOCK]) -> u32 {
    u32::from(block.iter().fold(0u8, |ends, byte| ends + u8::from(*byte == b'\n')))
}

#[cfg(test)]
mod tests {
    use crate::text::line_index::{LineColumn, LineIndex};
    use proptest::prelude::*;

    #[test]
    fn columns_count_characters_and_lines_count_line_feeds() {
        let text = "a\r\nçé x\n";
        let index = LineIndex::new(text);
        assert_eq!(index.line_column(0), LineColumn { line: 1, column: 1 });
        assert_eq!(index.line_column(8), LineColumn { line: 2, column: 4 });
        assert_eq!(index.line_column(text.len()).line, 3);
        assert_eq!(index.span_of_line(2).of(text), "çé x\n");
        assert!(index.span_of_line(9).is_empty());
        assert_eq!(index.span_of_line(0), index.span_of_line(1));
    }

    proptest! {
        #[test]
        fn lines_are_those_of_a_walk(text in "(a|é|\r|\n|\n{130}|[b-z]{90}){0,30}") {
            let index = LineIndex::new(&text);
            let lines = text.split_inclusive('\n').collect::<Vec<_>>();
            let mut start = 0;
            for (at, line) in lines.iter().enumerate() {
                let number = u32::try_from(at).unwrap() + 1;
                prop_assert_eq!(index.span_of_line(number).of(&text), *line);
                prop_assert_eq!(index.line(start), number);
                prop_assert_eq!(index.line(start + line.len() - 1), number);
                start += line.len();
            }
            let last = lines.len() + usize::from(text.is_empty() || text.ends_with('\n'));
            prop_assert_eq!(index.line(text.len() + 7) as usize, last);
            prop_assert!(index.span_of_line(u32::MAX).is_empty());
        }
    }
}
