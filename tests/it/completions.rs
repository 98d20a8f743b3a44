//! Completions: what the scripts ask and get, and what real shells make of it.

use crate::support::program::TestVault;
use crate::support::screen::{Screen, is_here, path_with_ties};
use expect_test::{Expect, expect};
use std::process::Command;

const PEOPLE: &str = "\
=== people/ana-lima.md
---
name: Ana Lima
aliases: [Aninha]
groups: [climbing]
---
=== people/joao.md
---
name: João Faria
groups: [choir]
---
=== people/siobhan.md
---
name: Siobhán O'Brien
---
=== people/evil.md
---
name: \"Anabel\\e[2J\"
---
";

/// What is offered for a command line up to the cursor.
fn offered(vault: &TestVault, line: &str) -> String {
    let mut words = line.split(' ').collect::<Vec<_>>();
    words.insert(0, "--");
    let output = vault.command().env("TIES_COMPLETE", "fish").args(words).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{line}");
    assert!(output.status.success(), "{line}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn check(line: &str, expected: &Expect) {
    expected.assert_eq(&offered(&TestVault::of(PEOPLE), line));
}

#[test]
fn names_complete_where_somebody_is_meant() {
    check(
        "ties show an",
        &expect![[r#"
            Ana Lima	people/ana-lima
            Aninha	Ana Lima
        "#]],
    );
    check(
        "ties brief joa",
        &expect![[r#"
        joao Faria	João Faria
    "#]],
    );
    check("ties gift ana,joa", &expect![[r#""#]]);
    check(
        "ties event joao w",
        &expect![[r#"
        wedding
    "#]],
    );
    check(
        "ties log ana,joa",
        &expect![[r#"
        ana,joao Faria	ana,João Faria
    "#]],
    );
    check(
        "ties edit people/s",
        &expect![[r#"
        people/siobhan	Siobhán O'Brien
    "#]],
    );
    check(
        "ties why --on 2w si",
        &expect![[r#"
            Siobhán O'Brien	people/siobhan
        "#]],
    );
    check("ties show nobody", &expect![]);
}

#[test]
fn other_words_complete_by_what_they_are() {
    check(
        "ties list --circle=i",
        &expect![[r#"
        --circle=inner
    "#]],
    );
    check(
        "ties list --group c",
        &expect![[r#"
        choir
        climbing
    "#]],
    );
    check(
        "ties log ana ca",
        &expect![[r#"
        call:
    "#]],
    );
    check("ties log ana met ca", &expect![""]);
    check(
        "ties log ana --on yes",
        &expect![[r#"
        yesterday
    "#]],
    );
    check(
        "ties config get circles.inner.",
        &expect![[r#"
        circles.inner.cadence
        circles.inner.how
        circles.inner.occasion_lead
    "#]],
    );
    check(
        "ties completions z",
        &expect![[r#"
        zsh
    "#]],
    );
    check(
        "ties com",
        &expect![[r#"
        completions	Print what makes a shell complete commands, options and people's names
    "#]],
    );
    check(
        "ties undo --l",
        &expect![[r#"
        --list	Show what can be undone
    "#]],
    );
}

#[test]
fn the_vault_that_the_line_names_counts() {
    let vault = TestVault::of(PEOPLE);
    let root = vault.root().display().to_string();
    let elsewhere = TestVault::nothing();
    assert_eq!(offered(&elsewhere, "ties show jo"), "");
    for line in [format!("ties --vault {root} show jo"), format!("ties show --vault={root} jo")] {
        assert_eq!(offered(&elsewhere, &line), "João Faria\tpeople/joao\n");
    }
}

#[test]
fn completing_writes_nothing_and_says_nothing() {
    let vault = TestVault::of(PEOPLE).with("TIES_COMPLETE", "bash");
    vault.write("ties.toml", "a = = 1");
    vault.write("people/odd.md", b"\xff\xfe");
    for arguments in
        [&["--", "ties show ", ""][..], &["--"], &[], &["--", "ties", "a", "b"], &["--", "", ""]]
    {
        let run = vault.run(arguments);
        assert_eq!((run.err.as_str(), run.code), ("", 0), "{arguments:?}");
    }
    let made = std::fs::read_dir(vault.beside("home")).unwrap();
    let made = made.map(|entry| entry.unwrap().file_name()).filter(|name| name != "cache");
    assert_eq!(made.count(), 0, "nothing but the cache is made in the home");
    assert_eq!(std::fs::read_dir(vault.root()).unwrap().count(), 2, "nothing in the vault");
    let unknown = TestVault::of(PEOPLE).with("TIES_COMPLETE", "tcsh");
    assert_eq!(unknown.ties("list").shown(), "exit 0\n");
}

#[test]
fn every_script_is_printed_and_asks_for_its_own_shell() {
    let vault = TestVault::nothing();
    for shell in ["bash", "zsh", "fish", "elvish", "nushell"] {
        let run = vault.ties(&format!("completions {shell}"));
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{shell}");
        assert!(run.out.contains("TIES_COMPLETE") && run.out.contains(shell), "{shell}");
        assert!(
            vault.ties("completions --help").out.contains(&format!("ties completions {shell}"))
        );
    }
    assert_eq!(vault.ties("completions tcsh").code, 2);
}

/// A shell with the completions sourced, in the vault, at its first prompt `> `.
fn shell(vault: &TestVault, program: &str, arguments: &[&str]) -> Screen {
    let script = vault.ties(&format!("completions {}", program.replace("nu", "nushell"))).out;
    std::fs::write(vault.beside("script"), script).unwrap();
    let mut command = Command::new(program);
    command.args(arguments).current_dir(vault.root());
    for (name, value) in vault.command().get_envs() {
        if let Some(value) = value {
            command.env(name, value);
        }
    }
    command.env("PATH", path_with_ties()).env("LC_ALL", "C.UTF-8").env("PS1", "> ");
    for name in ["LD_LIBRARY_PATH", "FPATH"] {
        if let Ok(value) = std::env::var(name) {
            command.env(name, value);
        }
    }
    Screen::open(&command, 100, 20)
}

/// Types `line`, presses the tabulator, and waits for `expected` behind the prompt.
fn check_line(screen: &Screen, line: &str, expected: &str) {
    screen.type_text(line);
    screen.press(&["Tab"]);
    screen.wait(expected, |shown| {
        let last = shown.lines().rfind(|line| line.starts_with("> "));
        last.is_some_and(|last| last.trim_start_matches("> ") == expected)
    });
    screen.press(&["C-u"]);
    screen.press(&["C-l"]);
}

#[test]
fn bash_completes_names() {
    if !is_here("tmux") {
        return;
    }
    let vault = TestVault::of(PEOPLE);
    let screen = shell(&vault, "bash", &["--norc", "--noprofile", "-i"]);
    screen.wait_for(">");
    screen.type_text("source ../script");
    screen.press(&["Enter"]);
    screen.press(&["C-l"]);
    check_line(&screen, "ties show joa", r"ties show João\ Faria");
    check_line(&screen, "ties show siob", r"ties show Siobhán\ O\'Brien");
    check_line(&screen, "ties show \"si", "ties show \"Siobhán O'Brien\"");
    check_line(&screen, "ties show 'Si", r"ties show 'Siobhán O'\''Brien'");
    check_line(&screen, "ties show Ana\\ L", r"ties show Ana\ Lima");
    check_line(&screen, "ties list --group=cl", "ties list --group=climbing");
    check_line(&screen, "ties log ana,jo", r"ties log ana,João\ Faria");
    check_line(&screen, "ties comp", "ties completions");
    check_line(&screen, "true; ties show aninh", "true; ties show Aninha");
}

#[test]
fn zsh_completes_names() {
    if !is_here("tmux") || !is_here("zsh") {
        return;
    }
    let vault = TestVault::of(PEOPLE);
    let screen = shell(&vault, "zsh", &["-f", "-i"]);
    screen.wait_for(">");
    screen.type_text("autoload -U compinit; compinit -D; source ../script");
    screen.press(&["Enter"]);
    screen.press(&["C-l"]);
    check_line(&screen, "ties show joa", r"ties show João\ Faria");
    check_line(&screen, "ties show siob", r"ties show Siobhán\ O\'Brien");
    check_line(&screen, "ties show \"si", "ties show \"Siobhán O'Brien\"");
    check_line(&screen, "ties show Ana\\ L", r"ties show Ana\ Lima");
    check_line(&screen, "ties list --group=cl", "ties list --group=climbing");
    check_line(&screen, "ties log ana,jo", r"ties log ana,João\ Faria");
}

#[test]
fn fish_completes_names() {
    if !is_here("tmux") || !is_here("fish") {
        return;
    }
    let vault = TestVault::of(PEOPLE);
    let prompt = "function fish_prompt; echo -n '> '; end; source ../script; clear";
    let screen = shell(&vault, "fish", &["--no-config", "-i", "-C", prompt]);
    screen.wait_for(">");
    check_line(&screen, "ties show joa", r"ties show joao\ Faria");
    check_line(&screen, "ties show siobh", r"ties show Siobhán\ O\'Brien");
    check_line(&screen, "ties show \"Ana L", "ties show \"Ana Lima\"");
    check_line(&screen, "ties list --group=cl", "ties list --group=climbing");
    check_line(&screen, "ties show lim", r"ties show Ana\ Lima");
}

#[test]
fn elvish_completes_names() {
    if !is_here("tmux") || !is_here("elvish") {
        return;
    }
    let vault = TestVault::of(PEOPLE);
    let screen = shell(&vault, "elvish", &["-norc", "-i"]);
    screen.wait_for("vault");
    screen.type_text("set edit:prompt = { put '> ' }; set edit:rprompt = { put '' }; eval (slurp < ../script); clear");
    screen.press(&["Enter"]);
    screen.wait("a clear screen", |shown| shown.starts_with("> \n") || shown.starts_with(">\n"));
    screen.type_text("ties show joa");
    screen.press(&["Tab"]);
    screen.wait_for("ties show 'joao Faria'");
}

#[test]
fn nushell_completes_names() {
    if !is_here("tmux") || !is_here("nu") {
        return;
    }
    let vault = TestVault::of(PEOPLE);
    let start =
        "$env.PROMPT_COMMAND = {|| ''}; $env.PROMPT_COMMAND_RIGHT = {|| ''}; source ../script";
    let screen = shell(&vault, "nu", &["--no-history", "-n", "-e", start]);
    screen.wait_for(">");
    screen.type_text("ties show joa");
    screen.press(&["Tab"]);
    screen.wait_for("ties show \"João Faria\"");
}

#[test]
fn a_promise_that_is_kept_completes_with_those_who_have_one() {
    let with = "=== people/ana-lima.md\n---\nname: Ana Lima\n---\n- [ ] Send her the book\n\
                === people/anton.md\n---\nname: Anton\n---\n- [x] Lend him the saw\n";
    let vault = TestVault::of(with);
    expect![[r#"
        Ana Lima	people/ana-lima
        --dry-run	Show what would be written, and write nothing
        --help	Print help
        --vault	The vault, where it is not the one around the current folder
        --color	When output has colours: auto, always or never
        --no-pager	Show long output at once, without a pager
        --quiet	Say nothing but what was asked for
    "#]]
    .assert_eq(&offered(&vault, "ties done "));
    expect![[r#"
        Ana Lima	people/ana-lima
        Anton	people/anton
        --interactive	Pick them on the screen
        --json	As JSON
        --help	Print help
        --vault	The vault, where it is not the one around the current folder
        --color	When output has colours: auto, always or never
        --no-pager	Show long output at once, without a pager
        --quiet	Say nothing but what was asked for
    "#]]
    .assert_eq(&offered(&vault, "ties show "));
}
