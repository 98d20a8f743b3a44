//! What an answer says: by the character in the box, and by the words that were typed.
//!
//! Always true here: only what is understood wholly counts. Everything else is the text of what happened, where
//! something did, or is left as it is.

use crate::features::agenda::record::without_marker;
use crate::features::rest::days_of;
use crate::note::task::{self, DateField};
use crate::text::day::Day;
use crate::text::day_range::DayRange;
use crate::text::span::Span;
use crate::text::when::{Direction, parse};

/// What an answer says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// What became of it.
    pub verdict: Option<Verdict>,
    /// `archive`: put them away.
    pub archive: bool,
    /// `next: …`: a new next step, perhaps with its day.
    pub next: Option<(Option<Day>, String)>,
    /// What was typed beside that, line by line.
    pub text: Vec<String>,
    /// The day that it says it happened on, whichever that is.
    pub on: Option<Day>,
}

/// What became of a line of the agenda.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Done.
    Done,
    /// Tried without an answer.
    Tried,
    /// Not now, but on this day, or after one rhythm.
    Later(Option<Day>),
    /// Not this time.
    Skip,
    /// It says two things at once.
    Unclear,
}

/// What the box and the pieces typed beside it say on the agenda of `day`.
pub fn said(status: char, typed: &[String], day: Day) -> Said {
    let mut said = Said::default();
    let tapped = match status {
        'x' | 'X' => Some(Verdict::Done),
        '/' => Some(Verdict::Tried),
        '>' => Some(Verdict::Later(None)),
        '-' => Some(Verdict::Skip),
        _ => None,
    };
    let mut verdicts = tapped.into_iter().collect::<Vec<_>>();
    for piece in typed {
        read_piece(without_marker(piece), status, day, &mut said, &mut verdicts);
    }
    said.verdict = united(&verdicts);
    if said.archive && said.verdict == Some(Verdict::Skip) {
        // Put away is more than left out once.
        said.verdict = None;
    }
    if status == '>' && said.verdict == Some(Verdict::Later(None)) && !said.text.is_empty() {
        // A time that was not understood is not one rhythm.
        said.verdict = Some(Verdict::Unclear);
    }
    said
}

fn read_piece(piece: &str, status: char, day: Day, said: &mut Said, verdicts: &mut Vec<Verdict>) {
    let fields = task::read(piece, Span::new(0, piece.len()));
    let ticked = fields.date(DateField::Done).or(fields.date(DateField::Cancelled));
    said.on = said.on.or(ticked);
    let piece = if fields.dates.is_empty() { piece.trim() } else { fields.text.trim() };
    let when = || parse(piece, day, Direction::Future).ok();
    match command(piece, day) {
        _ if piece.is_empty() => {}
        Some(Command::Verdict(verdict)) => verdicts.push(verdict),
        Some(Command::Tried(text)) => {
            verdicts.push(Verdict::Tried);
            said.text.push(text);
        }
        Some(Command::Archive) => said.archive = true,
        Some(Command::Next(on, text)) => said.next = Some((on, text)),
        None if status == '>' && when().is_some() => verdicts.push(Verdict::Later(when())),
        None => {
            said.on = said.on.or(piece.get(..10).and_then(Day::parse));
            said.text.push(piece.to_owned());
        }
    }
}

/// One verdict of several that agree; putting off to a day is more than putting off.
fn united(verdicts: &[Verdict]) -> Option<Verdict> {
    let mut all = verdicts.iter().copied();
    let first = all.next()?;
    Some(all.fold(first, |one, other| match (one, other) {
        (one, other) if one == other => one,
        (Verdict::Later(None), Verdict::Later(day))
        | (Verdict::Later(day), Verdict::Later(None)) => Verdict::Later(day),
        _ => Verdict::Unclear,
    }))
}

enum Command {
    Verdict(Verdict),
    Tried(String),
    Archive,
    Next(Option<Day>, String),
}

fn command(piece: &str, day: Day) -> Option<Command> {
    let (word, rest) = first_word(piece);
    let rest = rest.trim();
    match word.to_lowercase().as_str() {
        "done" if rest.is_empty() => Some(Command::Verdict(Verdict::Done)),
        "skip" | "excused" if rest.is_empty() => Some(Command::Verdict(Verdict::Skip)),
        "archive" if rest.is_empty() => Some(Command::Archive),
        "later" if rest.is_empty() => Some(Command::Verdict(Verdict::Later(None))),
        "later" => {
            let until = parse(rest, day, Direction::Future).ok()?;
            Some(Command::Verdict(Verdict::Later(Some(until))))
        }
        "tried" if rest.is_empty() => Some(Command::Verdict(Verdict::Tried)),
        "tried" => {
            let text = rest.strip_prefix([':', ','])?.trim();
            Some(Command::Tried(text.to_owned())).filter(|_| !text.is_empty())
        }
        "next" => next(rest, day),
        _ => None,
    }
}

/// `: ask about the move` and `fri: ask about the move`.
fn next(rest: &str, day: Day) -> Option<Command> {
    let (when, text) = rest.split_once(':')?;
    let text = text.trim();
    let on = match when.trim() {
        "" => None,
        when => Some(parse(when, day, Direction::Future).ok()?),
    };
    (!text.is_empty()).then(|| Command::Next(on, text.to_owned()))
}

fn first_word(piece: &str) -> (&str, &str) {
    let end = piece.find(|character: char| !character.is_alphabetic()).unwrap_or(piece.len());
    piece.split_at(end)
}

/// Where a command or a date of the Tasks plugin at the end of a line begins that `ties` did not write as it stands;
/// the end of the line where there is none.
pub fn command_at_end(line: &str) -> usize {
    let fields = task::read(line, Span::new(0, line.len()));
    let fields_start = fields.dates.iter().map(|date| date.span.start).min();
    let line = line.get(..fields_start.unwrap_or(line.len())).unwrap_or(line).trim_end();
    let spaces = line.rmatch_indices(' ').map(|(at, _)| at).take(MOST_WORDS);
    let far = Day::first();
    let starts = spaces.filter(|at| {
        let tail = line.get(at + 1..).unwrap_or("");
        // A line may well end with `done`; and to say that there is the box.
        !tail.contains(':') && tail != "done" && command(tail, far).is_some()
    });
    starts.min().unwrap_or(line.len())
}

/// No command that can stand at the end of a line is longer.
const MOST_WORDS: usize = 6;

/// `rest 3w`, `rest until 5 january`, `rest 2026-12-20..2027-01-05`, alone on its line: days away, from `day` on.
pub fn rest(line: &str, day: Day) -> Option<DayRange> {
    let line = line.trim().trim_start_matches(['-', '*', '+']).trim();
    let (word, days) = first_word(line);
    let is_rest = word.eq_ignore_ascii_case("rest") && !days.trim().is_empty();
    is_rest.then(|| days_of(days, day).ok()).flatten()
}

/// `text` without `day` at its start: the entry says the day anyway.
pub fn without_day(text: &str, day: Day) -> &str {
    let rest = text.strip_prefix(&day.to_string());
    rest.map_or(text, |rest| rest.trim_start_matches([':', ' ']))
}

#[cfg(test)]
mod tests {
    use crate::features::agenda::said::{command_at_end, rest, said};
    use crate::features::sample::day;
    use expect_test::{Expect, expect};
    use std::fmt::Write;

    /// Answers on the agenda of Saturday, 21 November 2026; typed pieces are divided by ` / `.
    fn check(answers: &[(char, &str)], expected: &Expect) {
        let mut shown = String::new();
        for (status, typed) in answers {
            let pieces = typed.split(" / ").map(str::to_owned).collect::<Vec<_>>();
            let said = said(*status, &pieces, day("2026-11-21"));
            let _ = write!(shown, "[{status}] {typed}: {:?}", said.verdict);
            let on = said.on.map(|on| format!(" on {on}"));
            let archive = said.archive.then(|| " archive".to_owned());
            let next = said.next.map(|(on, text)| format!(" next {on:?} {text:?}"));
            let text = (!said.text.is_empty()).then(|| format!(" {:?}", said.text));
            shown.extend([on, archive, next, text].into_iter().flatten());
            shown.push('\n');
        }
        expected.assert_eq(&shown);
    }

    #[test]
    fn a_tap_and_a_word_say_the_same() {
        check(
            &[
                ('x', ""),
                ('X', "call: she is well / and more"),
                (' ', "done"),
                ('>', ""),
                ('>', "2w"),
                (' ', "later"),
                (' ', "Later next fri"),
                ('-', ""),
                (' ', "skip"),
                ('/', ""),
                (' ', "tried: no answer"),
                ('/', "left a message"),
                (' ', "archive"),
                (' ', "next: ask about the move"),
                ('x', "next fri: ask about the move / met: tea"),
                ('x', "✅ 2026-11-22"),
                ('x', "2026-11-22 call: late"),
                ('!', ""),
            ],
            &expect![[r#"
                [x] : Some(Done)
                [X] call: she is well / and more: Some(Done) ["call: she is well", "and more"]
                [ ] done: Some(Done)
                [>] : Some(Later(None))
                [>] 2w: Some(Later(Some(Day(2026-12-05))))
                [ ] later: Some(Later(None))
                [ ] Later next fri: Some(Later(Some(Day(2026-11-27))))
                [-] : Some(Skip)
                [ ] skip: Some(Skip)
                [/] : Some(Tried)
                [ ] tried: no answer: Some(Tried) ["no answer"]
                [/] left a message: Some(Tried) ["left a message"]
                [ ] archive: None archive
                [ ] next: ask about the move: None next None "ask about the move"
                [x] next fri: ask about the move / met: tea: Some(Done) next Some(Day(2026-11-27)) "ask about the move" ["met: tea"]
                [x] ✅ 2026-11-22: Some(Done) on 2026-11-22
                [x] 2026-11-22 call: late: Some(Done) on 2026-11-22 ["2026-11-22 call: late"]
                [!] : None
            "#]],
        );
    }

    #[test]
    fn what_is_not_understood_wholly_is_text() {
        check(
            &[
                (' ', "later this year maybe"),
                (' ', "skipped lunch"),
                (' ', "next time"),
                (' ', "next: "),
                ('>', "when she is back"),
                (' ', "done with it"),
                ('x', "skip"),
                ('x', "later 2w"),
                ('/', "done"),
            ],
            &expect![[r#"
                [ ] later this year maybe: None ["later this year maybe"]
                [ ] skipped lunch: None ["skipped lunch"]
                [ ] next time: None ["next time"]
                [ ] next: : None ["next:"]
                [>] when she is back: Some(Unclear) ["when she is back"]
                [ ] done with it: None ["done with it"]
                [x] skip: Some(Unclear)
                [x] later 2w: Some(Unclear)
                [/] done: Some(Unclear)
            "#]],
        );
    }

    #[test]
    fn rest_is_said_with_its_end() {
        let check = |line: &str, expected: &str| {
            let range = rest(line, day("2026-11-21"));
            assert_eq!(range.map_or("-".to_owned(), |range| range.to_string()), expected, "{line}");
        };
        check("rest 3w", "2026-11-21..2026-12-11");
        check("- Rest 1 month", "2026-11-21..2026-12-20");
        check("rest until 2027-01-05", "2026-11-21..2027-01-05");
        check("rest 2026-12-20..2027-01-05", "2026-12-20..2027-01-05");
        for none in ["rest", "rest well", "restful 3w", "the rest 3w", "rest 3w please"] {
            check(none, "-");
        }
    }

    #[test]
    fn a_command_at_the_end_of_a_changed_line_is_found() {
        let check = |line: &str, typed: &str| {
            assert_eq!(line.get(command_at_end(line)..).unwrap().trim(), typed);
        };
        check("[[a]] my friend later 2 weeks", "later 2 weeks");
        check("[[a]] skip", "skip");
        check("[[a]] · growth ✅ 2026-11-22", "✅ 2026-11-22");
        check("[[a]] skip ✅ 2026-11-22", "skip ✅ 2026-11-22");
        check("[[a]] the work is to be done", "");
        check("[[a]] nothing", "");
    }
}
