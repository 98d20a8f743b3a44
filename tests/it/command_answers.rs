//! `ties agenda --apply`, `ties` and `ties watch`: what is ticked and typed in `agenda.md` goes into the notes, once.

use crate::support::program::TestVault;
use crate::support::watcher::Watcher;
use expect_test::{Expect, expect};

const VAULT: &str = "=== people/ana.md
---
name: Ana
follow_up: 2026-11-20   # the vet's day
next: Ask about the dog
---

## Log
- 2026-10-12 call: New job
=== people/bo.md
---
name: Bo
cadence: monthly
---
- [ ] Lend the book
## Log
- 2026-08-02 met: tea
";

fn vault() -> TestVault {
    let vault = TestVault::of(VAULT);
    assert_eq!(vault.ties("agenda --apply").code, 0);
    vault
}

/// The line of the agenda that holds `text` gets this box, and lines below it.
fn answer(vault: &TestVault, text: &str, status: char, below: &str) {
    let agenda = vault.read("agenda.md");
    let line = agenda.lines().find(|line| line.starts_with("- [") && line.contains(text)).unwrap();
    let answered = format!("- [{status}]{}\n{below}", &line[5..]);
    vault.write("agenda.md", agenda.replace(&format!("{line}\n"), &answered));
}

fn check(vault: &TestVault, arguments: &str, expected: &Expect) {
    expected.assert_eq(&vault.ties(arguments).shown());
}

#[test]
fn answers_are_shown_as_a_diff_then_written_once() {
    let vault = vault();
    answer(&vault, "people/ana|", 'x', "  call: The dog is well\n");
    answer(&vault, "] [[people/bo|Bo]] ^", '>', "");
    answer(&vault, "Lend", 'x', "");
    let before = vault.read("agenda.md");
    check(
        &vault,
        "agenda --apply --dry-run",
        &expect![[r#"
            -- out
            --- a/people/bo.md
            +++ b/people/bo.md
            @@ -2,6 +2,6 @@
             name: Bo
             cadence: monthly
             ---
            -- [ ] Lend the book
            +- [x] Lend the book
             ## Log
             - 2026-08-02 met: tea
            --- a/people/ana.md
            +++ b/people/ana.md
            @@ -1,8 +1,8 @@
             ---
             name: Ana
            -follow_up: 2026-11-20   # the vet's day
            -next: Ask about the dog
            +# the vet's day
             ---

             ## Log
            +- 2026-11-21 call: The dog is well
             - 2026-10-12 call: New job
            --- a/people/bo.md
            +++ b/people/bo.md
            @@ -1,6 +1,7 @@
             ---
             name: Bo
             cadence: monthly
            +quiet_until: 2026-12-21
             ---
             - [ ] Lend the book
             ## Log
            exit 0
        "#]],
    );
    assert_eq!(
        (vault.read("agenda.md"), vault.read("people/bo.md").contains("quiet")),
        (before, false)
    );
    check(
        &vault,
        "agenda --apply",
        &expect![[r#"
            -- talk
            Read back: kept: Lend the book.
            Read back: in touch with Ana.
            Read back: Bo can wait until 21 December. `ties undo` takes it back.
            exit 0
        "#]],
    );
    check(
        &vault,
        "agenda --apply",
        &expect![[r#"
        -- talk
        Nothing new is ticked or typed in the agenda.
        exit 0
    "#]],
    );
    check(
        &vault,
        "",
        &expect![[r#"
            -- out
            Saturday, 21 November 2026

            All done for today. Next: Bo on 21 December.

            Done
              Lend the book · Bo
              Ana
            exit 0
        "#]],
    );
}

#[test]
fn an_answer_is_undone_exactly_and_is_not_followed_again() {
    let vault = vault();
    let before = vault.read("people/ana.md");
    answer(&vault, "people/ana|", 'x', "  call: The dog is well\n");
    assert_eq!(vault.ties("agenda --apply").code, 0);
    assert_ne!(vault.read("people/ana.md"), before);
    assert_eq!(vault.ties("undo").code, 0);
    for _ in 0..2 {
        assert_eq!(vault.ties("").code, 0);
        assert_eq!(vault.read("people/ana.md"), before);
        assert!(vault.read("agenda.md").contains("- [ ] [[people/ana|Ana]]"));
    }
}

#[test]
fn an_emptied_box_brings_back_every_byte() {
    let vault = vault();
    let before = vault.read("people/ana.md");
    answer(&vault, "people/ana|", 'x', "");
    assert_eq!(vault.ties("agenda --apply").code, 0);
    assert!(!vault.read("people/ana.md").contains("follow_up"));
    answer(&vault, "people/ana|", ' ', "");
    check(
        &vault,
        "agenda --apply",
        &expect![[r#"
        -- talk
        Read back: taken back: Ana. `ties undo` takes it back.
        exit 0
    "#]],
    );
    assert_eq!(vault.read("people/ana.md"), before);
}

#[test]
fn an_answer_that_is_refused_stops_no_other() {
    let vault = vault();
    vault.write(
        "people/bo.md",
        vault.read("people/bo.md") + "<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n",
    );
    answer(&vault, "] [[people/bo|Bo]] ^", 'x', "");
    answer(&vault, "people/ana|", 'x', "");
    check(
        &vault,
        "agenda --apply",
        &expect![[r#"
            -- talk
            Read back: in touch with Ana. `ties undo` takes it back.
            note: left as it is: in touch with Bo: people/bo.md is left as it is: the note has conflict markers (choose one side of each conflict, then try again)
            exit 0
        "#]],
    );
    assert!(vault.read("people/ana.md").contains("- 2026-11-21\n"));
    assert!(vault.read("agenda.md").contains("- [x] [[people/bo|Bo]]"));
}

#[test]
fn a_copy_that_a_sync_tool_made_is_read_once() {
    let vault = vault();
    let plain = vault.read("agenda.md");
    answer(&vault, "people/ana|", 'x', "  met: by the river\n");
    vault.write("agenda.sync-conflict-20261121-101112-ABCDEFG.md", vault.read("agenda.md"));
    vault.write("agenda.md", plain);
    for _ in 0..2 {
        assert_eq!(vault.ties("agenda --apply").code, 0);
        assert_eq!(vault.read("people/ana.md").matches("by the river").count(), 1);
    }
    assert_eq!(vault.ties("undo").code, 0);
    assert_eq!(vault.ties("agenda --apply").code, 0);
    assert!(!vault.read("people/ana.md").contains("by the river"));
}

#[test]
fn the_watcher_follows_answers_once_the_file_rests() {
    let vault = vault();
    vault.write("ties.toml", "[agenda]\nsettle = \"1s\"\n");
    let watcher = Watcher::start(&vault, "");
    watcher.wait_for_quiet();
    answer(&vault, "people/ana|", 'x', "  call: The dog is well\n");
    let said = || vault.read("people/ana.md").contains("- 2026-11-21 call: The dog is well\n");
    watcher.wait_for("it is written in");
    watcher.wait_until("the answer in the note", said);
    watcher.wait_for("read back from the agenda: in touch with Ana");
    watcher.wait_for_quiet();
    assert_eq!(vault.read("people/ana.md").matches("2026-11-21").count(), 1);
    assert!(vault.read("agenda.md").contains("- [x] [[people/ana|Ana]]"));
}

#[test]
fn json_tells_which_lines_are_answered() {
    let vault = vault();
    answer(&vault, "people/ana|", 'x', "");
    let shown = vault.ties("agenda --json").out;
    assert!(shown.contains("\"status\": \"x\""), "{shown}");
}

#[test]
fn rest_anywhere_in_the_file_is_days_away() {
    let vault = vault();
    vault.write("agenda.md", vault.read("agenda.md") + "rest 3w\nmy own words\n");
    check(
        &vault,
        "agenda --apply",
        &expect![[r#"
        -- talk
        Read back: away 2026-11-21..2026-12-11. `ties undo` takes it back.
        exit 0
    "#]],
    );
    assert!(
        vault.read("ties.toml").contains("2026-11-21..2026-12-11"),
        "{}",
        vault.read("ties.toml")
    );
    let agenda = vault.read("agenda.md");
    assert!(agenda.ends_with("## Notes\nmy own words\n"), "{agenda}");
    assert!(agenda.contains("You are away until"), "{agenda}");
    check(
        &vault,
        "agenda --apply",
        &expect![[r#"
        -- talk
        Nothing new is ticked or typed in the agenda.
        exit 0
    "#]],
    );
    assert_eq!(vault.ties("undo").code, 0);
    check(
        &vault,
        "agenda --apply",
        &expect![[r#"
        -- talk
        Nothing new is ticked or typed in the agenda.
        exit 0
    "#]],
    );
    assert!(!vault.read("ties.toml").contains("2026-11-21"));
}

#[test]
fn after_an_absence_the_rest_may_start_afresh() {
    let notes = (0..8).map(|at| {
        format!("=== people/n{at}.md\n---\nname: N{at}\ncadence: monthly\n---\n## Log\n- 2026-0{}-01 call\n", at % 4 + 1)
    });
    let vault = TestVault::of(&notes.collect::<String>());
    assert_eq!(vault.ties("agenda --apply").code, 0);
    answer(&vault, "Let the rest start afresh", 'x', "");
    check(
        &vault,
        "agenda --apply",
        &expect![[r#"
        -- talk
        Read back: everybody else starts afresh. `ties undo` takes it back.
        exit 0
    "#]],
    );
    assert!(vault.read("ties.toml").contains("fresh_start = \"2026-11-21\""));
    assert!(vault.read("agenda.md").contains("- [x] Let the rest start afresh"));
    check(
        &vault,
        "agenda --apply",
        &expect![[r#"
        -- talk
        Nothing new is ticked or typed in the agenda.
        exit 0
    "#]],
    );
    answer(&vault, "Let the rest start afresh", ' ', "");
    check(
        &vault,
        "agenda --apply",
        &expect![[r#"
        -- talk
        Read back: taken back: Let the rest start afresh from today. `ties undo` takes it back.
        exit 0
    "#]],
    );
    assert_eq!(vault.read("ties.toml"), "");
}

#[test]
fn other_commands_know_what_is_ticked_and_not_yet_read_back() {
    let vault = vault();
    answer(&vault, "] [[people/bo|Bo]] ^", 'x', "");
    check(
        &vault,
        "due",
        &expect![[r#"
        -- out
        Next steps
          Ana  Ask about the dog · last 12 October
        exit 0
    "#]],
    );
    check(
        &vault,
        "why bo",
        &expect![[r#"
        -- out
        Bo (people/bo.md)
        Saturday, 21 November 2026: not suggested, the rhythm has not come round yet. Can be suggested from 22 December on.

        Rhythm: every month, from the note (people/bo.md:3)
        Newest contact: 21 November, ticked in the agenda
        Due: 22 December (21 December by the calendar, one day later to spread people)
        exit 0
    "#]],
    );
    assert!(!vault.read("people/bo.md").contains("2026-11-21"));
}

#[test]
fn several_programs_at_once_follow_each_answer_once() {
    for _ in 0..4 {
        let vault = vault();
        answer(&vault, "people/ana|", 'x', "  call: The dog is well\n");
        answer(&vault, "] [[people/bo|Bo]] ^", '/', "  no answer\n");
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| assert_eq!(vault.ties("agenda --apply").code, 0));
            }
        });
        let entries = |path, said: &str| vault.read(path).matches(said).count();
        assert_eq!(entries("people/ana.md", "- 2026-11-21 call: The dog is well"), 1);
        assert_eq!(entries("people/bo.md", "- 2026-11-21 tried: no answer"), 1);
    }
}

#[test]
fn an_emptied_box_brings_the_next_step_back_into_a_note_that_was_edited_since() {
    let vault = vault();
    answer(&vault, "people/ana|", 'x', "");
    assert_eq!(vault.ties("agenda --apply").code, 0);
    vault.write("people/ana.md", vault.read("people/ana.md") + "\nShe likes figs.\n");
    answer(&vault, "people/ana|", ' ', "");
    assert_eq!(vault.ties("agenda --apply").code, 0);
    expect![[r#"
        ---
        name: Ana
        # the vet's day
        follow_up: 2026-11-20
        next: Ask about the dog
        ---

        ## Log
        - 2026-10-12 call: New job

        She likes figs.
    "#]]
    .assert_eq(&vault.read("people/ana.md"));
}

#[test]
fn an_answer_that_changes_no_note_is_told_of_once() {
    let vault = vault();
    let log = "## Log\n- 2026-11-20 plan: lunch\n";
    vault.write("people/bo.md", vault.read("people/bo.md").replace("## Log\n", log));
    assert_eq!(vault.ties("agenda --apply").code, 0);
    answer(&vault, "Did it happen?", '-', "");
    let before = vault.read("people/bo.md");
    let told = |expected: &str| assert_eq!(vault.ties("agenda --apply").err.trim_end(), expected);
    told("Read back; no note needed a change.");
    told("Nothing new is ticked or typed in the agenda.");
    assert_eq!(vault.read("people/bo.md"), before);
}
