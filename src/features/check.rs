//! Findings that depend on the day: what lies in the future and cannot.

use crate::note::path::NotePath;
use crate::people::book::Book;
use crate::people::contact::Contact;
use crate::people::field::Field;
use crate::people::interaction::Interaction;
use crate::people::kind::Meaning;
use crate::text::day::Day;
use crate::text::diagnostic::{Code, Finding};
use crate::text::partial_date::LooseDate;
use crate::text::span::Span;

/// What in `book` cannot be on `day`: dates of the past that lie ahead, and log entries ahead that are no plans. In
/// path order, then in the order of the file.
pub fn future_findings(book: &Book, day: Day) -> Vec<(NotePath, Finding)> {
    let mut findings = Vec::new();
    for (_, contact) in book.contacts() {
        let dates = past_dates(contact)
            .into_iter()
            .filter(|(_, date, _)| date.earliest().is_some_and(|date| date > day));
        let dates = dates.map(|(field, date, span)| future_date(field, date, span));
        let entries = contact.log.iter().filter(|entry| is_too_early(entry, day)).map(future_entry);
        findings.extend(dates.chain(entries).map(|finding| (contact.path.clone(), finding)));
    }
    for journal in book.journals() {
        let entries =
            journal.lines.iter().filter(|line| line.day != journal.day && is_too_early(line, day));
        findings.extend(entries.map(|entry| (journal.path.clone(), future_entry(entry))));
    }
    findings.sort_by(|a, b| (&a.0, a.1.span).cmp(&(&b.0, b.1.span)));
    findings
}

fn past_dates(contact: &Contact) -> Vec<(Field, LooseDate, Span)> {
    let date = |field: Field| match field {
        Field::LastContact => contact.last_contact,
        Field::Birthday => contact.birthday,
        Field::Anniversary => contact.anniversary,
        Field::Died => contact.died.and_then(|death| death.date),
        _ => None,
    };
    contact
        .date_spans
        .iter()
        .filter_map(|(field, span)| date(*field).map(|date| (*field, date, *span)))
        .collect()
}

fn future_date(field: Field, date: LooseDate, span: Span) -> Finding {
    Finding::new(
        Code::FutureDate,
        span,
        format!("`{}` is {date}, which is still ahead", field.key()),
    )
    .help("mend the year")
}

fn is_too_early(entry: &Interaction, day: Day) -> bool {
    entry.day > day && entry.meaning != Meaning::Plan
}

fn future_entry(entry: &Interaction) -> Finding {
    let head = Span::new(entry.span.start, entry.span.start);
    Finding::new(
        Code::FutureEntry,
        head,
        format!("this entry is on {}, which is still ahead", entry.day),
    )
    .help(format!("a plan is written `- {} plan: …`", entry.day))
}
