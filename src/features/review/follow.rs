//! From the answer to one line of a review to what following it writes.
//!
//! Always true here: a tick makes the one change that its line names. It is contact only where the person says so, by a
//! kind of contact (`call: …`), or where the line asks for an answer that was owed.

use crate::features::agenda::answer::Answer;
use crate::features::agenda::record::{Outcome, Record};
use crate::features::agenda::said::{Said, Verdict};
use crate::features::agenda::wording::plain;
use crate::features::agenda::written::{day_of, said_before};
use crate::features::answering::people;
use crate::features::answering::promise;
use crate::features::answering::step::{Followed, add, refusal};
use crate::features::answering::unread::unclear;
use crate::features::log::{Entry, Logged, log};
use crate::features::review::facts;
use crate::features::review::ground::Ground;
use crate::features::review::kept::wanted_rhythm;
use crate::features::review::owing::Owing;
use crate::features::review::rhythms::word;
use crate::features::review::subject::Subject;
use crate::features::review_period::ReviewKind;
use crate::note::change::{FileChange, KeyValue, Refusal, Wish};
use crate::note::link_write::without_links;
use crate::note::path::NotePath;
use crate::people::book::ContactId;
use crate::people::cadence::Cadence;
use crate::people::field::Field;
use crate::people::kind::Meaning;
use crate::text::day::Day;
use crate::text::phrase;
use crate::text::when::{Direction, parse};
use std::collections::HashSet;

/// Contact that follows from lines that were looked at before.
pub type Met = HashSet<(ContactId, Day)>;

/// Follows the answer about `subject`.
pub fn follow(
    ground: &Ground,
    answer: &Answer,
    subject: &Subject,
    met: &mut Met,
) -> Result<Followed, Refusal> {
    match (subject, answer.said.verdict) {
        (_, Some(Verdict::Unclear)) => Err(unclear(answer)),
        (Subject::Word(who), _) => word_to(ground, answer, who, met),
        (Subject::Promise(of), _) => promise::follow(answer, of, ground.situation.day),
        (Subject::Owing(owing), Some(Verdict::Done)) => answered(ground, answer, owing, met),
        (_, Some(Verdict::Done)) => ticked(ground, answer, subject),
        (_, Some(Verdict::Skip)) => Ok(left(answer)),
        _ => Err(refusal(
            "such a line is ticked, or left as it is",
            "tick it, or empty its box and take away what is typed there",
        )),
    }
}

/// A conscious no: it is remembered on the review, and changes nothing.
fn left(answer: &Answer) -> Followed {
    let told = format!("left as it is: {}", without_links(&answer.line.text));
    Followed { told, outcome: Outcome::Skipped, files: Vec::new() }
}

// A word to somebody

fn word_to(
    ground: &Ground,
    answer: &Answer,
    who: &[ContactId],
    met: &mut Met,
) -> Result<Followed, Refusal> {
    let said = &answer.said;
    match said.verdict {
        Some(Verdict::Done) if !is_entry(ground, said) => Ok(next_step(ground, said, who)),
        Some(Verdict::Skip) if ground.period.kind == ReviewKind::Monthly => {
            Ok(not_this_month(ground, who))
        }
        _ => people::follow(&ground.situation, answer, who, met),
    }
}

/// Whether what is typed says what happened: a day, or a kind of entry, stands at its start.
fn is_entry(ground: &Ground, said: &Said) -> bool {
    let Some(first) = said.text.first() else { return false };
    let dated = first.get(..10).and_then(Day::parse).is_some();
    let kind =
        first.split_once(':').and_then(|(word, _)| ground.situation.vocabulary.kind(word.trim()));
    dated || kind.is_some_and(|kind| kind.meaning != Meaning::Plan)
}

/// The day and the words of a next step: what is typed, else the day that the line says.
fn step_of(ground: &Ground, said: &Said, who: ContactId) -> (Day, Option<String>) {
    let today = ground.situation.day;
    let day_typed = |text: &String| parse(text, today, Direction::Future).ok();
    let typed = said.text.iter().find_map(day_typed);
    let words = said.text.iter().filter(|text| day_typed(text).is_none());
    let words = words.map(String::as_str).collect::<Vec<_>>().join("; ");
    let (on, words) = match &said.next {
        Some((on, text)) => (on.or(typed), text.clone()),
        None => (typed, words),
    };
    let on = on.filter(|on| *on > today);
    let on = on.unwrap_or_else(|| ground.word_day(&ground.situation.book.identity(who)));
    (on, Some(words).filter(|words| !words.is_empty()))
}

fn next_step(ground: &Ground, said: &Said, who: &[ContactId]) -> Followed {
    let book = ground.situation.book;
    let names = names(ground, who);
    let mut files = Vec::new();
    let mut told = ground.situation.day;
    let first = who.first().copied();
    for id in who {
        let (day, words) = step_of(ground, said, first.unwrap_or(*id));
        told = day;
        let mut wishes = vec![set(ground, Field::FollowUp, KeyValue::Date(day))];
        wishes.extend(words.map(|words| set(ground, Field::Next, KeyValue::Text(words))));
        add(&mut files, &book.contact(*id).path, wishes);
    }
    let day = phrase::on_day(told, ground.situation.day);
    Followed { told: format!("a word to {names} {day}"), outcome: Outcome::Done, files }
}

fn not_this_month(ground: &Ground, who: &[ContactId]) -> Followed {
    let until = ground.period.to.plus_days(1).max(ground.situation.day.plus_days(1));
    let mut files = Vec::new();
    for id in who {
        let wish = set(ground, Field::QuietUntil, KeyValue::Date(until));
        add(&mut files, &ground.situation.book.contact(*id).path, vec![wish]);
    }
    let names = names(ground, who);
    Followed { told: format!("no message to {names} this month"), outcome: Outcome::Skipped, files }
}

fn names(ground: &Ground, who: &[ContactId]) -> String {
    let names = who.iter().map(|id| ground.situation.book.brief(*id).name.as_str());
    phrase::list(&names.collect::<Vec<_>>())
}

// Words that were owed

/// An answer that was owed is contact with those whom it is owed to; a line of the inbox that says so is done with.
fn answered(
    ground: &Ground,
    answer: &Answer,
    owing: &Owing,
    met: &mut Met,
) -> Result<Followed, Refusal> {
    let mut followed = match owing.people.is_empty() {
        true => Followed {
            told: format!("done with: {}", plain(&owing.text)),
            outcome: Outcome::Done,
            files: Vec::new(),
        },
        false => people::follow(&ground.situation, &with_words(answer, owing), &owing.people, met)?,
    };
    if let (Some(line), Some(path)) = (&owing.inbox, inbox(ground)) {
        let lines = line.lines(ground.inbox).into_iter().map(str::to_owned).collect();
        let wishes = vec![Wish::RemoveLines { lines, ordinal: 0 }];
        followed.files.push(FileChange::Edit { path, wishes });
        followed.outcome = Outcome::Done;
    }
    Ok(followed)
}

/// The answer with what the line says where nothing was typed: the line leaves the inbox, its words do not get lost.
fn with_words(answer: &Answer, owing: &Owing) -> Answer {
    let mut answer = answer.clone();
    if answer.said.text.is_empty() && owing.inbox.is_some() {
        answer.said.text.push(plain(&owing.text));
    }
    answer
}

fn inbox(ground: &Ground) -> Option<NotePath> {
    NotePath::new(&ground.situation.vocabulary.folders.inbox)
}

// What a line names

fn ticked(ground: &Ground, answer: &Answer, subject: &Subject) -> Result<Followed, Refusal> {
    match subject {
        Subject::Easier(habit, schedule) => {
            let wish = set(ground, Field::Schedule, KeyValue::Text(schedule.clone()));
            Ok(done(format!("{}: {schedule}", habit.name), &habit.path, vec![wish]))
        }
        Subject::RestHabit(habit) => {
            let wish = set(ground, Field::Paused, KeyValue::Flag(true));
            Ok(done(format!("{} rests", habit.name), &habit.path, vec![wish]))
        }
        Subject::Rhythm(id, proposed) => rhythm(ground, answer, *id, proposed),
        Subject::Later(id) => {
            let wish = set(ground, Field::Status, KeyValue::Text("later".to_owned()));
            Ok(of_person(ground, *id, "later", vec![wish]))
        }
        Subject::Facts(id) => still_so(ground, answer, *id),
        Subject::Purpose(id) => purpose(ground, answer, *id),
        Subject::Place(id) => place(ground, answer, *id),
        Subject::End => {
            let told = format!("the review of {} is done", ground.period.title());
            Ok(Followed { told, outcome: Outcome::Done, files: Vec::new() })
        }
        Subject::Word(_) | Subject::Promise(_) | Subject::Owing(_) => Err(unclear(answer)),
    }
}

fn done(told: String, path: &NotePath, wishes: Vec<Wish>) -> Followed {
    let files = vec![FileChange::Edit { path: path.clone(), wishes }];
    Followed { told, outcome: Outcome::Done, files }
}

fn of_person(ground: &Ground, id: ContactId, what: &str, wishes: Vec<Wish>) -> Followed {
    let contact = ground.situation.book.contact(id);
    done(format!("{}: {what}", contact.name), &contact.path, wishes)
}

fn set(ground: &Ground, field: Field, value: KeyValue) -> Wish {
    Wish::SetKey { keys: ground.situation.vocabulary.spellings(field), value }
}

fn rhythm(
    ground: &Ground,
    answer: &Answer,
    id: ContactId,
    proposed: &str,
) -> Result<Followed, Refusal> {
    let typed = answer.said.text.iter().find(|text| Cadence::parse(text).is_some());
    if typed.is_none() && !answer.said.text.is_empty() {
        let hint = "write `monthly`, `2 weeks`, `2-3 weeks`, or nothing for the proposed one";
        return Err(refusal("what is typed there is not a rhythm", hint));
    }
    let text = typed.map_or(proposed, |typed| typed.trim());
    let told = wanted_rhythm(answer, proposed).map_or_else(|| text.to_owned(), word);
    let wish = set(ground, Field::Cadence, KeyValue::Text(text.to_owned()));
    Ok(of_person(ground, id, &told, vec![wish]))
}

/// An entry that is no contact: what is typed, else that it is still so.
fn still_so(ground: &Ground, answer: &Answer, id: ContactId) -> Result<Followed, Refusal> {
    let situation = &ground.situation;
    let contact = situation.book.contact(id);
    let typed = answer.said.text.join("\n");
    let facts = facts::told(contact);
    let text = match (typed.is_empty(), facts.is_empty()) {
        (false, _) => typed,
        (true, true) => "still so".to_owned(),
        (true, false) => format!("still so: {facts}"),
    };
    let (follow_up, next) = match &answer.said.next {
        Some((on, text)) => (*on, Some(text.clone())),
        None => (None, None),
    };
    let day = day_of(answer, &answer.said, situation.day);
    let entry =
        Entry { day, kind: Some("note".to_owned()), text, below: Vec::new(), next, follow_up };
    let told = format!("{}: looked at", contact.name);
    Ok(match log(situation.book, situation.vocabulary, situation.day, &[id], &entry)? {
        Logged::New { change, .. } => {
            Followed { told, outcome: Outcome::Done, files: change.files }
        }
        Logged::There { .. } => Followed { told, outcome: Outcome::Known, files: Vec::new() },
    })
}

fn purpose(ground: &Ground, answer: &Answer, id: ContactId) -> Result<Followed, Refusal> {
    let text = answer.said.text.join("; ");
    if text.is_empty() {
        return Err(refusal("nothing is typed below it", "type what connects you"));
    }
    let wish = set(ground, Field::Purpose, KeyValue::Text(text.clone()));
    Ok(of_person(ground, id, &text, vec![wish]))
}

fn place(ground: &Ground, answer: &Answer, id: ContactId) -> Result<Followed, Refusal> {
    let mut wishes = Vec::new();
    for text in &answer.said.text {
        let circle = ground.situation.vocabulary.circle(text.trim());
        wishes.push(match (circle, Cadence::parse(text)) {
            (Some(circle), _) => set(ground, Field::Circle, KeyValue::Text(circle.name.clone())),
            (None, Some(_)) => set(ground, Field::Cadence, KeyValue::Text(text.trim().to_owned())),
            (None, None) => {
                let why = format!("`{text}` is neither a circle nor a rhythm");
                return Err(refusal(&why, "type `growth`, or `monthly`, below it"));
            }
        });
    }
    if wishes.is_empty() {
        let hint = "type a circle (`growth`) or a rhythm (`monthly`)";
        return Err(refusal("nothing is typed below it", hint));
    }
    Ok(of_person(ground, id, &answer.said.text.join(", "), wishes))
}

/// Takes back what following the answer wrote, as far as it is unchanged; where the change itself can be undone that is
/// better.
pub fn take_back(
    ground: &Ground,
    answer: &Answer,
    record: &Record,
    subject: &Subject,
) -> Result<Vec<FileChange>, Refusal> {
    match subject {
        Subject::Word(who) => {
            let Some(said) = said_before(answer, record) else { return Ok(Vec::new()) };
            if record.outcome != Outcome::Done || is_entry(ground, &said) {
                return people::take_back(&ground.situation, answer, record, who);
            }
            Ok(without_step(ground, &said, who))
        }
        Subject::Promise(of) => Ok(promise::take_back(answer, record, of, ground.situation.day)),
        _ => Ok(Vec::new()),
    }
}

fn without_step(ground: &Ground, said: &Said, who: &[ContactId]) -> Vec<FileChange> {
    let mut files = Vec::new();
    for id in who {
        let contact = ground.situation.book.contact(*id);
        let (day, words) = step_of(ground, said, who.first().copied().unwrap_or(*id));
        let is_ours = contact.follow_up == Some(day);
        let keys = |field| ground.situation.vocabulary.spellings(field);
        let mut wishes = Vec::new();
        wishes.extend(is_ours.then(|| Wish::RemoveKey { keys: keys(Field::FollowUp) }));
        let same_words = is_ours && words.is_some() && contact.next == words;
        wishes.extend(same_words.then(|| Wish::RemoveKey { keys: keys(Field::Next) }));
        add(&mut files, &contact.path, wishes);
    }
    files
}
