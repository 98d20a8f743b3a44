//! One line of output: pieces of text, each with a label that says what it is. How a label looks is one table.
//!
//! Invariant: no piece can act on a terminal; whatever a note holds was made visible when the piece was made.

use crate::text::columns::width;
use crate::text::visible::visible_line;
use anstyle::{AnsiColor, Style};
use std::fmt::Write;
use unicode_width::UnicodeWidthChar;

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// Nothing special.
    Plain,
    /// A heading.
    Heading,
    /// Somebody's name.
    Name,
    /// What can be skipped when reading.
    Quiet,
    /// The place of something.
    Place,
    /// A finding about something that could not be read, or a failure.
    Error,
    /// A finding about something that is read.
    Warning,
    /// What to do about it.
    Help,
    /// A word that was looked for.
    Match,
    /// A line that a change adds.
    Added,
    /// A line that a change takes away.
    Removed,
}

/// How it looks. Everything reads well without; there is no red but for what could not be read.
fn style(label: Label) -> Style {
    match label {
        Label::Plain => Style::new(),
        Label::Heading | Label::Name => Style::new().bold(),
        Label::Match => Style::new().bold().underline(),
        Label::Quiet => Style::new().dimmed(),
        Label::Place => AnsiColor::Cyan.on_default(),
        Label::Error | Label::Removed => AnsiColor::Magenta.on_default(),
        Label::Warning => AnsiColor::Yellow.on_default(),
        Label::Help => AnsiColor::Blue.on_default(),
        Label::Added => AnsiColor::Green.on_default(),
    }
}

/// One line, without its end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    text: String,
    // For each piece of the text what it is, and where it ends.
    pieces: Vec<(Label, usize)>,
}

impl Line {
    /// An empty line.
    pub fn new() -> Line {
        // Room for most lines, which are made piece by piece.
        Line { text: String::with_capacity(128), pieces: Vec::with_capacity(8) }
    }

    /// A line of one plain text.
    pub fn of(text: impl AsRef<str>) -> Line {
        Line::new().plain(text)
    }

    /// The same with more text.
    pub fn plain(self, text: impl AsRef<str>) -> Line {
        self.label(Label::Plain, text)
    }

    /// The same with more text of some kind.
    pub fn label(mut self, label: Label, text: impl AsRef<str>) -> Line {
        self.text.push_str(&visible_line(text.as_ref()));
        self.pieces.push((label, self.text.len()));
        self
    }

    /// The same, filled with spaces up to `columns`.
    pub fn fill(self, columns: usize) -> Line {
        let missing = columns.saturating_sub(self.width());
        self.plain(" ".repeat(missing))
    }

    /// The same with what another holds behind it.
    pub fn join(self, other: Line) -> Line {
        other.pieces().fold(self, |line, (label, text)| line.label(label, text))
    }

    /// The same in at most so many columns; what does not fit is `…`.
    pub fn cut(self, columns: usize) -> Line {
        if self.width() <= columns {
            return self;
        }
        if columns == 0 {
            return Line::new();
        }
        let mut room = columns - 1;
        let mut cut = Line::new();
        for (label, text) in self.pieces() {
            let ends = |(at, letter): (usize, char)| {
                let needed = letter.width().unwrap_or(0);
                let fits = needed <= room;
                room = if fits { room - needed } else { 0 };
                (!fits).then_some(at)
            };
            let end = text.char_indices().find_map(ends).unwrap_or(text.len());
            cut = cut.label(label, text.get(..end).unwrap_or_default());
        }
        cut.label(Label::Quiet, "…")
    }

    /// How many columns it takes.
    pub fn width(&self) -> usize {
        self.pieces().map(|(_, text)| width(text)).sum()
    }

    /// The text as it is written; spaces at its end are left out.
    pub fn render(&self, colored: bool) -> String {
        // The end of the line has room too.
        let mut rendered = String::with_capacity(self.text.len() + 1);
        if !colored {
            rendered.push_str(self.text.trim_end_matches(' '));
            return rendered;
        }
        for (label, text) in self.pieces() {
            let style = style(label);
            let _ = write!(rendered, "{}{text}{}", style.render(), style.render_reset());
        }
        rendered.truncate(rendered.trim_end_matches(' ').len());
        rendered
    }

    fn pieces(&self) -> impl Iterator<Item = (Label, &str)> {
        let mut start = 0;
        self.pieces.iter().map(move |(label, end)| {
            let text = self.text.get(start..*end).unwrap_or_default();
            start = *end;
            (*label, text)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::frontends::cli::line::{Label, Line};

    #[test]
    fn nothing_in_a_line_acts_on_the_terminal() {
        let line = Line::of("a\u{1b}[2Jb\nc").label(Label::Name, "d\u{202e}");
        assert_eq!(line.render(false), "a\\u{1b}[2Jb cd\\u{202e}");
        assert_eq!(line.render(true), "a\\u{1b}[2Jb c\u{1b}[1md\\u{202e}\u{1b}[0m");
    }

    #[test]
    fn what_does_not_fit_is_cut() {
        let line = Line::of("王小明").label(Label::Name, " Lima");
        assert_eq!(line.clone().cut(11).render(false), "王小明 Lima");
        assert_eq!(line.clone().cut(9).render(false), "王小明 L…");
        assert_eq!(line.clone().cut(4).render(false), "王…");
        assert_eq!(line.clone().cut(1).render(false), "…");
        assert_eq!(line.cut(0).render(false), "");
    }

    #[test]
    fn columns_count_wide_letters() {
        let line = Line::of("王小明").fill(8).plain("x");
        assert_eq!(line.render(false), "王小明  x");
        assert_eq!(line.width(), 9);
    }
}
