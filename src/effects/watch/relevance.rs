//! Which names can matter to a vault, so that the churn of editors, of git and of attachments wakes nobody.
//!
//! Always true here: in doubt a name matters. A wake-up too many costs a look, one too few costs a stale answer.

use crate::effects::vault::conflict_copy::is_temporary;
use crate::effects::vault::ignore::Ignore;
use crate::effects::vault::locate::SETTINGS_FILE;
use crate::effects::vault::open::{Opened, open};
use crate::effects::vault::walk::IGNORE_FILE;
use std::path::{Path, PathBuf};

/// What happened to a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happening {
    /// The bytes of a file changed; so it is no folder.
    Bytes,
    /// It came, went, moved, or something else that may concern a folder.
    Name,
}

/// The rules of one vault.
#[derive(Debug, Clone)]
pub struct Relevance {
    root: PathBuf,
    ignore: Ignore,
    patterns: (Vec<String>, String),
}

impl Relevance {
    /// The rules of the vault at `root` (canonical), whose setting `ignore` is this; `.tiesignore` is read.
    pub fn of(root: &Path, ignore: &[String]) -> Relevance {
        let patterns = (ignore.to_vec(), ignore_file(root));
        let ignore = Ignore::new(&patterns.0, &patterns.1);
        Relevance { root: root.to_owned(), ignore, patterns }
    }

    /// Whether `other` has the same rules.
    pub fn is_same(&self, other: &Relevance) -> bool {
        self.root == other.root && self.patterns == other.patterns
    }

    /// The root of the vault.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether something that happened to `path` can matter.
    pub fn matters(&self, path: &Path, happening: Happening) -> bool {
        let Ok(relative) = path.strip_prefix(&self.root) else { return true };
        let Some(relative) = relative.to_str().map(|path| path.replace('\\', "/")) else {
            return happening == Happening::Name;
        };
        if relative.is_empty() || relative == IGNORE_FILE {
            return true;
        }
        let (folder, name) = relative.rsplit_once('/').unwrap_or(("", &relative));
        let passed_over = is_passed_over(name)
            || self.ignore.hides(&relative, false)
            || !folder.is_empty() && self.is_hidden(folder);
        !passed_over && (happening == Happening::Name || may_be_read(name))
    }

    /// Whether the folder, relative to the root, is entered, judged by its own name.
    pub fn enters(&self, folder: &str) -> bool {
        let name = folder.rsplit_once('/').map_or(folder, |(_, name)| name);
        !is_passed_over(name) && !self.ignore.hides(folder, true)
    }

    fn is_hidden(&self, folder: &str) -> bool {
        let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
        let mut folders = ends.filter_map(|end| folder.get(..end));
        folders.any(|folder| !self.enters(folder))
    }
}

fn is_passed_over(name: &str) -> bool {
    name.starts_with('.') || is_temporary(name)
}

/// Notes, copies of notes, settings.
fn may_be_read(name: &str) -> bool {
    name.to_lowercase().contains(".md") || name == SETTINGS_FILE
}

/// As the walk reads it: it counts only where it is a plain file.
fn ignore_file(root: &Path) -> String {
    let file = root.join(IGNORE_FILE);
    match file.symlink_metadata() {
        Ok(metadata) if metadata.is_file() => match open(&file) {
            Opened::Text(text, _) => text,
            Opened::Nothing(_) | Opened::Gone => String::new(),
        },
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::effects::watch::relevance::{Happening, Relevance};
    use std::path::Path;

    fn check(path: &str, bytes: bool, name: bool) {
        let rules = Relevance::of(Path::new("/v"), &["old/".to_owned(), "*-scratch.md".to_owned()]);
        let matters = |happening| rules.matters(&Path::new("/v").join(path), happening);
        assert_eq!(matters(Happening::Bytes), bytes, "the bytes of {path}");
        assert_eq!(matters(Happening::Name), name, "the name {path}");
    }

    #[test]
    fn notes_and_settings_matter_and_debris_does_not() {
        check("people/ana.md", true, true);
        check("people/ANA.MD", true, true);
        check("ties.toml", true, true);
        check(".tiesignore", true, true);
        check("people/ana.md.conflict1", true, true);
        check("", true, true);
        for debris in [
            "people/.ana.md.swp",
            "people/ana.md~",
            "people/4913",
            "people/#ana.md#",
            "people/.#ana.md",
            ".git/index.lock",
            ".git/HEAD",
            ".obsidian/workspace.json",
            "people/~$ana.md",
            "people/.syncthing.ana.md.tmp",
            "old/ana.md",
            "old/deep/ana.md",
            "people/my-scratch.md",
        ] {
            check(debris, false, false);
        }
    }

    #[test]
    fn a_name_that_may_be_a_folder_matters_and_its_bytes_do_not() {
        check("people/family", false, true);
        check("photos/ana.jpg", false, true);
    }

    #[test]
    fn what_lies_elsewhere_matters_since_nobody_knows() {
        let rules = Relevance::of(Path::new("/v"), &[]);
        assert!(rules.matters(Path::new("/w/x"), Happening::Bytes));
    }
}
