//! Where an index lies, and the files there that are ours.
//!
//! Invariant: nothing is removed but what has a name that only an index gives; links are not followed.

use crate::effects::index::kept::PREFIX;
use crate::effects::index::signature::SIGNATURE;
use crate::effects::places::make_private_folder;
use std::io;
use std::path::{Path, PathBuf};

/// The file without which there is no index.
pub const META: &str = "meta.json";

/// The folder of an index. Holding one touches no disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    folder: PathBuf,
}

impl Place {
    /// The index in `folder`, which may not exist yet. The names beside it that begin with that of `folder` are ours.
    pub fn new(folder: impl Into<PathBuf>) -> Place {
        Place { folder: folder.into() }
    }

    /// The folder itself.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where a damaged index is put: at most one is kept.
    pub fn damaged(&self) -> PathBuf {
        self.folder.with_extension("damaged")
    }

    /// The file that whoever writes the index holds locked.
    pub fn lock_file(&self) -> PathBuf {
        self.folder.with_extension("lock")
    }

    /// Whether anything lies there, or was set aside.
    pub fn is_there(&self) -> bool {
        [&self.folder, &self.damaged()].iter().any(|path| path.symlink_metadata().is_ok())
    }

    /// The folder around the index, made where it is missing.
    pub fn make_around(&self) -> io::Result<()> {
        self.folder.parent().map_or(Ok(()), make_private_folder)
    }

    /// An empty folder for a new index.
    pub fn make_empty(&self) -> io::Result<()> {
        make_private_folder(&self.folder)?;
        remove_ours(&self.folder, &|_| true)
    }

    /// Removes what a writer that was cut off left, and catalogues of before: all files of an index but those that
    /// `living` names. A file that stays does no harm by itself.
    pub fn sweep(&self, living: &dyn Fn(&str) -> bool) {
        let _ = remove_ours(&self.folder, &|name| is_removable_alone(name) && !living(name));
    }

    /// Puts what is there out of the way, whatever it is.
    pub fn set_aside(&self) -> io::Result<()> {
        match self.folder.symlink_metadata() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            outcome => outcome?,
        };
        remove_whole(&self.damaged())?;
        std::fs::rename(&self.folder, self.damaged())
    }

    /// Removes the index, and one that was set aside. What is not ours stays, and the folder with it.
    pub fn clear(&self) -> io::Result<()> {
        for folder in [self.folder.clone(), self.damaged()] {
            match remove_ours(&folder, &|_| true).and_then(|()| std::fs::remove_dir(&folder)) {
                Err(error) if is_fine_to_leave(error.kind()) => {}
                outcome => outcome?,
            }
        }
        Ok(())
    }

    /// How many bytes the files of the index have.
    pub fn size(&self) -> u64 {
        files(&self.folder).map_or(0, |files| {
            let sizes = files.iter().filter_map(|(path, _)| path.symlink_metadata().ok());
            sizes.map(|metadata| metadata.len()).sum()
        })
    }
}

fn is_fine_to_leave(kind: io::ErrorKind) -> bool {
    use io::ErrorKind::{DirectoryNotEmpty, NotADirectory, NotFound};
    matches!(kind, NotFound | DirectoryNotEmpty | NotADirectory)
}

/// Only for the folder of a damaged index, which we named ourselves.
fn remove_whole(path: &Path) -> io::Result<()> {
    match path.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(metadata) if metadata.is_dir() => std::fs::remove_dir_all(path),
        Ok(_) => std::fs::remove_file(path),
    }
}

/// What makes the files an index goes first: whoever is cut off after that leaves none, and not a damaged one.
fn remove_ours(folder: &Path, wanted: &dyn Fn(&str) -> bool) -> io::Result<()> {
    let mut files = files(folder)?;
    files.sort_by_key(|(_, name)| name != META);
    for (path, name) in files {
        if is_ours(&name) && wanted(&name) {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// The files right in `folder`, with their names.
fn files(folder: &Path) -> io::Result<Vec<(PathBuf, String)>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_type()?.is_dir()
            && let Ok(name) = entry.file_name().into_string()
        {
            files.push((entry.path(), name));
        }
    }
    Ok(files)
}

/// Whether only we, or the index below us, call a file `name`.
fn is_ours(name: &str) -> bool {
    is_removable_alone(name)
        || matches!(
            name,
            META | ".managed.json" | ".tantivy-writer.lock" | ".tantivy-meta.lock" | SIGNATURE
        )
}

/// The files that come and go: parts of the index, catalogues, and what is not finished yet.
fn is_removable_alone(name: &str) -> bool {
    let part = name.split_once('.').map_or(name, |(part, _)| part);
    let is_part = part.len() == 32 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_part || name.starts_with(PREFIX) || name.starts_with(".tmp")
}

#[cfg(test)]
mod tests {
    use crate::effects::index::place::Place;

    #[test]
    fn clearing_leaves_what_is_not_ours() {
        let around = tempfile::tempdir().unwrap();
        let place = Place::new(around.path().join("index"));
        place.clear().unwrap();
        place.make_empty().unwrap();
        for name in
            ["meta.json", ".managed.json", "catalogue-1", "0123456789abcdef0123456789abcdef.pos"]
        {
            std::fs::write(place.folder().join(name), "12345").unwrap();
        }
        std::fs::write(around.path().join("facts"), "").unwrap();
        assert_eq!(place.size(), 20);
        std::fs::write(place.folder().join("diary.md"), "mine").unwrap();
        place.clear().unwrap();
        assert_eq!(place.size(), 4);
        std::fs::remove_file(place.folder().join("diary.md")).unwrap();
        place.clear().unwrap();
        assert!(!place.folder().exists() && around.path().join("facts").exists());
    }

    #[test]
    fn at_most_one_damaged_index_is_kept() {
        let around = tempfile::tempdir().unwrap();
        let place = Place::new(around.path().join("index"));
        for content in ["first", "second"] {
            place.make_empty().unwrap();
            std::fs::write(place.folder().join("meta.json"), content).unwrap();
            place.set_aside().unwrap();
        }
        assert_eq!(std::fs::read_to_string(place.damaged().join("meta.json")).unwrap(), "second");
        std::fs::write(place.folder(), "a file").unwrap();
        place.set_aside().unwrap();
        assert!(!place.folder().exists());
        place.set_aside().unwrap();
        assert_eq!(std::fs::read_dir(around.path()).unwrap().count(), 1);
    }
}
