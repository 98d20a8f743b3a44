//! `ties triage`

use crate::support::program::{Run, TestVault};
use crate::support::screen::{Screen, is_here, path_with_ties};
use expect_test::{Expect, expect};
use std::io::Write;
use std::process::{Command, Stdio};

const PEOPLE: &str = "\
=== people/ana-lima.md
---
name: Ana Lima
groups: [work]
location: Porto
---
## Log
- 2026-10-12 call: a new job at the school
=== people/bo.md
---
name: Bo Silva
groups: [work]
---
## Log
- 2026-11-02 met: the regatta
=== people/cy.md
---
name: Cy
email: cy@example.org
---
=== people/di.md
---
name: Di
circle: inner
---
=== people/ed.md
---
name: Ed
status: later
---
";

fn check(vault: &TestVault, arguments: &[&str], expected: &Expect) {
    expected.assert_eq(&vault.run(arguments).shown());
}

/// Ticks the box of `word` below `name`.
fn ticked(text: &str, name: &str, word: &str) -> String {
    let at = text.find(name).unwrap();
    let (before, after) = text.split_at(at);
    before.to_owned() + &after.replacen(&format!("[ ] {word}"), &format!("[x] {word}"), 1)
}

#[test]
fn who_waits_is_listed_the_newest_contact_first() {
    let vault = TestVault::of(PEOPLE);
    check(
        &vault,
        &["triage", "--list"],
        &expect![[r#"
        -- out
        Bo Silva  Last: 2 November, met: the regatta · work
        Ana Lima  Last: 12 October, call: a new job at the school · work · Porto
        Cy        No entry yet · cy@example.org
        exit 0
    "#]],
    );
    check(
        &vault,
        &["triage", "--list", "group:work", "--limit", "1"],
        &expect![[r#"
            -- out
            Bo Silva  Last: 2 November, met: the regatta · work
            -- talk
            One more waits.
            exit 0
        "#]],
    );
    check(
        &vault,
        &["triage", "--list", "group:work", "sort:name"],
        &expect![[r#"
        -- out
        Ana Lima  Last: 12 October, call: a new job at the school · work · Porto
        Bo Silva  Last: 2 November, met: the regatta · work
        exit 0
    "#]],
    );
    check(
        &vault,
        &["triage", "--list", "-group:work"],
        &expect![[r#"
        -- out
        Cy  No entry yet · cy@example.org
        exit 0
    "#]],
    );
    check(
        &vault,
        &["triage", "--list", "group:nobody"],
        &expect![[r#"
        -- talk
        Nobody whom the query finds waits for a decision.
        exit 0
    "#]],
    );
    check(
        &vault,
        &["triage", "--list", "grup:work"],
        &expect![[r#"
        -- talk
        error: there is no field `grup`
          grup:work
          ^^^^
        hint: did you mean `group:`? Or to look for text with a colon, put it in quotes
        exit 2
    "#]],
    );
    check(
        &vault,
        &["triage", "--json", "--limit", "1"],
        &expect![[r#"
        -- out
        {
          "version": 1,
          "people": [
            {
              "name": "Bo Silva",
              "path": "people/bo.md",
              "groups": [
                "work"
              ],
              "last_contact": "2026-11-02",
              "about": [
                "Last: 2 November, met: the regatta",
                "work"
              ]
            }
          ],
          "total": 3,
          "choices": [
            "inner",
            "growth",
            "mentor",
            "extended",
            "later",
            "reference",
            "archive"
          ]
        }
        exit 0
    "#]],
    );
}

#[test]
fn a_checklist_goes_out_and_comes_back() {
    let vault = TestVault::of(PEOPLE);
    check(
        &vault,
        &["triage", "--to", "triage.md"],
        &expect![[r#"
        -- talk
        Written: triage.md. `ties undo` takes it back.
        It asks about three people.
        hint: tick, then `ties triage --from triage.md`
        exit 0
    "#]],
    );
    let written = vault.read("triage.md");
    expect![[r#"
        ---
        ties: triage
        date: 2026-11-21
        ---
        # Who belongs where

        Tick one box for whomever you can tell, and leave the others as they are.
        Then `ties triage --from` with this file takes the answers in.

        - [[people/bo|Bo Silva]]
          > Last: 2 November, met: the regatta
          > work
          - [ ] inner
          - [ ] growth
          - [ ] mentor
          - [ ] extended
          - [ ] later
          - [ ] reference
          - [ ] archive

        - [[people/ana-lima|Ana Lima]]
          > Last: 12 October, call: a new job at the school
          > work · Porto
          - [ ] inner
          - [ ] growth
          - [ ] mentor
          - [ ] extended
          - [ ] later
          - [ ] reference
          - [ ] archive

        - [[people/cy|Cy]]
          > No entry yet
          > cy@example.org
          - [ ] inner
          - [ ] growth
          - [ ] mentor
          - [ ] extended
          - [ ] later
          - [ ] reference
          - [ ] archive
    "#]]
    .assert_eq(&written);
    // Nobody touched it: it decides nothing, and may be written anew.
    check(
        &vault,
        &["triage", "--from", "triage.md"],
        &expect![[r#"
        -- talk
        Nothing was decided.
        exit 0
    "#]],
    );
    assert_eq!(vault.run(["triage", "--to", "triage.md"]).code, 0);
    let answered = ticked(&ticked(&written, "Bo Silva", "growth"), "Cy", "archive");
    vault.write("triage.md", &answered);
    check(
        &vault,
        &["triage", "--to", "triage.md"],
        &expect![[r#"
            -- talk
            error: triage.md has answers that are not in the notes
            hint: `ties triage --from triage.md` takes them in
            hint: or name another file
            exit 1
        "#]],
    );
    check(
        &vault,
        &["triage", "--from", "triage.md", "--dry-run"],
        &expect![[r#"
        -- out
        --- a/people/bo.md
        +++ b/people/bo.md
        @@ -1,6 +1,7 @@
         ---
         name: Bo Silva
         groups: [work]
        +circle: growth
         ---
         ## Log
         - 2026-11-02 met: the regatta
        --- a/people/cy.md
        +++ b/people/cy.md
        @@ -1,4 +1,5 @@
         ---
         name: Cy
         email: cy@example.org
        +status: archived
         ---
        exit 0
    "#]],
    );
    check(
        &vault,
        &["triage", "--from", "triage.md"],
        &expect![[r#"
        -- talk
        Decided on two people: people/bo.md, people/cy.md. `ties undo` takes it back.
        exit 0
    "#]],
    );
    check(
        &vault,
        &["triage", "--from", "triage.md"],
        &expect![[r#"
        -- talk
        Nothing to change: the notes say so already.
        exit 0
    "#]],
    );
    check(
        &vault,
        &["triage", "--list"],
        &expect![[r#"
        -- out
        Ana Lima  Last: 12 October, call: a new job at the school · work · Porto
        exit 0
    "#]],
    );
    // What is in the notes by now is lost to nobody.
    assert_eq!(vault.run(["triage", "--to", "triage.md"]).code, 0);
    assert!(!vault.read("triage.md").contains("Bo Silva"));
    assert_eq!((vault.ties("undo").code, vault.ties("undo 2").code), (0, 0));
    assert!(!vault.read("people/bo.md").contains("circle"));
    assert!(!vault.read("people/cy.md").contains("status"));
}

#[test]
fn what_is_not_understood_is_named_and_what_changed_is_left() {
    let vault = TestVault::of(PEOPLE);
    vault.write(
        "t.md",
        "- [[people/bo|Bo]]\n  - [x] gowth\n- [[Cy]]\n  - [x] inner\n- [[Di]]\n  - [x] growth\n- [[Zed]] → inner\n",
    );
    check(
        &vault,
        &["triage", "--from", "t.md"],
        &expect![[r#"
            -- talk
            note: t.md:2: `gowth` is no choice; did you mean `growth`?
            note: t.md:6: Di has the circle `inner` by now; left as it is
            note: t.md:7: [[Zed]] is nobody in this vault
            Decided on one person: people/cy.md. `ties undo` takes it back.
            exit 3
        "#]],
    );
    check(
        &vault,
        &["triage", "--from", "t.md"],
        &expect![[r#"
            -- talk
            note: t.md:2: `gowth` is no choice; did you mean `growth`?
            note: t.md:6: Di has the circle `inner` by now; left as it is
            note: t.md:7: [[Zed]] is nobody in this vault
            exit 3
        "#]],
    );
    assert!(vault.read("people/di.md").contains("circle: inner"));
    check(
        &vault,
        &["triage", "--from", "missing.md"],
        &expect![[r#"
            -- talk
            error: cannot read missing.md
              because No such file or directory (os error 2)
            exit 4
        "#]],
    );
}

#[test]
fn one_note_that_cannot_be_changed_does_not_stop_the_others() {
    let torn = "=== people/torn.md\n---\nname: Torn\n---\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n";
    let vault = TestVault::of(&format!("{PEOPLE}{torn}"));
    vault.write("t.md", "- [[Torn]] → inner\n- [[Cy]] → inner\n");
    check(
        &vault,
        &["triage", "--from", "t.md"],
        &expect![[r#"
        -- talk
        note: t.md:1: people/torn.md is left as it is: the note has conflict markers
        Decided on one person: people/cy.md. `ties undo` takes it back.
        exit 3
    "#]],
    );
    assert!(vault.read("people/cy.md").contains("circle: inner"));
    vault.write("t.md", "- [[Torn]] → inner\n");
    check(
        &vault,
        &["triage", "--from", "t.md"],
        &expect![[r#"
        -- talk
        note: t.md:1: people/torn.md is left as it is: the note has conflict markers
        exit 3
    "#]],
    );
}

#[test]
fn no_file_of_anybody_is_written_over() {
    let vault = TestVault::of(&format!("{PEOPLE}=== notes.md\nmine\n"));
    check(
        &vault,
        &["triage", "--to", "notes.md"],
        &expect![[r#"
            -- talk
            error: notes.md is there already, and ties did not write it
            hint: name another file
            exit 1
        "#]],
    );
    check(
        &vault,
        &["triage", "--to", "people/triage.md"],
        &expect![[r#"
        -- talk
        error: people/triage.md is a place for other notes
        hint: `--to triage.md` writes beside them
        exit 1
    "#]],
    );
    check(
        &vault,
        &["triage", "--to", "agenda.md"],
        &expect![[r#"
        -- talk
        error: agenda.md is a place for other notes
        hint: `--to triage.md` writes beside them
        exit 1
    "#]],
    );
    check(
        &vault,
        &["triage", "--to", "nowhere/triage.md"],
        &expect![[r#"
        -- talk
        error: cannot write into WORLD/vault/nowhere
          because No such file or directory (os error 2)
        exit 4
    "#]],
    );
    assert_eq!(vault.read("notes.md"), "mine\n");
    let outside = vault.beside("triage.md");
    let to = ["triage", "--to", outside.to_str().unwrap()];
    assert_eq!(vault.run(to).code, 0);
    let text = std::fs::read_to_string(&outside).unwrap();
    assert!(text.contains("[[people/bo|Bo Silva]]"), "{text}");
    std::fs::write(&outside, ticked(&text, "Bo Silva", "inner")).unwrap();
    assert_eq!(vault.run(to).code, 1);
    assert_eq!(vault.run(["triage", "--from", outside.to_str().unwrap()]).code, 0);
    assert!(vault.read("people/bo.md").contains("circle: inner"));
}

#[test]
fn streams_take_the_place_of_files() {
    let vault = TestVault::of(PEOPLE);
    let written = vault.run(["triage", "--to", "-", "name:bo"]);
    assert_eq!((written.code, written.err.as_str()), (0, ""));
    assert!(!vault.root().join("-").exists());
    let mut command = vault.command();
    command.args(["triage", "--from", "-"]).stdin(Stdio::piped());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let ticked = ticked(&written.out, "Bo Silva", "mentor");
    child.stdin.take().unwrap().write_all(ticked.as_bytes()).unwrap();
    let run = Run::of(&child.wait_with_output().unwrap(), &vault.beside("."));
    expect![[r#"
        -- talk
        Decided on one person: people/bo.md. `ties undo` takes it back.
        exit 0
    "#]]
    .assert_eq(&run.shown());
}

#[test]
fn an_empty_vault_and_one_where_everybody_has_a_place_say_so() {
    check(
        &TestVault::of(""),
        &["triage"],
        &expect![[r#"
        -- talk
        Nobody is here yet.
        exit 0
    "#]],
    );
    let vault = TestVault::of("=== people/di.md\n---\nname: Di\ncircle: inner\n---\n");
    check(
        &vault,
        &["triage"],
        &expect![[r#"
        -- talk
        Everybody has a place: nobody is without circle, rhythm or status.
        exit 0
    "#]],
    );
}

#[test]
fn without_a_terminal_there_are_other_ways() {
    let vault = TestVault::of(PEOPLE);
    let mut command = vault.command();
    let ties = command.get_program().to_owned();
    command = {
        // A session of its own has no terminal.
        let mut own = Command::new("setsid");
        own.arg("-w").arg(ties).arg("triage").env_clear().current_dir(vault.root());
        own.env("HOME", vault.beside("home")).env("TIES_TODAY", "2026-11-21");
        own.env("PATH", std::env::var_os("PATH").unwrap_or_default()).stdin(Stdio::null());
        own
    };
    let Ok(output) = command.output() else {
        eprintln!("skipped: there is no setsid here");
        return;
    };
    let run = Run::of(&output, &vault.beside("."));
    expect![[r#"
        -- talk
        error: there is no terminal to ask on
        hint: `ties triage --list` shows who waits
        hint: `ties triage --to triage.md` writes a checklist to tick
        exit 2
    "#]]
    .assert_eq(&run.shown());
}

// On a real screen

/// A shell with something on its screen.
fn shell(vault: &TestVault, columns: u16, rows: u16) -> Screen {
    let mut command = Command::new("bash");
    command.args(["--norc", "--noprofile", "-i"]).current_dir(vault.root());
    for (name, value) in vault.command().get_envs() {
        command.env(name, value.unwrap());
    }
    command.env("PATH", path_with_ties()).env("LC_ALL", "C.UTF-8").env("PS1", "$ ");
    let screen = Screen::open(&command, columns, rows);
    screen.wait_for("$");
    screen.type_text("clear; echo was here");
    screen.press(&["Enter"]);
    screen.wait("a clear screen", |shown| shown.starts_with("was here\n$"));
    screen
}

fn run(screen: &Screen, line: &str, expected: &str) -> String {
    screen.type_text(line);
    screen.press(&["Enter"]);
    screen.wait_for(expected)
}

#[test]
fn a_screen_shows_the_first_twenty_of_those_who_wait() {
    if !is_here("tmux") {
        return;
    }
    let notes = (1..=23)
        .map(|number| format!("=== people/{number:02}.md\n---\nname: Person {number:02}\n---\n"));
    let vault = TestVault::of(&notes.collect::<String>());
    let screen = shell(&vault, 80, 40);
    let shown = run(&screen, "ties triage --list", "Three more wait.");
    assert!(shown.contains("Person 20") && !shown.contains("Person 21"), "{shown}");
    let shown = run(&screen, "clear; ties triage --list limit:all", "Person 23");
    assert!(!shown.contains("more wait"), "{shown}");
}

#[test]
fn one_key_decides_on_each() {
    if !is_here("tmux") {
        return;
    }
    let vault = TestVault::of(PEOPLE);
    let screen = shell(&vault, 80, 14);
    let shown = run(&screen, "ties triage", "1 of 3 · 0 answers");
    expect![[r#"
        1 of 3 · 0 answers

        Bo Silva
        people/bo.md

        Last: 2 November, met: the regatta
        work

        1 i inner   2 g growth   3 m mentor   4 e extended
        l later   r reference   a archive
        s Enter skip   u back   q put it down"#]]
    .assert_eq(shown.trim_end());
    screen.press(&["g"]);
    screen.wait_for("2 of 3 · 1 answer");
    screen.press(&["u"]);
    screen.wait_for("Bo Silva  → growth");
    screen.press(&["1", "Enter"]);
    screen.wait_for("3 of 3 · 1 answer");
    screen.press(&["Up"]);
    screen.wait_for("Ana Lima");
    // What is decided elsewhere meanwhile stays.
    let ana = vault
        .read("people/ana-lima.md")
        .replace("groups: [work]", "groups: [work]\ncadence: weekly");
    vault.write("people/ana-lima.md", ana);
    screen.press(&["m", "a"]);
    screen.wait_for("That was everybody.");
    screen.press(&["Enter"]);
    let shown = screen.wait_for("takes it back");
    assert!(shown.starts_with("was here\n$ ties triage\n"), "{shown}");
    assert!(shown.contains("Ana Lima has a rhythm by now; left as it is"), "{shown}");
    assert!(vault.read("people/bo.md").contains("\ncircle: inner\n---"));
    assert!(vault.read("people/cy.md").contains("\nstatus: archived\n---"));
    run(&screen, "clear; ties triage", "Everybody has a place");
    assert_eq!(vault.ties("undo").code, 0);
    assert!(!vault.read("people/bo.md").contains("circle"));
}

#[test]
fn what_was_decided_is_written_however_it_ends() {
    if !is_here("tmux") {
        return;
    }
    for key in ["q", "C-c", "Escape"] {
        let vault = TestVault::of(PEOPLE);
        let screen = shell(&vault, 80, 14);
        run(&screen, "ties triage", "1 of 3");
        screen.press(&["i", key]);
        let shown = screen.wait_for("`ties triage` goes on");
        assert!(shown.contains("Decided on one person: people/bo.md."), "{shown}");
        assert!(shown.contains("2 people wait"), "{shown}");
        assert!(vault.read("people/bo.md").contains("circle: inner"));
        run(&screen, "stty -a | grep -Eo '(^| )-?(icanon|echo) '", "\n icanon\n echo");
    }
    let vault = TestVault::of(PEOPLE);
    let screen = shell(&vault, 80, 14);
    run(&screen, "(echo $BASHPID > ../process; exec ties triage)", "1 of 3");
    screen.press(&["i"]);
    screen.wait_for("2 of 3");
    let process = std::fs::read_to_string(vault.beside("process")).unwrap();
    assert!(Command::new("kill").arg("-TERM").arg(process.trim()).status().unwrap().success());
    screen.wait("the shell", |shown| shown.contains("Terminated"));
    assert!(vault.read("people/bo.md").contains("circle: inner"));
}

#[test]
fn a_dry_run_shows_and_writes_nothing() {
    if !is_here("tmux") {
        return;
    }
    let vault = TestVault::of(PEOPLE);
    let screen = shell(&vault, 80, 20);
    run(&screen, "ties triage --dry-run --no-pager", "1 of 3");
    screen.press(&["i", "q"]);
    screen.wait_for("+circle: inner");
    assert!(!vault.read("people/bo.md").contains("circle"));
}
