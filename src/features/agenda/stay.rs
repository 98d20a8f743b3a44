//! The lines of a day that were answered: they stay where they are until the day is over, with the box that says so.
//!
//! Always true here: whether an answer was followed is known from its record, and whether that still holds from the
//! notes. So what `ties undo` takes back is open again, and is not done anew.

use crate::features::agenda::about::{About, about};
use crate::features::agenda::answer::{self, Answer, RestPlace, answers, united};
use crate::features::agenda::file::AgendaFile;
use crate::features::agenda::holds::{Found, Resting, found};
use crate::features::agenda::record::{Outcome, Record};
use crate::features::agenda::said::Verdict;
use crate::features::agenda::view::{Agenda, Item, Source, Why};
use crate::features::agenda::written::{is_about_its_line, until};
use crate::features::standing::Situation;
use crate::people::book::{Book, ContactId};
use crate::text::day::Day;
use std::collections::HashSet;

/// For so many days an occasion, a trigger or a question that was answered is not asked again.
const ANSWERED_DAYS: i64 = 14;

/// For so many days it is remembered that one was put off to a day.
const PUT_OFF_DAYS: i64 = 60;

/// What was made of the answers in a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Followed {
    /// What was made of them just now.
    pub records: Vec<Record>,
    /// The days of the copies of the agenda that lie beside it: what was made of their answers must be remembered as
    /// long as they are there.
    pub copies: Vec<Day>,
    /// Whether all were looked at: what has no record then was left as it is. Else it may be followed in a moment.
    pub is_tried: bool,
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
    /// Whether it was left as it is: then its line waits to be done.
    pub is_left: bool,
    /// Whether every word that was typed with it is in a note, or did what it says.
    has_words: bool,
}

/// The answers of a file, as they stand after they were followed as `followed` says.
pub fn stays<'a>(
    situation: &Situation<'a>,
    file: &AgendaFile,
    followed: &Followed,
) -> Vec<Stay<'a>> {
    let answers = answers(file, &|_| false);
    let resting = resting(situation, followed, &answers);
    answers.into_iter().map(|answer| stay(situation, followed, &resting, answer)).collect()
}

/// Until when people rest by all answers that were followed: of two about one person the later one stands in the note.
fn resting(situation: &Situation, followed: &Followed, answers: &[Answer]) -> Resting {
    let mut resting = Resting::new();
    for answer in answers {
        let record = followed.record(answer).or(answer.record.as_ref());
        let puts_off =
            |record: &Record| matches!(record.outcome, Outcome::Later | Outcome::Skipped);
        let verdict = answer.said.verdict.filter(|_| record.is_some_and(puts_off));
        let verdict = verdict.filter(|verdict| !is_about_its_line(answer, *verdict));
        if let (Some(verdict), Ok(About::People(who))) =
            (verdict, about(situation.book, &answer.line))
        {
            resting.extend(who.iter().map(|id| (*id, until(situation, answer, verdict, *id))));
        }
    }
    resting
}

impl Followed {
    fn record(&self, answer: &Answer) -> Option<&Record> {
        self.records.iter().find(|record| record.is_about(&answer.id, answer.day))
    }
}

fn stay<'a>(
    situation: &Situation<'a>,
    followed: &Followed,
    resting: &Resting,
    answer: Answer,
) -> Stay<'a> {
    let about = about(situation.book, &answer.line).ok();
    let unknown = Found { holds: true, has_words: false };
    let found = |record: &Record| {
        about.as_ref().map_or(unknown, |about| found(situation, about, &answer, record, resting))
    };
    let (record, status, has_words) = by_now(&answer, followed, found);
    let is_tried = followed.is_tried || answer.outcome().is_none();
    let stay = Stay { answer, about, record, status, is_left: false, has_words };
    Stay { is_left: is_tried && status != ' ' && !stay.is_followed(), ..stay }
}

/// The record of an answer after some were followed, the box that its line has from now on, and whether the notes have
/// every word that was typed with it. `found` tells what the notes say by now of what following it wrote.
pub fn by_now(
    answer: &Answer,
    followed: &Followed,
    found: impl FnOnce(&Record) -> Found,
) -> (Option<Record>, char, bool) {
    let (record, status) = match (followed.record(answer), &answer.record) {
        (Some(now), _) => (Some(now.clone()), now.outcome.sign()),
        (None, before) => (before.clone(), answer.line.status),
    };
    let is_followed = record.as_ref().filter(|record| record.outcome != Outcome::Withdrawn);
    // An emptied box is not looked at again, but a next step has no box of its own.
    let followed = is_followed.filter(|of| status != ' ' || of.outcome == Outcome::Next);
    match followed.map(|followed| (followed, found(followed))) {
        Some((of, Found { holds: false, .. })) => (Some(of.withdrawn()), ' ', false),
        Some((_, Found { has_words, .. })) => (record, status, has_words),
        None => (record, status, false),
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

    /// Whether it is nothing but a box at a promise that repeats: `ties` never ticks it, and its line comes anew.
    fn is_vain_tick(&self) -> bool {
        let repeats = matches!(&self.about, Some(About::Promise(of)) if of.promise().recurring);
        repeats && self.answer.typed.is_empty()
    }

    /// Whether its people were answered without being in touch.
    pub fn puts_off(&self) -> bool {
        let said = &self.answer.said;
        let later = matches!(said.verdict, Some(Verdict::Later(_) | Verdict::Skip));
        later || said.archive || self.is_next_step()
    }

    /// Whether only a next step came of it: its line stays too, with an empty box.
    fn is_next_step(&self) -> bool {
        self.record.as_ref().is_some_and(|record| record.outcome == Outcome::Next)
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

/// Puts the answered lines of the day into its agenda.
pub fn put_into(agenda: &mut Agenda, book: &Book, stays: &[Stay]) {
    let day = agenda.day;
    for stay in stays.iter().filter(|stay| stay.answer.day == day) {
        let is_there = agenda.items().any(|item| item.id == stay.answer.id);
        if !is_there && (stay.status != ' ' || stay.is_next_step()) {
            let Some(item) = stay.item(book) else { continue };
            section(agenda, stay.answer.line.letter).push(item);
        }
        if let Some(item) = agenda.items_mut().find(|item| item.id == stay.answer.id) {
            let is_answered = stay.status != ' ' || stay.is_next_step();
            answer_item(item, &stay.answer, stay.status, is_answered);
            item.is_left = stay.is_left;
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

/// Gives `item` what was answered and typed at its line, and `status` for its box; where it `is_answered` also the words
/// that it had then.
pub fn answer_item(item: &mut Item, answer: &Answer, status: char, is_answered: bool) {
    let line = &answer.line;
    item.status = status;
    item.at_end = line.at_end.clone();
    if is_answered && line.is_ours {
        (item.text, item.context) = (line.text.clone(), line.context.clone());
    }
    for (_, line) in std::iter::once(&(0, line.clone())).chain(&answer.places) {
        let at_end = Some(&line.at_end).filter(|end| !end.is_empty() && **end != item.at_end);
        let typed = line.below.iter().cloned().chain(at_end.map(|end| format!("  {end}")));
        item.below = united(std::mem::take(&mut item.below), typed.collect());
    }
}

/// Of each side the places of lines that need not be kept as notes of the owner: they stay on `agenda`, or were
/// followed and are in the notes of people by now.
pub fn settled(agenda: &Agenda, stays: &[Stay], sides: usize) -> Vec<HashSet<usize>> {
    let on_agenda = agenda.items().map(|item| item.id.as_str()).collect::<HashSet<_>>();
    let stays_there =
        |answer: &Answer| answer.day == agenda.day && on_agenda.contains(answer.id.as_str());
    let answers = stays.iter().map(|stay| match stay.is_vain_tick() {
        true => (&stay.answer, true, true),
        false => (&stay.answer, stay.is_followed(), stay.has_words),
    });
    settled_places(answers, &stays_there, sides)
}

/// The same for answers, each with whether it was followed and whether the notes have every word typed with it;
/// `stays_there` tells whether its line stays on the page.
pub fn settled_places<'a>(
    answers: impl Iterator<Item = (&'a Answer, bool, bool)>,
    stays_there: &dyn Fn(&Answer) -> bool,
    sides: usize,
) -> Vec<HashSet<usize>> {
    let mut settled = vec![HashSet::new(); sides];
    for (answer, is_followed, has_words) in answers {
        let stays_there = stays_there(answer);
        for (side, line) in &answer.places {
            let Some(settled) = settled.get_mut(*side) else { continue };
            if stays_there || is_followed && has_words {
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
    let days = match record.outcome {
        Outcome::Done | Outcome::Known | Outcome::Skipped => ANSWERED_DAYS,
        Outcome::Later => PUT_OFF_DAYS,
        _ => 0,
    };
    record.id.starts_with('t') && (1..=days).contains(&record.day.days_until(day))
}

/// What was answered on earlier days.
pub struct Before<'a> {
    answered: HashSet<&'a str>,
    put_off: HashSet<&'a str>,
}

/// The lines of "Today" that were answered on days before `day`.
pub fn answered_before(day: Day, records: &[Record]) -> Before<'_> {
    let before = records.iter().filter(|record| is_asked_for(record, day));
    let (put_off, answered): (Vec<_>, Vec<_>) =
        before.partition(|record| record.outcome == Outcome::Later);
    Before { answered: ids_of(&answered), put_off: ids_of(&put_off) }
}

fn ids_of<'a>(records: &[&'a Record]) -> HashSet<&'a str> {
    records.iter().map(|record| record.id.as_str()).collect()
}

impl Before<'_> {
    /// Whether a line is asked: it was not answered, nor put off to a day that is still to come. An occasion waits for
    /// nobody.
    pub fn asks(&self, situation: &Situation, item: &Item) -> bool {
        let id = item.id.as_str();
        let waits = self.put_off.contains(id) && rests(situation, item);
        !waits && !self.answered.contains(id)
    }
}

fn rests(situation: &Situation, item: &Item) -> bool {
    let Source::People { identities, why } = &item.source else { return false };
    let book = situation.book;
    let until = |identity: &String| book.brief(book.linked(identity)?).quiet_until;
    *why != Why::Occasion && identities.iter().filter_map(until).any(|until| until > situation.day)
}

/// Takes out what says for how long the owner rests, where the settings say so by now.
pub fn without_rests(file: &AgendaFile, away: &dyn Fn(Day) -> bool) -> AgendaFile {
    let mut file = file.clone();
    for side in &mut file.sides {
        for found in answer::rests(side).into_iter().rev() {
            if !away(found.days.from) || !away(found.days.to) {
                continue;
            }
            match found.place {
                // Places in the body are counted: the line becomes a blank one.
                RestPlace::Body(at) => side.body.get_mut(at).into_iter().for_each(String::clear),
                RestPlace::End(at, from, length) => {
                    if let Some(line) = side.body.get_mut(at) {
                        line.replace_range(from..from + length, "");
                    }
                }
                RestPlace::Notes(at) => drop(side.notes.remove(at)),
            }
        }
    }
    file
}
