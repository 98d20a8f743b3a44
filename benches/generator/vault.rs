//! A whole vault, note by note, or written to a folder.

use crate::generator::journal;
use crate::generator::person;
use crate::generator::random::Random;
use crate::generator::register::Register;
use std::fs;
use std::io;
use std::path::Path;
use ties::text::day::Day;

/// How many and which.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// Markdown notes of all kinds together; at least 20.
    pub(crate) count: usize,
    /// The same seed gives the same vault.
    pub(crate) seed: u64,
}

/// What was written.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Written {
    /// Markdown notes.
    pub(crate) notes: usize,
    /// Their bytes.
    pub(crate) bytes: usize,
}

/// The settings of a generated vault.
pub(crate) const SETTINGS: &str = "format = 1\nfresh_start = \"2026-03-01\"\n";

/// The day that generated vaults are made for: nothing but plans lies after it.
#[expect(clippy::unwrap_used, reason = "the calendar has this day")]
pub(crate) fn today() -> Day {
    Day::new(2026, 11, 21).unwrap()
}

/// Every note as path and bytes, in no special order.
pub(crate) fn notes(plan: Plan) -> impl Iterator<Item = (String, String)> {
    let count = plan.count.max(20);
    let today = today();
    let journals = count / 20;
    let mut random = Random::new(plan.seed, 1);
    let habits = journal::habits(today);
    let people = count - journals - habits.len() - 1;
    let register = Register::new(people, plan.seed);
    let inbox = journal::inbox(&mut random, &register, today);
    let written = (0..people + journals).map(move |number| {
        let mut random = Random::new(plan.seed, 2 + number as u64);
        let length = length(&mut random);
        let (path, text) = match number.checked_sub(people) {
            None => {
                let text = person::note(&mut random, &register, number, length, today);
                (register.people[number].path.clone(), text)
            }
            Some(past) => {
                let day = today.plus_days(-1 - past as i64);
                journal::note(&mut random, &register, day, length)
            }
        };
        (path, as_saved(&mut random, text))
    });
    std::iter::once(inbox).chain(habits).chain(written)
}

/// Writes a vault into `root`, which is made where it is not there.
pub(crate) fn write(root: &Path, plan: Plan) -> io::Result<Written> {
    fs::create_dir_all(root)?;
    fs::write(root.join("ties.toml"), SETTINGS)?;
    let mut written = Written::default();
    for (path, text) in notes(plan) {
        let path = root.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, &text)?;
        written.notes += 1;
        written.bytes += text.len();
    }
    Ok(written)
}

/// Bytes of a note: log-normal with a median of 1.6 KB, and three of a thousand anywhere from 16 to 200 KB.
fn length(random: &mut Random) -> usize {
    if random.chance(0.3) {
        return grown(16_000.0, random.fraction() * 254.0);
    }
    let length = grown(1_520.0, 68.0 * random.normal());
    length.clamp(200, 16_000)
}

/// `start`, a hundredth more so many times (a hundredth less for a negative number). Plain multiplications, since
/// the last digit of a power is not the same on every machine.
fn grown(start: f64, times: f64) -> usize {
    let factor = if times < 0.0 { 1.0 / 1.01 } else { 1.01 };
    (0..times.abs() as usize).fold(start, |length, _| length * factor) as usize
}

/// As editors save: some with Windows line ends, some with a byte order mark, some without a last line end.
fn as_saved(random: &mut Random, text: String) -> String {
    let mut saved = match random.below(100) {
        0..=3 => text.replace('\n', "\r\n"),
        _ => text,
    };
    if random.chance(20.0) {
        saved.truncate(saved.trim_end().len());
    }
    if random.chance(1.0) {
        saved.insert(0, '\u{feff}');
    }
    saved
}
