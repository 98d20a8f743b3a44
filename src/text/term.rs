//! What one search term matches, and how well: the one meaning that the index and every other search keep.
//!
//! A note has names (its name, its aliases, its file stem) and text (all that stands in the file). Names are compared
//! word by word and are never stemmed. The better the [`Tier`], the earlier a note is shown.
//!
//! What is typed is read as notes are ([`tokens`](crate::text::tokens)): `O'Brien` is one word, `Jean-Luc` and
//! `王小明` are phrases of their parts.

use crate::text::span::Span;
use crate::text::tokens::{Token, TokenRef, Walk, tokens};
use crate::text::typo::is_misspelt;
use std::ops::ControlFlow::{self, Break, Continue};

/// One thing that is searched for. The words in it are tokens.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TextTerm {
    /// A word: of a name, of the start of a name's word, of a name's word with a slip or two, or of the text.
    Word(String),
    /// The start of a word, in names or text: `climb*`.
    Prefix(String),
    /// Words that follow each other in one name or in the text, right as they are typed.
    Phrase(Vec<String>),
}

/// How well a note matches a term, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// A name has the word or the phrase.
    ExactName,
    /// A word of a name starts so.
    NamePrefix,
    /// A word of a name is near ([`typo`](crate::text::typo)).
    Misspelt,
    /// The text has it.
    Text,
}

/// What kind of text is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// One name of a note.
    Name,
    /// The text of a note.
    Text,
}

impl TextTerm {
    /// The term of a word as it was typed; `None` where no letter or digit is in it.
    pub fn of_word(typed: &str) -> Option<TextTerm> {
        let mut parts = parts(typed);
        match parts.len() {
            0 => None,
            1 => parts.pop().map(TextTerm::Word),
            _ => Some(TextTerm::Phrase(parts)),
        }
    }

    /// The term of what was typed between quotes; `None` where no letter or digit is in it.
    pub fn of_phrase(typed: &str) -> Option<TextTerm> {
        let parts = parts(typed);
        (!parts.is_empty()).then_some(TextTerm::Phrase(parts))
    }

    /// The terms of what was typed before a `*`, all of which a note must match: `jo`, or of `jean-lu` the phrase
    /// `jean` and the start `lu`. None where no letter or digit is in it.
    pub fn of_prefix(typed: &str) -> Vec<TextTerm> {
        let mut parts = parts(typed);
        let prefix = parts.pop().map(TextTerm::Prefix);
        let before = (!parts.is_empty()).then_some(TextTerm::Phrase(parts));
        before.into_iter().chain(prefix).collect()
    }

    /// How well a note with these `names` and this `text` matches; `None` where it does not.
    pub fn tier(&self, names: &[impl AsRef<str>], text: &str) -> Option<Tier> {
        let tiers = names.iter().filter_map(|name| self.tier_in(name.as_ref(), Place::Name));
        tiers.min().or_else(|| self.tier_in(text, Place::Text))
    }

    fn tier_in(&self, text: &str, place: Place) -> Option<Tier> {
        let mut best = None;
        let _ = self.find(text, place, &mut |tier, _| {
            best = Some(best.map_or(tier, |best: Tier| best.min(tier)));
            if place == Place::Text || best == Some(Tier::ExactName) {
                Break(())
            } else {
                Continue(())
            }
        });
        best
    }

    /// Where `text` matches, for showing it: in order, none touching another.
    pub fn places(&self, text: &str, place: Place) -> Vec<Span> {
        let mut places: Vec<Span> = Vec::new();
        let _ = self.find(text, place, &mut |_, span| {
            match places.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => places.push(span),
            }
            Continue(())
        });
        places
    }

    /// Whether it stands anywhere in `text`.
    pub fn stands_in(&self, text: &str, place: Place) -> bool {
        self.find(text, place, &mut |_, _| Break(())).is_break()
    }

    /// Whether one token is all of it, so that it stands in one line where it stands at all.
    pub fn is_one_token(&self) -> bool {
        matches!(self, TextTerm::Word(_) | TextTerm::Prefix(_))
    }

    fn find(
        &self,
        text: &str,
        place: Place,
        each: &mut impl FnMut(Tier, Span) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        if let TextTerm::Phrase(parts) = self {
            return find_phrase(parts, text, place, each);
        }
        let mut walk = Walk::new(text);
        while let Some(token) = walk.advance() {
            if let Some(tier) = self.token_tier(token.text, place) {
                each(tier, token.span)?;
            }
        }
        Continue(())
    }

    /// How well one token of a note matches; `None` where it does not, and for a phrase, which is more than a token.
    pub fn token_tier(&self, token: &str, place: Place) -> Option<Tier> {
        match (self, place) {
            (TextTerm::Word(word), Place::Name) if token == word => Some(Tier::ExactName),
            (TextTerm::Word(word), Place::Name) if token.starts_with(word) => {
                Some(Tier::NamePrefix)
            }
            (TextTerm::Word(word), Place::Name) => {
                is_misspelt(word, token).then_some(Tier::Misspelt)
            }
            (TextTerm::Word(word), Place::Text) => (token == word).then_some(Tier::Text),
            (TextTerm::Prefix(start), Place::Name) if token == start => Some(Tier::ExactName),
            (TextTerm::Prefix(start), Place::Name) => {
                token.starts_with(start).then_some(Tier::NamePrefix)
            }
            (TextTerm::Prefix(start), Place::Text) => {
                token.starts_with(start).then_some(Tier::Text)
            }
            (TextTerm::Phrase(_), _) => None,
        }
    }
}

/// The tokens at which a note must show what was `typed`, one a position: of a script without spaces the pairs, since
/// they say more than the characters.
fn parts(typed: &str) -> Vec<String> {
    let mut parts: Vec<Token> = Vec::new();
    for token in tokens(typed) {
        match parts.last_mut() {
            Some(last) if last.position == token.position => *last = token,
            _ => parts.push(token),
        }
    }
    // The last character is in the pair before it already.
    if let [.., pair, last] = parts.as_slice()
        && pair.span.end == last.span.end
    {
        parts.pop();
    }
    parts.into_iter().map(|token| token.text).collect()
}

/// A phrase that has begun.
struct Begun {
    start: usize,
    // The part that must come next, and where.
    part: usize,
    position: usize,
}

fn find_phrase(
    parts: &[String],
    text: &str,
    place: Place,
    each: &mut impl FnMut(Tier, Span) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let tier = if place == Place::Name { Tier::ExactName } else { Tier::Text };
    let mut begun: Vec<Begun> = Vec::new();
    let mut walk = Walk::new(text);
    while let Some(token) = walk.advance() {
        begun.retain(|phrase| phrase.position >= token.position);
        begun.push(Begun { start: token.span.start, part: 0, position: token.position });
        let found = step(&mut begun, parts, token);
        for start in found {
            each(tier, Span::new(start, token.span.end))?;
        }
    }
    Continue(())
}

/// Takes the phrases on that go on with `token`; gives the starts of those that are whole with it.
fn step(begun: &mut Vec<Begun>, parts: &[String], token: TokenRef<'_>) -> Vec<usize> {
    let mut whole = Vec::new();
    for phrase in begun.iter_mut().filter(|phrase| phrase.position == token.position) {
        if parts.get(phrase.part).is_some_and(|part| part == token.text) {
            phrase.part += 1;
            phrase.position += 1;
            if phrase.part == parts.len() {
                whole.push(phrase.start);
            }
        }
    }
    begun.retain(|phrase| phrase.part > 0 && phrase.part < parts.len());
    whole
}

#[cfg(test)]
mod tests {
    use crate::text::term::{Place, TextTerm, Tier};
    use proptest::prelude::*;

    fn word(typed: &str) -> TextTerm {
        TextTerm::of_word(typed).unwrap()
    }

    fn phrase(typed: &str) -> TextTerm {
        TextTerm::of_phrase(typed).unwrap()
    }

    fn check(term: &TextTerm, names: &[&str], text: &str, expected: Option<Tier>) {
        assert_eq!(term.tier(names, text), expected, "{term:?} {names:?} {text:?}");
    }

    #[test]
    fn a_word_finds_names_before_text() {
        let garcia = &["José García", "Pepe", "jose-garcia"];
        check(&word("GARCIA"), garcia, "", Some(Tier::ExactName));
        check(&word("garc"), garcia, "", Some(Tier::NamePrefix));
        check(&word("gacria"), garcia, "", Some(Tier::Misspelt));
        check(&word("Kathrin"), &["Katherine Ng"], "", Some(Tier::Misspelt));
        check(&word("kiln"), garcia, "The kiln article", Some(Tier::Text));
        check(&word("kil"), garcia, "The kiln article", None);
        check(&word("o'brien"), &["Siobhán O’Brien"], "", Some(Tier::ExactName));
        check(&word("garcia"), &["Garcia"], "Garcia again", Some(Tier::ExactName));
    }

    #[test]
    fn a_prefix_finds_words_that_start_so() {
        let prefix = |typed: &str| TextTerm::of_prefix(typed);
        assert_eq!(prefix("Jean-Lu"), [phrase("jean"), TextTerm::Prefix("lu".into())]);
        check(&prefix("climb")[0], &["Ana"], "went climbing", Some(Tier::Text));
        check(&prefix("an")[0], &["Ana"], "", Some(Tier::NamePrefix));
        check(&prefix("ana")[0], &["Ana"], "", Some(Tier::ExactName));
        check(&prefix("gac")[0], &["García"], "", None);
        assert_eq!(prefix("*"), []);
    }

    #[test]
    fn a_phrase_is_found_within_one_name_or_the_text() {
        check(&phrase("ana lima"), &["Ana Lima"], "", Some(Tier::ExactName));
        check(&phrase("ana lima"), &["Ana", "Lima"], "", None);
        check(&phrase("moved to Porto"), &["Ana"], "She moved to\nPorto.", Some(Tier::Text));
        check(&phrase("to moved"), &["Ana"], "She moved to Porto", None);
        check(&phrase("a a b"), &["Ana"], "a a a b", Some(Tier::Text));
        check(&phrase("gacria"), &["García"], "", None);
        check(&word("jean-luc"), &["Jean-Luc Picard"], "", Some(Tier::ExactName));
        check(&TextTerm::Phrase(Vec::new()), &["Ana"], "a", None);
    }

    #[test]
    fn pieces_of_names_without_spaces_are_found() {
        assert_eq!(word("王小明"), TextTerm::Phrase(vec!["王小".into(), "小明".into()]));
        for typed in ["王", "小明", "王小明", "\"王小\""] {
            check(&word(typed), &["王小明"], "", Some(Tier::ExactName));
        }
        check(&word("王明"), &["王小明"], "", None);
        check(&word("王小明"), &["小王明"], "明王小 小明", None);
        check(&word("김민"), &["김민지"], "", Some(Tier::ExactName));
        check(&phrase("王小明 ana"), &[], "x 王小明 Ana", Some(Tier::Text));
        check(&phrase("王小明 ana"), &[], "x 王小明 明 Ana", None);
    }

    #[test]
    fn what_has_no_letter_is_no_term() {
        assert_eq!(TextTerm::of_word("🎂!"), None);
        assert_eq!(TextTerm::of_phrase(""), None);
    }

    #[test]
    fn places_are_what_a_person_sees() {
        let check = |term: &TextTerm, text: &str, place: Place, expected: &[&str]| {
            let places = term.places(text, place);
            assert_eq!(places.iter().map(|span| span.of(text)).collect::<Vec<_>>(), expected);
        };
        check(&word("ana"), "Ana's kiln. ANA, Anabel", Place::Text, &["Ana", "ANA"]);
        check(&word("ana"), "Anabel", Place::Name, &["Anabel"]);
        check(&phrase("to porto"), "moved to  Porto", Place::Text, &["to  Porto"]);
        check(&word("王小明"), "和王小明、小明", Place::Text, &["王小明"]);
    }

    proptest! {
        #[test]
        fn any_piece_of_a_text_is_found_as_a_phrase(words in prop::collection::vec("[aá王小한b]{1,4}", 1..6), from in 0usize..6, count in 1usize..6) {
            let text = words.join(" ");
            let from = from.min(words.len() - 1);
            let piece = words[from..(from + count).min(words.len())].join(" ");
            prop_assert_eq!(TextTerm::of_phrase(&piece).unwrap().tier(&[""; 0], &text), Some(Tier::Text));
            prop_assert_eq!(TextTerm::of_phrase(&piece).unwrap().tier(&[&text], ""), Some(Tier::ExactName));
        }

        #[test]
        fn a_phrase_is_found_as_by_looking_everywhere(text in "[ab ]{0,14}", typed in "[ab]( [ab]){0,3}") {
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            let (all, wanted) = (words(&text), words(&typed));
            let expected = all.windows(wanted.len()).any(|window| window == wanted);
            let found = TextTerm::of_phrase(&typed).unwrap().tier(&[""; 0], &text);
            prop_assert_eq!(found, expected.then_some(Tier::Text));
        }

        #[test]
        fn a_word_of_a_name_finds_the_name(name in "\\PC{1,20}", text in "\\PC{0,20}") {
            if let Some(term) = TextTerm::of_word(&name) {
                prop_assert_eq!(term.tier(&[&name], &text), Some(Tier::ExactName));
            }
        }
    }
}
