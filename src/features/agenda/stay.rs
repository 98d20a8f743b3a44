//! The lines of a day that were answered: they stay where they are until the day is over, with the box that says so.
//!
//! Always true here: whether an answer was followed is known from its record, and whether that still holds from the
//! notes. So what `ties undo` takes back is open again, and is not done anew.

use crate::features::agenda::about::{About, about};
use crate::features::agenda::answer::{Answer, RestPlace, answers, rests};
use crate::features::agenda::file::AgendaFile;
use crate::features::agenda::record::{Outcome, Record};
use crate::features::agenda::said::Verdict;
use crate::features::agenda::view::{Agenda, Item, Source};
use crate::features::agenda::wording::asks;
use crate::features::standing::Situation;
use crate::people::book::{Book, ContactId, Role};
use crate::people::contact::Status;
use crate::people::kind::Meaning;
use crate::people::promise::PromiseStatus;
use crate::text::day::Day;
use std::collections::HashSet;

/// For so many days an occasion, a trigger or a question that was answered is not asked again.
const ANSWERED_DAYS: i64 = 14;

/// What was made of the answers in a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Followed {
    /// What was made of them just now.
    pub records: Vec<Record>,
    /// The days of the copies of the agenda that lie beside it: what was made of their answers must be remembered as
    /// long as they are there.
    pub copies: Vec<Day>,
}

/// An answer with what has become of it.
#[derive(Debug, Clone)]
pub struct Stay<'a> {
    /// The answer.
    pub answer: Answer,
    /// What it is about; `None` where nobody knows.
    pub about: Option<About<'a>>,
    /// The record by now; `None` where it was not followed.
    pub record: Option<Record>,
    /// The box that it has from now on.
    pub status: char,
}

/// The answers of a file, as they stand after they were followed as `followed` says.
pub fn stays<'a>(
    situation: &Situation<'a>,
    file: &AgendaFile,
    followed: &Followed,
) -> Vec<Stay<'a>> {
    let stay = |answer: Answer| stay(situation, followed, answer);
    answers(file, &|_| false).into_iter().map(stay).collect()
}

fn stay<'a>(situation: &Situation<'a>, followed: &Followed, answer: Answer) -> Stay<'a> {
    let about = about(situation.book, &answer.line).ok();
    let holds = || about.as_ref().is_none_or(|about| holds(situation, about, &answer));
    let (record, status) = by_now(&answer, followed, holds);
    Stay { answer, about, record, status }
}

/// The record of an answer after some were followed, and the box that its line has from now on; `holds` tells whether
/// the notes still say what following it before made them say.
pub fn by_now(
    answer: &Answer,
    followed: &Followed,
    holds: impl FnOnce() -> bool,
) -> (Option<Record>, char) {
    let now = followed.records.iter().find(|record| record.is_about(&answer.id, answer.day));
    let status = answer.line.status;
    match (now, &answer.record) {
        (Some(now), _) => (Some(now.clone()), now.outcome.sign()),
        (None, Some(before)) if before.outcome == Outcome::Withdrawn => {
            (Some(before.clone()), status)
        }
        (None, Some(before)) if status != ' ' => match holds() {
            true => (Some(before.clone()), status),
            false => (Some(before.withdrawn()), ' '),
        },
        (None, before) => (before.clone(), status),
    }
}

impl Stay<'_> {
    /// Whether it was followed, and that holds.
    pub fn is_followed(&self) -> bool {
        self.record.as_ref().is_some_and(|record| record.outcome != Outcome::Withdrawn)
    }

    /// The people whom it is about.
    pub fn people(&self) -> &[ContactId] {
        match &self.about {
            Some(About::People(people)) => people,
            _ => &[],
        }
    }

    /// Whether its people were answered without being in touch.
    pub fn puts_off(&self) -> bool {
        let said = &self.answer.said;
        matches!(said.verdict, Some(Verdict::Later(_) | Verdict::Skip)) || said.archive
    }

    /// The line as it is on the agenda from now on, unless it is on it anyway; `None` for a line of the person's own
    /// that is about nobody. One of ours stays: the note that it is about may be read again in a moment.
    fn item(&self, book: &Book) -> Option<Item> {
        let line = &self.answer.line;
        let source = match &self.about {
            Some(about) => about.source(book),
            None if line.is_ours => Source::Unknown,
            None => return None,
        };
        Some(Item::new(self.answer.id.clone(), source, line.text.clone(), line.context.clone()))
    }
}

/// Whether the notes say what following `answer` made them say.
fn holds(situation: &Situation, about: &About, answer: &Answer) -> bool {
    let book = situation.book;
    match about {
        About::People(people) => people.first().is_some_and(|first| holds_of(book, *first, answer)),
        About::Promise(of) => {
            let put_off = of.brief.scheduled.is_some_and(|day| day > answer.day);
            of.brief.status != PromiseStatus::Open || put_off
        }
        About::Habit(habit) => habit.entries.iter().any(|entry| entry.day >= answer.day),
        About::Afresh => situation.settings.fresh_start.is_some_and(|day| day >= answer.day),
    }
}

fn holds_of(book: &Book, person: ContactId, answer: &Answer) -> bool {
    // What was planned happened on the day that it was planned for, some days before it was asked about.
    let from =
        if asks(&answer.line.text) { answer.day.plus_days(-QUESTION_DAYS) } else { answer.day };
    let mut touches = book.touches(person).take_while(|touch| touch.day >= from);
    let brief = book.brief(person);
    match answer.said.verdict {
        // What was typed may be no contact: `heard: she has moved`.
        Some(Verdict::Done) => {
            touches.any(|touch| touch.role != Role::Mention && touch.meaning != Meaning::Plan)
        }
        Some(Verdict::Tried) => touches.any(|touch| touch.meaning == Meaning::Tried),
        Some(Verdict::Skip) if asks(&answer.line.text) => true,
        Some(Verdict::Later(_) | Verdict::Skip) => {
            let ahead = |day: Option<Day>| day.is_some_and(|day| day > answer.day);
            ahead(brief.quiet_until) || ahead(brief.follow_up)
        }
        None if answer.said.archive => brief.status == Status::Archived,
        Some(Verdict::Unclear) | None => true,
    }
}

/// For so long a plan is asked about, days away included.
const QUESTION_DAYS: i64 = 60;

/// Puts the answered lines of the day into its agenda.
pub fn put_into(agenda: &mut Agenda, book: &Book, stays: &[Stay]) {
    let day = agenda.day;
    for stay in stays.iter().filter(|stay| stay.answer.day == day) {
        let is_there = agenda.items().any(|item| item.id == stay.answer.id);
        if !is_there && stay.status != ' ' {
            let Some(item) = stay.item(book) else { continue };
            section(agenda, stay.answer.line.letter).push(item);
        }
        if let Some(item) = agenda.items_mut().find(|item| item.id == stay.answer.id) {
            answer_item(item, &stay.answer, stay.status);
        }
    }
}

fn section(agenda: &mut Agenda, letter: char) -> &mut Vec<Item> {
    match letter {
        'p' => &mut agenda.promises,
        'r' => &mut agenda.reach_out,
        'h' => &mut agenda.habits,
        _ => &mut agenda.today,
    }
}

/// Gives `item` what was answered and typed at its line, and `status` for its box.
pub fn answer_item(item: &mut Item, answer: &Answer, status: char) {
    let line = &answer.line;
    item.status = status;
    item.at_end = line.at_end.clone();
    if status != ' ' && line.is_ours {
        (item.text, item.context) = (line.text.clone(), line.context.clone());
    }
    for (_, line) in std::iter::once(&(0, line.clone())).chain(&answer.places) {
        let at_end = Some(&line.at_end).filter(|end| !end.is_empty() && **end != item.at_end);
        let typed = line.below.iter().cloned().chain(at_end.map(|end| format!("  {end}")));
        for typed in typed.collect::<Vec<_>>() {
            if !item.below.contains(&typed) {
                item.below.push(typed);
            }
        }
    }
}

/// Of each side the places of lines that need not be kept as notes of the owner: they stay on `agenda`, or were
/// followed and are in the notes of people by now.
pub fn settled(agenda: &Agenda, stays: &[Stay], sides: usize) -> Vec<HashSet<usize>> {
    let on_agenda = agenda.items().map(|item| item.id.as_str()).collect::<HashSet<_>>();
    let stays_there =
        |answer: &Answer| answer.day == agenda.day && on_agenda.contains(answer.id.as_str());
    let answers = stays.iter().map(|stay| (&stay.answer, stay.is_followed()));
    settled_places(answers, &stays_there, sides)
}

/// The same for answers with whether each was followed; `stays_there` tells whether its line stays on the page.
pub fn settled_places<'a>(
    answers: impl Iterator<Item = (&'a Answer, bool)>,
    stays_there: &dyn Fn(&Answer) -> bool,
    sides: usize,
) -> Vec<HashSet<usize>> {
    let mut settled = vec![HashSet::new(); sides];
    for (answer, is_followed) in answers {
        let stays_there = stays_there(answer);
        for (side, line) in &answer.places {
            let Some(settled) = settled.get_mut(*side) else { continue };
            if stays_there || is_followed && !answer.has_more() {
                settled.extend(&line.typed_places);
                // A line that was changed is kept among the notes as it stands, or its words would go with the day.
                settled.extend(Some(line.place.start).filter(|_| line.is_ours));
            } else if is_followed && line.is_ours && line.at_end.is_empty() {
                settled.insert(line.place.start);
            }
        }
    }
    settled
}

/// The records of an agenda of `day` over `file`.
pub fn records(day: Day, file: &AgendaFile, stays: &[Stay], followed: &Followed) -> Vec<Record> {
    let mut all: Vec<Record> = Vec::new();
    let of_lines = stays.iter().filter_map(|stay| stay.record.as_ref());
    for record in followed.records.iter().chain(of_lines).chain(file.records()) {
        let known = all.iter().any(|known| known.is_about(&record.id, record.day));
        let wanted =
            record.day == day || followed.copies.contains(&record.day) || is_asked_for(record, day);
        if wanted && !known {
            all.push(record.clone());
        }
    }
    all.sort();
    all
}

/// Whether `record` still keeps something from being asked on `day`.
fn is_asked_for(record: &Record, day: Day) -> bool {
    let answered = matches!(record.outcome, Outcome::Done | Outcome::Known | Outcome::Skipped);
    answered
        && record.id.starts_with('t')
        && (1..=ANSWERED_DAYS).contains(&record.day.days_until(day))
}

/// The lines of "Today" that were answered on an earlier day, and are not asked again.
pub fn answered_before(day: Day, records: &[Record]) -> HashSet<&str> {
    let answered = records.iter().filter(|record| is_asked_for(record, day));
    answered.map(|record| record.id.as_str()).collect()
}

/// Takes the lines out of the notes and of the places of `settled` that say for how long the owner rests, where the
/// settings say so by now.
pub fn without_rests(file: &AgendaFile, away: &dyn Fn(Day) -> bool) -> AgendaFile {
    let mut file = file.clone();
    for side in &mut file.sides {
        for rest in rests(side).into_iter().rev() {
            if !away(rest.days.from) || !away(rest.days.to) {
                continue;
            }
            match rest.place {
                // Places in the body are counted: the line becomes a blank one.
                RestPlace::Body(at) => side.body.get_mut(at).into_iter().for_each(String::clear),
                RestPlace::Notes(at) => drop(side.notes.remove(at)),
            }
        }
    }
    file
}
