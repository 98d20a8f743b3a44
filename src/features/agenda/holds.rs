//! Whether the notes say what following an answer made them say.
//!
//! Always true here: that is asked of what this answer wrote (its entry with its text on its day, the tick of its task,
//! the key that it set), not of whatever else happened. Words count as kept only where a note has every one of them.

use crate::features::agenda::about::About;
use crate::features::agenda::answer::Answer;
use crate::features::agenda::record::{Outcome, Record};
use crate::features::agenda::said::{Said, Verdict, without_day};
use crate::features::agenda::written::{
    day_of, entry, is_about_its_line, promise_until, said_before, until,
};
use crate::features::log::{Entry, is_written};
use crate::features::standing::Situation;
use crate::people::book::{ContactId, PromiseRef, Role};
use crate::people::contact::Status;
use crate::people::excerpt::plain;
use crate::people::habit::Habit;
use crate::people::kind::Meaning;
use crate::people::promise::PromiseStatus;
use crate::text::day::Day;
use crate::text::typed::one_line;
use std::collections::HashSet;

/// What the notes say of an answer that was followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Whether what it wrote is there, perhaps edited since. Where nobody knows what it wrote it is taken to be there.
    pub holds: bool,
    /// Whether every word that was typed with it is in a note, or did what it says.
    pub has_words: bool,
}

/// People with the days until which answers that were followed let them rest.
pub type Resting = HashSet<(ContactId, Day)>;

/// What the notes say of `answer`, of which `record` was made; `resting` is what it and others ask for.
pub fn found(
    situation: &Situation,
    about: &About,
    answer: &Answer,
    record: &Record,
    resting: &Resting,
) -> Found {
    let Some(said) = said_before(answer, record) else {
        return Found { holds: true, has_words: false };
    };
    let asked = Asked { situation, answer, record, said: &said, resting };
    match about {
        About::People(who) => asked.people(who),
        About::Promise(of) => asked.promise(of),
        About::Habit(habit) => asked.habit(habit),
        About::Afresh => {
            let fresh_start = situation.settings.fresh_start;
            let holds = fresh_start.is_some_and(|day| day >= answer.day);
            Found { holds, has_words: holds && asked.is_bare() }
        }
    }
}

struct Asked<'s, 'a> {
    situation: &'s Situation<'a>,
    answer: &'s Answer,
    record: &'s Record,
    said: &'s Said,
    resting: &'s Resting,
}

impl Asked<'_, '_> {
    fn has_text(&self) -> bool {
        !self.said.text.is_empty() || !self.said.below.is_empty()
    }

    /// Whether nothing was typed but what became of it.
    fn is_bare(&self) -> bool {
        !self.has_text() && self.said.next.is_none() && !self.said.archive
    }

    fn people(&self, who: &[ContactId]) -> Found {
        let book = self.situation.book;
        let is_archived = || who.iter().all(|id| book.brief(*id).status == Status::Archived);
        let has_keys = self.has_next(who) && (!self.said.archive || is_archived());
        match self.said.verdict {
            Some(Verdict::Done | Verdict::Tried) => {
                let (entry, day) = entry(self.situation, self.answer, self.said, who);
                let is_there = is_written(book, self.situation.vocabulary, who, &entry);
                let holds = is_there || self.has_like(who, &entry, day);
                Found { holds, has_words: has_keys && (is_there || !self.has_text()) }
            }
            Some(verdict @ (Verdict::Later(_) | Verdict::Skip)) => {
                let is_alone = is_about_its_line(self.answer, verdict);
                let holds = is_alone || who.iter().all(|id| self.rests(verdict, *id));
                Found { holds, has_words: has_keys && !self.has_text() }
            }
            Some(Verdict::Unclear) => Found { holds: true, has_words: false },
            None => Found { holds: has_keys, has_words: has_keys && !self.has_text() },
        }
    }

    /// Whether there is an entry of that day that may be what was written, edited since: without words any contact, with
    /// words one that has half of them.
    fn has_like(&self, who: &[ContactId], entry: &Entry, day: Day) -> bool {
        let book = self.situation.book;
        let tried = self.said.verdict == Some(Verdict::Tried);
        let of_day = |id: ContactId| {
            let touches = book.touches(id).skip_while(move |touch| touch.day > day);
            touches.take_while(move |touch| touch.day == day)
        };
        if !self.has_text() {
            return who.iter().all(|id| {
                of_day(*id).any(|touch| {
                    if tried { touch.meaning == Meaning::Tried } else { touch.counts() }
                })
            });
        }
        let Some(first) = who.first() else { return false };
        let typed = entry.text.split_whitespace().collect::<Vec<_>>();
        of_day(*first).filter(|touch| touch.role == Role::Own).any(|touch| {
            let (_, there) = book.interaction(&touch);
            let words = there.text.split_whitespace().collect::<Vec<_>>();
            let both = typed.iter().filter(|word| words.contains(word)).count();
            both > 0 && both * 2 >= typed.len()
        })
    }

    fn has_next(&self, who: &[ContactId]) -> bool {
        let Some((on, text)) = &self.said.next else { return true };
        who.iter().all(|id| {
            let brief = self.situation.book.brief(*id);
            let has_day = on.is_none() || brief.follow_up == *on;
            has_day && brief.next.as_deref().map(one_line) == Some(one_line(text))
        })
    }

    fn rests(&self, verdict: Verdict, id: ContactId) -> bool {
        let until = until(self.situation, self.answer, verdict, id);
        let said = self.situation.book.brief(id).quiet_until;
        // A longer rest than one rhythm is nobody's but their own, and was left as it is.
        let is_longer = |day: Day| day > until && !matches!(verdict, Verdict::Later(Some(_)));
        let is_asked =
            |day: Day| day == until || is_longer(day) || self.resting.contains(&(id, day));
        until <= self.situation.day || said.is_some_and(is_asked)
    }

    fn promise(&self, of: &PromiseRef) -> Found {
        let holds = match self.said.verdict {
            Some(Verdict::Done) => of.brief.status == PromiseStatus::Done,
            Some(Verdict::Tried) => of.brief.status == PromiseStatus::InProgress,
            Some(Verdict::Skip) => of.brief.status == PromiseStatus::Cancelled,
            Some(Verdict::Later(until)) => {
                of.brief.scheduled == Some(promise_until(self.answer, until))
            }
            Some(Verdict::Unclear) | None => true,
        };
        Found { holds, has_words: holds && self.is_bare() }
    }

    fn habit(&self, habit: &Habit) -> Found {
        let today = self.situation.day;
        let excused = self.said.verdict == Some(Verdict::Skip);
        let date = day_of(self.answer, self.said, today);
        let mut of_day = habit.entries.iter().filter(|entry| entry.day == date);
        let is_known = self.record.outcome == Outcome::Known;
        let holds = of_day.clone().any(|entry| is_known || entry.excused == excused);
        let typed = self.said.text.join(" ");
        let typed = plain(without_day(&typed, date));
        let has_text =
            typed.is_empty() || of_day.any(|entry| one_line(&entry.text).contains(&typed));
        let is_bare = self.said.below.is_empty() && self.said.next.is_none() && !self.said.archive;
        Found { holds, has_words: holds && is_bare && has_text }
    }
}
