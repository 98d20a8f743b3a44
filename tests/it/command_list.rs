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
