//! The query language: from what somebody types to the notes that it finds.

pub mod trouble;
pub mod ast;
pub mod parse;
pub mod field;
pub mod days;
pub mod subject;
pub mod facts;
pub mod meaning;
pub mod value;
pub mod understand;
pub mod source;
pub mod holds;
pub mod search;
pub mod snippet;
pub mod nearest_name;
pub mod explain;
pub mod reference;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod laws;
