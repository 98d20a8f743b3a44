//! After a crash: finishing the change that was under way, or taking it back, so that it is done wholly or not at
//! all.
//!
//! Which of the two follows from the files. There is no commit mark to trust: all new texts are staged before the
//! first exchange and all exchanges are done before the first temporary file goes, so the files say it themselves,
//! also where the person has edited some of them since.

use crate::effects::lock::Lock;
use crate::effects::vault::commit_error::{CommitError, cannot};
use crate::effects::vault::folder::Folder;
use crate::effects::vault::journal::{self, Stored};
use crate::effects::vault::record::{Record, RecordError, Step};
use crate::effects::vault::settle::{Leftover, Standing, View, bring_forward, put_back, view};
use crate::note::path::NotePath;
use std::path::{Path, PathBuf};

/// What a recovery did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recovered {
    /// How the change that was under way ended.
    pub ending: Ending,
    /// Files beside notes, relative to the vault, that hold texts which were found nowhere else.
    pub copies: Vec<String>,
    /// Notes that the person has changed since; they are as they were found.
    pub untouched: Vec<NotePath>,
}

/// How the change that was under way ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Ending {
    /// There was none.
    #[default]
    Nothing,
    /// It is done: this is what it does.
    Finished(String),
    /// It is not done: this is what it would have done.
    TakenBack(String),
    /// The journal cannot be read. It lies here; the notes are as they were found.
    Unreadable(PathBuf),
}

/// Settle the change that was under way, if there is one (`journal::is_pending` says so cheaply). Where this fails,
/// the next recovery goes on.
pub fn recover(root: &Path, lock: &Lock) -> Result<Recovered, CommitError> {
    match journal::pending(lock.state())? {
        Stored::Nothing => Ok(Recovered::default()),
        Stored::Change(record) => settle(root, lock, record),
        Stored::Unreadable(RecordError::Newer) => {
            let path = lock.state().journal().display().to_string();
            Err(CommitError::NewerJournal { path })
        }
        Stored::Unreadable(RecordError::Damaged(_)) => {
            let ending = Ending::Unreadable(journal::set_aside(lock.state())?);
            Ok(Recovered { ending, ..Recovered::default() })
        }
    }
}

fn settle(root: &Path, lock: &Lock, record: Record) -> Result<Recovered, CommitError> {
    // A vault that is not mounted is not one whose notes were removed.
    Folder::open(root, "").map_err(cannot("open the vault", root.display()))?;
    let views = record.steps.iter().map(|step| view(root, step)).collect::<Result<Vec<_>, _>>()?;
    let others = record.steps.iter().zip(&views).filter(|(_, view)| view.note == Standing::Other);
    let untouched = others.map(|(step, _)| step.path.clone()).collect();
    let (copies, ending) = if is_done(&record.steps, &views) {
        let copies = bring_forward(root, &record.steps)?;
        journal::finish(lock.state())?;
        (copies, Ending::Finished(record.title))
    } else {
        let copies = put_back(root, &record.steps)?;
        journal::abandon(lock.state())?;
        (copies, Ending::TakenBack(record.title))
    };
    Ok(Recovered { ending, copies, untouched })
}

/// Whether the change is to be finished. A save of the person that was swapped out unseen must come back into its
/// note, so then it is not; what the person built upon it must not lose its other half, so then it is; else it is
/// when every file had its turn.
fn is_done(steps: &[Step], views: &[View]) -> bool {
    let any = |note, temporary| views.contains(&View { note, temporary });
    if any(Standing::After, Leftover::Unknown) {
        return false;
    }
    let built_upon = any(Standing::Other, Leftover::Before);
    let had_no_turn = views.iter().any(|view| view.note == Standing::Before)
        || any(Standing::Other, Leftover::Ours)
        || steps.iter().zip(views).any(|(step, view)| stays(step, *view));
    built_upon || !had_no_turn
}

/// Whether a file that was to go is there with a text of the person's: it had no turn, or it was made again. Either way
/// it is the whole that the person has.
fn stays(step: &Step, view: View) -> bool {
    step.after.is_none() && view == View { note: Standing::Other, temporary: Leftover::Nothing }
}
