//! An `agenda.md`, or another checklist of ours, as it was found: our front matter, the lines between it and the notes,
//! the notes.
//!
//! Where git left both sides of a conflict, both are read. Nothing is dropped here: every line of the file is in a side,
//! but for the lines that are ours by what they are (`---`, `ties`, `date`, `marks`, `answers`, `## Notes`).

use crate::features::agenda::ids;
use crate::features::agenda::record::Record;
use crate::features::agenda::render::{MARK, NOTES, is_known, mark};
use crate::note::conflict::is_marker;
use crate::text::day::Day;
use std::collections::{HashMap, HashSet};

/// The file is not one that `ties` wrote: its front matter does not say `ties: agenda`. It is not to be touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotOurs;

/// An agenda file as it was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AgendaFile {
    /// The file; of a file with git conflicts both sides; nothing of a blank file.
    pub sides: Vec<Side>,
}

/// One side of an agenda file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Side {
    /// The day of which it is the agenda.
    pub date: Option<Day>,
    /// The marks of the lines that `ties` wrote.
    pub marks: HashSet<String>,
    /// The ids of lines by their marks; lines that read alike share one.
    pub ids: HashMap<String, Vec<String>>,
    /// What was made of answers.
    pub records: Vec<Record>,
    /// Lines of the front matter that are not ours.
    pub front_matter: Vec<String>,
    /// Between the front matter and the notes. A line of text directly under one that can be answered is typed under it,
    /// indented or not, as it belongs to the same list item for Markdown: here it is indented.
    pub body: Vec<String>,
    /// Below `## Notes`.
    pub notes: Vec<String>,
}

/// Reads an agenda file; a blank one holds nothing. Line feeds, with or without a carriage return before them, end
/// lines; a byte order mark does not count.
pub fn read(existing: &str) -> Result<AgendaFile, NotOurs> {
    read_as("agenda", existing)
}

/// The same of a file whose front matter says `ties: KIND`.
pub fn read_as(kind: &'static str, existing: &str) -> Result<AgendaFile, NotOurs> {
    let text = existing.strip_prefix('\u{feff}').unwrap_or(existing);
    if text.trim().is_empty() {
        return Ok(AgendaFile::default());
    }
    let sides = sides(&lines(text));
    let sides = sides.iter().map(|side| read_side(kind, side)).collect::<Option<Vec<_>>>();
    sides.map(|sides| AgendaFile { sides }).ok_or(NotOurs)
}

impl AgendaFile {
    /// The day of which it is the agenda; of a file with git conflicts the later one.
    pub fn day(&self) -> Option<Day> {
        self.sides.iter().filter_map(|side| side.date).max()
    }

    /// What was made of answers, on any side.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.sides.iter().flat_map(|side| &side.records)
    }
}

impl Side {
    /// The id that the line with this mark had, where no other one has the same mark.
    pub fn id_of(&self, mark: &str) -> Option<&str> {
        match self.ids.get(mark).map(Vec::as_slice) {
            Some([id]) => Some(id),
            _ => None,
        }
    }

    fn with_indents(mut self) -> Side {
        let mut is_under = false;
        for line in &mut self.body {
            if is_under && is_text(line) && !self.marks.contains(&mark(line)) {
                line.insert_str(0, "  ");
                continue;
            }
            let is_item = |content: &str| {
                ids::around(content).1.is_some()
                    || self.marks.contains(&mark(&format!("- [ ] {content}")))
            };
            is_under = match boxed(line.trim_start()) {
                Some((_, content)) => is_item(content.trim()),
                None => is_under && column(line) > 0 && !line.trim().is_empty(),
            };
        }
        self
    }
}

/// Whether a line goes on with the text of the list item above it for Markdown.
fn is_text(line: &str) -> bool {
    let starts_block = line.starts_with(|first: char| " \t#>|<=~`-*+_".contains(first));
    let digits = line.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let is_numbered = digits.len() < line.len() && digits.starts_with(['.', ')']);
    !starts_block && !is_numbered && !is_known(line)
}

/// The column at which the text of a line begins, from 0; a tab goes on to the next multiple of four.
pub fn column(line: &str) -> usize {
    let mut column = 0;
    for character in line.chars() {
        match character {
            ' ' => column += 1,
            '\t' => column += 4 - column % 4,
            _ => break,
        }
    }
    column
}

/// The character in the box of a list item at the start of a line, and what follows the box. A box may be empty, or
/// typed with spaces (`[ x ]`), or stand right before a link.
pub fn boxed(text: &str) -> Option<(char, &str)> {
    let rest =
        text.strip_prefix(['-', '*', '+'])?.trim_start_matches([' ', '\t']).strip_prefix('[')?;
    let (inside, content) = rest.split_once(']')?;
    let mut inside = inside.trim().chars();
    let status = inside.next().unwrap_or(' ');
    let is_box = inside.next().is_none();
    let ends = content.is_empty() || content.starts_with([' ', '\t']) || content.starts_with("[[");
    (is_box && ends).then_some((status, content))
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

/// One side, where its front matter says that it is ours.
fn read_side(kind: &'static str, lines: &[&str]) -> Option<Side> {
    let (first, rest) = lines.split_first()?;
    if first.trim_end() != "---" {
        return None;
    }
    let end = rest.iter().position(|line| matches!(line.trim_end(), "---" | "..."))?;
    let mut header = Header { kind, ..Header::default() };
    rest.get(..end)?.iter().for_each(|line| header.read(line));
    let after = rest.get(end + 1..).unwrap_or_default();
    let notes = after.iter().position(|line| line.trim_end() == NOTES);
    let (body, notes) = after.split_at(notes.unwrap_or(after.len()));
    let owned = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    let side =
        Side { body: owned(body), notes: owned(notes.get(1..).unwrap_or_default()), ..header.side };
    header.is_ours.then(|| side.with_indents())
}

/// The front matter, read line by line: it is ours and flat, but an editor may have quoted, reordered or wrapped it.
#[derive(Default)]
struct Header {
    // What `ties` has to say for the file to be ours.
    kind: &'static str,
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
    Answers,
}

impl Header {
    fn read(&mut self, line: &str) {
        let key = line.split_once(':').filter(|_| !line.starts_with([' ', '\t', '-', '#']));
        match key {
            Some((key, value)) => self.read_key(line, bare(key), value),
            None if self.key == Key::Marks && is_marks(line) => self.read_marks(line),
            None if self.key == Key::Answers && is_records(line) => self.read_records(line),
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
            "ties" => self.is_ours |= bare(value) == self.kind,
            "date" => self.side.date = Day::parse(bare(value)),
            "marks" => {
                self.key = Key::Marks;
                self.read_marks(value);
            }
            "answers" => {
                self.key = Key::Answers;
                self.read_records(value);
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
        for word in words.filter(|word| is_mark(word)) {
            let (mark, id) = word.split_at(MARK);
            self.side.marks.insert(mark.to_owned());
            if !id.is_empty() {
                self.side.ids.entry(mark.to_owned()).or_default().push(id.to_owned());
            }
        }
    }

    fn read_records(&mut self, text: &str) {
        for record in words(text).filter_map(Record::parse) {
            if !self.side.records.contains(&record) {
                self.side.records.push(record);
            }
        }
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
        && words.all(|word| word.is_empty() || is_mark(word))
}

/// Six characters, and perhaps an id behind them.
fn is_mark(word: &str) -> bool {
    let is_word = word.len() >= MARK && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let id = word.get(MARK..).unwrap_or("");
    is_word && (id.is_empty() || ids::is_id(id))
}

/// Whether a line below `answers:` holds nothing but records.
fn is_records(line: &str) -> bool {
    let mut all = words(line).peekable();
    line.starts_with([' ', '\t', '-', ']'])
        && all.peek().is_some()
        && all.all(|word| Record::parse(word).is_some())
}

/// The words of a list of YAML, in whichever style an editor left it.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|character: char| " \t,[]\"'".contains(character));
    words.filter(|word| !word.is_empty() && *word != "-")
}

/// A key or value without white space and quotes around it.
fn bare(text: &str) -> &str {
    text.trim().trim_matches(['"', '\''])
}
