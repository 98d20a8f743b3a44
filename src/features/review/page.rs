//! The file of a review, changed line by line: a box that is set, a word that is typed below it, what was made of
//! answers. Nothing is composed anew, so that a walk through the lines does not lose its place.

use crate::features::agenda::file::{AgendaFile, Side};
use crate::features::agenda::ids;
use crate::features::agenda::line::{Line, lines};
use crate::features::agenda::record::Record;
use crate::features::review::kept::{Kept, finish};
use crate::features::review::render::{front_matter, whole};
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
    /// Sets the box of the line with this id. Whether it is there.
    pub fn set(&mut self, id: &str, status: char) -> bool {
        let is_meant = |line: &&mut String| ids::around(line).1 == Some(id);
        let line = self.side.body.iter_mut().find(is_meant);
        line.map(|line| set_box(line, status)).is_some()
    }

    /// Types words below the line with this id: in place of the one line that was typed there, else behind all of them.
    pub fn type_below(&mut self, id: &str, words: &str) {
        let Some(line) = self.line(id) else { return };
        let words = format!("  {}", words.trim());
        let body = &mut self.side.body;
        let mut typed = line
            .typed_places
            .iter()
            .filter(|at| body.get(**at).is_some_and(|line| !line.trim().is_empty()));
        let one = typed.next().copied().filter(|_| typed.next().is_none());
        match one.and_then(|at| body.get_mut(at)) {
            Some(line) => *line = words,
            None => body.insert(line.place.end, words),
        }
    }

    fn line(&self, id: &str) -> Option<Line> {
        let all = lines(&self.side, &|mark| self.side.marks.contains(mark));
        all.into_iter().find(|line| line.id.as_deref() == Some(id))
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
        finish(&mut self.side.front_matter, kept, today);
        self.side.records = records;
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let Side { marks, ids, records, front_matter: theirs, body, notes, .. } = &self.side;
        // Behind the mark of a line stands its id, for a line that loses its own.
        let with_ids = |mark: &String| match ids.get(mark) {
            Some(ids) => ids.iter().map(|id| format!("{mark}{id}")).collect(),
            None => vec![mark.clone()],
        };
        let mut marks = marks.iter().flat_map(with_ids).collect::<Vec<_>>();
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
