//! One look of the watcher at the vault: everything is read as a command reads it, and compared with the look before.

use crate::app::refresh::{Reading, refresh};
use crate::app::session::Session;
use crate::note::path::NotePath;
use crate::text::fingerprint::hash;
use std::collections::HashMap;

/// What the look before saw.
#[derive(Debug, Default)]
pub struct Seen {
    notes: HashMap<NotePath, u64>,
}

/// What there is, and how much of it is new.
#[derive(Debug)]
pub struct Look {
    /// Everything.
    pub reading: Reading,
    /// How many notes there are, without the agenda.
    pub notes: usize,
    /// How many of them came, went or changed.
    pub changed: usize,
}

/// Looks at the vault of `session`. The agenda, which is made from the others, is no change.
pub fn look(session: &Session, seen: &mut Seen) -> Look {
    let reading = refresh(session, &|_| ());
    let agenda = session.vocabulary.folders.agenda.as_str();
    let notes = reading.scan.files.iter().filter(|(path, _)| path.as_str() != agenda);
    let marks = notes.map(|(path, text)| (path.clone(), hash(&[text]))).collect::<HashMap<_, _>>();
    let differ = |(path, mark): &(&NotePath, &u64)| seen.notes.get(*path) != Some(*mark);
    let came = marks.iter().filter(differ).count();
    let went = seen.notes.keys().filter(|path| !marks.contains_key(*path)).count();
    let look = Look { reading, notes: marks.len(), changed: came + went };
    seen.notes = marks;
    look
}
