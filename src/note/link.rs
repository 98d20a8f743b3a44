//! Links as text: `[[people/ana-lima#Log|Ana]]` and `[Ana](people/ana-lima.md#Log)` taken apart.
//!
//! Always true here: nothing is resolved and no name is changed; a target is what stands between the brackets.

use crate::text::byte_scan::{first_of_two, split_at_byte, trimmed};
use crate::text::span::Span;
use serde::{Deserialize, Serialize};

/// What a link points at, as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Target {
    /// The note: a path, a file stem, a name or an alias; `.md` at the end is cut. Empty for a link within the note.
    pub note: String,
    /// The heading after `#`; a heading below a heading keeps its `#` (`Log#2026`).
    pub heading: Option<String>,
    /// The block id after `#^`.
    pub block: Option<String>,
    /// The text shown instead, after `|`.
    pub display: Option<String>,
}

/// A link found in running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundLink {
    /// From the first bracket (of an embed, from the `!`) to the last.
    pub span: Span,
    /// What it points at.
    pub target: Target,
    /// Whether it is written `[[…]]`.
    pub wiki: bool,
    /// Whether it is an embed, `![[…]]` or `![…](…)`.
    pub embed: bool,
}

/// Where a link stands in running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkPlace {
    /// As in [`FoundLink`].
    pub span: Span,
    /// As in [`FoundLink`].
    pub embed: bool,
}

/// No path is longer than this; a longer destination is not looked at, so that hostile text costs nothing.
const LONGEST_DESTINATION: usize = 1024;

impl Target {
    /// Reads what stands between `[[` and `]]`. The first `|` (in tables `\|`) starts the display text, the first
    /// `#` the heading, `#^` a block id; every part is trimmed, an empty part is none.
    pub fn parse(inner: &str) -> Target {
        if is_name_alone(inner) { Target::of(inner, None) } else { Target::of_parts(inner) }
    }

    fn of_parts(inner: &str) -> Target {
        let (place, display) = split_display(inner);
        let (note, fragment) = split_fragment(place);
        Target { display: display.and_then(filled), ..Target::of(note, fragment) }
    }

    /// Reads the destination of a Markdown link, percent signs decoded. `None` for what is no note: a URL with a
    /// scheme (`https:`, `mailto:`), `//host`, an empty destination.
    pub fn from_destination(destination: &str) -> Option<Target> {
        let destination = destination.trim();
        if !may_be_note(destination) {
            return None;
        }
        // A percent-encoded `#` belongs to the name, so the parts are taken before they are decoded.
        let (note, fragment) = split_fragment(destination);
        let fragment = fragment.map(percent_decoded);
        Some(Target::of(&percent_decoded(note), fragment.as_deref()))
    }

    /// Whether it points at nothing at all, as `[[ ]]` does.
    pub fn is_empty(&self) -> bool {
        self.note.is_empty() && self.heading.is_none() && self.block.is_none()
    }

    fn of(note: &str, fragment: Option<&str>) -> Target {
        let (heading, block) = match fragment.map(|fragment| fragment.split_once('^')) {
            Some(Some((heading, block))) if heading.is_empty() || heading.ends_with('#') => {
                (filled(heading.trim_end_matches('#')), filled(block))
            }
            _ => (fragment.and_then(filled), None),
        };
        Target { note: without_extension(trimmed(note)).to_owned(), heading, block, display: None }
    }
}

/// Every `[[wikilink]]` of a value, embeds left out.
pub fn all_wikilinks(text: &str) -> Vec<(Span, Target)> {
    wikilinks(text).collect()
}

/// Every link in `text`, wikilinks and Markdown links to notes, embeds included, in order. Code and comments are not
/// known here: this is for front matter values and the heads of log lines. No link spans two lines, none holds
/// another, and a backslash before a bracket makes it text.
pub fn links(text: &str) -> impl Iterator<Item = FoundLink> {
    written(text).filter_map(|link| {
        let Written { span, wiki, embed, inner, shown } = link;
        let target = match wiki {
            true => Target::parse(inner),
            false => Target { display: filled(shown), ..Target::from_destination(inner)? },
        };
        Some(FoundLink { span, target, wiki, embed })
    })
}

/// Where the same links stand.
pub fn places(text: &str) -> impl Iterator<Item = LinkPlace> {
    written(text).map(|link| LinkPlace { span: link.span, embed: link.embed })
}

fn wikilinks(text: &str) -> impl Iterator<Item = (Span, Target)> {
    links(text).filter(|link| link.wiki && !link.embed).map(|link| (link.span, link.target))
}

/// A link as it is written.
#[derive(Debug, Clone, Copy)]
struct Written<'a> {
    span: Span,
    wiki: bool,
    embed: bool,
    /// What stands between the brackets of a wikilink, or the parentheses of a Markdown link.
    inner: &'a str,
    /// The text of a Markdown link.
    shown: &'a str,
}

fn written(text: &str) -> impl Iterator<Item = Written<'_>> {
    Links { text, at: 0 }
}

struct Links<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Links<'a> {
    type Item = Written<'a>;

    fn next(&mut self) -> Option<Written<'a>> {
        self.skip_to_bracket();
        self.walk()
    }
}

impl<'a> Links<'a> {
    /// The next link, from here on.
    fn walk(&mut self) -> Option<Written<'a>> {
        // The last bracket before a closing one is its partner, so each byte is looked at once.
        let mut open = None;
        while let Some(byte) = self.byte(self.at) {
            match byte {
                b'\\' => self.at += 1,
                b'\n' => open = None,
                b'[' => open = Some(self.at),
                b']' => {
                    if let Some(link) = open.take().and_then(|open| self.closed(open)) {
                        self.at = link.span.end;
                        return Some(link);
                    }
                }
                _ => {}
            }
            self.at += 1;
        }
        None
    }

    /// Passes over text in which no link begins; a backslash may make a bracket text.
    fn skip_to_bracket(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or("");
        self.at += first_of_two(rest, b'[', b'\\').unwrap_or(rest.len());
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// The link whose innermost opening bracket is at `open` and whose closing bracket is here.
    fn closed(&self, open: usize) -> Option<Written<'a>> {
        match self.byte(self.at + 1)? {
            b']' => self.wiki(open),
            b'(' => self.markdown(open),
            _ => None,
        }
    }

    fn wiki(&self, open: usize) -> Option<Written<'a>> {
        let first = open.checked_sub(1).filter(|at| self.byte(*at) == Some(b'['))?;
        let first = first
            .checked_sub(1)
            .filter(|at| self.byte(*at) == Some(b'\\'))
            .map_or(Some(first), |_| None)?;
        let inner = self.text.get(open + 1..self.at)?;
        points_somewhere(inner).then(|| self.found(first, self.at + 2, inner, None))
    }

    fn markdown(&self, open: usize) -> Option<Written<'a>> {
        let start = self.at + 2;
        let (destination, end) = destination(self.text.get(start..)?)?;
        let shown = self.text.get(open + 1..self.at);
        may_be_note(destination.trim())
            .then(|| self.found(open, start + end, destination, shown.or(Some(""))))
    }

    /// `shown` is the text of a Markdown link; a wikilink has none.
    fn found(
        &self,
        start: usize,
        end: usize,
        inner: &'a str,
        shown: Option<&'a str>,
    ) -> Written<'a> {
        let embed = start > 0 && self.byte(start - 1) == Some(b'!');
        let span = Span::new(start - usize::from(embed), end);
        Written { span, wiki: shown.is_none(), embed, inner, shown: shown.unwrap_or("") }
    }
}

/// The destination after `](`, and the offset after its `)`. A title is not read: then it is no link to a note.
fn destination(text: &str) -> Option<(&str, usize)> {
    if let Some(pointed) = text.strip_prefix('<') {
        let end = bounded(pointed, |byte| matches!(byte, b'>' | b'\n'))?;
        return pointed[end..].starts_with(">)").then(|| (&pointed[..end], end + 3));
    }
    let mut depth = 0usize;
    let end = bounded(text, |byte| match byte {
        b'(' => {
            depth += 1;
            false
        }
        b')' => {
            depth = depth.wrapping_sub(1);
            depth == usize::MAX
        }
        _ => byte.is_ascii_whitespace(),
    })?;
    text[end..].starts_with(')').then(|| (&text[..end], end + 1))
}

fn bounded(text: &str, stops: impl FnMut(u8) -> bool) -> Option<usize> {
    text.bytes().take(LONGEST_DESTINATION).position(stops)
}

/// Whether a wikilink holds neither a display text nor a heading, as most do not.
fn is_name_alone(inner: &str) -> bool {
    first_of_two(inner, b'|', b'#').is_none()
}

/// The place and the display text of what stands between the brackets of a wikilink.
fn split_display(inner: &str) -> (&str, Option<&str>) {
    match split_at_byte(inner, b'|') {
        Some((place, display)) => (place.strip_suffix('\\').unwrap_or(place), Some(display)),
        None => (inner, None),
    }
}

/// Whether a wikilink has any target at all.
fn points_somewhere(inner: &str) -> bool {
    if is_name_alone(inner) {
        return !without_extension(trimmed(inner)).is_empty();
    }
    let (place, _) = split_display(inner);
    let (note, fragment) = split_fragment(place);
    // Looking at the name is enough for nearly all of them.
    let named = !without_extension(trimmed(note)).is_empty();
    named || !Target::of(note, fragment).is_empty()
}

/// Whether the trimmed destination of a Markdown link is no URL.
fn may_be_note(destination: &str) -> bool {
    !(destination.is_empty() || destination.starts_with("//") || has_scheme(destination))
}

fn split_fragment(place: &str) -> (&str, Option<&str>) {
    split_at_byte(place, b'#').map_or((place, None), |(note, fragment)| (note, Some(fragment)))
}

fn filled(part: &str) -> Option<String> {
    let part = trimmed(part);
    (!part.is_empty()).then(|| part.to_owned())
}

fn without_extension(note: &str) -> &str {
    if !note.ends_with(['d', 'D']) {
        return note;
    }
    let cut = note.len().saturating_sub(3);
    match note.split_at_checked(cut) {
        Some((stem, end)) if end.eq_ignore_ascii_case(".md") => stem,
        _ => note,
    }
}

/// RFC 3986, section 3.1: a letter, then letters, digits, `+`, `-`, `.`, then a colon.
fn has_scheme(destination: &str) -> bool {
    destination.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    })
}

/// The text with `%20` and the like decoded; unchanged where that would not be UTF-8.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let decoded = (*first == b'%').then(|| hexadecimal(after)).flatten();
        bytes.push(decoded.unwrap_or(*first));
        rest = if decoded.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let value = |byte: u8| char::from(byte).to_digit(16);
    match digits {
        [high, low, ..] => u8::try_from(value(*high)? * 16 + value(*low)?).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::note::link::{Links, Target, all_wikilinks, links, places, points_somewhere};
    use proptest::prelude::*;

    fn shown(target: &Target) -> String {
        let part = |mark: &str, part: &Option<String>| {
            part.as_ref().map_or(String::new(), |part| format!("{mark}{part}"))
        };
        let (heading, block) = (part(" heading=", &target.heading), part(" block=", &target.block));
        format!("{}{heading}{block}{}", target.note, part(" display=", &target.display))
    }

    fn check(inner: &str, expected: &str) {
        assert_eq!(shown(&Target::parse(inner)), expected, "{inner}");
    }

    #[test]
    fn a_wikilink_comes_apart() {
        check("Ana", "Ana");
        check(" people/ana-lima.md | Ana ", "people/ana-lima display=Ana");
        check("people/ana#Log|Ana", "people/ana heading=Log display=Ana");
        check("Ana.MD#Log", "Ana heading=Log");
        check("Ana\\|A", "Ana display=A");
        check("#Log", " heading=Log");
        check("#^b1", " block=b1");
        check("Ana#^b1|x", "Ana block=b1 display=x");
        check("Ana#Log#2026", "Ana heading=Log#2026");
        check("Ana#Log#^b1", "Ana heading=Log block=b1");
        check("Ana#x^2", "Ana heading=x^2");
        check("Ana||x", "Ana display=|x");
        check("Ana|", "Ana");
        check("Ana#", "Ana");
        check("", "");
        check("ü.md", "ü");
        check("é", "é");
    }

    fn check_destination(destination: &str, expected: Option<&str>) {
        let target = Target::from_destination(destination);
        assert_eq!(target.as_ref().map(shown).as_deref(), expected, "{destination}");
    }

    #[test]
    fn a_destination_is_a_note_or_none() {
        check_destination("people/x.md", Some("people/x"));
        check_destination("people/x%20y.md#the%20Log", Some("people/x y heading=the Log"));
        check_destination("people/x y.md", Some("people/x y"));
        check_destination("Jo%C3%A3o.md", Some("João"));
        check_destination("100%.md", Some("100%"));
        check_destination("%ff.md", Some("%ff"));
        check_destination("a%23b.md", Some("a#b"));
        check_destination("a.md#^b1", Some("a block=b1"));
        check_destination("#Log", Some(" heading=Log"));
        check_destination("https://example.org/x.md", None);
        check_destination("mailto:ana@example.org", None);
        check_destination("obsidian://open?vault=x", None);
        check_destination("//example.org", None);
        check_destination("", None);
    }

    fn check_found(text: &str, expected: &[&str]) {
        let found = links(text)
            .map(|link| {
                let mark = if link.embed { "embed " } else { "" };
                format!("{mark}{} -> {}", link.span.of(text), shown(&link.target))
            })
            .collect::<Vec<_>>();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn links_are_found_in_running_text() {
        check_found("[[a]], [[b|B]]", &["[[a]] -> a", "[[b|B]] -> b display=B"]);
        check_found("![[a]] [[b]]", &["embed ![[a]] -> a", "[[b]] -> b"]);
        check_found("[Ana](people/ana.md)", &["[Ana](people/ana.md) -> people/ana display=Ana"]);
        check_found("[x](<a b.md>)", &["[x](<a b.md>) -> a b display=x"]);
        check_found("[x](a(1).md).", &["[x](a(1).md) -> a(1) display=x"]);
        check_found("[x](https://a.b) [y](a b) [z]", &[]);
        check_found("\\[[a]] [\\[b]] [[c\n]] [[ ]] [[]] [d]]", &[]);
        check_found("[[[a]]]", &["[[a]] -> a"]);
        check_found("[[a [[b]]", &["[[b]] -> b"]);
        check_found("[[ä]]ö[[ü]]", &["[[ä]] -> ä", "[[ü]] -> ü"]);
        check_found("tail \\", &[]);
    }

    #[test]
    fn wikilinks_of_a_value_leave_embeds_and_markdown_links_out() {
        let value = "![[e]] [m](m.md) [[a]] and [[b]]";
        let notes = all_wikilinks(value).into_iter().map(|(_, target)| target.note);
        assert_eq!(notes.collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn hostile_brackets_take_linear_time() {
        for piece in ["[", "[[", "]", "[[a]", "[a](", "[a](<", "[a](b(", "\\["] {
            assert!(links(&piece.repeat(20_000)).count() == 0, "{piece}");
        }
        assert_eq!(links(&"[[a]]".repeat(20_000)).count(), 20_000);
    }

    proptest! {
        #[test]
        fn the_short_ways_lead_to_the_same_links(text in "(\\\\|\\\\\\[|\\]\\(b\\)|!|\\[|\\[\\[|\\]\\]|\\]\\(|\\)|\\||#|#\\^|a|é|b.md|c.MD|\n| ){0,12}") {
            let mut links = Links { text: &text, at: 0 };
            let walked = std::iter::from_fn(|| links.walk()).map(|link| (link.span, link.embed));
            let found = places(&text).map(|link| (link.span, link.embed));
            prop_assert_eq!(found.collect::<Vec<_>>(), walked.collect::<Vec<_>>());
            prop_assert_eq!(Target::parse(&text), Target::of_parts(&text));
            prop_assert_eq!(points_somewhere(&text), !Target::of_parts(&text).is_empty());
        }

        #[test]
        fn every_link_is_text_between_its_brackets(text in "[\\[\\]()|#^!\\\\a é<>.\n]{0,40}") {
            let mut end = 0;
            for link in links(&text) {
                let source = link.span.of(&text);
                prop_assert!(link.span.start >= end && !source.is_empty());
                prop_assert!(source.trim_start_matches('!').starts_with('[') && !source.contains('\n'));
                end = link.span.end;
            }
        }
    }
}
