//! The person's own editor, run on one file.
//!
//! Invariant: the command comes from the user's environment or configuration, never from a vault.

use crate::effects::signals::hold_interrupts;
use crate::text::shell::command_words;
use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus};

/// Runs `command` (`code --wait`) with `file` as its last argument and waits for its end. The command is cut into
/// words as a shell would do it, but no shell runs: nothing in it is expanded.
pub fn edit(command: &str, file: &Path) -> io::Result<ExitStatus> {
    let words = command_words(command).ok_or_else(|| odd("its quotes do not close"))?;
    let (program, arguments) = words.split_first().ok_or_else(|| odd("it is empty"))?;
    // Ctrl-C is meant for the editor.
    let _hold = hold_interrupts();
    Command::new(program).args(arguments).arg(file).status()
}

fn odd(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, format!("the editor command cannot be run: {why}"))
}

#[cfg(test)]
mod tests {
    use crate::effects::editor::edit;
    use std::path::Path;

    #[cfg(unix)]
    #[test]
    fn the_file_comes_last_and_the_end_is_awaited() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a note.md");
        std::fs::write(&file, "x").unwrap();
        assert!(edit("test -f", &file).unwrap().success());
        assert!(!edit("test -d", &file).unwrap().success());
        assert!(edit("", Path::new("x")).is_err());
        assert!(edit("/no/such/editor", &file).is_err());
    }
}
