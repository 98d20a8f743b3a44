//! Reading settings text: row by row, with a finding for whatever cannot be used. Reading never fails: what is not
//! understood leaves the value that was there before.

use crate::features::setting_rows::{ROWS, Refused, Row, Scope};
use crate::features::setting_words::settle_relations;
use crate::features::settings::{FORMAT, Settings};
use crate::note::toml::{Entry, Value, key_text, read};
use crate::people::field::FIELDS;
use crate::text::diagnostic::{Code, Finding};
use crate::text::span::Span;
use crate::text::suggest::nearest;

/// What a settings text said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The settings that it sets, by their full names (`circles.inner.cadence`), each with the place of its value.
    pub set: Vec<(String, Span)>,
    /// What was noticed, in file order.
    pub findings: Vec<Finding>,
}

/// Names that run or reach something, in one tool or another: a vault that holds one wants more than it may.
const NEVER_IN_A_VAULT: &[&str] = &[
    "browser",
    "command",
    "commands",
    "endpoint",
    "endpoints",
    "exec",
    "hook",
    "hooks",
    "pager",
    "plugin",
    "plugins",
    "run",
    "script",
    "scripts",
    "shell",
];

/// Tables that the format names and of which this version knows no setting.
const RESERVED: &[&str] = &["habits"];

/// Takes what `text` says over into `settings`. `scope` says whose text it is: a vault's may not set what is the
/// user's.
pub fn read_settings(settings: &mut Settings, text: &str, scope: Scope) -> Reading {
    let mut reader = Reader { settings, scope, reading: Reading::default() };
    match read(text) {
        Ok(entries) => reader.table(&entries, &mut Vec::new()),
        Err(error) => {
            let message = format!("this is not TOML ({})", error.message);
            let mend = match error.message.as_str() {
                "duplicate key" => "it stands above already: put both together there",
                _ => "mend this line",
            };
            let until = match scope {
                Scope::Vault => {
                    "until then the defaults count, and nothing in the vault is changed"
                }
                Scope::User => "until then the defaults count",
            };
            reader.note(Code::SettingsNotToml, error.span, message, format!("{mend}; {until}"));
        }
    }
    settle_relations(&mut reader.settings.words.relations);
    let mut reading = reader.reading;
    reading.findings.sort_by_key(|finding| finding.span);
    reading
}

struct Reader<'a> {
    settings: &'a mut Settings,
    scope: Scope,
    reading: Reading,
}

impl Reader<'_> {
    fn note(&mut self, code: Code, span: Span, message: String, help: impl Into<String>) {
        self.reading.findings.push(Finding::new(code, span, message).help(help));
    }

    fn table(&mut self, entries: &[Entry], path: &mut Vec<String>) {
        for entry in entries {
            path.push(entry.key.clone());
            self.entry(entry, path);
            path.pop();
        }
    }

    fn entry(&mut self, entry: &Entry, path: &mut Vec<String>) {
        let exact = row_of(path);
        let leads_on = is_table(path);
        match (exact, &entry.node.value) {
            (Some(row), value) => self.value(row, path, entry, value),
            (None, Value::Table(inner)) if leads_on => self.table(inner, path),
            (None, _) if leads_on => {
                let message = format!("`{}` is a table of settings", full_name(path));
                let help = format!("write `[{}]` and its settings below", full_name(path));
                self.note(Code::BadSetting, entry.node.span, message, help);
            }
            (None, Value::Table(_)) if is_reserved(path) => {}
            (None, _) => self.unknown(entry, path),
        }
    }

    fn value(&mut self, row: &Row, path: &[String], entry: &Entry, value: &Value) {
        let name = full_name(path);
        if row.scope == Scope::User && self.scope == Scope::Vault {
            return self.forbidden(&name, entry.key_span);
        }
        let before = row.show(self.settings);
        match row.read(self.settings, star_of(row, path), value) {
            Ok(()) => {
                self.reading.set.push((name, entry.node.span));
                if row.name == "format" {
                    self.format(entry.node.span);
                }
            }
            Err(Refused::UnknownName) => self.unknown(entry, path),
            Err(Refused::NotAWord) => {
                let message = format!("`{}` is not one word of letters", entry.key);
                let help = "a log is read word by word: choose one word, perhaps with hyphens";
                self.note(Code::BadSetting, entry.key_span, message, help);
            }
            Err(Refused::Outside) => {
                let message = format!("`{name}` points outside of the vault");
                self.note(
                    Code::ForbiddenSetting,
                    entry.node.span,
                    message,
                    "name a folder inside of it",
                );
            }
            Err(Refused::Unfit) => {
                let message = format!("`{name}` must be {}", row.expected);
                let star = star_of(row, path);
                let kept = before.into_iter().find(|(name, _)| name == star);
                let kept = kept.map_or("until then it is not set".to_owned(), |(_, shown)| {
                    format!("until then {shown} counts")
                });
                self.note(Code::BadSetting, entry.node.span, message, kept);
            }
        }
    }

    fn format(&mut self, span: Span) {
        let format = self.settings.format;
        if format > FORMAT {
            let message = format!("this vault is of format {format}; this program knows {FORMAT}");
            self.note(
                Code::NewerFormat,
                span,
                message,
                "it is read, and nothing in it is changed; a newer ties writes it",
            );
        }
    }

    fn forbidden(&mut self, name: &str, span: Span) {
        let message = format!("`{name}` may not be set by a vault");
        self.note(Code::ForbiddenSetting, span, message, "set it in your own configuration");
    }

    fn unknown(&mut self, entry: &Entry, path: &[String]) {
        let name = full_name(path);
        if self.scope == Scope::Vault
            && NEVER_IN_A_VAULT.contains(&entry.key.to_lowercase().as_str())
        {
            return self.forbidden(&name, entry.key_span);
        }
        let message = format!("there is no setting `{name}`");
        let help = match suggestion(path) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`ties config list` shows them all".to_owned(),
        };
        self.note(Code::UnknownSetting, entry.key_span, message, help);
    }
}

fn is_reserved(path: &[String]) -> bool {
    matches!(path, [name] if RESERVED.contains(&name.as_str()))
}

/// Whether a row is, or lies below, `path`.
fn fit(row: &Row, path: &[String]) -> bool {
    let mut parts = row.parts();
    path.iter().all(|key| parts.next().is_some_and(|part| part == "*" || part == key))
}

/// The row of the setting at `path`.
pub fn row_of(path: &[String]) -> Option<&'static Row> {
    ROWS.iter().find(|row| fit(row, path) && row.parts().count() == path.len())
}

/// Whether settings lie below `path`.
pub fn is_table(path: &[String]) -> bool {
    ROWS.iter().any(|row| fit(row, path) && row.parts().count() > path.len())
}

/// What stands in the place of the `*`; empty where there is none.
pub fn star_of<'a>(row: &Row, path: &'a [String]) -> &'a str {
    let star = row.parts().position(|part| part == "*").and_then(|at| path.get(at));
    star.map_or("", String::as_str)
}

/// The name with dots, as it is typed.
pub fn full_name(path: &[String]) -> String {
    path.iter().map(|part| key_text(part)).collect::<Vec<_>>().join(".")
}

/// The name that a path of keys which leads nowhere may mean.
pub fn suggestion(path: &[String]) -> Option<String> {
    let (key, table) = path.split_last()?;
    let rows =
        ROWS.iter().filter(|row| fit(row, table)).filter_map(|row| row.parts().nth(table.len()));
    let fields = FIELDS.iter().map(|field| field.key()).filter(|_| table == ["fields"]);
    let near = nearest(key, rows.chain(fields).filter(|part| *part != "*"));
    let inside_table = near.map(|near| {
        let path = table.iter().cloned().chain([near.to_owned()]).collect::<Vec<_>>();
        full_name(&path)
    });
    // Perhaps only its table is missing: `limit` for `agenda.limit`.
    let elsewhere = || ROWS.iter().find(|row| table.is_empty() && row.parts().last() == Some(key));
    inside_table.or_else(|| elsewhere().map(|row| row.name.replace('*', "NAME")))
}

#[cfg(test)]
mod tests {
    use crate::features::read_settings::read_settings;
    use crate::features::setting_rows::Scope;
    use crate::features::settings::Settings;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    fn check(text: &str, scope: Scope, expected: &Expect) -> Settings {
        let mut settings = Settings::default();
        let reading = read_settings(&mut settings, text, scope);
        let shown = reading.findings.iter().map(|finding| {
            let help = finding.help.as_deref().unwrap_or("");
            format!(
                "{} {:?}: {}; {help}\n",
                finding.code.word(),
                finding.span.of(text),
                finding.message
            )
        });
        expected.assert_eq(&shown.collect::<String>());
        settings
    }

    #[test]
    fn every_shape_of_the_format_is_read() {
        let text = r#"
format = 1
me = "[[people/me]]"
fresh_start = 2026-03-01
away = ["2026-12-20..2027-01-05", 2026-05-01]
ignore = "old/"
day_starts_at = 03:30:00
leap_day = "03-01"
[folders]
people = ["people/", "."]
[fields]
last_contact = ["Last Spoke"]
[circles.inner]
cadence = "weekly"
[circles."book club"]
cadence = "2-3 weeks"
how = "Ask what they read"
occasion_lead = "1w"
[agenda]
limit = 2
new_connections = false
[journal]
count = "links"
[log]
headings = ["Letters"]
not_contact = ["dream"]
kinds = { met = ["Kaffee"], sauna = [] }
[relations]
patron = { inverse = "protege" }
[triggers.new-pet]
after = ["3d"]
suggestion = "Ask for a picture"
[triggers.wedding]
after = []
"#;
        let settings = check(text, Scope::Vault, &expect![""]);
        assert_eq!(settings.me.as_deref(), Some("people/me"));
        assert_eq!(settings.words.folders.people, ["people", "."]);
        assert_eq!((settings.day_starts_at, settings.leap_day_in_march), (210, true));
        let club = settings.words.circles.iter().find(|circle| circle.name == "book club").unwrap();
        assert_eq!(club.cadence.unwrap().to_string(), "every 2-3 weeks");
        assert!(settings.words.kinds.iter().any(|kind| kind.name == "sauna"));
        assert!(
            settings
                .words
                .relations
                .iter()
                .any(|kind| kind.name == "protege" && kind.inverse == "patron")
        );
        let wedding = settings.triggers.iter().find(|trigger| trigger.event == "wedding").unwrap();
        assert!(wedding.after.is_empty());
    }

    #[test]
    fn what_cannot_be_used_is_said_and_the_default_stays() {
        let text = r#"
fmt = 1
limit = 3
day_starts_at = "25:00"
away = ["soon"]
agenda = 5
[agenda.limit]
x = 1
[circle.inner]
cadence = "weekly"
[circles.inner]
cadance = "weekly"
cadence = "montly"
[circles.new]
cadence = "often"
[fields]
birthdey = ["b"]
[log.kinds]
met = ["mail"]
[[views]]
"#;
        let text_without_second_agenda = text.replace("agenda = 5\n", "");
        let settings = check(
            &text_without_second_agenda,
            Scope::Vault,
            &expect![[r#"
                unknown-setting "fmt": there is no setting `fmt`; `ties config list` shows them all
                unknown-setting "limit": there is no setting `limit`; did you mean `agenda.limit`?
                bad-setting "\"25:00\"": `day_starts_at` must be a time before noon, "04:00"; until then "04:00" counts
                bad-setting "[\"soon\"]": `away` must be a list of days and ranges of days, "2026-12-20..2027-01-05"; until then [] counts
                bad-setting "[agenda.limit]": `agenda.limit` must be a whole number from 0 to 100; until then 4 counts
                unknown-setting "circle": there is no setting `circle`; did you mean `circles`?
                unknown-setting "cadance": there is no setting `circles.inner.cadance`; did you mean `circles.inner.cadence`?
                bad-setting "\"montly\"": `circles.inner.cadence` must be a rhythm, such as "2-3 weeks", "monthly" or "never"; until then "1-2 weeks" counts
                bad-setting "\"often\"": `circles.new.cadence` must be a rhythm, such as "2-3 weeks", "monthly" or "never"; until then it is not set
                unknown-setting "birthdey": there is no setting `fields.birthdey`; did you mean `fields.birthday`?
                bad-setting "[\"mail\"]": `log.kinds.met` must be a list of words of letters, none of them the name of another kind; until then it is not set
                bad-setting "[[views]]": `views` is a table of settings; write `[views]` and its settings below
            "#]],
        );
        assert_eq!(settings.agenda.limit, 4);
        assert!(!settings.words.circles.iter().any(|circle| circle.name == "new"));
        check(
            "agenda = 5\n",
            Scope::Vault,
            &expect![[r#"
            bad-setting "5": `agenda` is a table of settings; write `[agenda]` and its settings below
        "#]],
        );
    }

    #[test]
    fn a_vault_runs_nothing_and_leads_nowhere() {
        let text = r#"
editor = "rm -rf"
pager = "rm -rf"
vault = "/etc"
color = "always"
[hooks]
after = "x"
[agenda]
command = "x"
[folders]
people = ["../other"]
inbox = "/etc/passwd"
"#;
        check(
            text,
            Scope::Vault,
            &expect![[r#"
            forbidden-setting "editor": `editor` may not be set by a vault; set it in your own configuration
            forbidden-setting "pager": `pager` may not be set by a vault; set it in your own configuration
            forbidden-setting "vault": `vault` may not be set by a vault; set it in your own configuration
            forbidden-setting "color": `color` may not be set by a vault; set it in your own configuration
            forbidden-setting "hooks": `hooks` may not be set by a vault; set it in your own configuration
            forbidden-setting "command": `agenda.command` may not be set by a vault; set it in your own configuration
            forbidden-setting "[\"../other\"]": `folders.people` points outside of the vault; name a folder inside of it
            forbidden-setting "\"/etc/passwd\"": `folders.inbox` points outside of the vault; name a folder inside of it
        "#]],
        );
        check(
            "editor = \"vi\"\nvault = \"~/v\"\nhooks = 1\n",
            Scope::User,
            &expect![[r#"
            unknown-setting "hooks": there is no setting `hooks`; `ties config list` shows them all
        "#]],
        );
    }

    #[test]
    fn a_broken_file_and_a_newer_one_say_so() {
        let settings = check(
            "[agenda]\nlimit = 2\nlimit = 3\n",
            Scope::Vault,
            &expect![[r#"
            settings-not-toml "limit": this is not TOML (duplicate key); it stands above already: put both together there; until then the defaults count, and nothing in the vault is changed
        "#]],
        );
        assert_eq!(settings.agenda.limit, 4);
        let settings = check(
            "format = 2\n[agenda]\nlimit = 2\n",
            Scope::Vault,
            &expect![[r#"
            newer-format "2": this vault is of format 2; this program knows 1; it is read, and nothing in it is changed; a newer ties writes it
        "#]],
        );
        assert_eq!((settings.format, settings.agenda.limit), (2, 2));
    }

    #[test]
    fn views_are_kept_and_the_table_of_habits_waits() {
        let settings = check(
            "[views]\nclose = \"circle:inner\"\nempty = \" \"\n[habits]\nsoon = 1\n",
            Scope::Vault,
            &expect![[r#"
                bad-setting "\" \"": `views.empty` must be a query, such as "circle:inner"; until then it is not set
            "#]],
        );
        assert_eq!(settings.views, [("close".to_owned(), "circle:inner".to_owned())]);
        check(
            "habits = 1\n",
            Scope::Vault,
            &expect![[r#"
            unknown-setting "habits": there is no setting `habits`; did you mean `folders.habits`?
        "#]],
        );
    }

    #[test]
    fn a_kind_is_one_word_of_letters() {
        let settings = check(
            "[log]\nnot_contact = [\"day 1\"]\n[log.kinds]\n\"book club\" = []\nmet = [\"2nd coffee\"]\nRadtour = [\"Rad-Ausflug\"]\n",
            Scope::Vault,
            &expect![[r#"
                bad-setting "[\"day 1\"]": `log.not_contact` must be a list of kinds of entries, each one word of letters; until then [] counts
                bad-setting "\"book club\"": `book club` is not one word of letters; a log is read word by word: choose one word, perhaps with hyphens
                bad-setting "[\"2nd coffee\"]": `log.kinds.met` must be a list of words of letters, none of them the name of another kind; until then it is not set
            "#]],
        );
        assert!(settings.words.kinds.iter().any(|kind| kind.name == "Radtour"));
        assert!(!settings.words.kinds.iter().any(|kind| kind.name.contains(' ')));
    }

    #[test]
    fn the_example_village_has_good_settings() {
        let text = include_str!("../../example-vault/ties.toml");
        let settings = check(text, Scope::Vault, &expect![""]);
        assert_eq!(settings.me.as_deref(), Some("people/me"));
        assert!(settings.words.circles.iter().any(|circle| circle.name == "neighbours"));
    }

    proptest! {
        #[test]
        fn nothing_panics(
            key in prop::sample::select(vec!["format", "me", "away", "folders.people", "circles.x.cadence", "relations.a.parent", "triggers.x.after", "log.kinds.met", "q.\"ü\""]),
            value in "\\PC{0,12}",
        ) {
            for scope in [Scope::Vault, Scope::User] {
                read_settings(&mut Settings::default(), &format!("{key} = {value}"), scope);
                read_settings(&mut Settings::default(), &format!("{key} = [{value:?}]"), scope);
            }
        }
    }
}
