//! What a label says is secret: `password:`, `PIN =`, `| NIF |`, `[pw:: …]` and the like, and what stands behind it.

use crate::features::secret_numbers::has_register_check;
use crate::features::secret_words::{
    CHECKED_IDENTITY, IDENTITY, LONE_PASSWORD, LOOSE_PASSWORD, NO_PASSWORD, NO_PASSWORD_STARTS,
    OF_SENTENCES, PASSPHRASE, PASSWORD, PIN, POSTAL_PIN, SEED,
};
use crate::text::diagnostic::Code;
use crate::text::fold::{fold, fold_character};
use crate::text::span::Span;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a label told: where its secret stands, as which finding, and in which words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Where the secret stands in the line.
    pub span: Span,
    /// As what it is told.
    pub code: Code,
    /// What it is.
    pub what: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Password,
    /// What may be several words.
    Passphrase,
    /// A word that also means something else.
    LoosePassword,
    /// Such a word that only counts where it is alone.
    LonePassword,
    Pin,
    /// In India the number of a post office.
    PostalPin,
    Identity,
    Checked,
    Seed,
}

/// Each label by its words.
static LABELS: LazyLock<HashMap<&'static str, Label>> = LazyLock::new(|| {
    let lists = [
        (PASSWORD, Label::Password),
        (PASSPHRASE, Label::Passphrase),
        (LOOSE_PASSWORD, Label::LoosePassword),
        (LONE_PASSWORD, Label::LonePassword),
        (PIN, Label::Pin),
        (POSTAL_PIN, Label::PostalPin),
        (IDENTITY, Label::Identity),
        (CHECKED_IDENTITY, Label::Checked),
        (SEED, Label::Seed),
    ];
    lists
        .into_iter()
        .flat_map(|(words, label)| words.iter().map(move |word| (*word, label)))
        .collect()
});

/// No label has more words.
const MOST_WORDS: usize = 5;

/// More words before a colon make a sentence.
const LONGEST_LABEL: usize = 3;

/// Whether a byte may end a label. `：` begins with the byte 0xEF.
pub const fn ends_label(byte: u8) -> bool {
    matches!(byte, b':' | b'=' | b'|' | 0xEF)
}

/// What stands behind the labels of `line`, in order.
pub fn labelled(line: &str) -> Vec<Told> {
    let mut found = Vec::new();
    let mut at = 0;
    for (sign_at, length) in label_ends(line) {
        let before = line.get(at..sign_at).unwrap_or("");
        at = sign_at + length;
        let Some(label) = label_at_end(before) else { continue };
        let rest = line.get(at..).unwrap_or("");
        // `She forgot her password: again`
        let is_sentence = before.split_whitespace().nth(LONGEST_LABEL).is_some();
        let told = told(label, rest, is_sentence);
        found.extend(told.map(|told| Told { span: told.span.shifted(at), ..told }));
    }
    found
}

/// Where each sign stands that may end a label, and how many bytes it has: also the stop of `Passport no. AB1234567`.
fn label_ends(line: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let signs = line.bytes().enumerate();
    let signs = signs.filter(|(_, byte)| ends_label(*byte) || *byte == b'.');
    signs.filter_map(|(at, byte)| match byte {
        0xEF => line.get(at..)?.starts_with('：').then_some((at, '：'.len_utf8())),
        b'.' => is_number_short(line.as_bytes().get(..at)?).then_some((at, 1)),
        _ => Some((at, 1)),
    })
}

/// Whether `before` ends as `No.` and `Nr.` do.
fn is_number_short(before: &[u8]) -> bool {
    matches!(before, [.., b' ', b'n' | b'N', b'o' | b'O' | b'r' | b'R'])
}

/// White space and the marks that make words bold or set them apart.
fn is_mark(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '*' | '_' | '`' | '"' | '\'')
}

/// The label whose words end `text`, perhaps with marks or a remark in parentheses behind them.
fn label_at_end(text: &str) -> Option<Label> {
    let trimmed = text.trim_end_matches(is_mark);
    let without = trimmed
        .strip_suffix(')')
        .and_then(|inner| inner.rsplit_once('('))
        .map_or(trimmed, |(before, _)| before);
    if !may_end_label(without) {
        return None;
    }
    let mut folded = String::new();
    let tail = without.char_indices().rev().take(48).last().map_or(0, |(at, _)| at);
    for character in without.get(tail..).unwrap_or("").chars() {
        fold_character(character, &mut |letter| folded.push(letter));
    }
    let folded = folded.trim_end_matches(is_mark);
    let cut = |sign: char| {
        sign.is_whitespace()
            || matches!(sign, '*' | '`' | '"' | '(' | '[' | ',' | ';' | '/' | '>' | '#' | '?' | '&')
    };
    let words = folded.split(cut).filter(|word| !word.is_empty()).collect::<Vec<_>>();
    let last = (1..=MOST_WORDS.min(words.len())).rev().find_map(|count| {
        let label = words.get(words.len() - count..)?.join(" ");
        LABELS.get(label.as_str()).copied()
    });
    if last == Some(Label::LonePassword) && !is_lone(folded) {
        return None;
    }
    last.or_else(|| {
        // `wifi-password`, `bank_pin`
        let word = words.last()?.rsplit(['-', '_']).next()?;
        LABELS
            .get(word)
            .copied()
            .filter(|label| matches!(label, Label::Password | Label::Passphrase | Label::Pin))
    })
}

/// Whether one word stands at the end of `text`, alone or behind a sign that begins something new.
fn is_lone(text: &str) -> bool {
    let part = text.rsplit([',', ';', '/', '(', '[']).next().unwrap_or("");
    let words = part.split_whitespace();
    words.filter(|word| word.contains(char::is_alphanumeric)).count() == 1
}

/// Whether the last word of `text` can be the last of a label: asked of every colon of every note, so it must be cheap.
fn may_end_label(text: &str) -> bool {
    static LAST_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        let last = |label: &&'static str| label.rsplit([' ', '-', '_']).next().unwrap_or("");
        LABELS.keys().map(last).collect()
    });
    let text = text.trim_end_matches(is_mark);
    let is_part = |sign: char| sign.is_alphanumeric() || sign == '\'';
    let start = text.char_indices().rev().take(40).take_while(|(_, sign)| is_part(*sign)).last();
    let Some(word) = start.and_then(|(at, _)| text.get(at..)) else { return false };
    let mut folded = String::with_capacity(word.len());
    word.chars().for_each(|sign| fold_character(sign, &mut |letter| folded.push(letter)));
    let after_mark = folded.rsplit('\'').next().unwrap_or("");
    LAST_WORDS.contains(folded.as_str()) || LAST_WORDS.contains(after_mark)
}

fn told(label: Label, rest: &str, is_sentence: bool) -> Option<Told> {
    let said = rest.trim_start_matches(|sign| is_mark(sign) || matches!(sign, '=' | ':'));
    let start = rest.len() - said.len();
    let (value, alone) = value_of(rest, said);
    let alone = alone && !is_sentence;
    let told =
        |length, code, what| Some(Told { span: Span::new(start, start + length), code, what });
    let phrase = (label == Label::Passphrase && !is_sentence).then(|| passphrase(said)).flatten();
    if let Some(length) = phrase {
        return told(length, Code::Password, "a password");
    }
    match label {
        Label::Password | Label::Passphrase if is_password(value, alone) => {
            told(value.len(), Code::Password, "a password")
        }
        Label::LoosePassword | Label::LonePassword if is_password(value, false) => {
            told(value.len(), Code::Password, "a password")
        }
        Label::Pin if is_pin(value) => told(value.len(), Code::Password, "a PIN"),
        Label::PostalPin if is_pin(value) && value.len() != POSTAL_LENGTH => {
            told(value.len(), Code::Password, "a PIN")
        }
        Label::Identity => {
            let length = identity_length(value, said)?;
            told(length, Code::IdentityNumber, "the number of a document or a person")
        }
        Label::Checked => {
            let number = spaced_digits(said);
            has_register_check(&digits_of(number)).then_some(())?;
            told(number.len(), Code::IdentityNumber, "the number of a person in a register")
        }
        Label::Seed if is_wallet(said) => {
            told(said.trim_end().len(), Code::SecretKey, "what looks like the words of a wallet")
        }
        _ => None,
    }
}

/// The value at the start of `said`, which is `rest` without white space and marks before it, and whether nothing follows
/// it. In quotes it may hold spaces.
fn value_of<'r>(rest: &'r str, said: &'r str) -> (&'r str, bool) {
    let before = rest.get(..rest.len() - said.len()).unwrap_or("");
    let quote = before.chars().next_back().filter(|sign| matches!(sign, '"' | '\'' | '`'));
    if let Some(quoted) = quote.and_then(|quote| said.find(quote)).and_then(|end| said.get(..end)) {
        return (quoted, true);
    }
    let end = said.find(|sign: char| sign.is_whitespace() || sign == '|').unwrap_or(said.len());
    let marks = ['`', '"', '\'', ',', ';', ')', ']', '.', '*'];
    let value = said.get(..end).unwrap_or("").trim_end_matches(marks);
    let after = said.get(end..).unwrap_or("");
    (value, after.chars().all(|sign| is_mark(sign) || sign == '|'))
}

/// Digits with spaces, dots and dashes between them.
fn spaced_digits(text: &str) -> &str {
    let is_part = |sign: char| sign.is_ascii_digit() || matches!(sign, ' ' | '\u{a0}' | '.' | '-');
    let end = text.find(|sign| !is_part(sign)).unwrap_or(text.len());
    text.get(..end).unwrap_or("").trim_end_matches([' ', '\u{a0}', '.', '-'])
}

fn digits_of(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn is_pin(value: &str) -> bool {
    (3..=8).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// How many digits the PIN code of a place in India has.
const POSTAL_LENGTH: usize = 6;

/// How long the number of a document is that stands at the start of `said`, whose first word is `value`; `None` where
/// there is none. A number that is written with spaces has nine digits at least: a day has eight.
fn identity_length(value: &str, said: &str) -> Option<usize> {
    if begins_with_day(value) {
        return None;
    }
    if digits_of(value).len() >= 5 && (6..=24).contains(&value.len()) {
        return Some(value.len());
    }
    let spaced = spaced_digits(said);
    let is_number = digits_of(spaced).len() >= 9 && spaced.len() <= 24;
    (is_number && !begins_with_day(spaced)).then_some(spaced.len())
}

/// How long the several words are that `said` is and that make no sentence.
fn passphrase(said: &str) -> Option<usize> {
    let said = said.trim_end().trim_end_matches(is_mark);
    let is_word = |word: &str| {
        let lower = word.bytes().all(|byte| byte.is_ascii_lowercase());
        lower && (3..=12).contains(&word.len()) && !OF_SENTENCES.contains(&word)
    };
    let words = said.split(' ').take(25).collect::<Vec<_>>();
    let is_phrase = (4..=24).contains(&words.len()) && words.into_iter().all(is_word);
    is_phrase.then_some(said.len())
}

fn is_wallet(said: &str) -> bool {
    let words = said.split_whitespace().take(24);
    words.filter(|word| word.bytes().all(|byte| byte.is_ascii_lowercase())).count() >= 11
}

/// Whether a value is a password rather than the beginning of a sentence, a link or a stand-in.
fn is_password(value: &str, alone: bool) -> bool {
    let length = value.chars().count();
    let linked = value.starts_with("[[")
        || value.contains("://")
        || value.starts_with("](")
        || value.starts_with(['<', '{', '$', '%']);
    let letters = value.chars().any(char::is_alphabetic);
    let others = value.chars().any(|sign| !sign.is_alphabetic() && !"'’-.".contains(sign));
    let odd = letters && others || length >= 6 && value.chars().all(|sign| sign.is_ascii_digit());
    length >= 4 && (odd || alone) && !linked && !stands_in(value) && !begins_with_day(value)
}

/// Whether a value only says that there is a password, or where: `****`, `changed`, `on-the-fridge`.
fn stands_in(value: &str) -> bool {
    if value.chars().all(|sign| "*.•…_-xX?".contains(sign)) {
        return true;
    }
    if !value.chars().all(|sign| sign.is_alphanumeric() || "'’-/".contains(sign)) {
        return false;
    }
    let folded = fold(value);
    let placed =
        folded.split_once('-').is_some_and(|(first, _)| NO_PASSWORD_STARTS.contains(&first));
    NO_PASSWORD.contains(&folded.as_str()) || placed
}

/// Whether `value` is a day, perhaps with a time behind it.
fn begins_with_day(value: &str) -> bool {
    let day = value.get(..10).unwrap_or("");
    let digits = day.bytes().filter(u8::is_ascii_digit).count();
    let rest = value.get(10..).unwrap_or("");
    digits == 8
        && day.matches(['-', '/', '.']).count() == 2
        && !rest.starts_with(|sign: char| sign.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use crate::features::secret_labels::labelled;

    /// Each secret of the line.
    fn check(line: &str, expected: &[&str]) {
        let found = labelled(line);
        let found = found.iter().map(|told| told.span.of(line)).collect::<Vec<_>>();
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn a_label_is_known_however_it_is_written() {
        for line in [
            "password:: hunter2",
            "[password:: hunter2]",
            "(pw:: hunter2)",
            "mot de passe\u{a0}:\u{a0}hunter2",
            "- pass: hunter2",
            "user ana, pass: hunter2",
            "wifi pass: hunter2",
            "secret: hunter2",
            "aws_secret_access_key = hunter2",
            "client-secret: hunter2",
            "x.org?access_token=hunter2",
            "token: hunter2",
        ] {
            check(line, &["hunter2"]);
        }
        for line in ["passphrase: ", "- wifi passphrase: ", "GPG passphrase:: ", "| passphrase | "]
        {
            check(&format!("{line}hunter2"), &["hunter2"]);
            check(
                &format!("{line}correct horse battery staple"),
                &["correct horse battery staple"],
            );
        }
        check("passphrase: `correct horse battery staple`", &["correct horse battery staple"]);
        check("Passport no. AB1234567", &["AB1234567"]);
        check("SSN: 123 45 6789", &["123 45 6789"]);
        check("SSN 12, passport nr. 123 456 789", &["123 456 789"]);
        check("PIN code: 4711", &["4711"]);
    }

    #[test]
    fn what_only_looks_like_a_secret_is_none() {
        for line in [
            "PIN code: 560001",
            "secret: pregnant",
            "La clave: paciencia",
            "password: changed",
            "passphrase: ask Ana",
            "passphrase: she wrote the words down somewhere",
            "passphrase: four words from her book",
            "I told her the old passphrase: never tell anybody else",
            "password: reset",
            "Password: forgot",
            "password: same",
            "senha: alterada",
            "password: on-the-fridge",
            "password: same-as-mail",
            "pw: 2026-11-21",
            "passport: 2026-11-21T10:00",
            "passport: 2026-11-21 2036-11-20",
            "passport: 12 11 2030",
            "boarding pass: gate 12",
            "mountain pass: 1200m",
            "token: of love",
            "no. 123456789",
            "She said no. Passport 2030",
        ] {
            check(line, &[]);
        }
    }
}
