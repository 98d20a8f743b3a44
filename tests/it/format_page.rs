//! `docs/vault-format.md` keeps its word: its examples are read without a finding, and no key, kind, tie, circle or
//! rhythm is missing from it.

use crate::support::shown;
use std::path::Path;
use ties::features::read_settings::read_settings;
use ties::features::setting_rows::Scope;
use ties::features::settings::Settings;
use ties::note::path::NotePath;
use ties::people::book::{Book, Found};
use ties::people::cadence::Cadence;
use ties::people::circle::default_circles;
use ties::people::decode::decode;
use ties::people::field::FIELDS;
use ties::people::interaction::Interaction;
use ties::people::kind::default_kinds;
use ties::people::link_ref::LinkRef;
use ties::people::note::Kind;
use ties::people::relation::default_relations;
use ties::people::vocabulary::Vocabulary;
use ties::text::day::Day;

fn page() -> String {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/vault-format.md");
    std::fs::read_to_string(page).unwrap()
}

/// The examples with a file name: "```markdown people/ana.md".
fn examples(page: &str) -> Vec<(NotePath, String)> {
    let blocks = page.split("\n```markdown ").skip(1);
    let examples = blocks.map(|block| {
        let (path, rest) = block.split_once('\n').unwrap();
        let text = rest.split("\n```").next().unwrap();
        (NotePath::new(path).unwrap(), format!("{text}\n"))
    });
    examples.collect()
}

fn book(examples: &[(NotePath, String)]) -> Book {
    let vocabulary = Vocabulary::default();
    let notes = examples.iter().map(|(path, text)| decode(path, text, &vocabulary)).collect();
    Book::new(notes, &vocabulary, None)
}

#[test]
fn the_examples_have_no_findings() {
    let examples = examples(&page());
    assert!(examples.len() >= 6);
    let book = book(&examples);
    let text = |path: &NotePath| {
        examples.iter().find(|(other, _)| other == path).map_or("", |(_, text)| text.as_str())
    };
    let findings = book.findings().map(|(path, finding)| shown(path, text(path), finding));
    let findings = findings.collect::<Vec<_>>();
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn the_examples_say_what_the_page_says_of_them() {
    let book = book(&examples(&page()));
    let day = |text: &str| Day::parse(text).unwrap();
    let newest = |name: &str| {
        let Found::One(id) = book.find(name) else { panic!("who is {name}?") };
        book.newest_contact(id, day("2026-11-21")).map(|touch| touch.day.to_string())
    };
    assert_eq!(newest("João Faria").as_deref(), Some("2026-11-20"), "coffee, in the journal");
    assert_eq!(newest("Rita Lima").as_deref(), Some("2026-11-20"), "people: of the journal");
    assert_eq!(newest("Ana Lima").as_deref(), Some("2026-10-12"), "the journal only mentions her");
    assert_eq!(book.promises().count(), 6);
    assert_eq!(book.habits().count(), 1);
}

#[test]
fn every_word_of_the_format_is_on_the_page() {
    let page = page();
    let mut missing = Vec::new();
    let mut need = |word: &str| {
        if !["`", ":`", ": "].iter().any(|end| page.contains(&format!("`{word}{end}"))) {
            missing.push(word.to_owned());
        }
    };
    FIELDS.iter().for_each(|field| need(field.key()));
    FIELDS.iter().flat_map(|field| field.synonyms()).for_each(|synonym| need(synonym));
    default_kinds().iter().for_each(|kind| need(&kind.name));
    default_relations().iter().for_each(|relation| need(&relation.name));
    default_circles().iter().for_each(|circle| need(&circle.name));
    Cadence::words().filter(|word| !matches!(*word, "seasonally")).for_each(need);
    assert!(missing.is_empty(), "not in docs/vault-format.md: {missing:?}");
}

#[test]
fn every_rhythm_on_the_page_is_read() {
    let page = page();
    let (_, table) = page.split_once("| `cadence:` | means |").unwrap();
    let (table, _) = table.split_once("\n\n").unwrap();
    let forms = table.lines().filter_map(|row| row.split('|').nth(1));
    let forms = forms.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect::<Vec<_>>();
    assert!(forms.len() > 15);
    for form in forms {
        assert!(Cadence::parse(form).is_some(), "`{form}` is not read");
    }
}

/// The first cells of a table, without backquotes, with the second ones.
fn rows<'a>(page: &'a str, header: &str) -> Vec<(Vec<&'a str>, &'a str)> {
    let (_, table) = page.split_once(header).unwrap();
    let (table, _) = table.split_once("\n\n").unwrap();
    let rows = table.lines().filter(|row| row.starts_with("| `")).map(|row| {
        let (_, rest) = row.split_once("| ").unwrap();
        let (first, second) = rest.split_once(" |").unwrap();
        (first.split('`').skip(1).step_by(2).collect::<Vec<_>>(), second)
    });
    rows.collect()
}

fn log_of(entry: &str) -> Vec<Interaction> {
    let path = NotePath::new("people/ana.md").unwrap();
    let entry = entry.replace('…', "…\n\nand so on");
    let note = decode(&path, &format!("## Log\n{entry}\n"), &Vocabulary::default());
    let Kind::Contact(contact) = note.kind else { return Vec::new() };
    contact.log
}

#[test]
fn the_entries_on_the_page_concern_whom_it_says() {
    let page = page();
    let rows = rows(&page, "| entry | contact with |");
    assert_eq!(rows.len(), 5);
    for (entries, says) in rows {
        let log = log_of(entries.first().unwrap());
        let entry = log.first().unwrap_or_else(|| panic!("{entries:?} is no entry"));
        let (with, mentioned) = says.split_once(';').unwrap_or((says, ""));
        for name in ["Rita", "João"] {
            let among = |links: &[LinkRef]| links.iter().any(|link| link.target.note == name);
            assert_eq!(among(&entry.with), with.contains(name), "{entries:?}: {name}");
            assert_eq!(among(&entry.mentions), mentioned.contains(name), "{entries:?}: {name}");
        }
    }
}

#[test]
fn every_form_of_an_entry_on_the_page_is_read() {
    let page = page();
    let rows = rows(&page, "| form | |");
    assert!(rows.len() >= 6);
    for form in rows.iter().flat_map(|(forms, _)| forms) {
        let expected = if form.contains("..") { "2026-10-14" } else { "2026-10-12" };
        let days = log_of(form).iter().map(|entry| entry.day.to_string()).collect::<Vec<_>>();
        assert_eq!(days, [expected], "{form}");
    }
}

#[test]
fn the_settings_on_the_page_have_no_findings() {
    let page = page();
    let blocks = page.split("\n```toml\n").skip(1).filter_map(|block| block.split("\n```").next());
    let blocks = blocks.collect::<Vec<_>>();
    assert_eq!(blocks.len(), 2);
    for block in blocks {
        let reading = read_settings(&mut Settings::default(), block, Scope::Vault);
        assert!(reading.findings.is_empty(), "{block}\n{:?}", reading.findings);
    }
}
