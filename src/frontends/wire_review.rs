//! The JSON shape of a review. Within a version fields are only added.

use crate::features::agenda::view::{Item, Source};
use crate::features::review::compose::counts;
use crate::features::review::ids::letter;
use crate::features::review::view::{Review, Section};
use crate::note::link_write::without_links;
use crate::note::path::NotePath;
use serde::Serialize;

/// The answer of `ties review --json`.
#[derive(Debug, Serialize)]
pub struct WireReview {
    /// `2026-W47`, `2026-11`, `2026-Q4`.
    name: String,
    /// `weekly`, `monthly`, `quarterly`.
    kind: &'static str,
    /// ISO, the first day that it is about.
    from: String,
    /// ISO, the last one.
    to: String,
    /// The file in the vault, whether or not it is there.
    path: String,
    /// ISO, the day on which it was begun.
    date: String,
    /// What stands in the place of the file: `missing`, `open`, `done`, `foreign`.
    state: &'static str,
    /// Lines that wait for an answer.
    open: usize,
    /// Lines that have one.
    answered: usize,
    sections: Vec<WireSection>,
}

#[derive(Debug, Serialize)]
struct WireSection {
    heading: &'static str,
    /// What is said below it, plain text.
    words: Vec<String>,
    lines: Vec<WireLine>,
}

#[derive(Debug, Serialize)]
struct WireLine {
    /// The block id of its line in the file, without the `^`.
    id: String,
    /// Plain text.
    text: String,
    /// The same as Markdown.
    markdown: String,
    /// Lines of context, plain text.
    context: Vec<String>,
    /// Whether it can be ticked.
    task: bool,
    /// The character in its box: a space until it is answered.
    status: char,
    /// What it asks: `word`, `promise`, `answer`, `habit-easier`, `habit-rest`, `cadence`, `later`, `facts`, `purpose`,
    /// `place`; else `shown`.
    asks: &'static str,
    /// Whom it is about, or the note that it comes from: paths without `.md`.
    about: Vec<String>,
}

impl WireReview {
    /// The shape of `review`, whose file is at `path`.
    pub fn new(review: &Review, path: &NotePath, state: &'static str) -> WireReview {
        let (open, answered) = counts(review);
        WireReview {
            name: review.period.name(),
            kind: review.period.kind.word(),
            from: review.period.from.to_string(),
            to: review.period.to.to_string(),
            path: path.to_string(),
            date: review.begun.to_string(),
            state,
            open,
            answered,
            sections: review.sections.iter().map(section).collect(),
        }
    }
}

fn section(section: &Section) -> WireSection {
    WireSection {
        heading: section.heading,
        words: section.words.iter().map(|line| without_links(line)).collect(),
        lines: section.items.iter().map(line).collect(),
    }
}

fn line(item: &Item) -> WireLine {
    let about = match &item.source {
        Source::People { identities, .. } => identities.clone(),
        Source::Promise { path, .. } | Source::Habit { path } => vec![path.identity()],
        Source::Away | Source::StartAfresh | Source::Unknown => Vec::new(),
    };
    WireLine {
        id: item.id.clone(),
        text: without_links(&item.text),
        markdown: item.text.clone(),
        context: item.context.iter().map(|line| without_links(line)).collect(),
        task: item.task,
        status: item.status,
        asks: asks(&item.id),
        about,
    }
}

fn asks(id: &str) -> &'static str {
    match letter(id) {
        Some('w') => "word",
        Some('p') => "promise",
        Some('r') => "answer",
        Some('e') => "habit-easier",
        Some('z') => "habit-rest",
        Some('g') => "cadence",
        Some('l') => "later",
        Some('f') => "facts",
        Some('u') => "purpose",
        Some('k') => "place",
        _ => "shown",
    }
}
