//! `ties config`

use crate::support::program::TestVault;
use expect_test::{Expect, expect};

fn check(vault: &TestVault, arguments: &[&str], expected: &Expect) {
    expected.assert_eq(&vault.run(arguments).shown());
}

#[test]
fn every_setting_is_shown_with_its_origin() {
    let vault = TestVault::of(
        "=== ties.toml\n[agenda]\n# few\nlimit = 2\n[circles.\"book club\"]\ncadence = \"monthly\"\n",
    );
    vault.configure("[agenda]\nlimit = 9\npromises = 1\n");
    check(
        &vault,
        &["config", "list", "agenda"],
        &expect![[r#"
            -- out
            agenda.limit = 2               # ties.toml:3
            agenda.weekly_limit = 12       # default
            agenda.quiet_days = []         # default
            agenda.households = true       # default
            agenda.promises = 1            # WORLD/home/config/ties/config.toml:3
            agenda.ahead_days = 14         # default
            agenda.new_connections = true  # default
            agenda.settle = "2min"         # default
            exit 0
        "#]],
    );
    check(
        &vault,
        &["config", "list", "circles.\"book club\""],
        &expect![[r#"
        -- out
        circles."book club".cadence = "every month"  # ties.toml:5
        exit 0
    "#]],
    );
    let all = vault.ties("config list");
    assert!(
        all.out.ends_with(
            "# your own configuration: WORLD/home/config/ties/config.toml\n\
             # what `ties undo` needs, and the lock: WORLD/home/state/ties\n\
             # caches, which may be deleted: WORLD/home/cache/ties\n"
        ),
        "{}",
        all.out
    );
    assert!(all.out.contains("# me is not set"), "{}", all.out);
    assert!(all.out.lines().count() > 60, "{}", all.out);
}

#[test]
fn settings_are_there_for_programs_too() {
    let vault = TestVault::of("=== ties.toml\nme = \"people/me\"\n");
    check(
        &vault,
        &["config", "list", "me", "--json"],
        &expect![[r#"
        -- out
        {
          "version": 1,
          "settings": [
            {
              "name": "me",
              "toml": "\"people/me\"",
              "origin": "ties.toml:1",
              "doc": "Your own note, so that the agenda can say \"your mother\""
            }
          ]
        }
        exit 0
    "#]],
    );
    check(
        &vault,
        &["config", "get", "me"],
        &expect![[r#"
        -- out
        people/me
        exit 0
    "#]],
    );
    check(
        &vault,
        &["config", "get", "agenda.limit"],
        &expect![[r#"
        -- out
        4
        exit 0
    "#]],
    );
    check(
        &vault,
        &["config", "get", "fresh_start"],
        &expect![[r#"
        -- talk
        error: `fresh_start` is not set
        exit 1
    "#]],
    );
    check(
        &vault,
        &["config", "get", "circles.inner.cadence"],
        &expect![[r#"
        -- out
        1-2 weeks
        exit 0
    "#]],
    );
    check(
        &vault,
        &["config", "get", "agenda.limt"],
        &expect![[r#"
        -- talk
        error: there is no setting `agenda.limt`
        hint: did you mean `agenda.limit`?
        exit 2
    "#]],
    );
    check(
        &vault,
        &["config", "list", "agend"],
        &expect![[r#"
        -- talk
        error: there is no setting `agend`
        hint: did you mean `agenda`?
        exit 2
    "#]],
    );
}

#[test]
fn outside_of_a_vault_the_own_configuration_is_shown() {
    let world = TestVault::nothing();
    world.configure("editor = \"hx\"\n");
    check(
        &world,
        &["config", "list", "editor"],
        &expect![[r#"
        -- out
        editor = "hx"  # WORLD/home/config/ties/config.toml:1
        exit 0
    "#]],
    );
    assert_eq!(world.ties("config list --vault .").code, 2);
}

#[test]
fn setting_one_thing_changes_nothing_else() {
    let vault =
        TestVault::of("=== ties.toml\n# mine\r\n[agenda]   # few\r\nlimit=2 # two\r\n\r\n# end");
    check(
        &vault,
        &["config", "set", "agenda.limit", "3", "--dry-run"],
        &expect![[r#"
        -- out
        --- a/ties.toml
        +++ b/ties.toml
        @@ -1,5 +1,5 @@
         # mine
         [agenda]   # few
        -limit=2 # two
        +limit=3 # two

         # end
        \ No newline at end of file
        exit 0
    "#]],
    );
    assert!(vault.read("ties.toml").contains("limit=2"));
    check(
        &vault,
        &["config", "set", "agenda.limit", "3"],
        &expect![[r#"
        -- talk
        agenda.limit is set in ties.toml.
        exit 0
    "#]],
    );
    check(
        &vault,
        &["config", "set", "agenda.limit", "3"],
        &expect![[r#"
        -- talk
        agenda.limit was so already in ties.toml.
        exit 0
    "#]],
    );
    check(
        &vault,
        &["config", "set", "me", "people/me"],
        &expect![[r#"
        -- talk
        me is set in ties.toml.
        exit 0
    "#]],
    );
    assert_eq!(
        vault.read("ties.toml"),
        "me = \"people/me\"\r\n# mine\r\n[agenda]   # few\r\nlimit=3 # two\r\n\r\n# end"
    );
}

#[test]
fn what_cannot_be_set_is_refused() {
    let vault = TestVault::of("");
    check(
        &vault,
        &["config", "set", "agenda.limt", "3"],
        &expect![[r#"
        -- talk
        error: there is no setting `agenda.limt`
        hint: did you mean `agenda.limit`?
        exit 2
    "#]],
    );
    check(
        &vault,
        &["config", "set", "agenda.limit", "many"],
        &expect![[r#"
        -- talk
        error: `agenda.limit` must be a whole number from 0 to 100
        exit 2
    "#]],
    );
    check(
        &vault,
        &["config", "set", "editor", "vi"],
        &expect![[r#"
        -- talk
        error: `editor` may not be set by a vault
        hint: write it into your own configuration
        exit 2
    "#]],
    );
    vault.write("ties.toml", "format = 2\n");
    check(
        &vault,
        &["config", "set", "agenda.limit", "3"],
        &expect![[r#"
        -- talk
        note: ties.toml: this vault is of format 2; this program knows 1; `ties check` shows the place
        error: nothing is written while the settings of this vault are in doubt: this vault is of format 2; this program knows 1
        hint: `ties check` shows the place
        exit 1
    "#]],
    );
    assert_eq!(vault.read("ties.toml"), "format = 2\n");
}

#[test]
fn a_table_without_settings_says_so_and_does_not_point_to_itself() {
    let vault = TestVault::nothing();
    assert_eq!(vault.ties("init").code, 0);
    for table in ["fields", "views", "relations", "log.kinds"] {
        let run = vault.run(["config", "list", table]);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{table}");
        assert!(run.out.contains(&format!("# {table}.NAME")), "{table}: {}", run.out);
    }
}

#[test]
fn settings_that_are_not_toml_get_one_message_everywhere() {
    let vault = TestVault::nothing();
    assert_eq!(vault.ties("init").code, 0);
    let made = vault.read("ties.toml");
    vault.write("ties.toml", made + "\n[folders]\npeople = [\".\"]\n");
    check(
        &vault,
        &["list"],
        &expect![[r#"
        -- talk
        note: ties.toml: this is not TOML (duplicate key); `ties check` shows the place
        Nobody is here yet.
        exit 0
    "#]],
    );
    check(
        &vault,
        &["check"],
        &expect![[r#"
            -- out
            ties.toml:214:2: error[settings-not-toml]: this is not TOML (duplicate key)
              214 | [folders]
                  |  ^^^^^^^ it stands above already: put both together there; until then the defaults count, and nothing in the vault is changed
            -- talk
            1 finding in 3 notes.
            exit 1
        "#]],
    );
    check(
        &vault,
        &["config", "set", "agenda.limit", "3"],
        &expect![[r#"
        -- talk
        note: ties.toml: this is not TOML (duplicate key); `ties check` shows the place
        error: nothing is written while the settings of this vault are in doubt: this is not TOML (duplicate key)
        hint: `ties check` shows the place
        exit 1
    "#]],
    );
    check(
        &vault,
        &["add", "Zed"],
        &expect![[r#"
        -- talk
        note: ties.toml: this is not TOML (duplicate key); `ties check` shows the place
        error: nothing is written while the settings of this vault are in doubt: this is not TOML (duplicate key)
        hint: `ties check` shows the place
        exit 1
    "#]],
    );
}

#[test]
fn the_way_that_the_readme_shows_works_after_init() {
    let vault = TestVault::nothing();
    assert_eq!(vault.ties("init").code, 0);
    let set = vault.run(["config", "set", "folders.people", "[\".\"]"]);
    assert_eq!(set.code, 0, "{}", set.err);
    assert_eq!(vault.run(["config", "get", "folders.people"]).out, "[\".\"]\n");
    assert_eq!(vault.ties("check").code, 0);
}
