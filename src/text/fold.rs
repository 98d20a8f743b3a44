//! Folding: the form in which names are compared, and slugs for file names.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark, is_nfc};

/// `text` in the form in which names are compared: compatibility-decomposed, without marks (accents), lower case,
/// with the letters that have no decomposition spelled out (`ł` l, `ø` o, `ß` ss, `æ` ae, `đ` d, `þ` th, `ı` i),
/// white space runs as one space, none at the ends.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        let lower = text.chars().map(|character| character.to_ascii_lowercase());
        return one_spaced(lower, text.len());
    }
    let mut folded = String::with_capacity(text.len());
    for character in text.nfkd().filter(|character| !is_combining_mark(*character)) {
        for lower in character.to_lowercase() {
            push_spelled_out(&mut folded, lower);
        }
    }
    // Lower-casing may bring marks of its own (`İ`), and compatibility forms may nest.
    one_spaced(folded.nfkd().filter(|character| !is_combining_mark(*character)), folded.len())
}

fn push_spelled_out(folded: &mut String, lower: char) {
    match lower {
        'ł' => folded.push('l'),
        'ø' => folded.push('o'),
        'ß' => folded.push_str("ss"),
        'æ' => folded.push_str("ae"),
        'œ' => folded.push_str("oe"),
        'đ' | 'ð' => folded.push('d'),
        'þ' => folded.push_str("th"),
        'ı' => folded.push('i'),
        'ς' => folded.push('σ'),
        '’' | 'ʼ' => folded.push('\''),
        other => folded.push(other),
    }
}

/// `length` is about how many bytes there will be.
fn one_spaced(characters: impl Iterator<Item = char>, length: usize) -> String {
    let mut spaced = String::with_capacity(length);
    let mut pending = false;
    for character in characters {
        if character.is_whitespace() {
            pending = !spaced.is_empty();
        } else {
            if std::mem::take(&mut pending) {
                spaced.push(' ');
            }
            spaced.push(character);
        }
    }
    spaced
}

/// `text` in Unicode normalization form C: one spelling for what looks the same.
pub fn nfc(text: &str) -> std::borrow::Cow<'_, str> {
    if text.is_ascii() || is_nfc(text) {
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
    use crate::text::fold::{fold, slug};
    use proptest::prelude::*;

    #[test]
    fn case_accents_and_special_letters_fold() {
        assert_eq!(fold("  João   FARIA "), "joao faria");
        assert_eq!(fold("Łukasz Strauß Åse Øyvind Þóra"), "lukasz strauss ase oyvind thora");
        assert_eq!(fold("ΝΊΚΟΣ"), fold("Νίκος"));
        assert_eq!(fold("İstanbul ılık"), "istanbul ilik");
        assert_eq!(fold("Ｆｕｌｌ"), "full");
        assert_eq!(fold("O’Brien"), fold("O'Brien"));
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
