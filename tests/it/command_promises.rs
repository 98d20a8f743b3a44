//! `ties promise`, `ties done`, `ties snooze`

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
            Promised, with Bo: people/bo.md. `ties undo` takes it back.
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
