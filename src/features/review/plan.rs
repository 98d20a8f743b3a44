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
use crate::features::review::follow::{Met, follow, take_back};
use crate::features::review::ground::Ground;
use crate::features::review::ids::letter;
use crate::features::review::kept::answers_of;
use crate::features::review::subject::{Subject, subject};
use crate::note::change::Refusal;
use crate::note::link_write::without_links;

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
    let mut planning = Planning { ground, plan: Plan::default(), met: Met::new() };
    for mut answer in answers_of(file) {
        let now = made.iter().find(|record| record.is_about(&answer.id, answer.day));
        answer.record = now.cloned().or(answer.record);
        planning.look_at(&answer);
    }
    planning.plan
}

struct Planning<'s, 'a> {
    ground: &'s Ground<'a>,
    plan: Plan,
    met: Met,
}

impl<'a> Planning<'_, 'a> {
    fn look_at(&mut self, answer: &Answer) {
        // A review is open until it is done, however many days that takes.
        let result = match due(answer, true) {
            Due::Nothing => Ok(()),
            Due::Follow => self.follow(answer),
            Due::TakeBack(record) => {
                self.take_back(answer, record, answer.followed(Outcome::Withdrawn))
            }
            // What was typed before is remembered, so that what is typed now is new.
            Due::Both(record) => self.take_back(answer, record, record.withdrawn()),
        };
        if let Err(refusal) = result {
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
        let step = step(answer, followed, Some(record.outcome));
        self.plan.steps.push(Step { record: withdrawn, ..step });
        Ok(())
    }

    fn subject(&self, answer: &Answer) -> Result<Subject<'a>, Refusal> {
        subject(self.ground, &answer.line)
            .map_err(|why| refusal(&why, "write it down with `ties log` or `ties done`"))
    }
}

/// Whether it is the tick at a word that was owed: where that is not written down any more, it is owed no more.
fn is_answered(answer: &Answer) -> bool {
    letter(&answer.id) == Some('r') && answer.said.verdict == Some(Verdict::Done)
}

fn known(answer: &Answer) -> Followed {
    let told = without_links(&answer.line.text);
    Followed { told, outcome: Outcome::Known, files: Vec::new() }
}
