//! Answers about promises: the task is ticked where it stands, and no entry is written.

use crate::features::agenda::answer::Answer;
use crate::features::agenda::record::{Outcome, Record};
use crate::features::agenda::said::Verdict;
use crate::features::agenda::written::{day_of, promise_until, said_before};
use crate::features::answering::step::{Followed, refusal};
use crate::features::answering::unread::unclear;
use crate::features::keep::recurring;
use crate::note::change::{FileChange, Refusal, Wish};
use crate::note::link_write::without_links;
use crate::people::book::PromiseRef;
use crate::people::promise::{Promise, PromiseStatus};
use crate::text::day::Day;

/// Follows the answer about a promise.
pub fn follow(answer: &Answer, of: &PromiseRef, today: Day) -> Result<Followed, Refusal> {
    let promise = of.promise();
    if promise.recurring {
        return Err(recurring());
    }
    let day = day_of(answer, &answer.said, today);
    let text = without_links(&promise.text);
    let (told, outcome, status) = match answer.said.verdict {
        Some(Verdict::Done) => (format!("kept: {text}"), Outcome::Done, Some('x')),
        Some(Verdict::Tried) => (format!("in progress: {text}"), Outcome::Tried, Some('/')),
        Some(Verdict::Skip) => (format!("let go: {text}"), Outcome::Skipped, Some('-')),
        Some(Verdict::Later(_)) => (format!("put off: {text}"), Outcome::Later, None),
        Some(Verdict::Unclear) => return Err(unclear(answer)),
        None => return Err(refusal("a promise has no next step", "tick it, or write `later fri`")),
    };
    let wish = match answer.said.verdict {
        Some(Verdict::Later(until)) => {
            let until = promise_until(answer, until);
            (promise.scheduled != Some(until)).then(|| put_off(promise, until))
        }
        _ => set(promise, status.unwrap_or(' '), done_field(promise, outcome, day)),
    };
    let outcome = if wish.is_none() && outcome == Outcome::Done { Outcome::Known } else { outcome };
    Ok(Followed { told, outcome, files: wish.into_iter().map(|wish| edit(of, wish)).collect() })
}

/// `✅ DATE`, where the note uses such fields.
fn done_field(promise: &Promise, outcome: Outcome, day: Day) -> Option<String> {
    (promise.uses_task_fields && outcome == Outcome::Done).then(|| format!("✅ {day}"))
}

fn set(promise: &Promise, status: char, field: Option<String>) -> Option<Wish> {
    (promise.status != PromiseStatus::of(status)).then(|| Wish::SetTask {
        line: promise.source_line.clone(),
        ordinal: promise.ordinal,
        status,
        field,
        without: None,
    })
}

fn put_off(promise: &Promise, until: Day) -> Wish {
    Wish::SetTask {
        line: promise.source_line.clone(),
        ordinal: promise.ordinal,
        status: sign(promise),
        field: Some(format!("⏳ {until}")),
        without: promise.scheduled.map(|day| format!("⏳ {day}")),
    }
}

/// The character in the box of its task, whichever that is.
fn sign(promise: &Promise) -> char {
    let inside = promise.source_line.split_once('[').and_then(|(_, rest)| rest.chars().next());
    inside.unwrap_or(' ')
}

fn edit(of: &PromiseRef, wish: Wish) -> FileChange {
    FileChange::Edit { path: of.path.clone(), wishes: vec![wish] }
}

/// Takes back what following the answer wrote, as far as it is unchanged.
pub fn take_back(answer: &Answer, record: &Record, of: &PromiseRef, today: Day) -> Vec<FileChange> {
    let promise = of.promise();
    let Some(said) = said_before(answer, record) else { return Vec::new() };
    let day = day_of(answer, &said, today);
    let opened = |without: Option<String>| Wish::SetTask {
        line: promise.source_line.clone(),
        ordinal: promise.ordinal,
        status: ' ',
        field: None,
        without,
    };
    let wish = match record.outcome {
        Outcome::Done if promise.status == PromiseStatus::Done => {
            Some(opened(done_field(promise, Outcome::Done, day)))
        }
        Outcome::Tried if promise.status == PromiseStatus::InProgress => Some(opened(None)),
        Outcome::Skipped if promise.status == PromiseStatus::Cancelled => Some(opened(None)),
        Outcome::Later => promise.scheduled.map(|day| Wish::SetTask {
            line: promise.source_line.clone(),
            ordinal: promise.ordinal,
            status: sign(promise),
            field: None,
            without: Some(format!("⏳ {day}")),
        }),
        _ => None,
    };
    wish.into_iter().map(|wish| edit(of, wish)).collect()
}
