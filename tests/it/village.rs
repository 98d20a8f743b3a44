//! The example vault: believable, and without a single finding.

use crate::support::library::{Library, read};
use expect_test::expect_file;
use std::path::{Path, PathBuf};
use ties::features::agenda::compose::compose;
use ties::features::agenda::render::render;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn village() -> Library {
    read(&repository().join("example-vault"), "2026-11-21")
}

#[test]
fn the_village_has_no_findings() {
    let library = village();
    let findings = library.findings();
    assert!(findings.is_empty(), "{}", findings.join("\n"));
    assert_eq!(library.reading.book.contacts().count(), 35);
    assert_eq!(library.session.settings().me.as_deref(), Some("people/me"));
}

/// The golden agenda: `UPDATE_EXPECT=1` writes it anew, and then it wants to be read.
#[test]
fn the_agenda_of_the_village_is_as_it_was_read() {
    let Library { session, reading, .. } = village();
    let agenda =
        compose(&reading.book, session.today, session.settings(), &session.vocabulary, None);
    expect_file![repository().join("tests/village-agenda.md")].assert_eq(&render(&agenda.unwrap()));
}
