//! Body edits: planned from a wish, and proved by reading the text again before anything is written.
//!
//! Always true here: an edit that is returned has been applied and read again, and changes nothing but what the wish
//! names. Where no place gives that, the wish is refused.

use crate::note::change::{Refusal, Wish};
use crate::note::entry;
use crate::note::insertion::{self, Insertion, is_heading};
use crate::note::layout::{is_top_level, line_end, line_start, next_line};
use crate::note::line_removal::{self, Run};
use crate::note::markdown::{Item, Markdown, read};
use crate::note::tick::{self, Tick};
use crate::text::edit::{Edit, apply};
use crate::text::span::Span;

/// The edits that grant a wish about the body of a note; `markdown` is the reading of `text`. No edits where the
/// wish is granted already. Wishes about the front matter are refused: they are planned elsewhere.
pub fn edits_for(
    text: &str,
    body_start: usize,
    markdown: &Markdown,
    wish: &Wish,
) -> Result<Vec<Edit>, Refusal> {
    let plans = match body_wish(wish)? {
        BodyWish::Tick(tick) => vec![tick::edits(text, markdown, tick)?],
        BodyWish::Insertion(insertion) => {
            check_lines(insertion)?;
            let candidates = insertion::candidates(text, body_start, markdown, insertion)?;
            candidates.into_iter().map(|edit| vec![edit]).collect()
        }
        BodyWish::Removal(entry) => {
            check_lines(entry)?;
            removals(text, markdown, entry).map(|edit| vec![edit]).collect()
        }
        BodyWish::Lines(run) => {
            line_removal::edit(text, body_start, run).map(|edit| vec![edit]).into_iter().collect()
        }
    };
    let mut first_refusal = None;
    for edits in plans {
        match proved(text, body_start, wish, &edits) {
            Ok(()) => return Ok(edits),
            Err(refusal) => first_refusal = first_refusal.or(Some(refusal)),
        }
    }
    Err(first_refusal.unwrap_or_else(|| match wish {
        Wish::RemoveEntry { .. } => Refusal {
            reason: "the entry is not there as it was written".to_owned(),
            hint: Some("take it out by hand".to_owned()),
        },
        Wish::RemoveLines { .. } => Refusal {
            reason: "the lines are not there as they were read".to_owned(),
            hint: Some("look at them again, or take them out by hand".to_owned()),
        },
        _ => no_place(),
    }))
}

/// Proves a change of the body: both texts are read, and `after` must be `before` with what the wish names and
/// nothing else. One entry or item (and its section, where that is new) is more, or one task has another status and
/// field; every other item, heading, link, tag, comment and code and all bytes before `body_start` are the same.
pub fn verify(before: &str, after: &str, body_start: usize, wish: &Wish) -> Result<(), Refusal> {
    let proof = Proof {
        before: Reading { text: before, markdown: read(before, body_start) },
        after: Reading { text: after, markdown: read(after, body_start) },
    };
    if before.get(..body_start) != after.get(..body_start) {
        return Err(not_as_planned("the front matter"));
    }
    match body_wish(wish)? {
        BodyWish::Tick(tick) => proof.tick(tick),
        BodyWish::Insertion(insertion) => proof.insertion(insertion),
        // What is taken out is what putting it in would add.
        BodyWish::Removal(entry) => {
            Proof { before: proof.after, after: proof.before }.insertion(entry)
        }
        BodyWish::Lines(run) => proof.removal(body_start, run),
    }
}

enum BodyWish<'a> {
    Tick(Tick<'a>),
    Insertion(Insertion<'a>),
    // What an insertion of this would have inserted.
    Removal(Insertion<'a>),
    Lines(Run<'a>),
}

fn body_wish(wish: &Wish) -> Result<BodyWish<'_>, Refusal> {
    match wish {
        Wish::InsertEntry { headings, date, lines } => Ok(BodyWish::Insertion(Insertion {
            headings: Some(headings),
            date: Some(*date),
            lines,
        })),
        Wish::AppendItem { headings, lines } => {
            Ok(BodyWish::Insertion(Insertion { headings: headings.as_deref(), date: None, lines }))
        }
        Wish::RemoveEntry { headings, date, lines } => {
            Ok(BodyWish::Removal(Insertion { headings: Some(headings), date: *date, lines }))
        }
        Wish::RemoveLines { lines, ordinal } => {
            Ok(BodyWish::Lines(Run { lines, ordinal: *ordinal }))
        }
        Wish::SetTask { line, ordinal, status, field, without } => Ok(BodyWish::Tick(Tick {
            line,
            ordinal: *ordinal,
            status: *status,
            field: field.as_deref(),
            without: without.as_deref(),
        })),
        Wish::PointLinks { .. }
        | Wish::SetTitle { .. }
        | Wish::SetKey { .. }
        | Wish::RemoveKey { .. }
        | Wish::AddToList { .. }
        | Wish::RemoveFromList { .. } => Err(Refusal {
            reason: "this change is not one of the note's text".to_owned(),
            hint: None,
        }),
    }
}

fn check_lines(insertion: Insertion<'_>) -> Result<(), Refusal> {
    let headings = insertion.headings.unwrap_or_default();
    let no_heading = insertion
        .headings
        .is_some_and(|headings| headings.iter().all(|heading| heading.trim().is_empty()));
    let empty = insertion.lines.first().is_none_or(|line| line.trim().is_empty());
    let broken =
        insertion.lines.iter().chain(headings).any(|line| line.contains(['\n', '\r', '\0']));
    if empty || broken || no_heading {
        let reason = "an entry needs text, and each of its lines must be one line";
        return Err(Refusal { reason: reason.to_owned(), hint: None });
    }
    Ok(())
}

/// The lines of each entry that is the one to be removed, with its line end.
fn removals<'a>(
    text: &'a str,
    markdown: &'a Markdown,
    entry: Insertion<'a>,
) -> impl Iterator<Item = Edit> + 'a {
    let same = move |item: &&Item| is_top_level(item) && has_lines(text, item, entry.lines);
    markdown.items.iter().filter(same).map(move |item| {
        // The span of an item may end with its last line end.
        let last = line_end(text, item.span.start + item.span.of(text).trim_end().len());
        let (start, end) = (line_start(text, item.marker.start), next_line(text, last));
        // An entry at the end of a file without a last line end has brought the one before it.
        let before = text.get(..start).unwrap_or("");
        let before = before.strip_suffix('\n').unwrap_or(before);
        let bare = before.strip_suffix('\r').unwrap_or(before).len();
        let start = if end == last { bare } else { start };
        Edit::replace(Span::new(start, end), "")
    })
}

fn proved(text: &str, body_start: usize, wish: &Wish, edits: &[Edit]) -> Result<(), Refusal> {
    let after = apply(text, edits).map_err(|_| no_place())?;
    verify(text, &after, body_start, wish)
}

fn no_place() -> Refusal {
    Refusal {
        reason: "no place was found where the text could be added without changing what is there"
            .to_owned(),
        hint: Some("add it by hand".to_owned()),
    }
}

fn not_as_planned(what: &str) -> Refusal {
    Refusal {
        reason: format!("the change would not leave {what} of the note as it is"),
        hint: Some(
            "look for code or a comment that is not closed, or make the change by hand".to_owned(),
        ),
    }
}

struct Reading<'a> {
    text: &'a str,
    markdown: Markdown,
}

/// The one run of bytes that is new.
#[derive(Debug, Clone, Copy)]
struct NewText {
    at: usize,
    length: usize,
}

impl NewText {
    /// The places where it may have been inserted: more than one gives the same text where it begins or ends like
    /// what is around it, as entries of one day do. Starts of lines, for that is where items are inserted, and the end.
    fn places(before: &str, after: &str) -> Vec<NewText> {
        let same = |(one, other): &(u8, u8)| one == other;
        let last = before.bytes().zip(after.bytes()).take_while(same).count();
        let suffix = before.bytes().rev().zip(after.bytes().rev()).take_while(same).count();
        let first = before.len() - suffix;
        let Some(length) = after.len().checked_sub(before.len()).filter(|_| first <= last) else {
            return Vec::new();
        };
        let is_start = |at: &usize| {
            *at == 0 || before.as_bytes().get(at - 1).is_some_and(|byte| b"\n\r".contains(byte))
        };
        let mut places = vec![(first..=last).rev().find(is_start), (first..=last).find(is_start)];
        places.push(Some(before.len()).filter(|end| *end == last));
        places.dedup();
        places.into_iter().flatten().map(|at| NewText { at, length }).collect()
    }

    /// Where what stood there before stands now.
    fn moved(self, span: Span) -> Span {
        if span.start < self.at { span } else { span.shifted(self.length) }
    }

    fn holds(self, offset: usize) -> bool {
        (self.at..self.at + self.length).contains(&offset)
    }
}

/// A fact that was read, as far as a change could disturb it.
#[derive(Debug, PartialEq, Eq)]
enum Fact {
    Heading(Span, u8, bool),
    /// Span, content, status, where the parent starts, where the heading starts, quoted.
    Item(Span, Span, Option<char>, Option<Span>, Option<Span>, bool),
    Other(Span),
}

impl Reading<'_> {
    /// Every fact that does not start in the `new` text, with `moved` spans.
    fn facts(&self, is_new: impl Fn(usize) -> bool, moved: impl Fn(Span) -> Span) -> Vec<Fact> {
        self.facts_with(&self.markdown.paragraphs, is_new, moved)
    }

    /// The same, each line of a paragraph for itself: a line may leave a paragraph.
    fn facts_by_line(
        &self,
        is_new: impl Fn(usize) -> bool,
        moved: impl Fn(Span) -> Span,
    ) -> Vec<Fact> {
        let paragraphs = self.markdown.paragraphs.iter();
        let lines = paragraphs.flat_map(|paragraph| lines_of(self.text, *paragraph));
        self.facts_with(&lines.collect::<Vec<_>>(), is_new, moved)
    }

    fn facts_with(
        &self,
        paragraphs: &[Span],
        is_new: impl Fn(usize) -> bool,
        moved: impl Fn(Span) -> Span,
    ) -> Vec<Fact> {
        let markdown = &self.markdown;
        let moved_start = |span: Span| moved(Span::at(span.start));
        let old = |span: &Span| !is_new(span.start);
        let headings = markdown.headings.iter().filter(|heading| old(&heading.span));
        let mut facts = headings
            .map(|heading| Fact::Heading(moved(heading.span), heading.level, heading.nested))
            .collect::<Vec<_>>();
        facts.extend(markdown.items.iter().filter(|item| old(&item.span)).map(|item| {
            let parent = item.parent.and_then(|at| markdown.items.get(at));
            let heading = item.heading.and_then(|at| markdown.headings.get(at));
            Fact::Item(
                moved(item.span),
                moved(item.content),
                item.task.map(|task| task.status),
                parent.map(|parent| moved_start(parent.span)),
                heading.map(|heading| moved_start(heading.span)),
                item.quoted,
            )
        }));
        let links = markdown.links.iter().map(|link| link.span);
        let marks = markdown.tags.iter().chain(&markdown.blocks).map(|(_, span)| *span);
        let parts = markdown.hidden.iter().chain(paragraphs).copied();
        facts.extend(
            links.chain(marks).chain(parts).filter(old).map(|span| Fact::Other(moved(span))),
        );
        facts
    }

    fn headings(&self) -> Vec<(u8, bool, &str)> {
        let headings = self.markdown.headings.iter();
        headings
            .map(|heading| (heading.level, heading.nested, heading.span.of(self.text)))
            .collect()
    }

    fn links(&self) -> Vec<&str> {
        self.markdown.links.iter().map(|link| link.span.of(self.text)).collect()
    }
}

struct Proof<'a> {
    before: Reading<'a>,
    after: Reading<'a>,
}

impl Proof<'_> {
    // One more

    fn insertion(&self, insertion: Insertion<'_>) -> Result<(), Refusal> {
        let places = NewText::places(self.before.text, self.after.text);
        let kept = places.into_iter().filter(|new| self.keeps_the_rest(*new)).collect::<Vec<_>>();
        let is_granted = |new: &NewText| {
            self.is_entry(*new, insertion) || self.is_entry_heading(*new, insertion)
        };
        match kept.iter().any(is_granted) {
            true => Ok(()),
            false if kept.is_empty() => Err(not_as_planned("the rest")),
            false => Err(no_place()),
        }
    }

    fn keeps_the_rest(&self, new: NewText) -> bool {
        let before = self.before.facts(|_| false, |span| new.moved(span));
        before == self.after.facts(|offset| new.holds(offset), |span| span)
    }

    /// The first new item is a top-level one with the wanted lines, under a wanted heading; what else is new is in
    /// it, but for the heading of a new section.
    fn is_entry(&self, new: NewText, insertion: Insertion<'_>) -> bool {
        let (text, markdown) = (self.after.text, &self.after.markdown);
        let mut items = markdown.items.iter().filter(|item| new.holds(item.marker.start));
        let Some(item) = items.next() else { return false };
        let heading = item.heading.and_then(|at| markdown.headings.get(at));
        let is_wanted = insertion.headings.is_none_or(|wanted| {
            heading.is_some_and(|heading| {
                wanted.iter().any(|wanted| is_heading(&heading.text, wanted))
            })
        });
        let mut headings = markdown
            .headings
            .iter()
            .filter(|heading| new.holds(heading.span.start) && !heading.nested);
        is_top_level(item)
            && is_wanted
            && headings.all(|new| heading == Some(new))
            && items.all(|other| item.span.covers(other.span))
            && has_lines(text, item, insertion.lines)
            && (insertion.date.is_none() || self.has_date(item.content, insertion))
    }

    /// The one new heading is a dated one with the wanted day; what else is new stands under it.
    fn is_entry_heading(&self, new: NewText, insertion: Insertion<'_>) -> bool {
        let headings = self.after.markdown.headings.iter();
        let mut headings =
            headings.filter(|heading| new.holds(heading.span.start) && !heading.nested);
        let first = headings.next().filter(|_| insertion.date.is_some());
        first.is_some_and(|heading| self.has_date(heading.content, insertion))
            && headings.next().is_none()
    }

    fn has_date(&self, content: Span, insertion: Insertion<'_>) -> bool {
        let when = entry::head(self.after.text, content).and_then(|head| head.when.ok());
        when.is_some_and(|when| when.day() == insertion.date)
    }

    // Some lines less

    /// Seen from the other side: putting the lines back adds them and nothing else.
    fn removal(&self, body_start: usize, run: Run<'_>) -> Result<(), Refusal> {
        let Some(edit) = line_removal::edit(self.before.text, body_start, run) else {
            return Err(not_as_planned("every other line"));
        };
        let gone = NewText { at: edit.span.start, length: edit.span.len() };
        if apply(self.before.text, &[edit]).as_deref() != Ok(self.after.text) {
            return Err(not_as_planned("every other line"));
        }
        let before = self.before.facts_by_line(|offset| gone.holds(offset), |span| span);
        let after = self.after.facts_by_line(|_| false, |span| gone.moved(span));
        (before == after).then_some(()).ok_or_else(|| not_as_planned("the rest"))
    }

    // One other

    fn tick(&self, tick: Tick<'_>) -> Result<(), Refusal> {
        let (before, after) = (&self.before, &self.after);
        let edits = tick::edits(before.text, &before.markdown, tick)?;
        if apply(before.text, &edits).as_deref() != Ok(after.text) {
            return Err(not_as_planned("every other line"));
        }
        let Some(ticked) = tick::find(before.text, &before.markdown, tick) else {
            return Err(no_place());
        };
        let same_length = before.markdown.items.len() == after.markdown.items.len();
        let mut pairs = before.markdown.items.iter().zip(&after.markdown.items).enumerate();
        if !same_length
            || !pairs
                .all(|(at, (one, other))| self.is_same_or_ticked(at == ticked, one, other, tick))
        {
            return Err(not_as_planned("every other item"));
        }
        let same = before.headings() == after.headings()
            && before.links() == after.links()
            && before.markdown.hidden.len() == after.markdown.hidden.len();
        same.then_some(()).ok_or_else(|| not_as_planned("every heading and link"))
    }

    fn is_same_or_ticked(&self, ticked: bool, one: &Item, other: &Item, tick: Tick<'_>) -> bool {
        let (before, after) = (self.before.text, self.after.text);
        if !ticked {
            let status = one.task.map(|task| task.status) == other.task.map(|task| task.status);
            return status
                && one.parent == other.parent
                && one.content.of(before) == other.content.of(after);
        }
        let field_is_visible = tick.field.is_none_or(|field| {
            let line = tick::line(after, other);
            let at = line.of(after).find(field.trim()).map(|at| line.start + at);
            at.is_some_and(|at| {
                !self.after.markdown.hidden.iter().any(|hidden| hidden.contains(at))
            })
        });
        other.task.is_some_and(|task| task.status == tick.status)
            && one.parent == other.parent
            && field_is_visible
    }
}

/// The lines of `span` that hold something, without the blanks around them.
fn lines_of(text: &str, span: Span) -> impl Iterator<Item = Span> {
    let mut start = span.start;
    span.of(text).split_inclusive(['\n', '\r']).filter_map(move |piece| {
        let (from, blanks) = (start, piece.len() - piece.trim_start().len());
        start += piece.len();
        let length = piece.trim().len();
        (length > 0).then(|| Span::new(from + blanks, from + blanks + length))
    })
}

/// Whether the item is written with these lines, first to last.
fn has_lines(text: &str, item: &Item, lines: &[String]) -> bool {
    let wanted = lines.iter().map(|line| line.trim());
    let end = line_end(text, item.span.end);
    let written =
        Span::new(item.marker.end, end).of(text).replace("\r\n", "\n").replace('\r', "\n");
    let wanted = wanted.collect::<Vec<_>>().join("\n");
    written.lines().map(str::trim).collect::<Vec<_>>().join("\n").trim_end() == wanted.trim_end()
}

#[cfg(test)]
mod tests {
    use crate::note::change::Wish;
    use crate::note::entry;
    use crate::note::markdown::{Markdown, read};
    use crate::note::section::{edits_for, verify};
    use crate::text::day::Day;
    use crate::text::edit::apply;
    use crate::text::span::Span;
    use proptest::prelude::*;

    fn granted(text: &str, wish: &Wish) -> Result<String, String> {
        let fence = text.strip_prefix("---\n").and_then(|rest| rest.find("\n---\n"));
        let body_start = fence.map_or(0, |at| at + 9);
        let edits = edits_for(text, body_start, &read(text, body_start), wish)
            .map_err(|refusal| refusal.reason)?;
        let after = apply(text, &edits).unwrap();
        assert_eq!(verify(text, &after, body_start, wish), Ok(()), "{text:?}");
        Ok(after)
    }

    fn entry(lines: &[&str]) -> Wish {
        let lines = lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        let headings = vec!["Log".to_owned(), "Interactions".to_owned()];
        Wish::InsertEntry { headings, date: Day::parse(&lines[0][..10]).unwrap(), lines }
    }

    /// What becomes of a note when a call on 12 October 2026 is logged in it.
    fn check(text: &str, expected: &str) {
        let result = granted(text, &entry(&["2026-10-12 call: new"]));
        assert_eq!(result.as_deref(), Ok(expected), "{text:?}");
    }

    fn check_refused(text: &str, wish: &Wish, reason: &str) {
        assert_eq!(granted(text, wish), Err(reason.to_owned()), "{text:?}");
    }

    #[test]
    fn an_entry_keeps_the_order_of_the_file() {
        check("## Log\n- 2026-09-01 a\n", "## Log\n- 2026-10-12 call: new\n- 2026-09-01 a\n");
        check(
            "## Log\n- 2026-11-01 a\n- 2026-09-01 b\n",
            "## Log\n- 2026-11-01 a\n- 2026-10-12 call: new\n- 2026-09-01 b\n",
        );
        check(
            "## Log\n- 2026-08-01 a\n- 2026-09-01 b\n- 2026-11-01 c\n",
            "## Log\n- 2026-08-01 a\n- 2026-09-01 b\n- 2026-10-12 call: new\n- 2026-11-01 c\n",
        );
        check(
            "## Log\n- 2026-11-03 a\n- 2026-11-02 b\n\ntail\n",
            "## Log\n- 2026-11-03 a\n- 2026-11-02 b\n- 2026-10-12 call: new\n\ntail\n",
        );
        check(
            "## Log\n- 2026-11-02 a\n- 2026-11-03 b\n",
            "## Log\n- 2026-10-12 call: new\n- 2026-11-02 a\n- 2026-11-03 b\n",
        );
    }

    #[test]
    fn of_one_day_the_new_entry_is_the_newer_one() {
        check(
            "## Log\n- 2026-10-12 a\n- 2026-10-11 b\n",
            "## Log\n- 2026-10-12 call: new\n- 2026-10-12 a\n- 2026-10-11 b\n",
        );
        check(
            "## Log\n- 2026-10-11 a\n- 2026-10-12 b\n  - c\n",
            "## Log\n- 2026-10-11 a\n- 2026-10-12 b\n  - c\n- 2026-10-12 call: new\n",
        );
        check(
            "## Log\n- 2026-10-12 call: new\n",
            "## Log\n- 2026-10-12 call: new\n- 2026-10-12 call: new\n",
        );
    }

    #[test]
    fn an_entry_looks_like_its_neighbours() {
        check("## Log\r\n* 2026-09-01 a", "## Log\r\n* 2026-10-12 call: new\r\n* 2026-09-01 a");
        check(
            "## Log\n -   2026-09-01 a\n",
            "## Log\n -   2026-10-12 call: new\n -   2026-09-01 a\n",
        );
        check(
            "## Log\n\n- 2026-09-01 a\n\n- 2026-08-01 b\n",
            "## Log\n\n- 2026-10-12 call: new\n\n- 2026-09-01 a\n\n- 2026-08-01 b\n",
        );
        check(
            "## Log\n- 2026-11-01 a\n\n- 2026-11-02 b",
            "## Log\n- 2026-10-12 call: new\n\n- 2026-11-01 a\n\n- 2026-11-02 b",
        );
        check(
            "## Log\n- 2026-08-01 a\n- 2026-09-01 b",
            "## Log\n- 2026-08-01 a\n- 2026-09-01 b\n- 2026-10-12 call: new",
        );
        check("Log:\n---\n- 2026-09-01 a\n", "Log:\n---\n- 2026-10-12 call: new\n- 2026-09-01 a\n");
    }

    #[test]
    fn a_section_without_entries_gets_its_first() {
        check("## Log\n", "## Log\n- 2026-10-12 call: new\n");
        check("## Log", "## Log\n- 2026-10-12 call: new");
        check("# log:\n\n## Events\n", "# log:\n- 2026-10-12 call: new\n\n## Events\n");
        check(
            "## A\n\ntext\n\n## Log\n\n## B\n\ntext\n",
            "## A\n\ntext\n\n## Log\n\n- 2026-10-12 call: new\n\n## B\n\ntext\n",
        );
        check("## Log\nCalls:\n\n## B\n", "## Log\nCalls:\n\n- 2026-10-12 call: new\n\n## B\n");
        check(
            "## Log\nCalls:\n- 2026-09-01 a\n",
            "## Log\nCalls:\n- 2026-10-12 call: new\n- 2026-09-01 a\n",
        );
        check(
            "## Log\n### 2026\n- 2026-09-01 a\n",
            "## Log\n- 2026-10-12 call: new\n### 2026\n- 2026-09-01 a\n",
        );
        check("## Log\n> - 2026-09-01 a\n", "## Log\n> - 2026-09-01 a\n\n- 2026-10-12 call: new\n");
        check("## Log\nEvents\n---\n", "## Log\n- 2026-10-12 call: new\n\nEvents\n---\n");
        check("## Log\n- no date\n", "## Log\n- 2026-10-12 call: new\n- no date\n");
    }

    #[test]
    fn a_note_without_a_log_gets_one_at_its_end() {
        check("", "## Log\n- 2026-10-12 call: new\n");
        check("Text", "Text\n\n## Log\n- 2026-10-12 call: new");
        check("Text\n", "Text\n\n## Log\n- 2026-10-12 call: new\n");
        check("Text\r\n\r\n", "Text\r\n\r\n## Log\r\n- 2026-10-12 call: new\r\n");
        check("---\nname: a\n---\n", "---\nname: a\n---\n\n## Log\n- 2026-10-12 call: new\n");
        check(
            "# A\n\nb\n\n# C\n\n* d\n",
            "# A\n\nb\n\n# C\n\n* d\n\n# Log\n\n* 2026-10-12 call: new\n",
        );
        check("- a\n  ## Log\n", "- a\n  ## Log\n\n## Log\n- 2026-10-12 call: new\n");
        check("```\n## Log\n```\n", "```\n## Log\n```\n\n## Log\n- 2026-10-12 call: new\n");
    }

    #[test]
    fn the_second_heading_counts_where_the_first_is_missing() {
        check(
            "## Interactions\n- 2026-09-01 a\n",
            "## Interactions\n- 2026-10-12 call: new\n- 2026-09-01 a\n",
        );
    }

    #[test]
    fn entries_as_headings_stay_headings() {
        check(
            "## Log\n\n### 2026-09-01 — Email\n\nText\n\n### 2026-08-01 — Call\n\nText\n\n## B\n",
            "## Log\n\n### 2026-10-12 — call\n\nnew\n\n### 2026-09-01 — Email\n\nText\n\n### 2026-08-01 — Call\n\nText\n\n## B\n",
        );
        check(
            "## Log\n### 2026-08-01 a\nText\n### 2026-09-01 b\n- x\n\n## B",
            "## Log\n### 2026-08-01 a\nText\n### 2026-09-01 b\n- x\n\n### 2026-10-12 call\nnew\n\n## B",
        );
        check(
            "## Log\n### 2026-11-01",
            "## Log\n### 2026-10-12 call\nnew\n\n### 2026-11-01"
                .replacen(
                    "### 2026-10-12 call\nnew\n\n### 2026-11-01",
                    "### 2026-11-01\n\n### 2026-10-12 call\nnew",
                    1,
                )
                .as_str(),
        );
    }

    #[test]
    fn numbered_lists_grow_only_at_their_end() {
        check(
            "## Log\n1. 2026-09-01 a\n2. 2026-10-01 b\n",
            "## Log\n1. 2026-09-01 a\n2. 2026-10-01 b\n3. 2026-10-12 call: new\n",
        );
        check(
            "## Log\n1) 2026-11-01 a\n1) 2026-09-01 b\n",
            "## Log\n1) 2026-11-01 a\n1) 2026-10-12 call: new\n1) 2026-09-01 b\n",
        );
        let reason = "the list is numbered, and a new item would change the numbers below it";
        check_refused(
            "## Log\n1. 2026-09-02 a\n2. 2026-09-01 b\n",
            &entry(&["2026-10-12 x"]),
            reason,
        );
    }

    #[test]
    fn lines_below_an_entry_stay_in_it() {
        let wish = entry(&["2026-10-12 call: new", "more", "", "- [ ] Send it", "  - deep"]);
        assert_eq!(
            granted("## Log\n1. 2026-09-01 a\n", &wish).as_deref(),
            Ok(
                "## Log\n1. 2026-09-01 a\n2. 2026-10-12 call: new\n   more\n\n   - [ ] Send it\n     - deep\n"
            ),
        );
        assert_eq!(
            granted("## Log\r\n- 2026-09-01 a\r\n\t- b\r\n", &entry(&["2026-10-12 x", "- y"]))
                .as_deref(),
            Ok("## Log\r\n- 2026-10-12 x\r\n\t- y\r\n- 2026-09-01 a\r\n\t- b\r\n"),
        );
    }

    #[test]
    fn what_would_disturb_the_note_is_refused() {
        let rest = "the change would not leave the rest of the note as it is";
        let entry_of = |line: &str| entry(&[line]);
        check_refused("```\nnever closed\n", &entry_of("2026-10-12 x"), rest);
        check_refused("%% never closed\n", &entry_of("2026-10-12 x"), rest);
        check_refused("<!-- never closed\n", &entry_of("2026-10-12 x"), rest);
        let broken = "an entry needs text, and each of its lines must be one line";
        check_refused("", &entry_of("2026-10-12 x\n## Log"), broken);
        let elsewhere =
            "no place was found where the text could be added without changing what is there";
        check_refused("", &entry(&["2026-10-12 x", "%%"]), elsewhere);
        check(
            "## Log\n```\nnever closed\n",
            "## Log\n- 2026-10-12 call: new\n\n```\nnever closed\n",
        );
    }

    fn check_appended(text: &str, heading: Option<&str>, expected: &str) {
        let headings = heading.map(|heading| vec![heading.to_owned()]);
        let wish = Wish::AppendItem { headings, lines: vec!["[ ] new".to_owned()] };
        assert_eq!(granted(text, &wish).as_deref(), Ok(expected), "{text:?}");
    }

    #[test]
    fn an_item_is_appended_at_the_end() {
        check_appended("", None, "- [ ] new\n");
        check_appended("# Inbox\n\n- a\n- b\n", None, "# Inbox\n\n- a\n- b\n- [ ] new\n");
        check_appended("* a\n  - b", None, "* a\n  - b\n* [ ] new");
        check_appended("- a\n\ntext", None, "- a\n\ntext\n\n- [ ] new");
        check_appended(
            "## Gifts\n- a\n\n## B\n- c\n",
            Some("gifts"),
            "## Gifts\n- a\n- [ ] new\n\n## B\n- c\n",
        );
        check_appended("- a\n", Some("Gifts"), "- a\n\n## Gifts\n- [ ] new\n");
    }

    /// What becomes of a note when a call on 12 October 2026 is taken out of it again.
    fn check_removed(text: &str, lines: &[&str], expected: Result<&str, &str>) {
        let Wish::InsertEntry { headings, date, lines } = entry(lines) else { unreachable!() };
        let wish = Wish::RemoveEntry { headings, date: Some(date), lines };
        let result = granted(text, &wish);
        assert_eq!(result.as_deref().map_err(String::as_str), expected, "{text:?}");
    }

    #[test]
    fn an_item_without_a_day_is_taken_out_too() {
        let remove = |text: &str| {
            let (headings, lines) = (vec!["Gifts".to_owned()], vec!["idea: shoes".to_owned()]);
            granted(text, &Wish::RemoveEntry { headings, date: None, lines })
        };
        let gifts = "## Gifts\n- 2025-12-24 gave: wine\n- idea: shoes\n- idea: shoes, red\n";
        let without = "## Gifts\n- 2025-12-24 gave: wine\n- idea: shoes, red\n";
        assert_eq!(remove(gifts).as_deref(), Ok(without));
        assert!(remove("## Log\n- idea: shoes\n").is_err());
        assert!(remove("## Gifts\n- idea: shoes\n  - size 38\n").is_err());
    }

    #[test]
    fn an_entry_is_taken_out_where_it_is_as_it_was_put_in() {
        let call = &["2026-10-12 call: new"];
        check_removed(
            "## Log\n- 2026-10-12 call: new\n- 2026-10-11 a\n",
            call,
            Ok("## Log\n- 2026-10-11 a\n"),
        );
        check_removed(
            "## Log\r\n* 2026-10-11 a\r\n* 2026-10-12 call: new",
            call,
            Ok("## Log\r\n* 2026-10-11 a"),
        );
        check_removed(
            "## Log\n- 2026-10-12 call: new\n\n## Events\n",
            call,
            Ok("## Log\n\n## Events\n"),
        );
        check_removed(
            "## Log\n- 2026-10-12 call: new\n  more\n- 2026-10-11 a\n",
            &["2026-10-12 call: new", "more"],
            Ok("## Log\n- 2026-10-11 a\n"),
        );
        let none = Err("the entry is not there as it was written");
        check_removed("## Log\n- 2026-10-12 call: new and more\n", call, none);
        check_removed("## Log\n- 2026-10-12 call: new\n  - [ ] sent\n", call, none);
        check_removed(
            "## Other\n- 2026-10-12 call: new\n",
            call,
            Err("no place was found where the text could be added without changing what is there"),
        );
    }

    #[test]
    fn a_task_changes_alone() {
        let wish = |line: &str, status: char| Wish::SetTask {
            line: line.to_owned(),
            ordinal: 0,
            status,
            field: Some("✅ 2026-11-21".to_owned()),
            without: None,
        };
        assert_eq!(
            granted("# A [[b]] #c\n- [ ] a\n  - [ ] d ^e\n", &wish("- [ ] d ^e", 'x')).as_deref(),
            Ok("# A [[b]] #c\n- [ ] a\n  - [x] d ✅ 2026-11-21 ^e\n"),
        );
        check_refused(
            "- [ ] `a\n  b`\n",
            &wish("- [ ] `a", 'x'),
            "the change would not leave every other item of the note as it is",
        );
    }

    #[test]
    fn verify_refuses_what_was_not_asked_for() {
        let wish = entry(&["2026-10-12 x"]);
        let before = "---\nname: a\n---\n## Log\n- 2026-09-01 a\n\n[[b]]\n";
        for after in [
            "---\nname: b\n---\n## Log\n- 2026-10-12 x\n- 2026-09-01 a\n\n[[b]]\n",
            "---\nname: a\n---\n## Log\n- 2026-10-12 y\n- 2026-09-01 a\n\n[[b]]\n",
            "---\nname: a\n---\n## Log\n- 2026-09-01 a\n  - 2026-10-12 x\n\n[[b]]\n",
            "---\nname: a\n---\n## Log\n- 2026-09-01 a\n\n[[b]]\n\n## Gifts\n- 2026-10-12 x\n",
            "---\nname: a\n---\n## Log\n- 2026-10-12 x\n- 2026-09-01 a\n\n[[c]]\n",
            "---\nname: a\n---\n## Log\n- 2026-10-12 x\n- 2026-10-12 x\n- 2026-09-01 a\n\n[[b]]\n",
            before,
        ] {
            assert!(verify(before, after, 16, &wish).is_err(), "{after}");
        }
        let good = "---\nname: a\n---\n## Log\n- 2026-10-12 x\n- 2026-09-01 a\n\n[[b]]\n";
        assert_eq!(verify(before, good, 16, &wish), Ok(()));
    }

    /// Pieces of notes that are hard to insert into.
    fn piece() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "## Log\n",
            "## Log",
            "# Title\n",
            "Log\n---\n",
            "### 2026-09-01 call\n",
            "#### Deep\n",
            "## Events\n",
            "- 2026-09-01 a\n",
            "- 2026-11-01 b\n",
            "* 2026-10-12 c\n",
            "-   2026-08-01 wide\n",
            "  - child\n",
            "\t- tabbed\n",
            "1. 2026-09-02 one\n",
            "2. two\n",
            "- [ ] task 📅 2026-10-20\n",
            "- [ ] task ^id\n",
            "- [/] task\n",
            "  lazy\n",
            "lazy\n",
            "\n",
            "\n\n",
            "   \n",
            "> quote\n",
            "> - 2026-09-01 q\n",
            "> ```\n",
            "```\n",
            "~~~\n",
            "    code\n",
            "%%\n",
            "%% inline %% x\n",
            "a %% b\n",
            "<!--\n",
            "-->\n",
            "<div>\n",
            "</div>\n",
            "| a | b |\n|---|---|\n| [[c\\|d]] | e |\n",
            "---\n",
            "***\n",
            "[r]: x.md\n",
            "[^1]: note\n",
            "text [[link]] #tag\n",
            "text\r\n",
            "## Log\r\n",
            "- 2026-09-01 a\r\n",
            "é\n",
            "`open\n",
            "**open\n",
            "\u{a0}\n",
            "- \n",
            "-\n",
            "- - nested\n",
            "- # heading\n",
            "+ plus\n",
            "end",
            "\r",
            "&nbsp;\n",
            "\\\n",
        ])
    }

    fn wish() -> impl Strategy<Value = Wish> {
        let lines = prop::sample::select(vec![
            vec!["2026-10-12 call: new"],
            vec!["2026-10-12 met [[Ana]]", "- [ ] Send it", "", "more"],
            vec!["2026-10-12 — x `y", "> z"],
        ]);
        let owned = |lines: Vec<&str>| lines.into_iter().map(str::to_owned).collect::<Vec<_>>();
        let headings = prop::sample::select(vec![Some("Log"), Some("Events"), None]);
        let task = prop::sample::select(vec![
            "- [ ] task 📅 2026-10-20",
            "- [ ] task ^id",
            "- [/] task",
            "- [ ] lost",
        ]);
        prop_oneof![
            3 => lines.clone().prop_map(move |lines| Wish::InsertEntry {
                headings: vec!["Log".to_owned()],
                date: Day::new(2026, 10, 12).unwrap(),
                lines: owned(lines),
            }),
            1 => (headings, lines).prop_map(move |(heading, lines)| Wish::AppendItem {
                headings: heading.map(|heading| vec![heading.to_owned()]),
                lines: owned(lines),
            }),
            1 => (task, 0usize..2, prop::sample::select(vec!['x', '-', 'é'])).prop_map(|(line, ordinal, status)| Wish::SetTask {
                line: line.to_owned(),
                ordinal,
                status,
                field: (ordinal == 0).then(|| "✅ 2026-11-21".to_owned()),
                without: None,
            }),
        ]
    }

    /// How many entries begin like this one under the heading, as items or as dated headings.
    fn entries(text: &str, markdown: &Markdown, first: &str, heading: Option<&str>) -> usize {
        let items = markdown.items.iter().filter(|item| {
            let above = item.heading.map(|at| markdown.headings[at].text.as_str());
            item.content.of(text).starts_with(first) && (heading.is_none() || heading == above)
        });
        let headings = markdown.headings.iter().filter(|found| {
            let head = entry::head(text, found.content);
            !found.nested && head.is_some_and(|head| head.date.of(text) == &first[..10])
        });
        items.count() + headings.count()
    }

    /// All that was read, without places, kind by kind.
    fn facts(text: &str, markdown: &Markdown) -> [Vec<String>; 6] {
        let texts = |spans: Vec<Span>| {
            spans.iter().map(|span| span.of(text).to_owned()).collect::<Vec<_>>()
        };
        let items = markdown.items.iter().map(|item| {
            let parent = item.parent.map(|at| markdown.items[at].content.of(text));
            let heading = item.heading.map(|at| markdown.headings[at].text.as_str());
            let own = item.content.of(text);
            format!(
                "{own} {:?} {parent:?} {heading:?} {} {}",
                item.task.map(|task| task.status),
                item.quoted,
                item.ordered
            )
        });
        [
            items.collect(),
            texts(markdown.headings.iter().map(|heading| heading.span).collect()),
            texts(markdown.links.iter().map(|link| link.span).collect()),
            texts(markdown.tags.iter().chain(&markdown.blocks).map(|(_, span)| *span).collect()),
            texts(markdown.hidden.clone()),
            texts(markdown.paragraphs.clone()),
        ]
    }

    /// Whether nothing of `before` is missing or out of order.
    fn is_within(before: &[Vec<String>; 6], after: &[Vec<String>; 6]) -> bool {
        before.iter().zip(after).all(|(before, after)| {
            let mut rest = after.iter();
            before.iter().all(|fact| rest.any(|other| other == fact))
        })
    }

    /// What was put in goes out again without a trace, but for a heading and blank lines that came with it.
    fn check_taken_out(text: &str, with: &str, body_start: usize, wish: &Wish) {
        let Wish::InsertEntry { headings, date, lines } = wish.clone() else { return };
        let headings_of = |text: &str| read(text, body_start).headings.len();
        let is_there = text.contains(&lines[0]);
        let removal = Wish::RemoveEntry { headings, date: Some(date), lines };
        match granted(with, &removal) {
            Ok(without) if headings_of(text) == headings_of(with) && !is_there => {
                let told = |text: &str| {
                    let lines = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty());
                    lines.map(str::to_owned).collect::<Vec<_>>()
                };
                assert_eq!(told(&without), told(text));
            }
            Ok(without) => assert!(without.len() < with.len()),
            Err(_) => {}
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        /// The law: refused, or every old line is still there in order, one task or one entry is new, and reading
        /// the note again finds it.
        #[test]
        fn an_edit_adds_one_thing_or_is_refused(pieces in prop::collection::vec(piece(), 0..9), front in any::<bool>(), wish in wish()) {
            let front = if front { "---\nname: é\n---\n" } else { "" };
            let text = format!("{front}{}", pieces.concat());
            let before = read(&text, front.len());
            let Ok(edits) = edits_for(&text, front.len(), &before, &wish) else { return Ok(()) };
            let after_text = apply(&text, &edits).unwrap();
            let after = read(&after_text, front.len());
            prop_assert!(after_text.starts_with(front));
            match &wish {
                Wish::SetTask { status, field, .. } => {
                    prop_assert_eq!(before.items.len(), after.items.len());
                    let changed = before.items.iter().zip(&after.items).filter(|(one, other)| {
                        one.task.map(|task| task.status) != other.task.map(|task| task.status)
                    });
                    prop_assert_eq!(changed.map(|(_, other)| other.task.unwrap().status).collect::<String>(), status.to_string());
                    let added = field.as_ref().map_or(0, |field| field.len() + 1);
                    prop_assert_eq!(after_text.len(), text.len() + added + status.len_utf8() - 1);
                }
                Wish::InsertEntry { lines, .. } | Wish::AppendItem { lines, .. } => {
                    prop_assert_eq!(edits.len(), 1);
                    prop_assert!(edits[0].span.is_empty());
                    let heading = match &wish {
                        Wish::AppendItem { headings, .. } => headings.as_ref().map(|headings| headings[0].as_str()),
                        _ => Some("Log"),
                    };
                    let (old, new) = (entries(&text, &before, &lines[0], heading), entries(&after_text, &after, &lines[0], heading));
                    prop_assert_eq!(old + 1, new, "{}", after_text);
                    prop_assert!(is_within(&facts(&text, &before), &facts(&after_text, &after)), "{}", after_text);
                    check_taken_out(&text, &after_text, front.len(), &wish);
                }
                _ => {}
            }
        }
    }
}
