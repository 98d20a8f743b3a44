//! The answers in an agenda file: each line that was answered once, however often it stands there (copied, or on both
//! sides of a git conflict), with what is remembered of it.

use crate::features::agenda::file::{AgendaFile, Side};
use crate::features::agenda::ids;
use crate::features::agenda::line::{Fence, Line, lines};
use crate::features::agenda::record::{Outcome, Record, mark_of, without_marker};
use crate::features::agenda::said::{Said, Verdict, rest, said_to};
use crate::note::link_write::without_links;
use crate::text::day::Day;
use crate::text::day_range::DayRange;
use std::collections::HashMap;

/// The answer to one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The line's id; of a line that has lost its own one that is stable too.
    pub id: String,
    /// The day of the agenda.
    pub day: Day,
    /// The line where it is answered, else where it stands first.
    pub line: Line,
    /// Every place at which it stands: the side, and the line there.
    pub places: Vec<(usize, Line)>,
    /// What was typed with it, wherever it stands.
    pub typed: Vec<String>,
    /// What that says.
    pub said: Said,
    /// What was made of it before.
    pub record: Option<Record>,
}

/// The sign in the box of a line of which two boxes say different things, until the person decides.
pub const UNDECIDED: char = '?';

impl Answer {
    /// Whether the places of the line have different boxes, empty ones aside.
    pub fn boxes_differ(&self) -> bool {
        let signs = self.places.iter().map(|(_, line)| line.status.to_ascii_lowercase());
        let mut signs = signs.filter(|sign| *sign != ' ');
        signs.next().is_some_and(|first| signs.any(|sign| sign != first))
    }

    /// What comes of it when it is followed; `None` where it says nothing that could be.
    pub fn outcome(&self) -> Option<Outcome> {
        match self.said.verdict {
            Some(Verdict::Done) => Some(Outcome::Done),
            Some(Verdict::Tried) => Some(Outcome::Tried),
            Some(Verdict::Later(_)) => Some(Outcome::Later),
            Some(Verdict::Skip) => Some(Outcome::Skipped),
            Some(Verdict::Unclear) => None,
            None if self.said.archive => Some(Outcome::Archived),
            None => self.said.next.is_some().then_some(Outcome::Next),
        }
    }

    /// The record of following it.
    pub fn followed(&self, outcome: Outcome) -> Record {
        Record { day: self.day, id: self.id.clone(), outcome, typed: mark_of(&self.typed) }
    }
}

/// The answers of a file, in the order of its lines; lines that nobody touched and nobody answered are left out.
/// `ours` are the marks of more lines that `ties` writes.
pub fn answers(file: &AgendaFile, ours: &dyn Fn(&str) -> bool) -> Vec<Answer> {
    let mut found: Vec<Answer> = Vec::new();
    let mut places: HashMap<(Day, String), usize> = HashMap::new();
    for (at, side) in file.sides.iter().enumerate() {
        let Some(day) = side.date else { continue };
        let is_known = |mark: &str| side.marks.contains(mark) || ours(mark);
        for line in lines(side, &is_known) {
            let id = line.id.clone().unwrap_or_else(|| stable_id(&line));
            let place = *places.entry((day, id.clone())).or_insert_with(|| {
                found.push(empty(id, day, &line));
                found.len() - 1
            });
            if let Some(answer) = found.get_mut(place) {
                answer.places.push((at, line));
            }
        }
    }
    found.iter_mut().for_each(|answer| unite(answer, file));
    found.retain(|answer| answer.record.is_some() || answer.line.is_touched());
    found
}

fn empty(id: String, day: Day, line: &Line) -> Answer {
    let (places, typed, said) = (Vec::new(), Vec::new(), Said::default());
    Answer { id, day, line: line.clone(), places, typed, said, record: None }
}

/// Says what all places of a line say together.
fn unite(answer: &mut Answer, file: &AgendaFile) {
    let touched = answer.places.iter().map(|(_, line)| line).find(|line| line.status != ' ');
    let touched = taken_back(answer, file).or(touched).or(answer
        .places
        .iter()
        .map(|(_, line)| line)
        .find(|line| line.is_touched()));
    if let Some(line) = touched {
        answer.line = line.clone();
    }
    for (_, line) in &answer.places {
        let mut typed = line.typed();
        // For how long the owner rests is no word about the line.
        typed.retain(|line| rest(line, answer.day).is_none());
        answer.typed = united(std::mem::take(&mut answer.typed), typed);
    }
    answer.said = said_to(&answer.line.text, answer.line.status, &answer.typed, answer.day);
    if answer.boxes_differ() {
        // Written with the sign of one of them, the line would be followed by that one the next time.
        answer.line.status = UNDECIDED;
        answer.said.verdict = Some(Verdict::Unclear);
    }
    let records = file.records().filter(|record| record.is_about(&answer.id, answer.day));
    answer.record = records.max_by_key(|record| record.outcome).cloned();
}

/// The line on a side where it was taken back: on another side that may not be known yet.
fn taken_back<'a>(answer: &'a Answer, file: &AgendaFile) -> Option<&'a Line> {
    let is_withdrawn = |at: &usize| {
        let records = file.sides.get(*at).map_or(&[][..], |side| &side.records);
        let mut of_line = records.iter().filter(|record| record.is_about(&answer.id, answer.day));
        of_line.any(|record| record.outcome == Outcome::Withdrawn)
    };
    let mut open = answer.places.iter().filter(|(_, line)| line.status == ' ');
    open.find(|(at, _)| is_withdrawn(at)).map(|(_, line)| line)
}

/// `first`, then those of `second` that it does not have (as often): what stands twice in one place was typed twice.
pub fn united(first: Vec<String>, second: Vec<String>) -> Vec<String> {
    let mut had: HashMap<String, usize> = HashMap::new();
    first.iter().for_each(|line| *had.entry(without_marker(line).to_owned()).or_default() += 1);
    let mut all = first;
    for line in second {
        match had.get_mut(without_marker(&line)) {
            Some(count) if *count > 0 => *count -= 1,
            _ => all.push(line),
        }
    }
    all
}

/// The id of a line that has lost its own, and of which nobody knows it any more.
fn stable_id(line: &Line) -> String {
    let subjects = line.subjects();
    let about = subjects.first().map_or("", |link| link.target.note.as_str());
    ids::id_of(line.letter, &[about, &without_links(&line.text), "without id"])
}

/// Words that say for how long the owner rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest {
    /// Where they stand.
    pub place: RestPlace,
    /// The days.
    pub days: DayRange,
}

/// Where words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RestPlace {
    /// A line before `## Notes`.
    Body(usize),
    /// The end of such a line, from this byte on, and so many bytes.
    End(usize, usize, usize),
    /// A line below it.
    Notes(usize),
}

/// The places of a side that say for how long the owner rests (`rest 3w`), in order; none in code.
pub fn rests(side: &Side) -> Vec<Rest> {
    let Some(day) = side.date else { return Vec::new() };
    let read = |lines: &[String], place: fn(usize) -> RestPlace| {
        let mut fence = Fence::default();
        let said = lines.iter().enumerate().filter(|(_, line)| !fence.covers(line));
        let found =
            said.filter_map(|(at, line)| Some(Rest { place: place(at), days: rest(line, day)? }));
        found.collect::<Vec<_>>()
    };
    let mut all = read(&side.body, RestPlace::Body);
    all.extend(lines(side, &|mark| side.marks.contains(mark)).iter().filter_map(|line| {
        let days = rest(&line.at_end, day)?;
        let from = side.body.get(line.place.start)?.rfind(&line.at_end)?;
        Some(Rest { place: RestPlace::End(line.place.start, from, line.at_end.len()), days })
    }));
    all.extend(read(&side.notes, RestPlace::Notes));
    all
}
