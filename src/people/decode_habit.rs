//! From a document to a habit (section 6 of the format).

use crate::note::document::Document;
use crate::note::entry;
use crate::note::front_matter::Entry;
use crate::note::markdown::Item;
use crate::note::path::NotePath;
use crate::people::body::entry_day;
use crate::people::body_section::{
    HeadingEntry, Section, Under, first_paragraph, heading_entries, sections,
};
use crate::people::excerpt::{content_of, plain};
use crate::people::field::Field;
use crate::people::habit::{Grace, Habit, HabitEntry, Schedule};
use crate::people::header::Header;
use crate::people::value;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::{WEEKDAYS, Weekday};
use crate::text::diagnostic::{Code, Finding};
use crate::text::fold::fold;
use crate::text::partial_date::LooseDate;
use crate::text::span::Span;

/// The habit that `document` tells of.
pub fn habit(
    path: &NotePath,
    document: &Document<'_>,
    header: &Header<'_>,
    vocabulary: &Vocabulary,
    findings: &mut Vec<Finding>,
) -> Habit {
    let heading = document.markdown.title();
    let named = header.get(Field::Habit, value::text, findings).or(header.get(
        Field::Name,
        value::text,
        findings,
    ));
    let named = named.or_else(|| heading.map(|heading| heading.text.clone()));
    Habit {
        path: path.clone(),
        identity: path.identity(),
        name: named.unwrap_or_else(|| path.stem().to_owned()),
        schedule: schedule(header, findings),
        after: header.get(Field::After, value::text, findings),
        with: header.links(Field::With),
        recovery: header.get(Field::Recovery, value::text, findings),
        grace: grace(header, findings),
        done_by: header.get(Field::DoneBy, value::text, findings),
        report: header.get(Field::Report, value::text, findings),
        created: header.get(Field::Created, value::date, findings).and_then(LooseDate::earliest),
        paused: header.get(Field::Paused, value::flag, findings).unwrap_or(false)
            || header.get(Field::Archived, value::flag, findings).unwrap_or(false),
        entries: entries(document, vocabulary, findings),
    }
}

fn schedule(header: &Header<'_>, findings: &mut Vec<Finding>) -> Schedule {
    let Some(written) = header.get(Field::Schedule, days_or_text, findings) else {
        return Schedule::Daily;
    };
    parse_schedule(&written).unwrap_or_else(|| {
        let span =
            header.entry(Field::Schedule).map_or_else(Span::default, |entry| entry.value.span);
        let finding =
            Finding::new(Code::UnknownSchedule, span, format!("`{written}` is not a schedule"));
        findings.push(
            finding.help("write `daily`, `weekdays`, `mon wed fri`, `3 per week` or `monthly`"),
        );
        Schedule::Daily
    })
}

/// A text, or the days of a list (`[mon, wed]`) as one.
fn days_or_text(entry: &Entry, findings: &mut Vec<Finding>) -> Option<String> {
    Some(value::texts(entry, findings).join(" ")).filter(|text| !text.is_empty())
}

/// Reads a schedule: `daily`, `weekdays`, `weekends`, `weekly`, `monthly`, days of the week, `3 per week`.
pub fn parse_schedule(text: &str) -> Option<Schedule> {
    let text = fold(text);
    match text.as_str() {
        "daily" | "every day" => return Some(Schedule::Daily),
        "weekdays" => return Some(Schedule::On(WEEKDAYS[..5].to_vec())),
        "weekends" | "weekend" => return Some(Schedule::On(WEEKDAYS[5..].to_vec())),
        "weekly" => return Some(Schedule::TimesPerWeek(1)),
        "monthly" => return Some(Schedule::TimesPerMonth(1)),
        _ => {}
    }
    if let Some((count, per_month)) = parse_times(&text) {
        return match per_month {
            false if count <= 7 => Some(Schedule::TimesPerWeek(count)),
            true if count <= 31 => Some(Schedule::TimesPerMonth(count)),
            _ => None,
        };
    }
    let words = text.split([' ', ',', '/', '+']).filter(|word| !word.is_empty() && *word != "and");
    let days = words.map(weekdays).collect::<Option<Vec<_>>>()?;
    let mut days = days.concat();
    days.sort_unstable();
    days.dedup();
    (!days.is_empty()).then_some(Schedule::On(days))
}

/// The days of the week that a word means: `mon`, or `mon-fri` with all between them.
fn weekdays(word: &str) -> Option<Vec<Weekday>> {
    let Some((first, last)) = word.split_once(['-', '–']) else {
        return weekday(word).map(|day| vec![day]);
    };
    let place = |word: &str| weekday(word).map(|day| day.number() as usize);
    let (first, last) = (place(first)?, place(last)?);
    let days = WEEKDAYS.iter().cycle().skip(first);
    Some(days.take((last + 7 - first) % 7 + 1).copied().collect())
}

/// The day of the week that an English word means: in full, or at least its first three letters.
fn weekday(word: &str) -> Option<Weekday> {
    let word = word.trim_end_matches('s');
    let name = |day: &&Weekday| day.name().to_lowercase().starts_with(word);
    (word.len() >= 3).then(|| WEEKDAYS.iter().find(name).copied()).flatten()
}

/// `3 per week`, `3x a month`, `twice a week`: how many, and whether in a month.
fn parse_times(text: &str) -> Option<(u32, bool)> {
    let words = text.split([' ', '/']).filter(|word| !word.is_empty()).collect::<Vec<_>>();
    let (count, unit) = match words.as_slice() {
        [count, "per" | "a" | "times", unit]
        | [count, unit]
        | [count, "times", "per" | "a", unit] => (*count, *unit),
        _ => return None,
    };
    let count = match count.trim_end_matches('x') {
        "once" => 1,
        "twice" => 2,
        digits => digits.parse().ok().filter(|count| *count > 0)?,
    };
    match unit {
        "week" => Some((count, false)),
        "month" => Some((count, true)),
        _ => None,
    }
}

fn grace(header: &Header<'_>, findings: &mut Vec<Finding>) -> Option<Grace> {
    let written = header.get(Field::Grace, value::text, findings)?;
    let grace = parse_grace(&written);
    if !is_grace(&written) {
        let span = header.entry(Field::Grace).map_or_else(Span::default, |entry| entry.value.span);
        let finding = Finding::new(Code::BadGrace, span, format!("`{written}` is not a grace"));
        findings.push(finding.help("write `1 per week` or `2 per month`"));
    }
    grace
}

/// Whether a text says what is forgiven, or that nothing is (`none`).
pub fn is_grace(text: &str) -> bool {
    fold(text) == "none" || parse_grace(text).is_some()
}

/// Reads a grace: `1 per week`, `twice a month`.
pub fn parse_grace(text: &str) -> Option<Grace> {
    parse_times(&fold(text)).map(|(count, per_month)| Grace { count, per_month })
}

fn entries(
    document: &Document<'_>,
    vocabulary: &Vocabulary,
    findings: &mut Vec<Finding>,
) -> Vec<HabitEntry> {
    let sections = sections(document, vocabulary);
    let mut entries = of_headings(document, &sections, findings);
    let has_headings = !entries.is_empty();
    let items = document.markdown.items.iter().filter(|item| item.parent.is_none() && !item.quoted);
    for item in items {
        let under = item.heading.and_then(|at| sections.get(at));
        // What stands below a tick that is a heading tells more of it.
        if under.is_some_and(|under| under.section == Some(Section::Log) && !under.is_told) {
            entries.extend(of_item(document, item, findings));
        }
    }
    if has_headings {
        entries.sort_by_key(|entry| entry.span.start);
    }
    entries
}

/// `### 2026-11-20 in the rain` below the heading of the log, with the words that follow it.
fn of_headings(
    document: &Document<'_>,
    sections: &[Under],
    findings: &mut Vec<Finding>,
) -> Vec<HabitEntry> {
    let text = document.text;
    let entry = |found: HeadingEntry| {
        let day = entry_day(&found.head, findings)?;
        let said = found.head.opening.without_kind(text).text.of(text);
        let more = first_paragraph(found.following, text);
        // A kind of entry stands in the heading and its words below it: `excused: ill` in one line.
        let joint = if fold(said) == "excused" && !more.is_empty() { ": " } else { " " };
        let said = plain(&[said, more].join(joint));
        let excused = fold(&said).starts_with("excused");
        let line = document.lines.line(found.whole.start);
        Some(HabitEntry { day, excused, text: said, line, span: found.whole })
    };
    heading_entries(document, sections).into_iter().filter_map(entry).collect()
}

fn of_item(
    document: &Document<'_>,
    item: &Item,
    findings: &mut Vec<Finding>,
) -> Option<HabitEntry> {
    let content = content_of(item, document.text);
    if item.task.is_some_and(|task| !matches!(task.status, 'x' | 'X' | '-')) {
        // An open box is no tick.
        return None;
    }
    let Some(head) = entry::head(document.text, content) else {
        if !content.of(document.text).trim().is_empty() {
            let message = "an entry of the log does not begin with a date";
            let finding = Finding::new(Code::UndatedEntry, content, message);
            findings.push(finding.help("start it like `- 2026-11-21`"));
        }
        return None;
    };
    let day = entry_day(&head, findings)?;
    let text = plain(head.opening.without_kind(document.text).text.of(document.text));
    let excused =
        fold(&text).starts_with("excused") || item.task.is_some_and(|task| task.status == '-');
    let line = document.lines.line(item.span.start);
    Some(HabitEntry { day, excused, text, line, span: item.span })
}

#[cfg(test)]
mod tests {
    use crate::people::decode_habit::parse_schedule;

    fn check(text: &str, expected: &str) {
        let shown = parse_schedule(text)
            .map_or_else(|| "unknown".to_owned(), |schedule| format!("{schedule:?}"));
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn schedules_are_read_as_people_write_them() {
        check("daily", "Daily");
        check("Weekdays", "On([Monday, Tuesday, Wednesday, Thursday, Friday])");
        check("mon wed fri", "On([Monday, Wednesday, Friday])");
        check("Sundays", "On([Sunday])");
        check("tue, thursday", "On([Tuesday, Thursday])");
        check("mon-wed", "On([Monday, Tuesday, Wednesday])");
        check("sat – tue", "unknown");
        check("Sat–Mon, thu", "On([Monday, Thursday, Saturday, Sunday])");
        check("mon-", "unknown");
        check("3 per week", "TimesPerWeek(3)");
        check("twice a month", "TimesPerMonth(2)");
        check("3x/week", "TimesPerWeek(3)");
        check("weekly", "TimesPerWeek(1)");
        check("monthly", "TimesPerMonth(1)");
        check("8 per week", "unknown");
        check("0 per week", "unknown");
        check("t", "unknown");
        check("now and then", "unknown");
        check("", "unknown");
    }
}
