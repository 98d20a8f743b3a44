//! How a file looks from outside: what changes whenever its bytes do.

use serde::{Deserialize, Serialize};
use std::fs::Metadata;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The stamp of a file. Two stamps are compared for equality and never by order: a tool that restores old files, or a
/// clock that is set back, makes a changed file older.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Stamp {
    // Nanoseconds since 1970.
    modified: i64,
    // The change of the file's entry, which no program can set: it tells of a change that kept size and `modified`.
    changed: i64,
    size: u64,
    inode: u64,
}

/// A file system that keeps whole seconds may keep even ones only (FAT).
const COARSE: Duration = Duration::from_millis(2_100);
/// The clock behind fine times ticks a few times in a hundredth of a second; some margin for a busy machine.
const FINE: Duration = Duration::from_millis(100);

impl Stamp {
    /// The stamp in `metadata`.
    #[cfg(unix)]
    pub fn of(metadata: &Metadata) -> Stamp {
        use std::os::unix::fs::MetadataExt;
        // A file may claim to be of the year 2446, which nanoseconds cannot count to.
        let nanoseconds =
            |seconds: i64, rest: i64| seconds.saturating_mul(1_000_000_000).saturating_add(rest);
        Stamp {
            modified: nanoseconds(metadata.mtime(), metadata.mtime_nsec()),
            changed: nanoseconds(metadata.ctime(), metadata.ctime_nsec()),
            size: metadata.len(),
            inode: metadata.ino(),
        }
    }

    /// The stamp in `metadata`; without what only Unix tells.
    #[cfg(not(unix))]
    pub fn of(metadata: &Metadata) -> Stamp {
        let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let modified = since.map_or(0, |since| i64::try_from(since.as_nanos()).unwrap_or(0));
        Stamp { modified, changed: modified, size: metadata.len(), inode: 0 }
    }

    /// The stamp in what the system says of a file.
    #[cfg(unix)]
    pub fn of_status(status: &rustix::fs::Stat) -> Stamp {
        // Each system has its own types of integers here; none is wider.
        let number = |number: i128| i64::try_from(number).unwrap_or(i64::MAX);
        let nanoseconds =
            |seconds: i128, rest: i128| number(seconds.saturating_mul(1_000_000_000) + rest);
        Stamp {
            modified: nanoseconds(status.st_mtime.into(), status.st_mtime_nsec.into()),
            changed: nanoseconds(status.st_ctime.into(), status.st_ctime_nsec.into()),
            size: u64::try_from(status.st_size).unwrap_or(0),
            inode: status.st_ino,
        }
    }

    /// The length of the file, in bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The four numbers that it is stored as.
    pub fn numbers(&self) -> [u64; 4] {
        [self.modified.cast_unsigned(), self.changed.cast_unsigned(), self.size, self.inode]
    }

    /// The stamp that is stored as these numbers.
    pub fn from_numbers([modified, changed, size, inode]: [u64; 4]) -> Stamp {
        Stamp { modified: modified.cast_signed(), changed: changed.cast_signed(), size, inode }
    }

    /// Whether the file was last changed so shortly before `moment` that one more change may leave the same stamp
    /// (git calls such a file racy). A time in the future counts too: the clock of a server may be ahead. The stamp
    /// of nothing tells nothing.
    pub fn is_racy(&self, moment: SystemTime) -> bool {
        if *self == Stamp::default() {
            return true;
        }
        let newest = self.modified.max(self.changed);
        let margin = if newest % 1_000_000_000 == 0 { COARSE } else { FINE };
        let limit = moment.checked_sub(margin).unwrap_or(UNIX_EPOCH);
        let limit = limit.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
        i128::from(newest) >= i128::try_from(limit).unwrap_or(i128::MAX)
    }
}

/// Takes stamps of many files below one folder: from an open folder the system need not find the way to it again.
#[derive(Debug)]
pub struct Stamper {
    #[cfg(unix)]
    folder: Option<rustix::fd::OwnedFd>,
    #[cfg(not(unix))]
    folder: std::path::PathBuf,
}

#[cfg(unix)]
impl Stamper {
    /// Takes stamps below `folder`.
    pub fn new(folder: &Path) -> Stamper {
        use rustix::fs::{Mode, OFlags, open};
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Stamper { folder: open(folder, flags, Mode::empty()).ok() }
    }

    /// The stamp of the file at `path` below the folder; `None` where it is gone. Where the system does not tell, the
    /// stamp of nothing: then reading it will say why.
    pub fn stamp(&self, path: &str) -> Option<Stamp> {
        use rustix::fs::{AtFlags, statat};
        use rustix::io::Errno;
        let Some(folder) = &self.folder else { return Some(Stamp::default()) };
        match statat(folder, path, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(status) => Some(Stamp::of_status(&status)),
            Err(Errno::NOENT | Errno::NOTDIR) => None,
            Err(_) => Some(Stamp::default()),
        }
    }
}

#[cfg(not(unix))]
impl Stamper {
    /// Takes stamps below `folder`.
    pub fn new(folder: &Path) -> Stamper {
        Stamper { folder: folder.to_owned() }
    }

    /// The stamp of the file at `path` below the folder; `None` where it is gone. Where the system does not tell, the
    /// stamp of nothing: then reading it will say why.
    pub fn stamp(&self, path: &str) -> Option<Stamp> {
        match std::fs::symlink_metadata(self.folder.join(path)) {
            Ok(metadata) => Some(Stamp::of(&metadata)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(_) => Some(Stamp::default()),
        }
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use crate::effects::vault::stamp::Stamp;
    use std::time::{Duration, SystemTime};

    #[test]
    fn a_change_that_keeps_size_and_time_changes_the_stamp() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ada.md");
        std::fs::write(&file, "one").unwrap();
        let metadata = std::fs::metadata(&file).unwrap();
        let before = Stamp::of(&metadata);
        std::thread::sleep(Duration::from_millis(30));
        std::fs::write(&file, "two").unwrap();
        let open = std::fs::File::options().write(true).open(&file).unwrap();
        open.set_modified(metadata.modified().unwrap()).unwrap();
        let after = Stamp::of(&std::fs::metadata(&file).unwrap());
        assert_eq!(before.modified, after.modified);
        assert_eq!(before.size, after.size);
        assert_ne!(before, after);
    }

    #[test]
    fn a_time_beyond_all_clocks_is_a_stamp_too() {
        let file = tempfile::tempfile().unwrap();
        let beyond = Duration::new(12_000_000_000, 999_999_999);
        if file.set_modified(SystemTime::UNIX_EPOCH + beyond).is_err() {
            eprintln!("skipped: this disk does not know the year 2350");
            return;
        }
        assert!(Stamp::of(&file.metadata().unwrap()).is_racy(SystemTime::now()));
    }

    #[test]
    fn a_young_file_is_racy_until_its_clock_has_ticked() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000);
        let at = |nanoseconds: i64| Stamp { modified: nanoseconds, ..Stamp::default() };
        assert!(at(1_000_000_000_000).is_racy(now));
        assert!(at(998_000_000_000).is_racy(now), "a whole second may be a coarse clock");
        assert!(!at(997_000_000_000).is_racy(now));
        assert!(at(999_950_000_001).is_racy(now));
        assert!(!at(999_800_000_001).is_racy(now));
        assert!(at(2_000_000_000_001).is_racy(now), "the future is young");
        assert!(Stamp::default().is_racy(now), "the stamp of nothing tells nothing");
    }
}
