//! Writing the agenda anew: no line that a person typed is lost, on the same day and on later ones, and writing it
//! twice changes nothing.
//!
//! The first byte of an input chooses the day. An input that goes on with `---` is the agenda file itself. Any other
//! is typed into a real one, line by line: the first byte of each line says where, and whether it takes the place of
//! the line there.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::collections::HashSet;
use std::sync::LazyLock;
use ties::features::agenda::compose::compose;
use ties::features::agenda::render::{is_known, mark, render};
use ties::features::settings::Settings;
use ties::note::conflict::is_marker;
use ties::note::path::NotePath;
use ties::people::book::Book;
use ties::people::decode::decode;
use ties::people::vocabulary::Vocabulary;
use ties::text::day::Day;

const VAULT: &[(&str, &str)] = &[
    ("habits/walk.md", "---\nhabit: Walk\nafter: lunch\n---\n## Log\n- 2026-11-20\n- 2026-11-19\n"),
    (
        "people/ana-lima.md",
        "---\nname: Ana Lima\n---\n## Log\n- 2026-10-12 call: a job\n  - [ ] Send it 📅 2026-10-20\n",
    ),
    ("people/eva.md", "---\nname: Eva\nbirthday: 1986-11-28\n---\n"),
    ("people/joao.md", "---\nname: João\ncircle: growth\n---\n## Log\n- 2026-09-05 met: tired\n"),
    ("people/mae.md", "---\nname: Mãe\ncircle: inner\n---\n## Log\n- 2026-11-21 call: quinces\n"),
    ("people/rita.md", "---\nname: Rita\nbirthday: 1996-11-21\ncadence: weekly\n---\n"),
];

struct World {
    book: Book,
    settings: Settings,
    vocabulary: Vocabulary,
    day: Day,
}

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let vocabulary = Vocabulary::default();
    let notes = VAULT.iter().filter_map(|(path, text)| Some((NotePath::new(path)?, text)));
    let notes = notes.map(|(path, text)| decode(&path, text, &vocabulary)).collect();
    let book = Book::new(notes, &vocabulary, None);
    let day = Day::parse("2026-11-21").expect("a day");
    World { book, settings: Settings::default(), vocabulary, day }
});

fuzz_target!(|input: &str| {
    let Some(first) = input.chars().next() else { return };
    let later = i64::from(u32::from(first) % 4);
    let rest = &input[first.len_utf8()..];
    let existing = if rest.starts_with("---") { rest.to_owned() } else { typed_into(rest) };
    // A carriage return before the line end is no part of a line, so of two the first would become one of these.
    if existing.contains("\r\r") {
        return;
    }
    let Some(text) = written(WORLD.day.plus_days(later), Some(&existing)) else { return };
    check_kept(&existing, &text);
    // Markers that were out of order may come into order when lines move; then the next writing unites the sides.
    if !text.lines().any(is_marker) {
        let again = written(WORLD.day.plus_days(later), Some(&text));
        assert_eq!(again.as_deref(), Some(text.as_str()), "writing it twice changes it");
    }
    let next = written(WORLD.day.plus_days(later + 1), Some(&text)).expect("it is ours");
    check_kept(&existing, &next);
});

fn written(day: Day, existing: Option<&str>) -> Option<String> {
    let World { book, settings, vocabulary, .. } = &*WORLD;
    compose(book, day, settings, vocabulary, existing).ok().map(|agenda| render(&agenda))
}

fn typed_into(script: &str) -> String {
    let fresh = written(WORLD.day, None).expect("there is nothing in the way");
    let mut lines = fresh.lines().map(str::to_owned).collect::<Vec<_>>();
    let header = lines.iter().skip(1).position(|line| line == "---").map_or(0, |at| at + 2);
    for typed in script.lines() {
        let Some(first) = typed.chars().next() else { continue };
        let number = u32::from(first) as usize;
        let place = header + (number / 2) % (lines.len() - header + 1);
        let text = typed[first.len_utf8()..].to_owned();
        match lines.get_mut(place).filter(|_| number % 2 == 0) {
            Some(line) => *line = text,
            None => lines.insert(place, text),
        }
    }
    lines.join("\n") + "\n"
}

/// Every line below the front matter whose mark is not listed there, and that says something, is still there.
fn check_kept(existing: &str, text: &str) {
    let existing = existing.strip_prefix('\u{feff}').unwrap_or(existing);
    let lines = existing.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    let lines = lines.collect::<Vec<_>>();
    let ends = |line: &&str| matches!(line.trim_end(), "---" | "...");
    let Some(end) = lines.iter().skip(1).position(ends) else { return };
    let header = lines[..=end].join("\n");
    let marks = header.split(|c: char| !c.is_ascii_alphanumeric()).collect::<HashSet<_>>();
    let now = text.split('\n').collect::<HashSet<_>>();
    for line in lines.iter().skip(end + 2) {
        let ours = is_known(line) || is_marker(line) || marks.contains(mark(line).as_str());
        // What was typed after an id goes before it, and a box may change its sign: the words stay together.
        let words = || line.split_whitespace().filter(|word| !word.starts_with('['));
        let told = |now: &&str| words().all(|word| now.contains(word));
        assert!(ours || now.contains(line) || now.iter().any(told), "{line:?} is lost");
    }
}
