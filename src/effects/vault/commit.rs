//! The one way by which a feature's wishes reach the person's files.
//!
//! A change is planned on the text that is there at the moment of writing, written by exchange and verified; all of
//! it or nothing, durable when it says so, and recorded so that it can be undone.

use crate::effects::lock::Lock;
use crate::effects::vault::commit_error::{CommitError, cannot};
use crate::effects::vault::folder::LARGEST;
use crate::effects::vault::place::{Place, changeable, resolve};
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
    for file in &change.files {
        let place = resolve(root, file.path())?;
        if !places.insert(place.path.clone()) {
            let reason = "it is changed twice at once, perhaps through a link";
            return Err(CommitError::refused(file.path(), reason, None));
        }
        steps.extend(step(root, file, place, plan)?);
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
    if before.as_ref() == Some(&after) {
        return Ok(None);
    }
    check_size(path, before.as_deref(), &after)?;
    let temporary = temporary_name(place.path.file_name());
    let (path, after) = (path.clone(), Some(after));
    Ok(Some(Step { path, place: place.path, temporary, before, after, folders: place.missing }))
}

fn wanted(file: &FileChange, now: Option<&str>, plan: Plan<'_>) -> Result<String, CommitError> {
    match (file, now) {
        (FileChange::Edit { path, wishes }, Some(now)) => plan(path, now, wishes)
            .map_err(|refusal| CommitError::Refused { path: path.clone(), refusal }),
        (FileChange::Edit { path, .. }, None) => {
            Err(cannot("change", path)(io::ErrorKind::NotFound.into()))
        }
        (FileChange::Create { text, .. }, None) => Ok(text.clone()),
        (FileChange::Create { path, .. }, Some(_)) => Err(CommitError::refused(
            path,
            "there is such a file already",
            Some("choose another name"),
        )),
        (FileChange::Regenerate { path, before, text }, now) => {
            let expected = now == before.as_deref() || now == Some(text);
            if expected {
                Ok(text.clone())
            } else {
                Err(CommitError::Changed { path: path.clone() })
            }
        }
    }
}

fn check_size(path: &NotePath, before: Option<&str>, after: &str) -> Result<(), CommitError> {
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
