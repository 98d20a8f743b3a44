//! Files that are neither notes nor settings: manual pages, the files of services, calendars.
//!
//! Invariant: a reader finds the old file or the new one, never half of one. Who may read it stays as it was, and a link
//! stays a link.

use std::fs::{self, File, Metadata, Permissions};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

/// Larger files are none of ours, in bytes.
const LIMIT: u64 = 1024 * 1024;

/// How sure a file must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Care {
    /// It is on the disk when the call returns.
    Durable,
    /// A power cut soon after may leave it empty: for one of many that can be written again.
    Quick,
}

/// Writes `text` into `file`, whatever was there; folders that are missing are made.
pub fn replace(file: &Path, text: &str) -> io::Result<()> {
    put(file, text, Care::Durable)
}

/// The same for one of many files that can all be made anew: after a power cut it may be empty.
pub fn replace_quickly(file: &Path, text: &str) -> io::Result<()> {
    put(file, text, Care::Quick)
}

fn put(file: &Path, text: &str, care: Care) -> io::Result<()> {
    let odd = || io::Error::new(io::ErrorKind::InvalidInput, "it names no file");
    let file = behind_links(file)?;
    let (folder, name) = (file.parent().ok_or_else(odd)?, file.file_name().ok_or_else(odd)?);
    let before = fs::metadata(&file).ok().filter(Metadata::is_file);
    fs::create_dir_all(folder)?;
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{}.tmp", std::process::id()));
    let hidden = folder.join(hidden);
    let mode = before.map(|before| before.permissions());
    let written =
        write_through(&hidden, text, mode, care).and_then(|()| fs::rename(&hidden, &file));
    if written.is_err() {
        let _ = fs::remove_file(&hidden);
    }
    written
}

/// Where the text of `file` lies: a link stays one. An error where it leads to no file.
fn behind_links(file: &Path) -> io::Result<PathBuf> {
    let is_link = fs::symlink_metadata(file).is_ok_and(|metadata| metadata.is_symlink());
    if !is_link {
        return Ok(file.to_owned());
    }
    let nowhere =
        || io::Error::new(io::ErrorKind::InvalidInput, "it is a link that leads to no file");
    let real = fs::canonicalize(file).map_err(|_| nowhere())?;
    if real.is_file() { Ok(real) } else { Err(nowhere()) }
}

/// Whoever could not read the file before must not be able to read it for a moment either, so its `mode` comes first.
fn write_through(file: &Path, text: &str, mode: Option<Permissions>, care: Care) -> io::Result<()> {
    let mut file = File::create_new(file)?;
    mode.map_or(Ok(()), |mode| file.set_permissions(mode))?;
    file.write_all(text.as_bytes())?;
    if care == Care::Durable { file.sync_all() } else { Ok(()) }
}

/// The text of `file`; `None` where it is not there.
pub fn text_of(file: &Path) -> io::Result<Option<String>> {
    text_up_to(file, LIMIT)
}

/// The text of a file of at most `limit` bytes; `None` where it is not there.
pub fn text_up_to(file: &Path, limit: u64) -> io::Result<Option<String>> {
    match fs::metadata(file) {
        Ok(metadata) if metadata.len() > limit || !metadata.is_file() => {
            Err(io::Error::new(io::ErrorKind::InvalidData, "it is no small file"))
        }
        Ok(_) => fs::read_to_string(file).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The names in `folder` that are text, in order; none where it is not there.
pub fn names_in(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let names = entries.map(|entry| Ok(entry?.file_name().into_string().ok()));
    let mut names = names.filter_map(Result::transpose).collect::<io::Result<Vec<_>>>()?;
    names.sort();
    Ok(names)
}

/// Where `file` really lies or will lie, with the links of all folders that are there resolved, and of the file itself.
/// A `..` below a folder that is not there is an error: nobody knows where it leads.
pub fn real_place(file: &Path) -> io::Result<PathBuf> {
    for base in file.ancestors() {
        let rest = file.strip_prefix(base).unwrap_or(Path::new(""));
        match fs::canonicalize(base) {
            Ok(real) if rest.as_os_str().is_empty() => return Ok(real),
            Ok(_) if rest.components().any(|part| part == Component::ParentDir) => break,
            Ok(real) => return Ok(real.join(rest)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "it leads through a folder that is not there"))
}

/// Removes `file`; fine where it is not there.
pub fn remove(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use crate::effects::plain_file::{
        names_in, real_place, remove, replace, replace_quickly, text_of, text_up_to,
    };

    #[test]
    fn a_file_is_made_replaced_and_removed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a/b/ties.1");
        assert_eq!(text_of(&file).unwrap(), None);
        replace(&file, "one").unwrap();
        replace(&file, "two").unwrap();
        assert_eq!(text_of(&file).unwrap().as_deref(), Some("two"));
        let left = std::fs::read_dir(file.parent().unwrap()).unwrap().count();
        assert_eq!(left, 1);
        remove(&file).unwrap();
        remove(&file).unwrap();
        assert_eq!(text_of(&file).unwrap(), None);
        assert!(text_of(folder.path()).is_err());
        assert!(replace(folder.path(), "x").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn who_may_read_a_file_stays_as_it_was_and_a_link_stays_one() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        replace(&at("file"), "one").unwrap();
        std::fs::set_permissions(at("file"), PermissionsExt::from_mode(0o600)).unwrap();
        symlink("file", at("link")).unwrap();
        replace(&at("link"), "two").unwrap();
        assert!(at("link").is_symlink());
        assert_eq!(text_of(&at("file")).unwrap().as_deref(), Some("two"));
        assert_eq!(std::fs::metadata(at("file")).unwrap().permissions().mode() & 0o777, 0o600);
        symlink("nowhere", at("dangling")).unwrap();
        symlink("/dev/null", at("masked")).unwrap();
        for name in ["dangling", "masked"] {
            assert!(replace(&at(name), "x").is_err(), "{name}");
            assert!(at(name).is_symlink());
        }
        assert!(!at("nowhere").exists());
    }

    #[test]
    fn a_place_is_told_with_its_links_resolved() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        replace(&root.join("real/file"), "x").unwrap();
        let place = |path: &str| real_place(&root.join(path)).ok();
        assert_eq!(place("real/new/file"), Some(root.join("real/new/file")));
        assert_eq!(place("real/../real/file"), Some(root.join("real/file")));
        assert_eq!(place("nowhere/../real/file"), None);
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("real", root.join("link")).unwrap();
            std::os::unix::fs::symlink("file", root.join("real/other")).unwrap();
            assert_eq!(place("link/new"), Some(root.join("real/new")));
            assert_eq!(place("link/other"), Some(root.join("real/file")));
        }
    }

    #[test]
    fn names_are_told_in_order_and_none_where_nothing_is() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b", "a", ".c"] {
            replace_quickly(&folder.path().join("in").join(name), "x").unwrap();
        }
        assert_eq!(names_in(&folder.path().join("in")).unwrap(), [".c", "a", "b"]);
        assert!(names_in(&folder.path().join("nowhere")).unwrap().is_empty());
        assert!(names_in(&folder.path().join("in/a")).is_err());
        assert!(text_up_to(&folder.path().join("in/a"), 0).is_err());
    }
}
