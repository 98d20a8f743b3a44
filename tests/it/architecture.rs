//! The order of the `mod` lines is the architecture: a module uses only what is declared above it.
//!
//! The rules, each of which names file, line and reason when it is broken:
//! 1. no `super::`, and no path to an own parent (`crate::text::Thing` inside `text/`);
//! 2. of two modules in one list, only the lower one may use the upper one;
//! 3. a third-party crate is used by its owners alone;
//! 4. the clock, the disk, the environment and processes are touched in `effects` alone, printing happens in one file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Crate, and the modules that may name it.
const OWNERS: &[(&str, &[&str])] = &[
    ("pulldown_cmark", &["note/markdown"]),
    ("serde_yaml", &["note/yaml_read"]),
    ("granit_parser", &["note/yaml_tree"]),
    ("toml_edit", &["note/toml"]),
    ("chrono", &["text/day", "effects/clock"]),
    ("walkdir", &["effects/vault/walk"]),
    ("clap", &["frontends/cli"]),
    ("similar", &["text/diff"]),
    ("strsim", &["text/suggest"]),
    ("memchr", &["text/byte_scan"]),
    ("siphasher", &["text/fingerprint"]),
    ("unicode_normalization", &["text/fold"]),
    ("rustix", &["effects/"]),
    ("anstream", &["frontends/cli"]),
    ("anstyle", &["frontends/cli"]),
    ("indicatif", &["frontends/cli/progress"]),
    ("tantivy", &["effects/index"]),
    ("notify", &["effects/watch"]),
    ("signal_hook", &["effects/signals"]),
    ("postcard", &["effects/facts"]),
    ("crc32fast", &["effects/facts"]),
    ("regex", &["text/pattern"]),
    ("clap_complete", &["frontends/cli"]),
    ("clap_mangen", &["frontends/cli"]),
];

/// What touches the world, and the modules that may.
const WORLD: &[(&str, &[&str])] = &[
    ("std::fs", &["effects/"]),
    ("std::env", &["effects/", "main"]),
    ("std::process::Command", &["effects/"]),
    ("Instant", &["effects/", "frontends/cli/progress"]),
    ("SystemTime", &["effects/"]),
    ("println!", &[]),
    ("eprintln!", &[]),
    ("print!(", &[]),
    ("std::io::stdout", &["frontends/cli/output", "effects/terminal"]),
    ("std::io::stdin", &["effects/terminal"]),
];

struct Source {
    /// `text/day`, `note/markdown`; of a `mod.rs` its folder.
    module: String,
    path: PathBuf,
    text: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    gather(&root, &mut files);
    files.sort();
    let source = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        let relative = path.strip_prefix(&root).unwrap().with_extension("");
        let module = relative.to_string_lossy().replace('\\', "/");
        let module = module.strip_suffix("/mod").map_or(module.clone(), str::to_owned);
        Source { module, path, text }
    };
    files.into_iter().map(source).collect()
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// For each module with a list, its children in order. The crate itself is the empty name.
fn lists(sources: &[Source]) -> BTreeMap<String, Vec<String>> {
    let listing = |source: &Source| {
        let children = source.text.lines().filter_map(|line| {
            line.trim().trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';')
        });
        let children = children.map(str::to_owned).collect::<Vec<_>>();
        let name = if source.module == "lib" { String::new() } else { source.module.clone() };
        (!children.is_empty()).then_some((name, children))
    };
    sources.iter().filter_map(listing).collect()
}

/// The code of each line: without comments and, roughly, without what stands in string literals.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, String)> {
    text.lines().enumerate().map(|(at, line)| {
        let mut code = String::new();
        let (mut quoted, mut previous) = (false, ' ');
        for character in line.chars() {
            match character {
                '"' if previous != '\\' && previous != '\'' => quoted = !quoted,
                '/' if !quoted && previous == '/' => {
                    code.pop();
                    break;
                }
                _ if !quoted => code.push(character),
                _ => {}
            }
            previous = character;
        }
        (at + 1, code)
    })
}

fn paths_in(code: &str) -> Vec<String> {
    code.match_indices("crate::")
        .map(|(at, _)| path_at(&code[at + 7..]))
        .filter(|path| !path.is_empty())
        .collect()
}

fn path_at(rest: &str) -> String {
    let end = rest.find(|character: char| {
        !(character.is_alphanumeric() || character == '_' || character == ':')
    });
    rest[..end.unwrap_or(rest.len())].trim_end_matches(':').replace("::", "/")
}

/// Why `from` may not use `path`, where it may not.
fn objection(from: &str, path: &str, lists: &BTreeMap<String, Vec<String>>) -> Option<String> {
    let (mut list, mut inside) = (String::new(), from.split('/'));
    for wanted in path.split('/') {
        let children = lists.get(&list)?;
        let position = |name: &str| children.iter().position(|child| child == name);
        let Some(target) = position(wanted) else {
            let own_parent = from.starts_with(&list) && !list.is_empty();
            return own_parent.then(|| format!("`{wanted}` is an item of its own parent `{list}`"));
        };
        match inside.next() {
            Some(own) if own == wanted => {
                list = if list.is_empty() { wanted.to_owned() } else { format!("{list}/{wanted}") };
            }
            Some(own) => {
                let here = position(own)?;
                return (target > here).then(|| format!("`{wanted}` is declared below `{own}`"));
            }
            None => {
                return Some(format!("`{from}` lists modules and uses its own child `{wanted}`"));
            }
        }
    }
    None
}

#[test]
fn a_module_uses_only_what_is_declared_above_it() {
    let sources = sources();
    let lists = lists(&sources);
    let mut broken = Vec::new();
    for source in sources.iter().filter(|source| !matches!(source.module.as_str(), "lib" | "main"))
    {
        for (line, code) in code_lines(&source.text) {
            let mut complain =
                |reason: String| broken.push(format!("{}:{line}: {reason}", source.path.display()));
            if code.contains("super::") {
                complain("`super::` hides where a thing lives".to_owned());
            }
            for path in paths_in(&code) {
                if lists.contains_key(&path)
                    && code.contains(&format!("crate::{}::{{", path.replace('/', "::")))
                {
                    complain(format!(
                        "a group of modules of `{path}`: name each on a line of its own"
                    ));
                }
                // A module may name itself, as its own tests do.
                let itself =
                    path == source.module || path.starts_with(&format!("{}/", source.module));
                if let Some(reason) = objection(&source.module, &path, &lists).filter(|_| !itself) {
                    complain(format!("uses crate::{}: {reason}", path.replace('/', "::")));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_file_is_declared_and_says_what_it_is() {
    let sources = sources();
    let lists = lists(&sources);
    for source in &sources {
        assert!(source.text.starts_with("//!"), "{} does not open with //!", source.path.display());
        let (parent, name) = source.module.rsplit_once('/').unwrap_or(("", &source.module));
        if !matches!(source.module.as_str(), "lib" | "main") {
            let declared = lists
                .get(parent)
                .is_some_and(|children| children.iter().any(|child| child == name));
            assert!(declared, "{} is in no `pub mod` list", source.path.display());
        }
    }
}

#[test]
fn each_crate_has_one_owner_and_the_world_one_layer() {
    let mut broken = Vec::new();
    for source in sources() {
        let starts = ["#[cfg(test)]", "#[cfg(all(test"]
            .into_iter()
            .filter_map(|mark| source.text.find(mark));
        let tests_start = starts.min().unwrap_or(source.text.len());
        let last = source.text[..tests_start].lines().count();
        for (line, code) in code_lines(&source.text).take_while(|(line, _)| *line <= last) {
            for (word, owners) in OWNERS.iter().chain(WORLD) {
                let owned = owners.iter().any(|owner| source.module.starts_with(owner));
                if names(&code, word) && !owned {
                    broken.push(format!(
                        "{}:{line}: `{word}` belongs to {owners:?}",
                        source.path.display()
                    ));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

fn names(code: &str, word: &str) -> bool {
    let crate_name = !word.contains([':', '!']);
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let free = !before
            .is_some_and(|character| character.is_alphanumeric() || matches!(character, '_' | ':'));
        free && (!crate_name || code[at + word.len()..].starts_with("::"))
    })
}

#[test]
fn the_test_sees_what_it_forbids() {
    let lists = BTreeMap::from([
        (String::new(), vec!["text".to_owned(), "note".to_owned()]),
        ("text".to_owned(), vec!["span".to_owned(), "day".to_owned()]),
        ("note".to_owned(), vec!["path".to_owned()]),
    ]);
    assert!(objection("text/span", "text/day/Day", &lists).is_some(), "a sibling below");
    assert!(objection("text/day", "text/span/Span", &lists).is_none(), "a sibling above");
    assert!(objection("text/day", "note/path/NotePath", &lists).is_some(), "a layer below");
    assert!(objection("note/path", "text/day/Day", &lists).is_none(), "a layer above");
    assert!(objection("text/day", "text/Thing", &lists).is_some(), "an item of the own parent");
    assert_eq!(paths_in("use crate::text::day::{Day, Weekday};"), ["text/day"]);
    assert!(
        names("let x = std::fs::read(path)", "std::fs") && !names("use chronology::x", "chrono")
    );
}
