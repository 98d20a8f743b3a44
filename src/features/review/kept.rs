//! The lines of a review that were answered: they stay where they are, with the box that says so.
//!
//! Always true here: whether an answer was followed is known from its record, and whether that still holds from the
//! notes. So what `ties undo` takes back is open again, and is not done anew.

use crate::features::agenda::answer::{Answer, answers};
use crate::features::agenda::file::AgendaFile;
use crate::features::agenda::holds::Found;
use crate::features::agenda::record::{Outcome, Record};
use crate::features::agenda::said::Verdict;
use crate::features::agenda::stay::{Followed, by_now};
use crate::features::agenda::view::{Item, Source};
use crate::features::review::ground::Ground;
use crate::features::review::ids::letter;
use crate::features::review::owing::Owing;
use crate::features::review::render::{finished_line, is_finished, unfinish};
use crate::features::review::subject::{Subject, rhythm, subject};
use crate::features::review::telling::{day_told, pieces};
use crate::features::review::words_to::person;
use crate::people::book::{ContactId, Role};
use crate::people::cadence::Cadence;
use crate::people::contact::Status;
use crate::people::decode_habit::parse_schedule;
use crate::people::kind::Meaning;
use crate::people::promise::PromiseStatus;
use crate::text::day::Day;

/// An answer with what has become of it.
#[derive(Debug, Clone)]
pub struct Kept<'a> {
    /// The answer.
    pub answer: Answer,
    /// What it is about; `None` where nobody knows any more.
    pub subject: Option<Subject<'a>>,
    /// The record by now; `None` where it was not followed.
    pub record: Option<Record>,
    /// The box that it has from now on.
    pub status: char,
}

/// The answers of a file: those lines with an id of a review that anybody touched, or that were answered before.
pub fn answers_of(file: &AgendaFile) -> Vec<Answer> {
    let mut found = answers(file, &|_| false);
    found.retain(|answer| answer.line.id.as_deref().and_then(letter).is_some());
    found
}

/// The answers of a file, as they stand after they were followed as `followed` says.
pub fn kept<'a>(ground: &Ground<'a>, file: &AgendaFile, followed: &Followed) -> Vec<Kept<'a>> {
    let kept = |answer: Answer| {
        let subject = subject(ground, &answer.line).ok();
        let is_now = |record: &Record| followed.records.contains(record);
        let found = |record: &Record| {
            let holds = || subject.as_ref().is_none_or(|of| holds(ground, of, &answer));
            Found { holds: is_now(record) || holds(), has_words: false }
        };
        let (record, status, _) = by_now(&answer, followed, found);
        Kept { answer, subject, record, status }
    };
    answers_of(file).into_iter().map(kept).collect()
}

/// Lets `front_matter` say that the review is done where its last line is followed, and no more where that was taken
/// back.
pub fn finish(front_matter: &mut Vec<String>, kept: &[Kept], today: Day) {
    let Some(end) = kept.iter().find(|kept| kept.letter() == 'd' && kept.record.is_some()) else {
        return;
    };
    let is_done = end.is_followed() && end.status == 'x';
    if is_done != is_finished(front_matter) {
        unfinish(front_matter);
        front_matter.extend(is_done.then(|| finished_line(today)));
    }
}

impl Kept<'_> {
    /// Whether it was followed, and that holds.
    pub fn is_followed(&self) -> bool {
        self.record.as_ref().is_some_and(|record| record.outcome != Outcome::Withdrawn)
    }

    /// What it asks.
    pub fn letter(&self) -> char {
        letter(&self.answer.id).unwrap_or(' ')
    }

    /// The line as it stays on the review; what was typed at it is not in it yet.
    pub fn item(&self, ground: &Ground) -> Item {
        let line = &self.answer.line;
        let source = self.subject.as_ref().map_or(Source::Unknown, |of| source(ground, of));
        Item::new(self.answer.id.clone(), source, line.text.clone(), line.context.clone())
    }
}

fn source(ground: &Ground, subject: &Subject) -> Source {
    match subject {
        Subject::Word(people) => people.first().map_or(Source::Unknown, |id| person(ground, *id)),
        Subject::Promise(of) => Source::Promise {
            path: of.path.clone(),
            source_line: of.promise().source_line.clone(),
            ordinal: of.promise().ordinal,
        },
        Subject::Easier(habit, _) | Subject::RestHabit(habit) => {
            Source::Habit { path: habit.path.clone() }
        }
        Subject::Rhythm(id, _)
        | Subject::Later(id)
        | Subject::Facts(id)
        | Subject::Purpose(id)
        | Subject::Place(id) => person(ground, *id),
        Subject::Owing(_) | Subject::End => Source::Unknown,
    }
}

/// Whether the notes say what following `answer` made them say.
fn holds(ground: &Ground, subject: &Subject, answer: &Answer) -> bool {
    let book = ground.situation.book;
    let is_left = answer.said.verdict == Some(Verdict::Skip);
    match subject {
        Subject::Word(people) => people.first().is_some_and(|id| is_seen_to(ground, *id, answer)),
        Subject::Promise(of) => {
            let put_off = of.brief.scheduled.is_some_and(|day| day > answer.day);
            of.brief.status != PromiseStatus::Open || put_off
        }
        _ if is_left => true,
        Subject::Owing(owing) => is_answered(ground, owing, day_told(ground, answer)),
        Subject::Easier(habit, schedule) => {
            parse_schedule(schedule) == Some(habit.schedule.clone())
        }
        Subject::RestHabit(habit) => habit.paused,
        Subject::Rhythm(id, word) => book.brief(*id).cadence == wanted_rhythm(answer, word),
        Subject::Later(id) => book.brief(*id).status != Status::Active,
        Subject::Facts(id) => {
            let told = day_told(ground, answer);
            let mut since = book.touches(*id).take_while(|touch| touch.day >= told);
            since.any(|touch| touch.role == Role::Own && touch.meaning != Meaning::Plan)
        }
        Subject::Purpose(id) => !book.contact(*id).purpose.is_empty(),
        Subject::Place(id) => book.brief(*id).circle.is_some() || book.brief(*id).cadence.is_some(),
        Subject::End => true,
    }
}

/// Whether there is a next step, a rest or anything that happened since the answer.
fn is_seen_to(ground: &Ground, id: ContactId, answer: &Answer) -> bool {
    let book = ground.situation.book;
    let brief = book.brief(id);
    let ahead = |day: Option<Day>| day.is_some_and(|day| day > answer.day);
    let told = day_told(ground, answer);
    let mut since = book.touches(id).take_while(|touch| touch.day >= told);
    let happened = since.any(|touch| touch.role != Role::Mention && touch.meaning != Meaning::Plan);
    let put_away = brief.status == Status::Archived;
    happened || put_away || ahead(brief.follow_up) || ahead(brief.quiet_until)
}

fn is_answered(ground: &Ground, owing: &Owing, day: Day) -> bool {
    let newest = |id: &ContactId| ground.situation.book.newest_contact(*id, ground.situation.day);
    let is_there = owing.inbox.is_some();
    !is_there && owing.people.iter().any(|id| newest(id).is_some_and(|touch| touch.day >= day))
}

/// The rhythm that an answer asks for: the one that is typed, else the one that is proposed.
pub fn wanted_rhythm(answer: &Answer, proposed: &str) -> Option<Cadence> {
    let typed = pieces(&answer.said).iter().find_map(|text| Cadence::parse(text));
    typed.or_else(|| rhythm(proposed))
}
