//! What the keys of a note must say when a wish is granted.

use crate::note::change::{KeyValue, Refusal, Wish};
use crate::note::front_matter::{Entry, FrontMatter};
use crate::note::key_place::{BY_HAND, refusal};
use crate::note::yaml::{Node, Style, Value};
use crate::text::fold::fold;
use crate::text::span::Span;

/// The spellings of the key that a wish is about; `None` for a wish about the body.
pub fn spellings(wish: &Wish) -> Option<&[String]> {
    match wish {
        Wish::SetKey { keys, .. }
        | Wish::RemoveKey { keys }
        | Wish::AddToList { keys, .. }
        | Wish::RemoveFromList { keys, .. } => Some(keys),
        Wish::InsertEntry { .. }
        | Wish::AppendItem { .. }
        | Wish::SetTask { .. }
        | Wish::RemoveEntry { .. }
        | Wish::PointLinks { .. }
        | Wish::SetTitle { .. }
        | Wish::RemoveLines { .. } => None,
    }
}

/// The keys of `front_matter` that the wish changes: every spelling when they are to go, else the first in the file,
/// which is the one that counts.
pub fn targets<'f>(front_matter: Option<&'f FrontMatter>, wish: &Wish) -> Vec<&'f Entry> {
    let keys = spellings(wish).unwrap_or_default();
    let limit = if matches!(wish, Wish::RemoveKey { .. }) { usize::MAX } else { 1 };
    let entries = front_matter.map_or(&[][..], |front_matter| &front_matter.entries);
    entries.iter().filter(|entry| is_spelling(keys, &entry.key)).take(limit).collect()
}

/// Whether `key` is one of `keys`, as notes are read: case, accents, and `-` or a space for `_` do not count.
pub fn is_spelling(keys: &[String], key: &str) -> bool {
    let plain = |key: &str| fold(key).replace(['-', ' '], "_");
    keys.iter().any(|known| known == key || plain(known) == plain(key))
}

/// What a key that says `before` (`None`: is not there) must say afterwards (`None`: must not be there).
pub fn wanted(before: Option<&Node>, wish: &Wish) -> Result<Option<Node>, Refusal> {
    let unchanged = || before.cloned();
    Ok(match (wish, before.map(|node| &node.value)) {
        (Wish::SetKey { value, .. }, _) => Some(said(value)),
        (Wish::RemoveKey { .. }, _) => None,
        (Wish::AddToList { item, .. }, None | Some(Value::Null)) => Some(list(vec![text(item)])),
        (Wish::AddToList { item, .. }, Some(Value::Scalar(one, _))) if one != item => {
            Some(list(vec![text(one), text(item)]))
        }
        (Wish::AddToList { item, .. }, Some(Value::List(items))) if !holds(items, item) => {
            Some(list(items.iter().cloned().chain([text(item)]).collect()))
        }
        (Wish::AddToList { .. }, Some(Value::Map(_))) => return Err(is_map()),
        (Wish::RemoveFromList { item, .. }, Some(Value::Scalar(one, _))) if one == item => {
            Some(list(Vec::new()))
        }
        (Wish::RemoveFromList { item, .. }, Some(Value::List(items))) => {
            let others = items.iter().filter(|node| node.text() != Some(item)).cloned();
            Some(list(others.collect()))
        }
        _ => unchanged(),
    })
}

/// Why a map is never changed.
pub fn is_map() -> Refusal {
    refusal("the key holds more than text or a list of texts", BY_HAND)
}

fn holds(items: &[Node], text: &str) -> bool {
    items.iter().any(|item| item.text() == Some(text))
}

fn said(value: &KeyValue) -> Node {
    match value {
        KeyValue::Text(said) => text(said),
        KeyValue::Date(day) => text(&day.to_string()),
        KeyValue::Flag(flag) => text(&flag.to_string()),
        KeyValue::List(items) => list(items.iter().map(|item| text(item)).collect()),
    }
}

fn text(text: &str) -> Node {
    Node { value: Value::Scalar(text.to_owned(), Style::Plain), span: Span::at(0) }
}

fn list(items: Vec<Node>) -> Node {
    Node { value: Value::List(items), span: Span::at(0) }
}
