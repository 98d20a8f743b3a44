//! Every finding has a code, a section in `docs/findings.md` and a small vault in `tests/corpus` that gives it: three
//! lists that are equal. What each vault gives is `tests/corpus/expected.txt`; `UPDATE_EXPECT=1` writes it anew.

use crate::support::library::{Found, Library, read};
use expect_test::expect_file;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use ties::features::keep::{keep, meant};
use ties::text::diagnostic::{CODES, Code};

const TODAY: &str = "2026-11-21";

fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The names of the folders of the corpus, in order.
fn corpus() -> Vec<String> {
    let entries = fs::read_dir(at("tests/corpus")).unwrap().map(Result::unwrap);
    let folders = entries.filter(|entry| entry.file_type().unwrap().is_dir());
    let mut names =
        folders.map(|entry| entry.file_name().into_string().unwrap()).collect::<Vec<_>>();
    names.sort_unstable();
    names
}

/// A copy of one vault of the corpus, with the trouble that git cannot hold.
fn vault(code: Code) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("vault");
    copy(&at("tests/corpus").join(code.word()), &root);
    make_trouble(code, &root);
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn make_trouble(code: Code, root: &Path) {
    let people = root.join("people");
    match code {
        Code::TooLarge => {
            let file = fs::File::create(people.join("novel.md")).unwrap();
            file.set_len(16 * 1024 * 1024 + 1).unwrap();
        }
        Code::SpecialFile => {
            let pipe = people.join("pipe.md");
            assert!(std::process::Command::new("mkfifo").arg(pipe).status().unwrap().success());
        }
        Code::LinkOutside => {
            fs::write(root.join("../rita-lima.md"), "outside").unwrap();
            symlink("../../rita-lima.md", people.join("rita-lima.md")).unwrap();
            symlink("nobody.md", people.join("bo.md")).unwrap();
        }
        Code::LinkedFolder => symlink("people", root.join("friends")).unwrap(),
        Code::TooDeep => {
            let deep = people.join("a/".repeat(65));
            fs::create_dir_all(&deep).unwrap();
            fs::write(deep.join("rita-lima.md"), "# Rita Lima\n").unwrap();
        }
        Code::UnusableName => {
            fs::write(people.join(OsStr::from_bytes(b"jos\xe9.md")), "# José\n").unwrap();
            fs::write(people.join("rita\u{1b}[31m.md"), "# Rita\n").unwrap();
        }
        Code::FrontMatterTooLarge => {
            let diary = "a long day ".repeat(7_000);
            let text = format!("---\nname: Bo\nnote: {diary}\n---\n");
            fs::write(people.join("bo.md"), text).unwrap();
        }
        _ => {}
    }
}

/// What a tick of the only promise is refused with.
fn refusal(library: &Library) -> String {
    let book = &library.reading.book;
    let promise = meant(book, "plants").pop().unwrap();
    let refusal = keep(&promise, library.session.today).unwrap_err();
    format!("{} ({})", refusal.reason, refusal.hint.unwrap())
}

#[test]
fn every_code_has_its_vault() {
    let mut words = CODES.iter().map(|code| code.word()).collect::<Vec<_>>();
    words.sort_unstable();
    assert_eq!(corpus(), words);
}

#[test]
fn each_vault_of_the_corpus_gives_its_finding_and_no_other() {
    let mut told = String::new();
    for code in CODES {
        told += &format!("# {}\n", code.word());
        let folder = vault(*code);
        let library = read(&folder.path().join("vault"), TODAY);
        let found = library.findings();
        for Found { finding, line, .. } in &found {
            assert_eq!(finding.code, *code, "{line}");
            told += &format!("{line}\n");
        }
        if *code == Code::RecurringTask {
            told += &format!("{}\n", refusal(&library));
        } else {
            assert!(!found.is_empty(), "{} is not given by its vault", code.word());
        }
    }
    expect_file![at("tests/corpus/expected.txt")].assert_eq(&told);
}
