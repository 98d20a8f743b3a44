//! A sentence cut into words, links and breaks.
//!
//! Always true here: words are in order and do not overlap, and between two of them stand only spaces and signs.

use crate::note::link::links;
use crate::text::fold::fold;
use crate::text::span::Span;

/// What ends with a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Break {
    /// Nothing: the next word goes on.
    None,
    /// A comma.
    Comma,
    /// A colon, a dash or a bracket.
    Colon,
    /// A sentence, or a part of one that ends with a semicolon.
    Sentence,
}

/// One word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Where it stands, without the signs around it; of a link the whole link.
    pub span: Span,
    /// The word folded, without `'s`.
    pub folded: String,
    /// Whether `'s` stands at its end.
    pub is_possessive: bool,
    /// Whether it begins with a capital letter.
    pub is_capital: bool,
    /// What it links, where it is a link: the target as written.
    pub link: Option<String>,
    /// What ends with it.
    pub end: Break,
}

/// More words of one sentence are not looked at; what follows stays text.
pub const MOST_WORDS: usize = 2_000;

impl Word {
    /// Whether the next word may belong to the same name.
    pub fn goes_on(&self) -> bool {
        self.end == Break::None && !self.is_possessive
    }
}

/// The words of `text`.
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = 0;
    let links = links(text).filter(|link| !link.embed && !link.target.note.is_empty());
    for link in links {
        plain(text, Span::new(at, link.span.start), &mut words);
        let shown = link.target.display.clone().unwrap_or_else(|| link.target.note.clone());
        words.push(Word {
            span: link.span,
            folded: fold(&shown),
            is_possessive: false,
            is_capital: true,
            link: Some(link.target.note),
            end: Break::None,
        });
        at = link.span.end;
    }
    plain(text, Span::new(at, text.len()), &mut words);
    words.truncate(MOST_WORDS);
    words
}

/// The words between two links. Signs right after a link belong to it.
fn plain(text: &str, within: Span, words: &mut Vec<Word>) {
    let mut start = within.start;
    for piece in within.of(text).split_inclusive(char::is_whitespace) {
        let begin = start;
        start += piece.len();
        let shown = piece.trim();
        let rest = text.get(start..).unwrap_or("");
        let ends_line = piece.ends_with(['\n', '\r']);
        let lone = bare(shown);
        if lone.is_empty() {
            let end = break_of(shown, "", rest, true).max(line_break(ends_line, rest));
            raise(words, end);
            continue;
        }
        let before = shown.find(lone).unwrap_or(0);
        if shown.get(..before).is_some_and(|signs| signs.contains(['(', '—', '–', ';'])) {
            raise(words, Break::Colon);
        }
        let (word, is_possessive) = without_possessive(lone);
        let at = begin + piece.find(shown).unwrap_or(0) + before;
        let after = shown.get(before + lone.len()..).unwrap_or("");
        // A link may follow without a space: then nothing has ended.
        let is_end = piece.len() > shown.len() || start >= text.len();
        let end = if is_end { break_of(after, lone, rest, false) } else { Break::None };
        words.push(Word {
            span: Span::new(at, at + lone.len()),
            folded: fold(word),
            is_possessive,
            is_capital: word.chars().next().is_some_and(char::is_uppercase),
            link: None,
            end: end.max(line_break(ends_line, rest)),
        });
    }
}

fn line_break(ends_line: bool, rest: &str) -> Break {
    if ends_line && !rest.trim().is_empty() { Break::Sentence } else { Break::None }
}

fn raise(words: &mut [Word], end: Break) {
    if let Some(last) = words.last_mut() {
        last.end = last.end.max(end);
    }
}

/// A word without the signs around it; a sign that is part of it (`1:1`, `e-mail`, `3/4`, `#reply`) stays.
fn bare(piece: &str) -> &str {
    let opening = |c: char| "([{\"'“‘«„*_~—–-;,:.!?|>".contains(c);
    let closing = |c: char| ")]}\"'”’»*_~—–-;,:.!?…|".contains(c);
    let start = piece.trim_start_matches(opening);
    start.trim_end_matches(closing)
}

fn without_possessive(word: &str) -> (&str, bool) {
    let cut = ["'s", "’s", "'S", "’S"].iter().find_map(|end| word.strip_suffix(end));
    match cut.filter(|word| !word.is_empty()) {
        Some(word) => (word, true),
        None => (word, false),
    }
}

/// Words after which a full stop ends no sentence.
const SHORT: &[&str] = &[
    "dr", "dra", "mr", "mrs", "ms", "mx", "st", "prof", "profa", "sra", "fr", "sr", "jr", "vs",
    "etc", "approx", "no", "e.g", "i.e", "a.m", "p.m", "ca", "cf",
];

fn break_of(signs: &str, word: &str, rest: &str, is_lone: bool) -> Break {
    let is_short = word.chars().count() == 1 || SHORT.contains(&word.to_lowercase().as_str());
    if signs.contains(';') {
        Break::Sentence
    } else if signs.contains(['.', '!', '?', '…']) && !rest.trim().is_empty() {
        let stops = signs.contains(['!', '?']) || !is_short;
        if stops { Break::Sentence } else { Break::None }
    } else if signs.contains([':', '—', '–', ')', '(']) || (is_lone && signs == "-") {
        Break::Colon
    } else if signs.contains(',') {
        Break::Comma
    } else {
        Break::None
    }
}

#[cfg(test)]
mod tests {
    use crate::features::capture::words::{Break, words};
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        let shown = words(text).into_iter().map(|word| {
            let end = match word.end {
                Break::None => "",
                Break::Comma => ",",
                Break::Colon => ":",
                Break::Sentence => ";",
            };
            let possessive = if word.is_possessive { "'s" } else { "" };
            let link = word.link.map_or_else(String::new, |link| format!("({link})"));
            format!("{}{possessive}{link}{end}", word.folded)
        });
        assert_eq!(shown.collect::<Vec<_>>().join(" "), expected, "{text:?}");
    }

    #[test]
    fn words_links_and_breaks_are_seen() {
        check("Coffee with Ana, João & Bo: fine", "coffee with ana, joao & bo: fine");
        check("saw Dr. Ito. She's well; call her", "saw dr ito; she's well; call her");
        check("[[people/ana|Ana]]'s sister", "ana(people/ana) s sister");
        check("ask [Omar](people/omar.md), ok?", "ask omar(people/omar), ok");
        check("Ana's move (to Porto) - soon", "ana's move: to porto: soon");
        check("one\ntwo 1:1 e-mail #reply 3/4.", "one; two 1:1 e-mail #reply 3/4");
        check("  ", "");
        check("“Ana” said … so", "ana said; so");
    }

    proptest! {
        #[test]
        fn words_are_in_order(text in "([A-Zaé]{0,3}|[ ,;.:'\\n()-]|\\[\\[a\\]\\]|—){0,30}") {
            let found = words(&text);
            let mut at = 0;
            for word in &found {
                prop_assert!(at <= word.span.start && !word.span.is_empty(), "{:?}", found);
                let between = &text[at..word.span.start];
                prop_assert!(!between.contains(char::is_alphanumeric), "{:?} {:?}", between, found);
                at = word.span.end;
            }
            prop_assert!(!text[at..].contains(char::is_alphanumeric), "{:?}", found);
        }
    }
}
