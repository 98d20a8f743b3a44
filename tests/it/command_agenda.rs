//! `ties`, `ties agenda`, `ties due`, `ties why`, `ties undo`

use crate::support::program::TestVault;
use expect_test::{Expect, expect};

const VAULT: &str = "=== people/ana-lima.md
---
name: Ana Lima
circle: inner
birthday: 1990-11-25
---

## Log
- 2026-10-12 call: New job
=== people/joao-faria.md
---
name: João Faria
follow_up: 2026-11-21
next: Ask for the date
---
";

fn check(vault: &TestVault, arguments: &str, expected: &Expect) {
    expected.assert_eq(&vault.ties(arguments).shown());
}

#[test]
fn the_morning_is_shown_and_written_once() {
    let vault = TestVault::of(VAULT);
    check(
        &vault,
        "",
        &expect![[r#"
        -- out
        Saturday, 21 November 2026

        Reach out
          João Faria
            Next: ask for the date. Why: you chose today for it.
          Ana Lima · inner
            Last: 12 October, call: New job.
            Next: a call, a visit, a meal together. Why: every 1-2 weeks.

        Coming up
          Wed 25 Nov: Ana Lima's 36th birthday
        exit 0
    "#]],
    );
    let agenda = vault.read("agenda.md");
    assert!(agenda.starts_with("---\nties: agenda\ndate: 2026-11-21\n"), "{agenda}");
    let modified =
        || std::fs::metadata(vault.root().join("agenda.md")).unwrap().modified().unwrap();
    let first = modified();
    assert_eq!(vault.ties("").code, 0);
    assert_eq!(modified(), first);
    assert_eq!(vault.ties("agenda --stdout").out, agenda);
}

#[test]
fn another_day_and_other_forms_write_nothing() {
    let vault = TestVault::of(VAULT);
    check(
        &vault,
        "agenda --on 2026-11-25",
        &expect![[r#"
        -- out
        Wednesday, 25 November 2026

        Today
          Ana Lima turns 36.
            Last: 12 October, call: New job.
            Next: a call, a visit, a meal together. Why: every 1-2 weeks.

        Reach out
          João Faria
            Next: ask for the date. Why: you chose Saturday for it.
        exit 0
    "#]],
    );
    assert_eq!(vault.ties("agenda --stdout").code, 0);
    let json: serde_json::Value = serde_json::from_str(&vault.ties("agenda --json").out).unwrap();
    assert_eq!((&json["version"], &json["date"]), (&1.into(), &"2026-11-21".into()));
    assert_eq!(json["reach_out"][0]["about"][0], "people/joao-faria");
    assert!(!vault.root().join("agenda.md").exists());
}

#[test]
fn a_file_that_is_not_ours_is_left_as_it_is() {
    let vault = TestVault::of(VAULT);
    vault.write("agenda.md", "# My own agenda\n");
    let run = vault.ties("");
    assert_eq!(run.code, 0);
    assert!(run.out.contains("João Faria"), "{}", run.out);
    assert!(run.err.contains("agenda.md is not one that ties wrote"), "{}", run.err);
    assert_eq!(vault.read("agenda.md"), "# My own agenda\n");
}

#[test]
fn outside_of_a_vault_there_is_a_way_to_begin() {
    let run = TestVault::nothing().ties("");
    assert_eq!(run.code, 0);
    assert!(run.out.contains("Every day:"), "{}", run.out);
    assert!(run.err.contains("`ties start` begins one"), "{}", run.err);
}

#[test]
fn who_is_due_and_why_is_told() {
    let vault = TestVault::of(VAULT);
    check(
        &vault,
        "due",
        &expect![[r#"
        -- out
        Next steps
          João Faria  Ask for the date

        Their turn
          Ana Lima  every 1-2 weeks · last 12 October
        exit 0
    "#]],
    );
    check(
        &vault,
        "why ana",
        &expect![[r#"
            -- out
            Ana Lima (people/ana-lima.md)
            Saturday, 21 November 2026: suggested, the rhythm has come round.

            Rhythm: every 1-2 weeks, from the circle inner
            Newest contact: 12 October, call: New job (people/ana-lima.md:8)
            Due: 20 October (a day from 19 October to 26 October, to spread people)
            Turn: nobody else is due, and one has a place
            Limits: 4 people a day (0 had contact); 12 a week with a rhythm longer than a week (0 had contact since Monday)
            exit 0
        "#]],
    );
    let due: serde_json::Value = serde_json::from_str(&vault.ties("due --json").out).unwrap();
    assert_eq!(due["follow_ups"][0]["name"], "João Faria");
    let why: serde_json::Value = serde_json::from_str(&vault.ties("why ana --json").out).unwrap();
    assert_eq!((&why["turn"]["rank"], &why["turn"]["of"]), (&1.into(), &1.into()));
    assert!(why["turn"]["lot"].is_f64() && why["turn"]["key"].is_f64());
    assert_eq!(why["verdict"], "suggested");
    assert_eq!(why["newest_contact"]["line"], 8);
}

#[test]
fn the_last_change_is_taken_back_and_brought_back() {
    let vault = TestVault::of(VAULT);
    let before = vault.read("people/ana-lima.md");
    check(
        &vault,
        "undo",
        &expect![[r#"
        -- talk
        error: there is nothing to undo
        exit 1
    "#]],
    );
    assert_eq!(vault.ties("log ana x").code, 0);
    let after = vault.read("people/ana-lima.md");
    // The agenda is written too, but is nothing to be undone.
    assert_eq!(vault.ties("").code, 0);
    check(
        &vault,
        "undo --dry-run",
        &expect![[r#"
        -- out
        --- a/people/ana-lima.md
        +++ b/people/ana-lima.md
        @@ -5,5 +5,4 @@
         ---

         ## Log
        -- 2026-11-21: x
         - 2026-10-12 call: New job
        exit 0
    "#]],
    );
    assert_eq!(vault.read("people/ana-lima.md"), after);
    check(
        &vault,
        "undo",
        &expect![[r#"
        -- out
        --- a/people/ana-lima.md
        +++ b/people/ana-lima.md
        @@ -5,5 +5,4 @@
         ---

         ## Log
        -- 2026-11-21: x
         - 2026-10-12 call: New job
        -- talk
        Undone (log 2026-11-21 with Ana Lima): people/ana-lima.md. `ties undo 3` brings it back.
        exit 0
    "#]],
    );
    assert_eq!(vault.read("people/ana-lima.md"), before);
    check(
        &vault,
        "undo --list",
        &expect![[r#"
        -- out
        3  2026-11-21  undo: log 2026-11-21 with Ana Lima  people/ana-lima.md
        1  2026-11-21  log 2026-11-21 with Ana Lima (undone)  people/ana-lima.md
        exit 0
    "#]],
    );
    check(
        &vault,
        "undo 3",
        &expect![[r#"
        -- out
        --- a/people/ana-lima.md
        +++ b/people/ana-lima.md
        @@ -5,4 +5,5 @@
         ---

         ## Log
        +- 2026-11-21: x
         - 2026-10-12 call: New job
        -- talk
        Undone (undo: log 2026-11-21 with Ana Lima): people/ana-lima.md. `ties undo 4` brings it back.
        exit 0
    "#]],
    );
    assert_eq!(vault.read("people/ana-lima.md"), after);
    check(
        &vault,
        "undo 99",
        &expect![[r#"
        -- talk
        error: there is no change 99 to undo
        exit 1
    "#]],
    );
}

#[test]
fn a_note_that_has_changed_since_is_not_undone() {
    let vault = TestVault::of(VAULT);
    assert_eq!(vault.ties("log ana x").code, 0);
    let after = vault.read("people/ana-lima.md") + "more\n";
    vault.write("people/ana-lima.md", &after);
    check(
        &vault,
        "undo",
        &expect![[r#"
            -- talk
            error: people/ana-lima.md is left as it is: it was changed since, and that would be lost
            hint: take out in your editor what you do not want in it
            exit 1
        "#]],
    );
    assert_eq!(vault.read("people/ana-lima.md"), after);
}

#[test]
fn headings_stand_out_in_colour_and_only_there() {
    let vault = TestVault::of("=== people/ana.md\n---\nname: Ana\nbirthday: 11-21\n---\n");
    let run = vault.ties("--color always");
    let shown = run.out.replace('\u{1b}', "ESC");
    assert!(
        shown.starts_with("ESC[1mSaturday, 21 November 2026ESC[0m\n\nESC[1mTodayESC[0m\n  Ana "),
        "{shown}"
    );
    assert_eq!(run.out.replace("\u{1b}[1m", "").replace("\u{1b}[0m", ""), vault.ties("").out);
    let page = vault.ties("show ana --color always").out;
    assert!(page.starts_with("\u{1b}[1mAna\u{1b}[0m\npeople/ana.md\n"), "{page}");
}
