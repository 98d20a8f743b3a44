//! Whether a vault still holds the very notes that are known of it, told without making a list of them.
//!
//! A walk makes a path for each file, puts them in order and asks for each stamp by its whole path. Nearly every run
//! finds what the run before it left: for that it is enough to ask each folder what is in it. Always true here: a
//! glance says what a walk would say, and where it would have to think (a new note, a link, an odd name, a copy of a
//! sync tool, a folder that cannot be read) it says nothing, and the walk is made.

use crate::effects::vault::conflict_copy::{is_temporary, original_of_certain_copy};
use crate::effects::vault::ignore::Ignore;
use crate::effects::vault::stamp::Stamp;
use crate::effects::vault::walk::{DEPTH_LIMIT, ignore_of};
use crate::note::path::NotePath;
use rayon::prelude::*;
use rustix::fd::OwnedFd;
use rustix::fs::{AtFlags, FileType, Mode, OFlags, RawDir, openat, statat};
use std::collections::HashMap;
use std::ffi::CStr;
use std::ops::Range;
use std::path::Path;

/// Room for what the system tells of a folder at once.
const LISTING: usize = 32 << 10;

/// With fewer folders than this, starting threads takes longer than looking into them.
const WORTH_THREADS: usize = 16;

/// The notes whose stamps are not those that are known, with those of now; `None` where the vault at `root`
/// (canonical) may hold anything else than the notes at `paths`. These are in path order; `stamp_of` tells what is
/// known of the one with a number, and nothing where that is not to be relied on.
pub fn glance(
    root: &Path,
    ignore: &[String],
    paths: &str,
    stamp_of: &(dyn Fn(usize) -> Option<Stamp> + Sync),
) -> Option<Vec<(usize, Stamp)>> {
    let (ignore, odd) = ignore_of(root, ignore);
    if odd.is_some() {
        return None;
    }
    let root = rustix::fs::open(root, folder_flags(), Mode::empty()).ok()?;
    let known = Known::of(paths);
    let glance = Glance { root, ignore, known, stamp_of };
    let (mut found, mut changed) = (0, Vec::new());
    let mut folders = vec![String::new()];
    for _ in 0..=DEPTH_LIMIT {
        let look = |folder: &String| glance.look_into(folder);
        let seen: Vec<Seen> = if folders.len() < WORTH_THREADS {
            folders.iter().map(look).collect::<Option<_>>()?
        } else {
            folders.par_iter().map(look).collect::<Option<_>>()?
        };
        folders.clear();
        for mut seen in seen {
            found += seen.found;
            changed.append(&mut seen.changed);
            folders.append(&mut seen.folders);
        }
        if folders.is_empty() {
            return (found == glance.known.paths.len()).then_some(changed);
        }
    }
    None
}

fn folder_flags() -> OFlags {
    OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC
}

/// One look at a vault.
struct Glance<'a> {
    root: OwnedFd,
    ignore: Ignore,
    known: Known<'a>,
    stamp_of: &'a (dyn Fn(usize) -> Option<Stamp> + Sync),
}

/// What was seen in one folder.
#[derive(Default)]
struct Seen {
    /// How many of the known notes.
    found: usize,
    changed: Vec<(usize, Stamp)>,
    /// The folders in it that are to be looked into.
    folders: Vec<String>,
}

impl Glance<'_> {
    fn look_into(&self, folder: &str) -> Option<Seen> {
        let path = if folder.is_empty() { "." } else { folder };
        let handle = openat(&self.root, path, folder_flags(), Mode::empty()).ok()?;
        let notes = self.known.in_folder(folder);
        let mut room = Vec::with_capacity(LISTING);
        let mut entries = RawDir::new(&handle, room.spare_capacity_mut());
        let mut seen = Seen::default();
        while let Some(entry) = entries.next() {
            let entry = entry.ok()?;
            let (name, kind) = (entry.file_name(), entry.file_type());
            if name.to_bytes().starts_with(b".") {
                // iCloud leaves such a name where a note is not on this machine.
                if name.to_bytes().ends_with(b".icloud") {
                    return None;
                }
                continue;
            }
            let number = notes.and_then(|notes| self.known.number_of(notes, folder, name));
            match number {
                Some(number) if kind == FileType::RegularFile => {
                    self.check(&handle, folder, name, number, &mut seen)?;
                }
                _ => seen.folders.extend(self.folder_to_enter(folder, name, kind)?),
            }
        }
        Some(seen)
    }

    /// Looks at one known note; `None` where it is hidden now, or gone or no file any more since the folder was read.
    fn check(
        &self,
        handle: &OwnedFd,
        folder: &str,
        name: &CStr,
        number: usize,
        seen: &mut Seen,
    ) -> Option<()> {
        if !self.ignore.is_empty() && self.is_hidden(&joined(folder, name)?, false) {
            return None;
        }
        let status = statat(handle, name, AtFlags::SYMLINK_NOFOLLOW).ok()?;
        let stamp = Stamp::of_status(&status);
        seen.found += 1;
        if (self.stamp_of)(number) != Some(stamp) {
            seen.changed.push((number, stamp));
        }
        Some(())
    }

    /// What to do about an entry that is no known note: the path of a folder to look into, nothing where a walk would
    /// pass over it in silence, and `None` where a walk must look at it.
    fn folder_to_enter(&self, folder: &str, name: &CStr, kind: FileType) -> Option<Option<String>> {
        let path = joined(folder, name)?;
        let is_folder = kind == FileType::Directory;
        if is_temporary(name.to_str().ok()?) || self.is_hidden(&path, is_folder) {
            return Some(None);
        }
        match kind {
            FileType::Directory => Some(Some(path.as_str().to_owned())),
            FileType::RegularFile => {
                let is_noted =
                    path.is_markdown() || original_of_certain_copy(path.file_name()).is_some();
                (!is_noted).then_some(None)
            }
            _ => None,
        }
    }

    fn is_hidden(&self, path: &NotePath, is_folder: bool) -> bool {
        self.ignore.hides(path.as_str(), is_folder)
    }
}

fn joined(folder: &str, name: &CStr) -> Option<NotePath> {
    let name = name.to_str().ok()?;
    let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    NotePath::new(&path)
}

/// The known notes, by folder.
struct Known<'a> {
    // In path order.
    paths: Vec<&'a str>,
    // The stretches of `paths` that lie in one folder: what lies in folders below stands between them.
    folders: HashMap<&'a str, Vec<Range<usize>>>,
}

impl<'a> Known<'a> {
    fn of(paths: &'a str) -> Known<'a> {
        let paths = paths.lines().collect::<Vec<_>>();
        let mut stretches: Vec<(&str, Range<usize>)> = Vec::new();
        for (number, path) in paths.iter().enumerate() {
            let folder = folder_of(path);
            match stretches.last_mut() {
                Some((same, notes)) if *same == folder => notes.end = number + 1,
                _ => stretches.push((folder, number..number + 1)),
            }
        }
        let mut folders: HashMap<&str, Vec<Range<usize>>> = HashMap::new();
        for (folder, notes) in stretches {
            folders.entry(folder).or_default().push(notes);
        }
        Known { paths, folders }
    }

    fn in_folder(&self, folder: &str) -> Option<&[Range<usize>]> {
        self.folders.get(folder).map(Vec::as_slice)
    }

    /// The number of the note `name` in one of the stretches of `folder`.
    fn number_of(&self, notes: &[Range<usize>], folder: &str, name: &CStr) -> Option<usize> {
        let front = if folder.is_empty() { 0 } else { folder.len() + 1 };
        let name = name.to_bytes();
        let name_at = |at: usize| self.paths.get(at).and_then(|path| path.as_bytes().get(front..));
        let after = notes.partition_point(|notes| name_at(notes.start) <= Some(name));
        let notes = notes.get(after.checked_sub(1)?)?;
        let paths = self.paths.get(notes.clone())?;
        let place = paths.binary_search_by(|path| path.as_bytes().get(front..).cmp(&Some(name)));
        Some(notes.start + place.ok()?)
    }
}

fn folder_of(path: &str) -> &str {
    path.rfind('/').and_then(|slash| path.get(..slash)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::effects::vault::glance::glance;
    use crate::effects::vault::stamp::Stamp;
    use crate::effects::vault::walk::{AlikeCopy, Walk, walk};
    use proptest::prelude::*;
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::Path;
    use std::time::SystemTime;

    const IGNORE: &[&str] = &["*-scratch.md", "/old"];

    fn ignore() -> Vec<String> {
        IGNORE.iter().map(|pattern| (*pattern).to_owned()).collect()
    }

    /// What a glance says of the vault at `root`, of which `known` is known.
    fn glanced(root: &Path, known: &Walk) -> Option<Vec<(usize, Stamp)>> {
        let paths = known.candidates.iter().map(|candidate| candidate.path.as_str());
        let paths = paths.collect::<Vec<_>>().join("\n");
        let stamp_of = |number: usize| known.candidates.get(number).map(|known| known.stamp);
        glance(root, &ignore(), &paths, &stamp_of)
    }

    /// What a walk says of the same; `None` where it found other notes, or anything odd.
    fn walked(root: &Path, known: &Walk) -> Option<Vec<(usize, Stamp)>> {
        let now = walk(root, &ignore());
        let paths = |walk: &Walk| {
            walk.candidates.iter().map(|candidate| candidate.path.clone()).collect::<Vec<_>>()
        };
        let is_plain = now.findings.is_empty() && now.copies.is_empty() && !now.folder_unread;
        let pairs = now.candidates.iter().zip(&known.candidates).enumerate();
        let changed = pairs.filter(|(_, (now, before))| now.stamp != before.stamp);
        let changed = changed.map(|(number, (now, _))| (number, now.stamp)).collect();
        (is_plain && paths(&now) == paths(known)).then_some(changed)
    }

    fn write(root: &Path, path: &str, text: &str) {
        let file = root.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    #[test]
    fn what_a_walk_passes_over_in_silence_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        // What lies in a folder stands between what lies beside it: `a-b/`, `a.md`, `a/`.
        for note in ["z.md", "a.md", "a/x.md", "a-b/x.md", "a/c/y.md", "a/é.md", "b/a.MD"] {
            write(&root, note, "x");
        }
        write(&root, ".tiesignore", "private\n");
        let known = walk(&root, &ignore());
        assert_eq!(glanced(&root, &known), Some(Vec::new()));
        for other in
            [".obsidian/x.md", ".a.md.swp", "a/a.md~", "x.png", "old/x.md", "a/b-scratch.md"]
        {
            write(&root, other, "x");
        }
        write(&root, "private/x.md", "x");
        fs::create_dir_all(root.join("empty/empty")).unwrap();
        assert_eq!(glanced(&root, &known), Some(Vec::new()));
        write(&root, "a/x.md", "longer");
        assert_eq!(glanced(&root, &known).map(|changed| changed.len()), Some(1));
        assert_eq!(glanced(&root, &known), walked(&root, &known));
        write(&root, ".tiesignore", "x.md\n");
        assert_eq!(glanced(&root, &known), None);
    }

    #[test]
    fn what_a_walk_has_to_look_at_is_left_to_it() {
        let long = "d/".repeat(65);
        let check = |make: &dyn Fn(&Path)| {
            let folder = tempfile::tempdir().unwrap();
            let root = folder.path().canonicalize().unwrap();
            ["a.md", "b/c.md"].iter().for_each(|note| write(&root, note, "x"));
            let known = walk(&root, &ignore());
            assert_eq!(glanced(&root, &known), Some(Vec::new()));
            make(&root);
            assert_eq!(glanced(&root, &known), None);
        };
        for new in ["b/new.md", "new/x.md", "b/c.sync-conflict-20261121-101010-ABCDEF7.md"] {
            check(&|root| write(root, new, "x"));
        }
        for odd in ["a.md.conflict1", ".a.md.icloud", "a\u{1b}.md", "a\\b.md"] {
            check(&|root| write(root, odd, "x"));
        }
        check(&|root| fs::remove_file(root.join("b/c.md")).unwrap());
        check(&|root| fs::remove_dir_all(root.join("b")).unwrap());
        check(&|root| fs::rename(root.join("a.md"), root.join("b/a.md")).unwrap());
        check(&|root| symlink("a.md", root.join("link.md")).unwrap());
        check(&|root| symlink("b", root.join("link")).unwrap());
        check(&|root| fs::create_dir_all(root.join(&long)).unwrap());
        check(&|root| {
            fs::remove_file(root.join("a.md"))
                .and_then(|()| symlink("b/c.md", root.join("a.md")))
                .unwrap();
        });
        check(&|root| {
            fs::remove_file(root.join("a.md"))
                .and_then(|()| fs::create_dir(root.join("a.md")))
                .unwrap();
        });
        check(&|root| {
            fs::remove_file(root.join("a.md")).unwrap();
            let fifo = std::process::Command::new("mkfifo").arg(root.join("a.md")).status();
            assert!(fifo.unwrap().success());
        });
    }

    /// The copies among the notes of the vault at `root`: looked for everywhere, and beside what a glance says.
    fn copies(root: &Path, known: &Walk) -> (Vec<AlikeCopy>, Vec<AlikeCopy>) {
        let changed = glanced(root, known).map(|changed| changed.iter().map(|of| of.0).collect());
        assert!(changed.is_some());
        let of = |changed: Option<Vec<usize>>| {
            let mut walk = Walk { changed, ..walk(root, &ignore()) };
            walk.set_copies_apart(root, SystemTime::UNIX_EPOCH)
        };
        (of(None), of(changed))
    }

    #[test]
    fn a_note_that_becomes_a_copy_is_found_beside_what_changed() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let text = |name: &str| format!("name: {name}\n- 2026-01-01 met: about {name} and more\n");
        let names = [
            "ana.md",
            "ana 2.md",
            "ana 2-PC.md",
            "ana-PC.md",
            "ana-lima.md",
            "b.md",
            "b (1).md",
            "x/ana 2.md",
            "x/ana.MD",
        ];
        names.iter().for_each(|name| write(&root, name, &text(name)));
        let known = walk(&root, &ignore());
        assert_eq!(copies(&root, &known), (Vec::new(), Vec::new()));
        let mut found = 0;
        for changed in names {
            for other in names {
                write(&root, changed, &text(other));
                let (of_all, of_some) = copies(&root, &known);
                assert_eq!(of_all, of_some, "{changed} says what {other} says");
                found += of_all.len();
            }
            write(&root, changed, &text(changed));
        }
        assert_eq!(found, 12);
    }

    /// Something that happens to a vault.
    fn happen(root: &Path, (what, folder, name): (u8, &str, &str)) {
        let path = root.join(folder).join(name);
        let _ = match what {
            0..=3 => fs::create_dir_all(root.join(folder)).and_then(|()| fs::write(&path, name)),
            4..=5 => fs::write(&path, "other"),
            6 => fs::remove_file(&path),
            7 => fs::rename(&path, root.join(name)),
            8 => fs::create_dir(&path),
            _ => symlink("a.md", &path),
        };
    }

    fn happenings() -> impl Strategy<Value = Vec<(u8, &'static str, &'static str)>> {
        let folder = prop::sample::select(vec!["", "a", "a-b", "a/b", "old", ".git", "é"]);
        let names = vec![
            "a.md",
            "b.md",
            "c.MD",
            "é.md",
            "a",
            "x.txt",
            ".a.md",
            ".b.md.icloud",
            "4913",
            "a.md~",
            "a-scratch.md",
            "a 2.md",
            "b.md.conflict1",
            "z.md",
            "y.md",
        ];
        let name = prop::sample::select(names);
        // What is odd is rare, or nothing else would be tried.
        let what = prop_oneof![20 => 0u8..8, 1 => 8u8..10];
        prop::collection::vec((what, folder, name), 0..12)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

        #[test]
        fn a_glance_says_nothing_or_what_a_walk_says(before in happenings(), after in happenings()) {
            let folder = tempfile::tempdir().unwrap();
            let root = folder.path().canonicalize().unwrap();
            before.into_iter().for_each(|happening| happen(&root, happening));
            let known = walk(&root, &ignore());
            after.into_iter().take(3).for_each(|happening| happen(&root, happening));
            if let Some(mut changed) = glanced(&root, &known) {
                changed.sort_unstable_by_key(|(number, _)| *number);
                prop_assert_eq!(Some(changed), walked(&root, &known));
            }
        }
    }
}
