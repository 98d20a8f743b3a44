//! Values and keys as TOML text, on one line each.

use crate::note::toml::{TomlValue, is_date};

/// Keys with dots between them, quoted where they must be.
pub fn dotted(keys: &[&str]) -> String {
    keys.iter().map(|key| written_key(key)).collect::<Vec<_>>().join(".")
}

fn written_key(key: &str) -> String {
    let is_bare = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    match !key.is_empty() && key.chars().all(is_bare) {
        true => key.to_owned(),
        false => quoted(key),
    }
}

/// A value on one line, as TOML; `Err` for a date that is none.
pub fn written(value: &TomlValue) -> Result<String, String> {
    Ok(match value {
        TomlValue::Text(text) => quoted(text),
        TomlValue::Integer(number) => number.to_string(),
        TomlValue::Float(number) if number.is_nan() => "nan".to_owned(),
        TomlValue::Float(number) => format!("{number:?}"),
        TomlValue::Flag(flag) => flag.to_string(),
        TomlValue::Date(date) if is_date(date) => date.clone(),
        TomlValue::Date(date) => return Err(format!("`{date}` is not a date")),
        TomlValue::List(items) => {
            let items = items.iter().map(|item| written(&item.value));
            format!("[{}]", items.collect::<Result<Vec<_>, _>>()?.join(", "))
        }
        TomlValue::Table(table) if table.entries.is_empty() => "{}".to_owned(),
        TomlValue::Table(table) => {
            let pairs = table.entries.iter().map(|entry| {
                Ok(format!("{} = {}", written_key(&entry.key), written(&entry.node.value)?))
            });
            format!("{{ {} }}", pairs.collect::<Result<Vec<_>, String>>()?.join(", "))
        }
    })
}

/// A basic string (TOML 1.0, "String").
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            other if other.is_control() || other == '\u{feff}' => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(other)));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
