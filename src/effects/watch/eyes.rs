//! The system's word that something in a vault has changed (inotify on Linux).
//!
//! Folders are watched, never files: a watch on a file dies with the first save that renames. On Linux each folder
//! that is read gets a watch of its own, added before the folder is listed; so a file that is made in a new folder
//! before the watch stands is found by the look, and one that is made after it rings the bell. Hidden and ignored
//! folders have none.

use crate::effects::vault::walk::DEPTH_LIMIT;
use crate::effects::watch::bell::Ringer;
use crate::effects::watch::relevance::{Happening, Relevance};
use crate::effects::watch::root_mark::RootMark;
use notify::event::{CreateKind, ModifyKind};
use notify::{Config, ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// More new folders than this between two looks, and all folders are gone through.
const REMEMBERED: usize = 1000;

/// Only inotify watches each folder by itself; the others watch a tree.
const EACH_FOLDER: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// Why the system does not tell of changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Blind {
    /// All watches that a user may have are taken.
    NoWatchLeft,
    /// All watchers (instances) that a user may have are taken.
    NoInstanceLeft,
    /// The file system does not tell of what other machines do; its name.
    Volume(String),
    /// Somebody asked for it.
    Asked,
    /// The folder of the vault is not there.
    Gone,
    /// Something else.
    Other(String),
}

impl fmt::Display for Blind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Blind::NoWatchLeft => formatter.write_str("all inotify watches of this user are taken"),
            Blind::NoInstanceLeft => {
                formatter.write_str("all inotify instances of this user are taken")
            }
            Blind::Volume(name) => {
                write!(formatter, "the file system ({name}) does not tell of every change")
            }
            Blind::Asked => formatter.write_str("as asked"),
            Blind::Gone => formatter.write_str("the folder of the vault is not there"),
            Blind::Other(why) => formatter.write_str(why),
        }
    }
}

/// Eyes on one vault. Dropping them closes them.
#[derive(Debug)]
pub struct Eyes {
    watcher: RecommendedWatcher,
    relevance: Arc<Relevance>,
    seen: Arc<Seen>,
    mark: RootMark,
    /// How many folders were watched when all of them were last gone through.
    pub folders: usize,
}

/// What the system told since the last look.
#[derive(Debug, Default)]
struct Seen {
    new: Mutex<New>,
    exhausted: AtomicBool,
    ended: AtomicBool,
}

/// Names that may be folders without a watch.
#[derive(Debug)]
enum New {
    All,
    These(Vec<PathBuf>),
}

impl Default for New {
    fn default() -> New {
        New::These(Vec::new())
    }
}

impl Eyes {
    /// Opens eyes on the vault that has the rules `relevance`; what matters rings the bell. Nothing is watched before
    /// the first [`catch_up`](Eyes::catch_up).
    pub fn open(relevance: Relevance, ringer: Ringer) -> Result<Eyes, Blind> {
        let mark = RootMark::of(relevance.root()).ok_or(Blind::Gone)?;
        let relevance = Arc::new(relevance);
        let seen = Arc::new(Seen { new: Mutex::new(New::All), ..Seen::default() });
        let handler = Handler { relevance: relevance.clone(), seen: seen.clone(), ringer };
        let config = Config::default().with_follow_symlinks(false);
        let watcher = RecommendedWatcher::new(handler, config).map_err(|error| blind(&error))?;
        Ok(Eyes { watcher, relevance, seen, mark, folders: 0 })
    }

    /// The root of the vault as it was when they were opened.
    pub fn mark(&self) -> RootMark {
        self.mark
    }

    /// Whether these eyes look at what now lies at the root, by these rules.
    pub fn fit(&self, relevance: &Relevance) -> bool {
        RootMark::of(relevance.root()) == Some(self.mark) && self.relevance.is_same(relevance)
    }

    /// Watches the folders that have come since the last time; with `all` goes through all of them, so that none is
    /// missed for long, whatever happens. An error says that the system cannot tell of all changes any more.
    pub fn catch_up(&mut self, all: bool) -> Result<(), Blind> {
        if self.seen.exhausted.load(Ordering::SeqCst) {
            return Err(Blind::NoWatchLeft);
        }
        if self.seen.ended.load(Ordering::SeqCst) {
            return Err(Blind::Other("the system has stopped to tell of changes".to_owned()));
        }
        let new = self.take_new();
        let root = self.relevance.root().to_owned();
        match new {
            New::These(_) if !all && !EACH_FOLDER => Ok(()),
            New::These(folders) if !all => folders
                .iter()
                .filter(|folder| is_real_folder(folder))
                .try_for_each(|folder| self.watch_below(folder).map(|_| ())),
            New::These(_) | New::All => {
                self.folders = self.watch_below(&root)?;
                if self.folders == 0 { Err(Blind::Gone) } else { Ok(()) }
            }
        }
    }

    fn take_new(&self) -> New {
        self.seen.new.lock().map_or(New::All, |mut new| std::mem::take(&mut *new))
    }

    /// Watches `folder` and the folders in it; how many.
    fn watch_below(&mut self, folder: &Path) -> Result<usize, Blind> {
        if !EACH_FOLDER {
            self.watcher.watch(folder, RecursiveMode::Recursive).map_err(|error| blind(&error))?;
            return Ok(1);
        }
        let mut watched = 0;
        let mut waiting = vec![folder.to_owned()];
        while let Some(folder) = waiting.pop() {
            // The watch first, then the list: what comes in between is in one of the two.
            if self.watch_one(&folder)? {
                watched += 1;
                waiting.extend(self.folders_in(&folder));
            }
        }
        Ok(watched)
    }

    /// Whether it is watched now; a folder that is gone again or cannot be read is not.
    fn watch_one(&mut self, folder: &Path) -> Result<bool, Blind> {
        let Err(error) = self.watcher.watch(folder, RecursiveMode::NonRecursive) else {
            return Ok(true);
        };
        match blind(&error) {
            Blind::Gone => Ok(false),
            Blind::Other(_) if is_refusal(&error) => Ok(false),
            trouble => Err(trouble),
        }
    }

    /// The folders directly in `folder` that are read: those that the walk enters.
    fn folders_in(&self, folder: &Path) -> Vec<PathBuf> {
        let is_entered = |path: &PathBuf| {
            let relative = path.strip_prefix(self.relevance.root()).ok().and_then(Path::to_str);
            relative.is_some_and(|relative| {
                relative.matches('/').count() < DEPTH_LIMIT && self.relevance.enters(relative)
            })
        };
        let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
        let folders = entries
            .flatten()
            .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
            .map(|entry| entry.path());
        folders.filter(is_entered).collect()
    }
}

fn is_real_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir())
}

/// What the system calls, on a thread of its own, where nothing may take long.
struct Handler {
    relevance: Arc<Relevance>,
    seen: Arc<Seen>,
    ringer: Ringer,
}

impl notify::EventHandler for Handler {
    fn handle_event(&mut self, event: notify::Result<Event>) {
        match event {
            Ok(event) => self.event(event),
            Err(error) => {
                if blind(&error) == Blind::NoWatchLeft {
                    self.seen.exhausted.store(true, Ordering::SeqCst);
                }
                self.doubt();
            }
        }
    }
}

impl Drop for Handler {
    /// The thread of the watcher has ended, which it must not do by itself.
    fn drop(&mut self) {
        self.seen.ended.store(true, Ordering::SeqCst);
        self.ringer.ring();
    }
}

impl Handler {
    fn event(&self, event: Event) {
        // Our own reading makes these.
        if matches!(event.kind, EventKind::Access(_)) {
            return;
        }
        if event.need_rescan() || event.paths.is_empty() {
            return self.doubt();
        }
        let happening = happening(event.kind);
        let mut matter = event.paths;
        matter.retain(|path| self.relevance.matters(path, happening));
        if matter.is_empty() {
            return;
        }
        if happening == Happening::Name {
            self.remember(matter);
        }
        self.ringer.ring();
    }

    /// Events were lost: everything must be looked at.
    fn doubt(&self) {
        if let Ok(mut new) = self.seen.new.lock() {
            *new = New::All;
        }
        self.ringer.ring();
    }

    fn remember(&self, paths: Vec<PathBuf>) {
        let Ok(mut new) = self.seen.new.lock() else { return };
        if let New::These(folders) = &mut *new {
            folders.extend(paths);
            if folders.len() > REMEMBERED {
                *new = New::All;
            }
        }
    }
}

fn happening(kind: EventKind) -> Happening {
    match kind {
        EventKind::Modify(ModifyKind::Data(_)) | EventKind::Create(CreateKind::File) => {
            Happening::Bytes
        }
        _ => Happening::Name,
    }
}

fn blind(error: &notify::Error) -> Blind {
    match &error.kind {
        ErrorKind::MaxFilesWatch => Blind::NoWatchLeft,
        ErrorKind::PathNotFound => Blind::Gone,
        ErrorKind::Io(source) => of_io(source),
        _ => Blind::Other(error.to_string()),
    }
}

#[cfg(unix)]
fn of_io(error: &io::Error) -> Blind {
    use rustix::io::Errno;
    let is = |errno: Errno| error.raw_os_error() == Some(errno.raw_os_error());
    if is(Errno::MFILE) || is(Errno::NFILE) {
        Blind::NoInstanceLeft
    } else if is(Errno::NOSPC) {
        Blind::NoWatchLeft
    } else if is(Errno::NOENT) || is(Errno::NOTDIR) {
        Blind::Gone
    } else {
        Blind::Other(error.to_string())
    }
}

#[cfg(not(unix))]
fn of_io(error: &io::Error) -> Blind {
    match error.kind() {
        io::ErrorKind::NotFound => Blind::Gone,
        _ => Blind::Other(error.to_string()),
    }
}

fn is_refusal(error: &notify::Error) -> bool {
    matches!(&error.kind, ErrorKind::Io(error) if error.kind() == io::ErrorKind::PermissionDenied)
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use crate::effects::watch::bell::{Bell, Woken};
    use crate::effects::watch::eyes::{Blind, Eyes};
    use crate::effects::watch::relevance::Relevance;
    use std::fs;
    use std::path::Path;
    use std::time::Duration;

    const LONG: Duration = Duration::from_secs(20);
    const SHORT: Duration = Duration::from_millis(300);

    /// Eyes on a new vault with `people/` and `old/`, which is ignored.
    fn eyes() -> (tempfile::TempDir, Bell, Eyes) {
        let root = tempfile::tempdir().unwrap();
        for folder in ["people", "old", ".git/objects"] {
            fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        fs::write(root.path().join(".tiesignore"), "old/\n").unwrap();
        let bell = Bell::new();
        let relevance = Relevance::of(&root.path().canonicalize().unwrap(), &[]);
        let mut eyes = Eyes::open(relevance, bell.ringer()).unwrap();
        eyes.catch_up(false).unwrap();
        (root, bell, eyes)
    }

    fn check_rings(rings: bool, act: impl FnOnce(&Path)) {
        let (root, bell, _eyes) = eyes();
        act(&root.path().canonicalize().unwrap());
        let woken = bell.wait(if rings { LONG } else { SHORT });
        assert_eq!(woken, if rings { Woken::Rung } else { Woken::Quiet });
    }

    #[test]
    fn a_save_rings_and_what_nobody_reads_does_not() {
        check_rings(true, |root| fs::write(root.join("people/ana.md"), "x").unwrap());
        check_rings(true, |root| fs::write(root.join("ties.toml"), "x").unwrap());
        check_rings(true, |root| fs::remove_dir(root.join("people")).unwrap());
        check_rings(false, |root| fs::write(root.join("old/ana.md"), "x").unwrap());
        check_rings(false, |root| fs::write(root.join(".git/objects/ana.md"), "x").unwrap());
        check_rings(false, |root| fs::write(root.join("people/.ana.md.swp"), "x").unwrap());
        check_rings(false, |root| {
            assert_eq!(fs::read_dir(root.join("people")).unwrap().count(), 0);
        });
    }

    #[test]
    fn only_folders_that_are_read_are_watched() {
        let (_root, _bell, eyes) = eyes();
        assert_eq!(eyes.folders, 2);
    }

    #[test]
    fn a_new_folder_is_watched_after_the_next_catching_up() {
        let (root, bell, mut eyes) = eyes();
        fs::create_dir_all(root.path().join("people/family/near")).unwrap();
        assert_eq!(bell.wait(LONG), Woken::Rung);
        eyes.catch_up(false).unwrap();
        while bell.wait(SHORT) == Woken::Rung {}
        fs::write(root.path().join("people/family/near/eva.md"), "x").unwrap();
        assert_eq!(bell.wait(LONG), Woken::Rung);
    }

    #[test]
    fn a_folder_that_came_with_its_folders_is_watched_as_a_whole() {
        let (root, bell, mut eyes) = eyes();
        let elsewhere = tempfile::tempdir_in(root.path().parent().unwrap()).unwrap();
        fs::create_dir_all(elsewhere.path().join("a/b")).unwrap();
        fs::rename(elsewhere.path().join("a"), root.path().join("people/a")).unwrap();
        assert_eq!(bell.wait(LONG), Woken::Rung);
        eyes.catch_up(false).unwrap();
        while bell.wait(SHORT) == Woken::Rung {}
        fs::write(root.path().join("people/a/b/eva.md"), "x").unwrap();
        assert_eq!(bell.wait(LONG), Woken::Rung);
    }

    #[test]
    fn another_root_of_the_same_name_wants_other_eyes() {
        let (root, _bell, mut eyes) = eyes();
        let vault = root.path().canonicalize().unwrap();
        assert!(eyes.fit(&Relevance::of(&vault, &[])));
        assert!(!eyes.fit(&Relevance::of(&vault, &["x".to_owned()])));
        fs::rename(&vault, vault.with_extension("away")).unwrap();
        assert!(!eyes.fit(&Relevance::of(&vault, &[])));
        assert_eq!(eyes.catch_up(true), Err(Blind::Gone));
        fs::create_dir(&vault).unwrap();
        assert!(!eyes.fit(&Relevance::of(&vault, &[])));
        fs::remove_dir_all(vault.with_extension("away")).unwrap();
    }
}
