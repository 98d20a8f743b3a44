//! In which run of the machine the files of an index were written, or looked through.
//!
//! An index is derived, so its files are not forced onto the disk one by one: that would take most of the time of a
//! commit. Whoever kills a process takes nothing away of what it wrote, but a power cut may take some of it.
//!
//! Invariant: a folder with the signature of this run holds what was written there. In every other folder all bytes
//! are looked through before anything is believed.

use crate::effects::boot::boot_mark;
use std::fs::File;
use std::io;
use std::path::Path;

/// The name of the file with the signature.
pub const SIGNATURE: &str = "written-in";

/// Whether the files in `folder` are of this run. Where runs have no marks, whether every file was forced onto the
/// disk.
pub fn is_signed(folder: &Path) -> bool {
    let signed = std::fs::read_to_string(folder.join(SIGNATURE));
    match (boot_mark(), signed) {
        (Some(mark), Ok(signed)) => signed == mark,
        (Some(_), Err(_)) => false,
        (None, signed) => signed.is_err_and(|error| error.kind() == io::ErrorKind::NotFound),
    }
}

/// Signs `folder`: all that lies there is whole, and all that will be written in this run.
pub fn sign(folder: &Path) -> io::Result<()> {
    let Some(mark) = boot_mark() else { return Ok(()) };
    // Two processes may do this at once.
    let unfinished = folder.join(format!(".tmp-{}-{SIGNATURE}", std::process::id()));
    std::fs::write(&unfinished, mark)?;
    std::fs::rename(unfinished, folder.join(SIGNATURE))
}

/// Forces `file` onto the disk, where a signature cannot tell whether it got there.
pub fn settle(file: &File) -> io::Result<()> {
    if boot_mark().is_some() { Ok(()) } else { file.sync_all() }
}
