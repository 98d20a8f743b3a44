//! `ties check --privacy`

use crate::support::program::TestVault;
use expect_test::{Expect, expect};
use std::path::Path;

fn check(vault: &TestVault, commands: &[&str], expected: &Expect) {
    vault.close();
    let shown = commands.iter().map(|command| vault.ties(command).shown());
    expected.assert_eq(&shown.collect::<String>());
}

const VAULT: &str = "=== people/ana.md
---
name: Ana
phone: \"+351 910 000 000\"
---
wifi password: correct-horse-9
## Log
- 2026-10-12 call: her IBAN is DE89 3704 0044 0532 0130 00; she was diagnosed in May
- 2026-10-11 call: owes me 20
=== contacts.csv
x
=== .git/config
[remote \"origin\"]
	url = https://ana:t0k3n@github.com/ana/people.git
";

#[test]
fn secrets_are_shown_masked_with_what_to_do() {
    check(
        &TestVault::of(VAULT),
        &["check", "check --privacy", "check --privacy --strict --json"],
        &expect![[r#"
            -- talk
            Nothing odd in 1 note.
            exit 0
            -- out
            .git/config:2:16: warning[password]: the address of the remote `origin` holds a password or a token
              2 |     url = https://*********@github.com/ana/people.git
                |                   ^^^^^^^^^ use a credential helper or an SSH key instead
            .git/config:2:26: warning[public-remote]: the remote `origin` is at github.com, where a repository is public by one click
              2 |     url = https://*********@github.com/ana/people.git
                |                             ^^^^^^^^^^ see that the repository is private, or keep it on a machine of your own; `git remote remove` takes it away
            contacts.csv: warning[export-file]: a file that looks like an export lies in the vault, with all that is in it
              delete it once it is imported, or keep it outside of the vault
            people/ana.md:5:16: warning[password]: a password stands in this note
              5 | wifi password: ***************
                |                ^^^^^^^^^^^^^^^ keep it in a password manager, and write here only where it is
            people/ana.md:7:32: warning[account-number]: the number of a bank account stands in this note
              7 | - 2026-10-12 call: her IBAN is ***************************; she was diagnosed in May
                |                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^ keep it in a password manager, and write here only where it is
            -- talk
            5 findings in 1 note.
            exit 1
            -- out
            {
              "version": 1,
              "findings": [
                {
                  "path": ".git/config",
                  "line": 2,
                  "column": 16,
                  "code": "password",
                  "severity": "warning",
                  "message": "the address of the remote `origin` holds a password or a token",
                  "help": "use a credential helper or an SSH key instead",
                  "fixable": false
                },
                {
                  "path": ".git/config",
                  "line": 2,
                  "column": 26,
                  "code": "public-remote",
                  "severity": "warning",
                  "message": "the remote `origin` is at github.com, where a repository is public by one click",
                  "help": "see that the repository is private, or keep it on a machine of your own; `git remote remove` takes it away",
                  "fixable": false
                },
                {
                  "path": "contacts.csv",
                  "code": "export-file",
                  "severity": "warning",
                  "message": "a file that looks like an export lies in the vault, with all that is in it",
                  "help": "delete it once it is imported, or keep it outside of the vault",
                  "fixable": false
                },
                {
                  "path": "people/ana.md",
                  "line": 5,
                  "column": 16,
                  "code": "password",
                  "severity": "warning",
                  "message": "a password stands in this note",
                  "help": "keep it in a password manager, and write here only where it is",
                  "fixable": false
                },
                {
                  "path": "people/ana.md",
                  "line": 7,
                  "column": 32,
                  "code": "account-number",
                  "severity": "warning",
                  "message": "the number of a bank account stands in this note",
                  "help": "keep it in a password manager, and write here only where it is",
                  "fixable": false
                },
                {
                  "path": "people/ana.md",
                  "line": 7,
                  "column": 69,
                  "code": "tender-matter",
                  "severity": "warning",
                  "message": "this tells of somebody's health",
                  "help": "ask whether they would mind it here; `private: true`, or its heading in `private`, keeps it from every export",
                  "fixable": false
                },
                {
                  "path": "people/ana.md",
                  "line": 8,
                  "column": 20,
                  "code": "tender-matter",
                  "severity": "warning",
                  "message": "this tells of somebody's money",
                  "help": "ask whether they would mind it here; `private: true`, or its heading in `private`, keeps it from every export",
                  "fixable": false
                }
              ],
              "incomplete": false
            }
            exit 1
        "#]],
    );
}

#[test]
fn a_copy_of_a_sync_tool_is_looked_into_and_what_cannot_be_read_is_told() {
    let vault = TestVault::of("=== people/ana.md\n---\nname: Ana\n---\n");
    vault.write("people/utf16.md", b"\xff\xfep\0a\0s\0s\0");
    check(
        &vault,
        &["check --privacy"],
        &expect![[r#"
        -- talk
        Nothing odd in what could be read.
        note: some notes could not be read; `ties check` shows them
        exit 3
    "#]],
    );
    vault.write("people/ana.sync-conflict-20261121-101010-ABCDEF7.md", "pw: hunter2 or hunter3\n");
    check(
        &vault,
        &["check --privacy"],
        &expect![[r#"
        -- out
        people/ana.sync-conflict-20261121-101010-ABCDEF7.md:1:5: warning[password]: a password stands in this note
          1 | pw: ******************
            |     ^^^^^^^ keep it in a password manager, and write here only where it is
        -- talk
        1 finding in 2 notes.
        note: some notes could not be read; `ties check` shows them
        exit 1
    "#]],
    );
}

#[test]
fn flags_that_do_not_go_together_are_told() {
    check(
        &TestVault::of(""),
        &["check --strict", "check --privacy --fix", "check --privacy"],
        &expect![[r#"
            -- talk
            error: the following required arguments were not provided:
              --privacy

            Usage: ties check --privacy --strict

            For more information, try '--help'.
            exit 2
            -- talk
            error: the argument '--privacy' cannot be used with '--fix'

            Usage: ties check --privacy

            For more information, try '--help'.
            exit 2
            -- talk
            Nothing odd in 0 notes.
            exit 0
        "#]],
    );
}

#[test]
fn the_village_has_no_secret() {
    let vault = TestVault::of("");
    let village = Path::new(env!("CARGO_MANIFEST_DIR")).join("example-vault");
    copy(&village, "", &vault);
    vault.close();
    let run = vault.ties("check --privacy");
    assert_eq!(run.code, 0, "{}", run.shown());
}

fn copy(folder: &Path, below: &str, vault: &TestVault) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{below}{}", entry.file_name().to_str().unwrap());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &format!("{name}/"), vault),
            false => vault.write(&name, std::fs::read(entry.path()).unwrap()),
        }
    }
}
