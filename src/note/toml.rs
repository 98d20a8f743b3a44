//! TOML, the language of the settings, as a tree with places (toml_edit).

use crate::text::span::Span;
use toml_edit::{Array, ArrayOfTables, Datetime, Document, Item, Table, TableLike, Value};

/// The largest text that is read; settings are a page or two.
pub const SIZE_LIMIT: usize = 1024 * 1024;

/// A value with the place where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct TomlNode {
    /// What it is.
    pub value: TomlValue,
    /// Its first to its last byte, quotes and brackets included; for a table its header `[name]`, or its key where
    /// that has none.
    pub span: Span,
}

/// A TOML value.
#[derive(Debug, Clone, PartialEq)]
pub enum TomlValue {
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction, an exponent, `inf` or `nan`.
    Float(f64),
    /// `true` or `false`.
    Flag(bool),
    /// A date, a time or both, as TOML writes it: `2026-11-21`.
    Date(String),
    /// An array; an array of tables (`[[name]]`) is a list of tables with headers.
    List(Vec<TomlNode>),
    /// A table.
    Table(TomlTable),
}

/// A table with its keys in file order.
#[derive(Debug, Clone, PartialEq)]
pub struct TomlTable {
    /// The keys; each once.
    pub entries: Vec<TomlEntry>,
    /// How it is written.
    pub form: TableForm,
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableForm {
    /// Under a header `[name]`, or as the top of the file.
    Header,
    /// Only as a part of the headers of others: `name` in `[name.inner]`.
    Implied,
    /// As keys with dots: `name.key = 1`.
    Dotted,
    /// Between braces.
    Inline,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct TomlEntry {
    /// The key as text.
    pub key: String,
    /// Where the key stands (quotes included); the first place where it is written more than once.
    pub key_span: Span,
    /// Its value.
    pub node: TomlNode,
}

/// Why a text is not TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TomlError {
    /// What is wrong, in one line.
    pub message: String,
    /// Where.
    pub span: Span,
}

impl TomlTable {
    /// The entry of `key`.
    pub fn get(&self, key: &str) -> Option<&TomlEntry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}

impl TomlValue {
    /// Whether both say the same, wherever and however they are written.
    pub fn says_the_same(&self, other: &TomlValue) -> bool {
        match (self, other) {
            (TomlValue::List(one), TomlValue::List(two)) => {
                one.len() == two.len()
                    && one.iter().zip(two).all(|(one, two)| one.value.says_the_same(&two.value))
            }
            (TomlValue::Table(one), TomlValue::Table(two)) => {
                one.entries.len() == two.entries.len()
                    && one.entries.iter().zip(&two.entries).all(|(one, two)| {
                        one.key == two.key && one.node.value.says_the_same(&two.node.value)
                    })
            }
            (TomlValue::Float(one), TomlValue::Float(two)) => one.to_bits() == two.to_bits(),
            (one, two) => one == two,
        }
    }
}

/// The tree of `text`, which may begin with a byte order mark; all places are in the coordinates of `text`.
pub fn parse(text: &str) -> Result<TomlTable, TomlError> {
    if text.len() > SIZE_LIMIT {
        let message = "the file is larger than 1 MiB".to_owned();
        return Err(TomlError { message, span: Span::at(0) });
    }
    let source = text.strip_prefix('\u{feff}').unwrap_or(text);
    let places = Places { mark: text.len() - source.len() };
    match Document::parse(source) {
        Ok(document) => Ok(places.table(document.as_table(), TableForm::Header)),
        Err(error) => {
            let message = error.message().lines().next().unwrap_or("not TOML").to_owned();
            Err(TomlError { message, span: places.span(error.span()) })
        }
    }
}

/// Whether `text` is a date, a time or both as TOML writes it.
pub fn is_date(text: &str) -> bool {
    text.parse::<Datetime>().is_ok()
}

/// Turns places without byte order mark into places with it.
#[derive(Clone, Copy)]
struct Places {
    mark: usize,
}

impl Places {
    fn span(self, range: Option<std::ops::Range<usize>>) -> Span {
        range.map_or(Span::at(0), |range| Span::from(range).shifted(self.mark))
    }

    fn table(self, table: &dyn TableLike, form: TableForm) -> TomlTable {
        let entries = table.iter().map(|(key, item)| {
            let key_span = self.span(table.key(key).and_then(toml_edit::Key::span));
            TomlEntry { key: key.to_owned(), key_span, node: self.item(item, key_span) }
        });
        TomlTable { entries: entries.collect(), form }
    }

    fn item(self, item: &Item, key_span: Span) -> TomlNode {
        match item {
            Item::Value(value) => self.value(value),
            Item::Table(table) => self.headed(table, key_span),
            Item::ArrayOfTables(tables) => self.tables(tables, key_span),
            Item::None => TomlNode { value: TomlValue::List(Vec::new()), span: key_span },
        }
    }

    fn headed(self, table: &Table, key_span: Span) -> TomlNode {
        let form = match (table.is_dotted(), table.is_implicit()) {
            (true, _) => TableForm::Dotted,
            (false, true) => TableForm::Implied,
            (false, false) => TableForm::Header,
        };
        let span = table.span().map_or(key_span, |span| self.span(Some(span)));
        TomlNode { value: TomlValue::Table(self.table(table, form)), span }
    }

    fn tables(self, tables: &ArrayOfTables, key_span: Span) -> TomlNode {
        let items = tables.iter().map(|table| self.headed(table, key_span)).collect();
        TomlNode { value: TomlValue::List(items), span: self.span(tables.span()) }
    }

    fn value(self, value: &Value) -> TomlNode {
        let said = match value {
            Value::String(text) => TomlValue::Text(text.value().clone()),
            Value::Integer(number) => TomlValue::Integer(*number.value()),
            Value::Float(number) => TomlValue::Float(*number.value()),
            Value::Boolean(flag) => TomlValue::Flag(*flag.value()),
            Value::Datetime(date) => TomlValue::Date(date.value().to_string()),
            Value::Array(array) => TomlValue::List(self.array(array)),
            Value::InlineTable(table) => {
                let form = if table.is_dotted() { TableForm::Dotted } else { TableForm::Inline };
                TomlValue::Table(self.table(table, form))
            }
        };
        TomlNode { value: said, span: self.span(value.span()) }
    }

    fn array(self, array: &Array) -> Vec<TomlNode> {
        array.iter().map(|value| self.value(value)).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::note::toml::{TomlNode, TomlTable, TomlValue, parse};
    use expect_test::{Expect, expect};
    use proptest::prelude::*;
    use std::fmt::Write;

    fn show(text: &str, table: &TomlTable, indent: usize, shown: &mut String) {
        for entry in &table.entries {
            let (key, source) = (entry.key_span.of(text), entry.node.span.of(text));
            write!(shown, "{:indent$}{} ({key}) from {source:?} ", "", entry.key).unwrap();
            show_value(text, &entry.node, indent, shown);
        }
    }

    fn show_value(text: &str, node: &TomlNode, indent: usize, shown: &mut String) {
        match &node.value {
            TomlValue::Table(table) => {
                writeln!(shown, "{:?}", table.form).unwrap();
                show(text, table, indent + 2, shown);
            }
            TomlValue::List(items) => {
                writeln!(shown, "list").unwrap();
                for item in items {
                    write!(shown, "{:indent$}  - {:?} ", "", item.span.of(text)).unwrap();
                    show_value(text, item, indent + 4, shown);
                }
            }
            other => writeln!(shown, "{other:?}").unwrap(),
        }
    }

    fn check_parse(text: &str, wanted: &Expect) {
        let mut shown = String::new();
        match parse(text) {
            Ok(table) => show(text, &table, 0, &mut shown),
            Err(error) => {
                writeln!(shown, "{} at {:?}", error.message, error.span.of(text)).unwrap();
            }
        }
        wanted.assert_eq(&shown);
    }

    #[test]
    fn every_value_has_its_place() {
        check_parse(
            "\u{feff}# top\r\nformat = 1 # c\r\n\"me \" = 'people/me'\r\naway = [\"a..b\", # c\r\n 'c', ]\r\nfresh_start = 2026-11-21\r\na.b = true\r\na.c = 1.5\r\n[circles.inner]\r\ncadence = \"2w\"\r\nhow = { x = 1, y.z = 2 }\r\n[[views]]\r\nq = 1\r\n[[views]]\r\n",
            &expect![[r#"
                format (format) from "1" Integer(1)
                me  ("me ") from "'people/me'" Text("people/me")
                away (away) from "[\"a..b\", # c\r\n 'c', ]" list
                  - "\"a..b\"" Text("a..b")
                  - "'c'" Text("c")
                fresh_start (fresh_start) from "2026-11-21" Date("2026-11-21")
                a (a) from "a" Dotted
                  b (b) from "true" Flag(true)
                  c (c) from "1.5" Float(1.5)
                circles (circles) from "circles" Implied
                  inner (inner) from "[circles.inner]" Header
                    cadence (cadence) from "\"2w\"" Text("2w")
                    how (how) from "{ x = 1, y.z = 2 }" Inline
                      x (x) from "1" Integer(1)
                      y (y) from "y" Dotted
                        z (z) from "2" Integer(2)
                views (views) from "[[views]]\r\nq = 1\r\n[[views]]" list
                  - "[[views]]" Header
                      q (q) from "1" Integer(1)
                  - "[[views]]" Header
            "#]],
        );
    }

    #[test]
    fn what_is_not_toml_says_where() {
        check_parse(
            "a = 1\nb = \n",
            &expect![[r#"
            string values must be quoted, expected literal string at ""
        "#]],
        );
        check_parse(
            "\u{feff}a = 1\na = 2\n",
            &expect![[r#"
            duplicate key at "a"
        "#]],
        );
        check_parse(
            &format!("a = {}", "[".repeat(100_000)),
            &expect![[r#"
            cannot recurse further; max recursion depth met at "["
        "#]],
        );
        check_parse(
            &format!("{}a = 1", "a.".repeat(100_000)),
            &expect![[r#"
            recursion limit at ""
        "#]],
        );
        check_parse(
            &" ".repeat(2_000_000),
            &expect![[r#"
            the file is larger than 1 MiB at ""
        "#]],
        );
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in prop_oneof![any::<String>(), "([a\"'.\\[\\]{}=#, 0-9-]{0,12}(\n|\r\n)){0,6}"]) {
            if let Err(error) = parse(&text) {
                prop_assert!(error.span.end <= text.len());
            }
        }
    }
}
