//! `ties rename`, `ties merge`, `ties duplicates`, `ties archive`

use crate::support::program::TestVault;
use expect_test::{Expect, expect};
use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

const VAULT: &str = "=== ties.toml
me = \"people/me\"
=== agenda.md
---
ties: agenda
date: 2026-11-20
---
- [ ] [[people/ana-lima|Ana Lima]] · call
=== habits/walk.md
---
habit: Walk
with: [\"[[Ana Lima]]\"]
---
=== journal/2026-11-20.md
coffee with [[Ana Lima]] and [her sister](../people/rita.md)

| who | where |
|---|---|
| [[ana-lima\\|Ana]] | Porto |
=== people/ana-lima.md
---
name: Ana Lima
email: ana@example.org
circle: inner
---
## Log
- 2026-10-12 call: kiln
=== people/aninha.md
---
name: Aninha
email: Ana@example.org
circle: growth
---
Sings alto.

## Log
* 2026-11-02 met: tea
* 2026-10-12 call: kiln
=== people/me.md
---
name: Me
---
=== people/rita.md
---
name: Rita
sister: \"[[ana-lima]]\"
---
";

fn all(folder: &Path, below: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{below}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            all(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, std::fs::read(entry.path()).unwrap());
        }
    }
}

/// Every file of the vault.
fn files(vault: &TestVault) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    all(&vault.root(), "", &mut files);
    files
}

/// What each command says, one after the other in one vault, then the files that are not as they were.
fn check(vault: &TestVault, commands: &[&[&str]], expected: &Expect) {
    let before = files(vault);
    let mut shown = commands.iter().map(|command| vault.run(*command).shown()).collect::<String>();
    let now = files(vault);
    for (name, bytes) in now.iter().filter(|(name, bytes)| before.get(*name) != Some(*bytes)) {
        shown += &format!("== {name}\n{}", String::from_utf8_lossy(bytes));
    }
    let gone = before.keys().filter(|name| !now.contains_key(*name));
    gone.for_each(|name| shown += &format!("== {name} is gone\n"));
    expected.assert_eq(&shown);
}

#[test]
fn the_note_its_file_and_every_link_are_renamed() {
    check(
        &TestVault::of(VAULT),
        &[&["rename", "ana lima", "Ana Sousa"]],
        &expect![[r#"
        -- talk
        Ana Lima is Ana Sousa now: people/ana-sousa.md, people/ana-lima.md, agenda.md and 3 more. `ties undo` takes it back.
        exit 0
        == agenda.md
        ---
        ties: agenda
        date: 2026-11-20
        ---
        - [ ] [[people/ana-sousa|Ana Lima]] · call
        == habits/walk.md
        ---
        habit: Walk
        with: ["[[Ana Sousa]]"]
        ---
        == journal/2026-11-20.md
        coffee with [[Ana Sousa]] and [her sister](../people/rita.md)

        | who | where |
        |---|---|
        | [[ana-sousa\|Ana]] | Porto |
        == people/ana-sousa.md
        ---
        name: Ana Sousa
        email: ana@example.org
        circle: inner
        ---
        ## Log
        - 2026-10-12 call: kiln
        == people/rita.md
        ---
        name: Rita
        sister: "[[ana-sousa]]"
        ---
        == people/ana-lima.md is gone
    "#]],
    );
}

#[test]
fn a_dry_run_shows_it_and_renaming_back_gives_every_byte_back() {
    let vault = TestVault::of(VAULT);
    check(
        &vault,
        &[
            &["rename", "rita", "Rita Reis", "--dry-run"],
            &["rename", "rita", "Rita Reis", "--keep-alias"],
            &["undo"],
            &["rename", "rita", "Rita Reis"],
            &["rename", "rita", "Rita"],
            &["undo", "--list"],
        ],
        &expect![[r#"
            -- out
            rename from people/rita.md
            rename to people/rita-reis.md
            --- a/people/rita.md
            +++ b/people/rita-reis.md
            @@ -1,4 +1,4 @@
             ---
            -name: Rita
            +name: Rita Reis
             sister: "[[ana-lima]]"
             ---
            --- a/journal/2026-11-20.md
            +++ b/journal/2026-11-20.md
            @@ -1,4 +1,4 @@
            -coffee with [[Ana Lima]] and [her sister](../people/rita.md)
            +coffee with [[Ana Lima]] and [her sister](../people/rita-reis.md)

             | who | where |
             |---|---|
            exit 0
            -- talk
            Rita is Rita Reis now: people/rita-reis.md, people/rita.md, journal/2026-11-20.md. `ties undo` takes it back.
            exit 0
            -- out
            rename from people/rita-reis.md
            rename to people/rita.md
            --- a/people/rita-reis.md
            +++ b/people/rita.md
            @@ -1,5 +1,4 @@
             ---
            -name: Rita Reis
            +name: Rita
             sister: "[[ana-lima]]"
            -aliases: [Rita]
             ---
            --- a/journal/2026-11-20.md
            +++ b/journal/2026-11-20.md
            @@ -1,4 +1,4 @@
            -coffee with [[Ana Lima]] and [her sister](../people/rita-reis.md)
            +coffee with [[Ana Lima]] and [her sister](../people/rita.md)

             | who | where |
             |---|---|
            -- talk
            Undone (rename Rita to Rita Reis): people/rita.md, people/rita-reis.md, journal/2026-11-20.md. `ties undo 2` brings it back.
            exit 0
            -- talk
            Rita is Rita Reis now: people/rita-reis.md, people/rita.md, journal/2026-11-20.md. `ties undo` takes it back.
            exit 0
            -- talk
            Renamed back, as it was: people/rita.md, people/rita-reis.md, journal/2026-11-20.md. `ties undo 4` takes it back.
            exit 0
            -- out
            4  2026-11-21  undo: rename Rita to Rita Reis  people/rita.md, people/rita-reis.md, journal/2026-11-20.md
            3  2026-11-21  rename Rita to Rita Reis (undone)  people/rita-reis.md, people/rita.md, journal/2026-11-20.md
            2  2026-11-21  undo: rename Rita to Rita Reis  people/rita.md, people/rita-reis.md, journal/2026-11-20.md
            1  2026-11-21  rename Rita to Rita Reis (undone)  people/rita-reis.md, people/rita.md, journal/2026-11-20.md
            exit 0
        "#]],
    );
}

#[test]
fn the_setting_of_the_owner_follows_and_a_note_in_conflict_is_left() {
    let vault = TestVault::of(VAULT);
    vault.write("journal/2026-11-19.md", "<<<<<<< a\n[[Me]]\n=======\n[[me]]\n>>>>>>> b\n");
    check(
        &vault,
        &[&["rename", "people/me", "--to", "people/family/myself"]],
        &expect![[r#"
        -- talk
        Me lies in people/family/myself.md: people/family/myself.md, people/me.md, ties.toml. `ties undo` takes it back.
        note: journal/2026-11-19.md is left as it is, with its links: the note has conflict markers
        exit 3
        == people/family/myself.md
        ---
        name: Me
        ---
        == ties.toml
        me = "people/family/myself"
        == people/me.md is gone
    "#]],
    );
}

#[test]
fn what_cannot_be_renamed_says_why() {
    check(
        &TestVault::of(VAULT),
        &[
            &["rename", "rita", "aninha"],
            &["rename", "rita", "!"],
            &["rename", "rita", "Rita"],
            &["rename", "rita"],
            &["rename", "rita", "Rita R", "--to", "../rita.md"],
            &["rename", "rita", "Rita R", "--to", "notes/rita.md"],
            &["rename", "rita", "Rita R", "--to", "people/aninha.md"],
            &["rename", "nobody", "Somebody"],
        ],
        &expect![[r#"
            -- talk
            error: people/aninha is called aninha too
            hint: `ties merge people/aninha …` makes one of two notes of one person; `--anyway` lets Rita have the same name
            exit 1
            -- talk
            error: a name needs a letter or a sign
            hint: give the new name: `ties rename ana "Ana Lima"`
            exit 1
            -- talk
            error: Rita is called so already, and the note lies there
            exit 1
            -- talk
            error: the following required arguments were not provided:
              <NEW>

            Usage: ties rename <WHO> <NEW>

            For more information, try '--help'.
            hint: for example `ties rename ana "Ana Sousa"`
            exit 2
            -- talk
            error: `../rita.md` is no path inside the vault
            hint: write it like `people/friends/ana.md`, or `people/friends/` to keep the name of the file
            exit 2
            -- talk
            error: notes/rita.md is not in a folder of people
            hint: folders of people are people; `ties config` shows and sets them
            exit 2
            -- talk
            error: people/aninha.md is left as it is: there is such a file already
            hint: choose another name
            exit 1
            -- talk
            error: nobody here is called `nobody`
            hint: `ties add "nobody"` makes a note for somebody new
            exit 1
        "#]],
    );
}

#[test]
fn a_note_goes_only_where_it_is_read() {
    let long = "x".repeat(300);
    for (to, lies) in [
        ("people/sub/", Some("people/sub/rita.md")),
        ("people/ready", Some("people/ready/rita.md")),
        ("people/link/rita.md", Some("people/ready/rita.md")),
        ("people/x/y", Some("people/x/y.md")),
        ("people/", None),
        ("", None),
        (".", None),
        ("people/.md", None),
        ("people/.a.md", None),
        ("people/.hidden/a.md", None),
        ("people/quiet/rita.md", None),
        ("people/rita (conflicted copy 2026-11-21).md", None),
        ("people/rita.sync-conflict-20260101-010101-ABCDEFG.md", None),
        ("people/~$rita.md", None),
        ("people/me.md/rita.md", None),
        ("people/a#b|c.md", None),
        ("people/readme.md", Some("people/readme.md")),
        (&*format!("people/{long}.md"), None),
    ] {
        let vault = TestVault::of(VAULT);
        vault.write(".tiesignore", "people/quiet/\n");
        std::fs::create_dir_all(vault.root().join("people/ready")).unwrap();
        std::os::unix::fs::symlink("ready", vault.root().join("people/link")).unwrap();
        let before = files(&vault);
        let run = vault.run(["rename", "rita", "--to", to]);
        match lies {
            Some(lies) => {
                assert_eq!(run.code, 0, "{to}: {}", run.shown());
                assert!(files(&vault).contains_key(lies), "{to}: {}", run.shown());
                assert!(vault.ties("list").out.contains("Rita"), "{to}");
            }
            None => {
                assert!([1, 2].contains(&run.code), "{to}: {}", run.shown());
                assert!(!run.err.contains("os error"), "{to}: {}", run.err);
                assert_eq!(files(&vault), before, "{to}");
            }
        }
    }
}

#[test]
fn a_name_that_would_hide_the_note_and_a_link_to_its_file_are_told() {
    let vault = TestVault::of("=== people/Ana Lima.md\n- 2026-10-12 met\n=== people/bo.md\n# Bo\n");
    check(
        &vault,
        &[&["rename", "ana", "Ana (conflicted copy 2026-11-21)"]],
        &expect![[r#"
            -- talk
            error: nobody would find people/Ana (conflicted copy 2026-11-21).md: sync tools call their copies of a note so
            hint: `--to people/….md` names another place
            exit 1
        "#]],
    );
    std::os::unix::fs::symlink("people/bo.md", vault.root().join("bo.md")).unwrap();
    let run = vault.run(["rename", "bo", "--to", "people/friends/"]);
    assert!(
        run.err.contains("bo.md is a link to people/bo.md, where no note is any more"),
        "{}",
        run.shown()
    );
}

#[test]
fn what_is_for_few_eyes_and_of_two_people_is_told_before_a_merge() {
    let vault = TestVault::of(
        "=== people/ana.md\n---\nname: Ana\n---\nShe sings.[^1]\n\n[^1]: since 2020\n=== people/nina.md\n---\nname: Nina\nnot_same_as: \"[[Ana]]\"\nfriend: \"[[Ana]]\"\n---\nShe sings.[^1]\n\n[^1]: since 1990\n",
    );
    let mode = |name: &str, mode: u32| {
        let file = vault.root().join(name);
        std::fs::set_permissions(file, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    mode("people/ana.md", 0o644);
    mode("people/nina.md", 0o600);
    check(
        &vault,
        &[&["merge", "ana", "nina", "--yes"], &["undo"]],
        &expect![[r#"
            -- out
            --- a/people/ana.md
            +++ b/people/ana.md
            @@ -1,6 +1,15 @@
             ---
             name: Ana
            +not_same_as: "[[Ana]]"
            +friend: "[[Ana]]"
            +aliases: [Nina]
             ---
             She sings.[^1]

             [^1]: since 2020
            +
            +## From Nina
            +
            +She sings.[^1]
            +
            +[^1]: since 1990
            --- a/people/nina.md
            +++ /dev/null
            @@ -1,8 +0,0 @@
            ----
            -name: Nina
            -not_same_as: "[[Ana]]"
            -friend: "[[Ana]]"
            ----
            -She sings.[^1]
            -
            -[^1]: since 1990
            -- talk
            note: the notes say that Nina is a friend of Ana: they may be two people. The line stays, and would be about Ana alone
            note: a note says `not_same_as` of the other: they may be two people. The line stays, and would be about its own note
            note: [^1] means one thing in one note and another in the other; give one of them another label
            note: people/ana.md may be read by more people than people/nina.md so far; `chmod 600 people/ana.md` keeps it as that was
            Ana has one note: people/ana.md, people/nina.md. `ties undo` takes it back.
            exit 0
            -- out
            --- a/people/ana.md
            +++ b/people/ana.md
            @@ -1,15 +1,6 @@
             ---
             name: Ana
            -not_same_as: "[[Ana]]"
            -friend: "[[Ana]]"
            -aliases: [Nina]
             ---
             She sings.[^1]

             [^1]: since 2020
            -
            -## From Nina
            -
            -She sings.[^1]
            -
            -[^1]: since 1990
            --- /dev/null
            +++ b/people/nina.md
            @@ -0,0 +1,8 @@
            +---
            +name: Nina
            +not_same_as: "[[Ana]]"
            +friend: "[[Ana]]"
            +---
            +She sings.[^1]
            +
            +[^1]: since 1990
            -- talk
            Undone (merge people/nina into people/ana): people/ana.md, people/nina.md. `ties undo 2` brings it back.
            exit 0
        "#]],
    );
    let nina = vault.root().join("people/nina.md").metadata().unwrap();
    assert_eq!(nina.permissions().mode() & 0o777, 0o600);
}

#[test]
fn what_was_changed_since_and_the_vault_itself_are_not_undone() {
    let vault = TestVault::of("");
    std::fs::remove_file(vault.root().join("ties.toml")).unwrap();
    assert_eq!(vault.ties("init").code, 0);
    vault.run(["add", "Ana Lima"]);
    let before = files(&vault);
    check(
        &vault,
        &[&["undo", "1"], &["undo", "1", "--dry-run"]],
        &expect![[r#"
            -- talk
            error: ties.toml is left as it is: it makes this folder a vault
            hint: where the vault is to go, remove its folder
            exit 1
            -- talk
            error: ties.toml is left as it is: it makes this folder a vault
            hint: where the vault is to go, remove its folder
            exit 1
        "#]],
    );
    assert_eq!(files(&vault), before);
    assert_eq!((vault.ties("undo").code, vault.ties("undo").code), (0, 1));
    assert!(files(&vault).contains_key("ties.toml"));
    vault.run(["add", "Bo"]);
    vault.write("people/bo.md", "# Bo\nmine\n");
    let run = vault.ties("undo");
    assert_eq!(run.code, 1);
    assert!(run.err.contains("it was changed since, and that would be lost"), "{}", run.err);
}

#[test]
fn two_notes_become_one_and_two_again() {
    let vault = TestVault::of(VAULT);
    let before = files(&vault);
    check(
        &vault,
        &[
            &["merge", "ana lima", "aninha"],
            &["merge", "ana lima", "aninha", "--dry-run"],
            &["merge", "ana lima", "ana lima"],
        ],
        &expect![[r#"
            -- out
            --- a/people/ana-lima.md
            +++ b/people/ana-lima.md
            @@ -2,6 +2,16 @@
             name: Ana Lima
             email: ana@example.org
             circle: inner
            +aliases: [Aninha]
             ---
             ## Log
            +- 2026-11-02 met: tea
             - 2026-10-12 call: kiln
            +
            +## From Aninha
            +
            +Sings alto.
            +
            +```yaml
            +circle: growth
            +```
            --- a/people/aninha.md
            +++ /dev/null
            @@ -1,10 +0,0 @@
            ----
            -name: Aninha
            -email: Ana@example.org
            -circle: growth
            ----
            -Sings alto.
            -
            -## Log
            -* 2026-11-02 met: tea
            -* 2026-10-12 call: kiln
            -- talk
              circle stays inner; growth is kept under `From Aninha`
            error: nobody is there to be asked, so nothing was merged
            hint: `--yes` does not ask
            exit 2
            -- out
            --- a/people/ana-lima.md
            +++ b/people/ana-lima.md
            @@ -2,6 +2,16 @@
             name: Ana Lima
             email: ana@example.org
             circle: inner
            +aliases: [Aninha]
             ---
             ## Log
            +- 2026-11-02 met: tea
             - 2026-10-12 call: kiln
            +
            +## From Aninha
            +
            +Sings alto.
            +
            +```yaml
            +circle: growth
            +```
            --- a/people/aninha.md
            +++ /dev/null
            @@ -1,10 +0,0 @@
            ----
            -name: Aninha
            -email: Ana@example.org
            -circle: growth
            ----
            -Sings alto.
            -
            -## Log
            -* 2026-11-02 met: tea
            -* 2026-10-12 call: kiln
            -- talk
              circle stays inner; growth is kept under `From Aninha`
            exit 0
            -- talk
            error: Ana Lima is one note already
            hint: name two notes; `ties duplicates` shows which could be of one person
            exit 1
        "#]],
    );
    assert_eq!(files(&vault), before);
    assert_eq!(vault.run(["merge", "ana lima", "aninha", "--yes"]).code, 0);
    assert!(!files(&vault).contains_key("people/aninha.md"));
    assert_eq!(vault.ties("check").code, 0);
    assert_eq!(vault.ties("undo").code, 0);
    assert_eq!(files(&vault), before);
}

#[test]
fn pairs_are_shown_with_their_reasons() {
    check(
        &TestVault::of(VAULT),
        &[&["duplicates"], &["duplicates", "--json"]],
        &expect![[r#"
        -- out
        Ana Lima  people/ana-lima  and  Aninha  people/aninha
          the same e-mail address, Ana@example.org
          ties merge people/ana-lima people/aninha
        -- talk
        1 pair. Where they are two people, one note can say `not_same_as`.
        exit 0
        -- out
        {
          "version": 1,
          "duplicates": [
            {
              "one": {
                "name": "Ana Lima",
                "path": "people/ana-lima.md"
              },
              "other": {
                "name": "Aninha",
                "path": "people/aninha.md"
              },
              "reasons": [
                {
                  "kind": "email",
                  "text": "the same e-mail address, Ana@example.org"
                }
              ],
              "merge": "ties merge people/ana-lima people/aninha"
            }
          ]
        }
        exit 0
    "#]],
    );
    check(
        &TestVault::of("=== people/ana.md\n"),
        &[&["duplicates"]],
        &expect![[r#"
        -- talk
        No two notes seem to be about one person.
        exit 1
    "#]],
    );
}

#[test]
fn somebody_is_put_away_and_taken_back() {
    check(
        &TestVault::of(VAULT),
        &[
            &["archive", "rita", "--dry-run"],
            &["archive", "rita"],
            &["archive", "rita"],
            &["archive", "--back", "rita"],
            &["archive", "--back", "rita"],
        ],
        &expect![[r#"
            -- out
            --- a/people/rita.md
            +++ b/people/rita.md
            @@ -1,4 +1,5 @@
             ---
             name: Rita
             sister: "[[ana-lima]]"
            +status: archived
             ---
            exit 0
            -- talk
            Rita is archived: people/rita.md. `ties undo` takes it back.
            exit 0
            -- talk
            error: Rita is archived already
            hint: `ties archive --back` takes somebody back
            exit 1
            -- talk
            Rita is back: people/rita.md. `ties undo` takes it back.
            exit 0
            -- talk
            error: Rita is not archived
            hint: `ties list is:archived` shows who is
            exit 1
        "#]],
    );
}

/// Every person of the example vault, renamed and renamed back: no finding in between, every byte afterwards.
#[test]
fn the_whole_village_can_be_renamed_and_renamed_back() {
    let vault = TestVault::of("");
    let village = Path::new(env!("CARGO_MANIFEST_DIR")).join("example-vault");
    let mut notes = BTreeMap::new();
    all(&village, "", &mut notes);
    notes.iter().for_each(|(name, bytes)| vault.write(name, bytes));
    let before = files(&vault);
    let people = vault.run(["list", "--limit", "all", "--format", "{path}\t{name}"]).out;
    for person in people.lines().step_by(3) {
        let (path, name) = person.split_once('\t').unwrap();
        let there = vault.run(["rename", path, "Zoë Q. O'Neil"]);
        assert_eq!(there.code, 0, "{path}: {}", there.shown());
        assert_eq!(vault.ties("check").code, 0, "{path}: {}", vault.ties("check").shown());
        let back = vault.run(["rename", "Zoë Q. O'Neil", name]);
        assert_eq!(back.code, 0, "{path}: {}", back.shown());
        assert!(files(&vault) == before, "{path}");
    }
}

/// A note that could not be read may hold links: the command says so and does not end as if all were done.
#[test]
fn what_cannot_be_read_is_never_passed_over_in_silence() {
    let vault = TestVault::of(VAULT);
    vault.write("people/zoe.md", vec![b'x'; (16 << 20) + 1]);
    let run = vault.run(["rename", "rita", "Rita Reis"]);
    assert_eq!(run.code, 3, "{}", run.shown());
    assert!(run.err.contains("some notes could not be read"), "{}", run.err);
}

#[test]
fn queries_that_name_somebody_by_what_goes_away_are_told() {
    let vault = "=== ties.toml
[views]
ring = \"circle:inner near:ana-lima/2\"
sisters = \"sister:ana\"
=== habits/word.md
---
habit: A word
done_by: contact with:\"Ana Lima\"
---
=== people/ana-lima.md
---
name: Ana Lima
---
=== people/rita.md
---
name: Rita
sister: \"[[ana-lima]]\"
---
";
    let expected = expect![[r#"
        -- talk
        Ana Lima is Ana Sousa now: people/ana-sousa.md, people/ana-lima.md, people/rita.md. `ties undo` takes it back.
        note: the view `ring` names Ana Lima as `ana-lima`; write `people/ana-sousa` there
        note: `done_by` in habits/word.md names Ana Lima as `Ana Lima`; write `people/ana-sousa` there
        exit 0
    "#]];
    let vault = TestVault::of(vault);
    expected.assert_eq(&vault.run(["rename", "ana", "Ana Sousa"]).shown());
}

#[test]
fn a_note_that_got_front_matter_for_the_archive_loses_it_on_the_way_back() {
    let vault = TestVault::of("=== people/bo.md\n# Bo\n\nfriend\n");
    vault.run(["archive", "bo"]);
    assert_eq!(vault.read("people/bo.md"), "---\nstatus: archived\n---\n# Bo\n\nfriend\n");
    vault.run(["archive", "--back", "bo"]);
    assert_eq!(vault.read("people/bo.md"), "# Bo\n\nfriend\n");
}
