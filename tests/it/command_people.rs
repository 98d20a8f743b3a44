//! `ties add`, `ties show`, `ties edit`

use crate::support::program::TestVault;
use expect_test::{Expect, expect};

const VAULT: &str = "=== people/ana-lima.md
---
name: Ana Lima
aliases: [Aninha]
circle: inner
---

## Log
- 2026-10-12 call: New job
=== templates/contact.md
---
name: \"{{name}}\"
circle:
---

## Log
";

fn check(vault: &TestVault, arguments: &[&str], expected: &Expect) {
    expected.assert_eq(&vault.run(arguments).shown());
}

#[test]
fn a_new_note_is_made_from_the_template() {
    let vault = TestVault::of(VAULT);
    let arguments =
        ["add", "Zoë O'Neil", "--circle", "Growth", "--birthday", "4 march", "--group", "choir"];
    check(
        &vault,
        &[&arguments[..], &["--dry-run"]].concat(),
        &expect![[r#"
        -- out
        --- /dev/null
        +++ b/people/zoe-oneil.md
        @@ -0,0 +1,8 @@
        +---
        +name: "Zoë O'Neil"
        +circle: growth
        +groups: [choir]
        +birthday: "--03-04"
        +---
        +
        +## Log
        exit 0
    "#]],
    );
    assert!(!vault.root().join("people/zoe-oneil.md").exists());
    check(
        &vault,
        &arguments,
        &expect![[r#"
        -- talk
        Zoë O'Neil has a note: people/zoe-oneil.md. `ties undo` takes it back.
        exit 0
    "#]],
    );
    expect![[r#"
        ---
        name: "Zoë O'Neil"
        circle: growth
        groups: [choir]
        birthday: "--03-04"
        ---

        ## Log
    "#]]
    .assert_eq(&vault.read("people/zoe-oneil.md"));
}

#[test]
fn somebody_of_the_same_name_is_shown_first() {
    let vault = TestVault::of(VAULT);
    check(
        &vault,
        &["add", "ANINHA"],
        &expect![[r#"
        -- talk
        error: somebody is called ANINHA already
        hint: Ana Lima  people/ana-lima.md
        hint: `--anyway` makes a second note
        exit 2
    "#]],
    );
    check(
        &vault,
        &["add", "Ana Lima", "--anyway"],
        &expect![[r#"
        -- talk
        Ana Lima has a note: people/ana-lima-2.md. `ties undo` takes it back.
        exit 0
    "#]],
    );
    assert!(vault.root().join("people/ana-lima-2.md").exists());
}

#[test]
fn what_is_mistyped_gets_a_hint() {
    let vault = TestVault::of(VAULT);
    check(
        &vault,
        &["add", "Bo", "--circle", "iner"],
        &expect![[r#"
        -- talk
        error: `iner` is not a circle
        hint: did you mean `inner`?
        exit 2
    "#]],
    );
    check(
        &vault,
        &["add", "Bo", "--cadence", "montly"],
        &expect![[r#"
        -- talk
        error: `montly` is not a rhythm
        hint: did you mean `monthly`?
        exit 2
    "#]],
    );
    check(
        &vault,
        &["add", "Bo", "--birthday", "3/4"],
        &expect![[r#"
        -- talk
        error: `3/4` is not a date that can be read
        hint: write 1988-03-04, or without the year 03-04, or only 1988
        exit 2
    "#]],
    );
    check(
        &vault,
        &["add", "…"],
        &expect![[r#"
            -- talk
            error: a name needs a letter or a sign
            hint: give the name first: `ties add "Ana Lima"`
            exit 2
        "#]],
    );
}

#[test]
fn a_page_is_shown_as_text_and_as_json() {
    let vault = TestVault::of(VAULT);
    check(
        &vault,
        &["show", "ana"],
        &expect![[r#"
        -- out
        Ana Lima (Aninha)
        people/ana-lima.md

          Circle   inner
          Rhythm   every 1-2 weeks; it has come round
          Contact  12 October

        Last
          12 October  call: New job
        exit 0
    "#]],
    );
    let json: serde_json::Value = serde_json::from_str(&vault.ties("show ana --json").out).unwrap();
    assert_eq!(json["version"], 1);
    assert_eq!(json["name"], "Ana Lima");
    assert_eq!(json["entries"][0]["line"], 8);
    check(
        &vault,
        &["show", "Ana Luna"],
        &expect![[r#"
        -- talk
        error: nobody here is called `Ana Luna`
        hint: did you mean `Ana Lima`?
        hint: `ties add "Ana Luna"` makes a note for somebody new
        exit 1
    "#]],
    );
}

#[cfg(unix)]
#[test]
fn an_edited_note_is_looked_at_again() {
    let vault = TestVault::of(VAULT).with("EDITOR", "sed -i 's/inner/iner/'");
    check(
        &vault,
        &["edit", "ana"],
        &expect![[r#"
        -- out
        people/ana-lima.md:4:9: warning[unknown-circle]: `iner` is not a circle
          4 | circle: iner
            |         ^^^^ did you mean `inner`?
        exit 0
    "#]],
    );
    check(
        &vault,
        &["edit", "ana"],
        &expect![[r#"
        -- out
        people/ana-lima.md:4:9: warning[unknown-circle]: `iner` is not a circle
          4 | circle: iner
            |         ^^^^ did you mean `inner`?
        exit 0
    "#]],
    );
    check(
        &TestVault::of(VAULT),
        &["edit", "ana"],
        &expect![[r#"
        -- talk
        error: no editor is named
        hint: set EDITOR, or `editor` in your own configuration
        hint: the note is people/ana-lima.md
        exit 2
    "#]],
    );
    check(
        &TestVault::of(VAULT).with("VISUAL", "false"),
        &["edit", "ana"],
        &expect![[r#"
        -- talk
        Nothing odd in people/ana-lima.md.
        error: the editor `false` ended with exit status: 1
        exit 1
    "#]],
    );
}

const TWO_ANAS: &str = "=== people/ana-lima.md
---
name: Ana Lima
---
=== people/ana-costa.md
---
name: Ana Costa
---
=== people/petra.md
---
name: Petra van der Berg
status: archived
---
";

#[test]
fn a_name_of_several_words_needs_no_quotes() {
    let vault = TestVault::of(TWO_ANAS);
    let all = [
        "show ana lima",
        "why Ana Costa",
        "snooze ana lima 2w --dry-run",
        "promise ana costa waiting: her photos by monday",
        "event ana lima new-job in Porto",
        "path ana lima extra",
        "gift ana lima idea shoes",
        "event ana lima trip --on 2026-11-22..2026-11-25",
        "list",
    ];
    let shown = all.map(|command| vault.ties(command).shown()).concat();
    expect![[r#"
        -- out
        Ana Lima
        people/ana-lima.md
        exit 0
        -- out
        Ana Costa (people/ana-costa.md)
        Saturday, 21 November 2026: not suggested, nothing in the note asks for it.

        Rhythm: none, in the note or from a circle
        Newest contact: none
        exit 0
        -- out
        --- a/people/ana-lima.md
        +++ b/people/ana-lima.md
        @@ -1,3 +1,4 @@
         ---
         name: Ana Lima
        +quiet_until: 2026-12-05
         ---
        exit 0
        -- talk
        Awaited from Ana Costa: people/ana-costa.md. `ties undo` takes it back.
        hint: `by monday` is kept as words; `--by "monday"` makes it a day
        exit 0
        -- talk
        Ana Lima: new job, today: people/ana-lima.md. `ties undo` takes it back.
        exit 0
        -- talk
        error: unexpected argument 'extra' found

        Usage: ties path [OPTIONS] <WHO> [WHO]

        For more information, try '--help'.
        hint: a name of several words goes in quotes: `ties path "Ana Lima" …`
        exit 2
        -- talk
        error: invalid value 'lima' for '[WAY]'
          [possible values: idea, gave, got]

        For more information, try '--help'.
        hint: a name of several words goes in quotes: `ties gift "Ana Lima" …`
        exit 2
        -- talk
        error: an event has one day
        hint: give the first, and say the last in words: `--on 2026-11-22`, `until 2026-11-25`
        exit 2
        -- out
        Ana Costa                                  people/ana-costa.md
        Ana Lima                                   people/ana-lima.md
        Petra van der Berg  archived               people/petra.md
        exit 0
    "#]]
    .assert_eq(&shown);
}

#[test]
fn a_first_name_with_a_slip_is_known() {
    let vault = TestVault::of(TWO_ANAS);
    let all = ["show Petre", "show Annna", "archive zed", "archive Petre", "show", "man --to X"];
    let shown = all.map(|command| vault.ties(command).shown()).concat();
    expect![[r#"
        -- talk
        error: nobody here is called `Petre`
        hint: did you mean `Petra van der Berg`?
        hint: `ties add "Petre"` makes a note for somebody new
        exit 1
        -- talk
        error: nobody here is called `Annna`
        hint: did you mean `Ana`?
        hint: `ties add "Annna"` makes a note for somebody new
        exit 1
        -- talk
        error: nobody here is called `zed`
        hint: `ties list` shows everybody
        exit 1
        -- talk
        error: nobody here is called `Petre`
        hint: did you mean `Petra van der Berg`?
        exit 1
        -- talk
        error: the following required arguments were not provided:
          <WHO>...

        Usage: ties show <WHO>...

        For more information, try '--help'.
        hint: for example `ties show ana`
        exit 2
        -- talk
        error: unexpected argument '--to' found

        Usage: ties man [OPTIONS] [DIR]

        For more information, try '--help'.
        exit 2
    "#]]
    .assert_eq(&shown);
}

#[test]
fn a_line_for_a_start_is_no_name() {
    let expected = expect![[r#"
        -- talk
        error: `Zoë O'Neil; inner` is a line for `ties start`, not a name
        hint: `ties add 'Zoë O'\''Neil' --circle CIRCLE`; `ties start` takes such lines
        exit 2
    "#]];
    check(&TestVault::of(VAULT), &["add", "Zoë O'Neil; inner"], &expected);
}
