//! Changing a key: what is granted reads back as the wanted value, every other key says what it said, and no byte
//! outside the key's own lines has changed.
//!
//! The first line of an input is `OPERATION<tab>KEY,KEY…<tab>VALUE|VALUE…`, the rest is the note.

#![no_main]

use libfuzzer_sys::fuzz_target;
use shared::{check_changed_within, check_findings, difference, instruction_and_note};
use ties::note::change::{KeyValue, Wish};
use ties::note::front_matter::{FrontMatter, read};
use ties::note::key_wish::is_spelling;
use ties::note::rewrite::rewrite;
use ties::note::yaml::{Node, Value};
use ties::text::day::Day;

fuzz_target!(|input: &str| {
    let Some((words, before)) = instruction_and_note(input) else { return };
    let Some((wish, keys)) = wish(&words) else { return };
    let Ok(after) = rewrite(before, std::slice::from_ref(&wish)) else { return };
    let (old, _) = read(before);
    let (new, findings) = read(&after);
    check_findings(&after, &findings);
    assert!(body(before, old.as_ref()) == body(&after, new.as_ref()), "the body has changed");
    assert_eq!(others(old.as_ref(), &keys), others(new.as_ref(), &keys), "another key has changed");
    check_wanted(&wish, first(old.as_ref(), &keys), first(new.as_ref(), &keys));
    check_place(before, &after, old.as_ref(), &keys);
    // A wish that is granted already changes nothing.
    assert_eq!(rewrite(&after, &[wish]).as_deref(), Ok(after.as_str()), "not granted for good");
});

fn wish(words: &[&str]) -> Option<(Wish, Vec<String>)> {
    let [operation, keys, value] = words else { return None };
    let keys = keys.split(',').map(str::to_owned).collect::<Vec<_>>();
    let item = (*value).to_owned();
    let set = |value| Wish::SetKey { keys: keys.clone(), value };
    let wish = match operation.bytes().next()? {
        b't' => set(KeyValue::Text(item)),
        b'd' => set(KeyValue::Date(Day::parse(value)?)),
        b'f' => set(KeyValue::Flag(*value == "true")),
        b'l' => set(KeyValue::List(value.split('|').map(str::to_owned).collect())),
        b'r' => Wish::RemoveKey { keys: keys.clone() },
        b'+' => Wish::AddToList { keys: keys.clone(), item },
        b'-' => Wish::RemoveFromList { keys: keys.clone(), item },
        _ => return None,
    };
    Some((wish, keys))
}

fn body<'a>(text: &'a str, front_matter: Option<&FrontMatter>) -> &'a str {
    let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
    &text[front_matter.map_or(mark, |front_matter| front_matter.span.end)..]
}

/// What the other keys say, without places.
fn others(front_matter: Option<&FrontMatter>, keys: &[String]) -> Vec<(String, String)> {
    let entries = front_matter.map_or(&[][..], |front_matter| &front_matter.entries);
    let others = entries.iter().filter(|entry| !is_spelling(keys, &entry.key));
    others.map(|entry| (entry.key.clone(), said(&entry.value))).collect()
}

fn said(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Scalar(text, style) => format!("{text:?} {style:?}"),
        Value::List(items) => format!("{:?}", items.iter().map(said).collect::<Vec<_>>()),
        Value::Map(pairs) => {
            format!("{:?}", pairs.iter().map(|(key, node)| (key, said(node))).collect::<Vec<_>>())
        }
    }
}

fn first<'a>(front_matter: Option<&'a FrontMatter>, keys: &[String]) -> Option<&'a Node> {
    let mut entries = front_matter?.entries.iter();
    entries.find(|entry| is_spelling(keys, &entry.key)).map(|entry| &entry.value)
}

fn texts(node: Option<&Node>) -> Vec<&str> {
    match node.map(|node| &node.value) {
        Some(Value::Scalar(text, _)) => vec![text],
        Some(Value::List(items)) => items.iter().filter_map(Node::text).collect(),
        _ => Vec::new(),
    }
}

fn check_wanted(wish: &Wish, before: Option<&Node>, after: Option<&Node>) {
    match wish {
        Wish::SetKey { value, .. } => {
            let is_list = after.is_some_and(|node| matches!(node.value, Value::List(_)));
            let wanted = match value {
                KeyValue::Text(text) => vec![text.clone()],
                KeyValue::Date(day) => vec![day.to_string()],
                KeyValue::Flag(flag) => vec![flag.to_string()],
                KeyValue::List(items) => items.clone(),
            };
            assert_eq!(texts(after), wanted);
            assert_eq!(is_list, matches!(value, KeyValue::List(_)));
        }
        Wish::RemoveKey { .. } => assert!(after.is_none()),
        Wish::AddToList { item, .. } => {
            let mut wanted = texts(before);
            if !wanted.contains(&item.as_str()) {
                wanted.push(item);
            }
            assert_eq!(texts(after), wanted);
        }
        Wish::RemoveFromList { item, .. } => {
            let wanted = texts(before).into_iter().filter(|text| text != item).collect::<Vec<_>>();
            assert_eq!(texts(after), wanted);
        }
        Wish::InsertEntry { .. }
        | Wish::AppendItem { .. }
        | Wish::SetTask { .. }
        | Wish::RemoveEntry { .. }
        | Wish::RemoveLines { .. }
        | Wish::PointLinks { .. }
        | Wish::SetTitle { .. } => {}
    }
}

/// Only the lines of the key itself may change; a new key is only an insertion.
fn check_place(before: &str, after: &str, old: Option<&FrontMatter>, keys: &[String]) {
    let entries = old.map_or(&[][..], |front_matter| &front_matter.entries);
    let own = entries.iter().filter(|entry| is_spelling(keys, &entry.key)).map(|entry| entry.span);
    let own = own.reduce(|first, last| ties::text::span::Span::new(first.start, last.end));
    match own {
        Some(own) => check_changed_within(before, after, own),
        None => {
            let (place, _) = difference(before, after);
            assert!(place.is_empty(), "an insertion has replaced {place:?}");
        }
    }
}
