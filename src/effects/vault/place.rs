//! Where a note really lies, and whether it may be changed there.
//!
//! Invariant: a place is inside the vault, behind no link and in no hidden folder, whatever links the vault holds.

use crate::effects::vault::commit_error::{CommitError, cannot};
use crate::effects::vault::folder::{Folder, Found, LARGEST, Look, Oddity};
use crate::note::path::NotePath;
use std::fs::canonicalize;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Where a file of the vault lies, or is to lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its path with all links resolved.
    pub path: NotePath,
    /// The folders that must be made for it, the outermost first.
    pub missing: Vec<NotePath>,
}

/// Where `path` lies in the vault at `root`, which may itself be reached through links. A link to a note inside of
/// the vault is followed; one to elsewhere, or into a hidden folder, is refused.
pub fn resolve(root: &Path, path: &NotePath) -> Result<Place, CommitError> {
    let root = canonicalize(root).map_err(cannot("open the vault", root.display()))?;
    let (folder, names) = match canonicalize(root.join(path.as_str())) {
        Ok(real) => (real, Vec::new()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => deepest(&root, path)?,
        Err(error) => return Err(cannot("open", path)(error)),
    };
    inside(&root, path, &folder, &names)
}

/// Where a new file `path` is to lie: its folder as [`resolve`] finds it, its name as it is asked for, whatever the
/// disk calls a file that it takes for the same.
pub fn resolve_new(root: &Path, path: &NotePath) -> Result<Place, CommitError> {
    let root = canonicalize(root).map_err(cannot("open the vault", root.display()))?;
    let (folder, names) = deepest(&root, path)?;
    inside(&root, path, &folder, &names)
}

fn inside(
    root: &Path,
    path: &NotePath,
    folder: &Path,
    names: &[&str],
) -> Result<Place, CommitError> {
    let outside = || {
        let reason = "it is a link to a place outside of the vault";
        CommitError::refused(path, reason, Some("change the note where it lies"))
    };
    let base = folder.strip_prefix(root).ok().and_then(Path::to_str).ok_or_else(outside)?;
    let place = place(base, names).ok_or_else(outside)?;
    if hidden(&place.path, path) {
        return Err(CommitError::refused(path, "it lies in a hidden folder", None));
    }
    Ok(place)
}

/// What bears the name `place`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// Nothing.
    Free,
    /// The file `twin` itself: the disk takes both names for one (`ana.md`, `Ana.md`).
    ByTwin,
    /// Something else, whatever it is.
    Otherwise,
}

/// What bears the name `place`, to which the file at `twin` is to move.
pub fn taken(
    root: &Path,
    path: &NotePath,
    place: &Place,
    twin: &NotePath,
) -> Result<Taken, CommitError> {
    if !place.missing.is_empty() {
        return Ok(Taken::Free);
    }
    let mark = |place: &NotePath| Folder::open(root, place.folder())?.mark(place.file_name());
    let there = mark(&place.path).map_err(cannot("look for", path))?;
    Ok(match there {
        None => Taken::Free,
        there if there == mark(twin).map_err(cannot("look for", twin))? => Taken::ByTwin,
        Some(_) => Taken::Otherwise,
    })
}

/// The text of the file at `place`, `None` where there is none; an error where it must not be changed: not a plain
/// file of its own, not text, or protected from writing.
pub fn changeable(
    root: &Path,
    path: &NotePath,
    place: &Place,
) -> Result<Option<String>, CommitError> {
    if !place.missing.is_empty() {
        return Ok(None);
    }
    let folder =
        Folder::open(root, place.path.folder()).map_err(cannot("open the folder of", path))?;
    match folder.look(place.path.file_name()).map_err(cannot("read", path))? {
        Look::Nothing => Ok(None),
        Look::Odd(oddity) => Err(odd(path, oddity)),
        Look::Found(found) => text(path, place, &folder, *found).map(Some),
    }
}

/// The mode of the file at `place`; `None` where there is none.
pub fn mode(root: &Path, path: &NotePath, place: &Place) -> Result<Option<u32>, CommitError> {
    if !place.missing.is_empty() {
        return Ok(None);
    }
    let there = Folder::open(root, place.path.folder())
        .and_then(|folder| folder.stand(place.path.file_name()))
        .map_err(cannot("read", path))?;
    Ok(there.map(|metadata| metadata.mode() & 0o7777))
}

/// The deepest folder on the way to `path` that is there, and the names below it that are not.
fn deepest<'a>(
    root: &Path,
    path: &'a NotePath,
) -> Result<(std::path::PathBuf, Vec<&'a str>), CommitError> {
    let mut names = vec![path.file_name()];
    let mut folder = path.folder();
    loop {
        match canonicalize(root.join(folder)) {
            Ok(real) => {
                names.reverse();
                return Ok((real, names));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound && !folder.is_empty() => {
                let (around, name) = folder.rsplit_once('/').unwrap_or(("", folder));
                names.push(name);
                folder = around;
            }
            Err(error) => return Err(cannot("open the folder of", path)(error)),
        }
    }
}

fn place(base: &str, names: &[&str]) -> Option<Place> {
    let mut path = base.to_owned();
    let mut missing = Vec::new();
    for (index, name) in names.iter().enumerate() {
        if !path.is_empty() {
            path.push('/');
        }
        path.push_str(name);
        if index + 1 < names.len() {
            missing.push(NotePath::new(&path)?);
        }
    }
    Some(Place { path: NotePath::new(&path)?, missing })
}

/// A link may not lead to a hidden file, and no path may lead into a hidden folder (`.git`).
fn hidden(real: &NotePath, asked: &NotePath) -> bool {
    let folder = real.folder().split('/').any(|name| name.starts_with('.'));
    folder || real != asked && real.file_name().starts_with('.')
}

fn odd(path: &NotePath, oddity: Oddity) -> CommitError {
    let mebibytes = LARGEST >> 20;
    match oddity {
        Oddity::Link => CommitError::refused(path, "it is a link to nothing", None),
        Oddity::NotAFile => CommitError::refused(path, "it is not a plain file", None),
        Oddity::TooLarge => {
            CommitError::refused(path, &format!("it is larger than {mebibytes} MiB"), None)
        }
    }
}

fn text(
    path: &NotePath,
    place: &Place,
    folder: &Folder,
    found: Found,
) -> Result<String, CommitError> {
    if found.metadata.nlink() > 1 {
        let reason = "it is a hard link, and a change would part it from its other names";
        return Err(CommitError::refused(path, reason, Some("make a copy of its own")));
    }
    let protected = found.metadata.mode() & 0o222 == 0
        || !folder.may_write(place.path.file_name()).map_err(cannot("write", path))?;
    if protected {
        return Err(CommitError::Protected { path: path.clone() });
    }
    String::from_utf8(found.bytes).map_err(|_| {
        CommitError::refused(path, "it is not UTF-8 text", Some("save it as UTF-8 in your editor"))
    })
}

#[cfg(test)]
mod tests {
    use crate::effects::vault::place::{changeable, resolve};
    use crate::note::path::NotePath;
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::Path;

    /// What resolving and reading `path` gives, as `place [missing…] text` or the error.
    fn check_place(root: &Path, path: &str) -> String {
        let path = NotePath::new(path).unwrap();
        let outcome = resolve(root, &path).and_then(|place| {
            let text = changeable(root, &path, &place)?;
            let missing =
                place.missing.iter().map(|folder| format!(" +{folder}")).collect::<String>();
            Ok(format!("{}{missing} {text:?}", place.path))
        });
        outcome.unwrap_or_else(|error| error.to_string())
    }

    #[test]
    fn a_note_is_found_where_it_lies() {
        let outside = tempfile::tempdir().unwrap();
        let root = outside.path().join("real");
        fs::create_dir_all(root.join("people")).unwrap();
        fs::create_dir_all(root.join(".git")).unwrap();
        fs::write(root.join("people/a.md"), "a").unwrap();
        fs::write(root.join(".git/config"), "secret").unwrap();
        fs::write(root.join(".tiesignore"), "x").unwrap();
        fs::write(outside.path().join("out.md"), "out").unwrap();
        symlink("people/a.md", root.join("link.md")).unwrap();
        symlink("../out.md", root.join("out.md")).unwrap();
        symlink(".git/config", root.join("git.md")).unwrap();
        symlink(".tiesignore", root.join("ignore.md")).unwrap();
        symlink("nowhere", root.join("dangling.md")).unwrap();
        symlink("people", root.join("folk")).unwrap();
        symlink("..", root.join("up")).unwrap();
        symlink("real", outside.path().join("vault")).unwrap();
        let vault = outside.path().join("vault");
        assert_eq!(check_place(&vault, "people/a.md"), "people/a.md Some(\"a\")");
        assert_eq!(check_place(&vault, "link.md"), "people/a.md Some(\"a\")");
        assert_eq!(check_place(&vault, "folk/a.md"), "people/a.md Some(\"a\")");
        assert_eq!(check_place(&vault, "up/real/people/a.md"), "people/a.md Some(\"a\")");
        assert_eq!(check_place(&vault, "new.md"), "new.md None");
        assert_eq!(
            check_place(&vault, "folk/x/y/n.md"),
            "people/x/y/n.md +people/x +people/x/y None"
        );
        assert!(check_place(&vault, "out.md").contains("outside of the vault"));
        assert!(check_place(&vault, "up/new.md").contains("outside of the vault"));
        assert!(check_place(&vault, "dangling.md").contains("a link to nothing"));
        for hidden in ["git.md", ".git/config", ".git/hooks/new", "ignore.md"] {
            assert!(check_place(&vault, hidden).contains("hidden"), "{hidden}");
        }
        assert_eq!(check_place(&vault, ".tiesignore"), ".tiesignore Some(\"x\")");
        assert!(
            check_place(&vault, "people/a.md/b.md").starts_with("cannot open people/a.md/b.md")
        );
    }

    #[test]
    fn a_file_that_must_not_be_changed_says_why() {
        let root = tempfile::tempdir().unwrap();
        let file = |name: &str| root.path().join(name);
        fs::write(file("one.md"), "x").unwrap();
        fs::hard_link(file("one.md"), file("two.md")).unwrap();
        fs::write(file("latin.md"), b"Jos\xe9").unwrap();
        fs::write(file("kept.md"), "x").unwrap();
        let mut permissions = file("kept.md").metadata().unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(file("kept.md"), permissions).unwrap();
        fs::create_dir(file("folder.md")).unwrap();
        assert!(check_place(root.path(), "one.md").contains("hard link"));
        assert!(check_place(root.path(), "latin.md").contains("not UTF-8"));
        assert!(check_place(root.path(), "kept.md").contains("protected from writing"));
        assert!(check_place(root.path(), "folder.md").contains("not a plain file"));
    }
}
