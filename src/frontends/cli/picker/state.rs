//! What a picker knows: the list, what was typed, which item is meant.
//!
//! Invariant: where anything fits, the item that is meant is one that fits.

use crate::features::ranking::{Sought, rank};
use crate::frontends::cli::picker::keys::Key;

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What it is called.
    pub label: String,
    /// Where it is, in short.
    pub place: String,
    /// Other words that find it.
    pub also: Vec<String>,
}

/// What a key came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It goes on.
    Open,
    /// This item of the list was picked.
    Picked(usize),
    /// Nothing was picked.
    Left,
}

/// A picker.
#[derive(Debug, Clone)]
pub struct State {
    /// The list.
    pub choices: Vec<Choice>,
    /// What was typed.
    pub typed: String,
    /// The places in the list of those that fit, in order.
    pub fitting: Vec<usize>,
    /// Which of those that fit is meant, from 0.
    pub at: usize,
    sought: Vec<Sought>,
}

/// Longer queries are no queries, in letters.
const MOST_LETTERS: usize = 200;

impl State {
    /// A picker of `choices`, which show in this order.
    pub fn new(choices: Vec<Choice>) -> State {
        let names = |choice: &Choice| {
            let also = choice.also.iter().map(String::as_str);
            Sought::new(std::iter::once(choice.label.as_str()).chain(also), &choice.place)
        };
        let sought = choices.iter().map(names).collect();
        let fitting = (0..choices.len()).collect();
        State { choices, typed: String::new(), fitting, at: 0, sought }
    }

    /// The same with something typed already.
    pub fn with_typed(mut self, typed: &str) -> State {
        self.retype(|own| own.push_str(typed.trim()));
        self
    }

    /// The place in the list of the item that is meant.
    pub fn meant(&self) -> Option<usize> {
        self.fitting.get(self.at).copied()
    }

    /// Takes a key; a page is `page` items long.
    pub fn press(&mut self, key: Key, page: usize) -> Outcome {
        match key {
            Key::Enter => return self.meant().map_or(Outcome::Open, Outcome::Picked),
            Key::Leave => return Outcome::Left,
            Key::Up => self.at = self.at.saturating_sub(1),
            Key::Down => self.at += 1,
            Key::PageUp => self.at = self.at.saturating_sub(page.max(1)),
            Key::PageDown => self.at += page.max(1),
            Key::First => self.at = 0,
            Key::Last => self.at = self.fitting.len(),
            Key::Letter(_) | Key::Pasted(_) if self.typed.chars().count() >= MOST_LETTERS => {}
            Key::Letter(letter) | Key::Pasted(letter) => self.retype(|typed| typed.push(letter)),
            Key::EraseLetter => self.retype(|typed| {
                typed.pop();
            }),
            Key::EraseWord => self.retype(|typed| {
                let kept = typed.trim_end().rfind(char::is_whitespace);
                typed.truncate(kept.map_or(0, |at| at + 1));
            }),
            Key::EraseAll => self.retype(String::clear),
        }
        self.at = self.at.min(self.fitting.len().saturating_sub(1));
        Outcome::Open
    }

    fn retype(&mut self, change: impl FnOnce(&mut String)) {
        change(&mut self.typed);
        self.fitting = rank(&self.sought, &self.typed);
        self.at = 0;
    }
}
