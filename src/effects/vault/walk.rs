//! Walking a vault: which files are notes, and how each looks from outside, without reading one.
//!
//! Invariant: the same files give the same walk on every machine: notes and findings are in path order.

use crate::effects::vault::conflict_copy::{
    are_alike, is_temporary, original_of_certain_copy, possible_originals,
};
use crate::effects::vault::ignore::Ignore;
use crate::effects::vault::open::{Opened, open, unreadable};
use crate::effects::vault::stamp::{Stamp, Stamper};
use crate::note::path::NotePath;
use crate::text::diagnostic::{Code, Finding};
use crate::text::span::Span;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::io;
use std::path::Path;
use std::time::SystemTime;
use walkdir::{DirEntry, WalkDir};

/// The deepest folder that is entered, counted from the root.
pub const DEPTH_LIMIT: usize = 64;

/// The patterns of hidden files.
pub const IGNORE_FILE: &str = ".tiesignore";

/// With fewer notes than this, starting threads takes longer than asking for their stamps.
const WORTH_THREADS: usize = 512;

/// A file that is a note.
#[derive(Debug)]
pub struct Candidate {
    /// Its path in the vault.
    pub path: NotePath,
    /// How it looks from outside; the stamp of nothing where nobody asked.
    pub stamp: Stamp,
    gone: bool,
}

impl Candidate {
    /// The file at `path`, which looks like `stamp`.
    pub fn new(path: NotePath, stamp: Stamp) -> Candidate {
        Candidate { path, stamp, gone: false }
    }
}

/// A copy that a sync tool made of a note, told by its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlikeCopy {
    /// The copy.
    pub path: NotePath,
    /// How it looked from outside when it was read.
    pub stamp: Stamp,
    /// Whether it may have changed since and still look the same.
    pub racy: bool,
    /// The note that it is a copy of.
    pub original: NotePath,
}

/// The notes of a vault, not read yet.
#[derive(Debug, Default)]
pub struct Walk {
    /// The notes, in path order; copies among them until [`Walk::set_copies_apart`].
    pub candidates: Vec<Candidate>,
    /// Conflict copies, which are not read, each with its original, in path order.
    pub copies: Vec<(NotePath, NotePath)>,
    /// What was odd, by path, in path order.
    pub findings: Vec<(String, Finding)>,
    /// Whether a whole folder could not be read, so that nobody knows how many notes are missing.
    pub folder_unread: bool,
    /// Where it is known that there was no copy among the candidates: the numbers of those that have changed since.
    pub changed: Option<Vec<usize>>,
}

/// Walks the folders under `root` (canonical). `ignore` is the setting; the patterns of `.tiesignore` come after it.
/// Files whose names alone tell that they are copies are no candidates.
pub fn walk(root: &Path, ignore: &[String]) -> Walk {
    let mut walk = walk_unstamped(root, ignore);
    walk.candidates = stamped(root, walk.candidates);
    walk
}

/// The same for who reads all of them: nobody asks how they look from outside.
pub fn walk_unstamped(root: &Path, ignore: &[String]) -> Walk {
    let mut walk = Walk::default();
    let (ignore, odd) = ignore_of(root, ignore);
    odd.into_iter().for_each(|finding| walk.note(IGNORE_FILE, finding));
    walk.candidates = walk.enter(root, &ignore);
    walk.candidates.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    walk
}

/// The patterns of the setting `ignore` and of `.tiesignore` in the vault at `root`, and what is odd about that file.
pub fn ignore_of(root: &Path, ignore: &[String]) -> (Ignore, Option<Finding>) {
    let file = root.join(IGNORE_FILE);
    // It may be a link: then it counts only where it leads to a plain file inside.
    let is_file = file.symlink_metadata().is_ok_and(|metadata| metadata.is_file());
    let (text, odd) = match is_file.then(|| open(&file)) {
        Some(Opened::Text(text, odd)) => (text, odd),
        Some(Opened::Nothing(odd)) => (String::new(), Some(odd)),
        Some(Opened::Gone) | None => (String::new(), None),
    };
    (Ignore::new(ignore, &text), odd)
}

/// The candidates with their stamps; without those that are gone by now.
fn stamped(root: &Path, mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    let stamper = Stamper::new(root);
    let stamp = |candidate: &mut Candidate| match stamper.stamp(candidate.path.as_str()) {
        Some(stamp) => candidate.stamp = stamp,
        None => candidate.gone = true,
    };
    if candidates.len() < WORTH_THREADS {
        candidates.iter_mut().for_each(stamp);
    } else {
        // Nothing is allocated in these threads: only the system is asked.
        candidates.par_iter_mut().with_min_len(64).for_each(stamp);
    }
    candidates.retain(|candidate| !candidate.gone);
    candidates
}

/// Why a walk with these patterns would pass over a note at `path`; `None` where it would not.
pub fn why_passed_over(root: &Path, ignore: &[String], path: &NotePath) -> Option<&'static str> {
    let (ignore, _) = ignore_of(root, ignore);
    let name = path.file_name();
    if has_dot(path) {
        Some("a name that begins with a dot is hidden")
    } else if is_ignored(path, &ignore) {
        Some("`.tiesignore` or the setting `ignore` hides it")
    } else if path.as_str().split('/').any(is_temporary) {
        Some("editors and sync tools call their own files so")
    } else if original_of_certain_copy(name).is_some() {
        Some("sync tools call their copies of a note so")
    } else {
        let depth = path.as_str().matches('/').count();
        (depth > DEPTH_LIMIT).then_some("its folder lies too deep")
    }
}

/// The links below `root` that lead to the note at `path`: they do not go with it to another place.
pub fn links_to(root: &Path, path: &NotePath) -> Vec<String> {
    let Ok(note) = root.join(path.as_str()).canonicalize() else { return Vec::new() };
    let is_open = |entry: &DirEntry| !entry.file_name().as_encoded_bytes().starts_with(b".");
    let entries = WalkDir::new(root).min_depth(1).sort_by_file_name().into_iter();
    let links = entries.filter_entry(is_open).flatten().filter(DirEntry::path_is_symlink);
    let here = links.filter(|link| link.path().canonicalize().is_ok_and(|place| place == note));
    here.map(|link| shown(root, link.path())).collect()
}

/// Whether a finding of a walk or of reading means that a note may be missing.
pub fn hides_a_note(code: Code) -> bool {
    matches!(
        code,
        Code::Unreadable | Code::NotUtf8 | Code::TooLarge | Code::TooDeep | Code::UnusableName
    )
}

impl Walk {
    fn note(&mut self, path: &str, finding: Finding) {
        self.findings.push((path.to_owned(), finding));
    }

    fn enter(&mut self, root: &Path, ignore: &Ignore) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        let mut entries = WalkDir::new(root).min_depth(1).into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) => {
                    let seen = self.look(root, &entry, ignore);
                    if matches!(seen, Seen::Skip) && entry.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                    if let Seen::Note(candidate) = seen {
                        candidates.push(candidate);
                    }
                }
                Err(error) => self.walk_error(root, &error),
            }
        }
        candidates
    }

    fn walk_error(&mut self, root: &Path, error: &walkdir::Error) {
        let vanished =
            error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound);
        if vanished && error.depth() > 0 {
            return;
        }
        self.folder_unread = true;
        let path = error.path().map(|path| shown(root, path)).unwrap_or_default();
        let source = error.io_error().map_or_else(|| io::Error::other("a loop"), copy_of);
        self.note(if path.is_empty() { "." } else { &path }, unreadable(&source));
    }

    fn look(&mut self, root: &Path, entry: &DirEntry, ignore: &Ignore) -> Seen {
        let bytes = name_of(entry);
        if bytes.starts_with(b".") {
            self.look_at_hidden(root, entry);
            return Seen::Skip;
        }
        let Some(path) = usable(root, entry) else {
            return self.unusable(root, entry);
        };
        let kind = entry.file_type();
        // Every file of the vault comes here: where its name begins is not looked for again.
        let name = path.as_str().len().saturating_sub(bytes.len());
        let name = path.as_str().get(name..).unwrap_or_default();
        if is_temporary(name) || ignore.hides(path.as_str(), kind.is_dir()) {
            return Seen::Skip;
        }
        if kind.is_dir() {
            return self.look_at_folder(&path, entry.depth());
        }
        if kind.is_symlink() {
            self.look_at_link(root, entry.path(), &path, ignore);
            return Seen::Skip;
        }
        if !kind.is_file() {
            if path.is_markdown() {
                self.note(path.as_str(), special());
            }
            return Seen::Skip;
        }
        match original_of_certain_copy(name) {
            Some(original) => self.look_at_copy(&path, &original),
            None if path.is_markdown() => {
                return Seen::Note(Candidate::new(path, Stamp::default()));
            }
            None => {}
        }
        Seen::Skip
    }

    /// iCloud leaves `.NAME.md.icloud` where a note is not on this machine: missing is not deleted.
    fn look_at_hidden(&mut self, root: &Path, entry: &DirEntry) {
        let name = entry.file_name().to_string_lossy();
        let note = name.strip_prefix('.').and_then(|name| name.strip_suffix(".icloud"));
        if note.is_some_and(|note| note.ends_with(".md")) && entry.file_type().is_file() {
            let finding =
                Finding::new(Code::Unreadable, Span::at(0), "only in iCloud, not on this machine")
                    .help("open its folder in the Finder and download it");
            self.note(&shown(root, entry.path()), finding);
        }
    }

    fn unusable(&mut self, root: &Path, entry: &DirEntry) -> Seen {
        let is_note = entry.file_name().as_encoded_bytes().to_ascii_lowercase().ends_with(b".md");
        if is_note || entry.file_type().is_dir() {
            let finding = Finding::new(
                Code::UnusableName,
                Span::at(0),
                "a name that is not UTF-8, or holds a backslash or control characters",
            );
            self.note(&shown(root, entry.path()), finding.help("give it a plain name"));
        }
        Seen::Skip
    }

    fn look_at_folder(&mut self, path: &NotePath, depth: usize) -> Seen {
        if depth <= DEPTH_LIMIT {
            return Seen::Folder;
        }
        let message = format!("folders more than {DEPTH_LIMIT} deep are not entered");
        self.note(path.as_str(), Finding::new(Code::TooDeep, Span::at(0), message));
        Seen::Skip
    }

    /// A link is never read itself: where it leads to a note of this vault, that note is read at its own place.
    fn look_at_link(&mut self, root: &Path, link: &Path, path: &NotePath, ignore: &Ignore) {
        let target = link.canonicalize();
        let is_folder = target.as_ref().is_ok_and(|target| target.is_dir());
        if is_folder {
            let finding = Finding::new(
                Code::LinkedFolder,
                Span::at(0),
                "a link to a folder; it is not followed",
            )
            .help("move the folder here, or name it in .tiesignore");
            self.note(path.as_str(), finding);
        } else if path.is_markdown() {
            let trouble = match target {
                Err(_) => Some("a link to nothing"),
                Ok(target) => why_not_read(root, &target, ignore),
            };
            if let Some(message) = trouble {
                let finding = Finding::new(Code::LinkOutside, Span::at(0), message)
                    .help("put the note itself here, or name the link in .tiesignore");
                self.note(path.as_str(), finding);
            }
        }
    }

    fn look_at_copy(&mut self, path: &NotePath, original: &str) {
        let original = match path.folder() {
            "" => original.to_owned(),
            folder => format!("{folder}/{original}"),
        };
        self.note_copy(path, &original);
    }

    fn note_copy(&mut self, path: &NotePath, original: &str) {
        let message = format!("a sync tool's copy of {original}; it is not read");
        let finding = Finding::new(Code::ConflictCopy, Span::at(0), message)
            .help("move what you want to keep into the note and delete the copy");
        self.note(path.as_str(), finding);
        self.copies.extend(NotePath::new(original).map(|original| (path.clone(), original)));
    }

    /// Takes the copies out of the candidates. Where the name says that a note may be one, and its original is there,
    /// the texts decide. `moment` is when the walk began.
    pub fn set_copies_apart(&mut self, root: &Path, moment: SystemTime) -> Vec<AlikeCopy> {
        let mut copies = match &self.changed {
            None => self.alike_copies(root, moment, self.candidates.iter()),
            Some(changed) => {
                let changed = changed.iter().filter_map(|number| self.candidates.get(*number));
                let near = changed.flat_map(|changed| self.possible_copies(changed));
                self.alike_copies(root, moment, near)
            }
        };
        copies.sort_by(|a, b| a.path.cmp(&b.path));
        copies.dedup();
        self.take_out(&copies);
        copies
    }

    /// Takes out copies that were found before, where nothing has changed since.
    pub fn take_out(&mut self, copies: &[AlikeCopy]) {
        let paths = copies.iter().map(|copy| &copy.path).collect::<HashSet<_>>();
        if !paths.is_empty() {
            self.candidates.retain(|candidate| !paths.contains(&candidate.path));
        }
        copies.iter().for_each(|copy| self.note_copy(&copy.path, copy.original.as_str()));
        self.findings.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.code.cmp(&b.1.code)));
        self.copies.sort();
    }

    /// `original`, and whatever may by its name be a copy of it.
    fn possible_copies<'a>(
        &'a self,
        original: &'a Candidate,
    ) -> impl Iterator<Item = &'a Candidate> {
        let stem = original.path.without_extension();
        let named = ["-", " "].map(|sign| self.beginning_with(&format!("{stem}{sign}")));
        std::iter::once(original).chain(named.into_iter().flatten())
    }

    /// The candidates whose paths begin so.
    fn beginning_with(&self, start: &str) -> &[Candidate] {
        let from = self.candidates.partition_point(|candidate| candidate.path.as_str() < start);
        let rest = self.candidates.get(from..).unwrap_or_default();
        let is_past = |candidate: &Candidate| !candidate.path.as_str().starts_with(start);
        rest.get(..rest.iter().position(is_past).unwrap_or(rest.len())).unwrap_or_default()
    }

    fn alike_copies<'a>(
        &'a self,
        root: &Path,
        moment: SystemTime,
        suspects: impl Iterator<Item = &'a Candidate>,
    ) -> Vec<AlikeCopy> {
        let text_of = |candidate: &Candidate| match open(&root.join(candidate.path.as_str())) {
            Opened::Text(text, _) => Some(text),
            Opened::Nothing(_) | Opened::Gone => None,
        };
        let mut start = String::new();
        let mut original_of = |candidate: &Candidate| {
            let whole = candidate.path.without_extension();
            let folder = whole.rfind('/').map_or(0, |slash| slash + 1);
            let possible = possible_originals(whole.get(folder..)?);
            let mut there = possible.filter_map(|stem| {
                let stem = whole.get(..folder + stem.len())?;
                start.clear();
                start.extend([stem, "."]);
                let named = self.beginning_with(&start).iter();
                named.into_iter().find(|original| original.path.without_extension() == stem)
            });
            let mut there = there.by_ref().peekable();
            there.peek()?;
            let text = text_of(candidate)?;
            let alike = |original: &&Candidate| {
                text_of(original).is_some_and(|other| are_alike(&text, &other))
            };
            there.find(alike).map(|original| original.path.clone())
        };
        let copy = |candidate: &Candidate| {
            let original = original_of(candidate)?;
            let (path, stamp) = (candidate.path.clone(), candidate.stamp);
            Some(AlikeCopy { path, stamp, racy: stamp.is_racy(moment), original })
        };
        suspects.filter_map(copy).collect()
    }
}

/// What an entry of the walk is.
enum Seen {
    Note(Candidate),
    Folder,
    Skip,
}

fn special() -> Finding {
    Finding::new(Code::SpecialFile, Span::at(0), "a pipe, socket or device, not a note")
}

/// Path of an entry, where it can be told and written. Every file of the vault comes here: the front of the path is that
/// of the root, so it is cut off and not compared.
fn usable(root: &Path, entry: &DirEntry) -> Option<NotePath> {
    let whole = entry.path().as_os_str().as_encoded_bytes();
    let front = root.as_os_str().as_encoded_bytes().len();
    let relative = std::str::from_utf8(whole.get(front..)?).ok()?;
    let relative = relative.trim_start_matches(std::path::is_separator);
    if cfg!(windows) {
        NotePath::new(&relative.replace('\\', "/"))
    } else {
        NotePath::new(relative)
    }
}

/// The name of an entry: what stands behind the last separator, for the walk joins it so; `file_name` would take the
/// whole path apart.
fn name_of(entry: &DirEntry) -> &[u8] {
    let path = entry.path().as_os_str().as_encoded_bytes();
    path.rsplit(|byte| std::path::is_separator(char::from(*byte))).next().unwrap_or(path)
}

/// Why the target of a link is not read at its own place; `None` where it is.
fn why_not_read(root: &Path, target: &Path, ignore: &Ignore) -> Option<&'static str> {
    let Ok(inside) = target.strip_prefix(root) else {
        return Some("a link that leaves the vault; it is not followed");
    };
    let path = inside.to_str().and_then(|inside| NotePath::new(&inside.replace('\\', "/")));
    let is_hidden = |path: &NotePath| has_dot(path) || is_ignored(path, ignore);
    match path {
        Some(path) if path.is_markdown() && !is_hidden(&path) && target.is_file() => None,
        _ => Some("a link to a file that is not read itself"),
    }
}

fn has_dot(path: &NotePath) -> bool {
    path.as_str().split('/').any(|part| part.starts_with('.'))
}

fn is_ignored(path: &NotePath, ignore: &Ignore) -> bool {
    let ends = path.as_str().match_indices('/').map(|(at, _)| at);
    let mut folders = ends.filter_map(|end| path.as_str().get(..end));
    folders.any(|folder| ignore.hides(folder, true)) || ignore.hides(path.as_str(), false)
}

fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned()
}

fn copy_of(error: &io::Error) -> io::Error {
    error.raw_os_error().map_or_else(|| error.kind().into(), io::Error::from_raw_os_error)
}
