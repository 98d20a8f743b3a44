//! What this machine offers: its limits, and which folders may be written.

use crate::effects::clock::age_of;
use std::path::Path;
use std::time::Duration;

/// How many folders one user may have watched; `None` where the system has no such limit or does not tell.
pub fn watch_limit() -> Option<usize> {
    let text = std::fs::read_to_string("/proc/sys/fs/inotify/max_user_watches").ok()?;
    text.trim().parse().ok()
}

/// Whether something may be written into `folder`; where it is not there yet, whether it could be made.
pub fn may_write(folder: &Path) -> bool {
    let there = folder.ancestors().find(|folder| folder.symlink_metadata().is_ok());
    there.is_some_and(|there| there.is_dir() && is_open_to_us(there))
}

#[cfg(unix)]
fn is_open_to_us(folder: &Path) -> bool {
    use rustix::fs::{Access, access};
    access(folder, Access::WRITE_OK | Access::EXEC_OK).is_ok()
}

#[cfg(not(unix))]
fn is_open_to_us(folder: &Path) -> bool {
    folder.metadata().is_ok_and(|metadata| !metadata.permissions().readonly())
}

/// Whether `folder` lies in a git repository.
pub fn has_git(folder: &Path) -> bool {
    folder.ancestors().any(|folder| folder.join(".git").symlink_metadata().is_ok())
}

/// How long ago something directly in `folder` was changed last; `None` where it is empty or not there.
pub fn newest_age(folder: &Path) -> Option<Duration> {
    let entries = std::fs::read_dir(folder).ok()?;
    entries.flatten().filter_map(|entry| age_of(&entry.path())).min()
}

#[cfg(test)]
mod tests {
    use crate::effects::machine::{has_git, may_write, newest_age};

    #[test]
    fn a_folder_that_could_be_made_may_be_written() {
        let folder = tempfile::tempdir().unwrap();
        assert!(may_write(&folder.path().join("a/b")));
        std::fs::write(folder.path().join("file"), "").unwrap();
        assert!(!may_write(&folder.path().join("file/b")));
    }

    #[test]
    fn a_repository_is_found_from_any_folder_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("vault/people");
        std::fs::create_dir_all(&deep).unwrap();
        assert!(!has_git(&deep));
        std::fs::create_dir(folder.path().join(".git")).unwrap();
        assert!(has_git(&deep));
    }

    #[test]
    fn an_empty_folder_has_no_age() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(newest_age(folder.path()), None);
        assert_eq!(newest_age(&folder.path().join("none")), None);
        std::fs::write(folder.path().join("x"), "").unwrap();
        assert!(newest_age(folder.path()).is_some());
    }
}
