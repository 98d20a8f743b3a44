//! The example vault: believable, and without a single finding.

use crate::support::library::read;
use std::path::Path;

#[test]
fn the_village_has_no_findings() {
    let library = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("example-vault"), "2026-11-21");
    let findings = library.findings();
    assert!(findings.is_empty(), "{}", findings.join("\n"));
    assert_eq!(library.reading.book.contacts().count(), 35);
    assert_eq!(library.session.settings().me.as_deref(), Some("people/me"));
}
