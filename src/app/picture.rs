//! A picture of what the notes say, put into a file.
//!
//! Invariant: only a picture that `ties` made itself is replaced.

use crate::effects::plain_file::{real_place, replace, text_up_to};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A larger picture is none of ours, in bytes.
const LIMIT: u64 = 64 * 1024 * 1024;

/// Why no picture was written.
#[derive(Debug)]
pub enum PictureError {
    /// Somebody else's file is there.
    Foreign(PathBuf),
    /// The world refused: the file, and why.
    World(PathBuf, io::Error),
}

impl fmt::Display for PictureError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PictureError::Foreign(file) => {
                let file = file.display();
                write!(formatter, "{file} is no picture that `ties` made, so it is left as it is")
            }
            PictureError::World(file, _) => {
                write!(formatter, "the picture cannot be written into {}", file.display())
            }
        }
    }
}

/// Puts `picture` into `file`, where that is new, empty, or one that `is_ours` knows.
pub fn put(file: &Path, picture: &str, is_ours: impl Fn(&str) -> bool) -> Result<(), PictureError> {
    let world = |error| PictureError::World(file.to_owned(), error);
    let place = real_place(file).map_err(world)?;
    let before = match text_up_to(&place, LIMIT) {
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            return Err(PictureError::Foreign(file.to_owned()));
        }
        before => before.map_err(world)?,
    };
    if before.is_some_and(|before| !before.trim().is_empty() && !is_ours(&before)) {
        return Err(PictureError::Foreign(file.to_owned()));
    }
    replace(&place, picture).map_err(world)
}
