//! Secrets in a text: passwords, keys, numbers of accounts, cards and people; and, where it is wanted, tender matters.
//!
//! Always true here: what is told of a secret never holds the secret, and reading takes linear time whatever the text is.
//! Better one secret unseen than a list that nobody reads: a number is only told where its check digits are right.

use crate::features::secret_accounts::{FEWEST_DIGITS, Number, numbers};
use crate::features::secret_addresses::{addresses, is_secret_user, parts};
use crate::features::secret_keys::{SHORTEST_KEY, keys};
use crate::features::secret_labels::{ends_label, labelled};
use crate::features::tender_words::tender;
use crate::text::diagnostic::{Code, Finding};
use crate::text::span::Span;

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

/// `text` with every secret of `findings` out of sight, byte for byte as long, so that places stay true. Behind a password
/// or a card nobody knows where the secret ends (`pw: two words`, `exp 12/27, cvv 123`), so the rest of the line goes too.
/// Tender words stay: they are no secret to the person who wrote them.
pub fn masked(text: &str, findings: &[Finding]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for finding in findings.iter().filter(|finding| finding.code != Code::TenderMatter) {
        let Some(before) = text.get(at..finding.span.start) else { continue };
        masked.push_str(before);
        let hidden = Span::new(finding.span.start, hidden_to(text, finding));
        for character in hidden.of(text).chars() {
            match character {
                '\n' | '\r' => masked.push(character),
                other => masked.extend(std::iter::repeat_n('*', other.len_utf8())),
            }
        }
        at = hidden.end;
    }
    masked.push_str(text.get(at..).unwrap_or(""));
    masked
}

fn hidden_to(text: &str, finding: &Finding) -> usize {
    let end = finding.span.end;
    if !matches!(finding.code, Code::Password | Code::CardNumber) {
        return end;
    }
    let rest = text.get(end..).unwrap_or("");
    end + rest.find('\n').unwrap_or(rest.len())
}

fn of_line(line: &str, counted: &Counted, start: usize, strict: bool, findings: &mut Vec<Finding>) {
    let mut found = Vec::new();
    if counted.longest >= SHORTEST_KEY {
        found.extend(keys(line).map(|(span, what)| key(span, what)));
    }
    if counted.digits >= FEWEST_DIGITS {
        let told = |number: Number| stands(number.code, number.span, number.what);
        found.extend(numbers(line).into_iter().map(told));
    }
    if counted.labels || counted.digits >= FEWEST_DIGITS_OF_DOCUMENT {
        found.extend(labelled(line).into_iter().map(|told| match told.code {
            Code::SecretKey => key(told.span, told.what),
            code => stands(code, told.span, told.what),
        }));
    }
    if counted.labels && line.contains("://") {
        found.extend(in_addresses(line));
    }
    if strict {
        found.extend(tender(line).map(|(span, about)| tender_matter(span, about)));
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

/// `https://ana:secret@host`
fn in_addresses(line: &str) -> impl Iterator<Item = Finding> + '_ {
    addresses(line).filter_map(|place| {
        let user = parts(place.of(line)).user?.shifted(place.start);
        let what = "an address with a password";
        is_secret_user(user.of(line)).then(|| stands(Code::Password, user, what))
    })
}

/// `Passport no. 123456` has no sign that ends a label.
const FEWEST_DIGITS_OF_DOCUMENT: usize = 5;

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

/// What each byte is.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0u8;
    loop {
        let digit = if byte.is_ascii_digit() { DIGIT } else { 0 };
        let is_part = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
        let part = if is_part { PART } else { 0 };
        let label = if ends_label(byte) { LABEL } else { 0 };
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

fn stands(code: Code, span: Span, what: &str) -> Finding {
    Finding::new(code, span, format!("{what} stands in this note")).help(ELSEWHERE)
}

fn tender_matter(span: Span, about: &str) -> Finding {
    let message = format!("this tells of somebody's {about}");
    let help = "ask whether they would mind it here; `private: true`, or its heading in `private`, keeps it from every export";
    Finding::new(Code::TenderMatter, span, message).help(help)
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
    fn what_follows_a_password_or_a_card_is_hidden_with_it() {
        for (text, expected) in [
            ("pw: Tr0ub4dor &3 zebra\nx", "pw: ******************\nx"),
            ("wifi password: abc-1 def-2\r\nx", "wifi password: ***********\r\nx"),
            ("| Password | hunter2 | old | hunter1 |", "| Password | *************************"),
            ("card: 4111 1111 1111 1111, exp 12/27", "card: ******************************"),
            ("IBAN DE89 3704 0044 0532 0130 00, mine", "IBAN ***************************, mine"),
            ("see https://ana:pw@host.org/x y", "see https://*******************"),
        ] {
            assert_eq!(masked(text, &secrets(text, false)), expected);
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
            "4111111111111111=",
            "4111 1111 1111 1111-",
            "://",
            "://a:b@",
            "password: hunter2\n",
            "no. ",
            "cancro da ",
            "[[cancer",
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
