//! The state folder of one vault: where the lock, the journal and what `undo` needs live.
//!
//! Invariant: it lies outside the notes, is made only when something is written, and is readable by its owner only.

use std::fs::{DirBuilder, File};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// The state folder of one vault. Holding one touches no disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    folder: PathBuf,
}

impl State {
    /// The state kept in `folder`, which may not exist yet. Each vault needs its own, outside of its notes.
    pub fn open(folder: impl Into<PathBuf>) -> State {
        State { folder: folder.into() }
    }

    /// The folder itself.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file that the one writer of the vault holds locked.
    pub fn lock_file(&self) -> PathBuf {
        self.folder.join("writer.lock")
    }

    /// The file that whoever follows the answers in the agenda holds locked.
    pub fn answers_lock_file(&self) -> PathBuf {
        self.folder.join("answers.lock")
    }

    /// The file that the one watcher of the vault holds locked.
    pub fn watcher_lock_file(&self) -> PathBuf {
        self.folder.join("watcher.lock")
    }

    /// The file in which the watcher says how it is.
    pub fn watcher_file(&self) -> PathBuf {
        self.folder.join("watcher.json")
    }

    /// The folder of the journal: the pending change, and the finished ones that can be undone.
    pub fn journal(&self) -> PathBuf {
        self.folder.join("journal")
    }

    /// Make the folders, with mode 0700, durably. Folders that are there stay as they are.
    pub fn make(&self) -> io::Result<()> {
        make_folder(&self.journal())
    }
}

/// A new folder is durable only once the folder around it is synced: a journal that a power cut takes away with its
/// folder would be no journal.
fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let around = folder.parent().filter(|around| !around.as_os_str().is_empty());
    if let Some(around) = around {
        make_folder(around)?;
    }
    match DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => {}
        other => other?,
    }
    File::open(around.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(test)]
mod tests {
    use crate::effects::state::State;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn nothing_is_made_before_it_is_needed_and_then_only_for_the_owner() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path().join("a/b"));
        assert!(!folder.path().join("a").exists());
        state.make().unwrap();
        state.make().unwrap();
        for made in ["a", "a/b", "a/b/journal"] {
            let mode = folder.path().join(made).metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o700, "{made}");
        }
    }
}
