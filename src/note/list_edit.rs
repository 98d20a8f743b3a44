//! Adding to and removing from a list where it stands, in the style that it has.

use crate::note::flow;
use crate::note::line::{ending_before, line_at};
use crate::note::yaml::{Node, Style, Value};
use crate::note::yaml_write::{Place, scalar};
use crate::text::edit::Edit;
use crate::text::span::Span;

/// How a list is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListStyle {
    /// `[a, b]`
    Flow,
    /// One item per line; the white space before each dash.
    Block(String),
}

/// How the list `node` is written; `None` for a value that is no list, or one that YAML would not read.
pub fn style_of(text: &str, node: &Node) -> Option<ListStyle> {
    let source = node.span.of(text);
    if !matches!(node.value, Value::List(_)) {
        return None;
    }
    if source.starts_with('[') && source.ends_with(']') {
        return Some(ListStyle::Flow);
    }
    let indent = Span::new(line_at(text, node.span.start).span.start, node.span.start).of(text);
    let is_block = source.starts_with('-') && indent.bytes().all(|byte| byte == b' ');
    is_block.then(|| ListStyle::Block(indent.to_owned()))
}

/// `items` as a flow list.
pub fn flow_list(items: &[String]) -> String {
    let items = items.iter().map(|item| scalar(item, Style::Plain, Place::Flow));
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

/// `items` as the lines of a block list, each with `before` (a line end and the indent) in front of its dash.
pub fn block_lines(items: &[String], before: &str) -> String {
    items
        .iter()
        .map(|item| format!("{before}- {}", scalar(item, Style::Plain, Place::Block)))
        .collect()
}

/// The edits that add `item` at the end of a list that has items.
pub fn append(text: &str, list: &ListStyle, last: &Node, item: &str) -> Vec<Edit> {
    match list {
        ListStyle::Flow => flow::append(text, last.span, &scalar(item, quotes(last), Place::Flow)),
        ListStyle::Block(indent) => {
            let line = line_at(text, last.span.end);
            let ending = ending_before(text, line.span.end);
            let new = scalar(item, quotes(last), Place::Block);
            vec![Edit::insert(line.content.end, format!("{ending}{indent}- {new}"))]
        }
    }
}

/// The edits that take the items of a flow list that say `item` out of it, where others stay.
pub fn remove_from_flow(items: &[Node], item: &str) -> Vec<Edit> {
    let spans = items.iter().map(|node| node.span).collect::<Vec<_>>();
    flow::remove(&spans, |at| items.get(at).is_some_and(|node| node.text() == Some(item)))
}

/// The edits that take the lines of the items that say `item` out of a block list, where others stay; `None` where
/// an item shares its lines with something else.
pub fn remove_from_block(text: &str, items: &[Node], item: &str) -> Option<Vec<Edit>> {
    let going = items.iter().filter(|node| node.text() == Some(item));
    let lines = going.map(|node| {
        let first = line_at(text, node.span.start).span.start;
        let before = Span::new(first, node.span.start).of(text).trim_matches([' ', '\t']);
        let last = line_at(text, node.span.end).span.end;
        (before == "-").then(|| Edit::delete(Span::new(first, last)))
    });
    lines.collect()
}

/// The quotes of an item, which the next one gets too.
fn quotes(item: &Node) -> Style {
    match item.value {
        Value::Scalar(_, style @ (Style::SingleQuoted | Style::DoubleQuoted)) => style,
        _ => Style::Plain,
    }
}
