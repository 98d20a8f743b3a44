//! Notes written into parts of an index.
//!
//! Each thread reads notes and puts their words into a part of its own: no text waits for another thread, so memory
//! does not grow with the vault, and a note is read, cut into words and dropped while it is still in the cache of the
//! processor.

use crate::effects::index::document::{Documents, Progress};
use crate::effects::index::entry::Entry;
use crate::effects::index::schema::Fields;
use crate::effects::index::trouble::Trouble;
use std::sync::atomic::{AtomicUsize, Ordering};
use tantivy::indexer::{AddOperation, SegmentWriter};
use tantivy::{Index, Segment, SegmentMeta};

/// With fewer notes a thread, starting it takes longer than it wins, and more parts make each search slower.
const WORTH_A_THREAD: usize = 256;

/// So many threads write at once at most, and what they hold together is limited.
const MOST_THREADS: usize = 4;

/// What all parts that are being written may hold together, in bytes. What is fuller is put on disk, and the thread
/// begins another one.
const BUDGET: usize = 40_000_000;

/// So many notes a thread takes at once.
const CHUNK: usize = 16;

/// The notes that are to be written, and where they come from.
#[derive(Clone, Copy)]
pub struct Coming<'a> {
    /// For each its place in the catalogue and its number.
    pub notes: &'a [(usize, u32)],
    /// What stands in them.
    pub documents: &'a Documents<'a>,
    /// Is told how far the work is.
    pub progress: &'a Progress<'a>,
}

/// What was written.
#[derive(Debug, Default)]
pub struct Written {
    /// The parts, which no commit names yet.
    pub segments: Vec<SegmentMeta>,
    /// The places of the notes whose text was not there.
    pub missing: Vec<usize>,
}

/// Writes the notes that are `coming` into new parts of `index`.
pub fn write_segments(
    index: &Index,
    fields: Fields,
    coming: Coming<'_>,
) -> Result<Written, Trouble> {
    // Asking how many threads there are would start them.
    let most = coming.notes.len() / WORTH_A_THREAD;
    let threads =
        if most < 2 { 1 } else { most.min(MOST_THREADS).min(rayon::current_num_threads()) };
    let next = AtomicUsize::new(0);
    let writing = Writing { index, fields, coming, budget: BUDGET / threads, next: &next };
    if threads == 1 {
        return writing.run();
    }
    let mut others = (1..threads).map(|_| Ok(Written::default())).collect::<Vec<_>>();
    // This thread takes part: what it has freed before is memory that others would not use again.
    let own = rayon::in_place_scope(|scope| {
        for other in &mut others {
            scope.spawn(|_| *other = writing.run());
        }
        writing.run()
    });
    others.into_iter().try_fold(own?, |mut all, other| {
        let Written { segments, missing } = other?;
        all.segments.extend(segments);
        all.missing.extend(missing);
        Ok(all)
    })
}

/// What one thread knows.
struct Writing<'a> {
    index: &'a Index,
    fields: Fields,
    coming: Coming<'a>,
    budget: usize,
    // The first chunk that no thread has taken.
    next: &'a AtomicUsize,
}

impl Writing<'_> {
    /// Takes notes as long as there are any.
    fn run(&self) -> Result<Written, Trouble> {
        let mut written = Written::default();
        let mut chunks = std::iter::from_fn(|| {
            let start = self.next.fetch_add(1, Ordering::Relaxed).checked_mul(CHUNK)?;
            self.coming.notes.get(start..).filter(|rest| !rest.is_empty())
        })
        .map(|rest| rest.get(..CHUNK).unwrap_or(rest))
        .peekable();
        while chunks.peek().is_some() {
            let segment = self.index.new_segment();
            let mut writer = SegmentWriter::for_segment(self.table(), segment.clone())?;
            for notes in chunks.by_ref() {
                self.add(notes, &mut writer, &mut written.missing)?;
                if writer.mem_usage() >= self.budget {
                    break;
                }
            }
            written.segments.push(finished(segment, writer)?);
        }
        Ok(written)
    }

    /// What makes the table of words as large as is needed for so many notes: a larger one does not fit into the cache
    /// of the processor. It grows by itself.
    fn table(&self) -> usize {
        if self.coming.notes.len() < WORTH_A_THREAD { 200_000 } else { 2_000_000 }
    }

    fn add(
        &self,
        notes: &[(usize, u32)],
        writer: &mut SegmentWriter,
        missing: &mut Vec<usize>,
    ) -> Result<(), Trouble> {
        let Coming { documents, progress, .. } = self.coming;
        for (place, number) in notes {
            let document = documents(*place);
            missing.extend(document.text.is_none().then_some(*place));
            let document = Entry { fields: self.fields, number: *number, document };
            writer.add_document(AddOperation { opstamp: 0, document })?;
            progress(1);
        }
        Ok(())
    }
}

/// Puts a part on disk.
fn finished(segment: Segment, writer: SegmentWriter) -> Result<SegmentMeta, Trouble> {
    let notes = writer.max_doc();
    writer.finalize()?;
    let meta = segment.with_max_doc(notes).meta().clone();
    // There is no file of that kind.
    meta.untrack_temp_docstore();
    Ok(meta)
}
