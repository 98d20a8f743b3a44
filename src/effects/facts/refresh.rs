//! Bringing the facts up to date: a stamp for every note, a look into those that changed.
//!
//! Always true here: the facts after any number of changes are those that a first reading would give. Nobody waits
//! for another process: who cannot write the cache now answers from memory.

use crate::effects::facts::cache::{Cache, ToWrite, Writing};
use crate::effects::facts::gather::{Facts, Gathered, gather};
use crate::effects::facts::known::Known;
use crate::effects::facts::pile::Pile;
use crate::effects::facts::shelf::Shelf;
use crate::effects::facts::store::{Gists, Head, Missing, Stored};
use crate::effects::vault::stamp::Stamp;
use crate::effects::vault::walk::{Candidate, Walk, hides_a_note, walk};
use crate::note::path::NotePath;
use crate::people::book::Book;
use crate::people::brief::Brief;
use crate::people::gist::{Gist, NoteKind};
use crate::people::outline::Outline;
use crate::people::vocabulary::Vocabulary;
use crate::text::diagnostic::Finding;
use crate::text::fingerprint::hash;
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
    let (stored, walk) = rayon::join(
        || cache.as_ref().map_or(Err(Missing::Absent), Cache::load),
        || walk(wanted.root, wanted.ignore),
    );
    let damaged = stored.as_ref().err() == Some(&Missing::Damaged);
    let notice = (damaged && cache.as_ref().is_some_and(Cache::set_aside))
        .then(|| "the cached facts were damaged; they have been made anew".to_owned());
    let refreshing = Refreshing { wanted, cache, moment, progress };
    let (book, refreshed) = match stored {
        Ok((stored, pile)) if is_unchanged(&stored, &walk) => {
            refreshing.unchanged(stored, pile, walk)
        }
        Ok((stored, pile)) => refreshing.renew(Some((stored, pile)), walk),
        Err(_) => refreshing.renew(None, walk),
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

/// Whether the walk found exactly the files that the facts were made of, and each looks as it did.
fn is_unchanged(stored: &Stored, walk: &Walk) -> bool {
    let notes = stored.paths.lines().zip(&stored.known);
    let mut notes = notes.map(|(path, known)| (path, &known.stamp, known.racy)).peekable();
    let copies = stored.copies.iter();
    let mut copies = copies.map(|copy| (copy.path.as_str(), &copy.stamp, copy.racy)).peekable();
    let same = |candidate: &Candidate| {
        let next = match (notes.peek(), copies.peek()) {
            (Some(note), Some(copy)) if copy.0 < note.0 => copies.next(),
            (None, Some(_)) => copies.next(),
            _ => notes.next(),
        };
        next.is_some_and(|(path, stamp, racy)| {
            !racy && *stamp == candidate.stamp && path == candidate.path.as_str()
        })
    };
    walk.candidates.len() == stored.known.len() + stored.copies.len()
        && walk.candidates.iter().all(same)
}

fn finish(
    wanted: &Wanted<'_>,
    outline: Outline,
    known: Vec<Known>,
    pile: Pile,
    walk: Walk,
    fingerprint: u64,
    looked_into: usize,
) -> (Book, Refreshed) {
    let mut findings = walk.findings;
    let odd = outline.paths.iter().zip(&known);
    findings.extend(odd.filter_map(|(path, known)| {
        known.finding.clone().map(|finding| (path.to_string(), finding))
    }));
    findings.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.code.cmp(&b.1.code)));
    let hidden = findings.iter().any(|(_, finding)| hides_a_note(finding.code));
    let marks = known.iter().map(|known| known.mark).collect();
    let (root, vocabulary) = (wanted.root.to_owned(), Arc::clone(wanted.vocabulary));
    let shelf = Arc::new(Shelf { root, vocabulary, known, pile });
    let refreshed = Refreshed {
        marks,
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

/// The facts before.
struct Before {
    outline: Outline,
    known: Vec<Known>,
    gists: Gists,
}

/// The facts after, being gathered in path order.
#[derive(Default)]
struct After {
    paths: Vec<NotePath>,
    known: Vec<Known>,
    briefs: Vec<Brief>,
    gists: Gists,
    findings: Vec<(String, Finding)>,
    looked_into: usize,
    // How many notes are as they were before.
    kept: usize,
    // Whether the same notes still have the same names.
    same_names: bool,
}

impl Refreshing<'_> {
    fn unchanged(&self, stored: Stored, pile: Pile, mut walk: Walk) -> (Book, Refreshed) {
        walk.take_out(&stored.copies);
        let fingerprint = stored.head.fingerprint;
        let candidates = std::mem::take(&mut walk.candidates);
        let paths = candidates.into_iter().map(|candidate| candidate.path).collect();
        match stored.into_outline(paths) {
            Some((outline, known)) => {
                finish(self.wanted, outline, known, pile, walk, fingerprint, 0)
            }
            None => self.renew(
                None,
                crate::effects::vault::walk::walk(self.wanted.root, self.wanted.ignore),
            ),
        }
    }

    fn renew(&self, stored: Option<(Stored, Pile)>, mut walk: Walk) -> (Book, Refreshed) {
        let loaded = stored.and_then(|(stored, pile)| Some((Before::of(stored)?, pile)));
        let (before, mut pile, head) = match loaded {
            Some(((before, head), pile)) => (before, pile, Some(head)),
            None => (Before::nothing(self.wanted.vocabulary), Pile::default(), None),
        };
        let writing = self.cache.as_ref().map(|cache| cache.writing(head.as_ref())).transpose();
        let (writing, mut trouble) = match writing {
            Ok(writing) => (writing.flatten(), None),
            Err(trouble) => (None, Some(trouble)),
        };
        let copies = walk.set_copies_apart(self.wanted.root, self.moment);
        let candidates = std::mem::take(&mut walk.candidates);
        let after = self.gather(&candidates, &before, &mut pile, writing.as_ref());
        walk.findings.extend(after.findings.iter().cloned());
        let outline = self.outline(&after, before);
        let fingerprint = fingerprint(&after.paths, &after.known);
        let mut known = after.known;
        if let Some(writing) = writing {
            let gathered = ToWrite { outline: &outline, gists: &after.gists, copies: &copies };
            // A full disk costs the next command the same work, and this one nothing.
            trouble = writing.store(&mut pile, &mut known, &gathered, fingerprint).err();
        }
        let (book, refreshed) =
            finish(self.wanted, outline, known, pile, walk, fingerprint, after.looked_into);
        let notice = trouble.and_then(|trouble| self.cannot_keep(&trouble));
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
        candidates: &[Candidate],
        before: &Before,
        pile: &mut Pile,
        writing: Option<&Writing<'_>>,
    ) -> After {
        let mut after = After { same_names: true, ..After::default() };
        let mut place = 0;
        for batch in candidates.chunks(BATCH) {
            let plans = batch.iter().map(|candidate| {
                place = before.place_of(&candidate.path, place);
                let old = before.outline.paths.get(place).filter(|path| **path == candidate.path);
                (candidate, old.map(|_| place))
            });
            let plans = plans.collect::<Vec<_>>();
            let gathered = self.look_into(&plans, before);
            for ((candidate, old), gathered) in plans.into_iter().zip(gathered) {
                after.take(candidate, old, gathered, before, pile);
            }
            writing.into_iter().for_each(|writing| writing.relieve(pile));
        }
        after.same_names &= after.paths.len() == before.outline.paths.len();
        after
    }

    /// For each candidate what is new about it; `None` where nothing is.
    fn look_into(
        &self,
        plans: &[(&Candidate, Option<usize>)],
        before: &Before,
    ) -> Vec<Option<Gathered>> {
        let look = |(candidate, old): &(&Candidate, Option<usize>)| {
            let known = old.and_then(|old| before.known.get(old));
            let same = |known: &&Known| !known.racy && known.stamp == candidate.stamp;
            if known.filter(same).is_some() {
                return None;
            }
            let gathered =
                gather(self.wanted.root, candidate, known, self.moment, self.wanted.vocabulary);
            (self.progress)(1);
            Some(gathered)
        };
        if plans.len() < WORTH_THREADS {
            plans.iter().map(look).collect()
        } else {
            plans.par_iter().map(look).collect()
        }
    }

    fn outline(&self, after: &After, before: Before) -> Outline {
        let count = after.paths.len();
        if after.kept == count && before.outline.paths.len() == count {
            return before.outline;
        }
        let (vocabulary, me) = (self.wanted.vocabulary, self.wanted.me);
        let gists = (0..count).map(|number| {
            let gist = postcard::from_bytes::<Gist<'_>>(after.gists.get(number));
            gist.unwrap_or_else(|_| Gist::nothing())
        });
        let gists = gists.collect::<Vec<_>>();
        let (paths, briefs) = (after.paths.clone(), after.briefs.clone());
        if after.same_names {
            let names = before.outline.into_names();
            Outline::with_names(paths, names, &gists, briefs, vocabulary, me)
        } else {
            Outline::build(paths, &gists, briefs, vocabulary, me)
        }
    }
}

impl Before {
    fn of(stored: Stored) -> Option<(Before, Head)> {
        let (gists, head) = (stored.gists().ok()?, stored.head);
        let paths = stored.paths.lines().map(NotePath::new).collect::<Option<Vec<_>>>()?;
        let (outline, known) = stored.into_outline(paths)?;
        Some((Before { outline, known, gists }, head))
    }

    fn nothing(vocabulary: &Vocabulary) -> Before {
        let outline = Outline::build(Vec::new(), &[], Vec::new(), vocabulary, None);
        Before { outline, known: Vec::new(), gists: Gists::default() }
    }

    /// The first place from `start` on whose path is not before `path`.
    fn place_of(&self, path: &NotePath, start: usize) -> usize {
        let rest = self.outline.paths.get(start..).unwrap_or(&[]);
        start + rest.iter().take_while(|known| *known < path).count()
    }
}

impl After {
    fn take(
        &mut self,
        candidate: &Candidate,
        old: Option<usize>,
        gathered: Option<Gathered>,
        before: &Before,
        pile: &mut Pile,
    ) {
        self.looked_into += usize::from(gathered.is_some());
        match (gathered, old) {
            (None, Some(old)) => self.keep(old, before, None),
            (Some(Gathered::Same(known)), Some(old)) => self.keep(old, before, Some(known)),
            (Some(Gathered::Facts(facts)), old) => self.add(candidate, old, *facts, before, pile),
            (Some(Gathered::Nothing(finding)), _) => {
                self.findings.push((candidate.path.to_string(), finding));
            }
            (Some(Gathered::Gone | Gathered::Same(_)) | None, _) => {}
        }
    }

    fn keep(&mut self, old: usize, before: &Before, known: Option<Known>) {
        let (Some(path), Some(stamped)) = (before.outline.paths.get(old), before.known.get(old))
        else {
            return;
        };
        self.paths.push(path.clone());
        self.known.push(known.unwrap_or_else(|| stamped.clone()));
        let person = before.outline.contact_of(old);
        let brief = person.and_then(|person| before.outline.briefs.get(person.number()));
        self.briefs.extend(brief.cloned());
        self.gists.push(before.gists.get(old));
        self.kept += 1;
    }

    fn add(
        &mut self,
        candidate: &Candidate,
        old: Option<usize>,
        facts: Facts,
        before: &Before,
        pile: &mut Pile,
    ) {
        self.same_names &= old.is_some_and(|old| same_names(before.gists.get(old), &facts.gist));
        self.paths.push(candidate.path.clone());
        self.known.push(Known { place: pile.push(&facts.note), ..facts.known });
        self.briefs.extend(facts.brief);
        self.gists.push(&facts.gist);
    }
}

/// Whether two gists are of the same kind of note with the same names.
fn same_names(one: &[u8], other: &[u8]) -> bool {
    let gist = |bytes| postcard::from_bytes::<Gist<'_>>(bytes).ok();
    let names = |gist: Gist<'_>| {
        let aliases = gist.aliases.into_iter().map(str::to_owned).collect::<Vec<_>>();
        (gist.kind == NoteKind::Contact, gist.name.map(str::to_owned), aliases)
    };
    gist(one).map(names) == gist(other).map(names)
}

fn fingerprint(paths: &[NotePath], known: &[Known]) -> u64 {
    let marks = known.iter().map(|known| known.mark.to_string()).collect::<Vec<_>>();
    let parts = paths.iter().zip(&marks).flat_map(|(path, mark)| [path.as_str(), mark.as_str()]);
    hash(&parts.collect::<Vec<_>>())
}
