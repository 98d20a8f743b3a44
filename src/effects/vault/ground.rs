//! Folders of a vault that is being made. A folder that is there stays as it is.

use crate::effects::vault::locate::around;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The root of the vault in which `folder`, which may not be there yet, would lie.
pub fn vault_around(folder: &Path) -> Option<PathBuf> {
    let there = folder.ancestors().find(|folder| folder.exists())?;
    around(if there.as_os_str().is_empty() { Path::new(".") } else { there })
}

/// Makes `folder` and those around it; what it is called without links.
pub fn make_root(folder: &Path) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    folder.canonicalize()
}

/// Makes a folder below `root`; whether it was not there before.
pub fn make_folder(root: &Path, folder: &str) -> io::Result<bool> {
    let folder = root.join(folder);
    if folder.exists() {
        return Ok(false);
    }
    fs::create_dir_all(folder)?;
    Ok(true)
}

/// Whether there is a folder of this name below `root`.
pub fn is_folder(root: &Path, path: &str) -> bool {
    root.join(path).is_dir()
}

/// Whether something, whatever it is, bears this name below `root`.
pub fn is_taken(root: &Path, path: &str) -> bool {
    root.join(path).symlink_metadata().is_ok()
}
