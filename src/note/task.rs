//! The fields of a task's line, as the Tasks plugin and Dataview write them.
//!
//! Emoji fields (`📅 2026-10-20`, `🔁 every week`, `⏫`) are read from the end of the line backwards, like the plugin
//! does: they may be mixed with tags, and the first other text ends them. Dataview fields (`[due:: 2026-10-20]`,
//! `(due:: …)`) are read anywhere in the line. What is no field stays in the text.

use crate::note::tag::block_at_end;
use crate::text::byte_scan::{first_place, places};
use crate::text::day::Day;
use crate::text::span::Span;

/// A task's line taken apart. All spans are in the coordinates of the whole file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TaskText {
    /// The first line without fields and block id; tags stay.
    pub text: String,
    /// The dates that could be read, in the order of the line.
    pub dates: Vec<TaskDate>,
    /// Date fields without a readable date, or with text after them that is no field: they do not count. The span
    /// holds the sign and the word after it, or the whole Dataview field.
    pub unreadable: Vec<Span>,
    /// The priority, where there is one.
    pub priority: Option<Priority>,
    /// The rule of a recurring task (`every week`).
    pub recurrence: Option<Span>,
    /// The task's id, `🆔 abc`.
    pub id: Option<Span>,
    /// The ids that it waits for, `⛔ abc,def`.
    pub depends_on: Option<Span>,
    /// What the plugin does on completion, `🏁 delete`.
    pub on_completion: Option<Span>,
    /// The block id at the end of the line, with its `^`.
    pub block: Option<Span>,
    /// Whether the line has a field in the plugin's emoji form.
    pub uses_emoji_fields: bool,
    /// Whether the line has a field in Dataview's form.
    pub uses_dataview_fields: bool,
}

/// A date of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaskDate {
    /// What the date is.
    pub field: DateField,
    /// The day.
    pub day: Day,
    /// The whole field.
    pub span: Span,
    /// The date in it.
    pub value: Span,
}

/// What a date of a task says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names of the Tasks plugin")]
pub enum DateField {
    Due,
    Scheduled,
    Start,
    Done,
    Created,
    Cancelled,
}

/// The priority of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names of the Tasks plugin, lowest first")]
pub enum Priority {
    Lowest,
    Low,
    Medium,
    High,
    Highest,
}

impl TaskText {
    /// The date of a field; of several the first of the line, as in the plugin.
    pub fn date(&self, field: DateField) -> Option<Day> {
        self.dates.iter().find(|date| date.field == field).map(|date| date.day)
    }

    /// Whether it comes back after it is done.
    pub fn is_recurring(&self) -> bool {
        self.recurrence.is_some()
    }
}

/// Takes the first line of `content` apart: the content of a task's item, without marker and box.
pub fn read(text: &str, content: Span) -> TaskText {
    let content_text = content.of(text);
    let end = first_place(content_text, b'\n').unwrap_or(content_text.len());
    let line = content_text.get(..end).unwrap_or("").trim_end();
    let mut reader = Reader::new(line, content.start);
    reader.cut_block_id();
    reader.dataview_fields();
    while reader.field_at_end() {}
    reader.unread_signs();
    reader.finish()
}

/// The kinds of field that either form has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Date(DateField),
    Recurrence,
    Identity,
    DependsOn,
    OnCompletion,
}

/// U+FE0F: some keyboards put it after an emoji.
const VARIATION: char = '\u{fe0f}';

fn date_sign(sign: char) -> Option<DateField> {
    match sign {
        '📅' | '📆' | '🗓' => Some(DateField::Due),
        '⏳' | '⌛' => Some(DateField::Scheduled),
        '🛫' => Some(DateField::Start),
        '✅' => Some(DateField::Done),
        '➕' => Some(DateField::Created),
        '❌' => Some(DateField::Cancelled),
        _ => None,
    }
}

fn priority_sign(sign: char) -> Option<Priority> {
    match sign {
        '🔺' => Some(Priority::Highest),
        '⏫' => Some(Priority::High),
        '🔼' => Some(Priority::Medium),
        '🔽' => Some(Priority::Low),
        '⏬' => Some(Priority::Lowest),
        _ => None,
    }
}

/// The fields whose value is a run of certain characters after a sign.
const WORD_FIELDS: [(char, Field, IsInValue); 4] = [
    ('🔁', Field::Recurrence, |c| c.is_ascii_alphanumeric() || " ,!".contains(c)),
    ('🆔', Field::Identity, |c| c.is_ascii_alphanumeric() || "-_".contains(c)),
    ('⛔', Field::DependsOn, |c| c.is_ascii_alphanumeric() || "-_, ".contains(c)),
    ('🏁', Field::OnCompletion, |c| c.is_ascii_alphabetic()),
];

/// Whether a character may stand in the value of a field.
type IsInValue = fn(char) -> bool;

fn dataview_key(key: &str) -> Option<Field> {
    Some(match key.trim() {
        "due" => Field::Date(DateField::Due),
        "scheduled" => Field::Date(DateField::Scheduled),
        "start" => Field::Date(DateField::Start),
        "completion" => Field::Date(DateField::Done),
        "created" => Field::Date(DateField::Created),
        "cancelled" => Field::Date(DateField::Cancelled),
        "repeat" => Field::Recurrence,
        "id" => Field::Identity,
        "dependsOn" => Field::DependsOn,
        "onCompletion" => Field::OnCompletion,
        _ => return None,
    })
}

fn priority_word(word: &str) -> Option<Priority> {
    match word {
        "highest" => Some(Priority::Highest),
        "high" => Some(Priority::High),
        "medium" => Some(Priority::Medium),
        "low" => Some(Priority::Low),
        "lowest" => Some(Priority::Lowest),
        _ => None,
    }
}

/// The line while it is taken apart; offsets are those of `line` until `offset` is added.
struct Reader<'a> {
    line: &'a str,
    offset: usize,
    /// What is left of the line: fields are read before this.
    end: usize,
    /// What is no text, in any order.
    fields: Vec<Span>,
    /// Dataview fields that the reading from the end has not passed, in order.
    dataview: Vec<Span>,
    task: TaskText,
}

impl<'a> Reader<'a> {
    fn new(line: &'a str, offset: usize) -> Reader<'a> {
        let task = TaskText::default();
        Reader { line, offset, end: line.len(), fields: Vec::new(), dataview: Vec::new(), task }
    }

    fn rest(&self) -> &'a str {
        self.line.get(..self.end).unwrap_or("").trim_end()
    }

    fn in_file(&self, span: Span) -> Span {
        span.shifted(self.offset)
    }

    fn cut_block_id(&mut self) {
        if let Some(span) = block_at_end(self.line) {
            self.task.block = Some(self.in_file(span));
            self.fields.push(span);
            self.end = span.start;
        }
    }

    // Dataview

    fn dataview_fields(&mut self) {
        let mut from = 0;
        let bytes = self.line.as_bytes();
        for colons in places(bytes, b':') {
            if colons < from || bytes.get(colons + 1) != Some(&b':') {
                continue;
            }
            from = colons + 2;
            if let Some(field) = self.dataview_field(colons) {
                self.fields.push(field);
                self.dataview.push(field);
                self.task.uses_dataview_fields = true;
                from = field.end;
            }
        }
    }

    /// The field around the `::` at `colons`, its brackets included.
    fn dataview_field(&mut self, colons: usize) -> Option<Span> {
        // No key is longer than this, so that a line of colons costs nothing.
        let before = self.line.get(..colons)?;
        let key = before.trim_end().trim_end_matches(|c: char| c.is_ascii_alphabetic()).trim_end();
        let (open, close) = match key.chars().next_back()? {
            '[' => ('[', ']'),
            '(' => ('(', ')'),
            _ => return None,
        };
        let name = before.get(key.len()..)?;
        let length = closing(self.line.get(colons + 2..)?, open, close)?;
        let value = trimmed(self.line, Span::new(colons + 2, colons + 2 + length));
        let span = Span::new(key.len() - 1, colons + 2 + length + 1);
        if name.trim() == "priority" {
            self.task.priority = Some(priority_word(value.of(self.line))?);
        } else {
            self.set(dataview_key(name)?, span, value);
        }
        Some(span)
    }

    // Emoji, from the end

    /// Takes one field or tag off the end; whether there was one.
    fn field_at_end(&mut self) -> bool {
        self.end = self.rest().len();
        // Every sign is beyond ASCII.
        let may_have_sign = !self.rest().is_ascii();
        self.dataview_at_end() || (may_have_sign && self.sign_at_end()) || self.tag_at_end()
    }

    fn sign_at_end(&mut self) -> bool {
        self.priority_at_end()
            || self.date_at_end()
            || WORD_FIELDS.iter().any(|(sign, field, is_in_value)| {
                self.word_field_at_end(*sign, *field, *is_in_value)
            })
    }

    fn dataview_at_end(&mut self) -> bool {
        while self.dataview.pop_if(|field| field.start >= self.end).is_some() {}
        let last = self.dataview.last().filter(|field| field.end == self.end);
        let start = last.map(|field| field.start);
        self.end = start.unwrap_or(self.end);
        start.is_some()
    }

    fn priority_at_end(&mut self) -> bool {
        let rest = self.rest().trim_end_matches(VARIATION);
        let Some(sign) = rest.chars().next_back() else { return false };
        let Some(priority) = priority_sign(sign) else { return false };
        self.task.priority = Some(priority);
        self.take(rest.len() - sign.len_utf8());
        true
    }

    fn date_at_end(&mut self) -> bool {
        let rest = self.rest();
        let Some(start) = rest.len().checked_sub(10).filter(|at| rest.is_char_boundary(*at)) else {
            return false;
        };
        let (before, date) = rest.split_at(start);
        let Some((sign, at)) = sign_before(before).filter(|_| is_date_shaped(date)) else {
            return false;
        };
        let Some(field) = date_sign(sign) else { return false };
        self.set(Field::Date(field), Span::new(at, self.end), Span::new(start, start + 10));
        self.take(at);
        true
    }

    fn word_field_at_end(&mut self, sign: char, field: Field, is_in_value: IsInValue) -> bool {
        let rest = self.rest();
        let before = rest.trim_end_matches(is_in_value);
        let Some((found, at)) = sign_before(before).filter(|_| before.len() < rest.len()) else {
            return false;
        };
        if found != sign {
            return false;
        }
        let value = trimmed(self.line, Span::new(before.len(), rest.len()));
        self.set(field, Span::new(at, self.end), value);
        self.take(at);
        true
    }

    /// Tags may stand between fields; they stay in the text.
    fn tag_at_end(&mut self) -> bool {
        let rest = self.rest();
        let start = rest.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let word = rest.get(start..).unwrap_or("");
        let is_tag = word.strip_prefix('#').is_some_and(|name| {
            !name.is_empty() && !name.contains(|c: char| " !@#$%^&*(),.?\":{}|<>".contains(c))
        });
        if is_tag {
            self.end = start;
        }
        is_tag
    }

    fn take(&mut self, start: usize) {
        self.fields.push(Span::new(start, self.end));
        self.task.uses_emoji_fields = true;
        self.end = start;
    }

    fn set(&mut self, field: Field, span: Span, value: Span) {
        let (in_file, value_in_file) = (self.in_file(span), Some(self.in_file(value)));
        match field {
            Field::Date(field) => match Day::parse(without_brackets(value.of(self.line))) {
                Some(day) => {
                    let value = self.in_file(value);
                    self.task.dates.push(TaskDate { field, day, span: in_file, value });
                }
                None => self.task.unreadable.push(in_file),
            },
            Field::Recurrence => self.task.recurrence = value_in_file,
            Field::Identity => self.task.id = value_in_file,
            Field::DependsOn => self.task.depends_on = value_in_file,
            Field::OnCompletion => self.task.on_completion = value_in_file,
        }
    }

    // The end

    /// Date signs that were not reached, with the word after them. The signs that people also use as plain emoji
    /// count only before a number.
    fn unread_signs(&mut self) {
        if self.rest().is_ascii() {
            return;
        }
        for (at, sign) in self.rest().char_indices() {
            let Some(field) = date_sign(sign) else { continue };
            let after = self.line.get(at + sign.len_utf8()..self.end).unwrap_or("");
            let word = after.trim_start_matches(VARIATION).trim_start_matches(' ');
            // Dates are short, so that hostile text costs nothing.
            let mut ends = word.char_indices().take(24).filter(|(_, c)| c.is_whitespace());
            let length = ends
                .next()
                .map_or_else(|| word.chars().take(24).map(char::len_utf8).sum(), |(at, _)| at);
            let plain =
                matches!(field, DateField::Done | DateField::Created | DateField::Cancelled);
            if !plain || word.starts_with(|c: char| c.is_ascii_digit()) {
                let span = Span::new(at, self.end - word.len() + length);
                self.task.unreadable.push(self.in_file(trimmed(self.line, span)));
            }
        }
    }

    fn finish(mut self) -> TaskText {
        self.fields.sort_unstable();
        let mut from = 0;
        for field in std::mem::take(&mut self.fields) {
            self.push_text(Span::new(from, field.start));
            from = from.max(field.end);
        }
        self.push_text(Span::new(from, self.line.len()));
        self.task.dates.sort_unstable_by_key(|date| date.span);
        self.task.unreadable.sort_unstable();
        self.task
    }

    fn push_text(&mut self, span: Span) {
        let piece = span.of(self.line).trim();
        let closes = piece.starts_with([',', '.', ';', ':', '!', '?', ')']);
        if !self.task.text.is_empty() && !piece.is_empty() && !closes {
            self.task.text.push(' ');
        }
        self.task.text.push_str(piece);
    }
}

/// The last character of `before`, variation selector and spaces passed over, and where it starts.
fn sign_before(before: &str) -> Option<(char, usize)> {
    let before = before.trim_end_matches(' ').trim_end_matches(VARIATION);
    let sign = before.chars().next_back()?;
    Some((sign, before.len() - sign.len_utf8()))
}

fn is_date_shaped(text: &str) -> bool {
    text.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    })
}

/// `2026-10-20` of `[[2026-10-20]]`.
fn without_brackets(value: &str) -> &str {
    value.strip_prefix("[[").and_then(|inner| inner.strip_suffix("]]")).unwrap_or(value)
}

/// The offset of the bracket that closes an open one.
fn closing(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 1usize;
    // Values are short; a longer one is no field, so that hostile text costs nothing.
    text.char_indices().take(200).find_map(|(at, character)| {
        depth = depth + usize::from(character == open) - usize::from(character == close);
        (depth == 0).then_some(at)
    })
}

fn trimmed(line: &str, span: Span) -> Span {
    let text = span.of(line);
    let start = span.start + text.len() - text.trim_start().len();
    Span::new(start, span.start + text.trim_end().len())
}

#[cfg(test)]
mod tests {
    use crate::note::task::{DateField, Priority, WORD_FIELDS, date_sign, priority_sign, read};
    use crate::text::span::Span;
    use proptest::prelude::*;

    /// The line read, as one line: text, then what was found.
    fn shown(line: &str) -> String {
        let text = format!("é- [ ] {line}");
        let task = read(&text, Span::new(8, text.len()));
        let mut shown = format!("<{}>", task.text);
        for date in &task.dates {
            assert_eq!(date.value.of(&text).trim_matches(['[', ']']), date.day.to_string());
            shown += &format!(" {:?}={}", date.field, date.day);
        }
        let spans = [
            ("repeat", task.recurrence),
            ("id", task.id),
            ("waits", task.depends_on),
            ("then", task.on_completion),
            ("block", task.block),
        ];
        for (name, span) in spans {
            shown += &span.map_or(String::new(), |span| format!(" {name}={}", span.of(&text)));
        }
        for span in &task.unreadable {
            shown += &format!(" unreadable={}", span.of(&text));
        }
        if let Some(priority) = task.priority {
            shown += &format!(" {priority:?}");
        }
        shown += if task.uses_emoji_fields { " emoji" } else { "" };
        shown + if task.uses_dataview_fields { " dataview" } else { "" }
    }

    fn check(line: &str, expected: &str) {
        assert_eq!(shown(line), expected, "{line}");
    }

    #[test]
    fn emoji_fields_are_read_from_the_end() {
        check("Send it", "<Send it>");
        check("Send it 📅 2026-10-20", "<Send it> Due=2026-10-20 emoji");
        check("Send it 📅2026-10-20", "<Send it> Due=2026-10-20 emoji");
        check("Send it 🗓\u{fe0f} 2026-10-20  ", "<Send it> Due=2026-10-20 emoji");
        check(
            "a ⏫ 🔁 every 2 weeks ➕ 2026-01-01 🛫 2026-01-02 ⏳ 2026-01-03 📅 2026-01-04 ❌ 2026-01-05 ✅ 2026-01-06 ^b1",
            "<a> Created=2026-01-01 Start=2026-01-02 Scheduled=2026-01-03 Due=2026-01-04 Cancelled=2026-01-05 Done=2026-01-06 repeat=every 2 weeks block=^b1 High emoji",
        );
        check("a 🆔 x_1 ⛔ y-2, z 🏁 delete", "<a> id=x_1 waits=y-2, z then=delete emoji");
        check("a 🔺\u{fe0f}", "<a> Highest emoji");
        check("a #one 📅 2026-10-20 #two", "<a #one #two> Due=2026-10-20 emoji");
        check("📅 2026-10-20", "<> Due=2026-10-20 emoji");
        check("", "<>");
    }

    #[test]
    fn text_after_a_field_ends_the_reading() {
        check("a 📅 2026-10-20 b", "<a 📅 2026-10-20 b> unreadable=📅 2026-10-20");
        check(
            "a ⏳ 2026-10-19 (b) 📅 2026-10-20",
            "<a ⏳ 2026-10-19 (b)> Due=2026-10-20 unreadable=⏳ 2026-10-19 emoji",
        );
        check("✅ done is better ❌", "<✅ done is better ❌>");
    }

    #[test]
    fn dates_that_cannot_be_read_are_reported() {
        check("a 📅 tomorrow", "<a 📅 tomorrow> unreadable=📅 tomorrow");
        check("a 📅 2026-02-30", "<a> unreadable=📅 2026-02-30 emoji");
        check("a 📅", "<a 📅> unreadable=📅");
        check("a ✅ 20.10.2026", "<a ✅ 20.10.2026> unreadable=✅ 20.10.2026");
        check("a [due:: soon]", "<a> unreadable=[due:: soon] dataview");
    }

    #[test]
    fn dataview_fields_are_read_anywhere() {
        check("a [due:: 2026-10-20] b", "<a b> Due=2026-10-20 dataview");
        check("a (due::2026-10-20), b", "<a, b> Due=2026-10-20 dataview");
        check("a [due:: [[2026-10-20]]]", "<a> Due=2026-10-20 dataview");
        check(
            "a [scheduled:: 2026-01-01] [start:: 2026-01-02] [completion:: 2026-01-03] [created:: 2026-01-04] [cancelled:: 2026-01-05]",
            "<a> Scheduled=2026-01-01 Start=2026-01-02 Done=2026-01-03 Created=2026-01-04 Cancelled=2026-01-05 dataview",
        );
        check(
            "a [repeat:: every day] [id:: x] [priority:: low]",
            "<a> repeat=every day id=x Low dataview",
        );
        check("a 📅 2026-10-20 [id:: x]", "<a> Due=2026-10-20 id=x emoji dataview");
        check("a [mood:: good] b::c [due:: x", "<a [mood:: good] b::c [due:: x>");
    }

    #[test]
    fn the_first_of_two_dates_counts() {
        let line = "a 📅 2026-10-20 📅 2026-10-21";
        let task = read(line, Span::new(0, line.len()));
        assert_eq!(task.date(DateField::Due).unwrap().to_string(), "2026-10-20");
        assert!(!task.is_recurring());
        assert!(Priority::Low < Priority::High);
    }

    #[test]
    fn only_the_first_line_is_the_task() {
        let text = "a 📅 2026-10-20\r\nmore 📅 2026-10-21";
        let task = read(text, Span::new(0, text.len()));
        assert_eq!((task.text.as_str(), task.dates.len()), ("a", 1));
    }

    #[test]
    fn hostile_lines_take_linear_time() {
        for piece in ["📅", "📅 2026-10-20 ", "[due:: ", "::", "(a::", "#a ", "🔁", "⛔ a ", "a ^"]
        {
            let line = piece.repeat(50_000);
            read(&line, Span::new(0, line.len()));
        }
    }

    #[test]
    fn no_sign_of_a_field_is_ascii() {
        for sign in '\0'..='\x7f' {
            assert_eq!((date_sign(sign), priority_sign(sign)), (None, None), "{sign:?}");
            assert!(WORD_FIELDS.iter().all(|(known, ..)| *known != sign), "{sign:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics_and_spans_fit(line in "[📅⏳✅🔁🆔⏫\u{fe0f}#^a:\\[\\]() 2026\\-10é]{0,40}") {
            let task = read(&line, Span::new(0, line.len()));
            for span in task.unreadable.iter().chain(&task.block).chain(&task.id) {
                prop_assert!(!span.of(&line).is_empty());
            }
        }
    }
}
