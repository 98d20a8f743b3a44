//! One change from its first draft to its durable end: all of it, or nothing.

use crate::effects::lock::Lock;
use crate::effects::vault::apply::{Applied, apply_all};
use crate::effects::vault::commit_error::{CommitError, cannot};
use crate::effects::vault::folder::{Folder, Look};
use crate::effects::vault::journal;
use crate::effects::vault::record::{Record, Step, beside};
use crate::effects::vault::recover::{Recovered, recover};
use crate::effects::vault::settle::{complete, put_back};
use crate::effects::vault::temporary::{keep_as_copy, stage};
use crate::note::path::NotePath;
use std::io;
use std::path::Path;
use std::thread;
use std::time::Duration;

/// How often a change is planned anew because a person or a program saves the same note meanwhile.
const ROUNDS: u32 = 5;

/// The rest after the first of such rounds; later ones are longer.
const REST: Duration = Duration::from_millis(5);

/// What was done.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Committed {
    /// The files that were written; empty where all of them held the wanted text already.
    pub written: Vec<NotePath>,
    /// The number under which it can be undone; `None` where nothing was written.
    pub entry: Option<u64>,
    /// Files beside notes, relative to the vault, that hold what somebody else wrote in the same moment.
    pub copies: Vec<String>,
    /// What an earlier change that was cut off needed first.
    pub recovered: Recovered,
}

/// One file as a change would leave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Which file.
    pub path: NotePath,
    /// What it holds; `None` where there is no file.
    pub before: Option<String>,
    /// What it would hold; `None` where it would be removed.
    pub after: Option<String>,
}

/// The files of `record` as it would leave them.
pub fn previews(record: Record) -> Vec<Preview> {
    let preview = |step: Step| Preview { path: step.path, before: step.before, after: step.after };
    record.steps.into_iter().map(preview).collect()
}

/// Settle what an earlier crash left, then carry out what `draft` says, durably. `draft` reads the notes; it is asked
/// again when a note changes between its reading and our writing.
pub fn persist(
    root: &Path,
    lock: &Lock,
    draft: &dyn Fn() -> Result<Record, CommitError>,
) -> Result<Committed, CommitError> {
    let mut committed = Committed { recovered: recover(root, lock)?, ..Committed::default() };
    for round in 1..=ROUNDS {
        let record = draft()?;
        if record.steps.is_empty() {
            break;
        }
        journal::begin(lock.state(), &record)?;
        let contested = match apply_all(root, &record.steps) {
            Ok(Applied::All) => return finish(root, lock, record, committed),
            Ok(Applied::Changed(index)) => record.steps.get(index),
            Err(error) => return Err(take_back(root, lock, &record, error)),
        };
        let copies =
            put_back(root, &record.steps).map_err(|source| stuck(&record, contested, source))?;
        committed.copies.extend(copies);
        let kept = contested.filter(|_| round == ROUNDS).map(|step| keep_beside(root, step));
        forget(lock);
        kept.map_or(Ok(()), Err)?;
        thread::sleep(REST * round);
    }
    Ok(committed)
}

fn finish(
    root: &Path,
    lock: &Lock,
    record: Record,
    mut committed: Committed,
) -> Result<Committed, CommitError> {
    let done = complete(root, &record.steps)
        .and_then(|copies| Ok((copies, journal::finish(lock.state())?)));
    let (copies, entry) = done.map_err(|source| {
        let title = record.title.clone();
        CommitError::Unfinished { title, source: Box::new(source) }
    })?;
    committed.copies.extend(copies);
    committed.entry = Some(entry);
    committed.written = record.steps.into_iter().map(|step| step.path).collect();
    Ok(committed)
}

/// After `cause`: give every note its old text back, so that `cause` is all that there is to say.
fn take_back(root: &Path, lock: &Lock, record: &Record, cause: CommitError) -> CommitError {
    match put_back(root, &record.steps) {
        Ok(_) => {
            forget(lock);
            cause
        }
        Err(source) => {
            let title = record.title.clone();
            CommitError::Stuck { title, cause: Box::new(cause), source: Box::new(source) }
        }
    }
}

fn stuck(record: &Record, contested: Option<&Step>, source: CommitError) -> CommitError {
    let Some(step) = contested else { return source };
    let cause = Box::new(CommitError::Changed { path: step.path.clone() });
    CommitError::Stuck { title: record.title.clone(), cause, source: Box::new(source) }
}

/// Every note has its old text, so a pending record that cannot be removed now makes the next recovery do nothing.
fn forget(lock: &Lock) {
    let _ = journal::abandon(lock.state());
}

/// The note is saved again and again by somebody else: leave it to them and put our text beside it.
fn keep_beside(root: &Path, step: &Step) -> CommitError {
    let path = step.path.clone();
    match &step.after {
        Some(after) if step.before.is_some() => match write_copy(root, step, after) {
            Ok(copy) => CommitError::Conflict { path, copy },
            Err(error) => cannot("write a copy beside", &step.path)(error),
        },
        _ => CommitError::Changed { path },
    }
}

/// The copy is first a temporary file of the pending record, so a crash leaves nothing that recovery does not know.
fn write_copy(root: &Path, step: &Step, text: &str) -> io::Result<String> {
    let folder = Folder::open(root, step.place.folder())?;
    let name = step.place.file_name();
    let like = match folder.look(name)? {
        Look::Found(found) => Some(found),
        Look::Nothing | Look::Odd(_) => None,
    };
    stage(&folder, &step.temporary, text, like.as_deref())?;
    let copy = keep_as_copy(&folder, &step.temporary, name)?;
    folder.sync()?;
    Ok(beside(&step.place, &copy))
}
