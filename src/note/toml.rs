//! Settings text: read with the place of every key and value, changed without touching anything else.
//!
//! Invariant: a change is one splice, and it is read back before it is offered: everything else means what it meant.

use crate::note::change::Refusal;
use crate::text::edit::{Edit, apply};
use crate::text::span::Span;
use std::collections::BTreeMap;
use toml_edit::{Document, Item, TableLike};

/// A TOML value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Any of the four kinds of strings.
    Text(String),
    /// A whole number.
    Number(i64),
    /// `true` or `false`.
    Flag(bool),
    /// A date, a time, or both, as written.
    Date(String),
    /// An array.
    List(Vec<Node>),
    /// A table of any spelling.
    Table(Vec<Entry>),
    /// Something that no setting is: a fraction, or an array of tables (what TOML calls it).
    Other(&'static str),
}

/// A value with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where; of a table with a header the header.
    pub span: Span,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key, unquoted.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub node: Node,
}

/// Why a text is not TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotToml {
    /// Where.
    pub span: Span,
    /// Why, in the words of the parser.
    pub message: String,
}

/// The keys of a settings text, in file order.
pub fn read(text: &str) -> Result<Vec<Entry>, NotToml> {
    let document = Document::parse(text).map_err(|error| NotToml {
        span: span_of(error.span()),
        message: error.message().lines().collect::<Vec<_>>().join(", "),
    })?;
    Ok(entries_of(document.as_table()))
}

/// One TOML value, as somebody may type it; `None` where it is not one.
pub fn value(literal: &str) -> Option<Value> {
    let text = format!("value = {literal}");
    match read(&text).ok()?.as_slice() {
        [entry] if entry.key == "value" => Some(entry.node.value.clone()),
        _ => None,
    }
}

/// `text` as a TOML string.
pub fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

/// The value as TOML text; tables inline.
pub fn literal(value: &Value) -> String {
    match value {
        Value::Text(text) => quoted(text),
        Value::Number(number) => number.to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::Date(date) => date.clone(),
        Value::List(items) => {
            let items = items.iter().map(|item| literal(&item.value)).collect::<Vec<_>>();
            format!("[{}]", items.join(", "))
        }
        Value::Table(entries) => {
            let entries = entries
                .iter()
                .map(|entry| format!("{} = {}", key_text(&entry.key), literal(&entry.node.value)))
                .collect::<Vec<_>>();
            format!("{{ {} }}", entries.join(", "))
        }
        Value::Other(what) => (*what).to_owned(),
    }
}

/// A key as it is written: quoted only where it must be.
pub fn key_text(key: &str) -> String {
    let bare = |character: char| character.is_ascii_alphanumeric() || "_-".contains(character);
    if !key.is_empty() && key.chars().all(bare) { key.to_owned() } else { quoted(key) }
}

fn span_of(range: Option<std::ops::Range<usize>>) -> Span {
    range.map_or(Span::at(0), |range| Span::new(range.start, range.end))
}

fn entries_of(table: &dyn TableLike) -> Vec<Entry> {
    let mut entries = table
        .iter()
        .map(|(key, item)| Entry {
            key: key.to_owned(),
            key_span: span_of(table.key(key).and_then(toml_edit::Key::span)),
            node: node_of(item),
        })
        .collect::<Vec<_>>();
    entries.sort_by_key(|entry| entry.key_span);
    entries
}

fn node_of(item: &Item) -> Node {
    let span = span_of(item.span());
    if let Some(table) = item.as_table_like() {
        return Node { value: Value::Table(entries_of(table)), span };
    }
    let value = item.as_value().map_or(Value::Other(item.type_name()), value_of);
    Node { value, span }
}

fn value_of(value: &toml_edit::Value) -> Value {
    match value {
        toml_edit::Value::String(text) => Value::Text(text.value().clone()),
        toml_edit::Value::Integer(number) => Value::Number(*number.value()),
        toml_edit::Value::Boolean(flag) => Value::Flag(*flag.value()),
        toml_edit::Value::Datetime(date) => Value::Date(date.value().to_string()),
        toml_edit::Value::Array(items) => {
            let node = |item: &toml_edit::Value| Node {
                value: value_of(item),
                span: span_of(item.span()),
            };
            Value::List(items.iter().map(node).collect())
        }
        toml_edit::Value::InlineTable(table) => Value::Table(entries_of(table)),
        toml_edit::Value::Float(_) => Value::Other("float"),
    }
}

/// The edit that gives the setting `name` (`["agenda", "limit"]`, never empty) a value (TOML text). An existing value
/// is replaced; else a line is added in its table, below a commented `# limit = …` where there is one; else the table
/// is added at the end.
pub fn set(text: &str, name: &[&str], value: &str) -> Result<Edit, Refusal> {
    let entries =
        read(text).map_err(|error| refusal(&format!("it is not TOML: {}", error.message)))?;
    let edit = match find(&entries, name) {
        Found::Value(span) => Edit::replace(span, value),
        Found::Table => return Err(refusal("that name is a table")),
        Found::Inside => return Err(refusal("its table is written on one line")),
        Found::Nothing => added(text, name, value),
    };
    verified(text, &entries, name, value, &edit)?;
    Ok(edit)
}

fn refusal(reason: &str) -> Refusal {
    Refusal { reason: reason.to_owned(), hint: Some("change the settings file by hand".to_owned()) }
}

enum Found {
    Value(Span),
    Table,
    /// Not there, and its table is one value or spelled with dots.
    Inside,
    Nothing,
}

fn find(entries: &[Entry], name: &[&str]) -> Found {
    let Some((first, rest)) = name.split_first() else { return Found::Table };
    let Some(entry) = entries.iter().find(|entry| entry.key == *first) else {
        return Found::Nothing;
    };
    match (&entry.node.value, rest) {
        (Value::Table(_), []) => Found::Table,
        (_, []) => Found::Value(entry.node.span),
        (Value::Table(inner), rest) => match find(inner, rest) {
            Found::Nothing if !has_header(&entry.node, inner) => Found::Inside,
            found => found,
        },
        _ => Found::Inside,
    }
}

/// Whether a table has a header of its own or is made by headers of tables in it.
fn has_header(node: &Node, inner: &[Entry]) -> bool {
    let Value::Table(_) = node.value else { return false };
    let headers = |entry: &Entry| matches!(&entry.node.value, Value::Table(inner) if has_header(&entry.node, inner));
    // The header `[agenda]` is longer than the key; a dotted key or an implied table has the key's own span.
    inner.iter().any(headers) || inner.iter().all(|entry| entry.key_span.start >= node.span.end)
}

/// The insertion of a new line in its table: below its commented default, else below the last value, else below the
/// header; or of a new table at the end.
fn added(text: &str, name: &[&str], value: &str) -> Edit {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let (key, table) = name.split_last().map_or(("", name), |(key, table)| (*key, table));
    let line = format!("{} = {value}{end}", key_text(key));
    let lines = lines_of(text);
    let header = table.iter().map(|part| key_text(part)).collect::<Vec<_>>().join(".");
    let body = if table.is_empty() { Some(0) } else { body_start(&lines, &header) };
    let Some(start) = body else {
        let gap = if text.is_empty() { "" } else { end };
        let joint = if text.is_empty() || text.ends_with('\n') { "" } else { end };
        return Edit::insert(text.len(), format!("{joint}{gap}[{header}]{end}{line}"));
    };
    let body = lines.iter().skip(start).take_while(|(_, line)| header_of(line).is_none());
    let body = body.copied().collect::<Vec<_>>();
    let comment = body.iter().position(|(_, line)| is_commented(line, key));
    let last =
        body.iter().rposition(|(_, line)| !line.trim().is_empty() && !line.trim().starts_with('#'));
    match comment.or(last).and_then(|at| body.get(at)) {
        Some((at, line_before)) => after(*at, line_before, &line, end),
        None => match start.checked_sub(1).and_then(|at| lines.get(at)) {
            Some((at, header_line)) => after(*at, header_line, &line, end),
            None => Edit::insert(top(text), line),
        },
    }
}

fn after(at: usize, line_before: &str, line: &str, end: &str) -> Edit {
    if line_before.ends_with('\n') {
        Edit::insert(at + line_before.len(), line)
    } else {
        Edit::insert(at + line_before.len(), format!("{end}{line}"))
    }
}

/// Behind a byte order mark.
fn top(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

fn lines_of(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n')
        .map(|line| {
            at += line.len();
            (at - line.len(), line)
        })
        .collect()
}

/// The number of the first line below `[header]`.
fn body_start(lines: &[(usize, &str)], header: &str) -> Option<usize> {
    lines.iter().position(|(_, line)| header_of(line) == Some(header)).map(|at| at + 1)
}

/// The name in a line that is a header; lines inside multi-line strings may look like one, which the proof catches.
fn header_of(line: &str) -> Option<&str> {
    let line = line.trim_start_matches('\u{feff}').trim().strip_prefix('[')?;
    Some(line.split_once(']')?.0.trim())
}

fn is_commented(line: &str, key: &str) -> bool {
    let rest = line.trim().strip_prefix('#').map(str::trim_start);
    let rest = rest.and_then(|rest| rest.strip_prefix(key));
    rest.is_some_and(|rest| rest.trim_start().starts_with('='))
}

fn verified(
    text: &str,
    old: &[Entry],
    name: &[&str],
    value: &str,
    edit: &Edit,
) -> Result<(), Refusal> {
    let changed = apply(text, std::slice::from_ref(edit)).ok().and_then(|text| read(&text).ok());
    let mut expected = BTreeMap::new();
    leaves(old, &mut Vec::new(), &mut expected);
    let Some(value) = self::value(value) else { return Err(refusal("the value is not TOML")) };
    expected.insert(name.iter().map(|part| (*part).to_owned()).collect(), literal(&value));
    let mut found = BTreeMap::new();
    changed.iter().for_each(|entries| leaves(entries, &mut Vec::new(), &mut found));
    if found == expected {
        Ok(())
    } else {
        Err(refusal("the file is written in a way that cannot be kept"))
    }
}

fn leaves(entries: &[Entry], path: &mut Vec<String>, found: &mut BTreeMap<Vec<String>, String>) {
    for entry in entries {
        path.push(entry.key.clone());
        match &entry.node.value {
            Value::Table(inner) => leaves(inner, path, found),
            value => {
                found.insert(path.clone(), literal(value));
            }
        }
        path.pop();
    }
}

#[cfg(test)]
mod tests {
    use crate::note::toml::{Entry, Value, literal, read, set};
    use crate::text::edit::apply;
    use proptest::prelude::*;

    fn check_set(text: &str, name: &str, value: &str, expected: &str) {
        let name = name.split('.').collect::<Vec<_>>();
        let edit = set(text, &name, value).unwrap_or_else(|refusal| panic!("{refusal:?}"));
        assert_eq!(apply(text, &[edit]).unwrap(), expected);
    }

    #[test]
    fn keys_and_values_have_places() {
        let text = "a = 1\r\n[t]\n\"Last Spoke\" = [\"x\", 'y'] # c\nd = 2026-01-01\n";
        let entries = read(text).unwrap();
        let [a, t] = entries.as_slice() else { panic!() };
        assert_eq!((a.key.as_str(), a.node.span.of(text)), ("a", "1"));
        let Value::Table(inner) = &t.node.value else { panic!() };
        let spans = |entry: &Entry| {
            (entry.key_span.of(text).to_owned(), entry.node.span.of(text).to_owned())
        };
        assert_eq!(spans(&inner[0]), ("\"Last Spoke\"".to_owned(), "[\"x\", 'y']".to_owned()));
        assert_eq!(inner[1].node.value, Value::Date("2026-01-01".to_owned()));
        assert_eq!(literal(&inner[0].node.value), "[\"x\", \"y\"]");
    }

    #[test]
    fn what_is_not_toml_says_where() {
        let error = read("a = 1\na = 2\n").unwrap_err();
        assert_eq!((error.span.start, error.message.as_str()), (6, "duplicate key"));
        assert!(read(&format!("a={}", "[".repeat(100_000))).is_err());
        assert!(read(&format!("{}a=1", "a.".repeat(100_000))).is_err());
    }

    #[test]
    fn a_value_is_replaced_in_its_place() {
        check_set("limit=3 # three\n", "limit", "4", "limit=4 # three\n");
        check_set(
            "[agenda]\r\n  limit = 3\r\n",
            "agenda.limit",
            "4",
            "[agenda]\r\n  limit = 4\r\n",
        );
        check_set("agenda = { limit = 3 }", "agenda.limit", "4", "agenda = { limit = 4 }");
        check_set("agenda.limit = 3", "agenda.limit", "4", "agenda.limit = 4");
    }

    #[test]
    fn a_new_value_finds_its_table() {
        check_set("", "me", "\"x\"", "me = \"x\"\n");
        check_set("a = 1", "me", "2", "a = 1\nme = 2\n");
        check_set("# top\n[agenda]\n", "agenda.limit", "4", "# top\n[agenda]\nlimit = 4\n");
        check_set("a = 1\n\n[agenda]\n", "me", "2", "a = 1\nme = 2\n\n[agenda]\n");
        check_set(
            "[agenda]\r\na = 1\r\n\r\n[b]",
            "agenda.limit",
            "4",
            "[agenda]\r\na = 1\r\nlimit = 4\r\n\r\n[b]",
        );
        check_set("[agenda]", "agenda.limit", "4", "[agenda]\nlimit = 4\n");
        check_set("x = 1", "agenda.limit", "4", "x = 1\n\n[agenda]\nlimit = 4\n");
        check_set(
            "[circles.a]\n",
            "circles.my team.how",
            "\"x\"",
            "[circles.a]\n\n[circles.\"my team\"]\nhow = \"x\"\n",
        );
        check_set("\u{feff}[a]\n", "me", "1", "\u{feff}me = 1\n[a]\n");
    }

    #[test]
    fn a_commented_default_shows_the_place() {
        check_set(
            "[agenda]\n# how many\n# limit = 4\n\n# promises = 3\n[b]\n",
            "agenda.limit",
            "5",
            "[agenda]\n# how many\n# limit = 4\nlimit = 5\n\n# promises = 3\n[b]\n",
        );
    }

    #[test]
    fn what_cannot_be_kept_is_refused() {
        assert!(set("agenda = { a = 1 }", &["agenda", "limit"], "4").is_err());
        assert!(set("agenda = 3", &["agenda", "limit"], "4").is_err());
        assert!(set("[agenda]", &["agenda"], "4").is_err());
        assert!(set("a = = 1", &["b"], "4").is_err());
        assert!(set("a = 1", &["b"], "4\nc = 5").is_err());
        assert!(set("x = '''\n[agenda]\n'''", &["agenda", "limit"], "4").is_err());
    }

    proptest! {
        #[test]
        fn what_is_set_is_read_back(
            text in prop::sample::select(vec![
                "", "a = 1", "# c\n\n[t]\n", "[t.u]\nx = 1\n", "t.y = 1\n[u]\n", "[[t]]\n", "t = 1\n", "\r\n[t]\r\n# x = 2\r\n",
            ]),
            name in prop::sample::select(vec!["a", "t.x", "t.u.x", "u.x", "ü.x"]),
            text_value in "\\PC{0,8}",
        ) {
            let name = name.split('.').collect::<Vec<_>>();
            let value = crate::note::toml::quoted(&text_value);
            if let Ok(edit) = set(text, &name, &value) {
                let changed = apply(text, &[edit]).unwrap();
                let mut entries = read(&changed).unwrap();
                for part in &name {
                    let entry = entries.into_iter().find(|entry| entry.key == *part).unwrap();
                    entries = match entry.node.value {
                        Value::Table(inner) => inner,
                        other => {
                            prop_assert_eq!(other, Value::Text(text_value.clone()));
                            Vec::new()
                        }
                    };
                }
            }
        }
    }
}
