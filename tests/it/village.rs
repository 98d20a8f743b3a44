//! The example vault: believable, and without a single finding.

use crate::support::shown;
use std::path::Path;
use ties::note::path::NotePath;
use ties::people::book::Book;
use ties::people::decode::decode;
use ties::people::vocabulary::Vocabulary;

fn notes(folder: &Path, root: &Path, found: &mut Vec<(NotePath, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            notes(&path, root, found);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            let relative = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            found.push((NotePath::new(&relative).unwrap(), std::fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn the_village_has_no_findings() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("example-vault");
    let mut files = Vec::new();
    notes(&root, &root, &mut files);
    let vocabulary = Vocabulary::default();
    let decoded = files.iter().map(|(path, text)| decode(path, text, &vocabulary)).collect();
    let book = Book::new(decoded, &vocabulary, Some("people/me"));
    let text = |path: &NotePath| files.iter().find(|(other, _)| other == path).map_or("", |(_, text)| text.as_str());
    let findings = book.findings().iter().map(|(path, finding)| shown(path, text(path), finding)).collect::<Vec<_>>();
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}
