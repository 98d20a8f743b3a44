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

/// Makes `folder` and those around it; what it is called without links. Where `folder` itself is made, nobody else on the
/// computer may look into it: there will be people in it.
pub fn make_root(folder: &Path) -> io::Result<PathBuf> {
    if !folder.exists() {
        fs::create_dir_all(folder)?;
        keep_private(folder);
    }
    folder.canonicalize()
}

/// A disk that knows no permissions leaves it as it is; `ties check --privacy` tells.
#[cfg(unix)]
fn keep_private(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let _ = fs::set_permissions(folder, fs::Permissions::from_mode(0o700));
}

#[cfg(not(unix))]
fn keep_private(_: &Path) {}

/// The folder below `root` whose name is `folder` but for case (`People`), where `folder` itself is not there.
pub fn of_other_case(root: &Path, folder: &str) -> Option<String> {
    if root.join(folder).exists() {
        return None;
    }
    let entries = fs::read_dir(root).ok()?.flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let names = folders.filter_map(|entry| entry.file_name().into_string().ok());
    names.filter(|name| name.to_lowercase() == folder.to_lowercase()).min()
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
