//! `docs/settings.md`: its table is made from the table of settings, and its example is read without findings.

use std::path::Path;
use ties::features::read_settings::read_settings;
use ties::features::setting_rows::Scope;
use ties::features::settings::Settings;
use ties::features::settings_text::documentation;

const HEADING: &str = "## Every setting\n\n";

#[test]
fn the_page_lists_every_setting_as_it_is() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/settings.md");
    let page = std::fs::read_to_string(&file).unwrap();
    let (before, _) = page.split_once(HEADING).unwrap();
    let renewed = format!("{before}{HEADING}{}", documentation());
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&file, &renewed).unwrap();
    } else {
        assert_eq!(page, renewed, "UPDATE_EXPECT=1 renews docs/settings.md");
    }
}

#[test]
fn the_example_of_the_page_is_good() {
    let page = include_str!("../../docs/settings.md");
    let (_, rest) = page.split_once("```toml\n").unwrap();
    let (example, _) = rest.split_once("```").unwrap();
    let reading = read_settings(&mut Settings::default(), example, Scope::Vault);
    assert_eq!(reading.findings, []);
    assert!(reading.set.len() > 10);
}
