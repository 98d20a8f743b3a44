//! The shells that complete: what each sources once, how each asks, and how it wants to be answered.
//!
//! A script asks by running `TIES_COMPLETE=SHELL ties -- …` and gets a candidate a line. Both ends are ours and are kept
//! as they are, so a script that was saved years ago still works.

use crate::features::name_completion::Growth;
use crate::text::shell::{continued, words};
use clap::ValueEnum;
use serde::Serialize;

/// The variable by which a script asks.
pub const COMPLETE: &str = "TIES_COMPLETE";

/// A shell that completes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Shell {
    Bash,
    Zsh,
    Fish,
    Elvish,
    Nushell,
}

/// What a shell asks to be completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The words of the command line up to the cursor, the name of the program first; the last is completed.
    pub words: Vec<String>,
    // Only of bash: the last word as typed, with its quotes.
    raw: String,
    // Only of bash: the start of it that is not replaced, because bash parts words at `:` and `=`.
    fixed: usize,
    open: Option<char>,
}

/// One word to offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Offer {
    /// The word.
    pub value: String,
    /// What it is.
    #[serde(rename = "description")]
    pub about: Option<String>,
}

impl Shell {
    /// The shell that a script calls `name`.
    pub fn named(name: &str) -> Option<Shell> {
        Shell::from_str(name, false).ok()
    }

    /// What the shell is to source.
    pub fn script(self) -> &'static str {
        match self {
            Shell::Bash => include_str!("completions.bash"),
            Shell::Zsh => include_str!("completions.zsh"),
            Shell::Fish => include_str!("completions.fish"),
            Shell::Elvish => include_str!("completions.elv"),
            Shell::Nushell => include_str!("completions.nu"),
        }
    }

    /// What it does with the word that is completed.
    pub fn growth(self) -> Growth {
        match self {
            Shell::Bash => Growth::Common,
            Shell::Zsh | Shell::Nushell => Growth::Free,
            Shell::Fish => Growth::AnyCase,
            Shell::Elvish => Growth::Kept,
        }
    }

    /// What its script asks with `arguments`, those behind `--`; `None` where it asks nothing.
    pub fn asked(self, arguments: &[String]) -> Option<Asked> {
        if self == Shell::Bash {
            let [line, word] = arguments else { return None };
            return asked_by_line(line, word);
        }
        let (last, before) = arguments.split_last()?;
        let mut typed = before.to_vec();
        // Quotes of the last word come as they are typed.
        let last = words(last).pop().map(|word| word.text).unwrap_or_default();
        typed.push(last);
        Some(Asked { words: typed, raw: String::new(), fixed: 0, open: None })
    }

    /// The answer.
    pub fn reply(self, asked: &Asked, offers: &[Offer]) -> String {
        match self {
            Shell::Bash => offers.iter().filter_map(|offer| for_bash(asked, offer)).collect(),
            Shell::Zsh | Shell::Fish | Shell::Elvish => offers.iter().map(with_tab).collect(),
            Shell::Nushell => {
                let quoted = offers.iter().map(for_nushell).collect::<Vec<_>>();
                serde_json::to_string(&quoted).unwrap_or_default()
            }
        }
    }
}

/// `line` is the command line up to the cursor, `word` what bash is going to replace.
fn asked_by_line(line: &str, word: &str) -> Option<Asked> {
    let mut found = words(line);
    let last = found.pop()?;
    let (open, ended) = (last.open, last.end < line.len());
    let raw = if ended { "" } else { line.get(last.start..)? };
    let mut words = found.into_iter().map(|word| word.text).collect::<Vec<_>>();
    words.push(last.text);
    if ended {
        words.push(String::new());
    }
    let fixed = raw.strip_suffix(word).map_or(0, str::len);
    Some(Asked { words, raw: raw.to_owned(), fixed, open })
}

fn for_bash(asked: &Asked, offer: &Offer) -> Option<String> {
    let quoted = match asked.open {
        Some(quote @ ('"' | '\'')) if asked.raw.starts_with(quote) => {
            format!("{quote}{}", continued(&offer.value, Some(quote)))
        }
        // A quote that opens in the middle of a word.
        Some('"' | '\'') => return None,
        _ => continued(&offer.value, None),
    };
    let (fixed, rest) = quoted.split_at_checked(asked.fixed)?;
    (Some(fixed) == asked.raw.get(..asked.fixed)).then(|| format!("{rest}\n"))
}

fn with_tab(offer: &Offer) -> String {
    match &offer.about {
        Some(about) => format!("{}\t{about}\n", offer.value),
        None => format!("{}\n", offer.value),
    }
}

fn for_nushell(offer: &Offer) -> Offer {
    let plain = |character: char| character.is_alphanumeric() || "-_./,:@=+".contains(character);
    let value = if offer.value.chars().all(plain) {
        offer.value.clone()
    } else {
        format!("\"{}\"", offer.value.replace('\\', r"\\").replace('"', "\\\""))
    };
    Offer { value, about: offer.about.clone() }
}

#[cfg(test)]
mod tests {
    use crate::frontends::cli::shells::{Offer, Shell};

    fn offer(value: &str) -> Offer {
        Offer { value: value.to_owned(), about: None }
    }

    fn check(line: &str, word: &str, value: &str, expected: &str) {
        let asked = Shell::Bash.asked(&[line.to_owned(), word.to_owned()]).unwrap();
        assert_eq!(Shell::Bash.reply(&asked, &[offer(value)]), expected, "{line}");
    }

    #[test]
    fn bash_gets_names_in_the_quotes_that_were_typed() {
        check("ties show an", "an", "Ana Lima", "Ana\\ Lima\n");
        check("ties show ", "", "Siobhán O'Brien", "Siobhán\\ O\\'Brien\n");
        check("ties show \"An", "An", "Ana $ Lima", "Ana \\$ Lima\n");
        check("ties show 'O", "O", "O'Brien", "O'\\''Brien\n");
        check("ties show Ana\\ L", "Ana\\ L", "Ana Lima", "Ana\\ Lima\n");
        check("ties show x\" a", " a", "x a", "");
    }

    #[test]
    fn bash_gets_only_the_part_behind_its_word_breaks() {
        check("ties list --circle=in", "in", "--circle=inner", "inner\n");
        check("ties done people/ana.md:1", "1", "people/ana.md:14", "14\n");
        check("ties list --circle=in", "in", "--group=x", "");
    }

    #[test]
    fn the_last_word_is_the_one_to_complete() {
        let words = |line: &str| {
            Shell::Bash.asked(&[line.to_owned(), String::new()]).map(|asked| asked.words)
        };
        assert_eq!(words("ties log 'Ana Lima' ").unwrap(), ["ties", "log", "Ana Lima", ""]);
        assert_eq!(words("ties"), Some(vec!["ties".to_owned()]));
        assert_eq!(words(""), None);
        let arguments = ["ties".to_owned(), "show".to_owned(), "\"Ana L".to_owned()];
        assert_eq!(Shell::Fish.asked(&arguments).unwrap().words, ["ties", "show", "Ana L"]);
        assert_eq!(Shell::Zsh.asked(&[]), None);
    }

    #[test]
    fn nushell_gets_quotes_where_it_needs_them() {
        let asked = Shell::Nushell.asked(&["ties".to_owned()]).unwrap();
        let reply = Shell::Nushell.reply(&asked, &[offer("ana"), offer("O \"B\"")]);
        assert_eq!(
            reply,
            r#"[{"value":"ana","description":null},{"value":"\"O \\\"B\\\"\"","description":null}]"#
        );
    }
}
