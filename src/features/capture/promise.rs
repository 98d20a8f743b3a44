//! The later parts of a sentence: what was promised, what comes next, or only more text.

use crate::features::capture::dates::{date_at, is_weekday};
use crate::features::capture::speech::{AFTER_PEOPLE, ALSO_NOUNS, BEFORE_NOUN, TO_DO, is_done};
use crate::features::capture::words::{Break, Word};
use crate::text::day::Day;
use crate::text::span::Span;
use crate::text::when::Direction;
use std::ops::Range;

/// A part of a sentence, by what it begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// More text.
    Text,
    /// `next: …`, `next fri: …`.
    Next {
        /// What; empty where nothing is said.
        text: String,
        /// When, where it is said.
        day: Option<Day>,
    },
    /// `no next`.
    NoNext,
    /// A promise.
    Promise {
        /// What, without `I'll` and without the day.
        text: String,
        /// Whether it is theirs to keep.
        is_theirs: bool,
        /// By when.
        due: Option<Day>,
    },
}

/// How words tell of something to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// They tell what to do: `call Ana about the boat`.
    Sure,
    /// They may also be the name of something: `book club with Ana`.
    Maybe,
    /// They tell of something else: `call dropped twice`, `call with Ana`.
    No,
}

/// How `words` tell of something to be done.
pub fn deed(words: &[Word]) -> Deed {
    let rest = words.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>();
    let Some(first) = rest.first().filter(|first| TO_DO.contains(first)) else { return Deed::No };
    let Some(second) = rest.get(1).copied() else { return Deed::Maybe };
    let is_noun = ALSO_NOUNS.contains(first);
    if is_done(second)
        || matches!(second, "is" | "has")
        || (is_noun && matches!(second, "with" | "from" | "of"))
    {
        return Deed::No;
    }
    let is_object = BEFORE_NOUN.contains(&second)
        || words.get(1).is_some_and(|word| word.is_capital || word.link.is_some());
    if !is_noun || is_object {
        return Deed::Sure;
    }
    let is_told = rest.iter().skip(2).any(|word| is_done(word));
    match is_told {
        true => Deed::No,
        false if rest.contains(&"with") || AFTER_PEOPLE.contains(&second) => Deed::Maybe,
        false => Deed::Sure,
    }
}

/// Whether the words of `text` from `at` on begin a promise or a next step even after a comma.
pub fn begins_clearly(text: &str, words: &[Word], at: usize, end: usize, today: Day) -> bool {
    let rest = folded(words, at..end);
    is_no_next(&rest)
        || mine(&rest, has_colon(text, words, at)).is_some()
        || theirs(&rest, has_colon(text, words, at))
        || next_colon(text, words, &(at..end), today).is_some()
}

/// Whether a colon, not only a dash or a bracket, ends the word at `at`.
fn has_colon(text: &str, words: &[Word], at: usize) -> bool {
    let Some(word) = words.get(at) else { return false };
    let next = words.get(at + 1).map_or(text.len(), |next| next.span.start);
    text.get(word.span.end..next).is_some_and(|signs| signs.contains(':'))
}

/// The part that the words in `within` are, whose text is `span`. `is_first` is the first part of the sentence: there
/// a plain verb tells of what was, not of what is to be done.
pub fn part(
    text: &str,
    words: &[Word],
    within: Range<usize>,
    span: Span,
    today: Day,
    is_first: bool,
) -> Part {
    let rest = folded(words, within.clone());
    if is_no_next(&rest) {
        return Part::NoNext;
    }
    if let Some((colon, day)) = next_colon(text, words, &within, today) {
        return next(text, words, colon + 1..within.end, span, today, day);
    }
    let deed = deed(words.get(within.clone()).unwrap_or_default());
    let is_to_do = !is_first && deed != Deed::No;
    let has_colon = has_colon(text, words, within.start);
    let is_theirs = theirs(&rest, has_colon);
    let opener = mine(&rest, has_colon);
    if !is_to_do && !is_theirs && opener.is_none() {
        return Part::Text;
    }
    let from = within.start + opener.unwrap_or(0) + usize::from(is_theirs && is_waiting(&rest));
    let (said, due) = without_day(text, words, from..within.end, span, today);
    match said.is_empty() {
        true => Part::Text,
        false => Part::Promise { text: said, is_theirs, due },
    }
}

fn folded(words: &[Word], within: Range<usize>) -> Vec<&str> {
    let words = words.get(within).unwrap_or_default();
    words.iter().map(|word| word.folded.as_str()).collect()
}

fn is_no_next(rest: &[&str]) -> bool {
    matches!(
        rest,
        ["no" | "nothing", "next"]
            | ["no", "next", "step"]
            | ["no", "next", "step", "needed"]
            | ["no", "next", "step", "is", "needed"]
    )
}

/// How many words say that it is the owner's to keep.
fn mine(rest: &[&str], has_colon: bool) -> Option<usize> {
    match rest {
        ["remind", "me", "to", _, ..] | ["i", "promised", "to", _, ..] => Some(3),
        ["i", "will" | "promised", _, ..] | ["promise" | "promised" | "remember", "to", _, ..] => {
            Some(2)
        }
        ["promise", _, ..] if has_colon => Some(1),
        ["i'll" | "todo", _, ..] => Some(1),
        _ => None,
    }
}

/// `he will send me …`, `she'll …`, `waiting: …`.
fn theirs(rest: &[&str], has_colon: bool) -> bool {
    let to_me = rest.iter().any(|word| matches!(*word, "me" | "us"));
    match rest {
        ["waiting", _, ..] => has_colon,
        ["he'll" | "she'll" | "they'll", _, ..] => to_me,
        [_, "will" | "promised", ..] if rest.first() != Some(&"i") => to_me,
        [_, "owes", "me", ..] => true,
        _ => false,
    }
}

fn is_waiting(rest: &[&str]) -> bool {
    rest.first() == Some(&"waiting")
}

/// Where the colon of `next:`, `next step:` or `next fri:` stands, and the day before it. With whatever else before it,
/// `next` is only a word.
fn next_colon(
    text: &str,
    words: &[Word],
    within: &Range<usize>,
    today: Day,
) -> Option<(usize, Option<Day>)> {
    let first = words.get(within.start).filter(|_| !within.is_empty())?;
    if first.folded != "next" {
        return None;
    }
    let start = within.start;
    let mut near = start..within.end.min(start + 7);
    let at = near.find(|at| words.get(*at).is_some_and(|word| word.end != Break::None));
    let at = at.filter(|at| has_colon(text, words, *at))?;
    let is_step = at == start + 1 && words.get(at).is_some_and(|word| word.folded == "step");
    if at == start || is_step {
        return Some((at, None));
    }
    // `next fri` is the first Friday after today, as `fri` is; `next year` is no day.
    let is_weekday = words.get(start + 1).is_some_and(|word| is_weekday(&word.folded));
    let starts = [start + 1].into_iter().chain(is_weekday.then_some(start));
    starts.into_iter().find_map(|from| {
        let found = date_at(words, from, today, Direction::Future)?;
        (from + found.count == at + 1).then_some((at, Some(found.day)))
    })
}

fn next(
    text: &str,
    words: &[Word],
    after: Range<usize>,
    span: Span,
    today: Day,
    spelled: Option<Day>,
) -> Part {
    if spelled.is_none() {
        let (text, day) = without_day(text, words, after, span, today);
        return Part::Next { text, day };
    }
    let start = words.get(after.start).map_or(span.end, |word| word.span.start);
    let said = text.get(start.min(span.end)..span.end).unwrap_or("");
    Part::Next { text: trimmed(said), day: spelled }
}

/// The text of the words in `within`, and the day by which: `by fri` anywhere, any day at the end. The words of the day
/// are cut out.
pub fn without_day(
    text: &str,
    words: &[Word],
    within: Range<usize>,
    span: Span,
    today: Day,
) -> (String, Option<Day>) {
    let start = words.get(within.start).map_or(span.end, |word| word.span.start);
    let whole = Span::new(start.max(span.start), span.end);
    let days = within.clone().filter_map(|at| {
        let found = date_at(words.get(..within.end)?, at, today, Direction::Future)?;
        let before = at.checked_sub(1).filter(|at| within.contains(at));
        let before = before.and_then(|at| words.get(at)).map_or("", |word| word.folded.as_str());
        let is_by = matches!(before, "by" | "until" | "till");
        let is_bare = found.count == 1 && words.get(at).is_some_and(|word| word.folded.len() < 5);
        let is_last = at + found.count == within.end && (!is_bare || at > within.start + 1);
        let is_other =
            matches!(before, "before" | "after" | "since" | "from" | "of" | "about" | "for");
        let counts = found.day >= today && at > within.start && (is_by || (is_last && !is_other));
        let from = if is_by { at - 1 } else { at };
        counts.then_some((from, at + found.count, found.day))
    });
    let Some((from, to, day)) = days.max_by_key(|(from, to, _)| (usize::MAX - from, *to)) else {
        return (trimmed(whole.of(text)), None);
    };
    let cut_from = words.get(from).map_or(whole.end, |word| word.span.start);
    let cut_to = words.get(to - 1).map_or(cut_from, |word| word.span.end);
    let before = text.get(whole.start..cut_from).unwrap_or("").trim_end();
    let after = text.get(cut_to..whole.end).unwrap_or("").trim_start();
    let space = if after.starts_with([',', '.', ';', ':', '!', '?', ')']) { "" } else { " " };
    (trimmed(&format!("{before}{space}{after}")), Some(day))
}

/// Without the signs that end a part of a sentence.
fn trimmed(text: &str) -> String {
    text.trim().trim_end_matches([';', ',', '.']).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use crate::features::capture::promise::{Part, part};
    use crate::features::capture::words::words;
    use crate::features::sample::day;
    use crate::text::span::Span;

    /// On Saturday, 21 November 2026.
    fn check(text: &str, expected: &str) {
        let words = words(text);
        let span = Span::new(0, text.len());
        let shown = match part(text, &words, 0..words.len(), span, day("2026-11-21"), false) {
            Part::Text => "text".to_owned(),
            Part::NoNext => "no next".to_owned(),
            Part::Next { text, day } => {
                format!("next {text}{}", day.map_or(String::new(), |day| format!(" on {day}")))
            }
            Part::Promise { text, is_theirs, due } => {
                let whose = if is_theirs { "theirs" } else { "mine" };
                format!("{whose} {text}{}", due.map_or(String::new(), |day| format!(" by {day}")))
            }
        };
        assert_eq!(shown, expected, "{text:?}");
    }

    #[test]
    fn promises_are_known_by_how_they_begin() {
        check(
            "send her the kiln article by friday",
            "mine send her the kiln article by 2026-11-27",
        );
        check("I'll call on 3 Dec.", "mine call by 2026-12-03");
        check("I will ask by monday for her class", "mine ask for her class by 2026-11-23");
        check("remind me to thank Rita", "mine thank Rita");
        check("I promised her the book", "mine her the book");
        check(
            "he will send me the photos tomorrow",
            "theirs he will send me the photos by 2026-11-22",
        );
        check("waiting: her photos", "theirs her photos");
        check("Bo owes me a book", "theirs Bo owes me a book");
        check("she'll move to Porto", "text");
        check("call before friday", "mine call before friday");
        check("ask about yesterday", "mine ask about yesterday");
        check("loved it", "text");
        check("send", "mine send");
    }

    #[test]
    fn the_next_step_is_known_by_its_word() {
        check("next: ask how it went", "next ask how it went");
        check("next fri: ask", "next ask on 2026-11-27");
        check("next: call in 2 weeks", "next call on 2026-12-05");
        check("next in 2 weeks: call", "next call on 2026-12-05");
        check("next step: call", "next call");
        check("no next", "no next");
        check("nothing next.", "no next");
        check("next time we climb", "text");
    }
}
