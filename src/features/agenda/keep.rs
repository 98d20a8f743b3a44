//! What of an existing `agenda.md` is the person's, and so is kept when the agenda is written anew.
//!
//! Always true here: no line that the person typed or changed is dropped. A line is ours if its mark is listed in the
//! front matter, if the new agenda has the same line, or if it is a title, a section heading or blank. Every other
//! line before `## Notes` moves there, verbatim and in order; what stands under the first `## Notes` stays as it is.
//! Lines that were typed under a line of ours would lose what they are about, so a list item that names it goes
//! before them. Where git left both sides of a conflict, what the person wrote on either side is kept once.

use crate::features::agenda::file::{AgendaFile, Side, boxed};
use crate::features::agenda::ids;
use crate::features::agenda::line::lines;
use crate::features::agenda::render::{is_known, mark};
use crate::note::link::links;
use crate::text::day::Day;
use crate::text::phrase;
use std::collections::{HashMap, HashSet};

impl AgendaFile {
    /// The ids of the lines in the order in which they stood, where the file is the agenda of `day`.
    pub fn order(&self, day: Day) -> Vec<String> {
        let sides = self.sides.iter().filter(|side| side.date == Some(day));
        let lines = sides.flat_map(|side| lines(side, &|mark| side.marks.contains(mark)));
        lines.filter_map(|line| line.id).collect()
    }

    /// The lines of the front matter that the person added.
    pub fn front_matter(&self) -> Vec<String> {
        let all = self.sides.iter().map(|side| side.front_matter.clone());
        all.reduce(united).unwrap_or_default()
    }

    /// The marks of the lines that `ties` wrote, on any side.
    pub fn marks(&self) -> HashSet<String> {
        self.sides.iter().flat_map(|side| side.marks.clone()).collect()
    }

    /// The lines for `## Notes`, when the agenda of `today` has the lines `fresh`. Of each side the lines of the body
    /// at the places in `settled` are left out: they stay where they are, or the notes of people say what they say.
    pub fn notes(&self, today: Day, fresh: &[String], settled: &[HashSet<usize>]) -> Vec<String> {
        let mut ours = self.marks();
        ours.extend(fresh.iter().map(|line| mark(line)));
        let nothing = HashSet::new();
        let sides =
            self.sides.iter().enumerate().map(|(at, side)| {
                side.all_notes(&ours, today, settled.get(at).unwrap_or(&nothing))
            });
        sides.reduce(united).unwrap_or_default()
    }
}

impl Side {
    /// What stands under `## Notes`, and after it what moves there.
    fn all_notes(
        &self,
        ours: &HashSet<String>,
        today: Day,
        settled: &HashSet<usize>,
    ) -> Vec<String> {
        let mut notes = self.notes.clone();
        let moved = self.moved(ours, today, settled);
        if !moved.is_empty() && notes.last().is_none_or(|last| !last.trim().is_empty()) {
            notes.push(String::new());
        }
        notes.extend(moved);
        notes
    }

    /// The lines of the body that are the person's, in runs with a blank line between them.
    fn moved(&self, ours: &HashSet<String>, today: Day, settled: &HashSet<usize>) -> Vec<String> {
        let mut moved: Vec<String> = Vec::new();
        let mut parent = None;
        let (mut in_run, mut after_blank) = (false, false);
        for (at, line) in self.body.iter().enumerate() {
            if line.trim().is_empty() {
                after_blank = true;
                continue;
            }
            let known = is_known(line);
            if known || settled.contains(&at) || ours.contains(&mark_of(line)) {
                in_run = false;
                if known || line.trim_start().starts_with(['-', '*', '+']) {
                    parent = Some(line).filter(|_| !known);
                }
            } else {
                // What is not indented is no part of the list item before it.
                let leaves = is_indented(moved.last()) && !is_indented(Some(line));
                if !moved.is_empty() && (after_blank || !in_run || leaves) {
                    moved.push(String::new());
                }
                if !in_run && is_indented(Some(line)) {
                    moved.extend(parent.map(|parent| self.subject(parent, today)));
                }
                moved.push(line.clone());
                in_run = true;
            }
            after_blank = false;
        }
        moved
    }

    /// A list item that says what lines under the generated line `parent` are about.
    fn subject(&self, parent: &str, today: Day) -> String {
        let (head, _, _) = ids::around(parent.trim());
        let head = boxed(head).map_or(head.trim_start_matches("- "), |(_, content)| content.trim());
        let link = links(head).next().map_or(head, |link| link.span.of(head));
        let date = self.date.map(|date| format!(", {}", phrase::date(date, today)));
        format!("- {link}{}", date.unwrap_or_default())
    }
}

/// The mark of a line, however its box was emptied.
fn mark_of(line: &str) -> String {
    match boxed(line.trim_start()) {
        Some((' ', content)) => mark(&format!("- [ ] {}", content.trim())),
        _ => mark(line),
    }
}

fn is_indented(line: Option<&String>) -> bool {
    line.is_some_and(|line| line.starts_with([' ', '\t']))
}

/// `first`, then those lines of `second` that it does not have (as often); blank lines of `second` only between them.
fn united(first: Vec<String>, second: Vec<String>) -> Vec<String> {
    let mut had: HashMap<String, usize> = HashMap::new();
    first.iter().for_each(|line| *had.entry(line.clone()).or_default() += 1);
    let mut all = first;
    for line in second {
        match had.get_mut(&line) {
            Some(count) if *count > 0 => *count -= 1,
            _ if line.trim().is_empty() => {}
            _ => all.push(line),
        }
    }
    all
}
