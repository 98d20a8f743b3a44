//! Pieces of a note's body: the text of an item, the links and tags in it.

use crate::note::document::Document;
use crate::note::markdown::{Item, Link, LinkKind};
use crate::people::link_ref::LinkRef;
use crate::text::byte_scan::{first_of_two, holds};
use crate::text::span::Span;
use std::borrow::Cow;

/// The text of an item after its marker and box; `- [2025-02-20]: Coffee` is a link definition to Markdown and so has
/// no paragraph, but a person means text.
pub fn content_of(item: &Item, text: &str) -> Span {
    if !item.content.is_empty() {
        return item.content;
    }
    let after_marker = Span::new(item.marker.end, item.span.end);
    let line = first_line(after_marker, text);
    let start = line.end - line.of(text).trim_start().len();
    if text.get(start..).is_some_and(|rest| rest.starts_with('[')) {
        Span::new(start, line.end)
    } else {
        item.content
    }
}

/// The part of `span` before its first line end.
pub fn first_line(span: Span, text: &str) -> Span {
    let length = first_of_two(span.of(text), b'\n', b'\r').unwrap_or(span.len());
    Span::new(span.start, span.start + length)
}

/// The links inside `whole` that name a note and are no embeds.
pub fn links<'a>(document: &'a Document<'_>, whole: Span) -> impl Iterator<Item = LinkRef> + 'a {
    let people = people_links(document, whole);
    people.map(|link| LinkRef { target: link.target.clone(), span: link.span })
}

fn people_links<'a>(document: &'a Document<'_>, whole: Span) -> impl Iterator<Item = &'a Link> {
    let links = &document.markdown.links;
    let from = links.partition_point(|link| link.span.start < whole.start);
    let inside = links[from..].iter().take_while(move |link| link.span.start < whole.end);
    inside.filter(|link| link.kind != LinkKind::WikiEmbed && !link.target.note.is_empty())
}

/// Whether anything of [`links`] or [`event_tags`] is inside `whole`.
pub fn has_links_or_events(document: &Document<'_>, whole: Span) -> bool {
    people_links(document, whole).next().is_some() || events(document, whole).next().is_some()
}

/// The kinds of `#event/KIND` tags inside `whole`.
pub fn event_tags(document: &Document<'_>, whole: Span) -> Vec<String> {
    events(document, whole).map(str::to_lowercase).collect()
}

fn events<'a>(document: &'a Document<'_>, whole: Span) -> impl Iterator<Item = &'a str> {
    let tags = &document.markdown.tags;
    let from = tags.partition_point(|(_, span)| span.start < whole.start);
    let inside = tags[from..].iter().take_while(move |(_, span)| span.start < whole.end);
    inside.filter_map(|(tag, _)| tag.strip_prefix("event/"))
}

/// `text` without its comments, `%% … %%` and `<!-- … -->`: what the owner hid is shown nowhere. One that does not end
/// is only text.
pub fn without_comments(text: &str) -> Cow<'_, str> {
    if !holds(text, b'%') && !holds(text, b'<') {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((at, closing)) = next_comment(rest) {
        let (before, comment) = rest.split_at(at);
        let after = comment
            .get(2..)
            .and_then(|inner| inner.find(closing).map(|end| 2 + end + closing.len()));
        let Some(end) = after else { break };
        shown.push_str(before);
        rest = comment.get(end..).unwrap_or("");
    }
    shown.push_str(rest);
    Cow::Owned(shown)
}

/// Whether nothing in `text`, which is trimmed, could need a change: one line with single spaces, without tags, ids
/// and comments.
fn is_plain(text: &str) -> bool {
    let spaced_oddly = |character: char| !character.is_ascii() && character.is_whitespace();
    is_plain_run(text.as_bytes()) && (text.is_ascii() || !text.contains(spaced_oddly))
}

/// How many bytes are looked at together: the processor takes as many at a time where none of them ends the search.
const TOGETHER: usize = 16;

fn is_plain_run(bytes: &[u8]) -> bool {
    // The last look may repeat bytes of the one before it, which does no harm.
    let Some(last) = bytes.len().checked_sub(TOGETHER + 1) else { return is_plain_piece(bytes) };
    let looks = (0..last).step_by(TOGETHER).chain(std::iter::once(last));
    let pieces = looks.filter_map(|at| bytes.get(at..at + TOGETHER + 1));
    pieces.filter_map(<[u8]>::first_chunk::<{ TOGETHER + 1 }>).all(|piece| is_plain_piece(piece))
}

#[inline]
fn is_plain_piece(bytes: &[u8]) -> bool {
    let common = |byte: &u8| {
        (*byte >= b' ')
            & (*byte != 0x7f)
            & (*byte != b'#')
            & (*byte != b'^')
            & (*byte != b'%')
            & (*byte != b'<')
    };
    let all_common = bytes.iter().fold(true, |all, byte| all & common(byte));
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let single = pairs.fold(true, |all, (one, two)| all & ((*one != b' ') | (*two != b' ')));
    all_common & single
}

fn next_comment(text: &str) -> Option<(usize, &'static str)> {
    // One walk for both: looking for each in turn would cost the square of the length.
    text.match_indices(['%', '<']).find_map(|(at, _)| {
        let rest = text.get(at..)?;
        let closings = [("%%", "%%"), ("<!--", "-->")];
        let opened = closings.into_iter().find(|(opening, _)| rest.starts_with(opening));
        opened.map(|(_, closing)| (at, closing))
    })
}

/// Text on one line, without `#event/` tags and a block id at its end.
pub fn plain(text: &str) -> String {
    let trimmed = text.trim();
    if is_plain(trimmed) {
        return trimmed.to_owned();
    }
    let text = without_comments(text);
    let mut plain = String::with_capacity(text.len());
    for word in text.split_whitespace().filter(|word| !word.starts_with("#event/")) {
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.push_str(word);
    }
    let last = plain.rfind(' ').map_or(0, |at| at + 1);
    if plain.len() > last + 1 && plain[last..].starts_with('^') {
        plain.truncate(last.saturating_sub(1));
    }
    plain
}
