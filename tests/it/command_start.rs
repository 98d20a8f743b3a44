//! `ties start`

use crate::support::program::{Run, TestVault};
use expect_test::{Expect, expect};
use std::io::Write;
use std::process::Stdio;

const PEOPLE: &str = "# my people
Ana Lima; inner; signal; climbs, moving to Porto; last ~Oct; next: ask about the move

- João Faria, growth, mail, last 2026-08
inner; nobody
Ana Lima; mentor
";

fn with_input(vault: &TestVault, arguments: &[&str], input: &str) -> Run {
    let mut child = vault
        .command()
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that ends before it reads closes the pipe: that is its right.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    Run::of(&child.wait_with_output().unwrap(), &vault.beside(""))
}

fn check(run: &Run, expected: &Expect) {
    expected.assert_eq(&run.shown());
}

#[test]
fn a_pipe_of_lines_makes_a_vault_notes_and_an_agenda() {
    let vault = TestVault::nothing();
    check(
        &with_input(&vault, &["start", "--yes"], PEOPLE),
        &expect![[r#"
            -- out
            Saturday, 21 November 2026

            Nothing is due today. Next: Ana Lima on 29 November.
            -- talk
            A vault is made in WORLD/vault.
            note: line 5: the line starts with a circle, `inner`, not with a name (put the name first: `Ana Lima; inner; signal`)
            Ana Lima is here already: people/ana-lima.md
            Written: people/ana-lima.md, people/joao-faria.md. `ties undo` takes it back.


            `ties` each morning shows who it would be good to hear from.
            hint: `ties log ana call: …` after you spoke, `ties show ana` before
            hint: `ties` shows the day; agenda.md is a note like any other
            hint: `ties start` again takes more people
            exit 3
        "#]],
    );
    expect![[r#"
        ---
        name: Ana Lima
        circle: inner
        channel: signal
        birthday:
        met:
        purpose:
        last_contact: "~2026-10"
        next: ask about the move
        ---

        ## Log
        - 2026-11-21 note: climbs, moving to Porto
    "#]]
    .assert_eq(&vault.read("people/ana-lima.md"));
    assert!(vault.read("agenda.md").starts_with("---\nties: agenda\n"));
    let again = with_input(&vault, &["start", "--yes"], "Ana Lima\nMãe\n");
    assert!(again.err.contains("Ana Lima is here already: people/ana-lima.md"), "{}", again.err);
    assert!(vault.root().join("people/mae.md").exists());
    // All of one go is one change.
    assert_eq!(vault.ties("undo").code, 0);
}

#[test]
fn a_dry_run_makes_nothing_not_even_a_vault() {
    let vault = TestVault::nothing();
    std::fs::write(vault.beside("people.txt"), PEOPLE).unwrap();
    check(
        &vault.ties("start --from ../people.txt --dry-run"),
        &expect![[r#"
            -- out
            --- /dev/null
            +++ b/people/ana-lima.md
            @@ -0,0 +1,13 @@
            +---
            +name: Ana Lima
            +circle: inner
            +channel: signal
            +birthday:
            +met:
            +purpose:
            +last_contact: "~2026-10"
            +next: ask about the move
            +---
            +
            +## Log
            +- 2026-11-21 note: climbs, moving to Porto
            --- /dev/null
            +++ b/people/joao-faria.md
            @@ -0,0 +1,11 @@
            +---
            +name: João Faria
            +circle: growth
            +channel: mail
            +birthday:
            +met:
            +purpose:
            +last_contact: "2026-08"
            +---
            +
            +## Log
            -- talk
            note: line 5: the line starts with a circle, `inner`, not with a name (put the name first: `Ana Lima; inner; signal`)
            Ana Lima is here already: people/ana-lima.md
            exit 3
        "#]],
    );
    assert_eq!(std::fs::read_dir(vault.root()).unwrap().count(), 0);
}

#[test]
fn nobody_is_written_without_a_yes() {
    let vault = TestVault::of("=== people/bo.md\n# Bo\n");
    check(
        &with_input(&vault, &["start"], "Ana\n"),
        &expect![[r#"
        -- talk
        error: nobody is there to be asked, so nothing was written
        hint: `--yes` does not ask, `--dry-run` only shows
        exit 2
    "#]],
    );
    check(
        &with_input(&TestVault::nothing(), &["start"], "Ana\n"),
        &expect![[r#"
        -- talk
        error: there is no vault here
        hint: `--yes` makes one in this folder
        hint: `ties init DIR` makes one elsewhere
        exit 2
    "#]],
    );
    assert!(!vault.root().join("people/ana.md").exists());
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    check(
        &TestVault::of("").ties("start --from nowhere.txt --yes"),
        &expect![[r#"
        -- talk
        error: cannot read WORLD/vault/nowhere.txt
          because No such file or directory (os error 2)
        exit 4
    "#]],
    );
}
