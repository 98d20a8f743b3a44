//! A file for other programs: where it may lie, and what may be replaced there.
//!
//! Invariant: nothing lies among the people, and only what `ties` wrote itself is replaced.

use crate::app::session::Session;
use crate::effects::plain_file::{real_place, text_up_to};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why nothing was written.
#[derive(Debug)]
pub enum ExportError {
    /// The place is none for such a file: why.
    Unfit(String),
    /// Somebody else's file is there; what it was to be: `calendar`.
    Foreign(PathBuf, &'static str),
    /// It is ours, and somebody changed it since.
    Changed(PathBuf),
    /// The world refused: what was to be done, and why it was not.
    World(String, io::Error),
}

impl fmt::Display for ExportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ExportError::Unfit(why) => formatter.write_str(why),
            ExportError::Foreign(file, what) => {
                let file = file.display();
                write!(formatter, "{file} is no {what} that `ties` wrote, so it is left as it is")
            }
            ExportError::Changed(file) => {
                let file = file.display();
                write!(formatter, "{file} was changed since `ties` drew it, so it is left as it is")
            }
            ExportError::World(doing, _) => formatter.write_str(doing),
        }
    }
}

/// Where a file really lies; an error where none may lie.
pub fn place(session: &Session, file: &Path) -> Result<PathBuf, ExportError> {
    let real = real_place(file).map_err(world("write", file))?;
    let Ok(inside) = real.strip_prefix(&session.root) else { return Ok(real) };
    let shown = inside.display();
    let people = session.vocabulary.folders.people.iter().filter(|folder| *folder != ".");
    if people.into_iter().any(|folder| inside.starts_with(folder)) {
        let why = format!("{shown} lies among the people, where only notes belong");
        return Err(ExportError::Unfit(why));
    }
    if inside.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md")) {
        return Err(ExportError::Unfit(format!("{shown} has the name of a note")));
    }
    Ok(real)
}

/// What is there; `None` where nothing is. Larger than `limit` bytes, or no text: a stranger's.
pub fn read(file: &Path, limit: u64, what: &'static str) -> Result<Option<String>, ExportError> {
    match text_up_to(file, limit) {
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            Err(ExportError::Foreign(file.to_owned(), what))
        }
        text => text.map_err(world("read", file)),
    }
}

/// An error of the world while something was done with `file`.
pub fn world(doing: &'static str, file: &Path) -> impl FnOnce(io::Error) -> ExportError {
    let doing = format!("cannot {doing} {}", file.display());
    move |error| ExportError::World(doing, error)
}
