//! The whole write path on trial: faults, crashes and saves of the person at every single moment of a change.
//!
//! Compiled for tests only. What a killed process, a full disk and a power cut really leave is beyond it.
#![cfg(test)]

use crate::effects::lock::Lock;
use crate::effects::state::State;
use crate::effects::vault::commit::{commit, preview};
use crate::effects::vault::commit_error::CommitError;
use crate::effects::vault::journal::is_pending;
use crate::effects::vault::moment::{Moment, watched};
use crate::effects::vault::recover::{Ending, recover};
use crate::effects::vault::transaction::Committed;
use crate::effects::vault::undo::{latest, undo, undo_list, undo_preview};
use crate::note::change::{Change, FileChange, Refusal, Wish};
use crate::note::path::NotePath;
use proptest::prelude::*;
use rustix::io::Errno;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

type Files = BTreeMap<String, String>;

/// A vault and its state folder.
struct Trial {
    folder: tempfile::TempDir,
}

impl Trial {
    fn new(files: &[(&str, &str)]) -> Trial {
        // In memory where that can be: thousands of syncs are slow, and the faults here are our own.
        let memory = Path::new("/dev/shm");
        let around = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let trial = Trial { folder: tempfile::tempdir_in(around).unwrap() };
        fs::create_dir(trial.root()).unwrap();
        for (path, text) in files {
            let path = trial.root().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        trial
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("vault")
    }

    fn state(&self) -> State {
        State::open(self.folder.path().join("state"))
    }

    fn lock(&self) -> Lock {
        Lock::acquire(&self.state(), Duration::ZERO).unwrap()
    }

    fn commit(&self, change: &Change) -> Result<Committed, CommitError> {
        commit(&self.root(), &self.lock(), change, "a morning", &append)
    }

    fn undo(&self, number: u64) -> Result<Committed, CommitError> {
        undo(&self.root(), &self.lock(), number, "an evening")
    }

    fn undo_latest(&self) -> Result<Committed, CommitError> {
        let list = undo_list(&self.state()).unwrap();
        self.undo(latest(&list).unwrap().number)
    }

    /// Every file and empty folder of the vault, hidden ones too.
    fn files(&self) -> Files {
        let mut files = Files::new();
        let mut folders = vec![self.root()];
        while let Some(folder) = folders.pop() {
            let entries = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
            let entries = entries.collect::<Vec<_>>();
            let name = |path: &Path| path.strip_prefix(self.root()).unwrap().display().to_string();
            if entries.is_empty() {
                files.insert(format!("{}/", name(&folder)), String::new());
            }
            for path in entries {
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.insert(name(&path), fs::read_to_string(&path).unwrap());
                }
            }
        }
        files
    }
}

/// Plans like the real one in all that matters here: the new text depends on the text that is there.
fn append(_: &NotePath, text: &str, wishes: &[Wish]) -> Result<String, Refusal> {
    let mut text = text.to_owned();
    for wish in wishes {
        if let Wish::AppendItem { lines, .. } = wish {
            text.push_str(&format!("- {}\n", lines.join("\n")));
        }
    }
    Ok(text)
}

fn path(path: &str) -> NotePath {
    NotePath::new(path).unwrap()
}

fn edit(name: &str) -> FileChange {
    let lines = vec!["ours".to_owned()];
    FileChange::Edit { path: path(name), wishes: vec![Wish::AppendItem { headings: None, lines }] }
}

fn create(name: &str) -> FileChange {
    FileChange::Create { path: path(name), text: "new\n".into() }
}

fn regenerate(name: &str, before: Option<&str>, text: &str) -> FileChange {
    let before = before.map(str::to_owned);
    FileChange::Regenerate { path: path(name), before, text: text.into() }
}

fn change(files: Vec<FileChange>) -> Change {
    Change { title: "a change".into(), files }
}

fn files(list: &[(&str, &str)]) -> Files {
    list.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

const OLD: &[(&str, &str)] = &[("a.md", "a\n"), ("people/b.md", "b\n")];
const NEW: &[(&str, &str)] =
    &[("a.md", "a\n- ours\n"), ("c/d/e.md", "new\n"), ("people/b.md", "b\n- ours\n")];

/// Two edits and a creation in new folders.
fn many() -> Change {
    change(vec![edit("a.md"), create("c/d/e.md"), edit("people/b.md")])
}

#[test]
fn a_change_is_written_listed_and_undone_to_the_byte() {
    let trial = Trial::new(OLD);
    let committed = trial.commit(&many()).unwrap();
    assert_eq!(committed.entry, Some(1));
    assert_eq!(committed.written, [path("a.md"), path("c/d/e.md"), path("people/b.md")]);
    assert_eq!(trial.files(), files(NEW));
    let list = undo_list(&trial.state()).unwrap();
    assert_eq!((list[0].title.as_str(), list[0].stamp.as_str()), ("a change", "a morning"));
    let shown = undo_preview(&trial.root(), &trial.state(), 1).unwrap();
    assert_eq!((shown[1].before.as_deref(), shown[1].after.as_deref()), (Some("new\n"), None));
    assert_eq!(trial.undo(1).unwrap().entry, Some(2));
    assert_eq!(trial.files(), files(OLD));
}

#[test]
fn an_undone_change_cannot_be_undone_again_but_its_undo_can() {
    let trial = Trial::new(OLD);
    trial.commit(&many()).unwrap();
    trial.commit(&change(vec![edit("a.md")])).unwrap();
    trial.undo_latest().unwrap();
    trial.undo_latest().unwrap();
    assert_eq!(trial.files(), files(OLD));
    assert!(latest(&undo_list(&trial.state()).unwrap()).is_none());
    assert!(matches!(trial.undo(1), Err(CommitError::AlreadyUndone { number: 1, .. })));
    assert!(matches!(trial.undo(9), Err(CommitError::NoSuchEntry { number: 9 })));
    trial.undo(4).unwrap();
    assert_eq!(trial.files(), files(NEW));
    trial.undo_latest().unwrap();
    assert_eq!(trial.files(), files(OLD));
}

#[test]
fn an_entry_that_cannot_be_read_is_never_passed_over() {
    let trial = Trial::new(OLD);
    trial.commit(&many()).unwrap();
    trial.commit(&change(vec![edit("a.md")])).unwrap();
    fs::write(trial.state().journal().join("000002.json"), "{").unwrap();
    let error = trial.undo_latest().unwrap_err().to_string();
    assert!(error.starts_with("cannot read change 2: it is damaged"), "{error}");
    assert!(matches!(trial.undo(1), Err(CommitError::Changed { .. })));
}

#[test]
fn undo_touches_nothing_where_one_note_has_changed() {
    let trial = Trial::new(OLD);
    trial.commit(&many()).unwrap();
    fs::write(trial.root().join("people/b.md"), "hers\n").unwrap();
    let before = trial.files();
    let error = trial.undo(1).unwrap_err();
    assert!(matches!(&error, CommitError::Changed { path } if path.as_str() == "people/b.md"));
    assert_eq!(trial.files(), before);
}

#[test]
fn a_folder_that_the_person_uses_stays_when_its_making_is_undone() {
    let trial = Trial::new(OLD);
    trial.commit(&many()).unwrap();
    fs::write(trial.root().join("c/hers.md"), "hers\n").unwrap();
    trial.undo(1).unwrap();
    assert_eq!(trial.files().remove("c/hers.md").as_deref(), Some("hers\n"));
    assert!(!trial.root().join("c/d").exists());
}

#[test]
fn what_is_there_already_is_not_written() {
    let trial = Trial::new(OLD);
    let nothing = FileChange::Edit { path: path("a.md"), wishes: vec![] };
    let same = regenerate("people/b.md", Some("older"), "b\n");
    let committed = trial.commit(&change(vec![nothing, same])).unwrap();
    assert_eq!(committed, Committed::default());
    assert!(undo_list(&trial.state()).unwrap().is_empty());
}

#[test]
fn a_preview_writes_nothing_at_all() {
    let trial = Trial::new(OLD);
    let shown = preview(&trial.root(), &many(), &append).unwrap();
    assert_eq!(shown[0].after.as_deref(), Some("a\n- ours\n"));
    assert_eq!((trial.files(), trial.state().folder().exists()), (files(OLD), false));
}

/// The error of a change that must leave everything as it is.
fn check_refused(trial: &Trial, files: Vec<FileChange>) -> String {
    let before = trial.files();
    let error = trial.commit(&change(files)).unwrap_err();
    assert_eq!(trial.files(), before);
    assert!(!is_pending(&trial.state()));
    error.to_string()
}

#[test]
fn a_change_that_cannot_be_made_wholly_is_not_made_at_all() {
    let trial = Trial::new(OLD);
    symlink("a.md", trial.root().join("link.md")).unwrap();
    let check = |other| check_refused(&trial, vec![edit("a.md"), other]);
    assert_eq!(
        check(create("people/b.md")),
        "people/b.md is left as it is: there is such a file already"
    );
    assert_eq!(
        check(regenerate("people/b.md", None, "x")),
        "people/b.md has changed in the meantime, so nothing was written"
    );
    assert_eq!(
        check(regenerate("people/b.md", Some("c"), "x")),
        check(regenerate("people/b.md", None, "x"))
    );
    assert_eq!(check(edit("none.md")), "cannot change none.md: entity not found");
    assert_eq!(
        check(edit("link.md")),
        "link.md is left as it is: it is changed twice at once, perhaps through a link"
    );
    assert_eq!(
        check(regenerate("people/b.md", Some("b\n"), " \n")),
        "people/b.md is left as it is: the change would leave it empty"
    );
    assert!(check(create(&format!("{}.md", "x".repeat(300)))).contains("File name too long"));
}

#[test]
fn links_and_modes_stay_and_the_target_is_written() {
    let trial = Trial::new(OLD);
    symlink("people/b.md", trial.root().join("link.md")).unwrap();
    let note = trial.root().join("people/b.md");
    fs::set_permissions(&note, fs::Permissions::from_mode(0o606)).unwrap();
    trial.commit(&change(vec![edit("link.md")])).unwrap();
    assert_eq!(fs::read_to_string(&note).unwrap(), "b\n- ours\n");
    assert_eq!(note.metadata().unwrap().permissions().mode() & 0o7777, 0o606);
    assert!(trial.root().join("link.md").is_symlink());
    trial.undo_latest().unwrap();
    assert_eq!(fs::read_to_string(&note).unwrap(), "b\n");
}

#[test]
fn a_note_that_is_saved_meanwhile_is_planned_anew() {
    let trial = Trial::new(OLD);
    let (note, rounds) = (trial.root().join("a.md"), Cell::new(0));
    let plan = |path: &NotePath, text: &str, wishes: &[Wish]| {
        rounds.set(rounds.get() + 1);
        if rounds.get() == 1 {
            fs::write(&note, "a\nhers\n").unwrap();
        }
        append(path, text, wishes)
    };
    commit(&trial.root(), &trial.lock(), &change(vec![edit("a.md")]), "", &plan).unwrap();
    assert_eq!(fs::read_to_string(&note).unwrap(), "a\nhers\n- ours\n");
}

#[test]
fn a_note_that_is_saved_again_and_again_is_left_to_the_person_and_ours_lies_beside_it() {
    let trial = Trial::new(OLD);
    let (note, rounds) = (trial.root().join("people/b.md"), Cell::new(0));
    let plan = |path: &NotePath, text: &str, wishes: &[Wish]| {
        rounds.set(rounds.get() + 1);
        if path.as_str() == "people/b.md" {
            fs::write(&note, format!("hers {}\n", rounds.get())).unwrap();
        }
        append(path, text, wishes)
    };
    let error = commit(&trial.root(), &trial.lock(), &many(), "", &plan).unwrap_err();
    let CommitError::Conflict { path, copy } = error else { panic!("{error}") };
    assert!(!is_pending(&trial.state()));
    assert_eq!(path.as_str(), "people/b.md");
    let hers = format!("hers {}\n", rounds.get());
    let ours = format!("hers {}\n- ours\n", rounds.get() - 2);
    assert_eq!(
        trial.files(),
        files(&[("a.md", "a\n"), ("people/b.md", hers.as_str()), (copy.as_str(), ours.as_str())])
    );
}

/// Fails the calls from the `first`-th on, `count` of them, with `errno`. Gives what `act` gives, and whether a call
/// failed.
fn failing<T>(first: usize, count: usize, errno: Errno, act: impl FnOnce() -> T) -> (T, bool) {
    let reached = Rc::new(Cell::new(0));
    let counter = Rc::clone(&reached);
    let watcher = move |_| {
        let number = counter.replace(counter.get() + 1);
        let fails = number >= first && number - first < count;
        if fails { Err(io::Error::from(errno)) } else { Ok(()) }
    };
    let result = watched(watcher, act);
    (result, reached.get() > first)
}

/// Runs `act` on fresh trials, with `count` calls failing from every one on; after each, the files are one of the
/// two sides or a recovery makes them so, and a result without error means `new`. Gives the number of runs.
fn check_faults(
    start: impl Fn() -> Trial,
    (old, new): (&Files, &Files),
    act: impl Fn(&Trial) -> Result<Committed, CommitError>,
    count: usize,
) -> usize {
    for first in 0.. {
        let trial = start();
        let (result, failed) = failing(first, count, Errno::NOSPC, || act(&trial));
        let (now, whole) = (trial.files(), |files: &Files| files == old || files == new);
        match &result {
            Ok(_) => assert_eq!(&now, new, "call {first}"),
            Err(CommitError::Unfinished { .. } | CommitError::Stuck { .. }) => {}
            Err(_) if count == 1 => assert_eq!(&now, old, "call {first}"),
            Err(_) => {}
        }
        for (name, text) in
            now.iter().filter(|(name, _)| !name.contains(".tmp") && !name.ends_with('/'))
        {
            assert!(
                [old.get(name), new.get(name)].contains(&Some(text)),
                "call {first}: {name} {text:?}"
            );
        }
        let told_wholly = matches!(&result, Err(error) if error.hint().is_none());
        assert!(!(told_wholly && count == 1 && is_pending(&trial.state())), "call {first}");
        recover(&trial.root(), &trial.lock()).unwrap();
        assert!(whole(&trial.files()), "call {first}: {:?} after {result:?}", trial.files());
        assert!(!is_pending(&trial.state()));
        if !failed {
            return first;
        }
    }
    0
}

#[test]
fn a_failing_call_or_a_crash_at_any_moment_leaves_all_or_nothing() {
    for count in [1, usize::MAX] {
        let commit_many = |trial: &Trial| trial.commit(&many());
        let runs = check_faults(|| Trial::new(OLD), (&files(OLD), &files(NEW)), commit_many, count);
        assert!(runs > 20, "{runs}");
    }
}

#[test]
fn a_failing_call_or_a_crash_at_any_moment_of_an_undo_leaves_all_or_nothing() {
    let start = || {
        let trial = Trial::new(OLD);
        trial.commit(&many()).unwrap();
        trial
    };
    for count in [1, usize::MAX] {
        let runs = check_faults(start, (&files(NEW), &files(OLD)), |trial| trial.undo(1), count);
        assert!(runs > 20, "{runs}");
    }
}

/// Like a file system that knows neither exchange nor exclusive rename, with a crash at the `crash`-th call.
fn on_a_simple_disk<T>(crash: usize, act: impl FnOnce() -> T) -> (T, bool) {
    let reached = Rc::new(Cell::new(0));
    let counter = Rc::clone(&reached);
    let watcher = move |moment| {
        let number = counter.replace(counter.get() + 1);
        match moment {
            _ if number >= crash => Err(Errno::IO.into()),
            Moment::Swap | Moment::RenameNew => Err(Errno::INVAL.into()),
            _ => Ok(()),
        }
    };
    let result = watched(watcher, act);
    (result, reached.get() > crash)
}

#[test]
fn a_disk_that_cannot_exchange_is_written_all_or_nothing_too() {
    for crash in 0.. {
        let trial = Trial::new(OLD);
        let (result, crashed) = on_a_simple_disk(crash, || trial.commit(&many()));
        let recovered = on_a_simple_disk(usize::MAX, || recover(&trial.root(), &trial.lock())).0;
        recovered.unwrap();
        let now = trial.files();
        assert!(now == files(OLD) && result.is_err() || now == files(NEW), "call {crash}: {now:?}");
        if !crashed {
            assert_eq!(now, files(NEW));
            on_a_simple_disk(usize::MAX, || trial.undo_latest()).0.unwrap();
            assert_eq!(trial.files(), files(OLD));
            return;
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Save {
    Replace,
    Append,
    Rewrite,
}

/// A person saves one more line, the way that editors do.
fn save(note: &Path, how: Save, line: &str) {
    let text = fs::read_to_string(note).unwrap_or_default() + line;
    match how {
        Save::Replace => {
            let swap = note.with_file_name(".editor.swp");
            fs::write(&swap, text).unwrap();
            fs::rename(swap, note).unwrap();
        }
        Save::Append => {
            let file = fs::OpenOptions::new().append(true).create(true).open(note);
            io::Write::write_all(&mut file.unwrap(), line.as_bytes()).unwrap();
        }
        Save::Rewrite => fs::write(note, text).unwrap(),
    }
}

/// The person saves `note` at each of the calls `moments`, and from the `crash`-th call on nothing works until the
/// recovery. Gives what `act` gives, and whether all moments came.
fn saving(
    trial: &Trial,
    (note, how): (&str, Save),
    moments: &[usize],
    crash: usize,
    act: impl FnOnce() -> Result<Committed, CommitError>,
) -> (Result<Committed, CommitError>, bool) {
    let reached = Rc::new(Cell::new(0));
    let (counter, note) = (Rc::clone(&reached), trial.root().join(note));
    let (times, last) = (moments.to_vec(), moments[moments.len() - 1]);
    let watcher = move |_| {
        let number = counter.replace(counter.get() + 1);
        if let Some(time) = times.iter().position(|time| *time == number) {
            save(&note, how, &format!("hers {time}\n"));
        }
        if number >= crash { Err(Errno::IO.into()) } else { Ok(()) }
    };
    let result = watched(watcher, act);
    recover(&trial.root(), &trial.lock()).unwrap();
    (result, reached.get() > last)
}

/// Every way to save every one of the notes.
fn saves() -> impl Iterator<Item = (&'static str, Save)> {
    let notes = ["a.md", "people/b.md", "c/d/e.md"];
    let ways = [Save::Replace, Save::Append, Save::Rewrite];
    notes.into_iter().flat_map(move |note| ways.map(|how| (note, how)))
}

/// A trial whose folders are all there and stay there, so that the person can save in them at any time.
fn roomy(files: &[(&str, &str)]) -> Trial {
    let trial = Trial::new(files);
    fs::create_dir_all(trial.root().join("c/d")).unwrap();
    fs::write(trial.root().join("c/d/stays.md"), "stays\n").unwrap();
    trial
}

fn check_kept(trial: &Trial, lines: &[&str], at: &str) {
    let now = trial.files();
    for line in lines {
        assert!(now.values().any(|text| text.contains(line)), "{at}: {line:?} is not in {now:?}");
    }
    assert!(!now.keys().any(|name| name.contains(".tmp")), "{at}: {now:?}");
}

#[test]
fn a_save_at_any_moment_stays_in_its_note_and_ours_is_added_or_refused() {
    for (note, how) in saves() {
        for first in 0.. {
            let trial = roomy(OLD);
            let (result, came) =
                saving(&trial, (note, how), &[first], usize::MAX, || trial.commit(&many()));
            if !came {
                break;
            }
            let (now, at) = (trial.files(), format!("{note} {how:?} {first} {result:?}"));
            assert!(now[note].contains("hers 0\n"), "{at}: {now:?}");
            assert!(!now.keys().any(|name| name.contains('(')), "{at}: {now:?}");
            assert_eq!(now["a.md"].contains("ours"), result.is_ok(), "{at}: {now:?}");
            assert_eq!(now["people/b.md"].contains("ours"), result.is_ok(), "{at}: {now:?}");
        }
    }
}

#[test]
fn a_save_at_any_moment_of_an_undo_stays_in_its_note() {
    for (note, how) in saves() {
        for first in 0.. {
            let trial = roomy(OLD);
            trial.commit(&many()).unwrap();
            let (result, came) =
                saving(&trial, (note, how), &[first], usize::MAX, || trial.undo(1));
            if !came {
                break;
            }
            let (now, at) = (trial.files(), format!("{note} {how:?} {first} {result:?}"));
            assert!(now[note].contains("hers 0\n"), "{at}: {now:?}");
            assert!(!now.keys().any(|name| name.contains('(')), "{at}: {now:?}");
        }
    }
}

#[test]
fn two_saves_in_quick_succession_are_both_kept() {
    for (note, how) in saves() {
        for first in 0.. {
            let trial = roomy(OLD);
            let moments = [first, first + 2];
            if !saving(&trial, (note, how), &moments, usize::MAX, || trial.commit(&many())).1 {
                break;
            }
            check_kept(&trial, &["hers 0\n", "hers 1\n"], &format!("{note} {how:?} {first}"));
        }
    }
}

#[test]
fn no_save_is_lost_in_a_crash_either() {
    let note = ("people/b.md", Save::Replace);
    for first in 0.. {
        let mut came = false;
        for crash in (first + 1..first + 40).step_by(5) {
            let trial = Trial::new(OLD);
            came |= saving(&trial, note, &[first], crash, || trial.commit(&many())).1;
            if came {
                check_kept(&trial, &["hers 0\n"], &format!("{first} {crash}"));
            }
        }
        if !came {
            break;
        }
    }
}

#[test]
fn a_program_that_holds_the_old_file_open_does_not_write_into_nothing() {
    let trial = Trial::new(OLD);
    let mut handle = fs::OpenOptions::new().write(true).open(trial.root().join("a.md")).unwrap();
    let (truncated, mut swapped, mut looks) = (handle.try_clone().unwrap(), false, 0);
    let watcher = move |moment| {
        swapped |= moment == Moment::Swap;
        looks += usize::from(swapped && moment == Moment::Look);
        // The second look after the exchange is the last one before the old file goes.
        if looks == 2 {
            truncated.set_len(0).unwrap();
        }
        Ok(())
    };
    let committed = watched(watcher, || trial.commit(&change(vec![edit("a.md")]))).unwrap();
    io::Write::write_all(&mut handle, b"hers\n").unwrap();
    assert_eq!(trial.files()[&committed.copies[0]], "hers\n");
    assert_eq!(trial.files()["a.md"], "a\n- ours\n");
}

/// Crashes when `moment` comes for the `count`-th time.
fn crashing_at(moment: Moment, count: usize, trial: &Trial) {
    let mut seen = 0;
    let watcher = move |now| {
        seen += usize::from(now == moment);
        if seen >= count { Err(io::Error::from(Errno::IO)) } else { Ok(()) }
    };
    watched(watcher, || trial.commit(&many())).unwrap_err();
}

#[test]
fn what_was_wholly_written_before_a_crash_is_finished() {
    let trial = Trial::new(OLD);
    // The first is of an older journal; the second is of the first temporary file.
    crashing_at(Moment::Remove, 2, &trial);
    let recovered = recover(&trial.root(), &trial.lock()).unwrap();
    assert_eq!(recovered.ending, Ending::Finished("a change".into()));
    assert_eq!(trial.files(), files(NEW));
    trial.undo_latest().unwrap();
    assert_eq!(trial.files(), files(OLD));
}

#[test]
fn what_the_person_builds_upon_after_a_crash_gets_its_other_half() {
    let trial = Trial::new(OLD);
    crashing_at(Moment::Swap, 2, &trial);
    save(&trial.root().join("a.md"), Save::Replace, "hers\n");
    let recovered = recover(&trial.root(), &trial.lock()).unwrap();
    assert_eq!(recovered.ending, Ending::Finished("a change".into()));
    assert_eq!(recovered.untouched, [path("a.md")]);
    let mut wanted = files(NEW);
    wanted.insert("a.md".into(), "a\n- ours\nhers\n".into());
    assert_eq!(trial.files(), wanted);
}

#[test]
fn what_the_person_writes_after_a_crash_before_our_turn_stays_without_us() {
    let trial = Trial::new(OLD);
    crashing_at(Moment::Swap, 2, &trial);
    save(&trial.root().join("people/b.md"), Save::Append, "hers\n");
    let recovered = recover(&trial.root(), &trial.lock()).unwrap();
    assert_eq!(recovered.ending, Ending::TakenBack("a change".into()));
    assert_eq!(trial.files(), files(&[("a.md", "a\n"), ("people/b.md", "b\nhers\n")]));
}

#[test]
fn after_a_crash_an_unseen_save_comes_back_into_its_note() {
    for change in [many(), change(vec![edit("a.md")])] {
        let trial = Trial::new(OLD);
        let (root, mut swapped) = (trial.root(), false);
        let watcher = move |moment| {
            if moment == Moment::Swap && !swapped {
                swapped = true;
                save(&root.join("a.md"), Save::Replace, "hers\n");
                return Ok(());
            }
            // The exchange is done; everything after it fails.
            if swapped { Err(Errno::IO.into()) } else { Ok(()) }
        };
        let error = watched(watcher, || trial.commit(&change)).unwrap_err();
        assert!(matches!(error, CommitError::Stuck { .. }), "{error}");
        assert!(is_pending(&trial.state()));
        let recovered = recover(&trial.root(), &trial.lock()).unwrap();
        assert_eq!(recovered.ending, Ending::TakenBack("a change".into()));
        assert_eq!(trial.files(), files(&[("a.md", "a\nhers\n"), ("people/b.md", "b\n")]));
    }
}

#[test]
fn the_next_commit_settles_a_crash_first() {
    let trial = Trial::new(OLD);
    let seen = Cell::new(0);
    let crash = move |moment| {
        seen.set(seen.get() + usize::from(moment == Moment::Swap));
        if seen.get() > 1 { Err(Errno::IO.into()) } else { Ok(()) }
    };
    watched(crash, || trial.commit(&many())).unwrap_err();
    let committed = trial.commit(&change(vec![edit("a.md")])).unwrap();
    assert_eq!(committed.recovered.ending, Ending::TakenBack("a change".into()));
    assert_eq!(trial.files(), files(&[("a.md", "a\n- ours\n"), ("people/b.md", "b\n")]));
}

#[test]
fn a_damaged_journal_is_set_aside_and_work_goes_on() {
    let trial = Trial::new(OLD);
    trial.state().make().unwrap();
    fs::write(trial.state().journal().join("pending"), "{").unwrap();
    let committed = trial.commit(&many()).unwrap();
    let Ending::Unreadable(aside) = committed.recovered.ending else { panic!() };
    assert_eq!((fs::read_to_string(aside).unwrap().as_str(), trial.files()), ("{", files(NEW)));
}

#[test]
fn the_journal_of_a_newer_version_is_not_touched() {
    let trial = Trial::new(OLD);
    trial.state().make().unwrap();
    fs::write(trial.state().journal().join("pending"), "{\"format\":2}").unwrap();
    assert!(matches!(trial.commit(&many()), Err(CommitError::NewerJournal { .. })));
    assert!(is_pending(&trial.state()) && trial.files() == files(OLD));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn undoing_all_changes_gives_all_bytes_back(
        texts in proptest::collection::vec(("[abc]{1}", "(?s).{0,30}"), 1..8),
    ) {
        let trial = Trial::new(OLD);
        let mut sides = vec![trial.files()];
        for (name, text) in texts {
            let name = format!("{name}.md");
            let before = trial.files().remove(&name);
            let wanted = regenerate(&name, before.as_deref(), &text);
            let is_made = trial.commit(&change(vec![wanted, edit("people/b.md")])).is_ok();
            sides.extend(is_made.then(|| trial.files()));
        }
        sides.pop();
        while let Some(side) = sides.pop() {
            trial.undo_latest().unwrap();
            prop_assert_eq!(trial.files(), side);
        }
    }
}
