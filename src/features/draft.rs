//! An entry that is written in an editor: a few lines of what is known, a line of dashes, and the text.
//!
//! Always true here: what was typed is in the entry or in the troubles that are told; nothing of it is left out
//! silently.

use crate::features::capture::names::NameTable;
use crate::features::capture::sentence::{Captured, CapturedPromise};
use crate::features::capture::words::words;
use crate::features::next_said::{NextSaid, next_said};
use crate::people::book::{Book, ContactId, Found};
use crate::people::kind::Meaning;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use crate::text::when::{Direction, parse};

/// What is known before the editor opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// Names of those who were there, with commas.
    pub with: String,
    /// When it was.
    pub day: Day,
    /// What kind of entry it is.
    pub kind: String,
    /// What is known of the next step, as [`next_said`] reads it.
    pub next: String,
    /// What is known of the text.
    pub text: String,
}

const ABOUT: &str = "<!-- What happened? Below the dashes is the text; `- [ ] …` there is a promise. Left as it is, or emptied,
     nothing is written. -->";

/// The text that the editor opens with.
pub fn draft(start: &Start) -> String {
    let Start { with, day, kind, next, text } = start;
    let lines = [("with", with.clone()), ("day", day.to_string()), ("kind", kind.clone())];
    let lines = lines.into_iter().chain([("next", next.clone())]);
    let lines = lines.map(|(key, value)| format!("{key}: {value}").trim_end().to_owned() + "\n");
    format!("{ABOUT}\n{}---\n{text}\n", lines.collect::<String>())
}

/// `text` with what is wrong with it as a comment at its top, in place of what is told there.
pub fn with_troubles(text: &str, troubles: &[String]) -> String {
    let harmless = |trouble: &String| trouble.replace("-->", "-- >");
    let lines = troubles.iter().map(|trouble| format!("     {}\n", harmless(trouble)));
    let told = lines.collect::<String>();
    format!("{TROUBLES}\n{told}-->\n{}", without_told(text))
}

const TROUBLES: &str = "<!-- This could not be written yet:";

/// `text` without what is told at its top; a comment that a person wrote, or their template, stays.
pub fn without_told(text: &str) -> &str {
    let about = ABOUT.lines().next().unwrap_or(ABOUT);
    let blanks = ['\u{feff}', '\n', '\r', ' '];
    let mut rest = text.trim_start_matches(blanks);
    while let Some((_, after)) = Some(rest)
        .filter(|rest| rest.starts_with(TROUBLES) || rest.starts_with(about))
        .and_then(|comment| comment.split_once("-->"))
    {
        rest = after.trim_start_matches(blanks);
    }
    rest
}

/// The entry that a draft tells of, or what is wrong with it.
pub fn read(
    book: &Book,
    vocabulary: &Vocabulary,
    today: Day,
    text: &str,
) -> Result<Captured, Vec<String>> {
    let mut reader = Reader { book, vocabulary, today, troubles: Vec::new() };
    let captured = reader.captured(without_told(text));
    match captured {
        Some(captured) if reader.troubles.is_empty() => Ok(captured),
        _ => Err(reader.troubles),
    }
}

struct Reader<'a> {
    book: &'a Book,
    vocabulary: &'a Vocabulary,
    today: Day,
    troubles: Vec<String>,
}

impl Reader<'_> {
    fn captured(&mut self, text: &str) -> Option<Captured> {
        let mut lines = text.lines();
        let (mut people, mut day, mut kind) = (Vec::new(), None, None);
        let (mut next, mut follow_up) = (None, None);
        let (mut is_closed, mut filled) = (false, Vec::new());
        for line in lines.by_ref() {
            if line.trim_end().len() > 2 && line.trim().chars().all(|c| c == '-') {
                is_closed = true;
                break;
            }
            let (key, value) = line.split_once(':').unwrap_or((line, ""));
            let key = key.trim().to_lowercase();
            if !value.trim().is_empty() && filled.contains(&key) {
                self.troubles.push(format!("`{key}:` stands there twice; leave one of them"));
                continue;
            }
            match (key.as_str(), value.trim()) {
                ("" | "with" | "day" | "kind" | "next", "") => {}
                ("with", value) => people = self.people(value),
                ("day", value) => day = self.day(value),
                ("kind", value) => kind = self.kind(value),
                ("next", value) => (next, follow_up) = self.next(value),
                _ => self.troubles.push(format!(
                    "`{}` is none of with, day, kind and next; the text stands below `---`",
                    line.trim()
                )),
            }
            if !value.trim().is_empty() {
                filled.push(key);
            }
        }
        if !is_closed {
            self.troubles.push("the line `---` before the text is gone".to_owned());
        }
        if people.is_empty() && self.troubles.is_empty() {
            self.troubles.push("`with:` names nobody".to_owned());
        }
        let (text, promises) = self.body(&lines.collect::<Vec<_>>(), &people);
        let (kind, text) = self.kind_before(kind, text);
        let meaning = kind.as_deref().and_then(|kind| self.vocabulary.kind(kind));
        Some(Captured {
            people,
            spoken_of: Vec::new(),
            day: day.unwrap_or(self.today),
            is_day_said: true,
            meaning: meaning.map_or(Meaning::Contact, |kind| kind.meaning),
            kind,
            text,
            below: Vec::new(),
            promises,
            next,
            follow_up,
            doubts: Vec::new(),
        })
    }

    fn people(&mut self, names: &str) -> Vec<ContactId> {
        let mut people = Vec::new();
        if let Found::One(id) = self.book.find(names) {
            return vec![id];
        }
        for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            match self.book.find(name) {
                Found::One(id) if people.contains(&id) => {}
                Found::One(id) => people.push(id),
                Found::Several(ids) => {
                    let ids = ids.iter().take(6).map(|id| self.book.identity(*id).into_owned());
                    let ids = ids.collect::<Vec<_>>().join(", ");
                    self.troubles.push(format!("with: `{name}` could mean {ids}"));
                }
                Found::Nobody(near) => {
                    let near =
                        near.map_or_else(String::new, |near| format!("; did you mean {near}?"));
                    self.troubles.push(format!("with: nobody here is called `{name}`{near}"));
                }
            }
        }
        people
    }

    /// A day that was; of a plan one to come may be written as a date.
    fn day(&mut self, text: &str) -> Option<Day> {
        let read = parse(text, self.today, Direction::Past);
        read.map_err(|error| self.troubles.push(format!("day: {error}; {}", error.hint))).ok()
    }

    fn kind(&mut self, word: &str) -> Option<String> {
        if self.vocabulary.kind(word).is_none() {
            let names = self.vocabulary.kinds.iter().map(|kind| kind.name.as_str());
            let names = names.collect::<Vec<_>>().join(", ");
            self.troubles.push(format!("kind: `{word}` is none; kinds are {names}"));
        }
        Some(word.to_owned())
    }

    fn next(&self, value: &str) -> (Option<String>, Option<Day>) {
        match next_said(value, self.today) {
            NextSaid::Nothing => (Some(String::new()), None),
            NextSaid::Step { text, day } => (Some(text).filter(|text| !text.is_empty()), day),
        }
    }

    /// The text, and its tasks.
    fn body(&self, lines: &[&str], people: &[ContactId]) -> (String, Vec<CapturedPromise>) {
        let task = |line: &str| {
            let rest = line.trim().strip_prefix(['-', '*', '+'])?.trim_start();
            Some(rest.strip_prefix("[ ]")?.trim().to_owned()).filter(|text| !text.is_empty())
        };
        let promise = |text: String| {
            let with = self.promised_to(&text, people);
            CapturedPromise { with, text, is_theirs: false, due: None }
        };
        let promises = lines.iter().filter_map(|line| task(line)).map(promise).collect();
        let text = lines.iter().filter(|line| task(line).is_none()).copied().collect::<Vec<_>>();
        (text.join("\n").trim().to_owned(), promises)
    }

    /// The one person whom the words name, as in a sentence; else the first of those who were there.
    fn promised_to(&self, text: &str, people: &[ContactId]) -> Option<ContactId> {
        let words = words(text);
        let names = NameTable::new(self.book, words.iter());
        let mut named = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let found = names.at(&words, at).filter(|found| found.is_sure || word.is_capital);
            let found = found.map(|found| found.people).unwrap_or_default();
            match (found.as_slice(), found.iter().filter(|id| people.contains(id)).count()) {
                ([one], _) => named.push(*one),
                (several, 1) => named.extend(several.iter().filter(|id| people.contains(id))),
                _ => {}
            }
        }
        named.dedup();
        match named.as_slice() {
            [one] => Some(*one),
            _ => people.first().copied(),
        }
    }

    /// `call: new job` as the text says the kind, where none is said above.
    fn kind_before(&self, kind: Option<String>, text: String) -> (Option<String>, String) {
        let split = text.split_once(':').filter(|_| kind.is_none());
        match split.filter(|(word, _)| self.vocabulary.kind(word.trim()).is_some()) {
            Some((word, rest)) => (Some(word.trim().to_owned()), rest.trim().to_owned()),
            None => (kind, text),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::features::capture::told::told;
    use crate::features::draft::{Start, draft, read, with_troubles, without_told};
    use crate::features::sample::{book, day};
    use crate::people::vocabulary::Vocabulary;
    use expect_test::{Expect, expect};

    fn check(text: &str, expected: &Expect) {
        let book = book(&[
            ("people/ana-lima.md", "---\nname: Ana Lima\n---\n"),
            ("people/ana-sousa.md", "---\nname: Ana Sousa\n---\n"),
            ("people/bo.md", "---\nname: Bo\n---\n"),
        ]);
        let today = day("2026-11-21");
        let shown = match read(&book, &Vocabulary::default(), today, text) {
            Ok(captured) => told(&book, &captured, today).join("\n") + "\n",
            Err(troubles) => troubles.iter().map(|trouble| format!("! {trouble}\n")).collect(),
        };
        expected.assert_eq(&shown);
    }

    fn start() -> String {
        let (with, kind) = ("Bo".to_owned(), String::new());
        let next = String::new();
        draft(&Start { with, day: day("2026-11-20"), kind, next, text: String::new() })
    }

    #[test]
    fn a_draft_reads_as_an_entry() {
        let text = start()
            + "call: the boat is sold\n\n- [ ] Send the papers 📅 2026-12-01\nHe laughed.\n";
        check(
            &text,
            &expect![[r#"
            Contact with Bo yesterday (Fri 20 Nov), call
              the boat is sold

            He laughed.
            Promise to Bo: Send the papers 📅 2026-12-01
        "#]],
        );
        check(
            "with: bo, ana lima, bo\nnext: ask in 2 weeks\n---\n- [ ] Send Bo the map\n- [ ] Send Ana Lima the key\n- [ ] Write to people\n",
            &expect![[r#"
                Contact with Bo and Ana Lima today (Sat 21 Nov)
                Promise to Bo: Send Bo the map
                Promise to Ana Lima: Send Ana Lima the key
                Promise to Bo: Write to people
                Next on Sat 5 Dec: ask
            "#]],
        );
    }

    #[test]
    fn a_line_that_stands_twice_is_not_left_out() {
        check(
            "with: Ana Lima\nwith: Bo\nday:\nday: today\nnext: ask a\nnext: ask b tomorrow\nkind:\n---\nx\n",
            &expect![[r#"
                ! `with:` stands there twice; leave one of them
                ! `next:` stands there twice; leave one of them
            "#]],
        );
        check(
            "<!-- mine -->\nwith: Bo\n---\nx\n",
            &expect![[r#"
            ! `<!-- mine -->` is none of with, day, kind and next; the text stands below `---`
        "#]],
        );
        check(
            "with: Bo\nnext: tomorrow\n---\nx\n",
            &expect![[r#"
            Contact with Bo today (Sat 21 Nov)
              x
            Next tomorrow (Sun 22 Nov)
        "#]],
        );
        check(
            "with: Bo\nnext: fri: see her\n---\nx\n",
            &expect![[r#"
                Contact with Bo today (Sat 21 Nov)
                  x
                Next on Friday (Fri 27 Nov): see her
            "#]],
        );
    }

    #[test]
    fn mistakes_are_told_all_at_once() {
        check(
            "with: Ana, Zed\nday: 3/11\nkind: cal\nwhat: x\nfine\n",
            &expect![[r#"
            ! with: `Ana` could mean people/ana-lima, people/ana-sousa
            ! with: nobody here is called `Zed`
            ! day: `3/11` could be read in more than one way; write the whole date, 2026-11-25, or name the month, `25 nov`
            ! kind: `cal` is none; kinds are call, met, message, mail, letter, video, gift, visit, intro, event, note, heard, tried, plan
            ! `what: x` is none of with, day, kind and next; the text stands below `---`
            ! `fine` is none of with, day, kind and next; the text stands below `---`
            ! the line `---` before the text is gone
        "#]],
        );
        check(
            "---\ntext\n",
            &expect![[r#"
            ! `with:` names nobody
        "#]],
        );
    }

    #[test]
    fn troubles_stand_at_the_top_and_leave_again() {
        let text = start();
        let told = with_troubles(&text, &["a --> b".to_owned()]);
        assert!(
            told.starts_with("<!-- This could not be written yet:\n     a -- > b\n-->\nwith: Bo\n"),
            "{told}"
        );
        assert_eq!(without_told(&told), without_told(&text));
        assert_eq!(with_troubles(&told, &["a --> b".to_owned()]), told);
        assert!(with_troubles("", &["the line `---` is gone".to_owned()]).contains("`---`"));
        let own = "<!-- my top comment -->\n---\ndate: x\n---\n";
        assert_eq!(without_told(own), own);
        assert_eq!(without_told(&with_troubles(own, &["x".to_owned()])), own);
        assert_eq!(without_told("<!-- not closed"), "<!-- not closed");
    }
}
