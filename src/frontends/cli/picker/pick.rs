//! A picker on the screen of the terminal.

use crate::effects::screen::Screen;
use crate::effects::signals::end;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::picker::draw::{cursor, layout, lines};
use crate::frontends::cli::picker::keys::take_keys;
use crate::frontends::cli::picker::state::{Outcome, State};
use std::io;
use std::time::Duration;

/// How often the size of the screen is looked at where no key is pressed.
const GLANCE: Duration = Duration::from_millis(100);

/// How long the rest of a key may take; what comes later is a key of its own.
const REST_OF_KEY: Duration = Duration::from_millis(30);

/// The place in the list of `state` of the item that the person picks, `None` where they leave. `tell` gives what is told of an item
/// in so many columns. Needs a terminal; the streams may be anything, so a script can use what was picked.
pub fn pick(
    state: State,
    tell: &dyn Fn(usize, usize) -> String,
    output: &Output,
) -> Result<Option<usize>, Failure> {
    let screen = Screen::open().map_err(|_| {
        Failure::usage("there is no terminal to pick on").hint("name whom you mean instead")
    })?;
    let picked = run(&screen, state, tell, output.shows_color());
    let is_ending = screen.is_ending();
    drop(screen);
    if is_ending {
        // The screen is given back; now the wish is done.
        end();
    }
    picked.map_err(|error| Failure::refused("the terminal could not be read", error))
}

fn run(
    screen: &Screen,
    mut state: State,
    tell: &dyn Fn(usize, usize) -> String,
    colored: bool,
) -> io::Result<Option<usize>> {
    let (mut bytes, mut size) = (Vec::new(), (0, 0));
    let mut told: (Option<(usize, usize)>, String) = (None, String::new());
    loop {
        let now = screen.size();
        let layout = layout(now.0, now.1);
        let patience = if bytes.is_empty() { GLANCE } else { REST_OF_KEY };
        let arrived = if size == now { screen.read(patience)? } else { Vec::new() };
        if screen.is_ending() {
            return Ok(None);
        }
        let is_all = arrived.is_empty() && size == now;
        bytes.extend(arrived);
        let keys = take_keys(&mut bytes, is_all);
        let changed = !keys.is_empty() || size != now;
        for key in keys {
            match state.press(key, layout.page) {
                Outcome::Open => {}
                Outcome::Picked(at) => return Ok(Some(at)),
                Outcome::Left => return Ok(None),
            }
        }
        if changed {
            let wanted = state.meant().zip(layout.preview.map(|(columns, _)| columns));
            if wanted != told.0 {
                told = (wanted, wanted.map(|(at, columns)| tell(at, columns)).unwrap_or_default());
            }
            let lines = lines(&state, layout, &told.1);
            let lines = lines.iter().map(|line| line.render(colored)).collect::<Vec<_>>();
            screen.show(&lines, cursor(&state, layout))?;
            size = now;
        }
    }
}
