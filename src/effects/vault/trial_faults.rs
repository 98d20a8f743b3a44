//! Faults, crashes and saves of the person at every single moment of a change.
//!
//! Compiled for tests only. What a killed process, a full disk and a power cut really leave is beyond them.
#![cfg(test)]

use crate::effects::vault::commit_error::CommitError;
use crate::effects::vault::journal::is_pending;
use crate::effects::vault::moment::{Moment, watched};
use crate::effects::vault::recover::{Ending, recover};
use crate::effects::vault::transaction::Committed;
use crate::effects::vault::trial::{Files, NEW, OLD, Trial, change, edit, files, many, path};
use rustix::io::Errno;
use std::cell::Cell;
use std::fs;
use std::io;
use std::path::Path;
use std::rc::Rc;

/// Fails the calls from the `first`-th on, `count` of them, with `errno`. Gives what `act` gives, and whether a call
/// failed.
pub(crate) fn failing<T>(
    first: usize,
    count: usize,
    errno: Errno,
    act: impl FnOnce() -> T,
) -> (T, bool) {
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
pub(crate) fn check_faults(
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

#[test]
fn a_crash_of_the_recovery_from_a_crash_is_recovered_from() {
    for crash in 0.. {
        let mut came = false;
        for again in 0.. {
            let trial = Trial::new(OLD);
            came |= failing(crash, usize::MAX, Errno::IO, || trial.commit(&many())).1;
            let recovery = || recover(&trial.root(), &trial.lock()).map(drop);
            let crashed = failing(again, usize::MAX, Errno::IO, recovery).1;
            recover(&trial.root(), &trial.lock()).unwrap();
            let now = trial.files();
            assert!(now == files(OLD) || now == files(NEW), "{crash} {again}: {now:?}");
            if !crashed {
                break;
            }
        }
        if !came {
            return;
        }
    }
}

/// Like a file system that knows neither exchange nor exclusive rename, with a crash at the `crash`-th call.
pub(crate) fn on_a_simple_disk<T>(crash: usize, act: impl FnOnce() -> T) -> (T, bool) {
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
pub(crate) enum Save {
    Replace,
    Append,
    Rewrite,
}

/// A person saves one more line, the way that editors do.
pub(crate) fn save(note: &Path, how: Save, line: &str) {
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
pub(crate) fn saving(
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

pub(crate) fn check_kept(trial: &Trial, lines: &[&str], at: &str) {
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
fn a_vault_that_is_not_there_keeps_its_journal() {
    let trial = Trial::new(OLD);
    crashing_at(Moment::Swap, 2, &trial);
    let away = trial.folder.path().join("away");
    fs::rename(trial.root(), &away).unwrap();
    assert!(matches!(recover(&trial.root(), &trial.lock()), Err(CommitError::Io { .. })));
    fs::rename(&away, trial.root()).unwrap();
    recover(&trial.root(), &trial.lock()).unwrap();
    assert_eq!(trial.files(), files(OLD));
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
