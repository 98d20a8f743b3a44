//! Whatever happens to the files of the cache, the answer is right, a word is said at most, and the facts are made
//! anew where that is possible.

use crate::support::answers::{answers, difference, findings, findings_of, from_files, notes};
use crate::support::disk::{Disk, NO_DISK};
use crate::support::program::TestVault;
use crate::support::scribbled::text;
use std::collections::BTreeSet;
use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use ties::effects::facts::refresh::{Refreshed, Wanted, refresh};
use ties::features::settings::Settings;
use ties::people::book::Book;
use ties::people::vocabulary::Vocabulary;
use ties::text::day::Day;
use ties::text::fingerprint::hash;

const DAMAGED: &str = "the cached facts were damaged; they have been made anew";

/// Longer than any file is racy.
const REST: Duration = Duration::from_millis(130);

/// A vault and its cache.
struct World {
    folder: tempfile::TempDir,
    root: PathBuf,
    vocabulary: Arc<Vocabulary>,
}

/// What there is to say.
struct Said {
    findings: String,
    notes: String,
    answers: String,
}

impl World {
    fn of(seed: u64) -> World {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap().join("vault");
        let world = World { folder, root, vocabulary: Arc::new(Vocabulary::default()) };
        for number in 0..9 {
            world.write(&format!("people/p{number}.md"), seed + number);
        }
        world.write("journal/2026-11-20.md", seed);
        world
    }

    fn write(&self, path: &str, seed: u64) {
        let place = self.root.join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text(path, seed)).unwrap();
    }

    fn cache(&self) -> PathBuf {
        self.folder.path().join("cache/vaults/x")
    }

    fn read_with(&self, cache: &Path) -> (Book, Refreshed) {
        let (vocabulary, me) = (&self.vocabulary, Some("people/p3"));
        let wanted = Wanted { root: &self.root, ignore: &[], vocabulary, me, cache: Some(cache) };
        refresh(&wanted, &|_| ())
    }

    fn read(&self) -> (Book, Refreshed) {
        self.read_with(&self.cache())
    }

    /// Facts that no reading needs to make again.
    fn settled(self) -> World {
        std::thread::sleep(REST);
        let expected = self.expected();
        self.check_until(&expected, "settled", |refreshed| refreshed.looked_into == 0);
        self
    }

    fn said(&self, book: &Book, findings: String) -> Said {
        let day = Day::parse("2026-11-21").unwrap();
        let answers = answers(book, day, &Settings::default(), &self.vocabulary);
        Said { findings, notes: notes(book), answers }
    }

    fn expected(&self) -> Said {
        let settings = Settings { me: Some("people/p3".to_owned()), ..Settings::default() };
        let (book, scan) = from_files(&self.root, &settings, &self.vocabulary);
        self.said(&book, findings_of(&scan))
    }

    /// A reading that says what is `expected`, with the word that it says about the cache.
    fn check(&self, cache: &Path, expected: &Said, what: &str) -> Refreshed {
        let (book, refreshed) = self.read_with(cache);
        let said = self.said(&book, findings(&refreshed));
        let parts = [
            difference(&said.findings, &expected.findings),
            difference(&said.notes, &expected.notes),
            difference(&said.answers, &expected.answers),
        ];
        let difference = parts.into_iter().flatten().next();
        assert!(difference.is_none(), "{what}: {}", difference.unwrap_or_default());
        refreshed
    }

    /// The same, of a few readings the first that is as `wanted`: a process that another test starts holds a copy of
    /// the lock for a moment, and then a reading writes nothing.
    fn check_until(
        &self,
        expected: &Said,
        what: &str,
        wanted: impl Fn(&Refreshed) -> bool,
    ) -> Refreshed {
        let mut refreshed = self.check(&self.cache(), expected, what);
        for _ in 0..20 {
            if !wanted(&refreshed) {
                std::thread::sleep(Duration::from_millis(5));
                refreshed = self.check(&self.cache(), expected, what);
            }
        }
        let Refreshed { notice, looked_into, .. } = &refreshed;
        assert!(wanted(&refreshed), "{what}: {notice:?}, {looked_into} read");
        refreshed
    }

    fn pile(&self) -> PathBuf {
        let mut piles = names(&self.cache()).into_iter().filter(|name| name.starts_with("notes-"));
        self.cache().join(piles.next_back().unwrap())
    }
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn copy(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir_all(to).unwrap();
    for name in names(from) {
        fs::copy(from.join(&name), to.join(&name)).unwrap();
    }
}

/// Numbers of a seed.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = hash(&[&self.0.to_string()]);
        self.0 % end.max(1)
    }

    fn at(&mut self, bytes: &[u8]) -> usize {
        self.below(bytes.len() as u64) as usize
    }
}

/// Damages what a file holds, in one of many ways; says how.
fn damage(bytes: &mut Vec<u8>, others: &[&[u8]], numbers: &mut Numbers) -> String {
    let (from, to) = (numbers.at(bytes), numbers.at(bytes));
    let (from, to) = (from.min(to), from.max(to));
    match numbers.below(9) {
        0 => {
            bytes[from] ^= 1 << numbers.below(8);
            format!("a bit at {from}")
        }
        1 => {
            bytes.truncate(from);
            format!("cut at {from}")
        }
        2 => {
            bytes[from..to].fill(0);
            format!("zero from {from} to {to}")
        }
        3 => {
            bytes.drain(from..to);
            format!("lost from {from} to {to}")
        }
        4 => {
            let more = bytes[from..to].to_vec();
            bytes.extend_from_slice(&more);
            format!("{} more at the end", more.len())
        }
        5 => {
            *bytes = others[numbers.below(others.len() as u64) as usize].to_vec();
            "another file".to_owned()
        }
        6 => {
            bytes[from..to].reverse();
            format!("turned from {from} to {to}")
        }
        // The head and the lengths in it are what must be believed least.
        7 => {
            let at = numbers.below(140) as usize % bytes.len();
            bytes[at] = [0, 0xff, 0x7f, 0x80][numbers.below(4) as usize];
            format!("an odd byte at {at}")
        }
        _ => {
            let at = numbers.below(140) as usize % bytes.len();
            let end = (at + 10).min(bytes.len());
            bytes[at..end].fill(0xff);
            format!("large numbers at {at}")
        }
    }
}

/// After a damage: the right answer, a word at most; then facts that are whole again, and nothing left lying about.
fn check_damaged(world: &World, expected: &Said, changed: usize, what: &str) {
    let first = world.check(&world.cache(), expected, what);
    assert!(first.notice.as_deref().is_none_or(|notice| notice == DAMAGED), "{what}: {first:?}");
    world.check_until(expected, what, |second| {
        second.notice.is_none() && second.looked_into <= changed
    });
    let left = names(&world.cache());
    let kept = ["facts", "facts.lock", "facts.damaged"];
    let others = left.iter().filter(|name| !kept.contains(&name.as_str())).collect::<Vec<_>>();
    assert!(others.len() == 1 && others[0].starts_with("notes-"), "{what}: {left:?}");
}

/// `count` damages of the cache of `world`; `changed` notes have changed since it was made.
fn check_damages(world: &World, changed: usize, seed: u64, count: u64) {
    let other = World::of(500).settled();
    let (theirs, their_pile) =
        (fs::read(other.cache().join("facts")).unwrap(), fs::read(other.pile()).unwrap());
    let whole = world.folder.path().join("whole");
    let expected = world.expected();
    let pile = world.pile().file_name().unwrap().to_owned();
    copy(&world.cache(), &whole);
    for number in 0..count {
        let mut numbers = Numbers(seed * 1_000_000 + number);
        copy(&whole, &world.cache());
        let mut what = format!("{number}");
        for name in ["facts".as_ref(), pile.as_os_str()] {
            // Mostly one of the two is damaged.
            if numbers.below(5) < 2 {
                continue;
            }
            let place = world.cache().join(name);
            let mut bytes = fs::read(&place).unwrap();
            let ours =
                [fs::read(whole.join("facts")).unwrap(), fs::read(whole.join(&pile)).unwrap()];
            let others =
                [&theirs[..], &their_pile, &ours[0], &ours[1], b"", b"ties f99 and more of it"];
            let how = damage(&mut bytes, &others, &mut numbers);
            what.push_str(&format!(", {}: {how}", name.display()));
            fs::write(place, bytes).unwrap();
        }
        check_damaged(world, &expected, changed, &what);
    }
}

#[test]
fn damaged_facts_never_change_an_answer() {
    check_damages(&World::of(100).settled(), 0, 1, 120);
}

#[test]
fn damaged_facts_never_change_an_answer_where_notes_have_changed() {
    let world = World::of(100).settled();
    world.write("people/p1.md", 40);
    world.write("people/p99.md", 41);
    fs::remove_file(world.root.join("people/p5.md")).unwrap();
    check_damages(&world, 2, 2, 120);
}

#[test]
fn each_byte_of_the_head_may_be_wrong() {
    let world = World::of(100).settled();
    let expected = world.expected();
    let whole = fs::read(world.cache().join("facts")).unwrap();
    for at in 0..160 {
        let mut bytes = whole.clone();
        bytes[at] = !bytes[at];
        fs::write(world.cache().join("facts"), bytes).unwrap();
        check_damaged(&world, &expected, 0, &format!("byte {at}"));
        fs::write(world.cache().join("facts"), &whole[..at]).unwrap();
        check_damaged(&world, &expected, 0, &format!("cut at {at}"));
    }
}

/// How something odd is put in the place of a file, in words and in deed.
type Way<'a> = (&'a str, &'a dyn Fn(&Path));

#[test]
fn what_is_no_file_in_the_place_of_a_file_is_set_aside_or_written_over() {
    let pipe = |place: &Path| {
        let (kind, mode) = (rustix::fs::FileType::Fifo, rustix::fs::Mode::from_raw_mode(0o600));
        rustix::fs::mknodat(rustix::fs::CWD, place, kind, mode, 0).unwrap();
    };
    let folder = |place: &Path| fs::create_dir(place).unwrap();
    let loops = |place: &Path| symlink(place.file_name().unwrap(), place).unwrap();
    let leads_out = |place: &Path| symlink("/etc/passwd", place).unwrap();
    let unreadable = |place: &Path| {
        fs::write(place, "x").unwrap();
        fs::set_permissions(place, Permissions::from_mode(0o000)).unwrap();
    };
    let ways: [Way<'_>; 5] = [
        ("a pipe", &pipe),
        ("a folder", &folder),
        ("a loop", &loops),
        ("a link", &leads_out),
        ("unreadable", &unreadable),
    ];
    let passwd = fs::read("/etc/passwd").unwrap();
    for (how, make) in ways {
        let world = World::of(100).settled();
        let expected = world.expected();
        for place in [world.cache().join("facts"), world.pile(), world.cache().join("facts.new")] {
            let _ = fs::remove_file(&place);
            make(&place);
            let what = format!("{how} in the place of {}", place.display());
            let first = world.check(&world.cache(), &expected, &what);
            assert!(first.notice.is_none_or(|notice| notice == DAMAGED), "{what}");
            let _ = fs::remove_dir(&place);
            world.check_until(&expected, &what, |refreshed| refreshed.looked_into == 0);
        }
    }
    assert_eq!(fs::read("/etc/passwd").unwrap(), passwd);
}

#[test]
fn a_cache_that_is_no_folder_or_has_no_room_is_bypassed_with_a_word() {
    let world = World::of(100);
    let expected = world.expected();
    let file = world.folder.path().join("file");
    fs::write(&file, "x").unwrap();
    for cache in [file.clone(), file.join("below"), PathBuf::from("/dev/null/x")] {
        let refreshed = world.check(&cache, &expected, "no folder");
        let notice = refreshed.notice.unwrap();
        assert!(notice.starts_with("what was read cannot be kept in "), "{notice}");
    }
}

#[test]
fn only_the_owner_can_read_the_cache() {
    let world = World::of(100).settled();
    let mode = |place: &Path| place.metadata().unwrap().permissions().mode() & 0o777;
    let base = world.folder.path().join("cache");
    for folder in [base.clone(), base.join("vaults"), base.join("vaults/x")] {
        assert_eq!(mode(&folder), 0o700, "{}", folder.display());
    }
    for name in names(&world.cache()) {
        assert_eq!(mode(&world.cache().join(&name)), 0o600, "{name}");
    }
}

#[test]
fn a_cache_folder_may_be_a_link() {
    let world = World::of(100);
    let elsewhere = world.folder.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::create_dir_all(world.cache().parent().unwrap()).unwrap();
    symlink(&elsewhere, world.cache()).unwrap();
    let _settled = world.settled();
    assert!(elsewhere.join("facts").is_file());
}

#[test]
fn on_a_full_disk_nothing_is_lost_and_nothing_piles_up() {
    let world = World::of(100);
    let Some(disk) = Disk::of(&world.cache(), 4) else {
        eprintln!("{NO_DISK}");
        return;
    };
    let mut left = BTreeSet::new();
    for number in 0..6 {
        world.write("people/p1.md", number);
        world.check_until(&world.expected(), "a full disk", has_no_room);
        left = names(&world.cache());
    }
    assert_eq!(left.iter().map(String::as_str).collect::<Vec<_>>(), ["facts.lock"]);
    disk.remount("size=4m");
    let world = world.settled();
    // Facts that are there already stay whole while there is no room for new ones.
    fs::write(world.cache().join("ballast"), vec![0; 5 << 20]).unwrap_err();
    for number in 10..14 {
        world.write("people/p2.md", number);
        let refreshed = world.check_until(&world.expected(), "full once more", has_no_room);
        assert_eq!(refreshed.looked_into, 1);
    }
}

fn has_no_room(refreshed: &Refreshed) -> bool {
    refreshed.notice.as_ref().is_some_and(|notice| notice.contains("No space left on device"))
}

#[test]
fn facts_that_cannot_be_written_are_read_and_others_are_bypassed_with_a_word() {
    let world = World::of(100);
    let Some(disk) = Disk::of(&world.cache(), 4096) else {
        eprintln!("{NO_DISK}");
        return;
    };
    let world = world.settled();
    disk.remount("ro");
    let refreshed = world.check(&world.cache(), &world.expected(), "only to be read");
    assert_eq!((refreshed.notice, refreshed.looked_into), (None, 0));
    world.write("people/p2.md", 77);
    let refreshed = world.check_until(&world.expected(), "changed", |refreshed| {
        refreshed.notice.as_ref().is_some_and(|notice| notice.contains("Read-only file system"))
    });
    assert_eq!(refreshed.looked_into, 1);
}

#[test]
fn a_pile_of_dead_notes_is_made_anew_and_who_reads_the_old_one_reads_on() {
    let world = World::of(100);
    let long = |number: usize| {
        let line =
            |at: usize| format!("- 2026-01-{:02} call: {number} and {at} and more\n", at % 28 + 1);
        let lines = (0..4_000).map(line).collect::<String>();
        fs::write(
            world.root.join("people/p0.md"),
            format!("---\nname: Long\n---\n## Log\n{lines}"),
        )
        .unwrap();
    };
    let mut piles = BTreeSet::new();
    let mut opened = Vec::new();
    for number in 0..12 {
        long(number);
        let (book, refreshed) = world.read();
        assert_eq!(refreshed.notice, None);
        piles.insert(world.pile());
        opened.push((book, from_files(&world.root, &Settings::default(), &world.vocabulary).0));
    }
    assert!(piles.len() > 1, "the pile is {} bytes", world.pile().metadata().unwrap().len());
    assert_eq!(names(&world.cache()).len(), 3);
    for (late, eager) in opened {
        assert!((0..late.paths().len()).all(|number| late.note(number) == eager.note(number)));
    }
    world.check(&world.cache(), &world.expected(), "after all");
}

#[test]
fn a_large_vault_is_put_on_disk_as_it_is_read() {
    let world = World::of(100);
    let body = "Something about the garden, and about the kiln. ".repeat(12);
    for number in 0..1_100 {
        let lines = (1..4).map(|day| format!("- 2026-01-{day:02} call: {number} {body}\n"));
        let text =
            format!("---\nname: Nobody {number}\n---\n## Log\n{}", lines.collect::<String>());
        fs::write(world.root.join(format!("people/n{number}.md")), text).unwrap();
    }
    let world = world.settled();
    let (book, _) = world.read();
    let (expected, _) = from_files(&world.root, &Settings::default(), &world.vocabulary);
    assert!((0..book.paths().len()).all(|number| book.note(number) == expected.note(number)));
}

#[test]
fn the_program_answers_whatever_stands_in_the_place_of_its_cache() {
    let vault = TestVault::of("=== people/ana.md\n---\nname: Ana\n---\n");
    let listed = vault.ties("list").out;
    assert!(listed.contains("Ana"));
    File::create(vault.beside("file")).unwrap();
    let file = vault.beside("file").display().to_string();
    let odd =
        TestVault::of("=== people/ana.md\n---\nname: Ana\n---\n").with("XDG_CACHE_HOME", &file);
    let run = odd.ties("list");
    assert_eq!((run.code, run.out.as_str()), (0, listed.as_str()), "{}", run.shown());
    assert!(run.err.starts_with("note: what was read cannot be kept in "), "{}", run.err);
    // A relative one does not count, by the specification: the home does.
    let relative =
        TestVault::of("=== people/ana.md\n---\nname: Ana\n---\n").with("XDG_CACHE_HOME", "odd");
    assert_eq!(relative.ties("list").shown(), format!("-- out\n{listed}exit 0\n"));
    assert!(relative.beside("home/.cache/ties").is_dir());
    let homeless = vault
        .command()
        .env_remove("HOME")
        .env_remove("XDG_CACHE_HOME")
        .arg("list")
        .output()
        .unwrap();
    assert!(!homeless.status.success());
    let words = String::from_utf8(homeless.stderr).unwrap();
    assert!(words.contains("the environment names no home folder"), "{words}");
}
