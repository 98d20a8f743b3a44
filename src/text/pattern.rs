//! Regular expressions that a person types, on folded text: neither case nor accents count.
//!
//! Always true here: a pattern is small, and matching takes time linear in the text, whatever was typed.

use crate::text::fold::fold;
use regex::{Regex, RegexBuilder};

/// The most memory that a compiled pattern takes, in bytes.
const LARGEST: usize = 1 << 20;
/// The deepest nesting of groups.
const DEEPEST: u32 = 24;

/// A regular expression, compiled.
#[derive(Debug, Clone)]
pub struct Pattern {
    written: String,
    regex: Regex,
}

impl Pattern {
    /// The pattern that was `written`, without the signs around it; what is wrong with it, in words, where it is none.
    pub fn new(written: &str) -> Result<Pattern, String> {
        let regex = RegexBuilder::new(&folded(written))
            .case_insensitive(true)
            .size_limit(LARGEST)
            .dfa_size_limit(LARGEST)
            .nest_limit(DEEPEST)
            .build()
            .map_err(|error| reason(&error))?;
        Ok(Pattern { written: written.to_owned(), regex })
    }

    /// As it was written.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// Whether any piece of `text` is like it.
    pub fn is_in(&self, text: &str) -> bool {
        self.regex.is_match(&fold(text))
    }
}

/// The pattern for folded text: what is ASCII may be syntax (`\S`) and stays, its letters are compared in any case.
fn folded(written: &str) -> String {
    let mut pattern = String::with_capacity(written.len());
    for character in written.chars() {
        if character.is_ascii() {
            pattern.push(character);
        } else if character.is_whitespace() {
            pattern.push(' ');
        } else {
            pattern.push_str(&fold(character.encode_utf8(&mut [0; 4])));
        }
    }
    pattern
}

fn reason(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(_) => "it is too large".to_owned(),
        other => {
            let told = other.to_string();
            let last = told.lines().last().unwrap_or_default().trim();
            last.strip_prefix("error: ").unwrap_or(last).to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::text::pattern::Pattern;
    use proptest::prelude::*;

    fn check(pattern: &str, text: &str, expected: bool) {
        assert_eq!(Pattern::new(pattern).unwrap().is_in(text), expected, "{pattern} in {text}");
    }

    #[test]
    fn case_and_accents_do_not_count() {
        check("^joão", "JOAO Faria", true);
        check("JOAO", "João Faria", true);
        check("fari[aá]$", "João Faria", true);
        check(r"^\S+$", "João Faria", false);
        check("straß", "Strasse", true);
        check("^王", "王小明", true);
    }

    #[test]
    fn what_is_no_pattern_is_told_in_a_line() {
        assert_eq!(Pattern::new("a(b").unwrap_err(), "unclosed group");
        assert_eq!(Pattern::new(r"(\pL{500}){500}").unwrap_err(), "it is too large");
        assert!(Pattern::new(&"(".repeat(500)).unwrap_err().len() < 200);
    }

    proptest! {
        #[test]
        fn nothing_panics(pattern in "\\PC{0,20}", text in "\\PC{0,40}") {
            if let Ok(pattern) = Pattern::new(&pattern) {
                pattern.is_in(&text);
            }
        }
    }
}
