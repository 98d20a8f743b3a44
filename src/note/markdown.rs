//! The Markdown of a note: headings, list items, tasks and links with their places.

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
    /// `#tag`s in the body, in file order, without the `#`.
    pub tags: Vec<(String, Span)>,
    /// `^block` ids at the end of lines, without the `^`.
    pub blocks: Vec<(String, Span)>,
    /// Code (fenced, indented, inline), comments (`%% … %%`, `<!-- … -->`) and HTML: what they hold is only text.
    pub hidden: Vec<Span>,
    /// Top-level paragraphs (not in lists, quotes, tables).
    pub paragraphs: Vec<Span>,
}

/// A heading, ATX or setext.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its text without marks (`#`, emphasis), trimmed.
    pub text: String,
    /// From its first byte to the end of its last line, line end excluded.
    pub span: Span,
    /// Whether it stands in a block quote or list item, where it makes no section.
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
    /// ends with lazy or indented continuation lines); empty for an item that starts with a block.
    pub content: Span,
    /// The task box, where there is one.
    pub task: Option<TaskBox>,
    /// The enclosing item, as an index into [`Markdown::items`].
    pub parent: Option<usize>,
    /// The nearest heading above that makes a section, as an index into [`Markdown::headings`].
    pub heading: Option<usize>,
    /// Whether it stands in a block quote.
    pub quoted: bool,
    /// Whether its list is numbered.
    pub ordered: bool,
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
    /// What it points at; for a Markdown link the percent-decoded path, `None`-like empty note for other URLs.
    pub target: Target,
}

/// How a link is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// `[[Ana]]`
    Wiki,
    /// `![[Ana]]`
    WikiEmbed,
    /// `[Ana](people/ana.md)`, a path to a note in the vault (not a URL with a scheme).
    Markdown,
}
