//! Adding to and removing from a list where it stands, in the style that it has.

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

/// The edit that adds `item` at the end of a list that has items.
pub fn append(text: &str, list: &ListStyle, last: &Node, item: &str) -> Edit {
    match list {
        ListStyle::Flow => {
            let new = scalar(item, quotes(last), Place::Flow);
            Edit::insert(last.span.end, format!(",{}{new}", gap_before(text, last)))
        }
        ListStyle::Block(indent) => {
            let line = line_at(text, last.span.end);
            let ending = ending_before(text, line.span.end);
            let new = scalar(item, quotes(last), Place::Block);
            Edit::insert(line.content.end, format!("{ending}{indent}- {new}"))
        }
    }
}

/// The edits that take the items of a flow list that say `item` out of it, where others stay.
pub fn remove_from_flow(items: &[Node], item: &str) -> Vec<Edit> {
    let goes = |node: &Node| node.text() == Some(item);
    let first_kept = items.iter().position(|node| !goes(node)).unwrap_or(items.len());
    let ends = items.iter().zip(items.iter().skip(1));
    // Those at the front go with the comma after them, the others with the comma before.
    let at_front =
        ends.clone().take(first_kept).map(|(node, next)| (node.span.start, next.span.start));
    let behind = ends.skip(first_kept).filter(|(_, node)| goes(node));
    let behind = behind.map(|(before, node)| (before.span.end, node.span.end));
    at_front.chain(behind).map(|(start, end)| Edit::delete(Span::new(start, end))).collect()
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

/// What stands between the comma and a new item: a space, or a line end and the indent where the last item begins
/// its line.
fn gap_before(text: &str, last: &Node) -> String {
    let line = line_at(text, last.span.start);
    let before = Span::new(line.span.start, last.span.start).of(text);
    match before.trim_matches([' ', '\t']).is_empty() {
        true => format!("{}{before}", ending_before(text, line.span.start)),
        false => " ".to_owned(),
    }
}
