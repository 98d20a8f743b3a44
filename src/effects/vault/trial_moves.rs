//! Files that move and files that go: what a commit and an undo do, and faults, crashes and saves of the person at every
//! single moment of it.
//!
//! Compiled for tests only.
#![cfg(test)]

use crate::effects::vault::commit::preview;
use crate::effects::vault::commit_error::CommitError;
use crate::effects::vault::journal::is_pending;
use crate::effects::vault::moment::{Moment, watched};
use crate::effects::vault::recover::{Ending, recover};
use crate::effects::vault::trial::{Trial, append, change, edit, files, path};
use crate::effects::vault::trial_faults::{
    Save, check_faults, check_kept, failing, on_a_simple_disk, save, saving,
};
use crate::effects::vault::undo::undo_preview;
use crate::note::change::{Change, FileChange, Wish};
use rustix::io::Errno;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

const STILL: &[(&str, &str)] =
    &[("a.md", "a\n"), ("people/b.md", "b\n"), ("people/c.md", "c\n"), ("people/d.md", "d\n")];
const MOVED: &[(&str, &str)] =
    &[("e/f/a.md", "a\n- ours\n"), ("people/b.md", "b\n- ours\n"), ("people/z.md", "d\n")];

fn relocate(from: &str, to: &str) -> FileChange {
    let FileChange::Edit { wishes, .. } = edit(from) else { panic!() };
    FileChange::Move { path: path(from), to: path(to), wishes }
}

fn remove(name: &str, before: &str) -> FileChange {
    FileChange::Remove { path: path(name), before: before.into() }
}

/// Two moves, one of them into new folders and with other text, an edit and a removal.
fn moving() -> Change {
    let plain =
        FileChange::Move { path: path("people/d.md"), to: path("people/z.md"), wishes: vec![] };
    change(vec![
        relocate("a.md", "e/f/a.md"),
        edit("people/b.md"),
        remove("people/c.md", "c\n"),
        plain,
    ])
}

fn mode(trial: &Trial, name: &str) -> u32 {
    trial.root().join(name).metadata().unwrap().permissions().mode() & 0o7777
}

#[test]
fn files_move_and_go_with_their_mode_and_come_back_to_the_byte() {
    let trial = Trial::new(STILL);
    for (name, mode) in [("a.md", 0o600), ("people/c.md", 0o640)] {
        fs::set_permissions(trial.root().join(name), fs::Permissions::from_mode(mode)).unwrap();
    }
    let shown = preview(&trial.root(), &moving(), &append).unwrap();
    let shown =
        shown.iter().map(|file| (file.from.as_ref(), file.path.as_str(), file.after.as_deref()));
    assert_eq!(
        shown.collect::<Vec<_>>(),
        [
            (Some(&path("a.md")), "e/f/a.md", Some("a\n- ours\n")),
            (None, "people/b.md", Some("b\n- ours\n")),
            (None, "people/c.md", None),
            (Some(&path("people/d.md")), "people/z.md", Some("d\n")),
        ]
    );
    trial.commit(&moving()).unwrap();
    assert_eq!((trial.files(), mode(&trial, "e/f/a.md")), (files(MOVED), 0o600));
    let back = undo_preview(&trial.root(), &trial.state(), 1).unwrap();
    assert_eq!((back[0].from.clone(), back[0].path.as_str()), (Some(path("e/f/a.md")), "a.md"));
    trial.undo(1).unwrap();
    assert_eq!((trial.files(), mode(&trial, "a.md")), (files(STILL), 0o600));
    assert_eq!(mode(&trial, "people/c.md"), 0o640, "nobody else may read what comes back");
    trial.undo(2).unwrap();
    assert_eq!((trial.files(), mode(&trial, "e/f/a.md")), (files(MOVED), 0o600));
    trial.undo(3).unwrap();
    assert_eq!(trial.files(), files(STILL));
}

#[test]
fn a_failing_call_or_a_crash_at_any_moment_of_a_move_leaves_all_or_nothing() {
    for count in [1, usize::MAX] {
        let sides = (&files(STILL), &files(MOVED));
        let runs =
            check_faults(|| Trial::new(STILL), sides, |trial| trial.commit(&moving()), count);
        assert!(runs > 30, "{runs}");
    }
}

#[test]
fn a_failing_call_or_a_crash_at_any_moment_of_moving_back_leaves_all_or_nothing() {
    let start = || {
        let trial = Trial::new(STILL);
        trial.commit(&moving()).unwrap();
        trial
    };
    for count in [1, usize::MAX] {
        let sides = (&files(MOVED), &files(STILL));
        let runs = check_faults(start, sides, |trial| trial.undo(1), count);
        assert!(runs > 30, "{runs}");
    }
}

#[test]
fn a_crash_of_the_recovery_of_a_move_is_recovered_from() {
    for crash in 0.. {
        let mut came = false;
        for again in 0.. {
            let trial = Trial::new(STILL);
            came |= failing(crash, usize::MAX, Errno::IO, || trial.commit(&moving())).1;
            let recovery = || recover(&trial.root(), &trial.lock()).map(drop);
            let crashed = failing(again, usize::MAX, Errno::IO, recovery).1;
            recover(&trial.root(), &trial.lock()).unwrap();
            let now = trial.files();
            assert!(now == files(STILL) || now == files(MOVED), "{crash} {again}: {now:?}");
            if !crashed {
                break;
            }
        }
        if !came {
            return;
        }
    }
}

#[test]
fn a_disk_that_cannot_exchange_moves_all_or_nothing_too() {
    for crash in 0.. {
        let trial = Trial::new(STILL);
        let (result, crashed) = on_a_simple_disk(crash, || trial.commit(&moving()));
        on_a_simple_disk(usize::MAX, || recover(&trial.root(), &trial.lock())).0.unwrap();
        let now = trial.files();
        assert!(now == files(STILL) && result.is_err() || now == files(MOVED), "{crash}: {now:?}");
        if !crashed {
            on_a_simple_disk(usize::MAX, || trial.undo_latest()).0.unwrap();
            assert_eq!(trial.files(), files(STILL));
            return;
        }
    }
}

/// A trial whose folders are all there and stay there.
fn roomy() -> Trial {
    let trial = Trial::new(STILL);
    fs::create_dir_all(trial.root().join("e/f")).unwrap();
    fs::write(trial.root().join("e/f/stays.md"), "stays\n").unwrap();
    trial
}

/// Every way to save each of the notes that the change touches.
fn saves() -> impl Iterator<Item = (&'static str, Save)> {
    let notes = ["a.md", "people/b.md", "people/c.md", "people/d.md", "e/f/a.md", "people/z.md"];
    let ways = [Save::Replace, Save::Append, Save::Rewrite];
    notes.into_iter().flat_map(move |note| ways.map(|how| (note, how)))
}

/// Nothing of the person is lost, and of ours there is all or nothing.
fn check_whole(trial: &Trial, done: bool, at: &str) {
    check_kept(trial, &["hers 0\n"], at);
    let now = trial.files();
    assert!(!now.keys().any(|name| name.contains('(')), "{at}: {now:?}");
    let ours = |name: &str| now.get(name).is_some_and(|text| text.contains("ours"));
    assert_eq!(ours("e/f/a.md"), done, "{at}: {now:?}");
    assert_eq!(ours("people/b.md"), done, "{at}: {now:?}");
    let has = |name: &str, line: &str| now.get(name).is_some_and(|text| text.contains(line));
    assert!(done || has("a.md", "a\n") && has("people/c.md", "c\n"), "{at}: {now:?}");
}

#[test]
fn a_save_at_any_moment_of_a_move_is_kept() {
    for (note, how) in saves() {
        for first in 0.. {
            let trial = roomy();
            let (result, came) =
                saving(&trial, (note, how), &[first], usize::MAX, || trial.commit(&moving()));
            if !came {
                break;
            }
            check_whole(&trial, result.is_ok(), &format!("{note} {how:?} {first} {result:?}"));
        }
    }
}

#[test]
fn a_save_at_any_moment_of_moving_back_is_kept() {
    for (note, how) in saves() {
        for first in 0.. {
            let trial = roomy();
            trial.commit(&moving()).unwrap();
            let (result, came) =
                saving(&trial, (note, how), &[first], usize::MAX, || trial.undo(1));
            if !came {
                break;
            }
            let at = format!("{note} {how:?} {first} {result:?}");
            check_kept(&trial, &["hers 0\n"], &at);
            let now = trial.files();
            assert_eq!(now["people/b.md"].contains("ours"), result.is_err(), "{at}: {now:?}");
        }
    }
}

#[test]
fn no_save_is_lost_in_a_crash_of_a_move() {
    for note in ["a.md", "people/c.md", "e/f/a.md", "people/b.md"] {
        for first in 0.. {
            let mut came = false;
            for crash in (first + 1..first + 50).step_by(3) {
                let trial = roomy();
                let note = (note, Save::Replace);
                came |= saving(&trial, note, &[first], crash, || trial.commit(&moving())).1;
                if came {
                    check_kept(&trial, &["hers 0\n"], &format!("{note:?} {first} {crash}"));
                }
            }
            if !came {
                break;
            }
        }
    }
}

/// Crashes when `moment` comes for the `count`-th time.
fn crashing_at(moment: Moment, count: usize, trial: &Trial) {
    let mut seen = 0;
    let watcher = move |now| {
        seen += usize::from(now == moment);
        if seen >= count { Err(std::io::Error::from(Errno::IO)) } else { Ok(()) }
    };
    watched(watcher, || trial.commit(&moving())).unwrap_err();
}

#[test]
fn a_note_that_is_saved_after_a_crash_before_it_could_go_is_not_there_twice() {
    let trial = Trial::new(STILL);
    // The first rename is of the journal, the second one takes `a.md` away.
    crashing_at(Moment::Rename, 2, &trial);
    assert!(trial.root().join("e/f/a.md").exists());
    save(&trial.root().join("a.md"), Save::Replace, "hers\n");
    let recovered = recover(&trial.root(), &trial.lock()).unwrap();
    assert_eq!(recovered.ending, Ending::TakenBack("a change".into()));
    let mut wanted = files(STILL);
    wanted.insert("a.md".into(), "a\nhers\n".into());
    assert_eq!(trial.files(), wanted);
}

/// The error of a change that must leave everything as it is.
fn check_refused(trial: &Trial, wanted: FileChange) -> String {
    let before = trial.files();
    let error = trial.commit(&change(vec![edit("people/b.md"), wanted])).unwrap_err();
    assert_eq!(trial.files(), before);
    assert!(!is_pending(&trial.state()));
    error.to_string()
}

#[test]
fn no_file_is_ever_overwritten_and_no_link_is_moved() {
    let trial = Trial::new(STILL);
    symlink("a.md", trial.root().join("link.md")).unwrap();
    symlink("people/d.md", trial.root().join("other.md")).unwrap();
    let check = |wanted| check_refused(&trial, wanted);
    let there = |name: &str| format!("{name} is left as it is: there is such a file already");
    assert_eq!(check(relocate("a.md", "people/c.md")), there("people/c.md"));
    assert_eq!(check(relocate("a.md", "people")), there("people"));
    assert_eq!(check(relocate("a.md", "other.md")), there("other.md"));
    assert_eq!(check(relocate("link.md", "x.md")), "link.md is left as it is: it is a link");
    assert_eq!(check(relocate("none.md", "x.md")), "cannot move none.md: entity not found");
    assert!(check(relocate("a.md", ".git/a.md")).contains("hidden folder"));
    assert!(check(relocate("a.md", "people/b.md")).contains("changed twice"));
    assert!(check(relocate("a.md", "people/c.md/a.md")).starts_with("cannot look for"));
    assert!(check(remove("people/c.md", "C\n")).contains("has changed in the meantime"));
    assert!(check(remove("none.md", "")).contains("has changed in the meantime"));
}

#[test]
fn a_file_that_comes_to_the_new_place_meanwhile_stays() {
    let trial = roomy();
    let (note, mut staged) = (trial.root().join("e/f/a.md"), false);
    let watcher = move |moment| {
        if moment == Moment::RenameNew && !staged {
            staged = true;
            fs::write(&note, "hers\n").unwrap();
        }
        Ok(())
    };
    let error = watched(watcher, || trial.commit(&moving())).unwrap_err();
    assert!(error.to_string().contains("there is such a file already"), "{error}");
    let mut wanted = files(STILL);
    wanted.insert("e/f/a.md".into(), "hers\n".into());
    wanted.insert("e/f/stays.md".into(), "stays\n".into());
    assert_eq!(trial.files(), wanted);
}

#[test]
fn undo_moves_nothing_back_where_a_note_has_changed_or_its_place_is_taken() {
    for taken in ["a.md", "e/f/a.md", "people/c.md", "people/d.md", "people/z.md"] {
        let trial = Trial::new(STILL);
        trial.commit(&moving()).unwrap();
        fs::write(trial.root().join(taken), "hers\n").unwrap();
        let before = trial.files();
        let error = trial.undo(1).unwrap_err();
        assert!(
            matches!(&error, CommitError::Changed { path } if path.as_str() == taken),
            "{error}"
        );
        assert_eq!(trial.files(), before);
    }
}

#[test]
fn a_note_that_is_saved_while_it_moves_moves_with_what_was_saved() {
    let trial = Trial::new(STILL);
    let (note, mut saved) = (trial.root().join("a.md"), false);
    let watcher = move |moment| {
        if moment == Moment::Rename && note.exists() && !saved {
            // The journal is renamed first: the note is not staged yet.
            saved = true;
            save(&note, Save::Replace, "hers\n");
        }
        Ok(())
    };
    watched(watcher, || trial.commit(&moving())).unwrap();
    assert_eq!(trial.files()["e/f/a.md"], "a\nhers\n- ours\n");
}

/// Where the disk takes `a.md` and `A.md` for one; elsewhere there is nothing to be tried.
#[test]
fn a_name_that_only_changes_its_case_is_changed_on_every_disk() {
    let trial = Trial::new(STILL);
    let renamed = change(vec![relocate("a.md", "A.md"), edit("people/b.md")]);
    trial.commit(&renamed).unwrap();
    let now = trial.files();
    assert!(now.contains_key("A.md") && !now.contains_key("a.md"), "{now:?}");
    trial.undo(1).unwrap();
    assert_eq!(trial.files(), files(STILL));
    let composed =
        change(vec![FileChange::Create { path: path("jo\u{e3}o.md"), text: "j\n".into() }]);
    trial.commit(&composed).unwrap();
    let wishes: Vec<Wish> = vec![];
    let decomposed =
        FileChange::Move { path: path("jo\u{e3}o.md"), to: path("joa\u{303}o.md"), wishes };
    trial.commit(&change(vec![decomposed])).unwrap();
    trial.undo_latest().unwrap();
    assert_eq!(fs::read_to_string(trial.root().join("jo\u{e3}o.md")).unwrap(), "j\n");
}
