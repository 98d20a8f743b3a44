//! The three ways to change one name, each so that a save of the person at the same moment is seen and kept.
//!
//! Replacing by rename loses what an editor saved between our read and our rename. Exchanging loses nothing: what
//! was there is in our hands afterwards, is compared with what was read, and is given back where it differs.

use crate::effects::vault::folder::{Folder, Look, unsupported};
use std::fs::Metadata;
use std::io;
use std::os::unix::fs::MetadataExt;

/// Put the temporary file in the place of the note, which is to hold `before`. Afterwards the temporary file holds
/// `before` (or is gone, on a file system that cannot exchange). `false`: the note held something else, and does so
/// again.
pub fn replace(
    folder: &Folder,
    note: &str,
    temporary: &str,
    before: &str,
    after: &str,
) -> io::Result<bool> {
    match folder.swap(note, temporary) {
        Err(error) if unsupported(&error) => {
            return replace_by_rename(folder, note, temporary, before);
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        other => other?,
    }
    let replaced = holds(folder, temporary, before)?;
    if !replaced {
        give_back(folder, note, temporary, after)?;
    }
    Ok(replaced)
}

/// Give the temporary file the name of the note, which must be free. `false`: it is not.
pub fn create(folder: &Folder, note: &str, temporary: &str) -> io::Result<bool> {
    match folder.rename_new(temporary, note) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

/// Give the note, which is to hold `before`, the name of the temporary file. `false`: it was gone or held something
/// else, and does so again.
pub fn take_away(folder: &Folder, note: &str, temporary: &str, before: &str) -> io::Result<bool> {
    match folder.rename(note, temporary) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        other => other?,
    }
    let taken = holds(folder, temporary, before)?;
    if !taken {
        // Where a new note has come into its place, the old one stays as a temporary file of unknown text, which
        // becomes a conflict copy.
        create(folder, note, temporary)?;
    }
    Ok(taken)
}

/// Exchange the note, which holds our text `ours`, with the temporary file, which holds the person's. Where the
/// person has saved once more in between, that newest save stays in the note and the older one in the temporary
/// file.
pub fn give_back(folder: &Folder, note: &str, temporary: &str, ours: &str) -> io::Result<()> {
    match folder.swap(note, temporary) {
        Err(error) if unsupported(&error) => {
            return give_back_by_rename(folder, note, temporary, ours);
        }
        other => other?,
    }
    if holds(folder, temporary, ours)? { Ok(()) } else { folder.swap(note, temporary) }
}

/// Whether the file `name` holds exactly `text`.
pub fn holds(folder: &Folder, name: &str, text: &str) -> io::Result<bool> {
    Ok(matches!(folder.look(name)?, Look::Found(found) if found.bytes == text.as_bytes()))
}

/// For file systems that cannot exchange. Weaker: a save between the last look and the rename, some microseconds, is
/// lost.
fn replace_by_rename(
    folder: &Folder,
    note: &str,
    temporary: &str,
    before: &str,
) -> io::Result<bool> {
    let Look::Found(found) = folder.look(note)? else { return Ok(false) };
    if found.bytes != before.as_bytes() {
        return Ok(false);
    }
    match folder.stand(note)? {
        Some(now) if same(&now, &found.metadata) => folder.rename(temporary, note).map(|()| true),
        _ => Ok(false),
    }
}

fn give_back_by_rename(folder: &Folder, note: &str, temporary: &str, ours: &str) -> io::Result<()> {
    if holds(folder, note, ours)? { folder.rename(temporary, note) } else { Ok(()) }
}

fn same(one: &Metadata, other: &Metadata) -> bool {
    let marks = |metadata: &Metadata| {
        let changed = (metadata.mtime(), metadata.mtime_nsec());
        (metadata.dev(), metadata.ino(), metadata.len(), changed)
    };
    marks(one) == marks(other)
}
