//! What programs that others wrote make of our calendars: every item, and every day from 2024 to 2034.
//!
//! `TIES_PYTHON` names a Python with `icalendar`, `recurring-ical-events` and `python-dateutil`, `TIES_NODE_MODULES` a
//! folder with `ical.js`; `.ci/run` has both. A test without its reader says so.

use crate::support::book;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use ties::features::calendar::compose::items;
use ties::features::calendar::item::{Item, Months, Often, When};
use ties::features::calendar::render::calendar;
use ties::features::occasions::{Occasion, OccasionKind, now};
use ties::features::settings::Settings;
use ties::features::standing::Situation;
use ties::people::book::Book;
use ties::people::vocabulary::Vocabulary;
use ties::text::day::{Day, Weekday};
use ties::text::visible::acts;

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::new(year, month, day).unwrap()
}

fn today() -> Day {
    day(2026, 11, 21)
}

/// The commands of the readers that are here; a word about each that is not.
#[expect(clippy::print_stderr, reason = "a test that is left out says so")]
fn readers() -> Vec<(&'static str, Command)> {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/calendar");
    let named = |name: &str| {
        let path = std::env::var_os(name).map(PathBuf::from);
        if path.is_none() {
            eprintln!("skipped: a reader of calendars is not here (set {name})");
        }
        path
    };
    let python = named("TIES_PYTHON").map(|python| {
        let mut command = Command::new(python);
        command.arg(scripts.join("expand.py"));
        ("Python", command)
    });
    let node = named("TIES_NODE_MODULES").map(|modules| {
        let mut command = Command::new("node");
        command.arg(scripts.join("expand.mjs")).arg(modules);
        ("ical.js", command)
    });
    python.into_iter().chain(node).collect()
}

/// All readers take `items` for what `expected` says, item by item.
fn check(items: &[Item], expected: &BTreeMap<String, Value>) {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), calendar(items, "People, mine; and \\ all", today())).unwrap();
    for (name, mut command) in readers() {
        let output = command.arg(file.path()).output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{name}: {errors}");
        let told = String::from_utf8(output.stdout).unwrap();
        let told = told.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let told = told.map(|item| (item["uid"].as_str().unwrap().to_owned(), item));
        let told = told.collect::<BTreeMap<_, _>>();
        assert_eq!(told.len(), expected.len(), "{name}");
        for (uid, item) in &told {
            assert_eq!(Some(item), expected.get(uid), "{name}");
        }
    }
}

/// What a reader should tell of `item`, whose days are these.
fn told(item: &Item, days: &[String]) -> Value {
    let due = match item.when {
        When::Task { due, .. } => Some(due.to_string()),
        _ => None,
    };
    let kind = if due.is_some() { "VTODO" } else { "VEVENT" };
    json!({
        "uid": item.uid,
        "kind": kind,
        "summary": item.summary,
        "description": item.description,
        "due": due,
        "days": days,
        "alarms": item.alarms.iter().map(|minutes| minutes * 60).collect::<Vec<_>>(),
    })
}

fn days() -> impl Iterator<Item = Day> {
    (0..).map(|count| day(2024, 1, 1).plus_days(count)).take_while(|day| day.year() < 2035)
}

/// What an occasion is called in the calendar.
fn called(book: &Book, of: &Occasion) -> String {
    let name = |id| book.brief(id).name.clone();
    let who = name(of.who);
    match (&of.kind, of.with) {
        (OccasionKind::Birthday, _) => format!("{who}'s birthday"),
        (OccasionKind::Anniversary, None) => format!("{who}'s anniversary"),
        (OccasionKind::Anniversary, Some(with)) if book.me() == Some(with) => {
            format!("Your anniversary with {who}")
        }
        (OccasionKind::Anniversary, Some(with)) => {
            format!("The anniversary of {who} and {}", name(with))
        }
        (OccasionKind::RememberedBirth, _) => format!("{who} was born on this day"),
        (OccasionKind::RememberedDeath, _) => format!("{who} died on this day"),
        (OccasionKind::Event { kind, .. }, _) => format!("{who}, {kind}"),
    }
}

/// Where a review should be, by looking at each day.
fn is_review(day: Day, again: Often) -> bool {
    let is_last = day.plus_days(7).month() != day.month();
    let fits = |weekday: Weekday| day.weekday() == weekday && day.year() >= 2026;
    match again {
        Often::Weekly(weekday) => fits(weekday),
        Often::First(weekday, months) => {
            fits(weekday)
                && day.day_of_month() <= 7
                && (months == Months::Every || day.month() % 3 == 1)
        }
        Often::Last(weekday, months) => {
            fits(weekday) && is_last && (months == Months::Every || day.month().is_multiple_of(3))
        }
    }
}

/// One person for each birthday, and some whose days are of other kinds.
fn people() -> String {
    let birthdays = [
        "--02-29",
        "1992-02-29",
        "2016-02-29",
        "2024-02-29",
        "~1980-02-29",
        "2000-02-28",
        "--03-01",
        "1999-12-31",
        "--01-01",
        "2025-03-04",
        "2026-11-21",
        "1931-11-23",
        "1850-06-30",
        "1996",
        "1996-03",
    ];
    let mut vault = String::new();
    for (number, birthday) in birthdays.iter().enumerate() {
        vault += &format!(
            "=== people/p{number:02}.md\n---\nname: Person {number}\nbirthday: {birthday}\n---\n"
        );
    }
    vault
        + "=== people/q1.md
---
name: Gone
birthday: 1930-02-29
died: 2020-02-29
remember: true
occasion_lead: 45d
---
=== people/q2.md
---
name: Silent
birthday: 1930-02-28
died: 2020-02-29
---
=== people/q3.md
---
name: Ana
anniversary: 2012-02-29
wife: \"[[Bia]]\"
---
## Events
- 2026-12-05 move
- 2027-02-28 wedding
=== people/q4.md
---
name: Bia
anniversary: --02-29
circle: inner
---
=== people/q5.md
---
name: Rui
partner: \"[[people/me]]\"
---
=== people/me.md
---
name: Me
birthday: 1990-01-01
anniversary: 2028-06-15
---
"
}

fn check_people(settings: &Settings) {
    let (book, vocabulary) = (book(&people()), Vocabulary::default());
    let items = items(&Situation::new(&book, today(), settings, &vocabulary), None);
    let mut reference = BTreeMap::<String, Vec<String>>::new();
    for day in days() {
        for of in now(&Situation::new(&book, day, settings, &vocabulary)) {
            if of.day == day {
                reference.entry(called(&book, &of)).or_default().push(day.to_string());
            }
        }
    }
    let expected = |item: &Item| {
        let kept = match item.when {
            When::Block { again, start, .. } => {
                let at = format!("T{:02}:{:02}:00", start / 60, start % 60);
                days()
                    .filter(|day| is_review(*day, again))
                    .map(|day| format!("{day}{at}"))
                    .collect()
            }
            _ => reference.remove(&item.summary).unwrap_or_default(),
        };
        assert!(!kept.is_empty(), "{item:?}");
        (item.uid.clone(), told(item, &kept))
    };
    let expected = items.iter().map(expected).collect();
    assert!(reference.is_empty(), "nothing is left out: {reference:?}");
    check(&items, &expected);
}

#[test]
fn every_reader_keeps_the_days_that_the_agenda_keeps() {
    check_people(&Settings::default());
}

#[test]
fn every_reader_keeps_the_leap_day_in_march_where_that_is_wanted() {
    let mut settings = Settings { leap_day_in_march: true, ..Settings::default() };
    let [monthly, quarterly] = ["first wednesday 00:00", "first thursday 23:59"];
    settings.calendar.monthly_review = ties::features::review_time::ReviewTime::parse(monthly);
    settings.calendar.quarterly_review = ties::features::review_time::ReviewTime::parse(quarterly);
    settings.calendar.remind_at = Some(0);
    check_people(&settings);
}

#[test]
fn every_reader_reads_every_text() {
    let mut runner = TestRunner::deterministic();
    let text =
        proptest::string::string_regex("([\\\\;,:\"'n^ ]|\\PC|[a-zé王👩]|\u{200d}){1,90}").unwrap();
    let texts = (0..300).map(|_| text.new_tree(&mut runner).unwrap().current());
    let item = |(number, text): (usize, String)| {
        let space = |character: char| if character.is_whitespace() { ' ' } else { character };
        let seen = text.chars().map(space).filter(|character| !acts(*character));
        let seen = seen.collect::<String>();
        let description = format!("{seen}\nand a second line");
        Item {
            uid: format!("text-{number}@ties"),
            summary: seen,
            description: Some(description).filter(|_| number % 2 == 0),
            category: "Promise",
            when: When::Task { due: today().plus_days(number as i64), begun: number % 3 == 0 },
            alarms: vec![number as i64 - 150],
        }
    };
    let items = texts.enumerate().map(item).collect::<Vec<_>>();
    let expected = items.iter().map(|item| (item.uid.clone(), told(item, &[]))).collect();
    check(&items, &expected);
}
