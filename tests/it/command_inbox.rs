//! `ties inbox`

use crate::support::program::TestVault;
use expect_test::{Expect, expect};

const VAULT: &str = "=== inbox.md
# Inbox

- 2026-11-18 coffee with Ana yesterday, talked about Porto
- the man from the tile workshop
- [ ] Return the bone folder to [[João Faria]]
- ![[rec.m4a]]
- Answer João: a piano? #reply
=== people/ana-lima.md
---
name: Ana Lima
---

## Log
- 2026-10-12 call: New job
=== people/joao-faria.md
---
name: João Faria
---
";

/// What each command says, then the notes that hold something else than before.
fn check(commands: &[&[&str]], expected: &Expect) {
    let vault = TestVault::of(VAULT);
    let mut shown = String::new();
    for arguments in commands {
        shown += &vault.run(*arguments).shown();
    }
    let before = TestVault::of(VAULT);
    for note in ["inbox.md", "people/ana-lima.md", "people/joao-faria.md"] {
        let text = vault.read(note);
        if text != before.read(note) {
            shown.push_str(&format!("== {note}\n{text}"));
        }
    }
    expected.assert_eq(&shown);
}

#[test]
fn without_a_terminal_the_lines_are_listed() {
    check(
        &[&["inbox"]],
        &expect![[r#"
        -- out
          3  2026-11-18 coffee with Ana yesterday, talked about Porto
               Contact with Ana Lima on Tuesday (Tue 17 Nov), coffee
                 talked about Porto
          4  the man from the tile workshop
             ? no word says how you were in touch, so it is a note, which is not contact
             ? the sentence names nobody who has a note here
             ? it says no day
          5  Return the bone folder to [[João Faria]]
               Promise in the note of João Faria: [ ] Return the bone folder to [[João Faria]]
          6  ![[rec.m4a]]
               To listen to
             ? it waits to be listened to
          7  Answer João: a piano? #reply
             ? an answer is owed; it waits for the review of the week
        -- talk
        hint: `ties inbox --yes` writes two lines of it
        exit 0
    "#]],
    );
}

#[test]
fn what_is_certain_is_written_and_leaves_the_inbox() {
    check(
        &[&["inbox", "--yes"]],
        &expect![[r#"
            -- talk
            Sorted as a promise with João Faria, `Return the bone folder to João Faria`: people/joao-faria.md, inbox.md. `ties undo` takes it back.
            Sorted as log 2026-11-17 met with Ana Lima: people/ana-lima.md, inbox.md. `ties undo` takes it back.
            Kept in the inbox: three lines.
            exit 0
            == inbox.md
            # Inbox

            - the man from the tile workshop
            - ![[rec.m4a]]
            - Answer João: a piano? #reply
            == people/ana-lima.md
            ---
            name: Ana Lima
            ---

            ## Log
            - 2026-11-17 coffee: talked about Porto
            - 2026-10-12 call: New job
            == people/joao-faria.md
            ---
            name: João Faria
            ---

            ## Promises
            - [ ] Return the bone folder to [[João Faria]]
        "#]],
    );
    check(
        &[&["inbox", "--dry-run"]],
        &expect![[r#"
            -- out
            --- a/people/joao-faria.md
            +++ b/people/joao-faria.md
            @@ -1,3 +1,6 @@
             ---
             name: João Faria
             ---
            +
            +## Promises
            +- [ ] Return the bone folder to [[João Faria]]
            --- a/inbox.md
            +++ b/inbox.md
            @@ -1,7 +1,5 @@
             # Inbox

            -- 2026-11-18 coffee with Ana yesterday, talked about Porto
             - the man from the tile workshop
            -- [ ] Return the bone folder to [[João Faria]]
             - ![[rec.m4a]]
             - Answer João: a piano? #reply
            --- a/people/ana-lima.md
            +++ b/people/ana-lima.md
            @@ -3,4 +3,5 @@
             ---

             ## Log
            +- 2026-11-17 coffee: talked about Porto
             - 2026-10-12 call: New job
            exit 0
        "#]],
    );
}

#[test]
fn one_undo_brings_a_line_back() {
    check(
        &[&["inbox", "--yes"], &["undo"], &["undo"]],
        &expect![[r#"
            -- talk
            Sorted as a promise with João Faria, `Return the bone folder to João Faria`: people/joao-faria.md, inbox.md. `ties undo` takes it back.
            Sorted as log 2026-11-17 met with Ana Lima: people/ana-lima.md, inbox.md. `ties undo` takes it back.
            Kept in the inbox: three lines.
            exit 0
            -- out
            --- a/people/ana-lima.md
            +++ b/people/ana-lima.md
            @@ -3,5 +3,4 @@
             ---

             ## Log
            -- 2026-11-17 coffee: talked about Porto
             - 2026-10-12 call: New job
            --- a/inbox.md
            +++ b/inbox.md
            @@ -1,5 +1,6 @@
             # Inbox

            +- 2026-11-18 coffee with Ana yesterday, talked about Porto
             - the man from the tile workshop
             - ![[rec.m4a]]
             - Answer João: a piano? #reply
            -- talk
            Undone (inbox: log 2026-11-17 met with Ana Lima): people/ana-lima.md, inbox.md. `ties undo 3` brings it back.
            exit 0
            -- out
            --- a/people/joao-faria.md
            +++ b/people/joao-faria.md
            @@ -1,6 +1,3 @@
             ---
             name: João Faria
             ---
            -
            -## Promises
            -- [ ] Return the bone folder to [[João Faria]]
            --- a/inbox.md
            +++ b/inbox.md
            @@ -2,5 +2,6 @@

             - 2026-11-18 coffee with Ana yesterday, talked about Porto
             - the man from the tile workshop
            +- [ ] Return the bone folder to [[João Faria]]
             - ![[rec.m4a]]
             - Answer João: a piano? #reply
            -- talk
            Undone (inbox: a promise with João Faria, `Return the bone folder to João Faria`): people/joao-faria.md, inbox.md. `ties undo 4` brings it back.
            exit 0
        "#]],
    );
}

#[test]
fn a_line_is_added() {
    check(
        &[&["inbox", "add", "coffee", "with", "Ana"]],
        &expect![[r#"
        -- talk
        Written down: inbox.md. `ties undo` takes it back.
        exit 0
        == inbox.md
        # Inbox

        - 2026-11-18 coffee with Ana yesterday, talked about Porto
        - the man from the tile workshop
        - [ ] Return the bone folder to [[João Faria]]
        - ![[rec.m4a]]
        - Answer João: a piano? #reply
        - 2026-11-21 coffee with Ana
    "#]],
    );
    let vault = TestVault::of("=== people/ana.md\n---\nname: Ana\n---\n");
    assert_eq!(vault.run(["inbox"]).shown(), "-- talk\nThe inbox is empty.\nexit 0\n");
    vault.run(["inbox", "add", "meant: call Ana"]);
    assert_eq!(vault.read("inbox.md"), "# Inbox\n\n- meant: call Ana\n");
}

#[test]
fn a_link_to_another_file_of_the_vault_is_the_inbox_and_one_to_elsewhere_is_told() {
    let vault = TestVault::of(
        "=== people/ana.md\n---\nname: Ana\n---\n=== notes/in.md\n- 2026-11-18 call with Ana\n",
    );
    std::os::unix::fs::symlink("notes/in.md", vault.root().join("inbox.md")).unwrap();
    expect![[r#"
        -- talk
        Sorted as log 2026-11-18 call with Ana: people/ana.md, notes/in.md. `ties undo` takes it back.
        exit 0
    "#]].assert_eq(&vault.run(["inbox", "--yes"]).shown());
    vault.run(["inbox", "add", "meant: call Ana"]);
    assert_eq!(vault.read("notes/in.md"), "# Inbox\n\n- meant: call Ana\n");
    assert!(vault.root().join("inbox.md").is_symlink());
    std::fs::remove_file(vault.root().join("inbox.md")).unwrap();
    std::fs::write(vault.root().join("../elsewhere.md"), "- call with Ana\n").unwrap();
    std::os::unix::fs::symlink("../elsewhere.md", vault.root().join("inbox.md")).unwrap();
    expect![[r#"
        -- talk
        error: inbox.md is left as it is: it is a link to a place outside of the vault
        hint: change the note where it lies
        exit 1
    "#]]
    .assert_eq(&vault.run(["inbox", "--list"]).shown());
}

#[test]
fn adding_lists_nothing() {
    check(
        &[&["inbox", "--json", "add", "x"], &["inbox", "--list", "add", "x"]],
        &expect![[r#"
        -- talk
        error: `add` writes a line down; it lists and sorts nothing
        hint: `ties inbox add TEXT`
        exit 2
        -- talk
        error: `add` writes a line down; it lists and sorts nothing
        hint: `ties inbox add TEXT`
        exit 2
    "#]],
    );
}

#[test]
fn a_next_step_that_is_there_is_told() {
    let vault = TestVault::of(
        "=== people/bo.md\n---\nname: Bo Berg\nfollow_up: 2026-12-17\nnext: Ask about the boat\n---\n=== inbox.md\n- 2026-11-18 call with Bo; next: ring him\n",
    );
    let shown = vault.run(["inbox"]).shown() + &vault.run(["inbox", "--yes"]).shown();
    expect![[r#"
        -- out
          1  2026-11-18 call with Bo; next: ring him
               Contact with Bo Berg on Wednesday (Wed 18 Nov), call
               Next: ring him
               In place of the next step with Bo Berg: Ask about the boat (Thu 17 Dec)
        -- talk
        hint: `ties inbox --yes` writes one line of it
        exit 0
        -- talk
        Sorted as log 2026-11-18 call with Bo Berg: people/bo.md, inbox.md. `ties undo` takes it back.
        In place of the next step with Bo Berg: Ask about the boat (Thu 17 Dec)
        exit 0
        ---
        name: Bo Berg
        next: ring him
        ---

        ## Log
        - 2026-11-18 call
    "#]].assert_eq(&(shown + &vault.read("people/bo.md")));
}

#[test]
fn a_dry_run_shows_what_all_lines_come_to() {
    let inbox = "=== inbox.md
# Inbox

- call Ana tomorrow
- call Ana tomorrow
- met Ana yesterday
- met Ana yesterday
=== people/ana-lima.md
---
name: Ana Lima
---
";
    let (shown, written) = (TestVault::of(inbox), TestVault::of(inbox));
    let expected = expect![[r#"
        -- out
        --- a/people/ana-lima.md
        +++ b/people/ana-lima.md
        @@ -1,3 +1,7 @@
         ---
         name: Ana Lima
         ---
        +
        +## Promises
        +- [ ] call Ana tomorrow
        +- [ ] call Ana tomorrow
        --- a/inbox.md
        +++ b/inbox.md
        @@ -1,6 +1,4 @@
         # Inbox

        -- call Ana tomorrow
        -- call Ana tomorrow
         - met Ana yesterday
         - met Ana yesterday
        exit 0
    "#]];
    expected.assert_eq(&shown.run(["inbox", "--dry-run"]).shown());
    written.run(["inbox", "--yes"]);
    let expected = expect![[r#"
        # Inbox

        - met Ana yesterday
        - met Ana yesterday
        ---
        name: Ana Lima
        ---

        ## Promises
        - [ ] call Ana tomorrow
        - [ ] call Ana tomorrow
    "#]];
    expected.assert_eq(&(written.read("inbox.md") + &written.read("people/ana-lima.md")));
}
