//! The terminal around the program: which streams are one, how wide it is, and a line typed by the person.

use crate::effects::environment::Environment;
use std::io::{self, BufRead, IsTerminal, Read};

/// The longest answer that is read; nobody types more to a prompt.
const ANSWER_LIMIT: u64 = 64 * 1024;

/// More is not read from standard input, in bytes: no note is longer.
const NOTE_LIMIT: u64 = 16 * 1024 * 1024;

/// What the three streams are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terminal {
    /// A person can type.
    pub input: bool,
    /// Data goes to a screen.
    pub output: bool,
    /// Talk goes to a screen.
    pub talk: bool,
    /// Columns; 80 where they cannot be known; at least 20.
    pub width: usize,
    /// The columns that lines of data should fit, where somebody says so: those of a screen, or `COLUMNS`. `None`
    /// where a program reads, which wants each row on its line.
    pub limit: Option<usize>,
    /// Rows; 24 where they cannot be known; at least 2.
    pub rows: usize,
    /// The screen shows colours (by `TERM`; what the person wants is another matter).
    pub capable: bool,
}

impl Terminal {
    /// The streams of this process.
    pub fn of_process(environment: &Environment) -> Terminal {
        let number = |name: &str| environment.text(name).and_then(|text| text.parse().ok());
        let screen = size_of_screen();
        let named = number("COLUMNS");
        let columns = named.or(screen.map(|(columns, _)| columns));
        let rows = number("LINES").or(screen.map(|(_, rows)| rows));
        let output = io::stdout().is_terminal();
        Terminal {
            input: io::stdin().is_terminal(),
            output,
            talk: io::stderr().is_terminal(),
            width: columns.unwrap_or(80).max(20),
            limit: named.or(columns.filter(|_| output)).map(|columns| columns.max(20)),
            rows: rows.unwrap_or(24).max(2),
            capable: environment.text("TERM").is_some_and(|term| term != "dumb"),
        }
    }

    /// No screen anywhere, 80 columns.
    pub fn none() -> Terminal {
        Terminal {
            input: false,
            output: false,
            talk: false,
            width: 80,
            limit: None,
            rows: 24,
            capable: false,
        }
    }

    /// Whether a question can be asked: somebody sees it and can answer.
    pub fn can_ask(&self) -> bool {
        self.input && self.talk
    }
}

/// Columns and rows.
#[cfg(unix)]
fn size_of_screen() -> Option<(usize, usize)> {
    let of = |size: rustix::io::Result<rustix::termios::Winsize>| {
        let size = size.ok().map(|size| (usize::from(size.ws_col), usize::from(size.ws_row)));
        size.filter(|(columns, rows)| *columns > 0 && *rows > 0)
    };
    of(rustix::termios::tcgetwinsize(io::stdout()))
        .or_else(|| of(rustix::termios::tcgetwinsize(io::stderr())))
}

#[cfg(not(unix))]
fn size_of_screen() -> Option<(usize, usize)> {
    None
}

/// One line from standard input, without its line end; `None` at the end of the input.
pub fn read_line() -> io::Result<Option<String>> {
    line_of(io::stdin().lock())
}

/// All of standard input; what is not UTF-8 in it is replaced. Longer than a note may be is an error.
pub fn read_all() -> io::Result<String> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(NOTE_LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > NOTE_LIMIT {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "it is longer than a note may be"));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn line_of(input: impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    input.take(ANSWER_LIMIT).read_until(b'\n', &mut bytes)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    let line = String::from_utf8_lossy(&bytes);
    Ok(Some(line.trim_end_matches(['\n', '\r']).to_owned()))
}

#[cfg(test)]
mod tests {
    use crate::effects::terminal::line_of;

    #[test]
    fn the_end_of_the_input_is_no_answer() {
        assert_eq!(line_of(&b""[..]).unwrap(), None);
        assert_eq!(line_of(&b"\n"[..]).unwrap(), Some(String::new()));
        assert_eq!(line_of(&b"yes\r\nno"[..]).unwrap(), Some("yes".to_owned()));
        assert_eq!(line_of(&b"yes"[..]).unwrap(), Some("yes".to_owned()));
        assert_eq!(line_of(&b"\xff"[..]).unwrap(), Some("\u{fffd}".to_owned()));
    }
}
