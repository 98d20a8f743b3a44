//! Sorting the inbox: what each line could become, and the change that makes it so.
//!
//! Always true here: what is sorted leaves the inbox in the same change that writes it elsewhere, and nothing else of
//! the inbox changes. What is not certain is only proposed.

use crate::features::capture::dates::date_at;
use crate::features::capture::doubt::{Doubt, Given, Meant};
use crate::features::capture::meant::is_written_as_name;
use crate::features::capture::names::NameTable;
use crate::features::capture::plan::{Planned, plan, put};
use crate::features::capture::promise::{Deed, deed, without_day};
use crate::features::capture::sentence::{Captured, understand};
use crate::features::capture::speech::ABOUT;
use crate::features::capture::told;
use crate::features::capture::words::{Break, Word, words};
use crate::features::inbox_lines::{InboxLine, LineKind, dated, without_meant};
use crate::features::log::is_list_item;
use crate::features::promise::HEADINGS;
use crate::note::change::{Change, FileChange, Refusal, Wish};
use crate::note::document::Document;
use crate::note::line_removal::ordinal;
use crate::note::link_write::without_links;
use crate::note::path::NotePath;
use crate::people::book::{Book, ContactId};
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use crate::text::span::Span;
use crate::text::typed::one_line;
use crate::text::when::Direction;

/// What a line could become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proposal {
    /// An entry of somebody's log.
    Entry(Captured),
    /// A task in somebody's note.
    Promise {
        /// Whose note.
        with: ContactId,
        /// The lines of the task without marker, the box included.
        lines: Vec<String>,
    },
    /// It waits: for an answer, to be listened to, or for somebody who can say whom it is about.
    Wait,
}

/// A line with what it could become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// What.
    pub proposal: Proposal,
    /// Why that is not certain, in words; nothing of it is written unasked then.
    pub doubts: Vec<String>,
}

impl Proposed {
    /// Whether it may be written without asking.
    pub fn is_certain(&self) -> bool {
        self.doubts.is_empty() && self.proposal != Proposal::Wait
    }
}

/// What is needed to read the lines of an inbox.
#[derive(Debug, Clone, Copy)]
pub struct Sorting<'a> {
    /// Everyone.
    pub book: &'a Book,
    /// The words of the vault.
    pub vocabulary: &'a Vocabulary,
    /// The day that it is.
    pub today: Day,
    /// The names that the words of the lines may be.
    pub names: &'a NameTable<'a>,
}

/// All words of the lines, by which the names are looked up once.
pub fn words_of(lines: &[InboxLine]) -> Vec<Word> {
    lines.iter().flat_map(|line| words(&line.text)).collect()
}

impl Sorting<'_> {
    /// What `line` could become. `text` is the whole inbox, `given` what a person said about the line.
    pub fn propose(&self, text: &str, line: &InboxLine, given: &Given) -> Proposed {
        match line.kind {
            LineKind::ToListen => waits("it waits to be listened to"),
            LineKind::Reply => waits("an answer is owed; it waits for the review of the week"),
            LineKind::Meant => waits("it was meant and waits for the review of the week"),
            LineKind::Promise { .. } => self.task(text, line, given),
            LineKind::Captured if is_to_do(&line.text) => self.deed(line, given),
            LineKind::Captured => self.entry(text, line, given),
        }
    }

    /// `line` as a promise, whatever it is.
    pub fn as_promise(&self, text: &str, line: &InboxLine, given: &Given) -> Proposed {
        match line.kind {
            LineKind::Promise { .. } => self.task(text, line, given),
            _ => self.deed(line, given),
        }
    }

    fn entry(&self, text: &str, line: &InboxLine, given: &Given) -> Proposed {
        let (own, below) = with_own_items(text, line);
        // A day to come is not when it was written down, but when it is to be.
        let (written_on, said) = match dated(&own) {
            (Some(day), _) if day > self.today => (None, own.as_str()),
            dated => dated,
        };
        let today = written_on.unwrap_or(self.today);
        let mut captured = understand(said, self.names, self.vocabulary, today, given);
        let a_week_before = today.plus_days(-7);
        let before = understand(said, self.names, self.vocabulary, a_week_before, given);
        // `on monday` means another day in another week: without the day on which it was written that is a guess.
        let is_whole = captured.is_day_said && before.day == captured.day;
        let is_known = is_whole || written_on.is_some() || given.day.is_some();
        captured.is_day_said |= written_on.is_some();
        let words = |doubt: &Doubt| told::doubt(self.book, doubt);
        let mut doubts = captured.doubts.iter().map(words).collect::<Vec<_>>();
        if !is_known {
            doubts.push(
                match captured.is_day_said {
                    true => "when it was written is not said, so its day is counted from today",
                    false => "it says no day",
                }
                .to_owned(),
            );
        }
        if below.iter().any(|line| is_list_item(line) && dated(after_marker(line)).0.is_some()) {
            doubts.push("what hangs on it has a day of its own".to_owned());
        }
        captured.below = below;
        Proposed { proposal: Proposal::Entry(captured), doubts }
    }

    /// A task goes as it is into the note of the one person whom it names.
    fn task(&self, text: &str, line: &InboxLine, given: &Given) -> Proposed {
        self.promise(&line.text, task_lines(text, line), given)
    }

    /// `call Ana about the boat` is to be done. A day in it is written as a date, or the day stays from which it counts.
    fn deed(&self, line: &InboxLine, given: &Given) -> Proposed {
        let (front, said) = dated(&line.text);
        let said = without_box(said).unwrap_or(said);
        let written_on = front.filter(|day| *day <= self.today);
        let words = words(said);
        let whole = Span::new(0, said.len());
        let read = |today| without_day(said, &words, 0..words.len(), whole, today);
        let (shorter, due) = read(written_on.unwrap_or(self.today));
        // `by friday` means another day in another week.
        let is_known = written_on.is_some() || read(self.today.plus_days(-7)).1 == due;
        let due = due.filter(|_| is_known);
        let what = one_line(if due.is_some() { &shorter } else { said });
        let due = due.or(front.filter(|day| *day > self.today));
        let since = written_on.filter(|day| due.is_none() && is_relative(said, *day));
        let since = since.map_or_else(String::new, |day| format!(" (written {day})"));
        let field = due.map_or_else(String::new, |due| format!(" 📅 {due}"));
        self.promise(said, vec![format!("[ ] {what}{since}{field}")], given)
    }

    fn promise(&self, said: &str, lines: Vec<String>, given: &Given) -> Proposed {
        let named = match given.with.as_slice() {
            [] => self.named(said, given),
            with => with.to_vec(),
        };
        match named.as_slice() {
            [with] => {
                Proposed { proposal: Proposal::Promise { with: *with, lines }, doubts: Vec::new() }
            }
            [] => waits("it names nobody who has a note here"),
            _ => waits("it names several; the inbox keeps it for all of them"),
        }
    }

    /// Everybody whom the words may name; one name that several people have counts for all of them. A first name with
    /// another surname is nobody by itself, and nobody is certain beside it.
    fn named(&self, said: &str, given: &Given) -> Vec<ContactId> {
        let words = words(said);
        let (mut named, mut others) = (Vec::new(), Vec::new());
        let mut at = 0;
        while at < words.len() {
            let Some(found) = self.names.at(&words, at) else {
                at += 1;
                continue;
            };
            let is_name = is_written_as_name(&words, 0, at, &found);
            let count = found.count + found.surname;
            let folded = words.get(at..at + count).unwrap_or_default().iter();
            let folded = folded.map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ");
            let meant = match found.surname {
                0 => given.settle(&folded, &found.people),
                _ => given.settle_surname(&folded, &found.people),
            };
            let before = at.checked_sub(1).and_then(|at| words.get(at));
            let is_about = before.is_some_and(|word| ABOUT.contains(&word.folded.as_str()));
            match meant {
                _ if !is_name || is_about => {}
                Meant::Person(id) => named.push(id),
                Meant::Unsure if found.surname > 0 => others.extend(found.people),
                Meant::Unsure => named.extend(found.people),
                Meant::Nobody => {}
            }
            at += count;
        }
        if !named.is_empty() {
            named.append(&mut others);
        }
        named.sort_unstable();
        named.dedup();
        named
    }

    /// The change that makes `proposal` of `line` and takes it out of the inbox at `path`, which holds `text`. `None`
    /// for what only waits.
    pub fn change(
        &self,
        path: &NotePath,
        text: &str,
        line: &InboxLine,
        proposal: &Proposal,
    ) -> Result<Option<Change>, Refusal> {
        let mut change = match proposal {
            Proposal::Wait => return Ok(None),
            Proposal::Entry(captured) => {
                match plan(self.book, self.vocabulary, self.today, captured)? {
                    Planned::New { change, .. } => change,
                    Planned::There { .. } => {
                        let title = format!("{} is written down already", short(line));
                        Change { title, files: Vec::new() }
                    }
                }
            }
            Proposal::Promise { with, lines } => {
                let headings = Some(HEADINGS.map(str::to_owned).to_vec());
                let wish = Wish::AppendItem { headings, lines: lines.clone() };
                let contact = self.book.contact(*with);
                let file = FileChange::Edit { path: contact.path.clone(), wishes: vec![wish] };
                let title = format!("a promise with {}, `{}`", contact.name, short(line));
                Change { title, files: vec![file] }
            }
        };
        change.title = format!("inbox: {}", change.title);
        put(removal(path, text, line)?, &mut change);
        Ok(Some(change))
    }
}

fn waits(why: &str) -> Proposed {
    Proposed { proposal: Proposal::Wait, doubts: vec![why.to_owned()] }
}

/// The change that only takes `line` out of the inbox.
pub fn done(path: &NotePath, text: &str, line: &InboxLine) -> Result<Change, Refusal> {
    let files = vec![removal(path, text, line)?];
    Ok(Change { title: format!("inbox: done with {}", short(line)), files })
}

/// The change that writes a line down; the file is made where it is not there.
pub fn add(path: &NotePath, text: Option<&str>, said: &str, today: Day) -> Result<Change, Refusal> {
    let said = one_line(said);
    if said.is_empty() {
        return Err(Refusal {
            reason: "there is nothing to write down".to_owned(),
            hint: Some("`ties inbox add the quince recipe, for Omar`".to_owned()),
        });
    }
    let line = if is_dated_by_itself(&said) { said.clone() } else { format!("{today} {said}") };
    let file = match text {
        Some(_) => FileChange::Edit {
            path: path.clone(),
            wishes: vec![Wish::AppendItem { headings: None, lines: vec![line] }],
        },
        None => FileChange::Create { path: path.clone(), text: format!("# Inbox\n\n- {line}\n") },
    };
    Ok(Change { title: format!("inbox: {}", cut(&said)), files: vec![file] })
}

/// Tasks, embeds, `meant:` and lines with a day of their own take no date before them.
fn is_dated_by_itself(said: &str) -> bool {
    let opens = without_box(said).is_some() || said.starts_with("[?] ") || said.starts_with("![");
    opens || without_meant(said).is_some() || dated(said).0.is_some()
}

/// What is to be done, of `[ ] call Ana`.
fn without_box(said: &str) -> Option<&str> {
    said.strip_prefix("[ ]").filter(|rest| rest.starts_with([' ', '\t'])).map(str::trim_start)
}

/// `call Ana about the boat`, but not `call with Ana`.
fn is_to_do(text: &str) -> bool {
    let said = dated(text).1;
    let words = words(said);
    let first = words.first().filter(|word| word.end == Break::None && word.link.is_none());
    first.is_some() && deed(&words) == Deed::Sure || without_box(said).is_some()
}

/// Whether words of it mean another day in another week: `yesterday's concert`.
fn is_relative(said: &str, today: Day) -> bool {
    let words = words(&said.replace("'s", "").replace("’s", ""));
    let reads = |at, today, direction| date_at(&words, at, today, direction).map(|found| found.day);
    let moves =
        |at, direction| reads(at, today, direction) != reads(at, today.plus_days(-7), direction);
    (0..words.len()).any(|at| moves(at, Direction::Past) || moves(at, Direction::Future))
}

/// The lines of a task as they stand, or all that it says on one line, where that was edited: no word of it is missing.
fn task_lines(text: &str, line: &InboxLine) -> Vec<String> {
    let lines = item_lines(text, line);
    let whole = lines.join(" ");
    let (mark, said) = whole.split_once(']').unwrap_or(("[ ", whole.as_str()));
    if said.split_whitespace().eq(line.text.split_whitespace()) {
        return lines;
    }
    vec![format!("{mark}] {}", line.text)]
}

const BLANKS: [char; 2] = [' ', '\t'];

/// The lines of an item without its marker, those that hang on it with their indent below it.
fn item_lines(text: &str, line: &InboxLine) -> Vec<String> {
    let lines = line.lines(text);
    let first = lines.first().copied().unwrap_or("");
    let item = first.trim_start_matches(BLANKS);
    let marker = item.find(BLANKS).unwrap_or(0);
    let said = item.get(marker..).unwrap_or(item).trim();
    let width = columns(first, first.len() - item.len()) + marker + 1;
    let below = lines.iter().skip(1).map(|line| without_indent(line, width).to_owned());
    std::iter::once(said.to_owned()).chain(below).collect()
}

/// How many columns the first `length` bytes of a line take, which are blanks.
fn columns(line: &str, length: usize) -> usize {
    let blanks = line.bytes().take(length);
    blanks.fold(0, |at, blank| if blank == b'\t' { (at / 4 + 1) * 4 } else { at + 1 })
}

/// The line without the blanks in its first `width` columns.
fn without_indent(line: &str, width: usize) -> &str {
    let blanks = line.len() - line.trim_start_matches(BLANKS).len();
    let cut = (0..=blanks).find(|length| columns(line, *length) >= width).unwrap_or(blanks);
    line.get(cut..).unwrap_or(line)
}

/// What a line says, and the items that hang on it, where there are tasks or days among them: those are no words of
/// it. Other lines below are.
fn with_own_items(text: &str, line: &InboxLine) -> (String, Vec<String>) {
    let whole = || (line.text.clone(), Vec::new());
    if line.line == line.last_line {
        return whole();
    }
    let mut lines = item_lines(text, line);
    let is_as_written = lines.iter().flat_map(|line| line.split_whitespace());
    let is_as_written = is_as_written.eq(line.text.split_whitespace());
    let first = lines.iter().skip(1).position(|line| is_list_item(line)).map(|at| at + 1);
    let Some(first) = first.filter(|_| is_as_written) else { return whole() };
    let below = lines.split_off(first).iter().map(|line| with_spaces(line)).collect::<Vec<_>>();
    let is_own = |line: &String| {
        let said = after_marker(line);
        is_list_item(line) && (said.starts_with('[') || dated(said).0.is_some())
    };
    if below.iter().any(is_own) { (lines.join(" "), below) } else { whole() }
}

/// The indent of a line with spaces for its tabs: below an entry other spaces stand before it.
fn with_spaces(line: &str) -> String {
    let said = line.trim_start_matches(BLANKS);
    let indent = line.get(..line.len() - said.len()).unwrap_or("");
    indent.replace('\t', "    ") + said
}

fn after_marker(line: &str) -> &str {
    line.trim_start().split_once(BLANKS).map_or("", |(_, said)| said.trim_start())
}

/// What takes the lines out of the inbox at `path`, which holds `text`, with the blank line after them where one stands before them too.
pub fn removal(path: &NotePath, text: &str, line: &InboxLine) -> Result<FileChange, Refusal> {
    let document = Document::read(text);
    let body_start = document.front_matter.as_ref().map_or(0, |block| block.span.end);
    let mut lines = line.lines(text).into_iter().map(str::to_owned).collect::<Vec<_>>();
    if line.span.of(text).trim() == text.trim() {
        // A file without any text is what no change leaves behind.
        let (before, path) = (Some(text.to_owned()), path.clone());
        return Ok(FileChange::Regenerate { path, before, text: "# Inbox\n".to_owned() });
    }
    let blank = |number: Option<u32>| {
        let span =
            number.filter(|number| *number > 0).map(|line| document.lines.span_of_line(line));
        span.map(|span| span.of(text)).filter(|line| line.ends_with('\n') && line.trim().is_empty())
    };
    let before = blank(line.line.checked_sub(1));
    if let (Some(_), Some(after)) = (before, blank(line.last_line.checked_add(1))) {
        lines.push(after.trim_end_matches(['\n', '\r']).to_owned());
    }
    let ordinal = ordinal(text, body_start, &lines, line.span.start).ok_or_else(|| Refusal {
        reason: "the line cannot be told from its neighbours".to_owned(),
        hint: Some(format!("take it out by hand: {path}:{}", line.line)),
    })?;
    let wish = Wish::RemoveLines { lines, ordinal };
    Ok(FileChange::Edit { path: path.clone(), wishes: vec![wish] })
}

fn short(line: &InboxLine) -> String {
    cut(&without_links(dated(&line.text).1))
}

fn cut(text: &str) -> String {
    let mut shown = text.chars().take(60).collect::<String>();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use crate::features::capture::doubt::Given;
    use crate::features::capture::names::NameTable;
    use crate::features::capture::told::told;
    use crate::features::inbox::{Proposal, Sorting, add, done, words_of};
    use crate::features::inbox_lines::inbox_lines;
    use crate::features::sample::{book, day, refused, written};
    use crate::note::path::NotePath;
    use crate::people::vocabulary::Vocabulary;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    const PEOPLE: [(&str, &str); 3] = [
        ("people/ana-lima.md", "---\nname: Ana Lima\n---\n\n## Log\n- 2026-10-12 call: New job\n"),
        ("people/rita-a.md", "---\nname: Rita Alves\n---\n"),
        ("people/rita-b.md", "---\nname: Rita Barros\n---\n"),
    ];

    fn sorted(inbox: &str, show: impl Fn(&Sorting<'_>, &str, &NotePath) -> String) -> String {
        let notes = [PEOPLE[0], PEOPLE[1], PEOPLE[2], ("inbox.md", inbox)];
        let (book, vocabulary) = (book(&notes), Vocabulary::default());
        let lines = inbox_lines(inbox);
        let names = NameTable::new(&book, words_of(&lines).iter());
        let today = day("2026-11-21");
        let sorting = Sorting { book: &book, vocabulary: &vocabulary, today, names: &names };
        show(&sorting, inbox, &NotePath::new("inbox.md").unwrap())
    }

    fn proposals(inbox: &str) -> String {
        sorted(inbox, |sorting, inbox, _| {
            let lines = inbox_lines(inbox).into_iter().map(|line| {
                let proposed = sorting.propose(inbox, &line, &Given::default());
                let certain = if proposed.is_certain() { "yes" } else { "ask" };
                let told = match &proposed.proposal {
                    Proposal::Entry(captured) => {
                        told(sorting.book, captured, sorting.today).join(" / ")
                    }
                    Proposal::Promise { with, lines } => {
                        format!("promise {}: {}", sorting.book.brief(*with).name, lines.join(" / "))
                    }
                    Proposal::Wait => "wait".to_owned(),
                };
                let doubts = proposed.doubts.iter().map(|doubt| format!("\n    {doubt}"));
                format!("{certain} {told}{}\n", doubts.collect::<String>())
            });
            lines.collect()
        })
    }

    /// What the notes are after the line with this number is sorted as proposed, on Saturday, 21 November 2026.
    fn check(inbox: &str, at: usize, expected: &Expect) {
        let shown = sorted(inbox, |sorting, inbox, path| {
            let line = &inbox_lines(inbox)[at];
            let proposed = sorting.propose(inbox, line, &Given::default());
            match sorting.change(path, inbox, line, &proposed.proposal) {
                Ok(Some(change)) => {
                    let notes = [PEOPLE[0], PEOPLE[1], PEOPLE[2], ("inbox.md", inbox)];
                    format!("{}\n{}", change.title, written(&notes, &change))
                }
                Ok(None) => "waits\n".to_owned(),
                Err(refusal) => refused(&refusal),
            }
        });
        expected.assert_eq(&shown);
    }

    #[test]
    fn each_line_gets_a_proposal() {
        let shown = proposals(
            "- 2026-11-18 coffee with Ana yesterday, talked about Porto\n- coffee with Ana\n- 2026-11-18 lunch with Rita\n- 2026-11-18 Ana likes tea\n- call Ana about the boat by friday\n- 2026-11-20 call Ana about the boat by friday\n- call with Ana on monday\n- call with Ana on 3 nov\n- [ ] Return the bone folder to [[Ana Lima]] 📅 2026-11-19\n- [ ] waiting: the map, from Rita\n- [ ] water the plants\n- ![[rec.m4a]]\n- meant: call Ana\n- Answer Ana #reply\n- the man from the tile workshop\n",
        );
        expect![[r#"
            yes Contact with Ana Lima on Tuesday (Tue 17 Nov), coffee /   talked about Porto
            ask Contact with Ana Lima today (Sat 21 Nov), as no day is said, coffee
                it says no day
            ask Contact with nobody yet on Wednesday (Wed 18 Nov), lunch
                `Rita` could mean Rita Alves (people/rita-a) or Rita Barros (people/rita-b)
            ask Note about Ana Lima on Wednesday (Wed 18 Nov), no contact /   likes tea
                no word says how you were in touch, so it is a note, which is not contact
            yes promise Ana Lima: [ ] call Ana about the boat by friday
            yes promise Ana Lima: [ ] call Ana about the boat 📅 2026-11-27
            ask Contact with Ana Lima on Monday (Mon 16 Nov), call
                when it was written is not said, so its day is counted from today
            yes Contact with Ana Lima on Tue 3 Nov, call
            yes promise Ana Lima: [ ] Return the bone folder to [[Ana Lima]] 📅 2026-11-19
            ask wait
                it names several; the inbox keeps it for all of them
            ask wait
                it names nobody who has a note here
            ask wait
                it waits to be listened to
            ask wait
                it was meant and waits for the review of the week
            ask wait
                an answer is owed; it waits for the review of the week
            ask Note about nobody yet today (Sat 21 Nov), as no day is said, no contact /   the man from the tile workshop
                no word says how you were in touch, so it is a note, which is not contact
                the sentence names nobody who has a note here
                it says no day
        "#]].assert_eq(&shown);
    }

    #[test]
    fn nobody_is_guessed_from_a_first_name_or_a_word() {
        let shown = proposals(
            "- 2026-11-18 coffee with Ana Sousa\n- [ ] send Ana Sousa the map\n- [ ] send Ana Sousa the map from Rita Alves\n- [ ] send Ana Lima the map\n- call ana about the boat\n- 2026-11-18 Book club with Ana was lovely\n- 2026-11-18 Text conversation with Ana\n- 2026-11-18 call Ana L. about the boat\n",
        );
        expect![[r#"
            ask Contact with nobody yet on Wednesday (Wed 18 Nov), coffee
                `Ana Sousa` is nobody here; Ana Lima (people/ana-lima) could be meant
            ask wait
                it names nobody who has a note here
            ask wait
                it names several; the inbox keeps it for all of them
            yes promise Ana Lima: [ ] send Ana Lima the map
            ask wait
                it names nobody who has a note here
            yes Contact with Ana Lima on Wednesday (Wed 18 Nov) /   Book club with Ana was lovely
            ask Contact with Ana Lima on Wednesday (Wed 18 Nov), text /   Text conversation with Ana
                whether `Text conversation with Ana` was done or is to be done is not said
            yes promise Ana Lima: [ ] call Ana L. about the boat
        "#]]
        .assert_eq(&shown);
    }

    #[test]
    fn a_line_leaves_the_inbox_with_the_change_that_writes_it() {
        let inbox = "# Inbox\n\n- 2026-11-18 coffee with Ana yesterday\n- a\n- [ ] Send Ana the map 📅 2026-12-01\n  and the key\n- b\n";
        check(
            inbox,
            0,
            &expect![[r#"
            inbox: log 2026-11-17 met with Ana Lima
            === people/ana-lima.md
            ---
            name: Ana Lima
            ---

            ## Log
            - 2026-11-17 coffee
            - 2026-10-12 call: New job
            === inbox.md
            # Inbox

            - a
            - [ ] Send Ana the map 📅 2026-12-01
              and the key
            - b
        "#]],
        );
        check(
            inbox,
            1,
            &expect![[r#"
            refused: the sentence can be read in more than one way (say it in full)
        "#]],
        );
        check(
            inbox,
            2,
            &expect![[r#"
                inbox: a promise with Ana Lima, `Send Ana the map 📅 2026-12-01 and the key`
                === people/ana-lima.md
                ---
                name: Ana Lima
                ---

                ## Log
                - 2026-10-12 call: New job

                ## Promises
                - [ ] Send Ana the map 📅 2026-12-01
                  and the key
                === inbox.md
                # Inbox

                - 2026-11-18 coffee with Ana yesterday
                - a
                - b
            "#]],
        );
    }

    #[test]
    fn a_day_that_counts_from_another_day_stays_one() {
        let shown = proposals(
            "- 2026-11-01 call Ana on friday\n- 2026-11-20 tell Ana about yesterday's concert\n- 2026-11-20 tell Ana about the boat\n- 2026-12-24 dinner with Ana\n- 2026-12-24 call Ana\n- 2026-11-18 [ ] ring Ana\n- 2026-11-18 [ ] the map for Ana by friday\n",
        );
        expect![[r#"
            yes promise Ana Lima: [ ] call Ana 📅 2026-11-06
            yes promise Ana Lima: [ ] tell Ana about yesterday's concert (written 2026-11-20)
            yes promise Ana Lima: [ ] tell Ana about the boat
            yes Plan with Ana Lima on Thu 24 Dec /   dinner
            yes promise Ana Lima: [ ] call Ana 📅 2026-12-24
            yes promise Ana Lima: [ ] ring Ana
            yes promise Ana Lima: [ ] the map for Ana 📅 2026-11-20
        "#]]
        .assert_eq(&shown);
        let promised = sorted("- 2026-11-20 Ana: the map by tuesday\n", |sorting, inbox, _| {
            let line = &inbox_lines(inbox)[0];
            format!("{:?}", sorting.as_promise(inbox, line, &Given::default()).proposal)
        });
        assert!(promised.contains("[ ] Ana: the map 📅 2026-11-24"), "{promised}");
    }

    #[test]
    fn tasks_and_days_below_a_line_are_not_made_words_of_it_unasked() {
        let shown = proposals(
            "- 2026-11-18 coffee with Ana\n  in Alfama\n  - [ ] send her the map\n    and the key\n- 2026-11-18 coffee with Ana\n  - 2026-11-17 call with Bo\n- 2026-11-18 coffee with Ana\n  - in Alfama\n",
        );
        expect![[r#"
            yes Contact with Ana Lima on Wednesday (Wed 18 Nov), coffee /   in Alfama /   - [ ] send her the map /     and the key
            ask Contact with Ana Lima on Wednesday (Wed 18 Nov), coffee /   - 2026-11-17 call with Bo
                what hangs on it has a day of its own
            yes Contact with Ana Lima on Wednesday (Wed 18 Nov), coffee /   in Alfama
        "#]]
        .assert_eq(&shown);
    }

    #[test]
    fn a_task_below_an_entry_stays_one() {
        check(
            "- 2026-11-18 coffee with Ana\n\t- [ ] send her the map\n\t\t- the old one\n\t- [[Ana]] laughed\n- b\n",
            0,
            &expect![[r#"
                inbox: log 2026-11-18 met with Ana Lima
                === people/ana-lima.md
                ---
                name: Ana Lima
                ---

                ## Log
                - 2026-11-18 coffee
                  - [ ] send her the map
                      - the old one
                  - [[Ana]] laughed
                - 2026-10-12 call: New job
                === inbox.md
                - b
            "#]],
        );
    }

    #[test]
    fn a_promise_goes_to_one() {
        let shown = sorted("- [ ] return the book\n", |sorting, inbox, _| {
            let line = &inbox_lines(inbox)[0];
            let id = |name: &str| match sorting.book.find(name) {
                crate::people::book::Found::One(id) => id,
                other => panic!("{other:?}"),
            };
            let with = vec![id("Ana Lima"), id("Rita Alves")];
            let given = Given { with, ..Given::default() };
            sorting.propose(inbox, line, &given).doubts.join("\n")
        });
        assert_eq!(shown, "it names several; the inbox keeps it for all of them");
    }

    #[test]
    fn no_word_of_a_task_is_lost_whatever_its_blanks() {
        for (inbox, expected) in [
            (
                "- [ ] Return it to Ana\n \u{a0}a second line\n",
                "[ ] Return it to Ana|\u{a0}a second line",
            ),
            (
                "- [ ] Return it to Ana\n\u{3000}続きの言葉\n",
                "[ ] Return it to Ana|\u{3000}続きの言葉",
            ),
            ("-\t[ ] Return it to Ana\n", "[ ] Return it to Ana"),
            ("- [ ] Return it to Ana\n\t- a\n\t\t- b\n", "[ ] Return it to Ana|- a|\t- b"),
            ("12. [ ] Return it to Ana\n    - a\n", "[ ] Return it to Ana|- a"),
        ] {
            let shown = sorted(inbox, |sorting, inbox, path| {
                let line = &inbox_lines(inbox)[0];
                let proposal = sorting.propose(inbox, line, &Given::default()).proposal;
                let change = sorting.change(path, inbox, line, &proposal).unwrap().unwrap();
                let notes = [PEOPLE[0], PEOPLE[1], PEOPLE[2], ("inbox.md", inbox)];
                let after = written(&notes, &change);
                assert!(after.ends_with("=== inbox.md\n# Inbox\n"), "{after}");
                for word in inbox.split_whitespace().skip(1) {
                    assert!(after.contains(word), "{word:?} {after}");
                }
                match proposal {
                    Proposal::Promise { lines, .. } => lines.join("|"),
                    other => format!("{other:?}"),
                }
            });
            assert_eq!(shown, expected);
        }
    }

    #[test]
    fn blanks_at_the_end_of_a_line_do_not_keep_it() {
        let path = NotePath::new("inbox.md").unwrap();
        for end in [" \n", "\t\n", "\u{a0}\n", " \r\n", "  \n  more \n", ""] {
            for before in ["# Inbox\n\n- ", "# Inbox\n\n"] {
                let inbox = format!("{before}call Ana{end}");
                let line = &inbox_lines(&inbox)[0];
                let change = done(&path, &inbox, line).unwrap();
                let after = written(&[("inbox.md", &inbox)], &change);
                assert!(
                    !after.contains("Ana") && !after.contains("refused"),
                    "{inbox:?} {after:?}"
                );
            }
        }
    }

    #[test]
    fn a_line_is_added_with_the_day_that_it_is() {
        let path = NotePath::new("inbox.md").unwrap();
        let added = |text: Option<&str>, said: &str| {
            let change = add(&path, text, said, day("2026-11-21")).unwrap();
            written(&[("inbox.md", text.unwrap_or(""))], &change)
        };
        assert_eq!(added(None, "a\nb"), "=== inbox.md\n# Inbox\n\n- 2026-11-21 a b\n");
        assert_eq!(added(Some("* x\n"), "a"), "=== inbox.md\n* x\n* 2026-11-21 a\n");
        assert_eq!(added(Some("- x\n"), "[ ] a"), "=== inbox.md\n- x\n- [ ] a\n");
        assert_eq!(added(Some("- x\n"), "meant: a"), "=== inbox.md\n- x\n- meant: a\n");
        assert_eq!(added(Some("- x\n"), "![[a.m4a]]"), "=== inbox.md\n- x\n- ![[a.m4a]]\n");
        for said in
            ["[[Ana]] called yesterday", "#family dinner", "meantime coffee", "[x] call Ana"]
        {
            let expected = format!("=== inbox.md\n- x\n- 2026-11-21 {said}\n");
            assert_eq!(added(Some("- x\n"), said), expected);
        }
        assert!(add(&path, None, " \n", day("2026-11-21")).is_err());
    }

    proptest! {
        #[test]
        fn nothing_else_of_the_inbox_changes(
            inbox in "((- |\\* |\\[ \\] |2026-11-18 |coffee |with |Ana |Rita |b |#reply |\n|\n- |\n  |\n\n- ){0,16})\n?",
            at in 0usize..6,
        ) {
            let lines = inbox_lines(&inbox);
            prop_assume!(at < lines.len());
            let path = NotePath::new("inbox.md").unwrap();
            if let Ok(change) = done(&path, &inbox, &lines[at]) {
                let after = written(&[("inbox.md", &inbox)], &change);
                let Some(after) = after.strip_prefix("=== inbox.md\n") else { panic!() };
                if !after.starts_with("refused") {
                    let said = |text: &str| text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect::<Vec<_>>();
                    let gone = said(lines[at].span.of(&inbox));
                    let before = said(&inbox[..lines[at].span.start]).len();
                    let mut expected = said(&inbox);
                    expected.drain(before..before + gone.len());
                    // Where nothing else stands there, the heading of a new inbox does.
                    let expected = if expected.is_empty() { vec!["# Inbox".to_owned()] } else { expected };
                    prop_assert_eq!(said(after), expected);
                }
            }
        }
    }
}
