//! `ties rest`

use crate::support::program::TestVault;
use expect_test::{Expect, expect};

fn check(vault: &TestVault, arguments: &str, expected: &Expect) {
    expected.assert_eq(&vault.ties(arguments).shown());
}

const ANA: &str = "=== people/ana.md\n---\nname: Ana\ncadence: weekly\n---\n";

#[test]
fn days_away_are_written_into_the_settings() {
    let vault = TestVault::of(&format!(
        "{ANA}=== ties.toml\n# mine\nme = \"people/me\" # it is me\naway = [\n  \"2026-05-01\", # May\n]\n"
    ));
    check(
        &vault,
        "rest 3w --dry-run",
        &expect![[r#"
        -- out
        --- a/ties.toml
        +++ b/ties.toml
        @@ -2,4 +2,5 @@
         me = "people/me" # it is me
         away = [
           "2026-05-01", # May
        +  "2026-11-21..2026-12-11",
         ]
        exit 0
    "#]],
    );
    check(
        &vault,
        "rest 3w",
        &expect![[r#"
            -- talk
            Away until 11 December: ties.toml. `ties undo` takes it back.
            Only occasions show on these days; people come up again on 12 December.
            exit 0
        "#]],
    );
    expect![[r##"
        # mine
        me = "people/me" # it is me
        away = [
          "2026-05-01", # May
          "2026-11-21..2026-12-11",
        ]
    "##]]
    .assert_eq(&vault.read("ties.toml"));
    check(
        &vault,
        "rest 2 weeks",
        &expect![[r#"
        -- talk
        These days are days away already.
        exit 0
    "#]],
    );
    check(
        &vault,
        "away until 2027-01-05",
        &expect![[r#"
            -- talk
            Away until 5 January: ties.toml. `ties undo` takes it back.
            Only occasions show on these days; people come up again on 6 January.
            exit 0
        "#]],
    );
    check(
        &vault,
        "rest 2026-06-01..2026-06-07",
        &expect![[r#"
        -- talk
        Away from 1 June until 7 June: ties.toml. `ties undo` takes it back.
        Nobody's time ran on those days.
        exit 0
    "#]],
    );
    check(
        &vault,
        "rest 2027-05-01..2027-05-01",
        &expect![[r#"
            -- talk
            Away on 1 May: ties.toml. `ties undo` takes it back.
            Only occasions show on these days; people come up again on 2 May.
            exit 0
        "#]],
    );
    check(
        &vault,
        "agenda",
        &expect![[r#"
        -- out
        Saturday, 21 November 2026

        You are away until 5 January; only occasions are shown. `ties rest --end` ends
          it sooner.
        exit 0
    "#]],
    );
    check(
        &vault,
        "rest --end",
        &expect![[r#"
        -- talk
        Welcome back: ties.toml. `ties undo` takes it back.
        exit 0
    "#]],
    );
    check(
        &vault,
        "rest --end",
        &expect![[r#"
        -- talk
        You are not away today, so there is nothing to end.
        exit 0
    "#]],
    );
    expect![[r##"
        # mine
        me = "people/me" # it is me
        away = [
          "2026-05-01", # May
          "2026-06-01..2026-06-07",
          "2027-05-01..2027-05-01",
        ]
    "##]]
    .assert_eq(&vault.read("ties.toml"));
}

#[test]
fn a_rest_is_taken_back() {
    let vault = TestVault::of(&format!("{ANA}=== ties.toml\nme = \"people/me\"\n"));
    assert_eq!(vault.ties("rest 3w").code, 0);
    assert_eq!(vault.ties("undo").code, 0);
    assert_eq!(vault.read("ties.toml"), "me = \"people/me\"\n");
    assert_eq!(vault.ties("rest 3w").code, 0);
    assert_eq!(vault.ties("rest --end --dry-run").code, 0);
    check(
        &vault,
        "rest --end",
        &expect![[r#"
        -- talk
        Welcome back: ties.toml. `ties undo` takes it back.
        exit 0
    "#]],
    );
    assert_eq!(vault.ties("undo").code, 0);
    check(
        &vault,
        "undo --list",
        &expect![[r#"
        -- out
        5  2026-11-21  undo: end the days away  ties.toml
        4  2026-11-21  end the days away (undone)  ties.toml
        3  2026-11-21  be away 2026-11-21..2026-12-11  ties.toml
        2  2026-11-21  undo: be away 2026-11-21..2026-12-11  ties.toml
        1  2026-11-21  be away 2026-11-21..2026-12-11 (undone)  ties.toml
        exit 0
    "#]],
    );
}

#[test]
fn days_that_the_own_configuration_names_are_taken_over() {
    let vault = TestVault::of(ANA);
    vault.configure("away = [\"2026-12-24\"]\n");
    assert_eq!(vault.ties("rest 3w").code, 0);
    assert_eq!(
        vault.read("ties.toml"),
        "away = [\"2026-12-24..2026-12-24\", \"2026-11-21..2026-12-11\"]\n"
    );
}

#[test]
fn what_is_not_clear_is_asked_back() {
    let vault = TestVault::of(ANA);
    check(
        &vault,
        "rest",
        &expect![[r#"
            -- talk
            error: the following required arguments were not provided:
              <DAYS>...

            Usage: ties rest <DAYS>...

            For more information, try '--help'.
            hint: for example `ties rest 3w`
            exit 2
        "#]],
    );
    check(
        &vault,
        "rest fri",
        &expect![[r#"
        -- talk
        error: `fri` is a day
        hint: write `until 2026-11-27`, or `2026-11-27..2026-11-27` for the day alone
        exit 2
    "#]],
    );
    check(
        &vault,
        "rest soon",
        &expect![[r#"
        -- talk
        error: `soon` is not a date that can be read
        hint: write 2026-11-25, `25 nov`, `yesterday`, `last fri`, `in 2 weeks`, `+3mo` or `3 days ago`
        exit 2
    "#]],
    );
    check(
        &vault,
        "rest 3w --end",
        &expect![[r#"
        -- talk
        error: the argument '[DAYS]...' cannot be used with '--end'

        Usage: ties rest <DAYS>...

        For more information, try '--help'.
        exit 2
    "#]],
    );
    vault.write("ties.toml", "away = \"soon\"\n");
    check(
        &vault,
        "rest 3w",
        &expect![[r#"
        -- talk
        error: `away` in the settings is not a list of days
        hint: `ties check` shows the place
        exit 2
    "#]],
    );
    vault.write("ties.toml", "format = 2\n");
    assert_eq!(vault.ties("rest 3w").code, 1);
    assert_eq!(vault.read("ties.toml"), "format = 2\n");
}
