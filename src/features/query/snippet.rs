//! The line of a note that shows best why it was found, with the words that were looked for.

use crate::text::byte_scan::{count, first_place, last_place, place_of};
use crate::text::line_index::LineIndex;
use crate::text::sieve::{Places, Sieve};
use crate::text::span::Span;
use crate::text::term::{Place, TextTerm};

/// A line of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// Its number, from 1.
    pub line: u32,
    /// Its text without the white space around it; a long one is cut around the words.
    pub text: String,
    /// Where the words stand in the text, in order.
    pub marks: Vec<Span>,
}

/// At most so many characters of a line are shown.
const LONGEST: usize = 100;
/// So many of them stand before the first word.
const BEFORE: usize = 30;

/// What is looked for in notes, one after the other.
#[derive(Debug)]
pub struct Wanted<'a> {
    terms: Vec<Sieve<'a>>,
}

impl<'a> Wanted<'a> {
    /// Of these terms.
    pub fn of(terms: Vec<&'a TextTerm>) -> Wanted<'a> {
        Wanted { terms: terms.into_iter().map(Sieve::of).collect() }
    }

    /// Whether nothing is looked for, which no line has.
    pub fn is_nothing(&self) -> bool {
        self.terms.is_empty()
    }

    /// The line of `text` with the most of the terms, the first of equals; a line of the front matter only where no
    /// other has any. `None` where no line has one.
    pub fn snippet(&mut self, text: &str) -> Option<Snippet> {
        let body = body_start(text);
        let in_lines = self.terms.iter().all(|sieve| sieve.term().is_one_token());
        let marks = if in_lines {
            let (head, rest) = text.split_at_checked(body)?;
            self.best_line(rest, body).or_else(|| self.best_line(head, 0))?
        } else {
            let terms = self.terms.iter().map(Sieve::term).collect::<Vec<_>>();
            best_of_all(text, body, &terms)?
        };
        let (line, span) = line_at(text, marks.first()?.start);
        Some(cut(text, line, span, marks))
    }

    /// The places of the terms in the best line of `text`, which begins at `start` of the note. Each term stands in one
    /// line where it stands at all, so lines are looked at one by one, up to one that has all.
    fn best_line(&mut self, text: &str, start: usize) -> Option<Vec<Span>> {
        let (mut best, mut most, count) = (None, 0, self.terms.len());
        let sought = self.terms.iter_mut().map(|sieve| Sought {
            term: sieve.term(),
            places: sieve.places(text),
            next: Some(0),
        });
        let mut sought = sought.collect::<Vec<_>>();
        let mut from = 0;
        while let Some(line) = next_line(text, from, &mut sought) {
            let (marks, found) = marks_in(text, line, &sought);
            if found > most {
                (best, most) = (Some(marks), found);
            }
            if most == count {
                break;
            }
            from = line.end;
        }
        best.map(|mut marks: Vec<Span>| {
            marks.sort_unstable();
            marks.into_iter().map(|span| span.shifted(start)).collect()
        })
    }
}

/// A term, and where it may stand next.
struct Sought<'a, 't> {
    term: &'t TextTerm,
    places: Places<'a, 't>,
    next: Option<usize>,
}

/// The first line of `text` from `from` on, which is the start of a line, in which any of the terms may stand.
fn next_line(text: &str, from: usize, sought: &mut [Sought<'_, '_>]) -> Option<Span> {
    for term in sought.iter_mut() {
        if term.next.is_some_and(|next| next <= from) {
            term.next = term.places.next(from);
        }
    }
    let next = sought.iter().filter_map(|term| term.next).min()?;
    let before = text.get(from..next).and_then(|before| last_place(before, b'\n'));
    let after = text.get(next..).and_then(|after| first_place(after, b'\n'));
    let start = before.map_or(from, |at| from + at + 1);
    Some(Span::new(start, after.map_or(text.len(), |at| next + at + 1)))
}

/// Where the terms stand in `line` of `text`, and how many of them do.
fn marks_in(text: &str, line: Span, sought: &[Sought<'_, '_>]) -> (Vec<Span>, usize) {
    let (mut marks, mut found) = (Vec::new(), 0);
    let may_stand = |term: &&Sought<'_, '_>| term.next.is_some_and(|next| next < line.end);
    for term in sought.iter().filter(may_stand) {
        let before = marks.len();
        let places = term.term.places(line.of(text), Place::Text).into_iter();
        marks.extend(places.map(|span| span.shifted(line.start)));
        found += usize::from(marks.len() > before);
    }
    (marks, found)
}

/// The number of the line that holds `offset`, from 1, and where it stands, with its end.
fn line_at(text: &str, offset: usize) -> (u32, Span) {
    let (before, after) = text.split_at_checked(offset).unwrap_or((text, ""));
    let number = u32::try_from(count(before.as_bytes(), b'\n')).unwrap_or(u32::MAX);
    let start = last_place(before, b'\n').map_or(0, |at| at + 1);
    let end = first_place(after, b'\n').map_or(text.len(), |at| before.len() + at + 1);
    (number.saturating_add(1), Span::new(start, end))
}

/// The same where a term may go on in the next line; the first of its places says in which line it stands.
fn best_of_all(text: &str, body: usize, terms: &[&TextTerm]) -> Option<Vec<Span>> {
    let lines = LineIndex::new(text);
    let mut spots: Vec<Spot> = Vec::new();
    for (term, of) in terms.iter().enumerate() {
        let places = of.places(text, Place::Text).into_iter();
        spots.extend(places.map(|span| Spot { line: lines.line(span.start), term, span }));
    }
    spots.sort_unstable();
    let mut best: Option<(Worth, &[Spot])> = None;
    for group in spots.chunk_by(|one, other| one.line == other.line) {
        let mut seen = group.iter().map(|spot| spot.term).collect::<Vec<_>>();
        seen.dedup();
        let is_body = group.first().is_some_and(|spot| spot.span.start >= body);
        let worth = Worth { is_body, terms: seen.len() };
        if best.is_none_or(|(known, _)| worth > known) {
            best = Some((worth, group));
        }
    }
    let mut marks = best?.1.iter().map(|spot| spot.span).collect::<Vec<_>>();
    marks.sort_unstable();
    Some(marks)
}

/// A place in the text where a term stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Spot {
    line: u32,
    // Which of the terms.
    term: usize,
    span: Span,
}

/// What makes one line better to show than another; the fields in the order in which they count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Worth {
    is_body: bool,
    terms: usize,
}

/// Where the front matter ends.
fn body_start(text: &str) -> usize {
    let rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    let Some(inside) = rest.strip_prefix("---\n").or_else(|| rest.strip_prefix("---\r\n")) else {
        return 0;
    };
    place_of(inside, "\n---").map_or(0, |at| text.len() - inside.len() + at)
}

/// The line at `span`, without what is too much; `marks` are spans of the whole text.
fn cut(text: &str, line: u32, span: Span, mut marks: Vec<Span>) -> Snippet {
    marks.sort_unstable();
    let whole = span.of(text);
    let start = span.start + (whole.len() - whole.trim_start().len());
    let end = start + Span::new(start, span.end).of(text).trim_end().len();
    let first = marks.first().map_or(start, |mark| mark.start);
    let from = if text.get(start..end).is_some_and(|shown| shown.chars().count() <= LONGEST) {
        start
    } else {
        back(text, start, first, BEFORE)
    };
    let to = forward(text, from, end, LONGEST);
    let prefix = if from > start { "…" } else { "" };
    let suffix = if to < end { "…" } else { "" };
    let shown = format!("{prefix}{}{suffix}", text.get(from..to).unwrap_or(""));
    let inside = marks.into_iter().filter(|mark| from <= mark.start && mark.start < to);
    let mut marks: Vec<Span> = Vec::new();
    for mark in inside {
        // A phrase may go on in the next line.
        let end = mark.end.min(to);
        let mark = Span::new(mark.start - from + prefix.len(), end - from + prefix.len());
        match marks.last_mut() {
            // Two terms may stand at one place.
            Some(last) if mark.start <= last.end => last.end = last.end.max(mark.end),
            _ => marks.push(mark),
        }
    }
    Snippet { line, text: shown, marks }
}

/// The place `characters` before `at`, not before `start`.
fn back(text: &str, start: usize, at: usize, characters: usize) -> usize {
    let before = text.get(start..at).unwrap_or("");
    before.char_indices().rev().nth(characters).map_or(start, |(offset, _)| start + offset)
}

/// The place `characters` after `at`, not after `end`.
fn forward(text: &str, at: usize, end: usize, characters: usize) -> usize {
    let after = text.get(at..end).unwrap_or("");
    after.char_indices().nth(characters).map_or(end, |(offset, _)| at + offset)
}

#[cfg(test)]
mod tests {
    use crate::features::query::snippet::{Snippet, Wanted, best_of_all, body_start, cut};
    use crate::text::line_index::LineIndex;
    use crate::text::term::TextTerm;
    use proptest::prelude::*;

    const NOTE: &str = "---\nname: Ana Lima\ninterests: [kiln]\n---\n\n## Log\n- 2026-10-12 call: The kiln\n  \
                        - [ ] Send her the kiln article: Porto\n- 2026-08-02 met: in Porto\n";

    fn snippet(text: &str, terms: &[&TextTerm]) -> Option<Snippet> {
        Wanted::of(terms.to_vec()).snippet(text)
    }

    fn check(note: &str, words: &[&str], expected: &str) {
        let terms = words.iter().filter_map(|word| TextTerm::of_word(word)).collect::<Vec<_>>();
        let shown = snippet(note, &terms.iter().collect::<Vec<_>>()).map(|snippet| {
            let mut text = snippet.text;
            for mark in snippet.marks.iter().rev() {
                text.insert(mark.end, ']');
                text.insert(mark.start, '[');
            }
            format!("{}: {text}", snippet.line)
        });
        assert_eq!(shown.unwrap_or_default(), expected, "{words:?}");
    }

    #[test]
    fn the_line_with_the_most_words_is_shown() {
        check(NOTE, &["kiln"], "7: - 2026-10-12 call: The [kiln]");
        check(NOTE, &["kiln", "porto"], "8: - [ ] Send her the [kiln] article: [Porto]");
        check(NOTE, &["ana"], "2: name: [Ana] Lima");
        check(NOTE, &["ana", "porto"], "8: - [ ] Send her the kiln article: [Porto]");
        check(NOTE, &["nothing"], "");
    }

    #[test]
    fn a_long_line_is_cut_around_the_words() {
        let long = format!("{} kiln {}", "before ".repeat(100), "after ".repeat(100));
        check(
            &long,
            &["kiln"],
            "1: …e before before before before  [kiln] after after after after after after after after after after afte…",
        );
        check(&"a".repeat(1_000_000), &["b"], "");
    }

    proptest! {
        #[test]
        fn looking_line_by_line_gives_what_looking_at_all_gives(
            head in "(---\n([aAé:' \n]{0,12}\n)?---\n)?",
            text in "[aAbBsSéß'’\u{301}王 \n\u{ad}ſ가\u{1100}\u{1161}ﬁiбБ-]{0,120}",
            words in prop::collection::vec("[abséß王'가fiб]{1,2}[*]?", 1..4),
        ) {
            let text = head + &text;
            let term = |word: &String| match word.strip_suffix('*') {
                Some(start) => TextTerm::of_prefix(start).into_iter().next_back(),
                None => TextTerm::of_word(word),
            };
            let terms = words.iter().filter_map(term).filter(TextTerm::is_one_token).collect::<Vec<_>>();
            let terms = terms.iter().collect::<Vec<_>>();
            let lines = LineIndex::new(&text);
            let expected = best_of_all(&text, body_start(&text), &terms)
                .map(|marks| cut(&text, lines.line(marks[0].start), lines.span_of_line(lines.line(marks[0].start)), marks));
            prop_assert_eq!(snippet(&text, &terms), expected);
        }

        #[test]
        fn marks_lie_in_order_on_characters(text in "[aé王\\n \u{301}-]{0,300}") {
            let terms = [TextTerm::Word("a".to_owned()), TextTerm::Word("王".to_owned()), TextTerm::Prefix("e".to_owned())];
            if let Some(snippet) = snippet(&text, &terms.iter().collect::<Vec<_>>()) {
                let mut last = 0;
                for mark in &snippet.marks {
                    prop_assert!(mark.start >= last && !mark.of(&snippet.text).is_empty());
                    last = mark.end;
                }
                prop_assert!(!snippet.marks.is_empty());
                prop_assert!(!snippet.text.contains('\n'));
            }
        }
    }
}
