//! Bringing the files to what a record says.
//!
//! Invariant: all new texts are on the disk, durably, before the first note is touched. So a full disk is met while
//! every note is as it was, and taking back needs no room.

use crate::effects::vault::commit_error::{CommitError, cannot};
use crate::effects::vault::exchange::{create, replace, take_away};
use crate::effects::vault::folder::{Folder, Found, Look};
use crate::effects::vault::record::Step;
use crate::effects::vault::temporary::{stage, stage_with};
use crate::note::path::NotePath;
use std::io;
use std::path::Path;

/// How far it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applied<'a> {
    /// Every file holds its new text; the old ones are in the temporary files.
    All,
    /// The file of this step did not hold what the step says that it held before. Steps before it may be done.
    Changed(&'a Step),
}

/// Carry out all `steps`. Nothing is tidied up or taken back, also not after an error.
pub fn apply_all<'a>(root: &Path, steps: &'a [Step]) -> Result<Applied<'a>, CommitError> {
    for step in steps {
        if !prepare(root, step)? {
            return Ok(Applied::Changed(step));
        }
    }
    for step in steps {
        if !exchange(root, step)? {
            return Ok(Applied::Changed(step));
        }
    }
    Ok(Applied::All)
}

/// Carry out one step, whose temporary file must not be there. `false`: its file holds something else, and still
/// does.
pub fn apply(root: &Path, step: &Step) -> Result<bool, CommitError> {
    Ok(prepare(root, step)? && exchange(root, step)?)
}

fn prepare(root: &Path, step: &Step) -> Result<bool, CommitError> {
    let Some(after) = &step.after else { return Ok(true) };
    if step.before.is_none() {
        for folder in &step.folders {
            make_folder(root, folder).map_err(cannot("make the folder", folder))?;
        }
    }
    let folder = open(root, step)?;
    let (name, cannot) = (step.temporary.as_str(), cannot("write", &step.path));
    let staged = match like(root, &folder, step)? {
        Like::Changed => return Ok(false),
        Like::Found(found) => stage(&folder, name, after, Some(&found)),
        Like::New => stage(&folder, name, after, None),
        Like::Gone(mode) => stage_with(&folder, name, after, mode),
    };
    staged.map_err(cannot)?;
    Ok(true)
}

fn exchange(root: &Path, step: &Step) -> Result<bool, CommitError> {
    let folder = open(root, step)?;
    let (name, temporary) = (step.place.file_name(), step.temporary.as_str());
    match (&step.before, &step.after) {
        (Some(before), Some(after)) => replace(&folder, name, temporary, before, after),
        (None, Some(_)) => create(&folder, name, temporary),
        (Some(before), None) => take_away(&folder, name, temporary, before),
        (None, None) => Ok(true),
    }
    .map_err(cannot("write", &step.path))
}

/// What a new text takes mode, owner and attributes over from.
enum Like {
    /// The note that it replaces, or the other half of a move.
    Found(Box<Found>),
    /// Nothing: the file is new.
    New,
    /// A file that is gone, of which this mode is left.
    Gone(u32),
    /// The note no longer holds its old text.
    Changed,
}

/// Where nobody knows who was allowed to read the other half of a move, its owner is.
const OWNERS: u32 = 0o600;

fn like(root: &Path, folder: &Folder, step: &Step) -> Result<Like, CommitError> {
    let cannot = || cannot("read", &step.path);
    let Some(before) = &step.before else {
        let Some(twin) = &step.twin else { return Ok(step.mode.map_or(Like::New, Like::Gone)) };
        let there =
            Folder::open(root, twin.folder()).and_then(|folder| folder.look(twin.file_name()));
        return Ok(match there {
            Ok(Look::Found(found)) => Like::Found(found),
            Ok(Look::Nothing | Look::Odd(_)) => Like::Gone(OWNERS),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Like::Gone(OWNERS),
            Err(error) => return Err(cannot()(error)),
        });
    };
    Ok(match folder.look(step.place.file_name()).map_err(cannot())? {
        Look::Found(found) if found.bytes == before.as_bytes() => Like::Found(found),
        _ => Like::Changed,
    })
}

fn open(root: &Path, step: &Step) -> Result<Folder, CommitError> {
    Folder::open(root, step.place.folder()).map_err(cannot("open the folder of", &step.path))
}

fn make_folder(root: &Path, folder: &NotePath) -> io::Result<()> {
    Folder::open(root, folder.folder())?.make_folder(folder.file_name())
}
