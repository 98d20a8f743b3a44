//! How the watcher is, in a small file for `ties status`. It is only told, never relied on: whether a watcher runs is
//! asked of its seat, and what the notes hold is asked of the notes.

use crate::effects::state::State;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io;

/// The version of the shape; another one is not read.
const VERSION: u32 = 1;

/// Longer files are not ours.
const LIMIT: u64 = 64 * 1024;

/// What the watcher tells of itself. Moments are seconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Heartbeat {
    version: u32,
    /// Its process.
    pub process: u32,
    /// When it began.
    pub started: u64,
    /// When it last looked at the vault.
    pub looked: u64,
    /// How many notes there were.
    pub notes: usize,
    /// How many folders the system watches for it.
    pub folders: usize,
    /// Where it looks every few seconds: why.
    pub polling: Option<String>,
    /// When it last wrote the agenda.
    pub agenda_written: Option<u64>,
    /// What keeps it from its work.
    pub trouble: Option<String>,
}

impl Heartbeat {
    /// The first one of this process.
    pub fn new(started: u64) -> Heartbeat {
        let process = std::process::id();
        Heartbeat { version: VERSION, process, started, ..Heartbeat::default() }
    }

    /// Whether `other` says the same of another look.
    pub fn says_the_same(&self, other: &Heartbeat) -> bool {
        let other = Heartbeat { looked: self.looked, ..other.clone() };
        *self == other
    }

    /// Writes it in the place of the one before, in one step.
    pub fn write(&self, state: &State) -> io::Result<()> {
        let text = serde_json::to_string(self).map_err(io::Error::other)?;
        let file = state.watcher_file();
        let temporary = file.with_extension("json.tmp");
        fs::write(&temporary, text)?;
        fs::rename(temporary, file)
    }

    /// The last one that a watcher of this vault wrote, whether it still runs or not.
    pub fn read(state: &State) -> Option<Heartbeat> {
        let file = state.watcher_file();
        let small = file.metadata().ok().filter(|metadata| metadata.len() < LIMIT)?.is_file();
        let text = small.then(|| fs::read_to_string(file).ok())??;
        let heartbeat = serde_json::from_str::<Heartbeat>(&text).ok()?;
        (heartbeat.version == VERSION).then_some(heartbeat)
    }
}

#[cfg(test)]
mod tests {
    use crate::effects::state::State;
    use crate::effects::watch::heartbeat::Heartbeat;

    #[test]
    fn what_is_written_is_read_and_nonsense_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path());
        assert_eq!(Heartbeat::read(&state), None);
        let polling = Some("as asked".to_owned());
        let heartbeat = Heartbeat { notes: 3, polling, ..Heartbeat::new(7) };
        heartbeat.write(&state).unwrap();
        assert_eq!(Heartbeat::read(&state), Some(heartbeat.clone()));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        for nonsense in ["", "{", "[]", r#"{"version":2}"#] {
            std::fs::write(state.watcher_file(), nonsense).unwrap();
            assert_eq!(Heartbeat::read(&state), None, "{nonsense}");
        }
    }
}
