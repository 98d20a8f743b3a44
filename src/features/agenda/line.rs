//! The lines of an agenda file that can be answered: what `ties` wrote, taken apart from what the person added.
//!
//! Always true here: the two are told apart by the marks of the front matter, so no word of a person is taken for ours
//! and none of ours for an answer. Only the box, the end of the line and indented lines under it can hold an answer.

use crate::features::agenda::file::Side;
use crate::features::agenda::ids;
use crate::features::agenda::render::mark;
use crate::features::agenda::said::command_at_end;
use crate::note::link::{FoundLink, links};
use std::ops::Range;

/// A line with a box, as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its id, where it still has one.
    pub id: Option<String>,
    /// Its kind: that of the id, else that of the section.
    pub letter: char,
    /// The character in the box.
    pub status: char,
    /// The line without box, id and what was typed at its end.
    pub text: String,
    /// Whether that is as `ties` wrote it.
    pub is_ours: bool,
    /// What was typed at its end.
    pub at_end: String,
    /// Our lines of context below, without indent and `>`.
    pub context: Vec<String>,
    /// What was typed below, verbatim.
    pub below: Vec<String>,
    /// The places in the body of the line, and of everything that belongs to it.
    pub place: Range<usize>,
    /// Of these the ones that hold what was typed below.
    pub typed_places: Vec<usize>,
}

impl Line {
    /// What was typed with it, piece by piece, without indents and list markers; no blank ones.
    pub fn typed(&self) -> Vec<String> {
        let below = self.below.iter().map(|line| without_marker(line.trim()));
        let pieces = std::iter::once(self.at_end.trim()).chain(below);
        pieces.filter(|piece| !piece.is_empty()).map(str::to_owned).collect()
    }

    /// The links to those whom it is about: at its start one or several joined by commas and `and`, else the first.
    pub fn subjects(&self) -> Vec<FoundLink> {
        let mut subjects: Vec<FoundLink> = Vec::new();
        for link in links(&self.text) {
            let joined = match subjects.last() {
                None => true,
                Some(last) => {
                    let between = self.text.get(last.span.end..link.span.start).unwrap_or("");
                    let from_start = subjects.first().is_some_and(|first| first.span.start == 0);
                    from_start && matches!(between.trim(), "," | "and" | ", and")
                }
            };
            if !joined {
                break;
            }
            subjects.push(link);
        }
        subjects
    }

    /// Whether there is anything that could be an answer.
    pub fn is_touched(&self) -> bool {
        self.status != ' ' || !self.at_end.is_empty() || !self.below.is_empty()
    }
}

/// The lines of `side` that can be answered; `is_known` tells by its mark whether `ties` wrote a line.
pub fn lines(side: &Side, is_known: &dyn Fn(&str) -> bool) -> Vec<Line> {
    let mut found: Vec<Line> = Vec::new();
    let mut section = None;
    let mut at = 0;
    let mut fence = None;
    while let Some(text) = side.body.get(at) {
        if is_code(text, &mut fence) {
            at += 1;
            continue;
        }
        if let Some(heading) = text.strip_prefix('#') {
            section = letter_of(heading.trim_start_matches('#').trim());
        }
        let line = parse(text, section, is_known, at);
        at += 1;
        if let Some(mut line) = line {
            at = take_below(&mut line, &side.body, at, is_known);
            line.place.end = at;
            found.push(line);
        }
    }
    found
}

/// Whether a line belongs to fenced code, which answers nothing; `fence` is the sign of the block that is open.
fn is_code(text: &str, fence: &mut Option<char>) -> bool {
    let text = text.trim_start();
    let sign = ['`', '~'].into_iter().find(|sign| text.starts_with(&sign.to_string().repeat(3)));
    match (*fence, sign) {
        (None, None) => false,
        (None, Some(sign)) => {
            *fence = Some(sign);
            true
        }
        (Some(open), sign) => {
            if sign == Some(open) {
                *fence = None;
            }
            true
        }
    }
}

fn letter_of(heading: &str) -> Option<char> {
    match heading {
        "Today" => Some('t'),
        "Promises" => Some('p'),
        "Reach out" => Some('r'),
        "Habits" => Some('h'),
        "Welcome back" => Some('a'),
        _ => None,
    }
}

/// Reads the lines below from `at` on that belong to `line`. Where the next one begins.
fn take_below(
    line: &mut Line,
    body: &[String],
    mut at: usize,
    is_known: &dyn Fn(&str) -> bool,
) -> usize {
    let mut blank = Vec::new();
    let mut end = at;
    while let Some(text) = body.get(at) {
        let is_quote = text.trim_start().starts_with("> ");
        match text {
            text if text.trim().is_empty() => blank.push(at),
            text if !text.starts_with([' ', '\t']) => break,
            text if is_quote && is_known(&mark(text)) => {
                line.context.push(text.trim_start().trim_start_matches("> ").to_owned());
                end = at + 1;
            }
            // A line of context that was changed is no answer.
            _ if is_quote => {}
            text => {
                line.typed_places.append(&mut blank);
                line.typed_places.push(at);
                line.below.push(text.clone());
                end = at + 1;
            }
        }
        at += 1;
    }
    end
}

fn parse(
    text: &str,
    section: Option<char>,
    is_known: &dyn Fn(&str) -> bool,
    at: usize,
) -> Option<Line> {
    let (status, content) = boxed(text)?;
    let content = content.trim();
    let (before, id, after) = ids::around(content);
    let letter = id.and_then(|id| id.chars().next()).or(section)?;
    if letter == 'c' || id.is_none() && links(content).next().is_none() && letter != 'h' {
        return None;
    }
    let cut = id.and_then(|id| our_end(before, id, is_known));
    let is_ours = cut.is_some();
    let (ours, typed) = before.split_at(cut.unwrap_or_else(|| command_at_end(before)));
    let at_end =
        [typed.trim(), after].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>();
    Some(Line {
        id: id.map(str::to_owned),
        letter,
        status,
        text: ours.trim().to_owned(),
        is_ours,
        at_end: at_end.join(" "),
        context: Vec::new(),
        below: Vec::new(),
        place: at..at + 1,
        typed_places: Vec::new(),
    })
}

/// The character in the box of a list item at the start of a line, and what follows the box.
pub fn boxed(text: &str) -> Option<(char, &str)> {
    let rest =
        text.strip_prefix(['-', '*', '+'])?.trim_start_matches([' ', '\t']).strip_prefix('[')?;
    let status = rest.chars().next()?;
    let content = rest.get(status.len_utf8()..)?.strip_prefix(']')?;
    (content.is_empty() || content.starts_with([' ', '\t'])).then_some((status, content))
}

/// No more words than these are looked at to find where our words end.
const MOST_WORDS: usize = 400;

/// Where our words end and those of the person begin, where `ties` wrote the line.
fn our_end(before: &str, id: &str, is_known: &dyn Fn(&str) -> bool) -> Option<usize> {
    let spaces = before.rmatch_indices(' ').map(|(at, _)| at);
    let ends = std::iter::once(before.len()).chain(spaces).take(MOST_WORDS);
    ends.map(|end| before.get(..end).unwrap_or("").trim_end())
        .find_map(|ours| is_known(&mark(&format!("- [ ] {ours} ^{id}"))).then_some(ours.len()))
}

/// What was typed, without the marker of a list or a box before it.
pub fn without_marker(line: &str) -> &str {
    let item = ["- ", "* ", "+ "].iter().find_map(|marker| line.strip_prefix(marker));
    let item = item.map_or(line, str::trim_start);
    let boxed = ["[ ] ", "[x] ", "[X] "].iter().find_map(|sign| item.strip_prefix(sign));
    boxed.unwrap_or(item).trim()
}

#[cfg(test)]
mod tests {
    use crate::features::agenda::file::Side;
    use crate::features::agenda::line::lines;
    use crate::features::agenda::render::mark;
    use expect_test::{Expect, expect};
    use std::collections::HashSet;
    use std::fmt::Write;

    const JOAO: &str = "[[people/joao|João]] · growth ^r55d0w7he";

    /// The lines of a body in which `ties` wrote João's line and its context.
    fn check(body: &str, expected: &Expect) {
        let ours = [format!("- [ ] {JOAO}"), "  > Last: 5 September.".to_owned()];
        let ours = ours.iter().map(|line| mark(line)).collect::<HashSet<_>>();
        let side = Side { body: body.lines().map(str::to_owned).collect(), ..Side::default() };
        let mut shown = String::new();
        for line in lines(&side, &|mark| ours.contains(mark)) {
            let subjects =
                line.subjects().iter().map(|link| link.target.note.clone()).collect::<Vec<_>>();
            let id = line.id.as_deref().unwrap_or("-");
            let _ = writeln!(
                shown,
                "{}{} [{}] {:?}{} typed {:?} context {} of {} at {:?}",
                line.letter,
                id.get(1..).unwrap_or(""),
                line.status,
                line.text,
                if line.is_ours { "" } else { " (changed)" },
                line.typed(),
                line.context.len(),
                subjects.join("+"),
                line.place,
            );
        }
        expected.assert_eq(&shown);
    }

    #[test]
    fn what_was_typed_is_told_from_what_was_written() {
        check(
            &format!(
                "## Reach out\n- [x] {JOAO}\n  > Last: 5 September.\n    call: well\n\n  - next: ask\nother\n"
            ),
            &expect![[r#"
                r55d0w7he [x] "[[people/joao|João]] · growth" typed ["call: well", "next: ask"] context 1 of people/joao at 1..6
            "#]],
        );
        check(
            "- [X] [[people/joao|João]] · growth later 2w ^r55d0w7he  ",
            &expect![[r#"
            r55d0w7he [X] "[[people/joao|João]] · growth" typed ["later 2w"] context 0 of people/joao at 0..1
        "#]],
        );
        check(
            &format!("* [>] {JOAO} 2w"),
            &expect![[r#"
            r55d0w7he [>] "[[people/joao|João]] · growth" typed ["2w"] context 0 of people/joao at 0..1
        "#]],
        );
        check(
            "- [x] [[other|João]] · growth ✅ 2026-11-22 ^r55d0w7he",
            &expect![[r#"
            r55d0w7he [x] "[[other|João]] · growth" typed ["✅ 2026-11-22"] context 0 of other at 0..1
        "#]],
        );
    }

    #[test]
    fn a_changed_line_still_answers() {
        check(
            "- [ ] [[people/joao|João]] my friend later fri ^r55d0w7he",
            &expect![[r#"
            r55d0w7he [ ] "[[people/joao|João]] my friend" (changed) typed ["later fri"] context 0 of people/joao at 0..1
        "#]],
        );
        check(
            "## Reach out\n- [x] [[people/joao|João]]\n- [x] bread\n## Shopping\n- [x] [[people/joao|João]]",
            &expect![[r#"
                r [x] "[[people/joao|João]]" (changed) typed [] context 0 of people/joao at 1..2
            "#]],
        );
        check(
            &format!("- [x] {JOAO}\n  > Last: my own words.\n  text\n"),
            &expect![[r#"
            r55d0w7he [x] "[[people/joao|João]] · growth" typed ["text"] context 0 of people/joao at 0..3
        "#]],
        );
    }

    #[test]
    fn code_answers_nothing() {
        check(&format!("~~~\n- [x] {JOAO}\n```\n~~~\n```\n- [x] {JOAO}"), &expect![[""]]);
    }

    #[test]
    fn those_whom_a_line_is_about_stand_at_its_start() {
        check(
            "- [ ] [[a]], [[b]] and [[c]], planned with [[d]] ^t55d0w7he",
            &expect![[r#"
            t55d0w7he [ ] "[[a]], [[b]] and [[c]], planned with [[d]]" (changed) typed [] context 0 of a+b+c at 0..1
        "#]],
        );
        check(
            "- [ ] Thank [[a]] and [[b]] ^t55d0w7he",
            &expect![[r#"
            t55d0w7he [ ] "Thank [[a]] and [[b]]" (changed) typed [] context 0 of a at 0..1
        "#]],
        );
        check("- Sat: [[a]] ^c55d0w7he\n- [x] [[a]] ^c55d0w7he", &expect![[""]]);
    }
}
