//! `ties promise`, `ties promises`, `ties done`, `ties snooze`

use crate::support::program::TestVault;
use expect_test::{Expect, expect};

const VAULT: &str = "=== inbox.md
- [ ] Ask [[Bo]] about the boat
=== people/ana-lima.md
---
name: Ana Lima
---
- [ ] Send the kiln article 📅 2026-11-20
- [ ] Lend her the book
=== people/bo.md
---
name: Bo
---
- [ ] Water his plants 🔁 every week
";

/// What each command says, one after the other in one vault, then the notes.
fn check(commands: &[&[&str]], expected: &Expect) {
    let vault = TestVault::of(VAULT);
    let mut shown = commands.iter().map(|command| vault.run(*command).shown()).collect::<String>();
    for note in ["inbox.md", "people/ana-lima.md", "people/bo.md"] {
        shown.push_str(&format!("== {note}\n{}", vault.read(note)));
    }
    expected.assert_eq(&shown);
}

#[test]
fn a_promise_is_made_once_and_kept() {
    check(
        &[
            &["promise", "bo", "Send", "photos", "--by", "fri"],
            &["promise", "bo", "Send photos", "--by", "2026-11-27"],
            &["done", "photos"],
            &["done", "photos"],
        ],
        &expect![[r#"
            -- talk
            Promised, with Bo, by Friday: people/bo.md. `ties undo` takes it back.
            exit 0
            -- talk
            Nothing to write: people/bo.md:7 says so already.
            exit 0
            -- talk
            Kept: Send photos: people/bo.md. `ties undo` takes it back.
            exit 0
            -- talk
            error: no open promise is about `photos`
            hint: `ties show WHO` lists the promises of somebody
            exit 1
            == inbox.md
            - [ ] Ask [[Bo]] about the boat
            == people/ana-lima.md
            ---
            name: Ana Lima
            ---
            - [ ] Send the kiln article 📅 2026-11-20
            - [ ] Lend her the book
            == people/bo.md
            ---
            name: Bo
            ---
            - [ ] Water his plants 🔁 every week

            ## Promises
            - [x] Send photos 📅 2026-11-27 ✅ 2026-11-21
        "#]],
    );
}

#[test]
fn dry_runs_write_nothing() {
    check(
        &[
            &["promise", "bo", "Send photos", "--dry-run"],
            &["done", "boat", "--dry-run"],
            &["snooze", "bo", "3w", "--dry-run"],
        ],
        &expect![[r#"
            -- out
            --- a/people/bo.md
            +++ b/people/bo.md
            @@ -2,3 +2,6 @@
             name: Bo
             ---
             - [ ] Water his plants 🔁 every week
            +
            +## Promises
            +- [ ] Send photos
            exit 0
            -- out
            --- a/inbox.md
            +++ b/inbox.md
            @@ -1 +1 @@
            -- [ ] Ask [[Bo]] about the boat
            +- [x] Ask [[Bo]] about the boat
            exit 0
            -- out
            --- a/people/bo.md
            +++ b/people/bo.md
            @@ -1,4 +1,5 @@
             ---
             name: Bo
            +quiet_until: 2026-12-12
             ---
             - [ ] Water his plants 🔁 every week
            exit 0
            == inbox.md
            - [ ] Ask [[Bo]] about the boat
            == people/ana-lima.md
            ---
            name: Ana Lima
            ---
            - [ ] Send the kiln article 📅 2026-11-20
            - [ ] Lend her the book
            == people/bo.md
            ---
            name: Bo
            ---
            - [ ] Water his plants 🔁 every week
        "#]],
    );
}

#[test]
fn several_promises_are_listed_with_their_places() {
    check(
        &[&["done", "ana"], &["done", "people/ana-lima.md:5"]],
        &expect![[r#"
        -- talk
        error: `ana` could mean 2 promises
        hint: 1  people/ana-lima.md:4  Send the kiln article  (Ana Lima)
        hint: 2  people/ana-lima.md:5  Lend her the book  (Ana Lima)
        hint: type more words, or the place
        exit 2
        -- talk
        Kept: Lend her the book: people/ana-lima.md. `ties undo` takes it back.
        exit 0
        == inbox.md
        - [ ] Ask [[Bo]] about the boat
        == people/ana-lima.md
        ---
        name: Ana Lima
        ---
        - [ ] Send the kiln article 📅 2026-11-20
        - [x] Lend her the book ✅ 2026-11-21
        == people/bo.md
        ---
        name: Bo
        ---
        - [ ] Water his plants 🔁 every week
    "#]],
    );
}

#[test]
fn what_repeats_is_not_ticked() {
    check(
        &[&["done", "plants"]],
        &expect![[r#"
        -- talk
        error: recurring-task: it repeats (🔁), so a tick here would lose the next one
        hint: tick it where it repeats, in Obsidian Tasks, or in your editor
        hint: it stands in people/bo.md:4
        exit 1
        == inbox.md
        - [ ] Ask [[Bo]] about the boat
        == people/ana-lima.md
        ---
        name: Ana Lima
        ---
        - [ ] Send the kiln article 📅 2026-11-20
        - [ ] Lend her the book
        == people/bo.md
        ---
        name: Bo
        ---
        - [ ] Water his plants 🔁 every week
    "#]],
    );
}

#[test]
fn somebody_rests_until_a_day_to_come() {
    check(
        &[&["snooze", "bo", "in", "2", "weeks"], &["snooze", "bo", "yesterday"], &["snooze", "bo"]],
        &expect![[r#"
            -- talk
            Bo rests until 5 December: people/bo.md. `ties undo` takes it back.
            exit 0
            -- talk
            error: 2026-11-20 is not after today
            hint: name a day to come, such as `2w` or 2026-12-05
            exit 2
            -- talk
            error: the following required arguments were not provided:
              <WHEN>...

            Usage: ties snooze <WHO> <WHEN>...

            For more information, try '--help'.
            hint: for example `ties snooze ana 3w`
            exit 2
            == inbox.md
            - [ ] Ask [[Bo]] about the boat
            == people/ana-lima.md
            ---
            name: Ana Lima
            ---
            - [ ] Send the kiln article 📅 2026-11-20
            - [ ] Lend her the book
            == people/bo.md
            ---
            name: Bo
            quiet_until: 2026-12-05
            ---
            - [ ] Water his plants 🔁 every week
        "#]],
    );
}

const LOOPS: &str = "=== inbox.md
- [ ] Return the drill
=== people/ana-lima.md
---
name: Ana Lima
circle: inner
---
## Log
- 2026-11-10 call: the kiln
  - [ ] Send the kiln article 📅 2026-11-20
  - [/] Ask about the school
  - [ ] Lend her the tent ⏳ 2026-12-02
  - [ ] waiting: her photos
=== people/bo.md
---
name: Bo
---
- [ ] Water his plants 🔁 every week
";

fn check_loops(commands: &[&[&str]], expected: &Expect) {
    let vault = TestVault::of(LOOPS);
    let shown = commands.iter().map(|command| vault.run(*command).shown()).collect::<String>();
    expected.assert_eq(&shown.replace('\0', "␀"));
}

#[test]
fn all_that_is_promised_is_shown_with_its_place() {
    check_loops(
        &[&["promises"], &["promises", "--all"]],
        &expect![[r#"
            -- out
            Yours
              Send the kiln article
                Ana Lima · by yesterday, since 10 November · people/ana-lima.md:7
              Ask about the school
                Ana Lima · begun, since 10 November · people/ana-lima.md:8
              Return the drill
                inbox.md:1
              Water his plants
                Bo · repeats · people/bo.md:4

            Theirs
              her photos
                Ana Lima · since 10 November · people/ana-lima.md:10
            -- talk
            One more rests until its day; `--all` shows all.
            exit 0
            -- out
            Yours
              Send the kiln article
                Ana Lima · by yesterday, since 10 November · people/ana-lima.md:7
              Ask about the school
                Ana Lima · begun, since 10 November · people/ana-lima.md:8
              Lend her the tent
                Ana Lima · rests until Wed 2 Dec, since 10 November · people/ana-lima.md:9
              Return the drill
                inbox.md:1
              Water his plants
                Bo · repeats · people/bo.md:4

            Theirs
              her photos
                Ana Lima · since 10 November · people/ana-lima.md:10
            exit 0
        "#]],
    );
}

#[test]
fn promises_are_of_somebody_of_one_side_or_due() {
    check_loops(
        &[
            &["promises", "bo"],
            &["promises", "circle:inner", "--theirs"],
            &["promises", "-circle:inner", "--mine"],
            &["promises", "--due"],
            &["promises", "bo", "--theirs"],
            &["promises", "cirle:inner"],
            &["promises", "--mine", "--theirs"],
        ],
        &expect![[r#"
            -- out
            Yours
              Water his plants
                Bo · repeats · people/bo.md:4
            exit 0
            -- out
            Theirs
              her photos
                Ana Lima · since 10 November · people/ana-lima.md:10
            exit 0
            -- out
            Yours
              Water his plants
                Bo · repeats · people/bo.md:4
            exit 0
            -- out
            Yours
              Send the kiln article
                Ana Lima · by yesterday, since 10 November · people/ana-lima.md:7
            exit 0
            -- talk
            No open promise fits.
            exit 1
            -- talk
            error: there is no field `cirle`
              cirle:inner
              ^^^^^
            hint: did you mean `circle:`? Or to look for text with a colon, put it in quotes
            exit 2
            -- talk
            error: the argument '--mine' cannot be used with '--theirs'

            Usage: ties promises --mine [QUERY]...

            For more information, try '--help'.
            exit 2
        "#]],
    );
}

#[test]
fn other_programs_get_promises_as_they_like() {
    check_loops(
        &[
            &["promises", "--format", "{due}\\t{side}\\t{name}\\t{text}"],
            &["promises", "ana", "-0"],
            &["promises", "ana", "--theirs", "--jsonl"],
            &["promises", "bo", "--json"],
            &["promises", "--format", "{nmae}"],
        ],
        &expect![[r#"
            -- out
            2026-11-20	mine	Ana Lima	Send the kiln article
            	mine	Ana Lima	Ask about the school
            	mine		Return the drill
            	mine	Bo	Water his plants
            	theirs	Ana Lima	her photos
            -- talk
            One more rests until its day; `--all` shows all.
            exit 0
            -- out
            people/ana-lima.md:7␀people/ana-lima.md:8␀people/ana-lima.md:10␀-- talk
            One more rests until its day; `--all` shows all.
            exit 0
            -- out
            {"version":1,"text":"her photos","theirs":true,"status":"open","recurring":false,"due":null,"promised":"2026-11-10","rests_until":null,"people":[{"name":"Ana Lima","path":"people/ana-lima.md"}],"path":"people/ana-lima.md","line":10}
            exit 0
            -- out
            {
              "version": 1,
              "promises": [
                {
                  "text": "Water his plants",
                  "theirs": false,
                  "status": "open",
                  "recurring": true,
                  "due": null,
                  "promised": null,
                  "rests_until": null,
                  "people": [
                    {
                      "name": "Bo",
                      "path": "people/bo.md"
                    }
                  ],
                  "path": "people/bo.md",
                  "line": 4
                }
              ],
              "resting": 0
            }
            exit 0
            -- talk
            error: the format knows no field `nmae`
            hint: did you mean `{name}`?
            hint: fields are text, name, due, promised, rests, side, status, path, line, place
            exit 2
        "#]],
    );
}

/// What the vault says once a promise is ticked in one of three ways: the note, and every view of it but the file
/// that was ticked.
fn ticked(tick: impl Fn(&TestVault)) -> String {
    let vault = TestVault::of(LOOPS);
    vault.ties("agenda");
    tick(&vault);
    vault.ties("agenda --apply");
    let views = ["promises --json", "due --json", "show ana --json", "agenda --on tomorrow"];
    let views = views.iter().map(|view| vault.ties(view).shown()).collect::<String>();
    let search = vault.ties("search promise:mine").shown();
    let is_open = vault.ties("agenda --stdout").out.contains("- [ ] Send");
    format!("{}\n{views}{search}open: {is_open}", vault.read("people/ana-lima.md"))
}

#[test]
fn a_tick_in_the_agenda_by_command_or_in_the_editor_is_the_same() {
    let by_command = ticked(|vault| drop(vault.ties("done kiln article")));
    let by_agenda = ticked(|vault| {
        let agenda = vault.read("agenda.md");
        assert!(agenda.contains("- [ ] Send the kiln"), "{agenda}");
        vault.write("agenda.md", agenda.replace("- [ ] Send", "- [x] Send"));
    });
    let by_editor = ticked(|vault| {
        let note = vault.read("people/ana-lima.md");
        let (open, kept) = (
            "- [ ] Send the kiln article 📅 2026-11-20",
            "- [x] Send the kiln article 📅 2026-11-20 ✅ 2026-11-21",
        );
        vault.write("people/ana-lima.md", note.replace(open, kept));
    });
    assert!(by_command.contains("- [x] Send the kiln article 📅 2026-11-20 ✅ 2026-11-21"));
    assert!(by_command.ends_with("open: false"), "{by_command}");
    assert_eq!(by_agenda, by_command);
    assert_eq!(by_editor, by_command);
}
