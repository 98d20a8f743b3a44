//! One edit and its commit, on the disk and in memory (where making it durable costs nothing).

use crate::generator::vault::{Plan, today, write};
use crate::measure::{Job, Spent, interleaved, timed};
use crate::report::{Promise, Report};
use crate::vaults::SEED;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;
use ties::effects::lock::Lock;
use ties::effects::state::State;
use ties::effects::vault::commit::commit;
use ties::effects::vault::scan::scan;
use ties::note::change::{Change, FileChange, Wish};
use ties::note::path::NotePath;
use ties::note::rewrite::rewrite;

/// Where files are kept in memory on Linux; there, what makes a file durable costs nothing.
const IN_MEMORY: &str = "/dev/shm";

/// Adds a row for planning an edit, and for committing one, durably and in memory.
pub(crate) fn measured(
    place: &Path,
    rounds: usize,
    report: &mut Report,
) -> Result<(), Box<dyn Error>> {
    let on_disk = Trial::made(place)?;
    let in_memory = Path::new(IN_MEMORY);
    let in_memory = in_memory.is_dir().then(|| Trial::made(in_memory)).transpose()?;
    let mut trials = std::iter::once(on_disk).chain(in_memory).collect::<Vec<_>>();
    let text = trials.first().map(|trial| trial.text.clone()).unwrap_or_default();
    let mut jobs: Vec<Job<'_>> =
        vec![Box::new(|| Ok(timed(|| rewrite(&text, &[entry("planned")])).1))];
    for trial in &mut trials {
        jobs.push(Box::new(|| trial.commit()));
    }
    let runs = interleaved(&mut jobs, rounds)?;
    let promise = Promise::Time(Duration::from_millis(10));
    let rows = [
        ("one edit, planned and proved (a log entry into a note of 1.6 KB)", Promise::None),
        ("one edit and commit, durable on the disk", Promise::None),
        ("one edit and commit, fsync excluded (in memory)", promise),
    ];
    rows.iter().zip(&runs).for_each(|((job, promise), runs)| report.time(job, runs, *promise));
    Ok(())
}

/// A small vault whose notes get one entry after another.
struct Trial {
    folder: TempDir,
    root: PathBuf,
    paths: Vec<NotePath>,
    text: String,
    count: usize,
}

impl Trial {
    fn made(place: &Path) -> Result<Trial, Box<dyn Error>> {
        let folder = TempDir::new_in(place)?;
        let vault = folder.path().join("vault");
        write(&vault, Plan { count: 200, seed: SEED })?;
        let root = vault.canonicalize()?;
        let mut files = scan(&root, &[], &|_, text| text).files;
        files.retain(|(path, text)| path.is_in("people") && (1_400..1_800).contains(&text.len()));
        let text = files.first().map(|(_, text)| text.clone()).ok_or("no note of 1.6 KB")?;
        let paths = files.into_iter().map(|(path, _)| path).collect();
        Ok(Trial { folder, root, paths, text, count: 0 })
    }

    /// What a command does that writes: it takes the lock, plans, writes and records.
    fn commit(&mut self) -> Result<Spent, Box<dyn Error>> {
        self.count += 1;
        let path = self.paths[self.count % self.paths.len()].clone();
        let wishes = vec![entry(&format!("number {}", self.count))];
        let title = "log a call".to_owned();
        let change = Change { title, files: vec![FileChange::Edit { path, wishes }] };
        let state = State::open(self.folder.path().join("state"));
        let (result, spent) = timed(|| {
            let lock = Lock::acquire(&state, Duration::from_secs(1)).map_err(|e| e.to_string())?;
            let plan = |_: &NotePath, text: &str, wishes: &[Wish]| rewrite(text, wishes);
            commit(&self.root, &lock, &change, "2026-11-21T09:00", &plan).map_err(|e| e.to_string())
        });
        result.map(|_| spent).map_err(Into::into)
    }
}

fn entry(text: &str) -> Wish {
    Wish::InsertEntry {
        headings: vec!["Log".to_owned(), "Interactions".to_owned(), "Conversations".to_owned()],
        date: today(),
        lines: vec![format!("{} call: {text}", today())],
    }
}
