//! A walk through people on the screen of the terminal.

use crate::effects::screen::Screen;
use crate::features::triage::Choice;
use crate::frontends::cli::deciding::draw::{Asked, lines};
use crate::frontends::cli::deciding::state::{Outcome, State};
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::Line;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::picker::keys::{Key, take_keys};
use std::io;
use std::time::Duration;

/// How often the size of the screen is looked at where no key is pressed.
const GLANCE: Duration = Duration::from_millis(100);

/// How long the rest of a key may take; what comes later is a key of its own.
const REST_OF_KEY: Duration = Duration::from_millis(30);

/// After a key that means nothing, keys that follow each other as fast as this were typed with it.
const TYPED_ON: Duration = Duration::from_millis(400);

/// How a walk ended. Whatever ended it, what was answered is not lost.
#[derive(Debug)]
pub struct Walked {
    /// For each person the answer, where there is one.
    pub answers: Vec<Option<Choice>>,
    /// Whether the program was asked to end.
    pub is_ending: bool,
    /// Why the terminal could not be read any more.
    pub trouble: Option<io::Error>,
}

/// Asks about as many people as `state` has; `tell` gives what is known of each. Needs a terminal.
pub fn walk(
    mut state: State,
    tell: &dyn Fn(usize) -> Asked,
    output: &Output,
) -> Result<Walked, Failure> {
    let screen = Screen::open().map_err(|_| {
        Failure::usage("there is no terminal to ask on")
            .hint("`ties triage --list` shows who waits")
            .hint("`ties triage --to triage.md` writes a checklist to tick")
    })?;
    let trouble = run(&screen, &mut state, tell, output.shows_color()).err();
    let is_ending = screen.is_ending();
    Ok(Walked { answers: state.answers, is_ending, trouble })
}

fn run(
    screen: &Screen,
    state: &mut State,
    tell: &dyn Fn(usize) -> Asked,
    colored: bool,
) -> io::Result<()> {
    on_screen(screen, &mut People { state, tell, told: (None, Asked::default()) }, colored)
}

struct People<'a> {
    state: &'a mut State,
    tell: &'a dyn Fn(usize) -> Asked,
    // Who was told of last, and what.
    told: (Option<usize>, Asked),
}

impl Walk for People<'_> {
    fn press(&mut self, key: Key) -> Outcome {
        self.state.press(key)
    }

    fn lines(&mut self, columns: usize, rows: usize) -> Vec<Line> {
        let at = self.state.at;
        if self.told.0 != Some(at) && at < self.state.answers.len() {
            self.told = (Some(at), (self.tell)(at));
        }
        lines(self.state, &self.told.1, columns, rows)
    }
}

/// A walk through anything, as a screen sees it.
pub trait Walk {
    /// Takes a key.
    fn press(&mut self, key: Key) -> Outcome;

    /// What is shown now: no more lines than there are rows, none wider than the columns.
    fn lines(&mut self, columns: usize, rows: usize) -> Vec<Line>;
}

/// Goes on until the walk is put down, or the program is asked to end.
pub fn on_screen(screen: &Screen, walk: &mut dyn Walk, colored: bool) -> io::Result<()> {
    let (mut bytes, mut size) = (Vec::new(), (0, 0));
    loop {
        let now = screen.size();
        let patience = if bytes.is_empty() { GLANCE } else { REST_OF_KEY };
        let arrived = if size == now { screen.read(patience)? } else { Vec::new() };
        if screen.is_ending() {
            return Ok(());
        }
        let is_all = arrived.is_empty() && size == now;
        bytes.extend(arrived);
        let keys = take_keys(&mut bytes, is_all);
        let changed = !keys.is_empty() || size != now;
        let outcome = press_all(walk, keys);
        if outcome == Outcome::Done {
            return Ok(());
        }
        if changed {
            let lines = walk.lines(now.0, now.1);
            let lines = lines.iter().map(|line| line.render(colored)).collect::<Vec<_>>();
            screen.show(&lines, 0)?;
            size = now;
        }
        if outcome == Outcome::Astray {
            bytes = typed_on(screen)?;
        }
    }
}

/// Presses one key after the other, up to one that ends the walk or goes astray.
fn press_all(walk: &mut dyn Walk, keys: Vec<Key>) -> Outcome {
    let mut outcomes = keys.into_iter().map(|key| walk.press(key));
    outcomes.find(|outcome| *outcome != Outcome::Open).unwrap_or(Outcome::Open)
}

/// Reads until nothing was typed for a moment, and gives back only a wish to leave (Ctrl-C): the rest are words.
fn typed_on(screen: &Screen) -> io::Result<Vec<u8>> {
    loop {
        let arrived = screen.read(TYPED_ON)?;
        if arrived.contains(&0x03) {
            return Ok(vec![0x03]);
        }
        if arrived.is_empty() || screen.is_ending() {
            return Ok(Vec::new());
        }
    }
}
