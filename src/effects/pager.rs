//! The person's own pager, fed with a whole text.
//!
//! Invariant: the command comes from the user's environment or configuration, never from a vault.

use crate::effects::environment::Environment;
use crate::effects::signals::hold_interrupts;
use crate::text::shell::command_words;
use std::io::{self, Write};
use std::process::{Command, Stdio};

/// What shows pages where nobody names anything: no page for what fits one, colours, and the text stays on the screen.
pub const USUAL: &str = "less -FRX";

/// What pagers need to know to show colours, where the person has not said otherwise.
const HINTS: &[(&str, &str)] = &[("LESS", "FRX"), ("LV", "-c")];

/// Shows `text` in `command` and waits for its end. An error only where it could not be started, so nothing was shown;
/// a pager that is left early is none. The command is cut into words as a shell would do it, but no shell runs.
pub fn show(command: &str, text: &[u8], environment: &Environment) -> io::Result<()> {
    let odd = |why: &str| io::Error::new(io::ErrorKind::InvalidInput, why);
    let words = command_words(command).ok_or_else(|| odd("its quotes do not close"))?;
    let (program, arguments) = words.split_first().ok_or_else(|| odd("it is empty"))?;
    let hints = HINTS.iter().filter(|(name, _)| environment.text(name).is_none());
    // Ctrl-C is meant for the pager, which goes back to its prompt.
    let _hold = hold_interrupts();
    let mut child =
        Command::new(program).args(arguments).envs(hints.copied()).stdin(Stdio::piped()).spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // Left before the end of the text: no error.
        let _ = stdin.write_all(text);
    }
    let _ = child.wait();
    Ok(())
}

/// Whether `command` shows nothing page by page, so that it can be left out.
pub fn is_none(command: &str) -> bool {
    matches!(command.trim(), "" | "cat")
}

#[cfg(test)]
mod tests {
    use crate::effects::environment::Environment;
    use crate::effects::pager::{is_none, show};

    #[test]
    fn a_pager_gets_everything_and_may_be_left() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("it's shown");
        let command = format!("dd status=none \"of={}\"", file.display());
        show(&command, b"a\nb\n", &Environment::default()).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "a\nb\n");
        let long = vec![b'x'; 1 << 20];
        assert!(show("true", &long, &Environment::default()).is_ok());
        assert!(show("/no/such/pager", b"x", &Environment::default()).is_err());
        assert!(show("less '", b"x", &Environment::default()).is_err());
        assert!(is_none(" cat ") && !is_none("less"));
    }
}
