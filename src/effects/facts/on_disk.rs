//! What the facts of a vault take on the disk.

use crate::effects::clock::age_of;
use std::path::Path;
use std::time::Duration;

/// Facts as they lie on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OnDisk {
    /// How many bytes.
    pub size: u64,
    /// How long ago they were changed.
    pub age: Option<Duration>,
}

/// The facts in the cache folder `folder`; `None` where there are none.
pub fn on_disk(folder: &Path) -> Option<OnDisk> {
    let facts = folder.join("facts");
    facts.symlink_metadata().ok()?;
    let entries = std::fs::read_dir(folder).ok()?.flatten();
    let ours = entries.filter(|entry| {
        let name = entry.file_name();
        name == "facts" || name.to_string_lossy().starts_with("notes-")
    });
    let size = ours.filter_map(|entry| entry.metadata().ok()).map(|metadata| metadata.len()).sum();
    Some(OnDisk { size, age: age_of(&facts) })
}
