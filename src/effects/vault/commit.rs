//! The one way by which a feature's wishes reach the person's files.
//!
//! A change is planned on the text that is there at the moment of writing, written by exchange and verified; all of
//! it or nothing, durable when it says so, and recorded so that it can be undone.

use crate::effects::lock::Lock;
use crate::effects::vault::commit_error::{CommitError, cannot};
use crate::effects::vault::folder::LARGEST;
use crate::effects::vault::place::{Place, Taken, changeable, mode, resolve, resolve_new, taken};
use crate::effects::vault::record::{Record, Step};
use crate::effects::vault::temporary::temporary_name;
use crate::effects::vault::transaction::{Committed, Preview, persist, previews};
use crate::note::change::{Change, FileChange, Refusal, Wish};
use crate::note::path::NotePath;
use std::collections::BTreeSet;
use std::io;
use std::path::Path;

/// The new text of a note that holds the given text, by the given wishes.
pub type Plan<'a> = &'a dyn Fn(&NotePath, &str, &[Wish]) -> Result<String, Refusal>;

/// What `change` would write. Reads only: takes no lock, settles no earlier crash.
pub fn preview(root: &Path, change: &Change, plan: Plan<'_>) -> Result<Vec<Preview>, CommitError> {
    Ok(previews(draft(root, change, "", plan)?))
}

/// Make `change`, or nothing of it; `stamp` is when, in words of the caller, for the list of what can be undone.
/// `plan` is asked again, on the fresh text, where a note is saved by somebody else meanwhile. A file that holds the
/// wanted text already is not written. A change that an earlier crash cut off is settled first.
pub fn commit(
    root: &Path,
    lock: &Lock,
    change: &Change,
    stamp: &str,
    plan: Plan<'_>,
) -> Result<Committed, CommitError> {
    persist(root, lock, &|| draft(root, change, stamp, plan))
}

/// The steps from what the files hold now to what `change` wants.
fn draft(root: &Path, change: &Change, stamp: &str, plan: Plan<'_>) -> Result<Record, CommitError> {
    let mut places = BTreeSet::new();
    let mut steps = Vec::new();
    let mut is_first = |path: &NotePath, place: &Place| {
        let reason = "it is changed twice at once, perhaps through a link";
        let is_first = places.insert(place.path.clone());
        is_first.then_some(()).ok_or_else(|| CommitError::refused(path, reason, None))
    };
    for file in &change.files {
        let place = resolve(root, file.path())?;
        is_first(file.path(), &place)?;
        if let FileChange::Move { path, to, wishes } = file {
            let new = resolve_new(root, to)?;
            is_first(to, &new)?;
            steps.extend(moves(root, path, place, to, new, &|text| plan(path, text, wishes))?);
        } else {
            steps.extend(step(root, file, place, plan)?);
        }
    }
    Ok(Record { title: change.title.clone(), stamp: stamp.to_owned(), undoes: None, steps })
}

/// `None` where the file holds the wanted text already.
fn step(
    root: &Path,
    file: &FileChange,
    place: Place,
    plan: Plan<'_>,
) -> Result<Option<Step>, CommitError> {
    let path = file.path();
    let before = changeable(root, path, &place)?;
    let after = wanted(file, before.as_deref(), plan)?;
    if before == after {
        return Ok(None);
    }
    check_size(path, before.as_deref(), after.as_deref())?;
    let temporary = temporary_name(place.path.file_name());
    let mode = if after.is_none() { mode(root, path, &place)? } else { None };
    // The folder of a file that goes stays.
    let folders = if after.is_some() { place.missing } else { Vec::new() };
    let path = path.clone();
    Ok(Some(Step { path, place: place.path, temporary, before, after, folders, twin: None, mode }))
}

/// The two halves of a move. The new file is made first, so that the note is there at every moment; where the disk takes
/// both names for one, that cannot be.
fn moves(
    root: &Path,
    path: &NotePath,
    place: Place,
    to: &NotePath,
    new: Place,
    planned: &dyn Fn(&str) -> Result<String, Refusal>,
) -> Result<[Step; 2], CommitError> {
    if place.path != *path {
        let hint = format!("move {}, to which it leads", place.path);
        return Err(CommitError::refused(path, "it is a link", Some(&hint)));
    }
    let before = changeable(root, path, &place)?
        .ok_or_else(|| cannot("move", path)(io::ErrorKind::NotFound.into()))?;
    let taken = taken(root, to, &new, &place.path)?;
    if taken == Taken::Otherwise {
        return Err(there_already(to));
    }
    let after =
        planned(&before).map_err(|refusal| CommitError::Refused { path: path.clone(), refusal })?;
    check_size(path, Some(&before), Some(&after))?;
    let leaves = Step {
        path: path.clone(),
        place: place.path.clone(),
        temporary: temporary_name(place.path.file_name()),
        before: Some(before),
        after: None,
        folders: Vec::new(),
        twin: Some(new.path.clone()),
        mode: None,
    };
    let arrives = Step {
        path: to.clone(),
        temporary: temporary_name(new.path.file_name()),
        place: new.path,
        before: None,
        after: Some(after),
        folders: new.missing,
        twin: Some(place.path),
        mode: None,
    };
    Ok(if taken == Taken::ByTwin { [leaves, arrives] } else { [arrives, leaves] })
}

fn there_already(path: &NotePath) -> CommitError {
    CommitError::refused(path, "there is such a file already", Some("choose another name"))
}

/// The text that the file is to hold, `None` where it is to go.
fn wanted(
    file: &FileChange,
    now: Option<&str>,
    plan: Plan<'_>,
) -> Result<Option<String>, CommitError> {
    let changed = |path: &NotePath| Err(CommitError::Changed { path: path.clone() });
    match (file, now) {
        (FileChange::Edit { path, wishes }, Some(now)) => plan(path, now, wishes)
            .map(Some)
            .map_err(|refusal| CommitError::Refused { path: path.clone(), refusal }),
        (FileChange::Edit { path, .. } | FileChange::Move { path, .. }, _) => {
            Err(cannot("change", path)(io::ErrorKind::NotFound.into()))
        }
        (FileChange::Create { text, .. }, None) => Ok(Some(text.clone())),
        (FileChange::Create { path, .. }, Some(_)) => Err(there_already(path)),
        (FileChange::Regenerate { path, before, text }, now) => {
            let expected = now == before.as_deref() || now == Some(text);
            if expected { Ok(Some(text.clone())) } else { changed(path) }
        }
        (FileChange::Remove { path, before }, now) => {
            if now == Some(before) {
                Ok(None)
            } else {
                changed(path)
            }
        }
    }
}

fn check_size(
    path: &NotePath,
    before: Option<&str>,
    after: Option<&str>,
) -> Result<(), CommitError> {
    let Some(after) = after else { return Ok(()) };
    let has_text = |text: &str| !text.trim().is_empty();
    if before.is_some_and(has_text) && !has_text(after) {
        return Err(CommitError::refused(path, "the change would leave it empty", None));
    }
    if after.len() as u64 > LARGEST {
        let reason = format!("it would become larger than {} MiB", LARGEST >> 20);
        return Err(CommitError::refused(path, &reason, None));
    }
    Ok(())
}
