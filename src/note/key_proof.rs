//! The proof that an edit of front matter did what was wished and nothing else: both texts are read again, by both
//! thorough readers, before anything is written.

use crate::note::change::{Refusal, Wish};
use crate::note::fence::mark_length;
use crate::note::front_matter::{Entry, FrontMatter, read_thoroughly};
use crate::note::key_place::{BY_HAND, comment_lines, refusal};
use crate::note::key_wish::{spellings, targets, wanted};
use crate::text::span::Span;

/// Whether `after` is `before` with the wish granted: the key says what was wished, every other key, comment and
/// line of the front matter is the same, and so is every byte of the body. For a wish about the body: whether the
/// front matter is the same.
pub fn verify(before: &str, after: &str, wish: &Wish) -> Result<(), Refusal> {
    let old = Side::read(before);
    let new = Side::read(after);
    let Some(keys) = spellings(wish) else {
        return grant(old.head() == new.head(), "the front matter");
    };
    let changed = match targets(old.block.as_ref(), wish).as_slice() {
        [] => keys.iter().take(1).cloned().collect(),
        entries => entries.iter().map(|entry| entry.key.clone()).collect::<Vec<_>>(),
    };
    grant(old.body() == new.body() && old.frame_fits(&new), "the text below the front matter")?;
    grant(
        old.lines_without(&changed, matches!(wish, Wish::RemoveKey { .. }))
            == new.lines_without(&changed, false),
        "other lines of the front matter",
    )?;
    grant(old.says_the_same_without(&changed, &new), "other keys")?;
    changed.iter().try_for_each(|key| {
        let (before, after) = (old.entry(key), new.entry(key));
        let wanted = wanted(before.map(|entry| &entry.value), wish)?;
        let is_granted = match (wanted, after) {
            (None, None) => true,
            (Some(wanted), Some(after)) => wanted.says_the_same(&after.value),
            _ => false,
        };
        grant(is_granted, key)
    })
}

fn grant(is_proved: bool, what: &str) -> Result<(), Refusal> {
    let reason =
        || format!("the change cannot be made without touching {what} in another way than wished");
    is_proved.then_some(()).ok_or_else(|| refusal(reason(), BY_HAND))
}

/// One of the two texts.
struct Side<'a> {
    text: &'a str,
    block: Option<FrontMatter>,
}

impl<'a> Side<'a> {
    fn read(text: &'a str) -> Side<'a> {
        Side { text, block: read_thoroughly(text).0 }
    }

    fn entries(&self) -> &[Entry] {
        self.block.as_ref().map_or(&[], |block| &block.entries)
    }

    fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    fn body_start(&self) -> usize {
        self.block.as_ref().map_or(mark_length(self.text), |block| block.span.end)
    }

    fn head(&self) -> &'a str {
        Span::new(0, self.body_start()).of(self.text)
    }

    fn body(&self) -> &'a str {
        Span::new(self.body_start(), self.text.len()).of(self.text)
    }

    /// Byte order mark and fences are the same; only where there was no block may a new one appear, and only one of which
    /// nothing is left may go.
    fn frame_fits(&self, new: &Side<'_>) -> bool {
        let marks = mark_length(self.text) == mark_length(new.text);
        let one_is_new = self.block.is_none() || new.block.is_none();
        marks && (one_is_new || self.fences() == new.fences())
    }

    fn fences(&self) -> Option<(&'a str, &'a str)> {
        self.block.as_ref().map(|block| {
            let opening = Span::new(block.span.start, block.content.start).of(self.text);
            (opening, Span::new(block.content.end, block.span.end).of(self.text))
        })
    }

    /// The lines between the fences but for those of the keys that change; of these perhaps the comments inside.
    fn lines_without(&self, keys: &[String], with_comments: bool) -> String {
        let Some(block) = &self.block else { return String::new() };
        let mut rest = String::with_capacity(block.content.len());
        let mut at = block.content.start;
        for entry in block.entries.iter().filter(|entry| keys.contains(&entry.key)) {
            rest.push_str(Span::new(at, entry.span.start).of(self.text));
            if with_comments {
                rest.push_str(&comment_lines(self.text, entry));
            }
            at = at.max(entry.span.end);
        }
        rest + Span::new(at, block.content.end).of(self.text)
    }

    /// Whether all keys but those that change say the same in both, and what could not be read is the same.
    fn says_the_same_without(&self, keys: &[String], new: &Side<'_>) -> bool {
        let is_other = |entry: &&Entry| !keys.contains(&entry.key);
        let old_others = self.entries().iter().filter(is_other).collect::<Vec<_>>();
        let new_others = new.entries().iter().filter(is_other).collect::<Vec<_>>();
        let same = |(old, new): (&&Entry, &&Entry)| {
            old.key == new.key && old.value.says_the_same(&new.value)
        };
        let same =
            old_others.len() == new_others.len() && old_others.iter().zip(&new_others).all(same);
        same && self.unread() == new.unread() && (new.is_yaml() || !self.is_yaml())
    }

    fn unread(&self) -> Vec<(Option<&str>, &str)> {
        let unread = self.block.iter().flat_map(|block| &block.unread);
        unread.map(|unread| (unread.key.as_deref(), unread.span.of(self.text))).collect()
    }

    fn is_yaml(&self) -> bool {
        self.block.as_ref().is_none_or(|block| block.is_yaml)
    }
}

#[cfg(test)]
mod tests {
    use crate::note::change::{KeyValue, Refusal, Wish};
    use crate::note::front_matter::{Entry, read};
    use crate::note::key_edit::edits_for;
    use crate::note::key_proof::verify;
    use crate::note::yaml::{Node, Value};
    use crate::text::day::Day;
    use crate::text::edit::apply;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    fn granted(before: &str, wish: &Wish) -> Result<String, Refusal> {
        let edits = edits_for(before, wish)?;
        let after = apply(before, &edits).expect("edits that fit");
        verify(before, &after, wish)?;
        Ok(after)
    }

    /// The text after the wish, or why it is refused.
    fn check(before: &str, wish: &Wish, wanted: &Expect) {
        match granted(before, wish) {
            Ok(after) => wanted.assert_eq(&format!("{after:?}")),
            Err(refusal) => wanted.assert_eq(&format!("refused: {}", refusal.reason)),
        }
    }

    fn keys(key: &str) -> Vec<String> {
        key.split('|').map(str::to_owned).collect()
    }

    fn set(key: &str, text: &str) -> Wish {
        Wish::SetKey { keys: keys(key), value: KeyValue::Text(text.to_owned()) }
    }

    fn set_list(key: &str, items: &[&str]) -> Wish {
        let items = items.iter().map(|&item| item.to_owned()).collect();
        Wish::SetKey { keys: keys(key), value: KeyValue::List(items) }
    }

    fn set_day(key: &str, day: &str) -> Wish {
        Wish::SetKey { keys: keys(key), value: KeyValue::Date(Day::parse(day).unwrap()) }
    }

    fn remove(key: &str) -> Wish {
        Wish::RemoveKey { keys: keys(key) }
    }

    fn add(key: &str, item: &str) -> Wish {
        Wish::AddToList { keys: keys(key), item: item.to_owned() }
    }

    fn drop(key: &str, item: &str) -> Wish {
        Wish::RemoveFromList { keys: keys(key), item: item.to_owned() }
    }

    #[test]
    fn a_key_is_found_however_the_note_spells_it() {
        let note = "---\nFollow Up: 2026-11-20\nNext: ask\n---\n";
        check(
            note,
            &set_day("follow_up", "2026-12-01"),
            &expect![[r#""---\nFollow Up: 2026-12-01\nNext: ask\n---\n""#]],
        );
        check(
            note,
            &remove("next|next_action"),
            &expect![[r#""---\nFollow Up: 2026-11-20\n---\n""#]],
        );
    }

    #[test]
    fn a_scalar_is_replaced_where_it_stands() {
        check(
            "---\na: one # c\nb: 2\n---\nbody",
            &set("a", "two"),
            &expect![[r#""---\na: two # c\nb: 2\n---\nbody""#]],
        );
        check(
            "---\na: 'it''s'\n---\n",
            &set("a", "that's"),
            &expect![[r#""---\na: 'that''s'\n---\n""#]],
        );
        check(
            "---\na: \"one\"\n---\n",
            &set("a", "two"),
            &expect![[r#""---\na: \"two\"\n---\n""#]],
        );
        check(
            "---\na:  one  \n---\n",
            &set("a", "+351 910"),
            &expect![[r#""---\na:  \"+351 910\"  \n---\n""#]],
        );
        check(
            "---\r\na:\r\nb: 1\r\n---\r\n",
            &set("a", "two"),
            &expect![[r#""---\r\na: two\r\nb: 1\r\n---\r\n""#]],
        );
        check("---\na: # c\n---\n", &set("a", "two"), &expect![[r#""---\na: two # c\n---\n""#]]);
        check(
            "---\na: ~\n---\n",
            &set("a", "[[Ana]]"),
            &expect![[r#""---\na: \"[[Ana]]\"\n---\n""#]],
        );
        check(
            "---\na:\n  one\n  more\nb: 1\n---\n",
            &set("a", "two"),
            &expect![[r#""---\na:\n  two\nb: 1\n---\n""#]],
        );
        check(
            "---\n\"a\" : one\n---\n",
            &set("a", "two"),
            &expect![[r#""---\n\"a\" : two\n---\n""#]],
        );
        check(
            "---\na: |\n  one\n\nb: 1\n---\n",
            &set("a", "two\nlines\n"),
            &expect![[r#""---\na: \"two\\nlines\\n\"\n\nb: 1\n---\n""#]],
        );
        check(
            "---\na: >+\n  one\n\n# c\nb: 1\n---\n",
            &set("a", "two"),
            &expect![[r#""---\na: two\n# c\nb: 1\n---\n""#]],
        );
        check(
            "---\na:\tone\t# c\n---\n",
            &set("a", "two"),
            &expect![[r#""---\na:\ttwo\t# c\n---\n""#]],
        );
        check(
            "---\na: [[Ana]]\n---\n",
            &set("a", "[[Bo]]"),
            &expect![[r#""---\na: \"[[Bo]]\"\n---\n""#]],
        );
        check(
            "---\na: [[Ana]], [[Bo]]\n---\n",
            &set("a", "[[Bo]]"),
            &expect![[r#""---\na: \"[[Bo]]\"\n---\n""#]],
        );
        check(
            "---\n  a: 1\n  b: 2\n---\n",
            &set("a", "two"),
            &expect![[r#""---\n  a: two\n  b: 2\n---\n""#]],
        );
    }

    #[test]
    fn dates_and_flags_are_plain_unless_quotes_were_there() {
        check(
            "---\nfollow_up: 2026-11-01\n---\n",
            &set_day("follow_up", "2026-11-25"),
            &expect![[r#""---\nfollow_up: 2026-11-25\n---\n""#]],
        );
        check(
            "---\nfollow_up: '2026-11-01'\n---\n",
            &set_day("follow_up", "2026-11-25"),
            &expect![[r#""---\nfollow_up: '2026-11-25'\n---\n""#]],
        );
        let flag = Wish::SetKey { keys: keys("paused"), value: KeyValue::Flag(true) };
        check("---\npaused: \"false\"\n---\n", &flag, &expect![[r#""---\npaused: true\n---\n""#]]);
    }

    #[test]
    fn awkward_text_is_quoted() {
        for text in [
            "yes", "1e3", ": ", "a: b", "a #b", " a", "a ", "\"a\"", "it's", "a\\b", "é 🙂",
            "a\nb", "", "\u{85}", "\u{2028}", "@a", "`a`", "---", "[[A]]", "- a", "\t", "\u{feff}",
        ] {
            for old in ["one", "'one'", "\"one\"", "|\n  one", "[one, two]", "", "\n  - one"] {
                for frame in [
                    "---\na: …\nb: 1\n---\n",
                    "---\r\na: …\r\n---",
                    "\u{feff}---\na: … # c\n---\nx",
                ] {
                    let before = frame.replace('…', old);
                    let after = granted(&before, &set("a", text));
                    if frame.contains("# c") && old.contains('|') {
                        continue;
                    }
                    let after =
                        after.unwrap_or_else(|refusal| panic!("{before:?} {text:?}: {refusal:?}"));
                    assert_eq!(
                        read(&after).0.unwrap().entries[0].value.text(),
                        Some(text),
                        "{after:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_new_key_goes_to_the_end_of_the_block() {
        check(
            "---\na: 1\n# last\n\n---\nbody",
            &set("b", "x"),
            &expect![[r#""---\na: 1\n# last\n\nb: x\n---\nbody""#]],
        );
        check(
            "\u{feff}---\r\na: 1\r\n...\r\n",
            &set("b", "x"),
            &expect![[r#""\u{feff}---\r\na: 1\r\nb: x\r\n...\r\n""#]],
        );
        check("---\n---", &set("b", "x"), &expect![[r#""---\nb: x\n---""#]]);
        check("---  \ra: 1\r---\r", &set("b", "x"), &expect![[r#""---  \ra: 1\rb: x\r---\r""#]]);
        check(
            "---\na: |+\n  x\n\n---\n",
            &set("b", "x"),
            &expect![[r#""---\na: |+\n  x\n\nb: x\n---\n""#]],
        );
        check("---\n  a: 1\n---\n", &set("b", "x"), &expect![[r#""---\n  a: 1\n  b: x\n---\n""#]]);
        check(
            "---\na: @x\nb: \"open\n---\n",
            &set("c", "x"),
            &expect![[r#""---\na: @x\nb: \"open\nc: x\n---\n""#]],
        );
        check(
            "---\na: [x]\n---\n",
            &set_list("b", &["p", "[[Q]]", "r, s"]),
            &expect![[r#""---\na: [x]\nb: [p, \"[[Q]]\", \"r, s\"]\n---\n""#]],
        );
        check(
            "---\na:\n  - x\n---\n",
            &set_list("b", &["p", "q, r"]),
            &expect![[r#""---\na:\n  - x\nb:\n  - p\n  - q, r\n---\n""#]],
        );
        check(
            "---\na:\n  - x\nb: # c\n---\n",
            &set_list("b", &["p", "q"]),
            &expect![[r#""---\na:\n  - x\nb: # c\n  - p\n  - q\n---\n""#]],
        );
        check(
            "---\na: 1\n---\n",
            &set("Last Spoke", "x"),
            &expect![[r#""---\na: 1\nLast Spoke: x\n---\n""#]],
        );
    }

    #[test]
    fn a_note_without_front_matter_gets_a_block() {
        check(
            "# Ana\n",
            &set("circle", "inner"),
            &expect![[r#""---\ncircle: inner\n---\n# Ana\n""#]],
        );
        check(
            "\u{feff}# Ana\r\n\r\ntext",
            &set_day("follow_up", "2026-11-25"),
            &expect![[r#""\u{feff}---\r\nfollow_up: 2026-11-25\r\n---\r\n# Ana\r\n\r\ntext""#]],
        );
        check("", &set("a", "b"), &expect![[r#""---\na: b\n---\n""#]]);
        check(
            "---\n\nA rule above.\n",
            &set("a", "b"),
            &expect![[r#""---\na: b\n---\n---\n\nA rule above.\n""#]],
        );
        check(
            "no line end",
            &add("tags", "x"),
            &expect![[r#""---\ntags: [x]\n---\nno line end""#]],
        );
        check("# Ana\n", &remove("circle"), &expect![[r##""# Ana\n""##]]);
    }

    #[test]
    fn the_first_spelling_in_the_file_counts() {
        check(
            "---\ntier: a\ncircle: b\n---\n",
            &set("circle|tier", "c"),
            &expect![[r#""---\ntier: c\ncircle: b\n---\n""#]],
        );
        check(
            "---\nx: a\n---\n",
            &set("circle|tier", "c"),
            &expect![[r#""---\nx: a\ncircle: c\n---\n""#]],
        );
        check(
            "---\ntier: a\nx: 1\ncircle: b\n---\n",
            &remove("circle|tier"),
            &expect![[r#""---\nx: 1\n---\n""#]],
        );
    }

    #[test]
    fn a_removed_key_takes_its_lines_and_no_comment() {
        check(
            "---\n# top\na: one\n# about b\nb: 2\n---\n",
            &remove("a"),
            &expect![[r#""---\n# top\n# about b\nb: 2\n---\n""#]],
        );
        check(
            "---\na:\n  - x # c\n  - y\n  # own\n\nb: 2\n---\n",
            &remove("a"),
            &expect![[r##""---\n# c\n  # own\n\nb: 2\n---\n""##]],
        );
        check(
            "---\na: |\n  x\n\n  y\n\nb: 2\n---\n",
            &remove("a"),
            &expect![[r#""---\n\nb: 2\n---\n""#]],
        );
        check("---\r\na: [x,\r\n  y]\r\n---\r\n", &remove("a"), &expect![[r#""""#]]);
        check("---\na:\n- x\n- y\nb: 1\n---\n", &remove("a"), &expect![[r#""---\nb: 1\n---\n""#]]);
        check("---\nm:\n  k: v\nb: 1\n---\n", &remove("m"), &expect![[r#""---\nb: 1\n---\n""#]]);
        check("---\na: 1\n---", &remove("a"), &expect![[r#""""#]]);
    }

    #[test]
    fn the_comments_of_a_removed_value_stay() {
        check(
            "---\na: |\n  text\nb: # stays\n  # so\n  - one # does this\r\n  # and this\r\n  - two\n# below\n---\n",
            &remove("b"),
            &expect![[
                r##""---\na: |\n  text\n# stays\n# so\n# does this\r\n# and this\r\n# below\n---\n""##
            ]],
        );
        check(
            "---\nb: |\n  # text\nc: 1\n---\n",
            &remove("b"),
            &expect![[r#""---\nc: 1\n---\n""#]],
        );
        check(
            "---\nb: \"one\n  # text\" # stays\n---\n",
            &remove("b"),
            &expect![[r##""---\n# stays\n---\n""##]],
        );
    }

    #[test]
    fn an_item_is_added_in_the_style_of_the_list() {
        check(
            "---\na: [x, y] # c\n---\n",
            &add("a", "z"),
            &expect![[r#""---\na: [x, y, z] # c\n---\n""#]],
        );
        check(
            "---\na: [\"[[X]]\"]\n---\n",
            &add("a", "z"),
            &expect![[r#""---\na: [\"[[X]]\", \"z\"]\n---\n""#]],
        );
        check("---\na: []\n---\n", &add("a", "z, w"), &expect![[r#""---\na: [\"z, w\"]\n---\n""#]]);
        check(
            "---\na: [\n  x,\n  y,\n]\n---\n",
            &add("a", "z"),
            &expect![[r#""---\na: [\n  x,\n  y,\n  z,\n]\n---\n""#]],
        );
        check(
            "---\na: [x, # c\n  y]\n---\n",
            &add("a", "z"),
            &expect![[r#""---\na: [x, # c\n  y,\n  z]\n---\n""#]],
        );
        check(
            "---\na:\n  - x\n  - y # c\n\nb: 1\n---\n",
            &add("a", "[[Z]]"),
            &expect![[r#""---\na:\n  - x\n  - y # c\n  - \"[[Z]]\"\n\nb: 1\n---\n""#]],
        );
        check(
            "---\r\na:\r\n- 'x'\r\nb: 1\r\n---\r\n",
            &add("a", "z"),
            &expect![[r#""---\r\na:\r\n- 'x'\r\n- 'z'\r\nb: 1\r\n---\r\n""#]],
        );
        check(
            "---\na:\n  - |\n    x\n  - k: v\n---\n",
            &add("a", "z"),
            &expect![[r#""---\na:\n  - |\n    x\n  - k: v\n  - z\n---\n""#]],
        );
        check(
            "---\na: one, two\n---\n",
            &add("a", "z"),
            &expect![[r#""---\na: [\"one, two\", z]\n---\n""#]],
        );
        check(
            "---\na: 'one' # c\n---\n",
            &add("a", "z"),
            &expect![[r#""---\na: ['one', 'z'] # c\n---\n""#]],
        );
        check(
            "---\na: [[Ana]]\n---\n",
            &add("a", "[[Bo]]"),
            &expect![[r#""---\na: [\"[[Ana]]\", \"[[Bo]]\"]\n---\n""#]],
        );
        check(
            "---\na:\nb:\n  - x\n---\n",
            &add("a", "z"),
            &expect![[r#""---\na:\n  - z\nb:\n  - x\n---\n""#]],
        );
        check("---\nb: 1\n---\n", &add("a", "z"), &expect![[r#""---\nb: 1\na: [z]\n---\n""#]]);
        check(
            "---\na: [x, \"z\"]\n---\n",
            &add("a", "z"),
            &expect![[r#""---\na: [x, \"z\"]\n---\n""#]],
        );
    }

    #[test]
    fn an_item_is_taken_out_with_its_comma_or_line() {
        check(
            "---\na: [x, y, z]\n---\n",
            &drop("a", "x"),
            &expect![[r#""---\na: [y, z]\n---\n""#]],
        );
        check(
            "---\na: [x, y, z]\n---\n",
            &drop("a", "y"),
            &expect![[r#""---\na: [x, z]\n---\n""#]],
        );
        check(
            "---\na: [x, y, z, ]\n---\n",
            &drop("a", "z"),
            &expect![[r#""---\na: [x, y, ]\n---\n""#]],
        );
        check(
            "---\na: [x, x, y, x, x]\n---\n",
            &drop("a", "x"),
            &expect![[r#""---\na: [y]\n---\n""#]],
        );
        check(
            "---\na: [ x ] # c\n---\n",
            &drop("a", "x"),
            &expect![[r#""---\na: [] # c\n---\n""#]],
        );
        check(
            "---\na:\n  - x\n  - y # c\n  # own\n  - z\nb: 1\n---\n",
            &drop("a", "y"),
            &expect![[r#""---\na:\n  - x\n  # own\n  - z\nb: 1\n---\n""#]],
        );
        check(
            "---\na:\n- x\n- x\nb: 1\n---\n",
            &drop("a", "x"),
            &expect![[r#""---\na: []\nb: 1\n---\n""#]],
        );
        check("---\na: x\n---\n", &drop("a", "x"), &expect![[r#""---\na: []\n---\n""#]]);
        check("---\na: x\n---\n", &drop("a", "y"), &expect![[r#""---\na: x\n---\n""#]]);
    }

    #[test]
    fn what_is_not_safe_is_refused() {
        check(
            "---\na:\n  -\n    x\n  - y\n---\n",
            &drop("a", "x"),
            &expect!["refused: the item does not stand on a line of its own"],
        );
        check("---\na: 1\na: 2\n---\n", &set("a", "x"), &expect!["refused: `a` is there twice"]);
        check("---\na: @x\nb: 1\n---\n", &set("a", "x"), &expect!["refused: `a` cannot be read"]);
        check(
            "---\na: &x 1\nb: *x\n---\n",
            &set("a", "x"),
            &expect!["refused: `a` cannot be read"],
        );
        check(
            "---\na: &x 1\nb: *x\n---\n",
            &set("b", "x"),
            &expect!["refused: `b` cannot be read"],
        );
        check(
            "---\n? a\n: b\n---\n",
            &set("a", "x"),
            &expect!["refused: `a` is not written as `key: value`"],
        );
        check(
            "---\n{a: 1, b: 2}\n---\n",
            &set("c", "x"),
            &expect!["refused: `b` is not written as `key: value`"],
        );
        check(
            "---\n{a: 1, b: 2}\n---\n",
            &remove("a"),
            &expect!["refused: `a` is not written as `key: value`"],
        );
        check(
            "---\na:\n  k: v\n---\n",
            &set("a", "x"),
            &expect!["refused: the key holds more than text or a list of texts"],
        );
        check(
            "---\na:\n  k: v\n---\n",
            &add("a", "x"),
            &expect!["refused: the key holds more than text or a list of texts"],
        );
        check(
            "---\na:\n  - x\n  # c\n  - y\n---\n",
            &set("a", "x"),
            &expect!["refused: a comment stands inside the value of `a`"],
        );
        check(
            "---\na: # c\n  - x\n---\n",
            &set("a", "x"),
            &expect!["refused: a comment stands inside the value of `a`"],
        );
        check(
            "---\na: | # c\n  x\n---\n",
            &set("a", "x"),
            &expect!["refused: a comment stands inside the value of `a`"],
        );
        check(
            "---\na: 1\n\nbody\n",
            &set("a", "x"),
            &expect!["refused: the front matter is never closed"],
        );
        check(
            "---\na: 1\n---\n<<<<<<< HEAD\nx\n",
            &set("a", "x"),
            &expect!["refused: the note holds git conflict markers"],
        );
        check(
            &format!("---\na: {}\n---\n", "x".repeat(70_000)),
            &set("a", "x"),
            &expect!["refused: the front matter is larger than 64 KiB"],
        );
        check(
            "---\na: [[A]], [[B]]\n---\n",
            &add("a", "[[C]]"),
            &expect![
                "refused: the change cannot be made without touching other lines of the front matter in another way than wished"
            ],
        );
    }

    #[test]
    fn a_good_key_can_be_changed_beside_broken_ones() {
        check(
            "---\na: @x\nb: 1\nc: \"open\nd: 2\nd: 3\n---\n",
            &set("b", "two"),
            &expect![[r#""---\na: @x\nb: two\nc: \"open\nd: 2\nd: 3\n---\n""#]],
        );
    }

    #[test]
    fn the_proof_notices_every_other_change() {
        let before = "---\na: 1\nb: 2 # c\n---\nbody\n";
        let wish = set("a", "x");
        for after in [
            "---\na: y\nb: 2 # c\n---\nbody\n",
            "---\na: x\nb: 2\n---\nbody\n",
            "---\na: x\nb: 3 # c\n---\nbody\n",
            "---\na: x\nb: 2 # c\n---\nbody",
            "---\na: x\nb: 2 # c\n--- \nbody\n",
            "\u{feff}---\na: x\nb: 2 # c\n---\nbody\n",
            "---\na: x\nb: 2 # c\nc: 3\n---\nbody\n",
            "---\nb: 2 # c\n---\nbody\n",
            "---\na: x\na: x\nb: 2 # c\n---\nbody\n",
            "---\na: x\n# c\nb: 2 # c\n---\nbody\n",
            "body\n",
        ] {
            assert!(verify(before, after, &wish).is_err(), "{after:?}");
        }
        assert_eq!(verify(before, "---\na: x\nb: 2 # c\n---\nbody\n", &wish), Ok(()));
        let body = Wish::AppendItem { headings: None, lines: Vec::new() };
        assert_eq!(edits_for(before, &body), Ok(Vec::new()));
        assert_eq!(verify(before, &format!("{before}- x\n"), &body), Ok(()));
        assert!(verify(before, &before.replace("a: 1", "a: 2"), &body).is_err());
    }

    const KEYS: [&str; 6] = ["a", "bb", "c d", "é", "e_f", "zz"];

    fn value() -> impl Strategy<Value = String> {
        let scalars = prop::sample::select(vec![
            " one",
            " 'it''s'",
            " \"q \\u00e9\"",
            "",
            " ~",
            " 2026-11-21",
            " +351 910",
            " [[Ana]]",
            " no  ",
            " x # c",
            " # only",
            "\tone",
            " |\n  x\n   y\n",
            " >-\n  x\n  y",
            " |+\n  x\n\n",
            " one\n  two",
            "\n  one",
            " \"a\n  b\"",
        ]);
        let lists = prop::sample::select(vec![
            " [x, y]",
            " []",
            " [ 'x' , \"y\", ]",
            " [x,\n  y]",
            " [\n  x,\n  y\n  ]",
            "\n  - x\n  - y",
            "\n- x\n- 'y'",
            "\n  - x # c\n  # d\n  - y",
            "\n  - x\n  - k: v\n    l: w",
            " [[x, y], z]",
            "\n  - |\n    x\n  - y",
            "\n  -\n  - x",
            " [x, x, y, x]",
            "\n    - x\n\n    - x",
        ]);
        let odd = prop::sample::select(vec![
            " @x",
            " a: b",
            " \"open",
            " [[A]], [[B]]",
            " &a x",
            " *a",
            " !t x",
            "\n\t- x",
            " {k: v}",
            "\n  k: v\n  l:\n    - w",
            " {{x}}",
            " [a",
            " x\u{2028}y",
        ]);
        prop_oneof![4 => scalars, 4 => lists, 1 => odd].prop_map(str::to_owned)
    }

    fn document() -> impl Strategy<Value = String> {
        let line = prop::sample::select(vec!["", "", "# c\n", "\n", "  # in\n"]);
        let entry = (prop::sample::select(KEYS.to_vec()), value(), line, 0..20usize);
        let frame = (
            0..8usize,
            prop::sample::select(vec!["", "body", "# Ana\n\n- x\n", "\n---\na: b\n---\n"]),
        );
        (prop::collection::vec(entry, 0..6), frame, any::<bool>()).prop_map(
            |(entries, (frame, body), repeats)| {
                let mut seen = Vec::new();
                let mut content = String::new();
                for (key, value, line, odd) in entries {
                    if seen.contains(&key) && !repeats {
                        continue;
                    }
                    seen.push(key);
                    let written = match odd {
                        0 => format!("\"{key}\""),
                        1 => format!("? {key}\n"),
                        2 => format!("{key} "),
                        _ => key.to_owned(),
                    };
                    content.push_str(&format!("{written}:{value}\n{line}"));
                }
                let text = format!("---\n{content}---\n{body}");
                match frame {
                    0 => text.replace('\n', "\r\n"),
                    1 => format!("\u{feff}{text}"),
                    2 => text.replacen('\n', "\r\n", 3),
                    3 => text.replace('\n', "\r"),
                    4 => body.to_owned(),
                    5 => format!("---  \n{content}...\n{body}"),
                    6 => format!("---\n{content}---"),
                    _ => text,
                }
            },
        )
    }

    fn new_text() -> impl Strategy<Value = String> {
        prop_oneof![
            2 => prop::sample::select(vec!["x", "y", "z", "Ana Lima", "2026-11-21", "yes", "", "[[Bo]]", "a: b", "it's", "- x", "x # c", "a\nb", "+1", "one"]).prop_map(str::to_owned),
            1 => "[-a0: #,\\[\\]{}'\"\\\\@&*!|>%?~.\n\t\u{85}\u{2028}é🙂]{0,6}",
        ]
    }

    fn wish() -> impl Strategy<Value = Wish> {
        let keys = prop_oneof![
            4 => prop::sample::select(KEYS.to_vec()).prop_map(|key| vec![key.to_owned()]),
            1 => Just(vec!["a".to_owned(), "zz".to_owned()]),
        ];
        let value = prop_oneof![
            3 => new_text().prop_map(KeyValue::Text),
            1 => Just(KeyValue::Date(Day::parse("2026-11-21").unwrap())),
            1 => any::<bool>().prop_map(KeyValue::Flag),
            2 => prop::collection::vec(new_text(), 0..4).prop_map(KeyValue::List),
        ];
        (keys, value, new_text(), 0..5usize).prop_map(|(keys, value, item, kind)| match kind {
            0 => Wish::RemoveKey { keys },
            1 => Wish::AddToList { keys, item },
            2 => Wish::RemoveFromList { keys, item },
            _ => Wish::SetKey { keys, value },
        })
    }

    /// What an entry says, in the plainest way.
    fn plainly(node: &Node) -> Vec<String> {
        match &node.value {
            Value::Null => Vec::new(),
            Value::Scalar(text, _) => vec![text.clone()],
            Value::List(items) => items.iter().flat_map(plainly).collect(),
            Value::Map(pairs) => pairs
                .iter()
                .flat_map(|(key, value)| [vec![key.clone()], plainly(value)].concat())
                .collect(),
        }
    }

    fn said(value: &KeyValue) -> Vec<String> {
        match value {
            KeyValue::Text(text) => vec![text.clone()],
            KeyValue::Date(day) => vec![day.to_string()],
            KeyValue::Flag(flag) => vec![flag.to_string()],
            KeyValue::List(items) => items.clone(),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(6000))]

        #[test]
        fn a_wish_is_granted_and_nothing_else_or_it_is_refused(before in document(), wish in wish()) {
            let Ok(after) = granted(&before, &wish) else { return Ok(()) };
            let entries = |text: &str| read(text).0.map_or(Vec::new(), |front_matter| front_matter.entries);
            let (old, new) = (entries(&before), entries(&after));
            let find = |entries: &[Entry], key: &str| entries.iter().find(|entry| entry.key == key).map(|entry| plainly(&entry.value));
            let (Wish::SetKey { keys, .. } | Wish::RemoveKey { keys } | Wish::AddToList { keys, .. } | Wish::RemoveFromList { keys, .. }) = &wish else { unreachable!() };
            for entry in old.iter().chain(&new).filter(|entry| !keys.contains(&entry.key)) {
                prop_assert_eq!(find(&old, &entry.key), find(&new, &entry.key), "{}", after);
            }
            let now = keys.iter().filter_map(|key| find(&new, key)).collect::<Vec<_>>();
            match &wish {
                Wish::SetKey { value, .. } => prop_assert!(now.contains(&said(value)), "{}", after),
                Wish::RemoveKey { .. } => prop_assert!(now.is_empty(), "{}", after),
                Wish::AddToList { item, .. } => prop_assert!(now.iter().any(|now| now.contains(item)), "{}", after),
                _ => {}
            }
            prop_assert_eq!(edits_for(&after, &wish), Ok(Vec::new()), "not settled: {:?}", after);
        }

        #[test]
        fn usual_notes_are_never_refused(
            value in prop::sample::select(vec![" one", "", " 'x' # c", " [x, 'y']", "\n  - x\n  - y", "\n- x", " \"a\"", " |\n  x", " one\n  two", " []"]),
            wish in wish(),
            ending in prop::sample::select(vec!["\n", "\r\n"]),
        ) {
            let before = format!("---\nfirst: 1\na:{value}\nlast: [x]\n---\nbody\n").replace('\n', ending);
            let result = granted(&before, &wish);
            prop_assert!(result.is_ok(), "{:?} {:?}", before, result);
        }
    }
}
