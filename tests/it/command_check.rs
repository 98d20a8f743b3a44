//! `ties check`

use crate::support::program::TestVault;
use expect_test::{Expect, expect};
use std::path::Path;

fn check(vault: &TestVault, arguments: &str, expected: &Expect) {
    expected.assert_eq(&vault.ties(arguments).shown());
}

const ODD: &str = "=== ties.toml
[agenda]
limit = \"few\"
=== people/ada.md
---
name: Ada
cadence: montly
birthday: 3 Feb 1990
---
## Log
- 2026-10-12 call: hello
=== people/bo (conflicted copy 2026-11-20 101010).md
---
name: Bo
---
";

#[test]
fn the_example_village_is_clean() {
    let village = Path::new(env!("CARGO_MANIFEST_DIR")).join("example-vault");
    let world = TestVault::nothing();
    let village = village.to_str().unwrap();
    let run = world.run(["check", "--vault", village, "--today", "2026-11-21"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{run:?}");
}

#[test]
fn findings_come_with_their_lines() {
    check(
        &TestVault::of(ODD),
        "check",
        &expect![[r#"
        -- out
        ties.toml:2:9: warning[bad-setting]: `agenda.limit` must be a whole number from 0 to 100
          2 | limit = "few"
            |         ^^^^^ until then 4 counts
        people/ada.md:3:10: warning[unknown-cadence]: `montly` is not a rhythm
          3 | cadence: montly
            |          ^^^^^^ did you mean `monthly`?
        people/ada.md:4:11: warning[loose-date]: `3 Feb 1990` is not written as a date of the format
          4 | birthday: 3 Feb 1990
            |           ^^^^^^^^^^ write `1990-02-03`
        people/bo (conflicted copy 2026-11-20 101010).md: warning[conflict-copy]: a sync tool's copy of people/bo.md; it is not read
          move what you want to keep into the note and delete the copy
        -- talk
        4 findings in 1 note.
        hint: `ties check --fix` mends 1 of them
        exit 1
    "#]],
    );
    check(
        &TestVault::of(ODD),
        "check --json",
        &expect![[r#"
        -- out
        {
          "version": 1,
          "findings": [
            {
              "path": "ties.toml",
              "line": 2,
              "column": 9,
              "code": "bad-setting",
              "severity": "warning",
              "message": "`agenda.limit` must be a whole number from 0 to 100",
              "help": "until then 4 counts",
              "fixable": false
            },
            {
              "path": "people/ada.md",
              "line": 3,
              "column": 10,
              "code": "unknown-cadence",
              "severity": "warning",
              "message": "`montly` is not a rhythm",
              "help": "did you mean `monthly`?",
              "fixable": false
            },
            {
              "path": "people/ada.md",
              "line": 4,
              "column": 11,
              "code": "loose-date",
              "severity": "warning",
              "message": "`3 Feb 1990` is not written as a date of the format",
              "help": "write `1990-02-03`",
              "fixable": true
            },
            {
              "path": "people/bo (conflicted copy 2026-11-20 101010).md",
              "code": "conflict-copy",
              "severity": "warning",
              "message": "a sync tool's copy of people/bo.md; it is not read",
              "help": "move what you want to keep into the note and delete the copy",
              "fixable": false
            }
          ],
          "incomplete": false
        }
        exit 1
    "#]],
    );
}

#[test]
fn nothing_is_mended_unasked() {
    let vault = TestVault::of(ODD);
    let before = vault.read("people/ada.md");
    check(
        &vault,
        "check --fix",
        &expect![[r#"
        -- out
        --- a/people/ada.md
        +++ b/people/ada.md
        @@ -1,7 +1,7 @@
         ---
         name: Ada
         cadence: montly
        -birthday: 3 Feb 1990
        +birthday: 1990-02-03
         ---
         ## Log
         - 2026-10-12 call: hello
        -- talk
        error: nobody is there to be asked, so nothing was mended
        hint: `ties check --fix --yes` does not ask
        exit 2
    "#]],
    );
    check(
        &vault,
        "check --fix --dry-run",
        &expect![[r#"
        -- out
        --- a/people/ada.md
        +++ b/people/ada.md
        @@ -1,7 +1,7 @@
         ---
         name: Ada
         cadence: montly
        -birthday: 3 Feb 1990
        +birthday: 1990-02-03
         ---
         ## Log
         - 2026-10-12 call: hello
        exit 0
    "#]],
    );
    assert_eq!(vault.read("people/ada.md"), before);
    check(
        &vault,
        "check --fix --yes",
        &expect![[r#"
        -- out
        --- a/people/ada.md
        +++ b/people/ada.md
        @@ -1,7 +1,7 @@
         ---
         name: Ada
         cadence: montly
        -birthday: 3 Feb 1990
        +birthday: 1990-02-03
         ---
         ## Log
         - 2026-10-12 call: hello
        -- talk
        Mended 1 note. 3 findings left.
        exit 1
    "#]],
    );
    assert_eq!(vault.read("people/ada.md"), before.replace("3 Feb 1990", "1990-02-03"));
    check(
        &vault,
        "check --fix --yes",
        &expect![[r#"
        -- talk
        Nothing here can be mended without you.
        exit 1
    "#]],
    );
}

#[test]
fn a_me_that_names_nobody_is_a_finding() {
    let vault = TestVault::of(
        "=== people/me.md\n---\nname: Eva\n---\n=== ties.toml\n# mine\nme = \"people/mee\"\n",
    );
    let run = vault.ties("check");
    expect![[r#"
        -- out
        ties.toml:2:1: warning[bad-setting]: `me` is to be your own note, and `people/mee` names none, or several
          2 | me = "people/mee"
            | ^^^^^^^^^^^^^^^^^ write the path of your note: `me = "people/me"`
        -- talk
        1 finding in 1 note.
        exit 1
    "#]].assert_eq(&run.shown());
    vault.write("ties.toml", "me = \"Eva\"\n");
    assert_eq!(vault.ties("check").code, 0);
}
