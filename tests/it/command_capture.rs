//! `ties log "…"`: a sentence, and what is written in an editor.

use crate::support::program::{Run, TestVault};
use crate::support::screen::{Screen, is_here};
use expect_test::{Expect, expect};

const VAULT: &str = "=== people/ana-lima.md
---
name: Ana Lima
---

## Log
- 2026-10-12 call: New job
=== people/joao-faria.md
---
name: João Faria
---
=== people/rita-a.md
---
name: Rita Alves
---
=== people/rita-b.md
---
name: Rita Barros
---
=== templates/meeting.md
---
date: \"{{date}}\"
attendees: []
---

# {{title}}
";

const NOTES: &[&str] =
    &["people/ana-lima.md", "people/joao-faria.md", "people/rita-a.md", "people/rita-b.md"];

/// What is said, then the notes that hold something else than before.
fn check(arguments: &[&str], expected: &Expect) {
    let vault = TestVault::of(VAULT);
    expected.assert_eq(&after(&vault, arguments, &[]));
}

fn after(vault: &TestVault, arguments: &[&str], variables: &[(&str, &str)]) -> String {
    let mut command = vault.command();
    command.args(arguments);
    for (name, value) in variables {
        command.env(name, value);
    }
    let run = Run::of(&command.output().unwrap(), &vault.root());
    let before = TestVault::of(VAULT);
    let mut shown = run.shown();
    for note in NOTES {
        let text = vault.read(note);
        if text != before.read(note) {
            shown.push_str(&format!("== {note}\n{text}"));
        }
    }
    shown
}

const SENTENCE: &str =
    "coffee with Ana and João yesterday, talked about Porto; send her the kiln article by friday";

#[test]
fn a_sentence_is_shown_and_nothing_is_written_unasked() {
    check(
        &["log", SENTENCE],
        &expect![[r#"
        -- out
        Contact with Ana Lima and João Faria yesterday (Fri 20 Nov), coffee
          talked about Porto
        Promise to Ana Lima by Friday (Fri 27 Nov): send her the kiln article
        -- talk
        note: `send her the kiln article` names nobody and is written for the first of them
        Nothing is written yet.
        hint: `--yes` writes it as it is told here
        exit 1
    "#]],
    );
}

#[test]
fn a_sentence_is_written_when_that_is_said() {
    check(
        &["log", SENTENCE, "--yes"],
        &expect![[r#"
        -- out
        Contact with Ana Lima and João Faria yesterday (Fri 20 Nov), coffee
          talked about Porto
        Promise to Ana Lima by Friday (Fri 27 Nov): send her the kiln article
        -- talk
        note: `send her the kiln article` names nobody and is written for the first of them
        Written: people/ana-lima.md. `ties undo` takes it back.
        exit 0
        == people/ana-lima.md
        ---
        name: Ana Lima
        ---

        ## Log
        - 2026-11-20 coffee [[people/joao-faria|João Faria]]: talked about Porto
          - [ ] send her the kiln article 📅 2026-11-27
        - 2026-10-12 call: New job
    "#]],
    );
    check(
        &["log", SENTENCE, "--dry-run"],
        &expect![[r#"
        -- out
        Contact with Ana Lima and João Faria yesterday (Fri 20 Nov), coffee
          talked about Porto
        Promise to Ana Lima by Friday (Fri 27 Nov): send her the kiln article
        --- a/people/ana-lima.md
        +++ b/people/ana-lima.md
        @@ -3,4 +3,6 @@
         ---

         ## Log
        +- 2026-11-20 coffee [[people/joao-faria|João Faria]]: talked about Porto
        +  - [ ] send her the kiln article 📅 2026-11-27
         - 2026-10-12 call: New job
        -- talk
        note: `send her the kiln article` names nobody and is written for the first of them
        exit 0
    "#]],
    );
    check(
        &["log", "coffee", "with", "Ana,", "fine", "--on", "2026-11-03", "--no-next", "-y"],
        &expect![[r#"
            -- out
            Contact with Ana Lima on Tue 3 Nov, coffee
              fine
            No next step
            -- talk
            Written: people/ana-lima.md. `ties undo` takes it back.
            exit 0
            == people/ana-lima.md
            ---
            name: Ana Lima
            ---

            ## Log
            - 2026-11-03 coffee: fine
            - 2026-10-12 call: New job
        "#]],
    );
}

#[test]
fn nobody_is_picked_among_several() {
    check(
        &["log", "coffee with Rita yesterday", "--yes"],
        &expect![[r#"
        -- talk
        error: `Rita` could mean Rita Alves (people/rita-a) or Rita Barros (people/rita-b)
        hint: type the whole name, or say who with `--with people/rita-a`
        hint: nothing was written
        exit 2
    "#]],
    );
    check(
        &["log", "coffee with Rita yesterday", "--yes", "--with", "people/rita-b"],
        &expect![[r#"
            -- out
            Contact with Rita Barros yesterday (Fri 20 Nov), coffee
            -- talk
            Written: people/rita-b.md. `ties undo` takes it back.
            exit 0
            == people/rita-b.md
            ---
            name: Rita Barros
            ---

            ## Log
            - 2026-11-20 coffee
        "#]],
    );
    check(
        &["log", "coffee with Zed", "--yes"],
        &expect![[r#"
            -- talk
            error: the sentence names nobody who has a note here
            hint: nobody here is called `Zed`, so it stays text
            hint: `ties add Zed` makes a note
            hint: say who with `--with NAME`; `ties add NAME` makes a note for somebody new
            hint: nothing was written
            exit 2
        "#]],
    );
}

#[test]
fn nothing_is_written_for_another_surname_or_for_what_is_to_be_done() {
    let texts = ["dinner with João Pereira yesterday", "call João", "coffee with Ana last week"];
    for (text, expected) in texts.into_iter().zip([expect![[r#"
        -- talk
        error: `João Pereira` is nobody here; João Faria (people/joao-faria) could be meant
        hint: `--with people/joao-faria` says who; `ties add 'João Pereira'` makes a note for somebody new
        hint: nothing was written
        exit 2
    "#]], expect![[r#"
        -- talk
        error: whether `call João` was done or is to be done is not said
        hint: `called`, or a day that was, says that it was done; `ties promise WHO TEXT` writes down what is to do
        hint: nothing was written
        exit 2
    "#]], expect![[r#"
        -- talk
        error: `last week` is no day that can be read
        hint: say the day with `--on 2026-11-03`
        hint: nothing was written
        exit 2
    "#]]]) {
        check(&["log", text, "--yes"], &expected);
    }
    check(
        &["log", "dinner with João Pereira", "--with", "ana", "--yes"],
        &expect![[r#"
            -- out
            Contact with Ana Lima today (Sat 21 Nov), as no day is said, dinner
              with João Pereira
            -- talk
            note: nobody here is called `João Pereira`, so it stays text; `ties add 'João Pereira'` makes a note
            Written: people/ana-lima.md. `ties undo` takes it back.
            exit 0
            == people/ana-lima.md
            ---
            name: Ana Lima
            ---

            ## Log
            - 2026-11-21 dinner: with João Pereira
            - 2026-10-12 call: New job
        "#]],
    );
    check(
        &["log", "coffee with Ana; send her the map by fri", "--yes"],
        &expect![[r#"
        -- out
        Contact with Ana Lima today (Sat 21 Nov), as no day is said, coffee
        Promise to Ana Lima by Friday (Fri 27 Nov): send her the map
        -- talk
        Written: people/ana-lima.md. `ties undo` takes it back.
        exit 0
        == people/ana-lima.md
        ---
        name: Ana Lima
        ---

        ## Log
        - 2026-11-21 coffee
          - [ ] send her the map 📅 2026-11-27
        - 2026-10-12 call: New job
    "#]],
    );
    check(
        &["log", "called Ana but no answer", "--yes"],
        &expect![[r#"
        -- out
        Tried Ana Lima today (Sat 21 Nov), as no day is said
          called but no answer
        -- talk
        note: `no answer` may say that it did not happen, so it is no contact; `--kind` says otherwise; `--kind met` makes it contact
        Written: people/ana-lima.md. `ties undo` takes it back.
        exit 0
        == people/ana-lima.md
        ---
        name: Ana Lima
        ---

        ## Log
        - 2026-11-21 tried: called but no answer
        - 2026-10-12 call: New job
    "#]],
    );
}

#[test]
fn what_was_understood_is_told_as_json() {
    check(
        &["log", "coffee with Rita; no next", "--json"],
        &expect![[r#"
            -- out
            {
              "version": 1,
              "people": [],
              "spoken_of": [],
              "date": "2026-11-21",
              "date_said": false,
              "kind": "coffee",
              "meaning": "contact",
              "text": "",
              "below": [],
              "promises": [],
              "next": "",
              "follow_up": null,
              "doubts": [
                {
                  "kind": "several",
                  "message": "`Rita` could mean Rita Alves (people/rita-a) or Rita Barros (people/rita-b)",
                  "hint": "type the whole name, or say who with `--with people/rita-a`",
                  "candidates": [
                    {
                      "name": "Rita Alves",
                      "path": "people/rita-a.md"
                    },
                    {
                      "name": "Rita Barros",
                      "path": "people/rita-b.md"
                    }
                  ],
                  "stops": true
                }
              ],
              "told": [
                "Contact with nobody yet today (Sat 21 Nov), as no day is said, coffee",
                "No next step"
              ],
              "ready": false
            }
            exit 0
        "#]],
    );
}

#[test]
fn who_and_text_stay_as_they_were() {
    check(
        &["log", "ana", "coffee", "with", "João", "--dry-run"],
        &expect![[r#"
        -- out
        --- a/people/ana-lima.md
        +++ b/people/ana-lima.md
        @@ -3,4 +3,5 @@
         ---

         ## Log
        +- 2026-11-21: coffee with João
         - 2026-10-12 call: New job
        exit 0
    "#]],
    );
    check(
        &["log", "zed", "call: x"],
        &expect![[r#"
        -- talk
        error: nobody here is called `zed`
        hint: `ties add "zed"` makes a note for somebody new
        exit 1
    "#]],
    );
    check(
        &["log", "Ana Limaa", "call: x"],
        &expect![[r#"
        -- talk
        error: nobody here is called `Ana Limaa`
        hint: did you mean `Ana Lima`?
        hint: `ties add "Ana Limaa"` makes a note for somebody new
        exit 1
    "#]],
    );
    check(
        &["log", "ana", "--json"],
        &expect![[r#"
        -- talk
        error: `--json` shows what a sentence was understood as
        hint: `ties log "coffee with Ana" --json`
        exit 2
    "#]],
    );
}

#[test]
fn who_and_text_that_name_another_day_are_one_sentence() {
    check(
        &["log", "ana", "called", "yesterday,", "knee", "better"],
        &expect![[r#"
        -- out
        Contact with Ana Lima yesterday (Fri 20 Nov), call
          knee better
        -- talk
        Nothing is written yet.
        hint: `--yes` writes it as it is told here
        exit 1
    "#]],
    );
    check(
        &["log", "ana", "lima", "called"],
        &expect![[r#"
        -- out
        Contact with Ana Lima today (Sat 21 Nov), as no day is said, call
        -- talk
        Nothing is written yet.
        hint: `--yes` writes it as it is told here
        exit 1
    "#]],
    );
    check(
        &["log", "ana", "coffee", "yesterday", "--on", "today", "--dry-run"],
        &expect![[r#"
        -- out
        --- a/people/ana-lima.md
        +++ b/people/ana-lima.md
        @@ -3,4 +3,5 @@
         ---

         ## Log
        +- 2026-11-21: coffee yesterday
         - 2026-10-12 call: New job
        exit 0
    "#]],
    );
}

#[test]
fn what_cannot_be_taken_is_refused_and_not_left_out() {
    check(
        &["log", "--meeting", "T", "ana", "some", "words", "--yes"],
        &expect![[r#"
        -- talk
        error: a meeting note takes no text here: `some words`
        hint: `-e` opens the note to write it; names of several go together: `ana,joao`
        exit 2
    "#]],
    );
    check(
        &["log", "coffee with Ana", "--kind", "foo", "--json"],
        &expect![[r#"
        -- talk
        error: `foo` is not a kind of entry
        hint: kinds are call, met, message, mail, letter, video, gift, visit, intro, event, note, heard, tried, plan
        exit 2
    "#]],
    );
    check(
        &["log", ""],
        &expect![[r#"
        -- talk
        error: nobody is named
        hint: name one person, or several with commas
        exit 2
    "#]],
    );
}

#[test]
fn a_next_step_that_is_there_is_told() {
    let vault = TestVault::of(
        "=== people/bo.md\n---\nname: Bo Berg\nfollow_up: 2026-12-17\nnext: Ask about the boat\n---\n=== people/ana.md\n---\nname: Ana\nfollow_up: 2026-11-20\nnext: Ask how it is\n---\n",
    );
    let mut shown = vault.run(["log", "coffee with Bo", "--yes"]).shown();
    shown += &vault.run(["log", "lunch with Ana and Bo; next: ring", "--yes"]).shown();
    shown += &vault.run(["log", "bo", "call: x", "--next", "b"]).shown();
    expect![[r#"
        -- out
        Contact with Bo Berg today (Sat 21 Nov), as no day is said, coffee
        -- talk
        Written: people/bo.md. `ties undo` takes it back.
        Next for Bo Berg stays: Ask about the boat (Thu 17 Dec) (`--next ""` clears it)
        exit 0
        -- out
        Contact with Ana and Bo Berg today (Sat 21 Nov), as no day is said, lunch
        Next: ring
        The next step is for each of Ana and Bo Berg
        In place of the next step with Ana: Ask how it is (Fri 20 Nov)
        In place of the next step with Bo Berg: Ask about the boat (Thu 17 Dec)
        -- talk
        Written: people/ana.md, people/bo.md. `ties undo` takes it back.
        exit 0
        -- talk
        Contact with Bo Berg today (call): people/bo.md. `ties undo` takes it back.
        In place of the next step with Bo Berg: ring
        exit 0
        ---
        name: Bo Berg
        next: b
        ---

        ## Log
        - 2026-11-21 call: x
        - 2026-11-21 coffee
        ---
        name: Ana
        next: ring
        ---

        ## Log
        - 2026-11-21 lunch [[people/bo|Bo Berg]]
    "#]]
    .assert_eq(&(shown + &vault.read("people/bo.md") + &vault.read("people/ana.md")));
}

#[test]
fn a_person_is_asked_and_enter_keeps_what_is_there() {
    if !is_here("tmux") {
        return;
    }
    let vault = TestVault::of(
        "=== people/bo.md\n---\nname: Bo Berg\nfollow_up: 2026-12-17\nnext: Ask about the boat\n---\n",
    );
    let mut command = vault.command();
    command.args(["log", "coffee with Bo"]);
    let screen = Screen::open(&command, 120, 20);
    screen.wait_for("Write it? (yes/no)");
    screen.press(&["Enter"]);
    screen.wait("the question again", |shown| shown.matches("Write it?").count() == 2);
    screen.type_text("y");
    screen.press(&["Enter"]);
    let shown = screen.wait_for("or Enter to keep it:");
    assert!(
        shown.contains("Next for Bo Berg stays: Ask about the boat (Thu 17 Dec). Another one?"),
        "{shown}"
    );
    screen.type_text("ring him");
    screen.press(&["Enter"]);
    wait_for_text(&vault, "next: ring him");
    let note = vault.read("people/bo.md");
    assert!(!note.contains("follow_up"), "{note}");
}

/// Waits until a note that a program on a screen writes holds a text.
fn wait_for_text(vault: &TestVault, text: &str) {
    let mut waits = (0..200).map(|_| std::thread::sleep(std::time::Duration::from_millis(50)));
    while !vault.read("people/bo.md").contains(text) {
        assert!(waits.next().is_some(), "{}", vault.read("people/bo.md"));
    }
}

/// An editor that does `script` to the file, which is `$1`.
fn editor(script: &str) -> String {
    format!("sh -c '{script}' editor")
}

fn edited(vault: &TestVault, script: &str, arguments: &[&str]) -> String {
    let shown = after(vault, arguments, &[("EDITOR", &editor(script))]);
    let hidden = |line: &str| match line.split_once(" in /") {
        Some((start, _)) if line.contains("drafts") => format!("{start} in FILE"),
        _ => match line.split_once(": /") {
            Some((start, _)) if line.contains("drafts") => format!("{start}: FILE"),
            _ => line.to_owned(),
        },
    };
    shown.lines().map(|line| hidden(line) + "\n").collect()
}

#[test]
fn an_entry_is_written_in_the_editor() {
    let vault = TestVault::of(VAULT);
    let script = "printf \"call: fine\\n- [ ] Send the map\\n\" >> $1";
    let shown = edited(&vault, script, &["log", "-e", "ana"]);
    expect![[r#"
        -- talk
        Contact with Ana Lima today (Sat 21 Nov), call: people/ana-lima.md. `ties undo` takes it back.
        Promise to Ana Lima: Send the map
        exit 0
        == people/ana-lima.md
        ---
        name: Ana Lima
        ---

        ## Log
        - 2026-11-21 call: fine
          - [ ] Send the map
        - 2026-10-12 call: New job
    "#]].assert_eq(&shown);
}

#[test]
fn an_editor_begins_with_the_flags_and_all_that_is_written_is_told() {
    let vault = TestVault::of(VAULT);
    let script = "cat $1 >&2; printf \"call: fine\\n- [ ] Send Joao the map\\n\" >> $1";
    let arguments = ["log", "-e", "ana,joao", "--next", "Ask about the boat", "--in", "3w"];
    expect![[r#"
        -- talk
        <!-- What happened? Below the dashes is the text; `- [ ] …` there is a promise. Left as it is, or emptied,
             nothing is written. -->
        with: Ana Lima, João Faria
        day: 2026-11-21
        kind:
        next: Ask about the boat 2026-12-12
        ---

        Contact with Ana Lima and João Faria today (Sat 21 Nov), call: people/ana-lima.md, people/joao-faria.md. `ties undo` takes it back.
        Promise to João Faria: Send Joao the map
        Next on Sat 12 Dec: Ask about the boat
        The next step is for each of Ana Lima and João Faria
        exit 0
        == people/ana-lima.md
        ---
        name: Ana Lima
        follow_up: 2026-12-12
        next: Ask about the boat
        ---

        ## Log
        - 2026-11-21 call [[people/joao-faria|João Faria]]: fine
        - 2026-10-12 call: New job
        == people/joao-faria.md
        ---
        name: João Faria
        follow_up: 2026-12-12
        next: Ask about the boat
        ---

        ## Promises
        - [ ] Send Joao the map
    "#]].assert_eq(&edited(&vault, script, &arguments));
}

#[test]
fn an_untouched_or_emptied_file_writes_nothing() {
    let vault = TestVault::of(VAULT);
    expect![[r#"
        -- talk
        Nothing was typed, so nothing was written.
        exit 1
    "#]]
    .assert_eq(&edited(&vault, "true", &["log", "-e", "ana"]));
    expect![[r#"
        -- talk
        Nothing was typed, so nothing was written.
        exit 1
    "#]]
    .assert_eq(&edited(&vault, ": > $1", &["log", "-e"]));
}

#[test]
fn a_mistake_opens_the_editor_again_and_what_was_typed_is_kept() {
    let vault = TestVault::of(VAULT);
    // At first there is no word of trouble in the file: a mistake is made. Then it is there, and is mended.
    let script = "if grep -q \"could not be written\" $1; then sed -i s/Rita/people\\\\/rita-a/ $1; else sed -i s/^with:/with:\\ Rita/ $1; echo coffee: fine >> $1; fi";
    expect![[r#"
        -- talk
        Contact with Rita Alves today (Sat 21 Nov), coffee: people/rita-a.md. `ties undo` takes it back.
        exit 0
        == people/rita-a.md
        ---
        name: Rita Alves
        ---

        ## Log
        - 2026-11-21 coffee: fine
    "#]].assert_eq(&edited(&vault, script, &["log", "-e"]));
    // A mistake that stays, and an editor that ends badly.
    let script = "sed -i s/^kind:.*/kind:cal/ $1; grep -q typed $1 || echo typed >> $1";
    expect![[r#"
        -- talk
        error: what was typed could not be written
        hint: kind: `cal` is none; kinds are call, met, message, mail, letter, video, gift, visit, intro, event, note, heard, tried, plan
        hint: what you typed is kept in FILE
        exit 2
        == people/rita-a.md
        ---
        name: Rita Alves
        ---

        ## Log
        - 2026-11-21 coffee: fine
    "#]].assert_eq(&edited(&vault, script, &["log", "-e", "joao"]));
    expect![[r#"
        -- talk
        What was typed earlier goes on: FILE
        error: the editor `sh -c 'exit 3' editor` ended with exit status: 3
        hint: what you typed is kept in FILE
        exit 1
        == people/rita-a.md
        ---
        name: Rita Alves
        ---

        ## Log
        - 2026-11-21 coffee: fine
    "#]]
    .assert_eq(&edited(&vault, "exit 3", &["log", "-e", "joao"]));
    let script = "sed -i s/^kind:.*/kind:call/ $1";
    expect![[r#"
        -- talk
        What was typed earlier goes on: FILE
        Contact with João Faria today (Sat 21 Nov), call: people/joao-faria.md. `ties undo` takes it back.
        exit 0
        == people/joao-faria.md
        ---
        name: João Faria
        ---

        ## Log
        - 2026-11-21 call: typed
        == people/rita-a.md
        ---
        name: Rita Alves
        ---

        ## Log
        - 2026-11-21 coffee: fine
    "#]].assert_eq(&edited(&vault, script, &["log", "-e", "joao"]));
}

#[test]
fn a_meeting_note_is_made_from_its_template() {
    let vault = TestVault::of(VAULT);
    let shown = edited(&vault, "true", &["log", "--meeting", "choir committee", "ana,joao"]);
    expect![[r#"
        -- talk
        Meeting note made: journal/2026-11-21-choir-committee.md. `ties undo` takes it back.
        exit 0
    "#]]
    .assert_eq(&shown);
    expect![[r#"
        ---
        date: "2026-11-21"
        attendees: ["[[people/ana-lima|Ana Lima]]", "[[people/joao-faria|João Faria]]"]
        ---

        # choir committee
    "#]]
    .assert_eq(&vault.read("journal/2026-11-21-choir-committee.md"));
    let script = "echo The hall is booked. >> $1";
    let arguments = ["log", "--meeting", "choir committee", "-e", "ana"];
    expect![[r#"
        -- talk
        Meeting note made: journal/2026-11-21-choir-committee-2.md. `ties undo` takes it back.
        exit 0
    "#]]
    .assert_eq(&edited(&vault, script, &arguments));
    expect![[r#"
        ---
        date: "2026-11-21"
        attendees: ["[[people/ana-lima|Ana Lima]]"]
        ---

        # choir committee
        The hall is booked.
    "#]]
    .assert_eq(&vault.read("journal/2026-11-21-choir-committee-2.md"));
    expect![[r#"
        -- talk
        Nothing was typed, so nothing was written.
        exit 1
    "#]]
    .assert_eq(&edited(&vault, "true", &arguments));
}

#[test]
fn a_comment_of_a_person_is_not_taken_away() {
    let vault = TestVault::of(VAULT);
    let script = "grep -q mine $1 || sed -i \"1i <!-- mine -->\" $1";
    let arguments = ["log", "--meeting", "choir", "-e", "ana", "--with", "ana"];
    expect![[r#"
        -- talk
        error: what was typed could not be written
        hint: the first line of the note is `---`; put the comment below the second `---`
        hint: what you typed is kept in FILE
        exit 2
    "#]]
    .assert_eq(&edited(&vault, script, &arguments));
    let script = "sed -i \"/mine/d\" $1; echo \"<!-- mine -->\" >> $1";
    edited(&vault, script, &arguments);
    expect![[r#"
        ---
        date: "2026-11-21"
        attendees: ["[[people/ana-lima|Ana Lima]]"]
        ---

        # choir
        <!-- mine -->
    "#]]
    .assert_eq(&vault.read("journal/2026-11-21-choir.md"));
}
