//! L1: one file, read and changed without losing a byte. Nothing here knows of people.

pub mod path;
pub mod yaml;
pub mod front_matter;
pub mod link;
pub mod markdown;
pub mod document;
pub mod change;
pub mod toml;
pub mod section;
pub mod rewrite;
