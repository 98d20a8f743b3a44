//! A review, from the book and from what the person wrote into the file that is there.

use crate::features::agenda::file::{AgendaFile, NotOurs, Side, boxed, read_as};
use crate::features::agenda::ids;
use crate::features::agenda::record::{Outcome, Record};
use crate::features::agenda::stay::{Followed, answer_item, settled_places};
use crate::features::agenda::view::{Item, Source};
use crate::features::review::ground::Ground;
use crate::features::review::ids::{id_of, letter};
use crate::features::review::kept::{Kept, finish, kept};
use crate::features::review::monthly;
use crate::features::review::quarterly;
use crate::features::review::render::{KIND, is_finished, ours};
use crate::features::review::sheet::Sheet;
use crate::features::review::view::{Review, Section};
use crate::features::review::weekly;
use crate::features::review_period::{Period, ReviewKind};
use crate::features::standing::Situation;
use std::collections::{HashMap, HashSet};

/// Reads the file of a review; [`NotOurs`] where `ties` did not write it, which then is not to be touched.
pub fn read(existing: &str) -> Result<AgendaFile, NotOurs> {
    read_as(KIND, existing)
}

/// Whether the review of a file is done: its front matter says on which day, and its last line, where that was ticked,
/// still is.
pub fn is_done(file: &AgendaFile) -> bool {
    file.sides.iter().any(|side| is_finished(&side.front_matter) && !is_reopened(side))
}

/// Whether the box that ended a review is empty again.
fn is_reopened(side: &Side) -> bool {
    let is_end = |id: &str| letter(id) == Some('d');
    let is_open = |line: &String| {
        ids::around(line).1.is_some_and(is_end)
            && boxed(line.trim_start()).is_some_and(|(status, _)| status == ' ')
    };
    let was_ticked = |record: &Record| is_end(&record.id) && record.outcome != Outcome::Withdrawn;
    side.records.iter().any(was_ticked) && side.body.iter().any(is_open)
}

/// What the review of `period` is made from, on the day of `situation`.
pub fn ground<'a>(
    situation: Situation<'a>,
    period: Period,
    file: &AgendaFile,
    inbox: &'a str,
) -> Ground<'a> {
    let begun = file.day().unwrap_or(situation.day);
    Ground::new(situation, period, begun, inbox)
}

/// The review of `period`. `file` is the one that it will replace: what the person wrote there is kept, and what was
/// answered, followed by now as `followed` says. No answer is followed here.
pub fn compose(ground: &Ground, file: &AgendaFile, followed: &Followed) -> Review {
    let kept = kept(ground, file, followed);
    let order = file.order(ground.begun);
    let sheet = Sheet { ground, kept: &kept, order: places(&order) };
    let mut review = fresh(&sheet);
    for item in review.items_mut() {
        if let Some(kept) = kept.iter().find(|kept| kept.answer.id == item.id) {
            answer_item(item, &kept.answer, kept.status, kept.status != ' ');
        }
    }
    review.records = records(file, &kept, followed);
    review.front_matter = file.front_matter();
    finish(&mut review.front_matter, &kept, ground.situation.day);
    let ids = review.items().map(|item| item.id.as_str()).collect::<HashSet<_>>();
    let answers = kept.iter().map(|kept| (&kept.answer, kept.is_followed(), false));
    let settled =
        settled_places(answers, &|answer| ids.contains(answer.id.as_str()), file.sides.len());
    let notes = file.notes(ground.situation.day, &ours(&review), &settled);
    let is_new = file.sides.is_empty();
    review.notes = if is_new { first_notes(ground.period.kind) } else { notes };
    review
}

fn places(order: &[String]) -> HashMap<&str, usize> {
    let mut places = HashMap::new();
    for (place, id) in order.iter().enumerate() {
        places.entry(id.as_str()).or_insert(place);
    }
    places
}

fn first_notes(kind: ReviewKind) -> Vec<String> {
    match kind {
        ReviewKind::Monthly => monthly::LIST.iter().map(|line| (*line).to_owned()).collect(),
        ReviewKind::Weekly | ReviewKind::Quarterly => Vec::new(),
    }
}

/// The review without what was typed.
fn fresh(sheet: &Sheet) -> Review {
    let (period, begun) = (sheet.ground.period, sheet.ground.begun);
    let (words, sections) = match period.kind {
        ReviewKind::Weekly => (weekly::WORDS, weekly::sections(sheet)),
        ReviewKind::Monthly => (monthly::WORDS, monthly::sections(sheet)),
        ReviewKind::Quarterly => (quarterly::WORDS, quarterly::sections(sheet)),
    };
    let span = match period.kind {
        ReviewKind::Weekly => "week",
        ReviewKind::Monthly => "month",
        ReviewKind::Quarterly => "quarter",
    };
    let end = format!("That was the review of this {span}");
    let end = Item::new(id_of('d', &[&period.name()]), Source::Unknown, end, Vec::new());
    Review {
        period,
        begun,
        words: vec![words.to_owned()],
        sections: sections.into_iter().filter(|section: &Section| !section.is_empty()).collect(),
        end,
        records: Vec::new(),
        front_matter: Vec::new(),
        notes: Vec::new(),
    }
}

/// What was made of answers, by now.
pub fn records(file: &AgendaFile, kept: &[Kept], followed: &Followed) -> Vec<Record> {
    let of_lines = kept.iter().filter_map(|kept| kept.record.as_ref());
    let mut all: Vec<Record> = Vec::new();
    let mut known = HashSet::new();
    for record in followed.records.iter().chain(of_lines).chain(file.records()) {
        if known.insert((record.day, record.id.clone())) {
            all.push(record.clone());
        }
    }
    all.sort();
    all
}

/// How many lines of a review wait for an answer, and how many have one that was followed.
pub fn counts(review: &Review) -> (usize, usize) {
    let followed = review.records.iter().filter(|record| record.outcome != Outcome::Withdrawn);
    let followed = followed.map(|record| record.id.as_str()).collect::<HashSet<_>>();
    let tasks = || review.items().filter(|item| item.task && item.id != review.end.id);
    let answered = tasks().filter(|item| followed.contains(item.id.as_str())).count();
    (tasks().count() - answered, answered)
}
