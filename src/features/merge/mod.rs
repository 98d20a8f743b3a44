//! Two notes of one person made one: what the second says goes into the first, and nothing of it is lost.

pub mod header;
pub mod blocks;
pub mod log;
pub mod body;
pub mod proof;
pub mod labels;
pub mod plan;
