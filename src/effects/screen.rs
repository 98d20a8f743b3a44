//! The whole screen of the terminal, borrowed: keys as they are pressed, and lines where they belong.
//!
//! Always true here: the terminal is given back as it was, also after a panic or a wish to end, because dropping does it.

use crate::effects::signals::{Hold, hold_endings, hold_interrupts};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::time::Duration;

/// The other screen, which has no history; what was shown before comes back afterwards. What is pasted comes between
/// two marks (bracketed paste, as xterm has it), so that it is told from keys.
const ENTER: &str = "\u{1b}[?1049h\u{1b}[?2004h";
const LEAVE: &str = "\u{1b}[?2004l\u{1b}[?25h\u{1b}[?1049l";

/// The screen of the terminal, where one is around, whatever the streams of the program are.
pub struct Screen {
    terminal: File,
    before: Termios,
    ending: Hold,
    _interrupts: Hold,
}

impl Screen {
    /// Borrows the screen. An error where there is no terminal.
    pub fn open() -> io::Result<Screen> {
        let terminal = OpenOptions::new().read(true).write(true).open("/dev/tty")?;
        let before = tcgetattr(&terminal)?;
        let mut raw = before.clone();
        raw.make_raw();
        let screen =
            Screen { before, ending: hold_endings(), _interrupts: hold_interrupts(), terminal };
        tcsetattr(&screen.terminal, OptionalActions::Now, &raw)?;
        (&screen.terminal).write_all(ENTER.as_bytes())?;
        Ok(screen)
    }

    /// Columns and rows, at least one of each.
    pub fn size(&self) -> (usize, usize) {
        let size = tcgetwinsize(&self.terminal).map(|size| (size.ws_col, size.ws_row));
        let (columns, rows) = size.ok().filter(|(columns, _)| *columns > 0).unwrap_or((80, 24));
        (usize::from(columns.max(1)), usize::from(rows.max(1)))
    }

    /// What was typed, as the terminal sends it; nothing where nothing came within `patience`. An error where the
    /// terminal has gone.
    pub fn read(&self, patience: Duration) -> io::Result<Vec<u8>> {
        let mut waiting = [PollFd::new(&self.terminal, PollFlags::IN)];
        let patience = Timespec::try_from(patience).map_err(io::Error::other)?;
        match poll(&mut waiting, Some(&patience)) {
            Ok(0) | Err(rustix::io::Errno::INTR) => return Ok(Vec::new()),
            Ok(_) => {}
            Err(error) => return Err(error.into()),
        }
        let mut bytes = vec![0; 4096];
        let count = (&self.terminal).read(&mut bytes)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes.truncate(count);
        Ok(bytes)
    }

    /// Shows `lines`, each from the left edge, in place of what was there; they must fit. The cursor comes to column
    /// `cursor` of the first.
    pub fn show(&self, lines: &[String], cursor: usize) -> io::Result<()> {
        let mut frame = String::from("\u{1b}[?25l");
        for (at, line) in lines.iter().enumerate() {
            frame += &format!("\u{1b}[{};1H\u{1b}[2K{line}", at + 1);
        }
        // What is left below of a longer list.
        frame += &format!("\u{1b}[0m\u{1b}[{};1H\u{1b}[J", lines.len() + 1);
        // A full screen has no row below: its last line would be wiped.
        if lines.len() >= self.size().1 {
            frame.truncate(frame.rfind("\u{1b}[0m").unwrap_or(frame.len()));
        }
        frame += &format!("\u{1b}[1;{}H\u{1b}[?25h", cursor + 1);
        (&self.terminal).write_all(frame.as_bytes())
    }

    /// Whether the program was asked to end.
    pub fn is_ending(&self) -> bool {
        self.ending.came()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = (&self.terminal).write_all(LEAVE.as_bytes());
        let _ = tcsetattr(&self.terminal, OptionalActions::Now, &self.before);
    }
}
