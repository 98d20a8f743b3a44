//! Whole vaults: the yardsticks, reading everything, and the agenda from files alone.

use crate::generator::vault::{Plan, Written, notes, today, write};
use crate::measure::{Job, Spent, interleaved, timed};
use crate::report::{Promise, Report};
use std::error::Error;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use ties::effects::vault::scan::scan;
use ties::features::agenda::compose::compose;
use ties::features::agenda::render::render;
use ties::features::check;
use ties::features::settings::Settings;
use ties::note::path::NotePath;
use ties::people::book::Book;
use ties::people::decode::decode;
use ties::people::vocabulary::Vocabulary;
use ties::text::diagnostic::Finding;

/// The seed of all vaults that are measured.
pub(crate) const SEED: u64 = 1;

/// A generated vault on the disk, gone when this is dropped.
#[derive(Debug)]
pub(crate) struct Vault {
    folder: TempDir,
    written: Written,
}

impl Vault {
    /// A vault of `count` notes below `place`.
    pub(crate) fn made(place: &Path, count: usize) -> io::Result<Vault> {
        let folder = TempDir::new_in(place)?;
        let written = write(folder.path(), Plan { count, seed: SEED })?;
        Ok(Vault { folder, written })
    }

    /// Its root, canonical.
    pub(crate) fn root(&self) -> io::Result<PathBuf> {
        self.folder.path().canonicalize()
    }

    /// `10,000 notes (21.8 MB)`
    pub(crate) fn named(&self) -> String {
        let Written { notes, bytes } = self.written;
        format!("{},000 notes ({:.1} MB)", notes / 1_000, bytes as f64 / 1e6)
    }
}

/// F: walking everything and asking for sizes, on one thread.
pub(crate) fn walked(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            bytes += walked(&entry.path(), files)?;
        } else {
            bytes += entry.metadata()?.len();
            files.push(entry.path());
        }
    }
    Ok(bytes)
}

/// R: reading every byte of `files` on one thread.
pub(crate) fn read_all(files: &[PathBuf], buffer: &mut Vec<u8>) -> io::Result<usize> {
    let mut bytes = 0;
    for file in files {
        buffer.clear();
        bytes += File::open(file)?.read_to_end(buffer)?;
    }
    Ok(bytes)
}

/// What `ties agenda` does when nothing is remembered: reads, decodes and puts together everything, then composes. The
/// book is given back: who waits for the agenda does not wait until the memory of everyone is handed back.
pub(crate) fn agenda_from_files(root: &Path) -> (String, Book) {
    let (vocabulary, settings) = (Vocabulary::default(), Settings::default());
    let (book, _) = book(root, &vocabulary);
    let agenda = compose(&book, today(), &settings, &vocabulary, None);
    (agenda.map_or_else(|_| String::new(), |agenda| render(&agenda)), book)
}

/// The book of the vault at `root`, and what was odd about its files.
fn book(root: &Path, vocabulary: &Vocabulary) -> (Book, Vec<(String, Finding)>) {
    let read = |path: &NotePath, text: String| decode(path, &text, vocabulary);
    let scan = scan(root, &[], &read);
    let notes = scan.files.into_iter().map(|(_, note)| note).collect();
    (Book::new(notes, vocabulary, None), scan.findings)
}

/// Adds the yardsticks and the agenda of each vault, and what ten times the notes cost.
pub(crate) fn measured(
    vaults: &[&Vault],
    rounds: usize,
    report: &mut Report,
) -> Result<(), Box<dyn Error>> {
    let mut jobs: Vec<Job<'_>> = Vec::new();
    for vault in vaults {
        let root = vault.root()?;
        let mut files = Vec::new();
        walked(&root, &mut files)?;
        jobs.push(Box::new({
            let root = root.clone();
            move || Ok(timed(|| walked(&root, &mut Vec::new())).1)
        }));
        let mut buffer = Vec::new();
        jobs.push(Box::new(move || Ok(timed(|| read_all(&files, &mut buffer)).1)));
        jobs.push(Box::new(move || Ok(timed(|| agenda_from_files(&root)).1)));
    }
    let runs = interleaved(&mut jobs, rounds)?;
    let mut smaller: Option<&Vec<Spent>> = None;
    for (vault, runs) in vaults.iter().zip(runs.chunks(3)) {
        let [walk, read, agenda] = runs else { continue };
        let name = vault.named();
        report.time(&format!("F, {name}: walk and stat, one thread"), walk, Promise::None);
        report.times(
            &format!("R, {name}: read every byte, one thread"),
            read,
            ("F", walk),
            Promise::None,
        );
        let job = format!("{name}: read, parse and decode all, agenda from files alone");
        report.times(&job, agenda, ("R", read), Promise::Times(6.0));
        if let Some(smaller) = smaller {
            let job = "the same for ten times the notes";
            report.times(job, agenda, ("times", smaller), Promise::Times(11.0));
        }
        smaller = Some(agenda);
    }
    Ok(())
}

/// Tries, with a small vault, that the generator keeps its word and that the agenda can be made.
pub(crate) fn trial() -> Result<(), Box<dyn Error>> {
    let plan = Plan { count: 400, seed: SEED };
    let first = notes(plan).collect::<Vec<_>>();
    if first != notes(plan).collect::<Vec<_>>() {
        return Err("the same seed gave two vaults".into());
    }
    if first.len() != plan.count {
        return Err(format!("{} notes instead of {}", first.len(), plan.count).into());
    }
    let folder = TempDir::new()?;
    write(folder.path(), plan)?;
    let root = folder.path().canonicalize()?;
    let vocabulary = Vocabulary::default();
    let (book, odd) = book(&root, &vocabulary);
    let odd = odd.first().map(|(path, finding)| format!("{path}: {finding:?}"));
    let findings = check::findings(&book, today());
    let odd = odd.or(findings.first().map(|(path, finding)| format!("{path}: {finding:?}")));
    match odd {
        Some(odd) => Err(format!("a generated vault has a finding: {odd}").into()),
        None if agenda_from_files(&root).0.contains("## Reach out") => Ok(()),
        None => Err("nobody is on the agenda of a generated vault".into()),
    }
}
