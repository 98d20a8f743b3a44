//! Answers about habits: a tick in the habit's own log.

use crate::features::agenda::answer::Answer;
use crate::features::agenda::record::{Outcome, Record};
use crate::features::agenda::said::{Said, Verdict, without_day};
use crate::features::agenda::written::{day_of, said_before};
use crate::features::answering::step::{Followed, refusal};
use crate::features::answering::unread::unclear;
use crate::features::tick;
use crate::note::change::{FileChange, Refusal, Wish};
use crate::people::habit::Habit;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;

/// Follows the answer about a habit.
pub fn follow(
    answer: &Answer,
    habit: &Habit,
    vocabulary: &Vocabulary,
    today: Day,
) -> Result<Followed, Refusal> {
    let (told, outcome) = match answer.said.verdict {
        Some(Verdict::Done) => (format!("done: {}", habit.name), Outcome::Done),
        Some(Verdict::Skip) => (format!("excused: {}", habit.name), Outcome::Skipped),
        Some(Verdict::Unclear) => return Err(unclear(answer)),
        _ => {
            return Err(refusal(
                "a habit is ticked or excused, and nothing else",
                "tick it, or write `skip`",
            ));
        }
    };
    let (date, lines) = entry(answer, &answer.said, outcome, today);
    let there = habit.entries.iter().any(|entry| entry.day == date);
    if there {
        return Ok(Followed { told, outcome: Outcome::Known, files: Vec::new() });
    }
    let headings = vocabulary.log_headings.clone();
    let wishes = vec![Wish::InsertEntry { headings, date, lines }];
    Ok(Followed {
        told,
        outcome,
        files: vec![FileChange::Edit { path: habit.path.clone(), wishes }],
    })
}

fn entry(answer: &Answer, said: &Said, outcome: Outcome, today: Day) -> (Day, Vec<String>) {
    let date = day_of(answer, said, today);
    let typed = said.text.join(" ");
    let typed = without_day(&typed, date);
    (date, vec![tick::line(date, outcome == Outcome::Skipped, typed)])
}

/// Takes back what following the answer wrote, as far as it is unchanged.
pub fn take_back(
    answer: &Answer,
    record: &Record,
    habit: &Habit,
    vocabulary: &Vocabulary,
    today: Day,
) -> Vec<FileChange> {
    if !matches!(record.outcome, Outcome::Done | Outcome::Skipped) {
        return Vec::new();
    }
    let Some(said) = said_before(answer, record) else { return Vec::new() };
    let (date, lines) = entry(answer, &said, record.outcome, today);
    let headings = vocabulary.log_headings.clone();
    let wishes = vec![Wish::RemoveEntry { headings, date: Some(date), lines }];
    vec![FileChange::Edit { path: habit.path.clone(), wishes }]
}
