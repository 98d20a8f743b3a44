//! `ties log`

use crate::support::program::TestVault;
use expect_test::{Expect, expect};

const VAULT: &str = "=== people/ana-lima.md
---
name: Ana Lima
follow_up: 2026-11-20
next: Ask how the move went
---

## Log
- 2026-10-12 call: New job
=== people/ana-sousa.md
---
name: Ana Sousa
---
=== people/joao-faria.md
---
name: João Faria
---
<<<<<<< HEAD
=======
>>>>>>> other
";

/// What is said, then the notes that hold something else than before.
fn check(arguments: &[&str], expected: &Expect) {
    let vault = TestVault::of(VAULT);
    let run = vault.run(arguments);
    let before = TestVault::of(VAULT);
    let mut shown = run.shown();
    for note in ["people/ana-lima.md", "people/ana-sousa.md", "people/joao-faria.md"] {
        let text = vault.read(note);
        if text != before.read(note) {
            shown.push_str(&format!("== {note}\n{text}"));
        }
    }
    expected.assert_eq(&shown);
}

#[test]
fn an_entry_is_written_and_the_next_step_settled() {
    check(
        &["log", "ana lima", "coffee", "in Alfama", "--on", "yesterday"],
        &expect![[r#"
            -- talk
            Contact with Ana Lima yesterday: people/ana-lima.md. `ties undo` takes it back.
            Settled for Ana Lima: Ask how the move went (Fri 20 Nov)
            exit 0
            == people/ana-lima.md
            ---
            name: Ana Lima
            ---

            ## Log
            - 2026-11-20: coffee in Alfama
            - 2026-10-12 call: New job
        "#]],
    );
}

#[test]
fn a_dry_run_shows_the_diff_and_writes_nothing() {
    check(
        &["log", "ana lima", "call:", "x", "--next", "y", "--in", "2w", "--dry-run"],
        &expect![[r#"
            -- out
            --- a/people/ana-lima.md
            +++ b/people/ana-lima.md
            @@ -1,8 +1,9 @@
             ---
             name: Ana Lima
            -follow_up: 2026-11-20
            -next: Ask how the move went
            +follow_up: 2026-12-05
            +next: "y"
             ---

             ## Log
            +- 2026-11-21 call: x
             - 2026-10-12 call: New job
            -- talk
            In place of the next step with Ana Lima: Ask how the move went (Fri 20 Nov)
            exit 0
        "#]],
    );
}

#[test]
fn a_name_that_could_be_several_is_not_guessed() {
    check(
        &["log", "ana", "x"],
        &expect![[r#"
        -- talk
        error: `ana` could mean 2 people
        hint: Ana Lima  people/ana-lima
        hint: Ana Sousa  people/ana-sousa
        hint: type more of the name, or the path
        exit 2
    "#]],
    );
    check(
        &["log", "people/ana-sousa", "x"],
        &expect![[r#"
        -- talk
        Contact with Ana Sousa today: people/ana-sousa.md. `ties undo` takes it back.
        exit 0
        == people/ana-sousa.md
        ---
        name: Ana Sousa
        ---

        ## Log
        - 2026-11-21: x
    "#]],
    );
}

#[test]
fn nobody_gets_a_hint() {
    check(
        &["log", "Ana Limo", "x"],
        &expect![[r#"
        -- talk
        error: nobody here is called `Ana Limo`
        hint: did you mean `Ana Lima`?
        hint: `ties add "Ana Limo"` makes a note for somebody new
        exit 1
    "#]],
    );
}

#[test]
fn a_note_with_conflict_markers_is_left_to_its_owner() {
    check(
        &["log", "joao", "x"],
        &expect![[r#"
        -- talk
        error: people/joao-faria.md is left as it is: the note has conflict markers
        hint: choose one side of each conflict, then try again
        exit 1
    "#]],
    );
    check(
        &["log", "ana lima,joao", "x", "--next", "y"],
        &expect![[r#"
        -- talk
        error: people/joao-faria.md is left as it is: the note has conflict markers
        hint: choose one side of each conflict, then try again
        exit 1
    "#]],
    );
}

#[test]
fn an_entry_that_is_no_contact_says_so() {
    check(
        &["log", "ana sousa", "Tried", "the new ramen place together"],
        &expect![[r#"
            -- talk
            Contact with Ana Sousa today: people/ana-sousa.md. `ties undo` takes it back.
            exit 0
            == people/ana-sousa.md
            ---
            name: Ana Sousa
            ---

            ## Log
            - 2026-11-21: Tried the new ramen place together
        "#]],
    );
}

#[test]
fn the_same_entry_is_not_written_twice() {
    check(
        &["log", "ana lima", "call: New job", "--on", "2026-10-12"],
        &expect![[r#"
        -- talk
        Nothing to write: people/ana-lima.md:8 says so already.
        exit 0
    "#]],
    );
}

#[test]
fn a_kind_and_a_day_must_make_sense() {
    check(
        &["log", "ana lima", "x", "--kind", "cal"],
        &expect![[r#"
        -- talk
        error: `cal` is not a kind of entry
        hint: did you mean `call`?
        exit 2
    "#]],
    );
    check(
        &["log", "ana lima", "x", "--on", "tomorrow"],
        &expect![[r#"
        -- talk
        error: 2026-11-22 is still to come
        hint: write a plan with `--kind plan`
        exit 2
    "#]],
    );
    check(
        &["log", "ana lima", "x", "--on", "3/4"],
        &expect![[r#"
        -- talk
        error: `3/4` could be read in more than one way
        hint: write the whole date, 2026-11-25, or name the month, `25 nov`
        exit 2
    "#]],
    );
}

#[test]
fn settings_in_doubt_stop_all_writing() {
    let vault = TestVault::of(VAULT);
    vault.write("ties.toml", "format = 2\n");
    let before = vault.read("people/ana-lima.md");
    expect![[r#"
        -- talk
        note: ties.toml: this vault is of format 2; this program knows 1; `ties check` shows the place
        error: nothing is written while the settings of this vault are in doubt: this vault is of format 2; this program knows 1
        hint: `ties check` shows the place
        exit 1
    "#]].assert_eq(&vault.run(["log", "ana lima", "x"]).shown());
    expect![[r#"
        -- talk
        note: ties.toml: this vault is of format 2; this program knows 1; `ties check` shows the place
        error: nothing is written while the settings of this vault are in doubt: this vault is of format 2; this program knows 1
        hint: `ties check` shows the place
        exit 1
    "#]].assert_eq(&vault.run(["log", "ana lima", "x", "--dry-run"]).shown());
    assert_eq!(vault.read("people/ana-lima.md"), before);
}

#[test]
fn a_note_whose_front_matter_has_no_end_is_left_to_its_owner_by_every_command() {
    let open = "---\nname: Open\n\n- [ ] Send it\n\n## Log\n- 2026-01-01 call: x\n";
    let vault = TestVault::nothing();
    vault.write("ties.toml", "");
    vault.write("people/open.md", open);
    for command in [&["log", "open", "x"][..], &["promise", "open", "x"], &["snooze", "open", "3w"]]
    {
        let run = vault.run(command);
        let why = "error: people/open.md is left as it is: the front matter is never closed\nhint: end it with a line `---`\n";
        assert_eq!((run.code, run.err.as_str()), (1, why), "{command:?}");
    }
    assert_eq!(vault.read("people/open.md"), open);
    assert_eq!(vault.run(["done", "send it"]).code, 0);
}
