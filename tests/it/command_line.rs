//! What holds for every command: flags, exit codes, streams.

use crate::support::program::{Run, TestVault};
use expect_test::{Expect, expect};
use std::process::Stdio;
use ties::effects::environment::Environment;
use ties::effects::places::Places;

const ANA: &str = "=== people/ana.md\n---\nname: Ana Lima\ncircle: inner\n---\n## Log\n- 2026-10-12 call: New job\n";

fn check(vault: &TestVault, arguments: &str, expected: &Expect) {
    expected.assert_eq(&vault.ties(arguments).shown());
}

#[test]
fn help_shows_what_is_done_most_first() {
    let vault = TestVault::nothing();
    let run = vault.ties("--help");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let at = |text: &str| run.out.find(text).unwrap_or_else(|| panic!("{text}: {}", run.out));
    assert!(at("list ") < at("init ") && at("init ") < at("Options:"), "{}", run.out);
    assert!(!run.out.contains("--today"), "{}", run.out);
    assert!(vault.ties("list -h").out.contains("Examples:\n  ties list\n"));
    assert!(vault.ties("--version").out.starts_with("ties "));
}

#[test]
fn help_can_be_asked_for_in_words() {
    let vault = TestVault::nothing();
    let same = [
        ("help", "--help"),
        ("help log", "log --help"),
        ("help config set", "config set --help"),
        ("help --quiet", "--help"),
    ];
    for (words, flag) in same {
        let run = vault.ties(words);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{words}");
        assert_eq!(run.out, vault.ties(flag).out, "{words}");
    }
    assert_eq!(vault.ties("help lgo").code, 2);
}

#[test]
fn wrong_usage_is_code_2() {
    let vault = TestVault::of(ANA);
    for wrong in
        ["lst", "list --ful", "list --today x", "check --yes", "config", "--color red list"]
    {
        let run = vault.ties(wrong);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{wrong}: {}", run.err);
        assert!(!run.err.is_empty(), "{wrong}");
    }
}

#[test]
fn without_a_vault_the_way_to_one_is_shown() {
    check(
        &TestVault::nothing(),
        "list",
        &expect![[r#"
        -- talk
        error: no vault here: no folder around this one holds a ties.toml
        hint: `ties init` makes a vault in this folder, `ties init DIR` in another
        hint: `--vault DIR`, TIES_VAULT or `vault = "DIR"` in your own configuration name one
        exit 2
    "#]],
    );
    let elsewhere = TestVault::nothing().with("TIES_VAULT", "/no/such/folder");
    check(
        &elsewhere,
        "list",
        &expect![[r#"
            -- talk
            error: there is no folder /no/such/folder (from TIES_VAULT)
            hint: `ties init /no/such/folder` makes a vault there
            exit 2
        "#]],
    );
}

#[test]
fn a_vault_is_found_by_flag_environment_and_configuration() {
    let vault = TestVault::of(ANA);
    let root = vault.root().display().to_string();
    let from = |vault: &TestVault, arguments: &[&str]| {
        let output = vault.command().current_dir("/").args(arguments).output().unwrap();
        Run::of(&output, &vault.root()).out
    };
    assert!(from(&vault, &["list", "--vault", &root]).contains("Ana Lima"));
    assert_eq!(from(&vault, &["list"]), "");
    vault.configure(&format!("vault = {root:?}\n"));
    assert!(from(&vault, &["list"]).contains("Ana Lima"));
    let vault = vault.with("TIES_VAULT", "/no/such");
    assert_eq!(from(&vault, &["list"]), "");
    let vault = vault.with("TIES_VAULT", &root);
    assert!(from(&vault, &["list"]).contains("Ana Lima"));
}

#[test]
fn the_day_is_what_is_given() {
    let vault = TestVault::of(ANA);
    assert!(vault.ties("list").out.contains("2026-10-12"));
    assert!(!vault.ties("list --today 2026-10-11").out.contains("2026-10-12"));
    check(
        &vault,
        "list --today soon",
        &expect![[r#"
        -- talk
        error: `soon` (from --today) is not a day
        hint: write it as 2026-11-21
        exit 2
    "#]],
    );
}

#[test]
fn what_could_not_be_read_is_said_and_is_code_3() {
    let vault = TestVault::of(ANA);
    vault.write("people/large.md", vec![b'x'; (16 << 20) + 1]);
    check(
        &vault,
        "list",
        &expect![[r#"
        -- out
        Ana Lima  inner  2026-10-12   people/ana.md
        -- talk
        note: some notes could not be read; `ties check` shows them
        exit 3
    "#]],
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_code_4() {
    let vault = TestVault::of(ANA);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = vault.command().arg("list").stdout(full).output().unwrap();
    expect![[r#"
        -- talk
        error: the output could not be written
          because No space left on device (os error 28)
        exit 4
    "#]]
    .assert_eq(&Run::of(&output, &vault.root()).shown());
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let many = (0..2_000)
        .map(|number| format!("=== people/{number}.md\n---\nname: Somebody {number}\n---\n"));
    let vault = TestVault::of(&many.collect::<String>());
    let mut child =
        vault.command().arg("list").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn nothing_in_a_note_acts_on_the_terminal() {
    let evil = "\u{1b}[2J\u{9b}31m\u{202e}\u{e0041}";
    let vault = TestVault::of(&format!(
        "=== people/a.md\n---\nname: \"A{evil}\"\ncadence: \"{evil}\"\n---\n"
    ));
    for arguments in
        ["list", "list --json", "check", "check --json", "list --circle \u{1b}[2J", "\u{1b}x"]
    {
        let run = vault.ties(arguments);
        let acts = |character: char| {
            character.is_control() && character != '\n' || "\u{202e}\u{e0041}".contains(character)
        };
        assert!(!run.out.contains(acts) && !run.err.contains(acts), "{arguments}: {run:?}");
    }
}

#[test]
fn what_a_crash_left_is_settled_and_told() {
    let vault = TestVault::of(ANA);
    let home = vault.beside("home").display().to_string();
    let variables = [("HOME", home.as_str()), ("XDG_STATE_HOME", &format!("{home}/state"))];
    let environment = Environment::of(&variables, &vault.root());
    let journal = Places::new(&environment).unwrap().state_of(&vault.root()).join("journal");
    std::fs::create_dir_all(&journal).unwrap();
    std::fs::write(journal.join("pending"), "damaged").unwrap();
    let run = vault.ties("list");
    let told =
        "note: the journal of an earlier change could not be read; it lies in WORLD/home/state/";
    assert!(run.err.starts_with(told) && run.code == 0, "{run:?}");
    assert_eq!(vault.ties("list").err, "");
}

#[test]
fn colours_are_for_those_who_want_them() {
    let vault = TestVault::of(ANA);
    assert!(!vault.ties("list").out.contains('\u{1b}'));
    assert!(vault.ties("list --color always").out.contains("\u{1b}[1mAna Lima\u{1b}[0m"));
    vault.configure("color = \"always\"\n");
    assert!(vault.ties("list").out.contains('\u{1b}'));
    assert!(!vault.ties("list --color never").out.contains('\u{1b}'));
    let vault = vault.with("NO_COLOR", "1");
    assert!(!vault.ties("list").out.contains('\u{1b}'));
}

#[test]
fn quiet_leaves_out_the_talk() {
    let vault = TestVault::of(ANA);
    vault.write("ties.toml", "a = = 1\n");
    assert!(vault.ties("list").err.starts_with("note: ties.toml: "), "{:?}", vault.ties("list"));
    let run = vault.ties("-q list");
    assert_eq!((run.err.as_str(), run.code), ("", 0));
    assert!(run.out.contains("Ana Lima"));
    assert!(!vault.ties("-q list --circle nobody").out.contains("Ana"));
    assert!(vault.ties("-q lst").err.contains("lst"));
}
