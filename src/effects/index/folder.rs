//! The folder of an index as the index below sees it: files are mapped into memory, and forced onto the disk only where
//! a signature could not tell afterwards whether they got there.

use crate::effects::boot::boot_mark;
use crate::effects::index::signature::settle;
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::Directory;
use tantivy::directory::error::{
    DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError,
};
use tantivy::directory::{
    AntiCallToken, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};

/// The list of the files that the index below has made. It would be replaced for each of them; what no commit names is
/// swept away by us, so nobody needs it.
const OWN_LIST: &str = ".managed.json";

/// The folder of an index.
#[derive(Debug, Clone)]
pub struct Folder {
    below: MmapDirectory,
    path: PathBuf,
}

impl Folder {
    /// The folder at `path`, which is there.
    pub fn open(path: &Path) -> Result<Folder, OpenDirectoryError> {
        Ok(Folder { below: MmapDirectory::open(path)?, path: path.to_owned() })
    }
}

/// A file that is being written.
struct Writing(File);

impl Write for Writing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl TerminatingWrite for Writing {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        settle(&self.0)
    }
}

impl Directory for Folder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.below.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.below.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.below.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let opened = OpenOptions::new().write(true).create_new(true).open(self.path.join(path));
        let file = opened.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => OpenWriteError::FileAlreadyExists(path.to_owned()),
            _ => OpenWriteError::wrap_io_error(error, path.to_owned()),
        })?;
        Ok(BufWriter::new(Box::new(Writing(file))))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        if path == Path::new(OWN_LIST) {
            return Err(OpenReadError::FileDoesNotExist(path.to_owned()));
        }
        self.below.atomic_read(path)
    }

    /// Only who has the turn writes, so one name for what is not finished is enough.
    fn atomic_write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if path == Path::new(OWN_LIST) {
            return Ok(());
        }
        let unfinished = self.path.join(format!(".tmp-{}", path.display()));
        let mut file = File::create(&unfinished)?;
        file.write_all(bytes)?;
        settle(&file)?;
        std::fs::rename(unfinished, self.path.join(path))
    }

    fn sync_directory(&self) -> io::Result<()> {
        if boot_mark().is_some() { Ok(()) } else { self.below.sync_directory() }
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.below.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.below.watch(callback)
    }
}
