//! Bringing every file of a record to one side, after a success, a failure or a crash.
//!
//! What happened is read off the files themselves. A note holds its old text, its new text, or something else, which
//! is the person's and stays. A temporary file holds a text that we know and is removed, or one that we do not know:
//! the person's save, which is given back to the note or becomes a conflict copy.
//!
//! Invariant: no text is removed that does not stand, byte for byte, in the journal.

use crate::effects::vault::apply::apply;
use crate::effects::vault::commit_error::{CommitError, cannot};
use crate::effects::vault::exchange::{create, give_back};
use crate::effects::vault::folder::{Folder, Look};
use crate::effects::vault::record::{Step, beside};
use crate::effects::vault::temporary::keep_as_copy;
use crate::note::path::NotePath;
use rustix::io::Errno;
use std::collections::BTreeSet;
use std::path::Path;

/// What stands on the disk for one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// What the note holds.
    pub note: Standing,
    /// What the temporary file holds.
    pub temporary: Leftover,
}

/// What a note holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// What it held before.
    Before,
    /// What the step gives it.
    After,
    /// Something else: the person's.
    Other,
}

/// What a temporary file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leftover {
    /// There is none.
    Nothing,
    /// What the note held before: it was exchanged.
    Before,
    /// Our new text, perhaps cut short by a crash: not exchanged, or given back.
    Ours,
    /// Something else: the person's save, exchanged before we saw it.
    Unknown,
}

/// What stands on the disk for `step`. A folder that is gone holds nothing.
pub fn view(root: &Path, step: &Step) -> Result<View, CommitError> {
    let Some(folder) = open(root, step)? else {
        let note = standing(&Look::Nothing, step);
        return Ok(View { note, temporary: Leftover::Nothing });
    };
    let note = folder.look(step.place.file_name()).map_err(cannot("read", &step.path))?;
    let temporary = folder.look(&step.temporary).map_err(cannot("read a copy of", &step.path))?;
    Ok(View { note: standing(&note, step), temporary: leftover(&temporary, step) })
}

/// Tidy up after all `steps` were applied, and make them durable. Gives the conflict copies that came of it.
pub fn complete(root: &Path, steps: &[Step]) -> Result<Vec<String>, CommitError> {
    // A text cut short is not ours here: everything was written, so somebody else is writing it.
    let copies = discard_all(root, steps, is_whole)?;
    for step in steps.iter().filter(|step| step.after.is_none()) {
        remove_folders(root, step)?;
    }
    sync_folders(root, steps)?;
    Ok(copies)
}

/// Carry out what a crash left undone of `steps`, tidy up and make it durable. Gives the conflict copies.
pub fn bring_forward(root: &Path, steps: &[Step]) -> Result<Vec<String>, CommitError> {
    let mut copies = discard_all(root, steps, is_known)?;
    for step in steps {
        if view(root, step)?.note == Standing::Before {
            apply(root, step)?;
        }
    }
    copies.extend(complete(root, steps)?);
    Ok(copies)
}

/// Give every note that holds its new text its old one back, tidy up and make it durable. Gives the conflict copies.
pub fn put_back(root: &Path, steps: &[Step]) -> Result<Vec<String>, CommitError> {
    for step in steps.iter().rev() {
        let view = view(root, step)?;
        if view.note == Standing::After {
            put_one_back(root, step, view.temporary)?;
        }
    }
    let copies = discard_all(root, steps, is_known)?;
    for step in steps.iter().filter(|step| step.before.is_none()) {
        remove_folders(root, step)?;
    }
    sync_folders(root, steps)?;
    Ok(copies)
}

/// Needs no room on the disk where the temporary file is still there.
fn put_one_back(root: &Path, step: &Step, leftover: Leftover) -> Result<(), CommitError> {
    let exchanged = matches!(leftover, Leftover::Before | Leftover::Unknown);
    let Some(folder) = open(root, step)?.filter(|_| exchanged && step.before.is_some()) else {
        discard(root, step, is_known)?;
        return apply(root, &step.inverted()).map(drop);
    };
    let (name, temporary) = (step.place.file_name(), step.temporary.as_str());
    match &step.after {
        Some(after) => give_back(&folder, name, temporary, after),
        // Where a new note has come into its place, the old one is known, or becomes a conflict copy.
        None => create(&folder, name, temporary).map(drop),
    }
    .map_err(cannot("put back", &step.path))
}

fn discard_all(
    root: &Path,
    steps: &[Step],
    known: fn(&Step, &[u8]) -> bool,
) -> Result<Vec<String>, CommitError> {
    let mut copies = Vec::new();
    for step in steps {
        copies.extend(discard(root, step, known)?);
    }
    Ok(copies)
}

/// Remove the temporary file where its text is `known`; else make it a conflict copy, whose path is given.
fn discard(
    root: &Path,
    step: &Step,
    known: fn(&Step, &[u8]) -> bool,
) -> Result<Option<String>, CommitError> {
    let Some(folder) = open(root, step)? else { return Ok(None) };
    let cannot = || cannot("tidy up beside", &step.path);
    match folder.look(&step.temporary).map_err(cannot())? {
        Look::Nothing => return Ok(None),
        Look::Found(found) if known(step, &found.bytes) => {
            folder.remove(&step.temporary).map_err(cannot())?;
            return Ok(None);
        }
        Look::Found(_) | Look::Odd(_) => {}
    }
    let name = step.place.file_name();
    let copy = keep_as_copy(&folder, &step.temporary, name).map_err(cannot())?;
    Ok(Some(beside(&step.place, &copy)))
}

fn standing(look: &Look, step: &Step) -> Standing {
    let text = match look {
        Look::Nothing => None,
        Look::Found(found) => Some(found.bytes.as_slice()),
        Look::Odd(_) => return Standing::Other,
    };
    if text == step.after.as_deref().map(str::as_bytes) {
        Standing::After
    } else if text == step.before.as_deref().map(str::as_bytes) {
        Standing::Before
    } else {
        Standing::Other
    }
}

fn leftover(look: &Look, step: &Step) -> Leftover {
    match look {
        Look::Nothing => Leftover::Nothing,
        Look::Found(found) if is(&step.before, &found.bytes) => Leftover::Before,
        Look::Found(found) if is_known(step, &found.bytes) => Leftover::Ours,
        Look::Found(_) | Look::Odd(_) => Leftover::Unknown,
    }
}

fn is_whole(step: &Step, bytes: &[u8]) -> bool {
    is(&step.before, bytes) || is(&step.after, bytes)
}

/// A crash can cut our text short, and a power cut can leave zeros where its end was to be.
fn is_known(step: &Step, bytes: &[u8]) -> bool {
    let zeros = bytes.iter().rev().take_while(|byte| **byte == 0).count();
    let written = bytes.get(..bytes.len() - zeros).unwrap_or(bytes);
    let cut_short = step.after.as_ref().is_some_and(|after| after.as_bytes().starts_with(written));
    cut_short || is_whole(step, bytes)
}

fn is(text: &Option<String>, bytes: &[u8]) -> bool {
    text.as_ref().is_some_and(|text| text.as_bytes() == bytes)
}

/// The innermost folder first; one that holds something stays.
fn remove_folders(root: &Path, step: &Step) -> Result<(), CommitError> {
    for folder in step.folders.iter().rev() {
        let cannot = || cannot("remove the folder", folder);
        if let Some(around) = open_if_there(root, folder.folder()).map_err(cannot())? {
            around.remove_folder(folder.file_name()).map_err(cannot())?;
        }
    }
    Ok(())
}

fn sync_folders(root: &Path, steps: &[Step]) -> Result<(), CommitError> {
    let made = steps.iter().flat_map(|step| &step.folders).map(NotePath::folder);
    let held = steps.iter().map(|step| step.place.folder());
    for name in held.chain(made).collect::<BTreeSet<_>>() {
        let cannot = || cannot("make durable the folder", format!("{name:?}"));
        if let Some(folder) = open_if_there(root, name).map_err(cannot())? {
            folder.sync().map_err(cannot())?;
        }
    }
    Ok(())
}

fn open(root: &Path, step: &Step) -> Result<Option<Folder>, CommitError> {
    open_if_there(root, step.place.folder()).map_err(cannot("open the folder of", &step.path))
}

/// A folder that the person removed, or put something else in the place of, holds nothing of ours.
fn open_if_there(root: &Path, relative: &str) -> std::io::Result<Option<Folder>> {
    match Folder::open(root, relative) {
        Ok(folder) => Ok(Some(folder)),
        Err(error) => match Errno::from_io_error(&error) {
            Some(Errno::NOENT | Errno::NOTDIR | Errno::LOOP | Errno::MLINK) => Ok(None),
            _ => Err(error),
        },
    }
}
