//! The law of the facts: any changes and any readings leave exactly the facts and answers of a first reading.
//!
//! Changes follow each other faster than a clock ticks, so that files are racy, and now and then the vault rests long
//! enough that they are not. The worlds run side by side, since most of their time is rest.

use crate::support::answers::{
    answers, difference, findings, findings_of, from_files, notes, pages,
};
use crate::support::disk::{Disk, NO_DISK};
use crate::support::scribbled::{more, retied, text};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use ties::effects::facts::refresh::{Refreshed, Wanted, refresh};
use ties::features::settings::Settings;
use ties::people::book::Book;
use ties::people::field::Field;
use ties::people::vocabulary::{Vocabulary, Words};
use ties::text::day::Day;

/// Where notes may be: names that are each other's copies, that are unclear together, that hide or say what a note is.
const PATHS: &[&str] = &[
    "people/ana.md",
    "people/ana 2.md",
    "people/work/ana.md",
    "people/bo.md",
    "people/bo-LAPTOP.md",
    "people/me.md",
    "people/work/cara.md",
    "people/ana.sync-conflict-20261121-101010-ABCDEF7.md",
    "journal/2026-11-19.md",
    "journal/2026-11-20.md",
    "habits/walk.md",
    "inbox.md",
    "templates/ana.md",
    "notes/kiln.md",
];

const FOLDERS: &[&str] = &["people", "people/work", "people/old", "journal", "notes"];

/// One thing that happens to a vault. A deed that cannot be done there is not done.
#[derive(Debug, Clone)]
enum Deed {
    /// Written in place.
    Write(usize, u64),
    /// A few lines more at the end: what was known of everybody is mended, not made anew.
    Append(usize, u64),
    /// Somebody is tied to somebody else.
    Tie(usize, u64),
    /// All but the last lines again.
    Shorten(usize, usize),
    /// Written beside and renamed, as most editors do.
    Replace(usize, u64),
    /// One digit changed in place; size and time are as before.
    SameSize(usize, u64),
    Rename(usize, usize),
    Swap(usize, usize),
    HardLink(usize, usize),
    MoveFolder(usize, usize),
    LinkFolder(usize, usize),
    Remove(usize),
    /// A copy with one more line, under another name.
    Copy(usize, usize),
    Odd(usize, Oddity),
    /// Touched: now, long ago, to come, or far out of every clock.
    SetTime(usize, usize),
    Hide(usize),
    Ignore(usize),
    Me(usize),
    Words(usize),
    Rest,
    /// The cache is thrown away.
    Forget(usize),
    /// A reading with this cache.
    Look(usize),
}

#[derive(Debug, Clone, Copy)]
enum Oddity {
    Latin1,
    Utf16,
    Empty,
    TooLarge,
    Pipe,
    Link,
    LinkToNothing,
    LinkOutside,
    Folder,
}

const ODDITIES: &[Oddity] = &[
    Oddity::Latin1,
    Oddity::Utf16,
    Oddity::Empty,
    Oddity::TooLarge,
    Oddity::Pipe,
    Oddity::Link,
    Oddity::LinkToNothing,
    Oddity::LinkOutside,
    Oddity::Folder,
];

fn deed() -> impl Strategy<Value = Deed> {
    let (path, folder) = (0..PATHS.len(), 0..FOLDERS.len());
    let paths = || (path.clone(), path.clone());
    let folders = (folder.clone(), folder);
    let text = || (path.clone(), any::<u64>());
    prop_oneof![
        8 => text().prop_map(|(path, seed)| Deed::Write(path, seed)),
        9 => text().prop_map(|(path, seed)| Deed::Append(path, seed)),
        3 => text().prop_map(|(path, seed)| Deed::Tie(path, seed)),
        3 => (path.clone(), 1..4usize).prop_map(|(path, lines)| Deed::Shorten(path, lines)),
        6 => text().prop_map(|(path, seed)| Deed::Replace(path, seed)),
        5 => text().prop_map(|(path, seed)| Deed::SameSize(path, seed)),
        3 => paths().prop_map(|(from, to)| Deed::Rename(from, to)),
        1 => paths().prop_map(|(one, other)| Deed::Swap(one, other)),
        1 => paths().prop_map(|(one, other)| Deed::HardLink(one, other)),
        2 => folders.clone().prop_map(|(from, to)| Deed::MoveFolder(from, to)),
        1 => folders.prop_map(|(from, to)| Deed::LinkFolder(from, to)),
        2 => path.clone().prop_map(Deed::Remove),
        3 => paths().prop_map(|(from, to)| Deed::Copy(from, to)),
        3 => (path.clone(), proptest::sample::select(ODDITIES))
            .prop_map(|(path, odd)| Deed::Odd(path, odd)),
        2 => (path, 0..6usize).prop_map(|(path, when)| Deed::SetTime(path, when)),
        1 => (0..5usize).prop_map(Deed::Hide),
        1 => (0..3usize).prop_map(Deed::Ignore),
        1 => (0..4usize).prop_map(Deed::Me),
        2 => (0..7usize).prop_map(Deed::Words),
        3 => Just(Deed::Rest),
        1 => (0..2usize).prop_map(Deed::Forget),
        16 => (0..4usize).prop_map(|which| Deed::Look(which / 3)),
    ]
}

fn words(number: usize) -> Words {
    let mut words = Words::default();
    match number {
        1 => words.log_headings = vec!["Talks".to_owned()],
        2 => words.every_link_counts = true,
        3 => words.folders.people = vec![".".to_owned()],
        4 => words.contact_headings = vec!["Else".to_owned()],
        5 => words.fields = vec![(Field::Birthday, vec!["died".to_owned()])],
        6 => words.folders.journal = vec!["notes".to_owned(), "people/work".to_owned()],
        _ => {}
    }
    words
}

/// A vault with two caches, as two users of one machine have, and a book that was opened some time ago.
struct World {
    folder: tempfile::TempDir,
    root: PathBuf,
    settings: Settings,
    vocabulary: Arc<Vocabulary>,
    earlier: Option<(Book, String)>,
}

impl World {
    fn new() -> World {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap().join("vault");
        let settings = Settings { me: Some("people/me".to_owned()), ..Settings::default() };
        let vocabulary = Arc::new(Vocabulary::new(settings.words.clone()));
        fs::create_dir(&root).unwrap();
        let world = World { folder, root, settings, vocabulary, earlier: None };
        for (path, seed) in PATHS.iter().zip(0..) {
            if seed % 3 != 1 {
                world.write(path, &text(path, seed));
            }
        }
        world
    }

    fn at(&self, path: usize) -> PathBuf {
        self.root.join(PATHS[path])
    }

    fn write(&self, path: &str, text: &str) {
        let place = self.root.join(path);
        clear_unless_file(&place);
        let _ = fs::create_dir_all(place.parent().unwrap());
        let _ = fs::write(place, text);
    }

    fn cache(&self, which: usize) -> PathBuf {
        self.folder.path().join(format!("cache/{which}"))
    }

    fn with(&mut self, change: impl FnOnce(&mut Settings)) {
        change(&mut self.settings);
        self.vocabulary = Arc::new(Vocabulary::new(self.settings.words.clone()));
    }

    fn read(&self, cache: Option<&Path>) -> (Book, Refreshed) {
        let Settings { ignore, me, .. } = &self.settings;
        let vocabulary = &self.vocabulary;
        let wanted = Wanted { root: &self.root, ignore, vocabulary, me: me.as_deref(), cache };
        refresh(&wanted, &|_| ())
    }

    fn carry_out(&mut self, deed: &Deed) -> Result<(), TestCaseError> {
        let write = |path: &Path, bytes: &[u8]| {
            clear(path);
            let _ = fs::create_dir_all(path.parent().unwrap());
            let _ = fs::write(path, bytes);
        };
        match *deed {
            Deed::Write(path, seed) => self.write(PATHS[path], &text(PATHS[path], seed)),
            Deed::Append(path, seed) => {
                if let Some(text) = bytes(&self.at(path)) {
                    write(&self.at(path), &[&text, more(seed).as_bytes()].concat());
                }
            }
            Deed::Tie(path, seed) => {
                if let Some(text) = bytes(&self.at(path)) {
                    let text = String::from_utf8_lossy(&text);
                    write(&self.at(path), retied(&text, seed).as_bytes());
                }
            }
            Deed::Shorten(path, lines) => {
                if let Some(text) = bytes(&self.at(path)) {
                    let all = text.split_inclusive(|byte| *byte == b'\n').collect::<Vec<_>>();
                    let some = all.get(..all.len().saturating_sub(lines)).unwrap_or(&[]);
                    write(&self.at(path), &some.concat());
                }
            }
            Deed::Replace(path, seed) => {
                let aside = self.root.join(".aside.tmp");
                let _ = fs::write(&aside, text(PATHS[path], seed));
                let _ = fs::create_dir_all(self.at(path).parent().unwrap());
                let _ = fs::rename(aside, self.at(path));
            }
            Deed::SameSize(path, seed) => same_size(&self.at(path), seed),
            Deed::Rename(from, to) => {
                let _ = fs::create_dir_all(self.at(to).parent().unwrap());
                let _ = fs::rename(self.at(from), self.at(to));
            }
            Deed::Swap(one, other) => {
                let aside = self.root.join(".aside.tmp");
                if self.at(one).exists() && self.at(other).exists() && one != other {
                    fs::rename(self.at(one), &aside).unwrap();
                    fs::rename(self.at(other), self.at(one)).unwrap();
                    fs::rename(&aside, self.at(other)).unwrap();
                }
            }
            Deed::HardLink(from, to) => {
                if self.at(from).is_file() && from != to {
                    clear(&self.at(to));
                    let _ = fs::create_dir_all(self.at(to).parent().unwrap());
                    let _ = fs::hard_link(self.at(from), self.at(to));
                }
            }
            Deed::MoveFolder(from, to) => {
                let _ = fs::rename(self.root.join(FOLDERS[from]), self.root.join(FOLDERS[to]));
            }
            Deed::LinkFolder(from, to) => {
                let _ = symlink(self.root.join(FOLDERS[from]), self.root.join(FOLDERS[to]));
            }
            Deed::Remove(path) => clear(&self.at(path)),
            Deed::Copy(from, to) => {
                if let Some(text) = bytes(&self.at(from)) {
                    let more = "- 2026-11-21 note: in the copy alone\n";
                    write(&self.at(to), &[&text, more.as_bytes()].concat());
                }
            }
            Deed::Odd(path, oddity) => self.make_odd(path, oddity),
            Deed::SetTime(path, when) => set_time(&self.at(path), when),
            Deed::Hide(number) => {
                let patterns = ["", "people/work/\n", "*.md\n!ana.md\n", "ana*\n", "\u{fffd}["];
                self.write(".tiesignore", patterns[number]);
            }
            Deed::Ignore(number) => {
                let ignore = [vec![], vec!["bo*".to_owned()], vec!["/people".to_owned()]];
                self.with(|settings| settings.ignore = ignore[number].clone());
            }
            Deed::Me(number) => {
                let me = [None, Some("people/me"), Some("Ana"), Some("nobody")][number];
                self.with(|settings| settings.me = me.map(str::to_owned));
            }
            Deed::Words(number) => self.with(|settings| settings.words = words(number)),
            Deed::Rest => std::thread::sleep(Duration::from_millis(115)),
            Deed::Forget(which) => {
                let _ = fs::remove_dir_all(self.cache(which));
            }
            Deed::Look(which) => return self.look(which),
        }
        Ok(())
    }

    fn make_odd(&self, path: usize, oddity: Oddity) {
        let place = self.at(path);
        clear(&place);
        let _ = fs::create_dir_all(place.parent().unwrap());
        let _ = match oddity {
            Oddity::Latin1 => fs::write(&place, b"---\nname: Jos\xe9\n---\n"),
            Oddity::Utf16 => fs::write(&place, b"name\xff\xfe\0n\0a"),
            Oddity::Empty => fs::write(&place, ""),
            Oddity::TooLarge => File::create(&place).and_then(|file| file.set_len(17 << 20)),
            Oddity::Pipe => {
                let mode = rustix::fs::Mode::from_raw_mode(0o600);
                let kind = rustix::fs::FileType::Fifo;
                let made = rustix::fs::mknodat(rustix::fs::CWD, &place, kind, mode, 0);
                made.map_err(std::io::Error::from)
            }
            Oddity::Link => symlink(self.at((path + 1) % PATHS.len()), &place),
            Oddity::LinkToNothing => symlink("nowhere.md", &place),
            Oddity::LinkOutside => symlink("/etc/passwd", &place),
            Oddity::Folder => fs::create_dir(&place),
        };
    }

    /// The law itself.
    fn look(&mut self, which: usize) -> Result<(), TestCaseError> {
        let (settings, vocabulary) = (&self.settings, &self.vocabulary);
        if let Some((book, expected)) = self.earlier.take() {
            same("a book that was opened before the last changes", &notes(&book), &expected)?;
        }
        let (expected, scan) = from_files(&self.root, settings, vocabulary);
        let (cached, refreshed) = self.read(Some(&self.cache(which)));
        let (fresh, first) = self.read(None);
        let unread = cached.clone();
        prop_assert_eq!(&refreshed.notice, &None);
        prop_assert!(cached.outline() == expected.outline(), "the outline is another");
        prop_assert!(
            fresh.outline() == expected.outline(),
            "the outline without a cache is another"
        );
        prop_assert_eq!(refreshed.fingerprint, first.fingerprint);
        same("findings", &findings(&refreshed), &findings_of(&scan))?;
        same("findings without a cache", &findings(&first), &findings_of(&scan))?;
        for day in ["2026-11-21", "2026-12-24"] {
            let day = Day::parse(day).unwrap();
            let said = |book| answers(book, day, settings, vocabulary);
            same("answers", &said(&cached), &said(&expected))?;
            let said = |book| pages(book, day, settings, vocabulary);
            same("pages", &said(&cached), &said(&expected))?;
        }
        let expected = notes(&expected);
        same("notes", &notes(&cached), &expected)?;
        same("notes without a cache", &notes(&fresh), &expected)?;
        self.earlier = Some((unread, expected));
        Ok(())
    }
}

fn same(what: &str, one: &str, other: &str) -> Result<(), TestCaseError> {
    let difference = difference(one, other);
    prop_assert!(difference.is_none(), "{what}: {}", difference.unwrap_or_default());
    Ok(())
}

fn clear(place: &Path) {
    let _ = fs::remove_dir_all(place);
    let _ = fs::remove_file(place);
}

fn clear_unless_file(place: &Path) {
    if place.symlink_metadata().is_ok_and(|metadata| !metadata.is_file()) {
        clear(place);
    }
}

/// What a file holds that is one, and no pipe that would let nobody go on.
fn bytes(place: &Path) -> Option<Vec<u8>> {
    let is_small = |metadata: fs::Metadata| metadata.is_file() && metadata.len() < 1 << 20;
    place.metadata().is_ok_and(is_small).then(|| fs::read(place).ok())?
}

fn same_size(place: &Path, seed: u64) {
    let (Some(mut bytes), Ok(metadata)) = (bytes(place), place.metadata()) else { return };
    let digits = bytes.iter_mut().filter(|byte| byte.is_ascii_digit()).collect::<Vec<_>>();
    let count = digits.len().max(1) as u64;
    for digit in digits.into_iter().skip((seed % count) as usize).take(1) {
        *digit = b'0' + (*digit - b'0' + 1) % 10;
    }
    let Ok(file) = File::options().write(true).open(place) else { return };
    let _ = std::os::unix::fs::FileExt::write_all_at(&file, &bytes, 0);
    let _ = file.set_modified(metadata.modified().unwrap());
}

fn set_time(place: &Path, when: usize) {
    let seconds = [1_000_000_000, 4_000_000_000, 12_000_000_000, 1_763_683_200, 1, 0][when];
    let fraction = Duration::from_nanos([1, 500_000_000, 999_999_999, 0, 7, 0][when]);
    let Some(file) = bytes(place).and_then(|_| File::options().append(true).open(place).ok())
    else {
        return;
    };
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds) + fraction;
    let _ = file.set_modified(if when == 5 { SystemTime::now() } else { time });
}

/// Some worlds from one seed; so many are held in one run, and more where `TIES_LAW_WORLDS` wants more.
fn worlds(seed: u8, count: u32) {
    let config = Config { cases: count, failure_persistence: None, ..Config::default() };
    let seed = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    let deeds = proptest::collection::vec(deed(), 10..36);
    let run = TestRunner::new_with_rng(config, seed).run(&deeds, |deeds| {
        let mut world = World::new();
        deeds.iter().try_for_each(|deed| world.carry_out(deed))?;
        [0, 1].into_iter().try_for_each(|which| world.look(which))
    });
    let broken = run.err().map(|error| error.to_string());
    assert!(broken.is_none(), "{}", broken.unwrap_or_default());
}

#[test]
fn any_changes_and_readings_leave_the_facts_of_a_first_reading() {
    let count = std::env::var("TIES_LAW_WORLDS").ok().and_then(|count| count.parse().ok());
    let threads =
        (1..=8u8).map(|seed| std::thread::spawn(move || worlds(seed, count.unwrap_or(5))));
    let threads = threads.collect::<Vec<_>>();
    for thread in threads {
        if let Err(panic) = thread.join() {
            std::panic::resume_unwind(panic);
        }
    }
}

/// Notes that change without anybody being called or tied otherwise, a few at once; then one more in the place of a
/// note that was there.
#[test]
fn what_few_notes_say_otherwise_is_mended() {
    let world = World::new();
    let cache = world.cache(0);
    let settings = &world.settings;
    let check = |what: u64| {
        let (expected, _) = from_files(&world.root, settings, &world.vocabulary);
        let (cached, refreshed) = world.read(Some(&cache));
        assert_eq!(refreshed.notice, None);
        let said = |book: &Book| {
            let day = Day::parse("2026-11-21").unwrap();
            notes(book) + &answers(book, day, settings, &world.vocabulary)
        };
        assert_eq!(difference(&said(&cached), &said(&expected)), None, "{what}");
        assert!(cached.outline() == expected.outline(), "{what}: {:#?}", cached.outline());
    };
    check(0);
    for round in 1..60 {
        for (path, number) in PATHS.iter().zip(0..).filter(|(_, number)| (round + number) % 4 == 0)
        {
            if let Some(now) = bytes(&world.root.join(path)) {
                // Now and then what was added is taken away again.
                let now = String::from_utf8(now).unwrap();
                let now = if round % 7 == 0 { text(path, number) } else { now };
                let now = if round % 5 == 0 { retied(&now, round + number) } else { now };
                world.write(path, &(now + &more(round * 100 + number)));
            }
        }
        check(round);
    }
    // What was mended is kept.
    std::thread::sleep(Duration::from_millis(130));
    world.read(Some(&cache));
    assert_eq!(world.read(Some(&cache)).1.looked_into, 0);
}

/// Which file holds the facts: another one each time that they are written.
fn facts_file(world: &World) -> u64 {
    std::os::unix::fs::MetadataExt::ino(&world.cache(0).join("facts").metadata().unwrap())
}

#[test]
fn notes_that_must_be_looked_into_each_time_do_not_make_the_facts_be_written_each_time() {
    let world = World::new();
    set_time(&world.at(0), 1);
    world.make_odd(3, Oddity::TooLarge);
    std::thread::sleep(Duration::from_millis(130));
    world.read(Some(&world.cache(0)));
    let before = facts_file(&world);
    let open = File::open(world.cache(0).join("facts")).unwrap();
    for _ in 0..3 {
        assert_eq!(world.read(Some(&world.cache(0))).1.looked_into, 2);
        assert_eq!(facts_file(&world), before);
    }
    drop(open);
    world.write(PATHS[0], "---\nname: Somebody\n---\n");
    world.read(Some(&world.cache(0)));
    assert_ne!(facts_file(&world), before);
}

/// Writes over what is there, in place; the time is as before.
fn overwrite(place: &Path, text: &str) {
    let file = File::options().write(true).create(true).truncate(false).open(place).unwrap();
    let before = file.metadata().unwrap().modified().unwrap();
    std::os::unix::fs::FileExt::write_all_at(&file, text.as_bytes(), 0).unwrap();
    file.set_modified(before).unwrap();
}

fn check_names(world: &World, expected: &[&str]) {
    let (book, _) = world.read(Some(&world.cache(0)));
    let names = book.everyone().map(|(_, brief)| brief.name.as_str()).collect::<Vec<_>>();
    assert_eq!(names, expected);
}

/// Changes of the same size and the same time, within one tick of the clock that stamps files, which takes at most
/// `tick`: of a note, then of a copy of a note at rest, which becomes somebody else and a copy again.
fn check_moments(world: &World, rounds: u32, tick: Duration) {
    let text = |name: &str| format!("---\nname: {name}\n---\n## Log\n- 2026-01-01 call: of this\n");
    let (note, copy) = (world.root.join("people/ana.md"), world.root.join("people/ana 2.md"));
    for round in 0..rounds {
        let name = format!("Ana {round:03}");
        overwrite(&note, &text(&name));
        check_names(world, &[&name]);
    }
    overwrite(&note, &text("Ana"));
    std::thread::sleep(tick);
    for _ in 0..rounds {
        overwrite(&copy, &text("Ana"));
        check_names(world, &["Ana"]);
        overwrite(&copy, &text("Bea"));
        check_names(world, &["Bea", "Ana"]);
    }
}

#[test]
fn a_change_in_the_moment_of_a_reading_is_seen() {
    let world = World::new();
    PATHS.iter().for_each(|path| clear(&world.root.join(path)));
    check_moments(&world, 200, Duration::from_millis(130));
}

#[test]
fn a_change_in_the_second_of_a_reading_is_seen_where_a_disk_keeps_whole_seconds() {
    let mut world = World::new();
    let place = world.folder.path().join("coarse");
    let Some(_disk) = Disk::of_whole_seconds(&place) else {
        eprintln!("{NO_DISK}");
        return;
    };
    world.root = place.canonicalize().unwrap();
    fs::create_dir(world.root.join("people")).unwrap();
    check_moments(&world, 40, Duration::from_millis(2_300));
}
