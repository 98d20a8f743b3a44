//! Changing the status of one task: one character, and perhaps a field at the end of its line.

use crate::note::change::Refusal;
use crate::note::layout::line_end;
use crate::note::markdown::{Item, Markdown};
use crate::note::tag::block_at_end;
use crate::note::task;
use crate::text::edit::Edit;
use crate::text::span::Span;

/// What is wanted of one task; the parts of [`crate::note::change::Wish::SetTask`].
#[derive(Debug, Clone, Copy)]
pub struct Tick<'a> {
    /// The task's line, from its marker to the end without trailing white space.
    pub line: &'a str,
    /// Which of several equal lines, from 0.
    pub ordinal: usize,
    /// The new status character.
    pub status: char,
    /// A field to append.
    pub field: Option<&'a str>,
    /// A field to take out.
    pub without: Option<&'a str>,
}

/// The edits; none where the task is as wanted. Refused where the line is not there, is no task or recurs.
pub fn edits(text: &str, markdown: &Markdown, tick: Tick<'_>) -> Result<Vec<Edit>, Refusal> {
    let item = find(text, markdown, tick).and_then(|at| markdown.items.get(at));
    let Some((item, task)) = item.and_then(|item| Some((item, item.task?))) else {
        return Err(refusal("the task's line has changed since it was read", "read it again"));
    };
    if task::read(text, item.content).is_recurring() {
        let reason = "a recurring task is shown and never ticked, for its next turn would be lost";
        return Err(refusal(reason, "tick it where the Tasks plugin runs"));
    }
    if tick.status.is_control() || "[]\u{2028}\u{2029}".contains(tick.status) {
        return Err(refusal("this sign cannot stand in a task box", "use another one"));
    }
    let status = Edit::replace(task.span, tick.status);
    let mut edits = vec![status];
    edits.retain(|_| task.status != tick.status);
    edits.extend(without_edit(text, item, tick.without));
    edits.extend(field_edit(text, item, tick.field)?);
    Ok(edits)
}

/// The index of the task, where its line is there.
pub fn find(text: &str, markdown: &Markdown, tick: Tick<'_>) -> Option<usize> {
    let mut last = Span::default();
    let mut same = |item: &Item| {
        // Many items may stand on one line; its end is looked for once.
        if item.marker.start >= last.end {
            last = line(text, item);
        }
        let span = Span::new(item.marker.start, last.end);
        item.task.is_some() && span.len() == tick.line.len() && span.of(text) == tick.line
    };
    let mut found = markdown.items.iter().enumerate().filter(|(_, item)| same(item));
    found.nth(tick.ordinal).map(|(at, _)| at)
}

/// The line of a task as [`Tick::line`] gives it: from its marker to the end without trailing white space.
pub fn line(text: &str, item: &Item) -> Span {
    let whole = Span::new(item.marker.start, line_end(text, item.marker.start));
    Span::new(whole.start, whole.start + whole.of(text).trim_end().len())
}

/// A field is taken out with the white space before it.
fn without_edit(text: &str, item: &Item, field: Option<&str>) -> Option<Edit> {
    let field = field.map(str::trim).filter(|field| !field.is_empty())?;
    let span = line(text, item);
    let at = span.start + span.of(text).find(field)?;
    let before = text.get(item.content.start.min(at)..at).unwrap_or("");
    let start = at - (before.len() - before.trim_end().len());
    Some(Edit::replace(Span::new(start, at + field.len()), ""))
}

/// The field goes to the end of the line, before a block id; nothing is added where the line has it.
fn field_edit(text: &str, item: &Item, field: Option<&str>) -> Result<Option<Edit>, Refusal> {
    let span = line(text, item);
    let current = span.of(text);
    let Some(field) = field.map(str::trim).filter(|field| !current.contains(field)) else {
        return Ok(None);
    };
    if field.contains(char::is_control) {
        return Err(refusal("a field of a task has one line", "write it in one line"));
    }
    let end = block_at_end(current).map_or(current.len(), |block| block.start);
    let end = current.get(..end).unwrap_or(current).trim_end().len();
    Ok(Some(Edit::insert(span.start + end, format!(" {field}"))))
}

fn refusal(reason: &str, hint: &str) -> Refusal {
    Refusal { reason: reason.to_owned(), hint: Some(hint.to_owned()) }
}

#[cfg(test)]
mod tests {
    use crate::note::markdown::read;
    use crate::note::tick::{Tick, edits};
    use crate::text::edit::apply;

    fn check(
        text: &str,
        line: &str,
        ordinal: usize,
        status: char,
        field: Option<&str>,
        expected: &str,
    ) {
        let tick = Tick { line, ordinal, status, field, without: None };
        let result = match edits(text, &read(text, 0), tick) {
            Ok(edits) => apply(text, &edits).unwrap(),
            Err(refusal) => refusal.reason,
        };
        assert_eq!(result, expected, "{text}");
    }

    #[test]
    fn one_character_changes() {
        check("- [ ] a\n- [ ] b\n", "- [ ] b", 0, 'x', None, "- [ ] a\n- [x] b\n");
        check("- [ ] a\r\n- [ ] a  \r\n", "- [ ] a", 1, '-', None, "- [ ] a\r\n- [-] a  \r\n");
        check("> 1. [é] a", "1. [é] a", 0, ' ', None, "> 1. [ ] a");
        check("- [x] a", "- [x] a", 0, 'x', None, "- [x] a");
    }

    #[test]
    fn a_field_goes_before_the_block_id() {
        let done = Some("✅ 2026-11-21");
        check(
            "- [ ] a 📅 2026-10-20  \n  b",
            "- [ ] a 📅 2026-10-20",
            0,
            'x',
            done,
            "- [x] a 📅 2026-10-20 ✅ 2026-11-21  \n  b",
        );
        check("- [ ] a ^p1\n", "- [ ] a ^p1", 0, 'x', done, "- [x] a ✅ 2026-11-21 ^p1\n");
        check("- [ ]", "- [ ]", 0, 'x', done, "- [x] ✅ 2026-11-21");
        check(
            "- [x] a ✅ 2026-11-21",
            "- [x] a ✅ 2026-11-21",
            0,
            'x',
            done,
            "- [x] a ✅ 2026-11-21",
        );
    }

    #[test]
    fn a_field_is_taken_out_and_another_put_in() {
        let check = |text: &str, without: &str, field: Option<&str>, expected: &str| {
            let tick = Tick {
                line: text.trim_end(),
                ordinal: 0,
                status: ' ',
                field,
                without: Some(without),
            };
            let edits = edits(text, &read(text, 0), tick).unwrap();
            assert_eq!(apply(text, &edits).unwrap(), expected);
        };
        check(
            "- [x] a 📅 2026-10-20 ✅ 2026-11-21 ^p1\n",
            "✅ 2026-11-21",
            None,
            "- [ ] a 📅 2026-10-20 ^p1\n",
        );
        check(
            "- [ ] a ⏳ 2026-11-21",
            "⏳ 2026-11-21",
            Some("⏳ 2026-12-01"),
            "- [ ] a ⏳ 2026-12-01",
        );
        check("- [x] ✅ 2026-11-21", "✅ 2026-11-21", None, "- [ ] ");
        check("- [x] a", "✅ 2026-11-21", None, "- [ ] a");
    }

    #[test]
    fn many_tasks_on_one_line_take_linear_time() {
        let text = "- ".repeat(20_000) + "[ ] a";
        let tick = Tick { line: "- [ ] a", ordinal: 0, status: 'x', field: None, without: None };
        assert_eq!(edits(&text, &read(&text, 0), tick).map(|edits| edits.len()), Ok(1));
    }

    #[test]
    fn what_is_not_there_or_recurs_is_refused() {
        let changed = "the task's line has changed since it was read";
        check("- [ ] a b", "- [ ] a", 0, 'x', None, changed);
        check("- [ ] a", "- [ ] a", 1, 'x', None, changed);
        check("- a", "- a", 0, 'x', None, changed);
        check("```\n- [ ] a\n```", "- [ ] a", 0, 'x', None, changed);
        let recurring =
            "a recurring task is shown and never ticked, for its next turn would be lost";
        check("- [ ] a 🔁 every day", "- [ ] a 🔁 every day", 0, 'x', None, recurring);
        check(
            "- [ ] a [repeat:: every day]",
            "- [ ] a [repeat:: every day]",
            0,
            'x',
            None,
            recurring,
        );
        check("- [ ] a", "- [ ] a", 0, ']', None, "this sign cannot stand in a task box");
    }
}
