//! The first words to somebody who starts: what troubles them decides the example and the advice.

/// What brings somebody here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Losing touch with people.
    LosingTouch,
    /// Forgetting what was meant to come next.
    FollowUps,
    /// Forgetting what was talked about.
    Talks,
    /// A system that asks for too much.
    Crowded,
}

/// The question, with the numbers of the answers.
pub const QUESTION: &str = "What brings you here?
  1  I lose touch with people I care about
  2  I mean to follow up, and then do not
  3  I forget what people told me
  4  My contacts, notes and reminders became too much
A number, or Enter for none of these: ";

/// The people to begin with, so that it stays light.
pub const HOW_MANY: &str =
    "Five people are a good beginning. One line each, the name first; a blank line ends.";

impl Trouble {
    /// The trouble behind an answer to [`QUESTION`]; `None` where it is no number of one.
    pub fn of_answer(answer: &str) -> Option<Trouble> {
        match answer.trim() {
            "1" => Some(Trouble::LosingTouch),
            "2" => Some(Trouble::FollowUps),
            "3" => Some(Trouble::Talks),
            "4" => Some(Trouble::Crowded),
            _ => None,
        }
    }

    /// What an answer to [`QUESTION`] says besides a number: somebody who names a person at once means a line.
    pub fn line_of_answer(answer: &str) -> Option<&str> {
        let is_number = answer.trim().chars().all(|character| character.is_ascii_digit());
        (!is_number).then_some(answer)
    }

    /// A line to begin with.
    pub fn example(trouble: Option<Trouble>) -> &'static str {
        match trouble {
            None | Some(Trouble::LosingTouch) => "Ana Lima; inner; signal; last ~Oct",
            Some(Trouble::FollowUps) => "João Faria; mail; next fri: ask about the defence",
            Some(Trouble::Talks) => {
                "Ana Lima; climbs, moving to Porto; sister Rita has an exhibition"
            }
            Some(Trouble::Crowded) => "Mãe; inner",
        }
    }

    /// What helps most, as one sentence with the command to type.
    pub fn advice(trouble: Option<Trouble>) -> &'static str {
        match trouble {
            None => "`ties` each morning shows who it would be good to hear from.",
            Some(Trouble::LosingTouch) => {
                "A circle gives each person a rhythm; `ties` each morning shows the few whose time has come."
            }
            Some(Trouble::FollowUps) => {
                "`ties log WHO TEXT --next \"…\" --in 2w` writes the next step where you wrote the talk."
            }
            Some(Trouble::Talks) => "Before you call, `ties show WHO` tells what was last.",
            Some(Trouble::Crowded) => {
                "Give a circle to the few who matter most; everybody else is only kept, and never suggested."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::features::start::read_line;
    use crate::features::welcome::{HOW_MANY, QUESTION, Trouble};
    use crate::people::vocabulary::Vocabulary;
    use crate::text::day::Day;
    use crate::text::phrase::forbidden_in;

    #[test]
    fn a_person_named_at_once_is_no_answer_but_a_line() {
        for none in ["", " ", "2", " 7 ", "42"] {
            assert_eq!(Trouble::line_of_answer(none), None, "{none}");
        }
        assert_eq!(Trouble::line_of_answer("Ana Lima; inner"), Some("Ana Lima; inner"));
        assert_eq!(Trouble::line_of_answer("1 Ana"), Some("1 Ana"));
    }

    #[test]
    fn every_example_is_a_line_that_is_understood() {
        let today = Day::new(2026, 11, 21).unwrap();
        for answer in ["1", "2", "3", "4", ""] {
            let trouble = Trouble::of_answer(answer);
            let example = Trouble::example(trouble);
            let read = read_line(example, &Vocabulary::default(), today);
            assert!(read.is_ok_and(|contact| contact.is_some()), "{example}");
            assert_eq!(forbidden_in(Trouble::advice(trouble)), Vec::<&str>::new());
        }
        assert_eq!(forbidden_in(QUESTION), Vec::<&str>::new());
        assert_eq!(forbidden_in(HOW_MANY), Vec::<&str>::new());
    }
}
