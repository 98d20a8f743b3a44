//! What a feature wants done, as a value: shown by a dry run, granted by the commit path, undone by `ties undo`.
//!
//! A change says what it wants, not which bytes: the edits are planned on the text that is there at the moment of
//! writing, and planned again when the person saved in between.

use crate::note::path::NotePath;
use crate::text::day::Day;

/// Something that is to happen to the files of a vault: all of it, or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it does, for `ties undo`: `log a call with Ana Lima`.
    pub title: String,
    /// File by file; each path at most once.
    pub files: Vec<FileChange>,
}

/// What is to happen to one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileChange {
    /// Change parts of a note that is there.
    Edit {
        /// Which note.
        path: NotePath,
        /// What is wanted, in order.
        wishes: Vec<Wish>,
    },
    /// Make a file; refused where one is there.
    Create {
        /// Where.
        path: NotePath,
        /// Its whole text.
        text: String,
    },
    /// Replace a file that is wholly ours (the agenda); refused where it no longer holds `before`.
    Regenerate {
        /// Which file.
        path: NotePath,
        /// What it held when the new text was made; `None` where there was no file.
        before: Option<String>,
        /// Its whole new text.
        text: String,
    },
    /// Give a note another place, and perhaps change parts of it; refused where a file is at the new place. Its mode,
    /// owner and attributes go with it.
    Move {
        /// Which note.
        path: NotePath,
        /// Its new place; another than `path`.
        to: NotePath,
        /// What else is wanted, in order.
        wishes: Vec<Wish>,
    },
    /// Remove a file; refused where it no longer holds `before`.
    Remove {
        /// Which file.
        path: NotePath,
        /// What it held when its removal was decided.
        before: String,
    },
}

impl FileChange {
    /// The file that it is about; of a move the place where the file is.
    pub fn path(&self) -> &NotePath {
        match self {
            FileChange::Edit { path, .. }
            | FileChange::Create { path, .. }
            | FileChange::Regenerate { path, .. }
            | FileChange::Move { path, .. }
            | FileChange::Remove { path, .. } => path,
        }
    }
}

/// One wanted change of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// Give a front matter key a value. The first of `keys` that the note has is set; where it has none, the first
    /// is added at the end of the block (which is made where there is none).
    SetKey {
        /// Spellings of the key, the preferred one first; never empty.
        keys: Vec<String>,
        /// Its new value.
        value: KeyValue,
    },
    /// Remove every one of `keys` that the note has; nothing happens where it has none.
    RemoveKey {
        /// Spellings of the key.
        keys: Vec<String>,
    },
    /// Add an item to the list of a key; a scalar becomes a list of both, a missing key a list of one. Nothing
    /// happens where the item is there.
    AddToList {
        /// Spellings of the key, the preferred one first.
        keys: Vec<String>,
        /// The new item.
        item: String,
    },
    /// Remove an item from the list of a key; nothing happens where it is not there.
    RemoveFromList {
        /// Spellings of the key.
        keys: Vec<String>,
        /// The item.
        item: String,
    },
    /// Insert an entry under the first of the headings that the note has, in the order (newest or oldest first) and
    /// style (marker, indent, line end) of the entries that are there. Where the note has no such heading, a section
    /// with the first one is added at the end.
    InsertEntry {
        /// Heading texts, compared folded; the preferred one first; never empty.
        headings: Vec<String>,
        /// The day by which the entry is put in order.
        date: Day,
        /// The entry without marker: first line, then further lines, each with its indent relative to the entry.
        lines: Vec<String>,
    },
    /// Append an item at the end of the list under a heading (made at the end where it is not there); with `None`,
    /// at the end of the file.
    AppendItem {
        /// Heading texts, compared folded; the preferred one first.
        headings: Option<Vec<String>>,
        /// The item without marker, as in [`Wish::InsertEntry`].
        lines: Vec<String>,
    },
    /// Change the status of a task.
    SetTask {
        /// The task's line as it stands, from its marker to the end without trailing white space.
        line: String,
        /// Which of several equal lines, from 0.
        ordinal: usize,
        /// The new status character.
        status: char,
        /// A field to append at the end of the line (before a block id), such as `✅ 2026-11-21`.
        field: Option<String>,
        /// A field to take out of the line, as it stands there; nothing happens where it does not.
        without: Option<String>,
    },
    /// Remove an entry or item that stands, with exactly these lines, under one of the headings: what
    /// [`Wish::InsertEntry`] or [`Wish::AppendItem`] put there, where nobody has changed it since. Refused where there
    /// is none.
    RemoveEntry {
        /// Heading texts, compared folded.
        headings: Vec<String>,
        /// The day of the entry; `None` where it has none.
        date: Option<Day>,
        /// The entry without marker, as in [`Wish::InsertEntry`].
        lines: Vec<String>,
    },
    /// Let links say something else, each in the style in which it is written; links in code and comments stay.
    /// Nothing happens where the note has no such link.
    PointLinks {
        /// Which links; of several for the same spelling the first counts.
        links: Vec<LinkChange>,
    },
    /// Give the title of the note (its first heading of level 1) another text; nothing happens where the title is not
    /// `before`.
    SetTitle {
        /// What the title says, without marks.
        before: String,
        /// What it is to say; one line.
        after: String,
    },
    /// Remove lines that stand together, as they stand: what was sorted out of the inbox. Everything else stays what
    /// it was, also to a reader of Markdown. Refused where they are not there.
    RemoveLines {
        /// The lines without line ends, indent and marker included; the first holds something.
        lines: Vec<String>,
        /// Which of several such runs of lines, from 0; each line is of one run at most.
        ordinal: usize,
    },
}

/// What links of one spelling are to say instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkChange {
    /// Whether it is about `[[…]]`; else about `[…](…)`.
    pub wiki: bool,
    /// The note part of the links, as [`Target`](crate::note::link::Target) has it: without brackets, heading,
    /// display text and `.md`.
    pub from: String,
    /// What stands there afterwards.
    pub to: String,
    /// The display text that a wikilink without one is given; without signs that would end the link.
    pub shown: Option<String>,
}

/// The value of a front matter key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyValue {
    /// Text, quoted where YAML needs it.
    Text(String),
    /// A date, written plain.
    Date(Day),
    /// `true` or `false`, written plain.
    Flag(bool),
    /// A list of texts.
    List(Vec<String>),
}

/// Why a wish cannot be granted; nothing is written then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Why, one calm sentence without a full stop.
    pub reason: String,
    /// What to do about it, without a full stop.
    pub hint: Option<String>,
}
