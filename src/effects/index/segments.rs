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
    write_in(threads, &writing)
}

fn write_in(threads: usize, writing: &Writing<'_>) -> Result<Written, Trouble> {
    if threads < 2 {
        return writing.run();
    }
    let mut others = (1..threads).map(|_| Ok(Written::default())).collect::<Vec<_>>();
    // This thread takes part: what it has freed before is memory that others would not use again.
    let own = rayon::in_place_scope(|scope| {
        for other in &mut others {
            scope.spawn(move |_| *other = writing.run());
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
            let document = Entry::new(self.fields, *number, document);
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

#[cfg(test)]
mod tests {
    use crate::effects::index::document::Document;
    use crate::effects::index::schema::{schema, teach};
    use crate::effects::index::segments::{CHUNK, Coming, Writing, write_in};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tantivy::{Index, SegmentReader, Term};

    /// How many parts so many threads make of so many notes, each with a budget of so many bytes. Each note has to be
    /// in one of them, with its words.
    fn parts(threads: usize, notes: usize, budget: usize) -> usize {
        let (schema, fields) = schema();
        let index = Index::create_in_ram(schema);
        teach(&index);
        let notes = (0..notes).map(|place| (place, 7 + place as u32)).collect::<Vec<_>>();
        let taken = AtomicUsize::new(0);
        let document = |place: usize| Document {
            names: vec![format!("name{place}")],
            text: (!place.is_multiple_of(5)).then(|| format!("all word{place}")),
        };
        let progress = |count| {
            taken.fetch_add(count, Ordering::Relaxed);
        };
        let coming = Coming { notes: &notes, documents: &document, progress: &progress };
        let next = AtomicUsize::new(0);
        let writing = Writing { index: &index, fields, coming, budget, next: &next };
        let mut written = write_in(threads, &writing).unwrap();
        written.missing.sort_unstable();
        let missing = (0..notes.len()).filter(|place| place.is_multiple_of(5)).collect::<Vec<_>>();
        assert_eq!((written.missing, taken.into_inner()), (missing, notes.len()));
        let segments = written.segments.iter().cloned();
        let open = |meta| SegmentReader::open(&index.segment(meta)).unwrap();
        let segments = segments.map(open).collect::<Vec<_>>();
        let count = |field, term: Term| -> u32 {
            let count = |segment: &SegmentReader| {
                segment.inverted_index(field).unwrap().doc_freq(&term).unwrap()
            };
            segments.iter().map(count).sum()
        };
        for (place, number) in &notes {
            let name = Term::from_field_text(fields.names, &format!("name{place}"));
            let word = Term::from_field_text(fields.text, &format!("word{place}"));
            let number = Term::from_field_u64(fields.number, u64::from(*number));
            assert_eq!(count(fields.names, name), 1);
            assert_eq!(count(fields.number, number), 1);
            assert_eq!(count(fields.text, word), u32::from(!place.is_multiple_of(5)));
        }
        segments.len()
    }

    #[test]
    fn each_note_is_in_one_part() {
        assert_eq!(parts(1, 0, 1 << 30), 0);
        assert_eq!(parts(1, 3, 1 << 30), 1);
        assert_eq!(parts(1, 5 * CHUNK + 1, 1 << 30), 1);
        assert!((1..=3).contains(&parts(3, 9 * CHUNK, 1 << 30)));
    }

    #[test]
    fn a_full_part_is_put_on_disk_and_another_begun() {
        assert_eq!(parts(1, 3 * CHUNK + 1, 0), 4);
        assert_eq!(parts(3, 4 * CHUNK, 0), 4);
    }
}
