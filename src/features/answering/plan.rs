//! What is to be done about the answers in the agenda and in copies of it.
//!
//! Always true here: an answer that was followed is not followed again, and one that cannot be followed wholly is not
//! followed at all. The same answers over the same notes give the same steps on every machine.

use crate::features::agenda::about::{About, about};
use crate::features::agenda::answer::{Answer, answers, rests};
use crate::features::agenda::file::{AgendaFile, Side};
use crate::features::agenda::ids;
use crate::features::agenda::record::{Outcome, Record, mark_of};
use crate::features::agenda::said::Verdict;
use crate::features::answering::due::{Due, due};
use crate::features::answering::habit;
use crate::features::answering::people;
use crate::features::answering::promise;
use crate::features::answering::step::{
    Followed, SettingStep, SettingWish, Step, Trouble, refusal, step,
};
use crate::features::answering::unread::unread;
use crate::features::standing::Situation;
use crate::note::change::{FileChange, Refusal, Wish};
use crate::note::link_write::without_links;
use crate::people::book::ContactId;
use crate::text::day::Day;
use crate::text::day_range::DayRange;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

/// Copies of the agenda are looked into for so many days.
const COPY_DAYS: i64 = 14;

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// The answers to follow, in the order in which that is to be done.
    pub steps: Vec<Step>,
    /// The settings that answers ask for.
    pub settings: Vec<SettingStep>,
    /// Those that cannot be followed.
    pub troubles: Vec<Trouble>,
    /// The days of the copies that were looked into.
    pub copies: Vec<Day>,
    /// Contact that follows from the answers, by its newest day.
    pub met: HashMap<ContactId, Day>,
    /// Those whom the answers put off without being in touch.
    pub put_off: HashSet<ContactId>,
}

impl Plan {
    /// Whether anything is to be done.
    pub fn asks(&self) -> bool {
        !self.steps.is_empty() || !self.settings.is_empty()
    }
}

/// What is to be done about the answers in `file`, the agenda as it is, and in `copies` of it, after `made` was made of
/// some of them. An answer that takes the place of another is followed once that is taken back and the notes are read
/// again: so where a step takes something back, there may be more to do afterwards.
pub fn plan(
    situation: &Situation,
    file: &AgendaFile,
    copies: &[AgendaFile],
    made: &[Record],
) -> Plan {
    let mut planning = Planning { situation, plan: Plan::default(), met: HashSet::new() };
    let mut seen = HashSet::new();
    for mut answer in answers(file, &|_| false) {
        seen.insert((answer.day, answer.id.clone()));
        let now = made.iter().find(|record| record.is_about(&answer.id, answer.day));
        answer.record = now.cloned().or(answer.record);
        planning.look_at(&answer, true);
    }
    for copy in copies {
        let found = answers(copy, &|_| false);
        let days = copy.sides.iter().filter_map(|side| side.date);
        planning.plan.copies.extend(days.filter(|day| planning_days(situation.day).contains(day)));
        for mut answer in
            found.into_iter().filter(|answer| planning_days(situation.day).contains(&answer.day))
        {
            // The agenda itself has the last word, and remembers what was made of its copies.
            let mut known = made.iter().chain(file.records());
            let known = known.find(|record| record.is_about(&answer.id, answer.day));
            answer.record = known.cloned().or(answer.record);
            if answer.record.is_none() && seen.insert((answer.day, answer.id.clone())) {
                planning.look_at(&answer, false);
            }
        }
    }
    planning.plan.settings.extend(file.sides.iter().flat_map(|side| away(situation, side)));
    let of_copies = copies.iter().flat_map(|copy| &copy.sides);
    let known = made.iter().chain(file.records()).collect::<Vec<_>>();
    planning.plan.settings.extend(of_copies.flat_map(|side| away_in_copy(situation, side, &known)));
    planning.plan.settings.dedup();
    for (id, day) in planning.met {
        let newest = planning.plan.met.entry(id).or_insert(day);
        *newest = day.max(*newest);
    }
    // Of several equal lines of a note the last is ticked first, so that the others keep their numbers.
    planning.plan.steps.sort_by_key(|step| Reverse(last_ordinal(step)));
    planning.plan
}

/// The days away that a side asks for and the settings do not say.
fn away(situation: &Situation, side: &Side) -> Vec<SettingStep> {
    let is_away = |day: Day| situation.settings.is_away(day);
    let asked = rests(side).into_iter().map(|rest| rest.days);
    let new = asked.filter(|days| !is_away(days.from) || !is_away(days.to));
    let step = |days: DayRange| SettingStep {
        record: None,
        told: format!("away {days}"),
        wish: SettingWish::Rest(days),
    };
    new.map(step).collect()
}

/// The days away that a copy asks for, once: it stays as it is, so that is remembered.
fn away_in_copy(situation: &Situation, side: &Side, known: &[&Record]) -> Vec<SettingStep> {
    let Some(day) = side.date.filter(|day| planning_days(situation.day).contains(day)) else {
        return Vec::new();
    };
    let step = |days: DayRange| {
        let told = format!("away {days}");
        let id = ids::id_of('a', &[&told]);
        let record = Record { day, id, outcome: Outcome::Done, typed: mark_of(&[]) };
        let is_new = !known.iter().any(|known| known.is_about(&record.id, day));
        let wish = SettingWish::Rest(days);
        is_new.then_some(SettingStep { record: Some(record), told, wish })
    };
    rests(side).into_iter().filter_map(|rest| step(rest.days)).collect()
}

fn planning_days(today: Day) -> std::ops::RangeInclusive<Day> {
    today.plus_days(-COPY_DAYS)..=today
}

fn last_ordinal(step: &Step) -> usize {
    let files = step.change.iter().flat_map(|change| &change.files);
    let wishes = files.filter_map(|file| match file {
        FileChange::Edit { wishes, .. } => Some(wishes),
        _ => None,
    });
    let ordinals = wishes.flatten().filter_map(|wish| match wish {
        Wish::SetTask { ordinal, .. } => Some(*ordinal),
        _ => None,
    });
    ordinals.max().unwrap_or(0)
}

struct Planning<'s, 'a> {
    situation: &'s Situation<'a>,
    plan: Plan,
    // Contact that follows from lines looked at before.
    met: HashSet<(ContactId, Day)>,
}

impl Planning<'_, '_> {
    fn look_at(&mut self, answer: &Answer, may_take_back: bool) {
        let due = due(answer, answer.day == self.situation.day);
        let result = match due {
            Due::Nothing => unread(answer, self.situation.vocabulary).map_or(Ok(()), Err),
            Due::Follow => self.follow(answer),
            Due::TakeBack(_) | Due::Both(_) if !may_take_back => Ok(()),
            Due::TakeBack(record) => {
                self.take_back(answer, record, answer.followed(Outcome::Withdrawn))
            }
            // What was typed before is remembered, so that what is typed now is new.
            Due::Both(record) => self.take_back(answer, record, record.withdrawn()),
        };
        if let Err(refusal) = result {
            // A line of the person's own among promises or habits is none of them.
            let is_own = answer.line.id.is_none() && matches!(answer.line.letter, 'p' | 'h');
            if is_own && about(self.situation.book, &answer.line).is_err() {
                return;
            }
            let line = without_links(&answer.line.text);
            self.plan.troubles.push(Trouble { line, refusal });
        }
    }

    fn follow(&mut self, answer: &Answer) -> Result<(), Refusal> {
        let Planning { situation, met, .. } = self;
        let today = situation.day;
        let followed = match about_of(situation, answer)? {
            About::People(who) => {
                let followed = people::follow(situation, answer, &who, met)?;
                if matches!(answer.said.verdict, Some(Verdict::Later(_) | Verdict::Skip)) {
                    self.plan.put_off.extend(&who);
                }
                followed
            }
            About::Promise(of) => promise::follow(answer, &of, today)?,
            About::Habit(habit) => habit::follow(answer, habit, situation.vocabulary, today)?,
            About::Afresh => {
                self.start_afresh(answer);
                return Ok(());
            }
        };
        self.plan.steps.push(step(answer, followed, None));
        Ok(())
    }

    /// Only its tick is an answer; there is nothing else to be said to it.
    fn start_afresh(&mut self, answer: &Answer) {
        if answer.said.verdict != Some(Verdict::Done) {
            return;
        }
        self.plan.settings.push(SettingStep {
            record: Some(answer.followed(Outcome::Done)),
            told: "everybody else starts afresh".to_owned(),
            wish: SettingWish::StartAfresh(answer.day.min(self.situation.day)),
        });
    }

    fn take_back(
        &mut self,
        answer: &Answer,
        record: &Record,
        withdrawn: Record,
    ) -> Result<(), Refusal> {
        let Planning { situation, .. } = self;
        let today = situation.day;
        let files = match about_of(situation, answer)? {
            About::People(who) => {
                let then = people::as_followed(situation, answer, record, &who);
                people::take_back(situation, &then, record, &who)?
            }
            About::Promise(of) => promise::take_back(answer, record, &of, today),
            About::Habit(habit) => {
                habit::take_back(answer, record, habit, situation.vocabulary, today)
            }
            About::Afresh => Vec::new(),
        };
        let told = format!("taken back: {}", without_links(&answer.line.text));
        let followed = Followed { told, outcome: Outcome::Withdrawn, files };
        let wrote_nothing = people::wrote_nothing(answer, record);
        let earlier = if wrote_nothing { Outcome::Known } else { record.outcome };
        let step = step(answer, followed, Some(earlier));
        self.plan.steps.push(Step { record: withdrawn, ..step });
        Ok(())
    }
}

fn about_of<'a>(situation: &Situation<'a>, answer: &Answer) -> Result<About<'a>, Refusal> {
    about(situation.book, &answer.line)
        .map_err(|why| refusal(&why, "write it down with `ties log` or `ties done`"))
}
