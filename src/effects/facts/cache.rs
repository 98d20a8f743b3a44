//! The files of the cache of one vault: who may write them, and how they are replaced.
//!
//! Always true here: whoever is cut off at any moment leaves facts that are whole, and whoever reads older ones finds
//! every note that they speak of.

use crate::effects::facts::known::{Known, KnownFiles, Place};
use crate::effects::facts::pile::Pile;
use crate::effects::facts::store::{Head, Missing, Pieces, Stored, generation, load, pieces};
use crate::effects::places::make_private_folder;
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

/// The facts on disk.
#[derive(Debug)]
pub struct Loaded {
    /// Who wrote them.
    pub head: Head,
    /// The facts.
    pub stored: Stored,
    /// The pile that they speak of.
    pub pile: Pile,
}

impl Cache<'_> {
    fn facts(&self) -> PathBuf {
        self.folder.join("facts")
    }

    fn pile(&self, number: u64) -> PathBuf {
        self.folder.join(format!("notes-{number:016x}"))
    }

    /// The facts on disk.
    ///
    /// Between two looks another process may have put its pile in the place of the one that the facts spoke of: only
    /// facts that are still the same ones are damaged.
    pub fn load(&self) -> Result<Loaded, Missing> {
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

    fn load_once(&self) -> Result<Loaded, Missing> {
        let (head, stored) = load(&self.facts(), self.key)?;
        let pile = Pile::open(&self.pile(head.pile), head.pile_end);
        pile.map(|pile| Loaded { head, stored, pile }).map_err(|_| Missing::Damaged)
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

    fn replace_facts(&self, pieces: &Pieces<'_>) -> io::Result<()> {
        let aside = self.folder.join("facts.new");
        // Whatever a process that was cut off left there, it is not written through.
        let _ = std::fs::remove_file(&aside);
        let written = private().create_new(true).open(&aside).and_then(|mut file| {
            pieces.iter().try_for_each(|piece| io::Write::write_all(&mut file, piece))
        });
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

impl Writing<'_> {
    /// Puts what waits in `pile` on disk where that is much. Where it cannot be, it waits on.
    pub fn relieve(&self, pile: &mut Pile) {
        if pile.waiting() > WAITING_LIMIT {
            let _ = self.cache.open_pile(self.number).and_then(|file| pile.write(file));
        }
    }

    /// Puts the facts on disk, and with them what waits in `pile`. A pile that is mostly dead is made anew, and the
    /// facts learn where things lie now.
    pub fn store(self, facts: &mut Stored, pile: &mut Pile, fingerprint: u64) -> io::Result<()> {
        let mut number = self.number;
        let places = |known: Known| [known.note, known.gist];
        let places = known_files(&facts.known).flat_map(places);
        let living = places.map(|place| u64::from(place.length)).sum::<u64>();
        if pile.end() > 2 * living + DEAD_LIMIT {
            number = unique(SystemTime::now());
            (*pile, facts.known) = repacked(pile, &facts.known);
        }
        let stored = self.write(number, facts, pile, fingerprint);
        if stored.is_err() && self.stored != Some(number) {
            // No facts speak of it; who has it open reads on.
            let _ = std::fs::remove_file(self.cache.pile(number));
        }
        stored
    }

    fn write(
        &self,
        number: u64,
        facts: &Stored,
        pile: &mut Pile,
        fingerprint: u64,
    ) -> io::Result<()> {
        pile.write(self.cache.open_pile(number)?)?;
        let generation = unique(SystemTime::now());
        let (key, pile, pile_end) = (self.cache.key, number, pile.end());
        let head = Head { key, generation, pile, pile_end, fingerprint };
        let pieces = pieces(head, facts).map_err(io::Error::other)?;
        self.cache.replace_facts(&pieces)?;
        self.cache.sweep(number);
        Ok(())
    }
}

fn known_files(known: &KnownFiles) -> impl Iterator<Item = Known> {
    known.rows(0, known.len()).map(Known::from_row)
}

/// What lives of a pile, each thing in its new place.
fn repacked(pile: &Pile, known: &KnownFiles) -> (Pile, KnownFiles) {
    let mut packed = Pile::default();
    // A note that is not there stays so: it is read from its file.
    let mut put = |place: Place| packed.push(&pile.get(place).unwrap_or_default());
    let known = known_files(known);
    let known = known.map(|known| Known { note: put(known.note), gist: put(known.gist), ..known });
    let known = KnownFiles::of(known.map(Known::to_row));
    (packed, known)
}

/// A number that no other process of this machine takes.
fn unique(moment: SystemTime) -> u64 {
    let nanoseconds = moment.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
    hash(&[&nanoseconds.to_string(), &std::process::id().to_string()])
}
