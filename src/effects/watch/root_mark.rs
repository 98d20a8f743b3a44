//! Which folder the root of a vault is, whatever its name: a root that was moved away and another one that came into
//! its place are two.

use std::path::Path;

/// Device and inode of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RootMark(u64, u64);

impl RootMark {
    /// The mark of the folder at `path`; `None` where there is none.
    #[cfg(unix)]
    pub fn of(path: &Path) -> Option<RootMark> {
        use std::os::unix::fs::MetadataExt;
        let metadata = path.metadata().ok().filter(std::fs::Metadata::is_dir)?;
        Some(RootMark(metadata.dev(), metadata.ino()))
    }

    /// The mark of the folder at `path`; on this system any folder of that name is the same.
    #[cfg(not(unix))]
    pub fn of(path: &Path) -> Option<RootMark> {
        path.is_dir().then_some(RootMark(0, 0))
    }
}
