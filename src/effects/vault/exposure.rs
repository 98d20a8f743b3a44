//! How open a vault lies: what others on the computer may read, and which files with people in them lie about.
//!
//! Invariant: nothing is opened but the settings of git, no link is followed, and no process is started.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// The deepest folder that is looked into.
const DEEPEST: usize = 64;

/// More than this of a file of git is not read.
const LONGEST: u64 = 1 << 20;

/// Whether everybody on the computer can come to `root`: it and every folder around it lets others in.
pub fn is_open(root: &Path) -> bool {
    root.ancestors().all(|folder| fs::metadata(folder).is_ok_and(|found| found.mode() & 0o001 != 0))
}

/// Whether everybody may read the file at `path`.
pub fn is_readable_by_all(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_file() && found.mode() & 0o004 != 0)
}

/// Every file below `root`, relative to it and in order; hidden folders are left out.
pub fn files(root: &Path) -> Vec<String> {
    let mut files = Vec::new();
    let mut folders = vec![(root.to_owned(), String::new(), 0)];
    while let Some((folder, before, depth)) = folders.pop() {
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        for entry in entries {
            let (Ok(kind), Ok(name)) = (entry.file_type(), entry.file_name().into_string()) else {
                continue;
            };
            if kind.is_dir() && !name.starts_with('.') && depth < DEEPEST {
                folders.push((entry.path(), format!("{before}{name}/"), depth + 1));
            } else if kind.is_file() {
                files.push(format!("{before}{name}"));
            }
        }
    }
    files.sort_unstable();
    files
}

/// The settings of the git repository in which `root` lies, where it does: where they stand, and their text.
pub fn git_settings(root: &Path) -> Option<(PathBuf, String)> {
    let place = root
        .ancestors()
        .map(|folder| folder.join(".git"))
        .find(|place| place.symlink_metadata().is_ok())?;
    let folder = if place.is_dir() { place } else { elsewhere(&place)? };
    let config = folder.join("config");
    read(&config).map(|text| (config, text))
}

/// The folder that a `.git` file names; of one of several work trees the folder that they share.
fn elsewhere(place: &Path) -> Option<PathBuf> {
    let text = read(place)?;
    let named = text.lines().find_map(|line| line.strip_prefix("gitdir:"))?.trim();
    let folder = place.parent()?.join(named);
    Some(match read(&folder.join("commondir")) {
        Some(shared) => folder.join(shared.trim()),
        None => folder,
    })
}

fn read(path: &Path) -> Option<String> {
    let found = fs::metadata(path).ok()?;
    let plain = found.is_file() && found.len() <= LONGEST;
    plain
        .then(|| fs::read(path).ok())
        .flatten()
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use crate::effects::vault::exposure::{files, git_settings, is_open, is_readable_by_all};
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;

    fn set(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn what_others_may_read_is_seen() {
        let outside = tempfile::tempdir().unwrap();
        let root = outside.path().join("vault");
        fs::create_dir_all(root.join(".git")).unwrap();
        fs::create_dir_all(root.join("people")).unwrap();
        fs::write(root.join("people/a.md"), "x").unwrap();
        fs::write(root.join(".git/config"), "[core]\n").unwrap();
        for path in [outside.path(), &root, &root.join("people/a.md")] {
            set(path, 0o755);
        }
        assert!(is_open(&root) && is_readable_by_all(&root.join("people/a.md")));
        set(&root, 0o750);
        set(&root.join("people/a.md"), 0o640);
        assert!(!is_open(&root) && !is_readable_by_all(&root.join("people/a.md")));
        assert_eq!(files(&root), ["people/a.md"]);
    }

    #[test]
    fn the_settings_of_git_are_found_from_a_folder_below_and_from_another_work_tree() {
        let outside = tempfile::tempdir().unwrap();
        let place = |path: &str| outside.path().join(path);
        fs::create_dir_all(place("main/.git/worktrees/two")).unwrap();
        fs::create_dir_all(place("main/people")).unwrap();
        fs::create_dir_all(place("two")).unwrap();
        fs::write(place("main/.git/config"), "[remote \"origin\"]\n").unwrap();
        fs::write(place("main/.git/worktrees/two/commondir"), "../..\n").unwrap();
        fs::write(
            place("two/.git"),
            format!("gitdir: {}\n", place("main/.git/worktrees/two").display()),
        )
        .unwrap();
        for folder in ["main", "main/people", "two"] {
            let (_, text) = git_settings(&place(folder)).unwrap();
            assert_eq!(text, "[remote \"origin\"]\n", "{folder}");
        }
    }
}
