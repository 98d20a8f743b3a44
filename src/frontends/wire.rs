//! The JSON shapes that other programs read. Each carries `"version": 1`; within a version fields are only added.

use crate::features::listing::Listed;
use crate::people::book::Book;
use crate::text::diagnostic::Finding;
use crate::text::line_index::LineIndex;
use crate::text::visible::acts;
use serde::Serialize;
use std::fmt::Write;

/// The version of every shape here.
pub const VERSION: u32 = 1;

/// The answer to one command.
#[derive(Debug, Serialize)]
pub struct Answer<T: Serialize> {
    version: u32,
    #[serde(flatten)]
    body: T,
}

/// `body` as JSON text with a line end. Characters that would act on a terminal are written as escapes.
pub fn json<T: Serialize>(body: T) -> String {
    let answer = Answer { version: VERSION, body };
    // Our shapes have text keys and plain values; such a value always has a JSON form.
    let text = serde_json::to_string_pretty(&answer).unwrap_or_default();
    escaped(&text) + "\n"
}

/// `body` as JSON on one line, with a line end, as [`json`] else.
pub fn json_line<T: Serialize>(body: T) -> String {
    let answer = Answer { version: VERSION, body };
    escaped(&serde_json::to_string(&answer).unwrap_or_default()) + "\n"
}

/// Outside of strings JSON is ASCII, so every other character stands in a string, where an escape means the same.
fn escaped(json: &str) -> String {
    if !json.contains(acts) {
        return json.to_owned();
    }
    let mut escaped = String::with_capacity(json.len() + 16);
    for character in json.chars() {
        if acts(character) {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(character);
        }
    }
    escaped
}

/// The answer of `ties check`.
#[derive(Debug, Serialize)]
pub struct Findings {
    /// In the order in which they are shown.
    pub findings: Vec<WireFinding>,
    /// Whether a note may be missing because it could not be read.
    pub incomplete: bool,
}

/// A finding.
#[derive(Debug, Serialize)]
pub struct WireFinding {
    path: String,
    /// From 1; absent for the file as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    /// In characters, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
    code: &'static str,
    severity: &'static str,
    message: String,
    help: Option<String>,
    /// Whether `ties check --fix` mends it.
    fixable: bool,
}

impl WireFinding {
    /// The shape of `finding` in the file `path`, whose text is known or not.
    pub fn new(path: &str, text: Option<&str>, finding: &Finding) -> WireFinding {
        let text = text.filter(|text| finding.span.end > 0 && !text.is_empty());
        let place = text.map(|text| LineIndex::new(text).line_column(finding.span.start));
        WireFinding {
            path: path.to_owned(),
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            code: finding.code.word(),
            severity: finding.code.severity().word(),
            message: finding.message.clone(),
            help: finding.help.clone(),
            fixable: !finding.fix.is_empty(),
        }
    }
}

/// The answer of `ties list`.
#[derive(Debug, Serialize)]
pub struct Contacts {
    /// In the order in which they are shown.
    pub contacts: Vec<WireContact>,
}

/// A contact in a list.
#[derive(Debug, Serialize)]
pub struct WireContact {
    name: String,
    path: String,
    circle: Option<String>,
    groups: Vec<String>,
    /// ISO; what the log and the journal show, else what the note claims.
    last_contact: Option<String>,
}

impl WireContact {
    /// The shape of somebody in a list.
    pub fn new(book: &Book, listed: &Listed<'_>) -> WireContact {
        let brief = book.brief(listed.id);
        WireContact {
            name: brief.name.clone(),
            path: listed.path.to_string(),
            circle: brief.circle.clone(),
            groups: brief.labels.groups().map(str::to_owned).collect(),
            last_contact: listed.last_contact.map(|date| date.to_string()),
        }
    }
}

/// The answer of `ties config list` and `ties config get`.
#[derive(Debug, Serialize)]
pub struct SettingsList {
    /// In the order of the documentation.
    pub settings: Vec<WireSetting>,
}

/// A setting.
#[derive(Debug, Serialize)]
pub struct WireSetting {
    /// With dots, `agenda.limit`.
    pub name: String,
    /// As TOML; `null` where it is not set.
    pub toml: Option<String>,
    /// `default`, a file with its line, a variable or a flag.
    pub origin: String,
    /// What it does.
    pub doc: &'static str,
}

#[cfg(test)]
mod tests {
    use crate::frontends::wire::{SettingsList, WireSetting, json};

    #[test]
    fn json_is_safe_to_look_at_and_means_the_same() {
        let odd = "a\u{1b}[31m\u{9b}\u{202e}\u{e0041}\u{7f}é";
        let setting =
            WireSetting { name: odd.to_owned(), toml: None, origin: String::new(), doc: "" };
        let text = json(SettingsList { settings: vec![setting] });
        assert!(!text.contains(['\u{1b}', '\u{9b}', '\u{202e}', '\u{e0041}', '\u{7f}']));
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["version"], 1);
        assert_eq!(read["settings"][0]["name"], odd);
    }
}
