//! How a vault stands on this machine: what runs, how fresh everything is, and what the machine lacks. Reads no note
//! but the agenda, and changes nothing.

use crate::app::search::place;
use crate::app::session::Session;
use crate::effects::clock::{age_of, now};
use crate::effects::environment::Environment;
use crate::effects::facts::on_disk::{OnDisk as Facts, on_disk as facts_on_disk};
use crate::effects::index::status::{OnDisk, on_disk as index_on_disk};
use crate::effects::machine::{has_git, may_write, newest_age, watch_limit};
use crate::effects::vault::open::{Opened, open};
use crate::effects::watch::heartbeat::Heartbeat;
use crate::effects::watch::seat::taken_by;
use crate::effects::watch::volume::volume_of;
use crate::features::agenda::file::read;
use crate::text::day::Day;
use std::path::PathBuf;
use std::time::Duration;

/// With fewer watches for a user than this, other programs may well have taken them all.
const FEW_WATCHES: usize = 8192;

/// How a vault stands.
#[derive(Debug)]
pub struct Status {
    /// The watcher that runs.
    pub watcher: Option<Watcher>,
    /// The agenda file.
    pub agenda: AgendaFile,
    /// What is kept to be faster, and may be deleted at any time.
    pub cache: Cache,
    /// What the machine lacks.
    pub lacks: Vec<Lack>,
}

/// A watcher that runs.
#[derive(Debug)]
pub struct Watcher {
    /// Its process, where it could be found out.
    pub process: Option<u32>,
    /// What it told last, where that is its own word and not that of one before it.
    pub heartbeat: Option<Heartbeat>,
    /// How long ago it looked at the vault.
    pub looked: Option<Duration>,
}

/// The agenda file.
#[derive(Debug)]
pub struct AgendaFile {
    /// Its path in the vault.
    pub path: String,
    /// What it is.
    pub state: AgendaState,
    /// How long ago it was changed.
    pub age: Option<Duration>,
}

/// What the agenda file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgendaState {
    /// There is none.
    Missing,
    /// A file that `ties` did not write, or that cannot be read.
    NotOurs,
    /// The agenda of a day, where it says of which.
    Of(Option<Day>),
}

/// The cache folder.
#[derive(Debug)]
pub struct Cache {
    /// Where it is, or would be.
    pub folder: PathBuf,
    /// How long ago something in it was changed; `None` where there is nothing.
    pub age: Option<Duration>,
    /// What is known of the notes.
    pub facts: Option<Facts>,
    /// The search index.
    pub index: Index,
}

/// The search index as it lies on the disk. Whether the notes have changed since is what each search finds out.
#[derive(Debug)]
pub struct Index {
    /// Whether there is one.
    pub state: OnDisk,
    /// How many bytes.
    pub size: u64,
    /// How long ago it was changed.
    pub age: Option<Duration>,
}

/// Something that the machine lacks. None of it keeps `ties` from its work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack {
    /// No watcher runs.
    Watcher,
    /// A user may have only so many folders watched.
    Watches(usize),
    /// The file system, by its name, does not tell of every change.
    Events(String),
    /// The file system, by its name, does not exchange two files in one step.
    Exchange(String),
    /// The vault lies in no git repository.
    Git,
    /// No editor is named.
    Editor,
    /// The folder of the cache cannot be written.
    CacheFolder(PathBuf),
    /// The folder of the state cannot be written.
    StateFolder(PathBuf),
}

/// How the vault of `session` stands.
pub fn status(session: &Session, environment: &Environment) -> Status {
    let watcher = watcher(session);
    Status {
        lacks: lacks(session, environment, watcher.as_ref()),
        watcher,
        agenda: agenda_file(session),
        cache: cache(session),
    }
}

fn cache(session: &Session) -> Cache {
    let place = place(session);
    Cache {
        folder: session.cache_folder.clone(),
        age: newest_age(&session.cache_folder),
        facts: facts_on_disk(&session.cache_folder),
        index: Index {
            state: index_on_disk(&place),
            size: place.size(),
            age: newest_age(place.folder()),
        },
    }
}

fn watcher(session: &Session) -> Option<Watcher> {
    let process = taken_by(&session.state)?;
    let own = |heartbeat: &Heartbeat| process.is_none_or(|process| process == heartbeat.process);
    let heartbeat = Heartbeat::read(&session.state).filter(own);
    let looked = heartbeat.as_ref().map(|heartbeat| since(heartbeat.looked));
    Some(Watcher { process, heartbeat, looked })
}

/// How long ago a moment in seconds since 1970 was; nothing where it is still to come.
fn since(moment: u64) -> Duration {
    Duration::from_secs(now().saturating_sub(moment))
}

fn agenda_file(session: &Session) -> AgendaFile {
    let path = session.vocabulary.folders.agenda.clone();
    let file = session.root.join(&path);
    let state = match open(&file) {
        Opened::Gone => AgendaState::Missing,
        Opened::Nothing(_) | Opened::Text(_, Some(_)) => AgendaState::NotOurs,
        Opened::Text(text, None) => {
            read(&text).map_or(AgendaState::NotOurs, |old| AgendaState::Of(old.day()))
        }
    };
    AgendaFile { path, state, age: age_of(&file) }
}

fn lacks(session: &Session, environment: &Environment, watcher: Option<&Watcher>) -> Vec<Lack> {
    let volume = volume_of(&session.root);
    let editor = session.settings().user.editor.as_deref();
    let named = ["VISUAL", "EDITOR"].iter().any(|name| environment.text(name).is_some());
    let needed =
        watcher.and_then(|watcher| watcher.heartbeat.as_ref()).map_or(0, |told| told.folders);
    let few = watch_limit().filter(|limit| *limit < FEW_WATCHES.max(needed.saturating_mul(2)));
    let folder = |folder: &std::path::Path| (!may_write(folder)).then(|| folder.to_owned());
    [
        watcher.is_none().then_some(Lack::Watcher),
        few.map(Lack::Watches),
        (!volume.tells).then(|| Lack::Events(volume.name.clone())),
        (volume.exchanges == Some(false)).then_some(Lack::Exchange(volume.name)),
        (!has_git(&session.root)).then_some(Lack::Git),
        (editor.is_none() && !named).then_some(Lack::Editor),
        folder(&session.cache_folder).map(Lack::CacheFolder),
        folder(session.state.folder()).map(Lack::StateFolder),
    ]
    .into_iter()
    .flatten()
    .collect()
}
