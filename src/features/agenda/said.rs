//! What an answer says: by the character in the box, and by the words that were typed.
//!
//! Always true here: only what is understood wholly counts. Everything else is the text of what happened, where
//! something did, or is left as it is.

use crate::features::agenda::file::{boxed, column};
use crate::features::agenda::record::without_marker;
use crate::features::agenda::wording::takes_yes;
use crate::features::log::is_list_item;
use crate::features::rest::days_of;
use crate::note::task::{self, DateField};
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use crate::text::day_range::DayRange;
use crate::text::span::Span;
use crate::text::when::{Direction, impossible_prefix, parse};

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
    /// Tasks and items of lists among it, each with its indent relative to the leftmost.
    pub below: Vec<String>,
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

/// What the box and the lines typed with it say on the agenda of `day`, where the line itself reads `line`: a plan is
/// answered by `yes` and `no` too.
pub fn said_to(line: &str, status: char, typed: &[String], day: Day) -> Said {
    if !takes_yes(line) {
        return said(status, typed, day);
    }
    let typed = typed.iter().flat_map(|line| answer_of_question(line)).collect::<Vec<_>>();
    said(status, &typed, day)
}

/// The sign for the box of a line that `words` answer by themselves, other than a tick: `later 2w`, `tried`, `archive`.
pub fn sign_of(words: &str, day: Day) -> Option<char> {
    let said = said(' ', &[words.to_owned()], day);
    match said.verdict {
        Some(Verdict::Later(_)) => Some('>'),
        Some(Verdict::Skip) => Some('-'),
        Some(Verdict::Tried) => Some('/'),
        None if said.archive => Some('-'),
        _ => None,
    }
}

/// `yes, she came` is `done` and `she came`.
fn answer_of_question(line: &str) -> Vec<String> {
    let (word, rest) = first_word(without_marker(line));
    let verdict = match word.to_lowercase().as_str() {
        "yes" => "done",
        "no" => "skip",
        _ => return vec![line.to_owned()],
    };
    let text = rest.trim_start_matches([',', ':', '.', '!']).trim();
    if !text.is_empty() && !rest.starts_with([',', ':', '.', '!']) {
        return vec![line.to_owned()];
    }
    let text = Some(text.to_owned()).filter(|text| !text.is_empty());
    std::iter::once(verdict.to_owned()).chain(text).collect()
}

/// What the box and the lines typed with it say on the agenda of `day`.
pub fn said(status: char, typed: &[String], day: Day) -> Said {
    let tapped = match status {
        ' ' => None,
        'x' | 'X' | '✓' | '✔' => Some(Verdict::Done),
        '/' => Some(Verdict::Tried),
        '>' => Some(Verdict::Later(None)),
        '-' => Some(Verdict::Skip),
        _ => Some(Verdict::Unclear),
    };
    let verdicts = tapped.into_iter().collect();
    let (said, items_from, in_code) = (Said::default(), None, false);
    let mut reader = Reader { status, day, said, verdicts, items_from, in_code };
    typed.iter().for_each(|line| reader.read(line));
    let Reader { mut said, mut verdicts, .. } = reader;
    if let [Verdict::Skip, Verdict::Later(Some(_)), ..] = verdicts.as_slice() {
        // `[-]` and `2w` below it: not for two weeks.
        verdicts.remove(0);
    }
    said.verdict = united(&verdicts);
    if said.archive {
        said.verdict = match said.verdict {
            // Put away is more than left out once.
            Some(Verdict::Skip) | None if said.next.is_none() => None,
            Some(verdict @ (Verdict::Done | Verdict::Tried)) if said.next.is_none() => {
                Some(verdict)
            }
            // Whoever is put away comes up neither later nor for a next step.
            _ => Some(Verdict::Unclear),
        };
    }
    let by_box = verdicts.len() == 1 && said.verdict == Some(Verdict::Later(None));
    if status == '>' && by_box && !said.text.is_empty() {
        // A time that was not understood is not one rhythm.
        said.verdict = Some(Verdict::Unclear);
    }
    let first = said.below.iter().map(|line| column(line)).min().unwrap_or(0);
    said.below.iter_mut().for_each(|line| drop(line.drain(..first)));
    said
}

struct Reader {
    status: char,
    day: Day,
    said: Said,
    verdicts: Vec<Verdict>,
    // The column of the last item of a list that is no text of its own.
    items_from: Option<usize>,
    // Whether the last line was one of fenced code, which says nothing.
    in_code: bool,
}

impl Reader {
    fn read(&mut self, line: &str) {
        let is_fence = line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        let is_code = is_fence || self.in_code;
        self.in_code = self.in_code != is_fence;
        if is_code || self.items_from.is_some_and(|from| column(line) > from) {
            return self.said.below.push(line.trim_end().to_owned());
        }
        let (ticked, piece) = without_ticks(without_marker(line));
        let time = piece.strip_prefix("until ").unwrap_or(&piece);
        let when = parse(time, self.day, Direction::Future).ok();
        let command = command(&piece, self.day);
        let is_time = matches!(self.status, '>' | '-') && when.is_some();
        let is_text = command.is_none() && !piece.is_empty() && !is_time;
        if is_text && self.is_item(line) {
            self.items_from = Some(column(line));
            return self.said.below.push(line.trim_end().to_owned());
        }
        self.said.on = self.said.on.or(ticked);
        match command {
            _ if piece.is_empty() => {}
            Some(Command::Verdict(verdict)) => self.verdicts.push(verdict),
            Some(Command::Tried(text)) => {
                self.verdicts.push(Verdict::Tried);
                self.said.text.push(text);
            }
            Some(Command::Archive) => self.said.archive = true,
            Some(Command::Next(on, text)) => self.said.next = Some((on, text)),
            None if !is_text => self.verdicts.push(Verdict::Later(when)),
            None => {
                let figures = piece.get(..10).unwrap_or("");
                self.verdicts.extend(is_impossible(figures).then_some(Verdict::Unclear));
                self.said.on = self.said.on.or(Day::parse(figures));
                self.said.text.push(piece);
            }
        }
    }

    /// Whether a line of text is an item of its own. The first one is only the text where it is no task: editors begin
    /// every new line like the one before it. `- [ ] call: …` is none either.
    fn is_item(&self, line: &str) -> bool {
        let is_first = self.said.text.is_empty() && self.said.below.is_empty();
        let is_task = boxed(line.trim_start()).is_some();
        let is_told = || {
            let (word, rest) = first_word(without_marker(line));
            rest.starts_with(": ") && Vocabulary::default().kind(word).is_some()
        };
        is_list_item(line) && !(is_first && (!is_task || is_told()))
    }
}

/// The day on which a plugin ticked a line, and the line without such dates; other fields of a task stay.
fn without_ticks(line: &str) -> (Option<Day>, String) {
    let fields = task::read(line, Span::new(0, line.len()));
    let ticked = fields.date(DateField::Done).or(fields.date(DateField::Cancelled));
    let is_tick = |field| matches!(field, DateField::Done | DateField::Cancelled);
    let mut rest = line.to_owned();
    let mut ticks = fields.dates.iter().filter(|date| is_tick(date.field)).collect::<Vec<_>>();
    ticks.sort_by_key(|date| date.span.start);
    for date in ticks.into_iter().rev() {
        rest.replace_range(date.span.start..date.span.end, "");
    }
    (ticked, rest.trim().to_owned())
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
    let whole = rest.trim();
    // A full stop after a word alone, as phones set it.
    let rest = if matches!(whole, "." | "!") { "" } else { whole };
    match word.to_lowercase().as_str() {
        "done" if rest.is_empty() => Some(Command::Verdict(Verdict::Done)),
        "skip" | "excused" if rest.is_empty() => Some(Command::Verdict(Verdict::Skip)),
        "archive" if rest.is_empty() => Some(Command::Archive),
        "later" if rest.is_empty() => Some(Command::Verdict(Verdict::Later(None))),
        "later" => {
            let when = rest.strip_prefix("until ").or(rest.strip_prefix("till ")).unwrap_or(rest);
            match parse(when, day, Direction::Future) {
                Ok(until) => Some(Command::Verdict(Verdict::Later(Some(until)))),
                Err(_) => is_impossible(when).then_some(Command::Verdict(Verdict::Unclear)),
            }
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
        when if is_impossible(when) => return Some(Command::Verdict(Verdict::Unclear)),
        // `next week: …`
        when => {
            let next = || parse(&format!("next {when}"), day, Direction::Future);
            Some(parse(when, day, Direction::Future).or_else(|_| next()).ok()?)
        }
    };
    (!text.is_empty()).then(|| Command::Next(on, text.to_owned()))
}

/// Whether `when` is a date that no calendar has, and nothing else.
fn is_impossible(when: &str) -> bool {
    impossible_prefix(when).is_some_and(|end| when.get(end..).is_some_and(is_stop))
}

/// Whether nothing but punctuation is there.
fn is_stop(rest: &str) -> bool {
    rest.trim_matches(['.', '!', ' ']).is_empty()
}

/// The letters at the start, and the rest.
pub fn first_word(piece: &str) -> (&str, &str) {
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
        let is_command = command(tail, far).is_some() || rest(tail, far).is_some();
        !tail.contains(':') && tail != "done" && is_command
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
    use crate::features::agenda::said::{command_at_end, rest, said, sign_of};
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
    fn words_that_answer_by_themselves_have_a_sign() {
        let signs = ["later 2w", "skip", "tried: no answer", "archive", "done", "next: ask", "tea"];
        let signs = signs.map(|words| sign_of(words, day("2026-11-21")).unwrap_or(' '));
        assert_eq!(signs, ['>', '-', '/', '-', ' ', ' ', ' ']);
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
                ('-', "2w"),
                ('-', "until fri"),
                ('>', "until fri"),
                ('-', "she is busy"),
                (' ', "skip"),
                ('/', ""),
                (' ', "tried: no answer"),
                ('/', "left a message"),
                (' ', "archive"),
                ('-', "archive"),
                ('x', "archive / call: goodbye"),
                ('>', "archive"),
                (' ', "later 2w / archive"),
                (' ', "next: ask / archive"),
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
                [-] 2w: Some(Later(Some(Day(2026-12-05))))
                [-] until fri: Some(Later(Some(Day(2026-11-27))))
                [>] until fri: Some(Later(Some(Day(2026-11-27))))
                [-] she is busy: Some(Skip) ["she is busy"]
                [ ] skip: Some(Skip)
                [/] : Some(Tried)
                [ ] tried: no answer: Some(Tried) ["no answer"]
                [/] left a message: Some(Tried) ["left a message"]
                [ ] archive: None archive
                [-] archive: None archive
                [x] archive / call: goodbye: Some(Done) archive ["call: goodbye"]
                [>] archive: Some(Unclear) archive
                [ ] later 2w / archive: Some(Unclear) archive
                [ ] next: ask / archive: Some(Unclear) archive next None "ask"
                [ ] next: ask about the move: None next None "ask about the move"
                [x] next fri: ask about the move / met: tea: Some(Done) next Some(Day(2026-11-27)) "ask about the move" ["met: tea"]
                [x] ✅ 2026-11-22: Some(Done) on 2026-11-22
                [x] 2026-11-22 call: late: Some(Done) on 2026-11-22 ["2026-11-22 call: late"]
                [!] : Some(Unclear)
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
