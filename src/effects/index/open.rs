//! An index that can be asked: the segments of one commit, and the catalogue that they were made from.
//!
//! Invariant: segments, payload and catalogue belong to the same commit, though others may commit at the same time. No
//! thread is started and no lock is taken, so that opening takes a millisecond and works where nothing can be written.

use crate::effects::index::folder::Folder;
use crate::effects::index::kept::KeptFile;
use crate::effects::index::payload::{Maker, Payload};
use crate::effects::index::place::META;
use crate::effects::index::schema::{Fields, schema};
use crate::effects::index::signature::{is_signed, sign};
use crate::effects::index::trouble::Trouble;
use std::collections::HashSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tantivy::schema::Schema;
use tantivy::{Directory, Index, SegmentReader, TantivyError};

/// An open index.
pub struct Opened {
    /// The index below.
    pub index: Index,
    /// Its schema.
    pub schema: Schema,
    /// Its fields.
    pub fields: Fields,
    /// The parts of it.
    pub segments: Vec<SegmentReader>,
    /// The files that they are in.
    pub files: HashSet<PathBuf>,
    /// What it was made from.
    pub payload: Payload,
    numbers: File,
    // By number, the place of the note in the catalogue; `u32::MAX` for a number that no note has.
    places: OnceLock<Vec<u32>>,
}

/// What lies in a folder.
pub enum Found {
    /// No index.
    Nothing,
    /// An index of another version of `ties`.
    OtherVersion,
    /// An index.
    Index(Box<Opened>),
}

/// Opens what lies in `folder`.
pub fn open(folder: &Path) -> Result<Found, Trouble> {
    if !folder.join(META).try_exists()? {
        return Ok(Found::Nothing);
    }
    let below = Folder::open(folder).map_err(TantivyError::from)?;
    let index = Index::open(below)?;
    let metas = index.load_metas()?;
    let payload = match metas.payload.as_deref().map(Payload::read) {
        Some(Maker::Us(payload)) => payload,
        Some(Maker::OtherVersion) => return Ok(Found::OtherVersion),
        // The very first commit was cut off.
        None if metas.segments.is_empty() => return Ok(Found::Nothing),
        None | Some(Maker::Stranger) => return Err(damaged("it was made by another program")),
    };
    let (schema, fields) = schema();
    if index.schema() != schema {
        return Err(damaged("its fields are other ones"));
    }
    let files = metas.list_segment_files();
    let numbers = File::open(folder.join(payload.kept.name()))?;
    let segments = metas.segments.into_iter().map(|meta| SegmentReader::open(&index.segment(meta)));
    let segments = segments.collect::<Result<Vec<_>, _>>()?;
    if segments.iter().map(SegmentReader::num_docs).sum::<u32>() != payload.notes {
        return Err(damaged("notes are missing in it"));
    }
    let places = OnceLock::new();
    let opened = Opened { index, schema, fields, segments, files, payload, numbers, places };
    if !is_signed(folder) {
        opened.look_through(folder)?;
        // Where nothing can be written, it is looked through each time.
        let _ = sign(folder);
    }
    Ok(Found::Index(Box::new(opened)))
}

/// Trouble that making the index anew ends.
pub fn damaged(why: &str) -> Trouble {
    Trouble::Damaged(why.to_owned())
}

impl Opened {
    /// Reads every byte of the index, which bears checksums.
    pub fn look_through(&self, folder: &Path) -> Result<(), Trouble> {
        let directory = self.index.directory();
        for file in &self.files {
            // Not every part has every kind of file; one that is needed and missing was noticed before.
            let is_whole = directory.exists(file).and_then(|is_there| {
                if is_there { directory.validate_checksum(file) } else { Ok(true) }
            });
            if !is_whole.map_err(TantivyError::from)? {
                return Err(damaged("bytes of it have changed"));
            }
        }
        self.kept().notes(folder, self.payload.notes)?;
        Ok(())
    }

    /// The file beside the index that keeps its catalogue.
    pub fn kept(&self) -> &KeptFile {
        &self.payload.kept
    }

    /// By number, the place of the note in the catalogue that the index was made from.
    pub fn places(&self) -> Result<&[u32], Trouble> {
        if let Some(places) = self.places.get() {
            return Ok(places);
        }
        let numbers = self.kept().numbers(&self.numbers, self.payload.notes)?;
        Ok(self.places.get_or_init(|| by_number(&numbers)))
    }
}

fn by_number(numbers: &[u32]) -> Vec<u32> {
    let highest = numbers.iter().copied().max().map_or(0, |highest| highest as usize + 1);
    let mut places = vec![u32::MAX; highest];
    for (place, number) in (0u32..).zip(numbers) {
        if let Some(slot) = places.get_mut(*number as usize) {
            *slot = place;
        }
    }
    places
}
