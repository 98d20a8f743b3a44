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
use std::collections::HashMap;
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
    /// Which file; of one that moves its new place.
    pub path: NotePath,
    /// Where a file that moves lies now.
    pub from: Option<NotePath>,
    /// What it holds; `None` where there is no file.
    pub before: Option<String>,
    /// What it would hold; `None` where it would be removed.
    pub after: Option<String>,
}

/// The files of `record` as it would leave them; the two halves of a move are one.
pub fn previews(record: Record) -> Vec<Preview> {
    let is_left = |step: &Step| step.twin.is_some() && step.after.is_none();
    let left = record.steps.iter().filter(|step| is_left(step));
    let left = left.map(|step| (step.place.clone(), (step.path.clone(), step.before.clone())));
    let left = left.collect::<HashMap<_, _>>();
    let preview = |step: Step| {
        let moved = step.twin.as_ref().and_then(|twin| left.get(twin)).cloned();
        let (from, before) = moved.map_or((None, step.before), |(from, text)| (Some(from), text));
        Preview { path: step.path, from, before, after: step.after }
    };
    record.steps.into_iter().filter(|step| !is_left(step)).map(preview).collect()
}

/// Settle what an earlier crash left, then carry out what `draft` says, durably. `draft` reads the notes; it is asked
/// again when a note changes between its reading and our writing.
pub fn persist(
    root: &Path,
    lock: &Lock,
    draft: &dyn Fn() -> Result<Record, CommitError>,
) -> Result<Committed, CommitError> {
    let mut committed = Committed { recovered: recover(root, lock)?, ..Committed::default() };
    let mut round = 1;
    loop {
        let record = draft()?;
        if record.steps.is_empty() {
            return Ok(committed);
        }
        journal::begin(lock.state(), &record)?;
        let contested = match apply_all(root, &record.steps) {
            Ok(Applied::All) => return finish(root, lock, record, committed),
            Ok(Applied::Changed(step)) => step,
            Err(error) => return Err(take_back(root, lock, &record, error)),
        };
        committed.copies.extend(give_way(root, &record, contested)?);
        if round == ROUNDS {
            return Err(give_up(root, lock, contested));
        }
        forget(lock);
        thread::sleep(REST * round);
        round += 1;
    }
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
        Err(source) => stuck(record, cause, source),
    }
}

/// Somebody else saves the note of `contested`: give every note its old text back.
fn give_way(root: &Path, record: &Record, contested: &Step) -> Result<Vec<String>, CommitError> {
    let cause = || CommitError::Changed { path: contested.path.clone() };
    put_back(root, &record.steps).map_err(|source| stuck(record, cause(), source))
}

fn stuck(record: &Record, cause: CommitError, source: CommitError) -> CommitError {
    let title = record.title.clone();
    CommitError::Stuck { title, cause: Box::new(cause), source: Box::new(source) }
}

/// Every note has its old text, so a pending record that cannot be removed now makes the next recovery do nothing.
fn forget(lock: &Lock) {
    let _ = journal::abandon(lock.state());
}

/// Somebody else saves the note again and again: leave it to them and put our text beside it.
fn give_up(root: &Path, lock: &Lock, contested: &Step) -> CommitError {
    let path = contested.path.clone();
    let error = match (&contested.before, &contested.after) {
        (Some(_), Some(after)) => match write_copy(root, contested, after) {
            Ok(copy) => CommitError::Conflict { path, copy },
            // What is left of the copy goes with the pending record, at the next recovery.
            Err(error) => return cannot("write a copy beside", &contested.path)(error),
        },
        _ => CommitError::Changed { path },
    };
    forget(lock);
    error
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
