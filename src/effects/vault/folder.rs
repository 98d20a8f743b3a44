//! One open folder of a vault, and what can be done to the names in it.
//!
//! Invariant: no name is followed through a link, so nothing here reaches a file outside of the folder; no call
//! blocks on a FIFO or a device.

use crate::effects::vault::moment::{Moment, reach};
use rustix::fs::{Access, AtFlags, Mode, OFlags};
use rustix::io::Errno;
use std::fs::{File, Metadata};
use std::io::{self, Read, Write};
use std::os::fd::OwnedFd;
use std::path::Path;

/// The largest file that is read: 16 MiB.
pub const LARGEST: u64 = 16 << 20;

/// An open folder.
#[derive(Debug)]
pub struct Folder {
    handle: File,
}

/// What stands under a name.
#[derive(Debug)]
pub enum Look {
    /// No file.
    Nothing,
    /// A regular file, read as a whole.
    Found(Box<Found>),
    /// Something that is never read.
    Odd(Oddity),
}

/// A regular file, open for reading.
#[derive(Debug)]
pub struct Found {
    /// The file.
    pub file: File,
    /// Its mode, owner, size and times, from before it was read.
    pub metadata: Metadata,
    /// All of its bytes.
    pub bytes: Vec<u8>,
}

/// Why a file is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Oddity {
    /// A symbolic link.
    Link,
    /// A folder, FIFO, socket or device.
    NotAFile,
    /// More than [`LARGEST`] bytes.
    TooLarge,
}

impl Folder {
    /// Open the folder `relative` (its names joined by `/`, empty for `root` itself). Only `root` may be reached
    /// through links.
    pub fn open(root: &Path, relative: &str) -> io::Result<Folder> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let mut handle = File::from(rustix::fs::open(root, flags, Mode::empty())?);
        for name in relative.split('/').filter(|name| !name.is_empty()) {
            handle =
                rustix::fs::openat(&handle, name, flags | OFlags::NOFOLLOW, Mode::empty())?.into();
        }
        Ok(Folder { handle })
    }

    /// Read the file `name`.
    pub fn look(&self, name: &str) -> io::Result<Look> {
        reach(Moment::Look)?;
        match self.open_to_read(name) {
            Ok(handle) => read(handle.into()),
            Err(Errno::NOENT) => Ok(Look::Nothing),
            // What the systems answer to NOFOLLOW on a link, and to opening a socket.
            Err(Errno::LOOP | Errno::MLINK) => Ok(Look::Odd(Oddity::Link)),
            Err(Errno::NXIO | Errno::OPNOTSUPP) => Ok(Look::Odd(Oddity::NotAFile)),
            Err(error) => Err(error.into()),
        }
    }

    /// The metadata of what stands under `name`, `None` where nothing or a link does.
    pub fn stand(&self, name: &str) -> io::Result<Option<Metadata>> {
        match self.open_to_read(name) {
            Ok(handle) => File::from(handle).metadata().map(Some),
            Err(Errno::NOENT | Errno::LOOP | Errno::MLINK) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// What tells the file `name` from all others while it is there, and a link from what it leads to; `None` where
    /// there is none.
    pub fn mark(&self, name: &str) -> io::Result<Option<(i128, i128)>> {
        match rustix::fs::statat(&self.handle, name, AtFlags::SYMLINK_NOFOLLOW) {
            // The systems have their own types of integers here.
            Ok(status) => Ok(Some((status.st_dev.into(), status.st_ino.into()))),
            Err(Errno::NOENT) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether the system lets us write to the file `name`.
    pub fn may_write(&self, name: &str) -> io::Result<bool> {
        match rustix::fs::accessat(&self.handle, name, Access::WRITE_OK, AtFlags::empty()) {
            Ok(()) => Ok(true),
            Err(Errno::ACCESS | Errno::PERM) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Make the file `name`, which must be free; readable by its owner only when `private`, else as the person's
    /// system makes files.
    pub fn create(&self, name: &str, private: bool) -> io::Result<File> {
        reach(Moment::Create)?;
        let flags =
            OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let owner = Mode::RUSR | Mode::WUSR;
        let all = owner | Mode::RGRP | Mode::WGRP | Mode::ROTH | Mode::WOTH;
        let mode = if private { owner } else { all };
        Ok(rustix::fs::openat(&self.handle, name, flags, mode)?.into())
    }

    /// Exchange the files `one` and `other` in one step. The error is one of [`unsupported`] where the system or
    /// the file system has no such step.
    pub fn swap(&self, one: &str, other: &str) -> io::Result<()> {
        reach(Moment::Swap)?;
        system::swap(&self.handle, one, other)
    }

    /// Rename `from` to `to`, which must be free: `AlreadyExists` where it is not.
    pub fn rename_new(&self, from: &str, to: &str) -> io::Result<()> {
        match reach(Moment::RenameNew).and_then(|()| system::rename_new(&self.handle, from, to)) {
            Err(error) if unsupported(&error) => self.link_new(from, to),
            other => other,
        }
    }

    /// Rename `from` to `to`, replacing what is there.
    pub fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        reach(Moment::Rename)?;
        Ok(rustix::fs::renameat(&self.handle, from, &self.handle, to)?)
    }

    /// Remove the file `name`; nothing happens where there is none.
    pub fn remove(&self, name: &str) -> io::Result<()> {
        reach(Moment::Remove)?;
        match rustix::fs::unlinkat(&self.handle, name, AtFlags::empty()) {
            Ok(()) | Err(Errno::NOENT) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Make the folder `name`; nothing happens where something is there.
    pub fn make_folder(&self, name: &str) -> io::Result<()> {
        reach(Moment::MakeFolder)?;
        match rustix::fs::mkdirat(&self.handle, name, Mode::RWXU | Mode::RWXG | Mode::RWXO) {
            Ok(()) | Err(Errno::EXIST) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Remove the folder `name` where it is there and empty.
    pub fn remove_folder(&self, name: &str) -> io::Result<()> {
        reach(Moment::RemoveFolder)?;
        match rustix::fs::unlinkat(&self.handle, name, AtFlags::REMOVEDIR) {
            Ok(())
            | Err(Errno::NOENT | Errno::NOTEMPTY | Errno::EXIST | Errno::NOTDIR | Errno::BUSY) => {
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Make the names in the folder durable.
    pub fn sync(&self) -> io::Result<()> {
        reach(Moment::SyncFolder)?;
        match self.handle.sync_all() {
            // Some network file systems cannot sync a folder and say so; theirs are durable when the server says.
            Err(error) if unsupported(&error) => Ok(()),
            other => other,
        }
    }

    fn open_to_read(&self, name: &str) -> rustix::io::Result<OwnedFd> {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        rustix::fs::openat(&self.handle, name, flags, Mode::empty())
    }

    /// For file systems that cannot rename to a free name only. A hard link is as exclusive; where there are none
    /// either (FAT), nothing is better than to look first.
    fn link_new(&self, from: &str, to: &str) -> io::Result<()> {
        match rustix::fs::linkat(&self.handle, from, &self.handle, to, AtFlags::empty()) {
            Ok(()) => self.remove(from),
            Err(Errno::EXIST) => Err(Errno::EXIST.into()),
            Err(_) if matches!(self.look(to)?, Look::Nothing) => self.rename(from, to),
            Err(_) => Err(Errno::EXIST.into()),
        }
    }
}

/// Write `bytes` to a new file, durably.
pub fn fill(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    reach(Moment::Write)?;
    file.write_all(bytes)?;
    reach(Moment::SyncFile)?;
    file.sync_all()
}

/// Whether the error says that the system or the file system does not know the call.
pub fn unsupported(error: &io::Error) -> bool {
    let known = [Errno::NOSYS, Errno::INVAL, Errno::XDEV, Errno::OPNOTSUPP, Errno::NOTSUP];
    error.raw_os_error().is_some_and(|code| known.iter().any(|errno| errno.raw_os_error() == code))
}

fn read(mut file: File) -> io::Result<Look> {
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Ok(Look::Odd(Oddity::NotAFile));
    }
    let mut bytes =
        Vec::with_capacity(usize::try_from(metadata.len().min(LARGEST)).unwrap_or(0) + 1);
    (&mut file).take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Ok(Look::Odd(Oddity::TooLarge));
    }
    Ok(Look::Found(Box::new(Found { file, metadata, bytes })))
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
mod system {
    use rustix::fs::{RenameFlags, renameat_with};
    use std::fs::File;
    use std::io;

    pub(super) fn swap(folder: &File, one: &str, other: &str) -> io::Result<()> {
        Ok(renameat_with(folder, one, folder, other, RenameFlags::EXCHANGE)?)
    }

    pub(super) fn rename_new(folder: &File, from: &str, to: &str) -> io::Result<()> {
        Ok(renameat_with(folder, from, folder, to, RenameFlags::NOREPLACE)?)
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
mod system {
    use rustix::io::Errno;
    use std::fs::File;
    use std::io;

    pub(super) fn swap(_: &File, _: &str, _: &str) -> io::Result<()> {
        Err(Errno::NOSYS.into())
    }

    pub(super) fn rename_new(_: &File, _: &str, _: &str) -> io::Result<()> {
        Err(Errno::NOSYS.into())
    }
}

#[cfg(test)]
mod tests {
    use crate::effects::vault::folder::{Folder, LARGEST, Look, Oddity};
    use std::fs;
    use std::os::unix::fs::symlink;

    #[test]
    fn odd_files_are_never_read_and_never_block() {
        let root = tempfile::tempdir().unwrap();
        let file = |name: &str| root.path().join(name);
        symlink("/etc/passwd", file("link")).unwrap();
        fs::create_dir(file("folder")).unwrap();
        fs::File::create(file("large")).unwrap().set_len(LARGEST + 1).unwrap();
        let made = std::process::Command::new("mkfifo").arg(file("fifo")).status().unwrap();
        assert!(made.success());
        let _socket = std::os::unix::net::UnixListener::bind(file("socket")).unwrap();
        let folder = Folder::open(root.path(), "").unwrap();
        let odd = |name| match folder.look(name).unwrap() {
            Look::Odd(oddity) => oddity,
            other => panic!("{name}: {other:?}"),
        };
        assert_eq!(odd("link"), Oddity::Link);
        assert_eq!(odd("folder"), Oddity::NotAFile);
        assert_eq!(odd("fifo"), Oddity::NotAFile);
        assert_eq!(odd("socket"), Oddity::NotAFile);
        assert_eq!(odd("large"), Oddity::TooLarge);
        assert!(matches!(folder.look("none").unwrap(), Look::Nothing));
    }

    #[test]
    fn a_folder_behind_a_link_is_not_opened() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("real/deep")).unwrap();
        symlink("real", root.path().join("link")).unwrap();
        assert!(Folder::open(root.path(), "real/deep").is_ok());
        assert!(Folder::open(root.path(), "link/deep").is_err());
    }
}
