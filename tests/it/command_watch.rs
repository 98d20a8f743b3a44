//! `ties watch`: whoever saves, in whatever way, the agenda follows; what is being typed is left alone; it stops as
//! asked.

use crate::support::program::TestVault;
use crate::support::watcher::Watcher;
use rustix::process::Signal;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

const SETTINGS: &str = "[agenda]\nsettle = \"0s\"\npromises = 100\n";

/// A note with one promise, which stands on the agenda word by word.
fn note(name: &str, promise: &str) -> String {
    format!("---\nname: {name}\n---\n- [ ] Bring the {promise} 📅 2026-11-20\n")
}

/// A vault of Ana, to whom somebody promised the first thing.
fn vault() -> TestVault {
    let vault = TestVault::of(&format!("=== people/ana.md\n{}", note("Ana", "first")));
    vault.write("ties.toml", SETTINGS);
    vault
}

fn wait_for_agenda(watcher: &Watcher, vault: &TestVault, text: &str, is_there: bool) {
    let agenda = vault.root().join("agenda.md");
    let says = || fs::read_to_string(&agenda).unwrap_or_default().contains(text) == is_there;
    watcher.wait_until(&format!("`{text}` {}", if is_there { "missing" } else { "there" }), says);
}

/// With a watcher running, `save` must bring a promise of the second thing, and then, in the same way again, one of
/// the third.
fn check_follows(save: impl Fn(&Path, &str)) {
    let vault = vault();
    let watcher = Watcher::start(&vault, "");
    wait_for_agenda(&watcher, &vault, "first", true);
    for thing in ["second", "third"] {
        watcher.wait_for_quiet();
        save(&vault.root(), thing);
        wait_for_agenda(&watcher, &vault, &format!("the {thing}"), true);
    }
}

#[test]
fn it_follows_a_save_in_place() {
    check_follows(|root, thing| {
        fs::write(root.join("people/ana.md"), note("Ana", thing)).unwrap();
    });
}

#[test]
fn it_follows_a_save_in_pieces() {
    use std::io::Write;
    check_follows(|root, thing| {
        let mut file = fs::File::create(root.join("people/ana.md")).unwrap();
        for piece in note("Ana", thing).as_bytes().chunks(7) {
            file.write_all(piece).unwrap();
        }
    });
}

#[test]
fn it_follows_a_save_by_rename() {
    check_follows(|root, thing| {
        let temporary = root.join("people/.ana.md.123.tmp");
        fs::write(&temporary, note("Ana", thing)).unwrap();
        fs::rename(temporary, root.join("people/ana.md")).unwrap();
    });
}

#[test]
fn it_follows_vim() {
    check_follows(|root, thing| {
        let (file, backup) = (root.join("people/ana.md"), root.join("people/ana.md~"));
        fs::write(root.join("people/4913"), "").unwrap();
        fs::remove_file(root.join("people/4913")).unwrap();
        fs::rename(&file, &backup).unwrap();
        fs::write(file, note("Ana", thing)).unwrap();
        fs::remove_file(backup).unwrap();
    });
}

#[test]
fn it_follows_emacs() {
    check_follows(|root, thing| {
        let (file, lock) = (root.join("people/ana.md"), root.join("people/.#ana.md"));
        std::os::unix::fs::symlink("me@host.1:2", &lock).unwrap();
        fs::rename(&file, root.join("people/ana.md~")).unwrap();
        fs::write(&file, note("Ana", thing)).unwrap();
        fs::remove_file(lock).unwrap();
    });
}

#[test]
fn it_follows_a_change_that_keeps_size_and_time() {
    check_follows(|root, thing| {
        let path = root.join("people/ana.md");
        let modified = fs::metadata(&path).unwrap().modified().unwrap();
        fs::write(&path, note("Ana", thing)).unwrap();
        fs::File::open(&path).unwrap().set_modified(modified).unwrap();
    });
}

#[test]
fn it_follows_a_note_in_folders_that_were_made_a_moment_ago() {
    check_follows(|root, thing| {
        let folder = root.join(format!("people/{thing}/near/and/dear"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{thing}.md")), note(thing, thing)).unwrap();
    });
}

#[test]
fn it_follows_a_folder_that_is_moved_in_and_what_is_saved_there_then() {
    let vault = vault();
    let watcher = Watcher::start(&vault, "");
    let outside = vault.beside("outside");
    fs::create_dir_all(outside.join("deep")).unwrap();
    fs::write(outside.join("deep/bo.md"), note("Bo", "second")).unwrap();
    fs::rename(&outside, vault.root().join("people/moved")).unwrap();
    wait_for_agenda(&watcher, &vault, "the second", true);
    watcher.wait_for_quiet();
    vault.write("people/moved/deep/bo.md", note("Bo", "third"));
    wait_for_agenda(&watcher, &vault, "the third", true);
    fs::rename(vault.root().join("people/moved"), vault.root().join("people/again")).unwrap();
    wait_for_agenda(&watcher, &vault, "people/again/deep/bo", true);
    watcher.wait_for_quiet();
    vault.write("people/again/deep/bo.md", note("Bo", "fourth"));
    wait_for_agenda(&watcher, &vault, "the fourth", true);
    fs::rename(vault.root().join("people/again"), &outside).unwrap();
    wait_for_agenda(&watcher, &vault, "Bo", false);
}

#[test]
fn it_follows_renames_and_deletions() {
    let vault = vault();
    let watcher = Watcher::start(&vault, "");
    let path = |name: &str| vault.root().join("people").join(name);
    fs::rename(path("ana.md"), path("ana-lima.md")).unwrap();
    wait_for_agenda(&watcher, &vault, "people/ana-lima", true);
    fs::remove_file(path("ana-lima.md")).unwrap();
    wait_for_agenda(&watcher, &vault, "Bring the first", false);
}

#[test]
fn it_follows_a_checkout_of_many_notes() {
    let vault = vault();
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.current_dir(vault.root()).env("GIT_CONFIG_GLOBAL", "/dev/null").args([
            "-c",
            "user.name=x",
            "-c",
            "user.email=x@example.org",
            "-c",
            "init.defaultBranch=main",
        ]);
        command.args(arguments).output().is_ok_and(|output| output.status.success())
    };
    if !git(&["init", "-q"]) {
        eprintln!("skipped: there is no git here");
        return;
    }
    let fill = |version: &str| {
        for number in 0..300 {
            let folder = format!("people/{}/{}", number % 7, number % 3);
            let name = format!("P{number}");
            vault.write(
                &format!("{folder}/p{number}.md"),
                note(&name, &format!("{version} {number}")),
            );
        }
        assert!(git(&["add", "-A"]) && git(&["commit", "-qm", version]));
    };
    fill("old");
    fill("new");
    vault.write(".gitignore", "agenda.md\n");
    let settings = SETTINGS.replace("100", "0");
    vault.write("ties.toml", &settings);
    let watcher = Watcher::start(&vault, "");
    assert!(git(&["checkout", "-q", "-f", "HEAD~1", "--", "people"]));
    let total = || {
        let log = watcher.log();
        let counts = log.iter().filter_map(|line| {
            let (before, _) = line.split_once(" changes, 301 notes")?;
            before.rsplit(' ').next()?.parse::<usize>().ok()
        });
        counts.sum::<usize>()
    };
    watcher.wait_until("all notes are seen", || total() >= 300);
}

#[test]
fn what_is_typed_into_the_agenda_is_left_alone_until_it_rests() {
    let vault = vault();
    vault.write("ties.toml", SETTINGS.replace("0s", "1h"));
    let watcher = Watcher::start(&vault, "");
    watcher.wait_for("wrote the agenda of 2026-11-21");
    let typed = vault.read("agenda.md").replace("- [ ] Bring", "- [x] Bring") + "half a th";
    vault.write("agenda.md", &typed);
    watcher.wait_for("debug the agenda was changed a moment ago; it is written in");
    vault.write("people/ana.md", note("Ana", "second"));
    watcher.wait_for("looked because something changed: 1 change, 1 note");
    watcher.wait_for_more("the agenda was changed a moment ago", 1);
    assert_eq!(vault.read("agenda.md"), typed);
    // The person may want it sooner: the settings count at once.
    vault.write("ties.toml", SETTINGS);
    wait_for_agenda(&watcher, &vault, "the second", true);
    assert!(vault.read("agenda.md").contains("half a th"));
    assert_eq!(watcher.count("the settings have changed"), 1);
}

#[test]
fn its_own_writing_leaves_nothing_to_do() {
    let vault = vault();
    let watcher = Watcher::start(&vault, "");
    watcher.wait_for("wrote the agenda");
    vault.write("people/ana.md", note("Ana", "second"));
    watcher.wait_for_more("wrote the agenda", 1);
    thread::sleep(Duration::from_millis(1500));
    assert_eq!(watcher.count("wrote the agenda"), 2, "{}", watcher.log().join("\n"));
    assert!(watcher.count("looked because") <= 4, "{}", watcher.log().join("\n"));
}

#[test]
fn commands_beside_it_do_their_work_and_it_follows_them() {
    let vault = vault();
    let watcher = Watcher::start(&vault, "");
    let runs = (0..10).map(|number| {
        let promise = format!("lend her book number {number}");
        vault.run(["promise", "Ana", &promise, "--by", "2026-11-21"]).code
    });
    assert!(runs.collect::<Vec<_>>().iter().all(|code| *code == 0));
    wait_for_agenda(&watcher, &vault, "number 9", true);
    let note = vault.read("people/ana.md");
    assert!((0..10).all(|number| note.matches(&format!("number {number}")).count() == 1), "{note}");
}

#[test]
fn a_second_watcher_is_refused_and_learns_who_watches() {
    let vault = vault();
    let watcher = Watcher::start(&vault, "");
    let run = vault.ties("watch");
    assert_eq!(run.code, 4, "{}", run.err);
    let expected = format!("error: process {} watches this vault already\n", watcher.process());
    assert!(run.err.starts_with(&expected), "{}", run.err);
    assert_eq!(vault.ties("watch --once").code, 0, "a single look harms nobody");
    drop(watcher);
    drop(Watcher::start(&vault, ""));
}

#[test]
fn it_stops_when_asked() {
    for signal in [Signal::TERM, Signal::INT] {
        let vault = vault();
        let watcher = Watcher::start(&vault, "");
        watcher.signal(signal);
        let (code, log) = watcher.ended();
        assert_eq!(code, 0, "{log:?}");
        assert!(log.last().unwrap().ends_with(" info  stopped"), "{log:?}");
    }
}

#[test]
fn it_stops_in_the_middle_of_much_work_with_everything_whole() {
    let vault = vault();
    let watcher = Watcher::start(&vault, "");
    for number in 0..200 {
        vault.write(&format!("people/p{number}.md"), note(&format!("P{number}"), "thing"));
    }
    watcher.wait_for("looked because something changed");
    watcher.signal(Signal::TERM);
    watcher.signal(Signal::TERM);
    assert_eq!(watcher.ended().0, 0);
    assert_eq!(vault.ties("agenda --stdout").code, 0);
    let left = fs::read_dir(vault.root()).unwrap().flatten();
    let left = left.filter(|entry| entry.file_name().to_string_lossy().ends_with(".tmp"));
    assert_eq!(left.count(), 0);
}

#[test]
fn by_looking_every_few_seconds_it_follows_too() {
    let vault = vault();
    let watcher = Watcher::start(&vault, "--poll");
    watcher.wait_for("info  watching");
    vault.write("people/ana.md", note("Ana", "second"));
    wait_for_agenda(&watcher, &vault, "the second", true);
    assert_eq!(watcher.count("something changed"), 0);
}

#[test]
fn where_all_watches_are_taken_it_says_so_and_looks_by_itself() {
    for (limit, why) in [("max_inotify_watches", "watches"), ("max_inotify_instances", "instances")]
    {
        let vault = vault();
        let command = vault.command();
        let mut limited = Command::new("unshare");
        let script = format!(
            "echo 0 > /proc/sys/user/{limit} || exit 77; exec \"$0\" watch --log-level debug"
        );
        limited.args(["-Ur", "sh", "-c", &script]).arg(command.get_program());
        limited.env_clear().current_dir(vault.root()).env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        limited.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let tried = Command::new("unshare")
            .args(["-Ur", "sh", "-c"])
            .arg(format!("echo 0 > /proc/sys/user/{limit}"))
            .output();
        if !tried.is_ok_and(|output| output.status.success()) {
            eprintln!("skipped: no limit can be set here");
            return;
        }
        let watcher = Watcher::run(limited);
        watcher.wait_for(" warn  watching");
        watcher.wait_for(&format!(
            "by looking every few seconds: all inotify {why} of this user are taken"
        ));
        wait_for_agenda(&watcher, &vault, "the first", true);
        vault.write("people/new/bo.md", note("Bo", "second"));
        wait_for_agenda(&watcher, &vault, "the second", true);
    }
}

#[test]
fn a_vault_that_goes_away_is_waited_for() {
    let vault = vault();
    let watcher = Watcher::start(&vault, "");
    let away = vault.beside("away");
    fs::rename(vault.root(), &away).unwrap();
    watcher.wait_for("is not there; waiting for it");
    fs::write(away.join("people/ana.md"), note("Ana", "second")).unwrap();
    fs::rename(&away, vault.beside("vault")).unwrap();
    watcher.wait_for("the vault is there again");
    wait_for_agenda(&watcher, &vault, "the second", true);
    // Its eyes are on the new place.
    watcher.wait_for_quiet();
    vault.write("people/ana.md", note("Ana", "third"));
    wait_for_agenda(&watcher, &vault, "the third", true);
    assert_eq!(watcher.count("is not there"), 1);
}

#[test]
fn another_folder_that_takes_the_place_of_the_vault_is_watched() {
    let vault = vault();
    let watcher = Watcher::start(&vault, "");
    wait_for_agenda(&watcher, &vault, "the first", true);
    let new = vault.beside("new");
    fs::create_dir_all(new.join("people")).unwrap();
    fs::write(new.join("ties.toml"), SETTINGS).unwrap();
    fs::write(new.join("people/bo.md"), note("Bo", "second")).unwrap();
    fs::rename(vault.root(), vault.beside("old")).unwrap();
    fs::rename(&new, vault.beside("vault")).unwrap();
    wait_for_agenda(&watcher, &vault, "the second", true);
    watcher.wait_for_quiet();
    vault.write("people/bo.md", note("Bo", "third"));
    wait_for_agenda(&watcher, &vault, "the third", true);
}

#[test]
fn the_log_names_no_note_and_has_levels() {
    let vault = vault();
    let quiet = Watcher::run({
        let mut command = vault.command();
        command.args(["watch", "--quiet"]);
        command
    });
    wait_for_agenda(&quiet, &vault, "the first", true);
    quiet.signal(Signal::TERM);
    assert_eq!(quiet.ended(), (0, Vec::new()));
    let watcher = Watcher::start(&vault, "");
    vault.write("people/ana.md", note("Ana", "second"));
    wait_for_agenda(&watcher, &vault, "the second", true);
    watcher.signal(Signal::TERM);
    let (_, log) = watcher.ended();
    let text = log.join("\n");
    assert!(!text.contains("ana") && !text.contains("second"), "{text}");
    let stamped = |line: &String| line.as_bytes().get(10) == Some(&b'T') && line.starts_with("20");
    assert!(log.iter().all(stamped), "{text}");
}

#[test]
fn memory_and_handles_stay_where_they_are() {
    let vault = vault();
    let watcher = Watcher::start(&vault, "");
    let count = |folder: &str| {
        fs::read_dir(format!("/proc/{}/{folder}", watcher.process())).unwrap().count()
    };
    let watches = || {
        let infos = fs::read_dir(format!("/proc/{}/fdinfo", watcher.process())).unwrap();
        let infos = infos.flatten().filter_map(|info| fs::read_to_string(info.path()).ok());
        infos.map(|info| info.matches("inotify wd").count()).sum::<usize>()
    };
    let round = |number: usize| {
        let folder = format!("people/f{number}");
        vault.write(&format!("{folder}/bo.md"), note("Bo", &format!("thing {number}")));
        wait_for_agenda(&watcher, &vault, &format!("thing {number}"), true);
        fs::remove_dir_all(vault.root().join(folder)).unwrap();
        wait_for_agenda(&watcher, &vault, &format!("thing {number}"), false);
    };
    round(0);
    watcher.wait_for_quiet();
    let before = (count("fd"), count("task"), watches());
    (1..20).for_each(round);
    watcher.wait_until("handles", || (count("fd"), count("task"), watches()) == before);
}
