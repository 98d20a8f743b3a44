//! A vault with every kind of trouble: what is found in it, and that everything readable is still read.
//! `tests/messy-vault.txt` holds both; `UPDATE_EXPECT=1` writes it anew.

use crate::support::library::{Library, read};
use crate::support::program::{Run, TestVault};
use expect_test::expect_file;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use ties::people::contact::{Contact, Privacy};
use ties::people::interaction::Interaction;
use ties::text::visible::visible_line;

fn messy() -> Library {
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/messy-vault"), "2026-11-21")
}

/// What was read of a person, key by key.
fn told(contact: &Contact) -> String {
    let mut told = format!("{}: {}\n", contact.path, contact.name);
    let mut tell = |key: &str, value: String| {
        if !value.is_empty() {
            let short = value.chars().take(80).collect::<String>();
            let _ = writeln!(told, "  {key}: {}", visible_line(&short));
        }
    };
    let shown = |value: Option<&dyn ToString>| value.map_or_else(String::new, ToString::to_string);
    let values = |labelled: &[ties::people::contact::Labelled]| {
        labelled.iter().map(|value| value.value.clone()).collect::<Vec<_>>().join(", ")
    };
    tell("aliases", contact.aliases.join(", "));
    tell("circle", contact.circle.clone().unwrap_or_default());
    tell("tags", contact.tags.join(", "));
    tell("cadence", contact.cadence.map_or_else(String::new, |cadence| cadence.to_string()));
    tell("last contact", contact.last_contact.map_or_else(String::new, |date| date.to_string()));
    tell("created", shown(contact.created.as_ref().map(|day| day as &dyn ToString)));
    tell("follow up", shown(contact.follow_up.as_ref().map(|day| day as &dyn ToString)));
    tell("next", contact.next.clone().unwrap_or_default());
    tell("channels", contact.channels.join(", "));
    tell("purpose", contact.purpose.join(", "));
    tell("interests", contact.interests.join(", "));
    tell("birthday", contact.birthday.map_or_else(String::new, |date| date.to_string()));
    tell("anniversary", contact.anniversary.map_or_else(String::new, |date| date.to_string()));
    tell("died", if contact.died.is_some() { "yes".to_owned() } else { String::new() });
    tell("email", values(&contact.email));
    tell("phone", values(&contact.phone));
    for relation in &contact.relations {
        tell(&relation.kind, relation.to.target.note.clone());
    }
    tell(
        "private",
        match &contact.privacy {
            Privacy::Open => String::new(),
            Privacy::Whole => "everything".to_owned(),
            Privacy::Parts(parts) => parts.join(", "),
        },
    );
    for (key, value) in &contact.other {
        tell(&format!("own key {key}"), value.clone());
    }
    contact.log.iter().for_each(|entry| tell("log", entry_told(entry)));
    for event in &contact.events {
        tell("event", format!("{} {}: {}", event.date, event.kind, event.text));
    }
    contact.gifts.iter().for_each(|gift| tell("gift", gift.what.clone()));
    contact.promises.iter().for_each(|promise| tell("promise", promise.text.clone()));
    told
}

fn entry_told(entry: &Interaction) -> String {
    let with = entry.with.iter().map(|link| link.target.note.as_str()).collect::<Vec<_>>();
    let kind = entry.kind.as_deref().unwrap_or("-");
    format!("{} {kind} [{}] {}", entry.day, with.join(", "), entry.text)
}

#[test]
fn every_trouble_is_told_and_everything_readable_is_read() {
    let library = messy();
    let mut all = String::from("# What is found\n");
    for found in library.findings() {
        all += &format!("{found}\n");
    }
    all += "\n# What is read\n";
    for (_, contact) in library.reading.book.contacts() {
        all += &visible(&told(contact));
    }
    for habit in library.reading.book.habits() {
        all += &format!("{}: {} on {} days\n", habit.path, habit.name, habit.entries.len());
    }
    for journal in library.reading.book.journals() {
        all += &format!("{}: {}\n", journal.path, journal.day);
        for line in &journal.lines {
            all += &visible(&format!("  {}\n", entry_told(line)));
        }
        for trip in &journal.trips {
            all += &format!("  trip {}..{} {}\n", trip.from, trip.to, trip.place);
        }
    }
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/messy-vault.txt");
    expect_file![golden].assert_eq(&all);
}

fn visible(text: &str) -> String {
    ties::text::visible::visible(text).into_owned()
}

/// A copy of the vault, for commands that may write.
fn copied() -> TestVault {
    let world = TestVault::nothing();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/messy-vault"), &world.root());
    world
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Nothing on a screen may act: no escape sequences, no reordering of letters.
fn check_calm_screen(run: &Run) {
    let shown = run.shown();
    assert_eq!(visible(&shown), shown);
    assert!(!shown.contains("panicked"), "{shown}");
}

#[test]
fn the_commands_go_on_in_the_middle_of_trouble() {
    let world = copied();
    let check = world.ties("check");
    check_calm_screen(&check);
    let told = messy().findings().len();
    let is_head = |line: &&str| line.contains(": warning[") || line.contains(": error[");
    assert_eq!(check.out.lines().filter(is_head).count(), told);
    assert_eq!(check.code, 1, "{}", check.err);
    let list = world.ties("list");
    check_calm_screen(&list);
    for name in ["Ana Lima", "Fatou", "Tomasz Zieliński", "Omar Haddad", "Saoirse Ní Bhriain"] {
        assert!(list.out.contains(name), "{name} is not in\n{}", list.out);
    }
    let agenda = world.ties("agenda --stdout");
    check_calm_screen(&agenda);
    assert!(agenda.out.contains("[[people/dalia|Dalia Ben-Ami]]"), "{}", agenda.shown());
}

#[test]
fn an_entry_is_written_where_that_is_safe_and_refused_where_it_is_not() {
    let world = copied();
    for note in ["ends/latin1", "ends/utf16", "conflict/log", "conflict/front"] {
        let file = world.root().join(format!("people/{note}.md"));
        let before = std::fs::read(&file).unwrap();
        let run = world.ties(&format!("log people/{note} call: hello"));
        check_calm_screen(&run);
        assert!(run.code != 0 && run.err.contains("is left as it is"), "{note}: {}", run.shown());
        assert_eq!(std::fs::read(&file).unwrap(), before, "{note}");
    }
    for note in
        ["values", "hostile", "quotes", "ends/old-mac", "ends/no-end", "yaml/everything-wrong"]
    {
        let path = format!("people/{note}.md");
        let before = world.read(&path);
        let run = world.ties(&format!("log people/{note} call: hello"));
        check_calm_screen(&run);
        assert_eq!(run.code, 0, "{note}: {}", run.shown());
        assert!(world.read(&path).contains("2026-11-21 call: hello"), "{note}");
        assert_eq!(world.ties("undo").code, 0);
        assert_eq!(world.read(&path), before, "{note}");
    }
}

#[test]
fn mending_leaves_every_name_and_adds_no_trouble() {
    let world = copied();
    let names = |library: &Library| {
        let contacts = library.reading.book.contacts();
        contacts.map(|(_, contact)| contact.name.clone()).collect::<Vec<_>>()
    };
    let before = read(&world.root(), "2026-11-21");
    let run = world.ties("check --fix --yes");
    check_calm_screen(&run);
    let after = read(&world.root(), "2026-11-21");
    assert_eq!(names(&before), names(&after));
    let left = after.findings();
    assert!(left.len() < before.findings().len(), "{}", run.shown());
    let codes = |findings: &[String]| {
        let code = |line: &String| {
            let place = line.split(": ").next().unwrap_or("").split(':').next().unwrap_or("");
            let code = line.split(['[', ']']).nth(1).unwrap_or("");
            format!("{place} {code}")
        };
        findings.iter().map(code).collect::<BTreeSet<_>>()
    };
    let new = codes(&left).difference(&codes(&before.findings())).cloned().collect::<Vec<_>>();
    assert!(new.is_empty(), "{new:?}");
    assert_eq!(world.ties("check --fix --yes").out, "", "what can be mended is mended at once");
}
