//! All findings of a book: in each note, in the links between notes, and what cannot be on the day.

use crate::note::path::NotePath;
use crate::people::book::{Book, ContactId, Role};
use crate::people::brief::Brief;
use crate::people::contact::{Contact, NamedTie, Relation};
use crate::people::field::Field;
use crate::people::gist::NoteKind;
use crate::people::interaction::Interaction;
use crate::people::kind::Meaning;
use crate::people::link_ref::LinkRef;
use crate::people::names::{NoteNumber, Resolution};
use crate::people::note::{Kind, Note};
use crate::text::day::Day;
use crate::text::diagnostic::{Code, Finding};
use crate::text::fold::fold;
use crate::text::partial_date::{LooseDate, PartialDate};
use crate::text::span::Span;
use crate::text::suggest::Slips;
use std::cell::OnceCell;
use std::collections::HashMap;

/// Everything that is noticed in `book` on `day`, in path order, then in the order of the file.
pub fn findings(book: &Book, day: Day) -> Vec<(NotePath, Finding)> {
    let mut findings =
        book.findings().map(|(path, finding)| (path.clone(), finding.clone())).collect::<Vec<_>>();
    findings.extend(link_findings(book));
    findings.extend(future_findings(book, day));
    findings.sort_by(|a, b| (&a.0, a.1.span).cmp(&(&b.0, b.1.span)));
    findings
}

/// Links in relations, in log heads and to the partners of a habit that lead nowhere, to several, or back to the note
/// itself; in path order.
pub fn link_findings(book: &Book) -> Vec<(NotePath, Finding)> {
    // Names are only arranged for suggestions where some link leads nowhere.
    let (slips, first_words) = (OnceCell::new(), OnceCell::new());
    let near = |name: &str| {
        let slips = slips.get_or_init(|| Slips::new(book.written_names()));
        let first_words = first_words.get_or_init(|| first_words_of(book));
        let whole = first_words.get(&fold(name)).copied().flatten();
        slips.one_away(name).or(whole).map(str::to_owned)
    };
    let mut findings = Vec::new();
    for number in doubtful_notes(book) {
        let note = book.note(number);
        let broken = links(note).filter_map(|link| link_finding(book, link, near));
        let own = ties_to_self(book, number, note);
        let own = own.into_iter().chain(unlinked_ties(book, note));
        findings.extend(broken.chain(own).map(|finding| (note.path.clone(), finding)));
    }
    findings
}

/// Each first name, folded, with the whole name; `None` where several begin so.
fn first_words_of(book: &Book) -> HashMap<String, Option<&str>> {
    let mut names: HashMap<String, Option<&str>> = HashMap::new();
    for name in book.written_names() {
        let first = name.split(' ').next().unwrap_or(name);
        names.entry(fold(first)).and_modify(|whole| *whole = None).or_insert(Some(name));
    }
    names
}

/// The notes in which a link may be broken. The note of a person is left out where its links have become as many
/// touches and ties of other people as it has links: then each of them leads to somebody.
fn doubtful_notes(book: &Book) -> Vec<NoteNumber> {
    let heads = resolved_heads(book);
    let is_doubtful = |(number, kind): (NoteNumber, &NoteKind)| {
        let brief = book.contact_of(number).map(|id| (id, book.brief(id)));
        let doubtful = match (kind, brief) {
            (NoteKind::Contact, Some((id, brief))) => {
                let ties = book.ties(id).filter(|tie| tie.stated).count();
                heads.get(number) != Some(&brief.head_links) || ties != brief.relations as usize
            }
            (kind, _) => matches!(kind, NoteKind::Journal { .. } | NoteKind::Habit),
        };
        doubtful.then_some(number)
    };
    book.kinds().iter().enumerate().filter_map(is_doubtful).collect()
}

/// For each note, how many people its log or journal names as having been there.
fn resolved_heads(book: &Book) -> Vec<u32> {
    let mut heads = vec![0; book.paths().len()];
    for touch in book.people().flat_map(|id| book.touches(id)) {
        if touch.role == Role::Head
            && let Some(count) = heads.get_mut(touch.note as usize)
        {
            *count += 1;
        }
    }
    heads
}

/// The links that say who was there, who somebody is to somebody, or who a partner is.
fn links(note: &Note) -> impl Iterator<Item = &LinkRef> {
    let heads = note.interactions().iter().flat_map(|entry| &entry.with);
    let (relations, partners): (&[Relation], &[LinkRef]) = match &note.kind {
        Kind::Contact(contact) => (&contact.relations, &[]),
        Kind::Habit(habit) => (&[], &habit.with),
        Kind::Journal(_) | Kind::Inbox(_) | Kind::Other => (&[], &[]),
    };
    heads.chain(relations.iter().map(|tie| &tie.to)).chain(partners)
}

fn ties_to_self(book: &Book, number: NoteNumber, note: &Note) -> Vec<Finding> {
    let (Kind::Contact(contact), Some(id)) = (&note.kind, book.contact_of(number)) else {
        return Vec::new();
    };
    let own = contact.relations.iter().filter(|tie| book.linked(&tie.to.target.note) == Some(id));
    let message = |kind: &str| format!("{} is named as their own {kind}", contact.name);
    let finding = |tie: &Relation| {
        Finding::new(Code::RelatedToSelf, tie.to.span, message(&tie.kind))
            .help("link the other person, or take the line away")
    };
    own.map(finding).collect()
}

/// Those whom a tie names as they are called and does not link: nobody is tied by that.
fn unlinked_ties(book: &Book, note: &Note) -> Vec<Finding> {
    let Kind::Contact(contact) = &note.kind else { return Vec::new() };
    let known = contact.named_ties.iter().filter(|tie| book.linked(&tie.name).is_some());
    let finding = |tie: &NamedTie| {
        let message = format!("`{}` has a note and is not linked, so nobody is tied", tie.name);
        let help = format!("write `{}: \"[[{}]]\"`", tie.kind, tie.name);
        Finding::new(Code::WrongShape, tie.span, message).help(help)
    };
    known.map(finding).collect()
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
    let may_lie_ahead =
        |(_, brief): &(ContactId, &Brief)| brief.latest.is_some_and(|last| last > day);
    for (id, _) in book.everyone().filter(may_lie_ahead) {
        let contact = book.contact(id);
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

#[cfg(test)]
mod tests {
    use crate::features::check::{
        future_findings, link_finding, link_findings, links, ties_to_self,
    };
    use crate::features::sample::{book, day};
    use crate::note::path::NotePath;
    use crate::people::book::Book;
    use crate::text::diagnostic::Finding;
    use proptest::prelude::*;

    /// From every note.
    fn all_link_findings(book: &Book) -> Vec<(NotePath, Finding)> {
        let of = |number| {
            let note = book.note(number);
            let broken = links(note).filter_map(|link| link_finding(book, link, |_| None));
            broken
                .chain(ties_to_self(book, number, note))
                .map(|finding| (note.path.clone(), finding))
        };
        (0..book.paths().len()).flat_map(|number| of(number).collect::<Vec<_>>()).collect()
    }

    #[test]
    fn a_link_to_a_first_name_tells_of_the_one_who_bears_it() {
        let book = book(&[
            ("people/joao-faria.md", "---\nname: João Faria\n---\n"),
            ("people/ana.md", "---\nname: Ana Lima\n---\n"),
            ("people/ana2.md", "---\nname: Ana Costa\nsister: [\"[[João]]\", \"[[Anna]]\"]\n---\n"),
        ]);
        let helps = link_findings(&book).into_iter().map(|(_, finding)| finding.help);
        let helps = helps.flatten().collect::<Vec<_>>();
        assert_eq!(
            helps,
            ["did you mean `João Faria`?", "make the note with `ties add`, or mend the link"]
        );
    }

    fn note() -> impl Strategy<Value = String> {
        let link = prop::sample::select(vec![
            "Ann",
            "Bo",
            "Cy",
            "Dee",
            "people/bo",
            "walk",
            "Nobody",
            "ann",
        ]);
        let line =
            (0u32..4, link.clone(), link.clone()).prop_map(|(kind, one, other)| match kind {
                0 => format!("- 2026-10-12 met [[{one}]] [[{other}]]: tea"),
                1 => format!("- 2026-10-12 call: about [[{one}]]"),
                2 => format!("- 2027-01-02 call [[{one}]]"),
                _ => format!("- 2027-01-02 plan [[{one}]]"),
            });
        let keys = prop::collection::vec(
            (prop::sample::select(vec!["sister", "friend", "partner"]), link),
            0..2,
        );
        let keys = keys.prop_map(|keys| {
            keys.iter().map(|(key, link)| format!("{key}: \"[[{link}]]\"\n")).collect::<String>()
        });
        (keys, prop::collection::vec(line, 0..3), prop::bool::ANY).prop_map(
            |(keys, lines, born)| {
                let born = if born { "birthday: 2027-05\n" } else { "" };
                format!("---\n{keys}{born}---\n## Log\n{}\n", lines.join("\n"))
            },
        )
    }

    proptest! {
        #[test]
        fn digests_leave_out_no_note_with_a_broken_link_or_a_day_ahead(
            people in prop::collection::vec(note(), 4),
            journal in note(),
        ) {
            let names = ["Ann", "Bo", "Cy", "Dee"].iter().zip(&people);
            let named = |(name, text): (&&str, &String)| (format!("people/{}.md", name.to_lowercase()), text.replacen("---\n", &format!("---\nname: {name}\n"), 1));
            let mut notes = names.map(named).collect::<Vec<_>>();
            notes.push(("journal/2026-10-12.md".to_owned(), journal));
            notes.push(("habits/walk.md".to_owned(), "---\nhabit: Walk\nwith: [\"[[Zed]]\"]\n---\n".to_owned()));
            let notes = notes.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>();
            let book = book(&notes);
            let places = |findings: Vec<(NotePath, Finding)>| {
                let places = findings.into_iter().map(|(path, finding)| (path, finding.span, finding.message));
                let mut places = places.collect::<Vec<_>>();
                places.sort();
                places
            };
            prop_assert_eq!(places(link_findings(&book)), places(all_link_findings(&book)));
            let ahead = |contact: &str| contact.contains("birthday: 2027") || contact.contains("2027-01-02 call");
            let told = future_findings(&book, day("2026-11-21"));
            let told = |path: &str| told.iter().any(|(other, _)| other.as_str() == path);
            for (path, text) in notes.iter().filter(|(path, _)| path.starts_with("people")) {
                prop_assert_eq!(told(path), ahead(text), "{}", text);
            }
        }
    }
}
