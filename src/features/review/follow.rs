//! From the answer to one line of a review to what following it writes.
//!
//! Always true here: a tick makes the one change that its line names. It is contact only where the person says so, by a
//! kind of contact (`call: …`) or a day that is not to come, or where the line asks for an answer that was owed.

use crate::features::agenda::answer::Answer;
use crate::features::agenda::record::{Outcome, Record, mark_of};
use crate::features::agenda::said::Verdict;
use crate::features::agenda::written::said_before;
use crate::features::answering::people;
use crate::features::answering::promise;
use crate::features::answering::step::{Followed, add, refusal};
use crate::features::answering::unread::unclear;
use crate::features::inbox::removal;
use crate::features::review::ground::Ground;
use crate::features::review::next_step::{names, next_step, set, without_step};
use crate::features::review::owing::{Owing, as_written};
use crate::features::review::subject::Subject;
use crate::features::review::telling::{nothing_typed, on_its_day, tells};
use crate::features::review::ticked::ticked;
use crate::features::review_period::ReviewKind;
use crate::note::change::{FileChange, KeyValue, Refusal};
use crate::note::link_write::without_links;
use crate::note::path::NotePath;
use crate::people::book::ContactId;
use crate::people::field::Field;
use crate::text::day::Day;
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
        Some(Verdict::Done) if !tells(ground, said) => next_step(ground, answer, who),
        Some(Verdict::Done | Verdict::Tried) => {
            let answer = on_its_day(ground, answer)?;
            people::follow(&ground.situation, &answer, who, met)
        }
        Some(Verdict::Skip) if ground.period.kind == ReviewKind::Monthly => {
            Ok(not_this_month(ground, answer, who))
        }
        _ => people::follow(&ground.situation, answer, who, met),
    }
}

/// No message before the next month; who rests longer already goes on doing so.
fn not_this_month(ground: &Ground, answer: &Answer, who: &[ContactId]) -> Followed {
    let until = ground.period.to.plus_days(1).max(ground.situation.day.plus_days(1));
    let mut files = Vec::new();
    for id in who {
        let contact = ground.situation.book.contact(*id);
        let until = contact.quiet_until.map_or(until, |there| there.max(until));
        let mut wishes = vec![set(ground, Field::QuietUntil, KeyValue::Date(until))];
        if let Some((on, text)) = &answer.said.next {
            wishes.extend(on.map(|on| set(ground, Field::FollowUp, KeyValue::Date(on))));
            wishes.push(set(ground, Field::Next, KeyValue::Text(text.clone())));
        }
        add(&mut files, &contact.path, wishes);
    }
    let told = format!("no message to {} this month", names(ground, who));
    Followed { told, outcome: Outcome::Skipped, files }
}

// Words that were owed

/// An answer that was owed is contact with those whom it is owed to; a line of the inbox that says so is done with.
fn answered(
    ground: &Ground,
    answer: &Answer,
    owing: &Owing,
    met: &mut Met,
) -> Result<Followed, Refusal> {
    let mut followed = if owing.people.is_empty() {
        nothing_typed(&answer.said)?;
        let told = format!("done with: {}", owing.text);
        Followed { told, outcome: Outcome::Done, files: Vec::new() }
    } else {
        let answer = on_its_day(ground, answer)?;
        let answer = with_words(ground, &answer, owing);
        people::follow(&ground.situation, &answer, &owing.people, met)?
    };
    if let (Some(line), Some(path)) = (&owing.inbox, inbox(ground)) {
        followed.files.push(removal(&path, ground.inbox, line)?);
        followed.outcome = Outcome::Done;
    }
    Ok(followed)
}

/// The answer with what the line says: the line leaves the inbox, its words do not get lost. Where something else was
/// typed they stand below that, as an item of their own with what hangs on it.
fn with_words(ground: &Ground, answer: &Answer, owing: &Owing) -> Answer {
    let mut answer = answer.clone();
    let Some(line) = owing.inbox.as_ref() else { return answer };
    let (text, below) = as_written(line, ground.inbox);
    let said = &mut answer.said;
    if said.text.is_empty() && said.below.is_empty() {
        (said.text, said.below) = (text, below);
    } else {
        let mut lines = text.into_iter();
        said.below.extend(lines.next().map(|first| format!("- {first}")));
        said.below.extend(lines.chain(below).map(|line| format!("  {line}")));
    }
    answer
}

fn inbox(ground: &Ground) -> Option<NotePath> {
    NotePath::new(&ground.situation.vocabulary.folders.inbox)
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
        Subject::Word(who) => word_back(ground, answer, record, who),
        Subject::Promise(of) => Ok(promise::take_back(answer, record, of, ground.situation.day)),
        _ => Ok(Vec::new()),
    }
}

fn word_back(
    ground: &Ground,
    answer: &Answer,
    record: &Record,
    who: &[ContactId],
) -> Result<Vec<FileChange>, Refusal> {
    let Some(said) = said_before(answer, record) else { return Ok(Vec::new()) };
    let is_told = matches!(record.outcome, Outcome::Done | Outcome::Tried) && tells(ground, &said);
    if record.outcome == Outcome::Done && !is_told {
        return Ok(without_step(ground, answer, &said, who));
    }
    if !is_told {
        return people::take_back(&ground.situation, answer, record, who);
    }
    let then = Answer { said, ..answer.clone() };
    let then = on_its_day(ground, &then)?;
    let record = Record { typed: mark_of(&then.typed), ..record.clone() };
    people::take_back(&ground.situation, &then, &record, who)
}
