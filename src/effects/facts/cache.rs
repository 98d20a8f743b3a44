//! The files of the cache of one vault: who may write them, and how they are replaced.
//!
//! Always true here: whoever is cut off at any moment leaves facts that are whole, and whoever reads older ones finds
//! every note that they speak of.

use crate::effects::facts::known::Known;
use crate::effects::facts::pile::Pile;
use crate::effects::facts::store::{
    Gists, Head, Missing, Stored, ToStore, bytes, generation, load,
};
use crate::effects::places::make_private_folder;
use crate::effects::vault::walk::AlikeCopy;
use crate::people::outline::Outline;
use crate::text::fingerprint::hash;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// A pile with more dead bytes than living ones, and more than this, is made anew.
const DEAD_LIMIT: u64 = 1 << 20;
/// So many bytes of notes wait in memory at most, so that it does not grow with the vault.
const WAITING_LIMIT: usize = 1 << 20;

/// The files of the cache.
#[derive(Debug)]
pub struct Cache<'a> {
    /// Their folder, which may not exist yet.
    pub folder: &'a Path,
    /// What the facts are made with; others are not read.
    pub key: u64,
}

impl Cache<'_> {
    fn facts(&self) -> PathBuf {
        self.folder.join("facts")
    }

    fn pile(&self, number: u64) -> PathBuf {
        self.folder.join(format!("notes-{number:016x}"))
    }

    /// The facts on disk, and the pile that they speak of.
    ///
    /// Between two looks another process may have put its pile in the place of the one that the facts spoke of: only
    /// facts that are still the same ones are damaged.
    pub fn load(&self) -> Result<(Stored, Pile), Missing> {
        let mut seen = None;
        loop {
            let loaded = self.load_once();
            if loaded.as_ref().err() != Some(&Missing::Damaged) {
                return loaded;
            }
            let now = Some(generation(&self.facts()));
            if seen == now {
                return loaded;
            }
            seen = now;
        }
    }

    fn load_once(&self) -> Result<(Stored, Pile), Missing> {
        let stored = load(&self.facts(), self.key)?;
        let pile = Pile::open(&self.pile(stored.head.pile), stored.head.pile_end);
        pile.map(|pile| (stored, pile)).map_err(|_| Missing::Damaged)
    }

    /// Keeps the one damaged file for whoever wants to look at it. Whether that was done: another process may have
    /// made the facts anew already.
    pub fn set_aside(&self) -> bool {
        let Ok(Some(_lock)) = self.lock() else { return false };
        self.load().err() == Some(Missing::Damaged)
            && std::fs::rename(self.facts(), self.folder.join("facts.damaged")).is_ok()
    }

    /// The right to write facts that follow those with the head `loaded`; `None` where another process writes.
    pub fn writing(&self, loaded: Option<&Head>) -> io::Result<Option<Writing<'_>>> {
        let Some(lock) = self.lock()? else { return Ok(None) };
        let generation_of = |head: &Head| head.generation;
        // Another process may have been faster: then its facts stay.
        if loaded.is_some() && generation(&self.facts()) != loaded.map(generation_of) {
            return Ok(None);
        }
        let stored = loaded.map(|head| head.pile);
        let number = stored.unwrap_or_else(|| unique(SystemTime::now()));
        Ok(Some(Writing { cache: self, number, stored, _lock: lock }))
    }

    /// The right to write, while it is held; `None` where another process has it.
    fn lock(&self) -> io::Result<Option<File>> {
        make_private_folder(self.folder)?;
        let path = self.folder.join("facts.lock");
        let file = private().create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    fn open_pile(&self, number: u64) -> io::Result<File> {
        private().create(true).truncate(false).open(self.pile(number))
    }

    fn replace_facts(&self, bytes: &[u8]) -> io::Result<()> {
        let aside = self.folder.join("facts.new");
        // Whatever a process that was cut off left there, it is not written through.
        let _ = std::fs::remove_file(&aside);
        let file = private().create_new(true).open(&aside);
        let written = file.and_then(|mut file| io::Write::write_all(&mut file, bytes));
        let replaced = written.and_then(|()| std::fs::rename(&aside, self.facts()));
        if replaced.is_err() {
            // On a full disk its room is wanted.
            let _ = std::fs::remove_file(&aside);
        }
        replaced
    }

    /// Removes the piles that no facts speak of. Who still reads one keeps it open.
    fn sweep(&self, living: u64) {
        let living = self.pile(living);
        for entry in std::fs::read_dir(self.folder).into_iter().flatten().flatten() {
            let is_pile = entry.file_name().to_string_lossy().starts_with("notes-");
            if is_pile && entry.path() != living {
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }
}

/// A file that only its owner can read. For reading too, so that opening a pipe in its place makes nobody wait.
fn private() -> OpenOptions {
    let mut options = File::options();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// The right to write facts, and where their pile is being written.
#[derive(Debug)]
pub struct Writing<'a> {
    cache: &'a Cache<'a>,
    number: u64,
    // The pile that the facts on disk speak of.
    stored: Option<u64>,
    _lock: File,
}

/// A number that no other process of this machine takes.
fn unique(moment: SystemTime) -> u64 {
    let nanoseconds = moment.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
    hash(&[&nanoseconds.to_string(), &std::process::id().to_string()])
}

/// What was gathered and is to be stored.
#[derive(Debug)]
pub struct ToWrite<'a> {
    /// All notes in short.
    pub outline: &'a Outline,
    /// Their gists.
    pub gists: &'a Gists,
    /// Copies of notes, told by their texts.
    pub copies: &'a [AlikeCopy],
}

impl Writing<'_> {
    /// Puts what waits in `pile` on disk where that is much. Where it cannot be, it waits on.
    pub fn relieve(&self, pile: &mut Pile) {
        if pile.waiting() > WAITING_LIMIT {
            let _ = self.cache.open_pile(self.number).and_then(|file| pile.write(file));
        }
    }

    /// Puts all facts on disk, and with them what waits in `pile`; `known` learns where notes lie now.
    pub fn store(
        self,
        pile: &mut Pile,
        known: &mut [Known],
        gathered: &ToWrite<'_>,
        fingerprint: u64,
    ) -> io::Result<()> {
        let mut number = self.number;
        let living = known.iter().map(|known| u64::from(known.place.length)).sum::<u64>();
        if pile.end() > 2 * living + DEAD_LIMIT {
            number = unique(SystemTime::now());
            *pile = repacked(pile, known);
        }
        let stored = self.write(number, pile, known, gathered, fingerprint);
        if stored.is_err() && self.stored != Some(number) {
            // No facts speak of it; who has it open reads on.
            let _ = std::fs::remove_file(self.cache.pile(number));
        }
        stored
    }

    fn write(
        &self,
        number: u64,
        pile: &mut Pile,
        known: &[Known],
        gathered: &ToWrite<'_>,
        fingerprint: u64,
    ) -> io::Result<()> {
        pile.write(self.cache.open_pile(number)?)?;
        let facts = ToStore {
            key: self.cache.key,
            generation: unique(SystemTime::now()),
            pile: number,
            pile_end: pile.end(),
            fingerprint,
            known,
            copies: gathered.copies,
            outline: gathered.outline,
            gists: gathered.gists,
        };
        let bytes = bytes(&facts).map_err(io::Error::other)?;
        self.cache.replace_facts(&bytes)?;
        self.cache.sweep(number);
        Ok(())
    }
}

/// The living notes of a pile, each in its new place.
fn repacked(pile: &Pile, known: &mut [Known]) -> Pile {
    let mut packed = Pile::default();
    for known in known {
        // A note that is not there stays so: it is read from its file.
        known.place = packed.push(&pile.get(known.place).unwrap_or_default());
    }
    packed
}
