//! `docs/query-language.md`: its tables are made from the tables of the language, and its examples are understood.

use std::path::Path;
use ties::features::query::field::QUERY_FIELDS;
use ties::features::query::reference::reference;
use ties::features::query::understand::understand;
use ties::features::settings::Settings;
use ties::features::standing::Situation;
use ties::note::path::NotePath;
use ties::people::book::Book;
use ties::people::decode::decode;
use ties::people::vocabulary::Vocabulary;
use ties::text::day::Day;

const HEADING: &str = "## Every field\n";

#[test]
fn the_page_lists_every_field_as_it_is() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/query-language.md");
    let page = std::fs::read_to_string(&file).unwrap();
    let (before, _) = page.split_once(HEADING).unwrap();
    let renewed = format!("{before}{}", reference());
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&file, &renewed).unwrap();
    } else {
        assert_eq!(page, renewed, "UPDATE_EXPECT=1 renews docs/query-language.md");
    }
}

#[test]
fn every_example_is_understood() {
    let page = include_str!("../../docs/query-language.md");
    let before = page.split(HEADING).next().unwrap();
    let table = before
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` |"))
        .map(|(query, _)| query);
    let rows = QUERY_FIELDS.iter().map(|field| field.example());
    let examples = table.chain(rows).collect::<Vec<_>>();
    assert!(examples.len() > 60, "{}", examples.len());
    let (settings, vocabulary) = (Settings::default(), Vocabulary::default());
    let ana = "---\nname: Ana\naliases: [João Faria]\nshoe size: 38\nlanguage: Portuguese\n---\n";
    let note = decode(&NotePath::new("people/ana.md").unwrap(), ana, &vocabulary);
    let book = Book::new(vec![note], &vocabulary, None);
    let situation =
        Situation::new(&book, Day::parse("2026-11-21").unwrap(), &settings, &vocabulary);
    let views = [("close".to_owned(), "circle:inner".to_owned())];
    for example in examples {
        let understood = understand(example, &situation, &views);
        assert!(understood.is_ok(), "{example}: {:?}", understood.err());
    }
}
