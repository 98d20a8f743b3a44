//! What of an existing `agenda.md` is the person's, and so is kept when the agenda is written anew.
//!
//! Always true here: no line that the person typed or changed is dropped. A line is ours if its mark is listed in the
//! front matter, if the new agenda has the same line, or if it is a title, a section heading or blank. Every other
//! line before `## Notes` moves there, verbatim and in order; what stands under the first `## Notes` stays as it is.
//! Lines that were typed under a line of ours would lose what they are about, so a list item that names it goes
//! before them. Where git left both sides of a conflict, what the person wrote on either side is kept once.

use crate::features::agenda::ids;
use crate::features::agenda::render::{NOTES, is_known, mark};
use crate::note::conflict::is_marker;
use crate::note::link::links;
use crate::text::day::Day;
use crate::text::phrase;
use std::collections::{HashMap, HashSet};

/// The file is not one that `ties` wrote: its front matter does not say `ties: agenda`. It is not to be touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotOurs;

/// An agenda file as it was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Old {
    // The file; of a file with git conflicts both sides; nothing of a blank file.
    sides: Vec<Side>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Side {
    date: Option<Day>,
    marks: HashSet<String>,
    // Lines of the front matter that are not ours.
    front_matter: Vec<String>,
    // Between the front matter and the notes.
    body: Vec<String>,
    notes: Vec<String>,
}

/// Reads an agenda file; a blank one holds nothing. Line feeds, with or without a carriage return before them, end
/// lines; a byte order mark does not count.
pub fn read(existing: &str) -> Result<Old, NotOurs> {
    let text = existing.strip_prefix('\u{feff}').unwrap_or(existing);
    if text.trim().is_empty() {
        return Ok(Old::default());
    }
    let sides = sides(&lines(text)).iter().map(|side| read_side(side)).collect::<Option<Vec<_>>>();
    sides.map(|sides| Old { sides }).ok_or(NotOurs)
}

impl Old {
    /// The ids of the lines in the order in which they stood, where the file is the agenda of `day`.
    pub fn order(&self, day: Day) -> Vec<String> {
        let sides = self.sides.iter().filter(|side| side.date == Some(day));
        let ids = sides.flat_map(|side| &side.body).filter_map(|line| ids::at_end(line));
        ids.map(str::to_owned).collect()
    }

    /// The day of which it is the agenda; of a file with git conflicts the later one.
    pub fn day(&self) -> Option<Day> {
        self.sides.iter().filter_map(|side| side.date).max()
    }

    /// The lines of the front matter that the person added.
    pub fn front_matter(&self) -> Vec<String> {
        let all = self.sides.iter().map(|side| side.front_matter.clone());
        all.reduce(united).unwrap_or_default()
    }

    /// The lines for `## Notes`, when the agenda of `today` has the lines `fresh`.
    pub fn notes(&self, today: Day, fresh: &[String]) -> Vec<String> {
        let mut ours =
            self.sides.iter().flat_map(|side| side.marks.clone()).collect::<HashSet<_>>();
        ours.extend(fresh.iter().map(|line| mark(line)));
        let sides = self.sides.iter().map(|side| side.all_notes(&ours, today));
        sides.reduce(united).unwrap_or_default()
    }
}

impl Side {
    /// What stands under `## Notes`, and after it what moves there.
    fn all_notes(&self, ours: &HashSet<String>, today: Day) -> Vec<String> {
        let mut notes = self.notes.clone();
        let moved = self.moved(ours, today);
        if !moved.is_empty() && notes.last().is_none_or(|last| !last.trim().is_empty()) {
            notes.push(String::new());
        }
        notes.extend(moved);
        notes
    }

    /// The lines of the body that are the person's, in runs with a blank line between them.
    fn moved(&self, ours: &HashSet<String>, today: Day) -> Vec<String> {
        let mut moved: Vec<String> = Vec::new();
        let mut parent = None;
        let (mut in_run, mut after_blank) = (false, false);
        for line in &self.body {
            if line.trim().is_empty() {
                after_blank = true;
                continue;
            }
            let known = is_known(line);
            if known || ours.contains(&mark(line)) {
                in_run = false;
                if known || line.starts_with("- ") {
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
        let head = parent.trim_start_matches("- ").trim_start_matches("[ ] ");
        let head = head.rsplit_once(" ^").map_or(head, |(head, _)| head);
        let link = links(head).next().map_or(head, |link| link.span.of(head));
        let date = self.date.map(|date| format!(", {}", phrase::date(date, today)));
        format!("- {link}{}", date.unwrap_or_default())
    }
}

fn is_indented(line: Option<&String>) -> bool {
    line.is_some_and(|line| line.starts_with([' ', '\t']))
}

fn lines(text: &str) -> Vec<&str> {
    let lines = text.strip_suffix('\n').unwrap_or(text).split('\n');
    lines.map(|line| line.strip_suffix('\r').unwrap_or(line)).collect()
}

/// The lines of each side of a file with git conflicts; the file itself where it has none, or where its markers are
/// out of order.
fn sides<'a>(lines: &[&'a str]) -> Vec<Vec<&'a str>> {
    let mut sides = [Vec::new(), Vec::new()];
    let mut place = Place::Both;
    for line in lines {
        place = match (place, line.get(..7).filter(|_| is_marker(line))) {
            (Place::Both, Some("<<<<<<<")) => Place::First,
            (Place::First, Some("|||||||")) => Place::Base,
            (Place::First | Place::Base, Some("=======")) => Place::Second,
            (Place::Second, Some(">>>>>>>")) => Place::Both,
            (place, None) | (place @ Place::Both, Some("=======")) => {
                place.take(line, &mut sides);
                place
            }
            _ => return vec![lines.to_vec()],
        };
    }
    let [first, second] = sides;
    match place {
        Place::Both if first == second => vec![first],
        Place::Both => vec![first, second],
        _ => vec![lines.to_vec()],
    }
}

/// Where a line of a file with conflicts belongs.
#[derive(Clone, Copy)]
enum Place {
    Both,
    First,
    Base,
    Second,
}

impl Place {
    fn take<'a>(self, line: &'a str, [first, second]: &mut [Vec<&'a str>; 2]) {
        if matches!(self, Place::Both | Place::First) {
            first.push(line);
        }
        if matches!(self, Place::Both | Place::Second) {
            second.push(line);
        }
    }
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

/// One side, where its front matter says that it is ours.
fn read_side(lines: &[&str]) -> Option<Side> {
    let (first, rest) = lines.split_first()?;
    if first.trim_end() != "---" {
        return None;
    }
    let end = rest.iter().position(|line| matches!(line.trim_end(), "---" | "..."))?;
    let mut header = Header::default();
    rest.get(..end)?.iter().for_each(|line| header.read(line));
    let after = rest.get(end + 1..).unwrap_or_default();
    let notes = after.iter().position(|line| line.trim_end() == NOTES);
    let (body, notes) = after.split_at(notes.unwrap_or(after.len()));
    let owned = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    let side =
        Side { body: owned(body), notes: owned(notes.get(1..).unwrap_or_default()), ..header.side };
    header.is_ours.then_some(side)
}

/// The front matter, read line by line: it is ours and flat, but an editor may have quoted, reordered or wrapped it.
#[derive(Default)]
struct Header {
    is_ours: bool,
    side: Side,
    key: Key,
}

/// What the lines after a key belong to.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Key {
    #[default]
    Theirs,
    Ours,
    Marks,
}

impl Header {
    fn read(&mut self, line: &str) {
        let key = line.split_once(':').filter(|_| !line.starts_with([' ', '\t', '-', '#']));
        match key {
            Some((key, value)) => self.read_key(line, bare(key), value),
            None if self.key == Key::Marks && is_marks(line) => self.read_marks(line),
            None => self.keep(line),
        }
    }

    fn read_key(&mut self, line: &str, key: &str, value: &str) {
        let (value, comment) = match value.find(" #") {
            Some(at) => value.split_at(at),
            None => (value, ""),
        };
        self.key = Key::Ours;
        match key {
            "ties" => self.is_ours |= bare(value) == "agenda",
            "date" => self.side.date = Day::parse(bare(value)),
            "marks" => {
                self.key = Key::Marks;
                self.read_marks(value);
            }
            _ => {
                self.key = Key::Theirs;
                return self.keep(line);
            }
        }
        if !comment.is_empty() {
            self.keep(comment.trim());
        }
    }

    fn read_marks(&mut self, text: &str) {
        let words = text.split(|character: char| !character.is_ascii_alphanumeric());
        self.side.marks.extend(words.filter(|word| word.len() == 6).map(str::to_owned));
    }

    fn keep(&mut self, line: &str) {
        let leading_blank = line.trim().is_empty() && self.side.front_matter.is_empty();
        if !leading_blank && !is_marker(line) {
            self.side.front_matter.push(line.to_owned());
        }
    }
}

/// Whether a line below `marks:` holds nothing but marks, as an editor may have wrapped them.
fn is_marks(line: &str) -> bool {
    let mut words = line.split(|character: char| " \t,[]-\"'".contains(character));
    !line.trim().is_empty()
        && line.starts_with([' ', '\t', '-', ']'])
        && words.all(|word| {
            word.is_empty()
                || word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// A key or value without white space and quotes around it.
fn bare(text: &str) -> &str {
    text.trim().trim_matches(['"', '\''])
}
