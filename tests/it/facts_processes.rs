//! Processes side by side on one vault: nobody is told of a lock, nobody gets a stale answer, every entry is written
//! once, and a process that is killed leaves nothing that another one could stumble over.

use crate::support::answers::{difference, from_files, notes};
use crate::support::program::{Run, TestVault};
use crate::support::scribbled::text;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};
use ties::app::refresh::refresh;
use ties::app::session::{Session, Wanted};
use ties::app::write::write;
use ties::effects::environment::Environment;
use ties::effects::facts::refresh::Wanted as WantedFacts;
use ties::features::log::{Entry, Logged, log};
use ties::features::settings::Settings;
use ties::note::change::Change;
use ties::people::book::{Book, ContactId, Found};
use ties::people::vocabulary::{Vocabulary, Words};
use ties::text::fingerprint::hash;

/// Nobody who waits for others waits this long, however busy the machine is; a lock would be waited for longer.
const LONG: Duration = Duration::from_secs(8);

/// A folder on a disk of memory, where there is one: a thousand durable writes take long on any other.
fn fast_folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap())
}

/// The notes that two loggers write to: some are their own, some are both's.
fn note_of(logger: usize, number: usize) -> String {
    match number % 3 {
        0 => format!("p{logger}"),
        _ => format!("both{}", number % 7),
    }
}

fn vault_of_two(root: &Path) {
    fs::create_dir_all(root.join("people")).unwrap();
    fs::write(root.join("ties.toml"), "").unwrap();
    let names = (0..2).flat_map(|logger| (0..21).map(move |number| note_of(logger, number)));
    for name in names.collect::<BTreeSet<_>>() {
        let text = format!("---\nname: {name}\n---\n\n## Log\n- 2026-01-01 call: before\n");
        fs::write(root.join(format!("people/{name}.md")), text).unwrap();
    }
}

/// How often each of the texts `logger number` stands in all notes together.
fn check_written_once(root: &Path, count: usize) {
    let all = fs::read_dir(root.join("people")).unwrap();
    let texts = all.map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    let all = texts.collect::<String>();
    for logger in 0..2 {
        for number in 0..count {
            let entry = format!("- 2026-11-21 call: entry {logger} of {number};");
            assert_eq!(all.matches(&entry).count(), 1, "{entry}");
        }
    }
    assert_eq!(all.matches("call: before").count(), 7 + 2);
}

fn found(book: &Book, name: &str) -> ContactId {
    let one = match book.find(name) {
        Found::One(id) => Some(id),
        Found::Several(_) | Found::Nobody(_) => None,
    };
    one.unwrap()
}

fn change(logged: Logged) -> Change {
    let change = match logged {
        Logged::New { change, .. } => Some(change),
        Logged::There { .. } => None,
    };
    change.unwrap()
}

/// What `ties log` does, then what `ties show` does in another process.
fn log_in_library(environment: &Environment, logger: usize, number: usize) {
    let begun = Instant::now();
    let (name, said) = (note_of(logger, number), format!("entry {logger} of {number};"));
    let read = || {
        let session = Session::open(environment, &Wanted::default()).unwrap();
        let reading = refresh(&session, &|_| ());
        assert_eq!(reading.files.notice, None);
        let id = found(&reading.book, &name);
        (session, reading, id)
    };
    let (session, reading, id) = read();
    let entry = Entry {
        day: session.today,
        kind: Some("call".to_owned()),
        text: said.clone(),
        below: Vec::new(),
        next: None,
        follow_up: None,
    };
    let logged = log(&reading.book, &session.vocabulary, session.today, &[id], &entry).unwrap();
    write(&session, &change(logged)).unwrap();
    let (_, reading, id) = read();
    let entries = &reading.book.contact(id).log;
    assert!(entries.iter().any(|entry| entry.text == said), "{said} is not there: {entries:?}");
    assert!(begun.elapsed() < LONG, "{said} took {:?}", begun.elapsed());
}

#[test]
fn two_loggers_write_each_of_a_thousand_entries_once() {
    let folder = fast_folder();
    let root = folder.path().canonicalize().unwrap().join("vault");
    vault_of_two(&root);
    let home = folder.path().join("home").display().to_string();
    let environment = Environment::of(&[("HOME", &home), ("TIES_TODAY", "2026-11-21")], &root);
    thread::scope(|scope| {
        for logger in 0..2 {
            let environment = &environment;
            scope.spawn(move || {
                (0..500).for_each(|number| log_in_library(environment, logger, number));
            });
        }
    });
    check_written_once(&root, 500);
}

#[test]
fn two_programs_log_side_by_side() {
    let vault = TestVault::nothing();
    vault_of_two(&vault.root());
    let count = 40;
    thread::scope(|scope| {
        for logger in 0..2 {
            let vault = &vault;
            scope.spawn(move || {
                for number in 0..count {
                    let (name, said) =
                        (note_of(logger, number), format!("entry {logger} of {number};"));
                    let begun = Instant::now();
                    let run = vault.run(["log", &name, "--kind", "call", &said, "-q"]);
                    assert_eq!(run.shown(), "exit 0\n");
                    // A process of its own; the newest entries are shown first, so that not many may come between.
                    let shown = vault.run(["show", &name, "--json"]);
                    assert!(
                        shown.code == 0 && shown.out.contains(&said),
                        "{said}: {}",
                        shown.shown()
                    );
                    assert!(begun.elapsed() < LONG, "{said} took {:?}", begun.elapsed());
                }
            });
        }
    });
    check_written_once(&vault.root(), count);
    assert_eq!(vault.ties("check").code, 0);
}

/// A vault of scribbled notes, long enough that reading it takes a while.
fn scribbled(count: u64) -> TestVault {
    let vault = TestVault::nothing();
    vault.write("ties.toml", "me = \"people/p1\"\n");
    for number in 0..count {
        let path = format!("people/p{number}.md");
        vault.write(&path, text(&path, number));
    }
    vault
}

fn cache(vault: &TestVault) -> PathBuf {
    let vaults = vault.beside("home/cache/ties/vaults");
    let mut entries = fs::read_dir(vaults).unwrap();
    entries.next().unwrap().unwrap().path()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut names =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect::<Vec<_>>();
    names.sort();
    names
}

/// What the program says when it has no cache to go by.
fn fresh(vault: &TestVault, arguments: &[&str]) -> Run {
    let elsewhere = vault.beside("fresh-cache");
    let _ = fs::remove_dir_all(&elsewhere);
    let run = vault.command().env("XDG_CACHE_HOME", elsewhere).args(arguments).output().unwrap();
    Run::of(&run, vault.root().parent().unwrap())
}

#[test]
fn a_reading_during_a_rebuild_answers_and_does_not_wait() {
    let vault = scribbled(30);
    let expected = fresh(&vault, &["list", "--json"]).shown();
    // Another process is about to write the cache for as long as this one holds the lock: first a cold one, then one
    // that has its facts and finds a changed note.
    for _ in 0..2 {
        vault.ties("list");
        let lock = File::options().write(true).open(cache(&vault).join("facts.lock")).unwrap();
        lock.lock().unwrap();
        let _ = fs::remove_file(cache(&vault).join("facts"));
        let begun = Instant::now();
        assert_eq!(vault.ties("list --json").shown(), expected);
        vault.write("people/p3.md", text("people/p3.md", 3));
        assert_eq!(vault.ties("list --json").shown(), expected);
        assert!(begun.elapsed() < LONG);
        assert!(!cache(&vault).join("facts").exists(), "written without the right to");
    }
    vault.ties("list");
    assert!(cache(&vault).join("facts").exists());
}

#[test]
fn rebuilds_at_once_leave_one_whole_cache() {
    let vault = scribbled(60);
    let expected = fresh(&vault, &["agenda", "--on", "2026-11-20"]).shown();
    for _ in 0..4 {
        let spawn = |_| {
            let mut command = vault.command();
            command.args(["agenda", "--on", "2026-11-20"]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        };
        let running = (0..5).map(spawn).collect::<Vec<_>>();
        for run in running {
            let run = run.wait_with_output().unwrap();
            assert_eq!(Run::of(&run, vault.root().parent().unwrap()).shown(), expected);
        }
        let left = names(&cache(&vault));
        assert!(left.len() == 3 && left[2].starts_with("notes-"), "{left:?}");
        fs::remove_dir_all(cache(&vault)).unwrap();
    }
}

#[test]
fn a_reader_that_is_killed_leaves_a_cache_that_answers() {
    let vault = scribbled(80);
    let place = || vault.beside("home/cache/ties");
    for round in 0..36u64 {
        let draw = |what: &str, end: u64| hash(&[what, &round.to_string()]) % end;
        if draw("cold", 3) == 0 {
            let _ = fs::remove_dir_all(place());
        }
        for number in 0..draw("changes", 20) {
            let path = format!("people/p{}.md", draw(&format!("note {number}"), 90));
            vault.write(&path, text(&path, round * 100 + number));
        }
        let mut running = vault
            .command()
            .arg("list")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_micros(draw("moment", 60_000)));
        running.kill().unwrap();
        running.wait().unwrap();
        let arguments = ["agenda", "--on", "2026-11-20"];
        let run = vault.run(arguments);
        let difference = difference(&run.shown(), &fresh(&vault, &arguments).shown());
        assert!(difference.is_none(), "{round}: {}", difference.unwrap_or_default());
    }
    let left = names(&cache(&vault));
    assert!(left.len() == 3 && left[2].starts_with("notes-"), "{left:?}");
}

#[test]
fn a_writer_that_is_killed_has_written_its_entry_once_or_not_at_all() {
    let vault = TestVault::nothing();
    vault_of_two(&vault.root());
    let mut written = 0;
    for round in 0..36u64 {
        let said = format!("round {round};");
        let mut command = vault.command();
        command.args(["log", "both1", "--kind", "call", &said]);
        let mut running = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_micros(hash(&["moment", &round.to_string()]) % 60_000));
        running.kill().unwrap();
        running.wait().unwrap();
        let shown = vault.run(["show", "both1", "--json"]);
        let count = vault.read("people/both1.md").matches(&said).count();
        assert!(count <= 1 && shown.code == 0, "{}", shown.shown());
        assert_eq!(shown.out.matches(&said).count(), count, "{said}: {}", shown.shown());
        let cut_off = shown
            .err
            .lines()
            .all(|line| line.starts_with("note: a change that was cut off earlier is "));
        assert!(cut_off, "{}", shown.err);
        written += count;
        // The same again, for the next round to have one more entry, and as a person would do who saw it fail.
        if count == 0 {
            assert_eq!(
                vault.run(["log", "both1", "--kind", "call", &said, "-q"]).shown(),
                "exit 0\n"
            );
        }
    }
    let text = vault.read("people/both1.md");
    assert!((0..36).all(|round| text.matches(&format!("round {round};")).count() == 1));
    assert_eq!(names(&vault.root().join("people")).len(), 9, "something is left lying about");
    eprintln!("{written} of 36 were written before the end");
}

/// Readers with two sets of words take the cache from each other all the time, so that facts and piles are replaced
/// between any two looks.
#[test]
fn readers_that_replace_each_others_facts_are_never_told_of_damage() {
    let folder = fast_folder();
    let root = folder.path().canonicalize().unwrap().join("vault");
    let path = |number: u64| format!("people/p{number}.md");
    fs::create_dir_all(root.join("people")).unwrap();
    (0..12).for_each(|number| {
        fs::write(root.join(path(number)), text(&path(number), number)).unwrap();
    });
    let cache = folder.path().join("cache");
    thread::scope(|scope| {
        for reader in 0..8u64 {
            let (root, cache) = (&root, &cache);
            scope.spawn(move || {
                let mut words = Words::default();
                if reader % 3 == 0 {
                    words.log_headings = vec!["Talks".to_owned()];
                }
                let vocabulary = Arc::new(Vocabulary::new(words));
                let expected = notes(&from_files(root, &Settings::default(), &vocabulary).0);
                for round in 0..60 {
                    let (vocabulary, cache) = (&vocabulary, Some(cache.as_path()));
                    let wanted = WantedFacts { root, ignore: &[], vocabulary, me: None, cache };
                    let (book, refreshed) =
                        ties::effects::facts::refresh::refresh(&wanted, &|_| ());
                    assert_eq!(refreshed.notice, None, "round {round} of {reader}");
                    let difference = difference(&notes(&book), &expected);
                    assert!(
                        difference.is_none(),
                        "round {round} of {reader}: {}",
                        difference.unwrap_or_default()
                    );
                }
            });
        }
    });
    let left = names(&cache);
    assert!(left.len() == 3 && left[2].starts_with("notes-"), "{left:?}");
}
