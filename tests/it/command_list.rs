//! `ties list`

use crate::support::program::TestVault;
use expect_test::{Expect, expect};

const VAULT: &str = "=== people/ana-lima.md
---
name: Ana Lima
circle: inner
groups: [family, climbing]
---
## Log
- 2026-10-12 call: New job
- 2026-12-01 plan: coffee
=== people/zhang.md
---
name: 张伟
circle: growth
last_contact: ~2026-05
---
=== people/emil.md
---
name: Émil
last_contact: 2026-10
---
## Log
- 2026-09-01 met: tea
=== people/me.md
---
name: Me
---
=== ties.toml
me = \"people/me\"
";

fn check(arguments: &str, expected: &Expect) {
    expected.assert_eq(&TestVault::of(VAULT).ties(arguments).shown());
}

#[test]
fn everybody_is_listed_by_name_in_columns() {
    check(
        "list",
        &expect![[r#"
        -- out
        Ana Lima  inner   2026-10-12   people/ana-lima.md
        Émil              2026-10      people/emil.md
        张伟      growth  ~2026-05     people/zhang.md
        exit 0
    "#]],
    );
}

#[test]
fn circles_and_groups_narrow_it() {
    check(
        "list --circle INNER",
        &expect![[r#"
        -- out
        Ana Lima  inner  2026-10-12   people/ana-lima.md
        exit 0
    "#]],
    );
    check(
        "list --group Climbing --json",
        &expect![[r#"
        -- out
        {
          "version": 1,
          "contacts": [
            {
              "name": "Ana Lima",
              "path": "people/ana-lima.md",
              "circle": "inner",
              "groups": [
                "family",
                "climbing"
              ],
              "last_contact": "2026-10-12"
            }
          ]
        }
        exit 0
    "#]],
    );
    check(
        "list --circle iner",
        &expect![[r#"
        -- talk
        Nobody fits.
        hint: did you mean `--circle inner`?
        exit 1
    "#]],
    );
}

#[test]
fn what_does_not_fit_on_a_narrow_screen_is_left_out_or_stands_below() {
    let narrow = |columns| TestVault::of(VAULT).with("COLUMNS", columns);
    expect![[r#"
        -- out
        Ana Lima  inner   2026-10-12
        Émil              2026-10
        张伟      growth  ~2026-05
        exit 0
    "#]]
    .assert_eq(&narrow("40").ties("list").shown());
    expect![[r#"
        -- out
        Ana Lima
          inner · 2026-10-12
        Émil
          2026-10
        张伟
          growth · ~2026-05
        exit 0
    "#]]
    .assert_eq(&narrow("24").ties("list").shown());
}

#[test]
fn who_is_due_fits_a_narrow_screen() {
    let vault = TestVault::of(
        "=== people/ana.md\n---\nname: Ana Lima\nfollow_up: 2026-11-20\nnext: Ask how the move went\n---\n",
    );
    expect![[r#"
        -- out
        Next steps
          Ana Lima  Ask how the move went
        exit 0
    "#]]
    .assert_eq(&vault.ties("due").shown());
    expect![[r#"
        -- out
        Next steps
          Ana Lima  Ask how the move
                    went
        exit 0
    "#]]
    .assert_eq(&vault.with("COLUMNS", "32").ties("due").shown());
}

#[test]
fn of_those_who_can_wait_twenty_are_shown() {
    let note = |number| format!("=== people/p{number:02}.md\n---\ncadence: monthly\n---\n");
    let vault = TestVault::of(&(0..27).map(note).collect::<String>());
    vault.write("ties.toml", "format = 1\n");
    let count = |arguments| vault.ties(arguments).out.lines().count();
    // Two headings and an empty line, four whose turn it is, twenty who wait, and a word of the others.
    assert_eq!(count("due"), 28);
    assert!(vault.ties("due").out.ends_with("  and three more; `ties due --all` shows them\n"));
    assert_eq!(count("due --all"), 30);
    assert_eq!(vault.ties("due --json").out.matches("\"path\"").count(), 27);
}
