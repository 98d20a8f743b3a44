//! Real people whom no one here wrote: thousands of notes with rich, nested front matter that is not in our format.
//!
//! The data is not part of the repository. `TIES_PEOPLE_CC0` names the folder or the archive; without it the test
//! looks beside the repository and says so when there is nothing.

use crate::support::library::read;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

const SETTINGS: &str = r#"
[fields]
birthday = ["birth_date"]
died = ["death_date"]
"#;

fn archive() -> Option<PathBuf> {
    let named = std::env::var_os("TIES_PEOPLE_CC0").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/people-cc0.tar.xz");
    named.or(Some(beside)).filter(|path| path.exists())
}

#[test]
fn real_people_are_read_with_their_own_keys() {
    let Some(archive) = archive() else {
        eprintln!("skipped: no archive of real people (set TIES_PEOPLE_CC0)");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let unpacked =
        Command::new("tar").arg("xf").arg(&archive).arg("-C").arg(folder.path()).status();
    if !unpacked.is_ok_and(|status| status.success()) {
        eprintln!("skipped: tar cannot unpack {}", archive.display());
        return;
    }
    std::fs::write(folder.path().join("ties.toml"), SETTINGS).unwrap();
    let library = read(folder.path(), "2026-11-21");
    let people = library.reading.book.contacts().map(|(_, contact)| contact).collect::<Vec<_>>();
    assert!(people.len() > 2_000, "{} people", people.len());
    assert!(people.iter().all(|person| !person.name.is_empty()));
    assert!(people.iter().filter(|person| person.birthday.is_some()).count() > 900);
    assert!(people.iter().all(|person| person.other.iter().any(|(key, _)| key == "id")));
    let mut codes = BTreeMap::<String, usize>::new();
    for finding in library.findings() {
        let code = finding.split(['[', ']']).nth(1).unwrap_or_default().to_owned();
        *codes.entry(code).or_default() += 1;
    }
    // Nothing of it is in our format, and nothing of it is in the way.
    assert_eq!(codes, BTreeMap::new());
}
