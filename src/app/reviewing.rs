//! Reviews: which one it is time for, their files, and following the answers in them.

use crate::app::answering::{Answered, carry_all_out, situation};
use crate::app::refresh::{Reading, refresh};
use crate::app::session::Session;
use crate::app::write::{WriteError, preview, write};
use crate::effects::lock::{PATIENCE, Turn};
use crate::effects::vault::open::{Opened, open};
use crate::effects::vault::transaction::{Committed, Preview};
use crate::features::agenda::file::AgendaFile;
use crate::features::agenda::record::{Outcome, Record};
use crate::features::agenda::stay::Followed;
use crate::features::answering::step::{Step, Trouble, refusal};
use crate::features::review::compose::{compose, ground, is_done, read, records};
use crate::features::review::kept::kept;
use crate::features::review::page::page;
use crate::features::review::plan::{Plan, is_end, keep_open, plan};
use crate::features::review::render::render;
use crate::features::review::view::Review;
use crate::features::review_period::{KINDS, Period, ReviewKind};
use crate::features::standing::Situation;
use crate::note::change::{Change, FileChange};
use crate::note::path::NotePath;
use crate::note::rewrite::rewrite;

/// The file of a review.
#[derive(Debug, Clone)]
pub struct ReviewFile {
    /// What it is about.
    pub period: Period,
    /// Where it stands, or would.
    pub path: NotePath,
    /// What is there.
    pub state: State,
}

/// What is there in the place of a review.
#[derive(Debug, Clone)]
pub enum State {
    /// Nothing.
    Missing,
    /// A review that is not done: its text, and what it says.
    Open(String, AgendaFile),
    /// A review that is done, likewise.
    Done(String, AgendaFile),
    /// A file that `ties` did not write.
    Foreign,
}

impl ReviewFile {
    /// What an open review says; of a missing one nothing.
    pub fn file(&self) -> AgendaFile {
        match &self.state {
            State::Open(_, file) | State::Done(_, file) => file.clone(),
            State::Missing | State::Foreign => AgendaFile::default(),
        }
    }

    fn text(&self) -> Option<String> {
        match &self.state {
            State::Open(text, _) | State::Done(text, _) => Some(text.clone()),
            State::Missing | State::Foreign => None,
        }
    }
}

/// The file of the review of `period`; `None` where its folder cannot hold one.
pub fn file_of(session: &Session, period: Period) -> Option<ReviewFile> {
    let path = period.path(&session.vocabulary.folders.reviews)?;
    let state = match open(&session.root.join(path.as_str())) {
        Opened::Gone => State::Missing,
        Opened::Nothing(_) => State::Foreign,
        Opened::Text(text, _) => match read(&text) {
            Ok(file) if is_done(&file) => State::Done(text, file),
            Ok(file) => State::Open(text, file),
            Err(_) => State::Foreign,
        },
    };
    Some(ReviewFile { period, path, state })
}

/// What a review of `kind` is about today: the period whose day has come while there still is time for it and it is not
/// done, else the one of today.
pub fn target(session: &Session, kind: ReviewKind) -> Period {
    let period = kind.current(&session.settings().calendar, session.today);
    let is_over =
        matches!(file_of(session, period), Some(ReviewFile { state: State::Done(..), .. }));
    if is_over { Period::of(kind, session.today) } else { period }
}

/// The review that `ties review` alone is about: the one that was begun last and is open, else the one whose day came
/// last, else that of the week.
pub fn next(session: &Session) -> Period {
    let targets = KINDS.map(|kind| target(session, kind));
    let begun = |period: &Period| match file_of(session, *period)?.state {
        State::Open(_, file) => file.day(),
        _ => None,
    };
    let open = targets.iter().filter_map(|period| Some((begun(period)?, *period)));
    if let Some((_, period)) = open.max_by_key(|(day, _)| *day) {
        return period;
    }
    let calendar = &session.settings().calendar;
    let waits = |period: &Period| {
        let due = period.kind.due(calendar, session.today)?;
        let is_missing = matches!(file_of(session, *period)?.state, State::Missing);
        (is_missing && period.contains(due)).then_some((due, *period))
    };
    // Of one day the shortest comes first.
    let due = targets.iter().rev().filter_map(waits).max_by_key(|(day, _)| *day);
    due.map_or(targets[0], |(_, period)| period)
}

/// A review is looked into for so many days after its last one.
const DAYS: i64 = 100;

/// The reviews that are there and not done, the oldest first.
pub fn open_files(session: &Session, reading: &Reading) -> Vec<ReviewFile> {
    let folder = &session.vocabulary.folders.reviews;
    let periods = reading.book.paths().iter().filter_map(|path| Period::of_path(path, folder));
    let recent = periods.filter(|period| period.to.days_until(session.today) <= DAYS);
    let files = recent.filter_map(|period| file_of(session, period));
    let mut open = files.filter(|file| matches!(file.state, State::Open(..))).collect::<Vec<_>>();
    open.sort_by_key(|file| file.period.to);
    open
}

fn inbox(session: &Session) -> String {
    session.text(&session.vocabulary.folders.inbox).unwrap_or_default()
}

/// The review of `file` as it is by now, after the answers in it were followed as `followed` says.
pub fn composed(
    session: &Session,
    reading: &Reading,
    file: &ReviewFile,
    followed: &Followed,
) -> Review {
    let inbox = inbox(session);
    let read = file.file();
    let situation = situation(session, reading, session.today);
    compose(&ground(situation, file.period, &read, &inbox), &read, followed)
}

/// An answer that takes the place of another needs two rounds.
const ROUNDS: usize = 3;

/// Follows the answers in an open review of `reading`, which is read anew where that changed a note. The review is given
/// back as it was then: somebody else may have followed some of them meanwhile.
pub fn follow(
    session: &Session,
    mut reading: Reading,
    mut file: ReviewFile,
) -> (Answered, Reading, ReviewFile) {
    let mut answered = Answered::default();
    if !plan_of(session, &reading, &file, &[]).steps.is_empty() {
        match Turn::acquire(&session.state, PATIENCE) {
            Ok(turn) => answered.turn = Some(turn),
            Err(error) => {
                answered.error = Some(WriteError::Lock(error));
                return (answered, reading, file);
            }
        }
        file = file_of(session, file.period).unwrap_or(file);
        reading = refresh(session, &|_| ());
    }
    for _ in 0..ROUNDS {
        let plan = plan_of(session, &reading, &file, &answered.followed.records);
        answered.troubles.extend(plan.troubles);
        let takes_back = plan.steps.iter().any(|step| step.takes_back.is_some());
        let has_written = carry_out(session, &reading, plan.steps, &mut answered);
        if has_written {
            let agenda = reading.agenda;
            reading = Reading { agenda, ..refresh(session, &|_| ()) };
        }
        if !takes_back || answered.error.is_some() {
            break;
        }
    }
    answered.troubles.dedup();
    (answered, reading, file)
}

/// Carries the steps out, the end of the review last and only where nothing was refused. Whether a note was written.
fn carry_out(
    session: &Session,
    reading: &Reading,
    steps: Vec<Step>,
    answered: &mut Answered,
) -> bool {
    let only_remembered = steps.iter().filter(|step| step.change.is_none() && !is_end(step));
    let only_remembered = only_remembered
        .filter(|step| matches!(step.record.outcome, Outcome::Skipped | Outcome::Withdrawn));
    let noted = only_remembered.map(|step| (step.record.clone(), step.told.clone()));
    let noted = noted.collect::<Vec<_>>();
    let (end, steps) = steps.into_iter().partition::<Vec<_>, _>(is_end);
    let before = answered.troubles.len();
    let has_written = carry_all_out(session, &reading.book, steps, answered);
    let mut end = Plan { steps: end, troubles: Vec::new() };
    keep_open(&mut end, answered.troubles.len() - before);
    answered.troubles.extend(end.troubles);
    if answered.error.is_none() {
        carry_all_out(session, &reading.book, end.steps, answered);
    }
    for (record, told) in noted {
        let is_told = answered.done.contains(&told)
            || answered.troubles.iter().any(|trouble| trouble.line == told);
        if answered.followed.records.contains(&record) && !is_told {
            answered.noted.push(told);
        }
    }
    has_written
}

/// What is to be done about the answers in a review that is open, after `made` was made of some of them.
fn plan_of(session: &Session, reading: &Reading, file: &ReviewFile, made: &[Record]) -> Plan {
    let State::Open(_, read) = &file.state else { return Plan::default() };
    let inbox = inbox(session);
    let (settings, words) = (session.settings(), &session.vocabulary);
    let situation = Situation::new(&reading.book, session.today, settings, words);
    plan(&ground(situation, file.period, read, &inbox), read, made)
}

/// What following the answers in open reviews would write.
#[derive(Debug, Default)]
pub struct Shown {
    /// The files, each once with all that would be written into it.
    pub files: Vec<Preview>,
    /// The answers that cannot be followed.
    pub troubles: Vec<Trouble>,
    /// What would be remembered of the others.
    pub followed: Followed,
}

/// What following the answers in these reviews would write into notes, and into the reviews themselves but for
/// `written_anew`.
pub fn previews(
    session: &Session,
    reading: &Reading,
    files: &[ReviewFile],
    written_anew: Option<&NotePath>,
) -> Result<Shown, WriteError> {
    let mut shown = Shown::default();
    for file in files {
        let Plan { steps, troubles } = plan_of(session, reading, file, &[]);
        let (mut plan, mut refusals) = (Plan { steps: Vec::new(), troubles }, 0);
        for step in steps {
            match step.change.as_ref().map_or(Ok(()), |change| shown.add(session, change)) {
                Ok(()) => plan.steps.push(step),
                Err(error) if error.is_refusal() => {
                    plan.troubles.push(refused(&step, &error));
                    refusals += 1;
                }
                Err(error) => return Err(error),
            }
        }
        keep_open(&mut plan, refusals);
        let records = plan.steps.into_iter().map(|step| step.record).collect();
        let followed = Followed { records, ..Followed::default() };
        let mark = marked(session, reading, file, &followed);
        if let Some(change) = mark.filter(|_| written_anew != Some(&file.path)) {
            shown.add(session, &change)?;
        }
        shown.troubles.extend(plan.troubles);
        shown.followed.records.extend(followed.records);
    }
    Ok(shown)
}

impl Shown {
    /// Adds what `change` would write after everything that is shown already.
    fn add(&mut self, session: &Session, change: &Change) -> Result<(), WriteError> {
        let files = change.files.iter().map(|file| self.after(session, file));
        for file in files.collect::<Result<Vec<_>, _>>()?.into_iter().flatten() {
            match self.files.iter_mut().find(|there| there.path == file.path) {
                Some(there) => *there = file,
                None => self.files.push(file),
            }
        }
        Ok(())
    }

    fn after(&self, session: &Session, file: &FileChange) -> Result<Vec<Preview>, WriteError> {
        if let FileChange::Edit { path, wishes } = file
            && let Some(there) = self.files.iter().find(|there| there.path == *path)
            && let Some(Ok(after)) = there.after.as_deref().map(|text| rewrite(text, wishes))
        {
            return Ok(vec![Preview { after: Some(after), ..there.clone() }]);
        }
        preview(session, &Change { title: String::new(), files: vec![file.clone()] })
    }
}

fn refused(step: &Step, error: &WriteError) -> Trouble {
    let hint = error.hint().unwrap_or("the line stays as it is");
    Trouble { line: step.told.clone(), refusal: refusal(&error.to_string(), hint) }
}

/// The file with what was made of the answers in it, and nothing else anew; `None` where it says so already.
pub fn marked(
    session: &Session,
    reading: &Reading,
    file: &ReviewFile,
    followed: &Followed,
) -> Option<Change> {
    let read = file.file();
    let mut page = page(&read)?;
    let inbox = inbox(session);
    let (settings, words) = (session.settings(), &session.vocabulary);
    let situation = Situation::new(&reading.book, session.today, settings, words);
    let ground = ground(situation, file.period, &read, &inbox);
    let kept = kept(&ground, &read, followed);
    let records = records(&read, &kept, followed);
    if records.iter().eq(read.sides.iter().flat_map(|side| &side.records)) {
        return None;
    }
    page.answered(&kept, records, session.today);
    change(file, page.text())
}

/// The file written anew; `None` where it says so already.
pub fn writing(file: &ReviewFile, review: &Review) -> Option<Change> {
    change(file, render(review))
}

fn change(file: &ReviewFile, text: String) -> Option<Change> {
    let before = file.text();
    if before.as_ref() == Some(&text) {
        return None;
    }
    let files = vec![FileChange::Regenerate { path: file.path.clone(), before, text }];
    Some(Change { title: format!("write the review {}", file.period.name()), files })
}

/// One answer on a walk: the box of a line, and words that are typed below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The id of the line.
    pub id: String,
    /// The character for its box.
    pub status: char,
    /// What is typed.
    pub words: Option<String>,
}

/// What came of one answer on a walk.
#[derive(Debug, Default)]
pub struct Gave {
    /// What was made of it, and of other answers in the file.
    pub answered: Answered,
    /// Whether the box has what was given.
    pub is_followed: bool,
    /// Whether the line is not in the file any more.
    pub is_gone: bool,
}

/// Writes one answer into the review of `period` and follows it, a change of its own. Where it could not be followed,
/// the file says again what it said before.
pub fn give(session: &Session, period: Period, given: &Given) -> Result<Gave, WriteError> {
    let nothing = || Gave { is_gone: true, ..Gave::default() };
    let Some(before) = file_of(session, period) else { return Ok(nothing()) };
    let Some(mut page) = page(&before.file()) else { return Ok(nothing()) };
    let shown = page.text();
    if !page.set(&given.id, given.status) {
        return Ok(nothing());
    }
    let is_there = given.words.is_none() && page.text() == shown;
    given.words.iter().for_each(|words| page.type_below(&given.id, words));
    put_down(session, change(&before, page.text()))?;
    let Some(file) = file_of(session, period) else { return Ok(nothing()) };
    let (answered, reading, file) = follow(session, refresh(session, &|_| ()), file);
    let records = &answered.followed.records;
    // What stands there already and is not refused was followed before.
    let is_followed = records.iter().any(|record| record.id == given.id)
        || (is_there && answered.troubles.is_empty());
    if !is_followed && given.status != ' ' {
        put_down(session, before.text().and_then(|text| change(&file, text)))?;
    }
    if let Some(file) = file_of(session, period) {
        put_down(session, marked(session, &reading, &file, &answered.followed))?;
    }
    Ok(Gave { answered, is_followed: is_followed || given.status == ' ', is_gone: false })
}

/// Makes `change`, where there is one.
pub fn put_down(
    session: &Session,
    change: Option<Change>,
) -> Result<Option<Committed>, WriteError> {
    change.map(|change| write(session, &change)).transpose()
}
