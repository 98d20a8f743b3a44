//! What a walk through people knows: who is next, and what was answered.
//!
//! Always true here: no two choices share a key, and none takes one that moves through the list.

use crate::features::triage::Choice;
use crate::frontends::cli::picker::keys::Key;

/// A choice with the keys that make it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyed {
    /// Its number, for the first nine circles.
    pub number: Option<char>,
    /// Its letter, where it is not taken.
    pub letter: Option<char>,
    /// What it is.
    pub choice: Choice,
}

/// Whether a walk goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It goes on.
    Open,
    /// It goes on, but the key means nothing here: what is typed with it was meant for something else.
    Astray,
    /// It is put down.
    Done,
}

/// A walk.
#[derive(Debug, Clone)]
pub struct State {
    /// The choices, circles first.
    pub keyed: Vec<Keyed>,
    /// For each person the answer, where there is one.
    pub answers: Vec<Option<Choice>>,
    /// Who is asked about; behind the last one nobody is.
    pub at: usize,
}

const SKIP: char = 's';
const BACK: char = 'u';
const STOP: char = 'q';

impl State {
    /// A walk through so many people.
    pub fn new(choices: Vec<Choice>, people: usize) -> State {
        State { keyed: keyed(choices), answers: vec![None; people], at: 0 }
    }

    /// How many answers there are.
    pub fn answered(&self) -> usize {
        self.answers.iter().flatten().count()
    }

    /// Takes a key. Enter goes on and keeps what was answered, `s` goes on without an answer.
    pub fn press(&mut self, key: Key) -> Outcome {
        let is_over = self.at >= self.answers.len();
        match key {
            Key::Leave => return Outcome::Done,
            Key::Enter if is_over => return Outcome::Done,
            Key::Enter | Key::Down => self.at += 1,
            Key::Up | Key::EraseLetter => self.at = self.at.saturating_sub(1),
            Key::Letter(letter) => {
                return self.letter(letter.to_lowercase().next().unwrap_or(letter));
            }
            _ => {}
        }
        self.at = self.at.min(self.answers.len());
        Outcome::Open
    }

    fn letter(&mut self, letter: char) -> Outcome {
        let choice = self.keyed.iter().find(|of| [of.number, of.letter].contains(&Some(letter)));
        let choice = choice.map(|of| of.choice.clone());
        match (letter, self.answers.get_mut(self.at)) {
            (STOP, _) => return Outcome::Done,
            (BACK, _) => self.at = self.at.saturating_sub(1),
            (SKIP, Some(answer)) => {
                *answer = None;
                self.at += 1;
            }
            (_, Some(answer)) if choice.is_some() => {
                *answer = choice;
                self.at += 1;
            }
            _ => {}
        }
        Outcome::Open
    }
}

fn keyed(choices: Vec<Choice>) -> Vec<Keyed> {
    let letter_of = |choice: &Choice| {
        let first = choice.word().chars().next()?;
        first.to_lowercase().next().filter(|letter| letter.is_alphabetic())
    };
    let is_circle = |choice: &Choice| matches!(choice, Choice::Circle(_));
    // The choices that every vault has keep their letters, whatever its circles are called.
    let fixed = choices.iter().filter(|choice| !is_circle(choice)).filter_map(letter_of);
    let mut taken = fixed.chain([SKIP, BACK, STOP]).collect::<Vec<_>>();
    let mut numbers = '1'..='9';
    let with_keys = |choice: Choice| {
        let letter = letter_of(&choice);
        if !is_circle(&choice) {
            return Keyed { number: None, letter, choice };
        }
        let letter = letter.filter(|letter| !taken.contains(letter));
        taken.extend(letter);
        Keyed { number: numbers.next(), letter, choice }
    };
    choices.into_iter().map(with_keys).collect()
}

#[cfg(test)]
mod tests {
    use crate::features::triage::{Choice, choices};
    use crate::frontends::cli::deciding::state::{Outcome, State};
    use crate::frontends::cli::picker::keys::take_keys;
    use crate::people::vocabulary::Vocabulary;

    /// The answers after keys as a terminal sends them, for four people, and who is asked about then.
    fn check(typed: &str, expected: &str) {
        let mut state = State::new(choices(&Vocabulary::default()), 4);
        let mut outcome = Outcome::Open;
        for key in take_keys(&mut typed.as_bytes().to_vec(), true) {
            assert_eq!(outcome, Outcome::Open, "{typed:?}");
            outcome = state.press(key);
        }
        let word = |answer: &Option<Choice>| answer.as_ref().map_or("-", |of| of.word()).to_owned();
        let words = state.answers.iter().map(word).collect::<Vec<_>>().join(" ");
        assert_eq!(format!("{words}, at {}, {outcome:?}", state.at), expected, "{typed:?}");
    }

    #[test]
    fn one_key_decides_and_goes_on() {
        check("", "- - - -, at 0, Open");
        check("1gE4", "inner growth extended extended, at 4, Open");
        check("lra", "later reference archive -, at 3, Open");
        check("is\rm", "inner - - mentor, at 4, Open");
        check("9xz \t", "- - - -, at 0, Open");
        check("\u{1b}[200~ig\rq\u{1b}[201~", "- - - -, at 0, Open");
    }

    #[test]
    fn going_back_changes_an_answer_or_leaves_it() {
        check("iuu", "inner - - -, at 0, Open");
        check("iguul", "later growth - -, at 1, Open");
        check("iguul\r", "later growth - -, at 2, Open");
        check("ius", "- - - -, at 1, Open");
        check("ig\u{1b}[A\u{7f}", "inner growth - -, at 0, Open");
    }

    #[test]
    fn it_can_be_put_down_and_ends_behind_the_last_one() {
        check("iq", "inner - - -, at 1, Done");
        check("i\u{1b}", "inner - - -, at 1, Done");
        check("i\u{3}", "inner - - -, at 1, Done");
        check("iiiii", "inner inner inner inner, at 4, Open");
        check("iiii\r", "inner inner inner inner, at 4, Done");
        check("iiiiusq", "inner inner inner -, at 4, Done");
    }

    #[test]
    fn no_key_has_two_meanings() {
        let circles = ["Alpha", "inner", "Inner circle", "später", "ünder", "2nd", "queue"];
        let circles = circles.map(|name| Choice::Circle(name.to_owned()));
        let rest = [Choice::Later, Choice::Reference, Choice::Archive];
        let state = State::new(circles.into_iter().chain(rest).collect(), 1);
        let keys = |number: Option<char>, letter: Option<char>| {
            [number, letter].into_iter().flatten().collect::<String>()
        };
        let shown = state.keyed.iter().map(|of| keys(of.number, of.letter)).collect::<Vec<_>>();
        assert_eq!(shown.join(" "), "1 2i 3 4 5ü 6 7 l r a");
    }
}
