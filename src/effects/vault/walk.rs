//! Walking a vault: which files are notes, and how each looks from outside, without reading one.
//!
//! Invariant: the same files give the same walk on every machine: notes and findings are in path order.

use crate::effects::vault::conflict_copy::{CopyName, are_alike, copy_name, is_temporary};
use crate::effects::vault::ignore::Ignore;
use crate::effects::vault::open::{Opened, open, unreadable};
use crate::effects::vault::stamp::Stamp;
use crate::note::path::NotePath;
use crate::text::diagnostic::{Code, Finding};
use crate::text::span::Span;
use rayon::prelude::*;
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
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
    /// Where it is on this machine.
    pub place: PathBuf,
    /// How it looks from outside.
    pub stamp: Stamp,
    // Where one of these is a note that is alike, this is a copy of it.
    originals: Vec<String>,
}

/// The notes of a vault, not read yet.
#[derive(Debug, Default)]
pub struct Walk {
    /// The notes, in path order.
    pub candidates: Vec<Candidate>,
    /// Conflict copies, which are not read, each with its original, in path order.
    pub copies: Vec<(NotePath, NotePath)>,
    /// What was odd, by path, in path order.
    pub findings: Vec<(String, Finding)>,
    /// Whether a whole folder could not be read, so that nobody knows how many notes are missing.
    pub folder_unread: bool,
}

/// Walks the folders under `root` (canonical). `ignore` is the setting; the patterns of `.tiesignore` come after it.
pub fn walk(root: &Path, ignore: &[String]) -> Walk {
    let mut walk = Walk::default();
    let ignore = Ignore::new(ignore, &walk.ignore_file(root));
    let seen = walk.enter(root, &ignore);
    let stamped = |(mut candidate, entry): (Candidate, DirEntry)| {
        // A file that is gone by now is not there.
        candidate.stamp = Stamp::of(&entry.metadata().ok()?);
        Some(candidate)
    };
    walk.candidates = if seen.len() < WORTH_THREADS {
        seen.into_iter().filter_map(stamped).collect()
    } else {
        seen.into_par_iter().filter_map(stamped).collect()
    };
    walk.candidates.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    walk.drop_copies();
    walk.findings.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.code.cmp(&b.1.code)));
    walk.copies.sort();
    walk
}

/// Whether a finding of a walk or of reading means that a note may be missing.
pub fn hides_a_note(code: Code) -> bool {
    matches!(
        code,
        Code::Unreadable | Code::NotUtf8 | Code::TooLarge | Code::TooDeep | Code::UnusableName
    )
}

impl Walk {
    fn ignore_file(&mut self, root: &Path) -> String {
        let file = root.join(IGNORE_FILE);
        // It may be a link: then it counts only where it leads to a plain file inside.
        match file.symlink_metadata() {
            Ok(metadata) if metadata.is_file() => {}
            _ => return String::new(),
        }
        match open(&file) {
            Opened::Text(text, None) => text,
            Opened::Text(text, Some(finding)) => {
                self.note(IGNORE_FILE, finding);
                text
            }
            Opened::Nothing(finding) => {
                self.note(IGNORE_FILE, finding);
                String::new()
            }
            Opened::Gone => String::new(),
        }
    }

    fn note(&mut self, path: &str, finding: Finding) {
        self.findings.push((path.to_owned(), finding));
    }

    fn enter(&mut self, root: &Path, ignore: &Ignore) -> Vec<(Candidate, DirEntry)> {
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
                        candidates.push((candidate, entry));
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
        let bytes = entry.file_name().as_encoded_bytes();
        if bytes.starts_with(b".") {
            self.look_at_hidden(root, entry);
            return Seen::Skip;
        }
        let Some((path, name)) = usable(root, entry) else {
            return self.unusable(root, entry);
        };
        let kind = entry.file_type();
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
        self.look_at_file(path, entry)
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

    fn look_at_file(&mut self, path: NotePath, entry: &DirEntry) -> Seen {
        let beside = |name: &str| match path.folder() {
            "" => name.to_owned(),
            folder => format!("{folder}/{name}"),
        };
        let originals = match copy_name(path.file_name()) {
            CopyName::No if path.is_markdown() => Vec::new(),
            CopyName::No => return Seen::Skip,
            CopyName::Perhaps(names) => names.iter().map(|name| beside(name)).collect(),
            CopyName::Certain(name) => {
                let original = beside(&name);
                self.note_copy(&path, &original);
                return Seen::Skip;
            }
        };
        let (place, stamp) = (entry.path().to_owned(), Stamp::default());
        Seen::Note(Candidate { path, place, stamp, originals })
    }

    fn note_copy(&mut self, path: &NotePath, original: &str) {
        let message = format!("a sync tool's copy of {original}; it is not read");
        let finding = Finding::new(Code::ConflictCopy, Span::at(0), message)
            .help("move what you want to keep into the note and delete the copy");
        self.note(path.as_str(), finding);
        self.copies.extend(NotePath::new(original).map(|original| (path.clone(), original)));
    }

    /// Where the name says that a note may be a copy, and its original is there, the texts decide.
    fn drop_copies(&mut self) {
        let text_of = |path: &str| {
            let at =
                self.candidates.binary_search_by(|other| other.path.as_str().cmp(path)).ok()?;
            match open(&self.candidates.get(at)?.place) {
                Opened::Text(text, _) => Some(text),
                Opened::Nothing(_) | Opened::Gone => None,
            }
        };
        let is_there = |path: &&String| {
            self.candidates.binary_search_by(|other| other.path.as_str().cmp(path)).is_ok()
        };
        let original_of = |candidate: &Candidate| {
            let mut there = candidate.originals.iter().filter(is_there).peekable();
            there.peek()?;
            let text = text_of(candidate.path.as_str())?;
            let alike = |original: &&String| {
                text_of(original).is_some_and(|other| are_alike(&text, &other))
            };
            there.find(alike).cloned()
        };
        let found = self.candidates.iter().filter(|candidate| !candidate.originals.is_empty());
        let found = found
            .filter_map(|candidate| Some((candidate.path.clone(), original_of(candidate)?)))
            .collect::<HashMap<_, _>>();
        self.candidates.retain(|candidate| !found.contains_key(&candidate.path));
        found.iter().for_each(|(path, original)| self.note_copy(path, original));
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

/// Path and name of an entry, where both can be told and written.
fn usable<'a>(root: &Path, entry: &'a DirEntry) -> Option<(NotePath, &'a str)> {
    let name = entry.file_name().to_str()?;
    let relative = entry.path().strip_prefix(root).ok()?.to_str()?;
    let path = if cfg!(windows) {
        NotePath::new(&relative.replace('\\', "/"))
    } else {
        NotePath::new(relative)
    };
    Some((path?, name))
}

/// Why the target of a link is not read at its own place; `None` where it is.
fn why_not_read(root: &Path, target: &Path, ignore: &Ignore) -> Option<&'static str> {
    let Ok(inside) = target.strip_prefix(root) else {
        return Some("a link that leaves the vault; it is not followed");
    };
    let path = inside.to_str().and_then(|inside| NotePath::new(&inside.replace('\\', "/")));
    let is_hidden = |path: &NotePath| {
        let ends = path.as_str().match_indices('/').map(|(at, _)| at);
        let mut folders = ends.filter_map(|end| path.as_str().get(..end));
        path.as_str().split('/').any(|part| part.starts_with('.'))
            || folders.any(|folder| ignore.hides(folder, true))
            || ignore.hides(path.as_str(), false)
    };
    match path {
        Some(path) if path.is_markdown() && !is_hidden(&path) && target.is_file() => None,
        _ => Some("a link to a file that is not read itself"),
    }
}

fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned()
}

fn copy_of(error: &io::Error) -> io::Error {
    error.raw_os_error().map_or_else(|| error.kind().into(), io::Error::from_raw_os_error)
}
