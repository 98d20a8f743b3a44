//! Front matter: which keys a note has, what they say, and where.
//!
//! Reading never fails. A block that is YAML is read by the fast reader; where it is not sure, key by key, or as a whole by
//! two that must agree: each way gives the same. In any other block each key is read for itself, and what cannot be read
//! is a finding.

use crate::note::bare_link::read_links;
use crate::note::fence::{Opening, SIZE_LIMIT, opening};
use crate::note::line::{Line, line_at};
use crate::note::rescue::{Rescued, Unread, rescue};
use crate::note::yaml::{Node, Pair, Trouble, Value};
use crate::note::yaml_by_key;
use crate::note::yaml_fast;
use crate::note::yaml_read::read_map;
use crate::text::diagnostic::{Code, Finding};
use crate::text::span::Span;
use std::collections::HashSet;

/// The block between `---` and `---` at the start of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatter {
    /// From the first dash to the end of the closing fence's line, line end included.
    pub span: Span,
    /// What lies between the fences' lines.
    pub content: Span,
    /// The keys that could be read, in file order; each key once.
    pub entries: Vec<Entry>,
    /// The lines that do not count: what could not be read, and keys that were there before.
    pub unread: Vec<Unread>,
    /// Whether the block as a whole is YAML, so that other programs can read it too.
    pub is_yaml: bool,
}

/// One key of the front matter with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key as text.
    pub key: String,
    /// Where the key stands (quotes included).
    pub key_span: Span,
    /// Its value.
    pub value: Node,
    /// The whole lines of key and value, line end included.
    pub span: Span,
}

/// The front matter of a file, where it has any, and what was noticed in it, in file order. Of a key that is there
/// twice the first counts.
pub fn read(text: &str) -> (Option<FrontMatter>, Vec<Finding>) {
    read_by(text, |content| match yaml_fast::read(text, content) {
        Some(pairs) => Block { entries: entries(text, pairs), is_yaml: true, ..Block::default() },
        None => read_block(text, content, whole_or_by_key(text, content)),
    })
}

/// The same without the fast reader: slower, and the measure of what [`read`] gives.
pub fn read_thoroughly(text: &str) -> (Option<FrontMatter>, Vec<Finding>) {
    read_by(text, |content| read_block(text, content, read_whole(text, content)))
}

/// What a block holds.
#[derive(Default)]
struct Block {
    entries: Vec<Entry>,
    unread: Vec<Unread>,
    is_yaml: bool,
    findings: Vec<Finding>,
}

fn read_by(text: &str, read: impl Fn(Span) -> Block) -> (Option<FrontMatter>, Vec<Finding>) {
    let (span, content) = match opening(text) {
        Opening::NoFence => return (None, Vec::new()),
        Opening::Unclosed(fence) => return (None, vec![unclosed(fence)]),
        Opening::Block { span, content } => (span, content),
    };
    let block = match content.len() {
        ..=SIZE_LIMIT => read(content),
        _ => Block { findings: vec![too_large(span)], ..Block::default() },
    };
    let Block { entries, unread, is_yaml, mut findings } = block;
    findings.sort_by_key(|finding| finding.span);
    (Some(FrontMatter { span, content, entries, unread, is_yaml }), findings)
}

fn unclosed(fence: Span) -> Finding {
    Finding::new(Code::FrontMatterOpen, fence, "the front matter is never closed")
        .help("end it with a line `---`")
}

fn too_large(span: Span) -> Finding {
    let fence = Span::new(span.start, span.start + 3);
    Finding::new(Code::FrontMatterTooLarge, fence, "the front matter is larger than 64 KiB")
        .help("move long text into the body of the note")
}

fn whole_or_by_key(text: &str, content: Span) -> Result<Vec<Pair>, Trouble> {
    yaml_by_key::read(text, content).map_or_else(|| read_whole(text, content), Ok)
}

fn read_whole(text: &str, content: Span) -> Result<Vec<Pair>, Trouble> {
    read_map(content.of(text), content.start)
}

fn read_block(text: &str, content: Span, whole: Result<Vec<Pair>, Trouble>) -> Block {
    let is_yaml = whole.is_ok();
    let rescued = match whole {
        Ok(pairs) => Rescued { pairs, ..Rescued::default() },
        Err(_) => rescue(text, content),
    };
    let Rescued { pairs, unread, findings } = rescued;
    let mut block = Block { entries: entries(text, pairs), unread, is_yaml, findings };
    block.keep_first_of_each_key();
    for entry in &mut block.entries {
        keep_first_within(&mut entry.value, &mut block.findings);
        read_links(text, &mut entry.value, &mut block.findings);
    }
    block.is_yaml &= !block.findings.iter().any(|finding| finding.code == Code::DuplicateKey);
    block
}

impl Block {
    fn keep_first_of_each_key(&mut self) {
        let mut seen = HashSet::new();
        let is_first = self.entries.iter().map(|entry| seen.insert(entry.key.clone()));
        let is_first = is_first.collect::<Vec<_>>();
        let (first, further): (Vec<_>, Vec<_>) = std::mem::take(&mut self.entries)
            .into_iter()
            .zip(is_first)
            .partition(|(_, first)| *first);
        self.entries = first.into_iter().map(|(entry, _)| entry).collect();
        for (entry, _) in further {
            self.findings.push(duplicate(&entry.key, entry.key_span));
            self.unread.push(Unread { key: Some(entry.key), span: entry.span });
        }
    }
}

/// The same for the maps within a value.
fn keep_first_within(node: &mut Node, findings: &mut Vec<Finding>) {
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| keep_first_within(item, findings)),
        Value::Map(pairs) => {
            let mut seen = HashSet::new();
            pairs.retain(|(key, value)| {
                let is_first = seen.insert(key.clone());
                if !is_first {
                    findings.push(duplicate(key, value.span));
                }
                is_first
            });
            pairs.iter_mut().for_each(|(_, value)| keep_first_within(value, findings));
        }
        Value::Null | Value::Scalar(..) => {}
    }
}

fn duplicate(key: &str, place: Span) -> Finding {
    Finding::new(Code::DuplicateKey, place, format!("`{key}` is there twice; the first counts"))
        .help("keep one of the two")
}

/// The pairs with the lines that they stand on.
fn entries(text: &str, pairs: Vec<Pair>) -> Vec<Entry> {
    let mut last = line_at(text, 0);
    let mut line_of = |at: usize| -> Line {
        // Many keys may stand on one long line: it is measured once.
        if !last.span.contains(at) && last.content.end != at {
            last = line_at(text, at);
        }
        last
    };
    let located = pairs.into_iter().map(|Pair { key, key_span, value }| {
        let start = line_of(key_span.start).span.start;
        let span = Span::new(start, line_of(value.span.end).span.end);
        Entry { key, key_span, value, span }
    });
    located.collect()
}

#[cfg(test)]
mod tests {
    use crate::note::front_matter::{FrontMatter, read, read_thoroughly};
    use crate::note::yaml::{Node, Value};
    use crate::note::yaml_by_key;
    use crate::note::yaml_fast;
    use crate::note::yaml_read::read_map;
    use crate::text::diagnostic::Code;
    use crate::text::edit::apply;
    use crate::text::line_index::LineIndex;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;
    use std::fmt::Write;

    fn show(node: &Node) -> String {
        match &node.value {
            Value::Null => "null".to_owned(),
            Value::Scalar(text, _) => format!("{text:?}"),
            Value::List(items) => {
                format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(", "))
            }
            Value::Map(pairs) => {
                let pairs = pairs.iter().map(|(key, value)| format!("{key}: {}", show(value)));
                format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// What is read of `text`: keys and values with the source that each was read from, then the findings.
    fn check_read(text: &str, wanted: &Expect) {
        let (front_matter, findings) = read(text);
        assert_eq!(
            (&front_matter, &findings),
            (&read_thoroughly(text).0, &read_thoroughly(text).1)
        );
        let lines = LineIndex::new(text);
        let mut shown = String::new();
        for entry in front_matter.iter().flat_map(|front_matter| &front_matter.entries) {
            let source = entry.value.span.of(text);
            writeln!(shown, "{} = {} from {source:?}", entry.key, show(&entry.value)).unwrap();
        }
        for finding in &findings {
            let place = lines.line_column(finding.span.start);
            let source = finding.span.of(text);
            writeln!(
                shown,
                "{}:{} {} at {source:?}",
                place.line,
                place.column,
                finding.code.word()
            )
            .unwrap();
            writeln!(shown, "  {}; {}", finding.message, finding.help.as_deref().unwrap_or("-"))
                .unwrap();
            if !finding.fix.is_empty() {
                let mended = apply(text, &finding.fix).unwrap();
                let left = read(&mended).1;
                assert!(left.len() < findings.len(), "the fix of {finding:?} mends nothing");
                let line = lines.span_of_line(place.line);
                let new = &mended[line.start..];
                writeln!(shown, "  mended: {:?}", new.lines().next().unwrap_or("")).unwrap();
            }
        }
        wanted.assert_eq(&shown);
    }

    fn block(content: &str) -> String {
        format!("---\n{content}---\nbody\n")
    }

    #[test]
    fn plain_scalars_keep_their_source_text() {
        check_read(
            &block(
                "phone: +351 910 000 000\nroom: 017\nok: no\nday: 2026-11-21\nempty:\nnone: ~\nword: null\nquoted: \"null\"\nbig: 123456789012345678901234567890123456789012345\nfloat: 1.10\n",
            ),
            &expect![[r#"
                phone = "+351 910 000 000" from "+351 910 000 000"
                room = "017" from "017"
                ok = "no" from "no"
                day = "2026-11-21" from "2026-11-21"
                empty = null from ""
                none = null from "~"
                word = null from "null"
                quoted = "null" from "\"null\""
                big = "123456789012345678901234567890123456789012345" from "123456789012345678901234567890123456789012345"
                float = "1.10" from "1.10"
            "#]],
        );
    }

    #[test]
    fn lists_are_read_in_every_style() {
        check_read(
            &block(
                "a: [x, 'y', \"[[Z]]\"] # c\nb:\n  - one\n  # c\n  -\n  - two # c\nc:\n- x\n\n- y\nd: [\n  p,\n  q ]\ne: []\nf:\n  - - n\n    - m\n  - k: v\n    l: w\n",
            ),
            &expect![[r#"
                a = ["x", "y", "[[Z]]"] from "[x, 'y', \"[[Z]]\"]"
                b = ["one", null, "two"] from "- one\n  # c\n  -\n  - two"
                c = ["x", "y"] from "- x\n\n- y"
                d = ["p", "q"] from "[\n  p,\n  q ]"
                e = [] from "[]"
                f = [["n", "m"], {k: "v", l: "w"}] from "- - n\n    - m\n  - k: v\n    l: w"
            "#]],
        );
    }

    #[test]
    fn block_scalars_and_long_scalars_are_unfolded() {
        check_read(
            &block(
                "a: |\n  one\n    two\n\n\nb: >- # c\n  one\n  two\nc: |+\n  x\n\nd: one\n  two\ne: \"q \\u00e9 \\\"x\\\"\n  r\"\nf: 'it''s'\ng:\n  - |2-\n    x\n  - y\nh: >\n\n",
            ),
            &expect![[r#"
                a = "one\n  two\n" from "|\n  one\n    two"
                b = "one two" from ">- # c\n  one\n  two"
                c = "x\n\n" from "|+\n  x\n"
                d = "one two" from "one\n  two"
                e = "q é \"x\" r" from "\"q \\u00e9 \\\"x\\\"\n  r\""
                f = "it's" from "'it''s'"
                g = ["x", "y"] from "- |2-\n    x\n  - y"
                h = "" from ">"
            "#]],
        );
    }

    #[test]
    fn every_line_end_and_a_byte_order_mark_are_read() {
        check_read(
            "\u{feff}---\r\nname: Ana\r\ntags:\r\n  - a\r\nlast: \r\n---\r\n",
            &expect![[r#"
            name = "Ana" from "Ana"
            tags = ["a"] from "- a"
            last = null from ""
        "#]],
        );
        check_read(
            "---\rname: Ana\rtags: [a]\r---\r",
            &expect![[r#"
            name = "Ana" from "Ana"
            tags = ["a"] from "[a]"
        "#]],
        );
        check_read(
            "---\nname:\tAna\ncircle: inner\t# c\n---",
            &expect![[r#"
            name = "Ana" from "Ana"
            circle = "inner" from "inner"
        "#]],
        );
    }

    #[test]
    fn an_unquoted_link_is_read_as_the_link_with_a_finding() {
        check_read(
            &block(
                "sister: [[Rita Lima]]\nfriends:\n  - [[Bo, Jr|Bo]]\n  - \"[[Eva]]\"\nparents: [[[A]], [[B]]]\nlists: [[a], [b]]\nmatrix: [[\"a\"]]\n",
            ),
            &expect![[r#"
                sister = "[[Rita Lima]]" from "[[Rita Lima]]"
                friends = ["[[Bo, Jr|Bo]]", "[[Eva]]"] from "- [[Bo, Jr|Bo]]\n  - \"[[Eva]]\""
                parents = ["[[A]]", "[[B]]"] from "[[[A]], [[B]]]"
                lists = [["a"], ["b"]] from "[[a], [b]]"
                matrix = [["a"]] from "[[\"a\"]]"
                2:9 unquoted-link at "[[Rita Lima]]"
                  a wikilink here must be quoted; write it as `"[[Rita Lima]]"`
                  mended: "sister: \"[[Rita Lima]]\""
                4:5 unquoted-link at "[[Bo, Jr|Bo]]"
                  a wikilink here must be quoted; write it as `"[[Bo, Jr|Bo]]"`
                  mended: "  - \"[[Bo, Jr|Bo]]\""
                6:11 unquoted-link at "[[A]]"
                  a wikilink here must be quoted; write it as `"[[A]]"`
                  mended: "parents: [\"[[A]]\", [[B]]]"
                6:18 unquoted-link at "[[B]]"
                  a wikilink here must be quoted; write it as `"[[B]]"`
                  mended: "parents: [[[A]], \"[[B]]\"]"
            "#]],
        );
    }

    #[test]
    fn one_bad_key_costs_one_key() {
        check_read(
            &block(
                "name: Ana\ntwitter: @ana\ncode: `x`\nnext: ask: the kiln\nsister: [[Rita]], [[Eva]]\nmother: [[Mãe]] (Porto)\ntags:\n\t- a\nhandles:\n  - @a\n  - ok\nflow: [@a, b]\nnote: *bold* move\nref: &x y\nsame: *x\nkind: !t u\nquote: \"open\nbrace: {{date}}\nname: Bo\nlast: yes\n",
            ),
            &expect![[r#"
                name = "Ana" from "Ana"
                sister = ["[[Rita]]", "[[Eva]]"] from "[[Rita]], [[Eva]]"
                mother = "[[Mãe]] (Porto)" from "[[Mãe]] (Porto)"
                last = "yes" from "yes"
                3:10 unquoted-handle at "@ana"
                  a value that starts with `@` or a backtick must be quoted; write it as `"@ana"`
                  mended: "twitter: \"@ana\""
                4:7 unquoted-handle at "`x`"
                  a value that starts with `@` or a backtick must be quoted; write it as `"`x`"`
                  mended: "code: \"`x`\""
                5:7 unquoted-colon at "ask: the kiln"
                  a value that holds a colon must be quoted; write it as `"ask: the kiln"`
                  mended: "next: \"ask: the kiln\""
                6:9 unquoted-link at "[[Rita]], [[Eva]]"
                  a wikilink here must be quoted; write it as `["[[Rita]]", "[[Eva]]"]`
                  mended: "sister: [\"[[Rita]]\", \"[[Eva]]\"]"
                7:9 unquoted-link at "[[Mãe]] (Porto)"
                  a wikilink here must be quoted; write it as `"[[Mãe]] (Porto)"`
                  mended: "mother: \"[[Mãe]] (Porto)\""
                9:1 tab-indent at "\t"
                  a tab stands where YAML wants spaces; indent with spaces
                  mended: "  - a"
                11:5 unquoted-handle at "@a"
                  a value that starts with `@` or a backtick must be quoted; write it as `"@a"`
                  mended: "  - \"@a\""
                13:7 unquoted-handle at "[@a, b]"
                  a value that starts with `@` or a backtick must be quoted; write it as `"@a"`
                  mended: "flow: [\"@a\", b]"
                14:7 yaml-anchor at "*bold*"
                  anchors, aliases and tags are not read here; put the value in quotes if it is text
                15:6 yaml-anchor at "&x"
                  anchors, aliases and tags are not read here; put the value in quotes if it is text
                16:7 yaml-anchor at "*x"
                  anchors, aliases and tags are not read here; put the value in quotes if it is text
                17:7 yaml-anchor at "!t"
                  anchors, aliases and tags are not read here; put the value in quotes if it is text
                18:8 not-yaml at "\"open"
                  the quotes of `quote` cannot be read; close the quote at the end, and double or escape quotes inside
                19:8 not-yaml at "{{date}}"
                  the value of `brace` cannot be read; put it in quotes if it is text
                20:1 duplicate-key at "name"
                  `name` is there twice; the first counts; keep one of the two
            "#]],
        );
    }

    #[test]
    fn a_fix_is_offered_only_where_the_meaning_is_beyond_doubt() {
        check_read(
            &block(
                "a: @ana # work\nb: x: y # z\nc:\n  - met: Ana: Porto\nd: [[A]], Bo\ne: 'it's'\nf: - x\ng: %x\n",
            ),
            &expect![[r#"
                2:4 unquoted-handle at "@ana # work"
                  a value that starts with `@` or a backtick must be quoted; put it in quotes
                3:4 unquoted-colon at "x: y # z"
                  a value that holds a colon must be quoted; put it in quotes
                5:5 unquoted-colon at "met: Ana: Porto"
                  a value that holds a colon must be quoted; put it in quotes
                6:4 not-yaml at "[[A]], Bo"
                  the value of `d` cannot be read; put it in quotes if it is text
                7:4 not-yaml at "'it's'"
                  the quotes of `e` cannot be read; close the quote at the end, and double or escape quotes inside
                8:4 not-yaml at "- x"
                  the value of `f` cannot be read; put it in quotes if it is text
                9:4 not-yaml at "%x"
                  the value of `g` cannot be read; put it in quotes if it is text
            "#]],
        );
    }

    #[test]
    fn lines_of_no_key_and_maps_within_are_findings_too() {
        check_read(
            &block("just some text\nname: Ana\n"),
            &expect![[r#"
            name = "Ana" from "Ana"
            2:1 not-yaml at "just some text"
              this belongs to no key and cannot be read; move it below the front matter, or indent it under its key
        "#]],
        );
        check_read(
            &block("name: Ana\ncircle:inner\ntags: [a]\n"),
            &expect![[r#"
            name = "Ana" from "Ana"
            tags = ["a"] from "[a]"
            3:1 not-yaml at "circle:inner"
              this belongs to no key and cannot be read; put a space after the colon if it is a key
        "#]],
        );
        check_read(
            &block("- a\n- b\n"),
            &expect![[r#"
            2:1 not-yaml at "- a"
              this belongs to no key and cannot be read; move it below the front matter, or indent it under its key
        "#]],
        );
        check_read(
            &block("m:\n  k: 1\n  k: 2\n? x\n: y\n: z\n"),
            &expect![[r#"
                m = {k: "1"} from "k: 1\n  k: 2"
                4:6 duplicate-key at "2"
                  `k` is there twice; the first counts; keep one of the two
                5:1 not-yaml at "? x"
                  this belongs to no key and cannot be read; move it below the front matter, or indent it under its key
            "#]],
        );
        check_read(
            &block("{a: 1, b: [x, y: 2]}\n"),
            &expect![[r#"
            a = "1" from "1"
            b = ["x", {y: "2"}] from "[x, y: 2]"
        "#]],
        );
        check_read(
            &block("--- x\na: b\n"),
            &expect![[r#"
            a = "b" from "b"
            2:1 not-yaml at "--- x"
              this belongs to no key and cannot be read; move it below the front matter, or indent it under its key
        "#]],
        );
        check_read(
            &block("%YAML 1.2\na: b\n"),
            &expect![[r#"
            a = "b" from "b"
            2:1 not-yaml at "%YAML 1.2"
              this belongs to no key and cannot be read; move it below the front matter, or indent it under its key
        "#]],
        );
    }

    #[test]
    fn both_sides_of_a_git_conflict_are_read() {
        check_read(
            &block(
                "name: Ana\n<<<<<<< HEAD\ncircle: inner\n=======\ncircle: growth\n>>>>>>> theirs\n",
            ),
            &expect![[r#"
                name = "Ana" from "Ana"
                circle = "inner" from "inner"
                6:1 duplicate-key at "circle"
                  `circle` is there twice; the first counts; keep one of the two
            "#]],
        );
    }

    #[test]
    fn separators_that_the_readers_disagree_on_cost_one_key() {
        check_read(
            &block(
                "a: x\u{2028}y\nb: \"x\u{2028}y\"\nc: x\u{85}y\nd: x\u{0}\ne: \u{feff}x\nf: fine\ng: \"x\u{85}y\"\n",
            ),
            &expect![[r#"
                b = "x\u{2028}y" from "\"x\u{2028}y\""
                f = "fine" from "fine"
                2:4 not-yaml at "x\u{2028}y"
                  the value of `a` holds a character that cannot be seen; type the value anew
                4:4 not-yaml at "x\u{85}y"
                  the value of `c` holds a character that cannot be seen; type the value anew
                5:4 not-yaml at "x\0"
                  the value of `d` holds a character that cannot be seen; type the value anew
                6:4 not-yaml at "\u{feff}x"
                  the value of `e` holds a character that cannot be seen; type the value anew
                8:4 not-yaml at "\"x\u{85}y\""
                  the value of `g` holds a character that cannot be seen; type the value anew
            "#]],
        );
    }

    #[test]
    fn an_open_fence_is_a_finding_and_a_rule_is_not() {
        check_read(
            "---\nname: Ana\n\nbody\n",
            &expect![[r#"
            1:1 front-matter-open at "---"
              the front matter is never closed; end it with a line `---`
        "#]],
        );
        check_read("---\nA rule.\n", &expect![""]);
        check_read("---\n---\n", &expect![""]);
        check_read("---\n# only a comment\n\n---\n", &expect![""]);
    }

    /// Hostile text is answered by a finding before anything deep is built or the judge sees it.
    fn check_hostile(content: &str, wanted: Code) {
        let text = format!("---\nname: Ana\n{content}\n---\n");
        let (front_matter, findings) = read(&text);
        assert!(findings.iter().any(|finding| finding.code == wanted), "{findings:?}");
        if wanted != Code::FrontMatterTooLarge {
            let entries = front_matter.unwrap().entries;
            assert!(entries.iter().any(|entry| entry.key == "name"));
        }
    }

    #[test]
    fn hostile_blocks_are_answered_at_once() {
        check_hostile(&format!("a: {}", "[".repeat(40_000)), Code::FrontMatterTooDeep);
        check_hostile(&format!("a: {}", "[".repeat(100_000)), Code::FrontMatterTooLarge);
        check_hostile(&format!("a: {}", "{a: ".repeat(100_000)), Code::FrontMatterTooLarge);
        check_hostile(&format!("a: {}", "{a: ".repeat(15_000)), Code::FrontMatterTooDeep);
        check_hostile(&format!("a:\n  {}x", "- ".repeat(20_000)), Code::FrontMatterTooDeep);
        let mixed = format!("a:\n  {}{}x{}", "- ".repeat(40), "[".repeat(40), "]".repeat(40));
        check_hostile(&mixed, Code::FrontMatterTooDeep);
        check_hostile(&format!("a: &x y\nb: [{}]", "*x,".repeat(20_000)), Code::YamlAnchor);
        check_hostile(&format!("a: {}", "? ".repeat(20_000)), Code::NotYaml);
        check_hostile(&"a: @b\n".repeat(9_000), Code::UnquotedHandle);
        check_hostile(&"a: b\n".repeat(9_000), Code::DuplicateKey);
        let keys = (0..5_000).map(|key| format!("k{key}: [[a]]\n")).collect::<String>();
        check_hostile(&keys, Code::UnquotedLink);
        let flow = (0..5_000).map(|key| format!("k{key}: 1, ")).collect::<String>();
        check_hostile(&format!("m: {{{flow}}}\nx: @y"), Code::UnquotedHandle);
    }

    fn text_like() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-z][a-z0-9 ]{0,12}[a-z]",
            Just("+351 910 000 000".to_owned()),
            Just("2026-11-21".to_owned()),
            Just("--03-04".to_owned()),
            Just("https://example.org/a?b=c#d".to_owned()),
            Just("null".to_owned()),
            Just("~".to_owned()),
            Just("São João, a & b (c) \"d\" it's #x".to_owned()),
            Just("李 🙂".to_owned()),
            "[0-9]{1,4}",
        ]
    }

    fn one_line() -> impl Strategy<Value = String> {
        prop_oneof![
            3 => text_like(),
            1 => "[ -!#-\\[\\]-~é]{0,12}".prop_map(|text| format!("\"{text}\"")),
            1 => "[ -&(-~é]{0,12}".prop_map(|text| format!("'{text}'")),
        ]
    }

    fn flow_item() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-zA-Z0-9é][a-zA-Z0-9é @?!&*|>%.+/=~-]{0,8}",
            "\"[ -!#-\\[\\]-~é]{0,8}\"",
            "'[ -&(-~é]{0,8}'",
        ]
    }

    fn entry() -> impl Strategy<Value = String> {
        let comment = prop_oneof![4 => Just(""), 1 => Just(" # a: comment"), 1 => Just("  ")];
        let item = prop_oneof![4 => one_line(), 1 => Just(String::new())];
        let value = prop_oneof![
            4 => one_line().prop_map(|text| format!(" {text}")),
            1 => Just(String::new()),
            1 => prop::collection::vec(flow_item(), 0..4).prop_map(|items| format!(" [{}]", items.join(", "))),
            1 => (prop::collection::vec(item, 1..4), prop_oneof![Just(""), Just("  "), Just("    ")])
                .prop_map(|(items, indent)| items.iter().map(|item| format!("\n{indent}- {item}")).collect()),
        ];
        (value, comment).prop_map(|(value, comment)| format!("{value}{comment}\n"))
    }

    /// What more than one line or one scalar says.
    fn rare_entry() -> impl Strategy<Value = String> {
        let lines = || prop::collection::vec("[a-z#:,'-][a-z #:,'-]{0,9}[a-z]", 1..4);
        let indented = |lines: Vec<String>, indent: &str| {
            lines.iter().map(|line| format!("\n{indent}{line}")).collect::<String>()
        };
        prop_oneof![
            4 => entry(),
            1 => ("[|>][+-]?", lines()).prop_map(move |(sign, lines)| {
                format!(" {sign}{}\n\n", indented(lines, "  "))
            }),
            1 => lines().prop_map(move |lines| format!(" a{}\n", indented(lines, "  "))),
            1 => lines().prop_map(move |lines| format!(" \"a{}\"\n", indented(lines, "  "))),
            1 => one_line().prop_map(|text| format!("\n  a: {text}\n  b:\n  - c\n  # d\n")),
            1 => one_line().prop_map(|text| format!("\n- a: {text}\n  b: 1\n# c\n- 2\n")),
            1 => flow_item().prop_map(|item| format!(" {{ a: {item}, b: [1,\n  {item}] }}\n")),
            1 => Just(" [[Ana]]\n".to_owned()),
            1 => Just("\n  a: 1\n  a: 2\n".to_owned()),
        ]
    }

    /// Front matter as most people write it.
    fn common_block() -> impl Strategy<Value = String> {
        block_of(entry())
    }

    fn block_of(entry: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
        let line =
            prop_oneof![Just("".to_owned()), Just("# c\n".to_owned()), Just("\n".to_owned())];
        let entries = prop::collection::vec((entry, line), 0..8);
        (entries, "[a-z_][a-zé0-9 _.-]{0,6}", any::<bool>()).prop_map(|(entries, stem, crlf)| {
            let keys = entries.iter().enumerate();
            let content = keys.map(|(at, (entry, line))| format!("{stem}k{at}:{entry}{line}"));
            let text = format!("---\n{}---\nbody\n", content.collect::<String>());
            if crlf { text.replace('\n', "\r\n") } else { text }
        })
    }

    fn mutated(text: String, changes: &[(usize, String)]) -> String {
        changes.iter().fold(text, |text, (at, sign)| {
            let places = text.char_indices().map(|(at, _)| at).skip(4).collect::<Vec<_>>();
            let Some(at) = places.get(at % places.len().max(1)) else { return text };
            let cut = at
                + if at % 3 == 0 {
                    text[*at..].chars().next().map_or(0, char::len_utf8)
                } else {
                    0
                };
            format!("{}{sign}{}", &text[..*at], &text[cut..])
        })
    }

    fn agreed(text: &str) -> Option<FrontMatter> {
        let (fast, thorough) = (read(text), read_thoroughly(text));
        assert_eq!(fast, thorough, "{text:?}");
        fast.0
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn the_fast_reader_knows_what_most_people_write(text in common_block()) {
            let front_matter = agreed(&text).unwrap();
            prop_assert!(yaml_fast::read(&text, front_matter.content).is_some(), "{}", text);
            prop_assert!(front_matter.is_yaml);
        }

        #[test]
        fn the_fast_reader_agrees_with_the_thorough_ones(
            text in common_block(),
            changes in prop::collection::vec((any::<usize>(), "[-:#,\\[\\]{}'\"&*!|>%@`?~.= \n\r\t\\\\a0é\u{85}\u{2028}\u{feff}\u{a0}\u{7f}]{0,2}"), 1..4),
        ) {
            agreed(&mutated(text, &changes));
        }

        #[test]
        fn reading_key_by_key_agrees_with_reading_the_whole(
            text in block_of(rare_entry()),
            changes in prop::collection::vec((any::<usize>(), "[-:#,\\[\\]{}'\"&*!|>%@`?~.= \n\r\t\\\\a0é]{0,2}"), 0..4),
        ) {
            let text = mutated(text, &changes);
            if let Some(front_matter) = agreed(&text) {
                let content = front_matter.content;
                let by_key = yaml_by_key::read(&text, content);
                let whole = read_map(content.of(&text), content.start);
                prop_assert!(by_key.is_none_or(|by_key| Ok(by_key) == whole), "{}", text);
            }
        }

        #[test]
        fn reading_never_panics(text in prop_oneof![
            any::<String>(),
            "(---\n)?([ \t]{0,3}[-a?:\"'\\[{|>&*!@#%`]{0,3}[ :]{0,2}[\\[\\]{}\"',a]{0,4}(\n|\r|\r\n)){0,8}(---\n)?",
        ]) {
            let (front_matter, findings) = read(&text);
            for finding in findings {
                prop_assert!(text.get(finding.span.start..finding.span.end).is_some());
                prop_assert!(apply(&text, &finding.fix).is_ok());
            }
            for entry in front_matter.into_iter().flat_map(|front_matter| front_matter.entries) {
                prop_assert!(entry.span.covers(entry.key_span) && entry.span.covers(entry.value.span));
            }
        }
    }
}
