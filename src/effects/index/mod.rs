//! The search index: which notes have a word, a start of a word, a misspelt name or a phrase, without reading a note.
//!
//! It is derived: it can be deleted at any time, and what it answers is what reading every note would answer
//! ([`term`](crate::text::term) says what that is). Nothing that is wrong with it reaches the person as an error: it is
//! made anew, or the notes are read instead.

pub mod document;
pub mod trouble;
pub mod tokenizer;
pub mod schema;
pub mod entry;
pub mod segments;
pub mod signature;
pub mod folder;
pub mod kept;
pub mod payload;
pub mod place;
pub mod turn;
pub mod open;
pub mod answer;
pub mod plan;
pub mod catch_up;
pub mod status;
pub mod search;
