//! A vault that cannot be written, a home that cannot be used: exit code 4 with a word on what to do, and no note
//! touched. Reading goes on.

use crate::support::program::TestVault;
use expect_test::{Expect, expect};
use std::fs;
use std::os::unix::fs::PermissionsExt;

const VAULT: &str = "=== people/ana.md
---
name: Ana
phone: +351910000000
---

- [ ] Send the article
=== agenda.md
---
ties: agenda
date: 2026-11-20
---
";

/// A vault whose files may only be read.
fn protected() -> TestVault {
    let vault = TestVault::of(VAULT);
    for file in ["people/ana.md", "agenda.md", "ties.toml"] {
        fs::set_permissions(vault.root().join(file), fs::Permissions::from_mode(0o444)).unwrap();
    }
    vault
}

fn check(vault: &TestVault, arguments: &[&str], expected: &Expect) {
    expected.assert_eq(&vault.run(arguments).shown());
}

#[test]
fn every_writing_command_says_that_a_note_is_protected() {
    let vault = protected();
    let before = vault.read("people/ana.md");
    check(
        &vault,
        &["log", "ana", "call: hello"],
        &expect![[r#"
            -- talk
            error: people/ana.md is left as it is: it is protected from writing
            hint: allow writing to it; `ls -l` shows who may
            exit 4
        "#]],
    );
    for command in [
        &["promise", "ana", "Lend her the book"][..],
        &["done", "article"],
        &["snooze", "ana", "2w"],
        &["config", "set", "agenda.limit", "3"],
        &["check", "--fix", "--yes"],
        &["agenda"],
        &[],
    ] {
        let run = vault.run(command);
        assert_eq!(run.code, 4, "{command:?}: {}", run.err);
        assert!(run.err.contains("hint: allow writing to it"), "{command:?}: {}", run.err);
    }
    assert_eq!(vault.read("people/ana.md"), before);
}

#[test]
fn a_change_cannot_be_undone_in_a_protected_note() {
    let vault = TestVault::of(VAULT);
    assert_eq!(vault.run(["snooze", "ana", "2w"]).code, 0);
    let note = vault.root().join("people/ana.md");
    fs::set_permissions(note, fs::Permissions::from_mode(0o444)).unwrap();
    check(
        &vault,
        &["undo", "--quiet"],
        &expect![[r#"
        -- talk
        error: people/ana.md is left as it is: it is protected from writing
        hint: allow writing to it; `ls -l` shows who may
        exit 4
    "#]],
    );
}

#[test]
fn a_protected_folder_takes_no_new_note() {
    let vault = TestVault::of(VAULT);
    let folder = vault.root().join("people");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(folder.join("probe"), "").is_ok() {
        eprintln!("skipped: this user may write everywhere");
        return;
    }
    check(
        &vault,
        &["add", "Zed"],
        &expect![[r#"
        -- talk
        error: cannot write people/zed.md: Permission denied (os error 13)
        hint: allow writing to it; `ls -l` shows who may
        exit 4
    "#]],
    );
}

#[test]
fn a_home_that_cannot_be_used_stops_writing_only() {
    let vault = TestVault::of(VAULT);
    fs::write(vault.beside("file"), "").unwrap();
    let no_folder = vault.beside("file").join("state").display().to_string();
    let vault = vault.with("XDG_STATE_HOME", &no_folder);
    check(
        &vault,
        &["list"],
        &expect![[r#"
        -- out
        Ana                 people/ana.md
        exit 0
    "#]],
    );
    let run = vault.run(["snooze", "ana", "2w", "--quiet"]);
    assert_eq!(run.code, 4, "{}", run.err);
    assert!(
        run.err.starts_with("error: cannot lock the vault with WORLD/file/state/"),
        "{}",
        run.err
    );
    assert!(
        run.err.contains("\nhint: the lock and what `ties undo` needs live there"),
        "{}",
        run.err
    );
}
