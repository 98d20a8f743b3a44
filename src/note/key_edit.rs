//! Wishes about front matter as edits of a few bytes: comments, order, quotes, indents and line ends stay.
//!
//! The edits are made on what was read; whether they say what was wished is proved afterwards, by `key_proof`.

use crate::note::change::{KeyValue, Refusal, Wish};
use crate::note::conflict::first_marker;
use crate::note::fence::{Opening, SIZE_LIMIT, mark_length, opening};
use crate::note::front_matter::{Entry, FrontMatter, read_thoroughly};
use crate::note::key_place::{BY_HAND, Key, comment_lines, refusal, unclosed};
use crate::note::key_wish::{is_map, is_spelling, spellings, targets, wanted};
use crate::note::line::{ending_before, line_at};
use crate::note::list_edit::{
    ListStyle, append, block_lines, flow_list, remove_from_block, remove_from_flow, style_of,
};
use crate::note::yaml::{Node, Style, Value};
use crate::note::yaml_tree::comments;
use crate::note::yaml_write::{Place, scalar};
use crate::text::diagnostic::Code;
use crate::text::edit::Edit;
use crate::text::span::Span;

/// The edits that grant a wish about a key; none where the note says it already, and none for a wish about the body.
pub fn edits_for(text: &str, wish: &Wish) -> Result<Vec<Edit>, Refusal> {
    let Some(keys) = spellings(wish) else { return Ok(Vec::new()) };
    let block = Block::open(text)?;
    block.refuse_unread(keys)?;
    let targets = targets(block.front_matter.as_ref(), wish);
    if targets.is_empty() {
        return block.edits_without_key(keys, wish);
    }
    let edits = targets.iter().map(|entry| match wanted(Some(&entry.value), wish)? {
        Some(node) if node.says_the_same(&entry.value) => Ok(Vec::new()),
        _ => block.edits_of(entry, wish),
    });
    let edits = edits.collect::<Result<Vec<_>, _>>()?.concat();
    Ok(block.without_itself(&edits).map_or(edits, |edit| vec![edit]))
}

/// A note that may be edited.
struct Block<'a> {
    text: &'a str,
    front_matter: Option<FrontMatter>,
}

impl<'a> Block<'a> {
    fn open(text: &'a str) -> Result<Block<'a>, Refusal> {
        if first_marker(text).is_some() {
            return Err(refusal(
                "the note holds git conflict markers",
                "resolve the conflict first",
            ));
        }
        let (front_matter, findings) = read_thoroughly(text);
        if findings.iter().any(|finding| finding.code == Code::FrontMatterOpen) {
            return Err(unclosed());
        }
        if front_matter.as_ref().is_some_and(|front_matter| front_matter.content.len() > SIZE_LIMIT)
        {
            return Err(refusal("the front matter is larger than 64 KiB", BY_HAND));
        }
        Ok(Block { text, front_matter })
    }

    /// A key that could not be read, or is there twice, is left to the person.
    fn refuse_unread(&self, keys: &[String]) -> Result<(), Refusal> {
        let Some(front_matter) = &self.front_matter else { return Ok(()) };
        let mut unread = front_matter.unread.iter().filter_map(|unread| unread.key.as_ref());
        let Some(key) = unread.find(|key| is_spelling(keys, key)) else { return Ok(()) };
        let reason = match front_matter.entries.iter().any(|entry| entry.key == *key) {
            true => format!("`{key}` is there twice"),
            false => format!("`{key}` cannot be read"),
        };
        Err(refusal(reason, BY_HAND))
    }

    fn edits_without_key(&self, keys: &[String], wish: &Wish) -> Result<Vec<Edit>, Refusal> {
        let value = match wish {
            Wish::SetKey { value, .. } => value.clone(),
            Wish::AddToList { item, .. } => KeyValue::List(vec![item.clone()]),
            _ => return Ok(Vec::new()),
        };
        let key = keys.first().ok_or_else(|| refusal("no key was named", BY_HAND))?;
        self.add(key, &value).map(|edit| vec![edit])
    }

    /// Where nothing is left between the fences they go too: a note that got its block for one key is as it was.
    fn without_itself(&self, edits: &[Edit]) -> Option<Edit> {
        let block = self.front_matter.as_ref()?;
        let is_removal = |edit: &Edit| edit.text.is_empty();
        let removed = edits.iter().filter(|edit| is_removal(edit)).map(|edit| edit.span.len());
        let is_empty =
            edits.iter().all(is_removal) && removed.sum::<usize>() == block.content.len();
        let body = self.text.get(block.span.end..).unwrap_or("");
        // A rule at the start of the body would become a fence.
        let is_safe = opening(body) == Opening::NoFence;
        (!edits.is_empty() && is_empty && is_safe).then(|| Edit::replace(block.span, ""))
    }

    fn edits_of(&self, entry: &Entry, wish: &Wish) -> Result<Vec<Edit>, Refusal> {
        let key = Key::find(self.text, entry)?;
        match wish {
            Wish::RemoveKey { .. } => {
                Ok(vec![Edit::replace(entry.span, comment_lines(self.text, entry))])
            }
            Wish::SetKey { value, .. } => self.set(&key, value).map(|edit| vec![edit]),
            Wish::AddToList { item, .. } => self.add_item(&key, item),
            Wish::RemoveFromList { item, .. } => self.remove_item(&key, item),
            _ => Ok(Vec::new()),
        }
    }

    /// A new key at the end of the block, in a new block where there is none.
    fn add(&self, key: &str, value: &KeyValue) -> Result<Edit, Refusal> {
        let at =
            self.front_matter.as_ref().map_or(mark_length(self.text), |block| block.content.end);
        let ending = match self.front_matter {
            Some(_) => ending_before(self.text, at),
            None => ending_before(self.text, 0),
        };
        let key = format!("{}{}", self.indent()?, scalar(key, Style::Plain, Place::Block));
        let line = match (value, self.list_style()) {
            (KeyValue::List(items), ListStyle::Block(indent)) if !items.is_empty() => {
                format!("{key}:{}{ending}", block_lines(items, &format!("{ending}{indent}")))
            }
            _ => format!("{key}: {}{ending}", said(value, Style::Plain)),
        };
        match self.front_matter {
            Some(_) => Ok(Edit::insert(at, line)),
            None => Ok(Edit::insert(at, format!("---{ending}{line}---{ending}"))),
        }
    }

    fn set(&self, key: &Key<'_, '_>, value: &KeyValue) -> Result<Edit, Refusal> {
        let old = &key.entry.value;
        self.refuse_nested(old)?;
        let style = quotes(old);
        match (value, style_of(self.text, old), self.list_style()) {
            (KeyValue::List(items), Some(ListStyle::Block(indent)), _) if !items.is_empty() => {
                self.refuse_comments(key, old.span)?;
                let ending = ending_before(self.text, line_at(self.text, old.span.start).span.end);
                let lines = block_lines(items, &format!("{ending}{indent}"));
                let lines = lines.strip_prefix(&format!("{ending}{indent}")).unwrap_or(&lines);
                Ok(Edit::replace(old.span, lines))
            }
            (_, Some(ListStyle::Block(_)), _) => {
                let place = Span::new(key.after_colon, old.span.end);
                self.refuse_comments(key, place)?;
                Ok(Edit::replace(place, format!(" {}", said(value, style))))
            }
            (KeyValue::List(items), None, ListStyle::Block(indent))
                if old.span.is_empty() && !items.is_empty() =>
            {
                let line = line_at(self.text, old.span.start);
                let before = format!("{}{indent}", ending_before(self.text, line.span.end));
                Ok(Edit::insert(line.content.end, block_lines(items, &before)))
            }
            _ => self.fill(key, &said(value, style)),
        }
    }

    fn add_item(&self, key: &Key<'_, '_>, item: &str) -> Result<Vec<Edit>, Refusal> {
        let old = &key.entry.value;
        let edit = match (&old.value, style_of(self.text, old)) {
            (Value::Null, _) => self.set(key, &KeyValue::List(vec![item.to_owned()])),
            (Value::Scalar(..), _) => {
                let new = scalar(item, quotes(old), Place::Flow);
                self.fill(key, &format!("[{}, {new}]", self.kept(old)))
            }
            (Value::List(items), Some(list)) => match items.last() {
                Some(last) => return Ok(append(self.text, &list, last, item)),
                None => self.fill(key, &flow_list(&[item.to_owned()])),
            },
            _ => Err(is_map()),
        };
        edit.map(|edit| vec![edit])
    }

    fn remove_item(&self, key: &Key<'_, '_>, item: &str) -> Result<Vec<Edit>, Refusal> {
        let old = &key.entry.value;
        let Value::List(items) = &old.value else {
            return self.fill(key, "[]").map(|edit| vec![edit]);
        };
        let others_stay = items.iter().any(|node| node.text() != Some(item));
        match style_of(self.text, old) {
            Some(_) if !others_stay => {
                self.set(key, &KeyValue::List(Vec::new())).map(|edit| vec![edit])
            }
            Some(ListStyle::Flow) => {
                let edits = remove_from_flow(items, item);
                edits.iter().try_for_each(|edit| self.refuse_comments(key, edit.span))?;
                Ok(edits)
            }
            Some(ListStyle::Block(_)) => remove_from_block(self.text, items, item)
                .ok_or_else(|| refusal("the item does not stand on a line of its own", BY_HAND)),
            None => Err(is_map()),
        }
    }

    /// Put `new` where the old value stands, or after the colon where there is none.
    fn fill(&self, key: &Key<'_, '_>, new: &str) -> Result<Edit, Refusal> {
        let old = key.entry.value.span;
        if old.is_empty() {
            return Ok(Edit::insert(key.after_colon, format!(" {new}")));
        }
        self.refuse_comments(key, old)?;
        Ok(Edit::replace(old, new))
    }

    /// A scalar as it is to stand in a flow list: with its own quotes where it has any.
    fn kept(&self, node: &Node) -> String {
        let source = node.span.of(self.text);
        let is_one_line = !source.contains(['\n', '\r']);
        match &node.value {
            Value::Scalar(_, Style::SingleQuoted | Style::DoubleQuoted) if is_one_line => {
                source.to_owned()
            }
            Value::Scalar(text, _) => scalar(text, Style::Plain, Place::Flow),
            _ => source.to_owned(),
        }
    }

    /// How the first list of the note is written; flow where it has none.
    fn list_style(&self) -> ListStyle {
        let entries = self.front_matter.iter().flat_map(|front_matter| &front_matter.entries);
        let mut styles = entries.filter(|entry| !entry.value.span.is_empty()).filter_map(|entry| {
            let is_empty = matches!(&entry.value.value, Value::List(items) if items.is_empty());
            style_of(self.text, &entry.value).filter(|_| !is_empty)
        });
        styles.next().unwrap_or(ListStyle::Flow)
    }

    /// The white space before the keys.
    fn indent(&self) -> Result<&'a str, Refusal> {
        let last = self.front_matter.as_ref().and_then(|front_matter| front_matter.entries.last());
        last.map_or(Ok(""), |entry| Ok(Key::find(self.text, entry)?.indent))
    }

    fn refuse_nested(&self, node: &Node) -> Result<(), Refusal> {
        let is_flat = |node: &Node| matches!(node.value, Value::Null | Value::Scalar(..));
        match &node.value {
            Value::List(items) if items.iter().all(is_flat) => Ok(()),
            _ if is_flat(node) => Ok(()),
            _ => Err(is_map()),
        }
    }

    /// A comment within what is replaced would be lost.
    fn refuse_comments(&self, key: &Key<'_, '_>, place: Span) -> Result<(), Refusal> {
        if !place.of(self.text).contains('#') {
            return Ok(());
        }
        let lines = key.entry.span;
        let within = |comment: &Span| place.contains(comment.start + lines.start);
        match comments(lines.of(self.text)) {
            Some(comments) if !comments.iter().any(within) => Ok(()),
            _ => {
                let reason = format!("a comment stands inside the value of `{}`", key.entry.key);
                Err(refusal(reason, BY_HAND))
            }
        }
    }
}

/// The quotes of a scalar, which its new value gets too.
fn quotes(node: &Node) -> Style {
    match node.value {
        Value::Scalar(_, style @ (Style::SingleQuoted | Style::DoubleQuoted)) => style,
        _ => Style::Plain,
    }
}

/// A value on one line. Dates and truth values are plain, though they look like more than text to some readers.
fn said(value: &KeyValue, style: Style) -> String {
    match value {
        KeyValue::Text(text) => scalar(text, style, Place::Block),
        KeyValue::Date(day) if style == Style::Plain => day.to_string(),
        KeyValue::Date(day) => scalar(&day.to_string(), style, Place::Block),
        KeyValue::Flag(flag) => flag.to_string(),
        KeyValue::List(items) => flow_list(items),
    }
}
