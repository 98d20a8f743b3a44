//! `ties gift`, `ties event`

use crate::support::program::TestVault;
use expect_test::{Expect, expect};

const VAULT: &str = "=== people/ana.md
---
name: Ana Lima
household: \"[[Bo]]\"
---
## Gifts
- 2025-12-24 gave: Douro red (Christmas)
- idea: climbing shoes, size 38
=== people/bo.md
---
name: Bo
---
## Gifts
- 2024-05-01 gave: a kite
";

/// What each command says, one after the other in one vault, then Ana's note.
fn check(commands: &[&[&str]], expected: &Expect) {
    let vault = TestVault::of(VAULT);
    let mut shown = commands.iter().map(|command| vault.run(*command).shown()).collect::<String>();
    shown.push_str(&format!("== people/ana.md\n{}", vault.read("people/ana.md")));
    expected.assert_eq(&shown);
}

#[test]
fn an_idea_that_is_given_goes_and_undo_brings_it_back() {
    check(
        &[
            &["gift", "ana", "gave", "Climbing shoes, size 38.", "--for", "birthday"],
            &["gift", "ana"],
            &["undo"],
        ],
        &expect![[r#"
            -- talk
            Given to Ana Lima: Climbing shoes, size 38 (birthday), which was an idea: people/ana.md. `ties undo` takes it back.
            exit 0
            -- out
            Ana Lima
              gave  Climbing shoes, size 38 (birthday, today)
              gave  Douro red (Christmas, 24 December 2025)
            exit 0
            -- out
            --- a/people/ana.md
            +++ b/people/ana.md
            @@ -3,5 +3,5 @@
             household: "[[Bo]]"
             ---
             ## Gifts
            -- 2026-11-21 gave: Climbing shoes, size 38 (birthday)
             - 2025-12-24 gave: Douro red (Christmas)
            +- idea: climbing shoes, size 38
            -- talk
            Undone (gift Ana Lima: gave Climbing shoes, size 38): people/ana.md. `ties undo 2` brings it back.
            exit 0
            == people/ana.md
            ---
            name: Ana Lima
            household: "[[Bo]]"
            ---
            ## Gifts
            - 2025-12-24 gave: Douro red (Christmas)
            - idea: climbing shoes, size 38
        "#]],
    );
}

#[test]
fn what_was_given_before_is_said() {
    check(
        &[
            &["gift", "ana", "gave", "Kite", "--dry-run"],
            &["gift", "ana", "idea", "red", "Douro", "2019"],
            &["gift", "ana", "gave", "Douro red", "--on", "yesterday"],
            &["gift", "ana", "idea", "climbing shoes size 38"],
        ],
        &expect![[r#"
            -- out
            --- a/people/ana.md
            +++ b/people/ana.md
            @@ -3,5 +3,6 @@
             household: "[[Bo]]"
             ---
             ## Gifts
            +- 2026-11-21 gave: Kite
             - 2025-12-24 gave: Douro red (Christmas)
             - idea: climbing shoes, size 38
            -- talk
            note: you gave Bo, who lives with Ana Lima, something like it before: a kite (1 May 2024)
            exit 0
            -- talk
            An idea for Ana Lima: red Douro 2019: people/ana.md. `ties undo` takes it back.
            note: you gave Ana Lima something like it before: Douro red (Christmas, 24 December 2025)
            exit 0
            -- talk
            Given to Ana Lima: Douro red: people/ana.md. `ties undo` takes it back.
            note: you gave Ana Lima the same before: Douro red (Christmas, 24 December 2025)
            note: an idea for Ana Lima is something like it: red Douro 2019
            exit 0
            -- talk
            Nothing to write: people/ana.md:8 says so already.
            exit 0
            == people/ana.md
            ---
            name: Ana Lima
            household: "[[Bo]]"
            ---
            ## Gifts
            - 2026-11-20 gave: Douro red
            - 2025-12-24 gave: Douro red (Christmas)
            - idea: climbing shoes, size 38
            - idea: red Douro 2019
        "#]],
    );
}

#[test]
fn gifts_are_shown_and_odd_ones_refused() {
    check(
        &[
            &["gift", "bo"],
            &["gift", "bo", "--json"],
            &["gift", "bo", "gave", "a lamp", "--on", "2026-12-24"],
            &["gift", "bo", "gave"],
            &["gift", "bo", "given", "a lamp"],
            &["gift", "nobody"],
        ],
        &expect![[r#"
            -- out
            Bo
              gave  a kite (1 May 2024)
            exit 0
            -- out
            {
              "version": 1,
              "name": "Bo",
              "path": "people/bo.md",
              "gifts": [
                {
                  "kind": "gave",
                  "date": "2024-05-01",
                  "what": "a kite",
                  "occasion": null,
                  "line": 5
                }
              ]
            }
            exit 0
            -- talk
            error: 2026-12-24 is still to come
            hint: write it as an idea: `ties gift ana idea …`
            exit 2
            -- talk
            error: no gift is named
            hint: say what: `ties gift ana idea climbing shoes`
            exit 2
            -- talk
            error: invalid value 'given' for '[WAY]'
              [possible values: idea, gave, got]

              tip: a similar value exists: 'gave'

            For more information, try '--help'.
            exit 2
            -- talk
            error: nobody here is called `nobody`
            hint: `ties add "nobody"` makes a note for somebody new
            exit 1
            == people/ana.md
            ---
            name: Ana Lima
            household: "[[Bo]]"
            ---
            ## Gifts
            - 2025-12-24 gave: Douro red (Christmas)
            - idea: climbing shoes, size 38
        "#]],
    );
}

#[test]
fn an_event_is_written_down_and_shown() {
    check(
        &[
            &["event", "ana"],
            &["event", "ana", "wedding", "in", "Porto", "--on", "2027-05-01"],
            &["event", "ana", "wedding:", "in Porto", "--on", "2027-05-01"],
            &["event", "ana", "new job", "--on", "last mon"],
            &["event", "ana", "exam", "--on", "2026-12"],
            &["event", "ana", "weding", "--dry-run"],
            &["event", "ana"],
            &["event", "ana", "--json"],
        ],
        &expect![[r#"
            -- talk
            No event is written down for Ana Lima.
            exit 1
            -- talk
            Ana Lima: wedding, 1 May: people/ana.md. `ties undo` takes it back.
            exit 0
            -- talk
            Nothing to write: people/ana.md:10 says so already.
            exit 0
            -- talk
            Ana Lima: new job, Monday: people/ana.md. `ties undo` takes it back.
            exit 0
            -- talk
            Ana Lima: exam, in December: people/ana.md. `ties undo` takes it back.
            exit 0
            -- out
            --- a/people/ana.md
            +++ b/people/ana.md
            @@ -8,5 +8,6 @@

             ## Events
             - 2027-05-01 wedding: in Porto
            +- 2026-11-21 weding
             - 2026-11-16 new-job
             - 2026-12 exam
            -- talk
            note: `weding` brings no suggestions, but `wedding` would
            exit 0
            -- out
            Ana Lima
              Sat 1 May    wedding: in Porto
              in December  exam
              16 November  new job
            exit 0
            -- out
            {
              "version": 1,
              "name": "Ana Lima",
              "path": "people/ana.md",
              "events": [
                {
                  "date": "2027-05-01",
                  "kind": "wedding",
                  "text": "in Porto",
                  "path": "people/ana.md",
                  "line": 10
                },
                {
                  "date": "2026-12",
                  "kind": "exam",
                  "text": "",
                  "path": "people/ana.md",
                  "line": 12
                },
                {
                  "date": "2026-11-16",
                  "kind": "new-job",
                  "text": "",
                  "path": "people/ana.md",
                  "line": 11
                }
              ]
            }
            exit 0
            == people/ana.md
            ---
            name: Ana Lima
            household: "[[Bo]]"
            ---
            ## Gifts
            - 2025-12-24 gave: Douro red (Christmas)
            - idea: climbing shoes, size 38

            ## Events
            - 2027-05-01 wedding: in Porto
            - 2026-11-16 new-job
            - 2026-12 exam
        "#]],
    );
}

#[test]
fn a_day_that_could_be_two_is_not_guessed() {
    check(
        &[
            &["event", "ana", "move", "--on", "fri"],
            &["event", "ana", "move", "--on", "--05-01"],
            &["event", "ana", "move", "--on", "3/4"],
            &["event", "ana", "--on", "fri"],
            &["event", "ana", "birthday", "--on", "1988-03-04"],
        ],
        &expect![[r#"
            -- talk
            error: `fri` could be 2026-11-20 or 2026-11-27
            hint: write the date, or `last …` or `next …`
            exit 2
            -- talk
            error: unexpected argument '--05-01' found

              tip: to pass '--05-01' as a value, use '-- --05-01'

            Usage: ties event <WHO> <KIND> [TEXT]...

            For more information, try '--help'.
            exit 2
            -- talk
            error: `3/4` could be read in more than one way
            hint: write the whole date, 2026-11-25, or name the month, `25 nov`
            exit 2
            -- talk
            error: the following required arguments were not provided:
              <KIND>

            Usage: ties event --on <WHEN> <WHO> <KIND> [TEXT]...

            For more information, try '--help'.
            exit 2
            -- talk
            error: what comes every year is a key of the note: `birthday: 1988-03-04`
            hint: write it with `ties edit`
            exit 2
            == people/ana.md
            ---
            name: Ana Lima
            household: "[[Bo]]"
            ---
            ## Gifts
            - 2025-12-24 gave: Douro red (Christmas)
            - idea: climbing shoes, size 38
        "#]],
    );
}

#[test]
fn an_idea_gives_its_occasion_and_stays_where_it_is_for_something_else() {
    let vault = TestVault::of(
        "=== ties.toml\nformat = 1\n=== people/ana.md\n---\nname: Ana\nbirthday: --11-23\n---\n\n## Gifts\n\
         - idea: lamp (Christmas)\n- idea: bowl (birthday)\n- idea: vase\n- gave: 🎁\n",
    );
    let run = |arguments: &[&str]| vault.run(arguments).shown();
    let told = run(&["gift", "ana", "gave", "lamp"])
        + &run(&["gift", "ana", "gave", "bowl", "--for", "Christmas"])
        + &run(&["gift", "ana", "gave", "vase", "--on", "2019"])
        + &run(&["gift", "ana", "gave", "scarf", "--for", "birthday", "--on", "last year"])
        + &run(&["gift", "ana", "got", "a map", "--on", "last month"])
        + &run(&["gift", "ana", "got", "a pen", "--on", "next month"])
        + &run(&["gift", "ana"]);
    expect![[r#"
        -- talk
        Given to Ana: lamp (Christmas), which was an idea: people/ana.md. `ties undo` takes it back.
        exit 0
        -- talk
        Given to Ana: bowl (Christmas): people/ana.md. `ties undo` takes it back.
        note: an idea for Ana is the same: bowl (birthday)
        exit 0
        -- talk
        Given to Ana: vase: people/ana.md. `ties undo` takes it back.
        note: an idea for Ana is the same: vase
        exit 0
        -- talk
        Given to Ana: scarf (birthday): people/ana.md. `ties undo` takes it back.
        exit 0
        -- talk
        Got from Ana: a map: people/ana.md. `ties undo` takes it back.
        exit 0
        -- talk
        error: 2026-12 is still to come
        hint: write it as an idea: `ties gift ana idea …`
        exit 2
        -- out
        Ana
          idea  bowl (birthday)
          idea  vase
          gave  bowl (Christmas, today)
          gave  lamp (Christmas, today)
          got   a map (in October)
          gave  scarf (birthday, in 2025)
          gave  vase (in 2019)
          gave  🎁
        exit 0
    "#]]
    .assert_eq(&told);
}

#[test]
fn an_event_of_a_journal_is_known_and_a_day_is_no_kind() {
    let vault = TestVault::of(
        "=== ties.toml\nformat = 1\n=== people/ana.md\n---\nname: Ana\n---\n\
         === journal/2026-11-20.md\n- call [[Ana]]: yes #event/move\n",
    );
    let run = |arguments: &[&str]| vault.run(arguments).shown();
    let told = run(&["event", "ana"])
        + &run(&["event", "ana", "--json"])
        + &run(&["event", "ana", "move", "--on", "2026-11-20"])
        + &run(&["event", "ana", "2027-05-01", "wedding"])
        + &run(&["event", "ana", "exam", "--on", "next month"])
        + &run(&["event", "ana", "exam", "--on", "next year", "--dry-run"]);
    expect![[r#"
        -- out
        Ana
          yesterday  move: yes
        exit 0
        -- out
        {
          "version": 1,
          "name": "Ana",
          "path": "people/ana.md",
          "events": [
            {
              "date": "2026-11-20",
              "kind": "move",
              "text": "yes",
              "path": "journal/2026-11-20.md",
              "line": 1
            }
          ]
        }
        exit 0
        -- talk
        Nothing to write: journal/2026-11-20.md:1 says so already.
        exit 0
        -- talk
        error: `2027-05-01` is a day, and no kind of event
        hint: the day goes after `--on`: `ties event ana wedding --on 2027-05-01`
        exit 2
        -- talk
        Ana: exam, in December: people/ana.md. `ties undo` takes it back.
        exit 0
        -- out
        --- a/people/ana.md
        +++ b/people/ana.md
        @@ -4,3 +4,4 @@

         ## Events
         - 2026-12 exam
        +- 2027 exam
        exit 0
    "#]]
    .assert_eq(&told);
}
