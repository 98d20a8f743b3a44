//! Command lines as a POSIX shell cuts them into words, and words quoted so that a shell reads them back.
//!
//! Invariant: nothing is ever expanded; a dollar sign or a star is a character like any other.

use std::borrow::Cow;

/// One word of a command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// What it says, without its quotes.
    pub text: String,
    /// Where it starts in the line, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The quote that is still open at the end of the line; a backslash where one stands alone there.
    pub open: Option<char>,
}

/// The words of `line`: white space parts them, quotes keep them together, a backslash takes the next character as it
/// is (in double quotes only before `"`, `\`, `$` and a backtick). A quote that does not close reaches to the end.
pub fn words(line: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut characters = line.char_indices();
    let mut inside = false;
    while let Some((at, character)) = characters.next() {
        if matches!(character, ' ' | '\t' | '\n' | '\r') {
            inside = false;
            continue;
        }
        if !inside {
            words.push(Word { text: String::new(), start: at, end: at, open: None });
            inside = true;
        }
        if let Some(word) = words.last_mut() {
            take(character, &mut characters, word);
            word.end = characters.offset();
        }
    }
    words
}

/// The words of a command that is to be run; `None` where a quote does not close.
pub fn command_words(command: &str) -> Option<Vec<String>> {
    let words = words(command);
    let closed = words.iter().all(|word| word.open.is_none());
    closed.then(|| words.into_iter().map(|word| word.text).collect())
}

fn take(character: char, characters: &mut std::str::CharIndices<'_>, word: &mut Word) {
    match character {
        '\'' => take_quoted('\'', characters, word),
        '"' => take_quoted('"', characters, word),
        '\\' => match characters.next() {
            Some((_, escaped)) => word.text.push(escaped),
            None => word.open = Some('\\'),
        },
        other => word.text.push(other),
    }
}

fn take_quoted(quote: char, characters: &mut std::str::CharIndices<'_>, word: &mut Word) {
    while let Some((_, character)) = characters.next() {
        match character {
            end if end == quote => return,
            '\\' if quote == '"' => match characters.next() {
                Some((_, escaped @ ('"' | '\\' | '$' | '`'))) => word.text.push(escaped),
                Some((_, other)) => word.text.extend(['\\', other]),
                None => {}
            },
            other => word.text.push(other),
        }
    }
    word.open = Some(quote);
}

/// `text` as one word of a shell command, in single quotes where it needs any.
pub fn quoted(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("'{}'", text.replace('\'', r"'\''")))
}

/// `text` as it stands behind `open`, a quote that is still open; without one, with backslashes.
pub fn continued(text: &str, open: Option<char>) -> String {
    match open {
        Some('\'') => text.replace('\'', r"'\''"),
        Some('"') => escaped(text, |character| matches!(character, '"' | '\\' | '$' | '`')),
        _ => escaped(text, |character| !is_plain_character(character)),
    }
}

fn escaped(text: &str, needed: impl Fn(char) -> bool) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if needed(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_plain_character)
}

/// Letters of any script are plain: no shell gives them a meaning.
fn is_plain_character(character: char) -> bool {
    character.is_alphanumeric() || "%+,-./:=@_".contains(character) || !character.is_ascii()
}

#[cfg(test)]
mod tests {
    use crate::text::shell::{command_words, continued, quoted, words};
    use proptest::prelude::*;

    fn check(command: &str, expected: &[&str]) {
        assert_eq!(command_words(command).unwrap(), expected, "{command}");
    }

    #[test]
    fn commands_are_cut_as_a_shell_would() {
        check("vi", &["vi"]);
        check("  code  --wait ", &["code", "--wait"]);
        check(r#""/Applications/My Editor" -n"#, &["/Applications/My Editor", "-n"]);
        check(r"/opt/my\ editor 'a b'c", &["/opt/my editor", "a bc"]);
        check(r#""a\"b\n" ''"#, &["a\"b\\n", ""]);
        check("$HOME/x `y`", &["$HOME/x", "`y`"]);
        assert_eq!(command_words("vi 'x"), None);
        assert_eq!(command_words("vi \\"), None);
    }

    #[test]
    fn a_word_knows_its_place_and_its_open_quote() {
        let line = r#"ties show "Ana L"#;
        let found = words(line);
        let last = found.last().unwrap();
        assert_eq!((last.text.as_str(), &line[last.start..last.end]), ("Ana L", r#""Ana L"#));
        assert_eq!(last.open, Some('"'));
        assert_eq!(words("a b\\ c").last().unwrap().open, None);
    }

    #[test]
    fn names_are_quoted_only_where_they_must_be() {
        assert_eq!(quoted("João"), "João");
        assert_eq!(quoted("Ana Lima"), "'Ana Lima'");
        assert_eq!(quoted(""), "''");
        assert_eq!(continued("Siobhán O'Brien", None), r"Siobhán\ O\'Brien");
        assert_eq!(continued("Siobhán O'Brien", Some('"')), "Siobhán O'Brien");
        assert_eq!(continued("O'Brien", Some('\'')), r"O'\''Brien");
        assert_eq!(continued("$5 \"x\"", Some('"')), r#"\$5 \"x\""#);
    }

    proptest! {
        #[test]
        fn what_is_quoted_is_read_back(text in "[^\n]{0,20}", open in prop::option::of(prop::sample::select(vec!['"', '\'']))) {
            prop_assert_eq!(command_words(&quoted(&text)), Some(vec![text.clone()]));
            let quote = open.map(String::from).unwrap_or_default();
            let line = format!("{quote}{}{quote}", continued(&text, open));
            let expected = if line.is_empty() { vec![] } else { vec![text] };
            prop_assert_eq!(command_words(&line), Some(expected));
        }
    }
}
