//! The file of a review, changed line by line: a box that is set, a word that is typed below it, what was made of
//! answers. Nothing is composed anew, so that a walk through the lines does not lose its place.

use crate::features::agenda::file::{AgendaFile, Side};
use crate::features::agenda::ids;
use crate::features::agenda::record::Record;
use crate::features::review::kept::Kept;
use crate::features::review::render::{finished_line, front_matter, is_finished, whole};
use crate::text::day::Day;

/// A review as it stands in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    begun: Day,
    side: Side,
}

/// The file as a page; `None` of a blank one, one without its day, and one with a git conflict in it: that has to be
/// united first.
pub fn page(file: &AgendaFile) -> Option<Page> {
    match file.sides.as_slice() {
        [side] => Some(Page { begun: side.date?, side: side.clone() }),
        _ => None,
    }
}

impl Page {
    /// Sets the box of the line with this id.
    pub fn set(&mut self, id: &str, status: char) {
        let is_meant = |line: &&mut String| ids::around(line).1 == Some(id);
        if let Some(line) = self.side.body.iter_mut().find(is_meant) {
            set_box(line, status);
        }
    }

    /// Types words below the line with this id, behind what stands there.
    pub fn type_below(&mut self, id: &str, words: &str) {
        let body = &mut self.side.body;
        let Some(at) = body.iter().position(|line| ids::around(line).1 == Some(id)) else { return };
        let below = body.iter().skip(at + 1).take_while(|line| line.starts_with([' ', '\t']));
        let end = at + 1 + below.count();
        body.insert(end, format!("  {}", words.trim()));
    }

    /// Gives each answered line the box that it has from now on, and the page its records.
    pub fn answered(&mut self, kept: &[Kept], records: Vec<Record>, today: Day) {
        for kept in kept {
            for (_, line) in &kept.answer.places {
                if let Some(text) = self.side.body.get_mut(line.place.start) {
                    set_box(text, kept.status);
                }
            }
        }
        let is_ended = kept.iter().any(|kept| kept.letter() == 'd' && kept.status == 'x');
        if is_ended && !is_finished(&self.side.front_matter) {
            self.side.front_matter.push(finished_line(today));
        }
        self.side.records = records;
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let Side { marks, records, front_matter: theirs, body, notes, .. } = &self.side;
        let mut marks = marks.iter().cloned().collect::<Vec<_>>();
        marks.sort_unstable();
        whole(front_matter(self.begun, theirs, records, &marks), body.clone(), notes)
    }
}

fn set_box(line: &mut String, status: char) {
    let Some(open) = line.find('[') else { return };
    let Some(sign) = line.get(open + 1..).and_then(|rest| rest.chars().next()) else { return };
    let end = open + 1 + sign.len_utf8();
    // Capital or small, a tick is a tick.
    if line.get(end..).is_some_and(|rest| rest.starts_with(']'))
        && !sign.eq_ignore_ascii_case(&status)
    {
        line.replace_range(open + 1..end, status.encode_utf8(&mut [0; 4]));
    }
}
