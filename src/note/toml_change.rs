//! Changes of settings text that lose nothing: each is a splice of a few bytes, and the result is read again and must
//! say what was wished and nothing else.

use crate::note::flow;
use crate::note::line::{ending_before, line_at};
use crate::note::toml::{TableForm, TomlEntry, TomlNode, TomlTable, TomlValue, parse};
use crate::note::toml_write::{dotted, written};
use crate::text::edit::{Edit, apply};
use crate::text::span::Span;

/// `text` with the key at `path` set to `value`; tables that are not there are made. `Err` is why it cannot be done,
/// one sentence without a full stop.
pub fn set(text: &str, path: &[&str], value: &TomlValue) -> Result<String, String> {
    let root = read(text)?;
    let edits = match find(&root, path) {
        Some(entry) if entry.node.value.says_the_same(value) => Vec::new(),
        Some(entry) => {
            let place = replaceable(entry)?;
            refuse_comment(text, place)?;
            vec![Edit::replace(place, written(value)?)]
        }
        None => vec![Addition { text, root: &root, path, value: &written(value)? }.edit()?],
    };
    proved(text, &root, path, &edits, Some(value))
}

/// `text` with `value` at the end of the list at `path`, which is made where it is not there; unchanged where the list
/// holds it.
pub fn append_to_list(text: &str, path: &[&str], value: &TomlValue) -> Result<String, String> {
    let root = read(text)?;
    let Some(entry) = find(&root, path) else {
        return set(text, path, &TomlValue::List(vec![bare(value)]));
    };
    let TomlValue::List(items) = &entry.node.value else {
        return Err(format!("`{}` is not a list", path.join(".")));
    };
    let place = replaceable(entry)?;
    if items.iter().any(|item| item.value.says_the_same(value)) {
        return Ok(text.to_owned());
    }
    let edits = match items.last() {
        Some(last) => flow::append(text, last.span, &written(value)?),
        None => vec![Edit::replace(place, format!("[{}]", written(value)?))],
    };
    let wanted = items.iter().cloned().chain([bare(value)]).collect();
    proved(text, &root, path, &edits, Some(&TomlValue::List(wanted)))
}

/// `text` without the key at `path`; unchanged where it is not there.
pub fn remove(text: &str, path: &[&str]) -> Result<String, String> {
    let root = read(text)?;
    let Some(entry) = find(&root, path) else { return Ok(text.to_owned()) };
    let place = replaceable(entry)?;
    let parent = path.split_last().and_then(|(_, parent)| table_at(&root, parent));
    let edits = match parent {
        Some(table) if table.form == TableForm::Inline => {
            let of = |entry: &TomlEntry| Span::new(entry.key_span.start, entry.node.span.end);
            let spans = table.entries.iter().map(of).collect::<Vec<_>>();
            match spans.as_slice() {
                [only] => vec![Edit::delete(*only)],
                _ => flow::remove(&spans, |at| spans.get(at) == Some(&of(entry))),
            }
        }
        _ => {
            let start = line_at(text, entry.key_span.start).span.start;
            vec![Edit::delete(Span::new(start, line_at(text, place.end).span.end))]
        }
    };
    proved(text, &root, path, &edits, None)
}

fn read(text: &str) -> Result<TomlTable, String> {
    parse(text).map_err(|error| format!("the settings cannot be read: {}", error.message))
}

/// The text after `edits`, when it says `wanted` at `path` and all else as before.
fn proved(
    text: &str,
    before: &TomlTable,
    path: &[&str],
    edits: &[Edit],
    wanted: Option<&TomlValue>,
) -> Result<String, String> {
    let changed = apply(text, edits).map_err(|error| error.to_string())?;
    let after = read(&changed)?;
    let is_granted = match (find(&after, path), wanted) {
        (Some(entry), Some(wanted)) => entry.node.value.says_the_same(wanted),
        (None, None) => true,
        _ => false,
    };
    let (mut before, mut after) = (before.clone(), after);
    leave_out(&mut before, path);
    leave_out(&mut after, path);
    let is_same = TomlValue::Table(before).says_the_same(&TomlValue::Table(after));
    match is_granted && is_same {
        true => Ok(changed),
        false => Err(format!("`{}` cannot be changed without changing more", path.join("."))),
    }
}

/// Take out the key at `path`, and the tables above it where nothing else is in them.
fn leave_out(table: &mut TomlTable, path: &[&str]) {
    let Some((key, rest)) = path.split_first() else { return };
    table.entries.retain_mut(|entry| match &mut entry.node.value {
        _ if entry.key != *key => true,
        TomlValue::Table(inner) if !rest.is_empty() => {
            leave_out(inner, rest);
            !inner.entries.is_empty()
        }
        _ => !rest.is_empty(),
    });
}

fn find<'t>(root: &'t TomlTable, path: &[&str]) -> Option<&'t TomlEntry> {
    let (key, parent) = path.split_last()?;
    table_at(root, parent)?.get(key)
}

fn table_at<'t>(root: &'t TomlTable, path: &[&str]) -> Option<&'t TomlTable> {
    path.iter().try_fold(root, |table, key| match &table.get(key)?.node.value {
        TomlValue::Table(inner) => Some(inner),
        _ => None,
    })
}

/// The place of a value that is no table with lines of its own.
fn replaceable(entry: &TomlEntry) -> Result<Span, String> {
    let has_lines = |value: &TomlValue| matches!(value, TomlValue::Table(table) if table.form != TableForm::Inline);
    let is_table = match &entry.node.value {
        TomlValue::List(items) => items.iter().any(|item| has_lines(&item.value)),
        value => has_lines(value),
    };
    match is_table {
        true => Err(format!("`{}` is a table", entry.key)),
        false => Ok(entry.node.span),
    }
}

/// A comment within what is replaced would be lost; it can only be there on several lines.
fn refuse_comment(text: &str, place: Span) -> Result<(), String> {
    match place.of(text).contains('\n') && place.of(text).contains('#') {
        true => Err("a comment stands inside the value".to_owned()),
        false => Ok(()),
    }
}

/// A key that is not there yet.
struct Addition<'a> {
    text: &'a str,
    root: &'a TomlTable,
    path: &'a [&'a str],
    value: &'a str,
}

impl Addition<'_> {
    fn edit(&self) -> Result<Edit, String> {
        let (known, parent) = self.deepest()?;
        let rest = self.path.get(known..).unwrap_or_default();
        match parent.form {
            TableForm::Inline => Ok(self.in_braces(known, parent)),
            // Dotted keys must stay in the table whose lines they are.
            TableForm::Dotted => self.beside_dotted(known, parent),
            TableForm::Header if rest.len() == 1 => Ok(self.in_table(known, parent)),
            TableForm::Header | TableForm::Implied => Ok(self.in_new_table()),
        }
    }

    /// How many keys of the path lead to a table that is there, and that table.
    fn deepest(&self) -> Result<(usize, &TomlTable), String> {
        let mut table = self.root;
        for (known, key) in self.path.iter().enumerate() {
            match table.get(key).map(|entry| &entry.node.value) {
                Some(TomlValue::Table(inner)) => table = inner,
                Some(_) => return Err(format!("`{key}` is not a table")),
                None => return Ok((known, table)),
            }
        }
        Err("no key was named".to_owned())
    }

    /// `key = value` with the keys of the path from `known` on.
    fn pair(&self, known: usize) -> String {
        let keys = self.path.get(known..).unwrap_or_default();
        format!("{} = {}", dotted(keys), self.value)
    }

    fn in_braces(&self, known: usize, parent: &TomlTable) -> Edit {
        let pair = self.pair(known);
        match parent.entries.last() {
            Some(last) => Edit::insert(end_of(&last.node), format!(", {pair}")),
            None => {
                let braces = find(self.root, self.path.get(..known).unwrap_or_default());
                Edit::replace(
                    braces.map_or(Span::at(0), |entry| entry.node.span),
                    format!("{{ {pair} }}"),
                )
            }
        }
    }

    fn beside_dotted(&self, known: usize, parent: &TomlTable) -> Result<Edit, String> {
        let is_headed = |length: &usize| {
            let table = table_at(self.root, self.path.get(..*length).unwrap_or_default());
            table.is_some_and(|table| table.form != TableForm::Dotted)
        };
        let headed = (0..known).rev().find(is_headed).unwrap_or(0);
        let host = table_at(self.root, self.path.get(..headed).unwrap_or_default());
        match (host, parent.entries.last()) {
            (Some(host), Some(last)) if host.form == TableForm::Header => {
                Ok(self.line_after(end_of(&last.node), &self.pair(headed)))
            }
            _ => Err(format!("`{}` cannot be added here", self.path.join("."))),
        }
    }

    /// After the last line of the table, or right below its header.
    fn in_table(&self, known: usize, parent: &TomlTable) -> Edit {
        let pair = self.pair(known);
        let own = parent.entries.iter().filter(|entry| has_own_lines(&entry.node.value));
        let header = find(self.root, self.path.get(..known).unwrap_or_default());
        match (own.map(|entry| end_of(&entry.node)).max(), header) {
            (Some(last), _) => self.line_after(last, &pair),
            (None, Some(header)) => self.line_after(header.node.span.end, &pair),
            (None, None) => self.at_top(&pair),
        }
    }

    /// Before the first header and the comments right above it; at the end where there is no header.
    fn at_top(&self, pair: &str) -> Edit {
        let Some(header) = first_header(self.root) else { return self.at_end(pair) };
        let ending = ending_before(self.text, 0);
        let mut at = line_at(self.text, header).span.start;
        while let Some(above) = at.checked_sub(1).map(|end| line_at(self.text, end)) {
            let content = above.content.of(self.text).trim_start_matches(['\u{feff}', ' ', '\t']);
            if !content.starts_with('#') {
                break;
            }
            at = above.span.start;
        }
        let mark = self.text.len() - self.text.trim_start_matches('\u{feff}').len();
        Edit::insert(at.max(mark), format!("{pair}{ending}{ending}"))
    }

    fn in_new_table(&self) -> Edit {
        let (_, tables) = self.path.split_last().unwrap_or((&"", &[]));
        let ending = ending_before(self.text, 0);
        let is_blank = self.text.trim_start_matches('\u{feff}').trim().is_empty();
        let gap = if is_blank { "" } else { ending };
        let pair = self.pair(tables.len());
        self.at_end(&format!("{gap}[{}]{ending}{pair}", dotted(tables)))
    }

    fn at_end(&self, lines: &str) -> Edit {
        let ending = ending_before(self.text, 0);
        let is_open = !self.text.is_empty() && !self.text.ends_with(['\n', '\u{feff}']);
        let before = if is_open { ending } else { "" };
        Edit::insert(self.text.len(), format!("{before}{lines}{ending}"))
    }

    /// A line below the one that holds the place `at`, with the same indent.
    fn line_after(&self, at: usize, pair: &str) -> Edit {
        let line = line_at(self.text, at);
        let indent = line.content.of(self.text);
        let indent = indent.get(..indent.len() - indent.trim_start().len()).unwrap_or("");
        let ending = ending_before(self.text, line.span.end);
        match line.content.end == line.span.end {
            true => Edit::insert(line.span.end, format!("{ending}{indent}{pair}{ending}")),
            false => Edit::insert(line.span.end, format!("{indent}{pair}{ending}")),
        }
    }
}

/// Whether the lines of a value stand among those of its table.
fn has_own_lines(value: &TomlValue) -> bool {
    match value {
        TomlValue::Table(table) => matches!(table.form, TableForm::Inline | TableForm::Dotted),
        TomlValue::List(items) => items.iter().all(|item| has_own_lines(&item.value)),
        _ => true,
    }
}

/// The last byte of a value; of dotted keys, that of the last of them.
fn end_of(node: &TomlNode) -> usize {
    match &node.value {
        TomlValue::Table(table) if table.form == TableForm::Dotted => {
            table.entries.iter().map(|entry| end_of(&entry.node)).max().unwrap_or(node.span.end)
        }
        _ => node.span.end,
    }
}

fn first_header(table: &TomlTable) -> Option<usize> {
    let of = |entry: &TomlEntry| match &entry.node.value {
        TomlValue::Table(inner) => header_of(inner, entry.node.span),
        TomlValue::List(items) => items.iter().find_map(|item| match &item.value {
            TomlValue::Table(inner) => header_of(inner, item.span),
            _ => None,
        }),
        _ => None,
    };
    table.entries.iter().filter_map(of).min()
}

fn header_of(table: &TomlTable, span: Span) -> Option<usize> {
    let own = (table.form == TableForm::Header).then_some(span.start);
    own.into_iter().chain(first_header(table)).min()
}

fn bare(value: &TomlValue) -> TomlNode {
    TomlNode { value: value.clone(), span: Span::at(0) }
}

#[cfg(test)]
mod tests {
    use crate::note::toml::{TomlNode, TomlTable, TomlValue, parse};
    use crate::note::toml_change::{append_to_list, remove, set};
    use crate::text::span::Span;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    fn text(text: &str) -> TomlValue {
        TomlValue::Text(text.to_owned())
    }

    fn check(result: Result<String, String>, wanted: &Expect) {
        wanted.assert_eq(&match result {
            Ok(text) => format!("{text:?}"),
            Err(reason) => format!("refused: {reason}"),
        });
    }

    #[test]
    fn a_value_is_replaced_where_it_stands() {
        let date = TomlValue::Date("2026-11-21".to_owned());
        check(
            set("a = 1 # c\r\nb = 2\r\n", &["a"], &text("x\"y")),
            &expect![[r#""a = \"x\\\"y\" # c\r\nb = 2\r\n""#]],
        );
        check(
            set("\u{feff}fresh_start = 2026-01-01\n", &["fresh_start"], &date),
            &expect![[r#""\u{feff}fresh_start = 2026-11-21\n""#]],
        );
        check(
            set("[t]\na = [1,\n 2]", &["t", "a"], &TomlValue::Integer(3)),
            &expect![[r#""[t]\na = 3""#]],
        );
        check(
            set("t = { a = 1 , b = 2 }\n", &["t", "a"], &TomlValue::Flag(true)),
            &expect![[r#""t = { a = true , b = 2 }\n""#]],
        );
        check(
            set("a = [1, # c\n 2]\n", &["a"], &text("x")),
            &expect!["refused: a comment stands inside the value"],
        );
        check(set("a = 'x'\n", &["a"], &text("x")), &expect![[r#""a = 'x'\n""#]]);
        check(
            set("a = 1\n", &["a"], &TomlValue::Date("soon".to_owned())),
            &expect!["refused: `soon` is not a date"],
        );
        check(
            set("[a]\nb = 1\n", &["a"], &TomlValue::Integer(3)),
            &expect!["refused: `a` is a table"],
        );
        check(
            set("[[a]]\nb = 1\n", &["a"], &TomlValue::Integer(3)),
            &expect!["refused: `a` is a table"],
        );
        check(
            set("a = \n", &["a"], &TomlValue::Integer(3)),
            &expect![
                "refused: the settings cannot be read: string values must be quoted, expected literal string"
            ],
        );
    }

    #[test]
    fn a_new_key_stands_with_those_of_its_table() {
        let one = TomlValue::Integer(1);
        check(
            set("a = 2\r\n\r\n[t]\r\n", &["b"], &one),
            &expect![[r#""a = 2\r\nb = 1\r\n\r\n[t]\r\n""#]],
        );
        check(
            set("# about the file\n\n# about t\n[t]\nx = 1\n", &["b"], &one),
            &expect![[r##""# about the file\n\nb = 1\n\n# about t\n[t]\nx = 1\n""##]],
        );
        check(
            set("\u{feff}# c\n[t]\n", &["b"], &one),
            &expect![[r#""\u{feff}b = 1\n\n# c\n[t]\n""#]],
        );
        check(set("", &["b"], &one), &expect![[r#""b = 1\n""#]]);
        check(set("# only\n", &["b"], &one), &expect![[r##""# only\nb = 1\n""##]]);
        check(set("a = 2", &["b"], &one), &expect![[r#""a = 2\nb = 1\n""#]]);
        check(
            set("[t]\n  x = 1 # c\n\n[u]\n", &["t", "b"], &one),
            &expect![[r#""[t]\n  x = 1 # c\n  b = 1\n\n[u]\n""#]],
        );
        check(set("[t]\n[u]\n", &["t", "b"], &one), &expect![[r#""[t]\nb = 1\n[u]\n""#]]);
        check(set("[t]", &["t", "b"], &one), &expect![[r#""[t]\nb = 1\n""#]]);
        check(
            set("a = 2\n", &["t", "u v", "b"], &one),
            &expect![[r#""a = 2\n\n[t.\"u v\"]\nb = 1\n""#]],
        );
        check(
            set("[t.u]\nx = 1\n", &["t", "b"], &one),
            &expect![[r#""[t.u]\nx = 1\n\n[t]\nb = 1\n""#]],
        );
        check(
            set("[t]\nx = 1\n[t.u]\ny = 1\n", &["t", "w", "b"], &one),
            &expect![[r#""[t]\nx = 1\n[t.u]\ny = 1\n\n[t.w]\nb = 1\n""#]],
        );
        check(
            set("t.x = 1\nz = 2\n", &["t", "b"], &one),
            &expect![[r#""t.x = 1\nt.b = 1\nz = 2\n""#]],
        );
        check(
            set("[r]\nt.x = 1\n", &["r", "t", "w", "b"], &one),
            &expect![[r#""[r]\nt.x = 1\nt.w.b = 1\n""#]],
        );
        check(set("t = { x = 1 }\n", &["t", "b"], &one), &expect![[r#""t = { x = 1, b = 1 }\n""#]]);
        check(set("t = {}\n", &["t", "w", "b"], &one), &expect![[r#""t = { w.b = 1 }\n""#]]);
        check(set("t = 1\n", &["t", "b"], &one), &expect!["refused: `t` is not a table"]);
        check(set("[[t]]\nx = 1\n", &["t", "b"], &one), &expect!["refused: `t` is not a table"]);
    }

    #[test]
    fn an_item_is_added_to_a_list() {
        check(
            append_to_list("away = [\"a\"] # c\n", &["away"], &text("b")),
            &expect![[r#""away = [\"a\", \"b\"] # c\n""#]],
        );
        check(
            append_to_list("away = []\r\n", &["away"], &text("b")),
            &expect![[r#""away = [\"b\"]\r\n""#]],
        );
        check(
            append_to_list("away = [\n  'a', # c\n]\n", &["away"], &text("b")),
            &expect![[r#""away = [\n  'a', # c\n  \"b\",\n]\n""#]],
        );
        check(
            append_to_list("x = 1\n[t]\n", &["away"], &text("b")),
            &expect![[r#""x = 1\naway = [\"b\"]\n[t]\n""#]],
        );
        check(
            append_to_list("away = ['b']\n", &["away"], &text("b")),
            &expect![[r#""away = ['b']\n""#]],
        );
        check(
            append_to_list("away = 'b'\n", &["away"], &text("b")),
            &expect!["refused: `away` is not a list"],
        );
        check(
            append_to_list("[[away]]\n", &["away"], &text("b")),
            &expect!["refused: `away` is a table"],
        );
    }

    #[test]
    fn a_key_is_removed_with_its_lines() {
        check(
            remove("a = 1\r\nb = [1,\r\n 2] # c\r\n# d\r\n", &["b"]),
            &expect![[r#""a = 1\r\n# d\r\n""#]],
        );
        check(remove("t = { a = 1, b = 2 }\n", &["t", "a"]), &expect![[r#""t = { b = 2 }\n""#]]);
        check(remove("t = { a = 1 }\n", &["t", "a"]), &expect![[r#""t = {  }\n""#]]);
        check(remove("t.a = 1\nt.b = 2\n", &["t", "a"]), &expect![[r#""t.b = 2\n""#]]);
        check(remove("a = 1\n", &["b"]), &expect![[r#""a = 1\n""#]]);
        check(remove("[a]\n", &["a"]), &expect!["refused: `a` is a table"]);
    }

    fn value() -> impl Strategy<Value = TomlValue> {
        let leaf = prop_oneof![
            any::<String>().prop_map(TomlValue::Text),
            any::<i64>().prop_map(TomlValue::Integer),
            any::<f64>().prop_map(TomlValue::Float),
            any::<bool>().prop_map(TomlValue::Flag),
            Just(TomlValue::Date("2026-11-21".to_owned())),
        ];
        leaf.prop_recursive(2, 8, 3, |inner| {
            let node = inner.prop_map(|value| TomlNode { value, span: Span::at(0) });
            prop::collection::vec(node, 0..3).prop_map(TomlValue::List)
        })
    }

    /// Every value that is no table, with the bytes that it is written in.
    fn leaves(text: &str) -> Vec<(String, String)> {
        fn walk(text: &str, prefix: &str, table: &TomlTable, found: &mut Vec<(String, String)>) {
            for entry in &table.entries {
                let path = format!("{prefix}{}", entry.key);
                match &entry.node.value {
                    TomlValue::Table(inner) => walk(text, &format!("{path}."), inner, found),
                    _ => found.push((path, entry.node.span.of(text).to_owned())),
                }
            }
        }
        let mut found = Vec::new();
        walk(text, "", &parse(text).unwrap(), &mut found);
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn what_is_set_is_read_and_undone(
            top in prop::sample::subsequence(vec!["a = 1 # c", "b.c = 'x'", "d = [1, 2,\n 3]", "e = { f = 1, g = 2 }"], 0..=4),
            tables in prop::sample::subsequence(vec!["[t]\nx = 1", "[t.u]", "# c\n[v.w]\ny = 1 # d", "[[z]]\nq = 1"], 0..=4),
            path in prop::sample::select(vec!["a", "b.c", "b.d", "d", "e.f", "e.h", "e", "t.x", "t.y", "t.u.a", "v.b", "v.w.y", "new", "n.m", "z.q", "z"]),
            value in value(),
            crlf in any::<bool>(),
        ) {
            let before = [top.as_slice(), &tables].concat().join("\n") + "\n";
            let before = if crlf { before.replace('\n', "\r\n") } else { before };
            let path = path.split('.').collect::<Vec<_>>();
            let Ok(after) = set(&before, &path, &value) else { return Ok(()) };
            prop_assert!(!crlf || !after.replace("\r\n", "").contains('\n'), "{:?}", after);
            let again = set(&after, &path, &value);
            prop_assert_eq!(again.as_ref(), Ok(&after));
            let gone = remove(&after, &path).unwrap();
            for text in [&after, &gone] {
                let others = |all: Vec<(String, String)>| {
                    let path = path.join(".");
                    let is_other = |(key, _): &(String, String)| {
                        *key != path && !key.starts_with(&format!("{path}."))
                    };
                    all.into_iter().filter(is_other).collect::<Vec<_>>()
                };
                prop_assert_eq!(others(leaves(&before)), others(leaves(text)), "{}", text);
            }
            prop_assert!(leaves(&gone).iter().all(|(key, _)| *key != path.join(".")), "{}", gone);
        }
    }
}
