//! How an index is: what `ties index status` shows.

use crate::effects::index::document::Catalogue;
use crate::effects::index::open::{Found, Opened, open};
use crate::effects::index::place::Place;
use crate::effects::index::plan::Plan;
use crate::effects::index::trouble::{Trouble, guarded};

/// How an index is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Whether it can be used.
    pub state: State,
    /// How many notes are in it.
    pub notes: u32,
    /// Of how many parts it consists.
    pub parts: usize,
    /// Bytes on disk.
    pub size: u64,
    /// Whether one that was damaged is kept beside it.
    pub damaged_kept: bool,
}

/// Whether an index can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// There is none; the first search makes it.
    Absent,
    /// It is of another version of `ties`; the next search makes it anew.
    OtherVersion,
    /// It is damaged; the next search makes it anew.
    Damaged {
        /// What was noticed.
        why: String,
    },
    /// So many notes have changed since; the next search takes them in.
    Behind {
        /// How many are new, changed or gone.
        notes: usize,
    },
    /// It is that of the vault as it is.
    Fresh,
}

/// What lies where an index is kept, without a look at the notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OnDisk {
    /// No index.
    Absent,
    /// An index of another version of `ties`.
    OtherVersion,
    /// One that cannot be read.
    Damaged {
        /// What was noticed.
        why: String,
    },
    /// An index of so many notes.
    Index {
        /// How many.
        notes: u32,
    },
}

/// What lies at `place`.
pub fn on_disk(place: &Place) -> OnDisk {
    match guarded(|| open(place.folder())) {
        Ok(Found::Nothing) => OnDisk::Absent,
        Ok(Found::OtherVersion) => OnDisk::OtherVersion,
        Ok(Found::Index(opened)) => OnDisk::Index { notes: opened.payload.notes },
        Err(trouble) => OnDisk::Damaged { why: trouble.to_string() },
    }
}

/// Looks at the index at `place`, reading every byte of it.
pub fn status(place: &Place, catalogue: &Catalogue<'_>) -> Status {
    let looked = guarded(|| look(place, catalogue));
    let (state, notes, parts) =
        looked.unwrap_or_else(|trouble| (State::Damaged { why: trouble.to_string() }, 0, 0));
    let damaged_kept = place.damaged().symlink_metadata().is_ok();
    Status { state, notes, parts, size: place.size(), damaged_kept }
}

fn look(place: &Place, catalogue: &Catalogue<'_>) -> Result<(State, u32, usize), Trouble> {
    let opened = match open(place.folder())? {
        Found::Nothing => return Ok((State::Absent, 0, 0)),
        Found::OtherVersion => return Ok((State::OtherVersion, 0, 0)),
        Found::Index(opened) => opened,
    };
    opened.look_through(place.folder())?;
    let state = freshness(place, &opened, catalogue)?;
    Ok((state, opened.payload.notes, opened.segments.len()))
}

fn freshness(place: &Place, opened: &Opened, now: &Catalogue<'_>) -> Result<State, Trouble> {
    let kept = opened.kept().notes(place.folder(), opened.payload.notes)?;
    if opened.payload.is_of(now) {
        return Ok(State::Fresh);
    }
    if opened.payload.settings != now.settings {
        return Ok(State::Behind { notes: now.paths.len() });
    }
    Ok(State::Behind { notes: Plan::new(&kept, now).differing })
}
