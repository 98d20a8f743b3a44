//! What the tests of the whole write path share: a vault in a temporary folder, and changes of it.
//!
//! Compiled for tests only.
#![cfg(test)]

use crate::effects::lock::Lock;
use crate::effects::state::State;
use crate::effects::vault::commit::commit;
use crate::effects::vault::commit_error::CommitError;
use crate::effects::vault::transaction::Committed;
use crate::effects::vault::undo::{latest, undo, undo_list};
use crate::note::change::{Change, FileChange, Refusal, Wish};
use crate::note::path::NotePath;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Path and text of every file.
pub(crate) type Files = BTreeMap<String, String>;

/// A vault and its state folder.
pub(crate) struct Trial {
    pub(crate) folder: tempfile::TempDir,
}

impl Trial {
    pub(crate) fn new(files: &[(&str, &str)]) -> Trial {
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

    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("vault")
    }

    pub(crate) fn state(&self) -> State {
        State::open(self.folder.path().join("state"))
    }

    pub(crate) fn lock(&self) -> Lock {
        Lock::acquire(&self.state(), Duration::ZERO).unwrap()
    }

    pub(crate) fn commit(&self, change: &Change) -> Result<Committed, CommitError> {
        commit(&self.root(), &self.lock(), change, "a morning", &append)
    }

    pub(crate) fn undo(&self, number: u64) -> Result<Committed, CommitError> {
        undo(&self.root(), &self.lock(), number, "an evening")
    }

    pub(crate) fn undo_latest(&self) -> Result<Committed, CommitError> {
        let list = undo_list(&self.state()).unwrap();
        self.undo(latest(&list).unwrap().number)
    }

    /// Every file and empty folder of the vault, hidden ones too.
    pub(crate) fn files(&self) -> Files {
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
pub(crate) fn append(_: &NotePath, text: &str, wishes: &[Wish]) -> Result<String, Refusal> {
    let mut text = text.to_owned();
    for wish in wishes {
        if let Wish::AppendItem { lines, .. } = wish {
            text.push_str(&format!("- {}\n", lines.join("\n")));
        }
    }
    Ok(text)
}

pub(crate) fn path(path: &str) -> NotePath {
    NotePath::new(path).unwrap()
}

pub(crate) fn edit(name: &str) -> FileChange {
    let lines = vec!["ours".to_owned()];
    FileChange::Edit { path: path(name), wishes: vec![Wish::AppendItem { headings: None, lines }] }
}

pub(crate) fn create(name: &str) -> FileChange {
    FileChange::Create { path: path(name), text: "new\n".into() }
}

pub(crate) fn regenerate(name: &str, before: Option<&str>, text: &str) -> FileChange {
    let before = before.map(str::to_owned);
    FileChange::Regenerate { path: path(name), before, text: text.into() }
}

pub(crate) fn change(files: Vec<FileChange>) -> Change {
    Change { title: "a change".into(), files }
}

pub(crate) fn files(list: &[(&str, &str)]) -> Files {
    list.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

pub(crate) const OLD: &[(&str, &str)] = &[("a.md", "a\n"), ("people/b.md", "b\n")];
pub(crate) const NEW: &[(&str, &str)] =
    &[("a.md", "a\n- ours\n"), ("c/d/e.md", "new\n"), ("people/b.md", "b\n- ours\n")];

/// Two edits and a creation in new folders.
pub(crate) fn many() -> Change {
    change(vec![edit("a.md"), create("c/d/e.md"), edit("people/b.md")])
}
