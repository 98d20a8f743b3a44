//! Writing down what happened with somebody: one entry in the first person's note, the others linked in its head.
//!
//! Always true here: the line is read back by the rules of the vault before it is wanted, so what the person is told
//! (who was there, whether it counts as contact) is what the note will say.

use crate::note::change::{Change, FileChange, KeyValue, Refusal, Wish};
use crate::note::document::Document;
use crate::note::link_write::link_to;
use crate::note::markdown::Item;
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
use crate::text::typed::{self, one_line};

/// What is to be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When it happened.
    pub day: Day,
    /// A word for a kind of entry; without it a kind may stand at the start of the text, `call: …`.
    pub kind: Option<String>,
    /// What was said or done; may be empty, may have several lines.
    pub text: String,
    /// Items of lists below it, as they were typed: a task stays a task. Each line has its indent relative to the first.
    pub below: Vec<String>,
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
    let told = typed::lines(&entry.text).join("\n");
    let (kind, text) = kind_and_text(entry.kind.as_deref(), &told, vocabulary)?;
    let (lines, below) = all_lines(book, entry, kind.as_deref(), others, text);
    let written = read_back(&lines, vocabulary)
        .filter(|written| written.day == entry.day)
        .ok_or_else(|| refusal("the entry would not be read back as it is meant", Some(BY_HAND)))?;
    check_people(book, others, &written)?;
    check_days(entry, today, written.meaning)?;
    let there = same_entry(book.contact(*first), &written, below);
    // What is told of the next step is told anew, even where the talk is written down already.
    if let Some(there) = there.filter(|_| entry.next.is_none() && entry.follow_up.is_none()) {
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
    if there.is_none() {
        put_entry(&mut files, book.contact(*first), entry.day, lines, vocabulary);
    }
    let title = title(book, &who, &written);
    let read =
        ReadBack { kind: written.kind.map(String::from), meaning: written.meaning, with, settled };
    Ok(Logged::New { change: Change { title, files }, read })
}

/// The lines that writing `entry` down for `who` puts into the first one's note, whether or not they are there.
pub fn written_lines(
    book: &Book,
    vocabulary: &Vocabulary,
    who: &[ContactId],
    entry: &Entry,
) -> Result<Vec<String>, Refusal> {
    lines_for(book, vocabulary, who, entry).map(|(lines, _)| lines)
}

/// The same, with the items below that stand in lines of their own.
fn lines_for<'e>(
    book: &Book,
    vocabulary: &Vocabulary,
    who: &[ContactId],
    entry: &'e Entry,
) -> Result<(Vec<String>, &'e [String]), Refusal> {
    let told = typed::lines(&entry.text).join("\n");
    let (kind, text) = kind_and_text(entry.kind.as_deref(), &told, vocabulary)?;
    Ok(all_lines(book, entry, kind.as_deref(), who.get(1..).unwrap_or_default(), text))
}

/// Whether the first of `who` has the entry in their note, as writing it down puts it there.
pub fn is_written(book: &Book, vocabulary: &Vocabulary, who: &[ContactId], entry: &Entry) -> bool {
    let who = without_repeats(who);
    let Some(first) = who.first() else { return false };
    let Ok((lines, below)) = lines_for(book, vocabulary, &who, entry) else { return false };
    let written = read_back(&lines, vocabulary);
    written.is_some_and(|written| same_entry(book.contact(*first), &written, below).is_some())
}

/// The lines of an entry with the items below it, where Markdown reads them so; else all of it is text.
fn all_lines<'e>(
    book: &Book,
    entry: &'e Entry,
    kind: Option<&str>,
    others: &[ContactId],
    text: &str,
) -> (Vec<String>, &'e [String]) {
    let mut all = lines(book, entry.day, kind, others, text);
    if entry.below.is_empty() {
        return (all, &[]);
    }
    let count = all.len();
    let below =
        entry.below.iter().map(|line| line.replace(char::is_control, " ").trim_end().to_owned());
    all.extend(below.filter(|line| !line.is_empty()));
    if is_one_item(&all, count) {
        return (all, &entry.below);
    }
    let text = std::iter::once(text).chain(entry.below.iter().map(String::as_str));
    (lines(book, entry.day, kind, others, &text.collect::<Vec<_>>().join("\n")), &[])
}

/// Whether these lines are one item whose own text is the first `count` of them, and the others are items in it.
fn is_one_item(lines: &[String], count: usize) -> bool {
    let text = |lines: &[String]| format!("- {}", lines.join("\n  "));
    let (whole, head) = (text(lines), text(lines.get(..count).unwrap_or_default()));
    let markdown = Document::read(&whole).markdown;
    let Some((item, inner)) = markdown.items.split_first() else { return false };
    let listed = lines.iter().skip(count).filter(|line| is_list_item(line)).count();
    markdown.headings.is_empty()
        && item.content.end == head.len()
        && item.span.end == whole.len()
        && inner.len() == listed
        && inner.iter().all(|item| item.parent.is_some())
}

/// Whether a line begins an item of a list.
pub fn is_list_item(line: &str) -> bool {
    let line = line.trim_start();
    let digits = line.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let number = if digits.len() < line.len() { digits.strip_prefix(['.', ')']) } else { None };
    let rest = line.strip_prefix(['-', '*', '+']).or(number);
    rest.is_some_and(|rest| rest.starts_with([' ', '\t']))
}

/// The lines of an entry, without marker: `2026-11-21 call [[people/joao-faria|João Faria]]: text`.
///
/// The colon before the text ends the head, so that no link of the text counts as somebody who was there. The lines of
/// the text stay lines of one paragraph; where one of them would be more than text to Markdown (`# x`, `- x`, `---`)
/// all of it goes on one line.
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
    let mut lines = typed::lines(text);
    match lines.first_mut() {
        Some(first) => first.insert_str(0, &format!("{head}: ")),
        None => lines.push(head),
    }
    if is_one_paragraph(&lines) { lines } else { vec![lines.join(" ")] }
}

/// Whether an item with these lines holds nothing but their text.
fn is_one_paragraph(lines: &[String]) -> bool {
    let text = format!("- {}", lines.join("\n  "));
    let markdown = Document::read(&text).markdown;
    let whole = |item: &Item| item.content.end == text.len();
    markdown.headings.is_empty() && matches!(markdown.items.as_slice(), [item] if whole(item))
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
    kind: Option<&str>,
    text: &'a str,
    vocabulary: &Vocabulary,
) -> Result<(Option<String>, &'a str), Refusal> {
    if let Some(word) = kind.map(str::trim) {
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

/// Refuses a word that is not a kind of entry.
pub fn check_kind(word: &str, vocabulary: &Vocabulary) -> Result<(), Refusal> {
    let known = vocabulary.kind(word.trim());
    known.map(|_| ()).ok_or_else(|| unknown_kind(word.trim(), vocabulary))
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

/// The same entry in a note, with room for the items `below` it, of which the tasks are known one by one.
fn same_entry<'a>(
    contact: &'a Contact,
    written: &Interaction,
    below: &[String],
) -> Option<&'a Interaction> {
    let task = |line: &str| {
        line.trim_start()
            .get(2..)
            .map(str::trim_start)
            .map(|rest| (rest.starts_with('['), rest.get(4..).unwrap_or("").trim().to_owned()))
    };
    let tasks = below.iter().filter_map(|line| task(line)).filter(|(is_task, _)| *is_task);
    let has = |text: &str| {
        contact
            .promises
            .iter()
            .filter_map(|of| task(&of.source_line))
            .any(|(_, of)| of.starts_with(text))
    };
    if !tasks.map(|(_, text)| text).all(|text| has(&text)) {
        return None;
    }
    // Marker, date, and an indent before each line below.
    let room = below.iter().map(|line| line.trim().len() + 3).sum::<usize>();
    let least = if below.is_empty() { 0 } else { room + 12 };
    let names = |entry: &Interaction| {
        entry.with.iter().map(|link| link.target.note.clone()).collect::<Vec<_>>()
    };
    contact.log.iter().find(|there| {
        there.day == written.day
            && there.kind == written.kind
            && there.text == written.text
            && there.events == written.events
            && names(there) == names(written)
            && there.span.len() >= least
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
        // The day is of the step that was: no next step has one, and a new one has its own or none.
        None => (is_settled || next.is_some()).then(|| remove(Field::FollowUp)),
    };
    let next_wish = match next {
        Some("") => Some(remove(Field::Next)),
        Some(text) => Some(set(Field::Next, KeyValue::Text(one_line(text)))),
        // A step that only moves to another day stays.
        None => (is_settled && follow_up.is_none()).then(|| remove(Field::Next)),
    };
    follow_up_wish.into_iter().chain(next_wish).collect()
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

#[cfg(test)]
mod tests {
    use crate::features::log::{Entry, Logged, log};
    use crate::features::sample::{book, day, refused, written};
    use crate::people::book::{Book, Found};
    use crate::people::contact::Contact;
    use crate::people::vocabulary::Vocabulary;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    const ANA: &str = "---\nname: Ana Lima\nfollow_up: 2026-11-20\nnext: Ask how the move went\n---\n\n## Log\n- 2026-10-12 call: New job\n- 2026-08-02 met: climbing\n";
    const JOAO: &str =
        "---\nname: João Faria\nNext: the defence\nfollow-up: 2026-11-21   # firm\n---\n";
    const BO: &str = "---\nname: \"Bo ]] | `x`\"\nfollow_up: 2026-12-24\n---\n\n## Interactions\n\n* 2026-01-01 met: oldest\n* 2026-02-01 met: newest\n";
    const NOTES: &[(&str, &str)] =
        &[("people/ana-lima.md", ANA), ("people/bo.md", BO), ("people/joao-faria.md", JOAO)];

    fn entry(on: &str, kind: Option<&str>, text: &str) -> Entry {
        let kind = kind.map(str::to_owned);
        Entry {
            day: day(on),
            kind,
            text: text.to_owned(),
            below: Vec::new(),
            next: None,
            follow_up: None,
        }
    }

    fn logged(
        book: &Book,
        who: &str,
        entry: &Entry,
    ) -> Result<Logged, crate::note::change::Refusal> {
        let who = who.split(',').map(|name| match book.find(name) {
            Found::One(id) => id,
            other => panic!("{name}: {other:?}"),
        });
        let who = who.collect::<Vec<_>>();
        log(book, &Vocabulary::default(), day("2026-11-21"), &who, entry)
    }

    /// Everything is written on Saturday, 21 November 2026.
    fn check(who: &str, entry: &Entry, expected: &Expect) {
        let book = book(NOTES);
        let shown = match logged(&book, who, entry) {
            Ok(Logged::New { change, read }) => {
                let names = |ids: &[_]| {
                    ids.iter()
                        .map(|id| book.contact(*id).name.clone())
                        .collect::<Vec<_>>()
                        .join(" + ")
                };
                let kind = read.kind.as_deref().unwrap_or("-");
                let told = format!(
                    "{kind} {:?} with {}; settles {}",
                    read.meaning,
                    names(&read.with),
                    names(&read.settled)
                );
                format!("{}\n{told}\n{}", change.title, written(NOTES, &change))
            }
            Ok(Logged::There { line }) => format!("there on line {line}\n"),
            Err(refusal) => refused(&refusal),
        };
        expected.assert_eq(&shown);
    }

    #[test]
    fn an_entry_goes_into_the_log_and_settles_the_next_step() {
        check(
            "ana",
            &entry("2026-11-21", Some("call"), "Moved to Porto"),
            &expect![[r#"
            log 2026-11-21 call with Ana Lima
            call Contact with Ana Lima; settles Ana Lima
            === people/ana-lima.md
            ---
            name: Ana Lima
            ---

            ## Log
            - 2026-11-21 call: Moved to Porto
            - 2026-10-12 call: New job
            - 2026-08-02 met: climbing
        "#]],
        );
    }

    #[test]
    fn several_people_share_one_entry_and_each_next_step_is_settled() {
        check(
            "joao,ana,bo",
            &entry("2026-11-21", Some("coffee"), "in Alfama"),
            &expect![[r#"
                log 2026-11-21 met with João Faria, Ana Lima and Bo ]] | `x`
                met Contact with João Faria + Ana Lima + Bo ]] | `x`; settles João Faria + Ana Lima
                === people/joao-faria.md
                ---
                name: João Faria
                # firm
                ---

                ## Log
                - 2026-11-21 coffee [[people/ana-lima|Ana Lima]] [[people/bo|Bo )) x]]: in Alfama
                === people/ana-lima.md
                ---
                name: Ana Lima
                ---

                ## Log
                - 2026-10-12 call: New job
                - 2026-08-02 met: climbing
            "#]],
        );
    }

    #[test]
    fn the_order_and_style_of_the_note_are_kept() {
        check(
            "bo",
            &entry("2026-01-15", None, "letters\nand a parcel"),
            &expect![[r#"
            log 2026-01-15 with Bo ]] | `x`
            - Contact with Bo ]] | `x`; settles 
            === people/bo.md
            ---
            name: "Bo ]] | `x`"
            follow_up: 2026-12-24
            ---

            ## Interactions

            * 2026-01-01 met: oldest
            * 2026-01-15: letters
              and a parcel
            * 2026-02-01 met: newest
        "#]],
        );
    }

    #[test]
    fn what_is_no_contact_settles_nothing() {
        check(
            "ana",
            &entry("2026-11-21", Some("tried"), "voicemail"),
            &expect![[r#"
            log 2026-11-21 tried about Ana Lima
            tried Tried with Ana Lima; settles 
            === people/ana-lima.md
            ---
            name: Ana Lima
            follow_up: 2026-11-20
            next: Ask how the move went
            ---

            ## Log
            - 2026-11-21 tried: voicemail
            - 2026-10-12 call: New job
            - 2026-08-02 met: climbing
        "#]],
        );
        check(
            "ana",
            &entry("2026-11-21", None, "heard: she likes Porto"),
            &expect![[r#"
            log 2026-11-21 heard about Ana Lima
            heard Note with Ana Lima; settles 
            === people/ana-lima.md
            ---
            name: Ana Lima
            follow_up: 2026-11-20
            next: Ask how the move went
            ---

            ## Log
            - 2026-11-21 heard: she likes Porto
            - 2026-10-12 call: New job
            - 2026-08-02 met: climbing
        "#]],
        );
    }

    #[test]
    fn a_new_step_takes_the_place_of_the_old_one() {
        let with = |next: Option<&str>, follow_up: Option<&str>| Entry {
            next: next.map(str::to_owned),
            follow_up: follow_up.map(day),
            ..entry("2026-11-21", None, "")
        };
        check(
            "ana",
            &with(Some("Send photos"), None),
            &expect![[r#"
            log 2026-11-21 with Ana Lima
            - Contact with Ana Lima; settles Ana Lima
            === people/ana-lima.md
            ---
            name: Ana Lima
            next: Send photos
            ---

            ## Log
            - 2026-11-21
            - 2026-10-12 call: New job
            - 2026-08-02 met: climbing
        "#]],
        );
        check(
            "ana",
            &with(None, Some("2026-12-01")),
            &expect![[r#"
            log 2026-11-21 with Ana Lima
            - Contact with Ana Lima; settles Ana Lima
            === people/ana-lima.md
            ---
            name: Ana Lima
            follow_up: 2026-12-01
            next: Ask how the move went
            ---

            ## Log
            - 2026-11-21
            - 2026-10-12 call: New job
            - 2026-08-02 met: climbing
        "#]],
        );
        check(
            "bo",
            &with(Some(" "), None),
            &expect![[r#"
                log 2026-11-21 with Bo ]] | `x`
                - Contact with Bo ]] | `x`; settles 
                === people/bo.md
                ---
                name: "Bo ]] | `x`"
                ---

                ## Interactions

                * 2026-01-01 met: oldest
                * 2026-02-01 met: newest
                * 2026-11-21
            "#]],
        );
        check(
            "ana",
            &with(Some("x"), Some("2026-11-21")),
            &expect![[r#"
            refused: the next step on 2026-11-21 would be settled by this entry (choose a day after the entry)
        "#]],
        );
    }

    #[test]
    fn a_kind_may_stand_before_the_text() {
        check(
            "joao",
            &entry("2026-11-20", None, "Walk: to the river"),
            &expect![[r#"
            log 2026-11-20 met with João Faria
            met Contact with João Faria; settles 
            === people/joao-faria.md
            ---
            name: João Faria
            Next: the defence
            follow-up: 2026-11-21   # firm
            ---

            ## Log
            - 2026-11-20 walk: to the river
        "#]],
        );
        check(
            "joao",
            &entry("2026-11-20", Some("1:1"), "x"),
            &expect![[r#"
            log 2026-11-20 met with João Faria
            met Contact with João Faria; settles 
            === people/joao-faria.md
            ---
            name: João Faria
            Next: the defence
            follow-up: 2026-11-21   # firm
            ---

            ## Log
            - 2026-11-20 met: x
        "#]],
        );
        check(
            "joao",
            &entry("2026-11-20", Some("cal"), "x"),
            &expect![[r#"
            refused: `cal` is not a kind of entry (did you mean `call`?)
        "#]],
        );
        check(
            "joao",
            &entry("2026-11-20", Some("séance"), "x"),
            &expect![[r#"
            refused: `séance` is not a kind of entry (kinds are call, met, message, mail, letter, video, gift, visit, intro, event, note, heard, tried, plan)
        "#]],
        );
    }

    #[test]
    fn the_future_holds_plans_only() {
        check(
            "joao",
            &entry("2026-11-25", None, "plan: coffee"),
            &expect![[r#"
            log 2026-11-25 plan about João Faria
            plan Plan with João Faria; settles 
            === people/joao-faria.md
            ---
            name: João Faria
            Next: the defence
            follow-up: 2026-11-21   # firm
            ---

            ## Log
            - 2026-11-25 plan: coffee
        "#]],
        );
        check(
            "joao",
            &entry("2026-11-22", Some("call"), "x"),
            &expect![[r#"
            refused: 2026-11-22 is still to come (write a plan with `--kind plan`)
        "#]],
        );
    }

    #[test]
    fn the_same_entry_is_written_once() {
        check(
            "ana",
            &entry("2026-10-12", None, "call: New  job"),
            &expect![[r#"
            there on line 8
        "#]],
        );
        check(
            "ana",
            &entry("2026-08-02", Some("met"), "climbing"),
            &expect![[r#"
            there on line 9
        "#]],
        );
        let with_step = Entry {
            next: Some("send photos".to_owned()),
            ..entry("2026-08-02", Some("met"), "climbing")
        };
        check(
            "ana",
            &with_step,
            &expect![[r#"
                log 2026-08-02 met with Ana Lima
                met Contact with Ana Lima; settles 
                === people/ana-lima.md
                ---
                name: Ana Lima
                next: send photos
                ---

                ## Log
                - 2026-10-12 call: New job
                - 2026-08-02 met: climbing
            "#]],
        );
    }

    #[test]
    fn links_in_the_text_are_no_company_when_the_head_is_closed() {
        check(
            "ana",
            &entry("2026-11-21", Some("call"), "[[Bo]] told: her news"),
            &expect![[r#"
            log 2026-11-21 call with Ana Lima
            call Contact with Ana Lima; settles Ana Lima
            === people/ana-lima.md
            ---
            name: Ana Lima
            ---

            ## Log
            - 2026-11-21 call: [[Bo]] told: her news
            - 2026-10-12 call: New job
            - 2026-08-02 met: climbing
        "#]],
        );
        check(
            "ana",
            &entry("2026-11-21", None, "[[joao-faria]] came too"),
            &expect![[r#"
                log 2026-11-21 with Ana Lima
                - Contact with Ana Lima; settles Ana Lima
                === people/ana-lima.md
                ---
                name: Ana Lima
                ---

                ## Log
                - 2026-11-21: [[joao-faria]] came too
                - 2026-10-12 call: New job
                - 2026-08-02 met: climbing
            "#]],
        );
    }

    #[test]
    fn typed_lines_stay_lines_of_the_entry() {
        check(
            "joao",
            &entry("2026-11-20", None, "call:\tone\r\n\n  two\u{7} \n*three* - four\n"),
            &expect![[r#"
                log 2026-11-20 call with João Faria
                call Contact with João Faria; settles 
                === people/joao-faria.md
                ---
                name: João Faria
                Next: the defence
                follow-up: 2026-11-21   # firm
                ---

                ## Log
                - 2026-11-20 call: one
                  two
                  *three* - four
            "#]],
        );
    }

    #[test]
    fn typed_structure_goes_on_one_line() {
        for structure in [
            "# heading",
            "- item",
            "1. item",
            "- [ ] task",
            "> quote",
            "```\ncode",
            "---",
            "===",
            "***",
            "<div>",
            "| a |\n| - |",
            "[^1]: note",
        ] {
            let text = format!("one | x\n{structure}\nlast");
            let told = text.replace('\n', " ");
            let lines =
                crate::features::log::lines(&book(NOTES), day("2026-11-20"), None, &[], &text);
            assert_eq!(lines, [format!("2026-11-20: {told}")]);
        }
    }

    /// What else a note holds: promises, gifts, events, keys.
    fn rest(contact: &Contact) -> String {
        let promises = contact.promises.iter().map(|one| &one.source_line).collect::<Vec<_>>();
        let gifts = contact.gifts.iter().map(|gift| &gift.what).collect::<Vec<_>>();
        format!("{} {promises:?} {gifts:?} {:?}", contact.name, contact.other)
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_one_entry_more(text in "([-#>*+=_`~|<\\[\\]x1. \t]{0,6}[a-z%:]{0,4}[\n\r\u{b}\u{7}]{0,2}){0,6}|\\PC{0,12}\n\\PC{0,12}", kind in proptest::option::of("call|note")) {
            const NOTE: &str = "---\nname: Ana Lima\n---\nText.\n\n- [ ] Send it\n\n## Log\n\n- 2026-10-12 call: New job\n\n## Gifts\n- idea: a book\n";
            let notes = [("people/ana-lima.md", NOTE)];
            let before = book(&notes);
            let entry = Entry { kind, ..entry("2026-11-19", None, &text) };
            let Ok(Logged::New { change, .. }) = logged(&before, "ana", &entry) else { return Ok(()) };
            let after = written(&notes, &change);
            let after = after.trim_start_matches("=== people/ana-lima.md\n");
            // A comment that is not closed would hide what follows.
            if after.starts_with("refused") { prop_assert!(text.contains("%%") || text.contains("<!"), "{}", text); return Ok(()) }
            let after = book(&[("people/ana-lima.md", after)]);
            let Found::One(id) = after.find("ana") else { panic!() };
            let Found::One(old) = before.find("ana") else { panic!() };
            let (old, new) = (before.contact(old), after.contact(id));
            prop_assert_eq!(new.log.len(), old.log.len() + 1);
            prop_assert_eq!(&new.log[1].text, &old.log[0].text);
            prop_assert_eq!(rest(new), rest(old));
        }

        #[test]
        fn what_is_logged_is_what_is_read(text in "[a-z: .\\[\\]|#*`-]{0,24}|\\PC{0,16}(\n\\PC{0,12})?", kind in proptest::option::of("call|note|coffee|plan")) {
            let book = book(NOTES);
            let entry = Entry { kind: kind.clone(), ..entry("2026-11-19", None, &text) };
            let Ok(Logged::New { change, read }) = logged(&book, "ana,joao", &entry) else { return Ok(()) };
            let after = written(NOTES, &change);
            let ana = after.split("=== people/ana-lima.md\n").nth(1).unwrap().split("=== people").next().unwrap();
            if ana.starts_with("refused") { return Ok(()) }
            let after = crate::features::sample::book(&[("people/ana-lima.md", ana), ("people/joao-faria.md", JOAO), ("people/bo.md", BO)]);
            let Found::One(id) = after.find("ana") else { panic!() };
            let log = &after.contact(id).log;
            prop_assert_eq!(log.len(), 3);
            let there = log.iter().find(|there| there.day == entry.day).unwrap();
            prop_assert_eq!(there.kind.as_deref(), read.kind.as_deref());
            prop_assert_eq!(there.meaning, read.meaning);
            prop_assert!(there.with.iter().any(|link| link.target.note == "people/joao-faria"));
            if kind.is_some() { prop_assert_eq!(there.with.len(), 1); }
        }
    }
}
