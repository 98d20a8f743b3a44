//! The journal on the disk: the one change that is under way, and the finished ones that can be undone.
//!
//! Invariants: `pending` is complete and durable before the first note is touched, and goes (becomes a numbered
//! entry, or is removed) only when every note is durably on one side. There is never more than one, because only
//! the holder of the lock begins a change, and it settles a pending one first.

use crate::effects::state::State;
use crate::effects::vault::commit_error::{CommitError, cannot};
use crate::effects::vault::folder::{Folder, fill};
use crate::effects::vault::record::{Record, RecordError, decode, encode};
use crate::text::fingerprint::content_mark;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// How many finished changes are kept.
pub const KEPT: usize = 100;

const PENDING: &str = "pending";
const NEW: &str = "new.tmp";

/// One change as the journal holds it.
#[derive(Debug, PartialEq, Eq)]
pub enum Stored {
    /// It holds none.
    Nothing,
    /// This one.
    Change(Record),
    /// One that cannot be read.
    Unreadable(RecordError),
}

/// Whether a change is under way, or was when its process ended: one look at one name, with no lock. `false` where
/// it cannot be found out: nothing is said of a change that nobody saw, and whoever writes learns from the lock why
/// the state folder cannot be used.
pub fn is_pending(state: &State) -> bool {
    state.journal().join(PENDING).try_exists().unwrap_or(false)
}

/// The change that is under way.
pub fn pending(state: &State) -> Result<Stored, CommitError> {
    read(&state.journal().join(PENDING))
}

/// Write down, durably, that `record` is under way. Takes the place of a pending one that came to nothing.
pub fn begin(state: &State, record: &Record) -> Result<(), CommitError> {
    let cannot = || cannot("write the journal in", state.journal().display().to_string());
    let text = encode(record).map_err(|error| cannot()(io::Error::other(error)))?;
    let folder = Folder::open(&state.journal(), "").map_err(cannot())?;
    write_pending(&folder, &text).map_err(|error| {
        // No note is touched yet: what is left of it would only make the next recovery look in vain.
        let _ = folder.remove(NEW).and_then(|()| folder.remove(PENDING));
        cannot()(error)
    })
}

/// The pending change came to nothing: forget it.
pub fn abandon(state: &State) -> Result<(), CommitError> {
    let cannot = || cannot("tidy the journal in", state.journal().display().to_string());
    let folder = Folder::open(&state.journal(), "").map_err(cannot())?;
    folder.remove(PENDING).map_err(cannot())?;
    folder.sync().map_err(cannot())
}

/// The pending change is done, durably: it becomes an entry that can be undone. Gives its number.
pub fn finish(state: &State) -> Result<u64, CommitError> {
    let cannot = || cannot("finish the journal in", state.journal().display().to_string());
    let folder = Folder::open(&state.journal(), "").map_err(cannot())?;
    let numbers = numbers(state)?;
    let number = numbers.last().map_or(1, |last| last.saturating_add(1));
    folder.rename(PENDING, &file_name(number)).map_err(cannot())?;
    folder.sync().map_err(cannot())?;
    let surplus = (numbers.len() + 1).saturating_sub(KEPT);
    for old in numbers.iter().take(surplus) {
        // An entry too many does no harm and goes the next time.
        let _ = folder.remove(&file_name(*old));
    }
    Ok(number)
}

/// Put a pending change that cannot be read out of the way, unchanged. Gives its new path.
pub fn set_aside(state: &State) -> Result<PathBuf, CommitError> {
    let path = state.journal().join(PENDING);
    let cannot = || cannot("set aside", path.display().to_string());
    let bytes = fs::read(&path).map_err(cannot())?;
    let name = format!("unreadable-{}", content_mark(&bytes));
    let folder = Folder::open(&state.journal(), "").map_err(cannot())?;
    folder.rename(PENDING, &name).map_err(cannot())?;
    Ok(state.journal().join(name))
}

/// The numbers of the finished changes, the oldest first.
pub fn numbers(state: &State) -> Result<Vec<u64>, CommitError> {
    let journal = state.journal();
    let cannot = || cannot("read the journal in", journal.display().to_string());
    let names = match fs::read_dir(&journal) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.map_err(cannot())?,
    };
    let mut numbers = Vec::new();
    for name in names {
        let name = name.map_err(cannot())?.file_name();
        numbers.extend(name.to_str().and_then(number));
    }
    numbers.sort_unstable();
    Ok(numbers)
}

/// The finished change `number`.
pub fn entry(state: &State, number: u64) -> Result<Stored, CommitError> {
    read(&state.journal().join(file_name(number)))
}

fn read(path: &Path) -> Result<Stored, CommitError> {
    match fs::read(path) {
        Ok(bytes) => Ok(match decode(&String::from_utf8_lossy(&bytes)) {
            Ok(record) => Stored::Change(record),
            Err(error) => Stored::Unreadable(error),
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Stored::Nothing),
        Err(error) => Err(cannot("read", path.display())(error)),
    }
}

fn write_pending(folder: &Folder, text: &str) -> io::Result<()> {
    folder.remove(NEW)?;
    let mut file = folder.create(NEW, true)?;
    fill(&mut file, text.as_bytes())?;
    folder.rename(NEW, PENDING)?;
    folder.sync()
}

fn file_name(number: u64) -> String {
    format!("{number:06}.json")
}

fn number(name: &str) -> Option<u64> {
    let number = name.strip_suffix(".json")?.parse().ok()?;
    (file_name(number) == name).then_some(number)
}

#[cfg(test)]
mod tests {
    use crate::effects::state::State;
    use crate::effects::vault::journal::{
        KEPT, Stored, abandon, begin, entry, finish, is_pending, numbers, pending, set_aside,
    };
    use crate::effects::vault::record::Record;

    fn record(title: &str) -> Record {
        Record { title: title.into(), stamp: String::new(), undoes: None, steps: vec![] }
    }

    fn state() -> (tempfile::TempDir, State) {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path().join("state"));
        (folder, state)
    }

    #[test]
    fn a_change_is_pending_until_it_is_finished_or_abandoned() {
        let (_folder, state) = state();
        assert!(!is_pending(&state) && pending(&state).unwrap() == Stored::Nothing);
        state.make().unwrap();
        begin(&state, &record("one")).unwrap();
        begin(&state, &record("two")).unwrap();
        assert!(is_pending(&state) && pending(&state).unwrap() == Stored::Change(record("two")));
        assert_eq!(finish(&state).unwrap(), 1);
        assert!(!is_pending(&state) && entry(&state, 1).unwrap() == Stored::Change(record("two")));
        begin(&state, &record("three")).unwrap();
        abandon(&state).unwrap();
        assert!(!is_pending(&state) && numbers(&state).unwrap() == [1]);
    }

    #[test]
    fn the_last_hundred_are_kept_and_numbers_go_on() {
        let (_folder, state) = state();
        state.make().unwrap();
        for _ in 0..KEPT + 3 {
            begin(&state, &record("x")).unwrap();
            finish(&state).unwrap();
        }
        let kept = numbers(&state).unwrap();
        assert_eq!((kept.len(), kept[0], kept[KEPT - 1]), (KEPT, 4, 103));
    }

    #[test]
    fn what_cannot_be_read_is_set_aside_and_never_deleted() {
        let (_folder, state) = state();
        state.make().unwrap();
        std::fs::write(state.journal().join("pending"), b"{ \xff").unwrap();
        assert!(matches!(pending(&state).unwrap(), Stored::Unreadable(_)));
        let aside = set_aside(&state).unwrap();
        assert_eq!(std::fs::read(aside).unwrap(), b"{ \xff");
        assert!(!is_pending(&state));
    }
}
