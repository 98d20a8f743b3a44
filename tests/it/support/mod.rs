//! What the tests share: vaults as text, and books made of them.

pub(crate) mod program;
pub(crate) mod library;
#[cfg(unix)]
pub(crate) mod disk;
pub(crate) mod answers;
pub(crate) mod scribbled;
#[cfg(unix)]
pub(crate) mod watcher;
pub(crate) mod screen;
pub(crate) mod town;
pub(crate) mod families;

use ties::note::path::NotePath;
use ties::people::book::Book;
use ties::people::decode::decode;
use ties::people::vocabulary::Vocabulary;
use ties::text::diagnostic::Finding;
use ties::text::line_index::LineIndex;

/// The files of a vault written as one text: `=== people/ana.md` starts each.
pub(crate) fn files(vault: &str) -> Vec<(NotePath, String)> {
    let parts = vault.split("=== ").skip(1);
    let file = |part: &str| {
        let (path, text) = part.split_once('\n').unwrap_or((part, ""));
        NotePath::new(path.trim()).map(|path| (path, text.to_owned()))
    };
    parts.filter_map(file).collect()
}

/// The book of a vault written as one text, with the usual words; `people/me` is the owner.
pub(crate) fn book(vault: &str) -> Book {
    let vocabulary = Vocabulary::default();
    let notes = files(vault).iter().map(|(path, text)| decode(path, text, &vocabulary)).collect();
    Book::new(notes, &vocabulary, Some("people/me"))
}

/// A finding as the command line heads it: `people/ada.md:3:10: warning[unknown-cadence]: …`, then its help.
pub(crate) fn shown(path: &NotePath, text: &str, finding: &Finding) -> String {
    let at = LineIndex::new(text).line_column(finding.span.start);
    let (severity, code) = (finding.code.severity().word(), finding.code.word());
    let help = finding.help.as_ref().map_or_else(String::new, |help| format!(" ({help})"));
    format!("{path}:{}:{}: {severity}[{code}]: {}{help}", at.line, at.column, finding.message)
}
