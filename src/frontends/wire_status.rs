//! The JSON shape of `ties status`. Moments are RFC 3339; ages are in seconds.

use crate::app::services::{Place, Standing};
use crate::app::session::Session;
use crate::app::status::{AgendaState, Lack, Status, Watcher};
use crate::effects::clock::stamp;
use crate::effects::index::status::OnDisk;
use crate::features::service::plan::Kind;
use serde::Serialize;
use std::time::Duration;

/// The answer of `ties status`.
#[derive(Debug, Serialize)]
pub struct WireStatus {
    vault: String,
    today: String,
    /// `null` where none runs.
    watcher: Option<WireWatcher>,
    agenda: WireAgendaFile,
    cache: WireCache,
    lacks: Vec<WireLack>,
}

#[derive(Debug, Serialize)]
struct WireWatcher {
    process: Option<u32>,
    started: Option<String>,
    looked: Option<String>,
    notes: Option<usize>,
    folders: Option<usize>,
    /// `events` or `polling`.
    mode: Option<&'static str>,
    /// Why it polls.
    why: Option<String>,
    agenda_written: Option<String>,
    trouble: Option<String>,
}

#[derive(Debug, Serialize)]
struct WireAgendaFile {
    path: String,
    /// `missing`, `not-ours` or `written`.
    state: &'static str,
    day: Option<String>,
    age: Option<u64>,
}

#[derive(Debug, Serialize)]
struct WireCache {
    folder: String,
    age: Option<u64>,
    /// What is known of the notes; `null` where nothing is kept.
    facts: Option<WireFacts>,
    index: WireIndexFile,
}

#[derive(Debug, Serialize)]
struct WireFacts {
    bytes: u64,
    age: Option<u64>,
}

#[derive(Debug, Serialize)]
struct WireIndexFile {
    /// `there`, `absent`, `other-version` or `damaged`. `ties index status` compares it with the notes.
    state: &'static str,
    /// Of how many notes it knows.
    notes: Option<u32>,
    bytes: u64,
    age: Option<u64>,
    /// What is damaged.
    why: Option<String>,
}

#[derive(Debug, Serialize)]
struct WireLack {
    /// `watcher`, `watches`, `events`, `exchange`, `git`, `editor`, `cache` or `state`.
    what: &'static str,
    detail: Option<String>,
}

/// The answer of `ties service status`.
#[derive(Debug, Serialize)]
pub struct WireService {
    /// `systemd`, `launchd` or `cron`.
    system: &'static str,
    /// Whether all of it is there.
    installed: bool,
    /// What is written, or would be.
    files: Vec<WireServiceFile>,
    /// What the system says of each part that runs, where it says anything.
    parts: Vec<WireServicePart>,
}

#[derive(Debug, Serialize)]
struct WireServiceFile {
    /// The path, or `crontab`.
    path: String,
    /// `missing`, `current`, `older` (of another release or other settings) or `changed` (by hand).
    state: &'static str,
}

#[derive(Debug, Serialize)]
struct WireServicePart {
    name: String,
    /// The word of the system, such as `active`.
    state: String,
}

impl WireService {
    /// The shape of a service in these places, with what the system says of its parts.
    pub fn new(kind: Kind, places: &[Place], states: &[(String, String)]) -> WireService {
        let file = |place: &Place| WireServiceFile {
            path: place.name.clone(),
            state: match place.standing {
                Standing::Missing => "missing",
                Standing::Current => "current",
                Standing::Older => "older",
                Standing::Changed => "changed",
            },
        };
        let part = |(name, state): &(String, String)| WireServicePart {
            name: name.clone(),
            state: state.clone(),
        };
        WireService {
            system: match kind {
                Kind::Systemd => "systemd",
                Kind::Launchd => "launchd",
                Kind::Cron => "cron",
            },
            installed: places.iter().all(|place| place.standing != Standing::Missing),
            files: places.iter().map(file).collect(),
            parts: states.iter().map(part).collect(),
        }
    }
}

impl WireStatus {
    /// The shape of `status`.
    pub fn new(session: &Session, status: &Status) -> WireStatus {
        WireStatus {
            vault: session.root.display().to_string(),
            today: session.today.to_string(),
            watcher: status.watcher.as_ref().map(watcher),
            agenda: agenda(status),
            cache: WireCache {
                folder: status.cache.folder.display().to_string(),
                age: status.cache.age.map(seconds),
                facts: status
                    .cache
                    .facts
                    .map(|facts| WireFacts { bytes: facts.size, age: facts.age.map(seconds) }),
                index: index(status),
            },
            lacks: status.lacks.iter().map(lack).collect(),
        }
    }
}

fn seconds(age: Duration) -> u64 {
    age.as_secs()
}

fn watcher(watcher: &Watcher) -> WireWatcher {
    let told = watcher.heartbeat.as_ref();
    let polling = told.and_then(|told| told.polling.clone());
    WireWatcher {
        process: watcher.process,
        started: told.map(|told| stamp(told.started)),
        looked: told.map(|told| stamp(told.looked)),
        notes: told.map(|told| told.notes),
        folders: told.map(|told| told.folders),
        mode: told.map(|_| if polling.is_some() { "polling" } else { "events" }),
        why: polling,
        agenda_written: told.and_then(|told| told.agenda_written).map(stamp),
        trouble: told.and_then(|told| told.trouble.clone()),
    }
}

fn agenda(status: &Status) -> WireAgendaFile {
    let (state, day) = match status.agenda.state {
        AgendaState::Missing => ("missing", None),
        AgendaState::NotOurs => ("not-ours", None),
        AgendaState::Of(day) => ("written", day),
    };
    WireAgendaFile {
        path: status.agenda.path.clone(),
        state,
        day: day.map(|day| day.to_string()),
        age: status.agenda.age.map(seconds),
    }
}

fn index(status: &Status) -> WireIndexFile {
    let index = &status.cache.index;
    let (state, notes, why) = match &index.state {
        OnDisk::Absent => ("absent", None, None),
        OnDisk::OtherVersion => ("other-version", None, None),
        OnDisk::Damaged { why } => ("damaged", None, Some(why.clone())),
        OnDisk::Index { notes } => ("there", Some(*notes), None),
    };
    WireIndexFile { state, notes, bytes: index.size, age: index.age.map(seconds), why }
}

fn lack(lack: &Lack) -> WireLack {
    let (what, detail) = match lack {
        Lack::Watcher => ("watcher", None),
        Lack::Watches(limit) => ("watches", Some(limit.to_string())),
        Lack::Events(name) => ("events", Some(name.clone())),
        Lack::Exchange(name) => ("exchange", Some(name.clone())),
        Lack::Git => ("git", None),
        Lack::Editor => ("editor", None),
        Lack::CacheFolder(folder) => ("cache", Some(folder.display().to_string())),
        Lack::StateFolder(folder) => ("state", Some(folder.display().to_string())),
    };
    WireLack { what, detail }
}
