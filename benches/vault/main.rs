//! The measured promises of `docs/performance.md`.
//!
//! - `cargo bench --bench vault` measures and prints one Markdown table.
//! - `cargo bench --bench vault -- --large` adds a vault of 100,000 notes.
//! - `cargo bench --bench vault -- generate DIR COUNT [SEED]` only writes a vault, for other scripts.

#[path = "../generator/mod.rs"]
mod generator;

use generator::vault::Plan;
use std::error::Error;
use std::io::Write;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    // Cargo adds `--bench` when it measures, and leaves it out when it only tests that everything still runs.
    let arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let arguments = arguments.collect::<Vec<_>>();
    let words = arguments.iter().map(String::as_str).collect::<Vec<_>>();
    match words.as_slice() {
        ["generate", folder, count] => generate(folder, count, "1"),
        ["generate", folder, count, seed] => generate(folder, count, seed),
        _ => Err("usage: generate DIR COUNT [SEED]".into()),
    }
}

fn generate(folder: &str, count: &str, seed: &str) -> Result<(), Box<dyn Error>> {
    let plan = Plan { count: count.parse()?, seed: seed.parse()? };
    let written = generator::vault::write(Path::new(folder), plan)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} notes, {} bytes in {folder}", written.notes, written.bytes)?;
    Ok(())
}
