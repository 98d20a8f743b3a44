//! A vault with every kind of trouble: what is found in it, and that everything readable is still read.
//! `tests/messy-vault.txt` holds both; `UPDATE_EXPECT=1` writes it anew.

use crate::support::library::{Library, read};
use expect_test::expect_file;
use std::fmt::Write;
use std::path::Path;
use ties::people::contact::Contact;
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
