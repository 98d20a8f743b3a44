//! Walking a vault and reading its notes.
//!
//! Invariant: the same files give the same scan on every machine: notes and findings are in path order.

use crate::effects::vault::conflict_copy::{CopyName, are_alike, copy_name, is_temporary};
use crate::effects::vault::ignore::Ignore;
use crate::effects::vault::open::{Opened, open, unreadable};
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

/// With fewer notes than this, starting threads takes longer than reading.
const WORTH_THREADS: usize = 64;

/// All notes of a vault as text.
#[derive(Debug, Default)]
pub struct Scan {
    /// The notes, in path order.
    pub files: Vec<(NotePath, String)>,
    /// Conflict copies, which are not read, each with its original, in path order.
    pub copies: Vec<(NotePath, NotePath)>,
    /// What was odd, by path, in path order.
    pub findings: Vec<(String, Finding)>,
    /// Whether a note may be missing because it could not be read.
    pub incomplete: bool,
}

/// Reads every note under `root` (canonical). `ignore` is the setting; the patterns of `.tiesignore` come after it.
/// `progress` is told of every note that was read, from any thread: how many more there are now.
pub fn scan(root: &Path, ignore: &[String], progress: &(dyn Fn(usize) + Sync)) -> Scan {
    let mut scan = Scan::default();
    let ignore = Ignore::new(ignore, &scan.ignore_file(root));
    let candidates = scan.walk(root, &ignore);
    let read = |candidate: Candidate| {
        let opened = open(&candidate.place);
        progress(1);
        (candidate, opened)
    };
    let opened: Vec<(Candidate, Opened)> = if candidates.len() < WORTH_THREADS {
        candidates.into_iter().map(read).collect()
    } else {
        candidates.into_par_iter().map(read).collect()
    };
    scan.take(opened);
    scan.findings.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.code.cmp(&b.1.code)));
    scan.copies.sort();
    scan.incomplete |= scan.findings.iter().any(|(_, finding)| hides_a_note(finding.code));
    scan
}

/// Whether a finding of the walk means that a note may be missing.
fn hides_a_note(code: Code) -> bool {
    matches!(
        code,
        Code::Unreadable | Code::NotUtf8 | Code::TooLarge | Code::TooDeep | Code::UnusableName
    )
}

/// A file that looks like a note.
#[derive(Debug)]
struct Candidate {
    path: NotePath,
    place: PathBuf,
    // Where one of these is a note that is alike, this is a copy of it.
    originals: Vec<String>,
}

impl Scan {
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

    fn walk(&mut self, root: &Path, ignore: &Ignore) -> Vec<Candidate> {
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
        Seen::Note(Candidate { path, place: entry.path().to_owned(), originals })
    }

    fn note_copy(&mut self, path: &NotePath, original: &str) {
        let message = format!("a sync tool's copy of {original}; it is not read");
        let finding = Finding::new(Code::ConflictCopy, Span::at(0), message)
            .help("move what you want to keep into the note and delete the copy");
        self.note(path.as_str(), finding);
        self.copies.extend(NotePath::new(original).map(|original| (path.clone(), original)));
    }

    fn take(&mut self, opened: Vec<(Candidate, Opened)>) {
        let mut perhaps = HashMap::new();
        for (candidate, opened) in opened {
            match opened {
                Opened::Text(text, finding) => {
                    if let Some(finding) = finding {
                        self.note(candidate.path.as_str(), finding);
                    }
                    if !candidate.originals.is_empty() {
                        perhaps.insert(candidate.path.clone(), candidate.originals);
                    }
                    self.files.push((candidate.path, text));
                }
                Opened::Nothing(finding) => self.note(candidate.path.as_str(), finding),
                Opened::Gone => {}
            }
        }
        self.files.sort_by(|a, b| a.0.cmp(&b.0));
        self.drop_copies(&perhaps);
    }

    fn drop_copies(&mut self, perhaps: &HashMap<NotePath, Vec<String>>) {
        let text_of = |path: &str| {
            let at = self.files.binary_search_by(|(other, _)| other.as_str().cmp(path)).ok()?;
            self.files.get(at).map(|(_, text)| text.as_str())
        };
        let original_of = |path: &NotePath, originals: &[String]| {
            let text = text_of(path.as_str())?;
            let alike =
                |original: &&String| text_of(original).is_some_and(|other| are_alike(text, other));
            originals.iter().find(alike).cloned()
        };
        let found = perhaps
            .iter()
            .filter_map(|(path, originals)| Some((path.clone(), original_of(path, originals)?)))
            .collect::<HashMap<_, _>>();
        self.files.retain(|(path, _)| !found.contains_key(path));
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

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use crate::effects::vault::scan::{Scan, scan};
    use expect_test::{Expect, expect};
    use std::ffi::OsStr;
    use std::fs;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    use std::path::Path;

    fn shown(scan: &Scan) -> String {
        let files = scan.files.iter().map(|(path, text)| format!("{path}: {text}\n"));
        let findings = scan.findings.iter().map(|(path, finding)| {
            format!("{path:?} {}: {}\n", finding.code.word(), finding.message)
        });
        let end = scan.incomplete.then(|| "incomplete\n".to_owned());
        files.chain(findings).chain(end).collect()
    }

    fn check(make: impl FnOnce(&Path), ignore: &[&str], expected: &Expect) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap().join("vault");
        fs::create_dir(&root).unwrap();
        make(&root);
        let ignore = ignore.iter().map(|pattern| (*pattern).to_owned()).collect::<Vec<_>>();
        expected.assert_eq(&shown(&scan(&root, &ignore, &|_| ())));
    }

    fn write(root: &Path, path: &str, text: &str) {
        let file = root.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    #[test]
    fn notes_come_in_path_order_and_nothing_else_comes() {
        let make = |root: &Path| {
            for path in [
                "z.md",
                "people/b.md",
                "people/a.MD",
                "people.md",
                "people/family/é.md",
                "ties.toml",
            ] {
                write(root, path, "x");
            }
            for hidden in
                [".obsidian/x.md", ".x.md", "people/.ana.md.swp", "people/a.md~", "~$b.md", "a.txt"]
            {
                write(root, hidden, "hidden");
            }
        };
        check(
            make,
            &[],
            &expect![[r#"
            people.md: x
            people/a.MD: x
            people/b.md: x
            people/family/é.md: x
            z.md: x
        "#]],
        );
    }

    #[test]
    fn what_the_person_hides_is_not_read() {
        let make = |root: &Path| {
            for path in ["people/a.md", "people/a-scratch.md", "old/b.md", "private/c.md"] {
                write(root, path, "x");
            }
            write(root, ".tiesignore", "*-scratch.md\nold/\n");
            write(root, ".gitignore", "people/\n");
        };
        check(
            make,
            &["/private"],
            &expect![[r#"
            people/a.md: x
        "#]],
        );
    }

    #[test]
    fn links_are_read_once_as_their_target_or_are_findings() {
        let make = |root: &Path| {
            write(root, "people/a.md", "a");
            write(root, ".store/b.md", "b");
            write(root, "../outside.md", "secret");
            symlink("a.md", root.join("people/alias.md")).unwrap();
            symlink("../.store/b.md", root.join("people/stored.md")).unwrap();
            symlink("nowhere.md", root.join("people/dangling.md")).unwrap();
            symlink("loop.md", root.join("people/loop.md")).unwrap();
            symlink("../../outside.md", root.join("people/out.md")).unwrap();
            symlink("/etc", root.join("people/folder")).unwrap();
            symlink("people", root.join("again")).unwrap();
        };
        check(
            make,
            &[],
            &expect![[r#"
            people/a.md: a
            "again" linked-folder: a link to a folder; it is not followed
            "people/dangling.md" link-outside: a link to nothing
            "people/folder" linked-folder: a link to a folder; it is not followed
            "people/loop.md" link-outside: a link to nothing
            "people/out.md" link-outside: a link that leaves the vault; it is not followed
            "people/stored.md" link-outside: a link to a file that is not read itself
        "#]],
        );
    }

    #[test]
    fn odd_files_are_findings_and_never_wait() {
        let make = |root: &Path| {
            let fifo = std::process::Command::new("mkfifo").arg(root.join("pipe.md")).status();
            assert!(fifo.unwrap().success());
            fs::write(root.join("latin1.md"), b"Jos\xe9").unwrap();
            fs::File::create(root.join("large.md")).unwrap().set_len(17 << 20).unwrap();
            fs::write(root.join(OsStr::from_bytes(b"jos\xe9.md")), "x").unwrap();
            fs::write(root.join("a\u{1b}[31m.md"), "x").unwrap();
            fs::write(root.join("a\\b.md"), "x").unwrap();
            fs::write(root.join("a\\b.txt"), "x").unwrap();
            write(root, &format!("{}deep.md", "d/".repeat(65)), "x");
            write(root, &format!("{}fine.md", "d/".repeat(64)), "x");
            write(root, ".far.md.icloud", "");
        };
        check(
            make,
            &[],
            &expect![[r#"
            d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/fine.md: x
            latin1.md: Jos
            ".far.md.icloud" unreadable: only in iCloud, not on this machine
            "a\u{1b}[31m.md" unusable-name: a name that is not UTF-8, or holds a backslash or control characters
            "a\\b.md" unusable-name: a name that is not UTF-8, or holds a backslash or control characters
            "d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d" too-deep: folders more than 64 deep are not entered
            "jos�.md" unusable-name: a name that is not UTF-8, or holds a backslash or control characters
            "large.md" too-large: larger than 16 MiB, so it is not read
            "latin1.md" not-utf8: not UTF-8 text from here on
            "pipe.md" special-file: a pipe, socket or device, not a note
            incomplete
        "#]],
        );
    }

    #[test]
    fn conflict_copies_are_findings_and_namesakes_are_people() {
        let log = "name: Henry\n- 2026-01-01 met: a\n- 2026-01-02 met: b\n- 2026-01-03 met: c\n";
        let make = |root: &Path| {
            write(root, "people/henry.md", log);
            write(root, "people/henry 2.md", &format!("{log}- 2026-01-04 met: d\n"));
            write(root, "people/henry-lee.md", "name: Henry Lee\n- 2026-01-01 met: x\n");
            write(root, "people/henry 3.md", "name: Henry III\n- 1216-10-28 event: crowned\n");
            write(root, "people/zoe.sync-conflict-20261121-101010-ABCDEF7.md", "x");
            write(root, "people/zoe.md.conflict1", "x");
        };
        check(
            make,
            &[],
            &expect![[r#"
            people/henry 3.md: name: Henry III
            - 1216-10-28 event: crowned

            people/henry-lee.md: name: Henry Lee
            - 2026-01-01 met: x

            people/henry.md: name: Henry
            - 2026-01-01 met: a
            - 2026-01-02 met: b
            - 2026-01-03 met: c

            "people/henry 2.md" conflict-copy: a sync tool's copy of people/henry.md; it is not read
            "people/zoe.md.conflict1" conflict-copy: a sync tool's copy of people/zoe.md; it is not read
            "people/zoe.sync-conflict-20261121-101010-ABCDEF7.md" conflict-copy: a sync tool's copy of people/zoe.md; it is not read
        "#]],
        );
    }

    #[test]
    fn what_the_system_does_not_let_us_read_is_a_finding() {
        use std::os::unix::fs::PermissionsExt;
        if rustix::process::geteuid().is_root() {
            eprintln!("skipped: root may read everything");
            return;
        }
        let make = |root: &Path| {
            write(root, "closed.md", "x");
            write(root, "folder/x.md", "x");
            for (path, mode) in [("closed.md", 0), ("folder", 0)] {
                fs::set_permissions(root.join(path), fs::Permissions::from_mode(mode)).unwrap();
            }
        };
        check(
            make,
            &[],
            &expect![[r#"
            "closed.md" unreadable: cannot be read: Permission denied (os error 13)
            "folder" unreadable: cannot be read: Permission denied (os error 13)
            incomplete
        "#]],
        );
    }

    #[test]
    fn many_notes_are_read_in_the_same_order() {
        let folder = tempfile::tempdir().unwrap();
        (0..200).for_each(|number| write(folder.path(), &format!("{number:03}.md"), "x"));
        let root = folder.path().canonicalize().unwrap();
        let scan = scan(&root, &[], &|_| ());
        let paths = scan.files.iter().map(|(path, _)| path.to_string()).collect::<Vec<_>>();
        assert_eq!(paths, (0..200).map(|number| format!("{number:03}.md")).collect::<Vec<_>>());
    }
}
