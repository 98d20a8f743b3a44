//! Where a term may stand in a text, found without cutting all of it into words.
//!
//! Always true here: no line that has a term of one token ([`TextTerm::places`]) is passed over. One that is given may
//! still be without it.
//!
//! Why that is so: the letters of the term come from a stretch of the text. Where that stretch is nothing but ASCII
//! letters and digits, it is the term itself, in capitals or not. Else there is a character in it that is not ASCII, or
//! an apostrophe. Such a character adds a letter of the term; or it drops out, and then the characters on both sides of
//! it are in the stretch too. What stands between two ASCII characters that are in no word is cut into the same words
//! alone as within the text, so a look into that much decides.

use crate::text::byte_scan::{first_of_others, place_ignoring_case};
use crate::text::fold::fold_character;
use crate::text::span::Span;
use crate::text::term::{Place, TextTerm};
use crate::text::tokens::may_drop_out;

/// A term, and what is known of the characters that were met.
#[derive(Debug, Clone)]
pub struct Sieve<'t> {
    term: &'t TextTerm,
    sought: Sought,
    // Of each of the first characters of Unicode its part, where it was looked up: that takes fifty times as long as
    // knowing it, and most that are met are met again.
    met: Vec<Option<Part>>,
}

/// The scripts of most notes but for ideographs and syllables, whose part is told without a table.
const REMEMBERED: usize = 0x3100;

/// What a term is, as far as it matters here.
#[derive(Debug, Clone)]
enum Sought {
    /// A word of ASCII letters and digits.
    Ascii(String),
    /// A word with this letter, which is not ASCII and so comes from a character that is not.
    Letter(char),
    /// A phrase: more than a token, which may go on in the next line.
    Anything,
}

/// The part that a character may have in a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// None.
    Nothing,
    /// It may stand between letters of the term.
    DropsOut,
    /// It gives a letter.
    Letter,
}

impl<'t> Sieve<'t> {
    /// The sieve of `term`.
    pub fn of(term: &'t TextTerm) -> Sieve<'t> {
        let sought = match term {
            TextTerm::Word(word) | TextTerm::Prefix(word) => {
                match word.chars().find(|letter| !letter.is_ascii()) {
                    Some(letter) => Sought::Letter(letter),
                    None => Sought::Ascii(word.clone()),
                }
            }
            TextTerm::Phrase(_) => Sought::Anything,
        };
        Sieve { term, sought, met: vec![None; REMEMBERED] }
    }

    /// The term.
    pub fn term(&self) -> &'t TextTerm {
        self.term
    }

    /// The places in `text`.
    pub fn places<'a>(&'a mut self, text: &'a str) -> Places<'a, 't> {
        Places { sieve: self, text, plain: None }
    }

    fn part(&mut self, character: char) -> Part {
        let place = u32::from(character) as usize;
        if let Some(Some(known)) = self.met.get(place) {
            return *known;
        }
        let part = match &self.sought {
            Sought::Ascii(word) => part_of(character, word),
            Sought::Letter(letter) if gives(character, *letter) => Part::Letter,
            Sought::Letter(_) => Part::Nothing,
            Sought::Anything => Part::Letter,
        };
        if let Some(met) = self.met.get_mut(place) {
            *met = Some(part);
        }
        part
    }
}

/// The part of a character in a word of ASCII.
fn part_of(character: char, word: &str) -> Part {
    let mut gives = false;
    fold_character(character, &mut |letter| gives |= word.contains(letter));
    match gives {
        true => Part::Letter,
        false if may_drop_out(character) => Part::DropsOut,
        false => Part::Nothing,
    }
}

/// Whether `character` folds to `wanted`, or to a part of it: Korean syllables may be spelled in parts.
fn gives(character: char, wanted: char) -> bool {
    let is_korean = matches!(wanted, '\u{ac00}'..='\u{d7a3}');
    let mut gives = false;
    fold_character(character, &mut |letter| {
        gives |= letter == wanted || (is_korean && matches!(letter, '\u{1100}'..='\u{11ff}'));
    });
    gives
}

/// The places in one text where a term may stand.
#[derive(Debug)]
pub struct Places<'a, 't> {
    sieve: &'a mut Sieve<'t>,
    text: &'a str,
    // The first place of the word as it is, from where was looked last; the end of the text where there is none. It is
    // kept so that a text with many other places is looked through once.
    plain: Option<usize>,
}

impl Places<'_, '_> {
    /// A place from `from` on, which is the start of a line, so that the term is in no line before that of the place;
    /// `None` where it is in none.
    pub fn next(&mut self, from: usize) -> Option<usize> {
        let end = self.text.len();
        let plain = self.plain.filter(|plain| *plain >= from).unwrap_or_else(|| self.plain(from));
        self.plain = Some(plain);
        self.other(from, plain).or(Some(plain)).filter(|at| *at < end)
    }

    fn plain(&self, from: usize) -> usize {
        let rest = self.text.get(from..).unwrap_or_default();
        match &self.sieve.sought {
            Sought::Ascii(word) => {
                place_ignoring_case(rest, word).map_or(self.text.len(), |at| from + at)
            }
            Sought::Letter(_) => self.text.len(),
            Sought::Anything => from,
        }
    }

    /// The first place before `to` at which the term stands, not as it is.
    fn other(&mut self, mut from: usize, to: usize) -> Option<usize> {
        loop {
            let at = from + first_of_others(self.text.get(from..to)?, b'\'')?;
            let character = self.text.get(at..)?.chars().next()?;
            from = at + character.len_utf8();
            let may_be_in = match self.sieve.part(character) {
                Part::Nothing => false,
                Part::Letter => true,
                Part::DropsOut => self.is_between(at, from),
            };
            if may_be_in {
                let stretch = stretch(self.text, at);
                if self.sieve.term.stands_in(stretch.of(self.text), Place::Text) {
                    return Some(at);
                }
                from = stretch.end;
            }
        }
    }

    /// Whether the characters on both sides of what stands from `start` to `end` may be in the term.
    fn is_between(&mut self, start: usize, end: usize) -> bool {
        let before = self.text.get(..start).and_then(|before| before.chars().next_back());
        let after = self.text.get(end..).and_then(|after| after.chars().next());
        let mut may_be_in = |side: Option<char>| {
            side.is_some_and(|character| self.sieve.part(character) != Part::Nothing)
        };
        may_be_in(before) && may_be_in(after)
    }
}

/// What stands around `at` between two ASCII characters that are in no word.
fn stretch(text: &str, at: usize) -> Span {
    let is_edge = |character: char| {
        character.is_ascii() && !character.is_ascii_alphanumeric() && character != '\''
    };
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let start = before.rfind(is_edge).map_or(0, |edge| edge + 1);
    Span::new(start, after.find(is_edge).map_or(text.len(), |edge| at + edge))
}

#[cfg(test)]
mod tests {
    use crate::text::sieve::Sieve;
    use crate::text::term::{Place, TextTerm};
    use crate::text::tokens::tokens;
    use proptest::prelude::*;

    /// The numbers of the lines that the sieve gives, from 0.
    fn given(term: &TextTerm, text: &str) -> Vec<usize> {
        let mut sieve = Sieve::of(term);
        let mut places = sieve.places(text);
        let (mut given, mut from) = (Vec::new(), 0);
        while let Some(at) = places.next(from) {
            given.push(text[..at].matches('\n').count());
            from = at + text[at..].find('\n').map_or(text.len() - at, |end| end + 1);
        }
        given
    }

    fn check(term: &str, text: &str, expected: &[usize]) {
        let term = match term.strip_suffix('*') {
            Some(start) => TextTerm::of_prefix(start).remove(0),
            None => TextTerm::of_word(term).unwrap(),
        };
        assert_eq!(given(&term, text), expected, "{term:?} {text:?}");
    }

    #[test]
    fn lines_without_the_letters_are_passed_over() {
        check("choir", "the cat\nCHOIR\nchó\nthe choirs\n", &[1, 3]);
        check("choir", "chóir\nch\u{ad}oir\nc'hoir\n\u{ff23}hoir\nchöir’s\n", &[0, 1, 2, 3, 4]);
        check("choir", "Ana's kiln\nrío\nO’Brien\nпение\n王小明\nحديقة\n", &[]);
        check("straß*", "Strasse\nSTRAẞE\nstra\nStraße\n", &[0, 1, 3]);
        check("мария", "Maria\nМАРИЯ\nмарий\n", &[1]);
        check("王", "小明\n小王明\n", &[1]);
        check("가", "나\n가\n\u{1100}\u{1161}\n㉮\n", &[1, 2, 3]);
    }

    #[test]
    fn any_line_may_have_a_phrase() {
        check("jean-luc", "a\nb", &[0, 1]);
    }

    /// Letters of many scripts that fold to one another, to several or to nothing, and what stands between them.
    const LETTERS: &str = "[aAbciIsSkfx1'’ʻ׳״éßẞﬁıİſKÅ½ⅧĳＡ\u{301}\u{306}\u{307}\u{ad}\u{200d}\u{200c}\u{640}йибςΣσ王小ア\
        가각\u{1100}\u{1161}\u{11a8}㉮ﾡกำ้ສມمحّאב\u{5b0}क्िक़\u{93c}ொ\u{bc6}ấ🎂— \n\t.-]{0,40}";

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

        #[test]
        fn no_line_that_has_the_term_is_passed_over(text in LETTERS, other in LETTERS, at in any::<prop::sample::Index>(), cut in 1usize..4, is_whole: bool) {
            // A word of the text itself, so that it is there, and often in another spelling too.
            let words = tokens(&format!("{text} {other} ab"));
            let word = &at.get(&words).text;
            let start = word.chars().take(cut).collect::<String>();
            let term = if is_whole { TextTerm::Word(word.clone()) } else { TextTerm::Prefix(start) };
            let given = given(&term, &text);
            for (number, line) in text.split('\n').enumerate() {
                let stands = !term.places(line, Place::Text).is_empty();
                prop_assert!(!stands || given.contains(&number), "{:?} {:?}", term, line);
            }
        }

        #[test]
        fn a_stretch_is_cut_into_words_as_it_is_within_the_text(text in LETTERS) {
            let is_edge = |letter: char| letter.is_ascii() && !letter.is_ascii_alphanumeric() && letter != '\'';
            let alone = text.split(is_edge).flat_map(tokens).map(|token| token.text).collect::<Vec<_>>();
            let within = tokens(&text).into_iter().map(|token| token.text).collect::<Vec<_>>();
            prop_assert_eq!(alone, within);
        }
    }
}
