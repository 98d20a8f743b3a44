//! Which files the person hides from `ties`: patterns of `.tiesignore` and of the setting `ignore`.
//!
//! The patterns are those of gitignore that people use: `*` and `?` within a name, `**` across folders, `[a-z]`, a
//! pattern with `/` in it starts at the root, one without matches at any depth, `/` at the end means folders only,
//! `!` takes back, `#` starts a comment. Matching takes at most the product of both lengths; no pattern is slow.

/// The patterns of one vault; a later one wins over an earlier one.
#[derive(Debug, Clone, Default)]
pub struct Ignore {
    patterns: Vec<Pattern>,
}

#[derive(Debug, Clone)]
struct Pattern {
    parts: Vec<Part>,
    folders_only: bool,
    takes_back: bool,
}

#[derive(Debug, Clone)]
enum Part {
    /// `**`
    AnyFolders,
    Name(Vec<Token>),
}

/// What stands for characters of a name.
#[derive(Debug, Clone)]
enum Token {
    /// `*`
    Any,
    /// `?`
    One,
    Exactly(char),
    /// Whether the ranges are wanted or unwanted, and the ranges, both ends included.
    Class(bool, Vec<(char, char)>),
}

impl Ignore {
    /// The patterns of the setting `ignore`, then the lines of a `.tiesignore` file.
    pub fn new(setting: &[String], file: &str) -> Ignore {
        let file = file.strip_prefix('\u{feff}').unwrap_or(file);
        let lines = setting.iter().map(String::as_str).chain(file.lines());
        Ignore { patterns: lines.filter_map(Pattern::parse).collect() }
    }

    /// Whether there is no pattern.
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// Whether `path`, relative to the root with `/` between folders, is hidden by a pattern. The folders around it
    /// are not looked at: the walk does not enter a folder that is hidden.
    pub fn hides(&self, path: &str, is_folder: bool) -> bool {
        if self.patterns.is_empty() {
            return false;
        }
        let parts = path.split('/').map(|part| part.chars().collect()).collect::<Vec<Vec<char>>>();
        let fits = |pattern: &&Pattern| {
            (is_folder || !pattern.folders_only)
                && fits(
                    &pattern.parts,
                    &parts,
                    |part| matches!(part, Part::AnyFolders),
                    |part, name| part.fits(name),
                )
        };
        self.patterns.iter().rev().find(fits).is_some_and(|pattern| !pattern.takes_back)
    }
}

impl Pattern {
    fn parse(line: &str) -> Option<Pattern> {
        let line = line.trim_end();
        if line.starts_with('#') {
            return None;
        }
        let (takes_back, line) = match line.strip_prefix('!') {
            Some(rest) => (true, rest),
            None => (false, line),
        };
        // `\#` and `\!` at the start mean the character itself.
        let line =
            line.strip_prefix('\\').filter(|rest| rest.starts_with(['#', '!'])).unwrap_or(line);
        let (folders_only, body) = match line.strip_suffix('/') {
            Some(body) => (true, body),
            None => (false, line),
        };
        let rooted = body.contains('/');
        let body = body.strip_prefix('/').unwrap_or(body);
        if body.is_empty() {
            return None;
        }
        let anywhere = (!rooted).then_some(Part::AnyFolders);
        let parts = body.split('/').map(Part::parse);
        Some(Pattern {
            parts: anywhere.into_iter().chain(parts).collect(),
            folders_only,
            takes_back,
        })
    }
}

impl Part {
    fn parse(text: &str) -> Part {
        if text == "**" {
            return Part::AnyFolders;
        }
        Part::Name(tokens_of(&text.chars().collect::<Vec<_>>()))
    }

    fn fits(&self, name: &[char]) -> bool {
        match self {
            Part::AnyFolders => true,
            Part::Name(tokens) => {
                fits(tokens, name, |token| matches!(token, Token::Any), Token::stands_for)
            }
        }
    }
}

/// The usual wildcard match, for the folders of a path and for the characters of a name alike: on a mismatch the last wildcard takes one more and the rest is tried again.
fn fits<P, T>(
    pattern: &[P],
    text: &[T],
    is_wild: impl Fn(&P) -> bool,
    is_one: impl Fn(&P, &T) -> bool,
) -> bool {
    let (mut at, mut read) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while let Some(here) = text.get(read) {
        match pattern.get(at) {
            Some(part) if is_wild(part) => {
                at += 1;
                retry = Some((at, read));
                continue;
            }
            Some(part) if is_one(part, here) => (at, read) = (at + 1, read + 1),
            _ => {
                let Some((after, taken)) = retry else { return false };
                (at, read) = (after, taken + 1);
                retry = Some((after, taken + 1));
            }
        }
    }
    pattern.get(at..).is_some_and(|rest| rest.iter().all(is_wild))
}

impl Token {
    fn stands_for(&self, character: &char) -> bool {
        match self {
            Token::Any | Token::One => true,
            Token::Exactly(expected) => expected == character,
            Token::Class(wanted, ranges) => {
                ranges.iter().any(|(from, to)| (from..=to).contains(&character)) == *wanted
            }
        }
    }
}

fn tokens_of(glob: &[char]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = glob;
    while let [first, after @ ..] = rest {
        rest = after;
        tokens.push(match first {
            '*' => Token::Any,
            '?' => Token::One,
            '\\' if !after.is_empty() => {
                rest = after.get(1..).unwrap_or(&[]);
                Token::Exactly(after.first().copied().unwrap_or('\\'))
            }
            '[' => match class_of(after) {
                Some((class, after)) => {
                    rest = after;
                    class
                }
                None => Token::Exactly('['),
            },
            other => Token::Exactly(*other),
        });
    }
    tokens
}

/// The class after a `[`, and what follows its `]`; `None` where it does not close.
fn class_of(glob: &[char]) -> Option<(Token, &[char])> {
    let (wanted, glob) = match glob {
        ['!' | '^', rest @ ..] => (false, rest),
        _ => (true, glob),
    };
    // A `]` right at the start is one of the characters.
    let end = glob.iter().skip(1).position(|character| *character == ']')? + 1;
    let mut inside = glob.get(..end)?;
    let mut ranges = Vec::new();
    while let [from, rest @ ..] = inside {
        inside = match rest {
            ['-', to, rest @ ..] => {
                ranges.push((*from, *to));
                rest
            }
            _ => {
                ranges.push((*from, *from));
                rest
            }
        };
    }
    Some((Token::Class(wanted, ranges), glob.get(end + 1..)?))
}

#[cfg(test)]
mod tests {
    use crate::effects::vault::ignore::Ignore;
    use proptest::prelude::*;

    fn check(patterns: &str, hidden: &[&str], seen: &[&str]) {
        let ignore = Ignore::new(&[], patterns);
        let hides = |path: &str| {
            let folder = path.strip_suffix('/');
            ignore.hides(folder.unwrap_or(path), folder.is_some())
        };
        hidden.iter().for_each(|path| assert!(hides(path), "{path} by {patterns:?}"));
        seen.iter().for_each(|path| assert!(!hides(path), "{path} by {patterns:?}"));
    }

    #[test]
    fn patterns_mean_what_gitignore_means() {
        check(
            "*-scratch.md",
            &["a-scratch.md", "people/b-scratch.md"],
            &["scratch.md", "a-scratch.md.x"],
        );
        check("/top.md", &["top.md"], &["people/top.md"]);
        check("people/old", &["people/old", "people/old/"], &["x/people/old", "old"]);
        check("old/", &["old/", "people/old/"], &["old"]);
        check("a/**/b.md", &["a/b.md", "a/x/b.md", "a/x/y/b.md"], &["b.md", "a/b.md/c"]);
        check("**/b.md", &["b.md", "x/b.md"], &["bb.md"]);
        check("a/**", &["a/x", "a/x/y"], &["b/x"]);
        check("?.md", &["a.md", "é.md"], &["ab.md", ".md"]);
        check("[a-c!]x [!0-9].md", &["bx a.md", "!x b.md"], &["dx a.md", "ax 1.md"]);
        check("[ab", &["[ab"], &["a"]);
        check("a*b*c.md", &["abc.md", "axbxbxc.md"], &["abx.md"]);
        check("# no\n\n\\#yes.md\n\\!yes.md\n!", &["#yes.md", "!yes.md"], &["no", "# no"]);
        check("\u{feff}x.md\r\n", &["x.md"], &[]);
    }

    #[test]
    fn a_later_pattern_takes_back() {
        check("*.md\n!ana.md", &["bo.md"], &["ana.md", "people/ana.md"]);
        let setting = ["*.md".to_owned()];
        assert!(!Ignore::new(&setting, "!a.md").hides("a.md", false));
    }

    #[test]
    fn hostile_patterns_are_quick() {
        let pattern = "*a".repeat(2_000);
        let name = "a".repeat(1_000) + "b";
        check(&pattern, &[], &[&name]);
        check(&"**/a/".repeat(500), &[], &["a/".repeat(400).trim_end_matches('/')]);
    }

    proptest! {
        #[test]
        fn nothing_panics(pattern in "[*?\\[\\]!a/\\\\-]{0,12}", path in "[a-c/]{0,12}") {
            Ignore::new(&[], &pattern).hides(&path, true);
        }

        #[test]
        fn a_plain_name_hides_itself(name in "[a-zé0-9 ._-]{1,12}[a-z]") {
            let name = name.trim_start().to_owned();
            prop_assert!(Ignore::new(std::slice::from_ref(&name), "").hides(&name, false));
        }
    }
}
