//! What looks like an entry of the log and does not count, told so that no contact is lost in silence.

use crate::note::entry::{self, EntryHead};
use crate::text::diagnostic::{Code, Finding};
use crate::text::span::Span;

/// Findings for the lines of a paragraph in the log that begin with a whole date: somebody forgot the dash.
pub fn lines_without_dash(text: &str, paragraph: Span) -> impl Iterator<Item = Finding> {
    lines(text, paragraph).filter(move |line| is_dated(text, *line)).map(without_dash)
}

/// Findings for the further lines of an entry that begin with a dash and a date, without the space that makes a list
/// item: Markdown takes them for text of the entry above.
pub fn lines_without_space(text: &str, content: Span) -> impl Iterator<Item = Finding> {
    let further = lines(text, content).skip(1);
    further.filter(move |line| is_dashed(text, *line)).map(without_dash)
}

/// The finding for an entry in a note without any log; `heading` is the one that it should stand under.
pub fn outside_of_log(head: &EntryHead, heading: &str) -> Finding {
    let message = "this looks like an entry, but the note has no heading of a log";
    Finding::new(Code::StrayEntry, head.date, message).help(format!("put `## {heading}` above it"))
}

/// Whether a head has a whole date beyond doubt.
pub fn is_whole(head: &EntryHead) -> bool {
    head.when.as_ref().is_ok_and(|date| date.day().is_some())
}

fn without_dash(line: Span) -> Finding {
    let message = "this looks like an entry of the log, but is no list item";
    Finding::new(Code::StrayEntry, line, message).help("start it with a dash and a space, `- `")
}

fn lines(text: &str, span: Span) -> impl Iterator<Item = Span> {
    let mut start = span.start;
    span.of(text).split_inclusive('\n').map(move |line| {
        let end = start + line.trim_end().len();
        let found = Span::new(start, end.max(start));
        start += line.len();
        found
    })
}

fn is_dated(text: &str, line: Span) -> bool {
    is_dashed(text, line) || entry::head(text, line).is_some_and(|head| is_whole(&head))
}

fn is_dashed(text: &str, line: Span) -> bool {
    let dashed = line.of(text).starts_with(['-', '*', '+']);
    let rest = Span::new((line.start + 1).min(line.end), line.end);
    dashed
        && entry::head(text, rest)
            .is_some_and(|head| is_whole(&head) && head.date.start == rest.start)
}

#[cfg(test)]
mod tests {
    use crate::people::stray_entry::{lines_without_dash, lines_without_space};
    use crate::text::span::Span;

    fn check(text: &str, dashless: &[&str], spaceless: &[&str]) {
        let all = Span::new(0, text.len());
        let told = lines_without_dash(text, all).map(|finding| finding.span.of(text).to_owned());
        assert_eq!(told.collect::<Vec<_>>(), dashless, "{text:?}");
        let told = lines_without_space(text, all).map(|finding| finding.span.of(text).to_owned());
        assert_eq!(told.collect::<Vec<_>>(), spaceless, "{text:?}");
    }

    #[test]
    fn a_line_that_begins_with_a_whole_date_is_told() {
        check("2026-11-15 call: x\nand on", &["2026-11-15 call: x"], &[]);
        check("see\n-2026-11-15 call: é", &["-2026-11-15 call: é"], &["-2026-11-15 call: é"]);
        check("2026 was good\nin 2026-11-15\n2026-11\n- x\n--2026-11-15", &[], &[]);
        check("", &[], &[]);
    }
}
