//! Reading the vault for a command, with a word on the screen where that takes long.

use crate::app::refresh::{Reading, refresh};
use crate::app::session::Session;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::progress::Progress;
use std::mem::ManuallyDrop;

/// The whole vault, read. It lives as long as the command: to take ten thousand people apart before the process ends
/// would be work for nobody.
pub fn read(session: &Session, output: &mut Output) -> ManuallyDrop<Reading> {
    let progress = Progress::new("reading notes", output.terminal.talk && !output.is_quiet());
    let reading = refresh(session, &|count| progress.advance(count));
    drop(progress);
    if let Some(notice) = &reading.files.notice {
        output.notice(notice);
    }
    ManuallyDrop::new(reading)
}

/// How a command that showed `reading` ends: says so where notes may be missing in it.
pub fn ended(reading: &Reading, output: &mut Output) -> Exit {
    if reading.files.incomplete {
        output.notice("some notes could not be read; `ties check` shows them");
        return Exit::Partly;
    }
    Exit::Done
}
