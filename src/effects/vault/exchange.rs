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

#[cfg(test)]
mod tests {
    use crate::effects::vault::exchange::{replace, take_away};
    use crate::effects::vault::folder::Folder;
    use crate::effects::vault::moment::{Moment, watched};
    use rustix::io::Errno;
    use std::fs;
    use std::path::Path;

    /// A folder with a note and a temporary file that holds `ours`.
    fn folder(note: &str) -> (tempfile::TempDir, Folder) {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("note"), note).unwrap();
        fs::write(root.path().join("temporary"), "ours").unwrap();
        let folder = Folder::open(root.path(), "").unwrap();
        (root, folder)
    }

    fn texts(root: &Path) -> [Option<String>; 2] {
        ["note", "temporary"].map(|name| fs::read_to_string(root.join(name)).ok())
    }

    fn some(texts: [&str; 2]) -> [Option<String>; 2] {
        texts.map(|text| Some(text.to_owned()))
    }

    #[test]
    fn what_was_read_comes_out_and_anything_else_goes_back() {
        let (root, folder) = folder("old");
        assert!(!replace(&folder, "note", "temporary", "older", "ours").unwrap());
        assert_eq!(texts(root.path()), some(["old", "ours"]));
        assert!(replace(&folder, "note", "temporary", "old", "ours").unwrap());
        assert_eq!(texts(root.path()), some(["ours", "old"]));
    }

    #[test]
    fn of_two_saves_in_one_moment_the_newest_stays_in_the_note() {
        let (root, folder) = folder("hers");
        let (note, mut swaps) = (root.path().join("note"), 0);
        let watcher = move |moment| {
            swaps += usize::from(moment == Moment::Swap);
            if moment == Moment::Swap && swaps == 2 {
                fs::write(&note, "newest").unwrap();
            }
            Ok(())
        };
        let replaced = watched(watcher, || replace(&folder, "note", "temporary", "old", "ours"));
        assert!(!replaced.unwrap());
        assert_eq!(texts(root.path()), some(["newest", "hers"]));
    }

    #[test]
    fn a_disk_that_cannot_exchange_compares_before_it_renames() {
        let simple = |moment| match moment {
            Moment::Swap => Err(Errno::INVAL.into()),
            _ => Ok(()),
        };
        let (root, folder) = folder("old");
        watched(simple, || {
            assert!(!replace(&folder, "note", "temporary", "older", "ours").unwrap());
            assert_eq!(texts(root.path()), some(["old", "ours"]));
            assert!(replace(&folder, "note", "temporary", "old", "ours").unwrap());
        });
        assert_eq!(texts(root.path()), [Some("ours".to_owned()), None]);
    }

    #[test]
    fn a_note_is_only_taken_away_as_it_was_read() {
        let (root, folder) = folder("old");
        fs::remove_file(root.path().join("temporary")).unwrap();
        assert!(!take_away(&folder, "note", "temporary", "older").unwrap());
        assert_eq!(texts(root.path()), [Some("old".to_owned()), None]);
        assert!(take_away(&folder, "note", "temporary", "old").unwrap());
        assert!(!take_away(&folder, "note", "other", "old").unwrap());
        assert_eq!(texts(root.path()), [None, Some("old".to_owned())]);
    }
}
