//! What a review says, as plain data: the file and the JSON are two ways to show it.
//!
//! Invariant: every text in it is Markdown of one line that nothing from a note can break out of.

use crate::features::agenda::record::Record;
use crate::features::agenda::view::Item;
use crate::features::review_period::Period;
use crate::text::day::Day;

/// A review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// What it is about.
    pub period: Period,
    /// The day on which it was begun: the day of its answers.
    pub begun: Day,
    /// What is said above everything else.
    pub words: Vec<String>,
    /// Its parts that hold anything.
    pub sections: Vec<Section>,
    /// The last line: ticked, the review is done and is not touched again.
    pub end: Item,
    /// What was made of answers.
    pub records: Vec<Record>,
    /// Lines of the front matter that are not made anew, verbatim.
    pub front_matter: Vec<String>,
    /// The lines under `## Notes`: all of them the person's, verbatim.
    pub notes: Vec<String>,
}

/// A part of a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading, without `## `.
    pub heading: &'static str,
    /// What is said below it.
    pub words: Vec<String>,
    /// The lines; some can be ticked.
    pub items: Vec<Item>,
}

impl Section {
    /// A part that says nothing yet.
    pub fn new(heading: &'static str) -> Section {
        Section { heading, words: Vec::new(), items: Vec::new() }
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.items.is_empty()
    }
}

impl Review {
    /// All its lines that have an id.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.sections.iter().flat_map(|section| &section.items).chain([&self.end])
    }

    /// The same, to change them.
    pub fn items_mut(&mut self) -> impl Iterator<Item = &mut Item> {
        let items = self.sections.iter_mut().flat_map(|section| &mut section.items);
        items.chain([&mut self.end])
    }
}
