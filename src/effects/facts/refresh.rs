//! Bringing the facts up to date: a stamp for every note, a look into those that changed.
//!
//! Always true here: the facts after any number of changes are those that a first reading would give. Nobody waits
//! for another process: who cannot write the cache now answers from memory.

use crate::effects::facts::cache::{Cache, Loaded, Writing};
use crate::effects::facts::gather::{Gathered, gather};
use crate::effects::facts::known::Known;
use crate::effects::facts::pile::Pile;
use crate::effects::facts::renewed::Renewed;
use crate::effects::facts::shelf::Shelf;
use crate::effects::facts::store::{Missing, Stored};
#[cfg(target_os = "linux")]
use crate::effects::vault::glance::glance;
use crate::effects::vault::stamp::Stamp;
use crate::effects::vault::walk::{Candidate, Walk, hides_a_note, walk};
use crate::note::path::NotePath;
use crate::people::book::Book;
use crate::people::vocabulary::Vocabulary;
use crate::text::diagnostic::Finding;
use crate::text::fingerprint::{content_mark, hash};
use rayon::prelude::*;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

/// So many notes are read before what they said is put on disk, so that memory does not grow with the vault.
const BATCH: usize = 1024;
/// With fewer notes than this, starting threads takes longer than reading them.
const WORTH_THREADS: usize = 64;

/// One vault, and where its cache may be.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// The root of the vault, canonical.
    pub root: &'a Path,
    /// The setting `ignore`.
    pub ignore: &'a [String],
    /// The words that notes are read with.
    pub vocabulary: &'a Arc<Vocabulary>,
    /// The setting `me`.
    pub me: Option<&'a str>,
    /// The folder of the cache, which may not exist yet; `None` where none is wanted.
    pub cache: Option<&'a Path>,
}

/// What was found while a vault was brought up to date.
#[derive(Debug)]
pub struct Refreshed {
    /// A hash of the text of each note, in path order.
    pub marks: Vec<u64>,
    /// What is known of the files of the notes.
    pub shelf: Arc<Shelf>,
    /// A hash of the paths and texts of all notes: equal where nothing changed.
    pub fingerprint: u64,
    /// Conflict copies, which are not read, each with its original, in path order.
    pub copies: Vec<(NotePath, NotePath)>,
    /// What was odd about files and folders, by path, in path order.
    pub findings: Vec<(String, Finding)>,
    /// Whether a note may be missing because it could not be read.
    pub incomplete: bool,
    /// Whether a whole folder could not be read, so that nobody knows how many notes are missing.
    pub folder_unread: bool,
    /// How many notes were looked into.
    pub looked_into: usize,
    /// What the person should know about the cache, where something was odd.
    pub notice: Option<String>,
}

/// Reads what changed in the vault. `progress` is told of every note that was looked into, from any thread.
pub fn refresh(wanted: &Wanted<'_>, progress: &(dyn Fn(usize) + Sync)) -> (Book, Refreshed) {
    let moment = SystemTime::now();
    let cache = wanted.cache.and_then(|folder| Some(Cache { folder, key: key(wanted)? }));
    let loaded = cache.as_ref().map_or(Err(Missing::Absent), Cache::load);
    let damaged = loaded.as_ref().err() == Some(&Missing::Damaged);
    let notice = (damaged && cache.as_ref().is_some_and(Cache::set_aside))
        .then(|| "the cached facts were damaged; they have been made anew".to_owned());
    let refreshing = Refreshing { wanted, cache, moment, progress };
    let (book, refreshed) = match loaded {
        Ok(loaded) => refreshing.follow(loaded),
        Err(_) => refreshing.renew(None, walk(wanted.root, wanted.ignore)),
    };
    (book, Refreshed { notice: notice.or(refreshed.notice.clone()), ..refreshed })
}

/// What keys the facts: another program, other words or another owner make other facts of the same notes. A program
/// that cannot tell which one it is (it was replaced while it runs, or the system has no `/proc`) keeps none.
fn key(wanted: &Wanted<'_>) -> Option<u64> {
    let program = std::env::current_exe().and_then(|path| path.metadata()).ok()?;
    let (program, version) = (Stamp::of(&program), env!("CARGO_PKG_VERSION"));
    let words = wanted.vocabulary.fingerprint();
    let root = wanted.root.to_string_lossy();
    Some(hash(&[&format!("{version} {program:?} {words} {:?}", wanted.me), &root]))
}

/// What a glance at the vault tells of the files that the facts were made of: the notes whose stamps are others now.
/// `None` where it cannot tell.
fn seen_at_a_glance(wanted: &Wanted<'_>, stored: &Stored) -> Option<Vec<(usize, Stamp)>> {
    // A copy that was told by its text is no note, and whether it is still there would go unseen.
    if !stored.odd.copies.is_empty() {
        return None;
    }
    let stamp_of = |number: usize| {
        let known = stored.known.get(number).map(Known::from_row)?;
        (!known.racy).then_some(known.stamp)
    };
    glance(wanted.root, wanted.ignore, &stored.paths, &stamp_of)
}

/// Elsewhere every file is walked to.
#[cfg(not(target_os = "linux"))]
fn glance(
    _root: &Path,
    _ignore: &[String],
    _paths: &str,
    _stamp_of: &(dyn Fn(usize) -> Option<Stamp> + Sync),
) -> Option<Vec<(usize, Stamp)>> {
    None
}

/// What a walk finds where the files are those that the facts were made of, and some have other stamps.
fn walk_of(stored: &Stored, paths: Vec<NotePath>, changed: &[(usize, Stamp)]) -> Walk {
    let known = stored.known.rows(0, stored.known.len()).map(Known::from_row);
    let candidates = paths.into_iter().zip(known);
    let candidates = candidates.map(|(path, known)| Candidate::new(path, known.stamp));
    let numbers = changed.iter().map(|(number, _)| *number).collect();
    let candidates = candidates.collect();
    let mut walk = Walk { candidates, changed: Some(numbers), ..Walk::default() };
    for (number, stamp) in changed {
        walk.candidates.get_mut(*number).into_iter().for_each(|candidate| candidate.stamp = *stamp);
    }
    walk
}

/// Whether the walk found exactly the files that the facts were made of, and each looks as it did.
fn is_unchanged(stored: &Stored, walk: &Walk) -> bool {
    let known = stored.known.rows(0, stored.known.len()).map(Known::from_row);
    let notes = stored.paths.lines().zip(known);
    let mut notes = notes.map(|(path, known)| (path, known.stamp, known.racy)).peekable();
    let copies = stored.odd.copies.iter();
    let mut copies = copies.map(|copy| (copy.path.as_str(), copy.stamp, copy.racy)).peekable();
    let same = |candidate: &Candidate| {
        let next = match (notes.peek(), copies.peek()) {
            (Some(note), Some(copy)) if copy.0 < note.0 => copies.next(),
            (None, Some(_)) => copies.next(),
            _ => notes.next(),
        };
        next.is_some_and(|(path, stamp, racy)| {
            !racy && stamp == candidate.stamp && path == candidate.path.as_str()
        })
    };
    walk.candidates.len() == stored.known.len() + stored.odd.copies.len()
        && walk.candidates.iter().all(same)
}

/// What a reading gives: the book of `facts`, and what was found on the way.
fn finish(
    wanted: &Wanted<'_>,
    facts: Stored,
    pile: Pile,
    walk: Walk,
    fingerprint: u64,
    looked_into: usize,
) -> (Book, Refreshed) {
    let Stored { known, odd, outline, .. } = facts;
    let mut findings = walk.findings;
    findings.extend(odd.findings.into_iter().filter_map(|(note, finding)| {
        outline.paths.get(note as usize).map(|path| (path.to_string(), finding))
    }));
    findings.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.code.cmp(&b.1.code)));
    let hidden = findings.iter().any(|(_, finding)| hides_a_note(finding.code));
    let marks = known.rows(0, known.len()).map(|row| Known::from_row(row).mark).collect();
    let (root, vocabulary) = (wanted.root.to_owned(), Arc::clone(wanted.vocabulary));
    let shelf = Arc::new(Shelf { root, vocabulary, known, pile });
    let refreshed = Refreshed {
        marks,
        shelf: Arc::clone(&shelf),
        fingerprint,
        copies: walk.copies,
        incomplete: walk.folder_unread || hidden,
        folder_unread: walk.folder_unread,
        findings,
        looked_into,
        notice: None,
    };
    (Book::open(outline, shelf), refreshed)
}

/// Bringing facts up to date.
struct Refreshing<'a> {
    wanted: &'a Wanted<'a>,
    cache: Option<Cache<'a>>,
    moment: SystemTime,
    progress: &'a (dyn Fn(usize) + Sync),
}

impl Refreshing<'_> {
    /// Brings known facts up to date.
    fn follow(&self, loaded: Loaded) -> (Book, Refreshed) {
        let stored = &loaded.stored;
        let paths = || NotePath::all_in(&stored.paths);
        match seen_at_a_glance(self.wanted, stored).and_then(|changed| Some((paths()?, changed))) {
            Some((paths, changed)) if changed.is_empty() => {
                self.unchanged(loaded, paths, Walk::default())
            }
            Some((paths, changed)) => {
                let walk = walk_of(stored, paths, &changed);
                self.renew(Some(loaded), walk)
            }
            None => self.follow_walk(loaded, walk(self.wanted.root, self.wanted.ignore)),
        }
    }

    fn follow_walk(&self, loaded: Loaded, mut walk: Walk) -> (Book, Refreshed) {
        if !is_unchanged(&loaded.stored, &walk) {
            return self.renew(Some(loaded), walk);
        }
        walk.take_out(&loaded.stored.odd.copies);
        let candidates = std::mem::take(&mut walk.candidates).into_iter();
        self.unchanged(loaded, candidates.map(|candidate| candidate.path).collect(), walk)
    }

    fn unchanged(&self, loaded: Loaded, paths: Vec<NotePath>, walk: Walk) -> (Book, Refreshed) {
        let Loaded { head, mut stored, pile } = loaded;
        stored.outline.paths = paths;
        finish(self.wanted, stored, pile, walk, head.fingerprint, 0)
    }

    fn renew(&self, loaded: Option<Loaded>, mut walk: Walk) -> (Book, Refreshed) {
        // What is stored again must all be here. Somebody who damages it meanwhile costs a reading of every note.
        let loaded = loaded.filter(|loaded| loaded.stored.outline.fetch());
        let (head, before, mut pile) = match loaded {
            Some(Loaded { head, stored, pile }) => (Some(head), stored, pile),
            None => (None, Stored::nothing(self.wanted.vocabulary), Pile::default()),
        };
        let writing = self.cache.as_ref().map(|cache| cache.writing(head.as_ref())).transpose();
        let (writing, mut trouble) = match writing {
            Ok(writing) => (writing.flatten(), None),
            Err(trouble) => (None, Some(trouble)),
        };
        let copies = walk.set_copies_apart(self.wanted.root, self.moment);
        let candidates = std::mem::take(&mut walk.candidates);
        let renewed = self.gather(candidates, &before, &mut pile, writing.as_ref());
        let looked_into = renewed.looked_into;
        walk.findings.extend(renewed.findings.iter().cloned());
        let is_news =
            head.is_none() || renewed.differs_from(&before) || copies != before.odd.copies;
        let Some(mut facts) = renewed.finish(before, copies, &pile, self.wanted.me) else {
            // Somebody has damaged the pile, so every note is read. Whoever holds the right to write gives it back.
            drop(writing);
            let walk = crate::effects::vault::walk::walk(self.wanted.root, self.wanted.ignore);
            return self.renew(None, walk);
        };
        let fingerprint = fingerprint(&facts);
        if let Some(writing) = writing.filter(|_| is_news) {
            // A full disk costs the next command the same work, and this one nothing.
            trouble = writing.store(&mut facts, &mut pile, fingerprint).err();
        }
        let (book, refreshed) = finish(self.wanted, facts, pile, walk, fingerprint, looked_into);
        let notice = trouble.filter(|_| is_news).and_then(|trouble| self.cannot_keep(&trouble));
        (book, Refreshed { notice, ..refreshed })
    }

    fn cannot_keep(&self, trouble: &io::Error) -> Option<String> {
        let folder = self.wanted.cache?.display();
        Some(format!(
            "what was read cannot be kept in {folder}: {trouble}; until it can, each command reads the notes anew"
        ))
    }

    fn gather(
        &self,
        candidates: Vec<Candidate>,
        before: &Stored,
        pile: &mut Pile,
        writing: Option<&Writing<'_>>,
    ) -> Renewed<'_> {
        let mut renewed = Renewed::after(before, self.wanted.vocabulary);
        let mut known = before.paths.lines().enumerate().peekable();
        let mut plans = candidates.into_iter().map(|candidate| {
            while known.next_if(|(_, path)| *path < candidate.path.as_str()).is_some() {}
            let number = known.next_if(|(_, path)| *path == candidate.path.as_str());
            (candidate, number.map(|(number, _)| number))
        });
        loop {
            let batch = plans.by_ref().take(BATCH).collect::<Vec<_>>();
            if batch.is_empty() {
                return renewed;
            }
            let gathered = self.look_into(&batch, before);
            for ((candidate, number), gathered) in batch.into_iter().zip(gathered) {
                renewed.take(candidate.path, number, gathered, before, pile);
            }
            writing.into_iter().for_each(|writing| writing.relieve(pile));
        }
    }

    /// For each candidate what is new about it; `None` where nothing is.
    fn look_into(
        &self,
        plans: &[(Candidate, Option<usize>)],
        before: &Stored,
    ) -> Vec<Option<Gathered>> {
        let look = |(candidate, number): &(Candidate, Option<usize>)| {
            let known = number.and_then(|number| before.known.get(number)).map(Known::from_row);
            if known.is_some_and(|known| known.is_still(&candidate.stamp)) {
                return None;
            }
            let odd = number.and_then(|number| before.odd.of(number));
            let known = known.map(|known| (known, odd));
            let Wanted { root, vocabulary, .. } = self.wanted;
            let gathered = gather(root, candidate, known, self.moment, vocabulary);
            (self.progress)(1);
            Some(gathered)
        };
        if plans.len() < WORTH_THREADS {
            plans.iter().map(look).collect()
        } else {
            plans.par_iter().map(look).collect()
        }
    }
}

fn fingerprint(facts: &Stored) -> u64 {
    let marks = facts.known.rows(0, facts.known.len()).map(|row| Known::from_row(row).mark);
    let marks = marks.flat_map(u64::to_le_bytes).collect::<Vec<_>>();
    hash(&[&facts.paths, &content_mark(&marks)])
}
