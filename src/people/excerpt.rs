//! Pieces of a note's body: the text of an item, the links and tags in it.

use crate::note::document::Document;
use crate::note::markdown::{Item, Link, LinkKind};
use crate::people::link_ref::LinkRef;
use crate::text::byte_scan::{first_of_two, holds, trimmed};
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
    match signs(text.as_bytes()) {
        0 => true,
        SPACE => !text.contains(spaced_oddly),
        _ => false,
    }
}

/// There is a sign that may need a change, or a space before a space.
const ODD: u8 = 1;
/// There is the first byte of a character that may be white space.
const SPACE: u8 = 2;

/// What of [`ODD`] and [`SPACE`] there is in a text. Many bytes are looked at together, without a branch among them: the
/// processor takes sixteen at a time.
fn signs(bytes: &[u8]) -> u8 {
    let last = bytes.last().map_or(0, |byte| sign(*byte, 0));
    let next = bytes.get(1..).unwrap_or_default();
    let bytes = bytes.get(..next.len()).unwrap_or_default();
    // The last piece may repeat bytes of the one before it, which does no harm.
    if let Some(end) = pair::<32>(bytes.last_chunk(), next.last_chunk()) {
        let pieces = bytes.as_chunks::<32>().0.iter().zip(next.as_chunks::<32>().0);
        let mut looks = pieces.map(|(piece, next)| signs_of(piece, next));
        let found = |found: u8, more: u8| (found & ODD == 0).then_some(found | more);
        return looks.try_fold(last | end, found).unwrap_or(ODD);
    }
    let start = pair::<16>(bytes.first_chunk(), next.first_chunk());
    match start.zip(pair::<16>(bytes.last_chunk(), next.last_chunk())) {
        Some((start, end)) => last | start | end,
        None => bytes.iter().zip(next).fold(last, |all, (byte, next)| all | sign(*byte, *next)),
    }
}

fn pair<const N: usize>(bytes: Option<&[u8; N]>, next: Option<&[u8; N]>) -> Option<u8> {
    Some(signs_of(bytes?, next?))
}

#[inline]
fn signs_of<const N: usize>(bytes: &[u8; N], next: &[u8; N]) -> u8 {
    bytes.iter().zip(next).fold(0, |all, (byte, next)| all | sign(*byte, *next))
}

#[inline]
fn sign(byte: u8, next: u8) -> u8 {
    let odd = (byte < b' ')
        | (byte == 0x7f)
        | (byte == b'#')
        | (byte == b'^')
        | (byte == b'%')
        | (byte == b'<')
        | ((byte == b' ') & (next == b' '));
    // White space beyond ASCII lies in U+0085 to U+00A0 and in U+1680 to U+3000.
    let space = (byte == 0xc2) | ((byte & 0xfc) == 0xe0);
    (u8::from(odd) * ODD) | (u8::from(space) * SPACE)
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
    let trimmed = trimmed(text);
    if is_plain(trimmed) { trimmed.to_owned() } else { made_plain(trimmed) }
}

fn made_plain(text: &str) -> String {
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

#[cfg(test)]
mod tests {
    use crate::people::excerpt::{made_plain, plain, signs};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_text_that_is_taken_as_it_is_needs_no_change(
            text in "(a|bc|é|日|—| |  | \\^b| #event/x|#|%%|<!--|-->|\\^|[\u{a0}\u{2003}\u{3000}\u{1680}\u{85}\u{7f}\t\n]|[a-z]{9}( [a-z]{9}){0,3}){0,7}",
        ) {
            prop_assert_eq!(plain(&text), made_plain(text.trim()));
        }

        #[test]
        fn most_texts_are_taken_as_they_are(text in "[a-zé日]{1,9}( [A-Zé日,.]{1,9}){0,9}") {
            prop_assert!(signs(text.as_bytes()) & 1 == 0);
        }
    }
}
