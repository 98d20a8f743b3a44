//! L1: one file, read and changed without losing a byte. Nothing here knows of people.

pub mod path;
pub mod toml;
pub mod line;
pub mod conflict;
pub mod yaml;
pub mod yaml_tree;
pub mod yaml_read;
pub mod yaml_fast;
pub mod yaml_write;
pub mod key_line;
pub mod fence;
pub mod chunk;
pub mod bare_link;
pub mod mend;
pub mod rescue;
pub mod front_matter;
pub mod link;
pub mod markdown;
pub mod document;
pub mod change;
pub mod section;
pub mod rewrite;
