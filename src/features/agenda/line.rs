//! The lines of an agenda file that can be answered: what `ties` wrote, taken apart from what the person added.
//!
//! Always true here: the two are told apart by the marks of the front matter, so no word of a person is taken for ours
//! and none of ours for an answer. Only the box, the end of the line and indented lines under it can hold an answer.
//! A line without an id is one of ours where it reads as we wrote it, or begins with a link; every other one is the
//! person's own, a to-do with somebody's name in it too.

use crate::features::agenda::file::{Side, boxed, column};
use crate::features::agenda::ids;
use crate::features::agenda::render::mark;
use crate::features::agenda::said::command_at_end;
use crate::features::agenda::wording::START_AFRESH;
use crate::note::link::{FoundLink, links};
use std::ops::Range;

/// A line with a box, as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its id, where it has one, or had one as `ties` wrote it.
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
    /// The places in the body of the line, and of everything down to the last that belongs to it.
    pub place: Range<usize>,
    /// Of these the ones that hold what was typed below.
    pub typed_places: Vec<usize>,
}

impl Line {
    /// What was typed with it, line by line: what stands at its end, then what stands below, each with its indent
    /// relative to the leftmost; no blank ones.
    pub fn typed(&self) -> Vec<String> {
        let typed = || self.below.iter().filter(|line| !line.trim().is_empty());
        let first = typed().map(|line| column(line)).min().unwrap_or(0);
        let below =
            typed().map(|line| format!("{}{}", " ".repeat(column(line) - first), line.trim()));
        let at_end = Some(self.at_end.trim().to_owned()).filter(|end| !end.is_empty());
        at_end.into_iter().chain(below).collect()
    }

    /// The links to those whom it is about: at its start, or after `The anniversary of`, one or several joined by
    /// commas and `and`; else the first.
    pub fn subjects(&self) -> Vec<FoundLink> {
        let mut subjects: Vec<FoundLink> = Vec::new();
        for link in links(&self.text) {
            let joined = match (subjects.first(), subjects.last()) {
                (Some(first), Some(last)) => {
                    let between = self.text.get(last.span.end..link.span.start).unwrap_or("");
                    let before = self.text.get(..first.span.start).unwrap_or("");
                    is_about_all(before) && matches!(between.trim(), "," | "and" | ", and")
                }
                _ => true,
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

/// Whether a line that begins so is about everybody whom it links then.
fn is_about_all(start: &str) -> bool {
    start.is_empty() || start.starts_with("The ") && start.ends_with("anniversary of ")
}

/// The lines of `side` that can be answered; `is_known` tells by its mark whether `ties` wrote a line.
pub fn lines(side: &Side, is_known: &dyn Fn(&str) -> bool) -> Vec<Line> {
    let mut reader = Reader {
        side,
        is_known,
        section: None,
        fence: Fence::default(),
        found: Vec::new(),
        open: Vec::new(),
        blank: Vec::new(),
    };
    for (at, text) in side.body.iter().enumerate() {
        reader.read(at, text);
    }
    reader.found
}

struct Reader<'a> {
    side: &'a Side,
    is_known: &'a dyn Fn(&str) -> bool,
    section: Option<Section>,
    fence: Fence,
    found: Vec<Line>,
    // Lines that what follows may belong to: the column of each, and which of those found it is. Each is further to
    // the right than the one before.
    open: Vec<(usize, usize)>,
    // Places of blank lines since the last one that is not.
    blank: Vec<usize>,
}

/// A section whose lines can be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Of(char),
    WelcomeBack,
}

impl Reader<'_> {
    fn read(&mut self, at: usize, text: &str) {
        if text.trim().is_empty() {
            self.blank.push(at);
            return;
        }
        let column = column(text);
        if self.fence.covers(text) {
            self.take(at, text, column);
        } else if let Some(heading) = text.strip_prefix('#') {
            self.section = section_of(heading.trim_start_matches('#').trim());
            self.leave(column);
        } else if let Some(line) = self.line(at, text, column) {
            self.leave(column);
            self.open.push((column, self.found.len()));
            self.found.push(line);
        } else {
            self.take(at, text, column);
        }
        self.blank.clear();
    }

    /// Nothing at or right of `column` is open any more.
    fn leave(&mut self, column: usize) {
        while self.open.pop_if(|(open, _)| *open >= column).is_some() {}
    }

    /// Gives a line of text to the one that it stands under, where it does.
    fn take(&mut self, at: usize, text: &str, column: usize) {
        self.leave(column);
        let Some(line) = self.open.last().and_then(|(_, place)| self.found.get_mut(*place)) else {
            return;
        };
        let is_quote = text.trim_start().starts_with("> ");
        if is_quote && (self.is_known)(&mark(text)) {
            line.context.push(text.trim_start().trim_start_matches("> ").to_owned());
        } else if is_quote {
            // A line of context that was changed is no answer.
            return;
        } else {
            line.typed_places.append(&mut self.blank);
            line.typed_places.push(at);
            line.below.push(text.to_owned());
        }
        line.place.end = at + 1;
    }

    fn line(&self, at: usize, text: &str, column: usize) -> Option<Line> {
        let (status, content) = boxed(text.trim_start())?;
        let (before, own_id, after) = ids::around(content.trim());
        let cut = match own_id {
            Some(_) => self.our_end(before),
            None => self.our_end_without_id(before),
        };
        if column > 0 && own_id.is_none() && cut.is_none() {
            return None;
        }
        let (ours, typed) = before.split_at(cut.unwrap_or_else(|| command_at_end(before)));
        let ours = ours.trim();
        let known = cut.and_then(|_| self.side.id_of(&mark_of_item(ours)));
        let id = own_id.or(known);
        let letter = match id.and_then(|id| id.chars().next()) {
            Some(letter) => letter,
            None => self.section?.letter(ours)?,
        };
        if letter == 'c' {
            return None;
        }
        let at_end = [typed.trim(), after];
        let at_end = at_end.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>();
        Some(Line {
            id: id.map(str::to_owned),
            letter,
            status,
            text: ours.to_owned(),
            is_ours: cut.is_some(),
            at_end: at_end.join(" "),
            context: Vec::new(),
            below: Vec::new(),
            place: at..at + 1,
            typed_places: Vec::new(),
        })
    }

    /// Where our words end and those of the person begin, where `ties` wrote the line.
    fn our_end(&self, before: &str) -> Option<usize> {
        let spaces = before.rmatch_indices(' ').map(|(at, _)| at);
        let ends = std::iter::once(before.len()).chain(spaces).take(MOST_WORDS);
        ends.map(|end| before.get(..end).unwrap_or("").trim_end())
            .find_map(|ours| self.is_item(ours).then_some(ours.len()))
    }

    /// The same without an id: what begins as a line of ours may be a to-do of the person, unless it begins with a
    /// link or nothing but a command follows.
    fn our_end_without_id(&self, before: &str) -> Option<usize> {
        if begins_with_link(before) {
            return self.our_end(before);
        }
        let mut ends = [before.len(), command_at_end(before)].into_iter();
        let ours = |end: usize| before.get(..end).unwrap_or("").trim_end();
        ends.find_map(|end| self.is_item(ours(end)).then_some(ours(end).len()))
    }

    fn is_item(&self, ours: &str) -> bool {
        (self.is_known)(&mark_of_item(ours))
    }
}

fn mark_of_item(text: &str) -> String {
    mark(&format!("- [ ] {text}"))
}

fn begins_with_link(text: &str) -> bool {
    links(text).next().is_some_and(|link| link.span.start == 0)
}

impl Section {
    /// The kind of a line without id there, where it is not the person's own.
    fn letter(self, text: &str) -> Option<char> {
        match self {
            Section::Of(letter @ ('t' | 'r')) => begins_with_link(text).then_some(letter),
            Section::Of('p') => links(text).next().map(|_| 'p'),
            Section::Of(letter) => Some(letter),
            Section::WelcomeBack if text == START_AFRESH => Some('a'),
            // A promise may begin with a link too.
            Section::WelcomeBack if begins_with_link(text) && !text.contains(", promised ") => {
                Some('r')
            }
            Section::WelcomeBack => links(text).next().map(|_| 'p'),
        }
    }
}

fn section_of(heading: &str) -> Option<Section> {
    match heading {
        "Today" => Some(Section::Of('t')),
        "Promises" => Some(Section::Of('p')),
        "Reach out" => Some(Section::Of('r')),
        "Habits" => Some(Section::Of('h')),
        "Welcome back" => Some(Section::WelcomeBack),
        _ => None,
    }
}

/// Fenced code, read line by line.
#[derive(Debug, Default)]
pub struct Fence {
    // The sign of the block that is open, and the column of its first line.
    open: Option<(char, usize)>,
}

impl Fence {
    /// Whether a line belongs to fenced code, which answers nothing. Code in a list item ends where the item does.
    pub fn covers(&mut self, text: &str) -> bool {
        let column = column(text);
        if column == 0 && !text.trim().is_empty() {
            self.open = self.open.filter(|(_, first)| *first == 0);
        }
        let text = text.trim_start();
        let sign =
            ['`', '~'].into_iter().find(|sign| text.starts_with(&sign.to_string().repeat(3)));
        let was_open = self.open.is_some();
        match (self.open, sign) {
            (None, Some(sign)) => self.open = Some((sign, column)),
            (Some((open, _)), Some(sign)) if sign == open => self.open = None,
            _ => {}
        }
        was_open || self.open.is_some()
    }
}

/// No more words than these are looked at to find where our words end.
const MOST_WORDS: usize = 400;

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
                r55d0w7he [x] "[[people/joao|João]] · growth" typed ["  call: well", "- next: ask"] context 1 of people/joao at 1..6
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
