//! Reading one file as a note: never following a link, never waiting for a pipe, never more than a note may hold.

use crate::text::diagnostic::{Code, Finding};
use crate::text::span::Span;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// No note is longer, in bytes.
pub const NOTE_LIMIT: u64 = 16 * 1024 * 1024;

/// What reading one file gave.
#[derive(Debug)]
pub enum Opened {
    /// Its text; where it is not UTF-8, what can be read of it, and the finding.
    Text(String, Option<Finding>),
    /// Nothing to read, and why.
    Nothing(Finding),
    /// It is not there any more.
    Gone,
}

/// Reads the note at `path`.
pub fn open(path: &Path) -> Opened {
    let file = match open_without_waiting(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Opened::Gone,
        Err(error) => return Opened::Nothing(unreadable(&error)),
    };
    match read(file) {
        Ok(opened) => opened,
        Err(error) => Opened::Nothing(unreadable(&error)),
    }
}

/// The finding for a file or folder that the system does not let us read.
pub fn unreadable(error: &io::Error) -> Finding {
    let message = format!("cannot be read: {error}");
    Finding::new(Code::Unreadable, Span::at(0), message)
        .help("look at its permissions and its disk")
}

/// Opens the file at `path` for reading: a pipe makes nobody wait, and a link is not followed.
#[cfg(unix)]
pub fn open_without_waiting(path: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    let flags =
        OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
    Ok(rustix::fs::open(path, flags, Mode::empty())?.into())
}

/// Opens the file at `path` for reading.
#[cfg(not(unix))]
pub fn open_without_waiting(path: &Path) -> io::Result<File> {
    File::open(path)
}

fn read(file: File) -> io::Result<Opened> {
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        let finding =
            Finding::new(Code::SpecialFile, Span::at(0), "a pipe, socket or device, not a note");
        return Ok(Opened::Nothing(finding));
    }
    if metadata.len() > NOTE_LIMIT {
        return Ok(Opened::Nothing(too_large()));
    }
    // Not more than was there: whoever writes to it meanwhile is read the next time.
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    file.take(metadata.len()).read_to_end(&mut bytes)?;
    Ok(text_of(bytes))
}

fn too_large() -> Finding {
    Finding::new(Code::TooLarge, Span::at(0), "larger than 16 MiB, so it is not read")
        .help("move what is not a note into the attachments, or name it in .tiesignore")
}

/// The text of the bytes. In a note of an old encoding the odd letters are lost and the rest is read; what holds a
/// zero byte (UTF-16, or no text at all) is read up to its first odd byte. No such file is ever changed, since its
/// bytes are compared before.
fn text_of(bytes: Vec<u8>) -> Opened {
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Opened::Text(text, None),
        Err(error) => error,
    };
    let end = error.utf8_error().valid_up_to();
    let bytes = error.as_bytes();
    if bytes.contains(&0) {
        let text = bytes.get(..end).map(String::from_utf8_lossy).unwrap_or_default();
        let finding = Finding::new(Code::NotUtf8, Span::at(end), "not UTF-8 text from here on")
            .help("save the note as UTF-8; until then only what stands before is read");
        return Opened::Text(text.into_owned(), Some(finding));
    }
    let letter = Span::new(end, end + char::REPLACEMENT_CHARACTER.len_utf8());
    let finding =
        Finding::new(Code::NotUtf8, letter, "not UTF-8: the odd letters of this note are lost")
            .help(
                "save the note as UTF-8; until then the rest is read, and nothing in it is changed",
            );
    Opened::Text(String::from_utf8_lossy(bytes).into_owned(), Some(finding))
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use crate::effects::vault::open::{NOTE_LIMIT, Opened, open};
    use std::fs;

    fn check(opened: &Opened, expected: &str) {
        let shown = match opened {
            Opened::Text(text, None) => format!("text {text}"),
            Opened::Text(text, Some(finding)) => {
                format!("text {text} {} at {}", finding.code.word(), finding.span.start)
            }
            Opened::Nothing(finding) => finding.code.word().to_owned(),
            Opened::Gone => "gone".to_owned(),
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn only_regular_files_of_a_sane_size_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("plain.md"), "hello é").unwrap();
        fs::write(at("latin1.md"), b"Jos\xe9\nx").unwrap();
        fs::write(at("utf16.md"), b"\xff\xfeJ\0").unwrap();
        fs::write(at("empty.md"), "").unwrap();
        fs::File::create(at("large.md")).unwrap().set_len(NOTE_LIMIT + 1).unwrap();
        std::os::unix::fs::symlink(at("plain.md"), at("link.md")).unwrap();
        let made = std::process::Command::new("mkfifo").arg(at("pipe.md")).status().unwrap();
        assert!(made.success());
        check(&open(&at("plain.md")), "text hello é");
        check(&open(&at("latin1.md")), "text Jos\u{fffd}\nx not-utf8 at 3");
        check(&open(&at("utf16.md")), "text  not-utf8 at 0");
        check(&open(&at("empty.md")), "text ");
        check(&open(&at("large.md")), "too-large");
        check(&open(&at("link.md")), "unreadable");
        check(&open(&at("pipe.md")), "special-file");
        check(&open(&at("nothing.md")), "gone");
        check(&open(folder.path()), "special-file");
    }
}
