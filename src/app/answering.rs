//! Following the answers in the agenda: each a change of its own, so that one that is refused stops no other and each
//! can be undone alone.

use crate::app::morning::files;
use crate::app::refresh::{Reading, refresh};
use crate::app::session::Session;
use crate::app::settings_file;
use crate::app::undoing;
use crate::app::write::{WriteError, preview, write};
use crate::effects::lock::{PATIENCE, Turn};
use crate::effects::vault::transaction::Preview;
use crate::effects::vault::undo::UndoEntry;
use crate::features::agenda::record::{Outcome, Record};
use crate::features::agenda::stay::Followed;
use crate::features::answering::plan::{Plan, plan};
use crate::features::answering::restore::restored;
use crate::features::answering::step::{
    SettingStep, SettingWish, Step, Trouble, add, refusal, title_end,
};
use crate::features::rest::{rest, start_afresh};
use crate::features::standing::Situation;
use crate::note::change::{Change, FileChange};
use crate::people::book::Book;
use crate::text::day::Day;
use std::collections::HashSet;

/// What was made of the answers.
#[derive(Debug, Default)]
pub struct Answered {
    /// What is remembered of it.
    pub followed: Followed,
    /// What was done, in words; nothing that the notes said already.
    pub done: Vec<String>,
    /// What was only remembered and changed no note, in words.
    pub noted: Vec<String>,
    /// What could not be followed.
    pub troubles: Vec<Trouble>,
    /// Files beside notes that hold what somebody else wrote in the same moment.
    pub copies: Vec<String>,
    /// Why it was cut off: the files could not be written.
    pub error: Option<WriteError>,
    /// The vault as it is now, where its settings were changed.
    pub session: Option<Session>,
    /// The turn at the agenda, where anything was to be done: to be held until the agenda is written, for before that
    /// nobody else knows what was followed.
    pub turn: Option<Turn>,
}

impl Answered {
    /// The vault as it is now; `before` it was as it is said there.
    pub fn session<'a>(&'a self, before: &'a Session) -> &'a Session {
        self.session.as_ref().unwrap_or(before)
    }
}

/// What the answers in the agenda ask for.
pub fn asked(session: &Session, reading: &Reading) -> Plan {
    asked_after(session, reading, &[])
}

fn asked_after(session: &Session, reading: &Reading, made: &[Record]) -> Plan {
    let Some((file, copies)) = files(session, reading) else { return Plan::default() };
    let situation =
        Situation::new(&reading.book, session.today, session.settings(), &session.vocabulary);
    plan(&situation, &file, &copies, made)
}

/// The situation on `day`, with the answers in the agenda that are in no note yet.
pub fn situation<'a>(session: &'a Session, reading: &'a Reading, day: Day) -> Situation<'a> {
    let situation = Situation::new(&reading.book, day, session.settings(), &session.vocabulary);
    let plan = asked(session, reading);
    // Who was put off today is so by the notes, once they say it.
    let put_off = if day == session.today { plan.put_off } else { HashSet::new() };
    situation.with_answers(put_off, plan.met)
}

/// An answer that takes the place of another needs two rounds.
const ROUNDS: usize = 3;

/// Follows the answers in the agenda of `reading`, which is read anew where that changed a note.
pub fn follow(session: &Session, mut reading: Reading) -> (Answered, Reading) {
    let mut answered = Answered::default();
    if asked(session, &reading).asks() {
        match Turn::acquire(&session.state, PATIENCE) {
            Ok(turn) => answered.turn = Some(turn),
            Err(error) => {
                answered.error = Some(WriteError::Lock(error));
                return (answered, reading);
            }
        }
        // Somebody else may have followed them meanwhile.
        reading = refresh(session, &|_| ());
    }
    answered.followed.is_tried = true;
    for _ in 0..ROUNDS {
        let plan = asked_after(answered.session(session), &reading, &answered.followed.records);
        answered.followed.copies = plan.copies;
        answered.troubles.extend(plan.troubles);
        let takes_back = plan.steps.iter().any(|step| step.takes_back.is_some());
        let has_set = set_all(session, plan.settings, &mut answered);
        let has_written = carry_all_out(session, &reading.book, plan.steps, &mut answered);
        if has_set || takes_back {
            // A fresh start that is taken back is a setting too.
            answered.session = session.again().ok();
        }
        if has_set || has_written {
            // What was answered is what stood there when it was read.
            let agenda = reading.agenda;
            reading = Reading { agenda, ..refresh(answered.session(session), &|_| ()) };
        }
        if !takes_back || answered.error.is_some() {
            break;
        }
    }
    answered.troubles.dedup();
    (answered, reading)
}

/// Whether a setting was changed.
fn set_all(session: &Session, steps: Vec<SettingStep>, answered: &mut Answered) -> bool {
    let mut has_set = false;
    for step in steps {
        match set(answered.session(session), &step) {
            Ok(written) => {
                has_set |= written;
                answered.done.extend(Some(step.told).filter(|_| written));
                answered.followed.records.extend(step.record);
            }
            Err(error) => {
                let hint = error.hint().unwrap_or("`ties rest` says it to the settings");
                let refusal = refusal(&error.to_string(), hint);
                answered.troubles.push(Trouble { line: step.told, refusal });
            }
        }
        // The next one stands on this one.
        answered.session = session.again().ok();
    }
    has_set
}

fn set(session: &Session, step: &SettingStep) -> Result<bool, WriteError> {
    let Some(change) = setting_change(session, step)? else { return Ok(false) };
    write(session, &change).map(|committed| !committed.written.is_empty())
}

fn setting_change(session: &Session, step: &SettingStep) -> Result<Option<Change>, WriteError> {
    let known = &session.settings().away;
    let end = step.record.as_ref().map(title_end).unwrap_or_default();
    let change =
        settings_file::change(session, format!("{}{end}", step.told), |text| match step.wish {
            SettingWish::Rest(days) => rest(text, known, days),
            SettingWish::StartAfresh(day) => start_afresh(text, day),
        });
    change.map_err(|refusal| WriteError::Settings(refusal.reason))
}

/// Whether a note was written.
pub fn carry_all_out(
    session: &Session,
    book: &Book,
    steps: Vec<Step>,
    answered: &mut Answered,
) -> bool {
    let mut has_written = false;
    for step in steps {
        match carry_out(session, book, &step, answered) {
            Ok(written) => {
                has_written |= written;
                let records = &mut answered.followed.records;
                records.retain(|record| !record.is_about(&step.record.id, step.record.day));
                records.push(step.record);
            }
            Err(error) if error.is_refusal() => answered.troubles.push(trouble(&step, &error)),
            Err(error) => {
                answered.error = Some(error);
                break;
            }
        }
    }
    has_written
}

/// Whether a note was written.
fn carry_out(
    session: &Session,
    book: &Book,
    step: &Step,
    answered: &mut Answered,
) -> Result<bool, WriteError> {
    let mut change = step.change.clone();
    if let Some(earlier) = step.takes_back {
        let made = made(session, &step.record);
        if made.is_some_and(|number| undoing::take_back(session, number).is_ok()) {
            answered.done.push(step.told.clone());
            return Ok(true);
        }
        if change.is_none() && earlier != Outcome::Known {
            let hint = "take it out with `ties edit`, where it should go";
            let why = "what was written for it has changed since, and stays";
            let refusal = refusal(why, hint);
            answered.troubles.push(Trouble { line: step.told.clone(), refusal });
        }
        if let (Some(change), Some(number)) = (&mut change, made) {
            restore(session, book, number, &mut change.files);
        }
    }
    let Some(change) = &change else { return Ok(false) };
    let committed = write(session, change)?;
    answered.copies.extend(committed.copies);
    let written = !committed.written.is_empty();
    if written {
        answered.done.push(step.told.clone());
    }
    Ok(written)
}

/// The number of the change that followed from the answer, where it is remembered and not undone.
fn made(session: &Session, record: &Record) -> Option<u64> {
    let end = title_end(record);
    let made = |entry: &&UndoEntry| {
        !entry.is_undone && entry.undoes.is_none() && entry.title.ends_with(&end)
    };
    undoing::list(session).ok()?.iter().find(made).map(|entry| entry.number)
}

/// Adds to `files` what brings back what the change `number` took out of the notes beside what it added.
fn restore(session: &Session, book: &Book, number: u64, files: &mut Vec<FileChange>) {
    for (path, before, after) in undoing::texts(session, number) {
        let (Some(before), Some(after)) = (before, after) else { continue };
        let Some(id) = book.linked(&path.identity()) else { continue };
        let contact = book.contact(id);
        if contact.path == path {
            add(files, &path, restored(&before, &after, contact, &session.vocabulary));
        }
    }
}

fn trouble(step: &Step, error: &WriteError) -> Trouble {
    let hint = error.hint().unwrap_or("the line stays as it is");
    Trouble { line: step.told.clone(), refusal: refusal(&error.to_string(), hint) }
}

/// What following the answers would write, change by change; with it those that could not be followed.
pub fn previews(
    session: &Session,
    reading: &Reading,
) -> Result<(Vec<Preview>, Vec<Trouble>), WriteError> {
    let plan = asked(session, reading);
    let mut troubles = plan.troubles;
    let mut previews = Vec::new();
    for step in &plan.settings {
        if let Some(change) = setting_change(session, step)? {
            previews.extend(preview(session, &change)?);
        }
    }
    for step in &plan.steps {
        let Some(change) = &step.change else { continue };
        match preview(session, change) {
            Ok(files) => previews.extend(files),
            Err(error) if error.is_refusal() => troubles.push(trouble(step, &error)),
            Err(error) => return Err(error),
        }
    }
    Ok((previews, troubles))
}
