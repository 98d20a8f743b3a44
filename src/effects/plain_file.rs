//! Files that are neither notes nor settings: manual pages, the files of services. Never anything in a vault.
//!
//! Invariant: a reader finds the old file or the new one, never half of one.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Larger files are none of ours, in bytes.
const LIMIT: u64 = 1024 * 1024;

/// Writes `text` into `file`, whatever was there; folders that are missing are made.
pub fn replace(file: &Path, text: &str) -> io::Result<()> {
    let odd = || io::Error::new(io::ErrorKind::InvalidInput, "it names no file");
    let (folder, name) = (file.parent().ok_or_else(odd)?, file.file_name().ok_or_else(odd)?);
    fs::create_dir_all(folder)?;
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{}.tmp", std::process::id()));
    let hidden = folder.join(hidden);
    let written = write_through(&hidden, text).and_then(|()| fs::rename(&hidden, file));
    if written.is_err() {
        let _ = fs::remove_file(&hidden);
    }
    written
}

fn write_through(file: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create_new(file)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// The text of `file`; `None` where it is not there.
pub fn text_of(file: &Path) -> io::Result<Option<String>> {
    match fs::metadata(file) {
        Ok(metadata) if metadata.len() > LIMIT || !metadata.is_file() => {
            Err(io::Error::new(io::ErrorKind::InvalidData, "it is no small file"))
        }
        Ok(_) => fs::read_to_string(file).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
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
    use crate::effects::plain_file::{remove, replace, text_of};

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
}
