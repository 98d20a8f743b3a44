//! `ties watch`

use crate::app::daemon;
use crate::app::news::News;
use crate::app::session::Session;
use crate::app::watching::{Watching, Wishes};
use crate::effects::clock::{Clock, now, stamp};
use crate::effects::signals::StopSignals;
use crate::effects::watch::seat::{Seat, SeatError};
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::log::{Level, line, words};
use crate::frontends::cli::output::Output;
use crate::frontends::cli::world::World;
use clap::Args;

/// Keep agenda.md fresh while you edit, until you stop it
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties watch
  ties watch --once             look once, write agenda.md where it is to be written, and end
  ties watch --log-level debug  say each time why it looked
  ties watch --poll             on a file system that does not tell of changes

Ctrl-C or SIGTERM stops it when what it does is done. It writes agenda.md only after the file has rested for the
setting agenda.settle, so nothing half-typed is disturbed. `ties status` says how it is; docs/watcher.md tells more.")]
pub struct WatchArguments {
    /// Look once and end
    #[arg(long)]
    once: bool,
    /// Look every few seconds, without asking the system for changes
    #[arg(long, conflicts_with = "once")]
    poll: bool,
    /// What is worth a line: error, warn, info or debug; without it info, with --quiet warn
    #[arg(long, value_name = "LEVEL", hide_possible_values = true)]
    log_level: Option<Level>,
}

/// Watches the vault.
pub fn run(
    arguments: &WatchArguments,
    world: &World,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let session = world.open(output)?;
    // Two looks at once harm nobody, so a single one needs no seat.
    let _seat = if arguments.once { None } else { Some(seat(&session)?) };
    let usual = if output.is_quiet() { Level::Warn } else { Level::Info };
    let least = arguments.log_level.unwrap_or(usual);
    let mut tell = |news: &News| {
        let (level, words) = words(news);
        if level <= least {
            output.log(&line(&stamp(now()), level, &words));
        }
    };
    let clock = Clock::start();
    let wishes = Wishes {
        environment: &world.environment,
        today: world.flags.today.as_deref(),
        poll: arguments.poll,
        clock: &|| clock.hands(),
        tell: &mut tell,
    };
    watch(&session, wishes, arguments.once)
}

fn watch(session: &Session, wishes: Wishes<'_>, once: bool) -> Result<Exit, Failure> {
    let mut watching = Watching::new(session, wishes)?;
    if once {
        return Ok(if watching.once() { Exit::Done } else { Exit::Partly });
    }
    let ringer = watching.ringer();
    let _signals = StopSignals::tell(move || ringer.stop())
        .map_err(|error| Failure::refused("cannot listen to signals", error))?;
    daemon::run(&mut watching);
    Ok(Exit::Done)
}

fn seat(session: &Session) -> Result<Seat, Failure> {
    Seat::take(&session.state).map_err(|error| {
        let failure = Failure::new(Exit::Refused, error.to_string());
        match error {
            SeatError::Taken { .. } => failure.hint("`ties status` says how it is"),
            SeatError::Io { .. } => failure,
        }
    })
}
