//! The texts that notes were read from, read once more: only where they are the same still.
//!
//! Always true here: a text is given only where it is the one that the facts of the note were made of.
//!
//! Mostly its stamp tells, without a look at each byte. What stands in the way is a change between the walk and now.
//! Whoever changes a file changes its times before its bytes; so the stamp is taken **after** the text was read, from
//! the very file that is open. If that is still the known stamp, nobody had changed it before the last byte was read: a
//! change would have left a time of now, and a stamp that is as young as that is racy and tells nothing. Where the
//! stamp is another or racy, the hash of the text decides.

use crate::effects::facts::known::Known;
use crate::effects::facts::pile::read_at;
use crate::effects::facts::shelf::Shelf;
use crate::effects::vault::open::{NOTE_LIMIT, Opened, open, open_without_waiting};
use crate::effects::vault::stamp::Stamp;
use crate::note::path::NotePath;
use crate::text::fingerprint::hash;
use std::path::Path;

/// The texts of the notes of one vault, one after the other.
#[derive(Debug)]
pub struct Texts<'a> {
    shelf: &'a Shelf,
    paths: &'a [NotePath],
    // What was read last, and maybe more behind it: it never becomes shorter, so that it is seldom filled with zeros.
    bytes: Vec<u8>,
    // The text that was read last where the stamp did not tell.
    text: String,
}

impl<'a> Texts<'a> {
    /// The texts of the notes at `paths`, of which `shelf` knows.
    pub fn new(shelf: &'a Shelf, paths: &'a [NotePath]) -> Texts<'a> {
        Texts { shelf, paths, bytes: Vec::new(), text: String::new() }
    }

    /// The text of a note; `None` where it is not there any more, or is another by now.
    pub fn text(&mut self, number: usize) -> Option<&str> {
        let known = Known::from_row(self.shelf.known.get(number)?);
        let path = self.shelf.root.join(self.paths.get(number)?.as_str());
        let same = read_again(&path, &known, &mut self.bytes);
        if let Some(bytes) = same.and_then(|length| self.bytes.get(..length))
            && let Ok(text) = str::from_utf8(bytes)
        {
            return Some(text);
        }
        let Opened::Text(text, _) = open(&path) else { return None };
        self.text = text;
        (hash(&[&self.text]) == known.mark).then_some(&self.text)
    }
}

/// Reads the file at `path` to the front of `bytes`, and gives its length; `None` where its stamp does not tell that it
/// is the one that is known.
fn read_again(path: &Path, known: &Known, bytes: &mut Vec<u8>) -> Option<usize> {
    let file = open_without_waiting(path).ok()?;
    let size = Some(known.stamp.size()).filter(|size| *size <= NOTE_LIMIT)?;
    let size = usize::try_from(size).ok()?;
    bytes.resize(bytes.len().max(size), 0);
    // Not `read`: what is a pipe by now has no places, so that this takes nothing out of it.
    read_at(&file, bytes.get_mut(..size)?, 0).ok()?;
    known.is_still(&Stamp::of(&file.metadata().ok()?)).then_some(size)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use crate::effects::facts::known::{Known, KnownFiles, Place};
    use crate::effects::facts::pile::Pile;
    use crate::effects::facts::shelf::Shelf;
    use crate::effects::facts::texts::Texts;
    use crate::effects::vault::stamp::Stamp;
    use crate::note::path::NotePath;
    use crate::people::vocabulary::Vocabulary;
    use crate::text::fingerprint::hash;
    use std::fs;
    use std::path::Path;
    use std::sync::Arc;

    /// What is known of a file of `root` that said `text` when it was read.
    fn known(root: &Path, path: &str, text: &str, racy: bool) -> Known {
        let stamp = Stamp::of(&root.join(path).metadata().unwrap());
        let place = Place::default();
        Known { stamp, racy, mark: hash(&[text]), note: place, gist: place }
    }

    fn shelf(root: &Path, known: &[Known]) -> Shelf {
        Shelf {
            root: root.to_owned(),
            vocabulary: Arc::new(Vocabulary::default()),
            known: KnownFiles::of(known.iter().map(|known| known.to_row())),
            pile: Pile::default(),
        }
    }

    /// The text of a file of which `known` says how it was when it was read.
    fn check(root: &Path, path: &str, known: Known, expected: Option<&str>) {
        let (shelf, paths) = (shelf(root, &[known]), [NotePath::new(path).unwrap()]);
        assert_eq!(Texts::new(&shelf, &paths).text(0), expected, "{path}");
    }

    #[test]
    fn a_file_that_looks_as_it_did_is_what_was_read() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.md"), "one é").unwrap();
        // Another mark shows that the stamp alone told.
        check(folder.path(), "a.md", known(folder.path(), "a.md", "other", false), Some("one é"));
        check(folder.path(), "a.md", known(folder.path(), "a.md", "other", true), None);
        check(folder.path(), "a.md", known(folder.path(), "a.md", "one é", true), Some("one é"));
    }

    #[test]
    fn a_file_that_looks_otherwise_is_compared() {
        let folder = tempfile::tempdir().unwrap();
        let (root, file) = (folder.path(), folder.path().join("a.md"));
        let write = |text: &str| {
            std::thread::sleep(std::time::Duration::from_millis(30));
            fs::write(&file, text).unwrap();
        };
        write("one");
        let before = known(root, "a.md", "one", false);
        write("one");
        check(root, "a.md", before, Some("one"));
        for changed in ["two", "longer", ""] {
            write(changed);
            check(root, "a.md", before, None);
        }
        fs::remove_file(&file).unwrap();
        check(root, "a.md", before, None);
        let made = std::process::Command::new("mkfifo").arg(&file).status().unwrap();
        assert!(made.success());
        check(root, "a.md", before, None);
    }

    #[test]
    fn what_is_known_may_be_nonsense() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.md"), "one").unwrap();
        let huge = Stamp::from_numbers([1, 1, u64::MAX, 1]);
        let forged = Known { stamp: huge, ..known(folder.path(), "a.md", "one", false) };
        check(folder.path(), "a.md", forged, Some("one"));
        let (shelf, paths) = (shelf(folder.path(), &[]), [NotePath::new("a.md").unwrap()]);
        assert_eq!(Texts::new(&shelf, &paths).text(0), None);
    }

    #[test]
    fn texts_are_given_one_after_the_other() {
        let folder = tempfile::tempdir().unwrap();
        let (root, old) = (folder.path(), "Jos\u{fffd} Lima");
        fs::write(root.join("a.md"), "a long text").unwrap();
        fs::write(root.join("b.md"), "short").unwrap();
        fs::write(root.join("c.md"), b"Jos\xe9 Lima").unwrap();
        let known = [("a.md", "?"), ("b.md", "?"), ("c.md", old)];
        let known = known.map(|(path, text)| self::known(root, path, text, false));
        let paths = ["a.md", "b.md", "c.md"].map(|path| NotePath::new(path).unwrap());
        let shelf = shelf(root, &known);
        let mut texts = Texts::new(&shelf, &paths);
        assert_eq!(texts.text(0), Some("a long text"));
        assert_eq!(texts.text(1), Some("short"));
        assert_eq!(texts.text(2), Some(old));
        assert_eq!(texts.text(0), Some("a long text"));
    }
}
