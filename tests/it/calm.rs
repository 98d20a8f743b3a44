//! Every word that `ties` says is calm: the strings of its source, the pages of its documentation, the example vault's
//! agenda. What a person typed may say what it likes.

use std::path::{Path, PathBuf};
use ties::text::phrase::forbidden_in;

fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
}

/// The string literals of a source file, without what stands in braces, and with `help` its doc comments too, which
/// become the help of a command. Tests are left out.
fn said(source: &str, help: bool) -> Vec<(usize, String)> {
    let code = &source[..source.find("#[cfg(test)]").unwrap_or(source.len())];
    let line = |(at, line): (usize, &str)| {
        let trimmed = line.trim_start();
        let said = match trimmed.strip_prefix("///") {
            Some(comment) if help => comment.to_owned(),
            Some(_) => String::new(),
            None => line.split('"').skip(1).step_by(2).collect::<Vec<_>>().join(" | "),
        };
        let said =
            said.split('{').map(|part| part.rsplit('}').next().unwrap_or(part)).collect::<String>();
        (!said.is_empty()).then_some((at + 1, said))
    };
    code.lines().enumerate().filter_map(line).collect()
}

#[test]
fn nothing_that_ties_says_shames_anybody() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = Vec::new();
    files(&root.join("src/features"), ".rs", &mut sources);
    files(&root.join("src/frontends"), ".rs", &mut sources);
    files(&root.join("src/app"), ".rs", &mut sources);
    files(&root.join("src/people"), ".rs", &mut sources);
    let mut found = Vec::new();
    for path in sources {
        for (line, said) in said(
            &std::fs::read_to_string(&path).unwrap(),
            path.to_string_lossy().contains("commands"),
        ) {
            for word in forbidden_in(&said) {
                found.push(format!("{}:{line}: `{word}` in: {said}", path.display()));
            }
        }
    }
    for page in ["tests/village-agenda.md", "docs/findings.md", "docs/commands.md"] {
        let text = std::fs::read_to_string(root.join(page)).unwrap_or_default();
        found.extend(forbidden_in(&text).iter().map(|word| format!("{page}: `{word}`")));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_test_hears_what_it_listens_for() {
    let heard =
        said("let a = \"you are overdue\";\n/// Shame on you.\n#[cfg(test)]\n\"overdue\"", true);
    assert_eq!(heard.len(), 2);
    assert!(heard.iter().all(|(_, said)| !forbidden_in(said).is_empty()), "{heard:?}");
}
