//! `ties init`

use crate::support::program::TestVault;
use expect_test::{Expect, expect};

fn check(vault: &TestVault, arguments: &str, expected: &Expect) {
    expected.assert_eq(&vault.ties(arguments).shown());
}

#[test]
fn a_new_vault_has_settings_templates_and_folders() {
    let world = TestVault::nothing();
    check(
        &world,
        "init ../new/people-i-know",
        &expect![[r#"
        -- out
          ties.toml
          templates/contact.md
          templates/habit.md
          templates/meeting.md
          people/
          habits/
          journal/
        -- talk
        Made in WORLD/new/people-i-know:
        hint: `ties config list` shows what can be set; every default is in ties.toml
        hint: `ties list` shows everybody once there are notes in people/
        exit 0
    "#]],
    );
    let settings = std::fs::read_to_string(world.beside("new/people-i-know/ties.toml")).unwrap();
    assert!(settings.contains("\nfresh_start = \"2026-11-21\"\n"), "{settings}");
    assert_eq!(world.ties("check --vault ../new/people-i-know").code, 0);
    assert_eq!(world.ties("list --vault ../new/people-i-know").err, "Nobody is here yet.\n");
}

#[test]
fn what_is_there_is_never_touched() {
    let world = TestVault::nothing();
    world.write("ties.toml", "# mine\n[folders]\npeople = \"contacts\"\n");
    world.write("templates/contact.md", "mine\n");
    world.write("Ana.md", "Ana\n");
    check(
        &world,
        "init",
        &expect![[r#"
            -- out
              templates/habit.md
              templates/meeting.md
              contacts/
              habits/
              journal/
            -- talk
            Made in WORLD/vault:
            2 notes were here before; none was changed. None is read as a person yet.
            hint: where they live: `ties config set folders.people '["Contacts"]'`; with '["."]' a note anywhere is a person if it says `type: person`
            hint: keys of another tool: `ties config set fields.last_contact '["Last Spoke"]'` reads that key as well
            hint: `ties check` shows what cannot be read; no note needs to change
            exit 0
        "#]],
    );
    check(
        &world,
        "init",
        &expect![[r#"
        -- talk
        Nothing to make: WORLD/vault is a vault already.
        exit 0
    "#]],
    );
    assert_eq!(world.read("ties.toml"), "# mine\n[folders]\npeople = \"contacts\"\n");
    assert_eq!(world.read("templates/contact.md"), "mine\n");
    assert!(world.root().join("contacts").is_dir() && !world.root().join("people").exists());
}

#[test]
fn a_vault_in_a_vault_is_not_made() {
    let world = TestVault::of("");
    check(
        &world,
        "init people/more",
        &expect![[r#"
        -- talk
        error: this folder lies in the vault WORLD/vault already
        hint: name another folder: `ties init DIR`
        exit 1
    "#]],
    );
    assert!(!world.root().join("people").exists());
}

#[test]
fn settings_in_doubt_and_a_world_that_refuses_stop_it() {
    let world = TestVault::nothing();
    world.write("ties.toml", "a = = 1\n");
    check(
        &world,
        "init",
        &expect![[r#"
            -- talk
            error: its ties.toml is in doubt: this is not TOML (extra `=`, expected nothing)
            hint: mend it, or move it away
            exit 1
        "#]],
    );
    world.write("../file", "x");
    check(
        &world,
        "init ../file/vault",
        &expect![[r#"
            -- talk
            error: cannot make WORLD/vault/../file/vault
              because Not a directory (os error 20)
            exit 4
        "#]],
    );
}

#[test]
fn notes_that_are_there_are_counted_with_what_to_do_next() {
    let world = TestVault::nothing();
    world.write("Contacts/Ana.md", "---\ntype: person\n---\n");
    world.write("Contacts/Bo.md", "Bo\n");
    world.write("shopping.md", "milk\n");
    expect![[r#"
        Made in WORLD/vault:
        3 notes were here before; none was changed. None is read as a person yet.
        hint: where they live: `ties config set folders.people '["Contacts"]'`; with '["."]' a note anywhere is a person if it says `type: person`
        hint: keys of another tool: `ties config set fields.last_contact '["Last Spoke"]'` reads that key as well
        hint: `ties check` shows what cannot be read; no note needs to change
    "#]].assert_eq(&world.ties("init").err);
    let adopted = world.run(["config", "set", "folders.people", "[\".\"]"]);
    assert_eq!(adopted.code, 0, "{}", adopted.err);
    assert_eq!(world.run(["config", "set", "fields.last_contact", "[\"Last Spoke\"]"]).code, 0);
    assert_eq!(world.ties("list").out, "Ana                 Contacts/Ana.md\n");
    let one = TestVault::nothing();
    one.write("people/Ana.md", "Ana\n");
    assert!(
        one.ties("init")
            .err
            .contains("1 note was here before; it was not changed. One is read as a person")
    );
}

#[test]
fn a_new_folder_is_private_and_one_that_is_there_stays_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let world = TestVault::nothing();
    let mode =
        |name: &str| std::fs::metadata(world.beside(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(world.ties("init ../new/people-i-know").code, 0);
    assert_eq!(mode("new/people-i-know"), 0o700);
    std::fs::create_dir(world.beside("there")).unwrap();
    let before = mode("there");
    assert_eq!(world.ties("init ../there").code, 0);
    assert_eq!(mode("there"), before);
}

#[test]
fn folders_of_another_case_are_taken_over() {
    let world = TestVault::nothing();
    world.write("People/Ana.md", "---\nname: Ana\n---\n");
    world.write("Templates/mine.md", "mine\n");
    let run = world.ties("init");
    assert_eq!(run.code, 0, "{}", run.shown());
    assert!(
        !run.out.contains("people/") && run.out.contains("Templates/contact.md"),
        "{}",
        run.out
    );
    let settings = world.read("ties.toml");
    assert!(settings.contains("\npeople = [\"People\"]\n"), "{settings}");
    assert!(settings.contains("\ntemplates = \"Templates\"\n"), "{settings}");
    assert!(world.ties("list").out.starts_with("Ana"), "{}", world.ties("list").shown());
    assert_eq!(world.ties("check").code, 0);
}
