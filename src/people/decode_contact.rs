//! From a document to a person.

use crate::note::document::Document;
use crate::note::markdown::Heading;
use crate::note::path::NotePath;
use crate::note::yaml::Value;
use crate::people::body::Body;
use crate::people::cadence::Cadence;
use crate::people::contact::{Contact, Death, Privacy, Status};
use crate::people::field::Field;
use crate::people::header::{Header, unquoted_phones};
use crate::people::pet::each;
use crate::people::value;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use crate::text::diagnostic::{Code, Finding};
use crate::text::fold::fold;
use crate::text::partial_date::LooseDate;
use crate::text::span::Span;
use crate::text::suggest::nearest;

/// The person that `document` tells of.
pub fn contact(
    path: &NotePath,
    document: &Document<'_>,
    header: &Header<'_>,
    vocabulary: &Vocabulary,
    findings: &mut Vec<Finding>,
) -> Contact {
    let Body { log, promises, events, gifts } = Body::of_contact(document, vocabulary, findings);
    let (next, next_day) = next_step(header, findings);
    let (cadence, cadence_line) = cadence(document, header, findings);
    let mut tags = header.list(Field::Tags, value::tags, findings);
    tags.extend(document.markdown.tags.iter().map(|(tag, _)| tag.clone()));
    let phones = header.entries(Field::Phone);
    findings.extend(phones.flat_map(|entry| unquoted_phones(entry, document.text)));
    let privacy = privacy(document, header, vocabulary, findings);
    Contact {
        path: path.clone(),
        identity: path.identity(),
        name: name(path, document, header, findings),
        aliases: header.list(Field::Aliases, value::texts, findings),
        circle: circle(header, vocabulary, findings),
        groups: header.list(Field::Groups, value::texts, findings),
        tags,
        status: status(header, findings),
        archived_from: archived_from(header),
        cadence,
        cadence_line,
        last_contact: header.get(Field::LastContact, value::date, findings),
        last_contact_line: line_of(document, header, Field::LastContact),
        created: header.get(Field::Created, value::date, findings).and_then(LooseDate::earliest),
        follow_up: header.get(Field::FollowUp, value::day, findings).or(next_day),
        next,
        quiet_until: header.get(Field::QuietUntil, value::day, findings),
        paused: header.get(Field::Paused, value::flag, findings).unwrap_or(false),
        channels: header.list(Field::Channel, value::texts, findings),
        purpose: header.list(Field::Purpose, value::texts, findings),
        interests: header.list(Field::Interests, value::texts, findings),
        met: header.list(Field::Met, value::texts, findings),
        goal: header.list(Field::Goal, value::texts, findings),
        how: header.list(Field::How, value::texts, findings),
        birthday: header.get(Field::Birthday, value::date, findings),
        anniversary: header.get(Field::Anniversary, value::date, findings),
        died: died(document, header, vocabulary, findings),
        remember: header.get(Field::Remember, value::flag, findings).unwrap_or(false),
        occasion_lead: header.get(Field::OccasionLead, value::period, findings),
        relations: header.relations(vocabulary, findings),
        named_ties: header.named_ties(),
        email: header.list(Field::Email, value::labelled, findings),
        phone: header.list(Field::Phone, value::labelled, findings),
        address: header.list(Field::Address, value::labelled, findings),
        url: header.list(Field::Url, value::labelled, findings),
        organization: header.list(Field::Organization, value::labelled, findings),
        title: header.list(Field::Title, value::labelled, findings),
        location: header.list(Field::Location, value::labelled, findings),
        timezone: header.get(Field::Timezone, value::text, findings),
        pets: header
            .list(Field::Pets, value::texts, findings)
            .iter()
            .flat_map(|text| each(text))
            .collect(),
        food: header.list(Field::Food, value::texts, findings),
        pronouns: header.list(Field::Pronouns, value::texts, findings),
        private_lines: private_lines(document, &privacy),
        privacy,
        uid: header.get(Field::Uid, value::text, findings),
        date_spans: date_spans(header),
        other: other(header, vocabulary, findings),
        log,
        promises,
        events,
        gifts,
    }
}

fn date_spans(header: &Header<'_>) -> Vec<(Field, Span)> {
    let fields =
        [Field::LastContact, Field::Created, Field::Birthday, Field::Anniversary, Field::Died];
    fields
        .into_iter()
        .filter_map(|field| header.entry(field).map(|entry| (field, entry.value.span)))
        .collect()
}

fn line_of(document: &Document<'_>, header: &Header<'_>, field: Field) -> u32 {
    header.entry(field).map_or(0, |entry| document.lines.line(entry.key_span.start))
}

fn name(
    path: &NotePath,
    document: &Document<'_>,
    header: &Header<'_>,
    findings: &mut Vec<Finding>,
) -> String {
    let heading = || document.markdown.title();
    let named = header.get(Field::Name, value::text, findings);
    let named = named
        .or_else(|| heading().map(|heading| heading.text.clone()).filter(|text| !text.is_empty()));
    // A name stands on one line wherever it is written.
    named.map_or_else(|| path.stem().to_owned(), on_one_line)
}

fn on_one_line(text: String) -> String {
    let is_word = |word: &str| !word.is_empty() && !word.contains(char::is_whitespace);
    match text.split(' ').all(is_word) {
        true => text,
        false => text.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

fn circle(
    header: &Header<'_>,
    vocabulary: &Vocabulary,
    findings: &mut Vec<Finding>,
) -> Option<String> {
    if let Some(written) = header.get(Field::Circle, value::text, findings) {
        let known = vocabulary.circle(&written).map(|circle| circle.name.clone());
        if let (None, Some(entry)) = (&known, header.entry(Field::Circle)) {
            let finding = Finding::new(
                Code::UnknownCircle,
                entry.value.span,
                format!("`{written}` is not a circle"),
            );
            let names = || vocabulary.circles.iter().map(|circle| circle.name.as_str());
            findings.push(match nearest(&written, names()) {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding.help(format!(
                    "circles are {}; ties.toml can add more",
                    names().collect::<Vec<_>>().join(", ")
                )),
            });
        }
        return known;
    }
    let category = header.entry(Field::Category).and_then(|entry| value::scalar(&entry.value))?;
    vocabulary.circle(&category).map(|circle| circle.name.clone())
}

fn status(header: &Header<'_>, findings: &mut Vec<Finding>) -> Status {
    if header.get(Field::Archived, value::flag, findings) == Some(true) {
        return Status::Archived;
    }
    said_status(header, findings)
}

fn archived_from(header: &Header<'_>) -> Option<Status> {
    let archived = header.get(Field::Archived, value::flag, &mut Vec::new()) == Some(true);
    let has_status = archived && header.entry(Field::Status).is_some();
    has_status.then(|| said_status(header, &mut Vec::new()))
}

/// What the key `status` says.
fn said_status(header: &Header<'_>, findings: &mut Vec<Finding>) -> Status {
    let Some(written) = header.get(Field::Status, value::text, findings) else {
        return Status::Active;
    };
    match fold(&written).as_str() {
        "active" => Status::Active,
        "later" => Status::Later,
        "reference" => Status::Reference,
        "archived" => Status::Archived,
        _ => {
            let span =
                header.entry(Field::Status).map_or_else(Default::default, |entry| entry.value.span);
            let finding =
                Finding::new(Code::UnknownStatus, span, format!("`{written}` is not a status"));
            let near = nearest(&written, ["active", "later", "reference", "archived"]);
            findings.push(match near {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding.help("write active, later, reference or archived"),
            });
            Status::Active
        }
    }
}

fn cadence(
    document: &Document<'_>,
    header: &Header<'_>,
    findings: &mut Vec<Finding>,
) -> (Option<Cadence>, u32) {
    if let Some(cadence) = header.get(Field::Cadence, value::cadence, findings) {
        return (Some(cadence), line_of(document, header, Field::Cadence));
    }
    let interval = header.get(Field::Interval, value::days, findings);
    (interval, if interval.is_some() { line_of(document, header, Field::Interval) } else { 0 })
}

/// `next: 2026-11-25 Ask …` is both a day and a step.
fn next_step(header: &Header<'_>, findings: &mut Vec<Finding>) -> (Option<String>, Option<Day>) {
    let Some(written) = header.get(Field::Next, value::text, findings) else { return (None, None) };
    let day = written.get(..10).and_then(Day::parse);
    match (day, written.get(10..)) {
        (Some(day), Some("")) => (None, Some(day)),
        (Some(day), Some(rest)) if rest.starts_with([' ', ':', ',']) => {
            (Some(rest.trim_start_matches([' ', ':', ',']).to_owned()), Some(day))
        }
        _ => (Some(written), None),
    }
}

/// What cannot be read as a date is a finding; that they died was still said.
fn died(
    document: &Document<'_>,
    header: &Header<'_>,
    vocabulary: &Vocabulary,
    findings: &mut Vec<Finding>,
) -> Option<Death> {
    let Some(entry) = header.entry(Field::Died) else {
        return is_unread(document, vocabulary, Field::Died).then_some(Death { date: None });
    };
    let written = match &entry.value.value {
        Value::Null => None,
        Value::List(items) if items.is_empty() => None,
        Value::List(_) | Value::Map(_) => Some(String::new()),
        Value::Scalar(..) => value::scalar(&entry.value),
    };
    match written?.to_lowercase().as_str() {
        "true" | "yes" => Some(Death { date: None }),
        "false" | "no" => None,
        _ => Some(Death { date: value::date(entry, findings) }),
    }
}

/// Whether the key of `field` is there and cannot be read.
fn is_unread(document: &Document<'_>, vocabulary: &Vocabulary, field: Field) -> bool {
    let unread = document.front_matter.iter().flat_map(|front_matter| &front_matter.unread);
    let keys = unread.filter_map(|unread| unread.key.as_deref());
    keys.filter_map(|key| vocabulary.field(key)).any(|found| found == field)
}

/// Where it cannot be read what is private, everything is.
pub fn privacy(
    document: &Document<'_>,
    header: &Header<'_>,
    vocabulary: &Vocabulary,
    findings: &mut Vec<Finding>,
) -> Privacy {
    let found_before = findings.len();
    let parts = header.list(Field::Private, value::texts, findings);
    if findings.len() > found_before || is_unread(document, vocabulary, Field::Private) {
        return Privacy::Whole;
    }
    match parts.as_slice() {
        [] => Privacy::Open,
        [one] if matches!(one.to_lowercase().as_str(), "true" | "yes" | "on") => Privacy::Whole,
        [one] if matches!(one.to_lowercase().as_str(), "false" | "no" | "off") => Privacy::Open,
        _ => Privacy::Parts(parts),
    }
}

/// The lines under the headings that `privacy` names, the headings included: each stretch goes on to the next heading.
fn private_lines(document: &Document<'_>, privacy: &Privacy) -> Vec<(u32, u32)> {
    let Privacy::Parts(parts) = privacy else { return Vec::new() };
    let names = parts.iter().map(|part| part.trim_start_matches('#').trim().to_owned());
    let names = names.collect::<Vec<_>>();
    let markdown = &document.markdown;
    let under = markdown.under(|heading| Vocabulary::is_heading(&names, heading));
    let sections = markdown.headings.iter().zip(under).filter(|(heading, _)| !heading.nested);
    let sections = sections.collect::<Vec<_>>();
    let line = |place: usize| document.lines.line(place);
    let stretch = |at: usize, heading: &Heading| {
        let next = sections.get(at + 1).map(|(next, _)| line(next.span.start).saturating_sub(1));
        (line(heading.span.start), next.unwrap_or(u32::MAX))
    };
    let private = sections.iter().enumerate().filter(|(_, (_, private))| *private);
    private.map(|(at, (heading, _))| stretch(at, heading)).collect()
}

/// Keys of habits and journals: in the note of a person they are the owner's own.
const FOREIGN: &[Field] = &[
    Field::Type,
    Field::Habit,
    Field::Schedule,
    Field::After,
    Field::With,
    Field::Recovery,
    Field::Grace,
    Field::DoneBy,
    Field::Report,
    Field::Date,
    Field::People,
    Field::Contact,
];

fn other(
    header: &Header<'_>,
    vocabulary: &Vocabulary,
    findings: &mut Vec<Finding>,
) -> Vec<(String, String)> {
    let mut other = header
        .other
        .iter()
        .map(|entry| (entry.key.clone(), value::flattened(&entry.value)))
        .collect::<Vec<_>>();
    for field in FOREIGN {
        let entry = header.entry(*field);
        other.extend(entry.map(|entry| (entry.key.clone(), value::flattened(&entry.value))));
    }
    if let Some(category) = header.get(Field::Category, value::text, findings)
        && vocabulary.circle(&category).is_none()
    {
        other.push((Field::Category.key().to_owned(), category));
    }
    other
}
