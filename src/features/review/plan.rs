//! What is to be done about the answers in a review.
//!
//! Always true here: an answer that was followed is not followed again, and one that cannot be followed wholly is not
//! followed at all. The same answers over the same notes give the same steps on every machine.

use crate::features::agenda::answer::Answer;
use crate::features::agenda::file::AgendaFile;
use crate::features::agenda::record::{Outcome, Record};
use crate::features::agenda::said::Verdict;
use crate::features::answering::due::{Due, due};
use crate::features::answering::step::{Followed, Step, Trouble, refusal, step};
use crate::features::answering::unread::unread;
use crate::features::review::follow::{Met, follow, take_back};
use crate::features::review::ground::Ground;
use crate::features::review::ids::letter;
use crate::features::review::kept::answers_of;
use crate::features::review::subject::{Subject, subject};
use crate::features::review::telling::{day_at_start, possible};
use crate::note::change::Refusal;
use crate::note::link_write::without_links;
use crate::people::cadence::Cadence;
use crate::text::phrase;

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// The answers to follow, in the order of the lines.
    pub steps: Vec<Step>,
    /// Those that cannot be followed.
    pub troubles: Vec<Trouble>,
}

/// What is to be done about the answers in `file`, after `made` was made of some of them. Where a step takes something
/// back, there may be more to do once the notes are read again.
pub fn plan(ground: &Ground, file: &AgendaFile, made: &[Record]) -> Plan {
    let mut planning = Planning { ground, plan: Plan::default(), met: Met::new(), refused: 0 };
    for mut answer in answers_of(file) {
        let now = made.iter().find(|record| record.is_about(&answer.id, answer.day));
        answer.record = now.cloned().or(answer.record);
        planning.look_at(&answer);
    }
    let Planning { mut plan, refused, .. } = planning;
    keep_open(&mut plan, refused);
    plan
}

/// Takes the end of the review out of `plan` where answers were refused: once it is done, nobody looks at them again.
pub fn keep_open(plan: &mut Plan, refused: usize) {
    let Some(at) = plan.steps.iter().position(is_end).filter(|_| refused > 0) else { return };
    let step = plan.steps.remove(at);
    let answers = phrase::count(refused, "answer", "answers");
    let reason = format!("it stays open, for {answers} could not be followed");
    let hint = "change them, or empty their boxes";
    let line = step.told.trim_end_matches(" is done").to_owned();
    plan.troubles.push(Trouble { line, refusal: refusal(&reason, hint) });
}

/// Whether a step is the end of the review.
pub fn is_end(step: &Step) -> bool {
    letter(&step.record.id) == Some('d') && step.record.outcome == Outcome::Done
}

struct Planning<'s, 'a> {
    ground: &'s Ground<'a>,
    plan: Plan,
    met: Met,
    // How many answers cannot be followed.
    refused: usize,
}

impl<'a> Planning<'_, 'a> {
    fn look_at(&mut self, answer: &Answer) {
        // A review is open until it is done, however many days that takes.
        let due = due(answer, true);
        let result = match due {
            Due::Nothing => unread_words(self.ground, answer).map_or(Ok(()), Err),
            Due::Follow => self.follow(answer),
            Due::TakeBack(record) => {
                self.take_back(answer, record, answer.followed(Outcome::Withdrawn))
            }
            // What was typed before is remembered, so that what is typed now is new.
            Due::Both(record) => self.take_back(answer, record, record.withdrawn()),
        };
        if let Err(refusal) = result {
            self.refused += usize::from(due != Due::Nothing);
            let line = without_links(&answer.line.text);
            self.plan.troubles.push(Trouble { line, refusal });
        }
    }

    fn follow(&mut self, answer: &Answer) -> Result<(), Refusal> {
        let subject = match self.subject(answer) {
            Err(_) if is_answered(answer) => {
                self.plan.steps.push(step(answer, known(answer), None));
                return Ok(());
            }
            subject => subject?,
        };
        let followed = follow(self.ground, answer, &subject, &mut self.met)?;
        self.plan.steps.push(step(answer, followed, None));
        Ok(())
    }

    fn take_back(
        &mut self,
        answer: &Answer,
        record: &Record,
        withdrawn: Record,
    ) -> Result<(), Refusal> {
        // An answer that was owed is owed no more: then only the change itself can be undone.
        let files = match self.subject(answer) {
            Ok(subject) => take_back(self.ground, answer, record, &subject)?,
            Err(_) => Vec::new(),
        };
        let told = format!("taken back: {}", without_links(&answer.line.text));
        let followed = Followed { told, outcome: Outcome::Withdrawn, files };
        // What was only remembered wrote nothing that could have stayed.
        let earlier = if writes(answer, record) { record.outcome } else { Outcome::Known };
        let step = step(answer, followed, Some(earlier));
        self.plan.steps.push(Step { record: withdrawn, ..step });
        Ok(())
    }

    fn subject(&self, answer: &Answer) -> Result<Subject<'a>, Refusal> {
        subject(self.ground, &answer.line)
            .map_err(|why| refusal(&why, "write it down with `ties log` or `ties done`"))
    }
}

/// Whether such an answer writes anything into a note: at most lines `[-]` does not, nor does the end of the review.
fn writes(answer: &Answer, record: &Record) -> bool {
    match letter(&answer.id) {
        Some('w' | 'p') => true,
        Some('d') => false,
        _ => record.outcome != Outcome::Skipped,
    }
}

/// Why words at a line with an empty box are no answer; `None` where they do not look like one, or were followed once.
fn unread_words(ground: &Ground, answer: &Answer) -> Option<Refusal> {
    if answer.record.is_some() || answer.outcome().is_some() {
        return None;
    }
    let vocabulary = ground.situation.vocabulary;
    let is_answer = |text: &&String| match letter(&answer.id) {
        Some('w') => {
            let at = day_at_start(text, ground.situation.day);
            at.is_some_and(|at| at.is_sure) || possible(text).is_err()
        }
        Some('g') => Cadence::parse(text).is_some(),
        Some('k') => Cadence::parse(text).is_some() || vocabulary.circle(text.trim()).is_some(),
        Some('u') => true,
        _ => false,
    };
    unread(answer, vocabulary).or_else(|| {
        let text = answer.said.text.iter().find(is_answer)?;
        let reason = format!("`{text}` stands at a line that is not ticked");
        Some(refusal(&reason, "tick it too, `[x]`, and it is followed"))
    })
}

/// Whether it is the tick at a word that was owed: where that is not written down any more, it is owed no more.
fn is_answered(answer: &Answer) -> bool {
    letter(&answer.id) == Some('r') && answer.said.verdict == Some(Verdict::Done)
}

fn known(answer: &Answer) -> Followed {
    let told = without_links(&answer.line.text);
    Followed { told, outcome: Outcome::Known, files: Vec::new() }
}
