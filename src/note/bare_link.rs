//! Wikilinks that nobody quoted: `[[Ana Lima]]` is a list in a list for YAML, and a link for the person who wrote it.

use crate::note::yaml::{Node, Style, Value};
use crate::note::yaml_write::double_quoted;
use crate::text::diagnostic::{Code, Finding};
use crate::text::edit::Edit;
use crate::text::span::Span;

/// Turn every unquoted wikilink in `node` into the text that stands there, with a finding for each.
pub fn read_links(text: &str, node: &mut Node, findings: &mut Vec<Finding>) {
    if is_link(text, node) {
        let link = node.span.of(text);
        findings.push(unquoted(node.span, vec![Edit::replace(node.span, double_quoted(link))]));
        node.value = Value::Scalar(link.to_owned(), Style::Plain);
        return;
    }
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| read_links(text, item, findings)),
        Value::Map(pairs) => {
            pairs.iter_mut().for_each(|(_, value)| read_links(text, value, findings));
        }
        Value::Null | Value::Scalar(..) => {}
    }
}

/// `[[Ana]], [[Bo]]`, which is no YAML at all: the list of two or more links that fills `place`.
pub fn link_list(text: &str, place: Span) -> Option<Node> {
    let mut items = Vec::new();
    let mut at = place.start;
    for part in place.of(text).split(',') {
        let start = at + part.len() - part.trim_start_matches(' ').len();
        let span = Span::new(start, start + part.trim_matches(' ').len());
        let link = link_within(span.of(text))?;
        items.push(Node { value: Value::Scalar(link.to_owned(), Style::Plain), span });
        at += part.len() + 1;
    }
    (items.len() > 1).then_some(Node { value: Value::List(items), span: place })
}

/// The same list with every link quoted.
pub fn quoted_list(list: &Node) -> String {
    let Value::List(items) = &list.value else { return String::new() };
    let quoted = items.iter().filter_map(Node::text).map(double_quoted).collect::<Vec<_>>();
    format!("[{}]", quoted.join(", "))
}

/// The finding for links at `span`.
pub fn unquoted(span: Span, fix: Vec<Edit>) -> Finding {
    let finding = Finding::new(Code::UnquotedLink, span, "a wikilink here must be quoted");
    let help = fix.first().map(|edit| format!("write it as `{}`", edit.text));
    Finding { help, fix, ..finding }
}

fn is_link(text: &str, node: &Node) -> bool {
    let is_nested = matches!(&node.value, Value::List(items)
        if matches!(items.as_slice(), [Node { value: Value::List(_), .. }]));
    is_nested && link_within(node.span.of(text)).is_some()
}

/// `text`, where it is one wikilink and nothing else, on one line.
fn link_within(text: &str) -> Option<&str> {
    let name = text.strip_prefix("[[")?.strip_suffix("]]")?;
    let is_name =
        !name.trim().is_empty() && !name.contains(['[', ']', '{', '}', '"', '\'', '\n', '\r']);
    is_name.then_some(text)
}
