//! Folding: the form in which names are compared, and slugs for file names.

use std::sync::atomic::{AtomicU64, Ordering};
use unicode_normalization::char::{compose, decompose_compatible, is_combining_mark};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// `text` in the form in which names are compared: compatibility-decomposed, without marks (accents), lower case,
/// with the letters that have no decomposition spelled out (`ł` l, `ø` o, `ß` ss, `æ` ae, `đ` d, `þ` th, `ı` i),
/// white space runs as one space, none at the ends.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return fold_ascii(text);
    }
    let mut folded = Spaced::of_about(text.len());
    for character in text.chars() {
        match simple(character) {
            Some(letter) => folded.push(letter),
            None => fold_by_tables(character, is_combining_mark, &mut |letter| folded.push(letter)),
        }
    }
    folded.text
}

fn fold_ascii(text: &str) -> String {
    if is_spaced(text.as_bytes()) {
        return text.to_ascii_lowercase();
    }
    let mut folded = Spaced::of_about(text.len());
    text.chars().for_each(|character| folded.push(character.to_ascii_lowercase()));
    folded.text
}

/// Whether ASCII text has no white space but single spaces between words. The bytes are looked at without a branch,
/// many at once: most names are like this.
fn is_spaced(text: &[u8]) -> bool {
    let odd = text.iter().fold(false, |odd, byte| odd | (byte.wrapping_sub(b'\t') < 5));
    let pairs = text.iter().zip(text.get(1..).unwrap_or(&[]));
    let odd = pairs.fold(odd, |odd, (one, next)| odd | ((*one == b' ') & (*next == b' ')));
    !odd && text.first() != Some(&b' ') && text.last() != Some(&b' ')
}

/// What a letter folds to that folds to one letter whatever stands around it, as those of most names do; `None` says
/// nothing.
fn simple(character: char) -> Option<char> {
    let small = |character: char| char::from_u32(u32::from(character) + 0x20);
    match character {
        '\0'..='\x7f' => Some(character.to_ascii_lowercase()),
        '\u{c0}'..='\u{17f}' => latin(character),
        '\u{391}'..='\u{3a1}'
        | '\u{3a3}'..='\u{3a9}'
        | '\u{410}'..='\u{418}'
        | '\u{41a}'..='\u{42f}' => small(character),
        // Those are taken apart, or dropped.
        '\u{ac00}'..='\u{d7a3}' | '\u{e31}' => None,
        _ => is_plain(character).then_some(character),
    }
}

fn spell_out(lower: char, emit: &mut impl FnMut(char)) {
    let two = match lower {
        'ß' => ['s', 's'],
        'æ' => ['a', 'e'],
        'œ' => ['o', 'e'],
        'þ' => ['t', 'h'],
        'ł' => return emit('l'),
        'ø' => return emit('o'),
        'đ' | 'ð' => return emit('d'),
        'ı' => return emit('i'),
        'ς' => return emit('σ'),
        '’' | 'ʼ' => return emit('\''),
        other => return emit(other),
    };
    two.into_iter().for_each(emit);
}

/// One character folded as [`fold`] does it, given to `emit` letter by letter, for those who must know where in the
/// text each letter comes from. Two things stay that `fold` takes apart or drops: Hangul syllables, and the vowel
/// signs of the scripts of India and South-East Asia, which are letters there and no accents.
pub fn fold_character(character: char, emit: &mut impl FnMut(char)) {
    if character.is_ascii() {
        return emit(character.to_ascii_lowercase());
    }
    if is_plain(character) {
        return emit(character);
    }
    match alone(character) {
        Alone::Nothing => {}
        Alone::One(letter) => emit(letter),
        Alone::Several => fold_by_tables(character, is_accent, emit),
    }
}

/// Whether folding surely leaves it as it is: syllables, ideographs, and small letters without marks.
fn is_plain(character: char) -> bool {
    matches!(
        character,
        '\u{ac00}'..='\u{d7a3}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{430}'..='\u{438}'
            | '\u{43a}'..='\u{44f}'
            | '\u{3b1}'..='\u{3c1}'
            | '\u{3c3}'..='\u{3c9}'
            | '\u{5d0}'..='\u{5ea}'
            | '\u{627}'..='\u{63a}'
            | '\u{641}'..='\u{64a}'
            | '\u{679}'..='\u{6bf}'
            | '\u{905}'..='\u{928}'
            | '\u{92a}'..='\u{930}'
            | '\u{935}'..='\u{939}'
            | '\u{985}'..='\u{9b9}'
            | '\u{b85}'..='\u{b93}'
            | '\u{b95}'..='\u{bb9}'
            | '\u{e01}'..='\u{e32}'
            | '\u{e40}'..='\u{e46}'
            | '\u{3042}'
    )
}

/// The letters with marks of Western and Central Europe, most of which fold to one letter.
fn latin(character: char) -> Option<char> {
    let is_latin = matches!(character, '\u{c0}'..='\u{17f}');
    if let Alone::One(letter) = is_latin.then(|| alone(character))? { Some(letter) } else { None }
}

/// What a character folds to, whatever stands around it.
#[derive(Debug, PartialEq, Eq)]
enum Alone {
    Nothing,
    One(char),
    Several,
}

/// Characters that were met, each with what it folds to: a text has few different ones, and the tables take thousands
/// of steps for each. Of two that have the same place the one that was met last stays.
static MET: [AtomicU64; 4096] = [const { AtomicU64::new(0) }; 4096];

const NOTHING: u64 = 0;
const SEVERAL: u64 = 1;

fn alone(character: char) -> Alone {
    let code = u64::from(u32::from(character));
    let place = MET.get(code as usize % MET.len());
    let met = place.map_or(0, |place| place.load(Ordering::Relaxed));
    let folded = if met >> 32 == code && code != 0 {
        met & u64::from(u32::MAX)
    } else {
        let folded = folded_alone(character);
        // Whoever reads it at this moment sees the old or the new one, and both are right.
        place.into_iter().for_each(|place| place.store(code << 32 | folded, Ordering::Relaxed));
        folded
    };
    match u32::try_from(folded).ok().and_then(char::from_u32) {
        _ if folded == NOTHING => Alone::Nothing,
        Some(letter) if folded > SEVERAL => Alone::One(letter),
        _ => Alone::Several,
    }
}

fn folded_alone(character: char) -> u64 {
    let mut letters = 0;
    let mut last = SEVERAL;
    fold_by_tables(character, is_accent, &mut |letter| {
        letters += 1;
        last = u64::from(u32::from(letter));
    });
    match letters {
        0 => NOTHING,
        1 if last > SEVERAL => last,
        _ => SEVERAL,
    }
}

/// As the tables of Unicode have it, without the marks. Of a whole text it is the same as of each of its characters:
/// taking it apart may only move marks, and those are gone.
fn fold_by_tables(character: char, is_mark: impl Fn(char) -> bool, emit: &mut impl FnMut(char)) {
    decompose_compatible(character, |part| {
        if is_mark(part) {
            return;
        }
        for lower in part.to_lowercase() {
            spell_out(lower, &mut |letter| {
                // Lower-casing may bring marks of its own (`İ`), and compatibility forms may nest.
                decompose_compatible(letter, |last| {
                    if !is_mark(last) {
                        emit(last);
                    }
                });
            });
        }
    });
}

/// The Hangul syllable of `first` (a leading consonant, or a syllable without an end) and `second`, which some disks
/// keep apart; `None` where they make none.
pub fn hangul(first: char, second: char) -> Option<char> {
    let composes = matches!(first, '\u{1100}'..='\u{1112}' | '\u{ac00}'..='\u{d7a3}');
    compose(first, second).filter(|_| composes)
}

/// A mark that is not heard as a letter of its own.
fn is_accent(character: char) -> bool {
    let is_vowel_sign = matches!(character, '\u{900}'..='\u{1cff}') && character.is_alphabetic();
    is_combining_mark(character) && !is_vowel_sign
}

/// Text in which each run of white space becomes one space, with none at the ends.
struct Spaced {
    text: String,
    is_waiting: bool,
}

impl Spaced {
    /// Nothing yet; there will be about so many bytes.
    fn of_about(length: usize) -> Spaced {
        Spaced { text: String::with_capacity(length), is_waiting: false }
    }

    fn push(&mut self, character: char) {
        if character.is_whitespace() {
            self.is_waiting = !self.text.is_empty();
            return;
        }
        if std::mem::take(&mut self.is_waiting) {
            self.text.push(' ');
        }
        self.text.push(character);
    }
}

/// Whether a character stays as it is in Unicode normalization form C, whatever stands around it: the letters of most
/// names. Only spares the look into the large table; `false` says nothing.
fn is_composed(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{2ff}'
            | '\u{388}'..='\u{3ce}'
            | '\u{400}'..='\u{482}'
            | '\u{5d0}'..='\u{5ea}'
            | '\u{621}'..='\u{64a}'
            | '\u{671}'..='\u{6d3}'
            | '\u{904}'..='\u{939}'
            | '\u{93e}'..='\u{94c}'
            | '\u{985}'..='\u{9b9}'
            | '\u{b85}'..='\u{bb9}'
            | '\u{e01}'..='\u{e37}'
            | '\u{e40}'..='\u{e47}'
            | '\u{1ea0}'..='\u{1ef9}'
            | '\u{3041}'..='\u{3096}'
            | '\u{30a1}'..='\u{30fe}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7a3}'
    )
}

/// `text` in Unicode normalization form C: one spelling for what looks the same.
pub fn nfc(text: &str) -> std::borrow::Cow<'_, str> {
    if text.is_ascii() || text.chars().all(is_composed) || is_nfc(text) {
        text.into()
    } else {
        text.nfc().collect::<String>().into()
    }
}

/// A file name for `text`: folded, words joined by `-`, letters and digits of any script kept, everything else left
/// out; at most 80 bytes. Empty where no letter or digit is in it.
pub fn slug(text: &str) -> String {
    let folded = fold(text).replace('\'', "");
    let mut slug = String::new();
    let words = folded
        .split(|character: char| !character.is_alphanumeric() && !is_combining_mark(character));
    for word in words.filter(|word| !word.is_empty()) {
        let needed = word.len() + usize::from(!slug.is_empty());
        if slug.len() + needed > 80 {
            if slug.is_empty() {
                slug.extend(word.chars().take(20));
            }
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    nfc(&slug).into_owned()
}

#[cfg(test)]
mod tests {
    use crate::text::fold::{
        fold, fold_by_tables, fold_character, is_accent, is_composed, nfc, simple, slug, spell_out,
    };
    use proptest::prelude::*;
    use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
    use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

    #[test]
    fn case_accents_and_special_letters_fold() {
        assert_eq!(fold("  João   FARIA "), "joao faria");
        assert_eq!(fold("Łukasz Strauß Åse Øyvind Þóra"), "lukasz strauss ase oyvind thora");
        assert_eq!(fold("ΝΊΚΟΣ"), fold("Νίκος"));
        assert_eq!(fold("İstanbul ılık"), "istanbul ilik");
        assert_eq!(fold("Ｆｕｌｌ"), "full");
        assert_eq!(fold("O’Brien"), fold("O'Brien"));
    }

    /// The definition: taken apart as a whole, without marks, small letters, spelled out, and taken apart again.
    fn fold_whole(text: &str) -> String {
        let is_letter = |character: &char| !is_combining_mark(*character);
        let mut lower = String::new();
        for character in text.nfkd().filter(is_letter).flat_map(char::to_lowercase) {
            spell_out(character, &mut |letter| lower.push(letter));
        }
        let folded = lower.nfkd().filter(is_letter).collect::<String>();
        folded.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_short_ways_of_folding_lead_to_what_the_tables_say() {
        // Each a second time, when it was met; and some that have the same place.
        let all = '\u{80}'..=char::MAX;
        let places = ['é', '\u{10e9}', 'é', '½', '\u{10bd}', '½', '\u{301}', '\u{1301}', '\u{301}'];
        for character in all.flat_map(|character| [character; 2]).chain(places) {
            let (mut short, mut long) = (String::new(), String::new());
            fold_character(character, &mut |letter| short.push(letter));
            fold_by_tables(character, is_accent, &mut |letter| long.push(letter));
            // Syllables of Korean are kept whole on purpose.
            let is_syllable = matches!(character, '\u{ac00}'..='\u{d7a3}');
            assert!(short == long || is_syllable, "{character:?} {short:?} {long:?}");
        }
    }

    #[test]
    fn every_character_folds_by_itself() {
        for character in '\0'..=char::MAX {
            let around = format!("x{character} e\u{301}{character}\u{5b0}\u{323}{character}y");
            assert_eq!(fold(&around), fold_whole(&around), "{character:?}");
            assert_eq!(fold(&character.to_string()), fold_whole(&character.to_string()));
            // Taking a text apart moves nothing else.
            let is_moved = canonical_combining_class(character) != 0;
            assert!(!is_moved || is_combining_mark(character), "{character:?}");
        }
    }

    #[test]
    fn most_letters_of_names_need_no_table() {
        let simple_ones = ('\0'..=char::MAX).filter(|character| simple(*character).is_some());
        assert!(simple_ones.count() > 20_000);
    }

    #[test]
    fn what_is_taken_for_composed_needs_no_look_into_the_table() {
        for character in ('\0'..=char::MAX).filter(|character| is_composed(*character)) {
            assert_eq!(
                is_nfc_quick(std::iter::once(character)),
                IsNormalized::Yes,
                "{character:?}"
            );
            assert_eq!(canonical_combining_class(character), 0, "{character:?}");
        }
        assert_eq!(nfc("Jose\u{301} e\u{31b}"), "Jos\u{e9} e\u{31b}");
        assert_eq!(nfc("각가\u{11a8}"), "각각");
    }

    #[test]
    fn slugs_are_portable_file_names() {
        assert_eq!(slug("Ana Lima"), "ana-lima");
        assert_eq!(slug("../../etc/passwd"), "etc-passwd");
        assert_eq!(slug("Siobhán O'Brien [work] #1"), "siobhan-obrien-work-1");
        assert_eq!(slug("王小明"), "王小明");
        assert_eq!(slug("|^:"), "");
    }

    proptest! {
        #[test]
        fn folding_is_what_it_is_defined_to_be(
            text in "[ \\t\\na-zA-ZÉéßİŁ\u{301}\u{323}\u{e01}-\u{e4f}\u{900}-\u{94d}\u{1100}-\u{1112}각ﬁ℅\u{a0}]{0,12}",
        ) {
            prop_assert_eq!(fold(&text), fold_whole(&text));
        }

        #[test]
        fn folding_twice_is_folding_once(text in "\\PC{0,20}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once.clone());
        }

        #[test]
        fn slugs_hold_nothing_that_a_path_could_use(text in "\\PC{0,200}") {
            let slug = slug(&text);
            prop_assert!(slug.len() <= 90);
            prop_assert!(!slug.contains(['/', '\\', '.', ':', '#', '|', '^', '[', ']', ' ']));
        }
    }
}
