//! All findings of a book: in each note, in the links between notes, and what cannot be on the day.

use crate::note::path::NotePath;
use crate::people::book::Book;
use crate::people::contact::{Contact, Relation};
use crate::people::field::Field;
use crate::people::interaction::Interaction;
use crate::people::kind::Meaning;
use crate::people::link_ref::LinkRef;
use crate::people::names::Resolution;
use crate::text::day::Day;
use crate::text::diagnostic::{Code, Finding};
use crate::text::partial_date::{LooseDate, PartialDate};
use crate::text::span::Span;
use crate::text::suggest::Slips;
use std::cell::OnceCell;

/// Everything that is noticed in `book` on `day`, in path order, then in the order of the file.
pub fn findings(book: &Book, day: Day) -> Vec<(NotePath, Finding)> {
    let mut findings =
        book.findings().map(|(path, finding)| (path.clone(), finding.clone())).collect::<Vec<_>>();
    findings.extend(link_findings(book));
    findings.extend(future_findings(book, day));
    findings.sort_by(|a, b| (&a.0, a.1.span).cmp(&(&b.0, b.1.span)));
    findings
}

/// Links in relations, in log heads and to the partners of a habit that lead nowhere, to several, or back to the note itself.
pub fn link_findings(book: &Book) -> Vec<(NotePath, Finding)> {
    // Names are only arranged for suggestions where some link leads nowhere.
    let slips = OnceCell::new();
    let near = |name: &str| {
        let slips = slips.get_or_init(|| Slips::new(book.written_names()));
        slips.one_away(name).map(str::to_owned)
    };
    let broken = |(path, link): (&NotePath, &LinkRef)| {
        let finding = link_finding(book, link, near)?;
        Some((path.clone(), finding))
    };
    let mut findings = book.links_to_people().filter_map(broken).collect::<Vec<_>>();
    for (id, contact) in book.contacts() {
        let own =
            contact.relations.iter().filter(|tie| book.linked(&tie.to.target.note) == Some(id));
        let message = |kind: &str| format!("{} is named as their own {kind}", contact.name);
        let finding = |tie: &Relation| {
            Finding::new(Code::RelatedToSelf, tie.to.span, message(&tie.kind))
                .help("link the other person, or take the line away")
        };
        findings.extend(own.map(|tie| (contact.path.clone(), finding(tie))));
    }
    findings
}

fn link_finding(
    book: &Book,
    link: &LinkRef,
    near: impl Fn(&str) -> Option<String>,
) -> Option<Finding> {
    let name = link.target.note.as_str();
    match book.resolve(name) {
        Resolution::One(_) => None,
        Resolution::Nobody if name.is_empty() => None,
        Resolution::Nobody => {
            let finding =
                Finding::new(Code::BrokenLink, link.span, format!("no note is called `{name}`"));
            Some(match near(name) {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding.help("make the note with `ties add`, or mend the link"),
            })
        }
        Resolution::Several(notes) => {
            let paths =
                notes.iter().filter_map(|note| book.paths().get(*note)).map(NotePath::identity);
            let message = format!("`{name}` could mean {}", paths.collect::<Vec<_>>().join(" or "));
            Some(
                Finding::new(Code::AmbiguousLink, link.span, message)
                    .help("write the path in the link"),
            )
        }
    }
}

/// What in `book` cannot be on `day`: dates of the past that lie ahead, log entries ahead that are no plans, and ticks
/// of a habit ahead. In path order, then in the order of the file.
pub fn future_findings(book: &Book, day: Day) -> Vec<(NotePath, Finding)> {
    let mut findings = Vec::new();
    for (_, contact) in book.contacts() {
        let dates = past_dates(contact)
            .into_iter()
            .filter(|(_, date, _)| date.earliest().is_some_and(|date| date > day));
        let dates = dates.map(|(field, date, span)| future_date(field, date, span));
        let entries = contact.log.iter().filter(|entry| is_too_early(entry, day)).map(no_plan);
        findings.extend(dates.chain(entries).map(|finding| (contact.path.clone(), finding)));
    }
    for journal in book.journals() {
        let entries =
            journal.lines.iter().filter(|line| line.day != journal.day && is_too_early(line, day));
        findings.extend(entries.map(|entry| (journal.path.clone(), no_plan(entry))));
    }
    for habit in book.habits() {
        let entries = habit.entries.iter().filter(|entry| entry.day > day);
        let findings_of = entries.map(|entry| {
            future_entry(entry.day, entry.span).help("write it when the day is there")
        });
        findings.extend(findings_of.map(|finding| (habit.path.clone(), finding)));
    }
    findings.sort_by(|a, b| (&a.0, a.1.span).cmp(&(&b.0, b.1.span)));
    findings
}

fn past_dates(contact: &Contact) -> Vec<(Field, LooseDate, Span)> {
    let date = |field: Field| match field {
        Field::LastContact => contact.last_contact,
        Field::Created => {
            contact.created.map(|day| LooseDate { date: PartialDate::Full(day), estimated: false })
        }
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

fn no_plan(entry: &Interaction) -> Finding {
    future_entry(entry.day, entry.span).help(format!("a plan is written `- {} plan: …`", entry.day))
}

fn future_entry(day: Day, entry: Span) -> Finding {
    let message = format!("this entry is on {day}, which is still ahead");
    Finding::new(Code::FutureEntry, entry, message)
}
