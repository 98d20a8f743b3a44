//! The measured promises of `docs/performance.md`.
//!
//! - `cargo bench --bench vault` measures with vaults of 1,000 and 10,000 notes and prints one Markdown table.
//! - `cargo bench --bench vault -- --large` adds a vault of 100,000 notes.
//! - `cargo bench --bench vault -- --gate` ends with an error where a promise is not kept.
//! - `cargo bench --bench vault -- generate DIR COUNT [SEED]` only writes a vault, for other scripts.
//! - `cargo bench --bench vault -- agenda DIR` makes the agenda once from the files of a vault, for a profiler.
//!
//! Without `--bench`, as in `cargo test --all-targets`, it only tries that everything runs.

#[path = "../generator/mod.rs"]
mod generator;

mod measure;
mod machine;
mod vaults;
mod kernels;
mod edit;
mod hostile;
mod report;

use generator::vault::Plan;
use report::Report;
use std::error::Error;
use std::io::Write;
use std::path::Path;

/// Rounds for the small vaults; the large one is measured less often.
const ROUNDS: usize = 15;
const ROUNDS_OF_LARGE: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = std::env::args().skip(1).collect::<Vec<_>>();
    let words = arguments.iter().map(String::as_str).collect::<Vec<_>>();
    let has = |flag: &str| words.contains(&flag);
    let words = words.iter().copied().filter(|word| !word.starts_with("--")).collect::<Vec<_>>();
    match words.as_slice() {
        ["generate", folder, count] => generate(folder, count, "1"),
        ["generate", folder, count, seed] => generate(folder, count, seed),
        ["agenda", folder] => agenda(folder),
        _ if !has("--bench") => vaults::trial(),
        [] => measure(has("--large"), has("--gate")),
        _ => Err("usage: [--large] [--gate] | generate DIR COUNT [SEED] | agenda DIR".into()),
    }
}

fn generate(folder: &str, count: &str, seed: &str) -> Result<(), Box<dyn Error>> {
    let plan = Plan { count: count.parse()?, seed: seed.parse()? };
    let written = generator::vault::write(Path::new(folder), plan)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} notes, {} bytes in {folder}", written.notes, written.bytes)?;
    Ok(())
}

fn agenda(folder: &str) -> Result<(), Box<dyn Error>> {
    let ((text, _), spent) = measure::timed(|| vaults::agenda_from_files(Path::new(folder)));
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} lines, {:?}", text.lines().count(), spent)?;
    Ok(())
}

fn measure(large: bool, gate: bool) -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    let place = Path::new(env!("CARGO_TARGET_TMPDIR"));
    writeln!(out, "{}\n", machine::described(place))?;
    let mut report = Report::default();
    let thousand = vaults::Vault::made(place, 1_000)?;
    let ten_thousand = vaults::Vault::made(place, 10_000)?;
    kernels::measured(&ten_thousand, ROUNDS, &mut report)?;
    vaults::measured(&[&thousand, &ten_thousand], ROUNDS, &mut report)?;
    edit::measured(place, ROUNDS * 4, &mut report)?;
    hostile::measured(&mut report)?;
    if large {
        let hundred_thousand = vaults::Vault::made(place, 100_000)?;
        vaults::measured(&[&ten_thousand, &hundred_thousand], ROUNDS_OF_LARGE, &mut report)?;
    }
    writeln!(out, "{}", report.table())?;
    match report.broken() {
        0 => Ok(()),
        broken if gate => Err(format!("{broken} promises are not kept").into()),
        _ => Ok(()),
    }
}
