//! Links that are to say something else: each keeps its style, its heading, its display text and its quotes.
//!
//! Invariant: what comes back has been read again: the same links in the same places, the wanted ones leading where
//! they are to lead, and nothing else changed; or a refusal.

use crate::note::change::{LinkChange, Refusal};
use crate::note::comment::covers;
use crate::note::document::Document;
use crate::note::link::{Target, links};
use crate::note::outline::{Link, LinkKind};
use crate::note::yaml::{Node, Style, Value};
use crate::text::edit::{Edit, apply};
use crate::text::span::Span;
use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;

/// `text`, whose reading is `document`, with `changes` made.
pub fn changed(
    text: &str,
    document: &Document<'_>,
    changes: &[LinkChange],
) -> Result<String, Refusal> {
    // In a table a link must write its bar as `\|`.
    let plain = Wanted::new(changes, "|").changed(text, document);
    plain.or_else(|_| Wanted::new(changes, "\\|").changed(text, document))
}

/// Every spelling of a link in `text`, those in code and comments too: whether it is a wikilink, and its note part. Cheap,
/// for asking which notes have to be read.
pub fn spellings(text: &str) -> impl Iterator<Item = (bool, String)> {
    let found = links(text).map(|link| (link.wiki, link.target.note));
    // What a destination with a title, and one that is defined apart, look like.
    let apart = text.match_indices(']').filter_map(move |(at, _)| {
        let (before, rest) = (text.get(..at)?, text.get(at + 1..)?);
        // What ends with two brackets is a wikilink and no label.
        let rest = rest.strip_prefix(['(', ':']).filter(|_| !before.ends_with(']'))?;
        let rest = rest.trim_start_matches([' ', '\t']);
        let (place, _) = destination(rest)?;
        Some((false, Target::from_destination(place.of(rest))?.note))
    });
    found.chain(apart)
}

/// The links of a note as a reader of all of it finds them, each as [`spellings`] gives it.
pub fn linked(text: &str) -> BTreeSet<(bool, String)> {
    let document = Document::read(text);
    let body = document.markdown.links.iter();
    let body = body.map(|link| (link.kind != LinkKind::Markdown, link.target.note.clone()));
    let values = leaves(&document).into_iter().filter_map(|(node, _)| node.text());
    let head = values.flat_map(links).map(|link| (link.wiki, link.target.note));
    body.chain(head).collect()
}

fn not_safe() -> Refusal {
    Refusal {
        reason: "a link in it cannot be changed safely".to_owned(),
        hint: Some("change the link in your editor".to_owned()),
    }
}

fn moved_on(edit: Edit, by: usize) -> Edit {
    Edit { span: edit.span.shifted(by), text: edit.text }
}

/// The texts in the values of the front matter.
fn leaves<'d>(document: &'d Document<'_>) -> Vec<(&'d Node, Style)> {
    fn gather<'d>(node: &'d Node, leaves: &mut Vec<(&'d Node, Style)>) {
        match &node.value {
            Value::Scalar(_, style) => leaves.push((node, *style)),
            Value::List(items) => items.iter().for_each(|item| gather(item, leaves)),
            Value::Map(pairs) => pairs.iter().for_each(|(_, value)| gather(value, leaves)),
            Value::Null => {}
        }
    }
    let mut leaves = Vec::new();
    let entries = document.front_matter.iter().flat_map(|front_matter| &front_matter.entries);
    entries.for_each(|entry| gather(&entry.value, &mut leaves));
    leaves
}

struct Wanted<'a> {
    changes: HashMap<(bool, &'a str), &'a LinkChange>,
    /// What stands before a display text that is added.
    bar: &'static str,
}

impl<'a> Wanted<'a> {
    fn new(changes: &'a [LinkChange], bar: &'static str) -> Wanted<'a> {
        let mut known = HashMap::new();
        for change in changes {
            known.entry((change.wiki, change.from.as_str())).or_insert(change);
        }
        Wanted { changes: known, bar }
    }

    fn changed(&self, text: &str, document: &Document<'_>) -> Result<String, Refusal> {
        let mut edits = self.edits_of_body(text, document);
        for (node, style) in leaves(document) {
            edits.extend(self.edits_of_value(text, node, style)?);
        }
        for unread in document.front_matter.iter().flat_map(|front_matter| &front_matter.unread) {
            let found = self.edits_of_plain_text(unread.span.of(text));
            edits.extend(found.into_iter().map(|edit| moved_on(edit, unread.span.start)));
        }
        if edits.is_empty() {
            return Ok(text.to_owned());
        }
        let after = apply(text, &edits).map_err(|_| not_safe())?;
        self.verify(document, &Document::read(&after))?;
        Ok(after)
    }

    fn get(&self, wiki: bool, note: &str) -> Option<&'a LinkChange> {
        self.changes.get(&(wiki, note)).copied()
    }

    // The body

    fn edits_of_body(&self, text: &str, document: &Document<'_>) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut apart = false;
        for link in &document.markdown.links {
            let wiki = link.kind != LinkKind::Markdown;
            let Some(change) = self.get(wiki, &link.target.note) else { continue };
            let source = link.span.of(text);
            let found = if wiki {
                of_wikilink(source, change, self.bar)
            } else {
                of_markdown_link(source, change)
            };
            apart |= found.is_empty();
            edits.extend(found.into_iter().map(|edit| moved_on(edit, link.span.start)));
        }
        if apart {
            edits.extend(self.edits_of_definitions(text, document));
        }
        edits.extend(self.edits_of_pictures(text, document));
        edits
    }

    /// `![…](people/ana.md)`, which the reading of the Markdown leaves out.
    fn edits_of_pictures(&self, text: &str, document: &Document<'_>) -> Vec<Edit> {
        let start = document.front_matter.as_ref().map_or(0, |front_matter| front_matter.span.end);
        let body = text.get(start..).unwrap_or("");
        let mut edits = Vec::new();
        for link in links(body).filter(|link| link.embed && !link.wiki) {
            let span = link.span.shifted(start);
            if covers(&document.markdown.hidden, span.start) {
                continue;
            }
            let change = self.get(false, &link.target.note);
            let found = change.map(|change| of_markdown_link(span.of(text), change));
            edits.extend(found.into_iter().flatten().map(|edit| moved_on(edit, span.start)));
        }
        edits
    }

    /// `[ana]: people/ana.md`, on lines of their own.
    fn edits_of_definitions(&self, text: &str, document: &Document<'_>) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut at = document.front_matter.as_ref().map_or(0, |front_matter| front_matter.span.end);
        for line in text.get(at..).unwrap_or("").split_inclusive('\n') {
            let hidden = covers(&document.markdown.hidden, at);
            let found = if hidden { None } else { self.edit_of_definition(line) };
            edits.extend(found.map(|edit| moved_on(edit, at)));
            at += line.len();
        }
        edits
    }

    fn edit_of_definition(&self, line: &str) -> Option<Edit> {
        let label = line.trim_start_matches(' ');
        let is_definition = label.starts_with('[') && line.len() - label.len() <= 3;
        let colon = line.find("]:").filter(|_| is_definition)? + 2;
        let rest = line.get(colon..)?;
        let start = colon + rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let (place, pointed) = destination(line.get(start..)?)?;
        let place = place.shifted(start);
        let note = Target::from_destination(place.of(line))?.note;
        Some(of_destination(place.of(line), self.get(false, &note)?, pointed, place.start))
    }

    // The front matter

    /// The edits of one text of a value. A link is looked for in the source as its quotes write it.
    fn edits_of_value(&self, text: &str, node: &Node, style: Style) -> Result<Vec<Edit>, Refusal> {
        let Value::Scalar(value, _) = &node.value else { return Ok(Vec::new()) };
        let mut edits = Vec::new();
        let mut from = node.span.start;
        for link in links(value) {
            let Some(change) = self.get(link.wiki, &link.target.note) else { continue };
            let old = link.span.of(value);
            let new = rewritten(old, change, link.wiki).ok_or_else(not_safe)?;
            let written = in_quotes(old, style);
            let source = Span::new(from, node.span.end).of(text);
            let place = standing(source, &written).ok_or_else(not_safe)?.shifted(from);
            from = place.end;
            edits.push(Edit::replace(place, in_quotes(&new, style)));
        }
        Ok(edits)
    }

    fn edits_of_plain_text(&self, text: &str) -> Vec<Edit> {
        let change = |(wiki, note): (bool, &str)| self.get(wiki, note);
        let found = links(text).filter_map(|link| {
            let new =
                rewritten(link.span.of(text), change((link.wiki, &link.target.note))?, link.wiki)?;
            Some(Edit::replace(link.span, new))
        });
        found.collect()
    }

    // The proof

    fn verify(&self, before: &Document<'_>, after: &Document<'_>) -> Result<(), Refusal> {
        let (old, new) = (&before.markdown, &after.markdown);
        let links = old.links.iter().map(|link| self.as_wanted(link));
        let same_links = links.eq(new.links.iter().map(|link| (link.kind, link.target.clone())));
        let same_shape = (old.headings.len(), old.items.len(), old.paragraphs.len())
            == (new.headings.len(), new.items.len(), new.paragraphs.len());
        let shape = |document: &Document<'_>| {
            let front_matter = document.front_matter.as_ref()?;
            let keys = front_matter.entries.iter().map(|entry| entry.key.clone());
            Some((front_matter.is_yaml, front_matter.unread.len(), keys.collect::<Vec<_>>()))
        };
        let texts = leaves(before).into_iter().filter_map(|(node, _)| self.value_as_wanted(node));
        let now = leaves(after).into_iter().filter_map(|(node, _)| node.text().map(str::to_owned));
        let proven = same_links && same_shape && shape(before) == shape(after) && texts.eq(now);
        if proven { Ok(()) } else { Err(not_safe()) }
    }

    fn as_wanted(&self, link: &Link) -> (LinkKind, Target) {
        let mut target = link.target.clone();
        let wiki = link.kind != LinkKind::Markdown;
        if let Some(change) = self.get(wiki, &link.target.note) {
            target.display = target.display.or_else(|| change.shown.clone().filter(|_| wiki));
            target.note = change.to.clone();
        }
        (link.kind, target)
    }

    fn value_as_wanted(&self, node: &Node) -> Option<String> {
        let text = node.text()?;
        apply(text, &self.edits_of_plain_text(text)).ok()
    }
}

/// Where a part of a value stands in its source, which may be folded over several lines.
fn standing(source: &str, written: &str) -> Option<Span> {
    let plain = source.find(written).map(|at| Span::new(at, at + written.len()));
    plain.or_else(|| {
        let starts = source.match_indices(['[', '!']);
        starts.map(|(at, _)| at).find_map(|at| folded(source, at, written))
    })
}

fn folded(source: &str, at: usize, written: &str) -> Option<Span> {
    let mut rest = source.get(at..)?;
    for (number, word) in written.split(' ').enumerate() {
        let next = if number > 0 { rest.trim_start() } else { rest };
        let is_apart = number == 0 || next.len() < rest.len();
        rest = next.strip_prefix(word).filter(|_| is_apart)?;
    }
    Some(Span::new(at, source.len() - rest.len()))
}

// One link

fn rewritten(source: &str, change: &LinkChange, wiki: bool) -> Option<String> {
    let edits =
        if wiki { of_wikilink(source, change, "|") } else { of_markdown_link(source, change) };
    apply(source, &edits).ok().filter(|_| !edits.is_empty())
}

fn of_wikilink(source: &str, change: &LinkChange, bar: &str) -> Vec<Edit> {
    let open = source.find("[[").map(|at| at + 2);
    let inner = open.and_then(|open| Some((open, source.get(open..source.len().checked_sub(2)?)?)));
    let Some((open, inner)) = inner else { return Vec::new() };
    let end = inner.find(['|', '#']).unwrap_or(inner.len());
    let place = inner.get(..end).unwrap_or("");
    let shown_apart = inner.contains('|');
    let escaped = inner.get(end..).is_some_and(|rest| rest.starts_with('|'));
    let place = if escaped { place.strip_suffix('\\').unwrap_or(place) } else { place };
    let note = note_part(place).shifted(open);
    let mut edits = vec![Edit::replace(note, &change.to)];
    if let (Some(shown), false) = (&change.shown, shown_apart) {
        edits.push(Edit::insert(open + inner.len(), format!("{bar}{shown}")));
    }
    edits
}

fn of_markdown_link(source: &str, change: &LinkChange) -> Vec<Edit> {
    let Some(open) = source.rfind("](").map(|at| at + 2) else { return Vec::new() };
    let rest = source.get(open..).unwrap_or("");
    let start = open + rest.len() - rest.trim_start().len();
    let Some((place, pointed)) = destination(source.get(start..).unwrap_or("")) else {
        return Vec::new();
    };
    let place = place.shifted(start);
    vec![of_destination(place.of(source), change, pointed, place.start)]
}

/// The edit of a destination that starts at `at`; `pointed`: it stands between `<` and `>`.
fn of_destination(written: &str, change: &LinkChange, pointed: bool, at: usize) -> Edit {
    let end = written.find('#').unwrap_or(written.len());
    let note = note_part(written.get(..end).unwrap_or(""));
    let encodes_letters = note.of(written).is_ascii() && !change.from.is_ascii();
    Edit::replace(note.shifted(at), encoded(&change.to, pointed, encodes_letters))
}

/// Where the note part of a place stands: without white space around it and without `.md`.
fn note_part(place: &str) -> Span {
    let trimmed = place.trim();
    let start = place.len() - place.trim_start().len();
    let stem = trimmed.len().checked_sub(3).and_then(|cut| trimmed.split_at_checked(cut));
    let length = match stem {
        Some((stem, end)) if end.eq_ignore_ascii_case(".md") => stem.len(),
        _ => trimmed.len(),
    };
    Span::new(start, start + length)
}

/// No destination is longer than this.
const LONGEST_DESTINATION: usize = 1024;

/// Where the destination at the start of `text` stands, and whether it does so between `<` and `>`.
fn destination(text: &str) -> Option<(Span, bool)> {
    if let Some(pointed) = text.strip_prefix('<') {
        let mut bytes = pointed.bytes().take(LONGEST_DESTINATION);
        let end = bytes.position(|byte| matches!(byte, b'>' | b'<' | b'\n'))?;
        return pointed.get(end..)?.starts_with('>').then_some((Span::new(1, end + 1), true));
    }
    let mut depth = 0usize;
    let mut before = b' ';
    let mut end = text.len().min(LONGEST_DESTINATION);
    for (at, byte) in text.bytes().enumerate().take(LONGEST_DESTINATION) {
        match byte {
            // Another link begins, so this was none; and hostile text is looked at once.
            b'(' | b':' if before == b']' => return None,
            b'(' => depth += 1,
            b')' if depth == 0 => {
                end = at;
                break;
            }
            b')' => depth -= 1,
            _ if byte.is_ascii_whitespace() => {
                end = at;
                break;
            }
            _ => {}
        }
        before = byte;
    }
    text.is_char_boundary(end).then_some((Span::new(0, end), false)).filter(|_| end > 0)
}

fn encoded(place: &str, pointed: bool, encodes_letters: bool) -> String {
    let balanced = place.matches('(').count() == place.matches(')').count();
    let mut encoded = String::with_capacity(place.len());
    for character in place.chars() {
        let must = match character {
            '%' | '#' | '<' | '>' | '\\' => true,
            ' ' => !pointed,
            '(' | ')' => !pointed && !balanced,
            other => other.is_control() || encodes_letters && !other.is_ascii(),
        };
        let mut bytes = [0; 4];
        for byte in character.encode_utf8(&mut bytes).bytes().filter(|_| must) {
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded.extend((!must).then_some(character));
    }
    encoded
}

/// A part of a value as its quotes write it.
fn in_quotes(text: &str, style: Style) -> String {
    match style {
        Style::SingleQuoted => text.replace('\'', "''"),
        Style::DoubleQuoted => text.replace('\\', "\\\\").replace('"', "\\\""),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::note::change::LinkChange;
    use crate::note::document::Document;
    use crate::note::link_change::{changed, linked, spellings};
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    fn change(wiki: bool, from: &str, to: &str, shows: bool) -> LinkChange {
        let shown = shows.then(|| from.to_owned());
        LinkChange { wiki, from: from.to_owned(), to: to.to_owned(), shown }
    }

    fn changes() -> Vec<LinkChange> {
        vec![
            change(true, "Ana Lima", "Ana Sousa", false),
            change(true, "Siobhán O'Brien", "Siobhán \"Sib\" O'Neil", false),
            change(true, "ana-lima", "ana-sousa", false),
            change(true, "people/ana-lima", "people/ana-sousa", false),
            change(true, "Ana", "people/ana-sousa", true),
            change(false, "people/ana-lima", "people/ana sousa", false),
            change(false, "../people/joão", "../people/josé (b)", false),
        ]
    }

    fn after(text: &str) -> String {
        changed(text, &Document::read(text), &changes())
            .unwrap_or_else(|refusal| format!("refused: {}", refusal.reason))
    }

    fn check(text: &str, expected: &Expect) {
        expected.assert_eq(&after(text));
    }

    #[test]
    fn links_keep_their_style() {
        check(
            "[[Ana Lima]], [[ Ana Lima |Ana]], [[Ana Lima.md#Log]], ![[ana-lima#^b1]] and [[people/ana-lima#Log|her]].\n\
             [[Ana]] and [[Ana#Log]], [[Ana|A]]; not [[Ana Limas]].\n\
             [x](people/ana-lima.md), [y](<people/ana-lima.md#Log> \"t\"), [z](people/ana-lima), ![p](people/ana-lima.md)\n\
             [j](../people/jo%C3%A3o.md) [k](../people/joão.md) [r][ana]\n\n[ana]: people/ana-lima.md 'T'\n",
            &expect![[r#"
                [[Ana Sousa]], [[ Ana Sousa |Ana]], [[Ana Sousa.md#Log]], ![[ana-sousa#^b1]] and [[people/ana-sousa#Log|her]].
                [[people/ana-sousa|Ana]] and [[people/ana-sousa#Log|Ana]], [[people/ana-sousa|A]]; not [[Ana Limas]].
                [x](people/ana%20sousa.md), [y](<people/ana sousa.md#Log> "t"), [z](people/ana%20sousa), ![p](people/ana%20sousa.md)
                [j](../people/jos%C3%A9%20(b).md) [k](../people/josé%20(b).md) [r][ana]

                [ana]: people/ana%20sousa.md 'T'
            "#]],
        );
    }

    #[test]
    fn tables_code_and_comments_are_tables_code_and_comments() {
        check(
            "| who | how |\n|---|---|\n| [[ana-lima\\|Ana]] | [[Ana]] |\n\n`[[Ana Lima]]` %% [[Ana Lima]] %% <!-- [[Ana Lima]] --> \\[[Ana Lima]]\n\n```\n[[Ana Lima]]\n```\n\n[[Ana Lima]]\n",
            &expect![[r#"
                | who | how |
                |---|---|
                | [[ana-sousa\|Ana]] | [[people/ana-sousa\|Ana]] |

                `[[Ana Lima]]` %% [[Ana Lima]] %% <!-- [[Ana Lima]] --> \[[Ana Lima]]

                ```
                [[Ana Lima]]
                ```

                [[Ana Sousa]]
            "#]],
        );
    }

    #[test]
    fn front_matter_keeps_its_quotes() {
        check(
            "---\n# [[Ana Lima]] stays\nsister: \"[[Ana Lima]]\" # [[Ana Lima]]\nfriend: '[[Siobhán O''Brien]]'\nmentor: \"[[Siobhán O'Brien]]\"\nwith: [\"[[ana-lima|x]]\", \"[[Ana]]\"]\nboss: [[people/ana-lima]]\nnested:\n  - a: \"[y](people/ana-lima.md)\"\nnotes: |\n  met [[Ana Lima]]\n---\n",
            &expect![[r#"
                ---
                # [[Ana Lima]] stays
                sister: "[[Ana Sousa]]" # [[Ana Lima]]
                friend: '[[Siobhán "Sib" O''Neil]]'
                mentor: "[[Siobhán \"Sib\" O'Neil]]"
                with: ["[[ana-sousa|x]]", "[[people/ana-sousa|Ana]]"]
                boss: [[people/ana-sousa]]
                nested:
                  - a: "[y](people/ana%20sousa.md)"
                notes: |
                  met [[Ana Sousa]]
                ---
            "#]],
        );
    }

    #[test]
    fn a_link_may_be_folded_over_two_lines() {
        check(
            "---\nsister: \"with [[Ana\n  Lima]]\"\nfriend: >-\n  [[Ana\n  Lima]] of Porto\n---\n",
            &expect![[r#"
                ---
                sister: "with [[Ana Sousa]]"
                friend: >-
                  [[Ana Sousa]] of Porto
                ---
            "#]],
        );
    }

    #[test]
    fn what_stands_after_a_wikilink_and_a_colon_is_no_link() {
        let found = spellings("- call [[Bo]]: Rita\n- [Bo]: rita.md\n").map(|(_, note)| note);
        assert_eq!(found.collect::<Vec<_>>(), ["Bo", "rita"]);
        let text = "`[[a]]` [[b]] %% [[c]] %%\n\n    [[d]]\n";
        assert_eq!(linked(text).into_iter().collect::<Vec<_>>(), [(true, "b".to_owned())]);
    }

    #[test]
    fn a_byte_order_mark_and_other_line_ends_stay() {
        let text = "\u{feff}---\r\nsister: \"[[Ana Lima]]\"\r\n---\r\n[[Ana Lima]]";
        let expected = "\u{feff}---\r\nsister: \"[[Ana Sousa]]\"\r\n---\r\n[[Ana Sousa]]";
        assert_eq!(after(text), expected);
    }

    #[test]
    fn every_spelling_of_a_link_is_found_without_reading_the_note() {
        let text = "[[a|b]] [c](d.md \"t\") [e](f%20g.md)\n[h]: <i j.md>\n";
        let found = spellings(text).map(|(_, note)| note).collect::<Vec<_>>();
        for note in ["a", "d", "f g", "i j"] {
            assert!(found.contains(&note.to_owned()), "{note}: {found:?}");
        }
    }

    #[test]
    fn hostile_text_takes_linear_time() {
        for piece in ["](", "[](", "]:", "[[", "[a](<", "]((", "[x]: ("] {
            let text = piece.repeat(100_000);
            let _ = spellings(&text).count();
        }
    }

    proptest! {
        #[test]
        fn there_and_back_is_the_same_text(text in "(\\[\\[(Ana Lima|ana-lima|Bo|x)(#Log)?(\\|a)?\\]\\]|\\[t\\]\\((ana-lima|<ana-lima>)(\\.md)?\\)|`| |\n|- |\\||---\n|k: |\"|é){0,14}") {
            let there = [change(true, "Ana Lima", "Zoé Q", false), change(true, "ana-lima", "zoe-q", false), change(false, "ana-lima", "zoe-q", false)];
            let back = there.iter().map(|link| change(link.wiki, &link.to, &link.from, false)).collect::<Vec<_>>();
            if let Ok(after) = changed(&text, &Document::read(&text), &there) {
                let again = changed(&after, &Document::read(&after), &back);
                prop_assert_eq!(again.map_err(|refusal| refusal.reason), Ok(text));
            }
        }
    }
}
