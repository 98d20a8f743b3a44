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
