//! A picture of what the notes say, put into a file.

use crate::app::export_file::{ExportError, place, read, world};
use crate::app::session::Session;
use crate::effects::plain_file::replace;
use crate::text::seal::is_whole;
use std::path::{Path, PathBuf};

/// A larger file is none of ours, in bytes.
const LIMIT: u64 = 64 * 1024 * 1024;

/// Where a picture goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// The file.
    pub file: PathBuf,
    /// Whether what is there is the picture already.
    pub is_same: bool,
}

/// Where `text` goes when it is written into `file`; an error where no picture may lie, or a file is that `is_ours`
/// does not know, or that somebody changed since it was drawn.
pub fn destination(
    session: &Session,
    file: &Path,
    text: &str,
    is_ours: impl Fn(&str) -> bool,
) -> Result<Destination, ExportError> {
    let file = place(session, file)?;
    let before = read(&file, LIMIT, "picture")?;
    if before.as_deref().is_some_and(|before| !before.is_empty() && !is_ours(before)) {
        return Err(ExportError::Foreign(file, "picture"));
    }
    if before.as_deref().and_then(is_whole) == Some(false) {
        return Err(ExportError::Changed(file));
    }
    Ok(Destination { is_same: before.as_deref() == Some(text), file })
}

/// Puts it there.
pub fn put(destination: &Destination, text: &str) -> Result<(), ExportError> {
    if destination.is_same {
        return Ok(());
    }
    replace(&destination.file, text).map_err(world("write", &destination.file))
}
