//! What a walk through a review knows: which line is asked about, and what is being typed.
//!
//! Always true here: an answer that is given was written down before the next line is shown, or the line says why not.

use crate::frontends::cli::deciding::state::Outcome;
use crate::frontends::cli::picker::keys::Key;
use crate::frontends::cli::reviewing::choices::{choices, words};

/// A line that can be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its id.
    pub id: String,
    /// What it asks.
    pub letter: char,
    /// The part of the review that it stands in.
    pub heading: String,
    /// The line, plain text.
    pub text: String,
    /// What is known, plain text.
    pub context: Vec<String>,
    /// What was typed below it.
    pub typed: Vec<String>,
    /// The character in its box.
    pub status: char,
}

impl Question {
    /// As the file has it then: one line of words makes place for others, several of them are kept.
    fn type_below(&mut self, words: &str) {
        if self.typed.len() == 1 {
            self.typed.clear();
        }
        self.typed.push(words.to_owned());
    }
}

/// What came of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// The character in the box by now.
    pub status: char,
    /// What was done, or why nothing was.
    pub told: String,
    /// Whether nothing can be written any more.
    pub is_over: bool,
}

/// An answer: the id of the line, the character for its box, what is typed.
pub type Answer<'a> = (&'a str, char, Option<&'a str>);

/// A walk.
pub struct State<'a> {
    /// The lines, in order.
    pub questions: Vec<Question>,
    /// Which one is asked about; behind the last one none is.
    pub at: usize,
    /// What is being typed, where something is.
    pub typing: Option<String>,
    /// What came of the answer before.
    pub told: String,
    // Writes an answer down.
    write: &'a mut dyn FnMut(Answer<'_>) -> Written,
}

impl<'a> State<'a> {
    /// A walk through `questions`, from the first that is open.
    pub fn new(
        questions: Vec<Question>,
        write: &'a mut dyn FnMut(Answer<'_>) -> Written,
    ) -> State<'a> {
        let at = questions.iter().position(|of| of.status == ' ').unwrap_or(0);
        State { questions, at, typing: None, told: String::new(), write }
    }

    /// How many lines are answered.
    pub fn answered(&self) -> usize {
        self.questions.iter().filter(|of| of.status != ' ').count()
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key) -> Outcome {
        if self.typing.is_some() {
            self.type_key(key);
            return Outcome::Open;
        }
        match key {
            Key::Leave => return Outcome::Done,
            Key::Enter if self.question().is_none() => return Outcome::Done,
            Key::Enter | Key::Down => self.go(1),
            Key::Up | Key::EraseLetter => self.go(-1),
            Key::Letter(letter) => return self.letter(letter.to_ascii_lowercase()),
            Key::Pasted(_) => "What was pasted is left out here.".clone_into(&mut self.told),
            _ => {}
        }
        Outcome::Open
    }

    fn letter(&mut self, letter: char) -> Outcome {
        let asked = self.question().map(|of| of.letter);
        let choices = asked.map(choices).unwrap_or_default();
        let choice = choices.iter().find(|choice| choice.key == letter);
        match (letter, choice) {
            ('q', _) => return Outcome::Done,
            ('s', _) => self.go(1),
            ('u', _) => self.go(-1),
            ('t', _) if asked.and_then(words).is_some() => self.typing = Some(String::new()),
            (' ', _) => self.give(' ', None),
            (_, Some(choice)) => self.give(choice.status, None),
            _ => return self.astray(letter),
        }
        Outcome::Open
    }

    /// Says that a letter is no key. With it words may have been typed, whose letters are keys too.
    fn astray(&mut self, letter: char) -> Outcome {
        let Some(question) = self.question() else { return Outcome::Astray };
        self.told = match words(question.letter) {
            None => "No words are taken here.".to_owned(),
            Some(_) if choices(question.letter).is_empty() => {
                "Words answer it: t first.".to_owned()
            }
            Some(_) => format!("`{letter}` is no key here; t comes before words."),
        };
        Outcome::Astray
    }

    fn type_key(&mut self, key: Key) {
        let Some(typing) = &mut self.typing else { return };
        match key {
            Key::Letter(letter) | Key::Pasted(letter) => typing.push(letter),
            Key::EraseLetter => drop(typing.pop()),
            Key::EraseAll => typing.clear(),
            Key::EraseWord => {
                let kept = typing.trim_end().rfind(' ').map_or(0, |at| at + 1);
                typing.truncate(kept);
            }
            Key::Leave => self.typing = None,
            Key::Enter => {
                let words = self.typing.take().unwrap_or_default();
                let words = words.trim();
                if !words.is_empty() {
                    self.give('x', Some(words));
                }
            }
            _ => {}
        }
    }

    /// The line that is asked about.
    pub fn question(&self) -> Option<&Question> {
        self.questions.get(self.at)
    }

    fn go(&mut self, by: isize) {
        self.told.clear();
        self.at = self.at.saturating_add_signed(by).min(self.questions.len());
    }

    fn give(&mut self, status: char, words: Option<&str>) {
        let Some(question) = self.questions.get_mut(self.at) else { return };
        let written = (self.write)((&question.id, status, words));
        // Words may be another answer than a tick: `later 2w`.
        let has_answer = words.is_some() && written.status != ' ';
        let is_done = (written.status == status || has_answer) && !written.is_over;
        question.status = written.status;
        self.told = written.told;
        // What could not be done stays on the screen with its reason, and so do its words: the file has none of them.
        match words {
            Some(words) if is_done => question.type_below(words),
            words => self.typing = words.map(str::to_owned),
        }
        if is_done && status != ' ' {
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::frontends::cli::deciding::state::Outcome;
    use crate::frontends::cli::picker::keys::take_keys;
    use crate::frontends::cli::reviewing::state::{Answer, Question, State, Written};

    pub(crate) fn questions(letters: &str) -> Vec<Question> {
        let question = |(at, letter): (usize, char)| Question {
            id: format!("v{letter}{at}"),
            letter,
            heading: "A word this week".to_owned(),
            text: format!("Line {at}"),
            context: vec!["Last: 5 September, met: tired.".to_owned()],
            typed: Vec::new(),
            status: ' ',
        };
        letters.chars().enumerate().map(question).collect()
    }

    /// What is written after these keys for lines of these kinds, and where the walk is then; `no` is refused.
    fn check(letters: &str, typed: &str, expected: &str) {
        let mut written = Vec::new();
        let mut write = |(id, status, words): Answer<'_>| {
            let is_refused = words == Some("no");
            written.push(format!("{id}[{status}]{}", words.unwrap_or_default()));
            let status = match words {
                Some("later") => '>',
                _ if is_refused => ' ',
                _ => status,
            };
            Written { status, told: "told".to_owned(), is_over: false }
        };
        let mut state = State::new(questions(letters), &mut write);
        let mut outcome = Outcome::Open;
        for key in take_keys(&mut typed.as_bytes().to_vec(), true) {
            assert_ne!(outcome, Outcome::Done, "{typed:?}");
            outcome = state.press(key);
        }
        let at = state.at;
        drop(state);
        assert_eq!(format!("{} at {at} {outcome:?}", written.join(" ")), expected, "{typed:?}");
    }

    #[test]
    fn one_key_answers_and_is_written_at_once() {
        check("wwd", "yn", "vw0[x] vw1[-] at 2 Open");
        check("wpd", "sl", "vp1[>] at 2 Open");
        check("we", "yy\r", "vw0[x] ve1[x] at 2 Done");
        check("ww", "yq", "vw0[x] at 1 Done");
        check("w", "lgx5", " at 0 Astray");
        check("", "\r", " at 0 Done");
    }

    #[test]
    fn going_back_changes_an_answer_or_opens_it() {
        check("ww", "yun", "vw0[x] vw0[-] at 1 Open");
        check("ww", "yu ", "vw0[x] vw0[ ] at 0 Open");
        check("ww", "\u{1b}[B\u{1b}[A\u{1b}[Au", " at 0 Open");
    }

    #[test]
    fn words_are_typed_where_they_say_something() {
        check("uw", "ycall\u{7f}m\r", " at 1 Open");
        check("uw", "tOld friend\r", "vu0[x]Old friend at 1 Open");
        check("uw", "tOld  \u{17}friend\r", "vu0[x]friend at 1 Open");
        check("uw", "tOld\u{1b}", " at 0 Open");
        check("uw", "t  \r", " at 0 Open");
        check("gw", "tno\r", "vg0[x]no at 0 Open");
        check("gw", "TNo\rYQ", "vg0[x]No vw1[x] at 2 Done");
    }

    #[test]
    fn words_may_be_another_answer_than_a_tick() {
        check("ww", "tlater\ry", "vw0[x]later vw1[x] at 2 Open");
    }

    #[test]
    fn words_that_were_refused_are_still_being_typed() {
        check("gw", "tno\r\u{7f}\u{7f}yes\ry", "vg0[x]no vg0[x]yes vw1[x] at 2 Open");
        check("gw", "tno\r\u{3}y", "vg0[x]no vg0[x] at 1 Open");
    }

    #[test]
    fn what_is_pasted_is_text_where_words_are_typed_and_nothing_elsewhere() {
        let pasted = "\u{1b}[200~line one\rline two\ryy\u{1b}[201~";
        check("www", &format!("t{pasted}"), " at 0 Open");
        check("www", &format!("t{pasted}\r"), "vw0[x]line one line two yy at 1 Open");
        check("www", pasted, " at 0 Open");
    }

    #[test]
    fn a_letter_that_is_no_key_is_said_to_be_none() {
        check("pw", "t", " at 0 Astray");
        check("w", "g", " at 0 Astray");
        check("u", "y", " at 0 Astray");
    }
}
