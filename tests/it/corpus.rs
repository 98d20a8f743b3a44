//! Every finding there is: a vault that shows it, and its section in `docs/findings.md` with what is shown.
//!
//! A new code needs a row in `text/diagnostic`, a folder in `tests/corpus` (or a line in `MADE`) and a section in the
//! page; `UPDATE_EXPECT=1` fills in what is shown.

use crate::support::program::TestVault;
use expect_test::expect;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use ties::app::findings::findings;
use ties::app::private_findings::private_findings;
use ties::app::refresh::{Reading, refresh};
use ties::app::session::{Session, Wanted};
use ties::effects::environment::Environment;
use ties::features::keep::{keep, meant};
use ties::frontends::cli::snippet::snippet;
use ties::text::diagnostic::CODES;

/// A code, and how its vault is made.
type Made = (&'static str, fn(&TestVault));

/// Vaults that git or another system could not hold.
const MADE: &[Made] = &[
    ("too-large", |vault| vault.write("people/ada.md", vec![b'x'; (16 << 20) + 1])),
    ("special-file", |vault| {
        vault.write("people/bo.md", "");
        let pipe = vault.root().join("people/ada.md");
        assert!(std::process::Command::new("mkfifo").arg(pipe).status().unwrap().success());
    }),
    ("link-outside", |vault| {
        vault.write("people/bo.md", "");
        link("/etc/hostname", &vault.root().join("people/ada.md"));
    }),
    ("linked-folder", |vault| {
        vault.write("people/bo.md", "");
        link("/etc", &vault.root().join("people/old"));
    }),
    ("too-deep", |vault| vault.write(&format!("people/{}ada.md", "d/".repeat(64)), "")),
    ("unusable-name", |vault| vault.write("people/ada\u{1b}[2J.md", "")),
    ("front-matter-too-large", |vault| {
        vault
            .write("people/ada.md", format!("---\nname: Ada\nnote: {}\n---\n", "x".repeat(70_000)));
    }),
    ("readable-by-others", |vault| {
        vault.write("people/ada.md", "");
        for path in [vault.beside(""), vault.root(), vault.root().join("people/ada.md")] {
            open_to_all(&path);
        }
    }),
    ("public-remote", |vault| {
        vault.write("people/ada.md", "");
        vault.write(".git/config", "[remote \"origin\"]\n\turl = git@github.com:ada/people.git\n");
    }),
];

/// Codes that stand in the refusal of a command, not among the findings of a note; their vaults show nothing.
const IN_REFUSALS: &[&str] = &["recurring-task"];

fn open_to_all(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
}

fn link(target: &str, place: &Path) {
    #[cfg(unix)]
    std::os::unix::fs::symlink(target, place).unwrap();
}

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The names of the folders of the corpus and of the vaults that are made.
fn corpus() -> BTreeSet<String> {
    let entries = std::fs::read_dir(repository().join("tests/corpus")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.chain(MADE.iter().map(|(code, _)| (*code).to_owned())).collect()
}

fn copy_into(vault: &TestVault, folder: &Path, below: &str) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{below}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            copy_into(vault, &entry.path(), &format!("{path}/"));
        } else {
            vault.write(&path, std::fs::read(entry.path()).unwrap());
        }
    }
}

fn vault_of(code: &str) -> TestVault {
    let vault = TestVault::of("");
    match MADE.iter().find(|(made, _)| *made == code) {
        Some((_, make)) => make(&vault),
        None => copy_into(&vault, &repository().join("tests/corpus").join(code), ""),
    }
    if code != "readable-by-others" {
        vault.close();
    }
    vault
}

fn read(vault: &TestVault) -> (Session, Reading) {
    let home = vault.beside("home").display().to_string();
    let variables = [("HOME", home.as_str()), ("TIES_TODAY", "2026-11-21")];
    let environment = Environment::of(&variables, &vault.root());
    let session = Session::open(&environment, &Wanted::default()).unwrap();
    let reading = refresh(&session, &|_| ());
    (session, reading)
}

/// The codes that a vault shows, and what is shown of each.
fn check(vault: &TestVault) -> (BTreeSet<&'static str>, String) {
    let (session, reading) = read(vault);
    let mut found = findings(&session, &reading);
    found.extend(private_findings(&session, &reading, true));
    let lines = found.iter().flat_map(|one| snippet(&one.path, one.text.as_deref(), &one.finding));
    let shown = lines.map(|line| line.render(false) + "\n").collect();
    (found.iter().map(|one| one.finding.code.word()).collect(), shown)
}

#[test]
fn codes_sections_and_corpus_are_the_same_list() {
    let codes = CODES.iter().map(|code| code.word().to_owned()).collect::<BTreeSet<_>>();
    let page = std::fs::read_to_string(repository().join("docs/findings.md")).unwrap();
    let sections = page.lines().filter_map(|line| line.strip_prefix("### ")).collect::<Vec<_>>();
    let in_order = CODES.iter().map(|code| code.word()).collect::<Vec<_>>();
    assert_eq!(sections, in_order, "the sections of docs/findings.md, in order");
    assert_eq!(corpus(), codes, "the folders of tests/corpus and the lines of MADE");
}

#[test]
fn every_vault_of_the_corpus_shows_its_code_and_no_other() {
    let mut wrong = String::new();
    for code in corpus() {
        let (codes, shown) = check(&vault_of(&code));
        let wanted = [code.as_str()].into_iter().filter(|code| !IN_REFUSALS.contains(code));
        if codes != wanted.collect() {
            wrong += &format!("{code} shows {codes:?}:\n{shown}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_task_that_repeats_is_never_ticked() {
    let (session, reading) = read(&vault_of("recurring-task"));
    let promise = meant(&reading.book, "plants").pop().unwrap();
    let refusal = keep(&promise, session.today).unwrap_err();
    expect!["recurring-task: it repeats (🔁), so a tick here would lose the next one"]
        .assert_eq(&refusal.reason);
    assert!(refusal.hint.is_some());
}

#[test]
fn what_is_mended_is_no_finding_any_more_and_the_page_tells_what_can_be_mended() {
    let page = std::fs::read_to_string(repository().join("docs/findings.md")).unwrap();
    for part in page.split("\n### ").skip(1) {
        let code = part.lines().next().unwrap();
        if IN_REFUSALS.contains(&code) {
            continue;
        }
        let vault = vault_of(code);
        let before = vault.ties("check --json").out;
        let fixable = before.contains("\"fixable\": true");
        assert_eq!(part.contains("`ties check --fix`"), fixable, "{code}: {before}");
        if fixable {
            let run = vault.ties("check --fix --yes");
            let (codes, shown) = check(&vault);
            assert_eq!(
                (codes.len(), run.code),
                (0, 0),
                "{code} is still there:\n{shown}{}",
                run.shown()
            );
        }
    }
}

#[test]
fn the_page_shows_what_the_command_shows() {
    let file = repository().join("docs/findings.md");
    let page = std::fs::read_to_string(&file).unwrap();
    let mut parts = page.split("\n### ");
    let mut renewed = parts.next().unwrap().to_owned();
    for part in parts {
        let code = part.lines().next().unwrap();
        if IN_REFUSALS.contains(&code) {
            renewed += &format!("\n### {part}");
            continue;
        }
        let (_, shown) = check(&vault_of(code));
        let (before, rest) =
            part.split_once("```text\n").unwrap_or_else(|| panic!("{code} shows nothing"));
        let (_, after) = rest.split_once("```").unwrap();
        renewed += &format!("\n### {before}```text\n{shown}```{after}");
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&file, &renewed).unwrap();
    } else {
        assert_eq!(page, renewed, "UPDATE_EXPECT=1 renews docs/findings.md");
    }
}
