//! What a commit and an undo do when nothing goes wrong, and what they refuse.
//!
//! Compiled for tests only.
#![cfg(test)]

use crate::effects::vault::commit::{commit, preview};
use crate::effects::vault::commit_error::CommitError;
use crate::effects::vault::journal::is_pending;
use crate::effects::vault::recover::Ending;
use crate::effects::vault::transaction::Committed;
use crate::effects::vault::trial::{
    NEW, OLD, Trial, append, change, create, edit, files, many, path, regenerate,
};
use crate::effects::vault::undo::{latest, undo_list, undo_preview};
use crate::note::change::{FileChange, Wish};
use crate::note::path::NotePath;
use proptest::prelude::*;
use std::cell::Cell;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

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
