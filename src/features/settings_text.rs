//! Settings as text: the commented file of a new vault, and the page of the documentation.

use crate::features::setting_rows::{ROWS, Row, Scope};
use crate::features::settings::Settings;
use crate::note::toml::{key_text, quoted};
use crate::text::day::Day;

/// The settings file of a new vault: every setting with its default, commented out, but for the format and the fresh
/// start on `today`.
pub fn new_vault(today: Day) -> String {
    let mut text = String::from(
        "# Settings of this vault. Every line may be deleted: what is commented out shows the default, or an example where\n# there is none.\n",
    );
    let mut table = "";
    for row in ROWS.iter().filter(|row| row.scope == Scope::Vault) {
        if row.table() != table && !row.is_open() {
            table = row.table();
            text += &format!("\n[{table}]\n");
        }
        if row.is_open() {
            text += &open_rows(row);
            continue;
        }
        text += &match row.name {
            "format" => format!("\n# {}.\nformat = 1\n", row.doc),
            "fresh_start" => {
                format!("\n# {}.\nfresh_start = {}\n", row.doc, quoted(&today.to_string()))
            }
            _ => format!("\n# {}.\n# {}\n", row.doc, default_line(row)),
        };
    }
    text
}

/// All rows of an open table, at its first one: a comment for each, then the defaults name by name, or an example.
fn open_rows(row: &Row) -> String {
    let (group, _) = row.name.split_once('*').unwrap_or((row.name, ""));
    let rows = ROWS.iter().filter(|other| other.name.starts_with(group)).collect::<Vec<_>>();
    if rows.first().is_some_and(|first| first.name != row.name) {
        return String::new();
    }
    let mut text = String::from("\n");
    for row in &rows {
        let key = row.name.rsplit('.').next().unwrap_or("");
        let what = if key == "*" { String::new() } else { format!("{key}: ") };
        text += &format!("# {what}{}.\n", row.doc);
    }
    let table = group.trim_end_matches('.');
    let names = names_of(&rows);
    if row.name.ends_with(".*") {
        return text + &format!("# [{table}]\n# {}\n", row.example);
    }
    for name in &names {
        text += &format!("# [{table}.{}]\n", key_text(name));
        for row in &rows {
            let key = row.name.rsplit('.').next().unwrap_or("");
            let value = row.show(&Settings::default()).into_iter().find(|(of, _)| of == name);
            text += &value.map(|(_, value)| format!("# {key} = {value}\n")).unwrap_or_default();
        }
    }
    if names.is_empty() {
        text += &format!("# [{table}.patron]\n");
        rows.iter().for_each(|row| text += &format!("# {}\n", row.example));
    }
    text
}

fn names_of(rows: &[&Row]) -> Vec<String> {
    let mut names = Vec::new();
    for (name, _) in rows.iter().flat_map(|row| row.show(&Settings::default())) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn default_line(row: &Row) -> String {
    let key = row.name.rsplit('.').next().unwrap_or(row.name);
    match row.show(&Settings::default()).first() {
        Some((_, shown)) if shown != "[]" || row.example.is_empty() => format!("{key} = {shown}"),
        _ => row.example.to_owned(),
    }
}

/// The table of settings for the documentation, in Markdown.
pub fn documentation() -> String {
    let mut text = String::from("| setting | what it does | default |\n|---|---|---|\n");
    for row in ROWS {
        let name = row.name.replace('*', "NAME");
        let place = if row.scope == Scope::User { " (your own configuration only)" } else { "" };
        let default = match row.show(&Settings::default()).as_slice() {
            [] => "not set".to_owned(),
            _ if row.is_open() => {
                format!("see `ties config list {}`", row.name.split('.').next().unwrap_or(""))
            }
            [(_, shown), ..] => format!("`{shown}`"),
        };
        text += &format!(
            "| `{name}` | {}{place}. It must be {}. | {default} |\n",
            row.doc, row.expected
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use crate::features::read_settings::read_settings;
    use crate::features::setting_rows::{ROWS, Scope};
    use crate::features::settings::Settings;
    use crate::features::settings_text::new_vault;
    use crate::text::day::Day;

    fn today() -> Day {
        Day::parse("2026-11-21").unwrap()
    }

    #[test]
    fn a_new_vault_has_the_defaults_and_a_fresh_start() {
        let mut settings = Settings::default();
        let reading = read_settings(&mut settings, &new_vault(today()), Scope::Vault);
        assert_eq!(reading.findings, []);
        let defaults = Settings { fresh_start: Some(today()), ..Settings::default() };
        assert_eq!(format!("{settings:?}"), format!("{defaults:?}"));
    }

    #[test]
    fn every_commented_line_is_a_setting() {
        let text = new_vault(today());
        let is_setting = |line: &str| {
            let line = line.trim_start_matches("# ");
            line.starts_with('[')
                || line.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '))
        };
        let open = text
            .lines()
            .map(|line| if is_setting(line) { line.trim_start_matches("# ") } else { line });
        let open = open.collect::<Vec<_>>().join("\n");
        let mut settings = Settings::default();
        let reading = read_settings(&mut settings, &open, Scope::Vault);
        assert_eq!(reading.findings, [], "{open}");
        for row in ROWS.iter().filter(|row| row.scope == Scope::Vault) {
            let name = |set: &str| {
                let parts = set.split('.').collect::<Vec<_>>();
                row.parts().count() == parts.len()
                    && row.parts().zip(&parts).all(|(part, set)| part == "*" || part == *set)
            };
            assert!(reading.set.iter().any(|(set, _)| name(set)), "{} is missing", row.name);
        }
    }
}
