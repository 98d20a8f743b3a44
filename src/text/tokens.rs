//! What a search sees of a text: folded words, and characters and pairs of them where a script writes no spaces.
//!
//! Names and text, notes and queries go through here alone, so that what is typed and what is written meet:
//! - a word is a run of letters and digits, folded as names are; marks, tatweel and invisible characters drop out;
//! - an apostrophe inside a word joins (`O'Brien` is `obrien`), and a possessive `'s` at its end drops out (`Ana's` is
//!   `ana`);
//! - Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese characters each are a token, and so is each pair of
//!   neighbours, so that every piece of a name is found;
//! - a word is cut after [`LONGEST`] bytes: what is longer is no word of a person.
//!
//! Nothing is stemmed.

use crate::text::fold::{fold_character, hangul};
use crate::text::span::Span;
use std::collections::VecDeque;

/// The most bytes that a token has.
pub const LONGEST: usize = 64;

/// A word with so many bytes takes no more letters, since the longest letter might not fit.
const LONGEST_PLAIN: usize = LONGEST - 3;

/// A token of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The folded word, character or pair of characters; never empty.
    pub text: String,
    /// Where it stands in the source text.
    pub span: Span,
    /// The how manieth word or character of the text it is, from 0; a pair counts where its first character does.
    pub position: usize,
}

/// A token that is lent while a text is walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenRef<'a> {
    /// As in [`Token`].
    pub text: &'a str,
    /// As in [`Token`].
    pub span: Span,
    /// As in [`Token`].
    pub position: usize,
}

/// All tokens of `text`, in order.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    visit(text, &mut |token| {
        let TokenRef { text, span, position } = token;
        found.push(Token { text: text.to_owned(), span, position });
    });
    found
}

/// Shows `each` token of `text`, in order, without making a string of each.
pub fn visit(text: &str, each: &mut impl FnMut(TokenRef<'_>)) {
    let mut walk = Walk::new(text);
    while let Some(token) = walk.advance() {
        each(token);
    }
}

/// A walk along the tokens of a text. It needs memory for one token only.
#[derive(Debug, Clone)]
pub struct Walk<'a> {
    letters: Letters<'a>,
    next: Option<Letter>,
    // The token that was made last.
    text: String,
    pair: Option<(char, char, Span)>,
    position: usize,
}

impl<'a> Walk<'a> {
    /// A walk that stands before the first token of `text`.
    pub fn new(text: &'a str) -> Walk<'a> {
        let letters = Letters { text, at: 0, folded: VecDeque::new(), in_word: false };
        Walk { letters, next: None, text: String::new(), pair: None, position: 0 }
    }

    /// The next token; `None` at the end.
    pub fn advance(&mut self) -> Option<TokenRef<'_>> {
        self.text.clear();
        if let Some((first, second, span)) = self.pair.take() {
            self.text.extend([first, second]);
            return Some(TokenRef { text: &self.text, span, position: self.position - 1 });
        }
        let span = match self.plain_word() {
            Some(span) => span,
            None => self.any_token()?,
        };
        self.position += 1;
        Some(TokenRef { text: &self.text, span, position: self.position - 1 })
    }

    /// The next token where it is a word of ASCII letters and digits that ends at ASCII: most words are, and going
    /// letter by letter takes five times as long.
    fn plain_word(&mut self) -> Option<Span> {
        self.next = self.next.filter(|next| next.kind != Kind::Break);
        if self.next.is_some() || !self.letters.folded.is_empty() {
            return None;
        }
        let rest = self.letters.text.as_bytes().get(self.letters.at..)?;
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric();
        let skipped = rest.iter().take_while(|byte| byte.is_ascii() && !is_part(byte)).count();
        let length = rest.iter().skip(skipped).take_while(|byte| is_part(byte)).count();
        let start = self.letters.at + skipped;
        (self.letters.at, self.letters.in_word) = (start, false);
        let span = Span::new(start, start + length);
        let ends = rest.get(skipped + length).is_none_or(|byte| byte.is_ascii() && *byte != b'\'');
        if length == 0 || !ends {
            return None;
        }
        self.letters.at = span.end;
        self.text
            .push_str(Span::new(start, span.end.min(start + LONGEST_PLAIN)).of(self.letters.text));
        self.text.make_ascii_lowercase();
        Some(span)
    }

    fn any_token(&mut self) -> Option<Span> {
        loop {
            let letter = self.take()?;
            match letter.kind {
                Kind::Spaced => return Some(self.word(letter)),
                Kind::Single => return Some(self.single(letter)),
                Kind::Joint | Kind::Break => {}
            }
        }
    }

    fn take(&mut self) -> Option<Letter> {
        self.next.take().or_else(|| self.letters.read())
    }

    fn peek(&mut self) -> Option<Letter> {
        self.next = self.next.or_else(|| self.letters.read());
        self.next
    }

    fn single(&mut self, letter: Letter) -> Span {
        self.text.push(letter.character);
        if let Some(next) = self.peek().filter(|next| next.kind == Kind::Single) {
            let span = Span::new(letter.span.start, next.span.end);
            self.pair = Some((letter.character, next.character, span));
        }
        letter.span
    }

    fn word(&mut self, first: Letter) -> Span {
        let mut span = first.span;
        self.push(first.character);
        // Where the word would end without what follows the last apostrophe.
        let mut joint: Option<(usize, usize)> = None;
        while let Some(next) =
            self.peek().filter(|next| matches!(next.kind, Kind::Spaced | Kind::Joint))
        {
            self.take();
            if next.kind == Kind::Joint {
                joint = Some((self.text.len(), span.end));
            } else {
                self.push(next.character);
                span.end = next.span.end;
            }
        }
        if let Some((length, end)) = joint
            && self.text.get(length..) == Some("s")
        {
            self.text.truncate(length);
            span.end = end;
        }
        span
    }

    fn push(&mut self, character: char) {
        if self.text.len() < LONGEST_PLAIN {
            self.text.push(character);
        }
    }
}

/// What a letter does to the token around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Part of a word.
    Spaced,
    /// A token of its own.
    Single,
    /// An apostrophe inside a word.
    Joint,
    /// Neither letter nor digit.
    Break,
}

/// A folded character and the bytes that it comes from.
#[derive(Debug, Clone, Copy)]
struct Letter {
    character: char,
    span: Span,
    kind: Kind,
}

/// The letters of a text, one after the other.
#[derive(Debug, Clone)]
struct Letters<'a> {
    text: &'a str,
    at: usize,
    // What is left of a character that folds to several.
    folded: VecDeque<Letter>,
    // Whether the last letter was part of a word.
    in_word: bool,
}

impl Letters<'_> {
    fn read(&mut self) -> Option<Letter> {
        while self.folded.is_empty() {
            let start = self.at;
            let character = self.next_character()?;
            self.at += character.len_utf8();
            let character = self.composed(character);
            self.pass_silent();
            let span = Span::new(start, self.at);
            if character.is_ascii() {
                return Some(self.letter(character.to_ascii_lowercase(), span));
            }
            self.unfold(character, span);
        }
        self.folded.pop_front()
    }

    fn next_character(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    /// A Hangul syllable that is spelled in parts (some disks do that to file names), whole.
    fn composed(&mut self, first: char) -> char {
        let mut whole = first;
        while let Some(next) = self.next_character().filter(|next| !next.is_ascii()) {
            let Some(composed) = hangul(whole, next) else { break };
            self.at += next.len_utf8();
            whole = composed;
        }
        whole
    }

    /// Marks belong to the letter before them.
    fn pass_silent(&mut self) {
        while let Some(next) = self.next_character().filter(|next| is_silent(*next)) {
            self.at += next.len_utf8();
        }
    }

    fn unfold(&mut self, character: char, span: Span) {
        let mut folded = std::mem::take(&mut self.folded);
        fold_character(character, &mut |part| {
            let whole = folded.back().and_then(|last: &Letter| hangul(last.character, part));
            match (whole, folded.back_mut()) {
                (Some(whole), Some(last)) => last.character = whole,
                _ if is_unseen(part) => {}
                _ => folded.push_back(self.letter(part, span)),
            }
        });
        self.folded = folded;
    }

    /// `character`, which is folded, as it stands after the letters before it.
    fn letter(&mut self, character: char, span: Span) -> Letter {
        let kind = match character {
            joint if is_apostrophe(joint) && self.in_word && self.word_follows() => Kind::Joint,
            other if is_letter(other) && other != 'ʻ' => {
                if is_single(other) {
                    Kind::Single
                } else {
                    Kind::Spaced
                }
            }
            _ => Kind::Break,
        };
        self.in_word = kind == Kind::Spaced;
        Letter { character, span, kind }
    }

    fn word_follows(&self) -> bool {
        self.next_character().is_some_and(|next| is_letter(next) && !is_single(next))
    }
}

/// Letters and digits. Those of the common scripts need no look into the tables.
fn is_letter(character: char) -> bool {
    match character {
        '\0'..='\u{7f}' => character.is_ascii_alphanumeric(),
        '\u{f8}'..='\u{2af}'
        | '\u{400}'..='\u{481}'
        | '\u{5d0}'..='\u{5ea}'
        | '\u{620}'..='\u{64a}'
        | '\u{905}'..='\u{939}'
        | '\u{e01}'..='\u{e30}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' => true,
        '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{3004}' | '\u{ff01}'..='\u{ff0f}' => false,
        other => other.is_alphanumeric(),
    }
}

/// What drops out of a word without ending it: marks, tatweel, and what is not seen at all.
fn is_silent(character: char) -> bool {
    !is_surely_seen(character) && (is_unseen(character) || folds_to_nothing(character))
}

/// Letters of the common scripts, which need no look into the tables.
fn is_surely_seen(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{370}'..='\u{482}' | '\u{621}'..='\u{63f}'
            | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
    )
}

fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{640}' | '\u{180e}' | '\u{feff}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
    )
}

/// Whether the letters before and after `character` may be neighbours in a word: it drops out, or is an apostrophe.
pub fn may_drop_out(character: char) -> bool {
    let mut drops = true;
    fold_character(character, &mut |part| drops &= is_unseen(part) || is_apostrophe(part));
    drops
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | 'ʻ' | '\u{5f3}' | '\u{5f4}')
}

fn folds_to_nothing(character: char) -> bool {
    let mut nothing = true;
    fold_character(character, &mut |_| nothing = false);
    nothing
}

/// Whether `character` belongs to a script that writes no spaces between words, or whose words take endings without
/// one (Korean).
fn is_single(character: char) -> bool {
    matches!(
        character,
        // Thai and Lao, Burmese, Khmer.
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
            | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aa7f}'
            // Hangul.
            | '\u{1100}'..='\u{11ff}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}'
            // Radicals, kana, bopomofo, ideographs and their compatibility forms.
            | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{1aff0}'..='\u{1b16f}'
            | '\u{20000}'..='\u{323af}'
    )
}

#[cfg(test)]
mod tests {
    use crate::text::fold::{fold, nfc};
    use crate::text::tokens::{
        LONGEST, Token, folds_to_nothing, is_letter, is_surely_seen, is_unseen, tokens,
    };
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        let found = tokens(text);
        let words = found.iter().map(|token| token.text.as_str()).collect::<Vec<_>>();
        assert_eq!(words.join(" "), expected, "{text:?}");
    }

    #[test]
    fn the_short_way_to_know_a_letter_is_that_of_the_tables() {
        for character in char::MIN..=char::MAX {
            assert_eq!(is_letter(character), character.is_alphanumeric(), "{character:?}");
        }
    }

    #[test]
    fn words_fold_and_split_at_what_is_no_letter_or_digit() {
        check(
            "  João FARIA, 2026-10-12: ana_lima@example.org ",
            "joao faria 2026 10 12 ana lima example org",
        );
        check(
            "Łukasz Strauß Åse Øyvind Þóra Æsa Đorđe ılık İstanbul",
            "lukasz strauss ase oyvind thora aesa dorde ilik istanbul",
        );
        check("ΝΊΚΟΣ Νίκος", "νικοσ νικοσ");
        check("Ｆｕｌｌ ﬁn ½", "full fin 1 2");
        check("", "");
        check("🎂 — …", "");
    }

    #[test]
    fn an_apostrophe_joins_and_a_possessive_drops_out() {
        check("O'Brien O’Brien d'Arc", "obrien obrien darc");
        check(
            "Ana's kiln, O’Brien's too, the Silvas' house, 'quoted'",
            "ana kiln obrien too the silvas house quoted",
        );
        check("צה״ל", "צהל");
        check("s 's it's", "s s it");
    }

    #[test]
    fn marks_and_what_is_unseen_drop_out() {
        check("مُحَمَّد مـــحمد", "محمد محمد");
        check("שָׁלוֹם", "שלום");
        check("Joa\u{303}o so\u{ad}ft a\u{200e}b", "joao soft ab");
        check("\u{feff}\u{301}Ana", "ana");
    }

    #[test]
    fn vowel_signs_are_letters_where_they_are_heard() {
        check("मीरा मरा", "मीरा मरा");
        check("ศิริ", "ศ ศิ ิ ิร ร ริ ิ");
    }

    #[test]
    fn scripts_without_spaces_give_characters_and_pairs() {
        check("王小明", "王 王小 小 小明 明");
        check("김민지 ann", "김 김민 민 민지 지 ann");
        check("サクラ・ﾐﾎ", "サ サク ク クラ ラ ミ ミホ ホ");
        check("abc王x", "abc 王 x");
    }

    #[test]
    fn a_syllable_in_parts_is_the_same_syllable() {
        check("\u{1100}\u{1175}\u{11b7}", "김");
    }

    #[test]
    fn spans_are_where_the_token_stands() {
        let text = "«Joa\u{303}o»'s 王小: Ana's";
        let found = tokens(text);
        let spans = found.iter().map(|token| token.span.of(text)).collect::<Vec<_>>();
        assert_eq!(spans, ["Joa\u{303}o", "s", "王", "王小", "小", "Ana"]);
        let positions = found.iter().map(|token| token.position).collect::<Vec<_>>();
        assert_eq!(positions, [0, 1, 2, 2, 3, 4]);
    }

    #[test]
    fn a_very_long_word_is_cut() {
        let found = tokens(&"é".repeat(100_000));
        assert_eq!(found.len(), 1);
        assert!((LONGEST - 4..=LONGEST).contains(&found[0].text.len()));
        assert_eq!(found[0].span.end, 200_000);
    }

    #[test]
    fn what_is_surely_seen_does_not_drop_out() {
        for character in (char::MIN..=char::MAX).filter(|character| is_surely_seen(*character)) {
            let drops_out = is_unseen(character) || folds_to_nothing(character);
            assert!(!drops_out, "{character:?}");
        }
    }

    proptest! {
        #[test]
        fn tokens_are_the_words_of_the_folded_text(text in "[a-zA-ZÀ-ňŋ-žΑ-ωА-я0-9 .,_-]{0,40}") {
            let folded = fold(&text);
            let words = folded.split(|character: char| !character.is_alphanumeric());
            let words = words.filter(|word| !word.is_empty()).collect::<Vec<_>>();
            prop_assert_eq!(tokens(&text).into_iter().map(|token| token.text).collect::<Vec<_>>(), words);
        }

        #[test]
        fn plain_words_are_cut_as_all_words_are(text in "[a-cSs0-9' .ǆé王\u{301}-]{0,40}", long in "[a-z]{50,70}") {
            let full_width = |letter: char| match letter {
                '0'..='9' | 'a'..='z' | 'A'..='Z' => char::from_u32(letter as u32 + 0xfee0).unwrap(),
                other => other,
            };
            let text = format!("{text} {long}");
            let wide = text.chars().map(full_width).collect::<String>();
            let told = |text: &str| tokens(text).into_iter().map(|token| (token.text, token.position)).collect::<Vec<_>>();
            prop_assert_eq!(told(&text), told(&wide));
        }

        #[test]
        fn spans_lie_in_order_on_characters(text in "\\PC{0,60}") {
            let mut last = (0, 0);
            for token in tokens(&text) {
                prop_assert!(!token.text.is_empty() && token.text.len() <= LONGEST);
                prop_assert!(!token.span.of(&text).is_empty());
                prop_assert!((token.position, token.span.start) >= last);
                last = (token.position, token.span.start);
            }
        }

        #[test]
        fn a_token_is_its_own_token(text in "\\PC{0,30}") {
            // Parts of Hangul syllables that were written one by one are put together the next time.
            let jamo = |token: &Token| token.text.contains(|part| matches!(part, '\u{1100}'..='\u{11ff}'));
            for token in tokens(&text).into_iter().filter(|token| !jamo(token)) {
                let again = tokens(&token.text);
                prop_assert_eq!(again.iter().map(|token| token.position).max().unwrap_or(9) < 2, true);
                prop_assert!(again.iter().any(|other| other.text == token.text), "{:?}", token);
            }
        }

        #[test]
        fn both_normal_forms_give_the_same_tokens(text in "[a-zé-žΑ-ώ가-힣あ-ン ]{0,20}") {
            let composed = tokens(&nfc(&text)).into_iter().map(|token| token.text).collect::<Vec<_>>();
            let apart = text.chars().flat_map(decomposed).collect::<String>();
            let found = tokens(&apart).into_iter().map(|token| token.text).collect::<Vec<_>>();
            prop_assert_eq!(found, composed);
        }

        #[test]
        fn any_two_neighbours_of_a_chinese_name_are_found(name in "[一-龥]{2,6}") {
            let characters = name.chars().collect::<Vec<_>>();
            let found = tokens(&name);
            for pair in characters.windows(2) {
                let pair = pair.iter().collect::<String>();
                prop_assert!(found.iter().any(|token| token.text == pair));
            }
        }
    }

    fn decomposed(character: char) -> Vec<char> {
        let mut parts = Vec::new();
        unicode_normalization::char::decompose_canonical(character, |part| parts.push(part));
        parts
    }
}
