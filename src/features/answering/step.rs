//! One answer, and what following it would write.

use crate::features::agenda::answer::Answer;
use crate::features::agenda::record::{Outcome, Record};
use crate::note::change::{Change, FileChange, Refusal, Wish};
use crate::note::path::NotePath;
use crate::text::day::Day;
use crate::text::day_range::DayRange;

/// What following one answer comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What is remembered once it is followed.
    pub record: Record,
    /// What it is, for people: `in touch with João Faria`.
    pub told: String,
    /// What is to be written; `None` where the notes say so already.
    pub change: Option<Change>,
    /// The outcome of an earlier answer to the same line that it takes back. Where the change that followed from that
    /// can still be undone exactly, that is better than `change`; without either, what was written stays.
    pub takes_back: Option<Outcome>,
}

/// A setting that an answer asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingStep {
    /// What is remembered once it is followed; nothing of days away, which the settings say themselves.
    pub record: Option<Record>,
    /// What it is, for people, and the title of the change.
    pub told: String,
    /// What is to be set.
    pub wish: SettingWish,
}

/// What is to be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingWish {
    /// Days away.
    Rest(DayRange),
    /// A fresh start on this day.
    StartAfresh(Day),
}

/// An answer that cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The line, as it reads.
    pub line: String,
    /// Why, and what to do.
    pub refusal: Refusal,
}

/// What an answer comes to: what happened in words, what was made of it, and the files to change.
pub struct Followed {
    /// As [`Step::told`].
    pub told: String,
    /// What was made of it.
    pub outcome: Outcome,
    /// The changes; none where the notes say so already.
    pub files: Vec<FileChange>,
}

/// The end of the title of every change that follows from the answer to one line of one day.
pub fn title_end(record: &Record) -> String {
    let page = if record.id.starts_with('v') { "review" } else { "agenda" };
    format!(" ({page} of {}, {})", record.day, record.id)
}

/// The step of a followed answer.
pub fn step(answer: &Answer, followed: Followed, takes_back: Option<Outcome>) -> Step {
    let Followed { told, outcome, files } = followed;
    let record = answer.followed(outcome);
    let title = format!("{told}{}", title_end(&record));
    let change = (!files.is_empty()).then_some(Change { title, files });
    Step { record, told, change, takes_back }
}

/// Adds wishes for a note to what is to be done already.
pub fn add(files: &mut Vec<FileChange>, path: &NotePath, new: Vec<Wish>) {
    if new.is_empty() {
        return;
    }
    let there = files.iter_mut().find_map(|file| match file {
        FileChange::Edit { path: other, wishes } if other == path => Some(wishes),
        _ => None,
    });
    match there {
        Some(wishes) => wishes.extend(new),
        None => files.push(FileChange::Edit { path: path.clone(), wishes: new }),
    }
}

/// A refusal in words.
pub fn refusal(reason: &str, hint: &str) -> Refusal {
    Refusal { reason: reason.to_owned(), hint: Some(hint.to_owned()) }
}
