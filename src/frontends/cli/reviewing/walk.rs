//! The walk on the screen.

use crate::effects::screen::Screen;
use crate::frontends::cli::deciding::state::Outcome;
use crate::frontends::cli::deciding::walk::{Walk, on_screen};
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::Line;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::picker::keys::Key;
use crate::frontends::cli::reviewing::draw::lines;
use crate::frontends::cli::reviewing::state::State;
use std::io;

/// How a walk ended. Whatever ended it, what was answered is written down.
#[derive(Debug)]
pub struct Walked {
    /// Whether the program was asked to end.
    pub is_ending: bool,
    /// Why the terminal could not be read any more.
    pub trouble: Option<io::Error>,
}

impl Walk for State<'_> {
    fn press(&mut self, key: Key) -> Outcome {
        State::press(self, key)
    }

    fn lines(&mut self, columns: usize, rows: usize) -> Vec<Line> {
        lines(self, columns, rows)
    }
}

/// Asks line by line. Needs a terminal.
pub fn walk(state: &mut State<'_>, output: &Output) -> Result<Walked, Failure> {
    let screen = Screen::open().map_err(|error| Failure::refused("there is no terminal", error))?;
    let trouble = on_screen(&screen, state, output.shows_color()).err();
    Ok(Walked { is_ending: screen.is_ending(), trouble })
}
