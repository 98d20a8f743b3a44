//! `ties status`: what runs, how fresh everything is, what the machine lacks.

use crate::support::program::TestVault;
use expect_test::expect;

const ANA: &str = "=== people/ana.md\n---\nname: Ana\ncircle: inner\n---\n";

/// Ages, process numbers and what differs from machine to machine are left out.
fn steady(text: &str) -> String {
    let line = |line: &str| {
        let line = line.split(", last changed").next().unwrap_or(line);
        format!("{}\n", line.split(" (process").next().unwrap_or(line))
    };
    let machine =
        |text: &&str| !["inotify", "events:", "exchanging"].iter().any(|word| text.contains(word));
    text.lines().filter(machine).map(line).collect()
}

#[test]
fn a_new_vault_says_what_is_missing_and_that_is_no_trouble() {
    let vault = TestVault::of(ANA);
    let run = vault.ties("status");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    expect![[r#"
        vault     WORLD/vault
        watcher   none runs
        agenda    there is no agenda.md yet; `ties` writes it
        facts     nothing is kept yet; the next command reads all notes
        index     there is none yet; the first search makes it
        missing   a watcher: `ties watch` keeps the agenda fresh while you edit
                  a git repository: without one only `ties undo` takes things back
                  an editor: set EDITOR, or `editor` in your own configuration
    "#]]
    .assert_eq(&steady(&run.out));
    assert!(!vault.beside("home/state").exists(), "asking makes nothing");
}

#[test]
fn the_agenda_says_of_which_day_it_is() {
    let vault = TestVault::of(ANA).with("EDITOR", "vi");
    std::fs::create_dir(vault.root().join(".git")).unwrap();
    assert_eq!(vault.ties("").code, 0);
    let today = vault.ties("status").out;
    assert!(today.contains("agenda.md is that of today, last changed"), "{today}");
    assert!(!today.contains("editor") && !today.contains("git repository"), "{today}");
    let later = vault.ties("status --today 2026-11-23").out;
    assert!(later.contains("agenda.md is that of 21 November, last changed"), "{later}");
    vault.write("agenda.md", "# mine\n");
    assert!(vault.ties("status").out.contains("agenda.md is not one that ties wrote"));
}

#[test]
fn what_is_kept_is_told_with_its_size() {
    let vault = TestVault::of(ANA);
    vault.ties("list");
    let shown = steady(&vault.ties("status").out);
    let row = |shown: &str, name: &str| {
        let row = shown.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_owned();
        row.replace(|letter: char| letter.is_ascii_digit(), "")
            .replace("bytes", "")
            .replace("kB", "")
            .trim()
            .to_owned()
    };
    assert_eq!(row(&shown, "facts"), "facts");
    assert_eq!(row(&shown, "index"), "index     there is none yet; the first search makes it");
    vault.ties("search ana");
    let shown = steady(&vault.ties("status").out);
    assert_eq!(row(&shown, "index"), "index     one note,");
    let read: serde_json::Value = serde_json::from_str(&vault.ties("status --json").out).unwrap();
    let cache = &read["cache"];
    assert_eq!((&cache["index"]["state"], &cache["index"]["notes"]), (&"there".into(), &1.into()));
    assert!(
        cache["facts"]["bytes"].as_u64() > Some(100)
            && cache["index"]["bytes"].as_u64() > Some(100)
    );
    let index = std::fs::read_dir(vault.beside("home/cache/ties/vaults")).unwrap();
    let index = index.last().unwrap().unwrap().path().join("index/meta.json");
    std::fs::write(index, "{").unwrap();
    let shown = vault.ties("status").out;
    assert!(
        shown.contains("index     damaged: ") && shown.contains("; the next search makes it anew"),
        "{shown}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_watcher_that_runs_is_told_by_its_lock_and_not_by_what_it_left_behind() {
    use crate::support::watcher::Watcher;
    let vault = TestVault::of(ANA);
    let watcher = Watcher::start(&vault, "");
    watcher.wait_until("the status knows", || vault.ties("status").out.contains("one note"));
    let shown = vault.ties("status").out;
    assert!(shown.contains(&format!("(process {})", watcher.process())), "{shown}");
    assert!(shown.contains("the system tells it of changes in 2 folders"), "{shown}");
    let json = vault.ties("status --json");
    let read: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(read["version"], 1);
    assert_eq!(read["watcher"]["process"], watcher.process());
    assert_eq!(read["watcher"]["mode"], "events");
    assert_eq!(read["watcher"]["notes"], 1);
    assert_eq!(read["agenda"]["day"], "2026-11-21");
    // Ended by kill -9: its file is there, its lock is not.
    drop(watcher);
    let shown = vault.ties("status").out;
    assert!(shown.contains("watcher   none runs"), "{shown}");
    let read: serde_json::Value = serde_json::from_str(&vault.ties("status --json").out).unwrap();
    assert_eq!(read["watcher"], serde_json::Value::Null);
}

#[test]
fn asking_while_a_watcher_begins_keeps_nobody_from_watching() {
    use ties::effects::state::State;
    use ties::effects::watch::seat::{Seat, taken_by};
    let folder = tempfile::tempdir().unwrap();
    let state = State::open(folder.path());
    drop(Seat::take(&state).unwrap());
    std::thread::scope(|scope| {
        let ask = || {
            for _ in 0..500 {
                taken_by(&state);
                std::thread::sleep(std::time::Duration::from_micros(100));
            }
        };
        scope.spawn(ask);
        (0..50).for_each(|_| drop(Seat::take(&state).unwrap()));
    });
}
