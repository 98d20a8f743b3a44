//! Picking somebody on a real screen.

use crate::support::program::TestVault;
use crate::support::screen::{Screen, is_here, path_with_ties};
use std::process::Command;

const PEOPLE: &str = "\
=== people/ana-lima.md
---
name: Ana Lima
aliases: [Aninha]
purpose: Keeps me honest about climbing
---
=== people/joao.md
---
name: João Faria
---
=== people/jose.md
---
name: José García
---
";

/// A shell with something on its screen.
fn shell(vault: &TestVault, columns: u16, rows: u16) -> Screen {
    let mut command = Command::new("bash");
    command.args(["--norc", "--noprofile", "-i"]).current_dir(vault.root());
    for (name, value) in vault.command().get_envs() {
        command.env(name, value.unwrap());
    }
    command.env("PATH", path_with_ties()).env("LC_ALL", "C.UTF-8").env("PS1", "$ ");
    command.env("EDITOR", "echo edited");
    let screen = Screen::open(&command, columns, rows);
    screen.wait_for("$");
    screen.type_text("clear; echo was here");
    screen.press(&["Enter"]);
    screen.wait("a clear screen", |shown| shown.starts_with("was here\n$"));
    screen
}

fn run(screen: &Screen, line: &str, expected: &str) {
    screen.type_text(line);
    screen.press(&["Enter"]);
    screen.wait_for(expected);
}

#[test]
fn what_is_picked_is_printed_and_the_screen_comes_back() {
    if !is_here("tmux") {
        return;
    }
    let vault = TestVault::of(PEOPLE);
    let screen = shell(&vault, 100, 12);
    run(&screen, "echo \"<$(ties list -i)>\"", ">   3 of 3");
    let shown = screen.wait_for("Keeps me honest about climbing");
    assert!(shown.contains("▌ Ana Lima") && !shown.contains("was here"), "{shown}");
    screen.type_text("jose");
    screen.wait_for("> jose  1 of 3");
    screen.press(&["Enter"]);
    let shown = screen.wait_for("<people/jose.md>");
    assert!(shown.starts_with("was here\n$ echo"), "{shown}");
}

#[test]
fn leaving_changes_nothing() {
    if !is_here("tmux") {
        return;
    }
    let vault = TestVault::of(PEOPLE);
    let screen = shell(&vault, 60, 20);
    for leave in ["Escape", "C-c"] {
        run(&screen, "ties list -i; echo \"code $?\"", ">   3 of 3");
        screen.press(&["Down", "C-n", "C-p"]);
        screen.wait_for("▌ João Faria");
        screen.press(&[leave]);
        let shown = screen.wait(leave, |shown| shown.contains("\ncode 1"));
        assert!(shown.starts_with("was here\n$ ties list -i"), "{shown}");
        screen.type_text("clear; echo was here");
        screen.press(&["Enter"]);
        screen.wait("a clear screen", |shown| shown.starts_with("was here\n$"));
    }
    // The terminal echoes and gives whole lines again.
    run(&screen, "stty -a | grep -Eo '(^| )-?(icanon|echo) '", "\n icanon\n echo");
}

#[test]
fn a_person_is_shown_or_opened() {
    if !is_here("tmux") {
        return;
    }
    let vault = TestVault::of(PEOPLE);
    let screen = shell(&vault, 100, 20);
    run(&screen, "ties edit -i aninh", "> aninh  1 of 3");
    screen.press(&["Enter"]);
    screen.wait_for("edited WORLD/vault/people/ana-lima.md".trim_start_matches("edited WORLD"));
    run(&screen, "clear; ties show -i", ">   3 of 3");
    screen.press(&["Enter"]);
    screen.wait("the page", |shown| shown.starts_with("Ana Lima") && shown.contains("$"));
}

#[test]
fn another_size_is_another_layout() {
    if !is_here("tmux") {
        return;
    }
    let vault = TestVault::of(PEOPLE);
    let screen = shell(&vault, 100, 20);
    run(&screen, "ties list -i", "│");
    screen.resize(40, 20);
    screen.wait("below", |shown| shown.contains("────") && !shown.contains('│'));
    screen.resize(30, 5);
    screen.wait("no preview", |shown| !shown.contains("────") && shown.contains("▌ Ana Lima"));
    screen.resize(120, 30);
    screen.wait_for("│");
    screen.press(&["Escape"]);
    screen.wait("the shell", |shown| shown.contains("nobody was chosen"));
}

#[test]
fn a_wish_to_end_gives_the_screen_back() {
    if !is_here("tmux") {
        return;
    }
    let vault = TestVault::of(PEOPLE);
    let screen = shell(&vault, 60, 12);
    run(&screen, "(echo $BASHPID > ../process; exec ties list -i)", ">   3 of 3");
    let process = std::fs::read_to_string(vault.beside("process")).unwrap();
    assert!(Command::new("kill").arg("-TERM").arg(process.trim()).status().unwrap().success());
    let shown = screen.wait("the shell", |shown| shown.contains("Terminated"));
    assert!(shown.starts_with("was here\n$"), "{shown}");
    run(&screen, "stty -a | grep -Eo '(^| )-?(icanon|echo) '", "icanon\n echo");
}

#[test]
fn without_a_terminal_there_is_nothing_to_pick_on() {
    let vault = TestVault::of(PEOPLE);
    // A session of its own has no terminal.
    let output = Command::new("setsid")
        .arg("-w")
        .arg(env!("CARGO_BIN_EXE_ties"))
        .args(["list", "-i"])
        .current_dir(vault.root())
        .env("HOME", vault.beside("home"))
        .output();
    let Ok(output) = output else {
        eprintln!("skipped: there is no setsid here");
        return;
    };
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("there is no terminal"), "{output:?}");
}
