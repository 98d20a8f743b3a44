//! Secrets in a text: passwords, keys, numbers of accounts, cards and people; and, where it is wanted, tender matters.
//!
//! Always true here: what is told of a secret never holds the secret, and reading takes linear time whatever the text is.
//! Better one secret unseen than a list that nobody reads: a number is only told where its check digits are right.

use crate::features::secret_numbers::{has_register_check, iban_length, is_card, is_iban, is_ssn};
use crate::features::secret_words::{CHECKED_IDENTITY, IDENTITY, PASSWORD, PIN, SEED, TENDER};
use crate::text::diagnostic::{Code, Finding};
use crate::text::fold::fold_character;
use crate::text::span::Span;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The secrets in `text`, in order; with `strict` also what is tender about others.
pub fn secrets(text: &str, strict: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut in_key = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = line.strip_suffix('\n').unwrap_or(line);
        let content = content.strip_suffix('\r').unwrap_or(content);
        let span = Span::new(at, at + content.len());
        at += line.len();
        if let Some(first) = in_key {
            if content.contains("-----END ") || at == text.len() {
                findings.push(key(Span::new(first, span.end), "a private key"));
                in_key = None;
            }
            continue;
        }
        let counted = Counted::of(content);
        if counted.longest >= "-----BEGIN".len()
            && content.contains("-----BEGIN ")
            && content.contains("PRIVATE KEY")
        {
            if content.contains("-----END ") || at == text.len() {
                findings.push(key(span, "a private key"));
            } else {
                in_key = Some(span.start);
            }
            continue;
        }
        of_line(content, &counted, span.start, strict, &mut findings);
    }
    findings
}

/// `text` with every secret of `findings` out of sight, byte for byte as long, so that places stay true. Tender words stay:
/// they are no secret to the person who wrote them.
pub fn masked(text: &str, findings: &[Finding]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for finding in findings.iter().filter(|finding| finding.code != Code::TenderMatter) {
        let Some(before) = text.get(at..finding.span.start) else { continue };
        masked.push_str(before);
        for character in finding.span.of(text).chars() {
            match character {
                '\n' | '\r' => masked.push(character),
                other => masked.extend(std::iter::repeat_n('*', other.len_utf8())),
            }
        }
        at = finding.span.end;
    }
    masked.push_str(text.get(at..).unwrap_or(""));
    masked
}

fn of_line(line: &str, counted: &Counted, start: usize, strict: bool, findings: &mut Vec<Finding>) {
    let mut found = Vec::new();
    if counted.longest >= SHORTEST_KEY {
        tokens(line, &mut found);
    }
    if counted.digits >= FEWEST_DIGITS {
        numbers(line, &mut found);
        ibans(line, &mut found);
    }
    if counted.labels {
        labelled(line, &mut found);
    }
    if strict {
        found.extend(tender(line));
    }
    found.sort_by_key(|finding| (finding.span.start, std::cmp::Reverse(finding.span.end)));
    let mut end = 0;
    for mut finding in found {
        if finding.span.start < end {
            continue;
        }
        end = finding.span.end;
        finding.span = finding.span.shifted(start);
        findings.push(finding);
    }
}

/// No key of a service is shorter.
const SHORTEST_KEY: usize = 20;

/// Neither an account nor a card or a Social Security number has fewer digits; a date has eight, as most lines do.
const FEWEST_DIGITS: usize = 9;

/// What a line has of that which makes a second look worth while; most lines have nothing.
#[derive(Default)]
struct Counted {
    digits: usize,
    /// The length of the longest run of what keys are made of.
    longest: usize,
    /// Whether a sign may end a label.
    labels: bool,
}

const DIGIT: u8 = 1;
const PART: u8 = 2;
const LABEL: u8 = 4;

/// What each byte is. `：` begins with the byte 0xEF.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0u8;
    loop {
        let digit = if byte.is_ascii_digit() { DIGIT } else { 0 };
        let is_part = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
        let part = if is_part { PART } else { 0 };
        let label = if matches!(byte, b':' | b'=' | b'|' | 0xEF) { LABEL } else { 0 };
        classes[byte as usize] = digit | part | label;
        if byte == u8::MAX {
            break classes;
        }
        byte += 1;
    }
};

impl Counted {
    /// Every byte of every note is looked at here, so it is a table and no questions.
    fn of(line: &str) -> Counted {
        let (mut counted, mut run, mut signs) = (Counted::default(), 0, 0);
        for byte in line.bytes() {
            let class = CLASSES[usize::from(byte)];
            signs |= class;
            counted.digits += usize::from(class & DIGIT);
            run = (run + 1) * usize::from((class & PART) >> 1);
            counted.longest = counted.longest.max(run);
        }
        counted.labels = signs & LABEL != 0;
        counted
    }
}

const ELSEWHERE: &str = "keep it in a password manager, and write here only where it is";

fn key(span: Span, what: &str) -> Finding {
    let help = format!("{ELSEWHERE}; who may have seen it can use it, so make a new one");
    Finding::new(Code::SecretKey, span, format!("{what} stands in this note")).help(help)
}

// Keys

/// How the keys of well-known services begin, how many signs follow at least, and what they are.
const KEY_STARTS: &[(&str, usize, &str)] = &[
    ("AKIA", 16, "an AWS access key"),
    ("ASIA", 16, "an AWS access key"),
    ("ghp_", 30, "a GitHub token"),
    ("gho_", 30, "a GitHub token"),
    ("ghu_", 30, "a GitHub token"),
    ("ghs_", 30, "a GitHub token"),
    ("ghr_", 30, "a GitHub token"),
    ("github_pat_", 22, "a GitHub token"),
    ("glpat-", 20, "a GitLab token"),
    ("sk-ant-", 20, "an API key"),
    ("sk-proj-", 20, "an API key"),
    ("sk-", 32, "an API key"),
    ("sk_live_", 16, "a Stripe key"),
    ("rk_live_", 16, "a Stripe key"),
    ("xoxb-", 16, "a Slack token"),
    ("xoxp-", 16, "a Slack token"),
    ("xoxa-", 16, "a Slack token"),
    ("xoxr-", 16, "a Slack token"),
    ("xoxs-", 16, "a Slack token"),
    ("AIza", 35, "a Google API key"),
    ("GOCSPX-", 20, "a Google client secret"),
    ("ya29.", 30, "a Google token"),
    ("npm_", 36, "an npm token"),
    ("pypi-", 50, "a PyPI token"),
    ("hf_", 30, "a Hugging Face token"),
    ("SG.", 40, "a SendGrid key"),
    ("AGE-SECRET-KEY-1", 50, "an age key"),
    ("xprv", 100, "a wallet key"),
];

fn tokens(line: &str, found: &mut Vec<Finding>) {
    let is_part = |sign: char| sign.is_ascii_alphanumeric() || "_-.".contains(sign);
    for (start, word) in words_of(line, is_part) {
        let word = word.trim_end_matches('.');
        let span = Span::new(start, start + word.len());
        let varied = word.bytes().any(|byte| byte.is_ascii_digit())
            && word.bytes().any(|byte| byte.is_ascii_alphabetic());
        let named = KEY_STARTS.iter().find(|(begins, least, _)| {
            word.strip_prefix(begins).is_some_and(|rest| rest.len() >= *least)
        });
        let capitals = |word: &str| {
            word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        };
        match named {
            Some((begins, least, what)) if varied => {
                let is_aws = *least == 16 && begins.len() == 4;
                if !is_aws || word.len() == 20 && capitals(word) {
                    found.push(key(span, what));
                }
            }
            _ if is_json_web_token(word) => found.push(key(span, "a session token")),
            _ => {}
        }
    }
}

/// RFC 7519: three parts, the first two JSON objects in base64.
fn is_json_web_token(word: &str) -> bool {
    let mut parts = word.split('.');
    let [head, body, seal] = [parts.next(), parts.next(), parts.next()];
    let object =
        |part: Option<&str>| part.is_some_and(|part| part.len() > 10 && part.starts_with("eyJ"));
    object(head) && object(body) && seal.is_some_and(|seal| seal.len() > 10)
}

/// The runs of signs that `is_part` takes, with their places.
fn words_of<'l>(
    line: &'l str,
    is_part: impl Fn(char) -> bool + Copy + 'l,
) -> impl Iterator<Item = (usize, &'l str)> + 'l {
    let mut at = 0;
    line.split_inclusive(move |sign| !is_part(sign)).filter_map(move |part| {
        let start = at;
        at += part.len();
        let word = part.trim_end_matches(|sign| !is_part(sign));
        (!word.is_empty()).then_some((start, word))
    })
}

// Numbers

/// Cards and Social Security numbers: digits with single spaces or dashes between groups.
fn numbers(line: &str, found: &mut Vec<Finding>) {
    let is_part = |sign: char| sign.is_ascii_digit() || matches!(sign, ' ' | '-');
    for (start, run) in words_of(line, is_part) {
        let inner = run.trim_matches([' ', '-']);
        if inner.len() < 11 || inner.len() > 40 {
            continue;
        }
        let start = start + run.len() - run.trim_start_matches([' ', '-']).len();
        let span = Span::new(start, start + inner.len());
        let (before, after) = (line.get(..start).unwrap_or(""), line.get(span.end..).unwrap_or(""));
        // A part of a web address, of a longer word, or a phone number with the code of its country.
        let joined = before
            .ends_with(|sign: char| sign.is_alphanumeric() || "+/_=.#-".contains(sign))
            || after.starts_with(|sign: char| sign.is_alphanumeric() || "/_".contains(sign))
            || before.trim_end().ends_with('+');
        if joined {
            continue;
        }
        let digits = inner.chars().filter(char::is_ascii_digit).collect::<String>();
        if is_grouped_as_card(inner) && is_card(&digits) {
            let message = "what looks like the number of a card stands in this note";
            found.push(Finding::new(Code::CardNumber, span, message).help(ELSEWHERE));
        } else if is_ssn(inner) {
            let message = "what looks like a Social Security number stands in this note";
            found.push(Finding::new(Code::IdentityNumber, span, message).help(ELSEWHERE));
        }
    }
}

fn is_grouped_as_card(inner: &str) -> bool {
    let lengths = inner.split([' ', '-']).map(str::len).collect::<Vec<_>>();
    match lengths.as_slice() {
        [_] | [4, 6, 5 | 4] => true,
        [first @ .., last] => first.iter().all(|length| *length == 4) && (1..=4).contains(last),
        [] => false,
    }
}

fn ibans(line: &str, found: &mut Vec<Finding>) {
    let bytes = line.as_bytes();
    let mut free_from = 0;
    for at in 0..bytes.len().saturating_sub(14) {
        let Some([one, two, three, four, ..]) = bytes.get(at..) else { break };
        let begins = one.is_ascii_uppercase()
            && two.is_ascii_uppercase()
            && three.is_ascii_digit()
            && four.is_ascii_digit();
        let apart = at
            .checked_sub(1)
            .and_then(|before| bytes.get(before))
            .is_none_or(|before| !before.is_ascii_alphanumeric());
        if !begins || !apart || at < free_from {
            continue;
        }
        let length = line.get(at..at + 2).and_then(iban_length);
        if let Some(end) = length.and_then(|length| iban_end(line, at, length)) {
            free_from = end;
            let message = "the number of a bank account stands in this note";
            found.push(
                Finding::new(Code::AccountNumber, Span::new(at, end), message).help(ELSEWHERE),
            );
        }
    }
}

fn iban_end(line: &str, at: usize, length: usize) -> Option<usize> {
    let mut compact = String::with_capacity(length);
    for (offset, sign) in line.get(at..)?.char_indices().take(length * 2) {
        match sign {
            ' ' => {}
            sign if sign.is_ascii_alphanumeric() => compact.push(sign.to_ascii_uppercase()),
            _ => return None,
        }
        if compact.len() == length {
            let end = at + offset + 1;
            let ended = !line.get(end..)?.starts_with(|next: char| next.is_alphanumeric());
            return (ended && is_iban(&compact)).then_some(end);
        }
    }
    None
}

// What a label says

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Password,
    Pin,
    Identity,
    Checked,
    Seed,
}

/// Each label by its words.
static LABELS: LazyLock<HashMap<&'static str, Label>> = LazyLock::new(|| {
    let lists = [
        (PASSWORD, Label::Password),
        (PIN, Label::Pin),
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

/// What stands after `password:`, `PIN =`, `| NIF |` and the like.
fn labelled(line: &str, found: &mut Vec<Finding>) {
    let mut at = 0;
    for (sign_at, length) in label_ends(line) {
        let before = line.get(at..sign_at).unwrap_or("");
        at = sign_at + length;
        let Some(label) = label_at_end(before) else { continue };
        let rest = line.get(at..).unwrap_or("");
        // `She forgot her password: again`
        let is_sentence = before.split_whitespace().nth(LONGEST_LABEL).is_some();
        let told = told(label, rest, is_sentence);
        found.extend(told.map(|finding| Finding { span: finding.span.shifted(at), ..finding }));
    }
}

/// Where each sign stands that may end a label, and how many bytes it has.
fn label_ends(line: &str) -> impl Iterator<Item = (usize, usize)> {
    let signs = line.bytes().enumerate();
    let signs = signs.filter(|(_, byte)| CLASSES[usize::from(*byte)] & LABEL != 0);
    signs.filter_map(|(at, byte)| match byte {
        0xEF => line.get(at..)?.starts_with('：').then_some((at, '：'.len_utf8())),
        _ => Some((at, 1)),
    })
}

/// The label whose words end `text`, perhaps with marks or a remark in parentheses behind them.
fn label_at_end(text: &str) -> Option<Label> {
    let trimmed = text.trim_end_matches([' ', '\t', '*', '_', '`', '"', '\'']);
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
    let folded = folded.trim_end_matches([' ', '*', '_', '`', '"', '\'']);
    let words = folded
        .split([' ', '\t', '*', '`', '"', '(', '[', ',', ';', '/', '>', '#'])
        .filter(|word| !word.is_empty());
    let words = words.collect::<Vec<_>>();
    let last = (1..=MOST_WORDS.min(words.len())).rev().find_map(|count| {
        let label = words.get(words.len() - count..)?.join(" ");
        LABELS.get(label.as_str()).copied()
    });
    last.or_else(|| {
        // `wifi-password`, `bank_pin`
        let word = words.last()?.rsplit(['-', '_']).next()?;
        LABELS.get(word).copied().filter(|label| matches!(label, Label::Password | Label::Pin))
    })
}

/// Whether the last word of `text` can be the last of a label: asked of every colon of every note, so it must be cheap.
fn may_end_label(text: &str) -> bool {
    static LAST_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        let last = |label: &&'static str| label.rsplit([' ', '-', '_']).next().unwrap_or("");
        LABELS.keys().map(last).collect()
    });
    let text = text.trim_end_matches([' ', '*', '_', '`', '"', '\'']);
    let is_part = |sign: char| sign.is_alphanumeric() || sign == '\'';
    let start = text.char_indices().rev().take(40).take_while(|(_, sign)| is_part(*sign)).last();
    let Some(word) = start.and_then(|(at, _)| text.get(at..)) else { return false };
    let mut folded = String::with_capacity(word.len());
    word.chars().for_each(|sign| fold_character(sign, &mut |letter| folded.push(letter)));
    let after_mark = folded.rsplit('\'').next().unwrap_or("");
    LAST_WORDS.contains(folded.as_str()) || LAST_WORDS.contains(after_mark)
}

fn told(label: Label, rest: &str, is_sentence: bool) -> Option<Finding> {
    let said = rest.trim_start_matches([' ', '\t', '*', '_', '`', '"', '\'', '=']);
    let start = rest.len() - said.len();
    let (value, alone) = value_of(rest, said);
    let alone = alone && !is_sentence;
    let span = Span::new(start, start + value.len());
    let digits = value.chars().filter(char::is_ascii_digit).collect::<String>();
    let finding = |code, what: &str| {
        Finding::new(code, span, format!("{what} stands in this note")).help(ELSEWHERE)
    };
    match label {
        Label::Password if is_password(value, alone) => Some(finding(Code::Password, "a password")),
        Label::Pin if digits.len() == value.len() && (3..=8).contains(&digits.len()) => {
            Some(finding(Code::Password, "a PIN"))
        }
        Label::Identity
            if digits.len() >= 5 && (6..=24).contains(&value.len()) && !is_day(value) =>
        {
            Some(finding(Code::IdentityNumber, "the number of a document or a person"))
        }
        Label::Checked => {
            let number = spaced_digits(said);
            let span = Span::new(start, start + number.len());
            let digits = number.chars().filter(char::is_ascii_digit).collect::<String>();
            has_register_check(&digits).then(|| Finding {
                span,
                ..finding(Code::IdentityNumber, "the number of a person in a register")
            })
        }
        Label::Seed
            if said
                .split_whitespace()
                .take(24)
                .filter(|word| word.bytes().all(|byte| byte.is_ascii_lowercase()))
                .count()
                >= 11 =>
        {
            let span = Span::new(start, start + said.trim_end().len());
            Some(Finding { span, ..key(span, "the words of a wallet") })
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
    let end = said.find([' ', '\t', '|']).unwrap_or(said.len());
    let marks = ['`', '"', '\'', ',', ';', ')', '.', '*'];
    let value = said.get(..end).unwrap_or("").trim_end_matches(marks);
    let after = said.get(end..).unwrap_or("");
    (value, after.trim_matches([' ', '\t', '|', '`', '"', '\'']).is_empty())
}

/// Digits with spaces, dots and dashes between them.
fn spaced_digits(text: &str) -> &str {
    let end = text
        .find(|sign: char| !sign.is_ascii_digit() && !" .-".contains(sign))
        .unwrap_or(text.len());
    text.get(..end).unwrap_or("").trim_end_matches([' ', '.', '-'])
}

/// Whether a value is a password rather than the beginning of a sentence, a link or a stand-in.
fn is_password(value: &str, alone: bool) -> bool {
    let length = value.chars().count();
    let stands_in = value.chars().all(|sign| "*.•…_-xX?".contains(sign))
        || [
            "true",
            "false",
            "none",
            "null",
            "yes",
            "no",
            "manager",
            "bitwarden",
            "keepass",
            "1password",
            "unknown",
            "forgotten",
        ]
        .contains(&value.to_lowercase().as_str());
    let linked = value.starts_with("[[")
        || value.contains("://")
        || value.starts_with("](")
        || value.starts_with(['<', '{', '$', '%']);
    let letters = value.chars().any(char::is_alphabetic);
    let others = value.chars().any(|sign| !sign.is_alphabetic() && !"'’-.".contains(sign));
    let odd = letters && others || length >= 6 && value.chars().all(|sign| sign.is_ascii_digit());
    length >= 4 && !stands_in && !linked && (odd && !is_day(value) || alone)
}

fn is_day(value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    digits == 8 && value.len() == 10 && value.matches(['-', '/', '.']).count() == 2
}

// Tender matters

static TENDER_WORDS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    TENDER.iter().flat_map(|(about, words)| words.iter().map(move |word| (*word, *about))).collect()
});

/// No phrase has more words.
const LONGEST_PHRASE: usize = 3;

/// The first word or phrase of a line that is tender.
fn tender(line: &str) -> Option<Finding> {
    let is_part = |sign: char| sign.is_alphanumeric() || sign == '-';
    let words = words_of(line, is_part).map(|(start, word)| {
        let mut folded = String::with_capacity(word.len());
        word.chars().for_each(|sign| fold_character(sign, &mut |letter| folded.push(letter)));
        (Span::new(start, start + word.len()), folded)
    });
    let words = words.collect::<Vec<_>>();
    for at in 0..words.len() {
        let phrases = (1..=LONGEST_PHRASE).rev().filter_map(|count| words.get(at..at + count));
        for phrase in phrases {
            let text = phrase.iter().map(|(_, word)| word.as_str()).collect::<Vec<_>>().join(" ");
            let Some(about) = TENDER_WORDS.get(text.as_str()) else { continue };
            let (Some((first, _)), Some((last, _))) = (phrase.first(), phrase.last()) else {
                continue;
            };
            let message = format!("this tells of somebody's {about}");
            let help = "ask whether they would mind it here; `private: true`, or its heading in `private`, keeps it from every export";
            let span = Span::new(first.start, last.end);
            return Some(Finding::new(Code::TenderMatter, span, message).help(help));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::features::secrets::{masked, secrets};
    use proptest::prelude::*;

    /// Each finding as its code and the masked line.
    fn check(text: &str, expected: &[&str]) {
        let found = secrets(text, false);
        let codes = found.iter().map(|finding| finding.code.word()).collect::<Vec<_>>();
        assert_eq!(codes, expected, "{text}");
        let hidden = masked(text, &found);
        assert_eq!(hidden.len(), text.len());
        for finding in &found {
            assert!(!hidden.contains(finding.span.of(text)), "{hidden}");
            assert!(!finding.message.contains(finding.span.of(text)), "{}", finding.message);
        }
    }

    #[test]
    fn passwords_and_pins_are_told() {
        for line in [
            "password: hunter2",
            "- wifi password: correct-horse-9",
            "Passwort = geheim",
            "**PIN**: 4711",
            "| PIN | 4711 |",
            "senha: `abc123`",
            "wifi-password: \"abc 123\"",
            "pw (bank): Tr0ub4dor",
            "contraseña: secreto",
            "bank_pin=123456",
            "CVV: 123",
        ] {
            check(line, &["password"]);
        }
        for line in [
            "password: ask Ana",
            "She forgot her password: again",
            "password: ****",
            "pin: see the safe",
            "spin: 4711",
            "PIN: on the fridge",
            "password: [[Ana]]",
            "password: https://x.org/reset",
            "Ana's password manager: Bitwarden",
            "password:",
            "the pin 4711",
            "pw: no",
            "secret: she loves the sea and the fog",
            "clave de sol: fa",
            "password changed on: 2026-11-21",
            "password: 2026-11-21 changed",
        ] {
            check(line, &[]);
        }
    }

    #[test]
    fn keys_are_told() {
        let of = |start: &str, length| {
            format!("token {start}{}", "a1B2c3D4e5".repeat(12).get(..length).unwrap())
        };
        check("AKIAIOSFODNN7EXAMPLE", &["secret-key"]);
        for (start, length) in [
            ("ghp_", 36),
            ("sk-", 48),
            ("xoxb-", 30),
            ("glpat-", 20),
            ("AIza", 35),
            ("github_pat_", 40),
        ] {
            check(&of(start, length), &["secret-key"]);
        }
        check(
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P",
            &["secret-key"],
        );
        check(
            "a\n-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----\nb\n",
            &["secret-key"],
        );
        check("-----BEGIN PRIVATE KEY-----\nnever ended", &["secret-key"]);
        check(
            "recovery phrase: abandon ability able about above absent absorb abstract absurd abuse access accident",
            &["secret-key"],
        );
        for line in [
            "sk-learn is a library",
            "AKIAIOSFODNN7",
            "ghp_short",
            "a mnemonic: every good boy deserves favour",
            "-----BEGIN CERTIFICATE-----",
        ] {
            check(line, &[]);
        }
    }

    #[test]
    fn numbers_are_told_and_phones_are_none() {
        check("Her IBAN is DE89 3704 0044 0532 0130 00, for the deposit", &["account-number"]);
        check("PT50000201231234567890154", &["account-number"]);
        check("4111 1111 1111 1111 exp 12/29", &["card-number"]);
        check("Visa 4111-1111-1111-1111.", &["card-number"]);
        check("378282246310005", &["card-number"]);
        check("SSN 123-45-6789", &["identity-number"]);
        check("NIF: 123 456 789", &["identity-number"]);
        check("CPF: 529.982.247-25", &["identity-number"]);
        check("passport: AB1234567", &["identity-number"]);
        for line in [
            "phone: \"+351 910 000 000\"",
            "phone: +4111111111111111",
            "phone: 4111 111 111 111 1111",
            "NIF: 123456780",
            "910 000 001",
            "https://x.org/4111111111111111",
            "photo_4111111111111111.jpg",
            "2026-11-21 2026-11-22",
            "DE89 3704 0044 0532 0130 01",
            "passport: expired in 2026",
            "uid: 1234-5678",
            "passport: 2026-11-21",
            "ISBN 978-3-16-148410-0",
            "4111 1111 1111 1112",
        ] {
            check(line, &[]);
        }
    }

    #[test]
    fn tender_matters_are_only_told_on_request() {
        let text = "- 2026-01-02 call: she was diagnosed in May\n- owes me 20\n- fine\n";
        check(text, &[]);
        let found = secrets(text, true);
        let told = found.iter().map(|finding| (finding.span.of(text), finding.message.as_str()));
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                ("diagnosed", "this tells of somebody's health"),
                ("owes me", "this tells of somebody's money")
            ]
        );
        assert_eq!(masked(text, &found), text);
    }

    #[test]
    fn hostile_text_takes_linear_time() {
        for piece in [
            "4",
            "4 ",
            "4-",
            "password: ",
            "DE89 ",
            "a:",
            "(",
            "-----BEGIN PRIVATE KEY",
            "-----BEGIN PRIVATE KEY\n",
            "eyJ.",
            "é",
            "pin (",
            "ghp_",
            "DE89",
        ] {
            let text = piece.repeat(200_000 / piece.len());
            let _ = masked(&text, &secrets(&text, true));
        }
    }

    proptest! {
        #[test]
        fn places_fit_and_masks_are_as_long(text in "(password|pin|nif|: |=|[0-9]{1,4}| |-|é|\n|DE89|4111 1111 1111 1111|\\||\\(|\\)|sk-|a){0,20}") {
            let found = secrets(&text, true);
            let mut end = 0;
            for finding in &found {
                prop_assert!(finding.span.start >= end && finding.span.end <= text.len());
                prop_assert!(text.is_char_boundary(finding.span.start) && text.is_char_boundary(finding.span.end));
                end = finding.span.end;
            }
            prop_assert_eq!(masked(&text, &found).len(), text.len());
        }
    }
}
