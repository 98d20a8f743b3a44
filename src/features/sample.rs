//! Books made of texts: the whole way from a file to a fact, for the tests of this layer.

use crate::note::path::NotePath;
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
