//! The example vault: believable, and without a single finding.

use crate::support::library::read;
use std::path::Path;

#[test]
fn the_village_has_no_findings() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("example-vault");
    let village = read(&root, "2026-11-21");
    let found = village.findings().into_iter().map(|found| found.line).collect::<Vec<_>>();
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert!(village.reading.book.contacts().count() >= 30);
    assert!(village.reading.book.me().is_some() && !village.reading.scan.incomplete);
}
