//! Books made of texts: the whole way from a file to a fact, for the tests of this layer.

use crate::note::change::{Change, FileChange, Refusal};
use crate::note::path::NotePath;
use crate::note::rewrite::rewrite;
use crate::people::book::Book;
use crate::people::decode::decode;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;

/// The book of `(path, text)` notes; the owner is `people/me`, where it is there.
pub fn book(notes: &[(&str, &str)]) -> Book {
    let vocabulary = Vocabulary::default();
    let read =
        |(path, text): &(&str, &str)| decode(&NotePath::new(path).unwrap(), text, &vocabulary);
    Book::new(notes.iter().map(read).collect(), &vocabulary, Some("people/me"))
}

/// An ISO day.
pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// The files that `change` touches, as they are afterwards: `=== path`, then the text; `=== path -> new path` of one that
/// moves.
pub fn written(notes: &[(&str, &str)], change: &Change) -> String {
    let file = |file: &FileChange| {
        let text = match file {
            FileChange::Edit { path, wishes } => {
                let before = notes.iter().find(|(place, _)| *place == path.as_str()).unwrap().1;
                rewrite(before, wishes)
                    .unwrap_or_else(|refusal| format!("refused: {}\n", refusal.reason))
            }
            FileChange::Create { text, .. } | FileChange::Regenerate { text, .. } => text.clone(),
            FileChange::Move { path, to, wishes } => {
                let before = notes.iter().find(|(place, _)| *place == path.as_str()).unwrap().1;
                let text = rewrite(before, wishes)
                    .unwrap_or_else(|refusal| format!("refused: {}\n", refusal.reason));
                return format!("=== {path} -> {to}\n{text}");
            }
            FileChange::Remove { path, .. } => return format!("=== {path} is removed\n"),
        };
        format!("=== {}\n{text}", file.path())
    };
    change.files.iter().map(file).collect()
}

/// A refusal on one line.
pub fn refused(refusal: &Refusal) -> String {
    let hint = refusal.hint.as_ref().map_or_else(String::new, |hint| format!(" ({hint})"));
    format!("refused: {}{hint}\n", refusal.reason)
}
