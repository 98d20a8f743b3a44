//! The person's own editor, run on one file.
//!
//! Invariant: the command comes from the user's environment or configuration, never from a vault.

use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus};

/// Runs `command` (`code --wait`) with `file` as its last argument and waits for its end. The command is cut into
/// words as a shell would do it, but no shell runs: nothing in it is expanded.
pub fn edit(command: &str, file: &Path) -> io::Result<ExitStatus> {
    let words = words_of(command).ok_or_else(|| odd("its quotes do not close"))?;
    let (program, arguments) = words.split_first().ok_or_else(|| odd("it is empty"))?;
    Command::new(program).args(arguments).arg(file).status()
}

fn odd(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, format!("the editor command cannot be run: {why}"))
}

/// The words of a command: white space parts them, quotes keep them together, a backslash takes the next character
/// as it is (in double quotes only before `"`, `\`, `$` and a backtick). `None` where a quote does not close.
fn words_of(command: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut characters = command.chars();
    while let Some(character) = characters.next() {
        match character {
            '\'' => read_quoted(&mut characters, '\'', word.get_or_insert_default())?,
            '"' => read_quoted(&mut characters, '"', word.get_or_insert_default())?,
            '\\' if cfg!(unix) => word.get_or_insert_default().push(characters.next()?),
            space if space.is_whitespace() => words.extend(word.take()),
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    Some(words)
}

fn read_quoted(characters: &mut std::str::Chars<'_>, quote: char, word: &mut String) -> Option<()> {
    loop {
        match characters.next()? {
            end if end == quote => return Some(()),
            '\\' if quote == '"' => match characters.next()? {
                escaped @ ('"' | '\\' | '$' | '`') => word.push(escaped),
                other => word.extend(['\\', other]),
            },
            other => word.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::effects::editor::{edit, words_of};
    use std::path::Path;

    fn check(command: &str, expected: &[&str]) {
        assert_eq!(words_of(command).unwrap(), expected, "{command}");
    }

    #[cfg(unix)]
    #[test]
    fn commands_are_cut_as_a_shell_would() {
        check("vi", &["vi"]);
        check("  code  --wait ", &["code", "--wait"]);
        check(r#""/Applications/My Editor" -n"#, &["/Applications/My Editor", "-n"]);
        check(r"/opt/my\ editor 'a b'c", &["/opt/my editor", "a bc"]);
        check(r#""a\"b\n" ''"#, &["a\"b\\n", ""]);
        check("$HOME/x `y`", &["$HOME/x", "`y`"]);
        assert_eq!(words_of("vi 'x"), None);
        assert_eq!(words_of("vi \\"), None);
    }

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
