//! Answers about people: suggestions, occasions, triggers and plans.

use crate::features::agenda::answer::Answer;
use crate::features::agenda::record::{Outcome, Record, mark_of};
use crate::features::agenda::said::{Said, Verdict, said};
use crate::features::agenda::wording::asks;
use crate::features::agenda::written::{entry, is_about_its_line, said_before, until};
use crate::features::answering::step::{Followed, add};
use crate::features::answering::unread::unclear;
use crate::features::archive::{archived, taken_back};
use crate::features::log::{Entry, Logged, log, written_lines};
use crate::features::standing::Situation;
use crate::note::change::{FileChange, KeyValue, Refusal, Wish};
use crate::note::link_write::without_links;
use crate::people::book::ContactId;
use crate::people::contact::Status;
use crate::people::field::Field;
use crate::people::interaction::Interaction;
use crate::text::day::Day;
use crate::text::phrase::{self, list};
use crate::text::typed::one_line;
use std::collections::HashSet;

/// Follows the answer about `who`. `met` are those with whom contact follows from other lines, each on its day.
pub fn follow(
    situation: &Situation,
    answer: &Answer,
    who: &[ContactId],
    met: &mut HashSet<(ContactId, Day)>,
) -> Result<Followed, Refusal> {
    let said = &answer.said;
    let names = who.iter().map(|id| situation.book.brief(*id).name.as_str()).collect::<Vec<_>>();
    let names = list(&names);
    let mut followed = match said.verdict {
        Some(Verdict::Done) => done(situation, answer, who, met, &names)?,
        Some(Verdict::Tried) => tried(situation, answer, who, &names)?,
        Some(verdict) if is_about_its_line(answer, verdict) => Followed {
            told: left_out(answer, verdict, &names),
            outcome: outcome_of(verdict),
            files: next_step(situation, said, who),
        },
        Some(verdict @ (Verdict::Later(_) | Verdict::Skip)) => {
            put_off(situation, answer, verdict, who, &names)
        }
        Some(Verdict::Unclear) => return Err(unclear(answer)),
        None => Followed {
            told: format!("the next step with {names}"),
            outcome: Outcome::Next,
            files: next_step(situation, said, who),
        },
    };
    followed.told += &instead(situation, said, who);
    if said.archive {
        for id in who {
            let contact = situation.book.contact(*id);
            let wish = archived(situation.vocabulary, contact.status);
            add(&mut followed.files, &contact.path, vec![wish]);
        }
        if said.verdict.is_none() {
            (followed.told, followed.outcome) = (format!("put {names} away"), Outcome::Archived);
        }
    }
    Ok(followed)
}

/// What is told of an answer about its line alone.
fn left_out(answer: &Answer, verdict: Verdict, names: &str) -> String {
    let line = without_links(&answer.line.text);
    match verdict {
        Verdict::Later(_) => format!("asked again tomorrow: {line}"),
        _ if asks(&line) => format!("what was planned with {names} did not happen"),
        _ => format!("left out this time: {line}"),
    }
}

fn outcome_of(verdict: Verdict) -> Outcome {
    if verdict == Verdict::Skip { Outcome::Skipped } else { Outcome::Later }
}

/// The next steps whose place a new one takes: no line of the page need have shown them.
fn instead(situation: &Situation, said: &Said, who: &[ContactId]) -> String {
    let Some((_, text)) = &said.next else { return String::new() };
    let before = who.iter().filter_map(|id| situation.book.brief(*id).next.as_deref());
    let before = before.map(one_line).filter(|before| *before != one_line(text));
    let mut before = before.collect::<Vec<_>>();
    before.dedup();
    match before.is_empty() {
        true => String::new(),
        false if said.verdict.is_none() => format!(", instead of: {}", before.join("; ")),
        false => format!("; the next step instead of: {}", before.join("; ")),
    }
}

fn done(
    situation: &Situation,
    answer: &Answer,
    who: &[ContactId],
    met: &mut HashSet<(ContactId, Day)>,
    names: &str,
) -> Result<Followed, Refusal> {
    let (entry, day) = entry(situation, answer, &answer.said, who);
    let known = who.iter().all(|id| met.contains(&(*id, day)) || had_contact(situation, *id, day));
    met.extend(who.iter().map(|id| (*id, day)));
    let told = format!("in touch with {names}");
    if entry.text.is_empty() && entry.below.is_empty() && known {
        let files = next_step(situation, &answer.said, who);
        return Ok(Followed { told, outcome: Outcome::Known, files });
    }
    written(situation, &entry, who, told, Outcome::Done)
}

fn tried(
    situation: &Situation,
    answer: &Answer,
    who: &[ContactId],
    names: &str,
) -> Result<Followed, Refusal> {
    let (entry, _) = entry(situation, answer, &answer.said, who);
    written(situation, &entry, who, format!("tried to reach {names}"), Outcome::Tried)
}

fn written(
    situation: &Situation,
    entry: &Entry,
    who: &[ContactId],
    told: String,
    outcome: Outcome,
) -> Result<Followed, Refusal> {
    match log(situation.book, situation.vocabulary, situation.day, who, entry)? {
        Logged::New { change, .. } => Ok(Followed { told, outcome, files: change.files }),
        Logged::There { .. } => {
            let known = if outcome == Outcome::Done { Outcome::Known } else { outcome };
            Ok(Followed { told, outcome: known, files: Vec::new() })
        }
    }
}

fn had_contact(situation: &Situation, id: ContactId, day: Day) -> bool {
    let mut touches = situation.book.touches(id).skip_while(|touch| touch.day > day);
    touches.by_ref().take_while(|touch| touch.day == day).any(|touch| touch.counts())
}

/// A next step without an entry, in the note of each of them.
fn next_step(situation: &Situation, said: &Said, who: &[ContactId]) -> Vec<FileChange> {
    let Some((on, text)) = &said.next else { return Vec::new() };
    let keys = |field| situation.vocabulary.spellings(field);
    let mut files = Vec::new();
    for id in who {
        let next = Wish::SetKey { keys: keys(Field::Next), value: KeyValue::Text(text.clone()) };
        let day =
            on.map(|on| Wish::SetKey { keys: keys(Field::FollowUp), value: KeyValue::Date(on) });
        let wishes = day.into_iter().chain([next]).collect();
        add(&mut files, &situation.book.contact(*id).path, wishes);
    }
    files
}

/// No suggestion before a day; a next step that is open moves there too, for it is no suggestion.
fn put_off(
    situation: &Situation,
    answer: &Answer,
    verdict: Verdict,
    who: &[ContactId],
    names: &str,
) -> Followed {
    let mut files = next_step(situation, &answer.said, who);
    let mut last = answer.day;
    for id in who {
        let contact = situation.book.contact(*id);
        let asked = until(situation, answer, verdict, *id);
        // Only a day that was said makes a rest shorter that somebody has already.
        let own = contact.quiet_until.filter(|_| !matches!(verdict, Verdict::Later(Some(_))));
        let until = own.map_or(asked, |own| own.max(asked));
        last = last.max(until);
        if until <= situation.day {
            continue;
        }
        let set = |field| Wish::SetKey {
            keys: situation.vocabulary.spellings(field),
            value: KeyValue::Date(until),
        };
        let mut wishes = vec![set(Field::QuietUntil)];
        let step = contact.follow_up.filter(|step| *step <= situation.day);
        let moves = step.is_some() && answer.said.next.is_none();
        wishes.extend(moves.then(|| set(Field::FollowUp)));
        add(&mut files, &contact.path, wishes);
    }
    let until = phrase::date(last, situation.day);
    Followed {
        told: format!("{names} can wait until {until}"),
        outcome: outcome_of(verdict),
        files,
    }
}

/// The answer with what was typed when it was followed, where that has changed since and the entry of the day that was
/// written for it tells.
pub fn as_followed(
    situation: &Situation,
    answer: &Answer,
    record: &Record,
    who: &[ContactId],
) -> Answer {
    let mut then = answer.clone();
    let Some(first) = who.first() else { return then };
    if said_before(answer, record).is_some() {
        return then;
    }
    // What was typed beside text: commands, the date of a plugin.
    let is_beside = |line: &&String| {
        let said = said(' ', std::slice::from_ref(*line), answer.day);
        said.text.is_empty() && said.below.is_empty()
    };
    let beside = answer.typed.iter().filter(is_beside).cloned().collect::<Vec<_>>();
    for there in &situation.book.contact(*first).log {
        for told in told(situation, there) {
            let both = beside.iter().cloned().chain([told.clone()]).collect();
            for typed in [vec![told], both] {
                if mark_of(&typed) == record.typed {
                    then.typed = typed;
                    return then;
                }
            }
        }
    }
    then
}

/// What may have been typed for an entry of one line.
fn told(situation: &Situation, there: &Interaction) -> Vec<String> {
    let text = there.text.as_str();
    let kind = there.kind.as_deref().and_then(|name| situation.vocabulary.kind(name));
    let words = kind.into_iter().flat_map(|kind| std::iter::once(&kind.name).chain(&kind.synonyms));
    let with_kind = words.map(|word| format!("{word}: {text}"));
    with_kind.chain([text.to_owned()]).filter(|_| !text.is_empty()).collect()
}

/// Whether an answer that was followed was about its line alone.
fn is_alone(answer: &Answer, record: &Record) -> bool {
    let verdict = said_before(answer, record).and_then(|said| said.verdict);
    verdict.is_some_and(|verdict| is_about_its_line(answer, verdict))
}

/// Whether following the answer wrote nothing, so that nothing stays where it is taken back.
pub fn wrote_nothing(answer: &Answer, record: &Record) -> bool {
    record.outcome == Outcome::Known || is_alone(answer, record) && answer.said.next.is_none()
}

/// Takes back what following the answer wrote, as far as it is unchanged.
pub fn take_back(
    situation: &Situation,
    answer: &Answer,
    record: &Record,
    who: &[ContactId],
) -> Result<Vec<FileChange>, Refusal> {
    let book = situation.book;
    let (Some(said), Some(first)) = (said_before(answer, record), who.first()) else {
        return Ok(Vec::new());
    };
    let mut files = Vec::new();
    match record.outcome {
        Outcome::Done | Outcome::Tried => {
            let (entry, day) = entry(situation, answer, &said, who);
            let lines = written_lines(book, situation.vocabulary, who, &entry)?;
            let headings = situation.vocabulary.log_headings.clone();
            let removal = Wish::RemoveEntry { headings, date: Some(day), lines };
            add(&mut files, &book.contact(*first).path, vec![removal]);
        }
        Outcome::Later | Outcome::Skipped if !is_alone(answer, record) => {
            let verdict = said.verdict.unwrap_or(Verdict::Skip);
            for id in who {
                let until = until(situation, answer, verdict, *id);
                let contact = book.contact(*id);
                let keys = situation.vocabulary.spellings(Field::QuietUntil);
                let unchanged = contact.quiet_until == Some(until);
                let wishes = unchanged.then_some(Wish::RemoveKey { keys });
                add(&mut files, &contact.path, wishes.into_iter().collect());
            }
        }
        Outcome::Archived => {
            for id in who.iter().filter(|id| book.brief(**id).status == Status::Archived) {
                let contact = book.contact(*id);
                let wish = taken_back(situation.vocabulary, contact);
                add(&mut files, &contact.path, vec![wish]);
            }
        }
        _ => {}
    }
    Ok(files)
}
