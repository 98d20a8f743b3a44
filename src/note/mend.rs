//! What is wrong with a key that YAML cannot read, and the edits that mend it where its meaning is beyond doubt.

use crate::note::bare_link::{link_list, quoted_list, unquoted};
use crate::note::chunk::Chunk;
use crate::note::key_line::key_line;
use crate::note::line::{Line, lines};
use crate::note::yaml::Trouble;
use crate::note::yaml_read::read_map;
use crate::note::yaml_write::{double_quoted, is_unseen};
use crate::text::diagnostic::{Code, Finding};
use crate::text::edit::{Edit, apply};
use crate::text::span::Span;

/// The one finding for a key that could not be read; `trouble` is why, its place in the coordinates of the file.
pub fn explain(text: &str, chunk: &Chunk, trouble: Trouble) -> Finding {
    match trouble {
        Trouble::Anchor(place) => anchor(place),
        Trouble::TooDeep => too_deep(first_line(text, chunk)),
        Trouble::NotYaml => slip(text, chunk).unwrap_or_else(|| not_yaml(text, chunk)),
    }
}

fn anchor(place: Span) -> Finding {
    Finding::new(Code::YamlAnchor, place, "anchors, aliases and tags are not read here")
        .help("put the value in quotes if it is text")
}

fn too_deep(place: Span) -> Finding {
    Finding::new(Code::FrontMatterTooDeep, place, "this is nested too deep to be read")
        .help("write it flatter, or move it into the body of the note")
}

fn not_yaml(text: &str, chunk: &Chunk) -> Finding {
    let place = first_line(text, chunk);
    let Some(head) = &chunk.head else {
        return stray(place, place.of(text));
    };
    let place = if head.rest.is_empty() { place } else { head.rest };
    let value = head.rest.of(text);
    if value.contains(is_unseen) {
        let message = format!("the value of `{}` holds a character that cannot be seen", head.key);
        return Finding::new(Code::NotYaml, place, message).help("type the value anew");
    }
    if value.starts_with(['"', '\'']) {
        let message = format!("the quotes of `{}` cannot be read", head.key);
        return Finding::new(Code::NotYaml, place, message)
            .help("close the quote at the end, and double or escape quotes inside");
    }
    Finding::new(Code::NotYaml, place, format!("the value of `{}` cannot be read", head.key))
        .help("put it in quotes if it is text")
}

/// The finding for lines that belong to no key.
fn stray(place: Span, line: &str) -> Finding {
    let is_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-');
    let after = line.trim_start_matches(is_word);
    let lacks_space =
        after.len() < line.len() && after.starts_with(':') && !after.starts_with("://");
    let help = match lacks_space {
        true => "put a space after the colon if it is a key",
        false => "move it below the front matter, or indent it under its key",
    };
    Finding::new(Code::NotYaml, place, "this belongs to no key and cannot be read").help(help)
}

fn first_line(text: &str, chunk: &Chunk) -> Span {
    lines(text, chunk.core).next().map_or(chunk.core, |line| line.content)
}

/// A slip of the pen that people make in front matter.
struct Slip {
    code: Code,
    span: Span,
    // Empty where it is not sure what was meant.
    edits: Vec<Edit>,
}

/// The first slip of the chunk as a finding, with the edits for all of them where they make it readable.
fn slip(text: &str, chunk: &Chunk) -> Option<Finding> {
    let slips = lines(text, chunk.core).flat_map(|line| slips_of(text, chunk, line));
    let mut slips = slips.collect::<Vec<_>>();
    // A tab hides what the line under it means, so it is told first.
    slips.sort_by_key(|slip| slip.code != Code::TabIndent);
    let first = slips.first()?;
    let edits = slips.iter().flat_map(|slip| slip.edits.iter().cloned()).collect::<Vec<_>>();
    let fix = if mends(text, chunk, &edits) { edits } else { Vec::new() };
    let first_text = fix.first().map(|edit| format!("write it as `{}`", edit.text));
    let (message, help) = match first.code {
        Code::UnquotedLink => return Some(unquoted(first.span, fix)),
        Code::UnquotedHandle => {
            ("a value that starts with `@` or a backtick must be quoted", first_text)
        }
        Code::UnquotedColon => ("a value that holds a colon must be quoted", first_text),
        _ => ("a tab stands where YAML wants spaces", Some("indent with spaces".to_owned())),
    };
    let help = help.or_else(|| Some("put it in quotes".to_owned()));
    Some(Finding { help, fix, ..Finding::new(first.code, first.span, message) })
}

/// Whether the chunk can be read after `edits`.
fn mends(text: &str, chunk: &Chunk, edits: &[Edit]) -> bool {
    let within = edits.iter().map(|edit| {
        let (start, end) = (edit.span.start - chunk.span.start, edit.span.end - chunk.span.start);
        Edit::replace(Span::new(start, end), edit.text.as_str())
    });
    let mended = apply(chunk.span.of(text), &within.collect::<Vec<_>>());
    !edits.is_empty() && mended.is_ok_and(|mended| read_map(&mended, 0).is_ok())
}

fn slips_of(text: &str, chunk: &Chunk, line: Line) -> Vec<Slip> {
    if line.is_blank(text) || line.is_comment(text) {
        return Vec::new();
    }
    if let Some(head) = chunk.head.as_ref().filter(|head| head.key_span.start == line.span.start) {
        return slip_of(text, head.rest, Standing::Value).into_iter().collect();
    }
    let content = line.content.of(text);
    let indent = content.len() - content.trim_start_matches([' ', '\t']).len();
    let start = line.content.start + indent;
    let (place, standing) = value_place(text, Span::new(start, line.content.end));
    let tab = tab_slip(text, Span::new(line.content.start, start));
    tab.into_iter().chain(slip_of(text, place, standing)).collect()
}

/// Where a value stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// After the colon of a key.
    Value,
    /// After a dash, where `a: b` may be a key with its value or text.
    Item,
}

fn value_place(text: &str, rest: Span) -> (Span, Standing) {
    if let Some(item) = rest.of(text).strip_prefix("- ") {
        let start = rest.end - item.trim_start_matches(' ').len();
        return (Span::new(start, start + item.trim_matches([' ', '\t']).len()), Standing::Item);
    }
    let value = key_line(rest.of(text)).map(|line| line.rest.shifted(rest.start));
    (value.unwrap_or(Span::at(rest.end)), Standing::Value)
}

fn tab_slip(text: &str, indent: Span) -> Option<Slip> {
    let tab = indent.start + indent.of(text).find('\t')?;
    let edits = vec![Edit::replace(indent, indent.of(text).replace('\t', "  "))];
    Some(Slip { code: Code::TabIndent, span: Span::new(tab, tab + 1), edits })
}

fn slip_of(text: &str, place: Span, standing: Standing) -> Option<Slip> {
    let value = place.of(text);
    let (code, edits) = match value.chars().next()? {
        '@' | '`' => (Code::UnquotedHandle, vec![quote(text, place)]),
        '[' if value.starts_with("[[") => (Code::UnquotedLink, link_edits(text, place)?),
        '[' => (Code::UnquotedHandle, handle_edits(text, place)?),
        '"' | '\'' | '{' | '}' | ']' | ',' | '#' | '&' | '*' | '!' | '|' | '>' | '%' => {
            return None;
        }
        _ if !value.contains(": ") && !value.ends_with(':') => return None,
        _ if standing == Standing::Item => (Code::UnquotedColon, Vec::new()),
        _ => (Code::UnquotedColon, vec![quote(text, place)]),
    };
    // What stands after ` #` may be a comment or a part of the value.
    let edits = if value.contains(" #") { Vec::new() } else { edits };
    Some(Slip { code, span: place, edits })
}

fn quote(text: &str, place: Span) -> Edit {
    Edit::replace(place, double_quoted(place.of(text)))
}

/// The edits for a value that begins with a link; `None` where it is a link alone, which can be read.
fn link_edits(text: &str, place: Span) -> Option<Vec<Edit>> {
    if let Some(list) = link_list(text, place) {
        return Some(vec![Edit::replace(place, quoted_list(&list))]);
    }
    let value = place.of(text);
    let after = value.find("]]").and_then(|at| value.get(at + 2..))?;
    (!after.is_empty() && !after.starts_with([',', ']'])).then(|| vec![quote(text, place)])
}

/// The edits for a flow list on one line whose items begin with `@` or a backtick; `None` where none does.
fn handle_edits(text: &str, place: Span) -> Option<Vec<Edit>> {
    let inner = place.of(text).strip_prefix('[')?.strip_suffix(']')?;
    if inner.contains(['"', '\'', '[', ']', '{', '}']) {
        return None;
    }
    let mut edits = Vec::new();
    let mut at = place.start + 1;
    for part in inner.split(',') {
        let start = at + part.len() - part.trim_start_matches(' ').len();
        let item = part.trim_matches(' ');
        if item.starts_with(['@', '`']) {
            edits.push(quote(text, Span::new(start, start + item.len())));
        }
        at += part.len() + 1;
    }
    (!edits.is_empty()).then_some(edits)
}
