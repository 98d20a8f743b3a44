//! The moments at which a disk can fail or a person can save: where tests step in.
//!
//! Invariant: outside of this crate's tests every moment passes and costs nothing.

use std::io;

/// A call that reads or changes the disk, about to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Open and read a file.
    Look,
    /// Make a file.
    Create,
    /// Write the text of a file.
    Write,
    /// Make the text of a file durable.
    SyncFile,
    /// Exchange two files.
    Swap,
    /// Rename a file to a name that must be free.
    RenameNew,
    /// Rename a file.
    Rename,
    /// Remove a file.
    Remove,
    /// Make a folder.
    MakeFolder,
    /// Remove an empty folder.
    RemoveFolder,
    /// Make the names in a folder durable.
    SyncFolder,
}

/// Nothing happens.
#[cfg(not(test))]
#[inline(always)]
pub(crate) fn reach(_: Moment) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
type Watcher = Box<dyn FnMut(Moment) -> io::Result<()>>;

#[cfg(test)]
thread_local! {
    static WATCHER: std::cell::RefCell<Option<Watcher>> = const { std::cell::RefCell::new(None) };
}

/// Ask the watcher of this thread, if there is one. It is not asked about what it does itself.
#[cfg(test)]
pub(crate) fn reach(moment: Moment) -> io::Result<()> {
    let Some(mut watcher) = WATCHER.with_borrow_mut(Option::take) else { return Ok(()) };
    let answer = watcher(moment);
    WATCHER.set(Some(watcher));
    answer
}

/// Run `act` with `watcher` at every moment.
#[cfg(test)]
pub(crate) fn watched<T>(
    watcher: impl FnMut(Moment) -> io::Result<()> + 'static,
    act: impl FnOnce() -> T,
) -> T {
    WATCHER.set(Some(Box::new(watcher)));
    let result = act();
    WATCHER.set(None);
    result
}
