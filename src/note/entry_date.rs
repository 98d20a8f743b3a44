//! The date at the start of a line, in the forms that people's logs have.
//!
//! ISO first; English dates, partial dates and ranges too. A number that could be something else counts as a date
//! only before a separator: `2026: a good year` has a date, `2026 was good` has none.

use crate::note::link;
use crate::text::day::{Day, MONTHS, WEEKDAYS};
use crate::text::partial_date::{LooseDate, NotADate, PartialDate, Spelling, month_of};
use crate::text::span::Span;

/// A date as it stands at the start of a line. Offsets are those of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenDate {
    /// The date itself: without brackets, emphasis and time; of a range from the first to the last day.
    pub span: Span,
    /// What it says.
    pub when: Result<EntryDate, NotADate>,
    /// The time after it, `14:30`, where there is one.
    pub time: Option<Span>,
    /// After the brackets around the date.
    pub end: usize,
    /// How many emphasis characters (`*`, `_`) stand before the date: as many close it, here or later.
    pub marks: usize,
    /// Whether it counts only before a separator.
    pub needs_separator: bool,
}

/// The day or days of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryDate {
    /// The day, or the first day of a range.
    pub first: LooseDate,
    /// The last day of a range.
    pub last: Option<LooseDate>,
    /// How it is spelled.
    pub spelling: Spelling,
}

impl EntryDate {
    /// The day, where it is one whole day or a range (then its first day); `None` for partial and estimated dates.
    pub fn day(self) -> Option<Day> {
        match self.first.date {
            PartialDate::Full(day) if !self.first.estimated => Some(day),
            _ => None,
        }
    }
}

/// The date with which `line` begins: `2026-10-12`, `**2026-10-12**`, `[2026-10-12]`, `[[2026-10-12]]` (the link to a
/// daily note), `~2026-10`, `Feb 3, 2026`, `2026-12-01..2026-12-05`; also one that is not in the calendar or that
/// could be read two ways, as an error.
pub fn date_at_start(line: &str) -> Option<WrittenDate> {
    if let Some(date) = plain_day(line) {
        return Some(date);
    }
    let marks = line.bytes().take(3).take_while(|byte| b"*_".contains(byte)).count();
    let rest = line.get(marks..)?;
    if rest.starts_with("[[") {
        return linked_date(line, marks);
    }
    let bracket = rest.chars().next().filter(|first| matches!(first, '[' | '('));
    let start = marks + usize::from(bracket.is_some());
    let token = token(line.get(start..)?)?;
    let mut date = WrittenDate {
        span: Span::new(start, start + token.length),
        when: token.when.map(|(first, spelling)| EntryDate { first, last: None, spelling }),
        time: None,
        end: start + token.length,
        marks,
        needs_separator: token.partial && bracket.is_none(),
    };
    date.read_range(line);
    date.read_time(line);
    date.read_weekday(line, bracket.is_some());
    match bracket {
        Some(bracket) => date.closed(line, bracket),
        None => Some(date),
    }
}

/// Whether the text goes on after a date or word: a letter or digit, or a hyphen before one.
pub fn goes_on(rest: &str) -> bool {
    let mut characters = rest.chars();
    match characters.next() {
        Some('-' | '_' | '/') => characters.next().is_some_and(char::is_alphanumeric),
        Some(first) => first.is_alphanumeric(),
        None => false,
    }
}

/// An ISO day that nothing else belongs to, as nearly every entry has it, without a detour.
fn plain_day(line: &str) -> Option<WrittenDate> {
    let after = line.as_bytes().get(10..).filter(|after| ends_day(after))?;
    let end = line.len() - after.len();
    let written = line.get(..end).filter(|written| !written.starts_with(NO_YEAR_WRITTEN))?;
    let day = Day::parse(written)?;
    let first = LooseDate { date: PartialDate::Full(day), estimated: false };
    Some(WrittenDate {
        span: Span::new(0, end),
        when: Ok(EntryDate { first, last: None, spelling: Spelling::Iso }),
        time: None,
        end,
        marks: 0,
        needs_separator: false,
    })
}

/// Whether what follows a day is beyond doubt no time, weekday or end of a range: the end of the line, a colon, or a
/// space and a link, a dash or dot, or a word.
fn ends_day(after: &[u8]) -> bool {
    match after {
        // The two last bytes are `·`; below it is `—` before what is no number.
        [] | [b':', ..] | [b' ', b'[', ..] | [b' ', 0xc2, 0xb7, ..] => true,
        [b' ', 0xe2, 0x80, 0x94, b' ', next, ..] => !next.is_ascii_digit(),
        [b' ', word @ ..] if word.first().is_some_and(u8::is_ascii_alphabetic) => {
            !matches!(word, [b't' | b'T', ..]) && !begins_like_weekday(word)
        }
        _ => false,
    }
}

fn begins_like_weekday(word: &[u8]) -> bool {
    let Some(start) = word.first_chunk::<3>() else { return false };
    let start = start.map(|letter| letter.to_ascii_lowercase());
    matches!(&start, b"mon" | b"tue" | b"wed" | b"thu" | b"fri" | b"sat" | b"sun")
}

fn linked_date(line: &str, marks: usize) -> Option<WrittenDate> {
    let found =
        link::links(line.get(marks..)?).next().filter(|link| link.wiki && link.span.start == 0)?;
    let stem = found.target.note.rsplit('/').next()?;
    let first = LooseDate { date: PartialDate::Full(Day::parse(stem)?), estimated: false };
    let start = marks + found.span.of(line.get(marks..)?).find(stem)?;
    let end = marks + found.span.end;
    Some(WrittenDate {
        span: Span::new(start, start + stem.len()),
        when: Ok(EntryDate { first, last: None, spelling: Spelling::Iso }),
        time: None,
        end,
        marks,
        needs_separator: false,
    })
}

impl WrittenDate {
    fn rest<'a>(&self, line: &'a str) -> &'a str {
        line.get(self.end..).unwrap_or("")
    }

    /// `..2026-12-05`, `…`, ` – `, ` to ` and the like before another whole ISO date.
    fn read_range(&mut self, line: &str) {
        let rest = self.rest(line);
        let signs = rest.strip_prefix(' ').unwrap_or(rest).as_bytes();
        // A look at one byte, for most dates are followed by a word or a colon.
        if !matches!(signs, [b'.' | b'/' | b'-' | b't' | 0x80.., ..]) {
            return;
        }
        let last = ["...", "..", "…", " – ", " — ", "–", " - ", " to ", "/"]
            .iter()
            .find_map(|between| rest.strip_prefix(between))
            .filter(|last| iso_day_length(last).is_some());
        let (Some(last), Ok(when)) = (last, &mut self.when) else { return };
        let start = line.len() - last.len();
        match LooseDate::parse(last.get(..10).unwrap_or("")) {
            Ok((date, _)) => when.last = Some(date),
            Err(reason) => self.when = Err(reason),
        }
        self.end = start + 10;
        self.span.end = self.end;
    }

    /// `T14:30:00Z`, ` 14:30`, `, 2:30 pm`.
    fn read_time(&mut self, line: &str) {
        let rest = self.rest(line);
        let clock = rest.trim_start_matches(['T', 't', ' ', ',']);
        let length = time_length(clock);
        if let Some(length) = length.filter(|_| clock.len() < rest.len()) {
            let start = line.len() - clock.len();
            self.time = Some(Span::new(start, start + length));
            self.end = start + length;
        }
    }

    /// ` (Mon)`; ` Mon` only in brackets or before a separator, for it may be a word of the text.
    fn read_weekday(&mut self, line: &str, bracketed: bool) {
        let rest = self.rest(line);
        let inner = rest.trim_start_matches([' ', ',']);
        let word_start = inner.strip_prefix('(').unwrap_or(inner);
        let name = word_start.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let after = word_start.get(name.len()..).unwrap_or("").trim_start_matches('.');
        let after =
            if word_start.len() < inner.len() { after.strip_prefix(')') } else { Some(after) };
        let free = word_start.len() < inner.len()
            || after.is_some_and(|after| after.starts_with([':', ',', '—', '–', '·', '|', '*']))
            || after.is_some_and(|after| after.starts_with(" —") || after.starts_with(" –"))
            || bracketed;
        if let Some(after) = after.filter(|_| free && inner.len() < rest.len() && is_weekday(name))
        {
            self.end = line.len() - after.len();
        }
    }

    /// After the bracket that closes the one before the date; of a Markdown link after its destination.
    fn closed(mut self, line: &str, bracket: char) -> Option<WrittenDate> {
        let close = if bracket == '[' { ']' } else { ')' };
        let rest = self.rest(line).trim_start().strip_prefix(close)?;
        let after = match rest.strip_prefix('(').filter(|_| bracket == '[') {
            Some(destination) => destination.split_once(')').map_or("", |(_, after)| after),
            None => rest,
        };
        self.end = line.len() - after.len();
        Some(self)
    }
}

struct Token {
    length: usize,
    when: Result<(LooseDate, Spelling), NotADate>,
    partial: bool,
}

fn token(rest: &str) -> Option<Token> {
    numeric(rest).or_else(|| english(rest))
}

fn numeric(rest: &str) -> Option<Token> {
    let body = rest.strip_prefix('~').map_or(rest, |body| body.trim_start_matches(' '));
    let before = rest.len() - body.len();
    if let Some(length) = iso_day_length(body) {
        let length = before + length;
        return Some(Token { length, when: iso_day(rest.get(..length)?), partial: false });
    }
    let digits =
        body.bytes().take(12).take_while(|byte| byte.is_ascii_digit() || b"-./".contains(byte));
    let written = body.get(..digits.count())?.trim_end_matches(['.', '-', '/']);
    if written.is_empty() || goes_on(body.get(written.len()..)?) {
        return None;
    }
    let length = before + written.len();
    let when = LooseDate::parse(rest.get(..length)?);
    let date_like = match when {
        Ok(_) | Err(NotADate::NotInCalendar) => true,
        Err(NotADate::Ambiguous) => is_numbers_with_year(written),
        Err(NotADate::Unreadable) => false,
    };
    let partial = !is_numbers_with_year(written);
    date_like.then_some(Token { length, when, partial })
}

/// What Apple writes where there is no year.
const NO_YEAR: i32 = 1604;
const NO_YEAR_WRITTEN: &str = "1604";

/// A whole ISO date.
fn iso_day(written: &str) -> Result<(LooseDate, Spelling), NotADate> {
    match Day::parse(written).filter(|day| day.year() != NO_YEAR) {
        Some(day) => {
            Ok((LooseDate { date: PartialDate::Full(day), estimated: false }, Spelling::Iso))
        }
        None => LooseDate::parse(written),
    }
}

/// 10 where the text begins with `YYYY-MM-DD` that ends there (or has a time after a `T`).
fn iso_day_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes().get(..10)?;
    let shaped = bytes.iter().enumerate().all(|(at, byte)| match at {
        4 | 7 => *byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let after = text.get(10..).filter(|_| shaped)?;
    let timed = after.starts_with(['T', 't']) && time_length(after.get(1..)?).is_some();
    let ranged = after.strip_prefix('/').is_some_and(|last| iso_day_length(last).is_some());
    (timed || ranged || !goes_on(after)).then_some(10)
}

/// `03/04/2026`, `3.4.2026`, `2026/04/03`.
fn is_numbers_with_year(written: &str) -> bool {
    let parts = written.split(['/', '.', '-']).collect::<Vec<_>>();
    parts.len() == 3 && parts.iter().any(|part| part.len() == 4)
}

/// `Feb 3, 2026`, `3 Feb 2026`, `February 3rd`, `Sept 2025`.
fn english(rest: &str) -> Option<Token> {
    let words = rest.split(' ').take(2);
    let mut names = words.map(|word| word.trim_end_matches(|c: char| !c.is_alphanumeric()));
    if !names.any(|name| begins_like_month(name) && month_of(name).is_some()) {
        return None;
    }
    [3, 2].into_iter().find_map(|count| english_of_words(rest, count))
}

/// A look at three letters, for most lines begin with no month.
fn begins_like_month(name: &str) -> bool {
    let start = name.get(..3).filter(|_| name.len() <= 9);
    start.is_some_and(|start| {
        MONTHS
            .iter()
            .any(|month| month.get(..3).is_some_and(|month| month.eq_ignore_ascii_case(start)))
    })
}

fn english_of_words(rest: &str, count: usize) -> Option<Token> {
    let end = rest.match_indices(' ').nth(count - 1).map_or(rest.len(), |(at, _)| at);
    let written = rest.get(..end)?.trim_end_matches(|c: char| !c.is_alphanumeric());
    let when = LooseDate::parse(written);
    let partial = !when.is_ok_and(|(date, _)| matches!(date.date, PartialDate::Full(_)));
    let date_like = matches!(when, Ok(_) | Err(NotADate::NotInCalendar));
    date_like.then_some(Token { length: written.len(), when, partial })
}

/// The length of a time at the start of the text: `14:30`, `9:05:00Z`, `2:30 pm`, `14:30-15:00`.
fn time_length(text: &str) -> Option<usize> {
    let hours = text.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let minutes = text.get(hours..)?.strip_prefix(':')?;
    let two_digits = minutes.bytes().take(3).take_while(u8::is_ascii_digit).count() == 2;
    if !(1..=2).contains(&hours) || !two_digits {
        return None;
    }
    let mut rest = minutes.get(2..)?;
    for tail in [":00", "Z", "am", "pm", " am", " pm", "AM", "PM", " AM", " PM"] {
        rest = rest.strip_prefix(tail).filter(|after| !goes_on(after)).unwrap_or(rest);
    }
    let fraction =
        rest.bytes().take(24).take_while(|byte| byte.is_ascii_digit() || b":.+Z".contains(byte));
    let fraction = fraction.count();
    let fraction = rest.get(..fraction)?.trim_end_matches([':', '.']).len();
    rest = rest.get(fraction..)?;
    let until = rest.strip_prefix(['-', '–']).and_then(|last| Some((last, time_length(last)?)));
    let end = until.map_or(rest.len(), |(last, length)| last.len() - length);
    Some(text.len() - end)
}

fn is_weekday(name: &str) -> bool {
    name.len() >= 3
        && WEEKDAYS.iter().any(|weekday| {
            let full = weekday.name();
            full.eq_ignore_ascii_case(name)
                || full.get(..3).is_some_and(|short| short.eq_ignore_ascii_case(name))
        })
}
