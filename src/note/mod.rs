//! L1: one file, read and changed without losing a byte. Nothing here knows of people.

pub mod path;
pub mod yaml;
pub mod toml;
pub mod front_matter;
pub mod link;
pub mod comment;
pub mod tag;
pub mod outline;
pub mod markdown;
pub mod task;
pub mod entry_date;
pub mod entry;
pub mod document;
pub mod change;
pub mod layout;
pub mod tick;
pub mod insertion;
pub mod section;
pub mod rewrite;
