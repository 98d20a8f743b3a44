//! Taking a finished change back, exactly, by the same path by which it was made.
//!
//! Invariant: a note that has changed since is never touched, and then neither are the others. An undo is itself a
//! change, which can be undone.

use crate::effects::lock::Lock;
use crate::effects::state::State;
use crate::effects::vault::commit_error::{CommitError, cannot};
use crate::effects::vault::journal::{Stored, entry, numbers};
use crate::effects::vault::place::{Place, Taken, changeable, mode, resolve, resolve_new, taken};
use crate::effects::vault::record::{Record, RecordError, Step};
use crate::effects::vault::temporary::temporary_name;
use crate::effects::vault::transaction::{Committed, Preview, persist, previews};
use crate::note::path::NotePath;
use std::collections::BTreeSet;
use std::io;
use std::path::Path;

/// A finished change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoEntry {
    /// By which it is undone.
    pub number: u64,
    /// What it did.
    pub title: String,
    /// When it was made, in the words of the command that made it.
    pub stamp: String,
    /// The files that it changed.
    pub paths: Vec<NotePath>,
    /// The change that it undid, where it is an undo.
    pub undoes: Option<u64>,
    /// Whether it is undone.
    pub is_undone: bool,
    /// Why it cannot be undone, where its record cannot be read; it then has no title and no paths.
    pub trouble: Option<RecordError>,
}

/// The last hundred finished changes, the newest first.
pub fn undo_list(state: &State) -> Result<Vec<UndoEntry>, CommitError> {
    let mut undone = BTreeSet::new();
    let mut list = Vec::new();
    for number in numbers(state)?.into_iter().rev() {
        let is_undone = undone.contains(&number);
        let entry = match entry(state, number)? {
            Stored::Nothing => continue,
            Stored::Change(record) => readable(number, record, is_undone),
            Stored::Unreadable(error) => unreadable(number, error, is_undone),
        };
        // An undo that is undone itself has undone nothing.
        undone.extend(entry.undoes.filter(|_| !is_undone));
        list.push(entry);
    }
    Ok(list)
}

/// The change that `ties undo` without a number takes back: the newest that is neither undone nor an undo. One that
/// cannot be read counts, so that nothing older is undone in its place by mistake.
pub fn latest(list: &[UndoEntry]) -> Option<&UndoEntry> {
    list.iter().find(|entry| !entry.is_undone && entry.undoes.is_none())
}

/// What the change `number` did to each file: its path, its text before, its text after. Nothing where that cannot be
/// known any more.
pub fn texts(state: &State, number: u64) -> Vec<(NotePath, Option<String>, Option<String>)> {
    match entry(state, number) {
        Ok(Stored::Change(record)) => {
            record.steps.into_iter().map(|step| (step.path, step.before, step.after)).collect()
        }
        _ => Vec::new(),
    }
}

/// What undoing the change `number` would write. Reads only.
pub fn undo_preview(root: &Path, state: &State, number: u64) -> Result<Vec<Preview>, CommitError> {
    Ok(previews(draft(root, state, number, "")?))
}

/// Undo the change `number`: every file holds again, byte for byte, what it held before; a file that the change made
/// is removed, with the folders that were made for it if they are empty. Where a file has changed since, it is named
/// in the error and nothing is touched. `stamp` as in a commit.
pub fn undo(root: &Path, lock: &Lock, number: u64, stamp: &str) -> Result<Committed, CommitError> {
    persist(root, lock, &|| draft(root, lock.state(), number, stamp))
}

fn draft(root: &Path, state: &State, number: u64, stamp: &str) -> Result<Record, CommitError> {
    let record = undoable(state, number)?;
    let steps = record.steps.iter().map(|step| inverted(root, step));
    let steps = in_turn(steps.collect::<Result<Vec<_>, _>>()?);
    let title = format!("undo: {}", record.title);
    Ok(Record { title, stamp: stamp.to_owned(), undoes: Some(number), steps })
}

fn undoable(state: &State, number: u64) -> Result<Record, CommitError> {
    let list = undo_list(state)?;
    let is_undone = list.iter().any(|entry| entry.number == number && entry.is_undone);
    match entry(state, number)? {
        Stored::Nothing => Err(CommitError::NoSuchEntry { number }),
        Stored::Change(record) if !is_undone => Ok(record),
        Stored::Change(record) => Err(CommitError::AlreadyUndone { number, title: record.title }),
        Stored::Unreadable(error) => {
            Err(cannot("read", format!("change {number}"))(io::Error::other(error)))
        }
    }
}

fn readable(number: u64, record: Record, is_undone: bool) -> UndoEntry {
    let Record { title, stamp, undoes, steps } = record;
    let paths = steps.into_iter().map(|step| step.path).collect();
    UndoEntry { number, title, stamp, paths, undoes, is_undone, trouble: None }
}

fn unreadable(number: u64, error: RecordError, is_undone: bool) -> UndoEntry {
    let (title, stamp) = (String::new(), String::new());
    let trouble = Some(error);
    UndoEntry { number, title, stamp, paths: Vec::new(), undoes: None, is_undone, trouble }
}

/// The two halves of a move take turns: of a move whose new file was made first the old one comes back first.
fn in_turn(mut steps: Vec<Step>) -> Vec<Step> {
    let mut at = 0;
    while let Some([one, other, ..]) = steps.get(at..) {
        let is_move = one.twin.as_ref() == Some(&other.place);
        if is_move {
            steps.swap(at, at + 1);
        }
        at += if is_move { 2 } else { 1 };
    }
    steps
}

/// The step that takes `step` back, where its file is as the step left it.
fn inverted(root: &Path, step: &Step) -> Result<Step, CommitError> {
    let place = match (&step.twin, &step.after) {
        (Some(_), None) => resolve_new(root, &step.path)?,
        _ => resolve(root, &step.path)?,
    };
    if text_at(root, step, &place)? != step.after {
        return Err(CommitError::Changed { path: step.path.clone() });
    }
    let goes = step.before.is_none();
    let mode = if goes { mode(root, &step.path, &place)? } else { step.mode };
    let temporary = temporary_name(place.path.file_name());
    let folders = if step.after.is_none() { place.missing } else { step.folders.clone() };
    Ok(Step { place: place.path, temporary, folders, mode, ..step.inverted() })
}

/// What the file holds; nothing where the disk takes the place that a note left for the one to which it moved.
fn text_at(root: &Path, step: &Step, place: &Place) -> Result<Option<String>, CommitError> {
    if let (Some(twin), None) = (&step.twin, &step.after)
        && taken(root, &step.path, place, twin)? == Taken::ByTwin
    {
        return Ok(None);
    }
    changeable(root, &step.path, place)
}
