//! Long output on a terminal goes to the person's pager; everything else stays as it is.

use crate::support::program::TestVault;
use crate::support::screen::{Screen, is_here, path_with_ties};
use std::process::Command;

/// More people than a screen has rows.
fn vault() -> TestVault {
    let person =
        |number| format!("=== people/{number:03}.md\n---\nname: Person {number:03}\n---\n");
    let vault = TestVault::of(&(0..60).map(person).collect::<String>());
    vault.write("people/evil.md", "---\nname: \"Zoe\\e[2J\"\n---\n");
    // Shows that it was used, and keeps what it got.
    let text =
        format!("#!/bin/sh\ncat > '{}'\necho \"paged by $1\"\n", vault.beside("paged").display());
    std::fs::write(vault.beside("pager"), text).unwrap();
    let path = vault.beside("pager");
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    vault
}

/// A shell in which `ties` was typed with these arguments, in the world of these variables.
fn screen(vault: &TestVault, arguments: &str, variables: &[(&str, &str)]) -> Screen {
    let mut command = Command::new("bash");
    command.args(["--norc", "--noprofile", "-i"]).current_dir(vault.root());
    for (name, value) in vault.command().get_envs() {
        command.env(name, value.unwrap());
    }
    command.env("PATH", path_with_ties()).env("LC_ALL", "C.UTF-8").env("PS1", "$ ");
    command.envs(variables.iter().copied());
    let screen = Screen::open(&command, 80, 24);
    screen.wait_for("$");
    screen.type_text(&format!("clear; ties {arguments}; echo \"code $?\""));
    screen.press(&["Enter"]);
    screen
}

fn pager(vault: &TestVault, by: &str) -> String {
    format!("'{}' {by}", vault.beside("pager").display())
}

#[test]
fn the_most_particular_pager_wins() {
    if !is_here("tmux") {
        return;
    }
    let vault = vault();
    let [ties, own, usual] = ["ties", "own", "usual"].map(|by| pager(&vault, by));
    screen(&vault, "list", &[("PAGER", &usual)]).wait_for("paged by usual\ncode 0");
    vault.configure(&format!("pager = {own:?}\n"));
    screen(&vault, "list", &[("PAGER", &usual)]).wait_for("paged by own\ncode 0");
    let variables = [("PAGER", usual.as_str()), ("TIES_PAGER", &ties)];
    screen(&vault, "list", &variables).wait_for("paged by ties\ncode 0");
    let paged = std::fs::read_to_string(vault.beside("paged")).unwrap();
    assert!(paged.contains("Person 000") && paged.contains("Person 059"), "{paged}");
    assert!(!paged.contains("\u{1b}[2J") && paged.contains("\\u{1b}[2J"), "{paged}");
    for (arguments, variables) in [
        ("list --no-pager", &[("TIES_PAGER", ties.as_str())][..]),
        ("list", &[("TIES_PAGER", "cat")]),
        ("list | cat", &[("TIES_PAGER", &ties)]),
        ("list --json | cat", &[("TIES_PAGER", &ties)]),
    ] {
        let shown = screen(&vault, arguments, variables).wait_for("\ncode 0");
        assert!(!shown.contains("paged by"), "{arguments}: {shown}");
    }
    vault.configure("pager = \"\"\n");
    let shown = screen(&vault, "list", &[("PAGER", &usual)]).wait_for("\ncode 0");
    assert!(!shown.contains("paged by"), "{shown}");
}

#[test]
fn a_vault_cannot_name_a_pager() {
    if !is_here("tmux") {
        return;
    }
    let vault = vault();
    vault.write("ties.toml", format!("pager = {:?}\n", pager(&vault, "vault")));
    let shown = screen(&vault, "list", &[("PAGER", "cat")]).wait_for("\ncode 0");
    assert!(!shown.contains("paged by"), "{shown}");
}

#[test]
fn what_fits_the_screen_needs_no_pager_and_talk_comes_after_the_pages() {
    if !is_here("tmux") {
        return;
    }
    let vault = vault();
    let ties = pager(&vault, "ties");
    let shown = screen(&vault, "show 'person 001'", &[("TIES_PAGER", &ties)]).wait_for("\ncode 0");
    assert!(shown.contains("Person 001") && !shown.contains("paged by"), "{shown}");
    vault.write("people/large.md", vec![b'x'; (16 << 20) + 1]);
    screen(&vault, "list", &[("TIES_PAGER", &ties)]).wait_for(
        "paged by ties\nnote: some notes could not be read; `ties check` shows them\ncode 3",
    );
}

#[test]
fn a_pager_that_is_not_there_or_is_left_early_is_no_failure() {
    if !is_here("tmux") {
        return;
    }
    let vault = vault();
    let shown = screen(&vault, "list", &[("TIES_PAGER", "/no/such")]).wait_for("\ncode 0");
    assert!(
        shown.contains("Person 059") && shown.contains("note: the pager `/no/such`"),
        "{shown}"
    );
    screen(&vault, "list", &[("TIES_PAGER", "head -1")]).wait_for("Person 000");
    screen(&vault, "list", &[("TIES_PAGER", "true")]).wait_for("code 0\n");
}

#[test]
fn less_shows_pages_and_gives_the_screen_back() {
    if !is_here("tmux") || !is_here("less") {
        return;
    }
    let vault = vault();
    let screen = screen(&vault, "list", &[]);
    let shown = screen.wait("a page", |shown| shown.contains("Person 020"));
    assert!(!shown.contains("code") && !shown.contains("Person 059"), "{shown}");
    // Ctrl-C is for the pager: nothing ends.
    screen.press(&["C-c"]);
    screen.type_text("G");
    screen.wait_for("Person 059");
    screen.type_text("q");
    screen.wait_for("\ncode 0");
}
