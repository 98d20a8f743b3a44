//! The text of a review: line feeds only, one at the end. The front matter is that of the agenda, with another word.

use crate::features::agenda::record::Record;
use crate::features::agenda::render::{NOTES, item, marks_of, own_lines};
use crate::features::agenda::view::Item;
use crate::features::review::view::Review;
use crate::text::day::Day;

/// What `ties:` says in the front matter of a review.
pub const KIND: &str = "review";

/// The key of the day on which a review was done.
const FINISHED: &str = "finished:";

/// The whole file.
pub fn render(review: &Review) -> String {
    let marks = marks_of(&ours(review));
    let head = front_matter(review.begun, &review.front_matter, &review.records, &marks);
    whole(head, written(review, &item), &review.notes)
}

/// The lines between the front matter and the notes as `ties` writes them: nothing is answered or typed.
pub fn ours(review: &Review) -> Vec<String> {
    written(review, &own_lines)
}

/// A file of these parts.
pub fn whole(front_matter: Vec<String>, body: Vec<String>, notes: &[String]) -> String {
    let mut lines = front_matter;
    lines.extend(body);
    lines.push(NOTES.to_owned());
    lines.extend(notes.iter().cloned());
    lines.join("\n") + "\n"
}

/// The front matter with its fences; `theirs` are lines that are not made anew.
pub fn front_matter(
    begun: Day,
    theirs: &[String],
    records: &[Record],
    marks: &[String],
) -> Vec<String> {
    let mut lines = vec!["---".to_owned(), format!("ties: {KIND}"), format!("date: {begun}")];
    // Ours come last: what follows them could be read as more of them.
    lines.extend(theirs.iter().cloned());
    if !records.is_empty() {
        let records = records.iter().map(ToString::to_string).collect::<Vec<_>>();
        lines.push(format!("answers: {}", records.join(" ")));
    }
    if !marks.is_empty() {
        lines.push(format!("marks: {}", marks.join(" ")));
    }
    lines.push("---".to_owned());
    lines
}

/// The line of the front matter that says that a review was done on `day`.
pub fn finished_line(day: Day) -> String {
    format!("{FINISHED} {day}")
}

/// Whether lines of a front matter say on which day the review was done: nothing, and `no`, are no day.
pub fn is_finished(front_matter: &[String]) -> bool {
    let said = front_matter.iter().filter_map(|line| line.strip_prefix(FINISHED));
    let mut said = said.map(|day| day.split(" #").next().unwrap_or(day));
    said.any(|day| Day::parse(day.trim().trim_matches(['"', '\''])).is_some())
}

/// Takes out what lines of a front matter say of when the review was done.
pub fn unfinish(front_matter: &mut Vec<String>) {
    front_matter.retain(|line| !line.starts_with(FINISHED));
}

fn written(review: &Review, item: &dyn Fn(&Item) -> Vec<String>) -> Vec<String> {
    let mut lines = vec![format!("# {}", review.period.title()), String::new()];
    lines.extend(review.words.iter().cloned());
    lines.push(String::new());
    for section in &review.sections {
        lines.push(format!("## {}", section.heading));
        lines.extend(section.words.iter().cloned());
        if !section.words.is_empty() && !section.items.is_empty() {
            lines.push(String::new());
        }
        lines.extend(section.items.iter().flat_map(item));
        lines.push(String::new());
    }
    lines.extend(item(&review.end));
    lines.push(String::new());
    lines
}
