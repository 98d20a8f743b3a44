//! Keys of services: told by how they begin, how long they are and that they are no words.

use crate::text::span::Span;

/// No key of a service is shorter.
pub const SHORTEST_KEY: usize = 20;

/// The keys in `line` in order: where each stands, and what it is.
pub fn keys(line: &str) -> impl Iterator<Item = (Span, &'static str)> {
    words_of(line).filter_map(|(start, word)| {
        let word = word.trim_end_matches('.');
        key(word).map(|what| (Span::new(start, start + word.len()), what))
    })
}

/// What `word` is the key of; `None` where it is none.
pub fn key(word: &str) -> Option<&'static str> {
    let named = KEY_STARTS.iter().find_map(|(begins, least, what)| {
        let rest = word.strip_prefix(begins).filter(|rest| rest.len() >= *least)?;
        Some((begins, rest, *what))
    });
    match named {
        Some((begins, rest, what)) => is_drawn(begins, rest).then_some(what),
        None => is_json_web_token(word).then_some("a session token"),
    }
}

/// Whether what follows the beginning of a key was drawn at random: `sk-learn-is-a-library-2` is words and a number.
fn is_drawn(begins: &str, rest: &str) -> bool {
    let is_aws = matches!(begins, "AKIA" | "ASIA");
    let capital = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let fits = !is_aws || rest.len() == 16 && rest.bytes().all(capital);
    fits && rest.split(['-', '_', '.']).any(is_mixed)
}

/// Whether digits and letters stand in `text`.
pub fn is_mixed(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}

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

/// RFC 7519: three parts, the first two JSON objects in base64.
fn is_json_web_token(word: &str) -> bool {
    let mut parts = word.split('.');
    let [head, body, seal] = [parts.next(), parts.next(), parts.next()];
    let object =
        |part: Option<&str>| part.is_some_and(|part| part.len() > 10 && part.starts_with("eyJ"));
    object(head) && object(body) && seal.is_some_and(|seal| seal.len() > 10)
}

/// The runs of letters, digits, `_`, `-` and `.`, with their places.
fn words_of(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-' | '.');
    let mut at = 0;
    line.split_inclusive(move |sign| !is_part(sign)).filter_map(move |part| {
        let start = at;
        at += part.len();
        let word = part.trim_end_matches(|sign| !is_part(sign));
        (!word.is_empty()).then_some((start, word))
    })
}

#[cfg(test)]
mod tests {
    use crate::features::secret_keys::key;

    #[test]
    fn words_that_begin_like_a_key_are_none() {
        for word in [
            "sk-learn-is-a-library-that-we-use-for-everything-2",
            "npm_config_registry_and_other_settings_42",
            "AKIAIOSFODNN7EXAMPLE1",
            "AKIAIOSFODNN7exampl1",
            "ghp_",
            "",
        ] {
            assert_eq!(key(word), None, "{word}");
        }
        for word in [
            "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
            "glpat-abcdefghij0123456789",
            "npm_a1B2c3D4e5a1B2c3D4e5a1B2c3D4e5a1B2c3",
            "AKIAIOSFODNN7EXAMPLE",
        ] {
            assert!(key(word).is_some(), "{word}");
        }
    }
}
