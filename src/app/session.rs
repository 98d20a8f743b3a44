//! An open vault: where it is, what its settings say, what day it is.

use crate::effects::clock;
use crate::effects::config::Config;
use crate::effects::environment::Environment;
use crate::effects::lock::{Lock, PATIENCE};
use crate::effects::places::Places;
use crate::effects::state::State;
use crate::effects::vault::commit_error::CommitError;
use crate::effects::vault::journal::is_pending;
use crate::effects::vault::locate::{LocateError, Named, locate};
use crate::effects::vault::open::{Opened, open};
use crate::effects::vault::place::resolve;
use crate::effects::vault::recover::{Recovered, recover};
use crate::features::settings::{ColorWish, Settings};
use crate::note::path::NotePath;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What the flags of the command line say.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// `--vault`.
    pub vault: Option<&'a Path>,
    /// `--today`, as typed.
    pub today: Option<&'a str>,
    /// `--color`.
    pub color: Option<ColorWish>,
}

/// One vault, open for one command.
#[derive(Debug)]
pub struct Session {
    /// The root of the vault, canonical.
    pub root: PathBuf,
    /// The settings with their origins and findings.
    pub config: Config,
    /// The words of the vault.
    pub vocabulary: Arc<Vocabulary>,
    /// The day that it is.
    pub today: Day,
    /// The undo journal and the lock; its folder may not exist yet.
    pub state: State,
    /// The folder of the cache; it may not exist yet.
    pub cache_folder: PathBuf,
    /// What a change that a crash cut off needed, or why it could not be settled.
    pub recovered: Result<Recovered, String>,
    // What it was opened with.
    environment: Environment,
    color: Option<ColorWish>,
}

/// Why no vault could be opened.
#[derive(Debug)]
pub enum OpenError {
    /// No vault was found.
    Locate(LocateError),
    /// The environment names no home, so there is no place for the state.
    NoHome,
    /// The day that `--today` or `TIES_TODAY` gives is none.
    BadToday {
        /// Who gives it.
        given_by: &'static str,
        /// What was given.
        text: String,
    },
}

impl fmt::Display for OpenError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OpenError::Locate(error) => error.fmt(formatter),
            OpenError::NoHome => formatter.write_str("the environment names no home folder"),
            OpenError::BadToday { given_by, text } => {
                write!(formatter, "`{text}` (from {given_by}) is not a day")
            }
        }
    }
}

impl std::error::Error for OpenError {}

impl OpenError {
    /// What to type next.
    pub fn hints(&self) -> Vec<String> {
        match self {
            OpenError::Locate(error) => error.hints(),
            OpenError::NoHome => {
                vec!["set HOME, or XDG_CONFIG_HOME, XDG_STATE_HOME and XDG_CACHE_HOME".to_owned()]
            }
            OpenError::BadToday { .. } => vec!["write it as 2026-11-21".to_owned()],
        }
    }
}

impl Session {
    /// Opens the vault that flags, the current folder, the environment or the user's configuration name, and settles
    /// what a crash cut off.
    pub fn open(environment: &Environment, wanted: &Wanted<'_>) -> Result<Session, OpenError> {
        let mut session = Session::look(environment, wanted)?;
        session.recovered = settle(&session.root, &session.state);
        Ok(session)
    }

    /// The same, but settles nothing: for a look that must leave everything as it is.
    pub fn look(environment: &Environment, wanted: &Wanted<'_>) -> Result<Session, OpenError> {
        let places = Places::new(environment).ok_or(OpenError::NoHome)?;
        let user = Config::of_user(Some(&places));
        let root = find(environment, &user, wanted).map_err(OpenError::Locate)?;
        let config = user
            .with_vault(&root)
            .with_environment(environment)
            .with_flags(wanted.vault, wanted.color);
        let today = today(environment, wanted.today, config.settings.day_starts_at)?;
        let state = State::open(places.state_of(&root));
        Ok(Session {
            recovered: Ok(Recovered::default()),
            vocabulary: Arc::new(Vocabulary::new(config.settings.words.clone())),
            today,
            state,
            cache_folder: places.cache_of(&root),
            root,
            config,
            environment: environment.clone(),
            color: wanted.color,
        })
    }

    /// The same vault on the same day, after its settings were changed.
    pub fn again(&self) -> Result<Session, OpenError> {
        let today = self.today.to_string();
        let wanted = Wanted { vault: Some(&self.root), today: Some(&today), color: self.color };
        Session::look(&self.environment, &wanted)
    }

    /// The text of a file of the vault as it is now; `None` where it cannot be read.
    pub fn text(&self, path: &str) -> Option<String> {
        let path = NotePath::new(path)?;
        match open(&self.root.join(path.as_str())) {
            Opened::Text(text, _) => Some(text),
            Opened::Nothing(_) | Opened::Gone => None,
        }
    }

    /// Where a file of the vault lies: itself, or the file inside of the vault that it is a link to.
    pub fn place(&self, path: &NotePath) -> Result<NotePath, CommitError> {
        resolve(&self.root, path).map(|place| place.path)
    }

    /// What the owner decided.
    pub fn settings(&self) -> &Settings {
        &self.config.settings
    }
}

/// Settles a change that a crash cut off, where there is one. A failure stops no reading: the notes are whole.
fn settle(root: &Path, state: &State) -> Result<Recovered, String> {
    if !is_pending(state) {
        return Ok(Recovered::default());
    }
    let lock = Lock::acquire(state, PATIENCE).map_err(|error| error.to_string())?;
    recover(root, &lock).map_err(|error| error.to_string())
}

fn find(
    environment: &Environment,
    user: &Config,
    wanted: &Wanted<'_>,
) -> Result<PathBuf, LocateError> {
    let named_by_user = user.named_vault(environment);
    let absolute = wanted.vault.map(|vault| environment.current_folder().join(vault));
    locate(&Named {
        flag: absolute.as_deref(),
        current_folder: Some(environment.current_folder()),
        environment: environment.path("TIES_VAULT"),
        config: named_by_user.as_deref(),
    })
}

/// The day that it is: what the flag or `TIES_TODAY` give, else what the clock says.
pub fn today(
    environment: &Environment,
    flag: Option<&str>,
    day_starts_at: u32,
) -> Result<Day, OpenError> {
    Ok(given_today(environment, flag)?.unwrap_or_else(|| clock::today(day_starts_at)))
}

/// The day that the flag or `TIES_TODAY` give, whatever the clock says.
pub fn given_today(
    environment: &Environment,
    flag: Option<&str>,
) -> Result<Option<Day>, OpenError> {
    let given = flag.map(|text| ("--today", text));
    let given = given.or_else(|| environment.text("TIES_TODAY").map(|text| ("TIES_TODAY", text)));
    let parsed = |(given_by, text): (&'static str, &str)| {
        Day::parse(text.trim())
            .ok_or_else(|| OpenError::BadToday { given_by, text: text.to_owned() })
    };
    given.map(parsed).transpose()
}
