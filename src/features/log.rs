//! Writing down what happened with somebody: one entry in the first person's note, the others linked in its head.
//!
//! Always true here: the line is read back by the rules of the vault before it is wanted, so what the person is told
//! (who was there, whether it counts as contact) is what the note will say.

use crate::note::change::{Change, FileChange, KeyValue, Refusal, Wish};
use crate::note::document::Document;
use crate::note::link_write::link_to;
use crate::people::body::Body;
use crate::people::book::{Book, ContactId};
use crate::people::contact::Contact;
use crate::people::field::Field;
use crate::people::interaction::Interaction;
use crate::people::kind::Meaning;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use crate::text::phrase::list;
use crate::text::suggest::nearest;

/// What is to be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When it happened.
    pub day: Day,
    /// A word for a kind of entry; without it a kind may stand at the start of the text, `call: …`.
    pub kind: Option<String>,
    /// What was said or done; may be empty, may have several lines.
    pub text: String,
    /// The new next step; empty to have none.
    pub next: Option<String>,
    /// The day of the new next step.
    pub follow_up: Option<Day>,
}

/// What writing an entry down comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Logged {
    /// Something is to be written.
    New {
        /// What.
        change: Change,
        /// How the entry will be read.
        read: ReadBack,
    },
    /// The same entry is there already, on this line of the first person's note.
    There {
        /// The line, from 1.
        line: u32,
    },
}

/// An entry as the notes will be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadBack {
    /// The name of its kind, where it has one.
    pub kind: Option<String>,
    /// What it means for the clock.
    pub meaning: Meaning,
    /// Whose entry it is: the people named, then those that the text itself links in its head.
    pub with: Vec<ContactId>,
    /// The people whose `follow_up` is settled by it.
    pub settled: Vec<ContactId>,
}

/// Writes `entry` down for `who`, the first of whom gets it into their note; `today` is the day it is written on.
///
/// A contact settles every `follow_up` on or before its day, of everyone who took part: it is removed with its `next`
/// unless a new one is given. A day after today is refused, but for a plan.
pub fn log(
    book: &Book,
    vocabulary: &Vocabulary,
    today: Day,
    who: &[ContactId],
    entry: &Entry,
) -> Result<Logged, Refusal> {
    let who = without_repeats(who);
    let Some((first, others)) = who.split_first() else {
        return Err(refusal("nobody is named", Some("name one person, or several with commas")));
    };
    let (kind, text) = kind_and_text(entry, vocabulary)?;
    let lines = lines(book, entry.day, kind.as_deref(), others, text);
    let written = read_back(&lines, vocabulary)
        .filter(|written| written.day == entry.day)
        .ok_or_else(|| refusal("the entry would not be read back as it is meant", Some(BY_HAND)))?;
    check_people(book, others, &written)?;
    check_days(entry, today, written.meaning)?;
    if let Some(there) = same_entry(book.contact(*first), &written) {
        return Ok(Logged::There { line: there.line });
    }
    let mut with = who.clone();
    with.extend(linked(book, &written).filter(|id| !who.contains(id)));
    let counts = written.meaning == Meaning::Contact;
    let settles =
        |id: &ContactId| counts && book.contact(*id).follow_up.is_some_and(|day| day <= entry.day);
    let settled = with.iter().copied().filter(settles).collect::<Vec<_>>();
    let keys = |id: ContactId| {
        let named = who.contains(&id).then_some(entry);
        key_wishes(vocabulary, named, settled.contains(&id))
    };
    let mut files = with.iter().filter_map(|id| edit(book, *id, keys(*id))).collect::<Vec<_>>();
    put_entry(&mut files, book.contact(*first), entry.day, lines, vocabulary);
    let title = title(book, &who, &written);
    let read = ReadBack { kind: written.kind, meaning: written.meaning, with, settled };
    Ok(Logged::New { change: Change { title, files }, read })
}

/// The lines of an entry, without marker: `2026-11-21 call [[people/joao-faria|João Faria]]: text`.
///
/// The colon before the text ends the head, so that no link of the text counts as somebody who was there. Without a
/// kind and without others it cannot (`2026-11-21: [[Bo]] told me`): then the text is read as if typed by hand.
pub fn lines(
    book: &Book,
    day: Day,
    kind: Option<&str>,
    others: &[ContactId],
    text: &str,
) -> Vec<String> {
    let links = others.iter().map(|id| {
        let contact = book.contact(*id);
        link_to(&contact.path, &contact.name)
    });
    let head = std::iter::once(day.to_string()).chain(kind.map(str::to_owned)).chain(links);
    let head = head.collect::<Vec<_>>().join(" ");
    let mut told = text.lines().map(str::trim_end);
    let first = match told.next().map(str::trim_start).filter(|line| !line.is_empty()) {
        Some(line) => format!("{head}: {line}"),
        None => head,
    };
    let mut lines = std::iter::once(first).chain(told.map(str::to_owned)).collect::<Vec<_>>();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

const BY_HAND: &str = "write it into the note with `ties edit`";

fn without_repeats(who: &[ContactId]) -> Vec<ContactId> {
    let mut once = Vec::with_capacity(who.len());
    for id in who {
        if !once.contains(id) {
            once.push(*id);
        }
    }
    once
}

/// The kind as it is to be written, and the text without it.
fn kind_and_text<'a>(
    entry: &'a Entry,
    vocabulary: &Vocabulary,
) -> Result<(Option<String>, &'a str), Refusal> {
    let text = entry.text.trim();
    if let Some(word) = &entry.kind {
        let word = word.trim();
        let known = written_kind(word, vocabulary);
        return known.map(|kind| (Some(kind), text)).ok_or_else(|| unknown_kind(word, vocabulary));
    }
    let start = text.split_once(':').filter(|(_, told)| told.starts_with([' ', '\n']));
    let kind = start.and_then(|(word, told)| Some((written_kind(word, vocabulary)?, told.trim())));
    Ok(kind.map_or((None, text), |(kind, told)| (Some(kind), told)))
}

/// The word itself where the head of an entry may hold it (`coffee` says more than `met`), else the kind's name.
fn written_kind(word: &str, vocabulary: &Vocabulary) -> Option<String> {
    let kind = vocabulary.kind(word)?;
    let is_plain = word.chars().all(|character| character.is_alphabetic() || character == '-');
    Some(if is_plain { word.to_lowercase() } else { kind.name.clone() })
}

fn unknown_kind(word: &str, vocabulary: &Vocabulary) -> Refusal {
    let reason = format!("`{word}` is not a kind of entry");
    let names = || vocabulary.kinds.iter().map(|kind| kind.name.as_str());
    let synonyms = vocabulary.kinds.iter().flat_map(|kind| &kind.synonyms).map(String::as_str);
    let hint = match nearest(word, names().chain(synonyms)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("kinds are {}", names().collect::<Vec<_>>().join(", ")),
    };
    Refusal { reason, hint: Some(hint) }
}

/// The entry as the log of a note would be read with it.
fn read_back(lines: &[String], vocabulary: &Vocabulary) -> Option<Interaction> {
    let heading = vocabulary.log_headings.first()?;
    let note = format!("## {heading}\n- {}\n", lines.join("\n  "));
    let mut log = Body::of_contact(&Document::read(&note), vocabulary, &mut Vec::new()).log;
    if log.len() > 1 { None } else { log.pop() }
}

fn linked(book: &Book, entry: &Interaction) -> impl Iterator<Item = ContactId> {
    entry.with.iter().filter_map(|link| book.linked(&link.target.note))
}

/// Everyone named must be found again in the head, whatever their names hold.
fn check_people(book: &Book, others: &[ContactId], written: &Interaction) -> Result<(), Refusal> {
    let missing = others.iter().find(|id| !linked(book, written).any(|found| found == **id));
    let Some(missing) = missing else { return Ok(()) };
    let reason = format!("{} cannot be linked by their note", book.contact(*missing).path);
    Err(refusal(&reason, Some("name them first, or give their file another name")))
}

fn check_days(entry: &Entry, today: Day, meaning: Meaning) -> Result<(), Refusal> {
    if entry.day > today && meaning != Meaning::Plan {
        let reason = format!("{} is still to come", entry.day);
        return Err(refusal(&reason, Some("write a plan with `--kind plan`")));
    }
    match entry.follow_up {
        Some(day) if day <= entry.day && meaning == Meaning::Contact => {
            let reason = format!("the next step on {day} would be settled by this entry");
            Err(refusal(&reason, Some("choose a day after the entry")))
        }
        _ => Ok(()),
    }
}

fn same_entry<'a>(contact: &'a Contact, written: &Interaction) -> Option<&'a Interaction> {
    let names = |entry: &Interaction| {
        entry.with.iter().map(|link| link.target.note.clone()).collect::<Vec<_>>()
    };
    contact.log.iter().find(|there| {
        there.day == written.day
            && there.kind == written.kind
            && there.text == written.text
            && there.events == written.events
            && names(there) == names(written)
    })
}

/// What happens to `follow_up` and `next` of one person; `named` is the entry for those whom its flags are about.
fn key_wishes(vocabulary: &Vocabulary, named: Option<&Entry>, is_settled: bool) -> Vec<Wish> {
    let set = |field, value| Wish::SetKey { keys: vocabulary.spellings(field), value };
    let remove = |field| Wish::RemoveKey { keys: vocabulary.spellings(field) };
    let follow_up = named.and_then(|entry| entry.follow_up);
    let next = named.and_then(|entry| entry.next.as_deref()).map(str::trim);
    let follow_up_wish = match follow_up {
        Some(day) => Some(set(Field::FollowUp, KeyValue::Date(day))),
        None => is_settled.then(|| remove(Field::FollowUp)),
    };
    let next_wish = match next {
        Some("") => Some(remove(Field::Next)),
        Some(text) => Some(set(Field::Next, KeyValue::Text(one_line(text)))),
        // A step that only moves to another day stays.
        None => (is_settled && follow_up.is_none()).then(|| remove(Field::Next)),
    };
    follow_up_wish.into_iter().chain(next_wish).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn edit(book: &Book, id: ContactId, wishes: Vec<Wish>) -> Option<FileChange> {
    let path = book.contact(id).path.clone();
    (!wishes.is_empty()).then_some(FileChange::Edit { path, wishes })
}

fn put_entry(
    files: &mut Vec<FileChange>,
    first: &Contact,
    date: Day,
    lines: Vec<String>,
    vocabulary: &Vocabulary,
) {
    let wish = Wish::InsertEntry { headings: vocabulary.log_headings.clone(), date, lines };
    match files.first_mut() {
        Some(FileChange::Edit { path, wishes }) if *path == first.path => wishes.insert(0, wish),
        _ => files.insert(0, FileChange::Edit { path: first.path.clone(), wishes: vec![wish] }),
    }
}

fn title(book: &Book, who: &[ContactId], entry: &Interaction) -> String {
    let names = who.iter().map(|id| book.contact(*id).name.as_str()).collect::<Vec<_>>();
    let (names, day) = (list(&names), entry.day);
    match (entry.meaning, &entry.kind) {
        (Meaning::Contact, Some(kind)) => format!("log {day} {kind} with {names}"),
        (Meaning::Contact, None) => format!("log {day} with {names}"),
        (_, kind) => format!("log {day} {} about {names}", kind.as_deref().unwrap_or("note")),
    }
}

fn refusal(reason: &str, hint: Option<&str>) -> Refusal {
    Refusal { reason: reason.to_owned(), hint: hint.map(str::to_owned) }
}
