//! `ties habit`

use crate::support::program::TestVault;
use expect_test::{Expect, expect};

const VAULT: &str = "=== habits/read.md
---
habit: Read a page
---
=== habits/walk.md
---
habit: Walk 20 minutes
schedule: weekdays
after: lunch
with: \"[[Ana]]\"
recovery: Five minutes is enough
grace: 1 per week
---
## Log
- 2026-11-20
- 2026-11-19 in the rain
- 2026-11-17
- 2026-11-16
- 2026-11-10 excused: ill
- 2026-11-09
=== habits/word.md
---
habit: A word
schedule: 3 per week
done_by: contact circle:inner
created: 2026-11-01
---
=== people/ana.md
---
name: Ana
circle: inner
---
## Log
- 2026-11-21 call
- 2026-11-12 met
- 2026-11-11 met
- 2026-11-09 call
";

/// What each command says, one after the other in one vault, then the notes.
fn check(commands: &[&[&str]], notes: &[&str], expected: &Expect) {
    let vault = TestVault::of(VAULT);
    let mut shown = commands.iter().map(|command| vault.run(*command).shown()).collect::<String>();
    for note in notes {
        shown.push_str(&format!("== {note}\n{}", vault.read(note)));
    }
    expected.assert_eq(&shown);
}

#[test]
fn all_habits_are_shown_with_their_weeks() {
    check(
        &[&["habit"]],
        &[],
        &expect![[r#"
        -- out
        Read a page
          open today · every day
              Sep     Oct     Nov
          Mon
          Tue
          Wed
          Thu
          Fri
          Sat                       ○
          Sun

        Walk 20 minutes after lunch
          not planned today · weekdays · 4 of the last 7 days · four times in a row ·
          with Ana
              Sep     Oct     Nov
          Mon                     ■ ■
          Tue                     × ■
          Wed                     ◦ ◦
          Thu                     □ ■
          Fri                     □ ■
          Sat                     · ·
          Sun                     ·

        A word
          done today, by contact with Ana · three times a week · 1 of 3 this week
              Sep     Oct     Nov
          Mon                   · ■ ·
          Tue                   · · ·
          Wed                   · ■ ·
          Thu                   · ■ ·
          Fri                   · · ·
          Sat                   · · ■
          Sun                 · · ·
          wk                  · □ ■ ○

          ■ done □ not done ◦ forgiven × excused · not planned ○ open
        exit 0
    "#]],
    );
}

#[test]
fn one_habit_is_shown_with_its_notes_and_partners() {
    check(
        &[&["habit", "walk", "20"]],
        &[],
        &expect![[r#"
        -- out
        Walk 20 minutes after lunch
          not planned today · weekdays · 4 of the last 7 days · four times in a row

              Sep     Oct     Nov
          Mon                     ■ ■
          Tue                     × ■
          Wed                     ◦ ◦
          Thu                     □ ■
          Fri                     □ ■
          Sat                     · ·
          Sun                     ·

          ■ done □ not done ◦ forgiven × excused · not planned

          After     lunch
          With      Ana
          Grace     one miss a week
          Hard day  Five minutes is enough

        Notes
          Thu 19 Nov  in the rain
          Tue 10 Nov  excused: ill

          habits/walk.md
        exit 0
    "#]],
    );
}

#[test]
fn a_narrow_screen_has_narrow_calendars() {
    for columns in ["20", "24", "40"] {
        let vault = TestVault::of(VAULT).with("COLUMNS", columns);
        for arguments in [&["habit"][..], &["habit", "walk"]] {
            let shown = vault.run(arguments).out;
            let widest = shown.lines().map(|line| line.chars().count()).max().unwrap();
            assert!(widest <= columns.parse().unwrap(), "{columns} {widest}\n{shown}");
        }
    }
}

#[test]
fn a_tick_is_written_once_and_may_be_late() {
    check(
        &[
            &["habit", "done", "walk", "along", "the", "river", "--on", "2026-11-18"],
            &["habit", "done", "walk", "--on", "2026-11-18"],
            &["habit", "done", "Read a page", "--dry-run"],
            &["habit", "skip", "read", "a headache"],
            &["habit", "done", "word"],
            &["habit", "done", "walk", "--on", "fri"],
        ],
        &["habits/walk.md", "habits/read.md"],
        &expect![[r#"
            -- talk
            Done on Wednesday: Walk 20 minutes: habits/walk.md. `ties undo` takes it back.
            5 of the last 7 days, five times in a row.
            exit 0
            -- talk
            Nothing to write: habits/walk.md:12 says so already.
            exit 0
            -- out
            --- a/habits/read.md
            +++ b/habits/read.md
            @@ -1,3 +1,6 @@
             ---
             habit: Read a page
             ---
            +
            +## Log
            +- 2026-11-21
            exit 0
            -- talk
            Excused today: Read a page: habits/read.md. `ties undo` takes it back.
            exit 0
            -- talk
            Nothing to write: contact with Ana ticked it already.
            exit 0
            -- talk
            Nothing to write: habits/walk.md:10 says so already.
            exit 0
            == habits/walk.md
            ---
            habit: Walk 20 minutes
            schedule: weekdays
            after: lunch
            with: "[[Ana]]"
            recovery: Five minutes is enough
            grace: 1 per week
            ---
            ## Log
            - 2026-11-20
            - 2026-11-19 in the rain
            - 2026-11-18 along the river
            - 2026-11-17
            - 2026-11-16
            - 2026-11-10 excused: ill
            - 2026-11-09
            == habits/read.md
            ---
            habit: Read a page
            ---

            ## Log
            - 2026-11-21 excused: a headache
        "#]],
    );
}

#[test]
fn a_tick_is_taken_back() {
    let vault = TestVault::of(VAULT);
    let before = vault.read("habits/walk.md");
    vault.run(["habit", "done", "walk", "at night"]);
    assert_ne!(vault.read("habits/walk.md"), before);
    vault.run(["undo"]);
    assert_eq!(vault.read("habits/walk.md"), before);
}

#[test]
fn a_day_that_contact_has_ticked_needs_no_excuse() {
    check(
        &[
            &["habit", "skip", "word", "a headache"],
            &["habit", "skip", "word", "--on", "2026-11-12"],
            &["habit", "skip", "word", "--on", "2026-11-13"],
        ],
        &["habits/word.md"],
        &expect![[r#"
            -- talk
            error: A word is done today, by contact with Ana
            hint: a day that is done needs no excuse
            exit 2
            -- talk
            error: A word is done on 12 November, by contact with Ana
            hint: a day that is done needs no excuse
            exit 2
            -- talk
            Excused on 13 November: A word: habits/word.md. `ties undo` takes it back.
            exit 0
            == habits/word.md
            ---
            habit: A word
            schedule: 3 per week
            done_by: contact circle:inner
            created: 2026-11-01
            ---

            ## Log
            - 2026-11-13 excused
        "#]],
    );
}

#[test]
fn a_schedule_that_cannot_be_read_is_told_of() {
    let vault = TestVault::of(
        "=== habits/walk.md\n---\nhabit: Walk\nschedule: every other day\n---\n=== habits/read.md\n---\nhabit: Read\nschedule: [mon, wed]\n---\n",
    );
    for command in ["habit", "habit walk"] {
        let told = vault.ties(command).shown();
        let words = "`every other day` is not a schedule, so every day is taken";
        assert_eq!(told.matches(words).count(), 1, "{told}");
    }
    let told = vault.ties("habit read").shown();
    assert!(told.contains("Monday and Wednesday") && !told.contains("not a schedule"), "{told}");
}

#[test]
fn what_is_not_clear_says_what_to_type() {
    check(
        &[
            &["habit", "wlak 20 minutes"],
            &["habit", "done", "a"],
            &["habit", "skip", "walk"],
            &["habit", "skip", "walk", "--on", "2026-11-20"],
            &["habit", "done", "walk", "--on", "2026-12-01"],
        ],
        &[],
        &expect![[r#"
            -- talk
            error: no habit is called `wlak 20 minutes`
            hint: did you mean `Walk 20 minutes`?
            hint: `ties habit` shows all of them
            exit 1
            -- talk
            error: `a` could mean 2 habits
            hint: 1  Read a page  habits/read.md
            hint: 2  A word  habits/word.md
            hint: type more of the name, or the path
            exit 2
            -- talk
            Excused today: Walk 20 minutes: habits/walk.md. `ties undo` takes it back.
            exit 0
            -- talk
            error: Walk 20 minutes is done on 2026-11-20
            hint: `ties undo` takes a tick back
            exit 2
            -- talk
            error: 2026-12-01 is still to come
            hint: tick it on its day
            exit 2
        "#]],
    );
}

#[test]
fn a_habit_is_begun_from_the_template() {
    check(
        &[
            &[
                "habit",
                "add",
                "Stretch",
                "--schedule",
                "mon wed fri",
                "--after",
                "Walk 20 minutes",
                "--with",
                "ana",
                "--report-weekly",
            ],
            &["habit", "add", "STRETCH"],
            &["habit", "add", "Sing", "--schedule", "often"],
            &["habit", "add", "Sing", "--done-by", "contact circle:iner"],
        ],
        &["habits/stretch.md"],
        &expect![[r#"
            -- talk
            Stretch has a note: habits/stretch.md. `ties undo` takes it back.
            exit 0
            -- talk
            error: there is a habit Stretch already: habits/stretch.md
            hint: give the new one another name
            exit 2
            -- talk
            error: `often` is not a schedule
            hint: write `daily`, `weekdays`, `mon wed fri`, `3 per week` or `monthly`
            exit 2
            -- talk
            error: `contact circle:iner` is not a query: no circle is called `iner`
            hint: did you mean `inner`?
            exit 2
            == habits/stretch.md
            ---
            habit: Stretch
            schedule: mon wed fri
            after: Walk 20 minutes
            with: ["[[people/ana|Ana]]"]
            report: weekly
            ---

            ## Log
        "#]],
    );
}

#[test]
fn other_programs_get_the_days_as_words() {
    let vault = TestVault::of(VAULT);
    let read: serde_json::Value =
        serde_json::from_str(&vault.run(["habit", "--json"]).out).unwrap();
    let habits = read["habits"].as_array().unwrap();
    let names = habits.iter().map(|habit| habit["name"].as_str().unwrap()).collect::<Vec<_>>();
    assert_eq!(
        (read["version"].as_u64(), names),
        (Some(1), vec!["Read a page", "Walk 20 minutes", "A word"])
    );
    let walk = &habits[1];
    assert_eq!(walk["streak"], 4);
    assert_eq!(
        (&walk["with"][0]["name"], &walk["days"][0]["mark"]),
        (&"Ana".into(), &"done".into())
    );
    let marks = walk["days"].as_array().unwrap().iter().map(|day| day["mark"].as_str().unwrap());
    assert!(
        ["done", "excused", "missed", "forgiven", "not-planned"]
            .iter()
            .all(|mark| marks.clone().any(|one| one == *mark))
    );
    assert_eq!(habits[2]["ticked_by"], "contact with Ana");
}

#[test]
fn no_habit_is_a_beginning() {
    let vault = TestVault::of("");
    expect![[r#"
        -- talk
        There is no habit yet.
        hint: `ties habit add "Walk 20 minutes"` begins one
        exit 0
    "#]]
    .assert_eq(&vault.run(["habit"]).shown());
}

#[test]
fn a_tick_at_the_week_to_be_told_is_contact_with_the_partner() {
    let vault = TestVault::of(
        &VAULT.replace("grace: 1 per week", "report: weekly").replace("- 2026-11-21 call\n", ""),
    );
    vault.run(["agenda"]);
    let agenda = vault.read("agenda.md");
    assert!(
        agenda.contains(
            "> Send the week's progress: Walk 20 minutes, 4 of 5. Thursday: in the rain."
        ),
        "{agenda}"
    );
    vault
        .write("agenda.md", agenda.replace("- [ ] [[people/ana|Ana]]", "- [x] [[people/ana|Ana]]"));
    vault.run(["agenda", "--apply"]);
    assert!(vault.read("people/ana.md").contains("## Log\n- 2026-11-21\n- 2026-11-12 met\n"));
    let rest = vault.run(["agenda", "--on", "2026-11-22", "--stdout"]).out;
    assert!(!rest.contains("week's progress"), "{rest}");
}
