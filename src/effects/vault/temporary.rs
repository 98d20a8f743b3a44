//! Temporary files: how they are named, filled, and kept as conflict copies when they hold a person's text.
//!
//! Invariant: a temporary file is hidden, lies in the folder of its note, and is complete and durable, with the
//! note's mode, owner and extended attributes, before it is exchanged with the note.

use crate::effects::vault::folder::{Folder, Found, Look, fill};
use crate::text::fingerprint::content_mark;
use std::fs::{File, Metadata, Permissions};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};

/// How many bytes of a note's name its temporary file repeats: encrypting file systems take only 143 in all.
const LONGEST_REPEATED: usize = 90;

/// How many bytes a name of a conflict copy may have: as many as any file system takes.
const LONGEST_NAME: usize = 255;

/// A new name for a temporary file of the note `name`: `.NAME.RANDOM.tmp`, at most 143 bytes.
pub fn temporary_name(name: &str) -> String {
    // The keys of the standard hasher come from the system's randomness.
    let random = RandomState::new().build_hasher().finish();
    format!(".{}.{random:016x}.tmp", start(name, LONGEST_REPEATED))
}

/// Whether `name` can be one that [`temporary_name`] made.
pub fn is_temporary_name(name: &str) -> bool {
    name.starts_with('.') && name.ends_with(".tmp") && !name.contains(['/', '\0'])
}

/// Make the temporary file `name` with `text`, durably, with the mode, owner and attributes of `like`, the note
/// that it is to replace.
pub fn stage(folder: &Folder, name: &str, text: &str, like: Option<&Found>) -> io::Result<()> {
    let mut file = folder.create(name, like.is_some())?;
    if let Some(found) = like {
        keep_owner(&found.metadata, &file)?;
        file.set_permissions(Permissions::from_mode(found.metadata.mode() & 0o7777))?;
        attributes::keep(&found.file, &file)?;
    }
    fill(&mut file, text.as_bytes())
}

/// Make the temporary file `name` with `text`, durably, with `mode`: where the file that it should be like is gone.
pub fn stage_with(folder: &Folder, name: &str, text: &str, mode: u32) -> io::Result<()> {
    let mut file = folder.create(name, true)?;
    file.set_permissions(Permissions::from_mode(mode & 0o7777))?;
    fill(&mut file, text.as_bytes())
}

/// Give the file `temporary` a name beside the note `name` under which people and tools see it as a conflict copy.
/// Gives that name; the same text gets the same name, once.
pub fn keep_as_copy(folder: &Folder, temporary: &str, name: &str) -> io::Result<String> {
    let bytes = contents(folder, temporary)?;
    let mark = content_mark(&bytes);
    let mut number = 1;
    loop {
        let copy = copy_name(name, mark.get(..8).unwrap_or(&mark), number);
        match folder.rename_new(temporary, &copy) {
            Ok(()) => return Ok(copy),
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            Err(_) if !bytes.is_empty() && contents(folder, &copy)? == bytes => {
                folder.remove(temporary)?;
                return Ok(copy);
            }
            Err(_) => number += 1,
        }
    }
}

/// What other tools look for: the words "conflicted copy" in parentheses before the extension.
fn copy_name(name: &str, mark: &str, number: u32) -> String {
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => (stem, format!(".{extension}")),
        _ => (name, String::new()),
    };
    let number = if number > 1 { format!(" {number}") } else { String::new() };
    let end = format!(" (conflicted copy from ties {mark}{number}){extension}");
    format!("{}{end}", start(stem, LONGEST_NAME.saturating_sub(end.len())))
}

fn contents(folder: &Folder, name: &str) -> io::Result<Vec<u8>> {
    Ok(match folder.look(name)? {
        Look::Found(found) => found.bytes,
        Look::Nothing | Look::Odd(_) => Vec::new(),
    })
}

/// The first characters of `name`, at most `longest` bytes.
fn start(name: &str, longest: usize) -> &str {
    let mut end = longest.min(name.len());
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name.get(..end).unwrap_or(name)
}

/// A group that cannot be kept does no harm where it may do no more than everybody. Any other loss would open the
/// note to strangers or close it to its owner, so it is an error.
fn keep_owner(note: &Metadata, file: &File) -> io::Result<()> {
    let now = file.metadata()?;
    if (note.uid(), note.gid()) == (now.uid(), now.gid()) {
        return Ok(());
    }
    let group = (note.mode() >> 3) & 0o7;
    let everybody = note.mode() & 0o7;
    match fchown(file, Some(note.uid()), Some(note.gid())) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            let harmless = note.uid() == now.uid() && group & !everybody == 0;
            if harmless {
                Ok(())
            } else {
                Err(io::Error::new(error.kind(), "its owner or group could not be kept"))
            }
        }
        other => other,
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
mod attributes {
    use rustix::fs::{XattrFlags, fgetxattr, flistxattr, fsetxattr};
    use rustix::io::Errno;
    use std::fs::File;
    use std::io;

    /// The largest list and value of extended attributes that Linux has.
    const LARGEST: usize = 64 << 10;

    /// Give `file` the extended attributes of `note`: tags, access lists, labels.
    pub(super) fn keep(note: &File, file: &File) -> io::Result<()> {
        let mut names = vec![0; LARGEST];
        let Ok(length) = flistxattr(note, names.as_mut_slice()) else { return Ok(()) };
        if length == 0 {
            return Ok(());
        }
        let mut value = vec![0; LARGEST];
        let names = names.get(..length).unwrap_or(&[]);
        for name in names.split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
            // One that cannot be read (the system's own, or larger than any) cannot be kept.
            let Ok(length) = fgetxattr(note, name, value.as_mut_slice()) else { continue };
            match fsetxattr(file, name, value.get(..length).unwrap_or(&[]), XattrFlags::empty()) {
                Err(error) if !can_do_without(name, error) => return Err(error.into()),
                _ => {}
            }
        }
        Ok(())
    }

    /// The system gives a new file its own labels; tags and access lists are the person's.
    fn can_do_without(name: &[u8], error: Errno) -> bool {
        let systems = [&b"security."[..], b"trusted.", b"com.apple."];
        let denied = [Errno::PERM, Errno::ACCESS, Errno::INVAL].contains(&error);
        error == Errno::NOTSUP || denied && systems.iter().any(|start| name.starts_with(start))
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
mod attributes {
    use std::fs::File;
    use std::io;

    /// This system has none that we know how to keep.
    pub(super) fn keep(_: &File, _: &File) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::effects::vault::folder::{Folder, Look};
    use crate::effects::vault::temporary::{
        copy_name, is_temporary_name, keep_as_copy, stage, temporary_name,
    };
    use std::fs;
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::path::Path;

    #[test]
    fn temporary_names_are_hidden_short_and_never_the_same() {
        let long = format!("{}.md", "ã".repeat(126));
        let name = temporary_name(&long);
        assert!(name.len() <= 143 && name.starts_with(".ã") && is_temporary_name(&name), "{name}");
        assert_ne!(temporary_name("a.md"), temporary_name("a.md"));
    }

    #[test]
    fn conflict_copies_keep_their_extension_and_fit() {
        assert_eq!(
            copy_name("ana.md", "12345678", 1),
            "ana (conflicted copy from ties 12345678).md"
        );
        assert_eq!(copy_name("ana", "12345678", 2), "ana (conflicted copy from ties 12345678 2)");
        let long = copy_name(&format!("{}.md", "é".repeat(126)), "12345678", 10);
        assert!(long.len() <= 255 && long.ends_with(" 10).md"), "{long}");
    }

    #[test]
    fn a_conflict_copy_never_replaces_another() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::open(root.path(), "").unwrap();
        let mut copies = Vec::new();
        for temporary in ["one", "two"] {
            fs::write(root.path().join(temporary), "hers").unwrap();
            copies.push(keep_as_copy(&folder, temporary, "a.md").unwrap());
        }
        assert_eq!(copies[0], copies[1]);
        fs::write(root.path().join(&copies[0]), "something else").unwrap();
        fs::write(root.path().join("three"), "hers").unwrap();
        let third = keep_as_copy(&folder, "three", "a.md").unwrap();
        assert_eq!(fs::read_to_string(root.path().join(third)).unwrap(), "hers");
        assert_eq!(fs::read_to_string(root.path().join(&copies[0])).unwrap(), "something else");
    }

    /// Stages a text for a note that `change` was applied to; gives both files.
    fn staged(change: impl FnOnce(&Path)) -> (tempfile::TempDir, [fs::File; 2]) {
        let root = tempfile::tempdir().unwrap();
        let (note, made) = (root.path().join("a.md"), root.path().join(".a.md.0.tmp"));
        fs::write(&note, "old").unwrap();
        change(&note);
        let folder = Folder::open(root.path(), "").unwrap();
        let Look::Found(found) = folder.look("a.md").unwrap() else { panic!() };
        stage(&folder, ".a.md.0.tmp", "new", Some(&found)).unwrap();
        let files = [note, made].map(|path| fs::File::open(path).unwrap());
        (root, files)
    }

    #[test]
    fn mode_and_owner_are_kept() {
        let (_root, files) = staged(|note| {
            fs::set_permissions(note, fs::Permissions::from_mode(0o640)).unwrap();
            // Only root can give a file away.
            let _ = std::os::unix::fs::chown(note, Some(1234), Some(4321));
        });
        let [note, made] = files.map(|file| file.metadata().unwrap());
        assert_eq!(made.mode() & 0o7777, 0o640);
        assert_eq!((made.uid(), made.gid()), (note.uid(), note.gid()));
    }

    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    #[test]
    fn extended_attributes_are_kept() {
        use rustix::fs::{XattrFlags, fgetxattr, fsetxattr};
        let tag = |note: &Path| {
            let note = fs::File::open(note).unwrap();
            // A file system without attributes has none to keep.
            let _ = fsetxattr(&note, "user.tag", b"blue", XattrFlags::empty());
        };
        let (_root, files) = staged(tag);
        let [note, made] = files.map(|file| {
            let mut value = [0; 10];
            fgetxattr(&file, "user.tag", &mut value[..]).map(|length| value[..length].to_vec())
        });
        assert_eq!(made, note);
    }
}
