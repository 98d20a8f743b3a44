//! The parts of a note's body: the free text at its start, and one block for each heading that stands for itself.

use crate::note::document::Document;
use crate::note::layout::{line_start, next_line};
use crate::people::body_section::{Section, sections};
use crate::people::vocabulary::Vocabulary;
use crate::text::fold::fold;
use crate::text::span::Span;

/// The body of a note, taken apart. Every byte after the front matter is in one of the parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// What stands before the title.
    pub before_title: Span,
    /// The line of the title.
    pub title: Option<Span>,
    /// What stands after it, or at the start, up to the first block.
    pub free: Span,
    /// The blocks, in file order.
    pub blocks: Vec<Block>,
}

/// A heading with all that stands under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What is read from it, where it is one of those that are read.
    pub section: Option<Section>,
    /// The text of the heading, folded, without a colon at its end.
    pub heading: String,
    /// Its level.
    pub level: u8,
    /// The number of the heading in the document.
    pub number: usize,
    /// From the first byte of the heading to the next block.
    pub span: Span,
    /// What stands below the heading.
    pub body: Span,
}

/// The parts of `document`.
pub fn parts(document: &Document<'_>, vocabulary: &Vocabulary) -> Parts {
    let text = document.text;
    let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let start = document.front_matter.as_ref().map_or(mark, |front_matter| front_matter.span.end);
    let under = sections(document, vocabulary);
    let headings = &document.markdown.headings;
    let title = headings.iter().position(|heading| !heading.nested);
    let title = title.filter(|at| {
        let plain = under.get(*at).is_some_and(|under| under.section.is_none());
        plain && headings.get(*at).is_some_and(|heading| heading.level == 1)
    });
    let mut blocks: Vec<Block> = Vec::new();
    for (number, heading) in headings.iter().enumerate() {
        let Some(under) = under.get(number).filter(|_| !heading.nested) else { continue };
        if Some(number) == title {
            continue;
        }
        let goes_on = blocks.last().is_some_and(|block| match block.section {
            Some(Section::Log) => under.section == Some(Section::Log) && !under.is_own,
            _ => !under.is_own && heading.level > block.level,
        });
        if goes_on {
            continue;
        }
        let at = line_start(text, heading.span.start);
        if let Some(last) = blocks.last_mut() {
            last.span.end = at;
            last.body.end = at.max(last.body.start);
        }
        blocks.push(Block {
            section: under.section.filter(|_| under.is_own),
            heading: fold(heading.text.trim().trim_end_matches(':')),
            level: heading.level,
            number,
            span: Span::new(at, text.len()),
            body: Span::new(next_line(text, heading.span.end), text.len()),
        });
    }
    let first = blocks.first().map_or(text.len(), |block| block.span.start);
    let title = title.and_then(|at| headings.get(at)).map(|heading| {
        Span::new(line_start(text, heading.span.start), next_line(text, heading.span.end))
    });
    let title = title.filter(|title| title.start >= start && title.end <= first);
    Parts {
        before_title: Span::new(
            start.min(first),
            title.map_or(start.min(first), |title| title.start),
        ),
        free: Span::new(title.map_or(start.min(first), |title| title.end), first),
        title,
        blocks,
    }
}
