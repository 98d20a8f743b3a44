//! Values of front matter keys as the domain means them. What cannot be read is a finding, never an error.

use crate::note::front_matter::Entry;
use crate::note::yaml::{Node, Style, Value};
use crate::people::cadence::Cadence;
use crate::people::contact::Labelled;
use crate::text::byte_scan::trimmed;
use crate::text::day::Day;
use crate::text::diagnostic::{Code, Finding};
use crate::text::edit::Edit;
use crate::text::partial_date::{LooseDate, NotADate, PartialDate, Spelling};
use crate::text::period::Period;
use crate::text::suggest::nearest;

/// One text; a list of one counts as its item. Nothing for an empty value; a finding for anything else.
pub fn text(entry: &Entry, findings: &mut Vec<Finding>) -> Option<String> {
    match &entry.value.value {
        Value::Scalar(text, _) => filled(text),
        Value::Null => None,
        Value::List(items) => match items.as_slice() {
            [] => None,
            [one] => scalar(one).or_else(|| wrong_shape(entry, "one text", findings)),
            _ => wrong_shape(entry, "one text", findings),
        },
        Value::Map(_) => wrong_shape(entry, "one text", findings),
    }
}

/// Texts; a single one may stand alone, empty items are passed over.
pub fn texts(entry: &Entry, findings: &mut Vec<Finding>) -> Vec<String> {
    match &entry.value.value {
        Value::Scalar(text, _) => filled(text).into_iter().collect(),
        Value::Null => Vec::new(),
        Value::List(items) => {
            if items.iter().any(|item| matches!(item.value, Value::Map(_) | Value::List(_))) {
                wrong_shape(entry, "a list of texts", findings);
            }
            items.iter().filter_map(scalar).collect()
        }
        Value::Map(_) => {
            wrong_shape(entry, "a text or a list of texts", findings).into_iter().collect()
        }
    }
}

/// Tags: like texts, but one text may hold several between commas or spaces, and a `#` in front does not count.
pub fn tags(entry: &Entry, findings: &mut Vec<Finding>) -> Vec<String> {
    let written = texts(entry, findings);
    let parts = written.iter().flat_map(|text| text.split([',', ' ']));
    parts
        .map(|tag| tag.trim_start_matches('#'))
        .filter(|tag| !tag.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Texts with an optional label in parentheses at the end.
pub fn labelled(entry: &Entry, findings: &mut Vec<Finding>) -> Vec<Labelled> {
    match &entry.value.value {
        Value::Scalar(text, _) => filled(text).map(split_label).into_iter().collect(),
        _ => texts(entry, findings).into_iter().map(split_label).collect(),
    }
}

fn split_label(text: String) -> Labelled {
    let split = text.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    match split {
        Some((value, label)) if !value.trim().is_empty() && !label.trim().is_empty() => {
            Labelled { value: value.trim().to_owned(), label: Some(label.trim().to_owned()) }
        }
        _ => Labelled { value: text, label: None },
    }
}

/// A date, perhaps partial or estimated.
pub fn date(entry: &Entry, findings: &mut Vec<Finding>) -> Option<LooseDate> {
    let written = text(entry, findings)?;
    match LooseDate::parse(&written) {
        Ok((date, Spelling::Iso)) => Some(date),
        Ok((date, Spelling::Readable)) => {
            let message = format!("`{written}` is not written as a date of the format");
            let finding = Finding::new(Code::LooseDate, entry.value.span, message)
                .help(format!("write `{date}`"));
            // A time is the person's: only they can say that it does not matter.
            findings.push(match written.contains(':') {
                true => finding,
                false => finding.fix(Edit::replace(entry.value.span, date.to_string())),
            });
            Some(date)
        }
        Err(reason) => {
            findings.push(not_a_date(&written, reason, entry));
            None
        }
    }
}

fn not_a_date(written: &str, reason: NotADate, entry: &Entry) -> Finding {
    let span = entry.value.span;
    match reason {
        NotADate::Ambiguous => {
            let message = format!("which number of `{written}` is the day is never guessed");
            Finding::new(Code::AmbiguousDate, span, message)
                .help("write the year first: `2026-11-21`")
        }
        NotADate::NotInCalendar => {
            Finding::new(Code::BadDate, span, format!("`{written}` is not in the calendar"))
                .help("mend the day or the month; years run from 1800 to 2200")
        }
        NotADate::Unreadable => {
            let help = "dates look like `2026-11-21`, `2026-11`, `2026` or `--11-21`; a guess starts with `~`";
            Finding::new(Code::BadDate, span, format!("`{written}` is not a date")).help(help)
        }
    }
}

/// A whole date.
pub fn day(entry: &Entry, findings: &mut Vec<Finding>) -> Option<Day> {
    match date(entry, findings)?.date {
        PartialDate::Full(day) => Some(day),
        _ => {
            let message = format!("`{}` needs a whole date", entry.key);
            findings.push(
                Finding::new(Code::BadDate, entry.value.span, message)
                    .help("write it like `2026-11-21`"),
            );
            None
        }
    }
}

/// `true` or `false`; also the other words that YAML 1.1 had for them.
pub fn flag(entry: &Entry, findings: &mut Vec<Finding>) -> Option<bool> {
    let written = text(entry, findings)?;
    match written.to_lowercase().as_str() {
        "true" | "yes" | "on" => Some(true),
        "false" | "no" | "off" => Some(false),
        _ => {
            let message = format!("`{written}` is neither true nor false");
            findings.push(
                Finding::new(Code::BadFlag, entry.value.span, message)
                    .help("write `true` or `false`"),
            );
            None
        }
    }
}

/// A length of time.
pub fn period(entry: &Entry, findings: &mut Vec<Finding>) -> Option<Period> {
    let written = text(entry, findings)?;
    let period = Period::parse(&written);
    if period.is_none() {
        let message = format!("`{written}` is not a length of time");
        let finding = Finding::new(Code::BadPeriod, entry.value.span, message);
        findings.push(finding.help("write it like `10d`, `2w`, `3mo` or `1y`"));
    }
    period
}

/// A rhythm.
pub fn cadence(entry: &Entry, findings: &mut Vec<Finding>) -> Option<Cadence> {
    let written = text(entry, findings)?;
    let cadence = Cadence::parse(&written);
    if cadence.is_none() {
        findings.push(unknown_cadence(&written, entry));
    }
    cadence
}

fn unknown_cadence(written: &str, entry: &Entry) -> Finding {
    let finding = Finding::new(
        Code::UnknownCadence,
        entry.value.span,
        format!("`{written}` is not a rhythm"),
    );
    match nearest(written, Cadence::words()) {
        Some(word) => finding.help(format!("did you mean `{word}`?")),
        None => finding.help("write it like `weekly`, `every 3 months` or `2-3 weeks`"),
    }
}

/// A rhythm as a number of days.
pub fn days(entry: &Entry, findings: &mut Vec<Finding>) -> Option<Cadence> {
    let written = text(entry, findings)?;
    let cadence = written.parse().ok().and_then(Cadence::of_days);
    if cadence.is_none() {
        findings.push(unknown_cadence(&written, entry));
    }
    cadence
}

/// A value of any shape as one text, for searching: lists with commas, maps as `key: value`.
pub fn flattened(node: &Node) -> String {
    match &node.value {
        Value::Null => String::new(),
        Value::Scalar(text, _) => text.trim().to_owned(),
        Value::List(items) => items.iter().map(flattened).collect::<Vec<_>>().join(", "),
        Value::Map(pairs) => {
            let pairs = pairs.iter().map(|(key, value)| format!("{key}: {}", flattened(value)));
            pairs.collect::<Vec<_>>().join(", ")
        }
    }
}

/// Whether a phone number stands unquoted, so that other readers of YAML lose its plus or its zeros.
pub fn is_unquoted_phone(node: &Node) -> bool {
    let Value::Scalar(text, Style::Plain) = &node.value else { return false };
    let digits = text.strip_prefix('+').unwrap_or(text);
    let numeric = digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'_' | b'.'));
    let starts = text.starts_with('+') || text.starts_with('0');
    starts && numeric && digits.bytes().any(|byte| byte.is_ascii_digit())
}

/// The text of a scalar, trimmed; nothing where it is empty or no scalar.
pub fn scalar(node: &Node) -> Option<String> {
    match &node.value {
        Value::Scalar(text, _) => filled(text),
        _ => None,
    }
}

fn filled(text: &str) -> Option<String> {
    let text = trimmed(text);
    (!text.is_empty()).then(|| text.to_owned())
}

fn wrong_shape(entry: &Entry, wanted: &str, findings: &mut Vec<Finding>) -> Option<String> {
    let message = format!("`{}` should be {wanted}", entry.key);
    findings.push(
        Finding::new(Code::WrongShape, entry.value.span, message)
            .help("nested values are kept, but not read"),
    );
    None
}
