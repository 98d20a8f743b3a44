//! The head of a log line: its date, the word that may be a kind, the people it was with.
//!
//! `DATE [KIND] [LINKS…][:] text`. Whether the word after the date is a kind is for the caller to say, so there are
//! two readings: [`Opening::with_kind`] and [`Opening::without_kind`].
//!
//! Who is in the head decides whose contact it was, so a link counts only where that is plain:
//! - links directly after the date or kind, with nothing but `,` `&` `+` `/` `and` `with` among them;
//! - all links before the first colon that is followed by white space or the line's end, unless a sentence (`. `)
//!   or a part of the line (` — `, ` · `) ends before that colon;
//! - never an embed, a link in code, or a possessive (`[[Ana]]'s`).
//!
//! A colon in a link, in code or in a time ends nothing. All other links are mentions.

use crate::note::entry_date::{EntryDate, WrittenDate, date_at_start, goes_on};
use crate::note::link::{self, LinkPlace};
use crate::text::byte_scan::{first_place, holds, is_trimmed};
use crate::text::partial_date::NotADate;
use crate::text::span::Span;

/// A line that begins with a date. All spans are in the coordinates of the whole file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryHead {
    /// The date itself: without brackets, emphasis and time; of a range from the first to the last day.
    pub date: Span,
    /// What it says; an error for a date that is not in the calendar or could be read two ways.
    pub when: Result<EntryDate, NotADate>,
    /// The time after it, where there is one.
    pub time: Option<Span>,
    /// What comes after the date.
    pub opening: Opening,
}

/// The beginning of a line's text, before it is known whether its first word is a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// The first word, where it is one of letters (and hyphens) only: a kind, or the first word of the text.
    pub word: Option<Span>,
    /// From the first word (or the emphasis around it) to the end.
    pub text: Span,
    after_word: usize,
    /// Where the first line of the text ends, white space at its end not counted.
    pub line_end: usize,
    /// Emphasis characters that are still to be closed.
    marks: usize,
}

/// A line's text taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Where the links in the head stand, in order.
    pub links: Vec<Span>,
    /// What is told: after the colon or the links of the head; the whole text where the head has other words too
    /// (`Lunch in Porto with [[Ana]]: great`), so that nothing is lost. It may have several lines.
    pub text: Span,
}

/// The head of a list item's content, or of a heading's, where it begins with a date.
pub fn head(text: &str, content: Span) -> Option<EntryHead> {
    let line = first_line(text, content);
    let line_end = content.start + line.len();
    let WrittenDate { span, when, time, end, marks, needs_separator } = date_at_start(line)?;
    let (start, marks, separated) = after_separators(line, end, marks);
    if goes_on(line.get(end..)?) || (needs_separator && !separated && start < line.len()) {
        return None;
    }
    let rest = Span::new(content.start + start, content.end);
    let opening = Opening::new(text, rest, line_end, marks);
    let in_file = |span: Span| span.shifted(content.start);
    Some(EntryHead { date: in_file(span), when, time: time.map(in_file), opening })
}

/// The beginning of a line without a date, as in a journal: `coffee [[Ana]]: Porto`.
pub fn opening(text: &str, content: Span) -> Opening {
    Opening::new(text, content, content.start + first_line(text, content).len(), 0)
}

impl Opening {
    fn new(text: &str, content: Span, line_end: usize, marks: usize) -> Opening {
        let start = content.start;
        let (word, after) = first_word(Span::new(start, line_end).of(text), marks);
        Opening {
            word: word.map(|word| word.shifted(start)),
            text: without_space(text, content),
            after_word: start + after,
            line_end,
            marks,
        }
    }

    /// The reading where the word is a kind.
    pub fn with_kind(&self, text: &str) -> Reading {
        self.read(text, self.after_word)
    }

    /// The reading where the word belongs to the text.
    pub fn without_kind(&self, text: &str) -> Reading {
        self.read(text, self.text.start.min(self.line_end))
    }

    fn read(&self, text: &str, from: usize) -> Reading {
        let line = Span::new(from, self.line_end).of(text);
        match self.length_of_plain_head(line) {
            Some(length) => {
                let told = Span::new(from + length, self.text.end.max(from + length));
                Reading { links: Vec::new(), text: without_space(text, told) }
            }
            None => self.read_thoroughly(text, line, from),
        }
    }

    /// The length of a head without links, as most entries have it: only a colon, or nothing before a word of a line
    /// without colons. `None` says nothing.
    fn length_of_plain_head(&self, line: &str) -> Option<usize> {
        match line.as_bytes() {
            [b':', b' ', ..] if self.marks == 0 => Some(1),
            // It could go on with `and` or `with`.
            [b' ', b'a' | b'A' | b'w' | b'W', ..] => None,
            [b' ', b'a'..=b'z' | b'A'..=b'Z', ..] => (!holds(line, b':')).then_some(1),
            _ => None,
        }
    }

    fn read_thoroughly(&self, text: &str, line: &str, from: usize) -> Reading {
        let plain = plain_head(line, self.marks);
        let links = match plain.ended {
            false => links_before_colon(line).unwrap_or(plain.links),
            true => plain.links,
        };
        Reading {
            links: links.into_iter().map(|link| link.shifted(from)).collect(),
            text: without_space(text, Span::new(from + plain.text, self.text.end.max(from))),
        }
    }
}

fn first_line(text: &str, content: Span) -> &str {
    let content = content.of(text);
    let end = first_place(content, b'\n').unwrap_or(content.len());
    let line = content.get(..end).unwrap_or("");
    if is_trimmed(line) { line } else { line.trim_end() }
}

fn without_space(text: &str, span: Span) -> Span {
    let inner = span.of(text);
    if is_trimmed(inner) {
        return span;
    }
    let start = span.start + inner.len() - inner.trim_start().len();
    Span::new(start, span.start + inner.trim_end().len())
}

/// Passes over separators after the date: where the text starts, how much emphasis is still open, and whether there
/// was a separator other than white space.
fn after_separators(line: &str, end: usize, marks: usize) -> (usize, usize, bool) {
    // A space and a word or link, as after most dates.
    match line.as_bytes().get(end..) {
        Some([b' ', b'[' | b'a'..=b'z' | b'A'..=b'Z', ..]) => (end + 1, marks, false),
        _ => after_any_separators(line, end, marks),
    }
}

fn after_any_separators(line: &str, end: usize, marks: usize) -> (usize, usize, bool) {
    let (mut at, mut marks, mut separated) = (end, marks, false);
    while let Some(rest) = line.get(at..) {
        let Some(first) = rest.chars().next() else { break };
        let closes = marks > 0 && matches!(first, '*' | '_');
        if closes {
            marks -= 1;
        } else if is_separator(rest) {
            separated = true;
        } else if !first.is_whitespace() {
            break;
        }
        at += first.len_utf8();
    }
    (at, marks, separated)
}

fn is_separator(rest: &str) -> bool {
    let mut characters = rest.chars();
    match characters.next() {
        Some(':' | '—' | '–' | '·' | '•' | '|' | ',') => true,
        Some('-') => characters.next().is_none_or(char::is_whitespace),
        _ => false,
    }
}

/// The first word of the rest, perhaps in parentheses or emphasis, and the offset after it and what closes it.
fn first_word(rest: &str, marks: usize) -> (Option<Span>, usize) {
    plain_word(rest).unwrap_or_else(|| any_first_word(rest, marks))
}

/// The same for a word of ASCII letters before a space or a colon, and for a link, which is no word; most lines begin
/// with one of these.
fn plain_word(rest: &str) -> Option<(Option<Span>, usize)> {
    let bytes = rest.as_bytes();
    let length = bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    match (length, bytes.get(length..)?) {
        (0, [b'[', ..]) => Some((None, 0)),
        (1.., [] | [b' ' | b':', ..]) => Some((Some(Span::new(0, length)), length)),
        _ => None,
    }
}

fn any_first_word(rest: &str, marks: usize) -> (Option<Span>, usize) {
    let wrap = rest.bytes().take(3).take_while(|byte| b"(*_".contains(byte)).count();
    let inner = rest.get(wrap..).unwrap_or("");
    let length = inner.find(|c: char| !(c.is_alphabetic() || c == '-')).unwrap_or(inner.len());
    let word = inner.get(..length).unwrap_or("").trim_end_matches('-');
    let after = wrap + word.len();
    let closing = rest.get(after..).unwrap_or("");
    let closed = closing.trim_start_matches([')', '*', '_']);
    let closers = closing.len() - closed.len();
    let balanced = if wrap == 0 { closers <= marks } else { closers >= wrap };
    let free = closed
        .chars()
        .next()
        .is_none_or(|next| next.is_whitespace() || ":,.;!?·|—–[".contains(next));
    if word.is_empty() || word.starts_with('-') || !balanced || !free {
        return (None, 0);
    }
    (Some(Span::new(wrap, after)), after + closers)
}

/// The head that is only links.
struct PlainHead {
    links: Vec<Span>,
    /// Where the text starts.
    text: usize,
    /// Whether a colon or dash ends it.
    ended: bool,
}

fn plain_head(line: &str, marks: usize) -> PlainHead {
    let mut links = link::places(line).peekable();
    let mut head = PlainHead { links: Vec::new(), text: 0, ended: false };
    let mut at = 0;
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some(length) = ends_head(line, at) {
            let after = rest.get(length..).unwrap_or("");
            let open_marks = after.len() - after.trim_start_matches(['*', '_']).len();
            head.text = at + length + open_marks.min(marks);
            head.ended = true;
            break;
        }
        // Looking for links is left until one can be here.
        let may_be = rest.starts_with('[');
        let here = |link: &LinkPlace| link.span.start == at && is_participant(line, *link);
        let link = may_be.then(|| links.next_if(here)).flatten();
        if let Some(link) = link {
            at = link.span.end;
            head.text = at;
            head.links.push(link.span);
        } else if let Some(length) = connector(rest, marks) {
            at += length;
        } else {
            break;
        }
    }
    if !head.ended {
        head.text = after_punctuation(line, head.text);
    }
    head
}

/// Passes over `, `, `. ` and `; ` that belong to what came before.
fn after_punctuation(line: &str, at: usize) -> usize {
    // Text of the line itself, as where no link stands in the head.
    match line.as_bytes().get(at..) {
        Some([b' ', b'a'..=b'z' | b'A'..=b'Z', ..]) => at + 1,
        _ => after_any_punctuation(line, at),
    }
}

fn after_any_punctuation(line: &str, at: usize) -> usize {
    let rest = line.get(at..).unwrap_or("").trim_start();
    let told = rest.trim_start_matches([',', '.', ';']);
    let spaced = told.is_empty() || told.starts_with(char::is_whitespace);
    line.len() - if spaced { told.len() } else { rest.len() }
}

/// The length of what ends a head here: a colon before white space, or a dash or dot among white space.
fn ends_head(line: &str, at: usize) -> Option<usize> {
    if line.as_bytes().get(at).is_some_and(|first| is_letter_or_space(*first)) {
        return None;
    }
    let rest = line.get(at..)?;
    let first = rest.chars().next()?;
    let after = rest.get(first.len_utf8()..)?;
    let spaced = after.is_empty() || after.starts_with(char::is_whitespace);
    let ends = match first {
        ':' => spaced || after.starts_with(['*', '_']),
        '—' => true,
        '–' | '-' | '·' | '•' | '|' => {
            spaced && (at == 0 || line.get(..at)?.ends_with([' ', '\t']))
        }
        _ => false,
    };
    ends.then_some(first.len_utf8())
}

fn is_letter_or_space(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b' '
}

fn is_participant(line: &str, link: LinkPlace) -> bool {
    let after = line.get(link.span.end..).unwrap_or("");
    !link.embed && !after.starts_with("'s") && !after.starts_with("’s")
}

/// The length of what may stand between the links of a head.
fn connector(rest: &str, marks: usize) -> Option<usize> {
    let first = rest.chars().next()?;
    let passed = first.is_whitespace()
        || matches!(first, ',' | '&' | '+' | '/')
        || (marks > 0 && matches!(first, '*' | '_'));
    if passed {
        return Some(first.len_utf8());
    }
    if !matches!(first, 'a' | 'A' | 'w' | 'W') {
        return None;
    }
    ["and", "with", "w/"].into_iter().find_map(|word| {
        let start = rest.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word))?;
        let after = rest.get(start.len()..)?;
        after.starts_with([' ', '\t', '[']).then_some(word.len())
    })
}

/// The links before the colon that ends the head; `None` where no colon does.
fn links_before_colon(line: &str) -> Option<Vec<Span>> {
    if !holds(line, b':') {
        return None;
    }
    let mut code = false;
    let mut links = link::places(line).peekable();
    let mut at = 0;
    let mut people = Vec::new();
    while let Some(character) = line.get(at..).and_then(|rest| rest.chars().next()) {
        let next = at + character.len_utf8();
        if character.is_ascii_alphanumeric() || character == ' ' {
            at = next;
            continue;
        }
        let link =
            matches!(character, '[' | '!').then(|| links.next_if(|link| link.span.start <= at));
        if let Some(link) = link.flatten() {
            if !code && is_participant(line, link) {
                people.push(link.span);
            }
            at = link.span.end.max(at);
            continue;
        }
        let spaced = line.get(next..)?.chars().next().is_none_or(char::is_whitespace);
        match character {
            '`' => code = !code,
            ':' if !code && spaced => return Some(people),
            '.' | '!' | '?' | ';' if !code && spaced => return None,
            _ if !code && ends_head(line, at).is_some() => return None,
            _ => {}
        }
        at = next;
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::note::entry::{
        EntryHead, Opening, Reading, after_any_punctuation, after_any_separators,
        after_punctuation, after_separators, any_first_word, first_word, head, opening,
    };
    use crate::note::link;
    use crate::text::span::Span;
    use proptest::prelude::*;

    fn read_head(line: &str) -> (String, Option<EntryHead>) {
        let text = format!("é\n- {line}");
        let content = Span::new(5, text.len());
        let head = head(&text, content);
        (text, head)
    }

    fn shown_reading(text: &str, reading: &Reading) -> String {
        let links = reading.links.iter().filter_map(|span| link::links(span.of(text)).next());
        let notes = links.map(|link| link.target.note).collect::<Vec<_>>();
        format!("[{}] {}", notes.join(", "), reading.text.of(text))
    }

    /// Date, time, kind, links and text of a line whose first word is a kind.
    fn check(line: &str, expected: &str) {
        let (text, head) = read_head(line);
        let shown = head.map_or("none".to_owned(), |head| {
            let date = match head.when {
                Ok(date) => date
                    .last
                    .map_or(date.first.to_string(), |last| format!("{}..{last}", date.first)),
                Err(reason) => format!("{reason:?}({})", head.date.of(&text)),
            };
            let time = head.time.map_or(String::new(), |time| format!(" at {}", time.of(&text)));
            let kind = head.opening.word.map_or("-", |word| word.of(&text));
            let reading = shown_reading(&text, &head.opening.with_kind(&text));
            format!("{date}{time} {kind} {}", reading.trim_end())
        });
        assert_eq!(shown, expected, "{line}");
    }

    /// Links and text of a line whose first word is no kind.
    fn check_text(line: &str, expected: &str) {
        let (text, head) = read_head(line);
        let reading = head.map(|head| head.opening.without_kind(&text));
        assert_eq!(
            reading.map(|reading| shown_reading(&text, &reading)).as_deref(),
            Some(expected),
            "{line}"
        );
    }

    #[test]
    fn the_forms_of_the_format() {
        check("2026-10-12", "2026-10-12 - []");
        check("2026-10-12 call", "2026-10-12 call []");
        check("2026-10-12 call: New job", "2026-10-12 call [] New job");
        check("2026-10-12 call New job", "2026-10-12 call [] New job");
        check("2026-08-02 met [[Rita Lima]]: climbing", "2026-08-02 met [Rita Lima] climbing");
        check("2026-08-02 met [[Rita]] climbing", "2026-08-02 met [Rita] climbing");
        check("2026-08-02 met [[A]], [[B|b]] and [c](p/c.md): x", "2026-08-02 met [A, B, p/c] x");
        check("2026-08-02 met with [[A]] & [[B]] + [[C]]", "2026-08-02 met [A, B, C]");
        check("2026-08-02 [[A]]: x", "2026-08-02 - [A] x");
        check("2026-08-02: x y", "2026-08-02 x [] y");
        check("2026-08-02 e-mail: x", "2026-08-02 e-mail [] x");
        check("2026-08-02 звонок: x", "2026-08-02 звонок [] x");
        check("2026-08-02 call, then tea", "2026-08-02 call [] then tea");
    }

    #[test]
    fn the_forms_that_people_have() {
        check("[2025-02-20]: Coffee", "2025-02-20 Coffee []");
        check("[2025-02-20 Thu] Coffee", "2025-02-20 Coffee []");
        check("2026-05-20 — Discussed it", "2026-05-20 Discussed [] it");
        check("2026-05-20 – call – it", "2026-05-20 call [] it");
        check("2026-05-20 - call - it", "2026-05-20 call [] it");
        check("2026-08-30 · slack · text", "2026-08-30 slack [] text");
        check("2026-08-30 | call | text", "2026-08-30 call [] text");
        check("2026-08-30 · slack [[A]] · [[B]] x", "2026-08-30 slack [A] [[B]] x");
        check("**2026-10-12**: call: x", "2026-10-12 call [] x");
        check("**2026-10-12:** call x", "2026-10-12 call [] x");
        check("**2026-10-12 call:** x", "2026-10-12 call [] x");
        check("**2026-10-12** **call** x", "2026-10-12 call [] x");
        check("*2026-10-12* x", "2026-10-12 x []");
        check("[[2026-10-12]] call x", "2026-10-12 call [] x");
        check("[[journal/2026-10-12|Monday]]: [[A]] x", "2026-10-12 - [A] x");
        check("[2026-10-12](journal/2026-10-12.md) call", "2026-10-12 call []");
        check("2026-10-12 (call) x", "2026-10-12 call [] x");
        check("(2026-10-12) call x", "2026-10-12 call [] x");
        check("2026-10-12 (Mon) call", "2026-10-12 call []");
        check("2026-10-12, Monday: call", "2026-10-12 call []");
        check("2026-06-12 — Email", "2026-06-12 Email []");
    }

    #[test]
    fn times_ranges_and_loose_dates() {
        check("2026-10-12 14:30 call: x", "2026-10-12 at 14:30 call [] x");
        check("2026-10-12T09:05:00Z call", "2026-10-12 at 09:05:00Z call []");
        check("2026-10-12, 2:30 pm: call", "2026-10-12 at 2:30 pm call []");
        check("2026-10-12 14:30-15:00 call", "2026-10-12 at 14:30-15:00 call []");
        check("2026-12-01..2026-12-05 trip: Porto", "2026-12-01..2026-12-05 trip [] Porto");
        check("2026-12-01 – 2026-12-05: trip", "2026-12-01..2026-12-05 trip []");
        check("2026-12-01/2026-12-05 trip", "2026-12-01..2026-12-05 trip []");
        check("Feb 3, 2026: call x", "2026-02-03 call [] x");
        check("3 February 2026 call", "2026-02-03 call []");
        check("February 3rd: call", "--02-03 call []");
        check("~2025-06: call", "~2025-06 call []");
        check("2025-06 — call", "2025-06 call []");
        check("2026-02-30 call", "NotInCalendar(2026-02-30) call []");
        check("03/04/2026 call", "Ambiguous(03/04/2026) call []");
        check("2026-10-1 call", "2026-10-01 call []");
        check("3.4.2026: call", "Ambiguous(3.4.2026) call []");
    }

    #[test]
    fn what_is_no_date_is_no_entry() {
        for line in [
            "",
            "call",
            "idea: shoes",
            "2026 was good",
            "2026-10-12-draft",
            "2026-10-12b",
            "10-12 people",
            "May 5 people came",
            "March is busy",
            "[[Ana]] x",
            "[x] y",
            "12:30 call",
            "1.2.3 is out",
            "--",
            "~",
            "**",
        ] {
            check(line, "none");
        }
    }

    #[test]
    fn only_plain_company_is_in_the_head() {
        check("2026-10-12 call with [[A]] about [[B]]", "2026-10-12 call [A] about [[B]]");
        check("2026-10-12 call: [[B]] is ill", "2026-10-12 call [] [[B]] is ill");
        check(
            "2026-10-12 call. She says [[B]] is ill: flu",
            "2026-10-12 call [] She says [[B]] is ill: flu",
        );
        check(
            "2026-10-12 met [[A]]. [[B]] was away: flu",
            "2026-10-12 met [A] [[B]] was away: flu",
        );
        check("2026-10-12 met [[A]] — [[B]]: flu", "2026-10-12 met [A] [[B]]: flu");
        check(
            "2026-10-12 coffee in Porto with [[A]]: x",
            "2026-10-12 coffee [A] in Porto with [[A]]: x",
        );
        check(
            "2026-10-12 visit [[B]]'s place with [[A]]: x",
            "2026-10-12 visit [A] [[B]]'s place with [[A]]: x",
        );
        check(
            "2026-10-12 met ![[A]] `[[B]]` at 10:30: x",
            "2026-10-12 met [] ![[A]] `[[B]]` at 10:30: x",
        );
        check("2026-10-12 met [[a: b]] x", "2026-10-12 met [a: b] x");
        check("2026-10-12 met [[A]] and I left", "2026-10-12 met [A] and I left");
        check(
            "2026-10-12 mail [a](https://x.y) [[A]]: x",
            "2026-10-12 mail [A] [a](https://x.y) [[A]]: x",
        );
    }

    #[test]
    fn a_word_that_is_no_kind_belongs_to_the_text() {
        check_text("2026-10-12 Lunch in Porto", "[] Lunch in Porto");
        check_text("2026-10-12 Lunch with [[A]]", "[] Lunch with [[A]]");
        check_text("2026-10-12 Lunch with [[A]]: great", "[A] Lunch with [[A]]: great");
        check_text("2026-10-12 with [[A]]: great", "[A] great");
        check_text("2026-10-12 Tom: great", "[] Tom: great");
        check_text("2026-05-20 — **Discussed** it", "[] **Discussed** it");
        check_text("2026-10-12 [[A]] great", "[A] great");
        check_text("2026-10-12 it's 3 o'clock", "[] it's 3 o'clock");
    }

    #[test]
    fn the_text_may_have_several_lines() {
        check("2026-10-12 call: a\n  b: [[A]]", "2026-10-12 call [] a\n  b: [[A]]");
        check("2026-10-12\n  b: c", "2026-10-12 - [] b: c");
        check("2026-10-12 call\r\n  b", "2026-10-12 call [] b");
    }

    #[test]
    fn a_journal_line_opens_without_a_date() {
        let text = "coffee [[Ana]] [[João]]: Porto";
        let line = opening(text, Span::new(0, text.len()));
        assert_eq!(line.word.map(|word| word.of(text)), Some("coffee"));
        assert_eq!(shown_reading(text, &line.with_kind(text)), "[Ana, João] Porto");
        assert_eq!(
            shown_reading(text, &line.without_kind(text)),
            "[Ana, João] coffee [[Ana]] [[João]]: Porto"
        );
    }

    #[test]
    fn hostile_lines_take_linear_time() {
        for piece in ["[[a]]", "[", ": ", "`", "and ", "*", "(", "2026-10-12..", "a:b", "— "] {
            check_no_panic(&format!("2026-10-12 {}", piece.repeat(50_000)));
            check_no_panic(&piece.repeat(50_000));
        }
    }

    fn check_no_panic(line: &str) {
        if let Some(head) = head(line, Span::new(0, line.len())) {
            for reading in [head.opening.with_kind(line), head.opening.without_kind(line)] {
                assert!(
                    line.get(reading.text.start..reading.text.end).is_some(),
                    "{line:?} {head:?}"
                );
                assert!(reading.links.iter().all(|span| line.get(span.start..span.end).is_some()));
            }
            assert!(line.get(head.date.start..head.date.end).is_some());
        }
    }

    proptest! {
        #[test]
        fn the_short_ways_lead_where_the_long_ones_do(
            line in "([ :,.;*_\\[(—-]{0,3})?(and|with|A|w|call|é|\\[\\[a]]|\\[a](b))?[ :,.;a*_é()\\[\\]—-]{0,8}(\\[\\[b]]: c)?",
            marks in 0usize..3,
        ) {
            prop_assert_eq!(after_separators(&line, 0, marks), after_any_separators(&line, 0, marks));
            prop_assert_eq!(after_punctuation(&line, 0), after_any_punctuation(&line, 0));
            prop_assert_eq!(first_word(&line, marks), any_first_word(&line, marks));
            let opening = Opening::new(&line, Span::new(0, line.len()), line.trim_end().len(), marks);
            for from in [0, opening.after_word, opening.text.start.min(opening.line_end)] {
                let rest = Span::new(from, opening.line_end).of(&line);
                prop_assert_eq!(opening.read(&line, from), opening.read_thoroughly(&line, rest, from));
            }
        }

        #[test]
        fn every_span_fits(line in "[*_\\[(]{0,3}(2026-10-12|Feb 3, 2026|~2026|3.4.2026|é)[\\])*_:,. TZ0-9é—\\-·`\\[a\n]{0,24}") {
            check_no_panic(&line);
        }
    }
}
