//! Making or previewing a change that consists of wishes about notes.

use crate::app::session::Session;
use crate::app::write::{WriteError, preview as preview_with, write};
use crate::effects::vault::transaction::{Committed, Preview};
use crate::note::change::{Change, Refusal, Wish};
use crate::note::path::NotePath;
use crate::note::rewrite::rewrite;

/// Makes `change`, or nothing of it.
pub fn make(session: &Session, change: &Change) -> Result<Committed, WriteError> {
    write(session, change, &plan)
}

/// What [`make`] would write, refused where it would be refused.
pub fn preview(session: &Session, change: &Change) -> Result<Vec<Preview>, WriteError> {
    if let Some(finding) = session.config.why_not_write() {
        return Err(WriteError::Settings(finding.message.clone()));
    }
    preview_with(session, change, &plan)
}

fn plan(_: &NotePath, text: &str, wishes: &[Wish]) -> Result<String, Refusal> {
    rewrite(text, wishes)
}
