//! One look of the watcher at the vault: what changed is read as a command reads it, and compared with the look before.

use crate::app::refresh::{Reading, refresh};
use crate::app::search as index;
use crate::app::session::Session;
use crate::text::fingerprint::hash;
use std::collections::HashMap;

/// What the look before saw: for each note, by a hash of its path, a hash of its text.
#[derive(Debug, Default)]
pub struct Seen {
    fingerprint: Option<u64>,
    notes: HashMap<u64, u64>,
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
    let fingerprint = Some(reading.files.fingerprint);
    let changed = if seen.fingerprint == fingerprint { 0 } else { seen.renew(session, &reading) };
    if changed > 0 {
        // The next search finds its index fresh. Whatever is odd about it is told there, to whoever searches.
        index::search(session, &reading, &|_| (), |_| ());
    }
    seen.fingerprint = fingerprint;
    Look { notes: seen.notes.len(), changed, reading }
}

impl Seen {
    fn renew(&mut self, session: &Session, reading: &Reading) -> usize {
        let agenda = session.vocabulary.folders.agenda.as_str();
        let notes = reading.book.paths().iter().zip(&reading.files.marks);
        let notes = notes.filter(|(path, _)| path.as_str() != agenda);
        let notes = notes.map(|(path, mark)| (hash(&[path.as_str()]), *mark));
        let notes = notes.collect::<HashMap<_, _>>();
        let differ = |(path, mark): &(&u64, &u64)| self.notes.get(*path) != Some(*mark);
        let came = notes.iter().filter(differ).count();
        let went = self.notes.keys().filter(|path| !notes.contains_key(*path)).count();
        self.notes = notes;
        came + went
    }
}
