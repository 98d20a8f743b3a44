//! Reading all notes of a vault.
//!
//! Invariant: the same files give the same scan on every machine: notes and findings are in path order.

use crate::effects::vault::open::{Opened, open};
use crate::effects::vault::walk::{Candidate, hides_a_note, walk_unstamped};
use crate::note::path::NotePath;
use crate::text::diagnostic::Finding;
use rayon::prelude::*;
use std::path::Path;
use std::time::SystemTime;

/// With fewer notes than this, starting threads takes longer than reading.
const WORTH_THREADS: usize = 64;

/// All notes of a vault, each as a `T`.
#[derive(Debug)]
pub struct Scan<T> {
    /// The notes, in path order.
    pub files: Vec<(NotePath, T)>,
    /// Conflict copies, which are not read, each with its original, in path order.
    pub copies: Vec<(NotePath, NotePath)>,
    /// What was odd, by path, in path order.
    pub findings: Vec<(String, Finding)>,
    /// Whether a note may be missing because it could not be read.
    pub incomplete: bool,
    /// Whether a whole folder could not be read, so that nobody knows how many notes are missing.
    pub folder_unread: bool,
}

/// What a file gave.
enum Read<T> {
    Note(T, Option<Finding>),
    Nothing(Finding),
    Gone,
}

/// Reads every note under `root` (canonical). `ignore` is the setting; the patterns of `.tiesignore` come after it.
/// Each text is given to `take` at once, from any thread, so that no more texts are in memory than are being read.
pub fn scan<T: Send>(
    root: &Path,
    ignore: &[String],
    take: &(dyn Fn(&NotePath, String) -> T + Sync),
) -> Scan<T> {
    let mut walk = walk_unstamped(root, ignore);
    walk.set_copies_apart(root, SystemTime::now());
    let read = |candidate: Candidate| {
        let read = match open(&root.join(candidate.path.as_str())) {
            Opened::Text(text, odd) => Read::Note(take(&candidate.path, text), odd),
            Opened::Nothing(odd) => Read::Nothing(odd),
            Opened::Gone => Read::Gone,
        };
        (candidate.path, read)
    };
    let all: Vec<(NotePath, Read<T>)> = if walk.candidates.len() < WORTH_THREADS {
        walk.candidates.into_iter().map(read).collect()
    } else {
        walk.candidates.into_par_iter().map(read).collect()
    };
    let (files, copies, findings) = (Vec::with_capacity(all.len()), walk.copies, walk.findings);
    let folder_unread = walk.folder_unread;
    let mut scan = Scan { files, copies, findings, incomplete: false, folder_unread };
    for (path, read) in all {
        scan.add(path, read);
    }
    scan.findings.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.code.cmp(&b.1.code)));
    scan.incomplete =
        folder_unread || scan.findings.iter().any(|(_, finding)| hides_a_note(finding.code));
    scan
}

impl<T> Scan<T> {
    fn add(&mut self, path: NotePath, read: Read<T>) {
        match read {
            Read::Note(note, odd) => {
                self.findings.extend(odd.map(|odd| (path.to_string(), odd)));
                self.files.push((path, note));
            }
            Read::Nothing(odd) => self.findings.push((path.to_string(), odd)),
            Read::Gone => {}
        }
    }
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

    fn shown(scan: &Scan<String>) -> String {
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
        expected.assert_eq(&shown(&scan(&root, &ignore, &|_, text| text)));
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
            latin1.md: Jos�
            ".far.md.icloud" unreadable: only in iCloud, not on this machine
            "a\u{1b}[31m.md" unusable-name: a name that is not UTF-8, or holds a backslash or control characters
            "a\\b.md" unusable-name: a name that is not UTF-8, or holds a backslash or control characters
            "d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d" too-deep: folders more than 64 deep are not entered
            "jos�.md" unusable-name: a name that is not UTF-8, or holds a backslash or control characters
            "large.md" too-large: larger than 16 MiB, so it is not read
            "latin1.md" not-utf8: not UTF-8: the odd letters of this note are lost
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
            write(root, "listed/x.md", "x");
            for (path, mode) in [("closed.md", 0), ("folder", 0), ("listed", 0o444)] {
                fs::set_permissions(root.join(path), fs::Permissions::from_mode(mode)).unwrap();
            }
        };
        check(
            make,
            &[],
            &expect![[r#"
            "closed.md" unreadable: cannot be read: Permission denied (os error 13)
            "folder" unreadable: cannot be read: Permission denied (os error 13)
            "listed/x.md" unreadable: cannot be read: Permission denied (os error 13)
            incomplete
        "#]],
        );
    }

    #[test]
    fn many_notes_are_read_in_the_same_order() {
        let folder = tempfile::tempdir().unwrap();
        (0..200).for_each(|number| write(folder.path(), &format!("{number:03}.md"), "x"));
        let root = folder.path().canonicalize().unwrap();
        let scan = scan(&root, &[], &|_, text| text);
        let paths = scan.files.iter().map(|(path, _)| path.to_string()).collect::<Vec<_>>();
        assert_eq!(paths, (0..200).map(|number| format!("{number:03}.md")).collect::<Vec<_>>());
    }

    #[test]
    fn a_folder_that_cannot_be_read_is_told_apart_from_a_note() {
        let folder = tempfile::tempdir().unwrap();
        let gone = scan(&folder.path().join("gone"), &[], &|_, text| text);
        assert!(gone.folder_unread && gone.incomplete);
        fs::write(folder.path().join("ada.md"), [0xff]).unwrap();
        let one_note = scan(folder.path(), &[], &|_, text| text);
        assert!(!one_note.folder_unread && one_note.incomplete);
    }
}
