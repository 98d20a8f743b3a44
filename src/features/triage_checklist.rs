//! Triage as a checklist: a Markdown file with a box for each choice, ticked in any editor or on a phone, and read back.
//!
//! Always true here: what is read is what was ticked or typed, never guessed. A line that is not understood is named, and
//! nothing is decided on its person; a file that nobody touched decides nothing.

use crate::features::standing::Situation;
use crate::features::triage::{Choice, Decision, about, choices};
use crate::note::link::links;
use crate::note::link_write::link_to;
use crate::people::book::{Book, ContactId};
use crate::people::vocabulary::Vocabulary;
use crate::text::phrase;
use crate::text::suggest::nearest;
use std::collections::HashMap;

/// The key of the front matter that says that the file is one of these.
const MARK: &str = "ties: triage";

/// What stands above the people.
const INTRODUCTION: [&str; 3] = [
    "# Who belongs where",
    "Tick one box for whomever you can tell, and leave the others as they are.",
    "Then `ties triage --from` with this file takes the answers in.",
];

/// The checklist of `people`, in this order.
pub fn checklist(situation: &Situation, people: &[ContactId]) -> String {
    let words = choices(situation.vocabulary);
    let [title, what, then] = INTRODUCTION;
    let mut text =
        format!("---\n{MARK}\ndate: {}\n---\n{title}\n\n{what}\n{then}\n", situation.day);
    for id in people {
        let contact = situation.book.contact(*id);
        text += &format!("\n- {}\n", link_to(&contact.path, &contact.name));
        about(situation, *id).iter().for_each(|line| text += &format!("  > {line}\n"));
        words.iter().for_each(|choice| text += &format!("  - [ ] {}\n", choice.word()));
    }
    text
}

/// Whether `text` is a checklist that `ties` wrote, by its front matter.
pub fn is_checklist(text: &str) -> bool {
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim_end);
    lines.next() == Some("---") && lines.take_while(|line| *line != "---").any(|line| line == MARK)
}

/// A line that was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Which, from 1.
    pub line: usize,
    /// Why, without a full stop.
    pub reason: String,
}

/// What a checklist says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answers {
    /// At most one for each person, in the order of the file.
    pub decisions: Vec<Decision>,
    /// In the order of the file.
    pub unread: Vec<Unread>,
}

/// Reads a checklist. An answer is a ticked box below a name, a word without a box below it, or a word behind it.
pub fn answers(text: &str, book: &Book, vocabulary: &Vocabulary) -> Answers {
    let mut reader =
        Reader { book, vocabulary, person: Person::None, said: Vec::new(), unread: Vec::new() };
    for (line, text) in body(text) {
        reader.line(line, text);
    }
    reader.settled()
}

/// The lines with their numbers from 1, without the front matter.
fn body(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let text = text.trim_start_matches('\u{feff}');
    let is_end = |line: &str| line.trim_end() == "---";
    let mut lines = text.lines();
    let is_begun = lines.next().is_some_and(is_end);
    let end = lines.position(is_end).filter(|_| is_begun);
    (1..).zip(text.lines()).skip(end.map_or(0, |end| end + 2))
}

struct Reader<'a> {
    book: &'a Book,
    vocabulary: &'a Vocabulary,
    person: Person,
    said: Vec<(ContactId, usize, Choice)>,
    unread: Vec<Unread>,
}

/// Whom the lines are about.
#[derive(Clone, PartialEq, Eq)]
enum Person {
    None,
    Known(ContactId),
    /// A link that means nobody, as it is written.
    Unknown(String),
}

impl Reader<'_> {
    fn line(&mut self, line: usize, text: &str) {
        let is_indented = text.starts_with([' ', '\t']);
        let text = text.trim();
        if text.is_empty() || text.starts_with('>') || INTRODUCTION.contains(&text) {
            return;
        }
        if text.starts_with('#') {
            self.person = Person::None;
            return;
        }
        let item = Item::of(text);
        let link = links(item.text).next().filter(|link| link.span.start == 0);
        match link {
            Some(link) if !is_indented => {
                let shown = link.span.of(item.text);
                let found = self.book.linked(&link.target.note);
                self.person = found.map_or(Person::Unknown(shown.to_owned()), Person::Known);
                let behind = item.text.get(link.span.end..).unwrap_or("");
                self.behind_name(line, item.status, without_arrow(behind));
            }
            _ if is_indented => self.below_name(line, &item),
            _ => {
                // Whatever it is, what follows may be about somebody else.
                self.person = Person::None;
                if item.status != Some(' ') {
                    let reason = "this stands below no name; indent it, or take it away";
                    self.unread(line, reason.to_owned());
                }
            }
        }
    }

    fn behind_name(&mut self, line: usize, status: Option<char>, text: &str) {
        match status {
            None | Some(' ') if text.is_empty() => {}
            None | Some(' ') => self.answer(line, text),
            Some(_) => {
                self.unread(line, "the name is ticked; tick one of the boxes below it".to_owned());
            }
        }
    }

    fn below_name(&mut self, line: usize, item: &Item<'_>) {
        match item.status {
            Some(' ') => {}
            None | Some('x' | 'X') => self.answer(line, item.text),
            Some(status) => self.unread(line, format!("`[{status}]` is neither a tick nor empty")),
        }
    }

    fn answer(&mut self, line: usize, word: &str) {
        let choice = Choice::of_word(word, self.vocabulary);
        match (self.person.clone(), choice) {
            (Person::Known(id), Some(choice)) => self.said.push((id, line, choice)),
            (Person::Known(_), None) => self.unread(line, self.unknown(word)),
            (Person::Unknown(link), _) => {
                self.unread(line, format!("{link} is nobody in this vault"));
            }
            (Person::None, _) => self.unread(line, "this stands below no name".to_owned()),
        }
    }

    fn unknown(&self, word: &str) -> String {
        let words = choices(self.vocabulary);
        let words = words.iter().map(Choice::word).collect::<Vec<_>>();
        let hint = match nearest(word, words.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are {}", phrase::list(&words)),
        };
        format!("`{word}` is no choice; {hint}")
    }

    fn unread(&mut self, line: usize, reason: String) {
        self.unread.push(Unread { line, reason });
    }

    /// One decision a person; whoever has two different answers has none.
    fn settled(self) -> Answers {
        let mut first: HashMap<ContactId, (usize, Choice)> = HashMap::new();
        let mut torn = HashMap::new();
        let (mut order, mut unread) = (Vec::new(), self.unread);
        for (id, line, choice) in self.said {
            match first.get(&id) {
                None => {
                    order.push(id);
                    first.insert(id, (line, choice));
                }
                Some((_, other)) if *other == choice => {}
                Some((at, other)) => {
                    let name = &self.book.brief(id).name;
                    let (one, two) = (other.word(), choice.word());
                    let reason = format!("{name} has two answers, {one} (line {at}) and {two}");
                    torn.entry(id).or_insert(Unread { line, reason });
                }
            }
        }
        let decision = |id: &ContactId| {
            let (line, choice) = first.get(id).filter(|_| !torn.contains_key(id))?.clone();
            let path = self.book.paths().get(self.book.note_of(*id))?.clone();
            Some(Decision { path, choice, line: Some(line) })
        };
        let decisions = order.iter().filter_map(decision).collect();
        unread.extend(torn.values().cloned());
        unread.sort_by_key(|unread| unread.line);
        Answers { decisions, unread }
    }
}

/// A line without its marker and box.
struct Item<'a> {
    status: Option<char>,
    text: &'a str,
}

impl<'a> Item<'a> {
    fn of(line: &'a str) -> Item<'a> {
        let rest = without_marker(line);
        let mut letters = rest.chars();
        let boxed = (letters.next(), letters.next(), letters.next());
        let after = letters.as_str();
        match boxed {
            (Some('['), Some(status), Some(']'))
                if after.is_empty() || after.starts_with([' ', '\t']) =>
            {
                Item { status: Some(status), text: after.trim() }
            }
            _ => Item { status: None, text: rest },
        }
    }
}

/// The line without `- `, `* `, `+ ` or `1. ` before it.
fn without_marker(line: &str) -> &str {
    let digits = line.trim_start_matches(|character: char| character.is_ascii_digit());
    let rest = match digits.len() < line.len() {
        true => digits.strip_prefix(['.', ')']),
        false => line.strip_prefix(['-', '*', '+']),
    };
    rest.filter(|rest| rest.starts_with([' ', '\t'])).map_or(line, str::trim_start)
}

/// What is typed behind a name: `→ inner`, `: inner`, `inner`.
fn without_arrow(text: &str) -> &str {
    text.trim_start_matches(|character: char| {
        character.is_whitespace() || "→:·=->–—".contains(character)
    })
    .trim_end()
}

#[cfg(test)]
mod tests {
    use crate::features::sample::{book, day};
    use crate::features::settings::Settings;
    use crate::features::standing::Situation;
    use crate::features::triage::decide;
    use crate::features::triage_checklist::{answers, checklist, is_checklist};
    use crate::features::undecided::undecided;
    use crate::people::vocabulary::Vocabulary;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    const VAULT: &[(&str, &str)] = &[
        ("people/ana (work).md", "---\nname: Ana [Lima]\ngroups: [work]\n---\n"),
        ("people/bo.md", "---\nname: Bo\n---\n## Log\n- 2026-10-12 call: the new kiln\n"),
        ("people/cy.md", "---\nname: Cy\ncircle: growth\n---\n"),
        ("people/c# club.md", "---\nname: C# club\n---\n"),
    ];

    fn written() -> String {
        let (book, settings, vocabulary) =
            (book(VAULT), Settings::default(), Vocabulary::default());
        let situation = Situation::new(&book, day("2026-11-21"), &settings, &vocabulary);
        checklist(&situation, &undecided(&situation))
    }

    fn check(text: &str, expected: &Expect) {
        let (book, vocabulary) = (book(VAULT), Vocabulary::default());
        let answers = answers(text, &book, &vocabulary);
        let mut shown = String::new();
        for decision in &answers.decisions {
            let line = decision.line.unwrap();
            shown += &format!("{line}: {} {}\n", decision.path, decision.choice.word());
        }
        answers.unread.iter().for_each(|of| shown += &format!("{}: {}\n", of.line, of.reason));
        expected.assert_eq(&shown);
    }

    #[test]
    fn a_checklist_is_easy_to_tick() {
        expect![[r#"
            ---
            ties: triage
            date: 2026-11-21
            ---
            # Who belongs where

            Tick one box for whomever you can tell, and leave the others as they are.
            Then `ties triage --from` with this file takes the answers in.

            - [[people/bo|Bo]]
              > Last: 12 October, call: the new kiln
              - [ ] inner
              - [ ] growth
              - [ ] mentor
              - [ ] extended
              - [ ] later
              - [ ] reference
              - [ ] archive

            - [[people/ana (work)|Ana (Lima)]]
              > No entry yet
              > work
              - [ ] inner
              - [ ] growth
              - [ ] mentor
              - [ ] extended
              - [ ] later
              - [ ] reference
              - [ ] archive

            - [C# club](people/c%23%20club.md)
              > No entry yet
              - [ ] inner
              - [ ] growth
              - [ ] mentor
              - [ ] extended
              - [ ] later
              - [ ] reference
              - [ ] archive
        "#]]
        .assert_eq(&written());
        assert!(is_checklist(&written()) && is_checklist(&written().replace('\n', "\r\n")));
        assert!(!is_checklist("---\nties: agenda\n---\nties: triage\n"));
    }

    #[test]
    fn a_tick_is_an_answer_and_so_is_a_typed_word() {
        check(&written(), &expect![[""]]);
        check(
            "- [[people/bo|Bo]]\n  > Last: x\n  - [ ] inner\n  - [x] growth\n  - [ ] mentor\n",
            &expect![[r#"
                4: people/bo.md growth
            "#]],
        );
        check(
            "* [[Bo]]\r\n\t* [X] Archived\r\n",
            &expect![[r#"
            2: people/bo.md archive
        "#]],
        );
        check(
            "- [[people/bo|Bo]]\n  later\n\n- [[Ana [Lima]]]\n- [C](people/c%23%20club.md)\n  - reference\n",
            &expect![[r#"
                2: people/bo.md later
                6: people/c# club.md reference
                4: this stands below no name; indent it, or take it away
            "#]],
        );
        check(
            "- [[people/bo|Bo]] → inner\n- [[people/cy]]: growth\n",
            &expect![[r#"
            1: people/bo.md inner
            2: people/cy.md growth
        "#]],
        );
    }

    #[test]
    fn what_is_not_understood_is_named_and_decides_nothing() {
        check(
            "# People\n\nsome words\n- [x] inner\n- [[people/bo|Bo]]\n  - [x] gowth\n  - [?] inner\n  - [x] [[people/cy]]\n\
             - [[people/zed|Zed]]\n  - [ ] inner\n  - [x] growth\n- [x] [[people/cy|Cy]]\n## More\n  - [x] inner\n",
            &expect![[r#"
                3: this stands below no name; indent it, or take it away
                4: this stands below no name; indent it, or take it away
                6: `gowth` is no choice; did you mean `growth`?
                7: `[?]` is neither a tick nor empty
                8: `[[people/cy]]` is no choice; there are inner, growth, mentor, extended, later, reference and archive
                11: [[people/zed|Zed]] is nobody in this vault
                12: the name is ticked; tick one of the boxes below it
                14: this stands below no name
            "#]],
        );
        check(
            "- [[people/bo|Bo]]\n  - [x] inner\n  - [x] growth\n  - [x] inner\n- [[people/cy|Cy]]\n  - [x] inner\n- [[bo]] mentor\n",
            &expect![[r#"
                6: people/cy.md inner
                3: Bo has two answers, inner (line 2) and growth
            "#]],
        );
        check(
            "- [[people/bo|Bo]]\n- Somebody else\n  - [x] inner\n",
            &expect![[r#"
            2: this stands below no name; indent it, or take it away
            3: this stands below no name
        "#]],
        );
        check(
            "- [[people/bo|Bo]]\n  - [x] inner\n  - [x] inner\n",
            &expect![[r#"
            2: people/bo.md inner
        "#]],
        );
    }

    proptest! {
        #[test]
        fn a_tick_decides_exactly_what_it_says(person in 0usize..3, choice in 0usize..7, crlf in any::<bool>()) {
            let (book, vocabulary) = (book(VAULT), Vocabulary::default());
            let text = written();
            let boxes = text.match_indices("- [ ]").map(|(at, _)| at).collect::<Vec<_>>();
            prop_assert_eq!(boxes.len(), 21);
            let mut ticked = text.clone();
            let at = boxes[person * 7 + choice];
            ticked.replace_range(at..at + 5, "- [x]");
            let ticked = if crlf { ticked.replace('\n', "\r\n") } else { ticked };
            let read = answers(&ticked, &book, &vocabulary);
            prop_assert_eq!(&read.unread, &[]);
            prop_assert_eq!(read.decisions.len(), 1);
            let (change, left) = decide(&book, &vocabulary, &read.decisions);
            prop_assert_eq!(change.map(|change| change.files.len()), Some(1));
            prop_assert_eq!(left, []);
        }

        #[test]
        fn whatever_is_in_the_file_nothing_is_guessed(text in "(?s)(- \\[\\[people/bo\\]\\]|  - \\[x\\] |inner|growth|\\[|\\]|\n|\t| |x|é|---){0,40}") {
            let (book, vocabulary) = (book(VAULT), Vocabulary::default());
            let read = answers(&text, &book, &vocabulary);
            prop_assert!(read.decisions.len() <= 4);
            for decision in read.decisions {
                let line = text.lines().nth(decision.line.unwrap() - 1).unwrap();
                prop_assert!(line.contains(decision.choice.word()), "{line}");
            }
        }
    }
}
