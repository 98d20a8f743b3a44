//! The structure of a note's body, as values: what reading its Markdown gives.

use crate::note::link::Target;
use crate::text::span::Span;

/// The structure of a note's body. All spans are in the coordinates of the whole file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Markdown {
    /// In file order.
    pub headings: Vec<Heading>,
    /// List items in file order, parents before children.
    pub items: Vec<Item>,
    /// In file order; links in code and comments are not links.
    pub links: Vec<Link>,
    /// `#tag`s in the body, in file order, without the `#`; the span holds the `#`.
    pub tags: Vec<(String, Span)>,
    /// `^block` ids at the end of lines, without the `^`; the span holds the `^`.
    pub blocks: Vec<(String, Span)>,
    /// Code (fenced, indented, inline), comments (`%% … %%`, `<!-- … -->`) and HTML: what they hold is only text.
    /// Sorted and disjoint.
    pub hidden: Vec<Span>,
    /// Top-level paragraphs (not in lists, quotes, footnotes, tables).
    pub paragraphs: Vec<Span>,
}

impl Markdown {
    /// The first heading of level 1 that makes a section: what the note calls itself.
    pub fn title(&self) -> Option<&Heading> {
        self.headings.iter().find(|heading| heading.level == 1 && !heading.nested)
    }

    /// For each heading whether it, or one around it, is one that `is_own` takes by its text.
    pub fn under(&self, is_own: impl Fn(&str) -> bool) -> Vec<bool> {
        let mut level: Option<u8> = None;
        let under = self.headings.iter().map(|heading| {
            if !heading.nested {
                level = match is_own(&heading.text) {
                    true => Some(heading.level),
                    false => level.filter(|level| heading.level > *level),
                };
            }
            level.is_some()
        });
        under.collect()
    }
}

/// A heading, ATX or setext.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its text without marks (`#`, emphasis; of a link what it shows), trimmed.
    pub text: String,
    /// Its text as it is written, without the `#`s around it; empty where there is none.
    pub content: Span,
    /// From its first byte to the end of its last line, line end excluded.
    pub span: Span,
    /// Whether it stands in a block quote, footnote or list item, where it makes no section.
    pub nested: bool,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// From its marker to its last byte, children included, trailing blank lines and the last line end excluded.
    pub span: Span,
    /// The marker, `-` or `1.`, without the space after it.
    pub marker: Span,
    /// The text of its first paragraph after marker and task box, to the end of that paragraph (it may hold line
    /// ends with lazy or indented continuation lines, in a quote also their `>`); empty for an item that starts
    /// with a block.
    pub content: Span,
    /// The task box, where there is one.
    pub task: Option<TaskBox>,
    /// The enclosing item, as an index into [`Markdown::items`].
    pub parent: Option<usize>,
    /// The nearest heading above that makes a section, as an index into [`Markdown::headings`].
    pub heading: Option<usize>,
    /// Whether it stands in a block quote or a footnote.
    pub quoted: bool,
    /// Whether its list is numbered.
    pub ordered: bool,
    /// Which list it belongs to; lists are counted from 0 in the order of their starts.
    pub list: usize,
}

/// `[ ]` at the start of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaskBox {
    /// The character between the brackets.
    pub status: char,
    /// That one character.
    pub span: Span,
}

/// A link in the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// How it is written.
    pub kind: LinkKind,
    /// From `[` or `!` to the end.
    pub span: Span,
    /// What it points at; of a Markdown link the percent-decoded path, its text as `display`.
    pub target: Target,
}

/// How a link is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// `[[Ana]]`
    Wiki,
    /// `![[Ana]]`
    WikiEmbed,
    /// `[Ana](people/ana.md)`, a path to a note in the vault. Links with a scheme and images are left out.
    Markdown,
}

impl Markdown {
    /// Moves every span on by `by` bytes: from the coordinates of the body to those of the file.
    pub fn shift(&mut self, by: usize) {
        if by == 0 {
            return;
        }
        let move_on = |span: &mut Span| *span = span.shifted(by);
        for heading in &mut self.headings {
            move_on(&mut heading.span);
            move_on(&mut heading.content);
        }
        for item in &mut self.items {
            [&mut item.span, &mut item.marker, &mut item.content].into_iter().for_each(move_on);
            item.task.iter_mut().for_each(|task| move_on(&mut task.span));
        }
        self.links.iter_mut().for_each(|link| move_on(&mut link.span));
        self.tags.iter_mut().chain(&mut self.blocks).for_each(|(_, span)| move_on(span));
        self.hidden.iter_mut().chain(&mut self.paragraphs).for_each(move_on);
    }
}
