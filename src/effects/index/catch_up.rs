//! Bringing an index from the catalogue that it was made from to the one of now, by the difference alone.
//!
//! Invariant: only who holds the turn does this, and an index on disk is always that of one whole catalogue: the new
//! list of notes is there before the commit that names it.

use crate::effects::index::document::{Catalogue, Documents, Progress};
use crate::effects::index::entry::Entry;
use crate::effects::index::folder::Folder;
use crate::effects::index::kept::KeptFile;
use crate::effects::index::open::{Found, Opened, damaged, open};
use crate::effects::index::payload::Payload;
use crate::effects::index::place::Place;
use crate::effects::index::plan::Plan;
use crate::effects::index::schema::{Fields, schema, teach};
use crate::effects::index::segments::{Coming, Written, write_segments};
use crate::effects::index::signature::sign;
use crate::effects::index::trouble::Trouble;
use crate::effects::index::turn::Turn;
use rayon::prelude::*;
use std::path::Path;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy, NoMergePolicy};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Index, IndexSettings, IndexWriter, TERMINATED, TantivyError, Term};

/// With fewer notes than this, starting threads takes longer than the work.
const WORTH_THREADS: usize = 64;

/// The least that a writer may have, in bytes.
const SMALL_BUDGET: usize = 15_000_000;

/// What each of the two threads of a large change may have, in bytes.
const LARGE_BUDGET: usize = 32_000_000;

/// Segments with more notes are left as they are: merging them again and again would cost more than it saves.
const LARGE_SEGMENT: usize = 5_000;

/// So many notes that have gone may stay behind in an index, besides as many as it has.
const WORN: u32 = 1_000;

/// The notes of now.
#[derive(Clone, Copy)]
pub struct Vault<'a> {
    /// Which there are.
    pub catalogue: Catalogue<'a>,
    /// What stands in them.
    pub documents: &'a Documents<'a>,
    /// Is told how far the work is.
    pub progress: &'a Progress<'a>,
}

/// The index at `place`, made to be that of `vault`.
pub fn catch_up(place: &Place, vault: &Vault<'_>, _turn: &Turn) -> Result<Box<Opened>, Trouble> {
    let written = match open(place.folder())? {
        Found::Index(opened) if opened.payload.is_of(&vault.catalogue) => return Ok(opened),
        Found::Index(opened) if is_worth_keeping(&opened, vault) => change(place, &opened, vault)?,
        _ => create(place, vault)?,
    };
    match open(place.folder())? {
        Found::Index(opened) if opened.payload == written => {
            sweep(place, &opened);
            Ok(opened)
        }
        _ => Err(damaged("it did not come back as it was written")),
    }
}

fn is_worth_keeping(opened: &Opened, vault: &Vault<'_>) -> bool {
    let gone = opened.segments.iter().map(tantivy::SegmentReader::num_deleted_docs).sum::<u32>();
    opened.payload.settings == vault.catalogue.settings && gone <= opened.payload.notes + WORN
}

fn create(place: &Place, vault: &Vault<'_>) -> Result<Payload, Trouble> {
    place.make_empty()?;
    let (schema, fields) = schema();
    let folder = Folder::open(place.folder()).map_err(TantivyError::from)?;
    // Nothing is stored in it, so that needs no thread of its own.
    let docstore_compress_dedicated_thread = false;
    let settings = IndexSettings { docstore_compress_dedicated_thread, ..IndexSettings::default() };
    let index = Index::create(folder, schema, settings)?;
    write(place, vault, &index, fields, Plan::from_nothing(&vault.catalogue))
}

fn change(place: &Place, opened: &Opened, vault: &Vault<'_>) -> Result<Payload, Trouble> {
    let old = opened.kept().notes(place.folder(), opened.payload.notes)?;
    let plan = Plan::new(&old, &vault.catalogue);
    for number in &plan.leaving {
        // The writer looks these up in a thread of its own, where damage would end the process.
        if count(opened, *number)? != 1 {
            return Err(damaged("a note is missing in it"));
        }
    }
    sweep(place, opened);
    write(place, vault, &opened.index, opened.fields, plan)
}

/// Removes what the commit does not name: what those before it had, and what a writer that was killed left, whose names
/// the next one may want for its own, since it takes none that is there.
fn sweep(place: &Place, opened: &Opened) {
    let kept = opened.kept().name();
    place.sweep(&|name| name == kept || opened.files.contains(Path::new(name)));
}

fn count(opened: &Opened, number: u32) -> Result<usize, Trouble> {
    let term = Term::from_field_u64(opened.fields.number, u64::from(number));
    let mut count = 0;
    for segment in &opened.segments {
        let words = segment.inverted_index(opened.fields.number)?;
        let Some(mut postings) = words.read_postings(&term, IndexRecordOption::Basic)? else {
            continue;
        };
        while postings.doc() != TERMINATED {
            count += usize::from(!segment.is_deleted(postings.doc()));
            postings.advance();
        }
    }
    Ok(count)
}

fn write(
    place: &Place,
    vault: &Vault<'_>,
    index: &Index,
    fields: Fields,
    mut plan: Plan,
) -> Result<Payload, Trouble> {
    // Whatever lies there is whole: it was looked through, or there is nothing yet.
    sign(place.folder())?;
    teach(index);
    let mut writer = writer(index, plan.coming.len())?;
    // The writer cannot tell a part that it is given from one that was there, and what comes may have the number of what
    // leaves. So where something leaves, what comes goes through the writer.
    let missing = if plan.leaving.is_empty() {
        add_parts(&writer, vault, fields, &plan)?
    } else {
        for number in &plan.leaving {
            writer.delete_term(Term::from_field_u64(fields.number, u64::from(*number)));
        }
        add(&writer, vault, fields, &plan)?
    };
    for place in &missing {
        plan.forget(*place);
    }
    let kept = KeptFile::write(place.folder(), &plan.kept)?;
    let mut payload = Payload::new(&vault.catalogue, kept);
    if !missing.is_empty() {
        payload.forget();
    }
    let mut commit = writer.prepare_commit()?;
    commit.set_payload(&payload.write());
    commit.commit()?;
    writer.wait_merging_threads()?;
    Ok(payload)
}

fn writer(index: &Index, coming: usize) -> Result<IndexWriter<Entry>, Trouble> {
    let is_large = coming >= LARGE_SEGMENT;
    let options = IndexWriterOptions::builder()
        .num_worker_threads(if is_large { 2 } else { 1 })
        .memory_budget_per_thread(if is_large { LARGE_BUDGET } else { SMALL_BUDGET })
        .num_merge_threads(1)
        .build();
    let writer = index.writer_with_options(options)?;
    if is_large {
        writer.set_merge_policy(Box::new(NoMergePolicy));
    } else {
        let mut policy = LogMergePolicy::default();
        policy.set_min_layer_size(200);
        policy.set_max_docs_before_merge(LARGE_SEGMENT);
        writer.set_merge_policy(Box::new(policy));
    }
    Ok(writer)
}

/// Takes in what comes, in parts of its own; gives the places of the notes whose text was not there.
fn add_parts(
    writer: &IndexWriter<Entry>,
    vault: &Vault<'_>,
    fields: Fields,
    plan: &Plan,
) -> Result<Vec<usize>, Trouble> {
    let Vault { documents, progress, .. } = *vault;
    let coming = Coming { notes: &plan.coming, documents, progress };
    let Written { segments, missing } = write_segments(writer.index(), fields, coming)?;
    for segment in segments {
        writer.add_segment(segment)?;
    }
    Ok(missing)
}

/// Takes in what comes, note by note; gives the places of the notes whose text was not there.
fn add(
    writer: &IndexWriter<Entry>,
    vault: &Vault<'_>,
    fields: Fields,
    plan: &Plan,
) -> Result<Vec<usize>, Trouble> {
    let add_one = |(place, number): &(usize, u32)| {
        let document = (vault.documents)(*place);
        let missing = document.text.is_none().then_some(*place);
        writer.add_document(Entry::new(fields, *number, document))?;
        (vault.progress)(1);
        Ok(missing)
    };
    let added: Result<Vec<Option<usize>>, Trouble> = if plan.coming.len() < WORTH_THREADS {
        plan.coming.iter().map(add_one).collect()
    } else {
        plan.coming.par_iter().map(add_one).collect()
    };
    Ok(added?.into_iter().flatten().collect())
}
