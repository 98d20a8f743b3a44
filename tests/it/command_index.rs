//! `ties index`, and several processes at one index.

use crate::support::program::TestVault;
use expect_test::{Expect, expect};
use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant};
use ties::app::asking;
use ties::app::refresh::refresh;
use ties::app::search::search;
use ties::app::session::{Session, Wanted};
use ties::effects::environment::Environment;
use ties::features::query;
use ties::features::query::source::Texts;
use ties::note::path::NotePath;
use ties::text::term::{TextTerm, Tier};

const VAULT: &str = "=== people/ana-lima.md
---
name: Ana Lima
aliases: [Aninha]
---
## Log
- 2026-10-12 call: New job
=== people/zhang.md
---
name: 张伟
---
";

fn check(vault: &TestVault, arguments: &str, expected: &Expect) {
    let run = vault.ties(arguments);
    let sized = |line: &str| match line.strip_prefix("Size") {
        Some(_) => "Size      SIZE".to_owned(),
        None => line.to_owned(),
    };
    let mark = index(vault).parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
    let shown = run.shown().replace(&mark, "MARK").replace(env!("CARGO_PKG_VERSION"), "VERSION");
    let shown = shown.lines().map(|line| sized(line) + "\n").collect::<String>();
    let words = shown.split(", ").map(|part| match part.split_once(" kB.") {
        Some((_, rest)) => format!("SIZE.{rest}"),
        None => part.to_owned(),
    });
    expected.assert_eq(&words.collect::<Vec<_>>().join(", "));
}

/// Where the index of the vault lies, or would.
fn index(vault: &TestVault) -> PathBuf {
    let vaults = vault.beside("home/cache/ties/vaults");
    let mark = ties::text::fingerprint::content_mark(vault.root().as_os_str().as_encoded_bytes());
    vaults.join(mark).join("index")
}

#[test]
fn the_index_is_made_looked_at_and_removed() {
    let vault = TestVault::of(VAULT);
    check(
        &vault,
        "index status",
        &expect![[r#"
        -- out
        Folder    WORLD/home/cache/ties/vaults/MARK/index
        State     there is none yet; the first search makes it
        Version   1-VERSION
        exit 0
    "#]],
    );
    check(
        &vault,
        "index rebuild",
        &expect![[r#"
        -- talk
        The index of two notes is made, SIZE.
        exit 0
    "#]],
    );
    check(
        &vault,
        "index status",
        &expect![[r#"
        -- out
        Folder    WORLD/home/cache/ties/vaults/MARK/index
        State     fresh: every note is in it as it is now
        Notes     2
        Size      SIZE
        Version   1-VERSION
        exit 0
    "#]],
    );
    vault.write("people/bo.md", "---\nname: Bo\n---\n");
    check(
        &vault,
        "index status",
        &expect![[r#"
        -- out
        Folder    WORLD/home/cache/ties/vaults/MARK/index
        State     one note changed since; the next search takes that in
        Notes     2
        Size      SIZE
        Version   1-VERSION
        exit 0
    "#]],
    );
    std::fs::write(index(&vault).join("meta.json"), "{").unwrap();
    check(
        &vault,
        "index status",
        &expect![[r#"
            -- out
            Folder    WORLD/home/cache/ties/vaults/MARK/index
            State     damaged (a file of it cannot be read); the next search makes it anew
            Version   1-VERSION
            exit 1
        "#]],
    );
    check(
        &vault,
        "index clear",
        &expect![[r#"
        -- talk
        The index is removed, SIZE.
        exit 0
    "#]],
    );
    check(
        &vault,
        "index clear",
        &expect![[r#"
        -- talk
        There is no index.
        exit 0
    "#]],
    );
    assert!(!index(&vault).exists());
}

fn session(vault: &TestVault) -> Session {
    let home = vault.beside("home").display().to_string();
    let environment = Environment::of(&[("HOME", &home)], &vault.root());
    let wanted = Wanted { today: Some("2026-11-21"), ..Wanted::default() };
    Session::open(&environment, &wanted).unwrap()
}

/// What a query finds through the index is what it finds in the notes.
#[test]
fn queries_find_the_same_through_the_index() {
    let vault = TestVault::of(VAULT);
    let session = session(&vault);
    for typed in ["ana", "Anniha", "\"new job\"", "ana -job", "zha* OR jo*", "张伟", "nobody"] {
        let reading = refresh(&session, &|_| {});
        let situation = asking::situation(&session, &reading);
        let query = asking::query(&session, &situation, typed).unwrap();
        let (indexed, notices) = asking::hits(&session, &reading, &situation, &query, &|_| {});
        assert_eq!(notices, []);
        let text = |path: &NotePath| reading.text(path.as_str());
        let read = query::search::search(&situation, &query, &Texts::new(&reading.book, &text));
        assert_eq!(format!("{indexed:?}"), format!("{read:?}"), "{typed}");
    }
}

#[test]
fn a_vault_is_searched_by_all_that_people_are_called_and_all_that_is_written() {
    let vault = TestVault::of(VAULT);
    let session = session(&vault);
    let reading = refresh(&session, &|_| {});
    let answer = |typed: &str| {
        let term = TextTerm::of_word(typed).unwrap();
        search(&session, &reading, &|_| {}, |search| {
            assert!(search.is_indexed());
            search.answer(&term)
        })
    };
    assert_eq!(answer("ANINHA"), [(0, Tier::ExactName)]);
    assert_eq!(answer("ana-lima"), [(0, Tier::ExactName)]);
    assert_eq!(answer("job"), [(0, Tier::Text)]);
    assert_eq!(answer("张"), [(1, Tier::ExactName)]);
    assert_eq!(answer("zhang"), [(1, Tier::ExactName)]);
}

#[test]
fn the_status_is_there_for_programs() {
    let vault = TestVault::of(VAULT);
    assert_eq!(vault.ties("index rebuild").code, 0);
    let run = vault.ties("index status --json");
    let answer: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((&answer["state"], &answer["notes"]), (&"fresh".into(), &2.into()), "{}", run.out);
    assert!(answer["bytes"].as_u64().unwrap() > 0 && answer["version"] == 1);
}

#[test]
fn clearing_leaves_what_is_not_ours() {
    let vault = TestVault::of(VAULT);
    assert_eq!(vault.ties("index rebuild").code, 0);
    let (foreign, beside) = (index(&vault).join("diary.md"), index(&vault).with_file_name("facts"));
    std::fs::write(&foreign, "mine").unwrap();
    std::fs::write(&beside, "others").unwrap();
    assert_eq!(vault.ties("index clear").code, 0);
    assert!(foreign.exists() && beside.exists());
    assert!(!index(&vault).join("meta.json").exists());
}

#[test]
fn two_processes_at_once_both_end_well() {
    let vault = TestVault::of(VAULT);
    for _ in 0..5 {
        let start =
            || vault.command().args(["index", "rebuild"]).stderr(Stdio::piped()).spawn().unwrap();
        for child in [start(), start(), start()] {
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        assert!(vault.ties("index status --json").out.contains("\"fresh\""));
    }
}

/// What a process that is killed at any moment leaves is an index that is whole, or none.
#[test]
fn a_process_that_is_killed_leaves_nothing_damaged() {
    let vault = TestVault::of(VAULT);
    let begin = Instant::now();
    assert_eq!(vault.ties("index rebuild").code, 0);
    let whole = begin.elapsed();
    for moment in 0..12u32 {
        let mut child =
            vault.command().args(["index", "rebuild"]).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(whole.mul_f64(f64::from(moment) / 12.0).min(Duration::from_secs(1)));
        child.kill().unwrap();
        child.wait().unwrap();
        let status = vault.ties("index status --json");
        assert!(!status.out.contains("\"damaged\""), "{}", status.out);
    }
    assert_eq!(vault.ties("index rebuild").shown().lines().last(), Some("exit 0"));
    assert!(vault.ties("index status --json").out.contains("\"fresh\""));
}
