//! What was measured on, in one line.

use std::fs;
use std::path::Path;

/// Processor, cores, kernel, the file system that `place` is on, and how the measurement was started.
pub(crate) fn described(place: &Path) -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let processor =
        line_of("/proc/cpuinfo", "model name").unwrap_or_else(|| "processor".to_owned());
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let system = file_system(place).unwrap_or_else(|| "an unknown file system".to_owned());
    format!("{processor}, {cores} cores, {} {}, {system}", std::env::consts::OS, kernel.trim())
}

fn line_of(file: &str, key: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(key))?;
    line.split_once(':').map(|(_, value)| value.trim().to_owned())
}

/// The type of the file system with the longest mount point around `place`.
fn file_system(place: &Path) -> Option<String> {
    let place = place.canonicalize().ok()?;
    let mounts = fs::read_to_string("/proc/self/mountinfo").ok()?;
    let around = mounts.lines().filter_map(|line| {
        let (before, after) = line.split_once(" - ")?;
        let point = before.split(' ').nth(4)?;
        place.starts_with(point).then_some((point.len(), after.split(' ').next()?))
    });
    around.max().map(|(_, system)| system.to_owned())
}
